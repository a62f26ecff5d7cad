//! 表: a ledger as table lines of the marked text.

use std::sync::Arc;

use super::Outcome;
use super::{YEAR, ledger, rows};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Value;
use crate::figures::{FactRef, Trouble, mismatch, sum_of_columns, value_text};
use crate::period::Period;
use crate::template::call::Call;
use crate::template::session::has_column;

/// Parameters of 表.
pub(super) const OWN: &[&str] = &["列", "标题", "分组", "合计", "空", "排序", "倒序"];

/// `{{表 台账 列="企业、投资" 标题="…" 分组="…：…" 合计="投资" 空="…"}}`: a table has rows, or the report says so in words.
pub(super) fn table(call: &Call<'_, '_>) -> Outcome {
    let ledger = call.path(0)?;
    let columns = columns(call, ledger)?;
    let filter = ledger::filter(call, ledger, OWN)?;
    let rows = rows(call, ledger, &columns)?;
    if rows.is_empty() {
        return call.words("空")?.ok_or_else(|| empty(ledger));
    }
    let mut lines = Vec::new();
    if let Some(caption) = call.words("标题")? {
        lines.push(format!("表：{caption}"));
    }
    lines.extend(head(call, &columns)?);
    lines.push(line(&columns.iter().map(|column| rule(call, ledger, column)).collect::<Vec<_>>()));
    lines.extend(rows);
    lines.extend(total(call, ledger, &columns, &filter)?);
    Ok(format!("\n\n{}\n\n", lines.join("\n")))
}

fn empty(ledger: &str) -> Trouble {
    Trouble::wrong(
        "empty-table",
        format!("台账“{ledger}”没有可列的行，印出来是一张空表"),
        "请填写台账；确实没有时，在模板里用 空=\"…\" 写一句话",
    )
}

/// Names as they are listed in a parameter.
fn listed(names: &str) -> impl Iterator<Item = &str> {
    names.split(['、', '，', ',', ' ']).filter(|name| !name.is_empty())
}

/// The head: one row, or two where columns stand in groups.
fn head(call: &Call<'_, '_>, columns: &[String]) -> Result<Vec<String>, Trouble> {
    let Some(groups) = call.words("分组")? else { return Ok(vec![line(columns)]) };
    let (mut upper, mut lower) = (columns.to_vec(), vec!["^".to_owned(); columns.len()]);
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
        lower[span.clone()].clone_from_slice(&columns[span]);
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
    let unknown = |column: &&String| {
        !has_column(call.session.figures, ledger, column) && !is_year(call, ledger, column)
    };
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

fn rows(call: &Call<'_, '_>, ledger: &str, columns: &[String]) -> Result<Vec<String>, Trouble> {
    let dated = columns.iter().any(|column| is_year(call, ledger, column));
    let rows = rows::of(call, ledger, OWN, dated)?.into_iter();
    rows.map(|(year, index)| row(call, ledger, columns, year, index)).collect()
}

fn row(call: &Call<'_, '_>, ledger: &str, columns: &[String], year: Period, index: usize) -> Outcome {
    let figures = call.session.figures;
    let fact = figures.reference(ledger, year)?;
    let cells = &figures.rows(ledger, year)?[index].cells;
    let said = |column: &String| match is_year(call, ledger, column) {
        true => year.words(),
        false => {
            let from = figures.cell_reference(ledger, year, index, column);
            let value = cells.get(column).map(|cell| &cell.value);
            cell(call, value, from.unwrap_or_else(|| Arc::clone(&fact)))
        }
    };
    Ok(line(&columns.iter().map(said).collect::<Vec<_>>()))
}

/// Whether a column is that of the years and no column of the ledger.
fn is_year(call: &Call<'_, '_>, ledger: &str, column: &str) -> bool {
    column == YEAR && !has_column(call.session.figures, ledger, column)
}

/// A blank cell stays visibly empty: 台账 rows often have no entry for a column.
fn cell(call: &Call<'_, '_>, value: Option<&Value>, from: Arc<FactRef>) -> String {
    match value {
        None | Some(Value::Blank) => "—".into(),
        Some(Value::Text(text)) if text.trim().is_empty() => "—".into(),
        Some(value) => call.mark_words(&value_text(value).replace('|', "\\|"), vec![from], "台账"),
    }
}

/// The row of sums under the columns that `合计` names.
fn total(
    call: &Call<'_, '_>,
    ledger: &str,
    columns: &[String],
    filter: &[(String, String)],
) -> Result<Option<String>, Trouble> {
    let Some(names) = call.words("合计")? else { return Ok(None) };
    let names: Vec<&str> = listed(&names).collect();
    let mut line_cells = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let summed = names.contains(&column.as_str());
        line_cells.push(match (summed, index) {
            (true, _) => column_total(call, ledger, column, filter)?,
            (false, 0) => "合计".to_owned(),
            (false, _) => String::new(),
        });
    }
    Ok(Some(line(&line_cells)))
}

fn column_total(call: &Call<'_, '_>, ledger: &str, column: &str, filter: &[(String, String)]) -> Outcome {
    let path = format!("{ledger}.{column}");
    let columns = ledger::columns(call, (ledger, column), filter)?;
    let unit = call.session.figures.unit(&path).unwrap_or_default();
    let figure = sum_of_columns(columns, format!("{path}合计"), unit).map_err(|m| mismatch(&path, &m))?;
    Ok(call.mark(&figure.text.clone(), &Arc::new(figure)))
}
