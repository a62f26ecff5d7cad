//! A report whose words know where in the templates they were typed.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::Problems;
use crate::document::{self, Block, Document, Element, Line, bars, build_lined, split_cells};
use crate::figures::Figures;
use crate::marked::{self, Piece as Marked};
use crate::report::{Gaps, Pictures, Sought};
use crate::template::{self, From, Piece, Templates};

/// A report with the places of its words.
pub struct Located {
    /// The report.
    pub document: Document,
    /// The lines of every block.
    lines: Vec<Vec<Placed>>,
    /// How often the report says the tag that begins at a byte of a template, and the character that was typed there.
    tags: BTreeMap<(usize, usize), usize>,
    said: BTreeMap<(usize, usize), usize>,
    /// The same of the character that ends there.
    ended: BTreeMap<(usize, usize), usize>,
}

/// A line of a block with the places of its characters.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// Its words, number included; the cells of a row have tabs between them.
    pub text: String,
    /// For every character where it begins, and where it comes from.
    chars: Vec<(usize, From)>,
}

impl Located {
    /// Renders the template of this name.
    ///
    /// # Errors
    /// Everything that hinders it, not only the first.
    pub fn of(
        templates: &Templates,
        name: &str,
        figures: &Figures,
        gaps: Gaps,
        pictures: &Pictures<'_>,
    ) -> Result<Located, Problems> {
        let located = template::located(templates, name, figures, gaps == Gaps::Show)?;
        let sought = Sought::new(templates, name, gaps, pictures);
        let (document, numbers) = build_lined(&located.marked, &|name| sought.find(name))?;
        let source = sources(&located.marked.text, &located.from);
        let lines: Vec<Vec<Placed>> = document
            .blocks
            .iter()
            .zip(&numbers)
            .map(|(block, numbers)| {
                placed(block, &numbers.iter().map(|at| &source[*at][..]).collect::<Vec<_>>())
            })
            .collect();
        let (mut tags, mut said, mut ended) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for line in lines.iter().flatten() {
            for piece in line.tags() {
                *tags.entry((piece.template, piece.span.start)).or_default() += 1;
            }
            for piece in line.typed() {
                *said.entry((piece.template, piece.span.start)).or_default() += 1;
                *ended.entry((piece.template, piece.span.end)).or_default() += 1;
            }
        }
        Ok(Located { document, lines, tags, said, ended })
    }

    /// The lines of a block: those of [`Line::all`].
    pub fn lines(&self, block: usize) -> &[Placed] {
        self.lines.get(block).map_or(&[], Vec::as_slice)
    }

    /// How often the report says what stands at the start of a piece of a template; of an empty one, what was typed on
    /// either side.
    pub fn said(&self, piece: &Piece) -> usize {
        let count =
            |of: &BTreeMap<_, usize>| of.get(&(piece.template, piece.span.start)).copied().unwrap_or(0);
        let beside = if piece.span.is_empty() { &self.ended } else { &self.tags };
        count(&self.said).max(count(beside))
    }

    /// Blocks that have anything of these bytes of a template.
    pub fn blocks_of(&self, piece: &Piece) -> Vec<usize> {
        let within = |from: &Piece| {
            from.template == piece.template
                && from.span.start < piece.span.end
                && piece.span.start < from.span.end
        };
        let has = |lines: &Vec<Placed>| {
            let mut chars = lines.iter().flat_map(|line| &line.chars);
            chars.any(|(_, from)| from.piece().is_some_and(within))
        };
        self.lines.iter().enumerate().filter(|(_, lines)| has(lines)).map(|(block, _)| block).collect()
    }
}

impl Placed {
    /// Where the characters of a stretch of the line come from, those of one tag once and runs of typed ones as one.
    pub fn pieces(&self, span: &Range<usize>) -> Vec<From> {
        let mut pieces: Vec<From> = Vec::new();
        for (_, from) in self.chars.iter().filter(|(at, _)| span.contains(at)) {
            match (pieces.last_mut(), from) {
                (Some(From::Typed(last)), From::Typed(next))
                    if last.template == next.template && last.span.end == next.span.start =>
                {
                    last.span.end = next.span.end;
                }
                (Some(last), from) if last == from && *from != From::Elsewhere => {}
                _ => pieces.push(from.clone()),
            }
        }
        pieces
    }

    /// What stands before a place of the line, and what behind it.
    pub fn sides(&self, at: usize) -> (Option<&From>, Option<&From>) {
        let behind = self.chars.partition_point(|(start, _)| *start < at);
        let known = |from: &&From| **from != From::Elsewhere;
        let before = behind.checked_sub(1).and_then(|before| self.chars.get(before));
        (
            before.map(|(_, from)| from).filter(known),
            self.chars.get(behind).map(|(_, from)| from).filter(known),
        )
    }

    /// The characters that were typed.
    fn typed(&self) -> impl Iterator<Item = &Piece> {
        self.chars.iter().filter_map(|(_, from)| match from {
            From::Typed(piece) => Some(piece),
            _ => None,
        })
    }

    /// The tags that printed something, each time they did.
    fn tags(&self) -> impl Iterator<Item = &Piece> {
        let runs = self.chars.chunk_by(|(_, left), (_, right)| left == right);
        runs.filter_map(|run| match run {
            [(_, From::Tag(piece)), ..] => Some(piece),
            _ => None,
        })
    }
}

/// The characters of every line of a marked text as they are read, without the marks, and where they come from.
fn sources(text: &str, from: &[From]) -> Vec<Vec<(char, From)>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let count = line.chars().count();
        lines.push(plain(line.trim_end_matches(['\n', '\r']), &from[at..at + count]));
        at += count;
    }
    lines
}

fn plain(line: &str, from: &[From]) -> Vec<(char, From)> {
    let mut plain = Vec::new();
    let mut behind = line;
    for piece in marked::pieces(line) {
        let (Marked::Text(words) | Marked::Figure(_, words) | Marked::Missing(words)) = piece;
        // A piece is a part of the line.
        let start = behind.find(words).map_or(line.len(), |at| line.len() - behind.len() + at);
        let first = line[..start].chars().count();
        plain.extend(words.chars().zip(from[first..].iter().cloned()));
        behind = &line[start + words.len()..];
    }
    plain
}

/// The lines of a block with the places of their words, from the lines of text that it was made of.
fn placed(block: &Block, sources: &[&[(char, From)]]) -> Vec<Placed> {
    let Block::Table(table) = block else {
        let line = Line::of(block);
        let source = sources.iter().flat_map(|source| trimmed(source)).collect();
        return vec![match block {
            Block::Element { element: Element::Signer, text, .. } => {
                tail(line.text, named(&document::plain(text), source), "")
            }
            Block::Element { element, .. } => tail(line.text, source, element.behind()),
            // The colon of 主送 is set where it is missing.
            _ => tail(line.text, source, "："),
        }];
    };
    let line = |(at, line): (usize, Line)| {
        let source = sources.get(at).map(|source| trimmed(source)).unwrap_or_default();
        match at.checked_sub(table.above()).and_then(|row| table.all_rows().nth(row)) {
            Some(row) => row_of(line.text, source, row.cells.len()),
            None => tail(line.text, source.iter().collect(), ""),
        }
    };
    Line::all(block).into_iter().enumerate().map(line).collect()
}

fn trimmed(source: &[(char, From)]) -> &[(char, From)] {
    let words = |(c, _): &(char, From)| !c.is_whitespace();
    let start = source.iter().position(words).unwrap_or(source.len());
    let end = source.iter().rposition(words).map_or(start, |last| last + 1);
    &source[start..end]
}

/// What was typed up to the end of one of several names.
fn named<'s>(name: &str, mut source: Vec<&'s (char, From)>) -> Vec<&'s (char, From)> {
    let line: String = source.iter().map(|(c, _)| *c).collect();
    if let Some(at) = line.rfind(name) {
        source.truncate(line[..at + name.len()].chars().count());
    }
    source
}

/// Words that are the end of what was typed: a mark before them and a number of ours come from nowhere, and so
/// does what is set behind them where it was not typed.
fn tail(text: String, source: Vec<&(char, From)>, behind: &str) -> Placed {
    let starts: Vec<(usize, char)> = text.char_indices().collect();
    let typed =
        |(back, c): (usize, char)| source.len().checked_sub(back + 1).is_some_and(|at| source[at].0 == c);
    let is_typed = source.is_empty() || behind.chars().rev().enumerate().all(typed);
    let set = if text.ends_with(behind) && !is_typed { behind.chars().count() } else { 0 };
    let count = starts.len() - set;
    let same = (0..count.min(source.len()))
        .take_while(|back| starts[count - 1 - back].1 == source[source.len() - 1 - back].0)
        .count();
    let from = |index: usize| {
        let back = count.checked_sub(index + 1).filter(|back| *back < same);
        back.map_or(From::Elsewhere, |back| source[source.len() - 1 - back].1.clone())
    };
    let chars = starts.iter().enumerate().map(|(index, (at, _))| (*at, from(index))).collect();
    Placed { text, chars }
}

/// A row of a table; a cell that is not what stands in the template, to the letter, comes from nowhere.
fn row_of(text: String, source: &[(char, From)], width: usize) -> Placed {
    let line: String = source.iter().map(|(c, _)| *c).collect();
    let bytes: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    let cells = split_cells(&line);
    let mut chars = Vec::new();
    let mut start = 0;
    for (column, words) in text.split('\t').enumerate().take(width.max(1)) {
        let from = cells.get(column).and_then(|cell| cell_of(words, cell, &bytes, source));
        let from = from.unwrap_or_else(|| vec![From::Elsewhere; words.chars().count()]);
        chars.extend(words.char_indices().map(|(at, _)| start + at).zip(from));
        start += words.len();
        if start < text.len() {
            chars.push((start, From::Elsewhere));
            start += 1;
        }
    }
    Placed { text, chars }
}

fn cell_of(
    words: &str,
    cell: &[(usize, char)],
    bytes: &[usize],
    source: &[(char, From)],
) -> Option<Vec<From>> {
    let own: Vec<(usize, char)> = {
        let start = cell.iter().position(|(_, c)| !c.is_whitespace()).unwrap_or(cell.len());
        let end = cell.iter().rposition(|(_, c)| !c.is_whitespace()).map_or(start, |last| last + 1);
        cell[start..end].to_vec()
    };
    let read: String = own.iter().map(|(_, c)| *c).collect();
    (read == words && bars::joined(words).is_none()).then(|| {
        own.iter()
            .map(|(at, c)| escaped(*c, source[bytes.partition_point(|byte| byte < at)].1.clone()))
            .collect()
    })
}

/// A bar was typed with a backslash before it.
fn escaped(c: char, from: From) -> From {
    match from {
        From::Typed(piece) if c == '|' => {
            From::Typed(Piece { span: piece.span.start.saturating_sub(1)..piece.span.end, ..piece })
        }
        from => from,
    }
}
