//! Totals of tables that their cells do not make.

use super::super::prelude::*;
use super::cells::{Table, Verdict};
use super::reading::Exact;
use crate::zh::number::{plain, shift};

/// Arithmetic: a total is the sum of what it is called the total of.
pub(super) const RULE: Rule = Rule::prose("num-table", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for grid in prose.tables.iter().filter(|grid| grid.rows.len() > 2) {
        let table = Table::of(&prose.source.text, grid);
        if table.is_partial() {
            continue;
        }
        let mut said: Vec<Range<usize>> = Vec::new();
        for row in 0..table.rows.len() {
            for wrong in row_of_totals(&table, row) {
                say(prose, &table, &wrong, "各行", &mut said, found);
            }
        }
        for column in 0..table.width() {
            for wrong in column_of_totals(&table, column) {
                say(prose, &table, &wrong, "各栏", &mut said, found);
            }
        }
    }
}

/// A total that its parts do not make: its row and column, and what they come to.
struct Wrong {
    row: usize,
    column: usize,
    sum: rust_decimal::Decimal,
}

fn say(
    prose: &Prose,
    table: &Table<'_>,
    wrong: &Wrong,
    parts: &str,
    said: &mut Vec<Range<usize>>,
    found: &mut Findings<'_>,
) {
    let Some(Exact { span, amount }) = table.figure(wrong.row, wrong.column) else { return };
    if said.contains(span) {
        return;
    }
    said.push(span.clone());
    let sum = format!("{}{}", plain(shift(wrong.sum, amount.unit.scale)), amount.unit);
    let (row, column) = (table.label(wrong.row), table.heading(wrong.column));
    let message = format!("表中“{row}”行“{column}”栏的{}和{parts}相加的数对不上", amount.text());
    let hint = format!("{parts}相加是{sum}，请核对合计和各个数");
    found.at(&prose.source, span.clone(), message, hint);
}

/// What is wrong in a row of totals. Where several columns have one, most of them must be right: else the
/// rows are no parts, or not all of them.
fn row_of_totals(table: &Table<'_>, row: usize) -> Vec<Wrong> {
    let Some(level) = table.level(row) else { return Vec::new() };
    let Some(parts) = table.parts_of(row, level) else { return Vec::new() };
    let (mut fits, mut wrong) = (0, Vec::new());
    for column in (0..table.width()).filter(|column| table.adds_up(*column)) {
        match parts.verdict(table, row, column) {
            Some(Verdict::Fits) => fits += 1,
            Some(Verdict::Off(sum)) => wrong.push(Wrong { row, column, sum }),
            None => {}
        }
    }
    let alone = fits == 0 && wrong.len() == 1 && parts.is_plain();
    if wrong.len() <= fits || alone { wrong } else { Vec::new() }
}

/// What is wrong in a column of totals. Which columns are its parts is told by the rows that are right.
fn column_of_totals(table: &Table<'_>, column: usize) -> Vec<Wrong> {
    if !table.is_total_column(column) {
        return Vec::new();
    }
    let mut best: (usize, Vec<Wrong>) = (0, Vec::new());
    for parts in table.columns_of(column) {
        let (mut fits, mut wrong) = (0, Vec::new());
        for row in 0..table.rows.len() {
            match table.across(row, column, &parts) {
                Some(Verdict::Fits) => fits += 1,
                Some(Verdict::Off(sum)) => wrong.push(Wrong { row, column, sum }),
                None => {}
            }
        }
        if (fits, best.1.len()) > (best.0, wrong.len()) {
            best = (fits, wrong);
        }
    }
    if best.1.len() < best.0 { best.1 } else { Vec::new() }
}
