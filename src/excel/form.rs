//! Forms that villages or offices fill in: one for each row of a ledger that collects, one line for each column.

use std::sync::Arc;

use jiff::civil::Date;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::export::indicators::names;
use super::export::ledgers::{self, Column};
use super::export::look::{Ink, Page, Paper, width};
use super::export::not_written;
use super::export::validation;
use super::keys::{RowKey, SheetKey};
use super::values::{Shown, shown, written};
use crate::diag::{Act, Choice, Diagnostic, nearest};
use crate::facts::registry::{Indicator, IndicatorKind};
use crate::facts::value::Row;
use crate::figures::Figures;
use crate::period::Period;
use crate::zh::number::Unit;

/// The row of the heads in a form, from 0: title, who fills in, how, heads.
const HEAD: u32 = 3;

/// What a project says of a collection beyond its registry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asking {
    /// The ledger that collects.
    pub ledger: String,
    /// The 名单 of those who are asked, where the column of the 主键 names none.
    pub list: Option<String>,
    /// The columns that are asked for; all where none is said.
    pub columns: Vec<String>,
    /// When it is to be returned.
    pub due: Option<Date>,
}

/// What is collected, and from whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection<'f> {
    /// The ledger that collects.
    pub ledger: &'f Indicator,
    /// Its column that names a village.
    pub key: &'f str,
    /// The year.
    pub year: Period,
    /// The 名单 of those who are asked; the ledger itself, where its rows are asked.
    pub list: String,
    /// Who is asked, in order.
    pub units: Vec<String>,
    /// The columns that are asked for; all where none is said.
    pub asked: Vec<String>,
    /// When it is to be returned.
    pub due: Option<Date>,
}

impl<'f> Collection<'f> {
    /// Whom and what `wanted` names: a ledger with a 主键, or a 名单 that the 主键 of a ledger belongs to. `units` names
    /// another 名单 of those who are asked; `said` is what the project says of its collections.
    ///
    /// # Errors
    /// There is no such ledger, or nobody to ask.
    pub fn of(
        figures: &'f Figures,
        year: Period,
        wanted: &str,
        units: Option<&str>,
        said: &[Asking],
    ) -> Result<Collection<'f>, Diagnostic> {
        let ledger = ledger(figures, wanted)?;
        let Some(key) = ledger.key.as_deref() else {
            let problem =
                Diagnostic::error("no-key", format!("台账“{}”没有写“主键”，不知道哪一列是村名", ledger.path));
            return Err(problem.hint("请在“指标.yaml”里加上“主键: 村”，村是列名"));
        };
        let said = said.iter().find(|one| one.ledger == ledger.path).cloned().unwrap_or_default();
        let list = ledger.columns.get(key).and_then(|column| column.member_of.as_deref());
        let list = units.or(list).or(said.list.as_deref()).unwrap_or(wanted);
        let mut asked = on_file(figures, list, year);
        if asked.is_empty() && units.is_none() {
            asked = on_file(figures, &ledger.path, year);
        }
        if asked.is_empty() {
            return Err(Diagnostic::error("nobody-to-ask", format!("“{list}”里没有名单，不知道发给谁"))
                .hint(Act::WhoIsAsked { list: list.to_owned(), year }));
        }
        let list = list.to_owned();
        Ok(Collection { ledger, key, year, list, units: asked, asked: said.columns, due: said.due })
    }

    /// The columns that are asked for.
    pub(crate) fn columns(&self) -> Vec<Column<'f>> {
        let is_asked = |name: &String| self.asked.is_empty() || self.asked.contains(name);
        let asked = self.ledger.columns.iter().filter(|(name, _)| *name != self.key && is_asked(name));
        asked
            .map(|(name, column)| Column {
                name: name.clone(),
                registered: Some(column),
                unit: column.unit.clone(),
            })
            .collect()
    }
}

/// Names on a list in a year, else in the newest year before that has them.
pub(super) fn on_file(figures: &Figures, list: &str, year: Period) -> Vec<String> {
    let years = figures.facts().years.range(..=year).rev().map(|(year, _)| *year);
    years.map(|year| names(figures, list, year)).find(|names| !names.is_empty()).unwrap_or_default()
}

/// The ledger that is meant.
fn ledger<'f>(figures: &'f Figures, wanted: &str) -> Result<&'f Indicator, Diagnostic> {
    let known = &figures.facts().registry.indicators;
    let is_ledger = |one: &&Indicator| one.kind == IndicatorKind::Ledger && !one.columns.is_empty();
    if let Some(ledger) = known.get(wanted).filter(is_ledger) {
        return Ok(ledger);
    }
    let collects = |one: &&Indicator| {
        let key = one.key.as_ref().and_then(|key| one.columns.get(key));
        is_ledger(one) && key.is_some_and(|key| key.member_of.as_deref() == Some(wanted))
    };
    let found: Vec<&Indicator> = known.values().filter(collects).collect();
    match found.as_slice() {
        [only] => Ok(only),
        [] => Err(no_ledger(known.values().filter(is_ledger), wanted)),
        _ => {
            let of = found.iter().map(|one| one.path.clone()).collect();
            Err(Diagnostic::error("which-ledger", format!("有几个台账向“{wanted}”收数，不知道是哪一个"))
                .hint(Act::Choose { what: Choice::Ledger, of }))
        }
    }
}

fn no_ledger<'f>(ledgers: impl Iterator<Item = &'f Indicator>, wanted: &str) -> Diagnostic {
    let names: Vec<&str> = ledgers.map(|one| one.path.as_str()).collect();
    let problem = Diagnostic::error("no-collection", format!("没有向“{wanted}”收数的台账"));
    let problem = match nearest(wanted, names.iter().copied()) {
        Some(near) => problem.hint(format!("是不是“{near}”？")),
        None => problem,
    };
    problem.hint(format!(
        "请在“指标.yaml”里登记一个台账，一个村一行，例如“{wanted}: {{类型: 台账, 主键: 村, 列: {{村: 文本, 人口: {{单位: 人, 类型: 时点}}}}}}”"
    ))
}

/// A workbook for each of those who are asked: name and bytes.
///
/// # Errors
/// For lack of memory.
pub fn workbooks(
    figures: &Figures,
    collection: &Collection<'_>,
) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let one = |unit: &String| {
        let mut paper = Paper::new(&title(collection, unit));
        paper.sheet("指标", "", |sheet| write(sheet, figures, collection, unit))?;
        Ok((unit.clone(), paper.save()?))
    };
    collection
        .units
        .iter()
        .map(one)
        .collect::<Result<_, XlsxError>>()
        .map_err(|problem| not_written(&problem))
}

/// One workbook with a sheet for each of them.
///
/// # Errors
/// For lack of memory.
pub fn workbook(figures: &Figures, collection: &Collection<'_>) -> Result<Vec<u8>, Diagnostic> {
    let whole = || -> Result<Vec<u8>, XlsxError> {
        let mut paper = Paper::new(&format!("{}{}采集表", collection.year, collection.ledger.path));
        for unit in &collection.units {
            paper.sheet(unit, "", |sheet| write(sheet, figures, collection, unit))?;
        }
        paper.save()
    };
    whole().map_err(|problem| not_written(&problem))
}

fn title(collection: &Collection<'_>, unit: &str) -> String {
    format!("{unit}{}数据采集表", collection.year)
}

fn write(
    sheet: &mut Worksheet,
    figures: &Figures,
    collection: &Collection<'_>,
    unit: &str,
) -> Result<(), XlsxError> {
    let (year, ledger) = (collection.year, &collection.ledger.path);
    let columns = collection.columns();
    let row = |year: Period| {
        let named =
            |row: &&Arc<Row>| row.cells.get(collection.key).is_some_and(|cell| written(&cell.value) == unit);
        ledgers::rows(figures, year, ledger).iter().find(named)
    };
    let (then, now) = (row(year.before()), row(year));
    let names = width(columns.iter().map(|column| column.name.as_str()), 24, 40);
    let key = SheetKey::Form { year, ledger: ledger.clone(), unit: unit.to_owned() }.written();
    let mut page = Page::new(sheet, vec![names, 8, 18, 16, 30], (HEAD, &key))?;
    page.roomy();
    page.banner(0, &title(collection, unit))?;
    page.line(1, &format!("填报单位：{unit}　　填报日期：　　　　　　填表人：　　　　　　联系电话："))?;
    let definition = collection
        .ledger
        .definition
        .as_ref()
        .map(|text| format!("口径：{}。", text.trim_end_matches('。')))
        .unwrap_or_default();
    let due =
        collection.due.map(|due| format!("请在{}年{}月{}日前报回。", due.year(), due.month(), due.day()));
    let due = due.unwrap_or_default();
    page.line(
        2,
        &format!("{due}只填白色的格子，数字不用写单位；没有发生的填0，暂时没有数的空着。{definition}"),
    )?;
    let heads = ["指标".into(), "单位".into(), year.words(), year.before().words(), "说明".into()];
    page.heads(&heads, 0)?;
    for (row, column) in (HEAD + 1..).zip(&columns) {
        write_line(&mut page, row, column, then, now)?;
        let cell = column.cell(|list| on_file(figures, list, year));
        page.validate((row, row), 2, &validation::rule(&cell, None)?)?;
    }
    let last = HEAD + u32::try_from(columns.len()).unwrap_or(u32::MAX);
    page.finish("", last, false)
}

fn write_line(
    page: &mut Page<'_>,
    row: u32,
    column: &Column<'_>,
    then: Option<&Arc<Row>>,
    now: Option<&Arc<Row>>,
) -> Result<(), XlsxError> {
    let unit = column.unit.as_ref();
    let held = |row: Option<&Arc<Row>>| {
        let cell = row.and_then(|row| row.cells.get(&column.name));
        cell.map_or(Shown::Blank, |cell| shown(&cell.value, unit))
    };
    let note = now.and_then(|row| row.cells.get(&column.name)).and_then(|cell| cell.note.clone());
    let words = |text: String| if text.is_empty() { Shown::Blank } else { Shown::Words(text) };
    let cells = [
        words(column.name.clone()),
        words(unit.map(Unit::to_string).unwrap_or_default()),
        held(now),
        held(then),
        words(note.unwrap_or_default()),
    ];
    page.cell(row, 0, &cells[0], Ink::Locked)?;
    page.cell(row, 1, &cells[1], Ink::Middle)?;
    ledgers::write_cell(page, row, 2, &cells[2], column)?;
    page.cell(row, 3, &cells[3], Ink::Faint)?;
    page.words(row, 4, &cells[4], Ink::Open)?;
    let key = RowKey::new(&column.name, [("单位", unit.map(Unit::to_string).unwrap_or_default())]);
    page.finish_row(row, Some(&key.written()), &cells.iter().collect::<Vec<_>>())
}
