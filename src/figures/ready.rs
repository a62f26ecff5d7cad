//! Facts made ready for arithmetic: the reference and the figure of each, and of every cell of a ledger.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Figure;
use super::trail::FactRef;
use crate::facts::value::{Cell, Fact, Row, Value};

/// A fact made ready: its reference, its figure, and the same of every cell of a ledger.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub from: Arc<FactRef>,
    pub figure: Option<Arc<Figure>>,
    pub cells: Vec<IndexMap<String, CellEntry>>,
}

/// A cell of a ledger made ready.
#[derive(Debug, Clone)]
pub(super) struct CellEntry {
    pub from: Arc<FactRef>,
    pub figure: Option<Arc<Figure>>,
}

impl Entry {
    pub fn of(fact: &Fact) -> Entry {
        let from = Arc::new(fact_ref(fact));
        let cells = match &fact.value {
            Value::Ledger(rows) => rows.iter().enumerate().map(|(at, row)| cells(&from, at, row)).collect(),
            _ => Vec::new(),
        };
        Entry { figure: figure_of(&fact.value, &from, fact.estimate), cells, from }
    }
}

fn cells(ledger: &FactRef, index: usize, row: &Row) -> IndexMap<String, CellEntry> {
    let cell = |(column, cell): (&String, &Cell)| {
        let from = Arc::new(FactRef {
            path: format!("{}[{}].{column}", ledger.path, index + 1),
            text: value_text(&cell.value),
            line: cell.place.line(),
            source: cell.source.clone().or_else(|| ledger.source.clone()),
            ..ledger.clone()
        });
        (column.clone(), CellEntry { figure: figure_of(&cell.value, &from, false), from })
    };
    row.cells.iter().map(cell).collect()
}

fn figure_of(value: &Value, from: &Arc<FactRef>, estimate: bool) -> Option<Arc<Figure>> {
    match value {
        Value::Quantity(quantity) => Some(Arc::new(Figure::written(quantity, from, estimate))),
        _ => None,
    }
}

/// A fact as a reference.
fn fact_ref(fact: &Fact) -> FactRef {
    FactRef {
        path: fact.path.clone(),
        year: fact.year,
        text: value_text(&fact.value),
        file: fact.place.source.name.clone(),
        line: fact.place.line(),
        source: fact.source.clone(),
    }
}

/// A value in one line, as written.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Quantity(quantity) => quantity.text.clone(),
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::List(items) => items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("、"),
        Value::Ledger(rows) => format!("{}行台账", rows.len()),
    }
}
