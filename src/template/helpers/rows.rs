//! The rows that a helper goes through: those of the years in force that the filter lets through, in the order asked for.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::ledger;
use crate::facts::value::{Row as FactRow, Value};
use crate::figures::formula::matches;
use crate::figures::{RowOf, Trouble};
use crate::period::Period;
use crate::template::call::Call;
use crate::template::session::{Row, has_column};

/// The named parameters that put rows in order and cut them off.
pub(super) const ORDER: [&str; 3] = ["排序", "倒序", "显示"];

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
        cut(call, path, &mut turns, shown as usize)?;
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
    if let (Some(column), Some(last), Some(next)) =
        (call.words("排序")?, shown.checked_sub(1).and_then(|last| turns.get(last)), turns.get(shown))
        && compared(call, &column, last.of(), next.of())? == Ordering::Equal
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
pub(super) fn of(
    call: &Call<'_, '_>,
    path: &str,
    own: &[&str],
    dated: bool,
) -> Result<Vec<(Period, usize)>, Trouble> {
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
fn each_once(call: &Call<'_, '_>, path: &str, rows: &[(Period, usize)]) -> Result<(), Trouble> {
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

fn sort(call: &Call<'_, '_>, path: &str, rows: &mut [(Period, usize)]) -> Result<(), Trouble> {
    let Some(column) = call.words("排序")? else { return reverse_alone(call) };
    if !has_column(call.session.figures, path, &column) {
        return Err(ledger::unknown_column(call.session.figures, path, &column));
    }
    let backwards = call.flag("倒序")?;
    let mut trouble = None;
    rows.sort_by(|left, right| {
        let row = |at: &(Period, usize)| RowOf { list: path, year: at.0, index: at.1 };
        let order = compared(call, &column, row(left), row(right)).unwrap_or_else(|why| {
            trouble.get_or_insert(why);
            Ordering::Equal
        });
        if backwards { order.reverse() } else { order }
    });
    // A single row is compared with nothing.
    trouble.map_or(Ok(()), Err)
}

fn reverse_alone(call: &Call<'_, '_>) -> Result<(), Trouble> {
    match call.flag("倒序")? {
        false => Ok(()),
        true => Err(Trouble::wrong("wrong-arguments", "写了 倒序，没有写按哪一列排", "请加上 排序=\"列名\"")),
    }
}

/// The order of two rows by a column: numbers from large to small, as a ranking reads, dates from early to late.
fn compared(
    call: &Call<'_, '_>,
    column: &str,
    left: RowOf<'_>,
    right: RowOf<'_>,
) -> Result<Ordering, Trouble> {
    let figures = call.session.figures;
    let value = |row: RowOf<'_>| {
        let rows = figures.rows(row.list, row.year)?;
        let cell = rows.get(row.index).and_then(|row: &std::sync::Arc<FactRow>| row.cells.get(column));
        let value = cell.map(|cell| &cell.value).filter(|value| **value != Value::Blank);
        value.ok_or_else(|| Trouble::missing(&format!("{}.{column}", figures.row_name(row)), row.year))
    };
    match (value(left)?, value(right)?) {
        (Value::Quantity(left), Value::Quantity(right)) => {
            let value = right.amount.value_in(&left.amount.unit);
            let value = value.map_err(|problem| crate::figures::mismatch(column, &problem))?;
            Ok(value.cmp(&left.amount.value))
        }
        (Value::Date(left), Value::Date(right)) => Ok(left.cmp(right)),
        _ => Err(Trouble::wrong(
            "not-sortable",
            format!("“{column}”这一列不全是数字，也不全是日期，不能按它排"),
            "请换一列，或在事实文件里按要的顺序排好各行",
        )),
    }
}
