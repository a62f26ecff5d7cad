//! Edits of a fact file or of the registry; every other byte stays: comments, order, line ends.
//!
//! The text is read once into two trees, `plain` for what it says and `written` for its bytes. A change is
//! resolved on the first one (`plan`) and made on both (`twin`); in the end the text is read again and must say
//! what the plain tree says, otherwise nothing is changed.

mod error;
mod path;
mod plain;
mod plan;
mod proof;
mod single;
mod spot;
mod twin;
mod words;
mod written;

use std::borrow::Cow;
use std::sync::Arc;

pub use error::EditError;
pub use single::set;
pub use words::{requoted, scalar};

use super::prescan;
use super::tree::{self, Node};
use crate::diag::Source;
use plain::Plain;
use twin::Twin;
use written::Written;

/// One edit. A path is `宣传.会议`, `委员.界别[2]` or `投资项目[2].投资`; rows count from 1. Words are written as they
/// are said and quoted where YAML needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactEdit {
    /// Sets a single value, of a long form its 值; as whatever says what a fact is this year, it takes away 待核 and,
    /// beside a value, what `year` noted of the year before. The key, and groups above it, are made where they are missing:
    /// behind the last entry of their group, a new group at the end of the file behind a blank line.
    Set {
        /// Where.
        path: String,
        /// The words; empty for a value that is not known yet.
        value: String,
    },
    /// Sets 来源, 说明, 估计 or 待核 of a fact, or any field of an entry of the registry; an empty one goes away.
    /// `会议: 12次` becomes `会议: {值: 12次, 来源: 党政办}`, and is short again when it has 值 only.
    Field {
        /// The fact, or the entry of the registry, which is made where its 类型, 单位 … is set first.
        path: String,
        /// The name of the field.
        field: String,
        /// Its words.
        value: String,
    },
    /// Removes an entry, all below it, the comment lines directly above it and the comment behind it; a group
    /// that becomes empty goes too.
    Remove {
        /// Which.
        path: String,
    },
    /// Gives an entry another path. In the same group only the key changes; into another group the entry moves
    /// with its comments. A cell `投资项目[2].投资` gets another column: only its key changes.
    Rename {
        /// Which.
        path: String,
        /// The whole new path.
        to: String,
    },
    /// Sets all items of a 名单; those that were there before keep their bytes.
    List {
        /// Which.
        path: String,
        /// The items in their new order.
        items: Vec<String>,
    },
    /// Sets a cell of a 台账.
    Cell {
        /// The ledger.
        ledger: String,
        /// The row, from 1.
        row: usize,
        /// The column, which is added to the row where it is missing.
        column: String,
        /// Empty for a cell that is not known yet.
        value: String,
    },
    /// Inserts a row; the ledger is made where it is missing.
    InsertRow {
        /// The ledger.
        ledger: String,
        /// The number the row will have, at most one more than there are.
        at: usize,
        /// Columns with their values; an empty value leaves the column out.
        cells: Vec<(String, String)>,
    },
    /// Removes a row with its comments.
    RemoveRow {
        /// The ledger.
        ledger: String,
        /// The row, from 1.
        row: usize,
    },
    /// Moves a row with its comments.
    MoveRow {
        /// The ledger.
        ledger: String,
        /// The row, from 1.
        from: usize,
        /// The number it will have.
        to: usize,
    },
    /// Sets all rows of a 台账: sorting, large pastes.
    Rows {
        /// The ledger.
        ledger: String,
        /// The rows in their new order.
        rows: Vec<Row>,
    },
}

/// A row of a ledger that is written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// The old row of this number, from 1, with its bytes and comments.
    Keep(usize),
    /// A new row: columns with their values; an empty value leaves the column out.
    New(Vec<(String, String)>),
}

/// The source with the changes made, one after another: each sees what those before it did.
///
/// # Errors
/// See [`EditError`]; where one change fails, none is made.
pub fn apply(source: &str, changes: &[FactEdit]) -> Result<String, EditError> {
    let text = with_line_end(source);
    let root = parse(&text)?;
    let written = Written::of(&text, &root).ok_or(EditError::Broken)?;
    let mut twin = Twin { plain: Plain::of(&root), written };
    for change in changes {
        plan::make(&mut twin, change)?;
    }
    let mut edited = twin.written.text();
    if edited == text {
        return Ok(source.to_owned());
    }
    if !proof::holds(&twin) {
        return Err(EditError::NotExact(changes.last().map(FactEdit::path).unwrap_or_default().to_owned()));
    }
    let added = &text[source.len()..];
    edited.truncate(edited.strip_suffix(added).unwrap_or(&edited).len());
    Ok(edited)
}

/// The source without what `year` noted of the year before.
///
/// # Errors
/// See [`EditError`].
pub fn forget(source: &str) -> Result<String, EditError> {
    let text = with_line_end(source);
    let root = parse(&text)?;
    let mut twin =
        Twin { plain: Plain::of(&root), written: Written::of(&text, &root).ok_or(EditError::Broken)? };
    twin.written.forget_all();
    match proof::holds(&twin) {
        true => Ok(twin.written.text()),
        false => Err(EditError::Broken),
    }
}

/// The text with its last line ended: pieces can then be put behind it.
fn with_line_end(source: &str) -> Cow<'_, str> {
    match source.is_empty() || source.ends_with('\n') {
        true => Cow::Borrowed(source),
        false => Cow::Owned(format!("{source}{}", if source.contains("\r\n") { "\r\n" } else { "\n" })),
    }
}

fn parse(source: &str) -> Result<Node, EditError> {
    let source = Arc::new(Source::new("", source));
    match prescan::scan(&source).is_empty() {
        true => tree::parse(&source).map_err(|_| EditError::Broken),
        false => Err(EditError::Broken),
    }
}

impl FactEdit {
    /// What it is about.
    fn path(&self) -> &str {
        match self {
            FactEdit::Set { path, .. }
            | FactEdit::Field { path, .. }
            | FactEdit::Remove { path }
            | FactEdit::Rename { path, .. }
            | FactEdit::List { path, .. } => path,
            FactEdit::Cell { ledger, .. }
            | FactEdit::InsertRow { ledger, .. }
            | FactEdit::RemoveRow { ledger, .. }
            | FactEdit::MoveRow { ledger, .. }
            | FactEdit::Rows { ledger, .. } => ledger,
        }
    }
}

#[cfg(test)]
mod tests;
