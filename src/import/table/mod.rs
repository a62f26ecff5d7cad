//! A table of a report as a ledger, where it is one: a head, rows that a column names, and perhaps a row of totals.

mod column;
mod names;
mod total;

use std::collections::BTreeSet;

use super::bind::Found;
use super::facts::{self, Facts, Indicator, Value};
use super::name::Names;
use crate::document::{Merged, Row, Table, plain};
use crate::facts::registry::IndicatorKind;
use crate::period::Period;
use crate::zh::number::Amount;
use column::{Column, Manner};
use total::{Plan, is_total};

/// A table with more columns than this is no ledger that somebody keeps.
const WIDEST: usize = 16;
/// What a cell says in which nothing is to be said.
const BLANKS: [&str; 8] = ["", "—", "——", "-", "－", "–", "/", "／"];

/// What stands around a table.
pub(super) struct Around {
    /// The words above it, the nearest first: paragraphs and its caption.
    pub above: Vec<String>,
    /// The heading that it stands under.
    pub heading: String,
}

/// A table as a ledger.
#[derive(Debug, Clone)]
pub(super) struct Ledger {
    pub path: String,
    /// Prints the table.
    pub tag: String,
    pub indicator: Indicator,
    pub rows: Vec<Vec<String>>,
    /// The sums of its columns that can be added up.
    pub sums: Vec<(String, Amount)>,
    /// Whether it has a row of totals.
    pub totalled: bool,
}

/// A table that stays as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The line of the report, from 1.
    pub line: usize,
    /// What the table is called.
    pub name: String,
    /// How many of its cells hold a figure.
    pub figures: usize,
    /// Why, a sentence without 。.
    pub why: String,
}

/// The table as a ledger, or why it is none.
pub(super) fn ledger(
    table: &Table,
    around: &Around,
    group: &str,
    given: &mut Names,
) -> Result<Ledger, String> {
    let heads = heads(table)?;
    let rows = rows(table)?;
    let (body, total) = parted(&rows)?;
    let words: Vec<Vec<String>> = body.iter().map(|row| row.to_vec()).collect();
    let unit = column::unit_above(&around.above);
    let mut columns = column::columns(&heads, &words, unit.as_deref())?;
    let key = key(&columns, &words)?;
    let plan = total.map(|(row, first)| total::plan(row, first, &columns, &words)).transpose()?;
    noughts(&mut columns, &words, plan.as_ref())?;
    let indicator = Indicator {
        columns: columns.iter().filter(|column| !column.serial).map(Column::registered).collect(),
        key: Some(key),
        definition: names::said(around),
        ..Indicator::of_kind(IndicatorKind::Ledger)
    };
    let kept = words.iter().map(|row| row.iter().zip(&columns).filter(|(_, column)| !column.serial));
    let rows = kept.map(|row| row.map(|(cell, column)| column.stored(cell)).collect()).collect();
    let said = tag(&columns, &plain(&table.caption), plan.as_ref(), missing(&words)?)?;
    let path = given.unique(group, &names::names(around, group));
    let tag = format!("{{{{表 {path} {said}}}}}");
    let whole = |(at, column): &(usize, &Column)| {
        column.adds_up() && (column.noughts || !column.has_blank(&words, *at))
    };
    let sums = columns.iter().enumerate().filter(whole);
    let sums = sums.filter_map(|(at, column)| Some((column.name.clone(), column.sum(&words, at)?))).collect();
    Ok(Ledger { path, tag, indicator, rows, sums, totalled: plan.is_some() })
}

impl Ledger {
    /// Its row on the sheet: what is offered.
    pub fn found(&self, year: Period, line: usize) -> Found {
        let named: Vec<String> = self.indicator.columns.iter().map(named).collect();
        let key = self.indicator.key.as_deref().unwrap_or_default();
        let total = if self.totalled { "；合计行由各行算出来" } else { "" };
        Found {
            path: self.path.clone(),
            text: format!("{}行台账", self.rows.len()),
            year,
            line,
            context: named.join("、"),
            doubt: format!("这张表作为台账，每年只填各行：一行一个“{key}”（主键）{total}"),
            window: None,
            stock: String::new(),
        }
    }

    /// Writes it among the facts.
    pub fn keep(&self, facts: &mut Facts, year: Period) {
        facts.indicators.insert(self.path.clone(), self.indicator.clone());
        facts.years.entry(year).or_default().insert(self.path.clone(), Value::Ledger(self.rows.clone()));
    }
}

/// A column and its unit.
fn named(column: &facts::Column) -> String {
    match column.unit.is_empty() {
        true => column.name.clone(),
        false => format!("{}（{}）", column.name, column.unit),
    }
}

/// How a table that stays typed is spoken of; nothing where it has no figures.
pub(super) fn typed(table: &Table, around: &Around, line: usize, why: String) -> Option<Typed> {
    let digits = |words: &str| words.contains(|c: char| c.is_ascii_digit());
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let figures = cells.filter(|cell| digits(&plain(&cell.words))).count();
    (figures > 0).then(|| Typed { line, name: names::name(around), figures, why })
}

/// The words of the head.
fn heads(table: &Table) -> Result<Vec<String>, String> {
    let heads = table.columns().ok_or(if table.head.len() > 1 {
        "表头有几行"
    } else {
        "表头有合并的格子"
    })?;
    match heads.len() {
        0 | 1 => Err("只有一列".to_owned()),
        wide if wide > WIDEST => Err(format!("有{wide}列，太宽")),
        _ if heads.iter().any(|head| head.contains(['、', '"', '|', '\\', '{', '}', '｛', '｝', '\n'])) => {
            Err("表头里有顿号、引号或换行".to_owned())
        }
        _ => Ok(heads),
    }
}

/// The cells of the rows; `<` is one that the cell before it covers.
fn rows(table: &Table) -> Result<Vec<Vec<String>>, String> {
    let cell = |cell: &crate::document::Cell| match cell.merged {
        Merged::Left => Ok("<".to_owned()),
        Merged::Up => Err("有上下合并的格子".to_owned()),
        Merged::Not => Ok(plain(&cell.words)),
    };
    let row = |row: &Row| row.cells.iter().map(cell).collect::<Result<Vec<String>, String>>();
    let rows = table.rows.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    match rows.iter().flatten().any(|cell| cell.contains(['|', '\\', '{', '}', '｛', '｝', '\n'])) {
        true => Err("有的格子里分了行，或有花括号、竖线".to_owned()),
        false => Ok(rows),
    }
}

/// The rows that are entries, and the row of totals with whether it stands above them.
type Parted<'r> = (&'r [Vec<String>], Option<(&'r [String], bool)>);

fn parted(rows: &[Vec<String>]) -> Result<Parted<'_>, String> {
    let (body, total) = match rows {
        [body @ .., last] if is_total(last) => (body, Some((last.as_slice(), false))),
        [first, body @ ..] if is_total(first) => (body, Some((first.as_slice(), true))),
        rows => (rows, None),
    };
    if body.is_empty() {
        return Err("一行也没有".to_owned());
    }
    if body.iter().any(|row| is_total(row)) {
        return Err("中间有小计行".to_owned());
    }
    match body.iter().flatten().any(|cell| cell == "<") {
        true => Err("有左右合并的格子".to_owned()),
        false => Ok((body, total)),
    }
}

/// The first column of words that names every row.
fn key(columns: &[Column], rows: &[Vec<String>]) -> Result<String, String> {
    let names = |at: usize| {
        let cells: BTreeSet<&str> = rows.iter().map(|row| row[at].trim()).collect();
        cells.len() == rows.len() && !cells.iter().any(|cell| BLANKS.contains(cell))
    };
    let words =
        columns.iter().enumerate().filter(|(_, column)| column.kind == IndicatorKind::Text && !column.serial);
    let found = words.into_iter().find(|(at, _)| names(*at)).map(|(_, column)| column.name.clone());
    found.ok_or_else(|| "没有一列能认出各行：名称要每行都有、各不相同".to_owned())
}

/// Finds the columns with a total in which a blank is a nought.
fn noughts(columns: &mut [Column], rows: &[Vec<String>], plan: Option<&Plan>) -> Result<(), String> {
    for (at, column) in columns.iter_mut().enumerate() {
        let summed = plan.is_some_and(|plan| plan.sums.contains(&column.name));
        column.noughts = summed && column.has_blank(rows, at);
    }
    let is_nought = |cell: &String, column: &Column| {
        column.adds_up()
            && cell.trim_start_matches(['0', '.']).trim_end_matches(&column.unit).is_empty()
            && cell.starts_with('0')
    };
    let said =
        rows.iter().flat_map(|row| row.iter().zip(&*columns)).any(|(cell, column)| is_nought(cell, column));
    match columns.iter().any(|column| column.noughts) && said {
        true => Err("没有数的格子有的写0，有的空着".to_owned()),
        false => Ok(()),
    }
}

/// The one word of cells in which nothing is to be said; nothing where every cell says something.
fn missing(rows: &[Vec<String>]) -> Result<Option<&str>, String> {
    let mut blanks: Vec<&str> =
        rows.iter().flatten().map(String::as_str).filter(|cell| BLANKS.contains(cell)).collect();
    blanks.sort_unstable();
    blanks.dedup();
    match blanks.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err("没有数的格子写法不一样".to_owned()),
    }
}

/// What the tag says behind the path.
fn tag(
    columns: &[Column],
    caption: &str,
    plan: Option<&Plan>,
    missing: Option<&str>,
) -> Result<String, String> {
    let mut tag = format!("列=\"{}\"", joined(columns.iter().map(|column| column.name.as_str())));
    let mut say = |name: &str, words: &str| tag.push_str(&format!(" {name}=\"{words}\""));
    if caption.contains(['"', '\\', '{', '}', '｛', '｝', '\n']) {
        return Err("表名里有引号、花括号或换行".to_owned());
    }
    if !caption.is_empty() {
        say("标题", caption);
    }
    if let Some(words) = units(columns) {
        say("单位", &words);
    }
    if columns.iter().any(|column| column.head != column.printed_head()) {
        say("表头", &joined(columns.iter().map(|column| column.head.as_str())));
    }
    if let Some(plan) = plan {
        say("合计", &plan.sums.join("、"));
        if plan.labels.as_slice() != ["合计"] {
            say("合计行", &plan.labels.join("、"));
        }
        if plan.first {
            say("合计位置", "首行");
        }
    }
    if let Some(words) = missing {
        if columns.iter().any(|column| column.noughts) {
            say("零", words);
        }
        if words != "—" {
            say("缺", words);
        }
    }
    Ok(tag)
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join("、")
}

/// What `单位=` says; nothing where all units stand in the cells.
fn units(columns: &[Column]) -> Option<String> {
    let of = |manner: Manner| -> Vec<&str> {
        let those = columns.iter().filter(|column| !column.unit.is_empty() && column.manner == manner);
        those.map(|column| column.name.as_str()).collect()
    };
    let (cells, head, nowhere) = (of(Manner::Cell), of(Manner::Head), of(Manner::Nowhere));
    match (cells.is_empty(), head.is_empty(), nowhere.is_empty()) {
        (_, true, true) => None,
        (true, false, true) => Some("表头".to_owned()),
        (true, true, false) => Some(String::new()),
        _ => {
            let group =
                |name: &str, of: &[&str]| (!of.is_empty()).then(|| format!("{name}：{}", of.join("、")));
            let groups = [group("表头", &head), group("不印", &nowhere)];
            Some(groups.into_iter().flatten().collect::<Vec<_>>().join("；"))
        }
    }
}

#[cfg(test)]
mod tests;
