//! The facts that a figure came from. A column of a ledger is one of them, however many rows it has: its cells are made
//! when somebody looks at them.

use std::fmt;
use std::sync::Arc;

use super::ready::{Entry, FactRef};
use crate::facts::value::{Row, Value};
use crate::zh::number::Amount;

/// The facts that a figure came from, in the order they were used.
#[derive(Clone, Default)]
pub struct Cited(Vec<Part>);

#[derive(Clone)]
enum Part {
    Fact(Arc<FactRef>),
    Column(Column),
}

/// A column of a ledger in one year, or the cells of it in some rows. All of them are numbers.
#[derive(Clone)]
pub struct Column {
    ledger: Arc<Entry>,
    name: Arc<str>,
    /// Where it stands in most rows.
    at: usize,
    /// The rows, counted from 0; all of them where there is no list.
    rows: Option<Arc<[usize]>>,
}

impl Column {
    /// `rows` of a column whose cells are known to be numbers.
    pub(super) fn new(ledger: &Arc<Entry>, name: &str, at: usize, rows: Option<Vec<usize>>) -> Column {
        Column { ledger: Arc::clone(ledger), name: Arc::from(name), at, rows: rows.map(Arc::from) }
    }

    /// How many cells there are.
    pub fn count(&self) -> usize {
        self.rows.as_ref().map_or(self.ledger.rows().len(), |rows| rows.len())
    }

    /// What they say.
    pub fn amounts(&self) -> impl Iterator<Item = &Amount> {
        let rows = (0..self.count()).filter_map(|at| self.ledger.rows().get(self.row(at)));
        rows.filter_map(|row| amount(row, &self.name, self.at))
    }

    fn row(&self, at: usize) -> usize {
        self.rows.as_ref().map_or(at, |rows| rows[at])
    }
}

/// The number in a column of a row, which is likely to stand `at` a place.
pub(super) fn amount<'r>(row: &'r Row, column: &str, at: usize) -> Option<&'r Amount> {
    let there = row.cells.get_index(at).filter(|(name, _)| *name == column).map(|(_, cell)| cell);
    match &there.or_else(|| row.cells.get(column))?.value {
        Value::Quantity(quantity) => Some(&quantity.amount),
        _ => None,
    }
}

impl Part {
    fn count(&self) -> usize {
        match self {
            Part::Fact(_) => 1,
            Part::Column(column) => column.count(),
        }
    }

    fn get(&self, at: usize) -> Option<&Arc<FactRef>> {
        match self {
            Part::Fact(fact) => (at == 0).then_some(fact),
            Part::Column(column) if at < column.count() => {
                column.ledger.cell(column.row(at), &column.name).map(|cell| &cell.from)
            }
            Part::Column(_) => None,
        }
    }
}

impl Cited {
    /// The cells of columns.
    pub fn columns(columns: impl IntoIterator<Item = Column>) -> Cited {
        Cited(columns.into_iter().map(Part::Column).collect())
    }

    /// Those of several figures, one after the other.
    pub fn all<'c>(all: impl IntoIterator<Item = &'c Cited>) -> Cited {
        Cited(all.into_iter().flat_map(|one| one.0.iter().cloned()).collect())
    }

    /// Every fact.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<FactRef>> {
        self.0.iter().flat_map(|part| (0..part.count()).filter_map(|at| part.get(at)))
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(Part::count).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them, counted from 0.
    pub fn get(&self, at: usize) -> Option<&Arc<FactRef>> {
        let mut before = 0;
        let part = self.0.iter().find(|part| {
            before += part.count();
            at < before
        })?;
        part.get(at - (before - part.count()))
    }

    /// The first.
    pub fn first(&self) -> Option<&Arc<FactRef>> {
        self.get(0)
    }

    /// The only one; nothing where there are several.
    pub fn only(&self) -> Option<&Arc<FactRef>> {
        self.first().filter(|_| self.len() == 1)
    }
}

impl From<Vec<Arc<FactRef>>> for Cited {
    fn from(facts: Vec<Arc<FactRef>>) -> Cited {
        facts.into_iter().collect()
    }
}

impl FromIterator<Arc<FactRef>> for Cited {
    fn from_iter<I: IntoIterator<Item = Arc<FactRef>>>(facts: I) -> Cited {
        Cited(facts.into_iter().map(Part::Fact).collect())
    }
}

impl PartialEq for Cited {
    fn eq(&self, other: &Cited) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Cited {}

impl fmt::Debug for Cited {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter()).finish()
    }
}
