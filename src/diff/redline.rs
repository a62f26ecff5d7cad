//! The comparison as an ordinary document whose pieces and blocks are marked as new or gone.

use std::ops::Range;

use super::build::{PICTURE, above};
use super::joins::Rows;
use super::{BlockDiff, Difference, LineDiff, Op, Segment, Step};
use crate::document::{Block, Cell, Change, Document, Inline, Line, Plate, Row, Table};

/// Said where a table is replaced whole because its cells are merged otherwise.
const MERGED: &str = "这张表合并的格子和上年不同，整张替换";

/// How a redline is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// Say at changed figures why they changed.
    pub remarks: bool,
    /// Paragraphs that moved are marked as moved, not as deleted and inserted.
    pub moves: bool,
}

/// The redline: this year's report with everything that changed since last year.
///
/// Without the deletions it is the new report, without the insertions the old one.
pub fn redline(difference: &Difference, manner: Manner) -> Document {
    let trails = difference.old.document.trails.iter().chain(&difference.new.document.trails);
    let mut maker = Maker { difference, manner, blocks: Vec::new() };
    maker.blocks();
    if let Some(basis) = difference.old.basis {
        said_of_all(&mut maker.blocks, &basis.of_earlier(&difference.old.name));
    }
    let origin = difference.new.document.origin.clone();
    Document { blocks: maker.blocks, trails: trails.cloned().collect(), origin }
}

struct Maker<'d> {
    difference: &'d Difference,
    manner: Manner,
    blocks: Vec<Block>,
}

impl Maker<'_> {
    fn blocks(&mut self) {
        for step in self.difference.steps() {
            match step {
                Step::Left(old, pair) => self.whole(old, pair.and_then(|pair| pair.new), false),
                Step::Came(block) => {
                    let moved = block.moved.and(block.new);
                    block.new.into_iter().for_each(|new| self.whole(new, moved, true));
                }
                Step::Stayed(block) => self.pair(block),
            }
        }
    }

    /// A block that is new or gone, or one end of a move: the move has the number of its new block.
    fn whole(&mut self, index: usize, moved: Option<usize>, here: bool) {
        let side = if here { &self.difference.new } else { &self.difference.old };
        let block = &side.document.blocks[index];
        let native = self.manner.moves && !matches!(block, Block::Table(_) | Block::Picture(_));
        let change = match (moved.filter(|_| native), here) {
            (Some(number), true) => Change::MovedHere(number),
            (Some(number), false) => Change::MovedAway(number),
            (None, true) => Change::Inserted,
            (None, false) => Change::Deleted,
        };
        let block = if here { based(block, self.base()) } else { gone(block) };
        self.blocks.push(Block::Changed(change, Box::new(block)));
    }

    /// Where the trails of the new report begin.
    fn base(&self) -> usize {
        self.difference.old.document.trails.len()
    }

    fn pair(&mut self, block: &BlockDiff) {
        let (Some(old), Some(new)) = (block.old, block.new) else { return };
        let (old, new) =
            (&self.difference.old.document.blocks[old], &self.difference.new.document.blocks[new]);
        if let (Block::Table(before), Block::Table(after)) = (old, new) {
            if is_one(before, after, &block.lines) {
                let table = self.table(before, after, block);
                self.blocks.push(Block::Table(table));
            } else {
                self.replaced(old, new, block.is_rejoined());
            }
            return;
        }
        if old.is_picture() != new.is_picture() || block.lines.len() > 1 {
            return self.replaced(old, new, false);
        }
        if let Some(line) = block.lines.first() {
            let block = self.line(new, line);
            self.blocks.push(block);
        }
    }

    /// A table that stands in place of another: what is said of its cells stands at its first words.
    fn replaced(&mut self, old: &Block, new: &Block, rejoined: bool) {
        self.blocks.push(Block::Changed(Change::Deleted, Box::new(gone(old))));
        let mut came = [based(new, self.base())];
        if rejoined {
            said_of_all(&mut came, MERGED);
        }
        self.blocks.extend(came.map(|block| Block::Changed(Change::Inserted, Box::new(block))));
    }

    /// A line in the dress of the new block; its number is part of the words, as it may have changed.
    fn line(&self, new: &Block, line: &LineDiff) -> Block {
        let lead_end = Line::of(new).lead;
        let (lead, text) = self.split(line, lead_end);
        match new {
            Block::Title(_) => Block::Title(text),
            Block::Byline(_) => Block::Byline(text),
            Block::Recipient(_) => Block::Recipient(text),
            Block::Heading { level, .. } if lead_end > 0 => {
                Block::Heading { level: *level, number: String::new(), text: lead, body: text }
            }
            Block::Heading { level, .. } => {
                Block::Heading { level: *level, number: String::new(), text, body: Vec::new() }
            }
            Block::Point { .. } => Block::Point { number: String::new(), lead, text },
            Block::Signature(_) => Block::Signature(text),
            Block::Date(_) => Block::Date(text),
            Block::TableNote(_) => Block::TableNote(text),
            Block::Picture(plate) => Block::Picture(plate.with(self.captioned(line, plate))),
            Block::Element { element, .. } => {
                Block::Element { element: *element, label: String::new(), text }
            }
            Block::Paragraph(_) | Block::Table(_) | Block::Changed(..) => Block::Paragraph(text),
        }
    }

    /// The pieces up to a place of the new line, and those after it.
    fn split(&self, line: &LineDiff, end: usize) -> (Vec<Inline>, Vec<Inline>) {
        let (mut lead, mut text) = (Vec::new(), Vec::new());
        let mut at = 0;
        for segment in &line.segments {
            if segment.op == Op::Delete {
                let part = if at < end { &mut lead } else { &mut text };
                part.extend(self.segment(line, segment, segment.span.clone()));
                continue;
            }
            let Range { start, end: stop } = segment.span.clone();
            let middle = end.clamp(start, stop);
            lead.extend(self.segment(line, segment, start..middle));
            text.extend(self.segment(line, segment, middle..stop));
            at = stop;
        }
        (lead, text)
    }

    /// What the lines of pictures say before the names of their files.
    fn captioned(&self, line: &LineDiff, plate: &Plate) -> Vec<Inline> {
        let length = |line: &Line| line.text.rfind(PICTURE).unwrap_or(line.text.len());
        let whole = |caption: &[Inline]| caption.iter().map(|inline| inline.text().len()).sum::<usize>();
        let old =
            line.old.and_then(|at| self.difference.old_lines.get(at)).map_or(0, |unit| length(&unit.line));
        let new = whole(&plate.caption);
        let part = |segment: &Segment| {
            let end = if segment.op == Op::Delete { old } else { new };
            let span = segment.span.start.min(end)..segment.span.end.min(end);
            self.segment(line, segment, span)
        };
        line.segments.iter().flat_map(part).collect()
    }

    fn segment(&self, line: &LineDiff, segment: &Segment, span: Range<usize>) -> Vec<Inline> {
        let (lines, at, base) = match segment.op {
            Op::Delete => (&self.difference.old_lines, line.old, 0),
            Op::Equal | Op::Insert => (&self.difference.new_lines, line.new, self.base()),
        };
        let Some(unit) = at.and_then(|at| lines.get(at)) else { return Vec::new() };
        let change = match segment.op {
            Op::Equal => return unit.line.piece(span, base),
            Op::Delete => Change::Deleted,
            Op::Insert => Change::Inserted,
        };
        let mut remark =
            if self.manner.remarks && self.speaks(line, segment) { segment.why.as_str() } else { "" };
        let pieces = unit.line.piece(span, base).into_iter();
        pieces.map(|inline| noted(std::mem::take(&mut remark), changed(change, inline))).collect()
    }

    /// What was replaced is remarked once, at what came in its place.
    fn speaks(&self, line: &LineDiff, segment: &Segment) -> bool {
        let next = |other: &&Segment| other.op == Op::Insert && other.why == segment.why;
        segment.op == Op::Insert || !line.segments.iter().any(|other| next(&other))
    }

    fn table(&self, old: &Table, new: &Table, block: &BlockDiff) -> Table {
        let (above, lines) = block.lines.split_at(above(old, new));
        // Their unit is the same one (`is_one`).
        let captions = above.len() - usize::from(!new.unit.is_empty());
        let caption = above[..captions].iter().flat_map(|line| self.split(line, 0).1).collect();
        let rows = Rows::of(old, new, lines);
        let row = |(at, line): (usize, &LineDiff)| {
            let change = match (line.old, line.new) {
                (Some(_), None) => Some(Change::Deleted),
                (None, Some(_)) => Some(Change::Inserted),
                _ => None,
            };
            let words = self.cells(line).into_iter();
            // The row says it for all its cells.
            let words = words.map(|words| if change.is_some() { bare(words) } else { words });
            let cell = |(words, merged)| Cell { words, merged };
            Row { cells: words.zip(rows.merged(at)).map(cell).collect(), change }
        };
        let mut head: Vec<Row> = lines.iter().enumerate().map(row).collect();
        let rows = head.split_off(new.head.len().min(head.len()));
        Table { caption, head, rows, ..new.clone() }
    }

    fn cells(&self, line: &LineDiff) -> Vec<Vec<Inline>> {
        let inlines = |segment: &Segment| self.segment(line, segment, segment.span.clone());
        line.cells().iter().map(|cell| cell.iter().flat_map(inlines).collect()).collect()
    }
}

/// Whether two tables can be one whose rows changed.
fn is_one(old: &Table, new: &Table, lines: &[LineDiff]) -> bool {
    (old.width(), old.head.len(), &old.unit) == (new.width(), new.head.len(), &new.unit)
        && Rows::of(old, new, &lines[above(old, new)..]).fit_together()
}

/// A remark on the report as a whole stands at its first words.
fn said_of_all(blocks: &mut [Block], remark: &str) {
    let mut remark = Some(remark);
    for block in blocks {
        *block = block.map(&mut |line| {
            let mut line = line.to_vec();
            if let (Some(first), Some(words)) = (line.first_mut(), remark) {
                *first = noted(words, first.clone());
                remark = None;
            }
            line
        });
        if remark.is_none() {
            return;
        }
    }
}

fn changed(change: Change, inline: Inline) -> Inline {
    Inline::Changed { change, inline: Box::new(inline) }
}

/// A piece with its remark, if there is one.
fn noted(remark: &str, inline: Inline) -> Inline {
    match remark {
        "" => inline,
        remark => Inline::Noted { remark: remark.to_owned(), alarm: false, inline: Box::new(inline) },
    }
}

/// A cell whose row says for it that it is new or gone.
fn bare(cell: Vec<Inline>) -> Vec<Inline> {
    let inner = |inline| match inline {
        Inline::Changed { inline, .. } => *inline,
        inline => inline,
    };
    cell.into_iter().map(inner).collect()
}

/// A block of the old report. A wide table stands upright among the text, as pages turned for it would be left over
/// where the change is accepted.
fn gone(block: &Block) -> Block {
    let mut block = based(block, 0);
    if let Block::Table(table) = &mut block {
        table.landscape = false;
    }
    block
}

/// A block whose trails count from `base`.
fn based(block: &Block, base: usize) -> Block {
    let inline = |inline: &Inline| match inline {
        Inline::Figure { trail, text } => Inline::Figure { trail: trail + base, text: text.clone() },
        inline => inline.clone(),
    };
    block.map(&mut |line| line.iter().map(inline).collect())
}
