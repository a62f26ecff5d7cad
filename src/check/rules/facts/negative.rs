//! A count below nothing.

use super::super::prelude::*;
use super::{about, of_year};
use crate::facts::entry::below_nothing;
use crate::facts::value::Value;

/// Practice: there are never fewer than no people, households and meetings.
pub(super) const RULE: Rule = Rule::facts("fact-negative", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for fact in of_year(project) {
        let Value::Quantity(quantity) = &fact.value else { continue };
        if below_nothing(&fact.path, &quantity.amount) {
            let message = format!("{}的“{}”是{}，是负数", fact.year, fact.path, quantity.text);
            found.fact(
                Some(&fact.place),
                about(fact),
                message,
                "请核对是不是多写了负号；确实是负数时，请确认属实",
            );
        }
    }
}
