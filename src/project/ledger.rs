//! A ledger of a year as a table: columns, cells as they are typed, totals.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Row, Value};
use crate::figures::Figures;
use crate::project::form::as_typed;

/// A ledger as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Dotted path.
    pub path: String,
    /// Its columns, in the order of the registry, else of the rows.
    pub columns: Vec<Column>,
    /// Cells by row and column, as they are typed; empty where there is none.
    pub rows: Vec<Vec<String>>,
    /// 主键, if registered.
    pub key: Option<String>,
    /// Indicators that are computed from it.
    pub feeds: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// 类型, if registered.
    pub kind: Option<IndicatorKind>,
    /// 单位 as registered.
    pub unit: String,
    /// The 名单 in which its texts must stand, as it is this year.
    pub choices: Vec<String>,
    /// The sum of a column that may be summed, as text, or why there is none.
    pub total: Option<Result<String, String>>,
}

/// The ledger of the report's year; nothing where the path is none.
pub fn table(figures: &Figures, path: &str) -> Option<Table> {
    let (facts, year) = (figures.facts(), figures.period());
    let indicator = facts.registry.indicators.get(path);
    let value = facts.get(path, year).map(|fact| &fact.value);
    let rows: &[Arc<Row>] = match value {
        Some(Value::Ledger(rows)) => rows,
        _ if indicator.is_some_and(|one| one.kind == IndicatorKind::Ledger) => &[],
        _ => return None,
    };
    let mut columns: Vec<Column> = indicator
        .into_iter()
        .flat_map(|one| &one.columns)
        .map(|(name, column)| Column {
            name: name.clone(),
            kind: Some(column.kind),
            unit: column.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            choices: column.member_of.as_ref().map(|list| members(figures, list)).unwrap_or_default(),
            total: (column.kind == IndicatorKind::Flow).then(|| total(figures, path, name)),
        })
        .collect();
    for name in rows.iter().flat_map(|row| row.cells.keys()) {
        if !columns.iter().any(|column| column.name == *name) {
            columns.push(Column {
                name: name.clone(),
                kind: None,
                unit: String::new(),
                choices: Vec::new(),
                total: None,
            });
        }
    }
    let cell = |row: &Row, column: &Column| {
        row.cells.get(&column.name).map(|cell| as_typed(&cell.value)).unwrap_or_default()
    };
    let rows = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    let feeds = facts.registry.indicators.values();
    let feeds =
        feeds.filter(|one| one.formula.as_ref().is_some_and(|formula| formula.reads().contains(&path)));
    Some(Table {
        path: path.to_owned(),
        key: indicator.and_then(|one| one.key.clone()),
        feeds: feeds.map(|one| one.path.clone()).collect(),
        columns,
        rows,
    })
}

/// The rows, from 0, in the order of a column: numbers by their amounts, dates and words as they are, blanks last.
/// Rows that are alike stay in their order.
pub fn order_by(figures: &Figures, path: &str, column: &str, down: bool) -> Option<Vec<usize>> {
    let rows = match figures.facts().get(path, figures.period()).map(|fact| &fact.value) {
        Some(Value::Ledger(rows)) => rows,
        _ => return None,
    };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let cell = |row: &usize| {
        rows[*row].cells.get(column).map(|cell| &cell.value).filter(|value| **value != Value::Blank)
    };
    order.sort_by(|left, right| match (cell(left), cell(right)) {
        (Some(left), Some(right)) if down => compared(right, left),
        (Some(left), Some(right)) => compared(left, right),
        (left, right) => right.is_some().cmp(&left.is_some()),
    });
    Some(order)
}

fn compared(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Quantity(left), Value::Quantity(right)) => left.amount.value.cmp(&right.amount.value),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Quantity(_), _) => Ordering::Less,
        (_, Value::Quantity(_)) => Ordering::Greater,
        _ => as_typed(left).cmp(&as_typed(right)),
    }
}

fn total(figures: &Figures, path: &str, column: &str) -> Result<String, String> {
    let sum = figures.total(path, figures.period(), column);
    sum.map(|figure| figure.text).map_err(|trouble| trouble.diagnostic.message)
}

fn members(figures: &Figures, list: &str) -> Vec<String> {
    match figures.fact(list, figures.period()).map(|fact| &fact.value) {
        Ok(Value::List(items)) => items.iter().map(|item| item.text.clone()).collect(),
        _ => Vec::new(),
    }
}
