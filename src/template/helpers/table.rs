//! 表: a ledger as table lines of the marked text.

use std::sync::Arc;

use super::table_look;
use super::table_made::{self, Made, Places};
use super::table_total::Totals;
use super::table_units::{Manner, Units, listed};
use super::{Outcome, SERIAL};
use super::{YEAR, ledger, rows};
use crate::document::tables::CAPTION;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Quantity, Value};
use crate::figures::{FactRef, RowOf, Trouble, value_text};
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
    "显示",
    "并列",
    "列宽",
    "对齐",
    "注",
    "横排",
    "小数",
];
/// What stands in a cell of which the ledger says nothing.
const NOTHING: &str = "—";

/// `{{表 台账 列="企业、投资" 标题="…" 分组="…：…" 合计="投资" 空="…"}}`: a table has rows, or the report says so in words.
pub(super) fn table(call: &Call<'_, '_>) -> Outcome {
    let ledger = call.path(0)?;
    let (columns, made) = columns(call, ledger)?;
    if call.words("小数")?.is_some() && made.iter().all(Option::is_none) {
        return Err(Trouble::wrong(
            "wrong-arguments",
            "写了 小数，表里没有算出来的列",
            "台账里的数照填的样子印；算出来的列写成 列=\"执行率＝执行/预算\"",
        ));
    }
    let own = own(call, ledger)?;
    let conditions = ledger::conditions(call, ledger, &own)?;
    let units = Units::of(call, ledger, (&columns, &made), own.contains(&"单位"))?;
    let sheet = Sheet { call, ledger, columns: &columns, made: &made, units: &units, own: &own };
    let mut rows = sheet.rows()?;
    if rows.is_empty() {
        return call.words("空")?.ok_or_else(|| empty(ledger));
    }
    if let Some(totals) = Totals::of(call, ledger, (&columns, &made))? {
        let at = if totals.first { 0 } else { rows.len() };
        rows.insert(at, line(&totals.cells(&units, &conditions)?));
    }
    let mut lines = Vec::new();
    let marks = table_look::marks(call, &columns)?.written();
    let caption = call.words("标题")?;
    if caption.is_some() || marks != CAPTION {
        lines.push(format!("{marks}{}", caption.unwrap_or_default()));
    }
    lines.extend(units.line(&columns)?);
    lines.extend(head(call, &columns, &heads(call, &columns, &units)?)?);
    let rule = |(column, made): (&String, &Option<Made>)| match made {
        Some(_) => "---:",
        None => rule(call, ledger, column),
    };
    let usual: Vec<&str> = columns.iter().zip(&made).map(rule).collect();
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

fn total_of_some(shown: usize, all: usize) -> Trouble {
    Trouble::wrong(
        "total-of-some",
        format!("表里只列{shown}行，合计是全部{all}行的，加起来对不上"),
        "请去掉 合计= 或 显示=；全部的合计可以写在 注=\"…\" 里",
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

/// The columns by what stands over them, and how those are made that the ledger does not have.
fn columns(call: &Call<'_, '_>, ledger: &str) -> Result<(Vec<String>, Vec<Option<Made>>), Trouble> {
    let registered = call.session.figures.facts().registry.indicators.get(ledger);
    let named = call.words("列")?;
    let written: Vec<String> = match (named, registered) {
        (Some(names), _) => listed(&names).map(str::to_owned).collect(),
        (None, Some(indicator)) => indicator.columns.keys().cloned().collect(),
        (None, None) => Vec::new(),
    };
    let columns = written.iter().map(|words| table_made::column(call, ledger, words));
    let (columns, made): (Vec<String>, Vec<Option<Made>>) =
        columns.collect::<Result<Vec<_>, Trouble>>()?.into_iter().unzip();
    let unknown = |(column, made): &(&String, &Option<Made>)| {
        made.is_none() && !has_column(call.session.figures, ledger, column) && !is_made(column)
    };
    match columns.iter().zip(&made).find(unknown).map(|(column, _)| column) {
        None if !columns.is_empty() => Ok((columns, made)),
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
    made: &'s [Option<Made>],
    units: &'s Units,
    own: &'s [&'static str],
}

impl Sheet<'_, '_, '_> {
    fn rows(&self) -> Result<Vec<String>, Trouble> {
        let dated = self.columns.iter().any(|column| self.is(YEAR, column));
        let mut rows = rows::of(self.call, self.ledger, self.own, dated)?;
        let places = Places::among(self.call, self.ledger, &rows, self.made)?;
        let all = rows.len();
        rows.truncate(rows::shown(self.call, self.ledger, &rows)?);
        if rows.len() < all && self.call.words("合计")?.is_some() {
            return Err(total_of_some(rows.len(), all));
        }
        rows.into_iter().enumerate().map(|(at, row)| self.row(at + 1, row, &places)).collect()
    }

    fn row(&self, number: usize, (year, index): rows::At, places: &Places) -> Outcome {
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
            if let Some(made) = &self.made[at] {
                return self.made(at, made, RowOf { list: self.ledger, year, index }, places);
            }
            let from = figures.cell_reference(self.ledger, year, index, column);
            let value = cells.get(column).map(|cell| &cell.value);
            self.cell(at, value, from.unwrap_or_else(|| Arc::clone(&fact)))
        };
        let cells = self.columns.iter().enumerate().map(said);
        Ok(line(&cells.collect::<Result<Vec<String>, Trouble>>()?))
    }

    /// A cell that is computed.
    fn made(&self, at: usize, made: &Made, row: RowOf<'_>, places: &Places) -> Outcome {
        match made.figure(self.call, row, places)? {
            Some((figure, words)) => {
                Ok(self.call.mark(&self.units.computed(at, &figure, &words)?, &Arc::new(figure)))
            }
            None => self.call.words_or("缺", NOTHING),
        }
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
