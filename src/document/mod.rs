//! The report as a tree of blocks and inlines. Every output reads this and nothing else.

mod build;

pub use build::build;

use std::sync::Arc;

use crate::figures::Trail;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Where the figures come from; [`Inline::Figure`] holds an index into it.
    pub trails: Vec<Arc<Trail>>,
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
}

/// A table: one head row, then rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Caption above the table; may be empty.
    pub caption: Vec<Inline>,
    /// Cells of the head row.
    pub head: Vec<Vec<Inline>>,
    /// Rows of cells.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// How each column is set.
    pub align: Vec<Align>,
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
}

impl Inline {
    /// The words of the piece.
    pub fn text(&self) -> &str {
        match self {
            Inline::Text(text) | Inline::Figure { text, .. } | Inline::Missing(text) => text,
        }
    }
}

/// The words of a line.
pub fn plain(line: &[Inline]) -> String {
    line.iter().map(Inline::text).collect()
}
