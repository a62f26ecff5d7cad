//! Facts that nothing uses.

use std::collections::BTreeSet;

use super::super::facts::of_year;
use super::super::prelude::*;
use crate::diag::About;
use crate::facts::of_report;
use crate::facts::registry::Check;
use crate::figures::value_text;

/// A fact that no template and no formula names.
pub(super) const RULE: Rule = Rule::templates("tpl-unused", Level::Hint, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let registry = &project.figures.facts().registry;
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (path, _, loops) in project.templates.named() {
        used.insert(path.to_owned());
        used.extend(project.templates.names().into_iter().filter_map(|report| of_report::own(path, report)));
        used.extend(path.rsplit_once('.').map(|(ledger, _)| ledger.to_owned()));
        used.extend(loops.iter().cloned());
    }
    used.extend(registry.indicators.values().flat_map(|indicator| indicator.reads()).map(str::to_owned));
    // What must equal a sum is held against it.
    let held = |path: &str| {
        let checks = registry.indicators.get(path).map(|indicator| indicator.checks.as_slice());
        checks.is_some_and(|checks| checks.iter().any(|check| matches!(check, Check::Equals(_))))
    };
    for fact in of_year(project).filter(|fact| !used.contains(&fact.path) && !held(&fact.path)) {
        let about = About { path: fact.path.clone(), year: fact.year, value: value_text(&fact.value) };
        let report =
            of_report::report(&fact.path).filter(|report| !project.templates.names().contains(report));
        let (message, hint) = match report {
            Some(report) => (
                format!("“{}”没有用上：没有叫“{report}”的报告", fact.path),
                format!("“报告”下面要写模板的名称，现有：{}", project.templates.names().join("、")),
            ),
            None => (
                format!("“{}”没有模板和公式用到", fact.path),
                "留着备查没有关系；要写进报告，请在模板里加上它".to_owned(),
            ),
        };
        found.fact(Some(&fact.place), about, message, hint);
    }
}
