//! Two indicators that are one: what one of them says goes to the other, and it is no more.

use std::sync::Arc;

use super::fields::named;
use super::follow::{mentioned, spoken_of};
use super::names::Renaming;
use super::{known, reports};
use crate::diag::{Diagnostic, Problems};
use crate::facts::Facts;
use crate::facts::edit::FactEdit;
use crate::facts::registry::{Indicator, Registry};
use crate::facts::value::Value;
use crate::figures::value_text;
use crate::project::amend::Amended;
use crate::project::texts::Text;
use crate::zh::number::are_kin;

/// Merges an indicator into another one.
///
/// # Errors
/// They are of two kinds, say two things in a year, or are held against each other somewhere.
pub fn merge(
    amended: &mut Amended,
    from: &str,
    into: &str,
    notes: &mut Vec<String>,
) -> Result<String, Problems> {
    let facts = Arc::clone(amended.project().facts()?);
    known(&facts, from)?;
    known(&facts, into)?;
    if from == into {
        return Err(refused(format!("“{from}”不能和自己合并"), "请选另一个指标").into());
    }
    if let (Some(one), Some(other)) =
        (facts.registry.indicators.get(from), facts.registry.indicators.get(into))
    {
        alike(one, other)?;
        apart(&facts.registry, from, into)?;
    }
    agreeing(&facts, from, into)?;
    let computed = reports::computed(amended.project());
    for (year, of_year) in &facts.years {
        let value = |path: &str| of_year.facts.get(path).map(|fact| &fact.value);
        let (path, to) = (from.to_owned(), into.to_owned());
        let edits = match (value(from), value(into)) {
            (None, _) => continue,
            (Some(_), None) => vec![FactEdit::Rename { path, to }],
            (Some(Value::Blank), Some(_)) => vec![FactEdit::Remove { path }],
            (Some(_), Some(Value::Blank)) => {
                vec![FactEdit::Remove { path: to.clone() }, FactEdit::Rename { path, to }]
            }
            (Some(_), Some(_)) => vec![FactEdit::Remove { path }],
        };
        amended.edit(&Text::Year(*year), &edits)?;
    }
    let renaming = Renaming::Path { from: from.to_owned(), to: into.to_owned() };
    if facts.registry.indicators.contains_key(from) {
        let said = mentioned(amended.text(&Text::Registry), &facts.registry, &renaming)?;
        amended.put(&Text::Registry, said);
        amended.edit(&Text::Registry, &[FactEdit::Remove { path: from.to_owned() }])?;
        let definition = |path: &str| facts.registry.indicators.get(path)?.definition.clone();
        if let Some(lost) = definition(from).filter(|lost| definition(into).as_ref() != Some(lost)) {
            notes.push(format!("“{from}”原来的口径不再保留：{lost}"));
        }
    }
    spoken_of(amended, &facts, &renaming)?;
    reports::same_figures(&computed, amended.project(), false)?;
    Ok(format!("{from} 并入 {into}"))
}

/// Refuses two of different kinds.
fn alike(from: &Indicator, into: &Indicator) -> Result<(), Diagnostic> {
    if from.kind != into.kind {
        return Err(refused(
            format!(
                "“{}”是{}，“{}”是{}，不能合并",
                from.path,
                from.kind.label(),
                into.path,
                into.kind.label()
            ),
            "类型写错了的，请先改类型",
        ));
    }
    if let (Some(one), Some(other)) = (&from.unit, &into.unit)
        && !are_kin(&one.base, &other.base)
    {
        return Err(refused(
            format!("“{}”的单位是{one}，“{}”的单位是{other}，不能合并", from.path, into.path),
            "单位写错了的，请先改单位",
        ));
    }
    if from.formula != into.formula {
        return Err(refused(
            format!("“{}”和“{}”的公式不同，不能合并", from.path, into.path),
            "由公式算的和手填的不是一回事；请先把公式改成一样的",
        ));
    }
    if let Some(column) = from.columns.keys().find(|column| !into.columns.contains_key(*column)) {
        return Err(refused(
            format!("台账“{}”没有“{column}”这一列，不能合并", into.path),
            "请先把两个台账的列名改成一样的",
        ));
    }
    Ok(())
}

/// Refuses two that are held against each other, or added up: as one they would be so with themselves.
fn apart(registry: &Registry, from: &str, into: &str) -> Result<(), Diagnostic> {
    let both = |one: &&Indicator| {
        let reads = one.reads();
        let of = |path: &str| reads.contains(&path);
        (of(from) && of(into)) || (one.path == into && of(from)) || (one.path == from && of(into))
    };
    match registry.indicators.values().find(both) {
        None => Ok(()),
        Some(one) => Err(refused(
            format!("“{}”的公式或校验里两个都用到了，合并后就是自己和自己算", one.path),
            "请先改好指标表里的公式、不超过、等于",
        )),
    }
}

/// Refuses two that say different things in a year.
fn agreeing(facts: &Facts, from: &str, into: &str) -> Result<(), Diagnostic> {
    let differs = |one: &Value, other: &Value| match (one, other) {
        (Value::Blank, _) | (_, Value::Blank) => false,
        (Value::Quantity(one), Value::Quantity(other)) => {
            let (one, other) = (&one.amount, &other.amount);
            one.bound != other.bound
                || one.approx != other.approx
                || !other.value_in(&one.unit).is_ok_and(|value| value == one.value)
        }
        (Value::Ledger(one), Value::Ledger(other)) => {
            let rows = |rows: &[Arc<crate::facts::value::Row>]| -> Vec<Vec<(String, String)>> {
                let cells = |row: &Arc<crate::facts::value::Row>| {
                    row.cells.iter().map(|(name, cell)| (name.clone(), value_text(&cell.value))).collect()
                };
                rows.iter().map(cells).collect()
            };
            rows(one) != rows(other)
        }
        (one, other) => value_text(one) != value_text(other),
    };
    let mut wrong = Vec::new();
    for (year, of_year) in &facts.years {
        let (Some(one), Some(other)) = (of_year.facts.get(from), of_year.facts.get(into)) else { continue };
        if differs(&one.value, &other.value) {
            wrong.push(format!("{year}一个是{}，一个是{}", shown(&one.value), shown(&other.value)));
        }
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(refused(
            format!("“{from}”和“{into}”有的年度不一样，不能合并：{}", named(&wrong)),
            "请先核对哪一个对，改成一样的，或把错的一个清空",
        )),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Ledger(rows) => format!("{}行", rows.len()),
        value => value_text(value),
    }
}

fn refused(message: String, hint: &'static str) -> Diagnostic {
    Diagnostic::error("cannot-merge", message).hint(hint)
}
