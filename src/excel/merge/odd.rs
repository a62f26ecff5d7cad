//! Numbers of a village that look wrong beside what it gave before, or beside what all others gave.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Form, Given};
use crate::diag::Diagnostic;
use crate::excel::export::ledgers;
use crate::excel::form::Collection;
use crate::excel::proposal::Finding;
use crate::excel::values::{same, written};
use crate::facts::value::{Quantity, Row, Value};
use crate::figures::Figures;
use crate::period::Period;

/// From how many times on a number stands out.
const TIMES: i64 = 10;
/// How many numbers of others make a middle one that can be compared with.
const OTHERS: usize = 4;

/// Remarks on what was returned before and is another number now, and on what is ten times more or less than last
/// year or, without a number of last year, than the middle one of the others.
pub(super) fn remark(
    figures: &Figures,
    collection: &Collection<'_>,
    returned: &BTreeMap<String, Form>,
    findings: &mut Vec<Finding>,
) {
    for (unit, form) in returned {
        let value = |year: Period, column: &str| {
            let row = row(figures, collection, year, unit)?;
            row.cells.get(column).map(|cell| cell.value.clone()).filter(|value| *value != Value::Blank)
        };
        for (column, given) in &form.given {
            if let Some(before) = value(collection.year, column).filter(|value| differs(value, &given.text)) {
                let message =
                    format!("“{unit}”的“{column}”原来是{}，这次交的是{}", written(&before), given.text);
                say(findings, given, "given-anew", message, "请核实哪个对；写入以后用这次交的");
            }
            let then = value(collection.year.before(), column).and_then(|value| number(&value));
            let (beside, whose) = match then {
                Some(then) => (Some(then), "上年"),
                None => (middle(returned, unit, column), "别的单位一般"),
            };
            let Some((now, beside)) = said(&given.text).zip(beside) else { continue };
            if stands_out(now, beside) {
                let message = format!("“{unit}”的“{column}”是{}，和{whose}的数差了10倍以上", given.text);
                say(findings, given, "outlier", message, "请核实数和单位，没有错的不用管");
            }
        }
    }
}

fn say(findings: &mut Vec<Finding>, given: &Given, rule: &'static str, message: String, hint: &'static str) {
    findings.push(Finding::remark(&given.at, Diagnostic::warning(rule, message).hint(hint)));
}

fn row<'f>(
    figures: &'f Figures,
    collection: &Collection<'_>,
    year: Period,
    unit: &str,
) -> Option<&'f Arc<Row>> {
    let named =
        |row: &&Arc<Row>| row.cells.get(collection.key).is_some_and(|cell| written(&cell.value) == unit);
    ledgers::rows(figures, year, &collection.ledger.path).iter().find(named)
}

/// Whether what stands there is another value than these words.
fn differs(value: &Value, text: &str) -> bool {
    match (value, Quantity::parse(text)) {
        (Value::Quantity(_), Ok(quantity)) => !same(value, &Value::Quantity(quantity)),
        _ => written(value) != text,
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Quantity(quantity) => Some(quantity.amount.value),
        _ => None,
    }
}

fn said(text: &str) -> Option<Decimal> {
    Quantity::parse(text).ok().map(|quantity| quantity.amount.value)
}

/// The middle one of what the others gave.
fn middle(returned: &BTreeMap<String, Form>, unit: &str, column: &str) -> Option<Decimal> {
    let others = returned.iter().filter(|(other, _)| *other != unit);
    let mut numbers: Vec<Decimal> =
        others.filter_map(|(_, form)| said(&form.given.get(column)?.text)).collect();
    numbers.sort();
    numbers.get(numbers.len() / 2).copied().filter(|_| numbers.len() >= OTHERS)
}

fn stands_out(now: Decimal, beside: Decimal) -> bool {
    let times = Decimal::from(TIMES);
    let (now, beside) = (now.abs(), beside.abs());
    let ways = [(now, beside), (beside, now)];
    !now.is_zero()
        && !beside.is_zero()
        && ways.iter().any(|(more, less)| less.checked_mul(times).is_some_and(|most| *more >= most))
}
