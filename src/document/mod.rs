//! The report as a tree of blocks and inlines. Every output reads this and nothing else.

pub mod bars;
mod build;
pub mod charted;
pub mod issued;
pub mod letter;
mod line;
pub mod measure;
mod order;
pub mod picture;
pub mod stand;
pub mod tables;

pub use crate::chart::ChartKind;
pub(crate) use bars::split_cells;
pub use build::{build, number};
pub(crate) use build::{build_lined, split_heading, split_lead};
pub use letter::{Element, Form};
pub use line::{Line, overlap};
pub use picture::{Picture, Plate};

use std::sync::Arc;

use crate::figures::Trail;
use crate::period::Period;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Where the figures come from; [`Inline::Figure`] holds an index into it.
    pub trails: Vec<Arc<Trail>>,
    /// What made it; nothing where it was read from a file.
    pub origin: Option<Origin>,
}

impl Document {
    /// The form that its 发文机关标志 gives it; nothing where it has none, as a report for a meeting.
    pub fn form(&self) -> Option<Form> {
        self.blocks.iter().find_map(|block| match block {
            Block::Element { element: Element::Mark(form), .. } => Some(*form),
            _ => None,
        })
    }

    /// Its title, the lines of one that stands in several together; nothing where it has none.
    pub fn title(&self) -> Option<String> {
        let line = |block: &Block| match block {
            Block::Title(line) => Some(plain(line)),
            _ => None,
        };
        let mut lines = self.blocks.iter().map(line).skip_while(Option::is_none).peekable();
        lines.peek()?;
        Some(lines.map_while(|line| line).collect())
    }
}

/// The template and the year that a report was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the template.
    pub template: String,
    /// Year of the report.
    pub year: Period,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum Block {
    /// 标题, at most one.
    Title(Vec<Inline>),
    /// 题下署名 or date under the title, centred.
    Byline(Vec<Inline>),
    /// 主送机关, with its full-width colon.
    Recipient(Vec<Inline>),
    /// A heading of level 1–4 with its number (`一、`, `（一）`, `1.`, `（1）`). `body` is the text that goes on
    /// behind it in one paragraph (接排); empty where the heading stands on a line of its own.
    Heading { level: u8, number: String, text: Vec<Inline>, body: Vec<Inline> },
    /// A point: `number` is `一是`; `lead` is its first sentence, set in its own typeface, and is
    /// empty where the point is one sentence only.
    Point { number: String, lead: Vec<Inline>, text: Vec<Inline> },
    /// A paragraph of body text.
    Paragraph(Vec<Inline>),
    /// A table.
    Table(Table),
    /// A note right under a table, or under another note: `注：…`.
    TableNote(Vec<Inline>),
    /// A picture file with its caption.
    Picture(Plate),
    /// 署名 at the end.
    Signature(Vec<Inline>),
    /// 成文日期 at the end, `2011年12月20日`.
    Date(Vec<Inline>),
    /// An element of an official document beside its text (7.2–7.4, 10); `label` is what the program sets
    /// before its words, as `签发人：`, `附件：1.` or `附件1`.
    Element { element: Element, label: String, text: Vec<Inline> },
    /// In a redline: a whole block that is new or gone.
    Changed(Change, Box<Block>),
}

impl Block {
    /// The block itself, also where it is new or gone as a whole.
    pub fn itself(&self) -> &Block {
        match self {
            Block::Changed(_, block) => block.itself(),
            block => block,
        }
    }

    /// The block itself, and how it changed where it is new, gone or moved as a whole.
    pub fn changed(&self) -> (Option<Change>, &Block) {
        match self {
            Block::Changed(change, block) => {
                let (inner, block) = block.changed();
                (inner.or(Some(*change)), block)
            }
            block => (None, block),
        }
    }

    /// Whether it is running text: a paragraph, a point, or a heading that the text goes on behind.
    pub fn is_text(&self) -> bool {
        match self {
            Block::Paragraph(_) | Block::Point { .. } => true,
            Block::Heading { body, .. } => !body.is_empty(),
            _ => false,
        }
    }

    /// Whether it is a picture file.
    pub fn is_picture(&self) -> bool {
        matches!(self.itself(), Block::Picture(_))
    }

    /// The block with each of its lines made anew: of a point its lead and its text, of a table its
    /// caption and every cell, in reading order.
    pub fn map(&self, make: &mut dyn FnMut(&[Inline]) -> Vec<Inline>) -> Block {
        match self {
            Block::Title(line) => Block::Title(make(line)),
            Block::Byline(line) => Block::Byline(make(line)),
            Block::Recipient(line) => Block::Recipient(make(line)),
            Block::Heading { level, number, text, body } => Block::Heading {
                level: *level,
                number: number.clone(),
                text: make(text),
                body: if body.is_empty() { Vec::new() } else { make(body) },
            },
            Block::Point { number, lead, text } => {
                Block::Point { number: number.clone(), lead: make(lead), text: make(text) }
            }
            Block::Paragraph(line) => Block::Paragraph(make(line)),
            Block::TableNote(line) => Block::TableNote(make(line)),
            Block::Picture(plate) => Block::Picture(plate.with(make(&plate.caption))),
            Block::Signature(line) => Block::Signature(make(line)),
            Block::Date(line) => Block::Date(make(line)),
            Block::Element { element, label, text } => {
                Block::Element { element: *element, label: label.clone(), text: make(text) }
            }
            Block::Table(table) => Block::Table(Table {
                caption: make(&table.caption),
                unit: table.unit.clone(),
                head: table.head.iter().map(|row| row.map(make)).collect(),
                rows: table.rows.iter().map(|row| row.map(make)).collect(),
                align: table.align.clone(),
                chart: table.chart,
                widths: table.widths.clone(),
                landscape: table.landscape,
            }),
            Block::Changed(change, block) => Block::Changed(*change, Box::new(block.map(make))),
        }
    }
}

/// What a redline says of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only in the new report.
    Inserted,
    /// Only in the old report.
    Deleted,
    /// In both; here it stands now. The number is that of the move.
    MovedHere(usize),
    /// In both; here it stood.
    MovedAway(usize),
}

impl Change {
    /// Whether the piece is part of the new report.
    pub fn stays(self) -> bool {
        matches!(self, Change::Inserted | Change::MovedHere(_))
    }
}

/// A table: the rows of its head, then rows of as many cells. Every row has a cell for each column; one
/// that a merged cell covers is [`Merged`] and has no words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Caption above the table; may be empty.
    pub caption: Vec<Inline>,
    /// The line to the right between caption and head, `单位：万元`; empty where there is none. It says how the
    /// numbers below it are read, so it is no prose and comes from no fact.
    pub unit: String,
    /// Rows of the head, one as a rule; they stand again where the table goes on on another page.
    pub head: Vec<Row>,
    /// Rows below the head.
    pub rows: Vec<Row>,
    /// How each column is set.
    pub align: Vec<Align>,
    /// How its figures are drawn, where they are shown as a chart: years down, indicators across.
    pub chart: Option<ChartKind>,
    /// Widths of the columns in half characters of their cells; 0 for one that is as wide as its words want, and
    /// for those beyond the end.
    pub widths: Vec<usize>,
    /// It stands on pages of its own, which lie on their side: A4 with the type area turned (GB/T 9704-2012, 8).
    pub landscape: bool,
}

impl Table {
    /// The column that numbers the rows, by its head.
    pub fn serial_column(&self) -> Option<usize> {
        let words = |cell: &Cell| cell.words.iter().map(Inline::text).collect::<String>();
        self.head.first()?.cells.iter().position(|cell| words(cell) == "序号")
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.all_rows().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// The rows of the head and those below it.
    pub fn all_rows(&self) -> impl Iterator<Item = &Row> {
        self.head.iter().chain(&self.rows)
    }

    /// Takes back merges that do not fit together: a cell at an edge has none to be joined to, one under a cell
    /// of other columns is not joined to it, and head and rows keep apart. Whether there was any.
    pub fn settle(&mut self) -> bool {
        let heads = settle(&mut self.head);
        settle(&mut self.rows) || heads
    }

    /// The names of its columns, where its head is one row without merged cells.
    pub fn columns(&self) -> Option<Vec<String>> {
        let [head] = self.head.as_slice() else { return None };
        let whole = head.cells.iter().all(|cell| cell.merged == Merged::Not);
        whole.then(|| head.cells.iter().map(|cell| plain(&cell.words)).collect())
    }
}

/// How many rows a cell of these takes, which stand below each other in a head or below it.
pub fn down(rows: &[Row], row: usize, column: usize) -> usize {
    let is_under = |row: &&Row| row.cells.get(column).is_some_and(|cell| cell.merged == Merged::Up);
    1 + rows[row + 1..].iter().take_while(is_under).count()
}

fn settle(rows: &mut [Row]) -> bool {
    let mut unfit = false;
    for index in 0..rows.len() {
        let (above, row) = rows.split_at_mut(index);
        let (above, row) = (above.last(), &mut row[0]);
        for column in 0..row.cells.len() {
            // Under a cell of several columns, all that is joined to it is one cell.
            let under = above.and_then(|above| above.cells.get(column)).map(|cell| cell.merged);
            let merged = row.cells[column].merged;
            let mut before = row.cells[..column].iter().rev().map(|cell| cell.merged);
            let joined = before.find(|merged| *merged != Merged::Left) == Some(Merged::Up);
            if merged == Merged::Up && joined && under == Some(Merged::Left) {
                row.cells[column].merged = Merged::Left;
            }
            if merged == Merged::Left && column == 0 {
                (row.cells[column].merged, unfit) = (Merged::Not, true);
            }
        }
        for column in 0..row.cells.len() {
            let fits = above.is_some_and(|above| above.across(column) == row.across(column));
            if row.cells[column].merged == Merged::Up && !fits {
                (row.cells[column].merged, unfit) = (Merged::Not, true);
            }
        }
    }
    unfit
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
    /// In a redline: the whole row is new or gone.
    pub change: Option<Change>,
}

impl Row {
    /// The row with the words of each cell made anew.
    fn map(&self, make: &mut dyn FnMut(&[Inline]) -> Vec<Inline>) -> Row {
        let cell = |cell: &Cell| Cell { words: make(&cell.words), merged: cell.merged };
        Row { cells: self.cells.iter().map(cell).collect(), change: self.change }
    }

    /// How many columns the cell in this column takes: 0 where the one to its left covers it.
    pub fn across(&self, column: usize) -> usize {
        let covered = |cell: &&Cell| cell.merged == Merged::Left;
        match self.cells.get(column) {
            None | Some(Cell { merged: Merged::Left, .. }) => 0,
            Some(_) => 1 + self.cells[column + 1..].iter().take_while(covered).count(),
        }
    }
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Row {
        Row { cells, change: None }
    }
}

impl From<Vec<Vec<Inline>>> for Row {
    fn from(cells: Vec<Vec<Inline>>) -> Row {
        cells.into_iter().map(Cell::from).collect::<Vec<Cell>>().into()
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its words. A line break (`\n`) among them parts the paragraphs of the cell, and stands nowhere else in
    /// a document.
    pub words: Vec<Inline>,
    /// Whether another cell covers it.
    pub merged: Merged,
}

impl From<Vec<Inline>> for Cell {
    fn from(words: Vec<Inline>) -> Cell {
        Cell { words, merged: Merged::Not }
    }
}

/// Whether a cell is part of a merged one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Merged {
    /// It is a cell of its own.
    #[default]
    Not,
    /// The cell to its left covers it.
    Left,
    /// The cell above covers it. Of a merged cell of several columns only the first column says so, the
    /// others are [`Merged::Left`].
    Up,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Short entries.
    Center,
    /// Numbers.
    Right,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum Inline {
    /// Words of the template.
    Text(String),
    /// Text that comes from facts; `trail` is an index into [`Document::trails`].
    Figure { trail: usize, text: String },
    /// 【待填：…】, a fact that is missing in a draft.
    Missing(String),
    /// In a redline: a piece that is new or gone.
    Changed { change: Change, inline: Box<Inline> },
    /// A piece with a remark for the proof-reader, a paragraph a line; `alarm` makes it stand out.
    Noted { remark: String, alarm: bool, inline: Box<Inline> },
}

impl Inline {
    /// The words of the piece.
    pub fn text(&self) -> &str {
        match self {
            Inline::Text(text) | Inline::Figure { text, .. } | Inline::Missing(text) => text,
            Inline::Changed { inline, .. } | Inline::Noted { inline, .. } => inline.text(),
        }
    }

    /// Where it comes from, if it comes from facts: an index into [`Document::trails`].
    pub fn trail(&self) -> Option<usize> {
        match self {
            Inline::Figure { trail, .. } => Some(*trail),
            Inline::Changed { inline, .. } | Inline::Noted { inline, .. } => inline.trail(),
            Inline::Text(_) | Inline::Missing(_) => None,
        }
    }

    /// Whether the piece is part of the report, and not only of the one it is compared with.
    pub fn stays(&self) -> bool {
        self.change().is_none_or(Change::stays)
    }

    /// What a redline says of the piece.
    pub fn change(&self) -> Option<Change> {
        match self {
            Inline::Changed { change, .. } => Some(*change),
            Inline::Noted { inline, .. } => inline.change(),
            Inline::Text(_) | Inline::Figure { .. } | Inline::Missing(_) => None,
        }
    }
}

/// The words of a line; of a redline, those of the new report.
pub fn plain(line: &[Inline]) -> String {
    line.iter().filter(|inline| inline.stays()).map(Inline::text).collect()
}

/// Neighbouring texts as one.
pub(crate) fn merged(line: Vec<Inline>) -> Vec<Inline> {
    let mut merged: Vec<Inline> = Vec::with_capacity(line.len());
    for inline in line {
        match (merged.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => merged.push(inline),
        }
    }
    merged
}
