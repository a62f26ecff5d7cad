//! The time that a report and its facts are about: today a whole year.
//!
//! Nobody else computes with years or knows how a fact file is named: [`Period::before`], [`Period::back`]
//! and [`Period::through`] are all the arithmetic there is, [`Period::parse`] and [`Period::stem`] all the
//! naming.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The time that a report and its facts are about. In JSON it is the number of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Period {
    year: i32,
}

impl Period {
    /// A whole calendar year.
    pub const fn year(year: i32) -> Period {
        Period { year }
    }

    /// The period whose file has this name without its ending: `2011`, nothing else.
    pub fn parse(stem: &str) -> Option<Period> {
        let digits = stem.len() == 4 && stem.bytes().all(|b| b.is_ascii_digit());
        stem.parse().ok().filter(|_| digits).map(Period::year)
    }

    /// The name of its files without their ending: `2011`.
    pub fn stem(self) -> String {
        format!("{:04}", self.year)
    }

    /// How staff say it: `2011年`.
    pub fn words(self) -> String {
        self.to_string()
    }

    /// The calendar year that it lies in, for whoever reads or writes dates in prose.
    pub const fn calendar_year(self) -> i32 {
        self.year
    }

    /// The one that it is compared with: the year before.
    pub const fn before(self) -> Period {
        Period { year: self.year.saturating_sub(1) }
    }

    /// The one that follows.
    pub const fn after(self) -> Period {
        Period { year: self.year.saturating_add(1) }
    }

    /// It and the `n` before it, oldest first.
    pub fn back(self, n: u32) -> impl DoubleEndedIterator<Item = Period> + Clone {
        (0..=i64::from(n))
            .rev()
            .filter_map(move |back| i32::try_from(i64::from(self.year) - back).ok().map(Period::year))
    }

    /// It and all that follow up to `last`, oldest first; none where `last` lies before it.
    pub fn through(self, last: Period) -> impl DoubleEndedIterator<Item = Period> + Clone {
        (self.year..=last.year).map(Period::year)
    }

    /// How many periods `earlier` lies before it; negative where it lies behind.
    pub const fn since(self, earlier: Period) -> i32 {
        self.year.saturating_sub(earlier.year)
    }

    /// The one so many later, earlier where negative.
    pub const fn shifted(self, by: i32) -> Period {
        Period { year: self.year.saturating_add(by) }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}年", self.year)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
    fn only_four_digits_name_a_file() {
        assert_eq!(Period::parse("0999").map(Period::stem).as_deref(), Some("0999"));
        for stem in ["", "11", "201", "20110", "+201", "-201", " 2011", "２０１１", "2011年", "2011上半年"]
        {
            assert_eq!(Period::parse(stem), None, "{stem}");
        }
    }

    #[test]
    fn three_years_back_from_2011() {
        let years: Vec<i32> = Period::year(2011).back(2).map(Period::calendar_year).collect();
        assert_eq!(years, [2009, 2010, 2011]);
        assert_eq!(Period::year(2011).through(Period::year(2010)).next(), None);
    }

    proptest! {
        #[test]
        fn the_name_of_the_file_says_the_period(year in 0..=9999) {
            prop_assert_eq!(Period::parse(&Period::year(year).stem()), Some(Period::year(year)));
        }

        #[test]
        fn whatever_names_a_file_is_its_name(stem in "[0-9上下半年+-]{0,6}") {
            prop_assert!(Period::parse(&stem).is_none_or(|period| period.stem() == stem));
        }

        #[test]
        fn going_back_is_the_year_before_again_and_again(year in 1000..3000, n in 0u32..60) {
            let period = Period::year(year);
            let back: Vec<Period> = period.back(n).collect();
            let mut by_hand = vec![period];
            for _ in 0..n {
                by_hand.push(by_hand[by_hand.len() - 1].before());
            }
            by_hand.reverse();
            prop_assert_eq!(&back, &by_hand);
            prop_assert_eq!(back, back_through(by_hand[0], period));
        }

        #[test]
        fn before_and_after_undo_each_other_and_keep_the_order(year in 1000..3000, by in -60..60) {
            let period = Period::year(year);
            prop_assert_eq!(period.before().after(), period);
            prop_assert!(period.before() < period);
            prop_assert_eq!(period.shifted(by).since(period), by);
        }
    }

    fn back_through(first: Period, last: Period) -> Vec<Period> {
        first.through(last).collect()
    }
}
