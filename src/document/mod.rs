//! The report as a tree of blocks and inlines. Every output reads this and nothing else.

mod build;
pub mod issued;
mod line;
pub mod measure;

pub use build::{build, number};
pub(crate) use build::{merged, split_lead};
pub use line::{Line, overlap};

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
    /// A heading of level 1–4 with its number (`一、`, `（一）`, `1.`, `（1）`).
    Heading { level: u8, number: String, text: Vec<Inline> },
    /// A point: `number` is `一是`; `lead` is its first sentence, set in its own typeface, and is
    /// empty where the point is one sentence only.
    Point { number: String, lead: Vec<Inline>, text: Vec<Inline> },
    /// A paragraph of body text.
    Paragraph(Vec<Inline>),
    /// A table.
    Table(Table),
    /// 署名 at the end.
    Signature(Vec<Inline>),
    /// 成文日期 at the end, `2011年12月20日`.
    Date(Vec<Inline>),
    /// In a redline: a whole block that is new or gone.
    Changed(Change, Box<Block>),
}

impl Block {
    /// The block with each of its lines made anew: of a point its lead and its text, of a table its
    /// caption and every cell, in reading order.
    pub fn map(&self, make: &mut dyn FnMut(&[Inline]) -> Vec<Inline>) -> Block {
        match self {
            Block::Title(line) => Block::Title(make(line)),
            Block::Byline(line) => Block::Byline(make(line)),
            Block::Recipient(line) => Block::Recipient(make(line)),
            Block::Heading { level, number, text } => {
                Block::Heading { level: *level, number: number.clone(), text: make(text) }
            }
            Block::Point { number, lead, text } => {
                Block::Point { number: number.clone(), lead: make(lead), text: make(text) }
            }
            Block::Paragraph(line) => Block::Paragraph(make(line)),
            Block::Signature(line) => Block::Signature(make(line)),
            Block::Date(line) => Block::Date(make(line)),
            Block::Table(table) => Block::Table(Table {
                caption: make(&table.caption),
                head: table.head.iter().map(|cell| make(cell)).collect(),
                rows: table
                    .rows
                    .iter()
                    .map(|row| Row {
                        cells: row.cells.iter().map(|cell| make(cell)).collect(),
                        change: row.change,
                    })
                    .collect(),
                align: table.align.clone(),
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

/// A table: one head row, then rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Caption above the table; may be empty.
    pub caption: Vec<Inline>,
    /// Cells of the head row.
    pub head: Vec<Vec<Inline>>,
    /// Rows of cells.
    pub rows: Vec<Row>,
    /// How each column is set.
    pub align: Vec<Align>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Vec<Inline>>,
    /// In a redline: the whole row is new or gone.
    pub change: Option<Change>,
}

impl From<Vec<Vec<Inline>>> for Row {
    fn from(cells: Vec<Vec<Inline>>) -> Row {
        Row { cells, change: None }
    }
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
