//! 同比: this year against an earlier one, as a rate, an amount, from–to or a multiple.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Outcome;
use super::figure::short;
use super::list::joined;
use crate::figures::compare::{NoRatio, growth, ratio, yearly_growth};
use crate::figures::formula::no_ratio;
use crate::figures::{Figure, Trouble, mismatch};
use crate::period::Period;
use crate::template::call::Call;
use crate::zh::number::{Amount, Unit, half_up, numeral, points};

const FORMS: [&str; 7] = ["率", "量", "由到", "倍", "增倍", "翻番", "年均"];
/// Decimals of a rate or a multiple unless the template asks for others.
const TIMES: u32 = 1;

/// A pair of figures of one indicator.
struct Pair {
    path: String,
    old: Arc<Figure>,
    new: Arc<Figure>,
    base_year: Period,
    years: u32,
}

/// `{{同比 X …}}`
pub(super) fn compare(call: &Call<'_, '_>) -> Outcome {
    let form = call.choice("式", &FORMS)?.unwrap_or("率");
    if call.session.window().is_some() {
        return Err(Trouble::wrong(
            "compare-in-window",
            "时段块里不能用“同比”",
            "请把“同比”移到 {{#近 …}} 块的外面，它比较的是本年与上年",
        ));
    }
    if call.len() > 1 {
        return several(call, form);
    }
    let Some(pair) = pair(call, 0)? else { return Ok(left_out(call, 0)) };
    match form {
        "量" => by_amount(call, &pair),
        "由到" => from_to(call, &pair),
        "倍" => times(call, &pair),
        "增倍" => more_times(call, &pair),
        "翻番" => doubled(call, &pair),
        "年均" => yearly(call, &pair),
        _ => by_rate(call, &pair),
    }
}

/// Both years, or `None` where the base year has no fact.
fn pair(call: &Call<'_, '_>, index: usize) -> Result<Option<Pair>, Trouble> {
    let path = call.path(index)?;
    let figures = call.session.figures;
    let year = call.session.year();
    let base_year = call.number("年")?.map_or(year.before(), |year| Period::year(year as i32));
    let new = figures.figure(path, year)?;
    let years = u32::try_from(year.since(base_year)).unwrap_or(0);
    match figures.figure(path, base_year) {
        Ok(old) => Ok(Some(Pair { path: path.to_owned(), old, new, base_year, years })),
        Err(trouble) if trouble.missing.is_empty() => Err(trouble),
        Err(_) => Ok(None),
    }
}

fn left_out(call: &Call<'_, '_>, index: usize) -> String {
    let name = call.path(index).unwrap_or_default();
    let message = format!("“{name}”没有可比的上一年数字，这句比较没有写出");
    call.vanish(message, "请在上一年的事实文件里补上这个指标，或从模板里删去这句比较")
}

fn no_base(call: &Call<'_, '_>, pair: &Pair, why: NoRatio) -> Outcome {
    let reason = match why {
        NoRatio::ZeroBase => format!("{}是0", pair.base_year),
        NoRatio::NegativeBase => format!("{}是负数", pair.base_year),
        NoRatio::Approximate => "其中有约数".to_owned(),
        NoRatio::Units | NoRatio::Overflow => return Err(no_ratio(&pair.path, &pair.path, why)),
    };
    let message = format!("“{}”算不出增长率：{reason}，这句比较没有写出", pair.path);
    Ok(call.vanish(message, "可改写成增减多少，即 式=\"量\""))
}

/// 个百分点 and 千分点 for percents and per milles, 增长 for all else.
fn by_rate(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    if matches!(pair.new.amount.unit.base.as_str(), "%" | "‰") {
        return by_points(call, pair);
    }
    if pair.old.amount.value == pair.new.amount.value
        && pair.old.amount.is_exact()
        && pair.new.amount.is_exact()
    {
        return equal(call, pair);
    }
    let rate = match growth(&pair.old.amount, &pair.new.amount) {
        Ok(rate) => rate,
        Err(why) => return no_base(call, pair, why),
    };
    let decimals = call.count("小数", 6)?.unwrap_or(1);
    if half_up(rate, decimals).is_zero() {
        let words = call.words_or("近平", "与上年基本持平")?;
        return Ok(mark(call, &words, percent(rate), "同比", &[pair]));
    }
    let front = call.words_or("前", "同比")?;
    let verb = verb(call, rate, "增长", "下降")?;
    let number =
        mark(call, &format!("{}%", short(rate.abs(), decimals)), percent(rate), "同比增长率", &[pair]);
    Ok(format!("{front}{verb}{number}"))
}

fn by_points(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let points = match difference(pair)? {
        None => return no_base(call, pair, NoRatio::Approximate),
        Some(change) if change.value.is_zero() => return equal(call, pair),
        Some(change) => change.value,
    };
    let unit = if pair.new.amount.unit.base == "%" { "个百分点" } else { "个千分点" };
    let front = call.words_or("前", "同比")?;
    let verb = verb(call, points, "提高", "下降")?;
    let decimals = call.count("小数", 6)?.unwrap_or(points.scale());
    let words = format!("{}{unit}", short(points.abs(), decimals));
    let number = mark(call, &words, Amount::exact(points, Unit::parse(unit)), "同比增减", &[pair]);
    Ok(format!("{front}{verb}{number}"))
}

fn by_amount(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let Some(change) = difference(pair)? else { return no_base(call, pair, NoRatio::Approximate) };
    if change.value.is_zero() {
        return equal(call, pair);
    }
    let verb = verb(call, change.value, "增加", "减少")?;
    let size = Amount { value: change.value.abs(), ..change.clone() };
    let number = mark(call, &size.text(), change, "与基期相差", &[pair]);
    Ok(format!("{}{verb}{number}", call.words_or("前", "")?))
}

fn from_to(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let Some(change) = difference(pair)? else { return no_base(call, pair, NoRatio::Approximate) };
    if change.value.is_zero() {
        return equal(call, pair);
    }
    let level = matches!(pair.new.amount.unit.base.as_str(), "%" | "‰");
    let verb = verb(call, change.value, if level { "提高到" } else { "增加到" }, "下降到")?;
    let base = call.words_or("基期", &format!("{}的", pair.base_year))?;
    let (old, new) = (call.mark(&pair.old.text, &pair.old), call.mark(&pair.new.text, &pair.new));
    Ok(format!("{}由{base}{old}{verb}{new}", call.words_or("前", "")?))
}

fn times(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let times = match ratio(&pair.new.amount, &pair.old.amount) {
        Ok(times) => times,
        Err(why) => return no_base(call, pair, why),
    };
    let words = format!("{}倍", short(times, call.count("小数", 6)?.unwrap_or(1)));
    let number = mark(call, &words, Amount::quotient(times, Unit::parse("倍"), TIMES), "倍数", &[pair]);
    let base = call.words_or("基期", &pair.base_year.words())?;
    Ok(format!("{}是{base}的{number}", call.words_or("前", "")?))
}

fn more_times(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let more = match ratio(&pair.new.amount, &pair.old.amount) {
        Ok(times) => times - Decimal::ONE,
        Err(why) => return no_base(call, pair, why),
    };
    if more <= Decimal::ZERO {
        return Err(not_grown(pair, "增长了几倍"));
    }
    let words = format!("{}倍", short(more, call.count("小数", 6)?.unwrap_or(1)));
    let number = mark(call, &words, Amount::quotient(more, Unit::parse("倍"), TIMES), "增长倍数", &[pair]);
    Ok(format!("{}增长{number}", versus(call, pair)?))
}

/// 翻一番 is twice, 翻两番 four times: said only where that much is reached.
fn doubled(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let times = match ratio(&pair.new.amount, &pair.old.amount) {
        Ok(times) => times,
        Err(why) => return no_base(call, pair, why),
    };
    let doublings = (1..=20u64).take_while(|n| times >= Decimal::from(1u64 << n)).count() as u64;
    if doublings == 0 {
        return Err(not_grown(pair, "翻番"));
    }
    let words = format!("翻{}番", numeral::count_before_measure(doublings));
    let number = mark(call, &words, Amount::quotient(times, Unit::parse("倍"), TIMES), "翻番", &[pair]);
    Ok(format!("{}{number}", versus(call, pair)?))
}

fn not_grown(pair: &Pair, claim: &str) -> Trouble {
    Trouble::wrong(
        "claims-too-much",
        format!("“{}”由{}到{}，说不上{claim}", pair.path, pair.old.text, pair.new.text),
        "请改用 式=\"率\" 或 式=\"量\"",
    )
}

fn yearly(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let rate = match yearly_growth(&pair.old.amount, &pair.new.amount, pair.years) {
        Ok(rate) => rate,
        Err(why) => return no_base(call, pair, why),
    };
    let verb = verb(call, rate, "增长", "下降")?;
    let words = format!("{}%", short(rate.abs(), call.count("小数", 6)?.unwrap_or(1)));
    let number = mark(call, &words, percent(rate), "年均增长率", &[pair]);
    Ok(format!("{}{verb}{number}", call.words_or("前", "年均")?))
}

/// `分别{{同比 甲 乙 丙}}`: the verb is said once, so all must go the same way.
fn several(call: &Call<'_, '_>, form: &str) -> Outcome {
    if form != "率" {
        return Err(Trouble::wrong("wrong-choice", "几个指标一起比较时只能用增长率", "请逐个写，或去掉 式="));
    }
    let decimals = call.count("小数", 6)?;
    let (mut said, mut rates, mut units) = (Vec::new(), Vec::new(), Vec::new());
    for index in 0..call.len() {
        let Some(pair) = pair(call, index)? else { return Ok(left_out(call, index)) };
        let unit = points(&pair.new.amount.unit.base);
        let grown = match unit {
            Some(_) => difference(&pair)?.map(|change| (change.value, change)).ok_or(NoRatio::Approximate),
            None => growth(&pair.old.amount, &pair.new.amount).map(|rate| (rate, percent(rate))),
        };
        let (rate, amount) = match grown {
            Ok(grown) => grown,
            Err(why) => return no_base(call, &pair, why),
        };
        let digits = decimals.unwrap_or(if unit.is_some() { rate.scale() } else { 1 });
        let words = format!("{}{}", short(rate.abs(), digits), unit.unwrap_or("%"));
        let derivation = if unit.is_some() { "同比增减" } else { "同比增长率" };
        said.push(mark(call, &words, amount, derivation, &[&pair]));
        rates.push((rate, pair.path));
        units.push(unit);
    }
    if units.iter().any(|unit| *unit != units[0]) {
        let message = "比率说个百分点，别的量说增长率，不能合成一句“分别增长”";
        return Err(Trouble::wrong("wrong-choice", message, "请给每个指标单独写一个 {{同比 …}}"));
    }
    one_direction(&rates)?;
    let up = if units[0].is_some() { "提高" } else { "增长" };
    let verb = verb(call, rates[0].0, up, "下降")?;
    let last = call.words_or("末", "和")?;
    Ok(format!("{verb}{}", joined(&said, &call.words_or("连", "、")?, Some(&last))))
}

fn one_direction(rates: &[(Decimal, String)]) -> Result<(), Trouble> {
    let up = |rate: &Decimal| *rate > Decimal::ZERO;
    let first = &rates[0];
    match rates.iter().find(|(rate, _)| up(rate) != up(&first.0) || rate.is_zero()) {
        None => Ok(()),
        Some((_, path)) => Err(Trouble::wrong(
            "mixed-directions",
            format!("“{}”和“{path}”一升一降，不能合成一句“分别增长”", first.1),
            "请给每个指标单独写一个 {{同比 …}}",
        )),
    }
}

fn versus(call: &Call<'_, '_>, pair: &Pair) -> Result<String, Trouble> {
    let base = call.words_or("基期", &pair.base_year.words())?;
    call.words_or("前", &format!("比{base}"))
}

fn equal(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let words = call.words_or("平", "与上年持平")?;
    Ok(mark(call, &words, Amount::zero(Unit::default()), "与基期相等", &[pair]))
}

/// New less old, or `None` where one of them is approximate.
fn difference(pair: &Pair) -> Result<Option<Amount>, Trouble> {
    if !pair.old.amount.is_exact() || !pair.new.amount.is_exact() {
        return Ok(None);
    }
    pair.new.amount.minus(&pair.old.amount).map(Some).map_err(|m| mismatch(&pair.path, &m))
}

fn verb(call: &Call<'_, '_>, change: Decimal, up: &str, down: &str) -> Result<String, Trouble> {
    if change > Decimal::ZERO { call.words_or("增", up) } else { call.words_or("减", down) }
}

fn percent(rate: Decimal) -> Amount {
    Amount::quotient(rate, Unit::parse("%"), TIMES)
}

fn mark(call: &Call<'_, '_>, words: &str, amount: Amount, derivation: &str, pairs: &[&Pair]) -> String {
    let from: Vec<_> = pairs.iter().flat_map(|pair| [Arc::clone(&pair.new), Arc::clone(&pair.old)]).collect();
    call.mark_derived(words, amount, derivation, &from)
}
