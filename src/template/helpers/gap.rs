//! 增速、高低: a rate that is given, and by how much two figures differ. How a difference is printed is decided here, for
//! every helper that prints one.

use std::cmp::Ordering;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Outcome;
use crate::figures::{Figure, Trouble, mismatch};
use crate::template::call::Call;
use crate::zh::number::{Amount, Bound, plain, points, told};

/// By how much two figures differ, without a sign. It is the difference of the figures as they are, not as they are
/// printed, rounded once: to `小数=`, or to the decimals that the figures themselves are printed with.
pub(super) fn size(call: &Call<'_, '_>, change: &Amount) -> Result<String, Trouble> {
    let decimals = call.count("小数", 6)?;
    let of_rates = matches!(change.unit.base.as_str(), "个百分点" | "个千分点");
    let size = Amount { value: change.value.abs(), ..change.clone() };
    Ok(match decimals {
        _ if of_rates => {
            let number = told(size.value, decimals.unwrap_or(size.decimals));
            format!("{}{}", plain(number.normalize()), size.unit)
        }
        None => size.text(),
        Some(decimals) => size.text_in(&size.unit, decimals),
    })
}

/// The difference of two figures that are exactly known.
pub(super) fn difference_of(call: &Call<'_, '_>, own: &Figure, other: &Figure) -> Result<Amount, Trouble> {
    if let Some(rough) = [own, other].into_iter().find(|figure| !figure.amount.is_exact()) {
        return Err(Trouble::wrong(
            "too-vague",
            format!("“{}”不是准确数，说不出相差多少", rough.text),
            "请在事实文件里填写准确数，或删去这句",
        ));
    }
    own.amount.minus(&other.amount).map_err(|problem| mismatch(&call.name_of(0), &problem))
}

/// An argument that is a percentage.
pub(super) fn rate_of(call: &Call<'_, '_>, index: usize) -> Result<Arc<Figure>, Trouble> {
    let figure = call.measure(index)?;
    match points(&figure.amount.unit.base) {
        Some(_) => Ok(figure),
        None => Err(Trouble::wrong(
            "not-a-rate",
            format!("“{}”这里要一个百分数，给的是{}", call.name, figure.text),
            "请换成增速、增幅一类的指标；由两年的数算增长率，请用 {{同比 …}}",
        )),
    }
}

/// A figure as it is written, without its minus.
pub(super) fn without_sign(figure: &Figure) -> String {
    figure.text.replacen(['-', '－', '−'], "", 1)
}

/// `{{增速 X}}`: a rate that is known as such: 增长6.2%, 下降4.7%, 持平.
pub(super) fn growth(call: &Call<'_, '_>) -> Outcome {
    said(call, &rate_of(call, 0)?, &call.words_or("前", "")?)
}

/// A rate that is known as such, behind what it is compared with.
pub(super) fn said(call: &Call<'_, '_>, figure: &Arc<Figure>, front: &str) -> Outcome {
    let words = match call.count("小数", 6)? {
        None => without_sign(figure),
        Some(decimals) => {
            let size = Amount { value: figure.amount.value.abs(), ..figure.amount.clone() };
            size.text_in(&size.unit, decimals)
        }
    };
    let verb = match direction(figure)? {
        Ordering::Equal => {
            return Ok(call.mark(&call.words_or("平", &format!("{front}持平"))?, figure));
        }
        Ordering::Greater => call.words_or("增", "增长")?,
        Ordering::Less => call.words_or("减", "下降")?,
    };
    Ok(format!("{front}{verb}{}", call.mark(&words, figure)))
}

/// Which way a given rate points.
fn direction(figure: &Figure) -> Result<Ordering, Trouble> {
    let amount = &figure.amount;
    match (amount.bound, amount.value.cmp(&Decimal::ZERO)) {
        (Bound::Exact, way) => Ok(way),
        (Bound::AtMost, _) | (_, Ordering::Equal) => Err(unclear(figure)),
        (_, Ordering::Greater) => Ok(Ordering::Greater),
        (Bound::About, way) => Ok(way),
        (_, Ordering::Less) => Err(unclear(figure)),
    }
}

fn unclear(figure: &Figure) -> Trouble {
    Trouble::wrong(
        "too-vague",
        format!("从“{}”看不出是增长还是下降", figure.text),
        "请在事实文件里填写准确的增速，或直接写指标名，照事实印出",
    )
}

/// `{{高低 X Y 对象="全县"}}`: 高于全县1.2个百分点, 低于全县300元, 与全县持平.
pub(super) fn above_or_below(call: &Call<'_, '_>) -> Outcome {
    let (own, other) = (call.measure(0)?, call.measure(1)?);
    let change = difference_of(call, &own, &other)?;
    let object = call.words_or("对象", "")?;
    let said = [call.words("高")?, call.words("低")?, call.words("平")?];
    if object.is_empty() && said.iter().any(Option::is_none) {
        return Err(Trouble::wrong(
            "wrong-arguments",
            "“高低”没有写和谁比",
            "请写 对象=\"全县\"，印成“高于全县…”；自己写说法的，高=、低=、平= 三个都要写",
        ));
    }
    let [above, below, level] = said;
    let from = [own, other];
    if change.value.is_zero() {
        let words = level.unwrap_or_else(|| format!("与{object}持平"));
        return Ok(call.mark_derived(&words, change, "相等", &from));
    }
    let verb = match change.value > Decimal::ZERO {
        true => above.unwrap_or_else(|| "高于".into()),
        false => below.unwrap_or_else(|| "低于".into()),
    };
    let number = call.mark_derived(&size(call, &change)?, change, "相差", &from);
    Ok(format!("{verb}{object}{number}"))
}
