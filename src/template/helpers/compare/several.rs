//! `分别{{同比 甲 乙 丙}}`: the verb is said once, so all must go the same way; what is level says so itself.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::pair::{Pair, left_out, mark, no_base, pair, verb};
use super::rate::{derivation, percent};
use crate::figures::compare::{NoRatio, growth, shown_rate};
use crate::figures::{Figure, Trouble};
use crate::template::call::Call;
use crate::template::helpers::Outcome;
use crate::template::helpers::gap::{size, without_sign};
use crate::template::helpers::list::joined;
use crate::zh::number::{Amount, RATE_DECIMALS, Unit, half_up, plain, points};

/// One of the indicators.
struct One {
    name: String,
    /// The unit of its points, where it is a rate.
    points: Option<&'static str>,
    /// Which way it went; none where it is level, or as good as.
    change: Option<Decimal>,
    /// The verbs of a rise and of a fall.
    verbs: (&'static str, &'static str),
    /// What is said of it, without the verb.
    said: String,
    /// The same with its mark.
    words: String,
    /// The figures that it compares.
    from: [Arc<Figure>; 2],
    /// The base year, where it is not the year before.
    base: Option<String>,
}

pub(super) fn several(call: &Call<'_, '_>, form: &str) -> Outcome {
    if !matches!(form, "率" | "量" | "自动") {
        let message = format!("几个指标一起比较时不能用 式=\"{form}\"");
        return Err(Trouble::wrong(
            "wrong-choice",
            message,
            "可以用 式=\"率\"、\"量\"、\"自动\"；别的请逐个写",
        ));
    }
    let mut pairs = Vec::new();
    for index in 0..call.len() {
        let Some(pair) = pair(call, index)? else { return left_out(call, index) };
        if pair.is_rank() {
            return Err(alone("名次说上升几位，别的量说增长率"));
        }
        pairs.push(pair);
    }
    let by_size = form == "量" || form == "自动" && pairs.iter().any(Pair::is_small);
    let mut all = Vec::new();
    for pair in &pairs {
        match one(call, pair, by_size)? {
            Ok(one) => all.push(one),
            Err(why) => return no_base(call, pair, why),
        }
    }
    if !by_size && all.iter().any(|one| one.points != all[0].points) {
        return Err(alone("比率说个百分点，别的量说增长率"));
    }
    said_of(call, &all)
}

/// What is said of all of them.
fn said_of(call: &Call<'_, '_>, all: &[One]) -> Outcome {
    let opposite = opposite(all);
    let apart = call.flag("各说")?;
    if let Some((one, other)) = opposite.filter(|_| !apart) {
        return Err(Trouble::wrong(
            "mixed-directions",
            format!("“{}”和“{}”一升一降，不能合成一句“分别增长”", one.name, other.name),
            "请给每个指标单独写一个 {{同比 …}}；要各说各的，写 各说=true，印成“增长5%和下降3%”",
        ));
    }
    let front = all.iter().find_map(|one| Some(format!("比{}", one.base.as_ref()?))).unwrap_or_default();
    let front = call.words_or("前", &front)?;
    let level = all.iter().any(|one| one.change.is_none());
    if level && all.iter().all(|one| one.change.is_none() && one.said == all[0].said) {
        // 持平和持平 is 持平, of all of them.
        let from: Vec<Arc<Figure>> = all.iter().flat_map(|one| one.from.clone()).collect();
        return Ok(call.mark_derived(&all[0].said, Amount::zero(Unit::default()), "与基期相等", &from));
    }
    let mut said = Vec::new();
    for (index, one) in all.iter().enumerate() {
        let front = if level || index == 0 { front.as_str() } else { "" };
        let verb_stands = level || opposite.is_some() || index == 0;
        said.push(match one.change.filter(|_| verb_stands) {
            Some(change) => format!("{front}{}{}", verb(call, change, one.verbs.0, one.verbs.1)?, one.words),
            None => one.words.clone(),
        });
    }
    Ok(joined(&said, &call.words_or("连", "、")?, Some(&call.words_or("末", "和")?)))
}

/// Two that went opposite ways, where there are any.
fn opposite(all: &[One]) -> Option<(&One, &One)> {
    let mut moved = all.iter().filter_map(|one| Some((one.change?, one)));
    let (first, one) = moved.next()?;
    let other = moved.find(|(change, _)| change.is_sign_positive() != first.is_sign_positive());
    other.map(|(_, other)| (one, other))
}

fn one(call: &Call<'_, '_>, pair: &Pair, by_size: bool) -> Result<Result<One, NoRatio>, Trouble> {
    let points = points(&pair.new.amount.unit.base);
    let base = (!pair.is_year_on_year()).then(|| pair.base_words());
    let level =
        |words: &str| base.as_ref().map_or_else(|| words.to_owned(), |base| format!("与{base}{words}"));
    let (level, nearly) = (level("持平"), level("基本持平"));
    let one = |change, said: String, amount, derivation: &str| {
        let words = mark(call, &said, amount, derivation, pair);
        let from = [Arc::clone(&pair.new), Arc::clone(&pair.old)];
        let verbs = match (by_size, points) {
            (true, _) => ("增加", "减少"),
            (false, Some(_)) => ("提高", "下降"),
            (false, None) => ("增长", "下降"),
        };
        Ok(Ok(One { name: pair.name.clone(), points, change, verbs, said, words, from, base: base.clone() }))
    };
    if let Some(given) = pair.growth.as_ref().filter(|_| !by_size && points.is_none()) {
        let rate = given.amount.value;
        return match rate.is_zero() {
            true => one(None, call.words_or("平", &level)?, percent(rate), "公布的增速"),
            false => one(Some(rate), without_sign(given), given.amount.clone(), "公布的增速"),
        };
    }
    if pair.is_level()? {
        return one(None, call.words_or("平", &level)?, Amount::zero(Unit::default()), "与基期相等");
    }
    if by_size || points.is_some() {
        let Some(change) = pair.difference()? else { return Ok(Err(NoRatio::Approximate)) };
        let words = size(call, &change)?;
        return one(Some(change.value), words, change, &derivation(pair, "增减"));
    }
    let rate = match growth(&pair.old.amount, &pair.new.amount) {
        Ok(rate) => rate,
        Err(why) => return Ok(Err(why)),
    };
    let decimals = call.count("小数", 6)?.unwrap_or(RATE_DECIMALS);
    if half_up(rate, decimals).is_zero() {
        return one(None, call.words_or("近平", &nearly)?, percent(rate), "同比");
    }
    let words = format!("{}%", plain(shown_rate(rate, decimals)));
    one(Some(rate), words, percent(rate), &derivation(pair, "增长率"))
}

fn alone(why: &str) -> Trouble {
    let message = format!("{why}，不能合成一句“分别增长”");
    Trouble::wrong("wrong-choice", message, "请给每个指标单独写一个 {{同比 …}}")
}

#[cfg(test)]
mod tests {
    use crate::diag::Source;
    use crate::facts;
    use crate::figures::compute;
    use crate::marked::{Piece, pieces};
    use crate::period::Period;
    use crate::template::{Templates, render};

    #[test]
    fn what_is_said_once_of_several_comes_from_all_of_them() {
        let year = |year: Period| {
            let text = format!("年度: {}\n受理: 91件\n办结: 80件\n", year.stem());
            (year, std::sync::Arc::new(Source::new(facts::file(year), text)))
        };
        let periods = [2010, 2011].map(Period::year);
        let facts = facts::parse(None, periods.map(year).to_vec()).unwrap();
        let templates = vec![("报".to_owned(), "都{{同比 受理 办结}}。".to_owned())];
        let templates = Templates::from_sources(templates).unwrap();
        let marked = render(&templates, "报", &compute(facts).unwrap().of(periods[1]), false).unwrap();
        let [_, Piece::Figure(id, "持平"), _] = pieces(&marked.text)[..] else {
            panic!("{:?}", marked.text)
        };
        let from = marked.trails[id].facts.iter().map(|from| format!("{}{}", from.year, from.path));
        assert_eq!(from.collect::<Vec<_>>(), ["2011年受理", "2010年受理", "2011年办结", "2010年办结"]);
    }
}
