//! 完成、超欠、进度: what was done against what was to be done.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Outcome;
use super::gap::{difference_of, size};
use super::share::percentage;
use crate::figures::compare::ratio;
use crate::figures::formula::no_ratio;
use crate::figures::{Figure, Trouble};
use crate::template::call::Call;
use crate::zh::number::{Amount, RATE_DECIMALS, Unit, points};

/// `{{完成 实际 目标 目标名="年度目标"}}`: 完成年度目标的103.5%.
pub(super) fn completed(call: &Call<'_, '_>) -> Outcome {
    let parts = [call.measure(0)?, call.measure(1)?];
    let share = completion(call, &parts)?;
    let (number, _) = percentage(call, share, &parts, &derivation(call));
    let (front, target) = (call.words_or("前", "完成")?, call.words_or("目标名", "年度目标")?);
    Ok(format!("{front}{target}的{number}"))
}

fn derivation(call: &Call<'_, '_>) -> String {
    format!("{}完成{}", call.name_of(0), call.name_of(1))
}

/// The part of the target that is done, 1 for all of it.
fn completion(call: &Call<'_, '_>, [done, target]: &[Arc<Figure>; 2]) -> Result<Decimal, Trouble> {
    let wrong = |message: String, hint: &'static str| Err(Trouble::wrong("no-completion", message, hint));
    if !target.amount.is_exact() {
        let message = format!("目标“{}”不是准确数，算不出完成百分之几", target.text);
        return wrong(message, "请在事实文件里填写准确的目标；只说有没有达到，用 {{#若达 实际 目标}}");
    }
    if points(&target.amount.unit.base).is_some() {
        let message = format!("目标“{}”是百分数，不说完成百分之几", target.text);
        return wrong(message, "请用 {{超欠 实际 目标}}，印成超目标几个百分点");
    }
    if target.amount.value < Decimal::ZERO || done.amount.value < Decimal::ZERO {
        let message = format!("实际{}、目标{}，有负数，算不出完成百分之几", done.text, target.text);
        return wrong(message, "请用 {{超欠 实际 目标}}，印成超多少、欠多少");
    }
    let names = (call.name_of(0), call.name_of(1));
    ratio(&done.amount, &target.amount).map_err(|why| no_ratio(&names.0, &names.1, why))
}

/// `{{超欠 实际 目标 超="超收" 欠="短收"}}`: 超收120万元, 短收30万元.
pub(super) fn above_or_short(call: &Call<'_, '_>) -> Outcome {
    let parts = [call.measure(0)?, call.measure(1)?];
    let change = difference_of(call, &parts[0], &parts[1])?;
    if change.value.is_zero() {
        let words = call.words_or("平", "与目标持平")?;
        return Ok(call.mark_derived(&words, change, "与目标相等", &parts));
    }
    let verb = match change.value > Decimal::ZERO {
        true => call.words_or("超", "超目标")?,
        false => call.words_or("欠", "距目标差")?,
    };
    let number = call.mark_derived(&size(call, &change)?, change, "与目标相差", &parts);
    Ok(format!("{verb}{number}"))
}

/// `{{进度 实际 目标 序时="50%"}}`: 快于序时进度2.8个百分点. One argument is a completion that is known already.
pub(super) fn ahead(call: &Call<'_, '_>) -> Outcome {
    let done = match call.len() {
        1 => super::gap::rate_of(call, 0)?,
        _ => {
            let parts = [call.measure(0)?, call.measure(1)?];
            let share = completion(call, &parts)? * Decimal::ONE_HUNDRED;
            let amount =
                Amount::quotient(share, Unit::parse("%"), call.count("小数", 6)?.unwrap_or(RATE_DECIMALS));
            Arc::new(Figure::derived(amount, derivation(call), &parts))
        }
    };
    let elapsed = match call.measure_named("序时")? {
        Some(named) => named,
        None => super::date::share_gone_by(call.session.year())?,
    };
    let change = difference_of(call, &done, &elapsed)?;
    // Who counts the months to two decimals knows no more of the completion.
    let decimals = change.decimals.min(done.amount.decimals.max(RATE_DECIMALS));
    let change = Amount { decimals, ..change };
    let from = [done, elapsed];
    if change.value.is_zero() {
        let words = call.words_or("平", "与序时进度持平")?;
        return Ok(call.mark_derived(&words, change, "与序时进度相等", &from));
    }
    let verb = match change.value > Decimal::ZERO {
        true => call.words_or("快", "快于序时进度")?,
        false => call.words_or("慢", "落后序时进度")?,
    };
    let number = call.mark_derived(&size(call, &change)?, change, "与序时进度相差", &from);
    Ok(format!("{verb}{number}"))
}
