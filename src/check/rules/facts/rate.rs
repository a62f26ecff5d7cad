//! A rate above 100 % or below nothing, where the registry says no range.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::{about, of_year};
use crate::facts::registry::{Check, IndicatorKind};
use crate::facts::value::Value;
use crate::zh::number::Amount;

/// Practice: only growth and fulfilment may leave 0 to 100 %.
pub(super) const RULE: Rule = Rule::facts("fact-rate", Level::Warning, run);

/// What may be above 100 % or below 0.
const FREE: [&str; 12] =
    ["增", "降", "幅", "速", "同比", "环比", "完成", "进度", "任务", "预算", "利润", "杠杆"];

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let registry = &project.figures.facts().registry;
    for fact in of_year(project) {
        let Value::Quantity(quantity) = &fact.value else { continue };
        let indicator = registry.indicators.get(&fact.path);
        let rate = indicator.is_none_or(|one| one.kind == IndicatorKind::Rate);
        let bounded =
            indicator.is_some_and(|one| one.checks.iter().any(|check| matches!(check, Check::Range(..))));
        let name = fact.path.rsplit('.').next().unwrap_or_default();
        if rate && !bounded && is_outside(&quantity.amount) && !FREE.iter().any(|word| name.contains(word)) {
            let message = format!("{}的“{}”是{}，不在0到100%之间", fact.year, fact.path, quantity.text);
            found.fact(
                Some(&fact.place),
                about(fact),
                message,
                "请核对；可以超过100%的比率，请在 facts/指标.yaml 里写上“范围”",
            );
        }
    }
}

fn is_outside(amount: &Amount) -> bool {
    let percent = matches!(amount.unit.base.as_str(), "%" | "％");
    percent && !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&amount.value)
}
