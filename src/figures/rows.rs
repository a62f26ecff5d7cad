//! A row of a ledger over the years: the same 主键 is the same row.

use std::sync::Arc;

use indexmap::IndexSet;

use super::{Figure, Figures, Trouble, value_text};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Fact, Row, Value};
use crate::period::Period;

/// One row of a ledger, or one entry of a 名单.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowOf<'a> {
    /// Path of the ledger or list.
    pub list: &'a str,
    /// Year it stands in.
    pub year: Period,
    /// Its place in that year, from 0.
    pub index: usize,
}

impl Figures {
    /// Where the row stands in another year: the row with the same 主键, or the same entry of a 名单.
    ///
    /// # Errors
    /// The ledger has no 主键, the row has no entry under it, or not one row of that year has the same.
    pub fn same_row(&self, row: RowOf<'_>, year: Period) -> Result<usize, Trouble> {
        if year == row.year {
            return Ok(row.index);
        }
        let gone = || Trouble::missing(&self.row_name(row), year);
        if let Value::List(items) = &self.fact(row.list, row.year)?.value
            && let Some(name) = items.get(row.index)
        {
            let Value::List(others) = &self.fact(row.list, year)?.value else { return Err(gone()) };
            return others.iter().position(|other| other.text == name.text).ok_or_else(gone);
        }
        let key = self.key(row.list)?;
        let name = self.key_of(row, key).ok_or_else(gone)?;
        let others = self.rows(row.list, year)?.iter().enumerate();
        let is_same = |row: &Row| row.cells.get(key).is_some_and(|cell| says(&cell.value, &name));
        let mut same = others.filter(|(_, other)| is_same(other));
        match (same.next(), same.next()) {
            (Some((index, _)), None) => Ok(index),
            (None, _) => Err(gone()),
            (Some(_), Some(_)) => {
                let message = format!("{year}的台账“{}”里，“{key}”是“{name}”的有两行", row.list);
                Err(Trouble::wrong("same-key-twice", message, "请核对台账，主键一行一个"))
            }
        }
    }

    /// The number in a column of a row, in the row's year or in another.
    ///
    /// # Errors
    /// The row is not there, or the cell is blank or no number.
    pub fn cell_in(&self, row: RowOf<'_>, column: &str, year: Period) -> Result<Arc<Figure>, Trouble> {
        let index = self.same_row(row, year)?;
        self.cell(row.list, year, index, column)
    }

    /// The sum of a column of a row over a window of years.
    ///
    /// # Errors
    /// The column is no flow, or any year is without the row or its cell.
    pub fn cell_window(
        &self,
        row: RowOf<'_>,
        column: &str,
        years: impl IntoIterator<Item = Period>,
        words: &str,
    ) -> Result<Figure, Trouble> {
        self.summable(&format!("{}.{column}", row.list))?;
        let parts = years.into_iter().map(|year| self.cell_in(row, column, year));
        self.sum_over(&format!("{}.{column}", self.row_name(row)), words, parts.collect())
    }

    /// How a row is called where it has no number: `台账（甲村）`, or `台账[2]` without 主键.
    pub fn row_name(&self, row: RowOf<'_>) -> String {
        let key = self.key(row.list).ok().and_then(|key| self.key_of(row, key));
        match key {
            Some(name) => format!("{}（{name}）", row.list),
            None => format!("{}[{}]", row.list, row.index + 1),
        }
    }

    /// The column that names the rows of a ledger, its 主键.
    ///
    /// # Errors
    /// None is registered.
    pub fn key(&self, ledger: &str) -> Result<&str, Trouble> {
        let indicator = self.facts().registry.indicators.get(ledger);
        indicator.and_then(|indicator| indicator.key.as_deref()).ok_or_else(|| {
            Trouble::wrong(
                "no-key",
                format!("台账“{ledger}”没有登记主键，别的年份里哪一行是它，分不清"),
                format!("请在 facts/指标.yaml 给“{ledger}”写上“主键: 列名”，例如企业、村名"),
            )
        })
    }

    /// Whether a path is a 名单, by the registry or in any year.
    pub fn is_list(&self, path: &str) -> bool {
        let in_year = |fact: &Arc<Fact>| matches!(&fact.value, Value::List(items) if !items.is_empty());
        self.kind(path) == Some(IndicatorKind::List)
            || self.facts().years.values().filter_map(|year| year.facts.get(path)).any(in_year)
    }

    /// The columns of a ledger: those registered, or those of its rows.
    pub fn columns(&self, ledger: &str) -> Vec<String> {
        let registered = self.facts().registry.indicators.get(ledger);
        if let Some(indicator) = registered.filter(|indicator| !indicator.columns.is_empty()) {
            return indicator.columns.keys().cloned().collect();
        }
        let names = self.rows_of_all_years(ledger).flat_map(|row| row.cells.keys());
        names.collect::<IndexSet<_>>().into_iter().cloned().collect()
    }

    /// Whether rows with this value in the column are to be expected: some year has one, the 名单 of the column has
    /// it, or the ledger has no row yet in any year.
    pub fn may_say(&self, ledger: &str, column: &str, value: &str) -> bool {
        let mut rows = self.rows_of_all_years(ledger).peekable();
        rows.peek().is_none()
            || rows.any(|row| row.cells.get(column).is_some_and(|cell| says(&cell.value, value)))
            || self.listed(ledger, column).any(|name| name == value)
    }

    /// Every value of a column in any year, in the order in which they come, and what its 名单 has beside them.
    pub fn said_in(&self, ledger: &str, column: &str) -> Vec<String> {
        let said = self.rows_of_all_years(ledger).filter_map(|row| text_of(row, column));
        let said: IndexSet<String> = said.chain(self.listed(ledger, column).map(str::to_owned)).collect();
        said.into_iter().collect()
    }

    pub(super) fn rows_of_all_years(&self, ledger: &str) -> impl Iterator<Item = &Row> {
        let facts = self.facts().years.values().rev().filter_map(move |year| year.facts.get(ledger));
        let rows = facts.flat_map(|fact| match &fact.value {
            Value::Ledger(rows) => rows.as_slice(),
            _ => &[],
        });
        rows.map(|row| &**row)
    }

    /// The entries of the 名单 to which the texts of a column belong, in any year.
    pub(super) fn listed(&self, ledger: &str, column: &str) -> impl Iterator<Item = &str> {
        let indicator = self.facts().registry.indicators.get(ledger);
        let list = indicator.and_then(|one| one.columns.get(column)?.member_of.as_deref());
        let years = self.facts().years.values().filter_map(move |year| year.facts.get(list?));
        years
            .flat_map(|fact| match &fact.value {
                Value::List(items) => items.as_slice(),
                _ => &[],
            })
            .map(|item| item.text.as_str())
    }

    fn key_of(&self, row: RowOf<'_>, key: &str) -> Option<String> {
        text_of(self.rows(row.list, row.year).ok()?.get(row.index)?, key)
    }
}

/// Whether a value is said with these words.
pub(super) fn says(value: &Value, words: &str) -> bool {
    match value {
        Value::Text(text) => text == words,
        other => value_text(other) == words,
    }
}

/// What a row says in a column, unless it is blank.
fn text_of(row: &Row, column: &str) -> Option<String> {
    let value = row.cells.get(column).map(|cell| &cell.value).filter(|value| **value != Value::Blank)?;
    Some(value_text(value))
}
