//! One scalar of a fact file → a [`Value`], by the registry where it says what is meant, else by
//! shape.

use super::date::DateError;
use super::quantity;
use super::quantity::QuantityError;
use super::registry::Kind;
use super::tree::Style;
use super::value::{Date, Quantity, Value};
use crate::diag::Diagnostic;
use crate::zh::number::Unit;

/// What a value must be; `kind` is `None` where no registry says it.
#[derive(Clone, Copy)]
pub(super) struct Expected<'r> {
    pub kind: Option<Kind>,
    pub unit: Option<&'r Unit>,
}

/// Reads one scalar.
///
/// # Errors
/// A problem without place: the caller knows where the scalar stands.
pub(super) fn read(text: &str, style: Style, expected: Expected<'_>) -> Result<Value, Diagnostic> {
    match expected.kind {
        None => by_shape(text, style),
        Some(Kind::Flow | Kind::Stock | Kind::Rate) => number(text, expected.unit),
        Some(Kind::Text) => Ok(Value::Text(text.to_owned())),
        Some(Kind::Date) => Date::parse(text).map(Value::Date).map_err(|error| not_a_date(&error)),
        Some(Kind::List) => Err(Diagnostic::error("wrong-kind", format!("这里要写名单，现在是“{text}”"))
            .hint(format!("请写成 [{text}]，多个名称用英文逗号隔开"))),
        Some(Kind::Ledger) => Err(Diagnostic::error("wrong-kind", format!("这里要写台账，现在是“{text}”"))
            .hint("台账每行写成“- {列名: 值, 列名: 值}”")),
    }
}

fn by_shape(text: &str, style: Style) -> Result<Value, Diagnostic> {
    if style != Style::Plain {
        return Ok(Value::Text(text.to_owned()));
    }
    if Date::looks_like(text) {
        return Date::parse(text).map(Value::Date).map_err(|error| not_a_date(&error));
    }
    match Quantity::parse(text) {
        Ok(quantity) if quantity::looks_like(text) => Ok(Value::Quantity(quantity)),
        Err(error) if error.is_surely_a_number() => {
            Err(not_a_number(&error).hint("如果这里本来就是文字，请给整个值加英文引号"))
        }
        _ => Ok(Value::Text(text.to_owned())),
    }
}

fn number(text: &str, unit: Option<&Unit>) -> Result<Value, Diagnostic> {
    let quantity = Quantity::parse(text).map_err(|error| not_a_number(&error))?;
    let Some(unit) = unit else { return Ok(Value::Quantity(quantity)) };
    if quantity.amount.unit.base == unit.base {
        return Ok(Value::Quantity(quantity));
    }
    if quantity.amount.unit.base.is_empty() {
        let problem = Diagnostic::error("missing-unit", format!("“{text}”没有写单位，指标表里是“{unit}”"));
        return Err(problem.label("缺单位").hint(format!("请写成{}", with_unit(text, &quantity, unit))));
    }
    let problem = Diagnostic::error(
        "wrong-unit",
        format!("“{text}”的单位是“{}”，指标表里是“{unit}”", quantity.amount.unit),
    );
    Err(problem.label("单位不对").hint("请核对数字后改用指标表里的单位；单位变了，就改“指标.yaml”"))
}

fn with_unit(text: &str, quantity: &Quantity, unit: &Unit) -> String {
    match quantity.amount.unit.is_scaled() || !quantity.amount.is_exact() {
        true => format!("{text}{}", unit.base),
        false => format!("{text}{unit}"),
    }
}

fn not_a_number(error: &QuantityError) -> Diagnostic {
    Diagnostic::error("not-a-number", error.to_string()).hint(error.hint())
}

fn not_a_date(error: &DateError) -> Diagnostic {
    Diagnostic::error("not-a-date", error.to_string()).hint("日期写成 2011-04-18，只知道月份时写成 2011-04")
}
