//! 表: a ledger as table lines of the marked text.

use std::sync::Arc;

use super::table_look;
use super::table_total::Totals;
use super::table_units::{Manner, Units, listed};
use super::{Outcome, SERIAL};
use super::{YEAR, ledger, rows};
use crate::document::tables::CAPTION;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Quantity, Value};
use crate::figures::{FactRef, Trouble, value_text};
use crate::period::Period;
use crate::template::call::Call;
use crate::template::session::has_column;

/// Parameters of 表.
pub(super) const OWN: &[&str] = &[
    "列",
    "标题",
    "分组",
    "合计",
    "合计行",
    "合计位置",
    "单位",
    "表头",
    "缺",
    "零",
    "空",
    "排序",
    "倒序",
    "列宽",
    "对齐",
    "注",
    "横排",
];
/// What stands in a cell of which the ledger says nothing.
const NOTHING: &str = "—";

/// `{{表 台账 列="企业、投资" 标题="…" 分组="…：…" 合计="投资" 空="…"}}`: a table has rows, or the report says so in words.
pub(super) fn table(call: &Call<'_, '_>) -> Outcome {
    let ledger = call.path(0)?;
    let columns = columns(call, ledger)?;
    let own = own(call, ledger)?;
    let filter = ledger::filter(call, ledger, &own)?;
    let units = Units::of(call, ledger, &columns, own.contains(&"单位"))?;
    let sheet = Sheet { call, ledger, columns: &columns, units: &units, own: &own };
    let mut rows = sheet.rows()?;
    if rows.is_empty() {
        return call.words("空")?.ok_or_else(|| empty(ledger));
    }
    if let Some(totals) = Totals::of(call, ledger, &columns)? {
        let at = if totals.first { 0 } else { rows.len() };
        rows.insert(at, line(&totals.cells(&units, &filter)?));
    }
    let mut lines = Vec::new();
    let marks = table_look::marks(call, &columns)?.written();
    let caption = call.words("标题")?;
    if caption.is_some() || marks != CAPTION {
        lines.push(format!("{marks}{}", caption.unwrap_or_default()));
    }
    lines.extend(units.line(&columns)?);
    lines.extend(head(call, &columns, &heads(call, &columns, &units)?)?);
    let usual: Vec<&str> = columns.iter().map(|column| rule(call, ledger, column)).collect();
    lines.push(line(&table_look::rules(call, &columns, usual)?));
    lines.extend(rows);
    lines.extend(table_look::notes(call)?);
    Ok(format!("\n\n{}\n\n", lines.join("\n")))
}

/// Its own parameters: a ledger that has a column 单位 is filtered by it, where the value is none of those that say
/// where units are printed.
fn own(call: &Call<'_, '_>, ledger: &str) -> Result<Vec<&'static str>, Trouble> {
    let filtered = has_column(call.session.figures, ledger, "单位")
        && call.words("单位")?.is_some_and(|words| !Manner::is_said(&words));
    Ok(OWN.iter().copied().filter(|name| *name != "单位" || !filtered).collect())
}

fn empty(ledger: &str) -> Trouble {
    Trouble::wrong(
        "empty-table",
        format!("台账“{ledger}”没有可列的行，印出来是一张空表"),
        "请填写台账；确实没有时，在模板里用 空=\"…\" 写一句话",
    )
}

/// The words over each column: as `表头` lists them, else their names, with units where they belong there.
fn heads(call: &Call<'_, '_>, columns: &[String], units: &Units) -> Result<Vec<String>, Trouble> {
    let Some(words) = call.words("表头")? else { return Ok(units.heads(columns)) };
    let heads: Vec<String> = words.split('、').map(str::to_owned).collect();
    if heads.len() != columns.len() {
        return Err(Trouble::wrong(
            "table-head",
            format!("表头写了{}格，表有{}列", heads.len(), columns.len()),
            "请一列写一格，用顿号隔开",
        ));
    }
    units.agree(&heads)?;
    Ok(heads)
}

/// The head: one row, or two where columns stand in groups.
fn head(call: &Call<'_, '_>, columns: &[String], heads: &[String]) -> Result<Vec<String>, Trouble> {
    let Some(groups) = call.words("分组")? else { return Ok(vec![line(heads)]) };
    let (mut upper, mut lower) = (heads.to_vec(), vec!["^".to_owned(); columns.len()]);
    for group in groups.split(['；', ';']).map(str::trim).filter(|group| !group.is_empty()) {
        let (name, within) = group.split_once(['：', ':']).ok_or_else(|| wrong_group(group))?;
        let names: Vec<&str> = listed(within).collect();
        let from = columns.windows(names.len().max(1)).position(|window| window == names);
        let span = from.map(|from| from..from + names.len()).ok_or_else(|| wrong_group(group))?;
        if name.trim().is_empty() || lower[span.clone()].iter().any(|cell| cell != "^") {
            return Err(wrong_group(group));
        }
        upper[span.clone()].fill("<".to_owned());
        upper[span.start] = name.trim().to_owned();
        lower[span.clone()].clone_from_slice(&heads[span]);
    }
    Ok(vec![line(&upper), line(&lower)])
}

fn wrong_group(group: &str) -> Trouble {
    Trouble::wrong(
        "table-group",
        format!("表头的分组“{group}”对不上列"),
        "请写 分组=\"人口（人）：男、女\"，几组之间用分号；一组里的列要和 列=\"…\" 里写得一样、挨在一起，一列只在一组",
    )
}

fn line<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

fn columns(call: &Call<'_, '_>, ledger: &str) -> Result<Vec<String>, Trouble> {
    let registered = call.session.figures.facts().registry.indicators.get(ledger);
    let named = call.words("列")?;
    let columns: Vec<String> = match (named, registered) {
        (Some(names), _) => listed(&names).map(str::to_owned).collect(),
        (None, Some(indicator)) => indicator.columns.keys().cloned().collect(),
        (None, None) => Vec::new(),
    };
    let unknown = |column: &&String| !has_column(call.session.figures, ledger, column) && !is_made(column);
    match columns.iter().find(unknown) {
        None if !columns.is_empty() => Ok(columns),
        None => {
            Err(Trouble::wrong("unknown-column", format!("不知道“{ledger}”有哪些列"), "请写 列=\"甲、乙\""))
        }
        Some(column) => Err(ledger::unknown_column(call.session.figures, ledger, column)),
    }
}

/// Numbers are set to the right.
fn rule(call: &Call<'_, '_>, ledger: &str, column: &str) -> &'static str {
    let indicator = call.session.figures.facts().registry.indicators.get(ledger);
    match indicator.and_then(|indicator| indicator.columns.get(column)).map(|column| column.kind) {
        Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate) => "---:",
        _ => "---",
    }
}

/// What the rows of a table are made by.
struct Sheet<'s, 'c, 'v> {
    call: &'s Call<'c, 'v>,
    ledger: &'s str,
    columns: &'s [String],
    units: &'s Units,
    own: &'s [&'static str],
}

impl Sheet<'_, '_, '_> {
    fn rows(&self) -> Result<Vec<String>, Trouble> {
        let dated = self.columns.iter().any(|column| self.is(YEAR, column));
        let rows = rows::of(self.call, self.ledger, self.own, dated)?;
        rows.into_iter().enumerate().map(|(at, (year, index))| self.row(at + 1, year, index)).collect()
    }

    fn row(&self, number: usize, year: Period, index: usize) -> Outcome {
        let figures = self.call.session.figures;
        let fact = figures.reference(self.ledger, year)?;
        let cells = &figures.rows(self.ledger, year)?[index].cells;
        let said = |(at, column): (usize, &String)| {
            if self.is(YEAR, column) {
                return Ok(year.words());
            }
            if self.is(SERIAL, column) {
                return Ok(number.to_string());
            }
            let from = figures.cell_reference(self.ledger, year, index, column);
            let value = cells.get(column).map(|cell| &cell.value);
            self.cell(at, value, from.unwrap_or_else(|| Arc::clone(&fact)))
        };
        let cells = self.columns.iter().enumerate().map(said);
        Ok(line(&cells.collect::<Result<Vec<String>, Trouble>>()?))
    }

    /// Whether a column is that of the years, or of numbers, and no column of the ledger.
    fn is(&self, made: &str, column: &str) -> bool {
        column == made && !has_column(self.call.session.figures, self.ledger, column)
    }

    /// A blank cell stays visibly empty: 台账 rows often have no entry for a column.
    fn cell(&self, at: usize, value: Option<&Value>, from: Arc<FactRef>) -> Outcome {
        let nothing = || self.call.words_or("缺", NOTHING);
        let words = match value {
            None | Some(Value::Blank) => return nothing(),
            Some(Value::Text(text)) if text.trim().is_empty() => return nothing(),
            Some(Value::Quantity(quantity)) => match self.zero(quantity)? {
                Some(words) => return Ok(words),
                None => self.units.cell(at, quantity)?,
            },
            Some(value) => value_text(value),
        };
        Ok(self.call.mark_words(&words.replace('|', "\\|"), vec![from], "台账"))
    }

    /// What `零=` puts in the place of a nought.
    fn zero(&self, quantity: &Quantity) -> Result<Option<String>, Trouble> {
        let is_nought = quantity.amount.is_exact() && quantity.amount.value.is_zero();
        if is_nought { self.call.words("零") } else { Ok(None) }
    }
}

/// Columns that are made when the table is.
fn is_made(column: &str) -> bool {
    matches!(column, YEAR | SERIAL)
}
