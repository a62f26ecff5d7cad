//! A name that is not on the list it belongs to.

use std::sync::Arc;

use super::super::prelude::*;
use super::{about, of_year};
use crate::diag::{About, nearest};
use crate::facts::value::{Fact, Row, Value};
use crate::figures::value_text;

/// 属于 of the registry.
pub(super) const RULE: Rule = Rule::facts("fact-member", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let registry = &project.figures.facts().registry;
    for fact in of_year(project) {
        let Some(indicator) = registry.indicators.get(&fact.path) else { continue };
        if let (Value::Text(name), Some(list)) = (&fact.value, &indicator.member_of) {
            one(project, found, list, name, &fact.place, about(fact));
        }
        let Value::Ledger(rows) = &fact.value else { continue };
        for (column, list) in
            indicator.columns.iter().filter_map(|(name, one)| Some((name, one.member_of.as_ref()?)))
        {
            for cell in rows.iter().filter_map(|row| row.cells.get(column)) {
                let name = value_text(&cell.value);
                let about =
                    About { path: format!("{}.{column}", fact.path), year: fact.year, value: name.clone() };
                one(project, found, list, &name, &cell.place, about);
            }
        }
    }
}

/// Holds one name against a list: a 名单, or the first column of a 台账 that names its rows.
fn one(
    project: &Case<'_>,
    found: &mut Findings<'_>,
    list: &str,
    name: &str,
    place: &crate::diag::Place,
    about: About,
) {
    let facts = project.figures.facts();
    let Some(names) = facts
        .get(list, project.figures.period())
        .map(|fact| names(project, fact))
        .filter(|names| !names.is_empty())
    else {
        return;
    };
    if name.is_empty() || names.iter().any(|one| one == name) {
        return;
    }
    let hint = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("是不是“{near}”？请核对姓名"),
        None => format!("请核对姓名，或先把他写进“{list}”"),
    };
    found.fact(Some(place), about, format!("“{name}”不在“{list}”里"), hint);
}

fn names(project: &Case<'_>, fact: &Fact) -> Vec<String> {
    match &fact.value {
        Value::List(items) => items.iter().map(|item| item.text.clone()).collect(),
        Value::Ledger(rows) => {
            let key =
                project.figures.facts().registry.indicators.get(&fact.path).and_then(|one| one.key.as_ref());
            let cell = |row: &Arc<Row>| {
                key.and_then(|key| row.cells.get(key))
                    .or(row.cells.values().next())
                    .map(|cell| value_text(&cell.value))
            };
            rows.iter().filter_map(cell).collect()
        }
        _ => Vec::new(),
    }
}
