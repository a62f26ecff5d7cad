//! The time that a report and its facts are about: a calendar year, or a half, a quarter, a month or the first
//! months of one.
//!
//! Nobody else computes with years and months or knows how a fact file is named: [`Period::before`],
//! [`Period::previous`], [`Period::back`] and [`Period::through`] are all the arithmetic there is, [`Period::parse`]
//! and [`Period::stem`] all the naming, [`Period::read`] all that is understood.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The last month of a year.
const DECEMBER: u8 = 12;

/// The time that a report and its facts are about: months of one calendar year. Periods are in the order of their
/// ends; of those that end together, the longer stands first. In JSON a whole year is its number, any other period the
/// name of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    last: u8,
    first: u8,
}

/// Months with a name of their own: the first and the last month, and how the files are called behind the year.
const NAMED: [(u8, u8, &str); 7] = [
    (1, 6, "上半年"),
    (7, DECEMBER, "下半年"),
    (1, 3, "第一季度"),
    (4, 6, "第二季度"),
    (7, 9, "第三季度"),
    (10, DECEMBER, "第四季度"),
    (1, 9, "前三季度"),
];

/// Names that staff write as well.
const ALSO: [(u8, u8, &str); 7] = [
    (1, 3, "一季度"),
    (4, 6, "二季度"),
    (7, 9, "三季度"),
    (10, DECEMBER, "四季度"),
    (1, 6, "前二季度"),
    (1, 6, "前两季度"),
    (1, DECEMBER, "全年"),
];

/// The first and the last month of a part of a year that has a name: `上半年`, `三季度`, `第3季度`, `全年`.
pub fn named_months(name: &str) -> Option<(u8, u8)> {
    let name = name.replace('1', "一").replace('2', "二").replace('3', "三").replace('4', "四");
    let found = NAMED.iter().chain(&ALSO).find(|(.., known)| *known == name);
    found.map(|(first, last, _)| (*first, *last))
}

/// Which periods a report is written of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The same months of every year: 全年, 上半年, 前三季度, 1—10月.
    Months(u8, u8),
    /// 半年: either half.
    Half,
    /// 季度: any quarter.
    Quarter,
    /// 月: any month.
    Month,
    /// 累计: from January on to any month.
    SoFar,
}

impl Span {
    /// The whole year, as most reports are.
    pub const YEAR: Span = Span::Months(1, DECEMBER);

    /// What is said of a report: 上半年, 季度, 1—10月.
    pub fn parse(words: &str) -> Option<Span> {
        match words.trim() {
            "半年" => Some(Span::Half),
            "季度" => Some(Span::Quarter),
            "月" | "月份" | "每月" => Some(Span::Month),
            "累计" => Some(Span::SoFar),
            "年" => Some(Span::YEAR),
            months => {
                // Any year has the same parts.
                let period = Period::read(&format!("2000年{months}"))?;
                Some(Span::Months(period.first, period.last))
            }
        }
    }

    /// Whether a report that is written of these is written of a period.
    pub fn has(self, period: Period) -> bool {
        let length = period.last - period.first + 1;
        match self {
            Span::Months(first, last) => (period.first, period.last) == (first, last),
            Span::Half => length == 6 && matches!(period.first, 1 | 7),
            Span::Quarter => length == 3 && period.first % 3 == 1,
            Span::Month => length == 1,
            Span::SoFar => period.is_cumulative(),
        }
    }
}

impl Period {
    /// A whole calendar year.
    pub const fn year(year: i32) -> Period {
        Period { year, last: DECEMBER, first: 1 }
    }

    /// The months of a year, from 1; nothing where reports have no such period: a month, a quarter, a half, or months
    /// from January on.
    pub fn months(year: i32, first: u8, last: u8) -> Option<Period> {
        let is_one = (1..=DECEMBER).contains(&first) && first <= last && last <= DECEMBER;
        let named = || NAMED.iter().any(|(from, to, _)| (*from, *to) == (first, last));
        (is_one && (first == 1 || first == last || named())).then_some(Period { year, last, first })
    }

    /// The period whose file has this name without its ending: `2011`, `2011上半年`, `2011第三季度`, `2011年1—10月`,
    /// `2011年6月`, nothing else.
    pub fn parse(stem: &str) -> Option<Period> {
        Period::read(stem).filter(|period| period.stem() == stem)
    }

    /// The period that these words can only mean: `2011`, `2011年上半年`, `2011年三季度`, `2011年1-10月`, `2011-06`.
    pub fn read(words: &str) -> Option<Period> {
        let words = words.trim();
        let (digits, rest) = words.split_at_checked(4)?;
        let year = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
        let rest = rest.strip_prefix('年').unwrap_or(rest).trim();
        if rest.is_empty() || rest == "度" {
            return Some(Period::year(year));
        }
        if let Some((first, last)) = named_months(rest) {
            return Period::months(year, first, last);
        }
        let month = |words: &str| words.trim().trim_end_matches('月').parse::<u8>().ok();
        if let Some(words) = rest.strip_prefix('-') {
            return month(words).and_then(|month| Period::months(year, month, month));
        }
        let months = rest.strip_suffix('月')?;
        match months.split_once(['-', '－', '–', '—', '～', '~', '至']) {
            Some((first, last)) => Period::months(year, month(first)?, month(last)?),
            None => month(months).and_then(|month| Period::months(year, month, month)),
        }
    }

    /// The name of its files without their ending: `2011`, `2011上半年`, `2011年1—10月`.
    pub fn stem(self) -> String {
        let months = if self.is_named() { "" } else { "年" };
        format!("{:04}{months}{}", self.year, self.part())
    }

    /// How staff say it: `2011年`, `2011年上半年`, `2011年1—10月`.
    pub fn words(self) -> String {
        self.to_string()
    }

    /// Which part of its year it is: `上半年`, `前三季度`, `1—10月`, `6月`; nothing for a whole year.
    pub fn part(self) -> String {
        match (self.name(), self.first == self.last) {
            (Some(name), _) => name.to_owned(),
            (None, true) => format!("{}月", self.last),
            (None, false) => self.by_months(),
        }
    }

    /// The same, and `全年` for a whole year.
    pub fn part_or_year(self) -> String {
        if self.is_year() { "全年".to_owned() } else { self.part() }
    }

    /// The same by its months: `1—6月`, `6月`, `1—12月`.
    pub fn by_months(self) -> String {
        match self.first == self.last {
            true => format!("{}月", self.last),
            // The dash of one character between numbers of months, GB/T 15835—2011 5.1.4.
            false => format!("{}—{}月", self.first, self.last),
        }
    }

    /// The month with which it begins, from 1.
    pub const fn start(self) -> u8 {
        self.first
    }

    /// The month in which it ends, from 1.
    pub const fn end(self) -> u8 {
        self.last
    }

    fn is_named(self) -> bool {
        self.name().is_some()
    }

    /// Its own name; an empty one for the whole year.
    fn name(self) -> Option<&'static str> {
        if self.is_year() {
            return Some("");
        }
        NAMED.iter().find(|(from, to, _)| (*from, *to) == (self.first, self.last)).map(|(.., name)| *name)
    }

    /// Whether it is a whole calendar year.
    pub const fn is_year(self) -> bool {
        self.first == 1 && self.last == DECEMBER
    }

    /// Whether it begins with the year, as what is summed up from January on does.
    pub const fn is_cumulative(self) -> bool {
        self.first == 1
    }

    /// Whether both are the same part of their years.
    pub const fn is_like(self, other: Period) -> bool {
        self.first == other.first && self.last == other.last
    }

    /// Whether another one, or the same, lies in it.
    pub const fn contains(self, other: Period) -> bool {
        self.year == other.year && self.first <= other.first && other.last <= self.last
    }

    /// Whether both end on the same day.
    pub const fn ends_with(self, other: Period) -> bool {
        self.year == other.year && self.last == other.last
    }

    /// The months of the year that have gone by at its end, of twelve: what 序时进度 is counted by. Only what begins
    /// with the year has them.
    pub const fn elapsed(self) -> Option<u8> {
        if self.is_cumulative() { Some(self.last) } else { None }
    }

    /// Every period of its year.
    pub fn of_same_year(self) -> impl Iterator<Item = Period> {
        let months = (1..=DECEMBER).flat_map(|last| (1..=last).map(move |first| (first, last)));
        months.filter_map(move |(first, last)| Period::months(self.year, first, last))
    }

    /// The calendar year that it lies in, for whoever reads or writes dates in prose.
    pub const fn calendar_year(self) -> i32 {
        self.year
    }

    /// Its whole calendar year.
    pub const fn whole(self) -> Period {
        Period::year(self.year)
    }

    /// The one that it is compared with by 同比: the same part of the year before.
    pub const fn before(self) -> Period {
        self.shifted(-1)
    }

    /// The same part of the year that follows.
    pub const fn after(self) -> Period {
        self.shifted(1)
    }

    /// The one that it is compared with by 环比: the month or quarter right before. What is summed up from January on,
    /// halves and years have none.
    pub fn previous(self) -> Option<Period> {
        let length = self.last - self.first + 1;
        let quarter = length == 3 && self.first % 3 == 1;
        if !(length == 1 || quarter) {
            return None;
        }
        match self.first == 1 {
            true => Period::months(self.year.checked_sub(1)?, DECEMBER + 1 - length, DECEMBER),
            false => Period::months(self.year, self.first - length, self.first - 1),
        }
    }

    /// From January on to the month before it begins; nothing where it begins with the year.
    pub fn up_to(self) -> Option<Period> {
        Period::months(self.year, 1, self.first.checked_sub(1)?)
    }

    /// From January on to its end.
    pub const fn from_january(self) -> Period {
        Period { first: 1, ..self }
    }

    /// It and the `n` before it, oldest first.
    pub fn back(self, n: u32) -> impl DoubleEndedIterator<Item = Period> + Clone {
        (0..=i64::from(n)).rev().filter_map(move |back| {
            i32::try_from(i64::from(self.year) - back).ok().map(|year| Period { year, ..self })
        })
    }

    /// It and all like it that follow up to the year of `last`, oldest first; none where `last` lies before it.
    pub fn through(self, last: Period) -> impl DoubleEndedIterator<Item = Period> + Clone {
        (self.year..=last.year).map(move |year| Period { year, ..self })
    }

    /// How many years `earlier` lies before it; negative where it lies behind.
    pub const fn since(self, earlier: Period) -> i32 {
        self.year.saturating_sub(earlier.year)
    }

    /// The one so many years later, earlier where negative.
    pub const fn shifted(self, by: i32) -> Period {
        Period { year: self.year.saturating_add(by), ..self }
    }

    /// The same part of another year.
    pub const fn in_year(self, year: i32) -> Period {
        Period { year, ..self }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}年{}", self.year, self.part())
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.is_year() { to.serialize_i32(self.year) } else { to.serialize_str(&self.stem()) }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Period, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Said {
            Year(i32),
            Stem(String),
        }
        match Said::deserialize(from)? {
            Said::Year(year) => Ok(Period::year(year)),
            Said::Stem(stem) => Period::read(&stem).ok_or_else(|| D::Error::custom("no period")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(words: &str) -> Period {
        Period::read(words).unwrap()
    }

    #[test]
    fn a_year_has_a_file_words_and_a_number() {
        let year = Period::year(2011);
        assert_eq!(year.stem(), "2011");
        assert_eq!(year.words(), "2011年");
        assert_eq!(format!("{year}的会议"), "2011年的会议");
        assert_eq!(year.calendar_year(), 2011);
        assert_eq!(serde_json::json!({ "year": year }).to_string(), r#"{"year":2011}"#);
        assert_eq!(serde_json::from_str::<Period>("2011").ok(), Some(year));
    }

    #[test]
    fn parts_of_a_year_have_a_file_and_words() {
        for (stem, words, months) in [
            ("2025上半年", "2025年上半年", "1—6月"),
            ("2025第三季度", "2025年第三季度", "7—9月"),
            ("2025前三季度", "2025年前三季度", "1—9月"),
            ("2025年1—10月", "2025年1—10月", "1—10月"),
            ("2025年6月", "2025年6月", "6月"),
        ] {
            let period = Period::parse(stem).unwrap();
            assert_eq!((period.stem().as_str(), period.words().as_str()), (stem, words));
            assert_eq!(period.by_months(), months);
            assert_eq!(serde_json::to_string(&period).unwrap(), format!("\"{stem}\""));
            assert_eq!(serde_json::from_str::<Period>(&format!("\"{stem}\"")).ok(), Some(period));
        }
    }

    #[test]
    fn what_staff_write_is_understood_and_means_one_period() {
        for (words, stem) in [
            ("2025年上半年", "2025上半年"),
            ("2025年1—6月", "2025上半年"),
            ("2025年1-6月", "2025上半年"),
            ("2025三季度", "2025第三季度"),
            ("2025年第3季度", "2025第三季度"),
            ("2025年7至9月", "2025第三季度"),
            ("2025年1～9月", "2025前三季度"),
            ("2025-06", "2025年6月"),
            ("2025年06月", "2025年6月"),
            ("2025年1—12月", "2025"),
            ("2025年全年", "2025"),
            ("2025年度", "2025"),
        ] {
            assert_eq!(read(words).stem(), stem, "{words}");
        }
        for words in
            ["2025年3—5月", "2025年0月", "2025年13月", "2025年6—1月", "2025第五季度", "25年6月", "上半年"]
        {
            assert_eq!(Period::read(words), None, "{words}");
        }
    }

    #[test]
    fn only_their_names_name_files() {
        assert_eq!(Period::parse("0999").map(Period::stem).as_deref(), Some("0999"));
        for stem in [
            "",
            "11",
            "201",
            "20110",
            "+201",
            "-201",
            " 2011",
            "２０１１",
            "2011年",
            "2011年上半年",
            "2011-06",
            "2011年06月",
        ] {
            assert_eq!(Period::parse(stem), None, "{stem}");
        }
    }

    #[test]
    fn the_one_before_is_last_years_or_the_one_right_before() {
        assert_eq!(read("2025上半年").before(), read("2024上半年"));
        assert_eq!(read("2025上半年").previous(), None);
        assert_eq!(read("2025年1—10月").previous(), None);
        assert_eq!(read("2025").previous(), None);
        assert_eq!(read("2025年1月").previous(), Some(read("2024年12月")));
        assert_eq!(read("2025年10月").previous(), Some(read("2025年9月")));
        assert_eq!(read("2025第一季度").previous(), Some(read("2024第四季度")));
        assert_eq!(read("2025第二季度").previous(), Some(read("2025第一季度")));
        assert_eq!(read("2025年1—10月").elapsed(), Some(10));
        assert_eq!(read("2025第二季度").elapsed(), None);
    }

    #[test]
    fn reports_are_written_of_the_same_part_of_every_year() {
        for (words, has, has_not) in [
            ("上半年", "2025上半年", "2025下半年"),
            ("全年", "2025", "2025上半年"),
            ("季度", "2025第三季度", "2025前三季度"),
            ("月", "2025年6月", "2025年1—6月"),
            ("累计", "2025年1—10月", "2025年10月"),
            ("1—10月", "2024年1—10月", "2024年1—11月"),
            ("半年", "2025下半年", "2025"),
        ] {
            let span = Span::parse(words).unwrap();
            assert!(span.has(read(has)) && !span.has(read(has_not)), "{words}");
        }
        assert_eq!(Span::parse("每旬"), None);
    }

    #[test]
    fn three_years_back_from_2011() {
        let years: Vec<i32> = Period::year(2011).back(2).map(Period::calendar_year).collect();
        assert_eq!(years, [2009, 2010, 2011]);
        assert_eq!(Period::year(2011).through(Period::year(2010)).next(), None);
        let halves: Vec<String> = read("2024上半年").through(read("2025上半年")).map(Period::stem).collect();
        assert_eq!(halves, ["2024上半年", "2025上半年"]);
    }

    fn any_period() -> impl Strategy<Value = Period> {
        (0..=9999, 0usize..27).prop_map(|(year, at)| Period::year(year).of_same_year().nth(at).unwrap())
    }

    proptest! {
        #[test]
        fn the_name_of_the_file_says_the_period(period in any_period()) {
            prop_assert_eq!(Period::parse(&period.stem()), Some(period));
            prop_assert_eq!(Period::read(&period.words()), Some(period).filter(|period| period.calendar_year() >= 1000));
        }

        #[test]
        fn whatever_names_a_file_is_its_name(stem in "[0-9上下半年+-月—第二季度]{0,9}") {
            prop_assert!(Period::parse(&stem).is_none_or(|period| period.stem() == stem));
        }

        #[test]
        fn going_back_is_the_year_before_again_and_again(period in any_period(), n in 0u32..60) {
            let back: Vec<Period> = period.back(n).collect();
            let mut by_hand = vec![period];
            for _ in 0..n {
                by_hand.push(by_hand[by_hand.len() - 1].before());
            }
            by_hand.reverse();
            prop_assert_eq!(&back, &by_hand);
            prop_assert_eq!(back, by_hand[0].through(period).collect::<Vec<_>>());
        }

        #[test]
        fn before_and_after_undo_each_other_and_keep_the_order(period in any_period(), by in -60..60) {
            prop_assert_eq!(period.before().after(), period);
            prop_assert!(period.before() < period);
            prop_assert_eq!(period.shifted(by).since(period), by);
            prop_assert!(period.shifted(by).is_like(period));
        }

        #[test]
        fn what_comes_before_a_period_ends_where_it_begins(period in any_period()) {
            let to = period.up_to().map_or(0, Period::end);
            prop_assert_eq!(to + 1, period.first);
            prop_assert!(period.up_to().is_none_or(|before| !period.contains(before)));
        }
    }
}
