//! A count that is not whole.

use super::super::prelude::*;
use super::{about, of_year};
use crate::facts::value::Value;

/// Practice: people, households and meetings are counted whole.
pub(super) const RULE: Rule = Rule::facts("fact-whole", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for fact in of_year(project) {
        let Value::Quantity(quantity) = &fact.value else { continue };
        let amount = &quantity.amount;
        if amount.unit.is_counted() && amount.is_exact() && !amount.value.fract().is_zero() {
            let message = format!("{}的“{}”是{}，不是整数", fact.year, fact.path, quantity.text);
            let hint =
                format!("“{}”要填整数；平均数请登记成“比率”，并换一个单位写法，如“人/户”", amount.unit.base);
            found.fact(Some(&fact.place), about(fact), message, hint);
        }
    }
}
