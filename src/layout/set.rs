//! Blocks as strips: rows with their heights, and which of them stay together on a page.

use std::collections::BTreeMap;

use super::breaks::{self, Broken, Room};
use super::words::Words;
use super::{Above, Cell, Joined, Kind, Look, PageLine, Row};
use crate::chart::Picture;
use crate::document::measure::{
    self, CELL_HALF, CELL_MARGIN, CELL_PITCH, CELL_SPACE, CHARACTER, CHART_LINES, HEIGHT, Keep, LINE, PITCH,
    TITLE_LINE, TITLE_PITCH, blank_above, right_of, title_breaks,
};
use crate::document::stand::{Elements, Rule, Start};
use crate::document::{self, Align, Block, Change, Document, Inline, Merged, Plate, Table, tables};

/// Half characters that a line has less which begins a paragraph.
const INDENT: usize = 4;
/// Half characters of a line on a page that lies on its side.
const LINE_LANDSCAPE: usize = 2 * HEIGHT / CHARACTER;
/// Twips of half a character of 14 pt type, which captions have.
const CAPTION_HALF: usize = 140;
/// Rules between the rows of a table; the outer ones are twice as thick.
const RULE: usize = 10;
/// Most lines of a row, so that it fits on a page with a head above it; and of one on a page on its side.
const MOST: usize = 30;
const MOST_LANDSCAPE: usize = 20;

/// A row that is to be placed.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    pub row: Row,
    /// Twips, with the white above.
    pub height: usize,
    /// Twips of white above, without the low line after a table.
    pub white: usize,
    /// Twips of white below, which a page may cut off.
    pub below: usize,
    /// It stays on one page with the next strip.
    pub stays: bool,
    /// The last row of a table.
    pub ends_table: bool,
    /// It stands on a page that lies on its side.
    pub landscape: bool,
    /// Where it begins.
    pub start: Start,
    /// Rules around it: how far the upper edge of each is below that of its own, and how each looks.
    pub rules: Vec<(isize, Rule)>,
}

/// Widths of the columns of every table.
pub(super) fn columns(document: &Document) -> BTreeMap<usize, Vec<usize>> {
    let table = |(index, block): (usize, &Block)| match block.itself() {
        Block::Table(table) => Some((index, measure::columns(table))),
        _ => None,
    };
    document.blocks.iter().enumerate().filter_map(table).collect()
}

/// What is drawn of every chart that is shown as a picture.
pub(super) fn charts(document: &Document) -> BTreeMap<usize, Picture> {
    let chart = |(index, block): (usize, &Block)| match block {
        Block::Table(table) => Some((index, table.shown(&document.trails)?)),
        _ => None,
    };
    document.blocks.iter().enumerate().filter_map(chart).collect()
}

/// Every picture file, and whether it is new or gone.
pub(super) fn plates(document: &Document) -> BTreeMap<usize, (Plate, Option<Change>)> {
    let plate = |(index, block): (usize, &Block)| match block.changed() {
        (change, Block::Picture(plate)) => Some((index, (plate.clone(), change))),
        _ => None,
    };
    document.blocks.iter().enumerate().filter_map(plate).collect()
}

/// The strips of the whole report.
pub(super) fn strips(
    document: &Document,
    (columns, charts): (&BTreeMap<usize, Vec<usize>>, &BTreeMap<usize, Picture>),
    elements: &Elements,
) -> Vec<Strip> {
    let right = right_of(document);
    let mut strips = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let (change, block) = block.changed();
        let from = strips.len();
        let mut setter = Setter { block: index, change, strips: &mut strips };
        match block {
            Block::Title(line) => setter.title(line),
            Block::Byline(line) => setter.plain(Kind::Byline, line, LINE),
            Block::Recipient(line) => setter.plain(Kind::Recipient, line, LINE),
            Block::Heading { level, number, text, body } if body.is_empty() => {
                let landscape = tables::leads_to_landscape(document, index);
                setter.heading(*level, number, text, if landscape { LINE_LANDSCAPE } else { LINE });
            }
            Block::Heading { level, number, text, body } => setter.run_in(*level, number, text, body),
            Block::Point { number, lead, text } => setter.point(number, lead, text),
            Block::Paragraph(line) => setter.paragraph(line, measure::keep(document, index)),
            Block::Element { .. } => setter.elements(document, elements.at(index)),
            Block::Signature(line) => setter.signature(line, right.0, PITCH * blank_above(document, index)),
            Block::Date(line) => setter.date(line, right.1, PITCH * blank_above(document, index)),
            Block::Table(table) if charts.contains_key(&index) => setter.chart(table),
            Block::TableNote(line) => {
                setter.note(line, tables::is_landscape(document, index));
            }
            Block::Table(table) => {
                let noted = tables::is_note_at(document, index + 1);
                setter.table(table, columns.get(&index).map_or(&[], Vec::as_slice), noted);
            }
            Block::Picture(plate) => setter.picture(plate),
            Block::Changed(..) => {}
        }
        strips.iter_mut().skip(from).take(1).for_each(|first| first.lower(elements.white(index)));
        let leads = tables::leads_to_landscape(document, index);
        strips.iter_mut().skip(from).for_each(|strip| strip.landscape |= leads);
    }
    strips
}

/// Sets one block.
pub(super) struct Setter<'s> {
    pub block: usize,
    pub change: Option<Change>,
    pub strips: &'s mut Vec<Strip>,
}

impl Strip {
    /// Gives it more white above.
    pub fn lower(&mut self, twips: usize) {
        self.white += twips;
        self.height += twips;
        self.row.above = match self.white {
            0 => Above::Nothing,
            PITCH => Above::Blank,
            twips => Above::Space(twips),
        };
    }
}

impl Setter<'_> {
    pub fn look(&self) -> Look {
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

    fn heading(&mut self, level: u8, number: &str, text: &[Inline], line: usize) {
        let mut words = Words::default();
        words.push_text(number, self.look());
        words.push(text, &self.look());
        self.indented(Kind::Heading(level.clamp(1, 4)), &words, line, Keep::Whole);
    }

    /// A heading that the text goes on behind: a paragraph of text that begins in the face of the heading.
    fn run_in(&mut self, level: u8, number: &str, text: &[Inline], body: &[Inline]) {
        let look = match level {
            1 => Look { hei: true, ..self.look() },
            2 => Look { lead: true, ..self.look() },
            _ => self.look(),
        };
        self.led(look, number, text, body);
    }

    fn point(&mut self, number: &str, lead: &[Inline], text: &[Inline]) {
        let look = Look { lead: !lead.is_empty(), ..self.look() };
        self.led(look, number, lead, text);
    }

    fn led(&mut self, look: Look, number: &str, lead: &[Inline], text: &[Inline]) {
        let mut words = Words::default();
        words.push_text(number, look.clone());
        words.push(lead, &look);
        words.push(text, &self.look());
        self.indented(Kind::Text, &words, LINE, Keep::Apart);
    }

    fn paragraph(&mut self, line: &[Inline], keep: Keep) {
        let words = self.words(line);
        self.indented(Kind::Text, &words, LINE, keep);
    }

    /// Lines of so many half characters, the first one indented by two characters.
    fn indented(&mut self, kind: Kind, words: &Words, line: usize, keep: Keep) {
        let broken = breaks::lines(&words.text, Room { first: line - INDENT, ..Room::of(line) });
        let from = self.strips.len();
        self.lines(kind, words, &broken, keep);
        for strip in self.strips.iter_mut().skip(from).take(1) {
            strip.row.cells.iter_mut().flat_map(|cell| &mut cell.lines).for_each(|line| line.first = true);
        }
    }

    /// It stays with the date, under white.
    fn signature(&mut self, line: &[Inline], right: usize, white: usize) {
        let from = self.strips.len();
        self.ending(Kind::Signature(right), line, right);
        for strip in self.strips.iter_mut().skip(from).take(1) {
            strip.lower(white);
        }
    }

    fn date(&mut self, line: &[Inline], right: usize, white: usize) {
        let from = self.strips.len();
        self.ending(Kind::Date(right), line, right);
        self.strips.iter_mut().skip(from).take(1).for_each(|first| first.lower(white));
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
    pub fn lines(&mut self, kind: Kind, words: &Words, broken: &[Broken], keep: Keep) {
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

    pub fn row(&self, kind: Kind, words: &Words, broken: &Broken) -> Row {
        let lines = vec![words.line(broken, 0)];
        let (at, joined) = (broken.span.start, Joined::default());
        let cell = Cell { at, align: Align::Left, across: 1, joined, lines };
        row(self.block, kind, vec![cell])
    }

    /// A chart of some lines' height on one page with the caption below it.
    fn chart(&mut self, table: &Table) {
        let caption = self.words(&table.caption);
        let mut at = caption.text.len();
        let mut cells = Vec::new();
        for cell in table.all_rows().flat_map(|row| &row.cells) {
            let words = self.words(&cell.words);
            let (start, end) = (at + 1, at + 1 + words.text.len());
            at = end;
            let lines = vec![words.line(&Broken { span: 0..words.text.len(), hanging: 0 }, start)];
            cells.push(Cell { at: start, align: Align::Left, across: 1, joined: Joined::default(), lines });
        }
        let stays = !caption.text.is_empty();
        let row = row(self.block, Kind::Chart, cells);
        self.strips.push(Strip { height: CHART_LINES * PITCH, stays, ..strip(row) });
        if stays {
            self.caption(&caption, measure::WIDTH, Keep::Apart);
        }
    }

    /// A picture on one page with the caption below it.
    fn picture(&mut self, plate: &Plate) {
        let caption = self.words(&plate.caption);
        let lines = vec![PageLine::default()];
        let cell = Cell { at: 0, align: Align::Center, across: 1, joined: Joined::default(), lines };
        let stays = !caption.text.is_empty();
        let row = row(self.block, Kind::Picture, vec![cell]);
        self.strips.push(Strip { height: plate.lines() * PITCH, stays, ..strip(row) });
        if stays {
            self.caption(&caption, measure::WIDTH, Keep::Apart);
        }
    }

    fn caption(&mut self, caption: &Words, width: usize, keep: Keep) {
        let broken = breaks::lines(&caption.text, Room::of(width / CAPTION_HALF));
        self.lines(Kind::Caption, caption, &broken, keep);
    }

    /// `noted`: a note stands below it, with which its last row stays.
    fn table(&mut self, table: &Table, widths: &[usize], noted: bool) {
        let from = self.strips.len();
        let most = if table.landscape { MOST_LANDSCAPE } else { MOST };
        let caption = self.words(&table.caption);
        if !caption.text.is_empty() {
            self.caption(&caption, measure::table_width(table), Keep::Next);
        }
        let mut at = caption.text.len();
        if !table.unit.is_empty() {
            self.unit(&table.unit, at + 1);
            at += 1 + table.unit.len();
        }
        let centred = vec![Align::Center; table.width()];
        for (kind, rows, align) in
            [(Kind::Head, &table.head, &centred), (Kind::Cells, &table.rows, &table.align)]
        {
            let mut merged: Vec<Option<Merging>> = Vec::new();
            for index in 0..rows.len() {
                let set = cells(rows, index, (widths, align), self.change, &mut at);
                if kind == Kind::Cells && index + 1 == rows.len() && tables::last_rows_stay(table) {
                    self.strips.last_mut().into_iter().for_each(|above| above.stays = true);
                }
                self.row_of(kind, set, &mut merged, most);
            }
        }
        self.strips.iter_mut().last().into_iter().for_each(|strip| {
            strip.ends_table = true;
            strip.stays |= noted;
            strip.height += RULE;
        });
        self.strips.iter_mut().skip(from).for_each(|strip| strip.landscape = table.landscape);
    }

    /// The line of the unit, which stays with the head; it begins at a byte of the block's line.
    fn unit(&mut self, unit: &str, at: usize) {
        let mut words = Words::default();
        words.push_text(unit, self.look());
        let span = 0..words.text.len();
        let lines = vec![words.line(&Broken { span, hanging: 0 }, at)];
        let cell = Cell { at, align: Align::Right, across: 1, joined: Joined::default(), lines };
        let row = row(self.block, Kind::Unit, vec![cell]);
        self.strips.push(Strip { height: CELL_PITCH, stays: true, ..strip(row) });
    }

    /// A note under a table, as wide as the page that the table stands on.
    fn note(&mut self, line: &[Inline], landscape: bool) {
        let words = self.words(line);
        let broken = breaks::lines(&words.text, Room::of(measure::area(landscape).0 / CELL_HALF));
        let from = self.strips.len();
        self.lines(Kind::Note, &words, &broken, Keep::Apart);
        for strip in self.strips.iter_mut().skip(from) {
            (strip.height, strip.landscape) = (CELL_PITCH, landscape);
        }
    }

    /// One row of a table, as high as the highest of its own cells; where a merged cell ends that needs more than its
    /// rows have, as high as that needs. One that is higher than a page goes on in another one.
    fn row_of(&mut self, kind: Kind, mut set: Vec<Cell>, merged: &mut Vec<Option<Merging>>, most: usize) {
        merged.resize_with(set.len(), || None);
        for (cell, merged) in set.iter_mut().zip(merged.iter_mut()) {
            if cell.joined.down && !cell.joined.up {
                *merged = Some(Merging::of(std::mem::take(&mut cell.lines)));
            }
        }
        loop {
            let own = set.iter().zip(merged.iter()).filter(|(_, merged)| merged.is_none());
            let lines = own.map(|(cell, _)| cell.lines.len()).max().unwrap_or(0).max(1);
            let ending = set.iter().zip(merged.iter()).filter(|(cell, _)| !cell.joined.down);
            let missing = ending.filter_map(|(_, merged)| merged.as_ref()).map(Merging::missing).max();
            let wanted = cells_height(lines).max(missing.unwrap_or(0));
            let height = wanted.min(cells_height(most));
            let last = height == wanted;
            let part: Vec<Cell> = set
                .iter_mut()
                .zip(merged.iter_mut())
                .map(|(cell, merged)| cell.part(merged.as_mut(), (height, most), last))
                .collect();
            merged
                .iter_mut()
                .zip(&part)
                .filter(|(_, cell)| !cell.joined.down)
                .for_each(|(merged, _)| *merged = None);
            self.cells_row(kind, part, height);
            if last {
                return;
            }
        }
    }

    fn cells_row(&mut self, kind: Kind, cells: Vec<Cell>, height: usize) {
        let row = row(self.block, kind, cells);
        let first = self.strips.last().is_none_or(|above| above.row.kind != Kind::Head);
        let upper = if kind == Kind::Head && first { 2 * RULE } else { 0 };
        self.strips.push(Strip { height: height + upper, stays: kind == Kind::Head, ..strip(row) });
    }
}

/// Twips of a row of so many lines.
fn cells_height(lines: usize) -> usize {
    lines * CELL_PITCH + 2 * CELL_SPACE + RULE
}

/// The cells of a row; `at` counts the bytes of the block's line, in which a line break stands before every cell.
fn cells(
    rows: &[document::Row],
    index: usize,
    (widths, align): (&[usize], &[Align]),
    change: Option<Change>,
    at: &mut usize,
) -> Vec<Cell> {
    let row = &rows[index];
    let change = change.or(row.change);
    let mut set = Vec::with_capacity(row.cells.len());
    for (column, cell) in row.cells.iter().enumerate() {
        let words = Words::of(&cell.words, change);
        let start = *at + 1;
        *at = start + words.text.len();
        let across = row.across(column);
        let width = |at: usize| widths.get(at).copied().unwrap_or(measure::NARROWEST);
        let width: usize = (column..column + across).map(width).sum();
        let room = (width.saturating_sub(2 * CELL_MARGIN) / CELL_HALF).max(2);
        let joined = Joined { up: cell.merged == Merged::Up, down: document::down(rows, index, column) > 1 };
        let lines = match cell.merged {
            Merged::Not => paragraphs(&words, Room { margin: false, ..Room::of(room) }, start),
            Merged::Left | Merged::Up => Vec::new(),
        };
        let align = align.get(column).copied().unwrap_or(Align::Left);
        set.push(Cell { at: start, align, across, joined, lines });
    }
    set
}

/// A cell of several rows that are being set.
struct Merging {
    /// Lines that have no row yet, and how many have one.
    rest: Vec<PageLine>,
    set: usize,
    /// Twips of its rows so far.
    height: usize,
}

impl Merging {
    fn of(rest: Vec<PageLine>) -> Merging {
        Merging { rest, set: 0, height: 0 }
    }

    /// Twips that it needs beyond those of its rows.
    fn missing(&self) -> usize {
        cells_height(self.set + self.rest.len()).saturating_sub(self.height)
    }

    /// The lines that stand beside one more row, so that the end of a page parts them as it parts the rows.
    fn take(&mut self, height: usize) -> Vec<PageLine> {
        self.height += height;
        let most = self.height.saturating_sub(cells_height(0)) / CELL_PITCH;
        let rest = self.rest.split_off(most.saturating_sub(self.set).min(self.rest.len()));
        let lines = std::mem::replace(&mut self.rest, rest);
        self.set += lines.len();
        lines
    }
}

impl Cell {
    /// What stands in a row of this height and so many lines at most, which is the last one of the cell's row or
    /// not.
    fn part(&mut self, merged: Option<&mut Merging>, (height, most): (usize, usize), last: bool) -> Cell {
        let Some(merged) = merged else {
            let rest = self.lines.split_off(self.lines.len().min(most));
            return Cell { lines: std::mem::replace(&mut self.lines, rest), ..self.clone() };
        };
        let joined = Joined { down: self.joined.down || !last, ..self.joined };
        let part = Cell { lines: merged.take(height), joined, ..self.clone() };
        self.joined.up = true;
        part
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

/// A row that has no place yet.
fn row(block: usize, kind: Kind, cells: Vec<Cell>) -> Row {
    Row { block, kind, above: Above::Nothing, top: 0, height: 0, cells }
}

/// A line of body height that may end a page.
fn strip(row: Row) -> Strip {
    Strip {
        row,
        height: PITCH,
        white: 0,
        below: 0,
        stays: false,
        ends_table: false,
        landscape: false,
        start: Start::Flow,
        rules: Vec::new(),
    }
}
