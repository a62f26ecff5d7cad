//! What the registry says of an indicator, as Excel checks it while staff type.

use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, XlsxError};

use crate::facts::registry::{Check, Indicator, IndicatorKind};
use crate::zh::number::{Scale, Unit, shift};

/// Excel's longest list inside a rule, longest message and longest title.
const LIST: usize = 250;
const MESSAGE: usize = 250;
const TITLE: usize = 30;
/// Beyond these no figure goes.
const LEAST: &str = "-999999999999999";
const MOST: &str = "999999999999999";

/// What is known of a cell that is to be filled in.
pub(crate) struct Cell<'r> {
    /// Its name.
    pub name: &'r str,
    /// 类型.
    pub kind: Option<IndicatorKind>,
    /// The unit that it is shown in.
    pub unit: Option<&'r Unit>,
    /// The indicator, where it is one.
    pub indicator: Option<&'r Indicator>,
    /// What may be chosen.
    pub names: Vec<String>,
    /// Its address, and those of other cells by path.
    pub at: String,
}

/// The rule of a cell; `limit` is the address of the cell that it may not exceed, with its path.
pub(crate) fn rule(cell: &Cell<'_>, limit: Option<(&str, &str)>) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new().set_input_title(clipped(cell.name, TITLE))?;
    let rule = rule.set_input_message(clipped(&advice(cell), MESSAGE))?;
    let number = matches!(cell.kind, Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate));
    if number {
        return numeric(rule, cell, limit);
    }
    let length: usize = cell.names.iter().map(|name| name.encode_utf16().count() + 1).sum();
    if !cell.names.is_empty() && length <= LIST && cell.names.iter().all(|name| !name.contains(',')) {
        let message = "这里只能从名单里选；名单上没有的，请先补进名单";
        return rule
            .allow_list_strings(&cell.names)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("不在名单里")?
            .set_error_message(message);
    }
    Ok(rule.allow_any_value())
}

/// A number in a range, or words: an approximate figure is written out.
fn numeric(
    rule: DataValidation,
    cell: &Cell<'_>,
    limit: Option<(&str, &str)>,
) -> Result<DataValidation, XlsxError> {
    let range = cell.indicator.and_then(|indicator| range(indicator, cell.unit));
    let unit = cell.unit.map(|unit| format!("，单位：{unit}")).unwrap_or_default();
    if range.is_none() && limit.is_none() {
        let message =
            format!("这里要填数字{unit}。大概的数可以写成“约30”“30多”“近2000”，确实要这样写，请选“是”。");
        return rule
            .allow_decimal_number_formula(DataValidationRule::Between(
                Formula::new(LEAST),
                Formula::new(MOST),
            ))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("不是数字")?
            .set_error_message(clipped(&message, MESSAGE));
    }
    let at = &cell.at;
    let (mut tests, mut reasons) = (Vec::new(), Vec::new());
    if let Some((least, most, shown)) = range {
        tests.push(format!("{at}>={least},{at}<={most}"));
        reasons.push(format!("应在{shown}之间"));
    }
    if let Some((other, path)) = limit {
        tests.push(format!("OR(NOT(ISNUMBER({other})),{at}<={other})"));
        reasons.push(format!("不应超过“{path}”"));
    }
    let formula = format!("=OR(ISTEXT({at}),AND({}))", tests.join(","));
    rule.allow_custom(Formula::new(formula))
        .set_error_title("请核对")?
        .set_error_message(clipped(&format!("这个数{}{unit}。", reasons.join("，")), MESSAGE))
}

/// 范围 as the cell holds it, and in words.
fn range(indicator: &Indicator, unit: Option<&Unit>) -> Option<(Decimal, Decimal, String)> {
    let own = indicator.unit.as_ref().map_or(Scale::ONE, |unit| unit.scale);
    let scale = unit.map_or(own, |unit| unit.scale);
    let percent = unit.is_some_and(|unit| unit.base == "%");
    let held = |bound: Decimal| {
        let shifted = shift(bound.checked_mul(own.factor())?, scale);
        if percent { shifted.checked_div(Decimal::ONE_HUNDRED) } else { Some(shifted) }
    };
    indicator.checks.iter().find_map(|check| match check {
        Check::Range(least, most) => {
            let shown = format!("{}和{}{}", least.normalize(), most.normalize(), indicator.unit.as_ref()?);
            Some((held(*least)?.normalize(), held(*most)?.normalize(), shown))
        }
        Check::AtMost(_) | Check::Equals(_) | Check::Near(..) => None,
    })
}

/// What is shown beside a cell that is chosen.
fn advice(cell: &Cell<'_>) -> String {
    let mut lines = Vec::new();
    if let Some(definition) = cell.indicator.and_then(|indicator| indicator.definition.as_ref()) {
        lines.push(format!("口径：{definition}"));
    }
    if let Some(source) = cell.indicator.and_then(|indicator| indicator.source.as_ref()) {
        lines.push(format!("来源：{source}"));
    }
    lines.push(match cell.kind {
        Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate) => match cell.unit {
            Some(unit) if unit.base == "%" => "填百分数，如 8.3%".to_owned(),
            Some(unit) => format!("填数字，单位是{unit}，不用写出来"),
            None => "填数字".to_owned(),
        },
        Some(IndicatorKind::Date) => "写成 2011-04-18；只知道月份写 2011-04".to_owned(),
        Some(IndicatorKind::List) => "各项之间用顿号“、”隔开".to_owned(),
        Some(IndicatorKind::Text | IndicatorKind::Ledger) | None => String::new(),
    });
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// A text of at most so many UTF-16 units.
fn clipped(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.encode_utf16().count() + c.len_utf16() + 1 > most {
            break;
        }
        kept.push(c);
    }
    format!("{kept}…")
}
