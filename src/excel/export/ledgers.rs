//! The sheet of a ledger: a row a line, with room for more.

use std::sync::Arc;

use indexmap::IndexMap;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::indicators::names;
use super::look::{Ink, Page, width};
use super::validation::{self, Cell};
use crate::excel::keys::{RowKey, SheetKey};
use crate::excel::values::{self, Shown};
use crate::facts::registry::{Column as Registered, IndicatorKind};
use crate::facts::value::{Row, Value};
use crate::figures::Figures;
use crate::period::Period;
use crate::zh::number::Unit;

/// Lines that are drawn empty below the rows, and rows below these that are still checked while typing.
const EMPTY: u32 = 20;
const CHECKED: u32 = 2000;

/// A column of the sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column<'f> {
    pub name: String,
    pub registered: Option<&'f Registered>,
    /// The unit of its numbers, which stands in its head.
    pub unit: Option<Unit>,
}

impl Column<'_> {
    /// What is asked of its cells; `names` gives those of the 名单 that they must be in.
    pub fn cell(&self, names: impl FnOnce(&str) -> Vec<String>) -> Cell<'_> {
        let list = self.registered.and_then(|column| column.member_of.as_deref());
        Cell {
            name: &self.name,
            kind: self.kind(),
            unit: self.unit.as_ref(),
            indicator: None,
            names: list.map(names).unwrap_or_default(),
            at: String::new(),
        }
    }

    /// `投资（万元）`.
    pub fn head(&self) -> String {
        match &self.unit {
            Some(unit) if unit.to_string() != "%" => format!("{}（{unit}）", self.name),
            _ => self.name.clone(),
        }
    }

    /// What it holds, where that is known.
    pub fn kind(&self) -> Option<IndicatorKind> {
        self.registered.map(|column| column.kind)
    }
}

/// The rows of a ledger in a year; none where it is blank or not on file.
pub(crate) fn rows<'f>(figures: &'f Figures, year: Period, path: &str) -> &'f [Arc<Row>] {
    match figures.facts().get(path, year).map(|fact| &fact.value) {
        Some(Value::Ledger(rows)) => rows,
        _ => &[],
    }
}

/// The columns of a ledger: those of the registry, else those of its rows in this year and the year before.
pub(crate) fn columns<'f>(figures: &'f Figures, year: Period, path: &str) -> Vec<Column<'f>> {
    let registered = figures.facts().registry.indicators.get(path).map(|indicator| &indicator.columns);
    if let Some(columns) = registered.filter(|columns| !columns.is_empty()) {
        let column = |(name, column): (&String, &'f Registered)| Column {
            name: name.clone(),
            registered: Some(column),
            unit: column.unit.clone(),
        };
        return columns.iter().map(column).collect();
    }
    let mut found: IndexMap<&str, Vec<&Value>> = IndexMap::new();
    for row in rows(figures, year, path).iter().chain(rows(figures, year.before(), path)) {
        for (name, cell) in &row.cells {
            found.entry(name).or_default().push(&cell.value);
        }
    }
    let column = |(name, values): (&str, Vec<&Value>)| Column {
        name: name.to_owned(),
        registered: None,
        unit: common_unit(&values),
    };
    found.into_iter().map(column).collect()
}

/// The unit that all numbers of a column have.
fn common_unit(values: &[&Value]) -> Option<Unit> {
    let mut units = values.iter().filter(|value| ***value != Value::Blank).map(|value| match value {
        Value::Quantity(quantity) => Some(&quantity.amount.unit),
        _ => None,
    });
    let first = units.next()??;
    (!first.base.is_empty() && units.all(|unit| unit == Some(first))).then(|| first.clone())
}

/// What stands in the cells of a row, by column.
pub(crate) fn key(index: usize, row: &Row) -> RowKey {
    let was = row.cells.iter().map(|(name, cell)| (name.as_str(), values::written(&cell.value)));
    RowKey::new((index + 1).to_string(), was)
}

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    figures: &Figures,
    year: Period,
    path: &str,
) -> Result<(), XlsxError> {
    let (columns, rows) = (columns(figures, year, path), rows(figures, year, path));
    let lines: Vec<Vec<Shown>> =
        rows.iter().map(|row| columns.iter().map(|column| shown(row, column)).collect()).collect();
    let widths = (0..columns.len()).map(|at| fitting(&columns[at], lines.iter().map(|line| &line[at])));
    let key = SheetKey::Ledger { year, path: path.to_owned(), rows: rows.len() }.written();
    let mut page = Page::new(sheet, widths.collect(), (0, &key))?;
    page.heads(&columns.iter().map(Column::head).collect::<Vec<_>>(), u16::from(columns.len() > 1))?;
    for column in 0..columns.len() {
        page.open_column(at(column)?)?;
    }
    for (index, line) in lines.iter().enumerate() {
        let row = number(index + 1)?;
        for (column, shown) in line.iter().enumerate() {
            write_cell(&mut page, row, at(column)?, shown, &columns[column])?;
        }
        page.finish_row(
            row,
            Some(&self::key(index, &rows[index]).written()),
            &line.iter().collect::<Vec<_>>(),
        )?;
    }
    let filled = number(rows.len())?;
    for row in filled + 1..=filled + EMPTY {
        for (index, column) in columns.iter().enumerate() {
            write_cell(&mut page, row, at(index)?, &Shown::Blank, column)?;
        }
        page.finish_row(row, None, &[])?;
    }
    for (index, column) in columns.iter().enumerate() {
        validate(&mut page, at(index)?, filled, column, figures, year)?;
    }
    page.finish(&format!("{year}{path}"), filled + EMPTY, true)
}

fn at(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}

fn number(row: usize) -> Result<u32, XlsxError> {
    u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

/// What a cell of a row shows.
fn shown(row: &Row, column: &Column<'_>) -> Shown {
    row.cells.get(&column.name).map_or(Shown::Blank, |cell| values::shown(&cell.value, column.unit.as_ref()))
}

fn fitting<'s>(column: &Column<'_>, cells: impl Iterator<Item = &'s Shown>) -> u16 {
    let head = column.head();
    let texts: Vec<String> = cells
        .take(2000)
        .map(|shown| match shown {
            Shown::Blank => String::new(),
            Shown::Words(words) => words.clone(),
            Shown::Number { number, .. } => number.to_string(),
        })
        .collect();
    width(texts.iter().map(String::as_str).chain([head.as_str()]), 10, 40)
}

pub(crate) fn write_cell(
    page: &mut Page<'_>,
    row: u32,
    at: u16,
    shown: &Shown,
    column: &Column<'_>,
) -> Result<(), XlsxError> {
    let wants_number =
        matches!(column.kind(), Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate));
    let percent = column.unit.as_ref().is_some_and(|unit| unit.base == "%");
    match shown {
        Shown::Number { .. } => page.cell(row, at, shown, Ink::Open),
        Shown::Blank if wants_number => page.empty(row, at, if percent { 2 } else { 0 }, percent, Ink::Open),
        Shown::Words(_) if wants_number => page.cell(row, at, shown, Ink::Open),
        _ if column.kind().is_some() => page.words(row, at, shown, Ink::Open),
        _ => page.cell(row, at, shown, Ink::Open),
    }
}

fn validate(
    page: &mut Page<'_>,
    at: u16,
    filled: u32,
    column: &Column<'_>,
    figures: &Figures,
    year: Period,
) -> Result<(), XlsxError> {
    let cell = column.cell(|list| names(figures, list, year));
    page.validate((1, filled + CHECKED), at, &validation::rule(&cell, None)?)
}
