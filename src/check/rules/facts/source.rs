//! A fact without 来源 where the registry asks for one.

use super::super::prelude::*;
use super::{about, of_year};
use crate::facts::value::Value;

/// 须有来源 of the registry.
pub(super) const RULE: Rule = Rule::facts("fact-source", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let registry = &project.figures.facts().registry;
    for fact in of_year(project).filter(|fact| fact.source.is_none() && fact.value != Value::Blank) {
        if registry.indicators.get(&fact.path).is_some_and(|indicator| indicator.needs_source) {
            let message = format!("“{}”没有写来源", fact.path);
            let hint = "请写成“{值: …, 来源: …}”；每年都从同一处来的，写在 facts/指标.yaml 里";
            found.fact(Some(&fact.place), about(fact), message, hint);
        }
    }
}
