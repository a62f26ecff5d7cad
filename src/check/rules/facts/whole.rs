//! A count that is not whole.

use super::super::prelude::*;
use super::{about, of_year};
use crate::facts::value::Value;

/// Practice: people, households and meetings are counted whole.
pub(super) const RULE: Rule = Rule::facts("fact-whole", Level::Error, run);

/// What is only ever counted whole.
const COUNTED: [&str; 31] = [
    "人", "名", "位", "户", "家", "个", "件", "项", "条", "次", "起", "所", "座", "台", "辆", "份", "期",
    "篇", "场", "人次", "户次", "届", "支", "处", "宗", "例", "只", "头", "株", "棵", "盏",
];

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for fact in of_year(project) {
        let Value::Quantity(quantity) = &fact.value else { continue };
        let amount = &quantity.amount;
        let counted = COUNTED.contains(&amount.unit.base.as_str());
        if counted && amount.is_exact() && !amount.value.fract().is_zero() {
            let message = format!("{}的“{}”是{}，不是整数", fact.year, fact.path, quantity.text);
            let hint =
                format!("“{}”要填整数；平均数请登记成“比率”，并换一个单位写法，如“人/户”", amount.unit.base);
            found.fact(Some(&fact.place), about(fact), message, hint);
        }
    }
}
