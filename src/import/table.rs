//! A table of a report as a ledger, where it is one: a head, and rows of as many cells.

use super::bind::{Drafting, Found};
use super::facts::{Facts, Indicator, Value};
use crate::document::{Inline, Merged, Row, Table, plain};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Quantity;
use crate::period::Period;

/// A table with more columns than this is no ledger that somebody keeps.
const WIDEST: usize = 12;

/// The tag that prints the table, if it can be a ledger; `caption` is part of it.
pub(super) fn ledger(
    table: &Table,
    group: &str,
    number: usize,
    drafting: &mut Drafting<'_>,
) -> Option<(String, String, Found)> {
    let columns = table.columns()?;
    if table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.merged != Merged::Not) {
        return None;
    }
    let cells = |row: &Row| row.cells.iter().map(|cell| plain(&cell.words)).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(cells).collect();
    if !is_head(&columns) || rows.is_empty() || rows.iter().flatten().any(|cell| !is_plain(cell)) {
        return None;
    }
    let (body, total) = match rows.split_last() {
        Some((last, body)) if is_total(last) && !body.is_empty() => (body, Some(last)),
        _ => (rows.as_slice(), None),
    };
    // Only the row of totals leaves cells empty.
    if body.iter().flatten().any(String::is_empty) {
        return None;
    }
    let units: Vec<Option<String>> = (0..columns.len()).map(|at| unit(body, at)).collect();
    let totals = match total {
        Some(row) => Some(totals(&columns, &units, row)?),
        None => None,
    };
    let path = drafting.names.unique(group, &["台账".to_owned()]);
    let columns_named = columns.iter().cloned().zip(units).collect();
    let indicator = Indicator { columns: columns_named, ..Indicator::of_kind(IndicatorKind::Ledger) };
    let caption = caption(&table.caption);
    keep(drafting.facts, drafting.year, &path, Indicator { definition: caption.clone(), ..indicator }, body);
    let title = if caption.is_empty() { String::new() } else { format!(" 标题=\"{caption}\"") };
    let totals = totals.map(|totals| format!(" 合计=\"{}\"", totals.join("、"))).unwrap_or_default();
    let tag = format!("{{{{表 {path} 列=\"{}\"{title}{totals}}}}}", columns.join("、"));
    let found = Found {
        path: path.clone(),
        text: format!("{}行台账", body.len()),
        year: drafting.year,
        line: number,
        context: columns.join("、"),
        doubt: String::new(),
        window: None,
        stock: String::new(),
    };
    Some((tag, path, found))
}

fn keep(facts: &mut Facts, year: Period, path: &str, indicator: Indicator, rows: &[Vec<String>]) {
    facts.indicators.insert(path.to_owned(), indicator);
    facts.years.entry(year).or_default().insert(path.to_owned(), Value::Ledger(rows.to_vec()));
}

fn caption(line: &[Inline]) -> String {
    plain(line)
}

/// Names of columns: each there, once, and without marks that a list of names cannot hold.
fn is_head(columns: &[String]) -> bool {
    let plain = |name: &String| {
        !name.is_empty()
            && name.chars().count() <= 12
            && !name.contains(|c: char| "、，, \"'{}[]:：#|\\".contains(c))
    };
    let mut names = columns.to_vec();
    names.sort();
    names.dedup();
    (2..=WIDEST).contains(&columns.len()) && names.len() == columns.len() && columns.iter().all(plain)
}

fn is_plain(cell: &str) -> bool {
    !cell.contains(['|', '\\', '{', '}', '\n'])
}

fn is_total(row: &[String]) -> bool {
    row.first().is_some_and(|first| matches!(first.as_str(), "合计" | "总计" | "合 计"))
}

/// The unit of a column of numbers: every cell has it.
fn unit(rows: &[Vec<String>], column: usize) -> Option<String> {
    let mut units = rows.iter().map(|row| {
        let unit = Quantity::parse(row.get(column)?).ok()?.amount.unit;
        (!unit.base.is_empty() && unit.base.chars().count() < 4).then(|| unit.to_string())
    });
    let first = units.next()??;
    units.all(|unit| unit.as_ref() == Some(&first)).then_some(first)
}

/// The columns that the last row adds up; nothing where it holds anything else.
fn totals(columns: &[String], units: &[Option<String>], row: &[String]) -> Option<Vec<String>> {
    let mut summed = Vec::new();
    for (at, cell) in row.iter().enumerate().skip(1) {
        match (cell.as_str(), &units[at]) {
            ("", _) => {}
            (_, Some(_)) => summed.push(columns[at].clone()),
            (_, None) => return None,
        }
    }
    (!summed.is_empty()).then_some(summed)
}
