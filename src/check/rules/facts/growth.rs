//! A rate of growth that was filled in and does not follow from the two years.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::{about, of_year};
use crate::facts::value::Value;
use crate::figures::compare::growth;
use crate::zh::number::half_up;

/// Practice: growth is computed from the two figures.
pub(super) const RULE: Rule = Rule::facts("fact-growth", Level::Warning, run);

/// How a rate of growth is named after its indicator.
const SUFFIXES: [&str; 7] = ["同比增长", "增长率", "增幅", "增速", "同比", "涨幅", "增长"];
/// A deviation of a tenth of a point is rounding.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let figures = project.figures;
    for fact in of_year(project) {
        let Value::Quantity(stated) = &fact.value else { continue };
        let base = SUFFIXES.iter().find_map(|suffix| fact.path.strip_suffix(suffix));
        let Some(base) = base.map(|base| base.trim_end_matches('.')).filter(|base| !base.is_empty()) else {
            continue;
        };
        let (Ok(then), Ok(now)) = (figures.figure(base, fact.year.before()), figures.figure(base, fact.year))
        else {
            continue;
        };
        let Ok(computed) = growth(&then.amount, &now.amount) else { continue };
        let amount = &stated.amount;
        let percent = amount.unit.base == "%" && amount.is_exact();
        let rounded = half_up(computed, amount.decimals);
        if percent && (rounded - amount.value).abs() > TOLERANCE {
            let message = format!(
                "{}的“{}”填的是{}，按“{base}”由{}到{}算是{rounded}%",
                fact.year, fact.path, stated.text, then.text, now.text
            );
            let hint = "请核对三个数；按可比价算的，请确认属实，或在 facts/指标.yaml 的口径里写明";
            found.fact(Some(&fact.place), about(fact), message, hint);
        }
    }
}
