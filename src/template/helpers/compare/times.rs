//! 是2019年的2.5倍, 增长1.5倍, 翻一番, 年均增长8.9%.

use rust_decimal::Decimal;

use super::pair::{Pair, equal, mark, no_base, verb, versus};
use super::rate::percent;
use crate::figures::Trouble;
use crate::figures::compare::{NoRatio, multiple, shown_rate, yearly_growth};
use crate::template::call::Call;
use crate::template::helpers::Outcome;
use crate::zh::number::{Amount, Unit, numeral, plain, told};

/// Decimals of a multiple unless the template asks for others.
const TIMES: u32 = 1;

pub(super) fn times(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let times = match multiple(&pair.old.amount, &pair.new.amount) {
        Ok(times) => times,
        Err(why) => return no_base(call, pair, why),
    };
    let number = marked(call, pair, times, "倍数")?;
    let base = call.words_or("基期", &pair.base.words())?;
    Ok(format!("{}是{base}的{number}", call.words_or("前", "")?))
}

pub(super) fn more_times(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    const CLAIM: &str = "增长了几倍";
    let more = match multiple(&pair.old.amount, &pair.new.amount) {
        Ok(times) => times - Decimal::ONE,
        Err(why) => return unfounded(call, pair, why, CLAIM),
    };
    if more <= Decimal::ZERO {
        return Err(not_grown(pair, CLAIM));
    }
    let number = marked(call, pair, more, "增长倍数")?;
    Ok(format!("{}增长{number}", versus(call, pair)?))
}

fn marked(call: &Call<'_, '_>, pair: &Pair, times: Decimal, derivation: &str) -> Outcome {
    let words = format!("{}倍", plain(told(times, call.count("小数", 6)?.unwrap_or(TIMES))));
    Ok(mark(call, &words, multiplied(times), derivation, pair))
}

fn multiplied(times: Decimal) -> Amount {
    Amount::quotient(times, Unit::parse("倍"), TIMES)
}

/// 翻一番 is twice, 翻两番 four times: said only where that much is reached.
pub(super) fn doubled(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    const CLAIM: &str = "翻番";
    let times = match multiple(&pair.old.amount, &pair.new.amount) {
        Ok(times) => times,
        Err(why) => return unfounded(call, pair, why, CLAIM),
    };
    let powers = std::iter::successors(Some(Decimal::TWO), |power| power.checked_mul(Decimal::TWO));
    let doublings = powers.take_while(|power| times >= *power).count() as u64;
    if doublings == 0 {
        return Err(not_grown(pair, CLAIM));
    }
    let words = format!("翻{}番", numeral::count_before_measure(doublings));
    let number = mark(call, &words, multiplied(times), CLAIM, pair);
    Ok(format!("{}{number}", versus(call, pair)?))
}

/// A claim of growth on a base that bears none stops; of what is only roughly known it is left out.
fn unfounded(call: &Call<'_, '_>, pair: &Pair, why: NoRatio, claim: &str) -> Outcome {
    match why {
        NoRatio::ZeroBase | NoRatio::NegativeBase | NoRatio::Turned => Err(not_grown(pair, claim)),
        why => no_base(call, pair, why),
    }
}

fn not_grown(pair: &Pair, claim: &str) -> Trouble {
    Trouble::wrong(
        "claims-too-much",
        format!("“{}”由{}到{}，说不上{claim}", pair.name, pair.old.text, pair.new.text),
        "请改用 式=\"量\" 或 式=\"由到\"",
    )
}

pub(super) fn yearly(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    if pair.is_level()? {
        return equal(call, pair);
    }
    let rate = match yearly_growth(&pair.old.amount, &pair.new.amount, pair.years()) {
        Ok(rate) => rate,
        Err(why) => return no_base(call, pair, why),
    };
    let verb = verb(call, rate, "增长", "下降")?;
    let words = format!("{}%", plain(shown_rate(rate, call.count("小数", 6)?.unwrap_or(TIMES))));
    let number = mark(call, &words, percent(rate), "年均增长率", pair);
    Ok(format!("{}{verb}{number}", call.words_or("前", "年均")?))
}
