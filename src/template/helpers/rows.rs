//! The rows that a helper goes through: those of the years in force that the filter lets through, in the order asked for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::ledger;
use crate::facts::value::{Date, Value};
use crate::figures::formula::matches;
use crate::figures::{RowOf, Trouble, mismatch};
use crate::period::Period;
use crate::template::call::Call;
use crate::template::session::{Row, has_column};

/// The named parameters that put rows in order and cut them off.
pub(super) const ORDER: [&str; 3] = ["排序", "倒序", "显示"];

/// The year of a row and its place in that year.
pub(super) type At = (Period, usize);

/// Most rows that `显示` may ask for.
const MOST: u32 = 1000;

/// The turns of `{{#each 台账 列名="值" 排序= 倒序= 显示= as |行|}}`, or of a 名单.
pub(in crate::template) fn in_turn(call: &Call<'_, '_>) -> Result<Vec<Row>, Trouble> {
    let path = call.path(0)?;
    let mut turns: Vec<Row> = of(call, path, &ORDER, call.site.dated)?
        .into_iter()
        .map(|(year, index)| Row { list: path.to_owned(), year, index, turn: (0, 0) })
        .collect();
    if turns.is_empty() {
        ledger::warn_of_nothing(call, path, &call.filter(&ORDER)?);
    } else if let Some(shown) = call.count("显示", MOST)? {
        cut(call, path, &mut turns, (shown as usize).max(1))?;
    }
    let all = turns.len();
    turns.iter_mut().enumerate().for_each(|(at, row)| row.turn = (at, all));
    Ok(turns)
}

/// Cuts off, but not between two rows that stand equal.
fn cut(call: &Call<'_, '_>, path: &str, turns: &mut Vec<Row>, shown: usize) -> Result<(), Trouble> {
    if shown > turns.len() {
        let message = format!("“{path}”要写前{shown}行，一共只有{}行", turns.len());
        call.session.warn(call.site, "fewer-rows", message, "请核对台账和前后文字里说的行数");
    }
    let edge: Vec<At> = turns.iter().skip(shown - 1).take(2).map(|row| (row.year, row.index)).collect();
    if let Some(column) = call.words("排序")?
        && let [(last, _), (next, _)] = ranked(call, path, &column, &edge)?.as_slice()
        && last == next
    {
        let message = format!(
            "台账“{path}”按“{column}”排，第{shown}和第{}行相等，只写前{shown}行会漏掉一行",
            shown + 1
        );
        call.session.warn(call.site, "cut-between-equals", message, "请改 显示= 的行数，或在文中说明并列");
    }
    turns.truncate(shown);
    Ok(())
}

/// The rows of a ledger in the years in force, or the entries of a 名单. `own` are the parameters of the helper that are
/// no columns; `dated` says that every row is printed with its year.
pub(super) fn of(call: &Call<'_, '_>, path: &str, own: &[&str], dated: bool) -> Result<Vec<At>, Trouble> {
    let filter = ledger::filter(call, path, own)?;
    let mut rows = Vec::new();
    for year in call.session.years() {
        let indices: Vec<usize> = match &call.session.figures.fact(path, year)?.value {
            Value::List(items) => (0..items.len()).collect(),
            _ => {
                let all = call.session.figures.rows(path, year)?.iter().enumerate();
                all.filter(|(_, row)| matches(row, &filter)).map(|(index, _)| index).collect()
            }
        };
        rows.extend(indices.into_iter().map(|index| (year, index)));
    }
    if call.session.window().is_some() && !dated {
        each_once(call, path, &rows)?;
    }
    sort(call, path, &mut rows)?;
    Ok(rows)
}

/// Rows of several years stand beside each other without their years: only where none of them comes again.
fn each_once(call: &Call<'_, '_>, path: &str, rows: &[At]) -> Result<(), Trouble> {
    let figures = call.session.figures;
    figures.key(path)?;
    let mut seen = BTreeMap::new();
    for (year, index) in rows {
        let name = figures.row_name(RowOf { list: path, year: *year, index: *index });
        if let Some(other) = seen.insert(name.clone(), *year) {
            return Err(Trouble::wrong(
                "row-of-two-years",
                format!("{name}在{other}和{year}都有一行，写在一起分不清是哪一年的"),
                "请把 {{#近 …}} 移到 {{#each …}} 里面，合计这一行几年的数；或者印出年份：逐行写的加 {{年度}}，表格的“列”里加“年度”",
            ));
        }
    }
    Ok(())
}

fn sort(call: &Call<'_, '_>, path: &str, rows: &mut Vec<At>) -> Result<(), Trouble> {
    let Some(column) = call.words("排序")? else { return reverse_alone(call) };
    if !has_column(call.session.figures, path, &column) {
        return Err(ledger::unknown_column(call.session.figures, path, &column));
    }
    let backwards = call.flag("倒序")?;
    let mut sorted = ranked(call, path, &column, rows)?;
    sorted.sort_by(|(left, _), (right, _)| if backwards { right.cmp(left) } else { left.cmp(right) });
    *rows = sorted.into_iter().map(|(_, row)| row).collect();
    Ok(())
}

fn reverse_alone(call: &Call<'_, '_>) -> Result<(), Trouble> {
    match call.flag("倒序")? {
        false => Ok(()),
        true => Err(Trouble::wrong("wrong-arguments", "写了 倒序，没有写按哪一列排", "请加上 排序=\"列名\"")),
    }
}

/// Where a row stands in an order: numbers from large to small, as a ranking reads, dates from early to late.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Number(Reverse<Decimal>),
    Date(Date),
}

/// Rows with their ranks, which are all numbers of one kind, or all dates.
fn ranked(call: &Call<'_, '_>, path: &str, column: &str, rows: &[At]) -> Result<Vec<(Rank, At)>, Trouble> {
    let mut unit = None;
    let mut rank = |at: &At| {
        let value = value_of(call, column, RowOf { list: path, year: at.0, index: at.1 })?;
        let rank = match value {
            Value::Quantity(quantity) => {
                let unit = unit.get_or_insert_with(|| quantity.amount.unit.clone());
                let value = quantity.amount.value_in(unit).map_err(|problem| mismatch(column, &problem))?;
                Rank::Number(Reverse(value))
            }
            Value::Date(date) => Rank::Date(*date),
            _ => return Err(not_sortable(column)),
        };
        Ok((rank, *at))
    };
    let ranked = rows.iter().map(&mut rank).collect::<Result<Vec<_>, Trouble>>()?;
    let numbers = ranked.iter().filter(|(rank, _)| matches!(rank, Rank::Number(_))).count();
    if numbers == 0 || numbers == ranked.len() { Ok(ranked) } else { Err(not_sortable(column)) }
}

fn value_of<'s>(call: &Call<'_, 's>, column: &str, row: RowOf<'_>) -> Result<&'s Value, Trouble> {
    let figures = call.session.figures;
    let cell = figures.rows(row.list, row.year)?.get(row.index).and_then(|row| row.cells.get(column));
    let value = cell.map(|cell| &cell.value).filter(|value| **value != Value::Blank);
    value.ok_or_else(|| Trouble::missing(&format!("{}.{column}", figures.row_name(row)), row.year))
}

fn not_sortable(column: &str) -> Trouble {
    Trouble::wrong(
        "not-sortable",
        format!("“{column}”这一列不全是数字，也不全是日期，不能按它排"),
        "请换一列，或在事实文件里按要的顺序排好各行",
    )
}
