//! What the registry says of an indicator besides its name and unit: 类型, 口径, 来源, 主键.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{column_of, known, registered};
use crate::diag::{Diagnostic, Problems, nearest};
use crate::facts::edit::FactEdit;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Value;
use crate::facts::{self, Facts};
use crate::figures::value_text;
use crate::project::amend::Amended;
use crate::project::texts::Text;
use crate::zh::number::Unit;

/// Values that are named before the rest is counted.
const NAMED: usize = 8;

/// Other words for 口径 or 来源; none take it away.
///
/// # Errors
/// There is no such indicator, or the words cannot be written.
pub fn words(amended: &mut Amended, path: &str, field: &str, words: &str) -> Result<String, Problems> {
    registered(amended)?;
    known(amended.project().facts()?, path)?;
    set_field(amended, path, field, words.trim())?;
    Ok(format!("{path} 的{field}"))
}

/// A field of an entry of the registry.
pub(super) fn set_field(amended: &mut Amended, path: &str, field: &str, value: &str) -> Result<(), Problems> {
    let edit = FactEdit::Field { path: path.to_owned(), field: field.to_owned(), value: value.to_owned() };
    amended.edit(&Text::Registry, &[edit])
}

/// A field of a column, which may be written as its kind alone.
pub(super) fn set_of_column(
    amended: &mut Amended,
    (ledger, column): (&str, &str),
    field: &str,
    value: &str,
) -> Result<(), Problems> {
    let path = format!("{ledger}.列.{column}");
    let set = |path: String| [FactEdit::Set { path, value: value.to_owned() }];
    let below = amended.edit(&Text::Registry, &set(format!("{path}.{field}")));
    match below {
        Err(_) if field == "类型" => amended.edit(&Text::Registry, &set(path)),
        outcome => outcome,
    }
}

/// Another 类型, which every value has to fit.
///
/// # Errors
/// A value does not.
pub fn kind(amended: &mut Amended, path: &str, kind: IndicatorKind) -> Result<String, Problems> {
    registered(amended)?;
    let facts = Arc::clone(amended.project().facts()?);
    let number = matches!(kind, IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate);
    if let Some((ledger, column)) = column_of(amended.project(), path) {
        if matches!(kind, IndicatorKind::List | IndicatorKind::Ledger) {
            let problem = Diagnostic::error("wrong-kind", format!("台账的一列不能是{}", kind.label()));
            return Err(problem.hint("列的类型有：时期、时点、比率、文本、日期").into());
        }
        let unit =
            facts.registry.indicators.get(ledger).and_then(|one| one.columns.get(column)?.unit.clone());
        refuse_values(path, kind, misfits(&cells(&facts, ledger, column), kind, unit.as_ref()))?;
        set_of_column(amended, (ledger, column), "类型", kind.label())?;
        return Ok(format!("{path} 的类型改为{}", kind.label()));
    }
    known(&facts, path)?;
    let registered = facts.registry.indicators.get(path);
    let unit = registered.and_then(|one| one.unit.clone());
    let values: Vec<(String, &Value)> =
        facts.through(path).map(|fact| (fact.year.to_string(), &fact.value)).collect();
    refuse_values(path, kind, misfits(&values, kind, unit.as_ref()))?;
    if number && unit.is_none() {
        let problem =
            Diagnostic::error("bad-indicator", format!("“{path}”改为{}，要同时写单位", kind.label()));
        return Err(problem.hint("例如 次、条、万元、%").into());
    }
    set_field(amended, path, "类型", kind.label())?;
    if !number && unit.is_some() {
        set_field(amended, path, "单位", "")?;
    }
    Ok(format!("{path} 的类型改为{}", kind.label()))
}

/// The cells of a column, each with where it stands.
pub(super) fn cells<'f>(facts: &'f Facts, ledger: &str, column: &str) -> Vec<(String, &'f Value)> {
    let mut cells = Vec::new();
    for fact in facts.years.values().filter_map(|year| year.facts.get(ledger)) {
        let Value::Ledger(rows) = &fact.value else { continue };
        for (index, row) in rows.iter().enumerate() {
            if let Some(cell) = row.cells.get(column) {
                cells.push((format!("{}第{}行", fact.year, index + 1), &cell.value));
            }
        }
    }
    cells
}

/// The values that are none of a kind.
fn misfits(values: &[(String, &Value)], kind: IndicatorKind, unit: Option<&Unit>) -> Vec<String> {
    let fits = |value: &Value| match (kind, value) {
        (_, Value::Blank)
        | (IndicatorKind::List, Value::List(_))
        | (IndicatorKind::Ledger, Value::Ledger(_)) => true,
        (IndicatorKind::List | IndicatorKind::Ledger, _) | (_, Value::List(_) | Value::Ledger(_)) => false,
        (_, value) => facts::judge(&value_text(value), Some(kind), unit).is_ok(),
    };
    let wrong = values.iter().filter(|(_, value)| !fits(value));
    wrong.map(|(place, value)| format!("{place}是“{}”", shown(value))).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::List(items) => format!("{}项名单", items.len()),
        Value::Ledger(rows) => format!("{}行台账", rows.len()),
        value => value_text(value),
    }
}

fn refuse_values(path: &str, kind: IndicatorKind, wrong: Vec<String>) -> Result<(), Diagnostic> {
    if wrong.is_empty() {
        return Ok(());
    }
    let message = format!("“{path}”不能改为{}：{}", kind.label(), named(&wrong));
    Err(Diagnostic::error("wrong-kind", message).hint("请先把这些值改好，再改类型"))
}

/// The first few, and how many there are.
pub(super) fn named(all: &[String]) -> String {
    let shown = all[..all.len().min(NAMED)].join("；");
    if all.len() > NAMED { format!("{shown}……共{}处", all.len()) } else { shown }
}

/// The column that names the rows of a ledger: it has to name each of them, and each once.
///
/// # Errors
/// There is no such column, or rows that it does not tell apart.
pub fn key(amended: &mut Amended, ledger: &str, column: &str) -> Result<String, Problems> {
    registered(amended)?;
    let facts = Arc::clone(amended.project().facts()?);
    known(&facts, ledger)?;
    if !facts.is_ledger(ledger) {
        return Err(Diagnostic::error("wrong-kind", format!("“{ledger}”不是台账，没有主键")).into());
    }
    let columns = facts.registry.indicators.get(ledger).map(|one| &one.columns);
    if !columns.is_some_and(|columns| columns.contains_key(column)) {
        let names: Vec<&str> = columns.into_iter().flat_map(|all| all.keys().map(String::as_str)).collect();
        let problem = Diagnostic::error("unknown-column", format!("台账“{ledger}”没有登记“{column}”这一列"));
        let hint = nearest(column, names.iter().copied())
            .map_or(format!("登记的列有：{}", names.join("、")), |near| format!("是不是“{near}”？"));
        return Err(problem.hint(hint).into());
    }
    let wrong = unnamed(&facts, ledger, column);
    if !wrong.is_empty() {
        let message = format!("“{column}”认不清“{ledger}”的每一行：{}", named(&wrong));
        let problem = Diagnostic::error("key-not-unique", message);
        return Err(problem.hint("主键每行都要有、各不相同；请先改好这些行，或换一列").into());
    }
    set_field(amended, ledger, "主键", column)?;
    Ok(format!("{ledger} 的主键改为{column}"))
}

/// Rows without a name, and names of several rows.
fn unnamed(facts: &Facts, ledger: &str, column: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for fact in facts.through(ledger) {
        let Value::Ledger(rows) = &fact.value else { continue };
        let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            let name = row.cells.get(column).map(|cell| value_text(&cell.value)).unwrap_or_default();
            by_name.entry(name.trim().to_owned()).or_default().push((index + 1).to_string());
        }
        for (name, rows) in by_name {
            match (name.is_empty(), rows.len()) {
                (true, _) => wrong.push(format!("{}第{}行是空的", fact.year, rows.join("、"))),
                (false, 1) => {}
                (false, _) => wrong.push(format!("{}第{}行都是“{name}”", fact.year, rows.join("、"))),
            }
        }
    }
    wrong
}
