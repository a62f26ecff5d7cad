//! 数、约数、突破、相加、相减、区间、排名: one figure and how it is said.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Outcome;
use crate::facts::value::Quantity;
use crate::figures::approximate::{Position, Roughly};
use crate::figures::{Cited, Figure, Trouble, mismatch, sum};
use crate::template::call::Call;
use crate::zh::number::{
    Amount, Approx, Bound, Scale, Unit, are_kin, format_exact, half_up, natural_scale, needed_decimals,
    numeral, points,
};

/// `{{数 X 小数= 量级= 单位= 样式=}}`
pub(super) fn number(call: &Call<'_, '_>) -> Outcome {
    let figure = call.figure(0)?;
    say(call, &figure)
}

/// Says a figure as the parameters 小数、量级、单位 and 样式 of the call want it.
pub(super) fn say(call: &Call<'_, '_>, figure: &Arc<Figure>) -> Outcome {
    if let Some(style) = call.choice("样式", &["汉字", "序数", "逐位", "大写"])? {
        return styled(call, figure, style);
    }
    let (scale, decimals) = (call.words("量级")?, call.count("小数", 12)?);
    let unit = call.words("单位")?;
    if scale.is_none() && decimals.is_none() && unit.is_none() {
        return Ok(call.mark(&figure.text, figure));
    }
    let target = target_unit(&figure.amount, scale.as_deref(), unit.as_deref(), decimals)?;
    let amount = &in_unit(figure, &target)?;
    // Asked for a scale, a number drops the zeros that it was written with.
    let natural = if scale.is_some() && !amount.is_rounded() {
        needed_decimals(amount.value, target.scale)
    } else {
        amount.decimals
    };
    let decimals = decimals.unwrap_or(natural);
    let nothing = half_up(amount.coefficient(), decimals).is_zero() && !amount.value.is_zero();
    if nothing && points(&target.base).is_none() {
        let message = format!("{}只留{decimals}位小数就成了0", figure.text);
        call.session.warn(
            call.site,
            "shown-as-nothing",
            message,
            "请改 量级= 或 小数=，或确认表格里就是这样写",
        );
    }
    let words = written(amount, &target, decimals);
    let words = if unit.as_deref() == Some("") { strip_unit(&words, &target) } else { words };
    Ok(call.mark(&words, figure))
}

/// An approximate fact keeps its own word where nothing but the scale changes.
fn written(amount: &Amount, unit: &Unit, decimals: u32) -> String {
    match (amount.bound, amount.approx) {
        (Bound::Exact, _) | (_, None) => amount.text_in(unit, decimals),
        (_, Some(approx)) => {
            let digits = format_exact(amount.value, unit, 0).len() as u32;
            let roughly = Roughly {
                approx,
                keep: digits.max(1),
                scale: unit.scale,
                position: Position::Usage,
                forced: false,
            };
            roughly.say(amount).unwrap_or_else(|| amount.text_in(unit, decimals))
        }
    }
}

/// The amount in the unit asked for. Its own precision is that of its own unit where only the scale is another.
fn in_unit(figure: &Figure, target: &Unit) -> Result<Amount, Trouble> {
    figure.amount.to(target).map_err(|m| mismatch(&figure.text, &m))
}

/// The number alone: where the head of a table says 万元, 万 does not stay behind either.
pub(super) fn strip_unit(words: &str, unit: &Unit) -> String {
    let words = if unit.base.is_empty() { words.to_owned() } else { words.replacen(&unit.base, "", 1) };
    words.replacen(unit.scale.word(), "", 1)
}

fn target_unit(
    amount: &Amount,
    scale: Option<&str>,
    unit: Option<&str>,
    decimals: Option<u32>,
) -> Result<Unit, Trouble> {
    if let Some(unit) = unit.filter(|unit| !unit.is_empty()) {
        let unit = Unit::parse(unit);
        return if are_kin(&unit.base, &amount.unit.base) {
            Ok(unit)
        } else {
            Err(other_unit(amount, &unit))
        };
    }
    Ok(amount.unit.with_scale(scale_named(amount, scale, decimals)?))
}

fn other_unit(amount: &Amount, unit: &Unit) -> Trouble {
    Trouble::wrong(
        "wrong-unit",
        format!("这个数的单位是“{}”，不能改成“{unit}”", amount.unit),
        "单位只能在同一类里换（元、万元、亿元，公顷、亩）；不要单位时写 单位=\"\"",
    )
}

fn scale_named(amount: &Amount, name: Option<&str>, decimals: Option<u32>) -> Result<Scale, Trouble> {
    match name {
        None => Ok(amount.unit.scale),
        Some("自动") => Ok(natural_scale(amount.value, decimals)),
        Some(name) => {
            let word = if name == "个" { "" } else { name };
            Scale::NATURAL.into_iter().find(|scale| scale.word() == word).ok_or_else(|| {
                Trouble::wrong(
                    "wrong-choice",
                    format!("“量级”不能是“{name}”"),
                    "可以写：个、万、亿、万亿、自动",
                )
            })
        }
    }
}

fn styled(call: &Call<'_, '_>, figure: &Arc<Figure>, style: &str) -> Outcome {
    let amount = &figure.amount;
    if style == "大写" {
        return Ok(call.mark(&numeral::financial(money(figure)?), figure));
    }
    let unit = match call.words("单位")? {
        None => amount.unit.base.clone(),
        Some(unit) if unit.is_empty() || unit == amount.unit.base => unit,
        Some(unit) => return Err(other_unit(amount, &Unit::parse(&unit))),
    };
    let whole = whole(amount).ok_or_else(|| {
        Trouble::wrong(
            "not-whole",
            format!("“{}”不是整数，不能写成汉字", figure.text),
            "汉字样式只用于不带小数的准确数",
        )
    })?;
    let words = match style {
        "汉字" => numeral::with_measure(whole, &unit),
        "序数" => format!("{}{unit}", numeral::count(whole)),
        _ => format!("{}{unit}", numeral::digits(&whole.to_string())),
    };
    Ok(call.mark(&words, figure))
}

/// A sum of money in 元 that may be written in capitals: they stand on vouchers, so it is exact to the last 分.
fn money(figure: &Figure) -> Result<Decimal, Trouble> {
    const DECIMALS: u32 = 2;
    let yuan = figure.amount.value_in(&Unit::parse("元")).ok();
    let exact = figure.amount.is_exact() && !figure.amount.is_rounded();
    let whole_fen = |yuan: &Decimal| yuan.normalize().scale() <= DECIMALS && *yuan >= Decimal::ZERO;
    yuan.filter(|yuan| exact && whole_fen(yuan)).ok_or_else(|| {
        Trouble::wrong(
            "not-money",
            format!("“{}”不是准确的金额，不能用大写", figure.text),
            "大写只用于准确到分的金额（元、万元）；约数、除不尽的数和别的单位请直接写数字",
        )
    })
}

fn whole(amount: &Amount) -> Option<u64> {
    if amount.is_exact() && amount.value.fract().is_zero() { amount.value.to_u64() } else { None }
}

/// `{{约数 X 词= 保留= 量级= 位置= 必带=}}`
pub(super) fn approximate(call: &Call<'_, '_>) -> Outcome {
    let figure = call.figure(0)?;
    let word =
        call.choice("词", &["多", "余", "近", "约", "左右", "以上", "超", "超过", "逾"])?.unwrap_or("多");
    let approx = Approx::named(word).unwrap_or(Approx::Duo);
    let roughly = Roughly {
        approx,
        keep: call.count("保留", 12)?.unwrap_or(1).max(1),
        scale: scale_named(&figure.amount, call.words("量级")?.as_deref(), None)?,
        position: match call.choice("位置", &["前", "后"])? {
            Some("前") => Position::Before,
            Some(_) => Position::Behind,
            None => Position::Usage,
        },
        forced: call.flag("必带")?,
    };
    let words = roughly.say(&figure.amount).ok_or_else(|| {
        Trouble::wrong(
            "claims-too-much",
            format!("事实是“{}”，不能说成“{word}”", figure.text),
            "请换一个不超出事实的词：下限数用 多、余、以上，大约数用 约、左右",
        )
    })?;
    if roughly.kept(&figure.amount) > roughly.keep {
        let message = format!("{}离整数还远，不能说“近”，已多保留几位，写成{words}", figure.text);
        let hint = "相差不到一成才说“近”；可改用 词=\"超\" 或 词=\"多\"";
        call.session.warn(call.site, "not-near", message, hint);
    }
    let derivation = format!("{}，约数", figure.derivation);
    Ok(call.mark_as(&words, &figure, &derivation, words.contains(word).then_some(approx)))
}

/// `{{突破 X "1亿元"}}`: the threshold, provided that X is above it.
pub(super) fn above(call: &Call<'_, '_>) -> Outcome {
    let figure = call.figure(0)?;
    let threshold = crate::template::call::words(&call.said(1)?);
    let limit = Quantity::parse(&threshold).map(|quantity| quantity.amount).map_err(|_| {
        Trouble::wrong("wrong-number", format!("“{threshold}”不是一个数"), "请写成 \"1亿元\" 这样的数")
    })?;
    let holds = matches!(figure.amount.bound, Bound::Exact | Bound::Above | Bound::AtLeast)
        && limit.value_in(&figure.amount.unit).is_ok_and(|limit| {
            figure.amount.value > limit || figure.amount.value == limit && figure.amount.bound == Bound::Above
        });
    if !holds {
        return Err(Trouble::wrong(
            "not-above",
            format!("事实是{}，没有突破{threshold}", figure.text),
            "请换一个门槛，或改用 {{数 …}} 直接写数字",
        ));
    }
    Ok(call.mark_as(&threshold, &figure, &format!("{}，突破", figure.derivation), Some(Approx::Tupo)))
}

/// `{{相加 甲 乙 …}}`
pub(super) fn add(call: &Call<'_, '_>) -> Outcome {
    let parts = call.figures()?;
    let figure = sum(&parts, "相加".into(), Unit::default()).map_err(|m| mismatch("相加", &m))?;
    say(call, &Arc::new(figure))
}

/// `{{相减 甲 乙 …}}`
pub(super) fn subtract(call: &Call<'_, '_>) -> Outcome {
    let parts = call.figures()?;
    let figure = difference(&parts, "相减")?;
    say(call, &figure)
}

/// The first figure less all others.
pub(super) fn difference(parts: &[Arc<Figure>], derivation: &str) -> Result<Arc<Figure>, Trouble> {
    let amount = parts[0].amount.rest(parts[1..].iter().map(|part| &part.amount));
    let amount = amount.map_err(|m| mismatch(derivation, &m))?;
    Ok(Arc::new(Figure::derived(amount, derivation, parts)))
}

/// `{{区间 低 高 连="至"}}`: the unit is said once, equal ends are one number.
pub(super) fn range(call: &Call<'_, '_>) -> Outcome {
    let (low, high) = (call.figure(0)?, call.figure(1)?);
    let most = high.amount.value_in(&low.amount.unit);
    let most = most.map_err(|_| other_unit(&low.amount, &high.amount.unit))?;
    if low.amount.value > most {
        return Err(Trouble::wrong(
            "range-upside-down",
            format!("区间的下限{}大于上限{}", low.text, high.text),
            "请对调两个指标，或核对事实",
        ));
    }
    if low.amount.value == most {
        return Ok(call.mark(&high.text, &high));
    }
    let same = low.amount.unit == high.amount.unit;
    let first = if same { low.text.strip_suffix(&low.amount.unit.to_string()) } else { None };
    let first = first.unwrap_or(&low.text);
    let joint = call.words_or("连", "至")?;
    let words = format!("{first}{joint}{}", high.text);
    let said = format!("{first}–{}", high.text);
    let facts = Cited::all([&low.facts, &high.facts]);
    Ok(call.mark_said(&words, &said, facts, "区间"))
}

/// `{{排名 X}}`: 首位, or 第9位.
pub(super) fn rank(call: &Call<'_, '_>) -> Outcome {
    let figure = call.figure(0)?;
    let rank = whole(&figure.amount).filter(|rank| *rank > 0).ok_or_else(|| {
        Trouble::wrong("not-a-rank", format!("“{}”不是名次", figure.text), "名次请写成正整数，例如 9")
    })?;
    let unit = call.words_or("式", "位")?;
    let words = if rank == 1 { call.words_or("首", "首位")? } else { format!("第{rank}{unit}") };
    Ok(call.mark(&words, &figure))
}
