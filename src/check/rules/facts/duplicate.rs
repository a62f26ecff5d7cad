//! Rows of a ledger that are there twice.

use std::collections::BTreeMap;

use super::super::prelude::*;
use super::of_year;
use crate::diag::About;
use crate::facts::value::{Row, Value};
use crate::figures::value_text;

/// Practice: a project that is counted twice makes every sum wrong.
pub(super) const RULE: Rule = Rule::facts("fact-duplicate", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for fact in of_year(project) {
        let Value::Ledger(rows) = &fact.value else { continue };
        let indicator = project.figures.facts().registry.indicators.get(&fact.path);
        let key = indicator.and_then(|indicator| indicator.key.as_deref());
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            let name = name(row, key);
            let Some(first) = seen.get(&name).copied() else {
                seen.insert(name, index);
                continue;
            };
            let about = About { path: fact.path.clone(), year: fact.year, value: name.clone() };
            let message = format!("台账“{}”第{}行和第{}行重复：{name}", fact.path, index + 1, first + 1);
            found.fact(Some(&row.place), about, message, "请删去一行；确实是两笔时，请写出区别");
        }
    }
}

/// What a row is known by: its key, or all of it.
fn name(row: &Row, key: Option<&str>) -> String {
    match key.and_then(|key| row.cells.get(key)) {
        Some(cell) => value_text(&cell.value),
        None => row.cells.values().map(|cell| value_text(&cell.value)).collect::<Vec<_>>().join(" "),
    }
}
