//! A formula of the registry that cannot be computed.

use super::super::prelude::*;
use crate::diag::About;

/// Formulas of the registry.
pub(super) const RULE: Rule = Rule::facts("fact-formula", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let figures = project.figures;
    for (path, indicator) in &figures.facts().registry.indicators {
        let Some(trouble) =
            figures.trouble(path, figures.period()).filter(|trouble| trouble.missing.is_empty())
        else {
            continue;
        };
        let about = About { path: path.clone(), year: figures.period(), value: String::new() };
        let hint = trouble.diagnostic.hints.first().cloned().unwrap_or_else(|| "请核对公式用到的指标".into());
        let message = format!("{}的“{path}”算不出来：{}", figures.period(), trouble.diagnostic.message);
        found.fact(indicator.place.as_ref(), about, message, hint);
    }
}
