//! One scalar of a fact file → a [`Value`], by the registry where it says what is meant, else by
//! shape.

use super::date::DateError;
use super::line;
use super::registry::IndicatorKind;
use super::tree::Style;
use super::value::{Date, Quantity, Value};
use crate::diag::Diagnostic;
use crate::zh::number::{Form, Refused, Unit, Why, completed};

/// What a value must be; `kind` is `None` where no registry says it.
#[derive(Clone, Copy)]
pub(super) struct Expected<'r> {
    pub kind: Option<IndicatorKind>,
    pub unit: Option<&'r Unit>,
}

/// Reads one scalar.
///
/// # Errors
/// A problem without place: the caller knows where the scalar stands.
pub(super) fn read(text: &str, style: Style, expected: Expected<'_>) -> Result<Value, Diagnostic> {
    line::judge(text)?;
    match expected.kind {
        None => by_shape(text, style),
        Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate) => number(text, expected.unit),
        Some(IndicatorKind::Text) => Ok(Value::Text(text.to_owned())),
        Some(IndicatorKind::Date) => Date::parse(text).map(Value::Date).map_err(|error| not_a_date(&error)),
        Some(IndicatorKind::List) => {
            Err(Diagnostic::error("wrong-kind", format!("这里要写名单，现在是“{text}”"))
                .hint(format!("请写成 [{text}]，多个名称用英文逗号隔开")))
        }
        Some(IndicatorKind::Ledger) => {
            Err(Diagnostic::error("wrong-kind", format!("这里要写台账，现在是“{text}”"))
                .hint("台账每行写成“- {列名: 值, 列名: 值}”"))
        }
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
        Ok(quantity) if is_short(&quantity) => Ok(Value::Quantity(quantity)),
        Err(refused) if is_surely_a_number(&refused) => {
            Err(not_a_number(&refused).hint("如果这里本来就是文字，请给整个值加英文引号"))
        }
        _ => Ok(Value::Text(text.to_owned())),
    }
}

/// Whether a text looks like a quantity rather than like words that begin with a number (`12345政务热线`).
fn is_short(quantity: &Quantity) -> bool {
    quantity.amount.unit.base.chars().count() <= 4
}

/// Whether a number was meant for certain, though not written as one.
fn is_surely_a_number(refused: &Refused) -> bool {
    let looks_like = |text: &str| Quantity::parse(text).is_ok_and(|quantity| is_short(&quantity));
    match &refused.why {
        Why::Form(Form::FullWidth | Form::Grouped | Form::Blank) => {
            refused.instead.as_deref().is_some_and(looks_like)
        }
        Why::Parted(glued) => looks_like(glued),
        why => *why == Why::TooLong,
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
        return Err(problem.label("缺单位").hint(format!("请写成{}", completed(text, unit))));
    }
    let problem = Diagnostic::error(
        "wrong-unit",
        format!("“{text}”的单位是“{}”，指标表里是“{unit}”", quantity.amount.unit),
    );
    Err(problem.label("单位不对").hint("请核对数字后改用指标表里的单位；单位变了，就改“指标.yaml”"))
}

fn not_a_number(refused: &Refused) -> Diagnostic {
    Diagnostic::error("not-a-number", refused.to_string()).hint(refused.hint())
}

fn not_a_date(error: &DateError) -> Diagnostic {
    Diagnostic::error("not-a-date", error.to_string()).hint("日期写成 2011-04-18，只知道月份时写成 2011-04")
}
