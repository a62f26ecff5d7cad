//! Which row on file a row of a table is, and where that cannot be told.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::values::{flat, same, written};
use crate::facts;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Row, Value};
use crate::zh::number::half_width;

/// A row that was read.
#[derive(Debug, Clone)]
pub(super) struct SheetRow {
    /// Its number in the sheet.
    pub row: u32,
    /// Words by column of the ledger; what is blank is left out.
    pub cells: IndexMap<String, String>,
}

/// What the columns of a ledger hold, as registered.
pub(super) type Kinds<'k> = &'k dyn Fn(&str) -> Option<IndicatorKind>;

/// Pairs of rows of which all but one cell are looked at.
const MOST_PAIRS: usize = 250_000;

/// The row on file that each row of a table is. They are told apart by their key; without one a row is one on file that
/// says all that it says.
pub(super) fn matched(
    old: &[Arc<Row>],
    rows: &[SheetRow],
    key: Option<&str>,
    kinds: Kinds<'_>,
) -> Vec<Option<usize>> {
    let Some(key) = key else { return alike(old, rows, kinds) };
    let mut found = vec![None; rows.len()];
    let mut taken = BTreeSet::new();
    // To the letter first: 甲厂(一期) and 甲厂（一期） may both be on file.
    for call in [flat, name] {
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, row) in old.iter().enumerate().rev().filter(|(at, _)| !taken.contains(at)) {
            known.entry(call(&said(row, key))).or_default().push(at);
        }
        for (at, read) in found.iter_mut().zip(rows).filter(|(at, _)| at.is_none()) {
            let text = read.cells.get(key).map(|text| call(text)).unwrap_or_default();
            *at = known.get_mut(&text).and_then(Vec::pop);
            taken.extend(*at);
        }
    }
    found
}

/// A name for comparison, however it is spaced and whatever width its marks have: 张　三, 甲厂(一期).
pub(super) fn name(text: &str) -> String {
    half_width(&flat(text)).chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a row on file says in a column.
fn said(row: &Row, column: &str) -> String {
    row.cells.get(column).map(|cell| flat(&written(&cell.value))).unwrap_or_default()
}

/// Rows on file that say all that rows of a table say; those that say nothing else come first.
fn alike(old: &[Arc<Row>], rows: &[SheetRow], kinds: Kinds<'_>) -> Vec<Option<usize>> {
    let values: Vec<BTreeMap<&str, Value>> = rows.iter().map(|read| judged(read, kinds)).collect();
    let mut holding: BTreeMap<(&str, String), Held> = BTreeMap::new();
    for (at, row) in old.iter().enumerate() {
        for (name, cell) in &row.cells {
            holding.entry((name, handle(&cell.value))).or_default().rows.push(at);
        }
    }
    let mut taken = BTreeSet::new();
    let mut found = vec![None; rows.len()];
    for whole in [true, false] {
        for (read, values) in values.iter().enumerate().filter(|(_, values)| !values.is_empty()) {
            if found[read].is_some() {
                continue;
            }
            // Among the rows that hold the rarest of its cells.
            let none = Held::default();
            let holders =
                values.iter().map(|(name, value)| holding.get(&(*name, handle(value))).unwrap_or(&none));
            let fewest = holders.min_by_key(|held| held.left().len()).unwrap_or(&none);
            let fits = |at: &&usize| {
                let row = &old[**at];
                let says = |(name, value): (&&str, &Value)| {
                    row.cells.get(*name).is_some_and(|cell| same(value, &cell.value))
                };
                !taken.contains(*at) && (!whole || row.cells.len() == values.len()) && values.iter().all(says)
            };
            found[read] = fewest.left().iter().find(fits).copied();
            taken.extend(found[read]);
            fewest.pass(&taken);
        }
    }
    found
}

/// The rows on file that hold a value.
#[derive(Default)]
struct Held {
    rows: Vec<usize>,
    /// So many of the first are taken: many rows that say the same are gone through once.
    passed: Cell<usize>,
}

impl Held {
    fn left(&self) -> &[usize] {
        &self.rows[self.passed.get()..]
    }

    fn pass(&self, taken: &BTreeSet<usize>) {
        let more = self.left().iter().take_while(|at| taken.contains(at)).count();
        self.passed.set(self.passed.get() + more);
    }
}

/// What a value is looked up by: equal values have the same.
fn handle(value: &Value) -> String {
    match value {
        Value::Quantity(quantity) => {
            format!("{} {}", quantity.amount.value.normalize(), quantity.amount.unit.base)
        }
        other => flat(&written(other)),
    }
}

fn judged<'r>(read: &'r SheetRow, kinds: Kinds<'_>) -> BTreeMap<&'r str, Value> {
    let value = |(name, text): (&'r String, &String)| {
        let value = facts::judge(text, kinds(name), None).unwrap_or_else(|_| Value::Text(text.clone()));
        (name.as_str(), value)
    };
    read.cells.iter().map(value).collect()
}

/// Columns that could name the rows: words in every row of the table, no two alike, and none alike on file.
pub(super) fn naming(old: &[Arc<Row>], rows: &[SheetRow], kinds: Kinds<'_>) -> Vec<String> {
    let Some(first) = rows.first() else { return Vec::new() };
    let may = |name: &&String| {
        let words = |text: &String| match kinds(name) {
            Some(kind) => kind == IndicatorKind::Text,
            None => matches!(facts::judge(text, None, None), Ok(Value::Text(_))),
        };
        let texts: Option<Vec<&String>> = rows.iter().map(|read| read.cells.get(*name)).collect();
        let texts = texts.filter(|texts| texts.iter().all(|text| words(text)));
        texts.is_some_and(|texts| distinct(texts.iter().map(|text| flat(text)))) && names(old, name)
    };
    first.cells.keys().filter(may).cloned().collect()
}

/// Whether a column names the rows on file: something stands in every row, and no two are alike.
pub(super) fn names(old: &[Arc<Row>], column: &str) -> bool {
    let texts: Vec<String> = old.iter().map(|row| said(row, column)).collect();
    texts.iter().all(|text| !text.is_empty()) && distinct(texts.into_iter())
}

fn distinct(texts: impl Iterator<Item = String>) -> bool {
    let mut seen = BTreeSet::new();
    texts.into_iter().all(|text| seen.insert(text))
}

/// A row of the table that may be one on file, changed: the number of the row in the table and, from 0, on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Perhaps {
    pub row: u32,
    pub old: usize,
}

/// Rows of a table without a key that are not on file, but may be rows on file that were changed: they have the same
/// name, or differ in one cell of several. `found` is what [`matched`] says.
pub(super) fn perhaps(
    old: &[Arc<Row>],
    rows: &[SheetRow],
    found: &[Option<usize>],
    kinds: Kinds<'_>,
) -> Vec<Perhaps> {
    let taken: BTreeSet<usize> = found.iter().flatten().copied().collect();
    let left: Vec<usize> = (0..old.len()).filter(|at| !taken.contains(at)).collect();
    let new: Vec<&SheetRow> =
        rows.iter().zip(found).filter(|(_, at)| at.is_none()).map(|(read, _)| read).collect();
    let naming = naming(old, rows, kinds);
    let mut by_name: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for name in &naming {
        by_name.extend(left.iter().map(|at| ((name.as_str(), said(&old[*at], name)), *at)));
    }
    let named = |read: &SheetRow| {
        naming.iter().find_map(|name| by_name.get(&(name.as_str(), flat(read.cells.get(name)?))).copied())
    };
    let few = new.len().saturating_mul(left.len()) <= MOST_PAIRS;
    let near = |read: &SheetRow| {
        let values = judged(read, kinds);
        if !few || values.len() < 3 {
            return None;
        }
        let differs = |at: &&usize| {
            let says = |(name, value): &(&&str, &Value)| {
                old[**at].cells.get(**name).is_some_and(|cell| same(value, &cell.value))
            };
            values.iter().filter(says).count() + 1 == values.len()
        };
        left.iter().find(differs).copied()
    };
    let perhaps =
        |read: &&SheetRow| Some(Perhaps { row: read.row, old: named(read).or_else(|| near(read))? });
    new.iter().filter_map(perhaps).collect()
}
