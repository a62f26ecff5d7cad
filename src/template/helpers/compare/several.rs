//! `分别{{同比 甲 乙 丙}}`: the verb is said once, so all must go the same way; what is level says so itself.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::pair::{Pair, left_out, mark, no_base, pair, verb};
use super::rate::{derivation, percent, points_words};
use crate::figures::compare::{NoRatio, growth, shown_rate};
use crate::figures::{Figure, Trouble};
use crate::template::call::Call;
use crate::template::helpers::Outcome;
use crate::template::helpers::list::joined;
use crate::zh::number::{Amount, Unit, half_up, plain, points};

/// One of the indicators.
struct One {
    name: String,
    /// The unit of its points, where it is a rate.
    points: Option<&'static str>,
    /// Which way it went; none where it is level, or as good as.
    change: Option<Decimal>,
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
    if form != "率" {
        return Err(Trouble::wrong("wrong-choice", "几个指标一起比较时只能用增长率", "请逐个写，或去掉 式="));
    }
    let mut all = Vec::new();
    for index in 0..call.len() {
        let Some(pair) = pair(call, index)? else { return left_out(call, index) };
        if pair.is_rank() {
            return Err(alone("名次说上升几位，别的量说增长率"));
        }
        match one(call, &pair)? {
            Ok(one) => all.push(one),
            Err(why) => return no_base(call, &pair, why),
        }
    }
    if all.iter().any(|one| one.points != all[0].points) {
        return Err(alone("比率说个百分点，别的量说增长率"));
    }
    let verb = common_verb(call, &all)?;
    let level = all.iter().any(|one| one.change.is_none());
    if level && all.iter().all(|one| one.change.is_none() && one.said == all[0].said) {
        // 持平和持平 is 持平, of all of them.
        let from: Vec<Arc<Figure>> = all.iter().flat_map(|one| one.from.clone()).collect();
        return Ok(call.mark_derived(&all[0].said, Amount::zero(Unit::default()), "与基期相等", &from));
    }
    let said: Vec<String> = all
        .into_iter()
        .map(|one| if level && one.change.is_some() { format!("{verb}{}", one.words) } else { one.words })
        .collect();
    let last = call.words_or("末", "和")?;
    let said = joined(&said, &call.words_or("连", "、")?, Some(&last));
    Ok(if level { said } else { format!("{verb}{said}") })
}

fn one(call: &Call<'_, '_>, pair: &Pair) -> Result<Result<One, NoRatio>, Trouble> {
    let points = points(&pair.new.amount.unit.base);
    let base = (!pair.is_year_on_year()).then(|| pair.base_words());
    let level =
        |words: &str| base.as_ref().map_or_else(|| words.to_owned(), |base| format!("与{base}{words}"));
    let (level, nearly) = (level("持平"), level("基本持平"));
    let one = |change, said: String, amount, derivation: &str| {
        let words = mark(call, &said, amount, derivation, pair);
        let from = [Arc::clone(&pair.new), Arc::clone(&pair.old)];
        Ok(Ok(One { name: pair.name.clone(), points, change, said, words, from, base: base.clone() }))
    };
    if pair.is_level()? {
        return one(None, call.words_or("平", &level)?, Amount::zero(Unit::default()), "与基期相等");
    }
    if let Some(unit) = points {
        let Some(change) = pair.difference()? else { return Ok(Err(NoRatio::Approximate)) };
        let words = points_words(call, &change, unit)?;
        return one(Some(change.value), words, change, &derivation(pair, "增减"));
    }
    let rate = match growth(&pair.old.amount, &pair.new.amount) {
        Ok(rate) => rate,
        Err(why) => return Ok(Err(why)),
    };
    let decimals = call.count("小数", 6)?.unwrap_or(1);
    if half_up(rate, decimals).is_zero() {
        return one(None, call.words_or("近平", &nearly)?, percent(rate), "同比");
    }
    let words = format!("{}%", plain(shown_rate(rate, decimals)));
    one(Some(rate), words, percent(rate), &derivation(pair, "增长率"))
}

/// The verb of all that are not level.
fn common_verb(call: &Call<'_, '_>, all: &[One]) -> Result<String, Trouble> {
    let mut moved = all.iter().filter_map(|one| Some((one.change?, one)));
    let Some((first, one)) = moved.next() else { return Ok(String::new()) };
    let opposite = moved.find(|(change, _)| change.is_sign_positive() != first.is_sign_positive());
    match opposite {
        None => {
            let verb = verb(call, first, if one.points.is_some() { "提高" } else { "增长" }, "下降")?;
            let front = one.base.as_ref().map(|base| format!("比{base}")).unwrap_or_default();
            Ok(format!("{}{verb}", call.words_or("前", &front)?))
        }
        Some((_, other)) => Err(Trouble::wrong(
            "mixed-directions",
            format!("“{}”和“{}”一升一降，不能合成一句“分别增长”", one.name, other.name),
            "请给每个指标单独写一个 {{同比 …}}",
        )),
    }
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
