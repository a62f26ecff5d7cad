//! Blocks as strips: rows with their heights, and which of them stay together on a page.

use std::collections::BTreeMap;

use super::breaks::{self, Broken, Room};
use super::words::Words;
use super::{Above, Cell, Joined, Kind, Look, PageLine, Row};
use crate::document::measure::{
    self, CELL_MARGIN, CELL_PITCH, CELL_SPACE, Keep, LINE, PITCH, TITLE_LINE, TITLE_PITCH, right_of,
    title_breaks,
};
use crate::document::{self, Align, Block, Change, Document, Inline, Merged, Table};

/// Half characters of a line that begins a paragraph.
const FIRST: usize = LINE - 4;
/// Twips of half a character of 12 pt type.
const CELL_HALF: usize = 120;
/// Twips of half a character of 14 pt type, which captions have.
const CAPTION_HALF: usize = 140;
/// Rules between the rows of a table; the outer ones are twice as thick.
const RULE: usize = 10;
/// Most lines of a row: with a head above it, it fits on a page.
const MOST: usize = 30;

/// A row that is to be placed.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    pub row: Row,
    /// Twips, without what is above.
    pub height: usize,
    /// Twips of white below, which a page may cut off.
    pub below: usize,
    /// It stays on one page with the next strip.
    pub stays: bool,
    /// The last row of a table.
    pub ends_table: bool,
}

/// Widths of the columns of every table.
pub(super) fn columns(document: &Document) -> BTreeMap<usize, Vec<usize>> {
    let table = |(index, block): (usize, &Block)| match changed(block).1 {
        Block::Table(table) => Some((index, measure::columns(table))),
        _ => None,
    };
    document.blocks.iter().enumerate().filter_map(table).collect()
}

/// The strips of the whole report.
pub(super) fn strips(document: &Document, columns: &BTreeMap<usize, Vec<usize>>) -> Vec<Strip> {
    let right = right_of(document);
    let mut strips = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let (change, block) = changed(block);
        let mut setter = Setter { block: index, change, strips: &mut strips };
        match block {
            Block::Title(line) => setter.title(line),
            Block::Byline(line) => setter.plain(Kind::Byline, line, LINE),
            Block::Recipient(line) => setter.plain(Kind::Recipient, line, LINE),
            Block::Heading { level, number, text } => setter.heading(*level, number, text),
            Block::Point { number, lead, text } => setter.point(number, lead, text),
            Block::Paragraph(line) => setter.paragraph(line, measure::keep(document, index)),
            Block::Signature(line) => setter.signature(line, right.0),
            Block::Date(line) => setter.date(line, right.1),
            Block::Table(table) => setter.table(table, columns.get(&index).map_or(&[], Vec::as_slice)),
            Block::Changed(..) => {}
        }
    }
    strips
}

/// The block inside what changed as a whole, and how it changed.
fn changed(block: &Block) -> (Option<Change>, &Block) {
    let (mut change, mut inner) = (None, block);
    while let Block::Changed(outer, block) = inner {
        (change, inner) = (Some(*outer), block);
    }
    (change, inner)
}

/// Sets one block.
struct Setter<'s> {
    block: usize,
    change: Option<Change>,
    strips: &'s mut Vec<Strip>,
}

impl Setter<'_> {
    fn look(&self) -> Look {
        Look { change: self.change, ..Look::default() }
    }

    fn words(&self, line: &[Inline]) -> Words {
        Words::of(line, self.change)
    }

    fn title(&mut self, line: &[Inline]) {
        let words = self.words(line);
        let mut broken = Vec::new();
        let mut from = 0;
        // Changed parts leave no breaks, so bytes of the words are bytes of the line.
        for to in title_breaks(line).into_iter().chain([words.text.len()]) {
            let part = breaks::lines(&words.text[from..to], Room::of(TITLE_LINE));
            broken.extend(part.into_iter().map(|one| Broken {
                span: from + one.span.start..from + one.span.end,
                hanging: one.hanging,
            }));
            from = to;
        }
        let last = broken.len() - 1;
        for (index, one) in broken.iter().enumerate() {
            let row = self.row(Kind::Title(index == last), &words, one);
            let below = if index == last { PITCH } else { 0 };
            self.strips.push(Strip { height: TITLE_PITCH, below, stays: true, ..strip(row) });
        }
    }

    /// Lines without indent.
    fn plain(&mut self, kind: Kind, line: &[Inline], room: usize) {
        let words = self.words(line);
        let broken = breaks::lines(&words.text, Room::of(room));
        self.lines(kind, &words, &broken, Keep::Apart);
    }

    fn heading(&mut self, level: u8, number: &str, text: &[Inline]) {
        let mut words = Words::default();
        words.push_text(number, self.look());
        words.push(text, &self.look());
        self.indented(Kind::Heading(level.clamp(1, 4)), &words, Keep::Whole);
    }

    fn point(&mut self, number: &str, lead: &[Inline], text: &[Inline]) {
        let look = Look { lead: !lead.is_empty(), ..self.look() };
        let mut words = Words::default();
        words.push_text(number, look.clone());
        words.push(lead, &look);
        words.push(text, &self.look());
        self.indented(Kind::Text, &words, Keep::Apart);
    }

    fn paragraph(&mut self, line: &[Inline], keep: Keep) {
        let words = self.words(line);
        self.indented(Kind::Text, &words, keep);
    }

    fn indented(&mut self, kind: Kind, words: &Words, keep: Keep) {
        let broken = breaks::lines(&words.text, Room { first: FIRST, ..Room::of(LINE) });
        let from = self.strips.len();
        self.lines(kind, words, &broken, keep);
        for strip in self.strips.iter_mut().skip(from).take(1) {
            strip.row.cells.iter_mut().flat_map(|cell| &mut cell.lines).for_each(|line| line.first = true);
        }
    }

    /// It stays with the date, under a blank line.
    fn signature(&mut self, line: &[Inline], right: usize) {
        let from = self.strips.len();
        self.ending(Kind::Signature(right), line, right);
        for strip in self.strips.iter_mut().skip(from).take(1) {
            strip.row.above = Above::Blank;
            strip.height += PITCH;
        }
    }

    fn date(&mut self, line: &[Inline], right: usize) {
        self.ending(Kind::Date(right), line, right);
        self.strips.iter_mut().last().into_iter().for_each(|strip| strip.stays = false);
    }

    /// 署名 or 成文日期, against the right margin but for some half characters.
    fn ending(&mut self, kind: Kind, line: &[Inline], right: usize) {
        let words = self.words(line);
        let room = LINE.saturating_sub(right).max(2);
        let broken = breaks::lines(&words.text, Room::of(room));
        self.lines(kind, &words, &broken, Keep::Whole);
    }

    /// Lines of body height. No single line of a paragraph stands alone at the foot or the head of a page.
    fn lines(&mut self, kind: Kind, words: &Words, broken: &[Broken], keep: Keep) {
        let count = broken.len();
        for (index, one) in broken.iter().enumerate() {
            let last = index + 1 == count;
            let mut row = self.row(kind, words, one);
            row.cells.iter_mut().flat_map(|cell| &mut cell.lines).for_each(|line| line.full = !last);
            let pair = index == 0 || index + 2 == count;
            let stays = if last { keep != Keep::Apart } else { pair || keep == Keep::Whole };
            self.strips.push(Strip { stays, ..strip(row) });
        }
    }

    fn row(&self, kind: Kind, words: &Words, broken: &Broken) -> Row {
        let lines = vec![words.line(broken, 0)];
        let cell = Cell { align: Align::Left, across: 1, joined: Joined::default(), lines };
        Row { block: self.block, kind, above: Above::Nothing, cells: vec![cell] }
    }

    fn table(&mut self, table: &Table, widths: &[usize]) {
        let caption = self.words(&table.caption);
        if !caption.text.is_empty() {
            let room = measure::WIDTH / CAPTION_HALF;
            let broken = breaks::lines(&caption.text, Room::of(room));
            self.lines(Kind::Caption, &caption, &broken, Keep::Next);
        }
        let mut at = caption.text.len();
        let centred = vec![Align::Center; table.width()];
        for (kind, rows, align) in
            [(Kind::Head, &table.head, &centred), (Kind::Cells, &table.rows, &table.align)]
        {
            for (index, row) in rows.iter().enumerate() {
                self.cells(kind, (row, rows.get(index + 1)), widths, align, &mut at);
            }
        }
        self.strips.iter_mut().last().into_iter().for_each(|strip| {
            strip.ends_table = true;
            strip.height += RULE;
        });
    }

    /// One row of a table, with the one below it; `at` counts the bytes of the block's line, in which a line break stands before
    /// every cell. A row that is higher than a page goes on in another one.
    fn cells(
        &mut self,
        kind: Kind,
        (row, below): (&document::Row, Option<&document::Row>),
        widths: &[usize],
        align: &[Align],
        at: &mut usize,
    ) {
        let change = self.change.or(row.change);
        let mut set = Vec::with_capacity(row.cells.len());
        for (index, cell) in row.cells.iter().enumerate() {
            let words = Words::of(&cell.words, change);
            *at += 1;
            let start = *at;
            *at += words.text.len();
            let across = row.across(index);
            let width = |at: usize| widths.get(at).copied().unwrap_or(measure::NARROWEST);
            // A cell that another one covers has a place of its own and takes none.
            let width: usize = (index..index + across).map(width).sum();
            let room = (width.saturating_sub(2 * CELL_MARGIN) / CELL_HALF).max(2);
            let lines = paragraphs(&words, Room { margin: false, ..Room::of(room) }, start);
            let is_up = |cell: &document::Cell| cell.merged == Merged::Up;
            let down = below.and_then(|row| row.cells.get(index)).is_some_and(is_up);
            let joined = Joined { up: is_up(cell), down };
            set.push(Cell { align: align.get(index).copied().unwrap_or(Align::Left), across, joined, lines });
        }
        loop {
            let lines = set.iter().map(|cell: &Cell| cell.lines.len()).max().unwrap_or(1);
            let rest = set.iter_mut().map(Cell::split).collect();
            self.cells_row(kind, std::mem::replace(&mut set, rest), lines.clamp(1, MOST));
            if lines <= MOST {
                return;
            }
        }
    }

    fn cells_row(&mut self, kind: Kind, cells: Vec<Cell>, lines: usize) {
        let row = Row { block: self.block, kind, above: Above::Nothing, cells };
        let first = self.strips.last().is_none_or(|above| above.row.kind != Kind::Head);
        let upper = if kind == Kind::Head && first { 2 * RULE } else { 0 };
        let height = lines * CELL_PITCH + 2 * CELL_SPACE + RULE + upper;
        self.strips.push(Strip { height, stays: kind == Kind::Head, ..strip(row) });
    }
}

impl Cell {
    /// What does not fit on a page, as a cell of its own.
    fn split(&mut self) -> Cell {
        Cell { lines: self.lines.split_off(self.lines.len().min(MOST)), ..self.clone() }
    }
}

/// The lines of a cell, whose paragraphs a line break parts.
fn paragraphs(words: &Words, room: Room, start: usize) -> Vec<PageLine> {
    let mut from = 0;
    let mut lines = Vec::new();
    for part in words.text.split('\n') {
        let line = |one: &Broken| {
            let span = from + one.span.start..from + one.span.end;
            words.line(&Broken { span, hanging: one.hanging }, start)
        };
        lines.extend(breaks::lines(part, room).iter().map(line));
        from += part.len() + 1;
    }
    lines
}

/// A line of body height that may end a page.
fn strip(row: Row) -> Strip {
    Strip { row, height: PITCH, below: 0, stays: false, ends_table: false }
}
