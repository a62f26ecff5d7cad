//! 汇总: figures of a period from those of its parts, and what a fact of one period says for another.

use std::sync::Arc;

use super::{Figure, Figures, Trouble, mismatch, sum};
use crate::facts;
use crate::facts::registry::RollUp;
use crate::facts::value::{Fact, Value};
use crate::period::Period;
use crate::zh::number::Mismatch;

/// What a figure is made of where its own file does not say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parts {
    /// Periods that follow each other and make up the whole.
    Sum(Vec<Period>),
    /// What is summed up from January on to its end, less the same up to its beginning.
    Difference(Period, Period),
    /// One that ends on the same day.
    Last(Period),
}

impl Figures {
    /// 汇总 as registered; what is not registered is stated for each period.
    pub(super) fn roll_up(&self, path: &str) -> RollUp {
        self.facts().registry.indicators.get(path).map_or(RollUp::Stated, |indicator| indicator.roll_up)
    }

    /// The fact that speaks for a period: its own, or one of another period that holds for this one as well (汇总 不汇总
    /// and 期末). A blank one only where it is its own.
    pub fn speaking(&self, path: &str, of: Period) -> Option<&Fact> {
        let own = self.facts().get(path, of);
        if own.is_some_and(|fact| fact.value != Value::Blank) {
            return own;
        }
        let says =
            |period: &Period| self.facts().get(path, *period).filter(|fact| fact.value != Value::Blank);
        let there = self.of_its_year(of);
        let other = match self.roll_up(path) {
            RollUp::Standing => {
                // Of its parts the newest, else that of the shortest time that it is a part of.
                let inside = there.clone().rev().filter(|one| of.contains(*one)).find_map(|one| says(&one));
                inside.or_else(|| {
                    let around = there.filter(|one| one.contains(of));
                    around.filter_map(|one| says(&one)).min_by_key(|fact| length(fact.year))
                })
            }
            RollUp::Last => there.filter(|one| one.ends_with(of)).find_map(|one| says(&one)),
            _ => None,
        };
        other.or(own)
    }

    /// The periods of the same year on file, but itself.
    fn of_its_year(&self, of: Period) -> impl DoubleEndedIterator<Item = Period> + Clone {
        let there = self.facts().years.keys().copied();
        there.filter(move |one| one.calendar_year() == of.calendar_year() && *one != of)
    }

    /// What a figure of a period is made of, where parts of its year say enough; nothing where it is never made of
    /// parts, or nothing is there.
    pub(super) fn parts(&self, path: &str, of: Period) -> Option<Result<Parts, Period>> {
        let says = |period: Period| self.stated(path, period).is_some();
        let there: Vec<Period> = self.of_its_year(of).filter(|one| says(*one)).collect();
        if there.is_empty() {
            return None;
        }
        let difference = || {
            let (to_end, to_begin) = (of.from_january(), of.up_to()?);
            let both = there.contains(&to_end) && there.contains(&to_begin);
            both.then_some(Parts::Difference(to_end, to_begin))
        };
        match self.roll_up(path) {
            RollUp::Sum => match tiled(of, &there) {
                Ok(parts) => Some(Ok(Parts::Sum(parts))),
                Err(missing) => {
                    let inside = there.iter().any(|one| of.contains(*one));
                    difference().map(Ok).or(inside.then_some(Err(missing)))
                }
            },
            RollUp::Cumulative => difference().map(Ok),
            RollUp::Last => there.into_iter().find(|one| one.ends_with(of)).map(|one| Ok(Parts::Last(one))),
            RollUp::Recompute | RollUp::Stated | RollUp::Standing => None,
        }
    }

    /// The periods whose rows of a ledger make up those of a period: itself, or its parts where it has no rows of its own
    /// and the registry puts rows together (汇总 相加).
    pub fn periods_of_rows(&self, ledger: &str, of: Period) -> Vec<Period> {
        let says =
            |period: Period| self.facts().get(ledger, period).is_some_and(|fact| fact.value != Value::Blank);
        if self.roll_up(ledger) != RollUp::Sum || says(of) {
            return vec![of];
        }
        let there: Vec<Period> = self.of_its_year(of).filter(|one| says(*one)).collect();
        tiled(of, &there).unwrap_or_else(|_| vec![of])
    }

    /// The figure of a period from those of parts of its year; nothing where it is not made of parts.
    pub(super) fn rolled_up(&self, path: &str, of: Period) -> Option<Result<Arc<Figure>, Trouble>> {
        let parts = match self.parts(path, of)? {
            Ok(parts) => parts,
            Err(missing) => return Some(Err(missing_part(path, of, missing))),
        };
        let stated =
            |period: Period| self.stated(path, period).unwrap_or_else(|| Err(Trouble::missing(path, period)));
        Some(self.put_together(path, &parts, &stated))
    }

    /// What parts come to.
    pub(super) fn put_together(
        &self,
        path: &str,
        parts: &Parts,
        of: &dyn Fn(Period) -> Result<Arc<Figure>, Trouble>,
    ) -> Result<Arc<Figure>, Trouble> {
        let wrong = |problem: Mismatch| mismatch(path, &problem);
        match parts {
            Parts::Last(period) => of(*period),
            Parts::Sum(periods) => {
                let figures = periods.iter().map(|one| of(*one)).collect::<Result<Vec<_>, _>>()?;
                let unit = self.unit(path).unwrap_or_default();
                let words: Vec<String> = periods.iter().map(|one| one.part()).collect();
                let sum = sum(&figures, format!("{}相加", words.join("、")), unit).map_err(wrong)?;
                Ok(Arc::new(sum))
            }
            Parts::Difference(to_end, to_begin) => {
                let (whole, before) = (of(*to_end)?, of(*to_begin)?);
                let left = whole.amount.minus(&before.amount).map_err(wrong)?;
                let words = format!("{}减去{}", to_end.part_or_year(), to_begin.part());
                Ok(Arc::new(Figure::derived(left, words, &[whole, before])))
            }
        }
    }
}

fn length(period: Period) -> u8 {
    period.end() + 1 - period.start()
}

/// The fewest periods that follow each other and make up one.
///
/// # Errors
/// The month from which on nothing is there.
fn tiled(of: Period, there: &[Period]) -> Result<Vec<Period>, Period> {
    let begin = of.start();
    // For every month: the periods that lead up to before it, from the beginning on.
    let mut ways: Vec<Option<Vec<Period>>> = vec![None; usize::from(of.end()) + 2];
    ways[usize::from(begin)] = Some(Vec::new());
    for month in begin..=of.end() {
        let Some(way) = ways[usize::from(month)].clone() else { continue };
        for one in there.iter().filter(|one| of.contains(**one) && one.start() == month) {
            let next = usize::from(one.end()) + 1;
            let longer: Vec<Period> = way.iter().copied().chain([*one]).collect();
            if ways[next].as_ref().is_none_or(|known| known.len() > longer.len()) {
                ways[next] = Some(longer);
            }
        }
    }
    let reached = ways.iter().rposition(Option::is_some).unwrap_or_default();
    match ways.pop().flatten() {
        Some(way) => Ok(way),
        None => {
            let month = u8::try_from(reached).unwrap_or(begin);
            Err(Period::months(of.calendar_year(), month, month).unwrap_or(of))
        }
    }
}

/// One part is not there.
fn missing_part(path: &str, of: Period, part: Period) -> Trouble {
    let trouble = Trouble::missing(path, of);
    let message = format!("{of}的“{path}”算不出来：从{}起还缺", part.part());
    let hint = format!(
        "请补上 {} 里的“{path}”，或在 {} 直接填写{}的数",
        facts::file(part),
        facts::file(of),
        of.part_or_year()
    );
    let told = Trouble::wrong("missing-part", message, hint);
    Trouble { missing: trouble.missing, ..told }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn periods(stems: &[&str]) -> Vec<Period> {
        stems.iter().map(|stem| Period::parse(stem).unwrap()).collect()
    }

    #[test]
    fn the_fewest_parts_make_up_a_whole() {
        let half = Period::parse("2026上半年").unwrap();
        let there = periods(&[
            "2026年1月",
            "2026年2月",
            "2026年3月",
            "2026第一季度",
            "2026年4月",
            "2026年5月",
            "2026年6月",
        ]);
        assert_eq!(
            tiled(half, &there).unwrap(),
            periods(&["2026第一季度", "2026年4月", "2026年5月", "2026年6月"])
        );
        let gap = periods(&["2026第一季度", "2026年5月", "2026年6月"]);
        assert_eq!(tiled(half, &gap), Err(Period::parse("2026年4月").unwrap()));
        assert_eq!(tiled(half, &[]), Err(Period::parse("2026年1月").unwrap()));
    }

    proptest! {
        /// Against a search that tries every way, part by part.
        #[test]
        fn a_whole_is_tiled_where_any_way_leads_through_it(whole in 0usize..27, chosen in any::<[bool; 27]>()) {
            let all: Vec<Period> = Period::year(2026).of_same_year().collect();
            let of = all[whole];
            let there: Vec<Period> =
                all.iter().copied().zip(chosen).filter(|(one, chosen)| *chosen && *one != of).map(|(one, _)| one).collect();
            match (tiled(of, &there), fewest(of, of.start(), &there)) {
                (Ok(parts), Some(least)) => {
                    prop_assert_eq!(parts.len(), least);
                    let mut next = of.start();
                    for part in &parts {
                        prop_assert!(there.contains(part) && part.start() == next);
                        next = part.end() + 1;
                    }
                    prop_assert_eq!(next, of.end() + 1);
                }
                (Err(missing), None) => prop_assert!(of.contains(missing)),
                (found, wanted) => prop_assert!(false, "{found:?} and {wanted:?}"),
            }
        }
    }

    /// The fewest parts from a month on, if any lead to the end.
    fn fewest(of: Period, month: u8, there: &[Period]) -> Option<usize> {
        if month == of.end() + 1 {
            return Some(0);
        }
        let next = there.iter().filter(|one| of.contains(**one) && one.start() == month);
        next.filter_map(|one| fewest(of, one.end() + 1, there)).min().map(|rest| rest + 1)
    }
}
