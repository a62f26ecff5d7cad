//! Changes of facts as the page sends them.

use serde::Deserialize;

use crate::facts::edit::{FactEdit, Row};
use crate::facts::entry::{Wrong, doubted, typed};
use crate::facts::registry::Registry;

/// One change.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Sent {
    /// A value.
    Set { path: String, value: String },
    /// 来源、说明、估计、待核 of a fact.
    Field { path: String, field: String, value: String },
    /// A 名单.
    List { path: String, items: Vec<String> },
    /// A cell of a ledger.
    Cell { path: String, row: usize, column: String, value: String },
    /// A new row.
    Insert { path: String, at: usize, cells: Vec<(String, String)> },
    /// A row less.
    Delete { path: String, row: usize },
    /// All rows anew: those that stay by their number, new ones by their cells.
    Rows { path: String, rows: Vec<SentRow> },
}

/// A row of a whole ledger.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum SentRow {
    /// The old row of this number.
    Keep(usize),
    /// A new row.
    New(Vec<(String, String)>),
}

/// A value that cannot be written, and where it was sent.
#[derive(Debug)]
pub struct Bad {
    /// Which change.
    pub index: usize,
    /// Which row of it, from 0, where it sends several.
    pub row: Option<usize>,
    /// Which column.
    pub column: Option<String>,
    /// What is wrong.
    pub wrong: Box<Wrong>,
}

/// Whether somebody said that values which are asked about are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "bool")]
pub enum Sure {
    /// Nobody did.
    #[default]
    No,
    /// They are right.
    Yes,
}

impl From<bool> for Sure {
    fn from(said: bool) -> Sure {
        if said { Sure::Yes } else { Sure::No }
    }
}

/// The changes as they are written into the file, and the values that cannot be written or are asked about first.
pub fn judged(sent: &[Sent], registry: &Registry, sure: Sure) -> (Vec<FactEdit>, Vec<Bad>) {
    let (mut changes, mut bad) = (Vec::new(), Vec::new());
    for (index, one) in sent.iter().enumerate() {
        let mut judge = Judge { registry, index, sure, bad: Vec::new() };
        let change = judge.change(one);
        if judge.bad.is_empty() {
            changes.push(change);
        }
        bad.append(&mut judge.bad);
    }
    (changes, bad)
}

struct Judge<'r> {
    registry: &'r Registry,
    index: usize,
    sure: Sure,
    bad: Vec<Bad>,
}

impl Judge<'_> {
    /// A value that somebody typed just now.
    fn fresh(&mut self, path: &str, row: Option<usize>, column: Option<&str>, text: &str) -> String {
        if self.sure == Sure::No
            && let Some(wrong) = doubted(self.registry, path, column, text)
        {
            let column = column.map(str::to_owned);
            self.bad.push(Bad { index: self.index, row, column, wrong });
        }
        self.value(path, row, column, text)
    }

    fn value(&mut self, path: &str, row: Option<usize>, column: Option<&str>, text: &str) -> String {
        match typed(self.registry, path, column, text) {
            Ok(text) => text,
            Err(wrong) => {
                let column = column.map(str::to_owned);
                self.bad.push(Bad { index: self.index, row, column, wrong });
                String::new()
            }
        }
    }

    fn cells(&mut self, path: &str, row: usize, cells: &[(String, String)]) -> Vec<(String, String)> {
        let cell = |(column, text): &(String, String)| {
            (column.clone(), self.value(path, Some(row), Some(column), text))
        };
        cells.iter().map(cell).collect()
    }

    fn change(&mut self, sent: &Sent) -> FactEdit {
        match sent {
            Sent::Set { path, value } => {
                FactEdit::Set { path: path.clone(), value: self.fresh(path, None, None, value) }
            }
            Sent::Field { path, field, value } => {
                FactEdit::Field { path: path.clone(), field: field.clone(), value: value.trim().to_owned() }
            }
            Sent::List { path, items } => {
                let items = items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty());
                FactEdit::List { path: path.clone(), items: items.collect() }
            }
            Sent::Cell { path, row, column, value } => FactEdit::Cell {
                ledger: path.clone(),
                row: *row,
                column: column.clone(),
                value: self.fresh(path, Some(*row), Some(column), value),
            },
            Sent::Insert { path, at, cells } => {
                FactEdit::InsertRow { ledger: path.clone(), at: *at, cells: self.cells(path, *at, cells) }
            }
            Sent::Delete { path, row } => FactEdit::RemoveRow { ledger: path.clone(), row: *row },
            Sent::Rows { path, rows } => {
                let row = |(number, row): (usize, &SentRow)| match row {
                    SentRow::Keep(old) => Row::Keep(*old),
                    SentRow::New(cells) => Row::New(self.cells(path, number, cells)),
                };
                FactEdit::Rows { ledger: path.clone(), rows: rows.iter().enumerate().map(row).collect() }
            }
        }
    }
}

/// The fact that a change is about.
pub fn path(sent: &Sent) -> &String {
    match sent {
        Sent::Set { path, .. }
        | Sent::Field { path, .. }
        | Sent::List { path, .. }
        | Sent::Cell { path, .. }
        | Sent::Insert { path, .. }
        | Sent::Delete { path, .. }
        | Sent::Rows { path, .. } => path,
    }
}

/// What a change does, in a few words.
pub fn label(sent: &[Sent]) -> String {
    let words = |one: &Sent| match one {
        Sent::Set { path, value } if value.is_empty() => format!("清空 {path}"),
        Sent::Set { path, value } => format!("{path} 改为 {}", short(value)),
        Sent::Field { path, field, .. } => format!("{path} 的{field}"),
        Sent::List { path, .. } => format!("{path} 的名单"),
        Sent::Cell { path, row, column, value } => format!("{path} 第{row}行{column} 改为 {}", short(value)),
        Sent::Insert { path, at, .. } => format!("{path} 增加第{at}行"),
        Sent::Delete { path, row } => format!("{path} 删去第{row}行"),
        Sent::Rows { path, rows } => format!("{path} 整表改动（{}行）", rows.len()),
    };
    match sent {
        [] => String::new(),
        [one] => words(one),
        [one, rest @ ..] => format!("{}等{}处", words(one), rest.len() + 1),
    }
}

fn short(value: &str) -> String {
    const LONGEST: usize = 20;
    if value.chars().count() <= LONGEST {
        value.to_owned()
    } else {
        value.chars().take(LONGEST).chain(['…']).collect()
    }
}
