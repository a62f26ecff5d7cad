//! 同比增长12.5%, 提高3.5个百分点, 增加5件, 由…到…, 上升2位.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::pair::{Pair, equal, front, mark, no_base, verb};
use crate::figures::compare::{NoRatio, growth, shown_rate};
use crate::figures::{Figure, Trouble};
use crate::template::call::Call;
use crate::template::helpers::Outcome;
use crate::template::helpers::gap::size;
use crate::zh::number::{Amount, RATE_DECIMALS, Unit, half_up, plain, points};

/// What the name of an indicator ends in that says 盈利 above zero and 亏损 below.
const PROFITS: [&str; 7] = ["利润", "利润总额", "净利", "盈利", "盈余", "盈亏", "损益"];

/// 个百分点 and 个千分点 for percents and per milles, 增长 for all else.
pub(super) fn by_rate(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    if points(&pair.new.amount.unit.base).is_some() {
        return by_size(call, pair, &front(call, pair)?, ("提高", "下降"));
    }
    if pair.is_level()? {
        return equal(call, pair);
    }
    let rate = match growth(&pair.old.amount, &pair.new.amount) {
        Ok(rate) => rate,
        Err(NoRatio::Turned) => return turned(call, pair),
        Err(why) => return no_base(call, pair, why),
    };
    let decimals = call.count("小数", 6)?.unwrap_or(RATE_DECIMALS);
    if half_up(rate, decimals).is_zero() {
        let words = call.words_or("近平", &format!("与{}基本持平", pair.base_words()))?;
        return Ok(mark(call, &words, percent(rate), "同比", pair));
    }
    let words = format!("{}%", plain(shown_rate(rate, decimals)));
    let number = mark(call, &words, percent(rate), &derivation(pair, "增长率"), pair);
    Ok(format!("{}{}{number}", front(call, pair)?, verb(call, rate, "增长", "下降")?))
}

/// 同比增长率, or 比2019年增长率: how a comparison is called in the trail.
pub(super) fn derivation(pair: &Pair, what: &str) -> String {
    if pair.is_year_on_year() { format!("同比{what}") } else { format!("比{}{what}", pair.base) }
}

/// A rate of growth, exact to the end.
pub(super) fn percent(rate: Decimal) -> Amount {
    Amount::quotient(rate, Unit::parse("%"), RATE_DECIMALS)
}

/// A positive figure that has become a negative one has no rate: both are said.
fn turned(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let base = call.words_or("基期", &pair.base_words())?;
    let loss = Amount { value: pair.new.amount.value.abs(), ..pair.new.amount.clone() };
    let old = call.mark(&pair.old.text, &pair.old);
    let message =
        format!("“{}”由{}变成{}，没有增长率，已写成由多少转为多少", pair.name, pair.old.text, pair.new.text);
    call.session.warn(call.site, "turned-negative", message, "请核对这句话；也可以改用 式=\"由到\"");
    if PROFITS.iter().any(|profit| pair.name.ends_with(profit)) {
        let loss = mark(call, &loss.text(), pair.new.amount.clone(), "亏损额", pair);
        return Ok(format!("由{base}盈利{old}转为亏损{loss}"));
    }
    Ok(format!("由{base}的{old}转为{}", call.mark(&pair.new.text, &pair.new)))
}

/// The front, the verb and by how much.
fn by_size(call: &Call<'_, '_>, pair: &Pair, front: &str, (up, down): (&str, &str)) -> Outcome {
    let change = match pair.difference()? {
        None => return no_base(call, pair, NoRatio::Approximate),
        Some(change) if change.value.is_zero() => return equal(call, pair),
        Some(change) => change,
    };
    let (words, verb) = (size(call, &change)?, verb(call, change.value, up, down)?);
    let derived = match points(&pair.new.amount.unit.base) {
        Some(_) => derivation(pair, "增减"),
        None => "与基期相差".to_owned(),
    };
    let number = mark(call, &words, change, &derived, pair);
    Ok(format!("{front}{verb}{number}"))
}

/// 增加5件. The year before is named by whoever writes the template, any other year here.
pub(super) fn by_amount(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let usual = if pair.is_year_on_year() { String::new() } else { format!("比{}", pair.base_words()) };
    by_size(call, pair, &call.words_or("前", &usual)?, ("增加", "减少"))
}

/// 同比减少1起 of few, 同比下降12.5% of many.
pub(super) fn as_fits(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    match pair.is_small() {
        true => by_size(call, pair, &front(call, pair)?, ("增加", "减少")),
        false => by_rate(call, pair),
    }
}

/// 由2019年的82.4%提高到91.3%.
pub(super) fn from_to(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let Some(change) = pair.difference()? else { return no_base(call, pair, NoRatio::Approximate) };
    if change.value.is_zero() {
        return equal(call, pair);
    }
    let (rank, level) = (pair.is_rank(), points(&pair.new.amount.unit.base).is_some());
    let up = if rank {
        "上升到"
    } else if level {
        "提高到"
    } else {
        "增加到"
    };
    let rise = if rank { -change.value } else { change.value };
    let verb = verb(call, rise, up, "下降到")?;
    let base = call.words_or("基期", &format!("{}的", pair.base))?;
    let said = |figure: &Arc<Figure>| {
        let place = if rank { format!("第{}", in_places(&figure.amount)) } else { figure.text.clone() };
        call.mark(&place, figure)
    };
    let (old, new) = (said(&pair.old), said(&pair.new));
    Ok(format!("{}由{base}{old}{verb}{new}", call.words_or("前", "")?))
}

/// 比上年上升2位: less is better.
pub(super) fn by_rank(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let change = match pair.difference()? {
        None => return no_base(call, pair, NoRatio::Approximate),
        Some(change) if change.value.is_zero() => return equal(call, pair),
        Some(change) => change,
    };
    let front = call.words_or("前", &format!("比{}", pair.base_words()))?;
    let verb = verb(call, -change.value, "上升", "下降")?;
    let size = Amount { value: change.value.abs(), ..change.clone() };
    Ok(format!("{front}{verb}{}", mark(call, &in_places(&size), change, &derivation(pair, "名次"), pair)))
}

/// 前进2位, 后退1位, 保持第2位.
pub(super) fn by_places(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let place = &pair.new.amount;
    if !matches!(place.unit.base.as_str(), "" | "位" | "名") {
        return Err(Trouble::wrong(
            "not-a-rank",
            format!("“{}”的单位是“{}”，不是名次，没有前进、后退", pair.name, place.unit),
            "式=\"进退\" 只用于单位是位、名的名次；别的数请去掉 式=",
        ));
    }
    let change = match pair.difference()? {
        None => return no_base(call, pair, NoRatio::Approximate),
        Some(change) => change,
    };
    if change.value.is_zero() {
        let kept = if place.value == Decimal::ONE {
            "首位".to_owned()
        } else {
            format!("第{}", in_places(place))
        };
        let words = call.words_or("平", &format!("保持{kept}"))?;
        return Ok(mark(call, &words, change, "与基期相等", pair));
    }
    let verb = verb(call, -change.value, "前进", "后退")?;
    let size = Amount { value: change.value.abs(), ..change.clone() };
    let number = mark(call, &in_places(&size), change, &derivation(pair, "名次"), pair);
    Ok(format!("{}{verb}{number}", call.words_or("前", "")?))
}

/// 2位, also where the fact has no unit.
fn in_places(amount: &Amount) -> String {
    if amount.unit.base.is_empty() { format!("{}位", amount.text()) } else { amount.text() }
}
