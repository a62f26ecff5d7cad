//! The two figures that are compared, and how the earlier of their years is called.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::figures::compare::{NoRatio, is_rank};
use crate::figures::formula::no_ratio;
use crate::figures::{Base, Figure, Trouble, mismatch};
use crate::period::Period;
use crate::template::call::Call;
use crate::template::helpers::{Outcome, previous};
use crate::zh::number::{Amount, Unit, is_measured, points};

/// Words that speak of the year before and of no other.
const LAST_YEAR: [&str; 4] = ["同比", "上年", "去年", "上一年"];

/// The helper that compares with the month or quarter before, and what it says.
pub(super) const CHAIN: &str = "环比";

/// A pair of figures of one indicator.
pub(super) struct Pair {
    /// What the indicator, or the cell, is called.
    pub name: String,
    pub old: Arc<Figure>,
    pub new: Arc<Figure>,
    pub base: Period,
    pub year: Period,
    /// Whether the year is the report's, so that the one before it is 上年 to the reader.
    is_of_report: bool,
    /// The growth that the source gives, which goes before what the two make.
    pub growth: Option<Arc<Figure>>,
}

impl Pair {
    /// Whether 同比 may be said: the base is the year before.
    pub fn is_year_on_year(&self) -> bool {
        self.base == self.year.before()
    }

    /// Whether 环比 may be said: the base is the month or quarter right before.
    pub fn is_chain(&self) -> bool {
        self.year.previous() == Some(self.base)
    }

    /// The base in words: 上年, 上年同期, 上期, or 2019年.
    pub fn base_words(&self) -> String {
        match (self.is_year_on_year(), self.is_of_report) {
            (true, true) if self.year.is_year() => "上年".into(),
            (true, true) => "上年同期".into(),
            (false, true) if self.is_chain() => "上期".into(),
            _ => self.base.words(),
        }
    }

    /// The years between the two.
    pub fn years(&self) -> u32 {
        u32::try_from(self.year.since(self.base)).unwrap_or(0)
    }

    /// Whether it counts places from the top, so that less is better: 排名 7位 to 5位.
    pub fn is_rank(&self) -> bool {
        is_rank(&self.name, &self.new.amount.unit.base)
    }

    /// Whether it counts so few that a rate would say more than there is: things that are counted, fewer than ten of
    /// them in the base year.
    pub fn is_small(&self) -> bool {
        let counted = |amount: &Amount| amount.is_exact() && amount.value.fract().is_zero();
        let unit = &self.new.amount.unit.base;
        let things = points(unit).is_none() && !is_measured(unit);
        things
            && counted(&self.old.amount)
            && counted(&self.new.amount)
            && self.old.amount.value < Decimal::TEN
    }

    /// Whether both are exactly known and the same.
    pub fn is_level(&self) -> Result<bool, Trouble> {
        Ok(self.difference()?.is_some_and(|change| change.value.is_zero()))
    }

    /// New less old, or `None` where one of them is approximate.
    pub fn difference(&self) -> Result<Option<Amount>, Trouble> {
        if !self.old.amount.is_exact() || !self.new.amount.is_exact() {
            return Ok(None);
        }
        self.new.amount.minus(&self.old.amount).map(Some).map_err(|m| mismatch(&self.name, &m))
    }
}

/// Both years, or `None` where the base year has no fact.
pub(super) fn pair(call: &Call<'_, '_>, index: usize) -> Result<Option<Pair>, Trouble> {
    if call.site_of(index).is_none() {
        call.figure(index)?;
    }
    let year = call.session.year();
    let base = base(call)?;
    if base >= year {
        return Err(Trouble::wrong(
            "later-base",
            format!("{base}不在{year}之前，不能拿来比较"),
            "“年=”要写以前的年份；不写就是与上年比",
        ));
    }
    let name = call.name_of(index);
    if base != year.before() && call.name != CHAIN {
        names_no_other_year(call, &name, base)?;
    }
    let new = call.figure_in(index, year)?;
    let is_of_report = year == call.session.figures.period();
    match old(call, index, base) {
        Ok(Base::Figure(old)) => {
            let growth = given_growth(call, index)?;
            Ok(Some(Pair { name, old, new, base, year, is_of_report, growth }))
        }
        Ok(Base::Broken(_)) => Ok(None),
        Err(trouble) if trouble.missing.is_empty() => Err(trouble),
        Err(_) => Ok(None),
    }
}

/// The earlier of the two: for the year before what the source gives today (同期), for any other what is on file,
/// provided that both are counted the same way.
fn old(call: &Call<'_, '_>, index: usize, base: Period) -> Result<Base, Trouble> {
    let (figures, year) = (call.session.figures, call.session.year());
    let Some(path) = call.indicator(index) else {
        return call.figure_in(index, base).map(Base::Figure);
    };
    if base == year.before() {
        return figures.base(&path, year);
    }
    match figures.break_since(&path, base, year) {
        Some(why) => Ok(Base::Broken(why)),
        None => figures.figure(&path, base).map(Base::Figure),
    }
}

/// The growth that the source gives, where the call compares with the year before.
pub(super) fn given_growth(call: &Call<'_, '_>, index: usize) -> Result<Option<Arc<Figure>>, Trouble> {
    let year = call.session.year();
    let of_last_year = base(call)? == year.before();
    let path = call.indicator(index).filter(|_| of_last_year);
    Ok(path.and_then(|path| call.session.figures.given_growth(&path, year)))
}

/// The year that the call compares with.
fn base(call: &Call<'_, '_>) -> Result<Period, Trouble> {
    let of = call.session.year();
    if call.name == CHAIN {
        return previous(of);
    }
    let Some(year) = call.number("年")? else { return Ok(of.before()) };
    let year = i32::try_from(year).map(|year| of.in_year(year));
    year.map_err(|_| Trouble::wrong("wrong-number", "“年=”写的不是年份", "请写四位年份，例如 年=2019"))
}

/// 同比 and 上年 in the template's own words say the year before, whatever the base is.
fn names_no_other_year(call: &Call<'_, '_>, name: &str, base: Period) -> Result<(), Trouble> {
    let mut said = vec![("标签前面", led_up(call).to_owned())];
    for (parameter, shown) in
        [("前", "“前=”里"), ("基期", "“基期=”里"), ("平", "“平=”里"), ("近平", "“近平=”里")]
    {
        said.push((shown, call.words(parameter)?.unwrap_or_default()));
    }
    let spoken = |words: &String| LAST_YEAR.iter().find(|word| words.contains(**word));
    match said.iter().find_map(|(place, words)| Some((place, spoken(words)?))) {
        None => Ok(()),
        Some((place, word)) => Err(Trouble::wrong(
            "other-base",
            format!("{place}写了“{word}”，而“{name}”是与{base}比的"),
            format!("请改成“比{base}”，或去掉“年=”，与上年比"),
        )),
    }
}

/// The template's words right before the tag, back to the mark or the tag before them.
fn led_up<'s>(call: &Call<'_, 's>) -> &'s str {
    let place = &call.site.place;
    let before =
        place.source.text.get(..place.span.start).unwrap_or_default().trim_end_matches(['{', ' ', '~']);
    before.rsplit(['，', '。', '；', '、', '：', '}', '\n']).next().unwrap_or_default()
}

/// The clause is left out, as there is nothing to compare with.
pub(super) fn left_out(call: &Call<'_, '_>, index: usize) -> Outcome {
    let name = call.name_of(index);
    let base = base(call)?;
    if let Ok(Base::Broken(why)) = old(call, index, base) {
        let message = format!("“{name}”{why}，和{base}不能比，这句比较没有写出");
        return Ok(call.vanish(message, "知道可比的上年数的，在事实文件里给它写上“同期”"));
    }
    let message = format!("“{name}”没有可比的{base}数字，这句比较没有写出");
    Ok(call.vanish(message, "请在那一年的事实文件里补上这个指标，或从模板里删去这句比较"))
}

/// The same where the base allows no rate.
pub(super) fn no_base(call: &Call<'_, '_>, pair: &Pair, why: NoRatio) -> Outcome {
    let (base, year) = (pair.base, pair.year);
    let reason = match why {
        NoRatio::ZeroBase => format!("{base}是0"),
        NoRatio::NegativeBase => format!("{base}是负数"),
        NoRatio::Turned => format!("{year}是负数"),
        NoRatio::Approximate => "其中有约数".to_owned(),
        NoRatio::Units | NoRatio::Overflow => return Err(no_ratio(&pair.name, &pair.name, why)),
    };
    let message = format!("“{}”算不出增长率：{reason}，这句比较没有写出", pair.name);
    Ok(call.vanish(message, "可改写成增减多少，即 式=\"量\""))
}

/// `比上年`, or what the template wants instead.
pub(super) fn versus(call: &Call<'_, '_>, pair: &Pair) -> Result<String, Trouble> {
    let base = call.words_or("基期", &pair.base.words())?;
    call.words_or("前", &format!("比{base}"))
}

/// 同比 where it is true, else 比2019年.
pub(super) fn front(call: &Call<'_, '_>, pair: &Pair) -> Result<String, Trouble> {
    let usual = match (pair.is_year_on_year(), pair.is_chain()) {
        (true, _) => "同比".to_owned(),
        (_, true) => CHAIN.to_owned(),
        _ => format!("比{}", pair.base_words()),
    };
    call.words_or("前", &usual)
}

/// 与上年持平.
pub(super) fn equal(call: &Call<'_, '_>, pair: &Pair) -> Outcome {
    let words = call.words_or("平", &format!("与{}持平", pair.base_words()))?;
    Ok(mark(call, &words, Amount::zero(Unit::default()), "与基期相等", pair))
}

/// What is said of a change of this direction: 增= or 减= of the call, or else the usual verb.
pub(super) fn verb(call: &Call<'_, '_>, change: Decimal, up: &str, down: &str) -> Result<String, Trouble> {
    if change > Decimal::ZERO { call.words_or("增", up) } else { call.words_or("减", down) }
}

/// Marks words with both figures and the exact amount behind them.
pub(super) fn mark(
    call: &Call<'_, '_>,
    words: &str,
    amount: Amount,
    derivation: &str,
    pair: &Pair,
) -> String {
    call.mark_derived(words, amount, derivation, &[Arc::clone(&pair.new), Arc::clone(&pair.old)])
}
