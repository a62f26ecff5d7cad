//! The rows that a helper goes through: those of the years in force that the filter lets through, in the order asked for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::ledger;
use crate::facts::value::{Date, Value};
use crate::figures::condition::is_at_least;
use crate::figures::{RowOf, Trouble, mismatch};
use crate::marked;
use crate::period::Period;
use crate::template::call::Call;
use crate::template::session::{Row, has_column};

/// The named parameters of `#each`: what puts rows in order and cuts them off, and what stands between its turns and
/// behind them.
pub(super) const EACH: [&str; 8] = ["排序", "倒序", "显示", "并列", "连", "末", "等", "尾"];

/// The year of a row and its place in that year.
pub(super) type At = (Period, usize);

/// Most rows that `显示` may ask for.
pub(super) const MOST: u32 = 1000;

/// The turns of a loop, and what stands between them.
pub(in crate::template) struct Turns {
    /// The row of each.
    pub rows: Vec<Row>,
    /// What is written between and behind them, if anything is.
    pub joints: Option<Joints>,
}

/// What is written between the turns of a loop and behind the last.
pub(in crate::template) struct Joints {
    joint: String,
    last: Option<String>,
    end: String,
}

impl Joints {
    /// The turns one after the other. A turn that prints nothing has no joint; one that ends its line has it before the
    /// end of the line, so that points stay points.
    pub fn joined(&self, turns: &[String]) -> String {
        let parted = |turn: &'_ String| {
            let words = turn.trim_end_matches(['\n', '\r']).len();
            (turn[..words].to_owned(), turn[words..].to_owned())
        };
        let said: Vec<(String, String)> =
            turns.iter().filter(|turn| !marked::says_nothing(turn)).map(parted).collect();
        let behind = |at: usize| match said.len() - at {
            1 => self.end.as_str(),
            2 => self.last.as_deref().unwrap_or(&self.joint),
            _ => self.joint.as_str(),
        };
        let turn = |(at, (words, tail)): (usize, &(String, String))| format!("{words}{}{tail}", behind(at));
        said.iter().enumerate().map(turn).collect()
    }
}

/// The turns of `{{#each 台账 列名="值" 排序= 倒序= 显示= 并列= 连= 末= 等= 尾= as |行|}}`, or of a 名单.
pub(in crate::template) fn in_turn(call: &Call<'_, '_>) -> Result<Turns, Trouble> {
    let path = call.path(0)?;
    let mut rows = of(call, path, &EACH, call.site.dated)?;
    let all = rows.len();
    if all == 0 {
        ledger::warn_of_nothing(call, path, &ledger::conditions(call, path, &EACH)?);
    } else {
        if let Some(shown) = call.count("显示", MOST)?.filter(|shown| *shown as usize > all) {
            let message = format!("“{path}”要写前{shown}行，一共只有{all}行");
            call.session.warn(call.site, "fewer-rows", message, "请核对台账和前后文字里说的行数");
        }
        rows.truncate(shown(call, path, &rows)?);
    }
    let left_out = rows.len() < all;
    let row = |(year, index)| Row { list: path.to_owned(), year, index };
    let rows = rows.into_iter().map(row).collect();
    Ok(Turns { rows, joints: joints(call, left_out)? })
}

pub(super) fn joints(call: &Call<'_, '_>, left_out: bool) -> Result<Option<Joints>, Trouble> {
    let (joint, last, end) = (call.words("连")?, call.words("末")?, call.words("尾")?);
    let etc = call.words("等")?;
    if etc.is_some() && call.words("显示")?.is_none() {
        return Err(Trouble::wrong(
            "wrong-arguments",
            "写了 等，没有写只列几行，一行也没有省去",
            "请加上 显示=3；全部列出的不写 等",
        ));
    }
    if joint.is_none() && last.is_none() && end.is_none() && etc.is_none() {
        return Ok(None);
    }
    let etc = etc.filter(|_| left_out).map(|words| if words == "true" { "等".to_owned() } else { words });
    let end = format!("{}{}", etc.unwrap_or_default(), end.unwrap_or_default());
    Ok(Some(Joints { joint: joint.unwrap_or_default(), last, end }))
}

/// How many of the rows are shown: as many as `显示` says, with all that stand equal to the last of them where `并列` asks
/// for that.
pub(super) fn shown(call: &Call<'_, '_>, path: &str, rows: &[At]) -> Result<usize, Trouble> {
    let with_equals = call.choice("并列", &["全列"])?.is_some();
    let (shown, column) = (call.count("显示", MOST)?, call.words("排序")?);
    if with_equals && (shown.is_none() || column.is_none()) {
        return Err(Trouble::wrong(
            "wrong-arguments",
            "写了 并列，没有写按哪一列排、只列前几行",
            "请写成 排序=\"列名\" 显示=3 并列=\"全列\"",
        ));
    }
    let Some(shown) = shown.map(|shown| (shown as usize).max(1)).filter(|shown| *shown < rows.len()) else {
        return Ok(rows.len());
    };
    let Some(column) = column else { return Ok(shown) };
    let ranks = ranked(call, path, &column, &rows[shown - 1..])?;
    let equal = ranks.iter().skip(1).take_while(|(rank, _)| *rank == ranks[0].0).count();
    if equal > 0 && !with_equals {
        let message = format!(
            "台账“{path}”按“{column}”排，第{shown}和第{}行相等，只写前{shown}行会漏掉一行",
            shown + 1
        );
        let hint = "并列的都要列，请加 并列=\"全列\"；不然请改 显示= 的行数，或在文中说明并列";
        call.session.warn(call.site, "cut-between-equals", message, hint);
    }
    Ok(if with_equals { shown + equal } else { shown })
}

/// The rows of a ledger in the years in force, or the entries of a 名单. `own` are the parameters of the helper that are
/// no columns; `dated` says that every row is printed with its year.
pub(super) fn of(call: &Call<'_, '_>, path: &str, own: &[&str], dated: bool) -> Result<Vec<At>, Trouble> {
    let conditions = ledger::conditions(call, path, own)?;
    let mut rows = Vec::new();
    for year in call.session.periods_of_rows(path) {
        let indices: Vec<usize> = match &call.session.figures.fact(path, year)?.value {
            Value::List(items) => (0..items.len()).collect(),
            _ => match conditions.chosen(call.session.figures, year)? {
                Some(rows) => rows,
                None => (0..call.session.figures.rows(path, year)?.len()).collect(),
            },
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
    warn_of_order(call, path, &column, rows, backwards)
}

/// Two numbers beside each other of which nobody knows which is larger, as one of them is only roughly known.
fn warn_of_order(
    call: &Call<'_, '_>,
    path: &str,
    column: &str,
    rows: &[At],
    backwards: bool,
) -> Result<(), Trouble> {
    let quantity = |at: &At| match value_of(call, column, RowOf { list: path, year: at.0, index: at.1 })? {
        Value::Quantity(quantity) => Ok(Some(quantity)),
        _ => Ok(None),
    };
    for pair in rows.windows(2) {
        let (Some(first), Some(second)) = (quantity(&pair[0])?, quantity(&pair[1])?) else { return Ok(()) };
        let (more, less) = if backwards { (second, first) } else { (first, second) };
        let exact = more.amount.is_exact() && less.amount.is_exact();
        if !exact && is_at_least(&more.amount, &less.amount) != Some(true) {
            let message = format!(
                "台账“{path}”按“{column}”排，“{}”和“{}”哪个大说不准，先后不一定对",
                first.text, second.text
            );
            let hint = "请在台账里写成准确数，或核对这两行的先后";
            call.session.warn(call.site, "order-undecided", message, hint);
            return Ok(());
        }
    }
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
