//! A block as one line of words that remembers which of them are figures.

use std::ops::Range;

use super::{Block, Cell, Inline, Table};

/// The words of a block, its number included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Byte ranges of the figures, each with its index into [`super::Document::trails`].
    pub figures: Vec<(Range<usize>, usize)>,
    /// Byte ranges of what is missing in a draft.
    pub gaps: Vec<Range<usize>>,
    /// Byte ranges of the cells of a table that number its rows.
    pub serials: Vec<Range<usize>>,
    /// Bytes of the number that the program set before it.
    pub number: usize,
    /// Bytes up to the end of the lead of a point, or of a heading that the text goes on behind, number included;
    /// 0 where there is none.
    pub lead: usize,
}

impl Table {
    /// How many of its lines stand above its head: its caption and its unit, as far as it has them.
    pub fn above(&self) -> usize {
        usize::from(!self.caption.is_empty()) + usize::from(!self.unit.is_empty())
    }
}

impl Line {
    /// The words of any block; the caption, the unit and the cells of a table stand each on a line of its own.
    pub fn of(block: &Block) -> Line {
        let mut line = Line::default();
        match block {
            Block::Title(text)
            | Block::Byline(text)
            | Block::Recipient(text)
            | Block::Paragraph(text)
            | Block::TableNote(text)
            | Block::Signature(text)
            | Block::Date(text) => line.push(text),
            Block::Heading { number, text, body, .. } => {
                line.numbered(number);
                line.push(text);
                line.lead = if body.is_empty() { 0 } else { line.text.len() };
                line.push(body);
            }
            Block::Element { label, text, .. } => {
                line.numbered(label);
                line.push(text);
            }
            Block::Point { number, lead, text } => {
                line.numbered(number);
                line.push(lead);
                line.lead = if lead.is_empty() { 0 } else { line.text.len() };
                line.push(text);
            }
            Block::Picture(plate) => line.push(&plate.caption),
            Block::Table(table) => {
                line.push(&table.caption);
                if !table.unit.is_empty() {
                    line.text.push('\n');
                    line.text.push_str(&table.unit);
                }
                let serial = table.serial_column();
                for (at, cell) in table.all_rows().flat_map(|row| row.cells.iter().enumerate()) {
                    line.text.push('\n');
                    let start = line.text.len();
                    line.push(&cell.words);
                    if serial == Some(at) {
                        line.serials.push(start..line.text.len());
                    }
                }
            }
            Block::Changed(_, block) => return Line::of(block),
        }
        line
    }

    /// The lines that a block is compared by: of a table its caption and its unit where it has them
    /// ([`Table::above`] of them), then its rows; of any other block the one line that it is.
    pub fn all(block: &Block) -> Vec<Line> {
        let Block::Table(table) = block else { return vec![Line::of(block)] };
        let caption = (!table.caption.is_empty()).then(|| Line::of_inlines(&table.caption));
        let unit = (!table.unit.is_empty()).then(|| Line { text: table.unit.clone(), ..Line::default() });
        let rows = table.all_rows().map(|row| Line::of_cells(&row.cells));
        caption.into_iter().chain(unit).chain(rows).collect()
    }

    /// Cells with a tab between them.
    pub fn of_cells(cells: &[Cell]) -> Line {
        let mut line = Line::default();
        for (index, cell) in cells.iter().enumerate() {
            line.text.push_str(if index > 0 { "\t" } else { "" });
            line.push(&cell.words);
        }
        line
    }

    /// A line of its own.
    pub fn of_inlines(inlines: &[Inline]) -> Line {
        let mut line = Line::default();
        line.push(inlines);
        line
    }

    fn numbered(&mut self, number: &str) {
        self.text.push_str(number);
        self.number = self.text.len();
    }

    fn push(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            let start = self.text.len();
            self.text.push_str(inline.text());
            let span = start..self.text.len();
            match bare(inline) {
                Inline::Figure { trail, .. } => self.figures.push((span, *trail)),
                Inline::Missing(_) => self.gaps.push(span),
                Inline::Text(_) | Inline::Changed { .. } | Inline::Noted { .. } => {}
            }
        }
    }

    /// The figures that a piece of the line touches.
    pub fn trails(&self, span: &Range<usize>) -> impl Iterator<Item = usize> {
        self.figures.iter().filter(|(figure, _)| overlap(figure, span)).map(|(_, trail)| *trail)
    }

    /// A piece of the line as inlines, figures and gaps kept; trails count from `base`.
    pub fn piece(&self, span: Range<usize>, base: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut at = span.start;
        let mut special: Vec<(&Range<usize>, Option<usize>)> =
            self.figures.iter().map(|(figure, trail)| (figure, Some(base + trail))).collect();
        special.extend(self.gaps.iter().map(|gap| (gap, None)));
        special.sort_by_key(|(range, _)| range.start);
        for (range, trail) in special.into_iter().filter(|(range, _)| overlap(range, &span)) {
            let (start, end) = (range.start.max(span.start), range.end.min(span.end));
            if at < start {
                inlines.push(Inline::Text(self.text[at..start].to_owned()));
            }
            let text = self.text[start..end].to_owned();
            inlines.push(match trail {
                Some(trail) => Inline::Figure { trail, text },
                None => Inline::Missing(text),
            });
            at = end;
        }
        if at < span.end {
            inlines.push(Inline::Text(self.text[at..span.end].to_owned()));
        }
        inlines
    }
}

/// The piece without its remark.
fn bare(inline: &Inline) -> &Inline {
    match inline {
        Inline::Noted { inline, .. } => bare(inline),
        inline => inline,
    }
}

/// Whether two ranges share a byte.
pub fn overlap(left: &Range<usize>, right: &Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_keeps_its_figures() {
        let block = Block::Point {
            number: "一是".into(),
            lead: vec![Inline::Text("学习。".into())],
            text: vec![
                Inline::Text("开会".into()),
                Inline::Figure { trail: 2, text: "38次".into() },
                Inline::Missing("【待填：稿件】".into()),
            ],
        };
        let line = Line::of(&block);
        assert_eq!(line.text, "一是学习。开会38次【待填：稿件】");
        assert_eq!((line.number, line.lead), (6, 15));
        assert_eq!(
            line.piece(18..23, 10),
            [Inline::Text("会".into()), Inline::Figure { trail: 12, text: "38".into() }]
        );
        assert_eq!(line.trails(&(0..line.text.len())).collect::<Vec<_>>(), [2]);
    }
}
