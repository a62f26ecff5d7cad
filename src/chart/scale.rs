//! The upright axis: exact decimals, round steps.

use std::ops::Range;

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::zh::number::Unit;
use crate::zh::width::cut;

/// Steps at most, before the ends are rounded outwards.
const STEPS: u32 = 5;
/// Values closer together than this part of them are drawn on an axis that does not begin at zero: of small
/// counts one more or less shall not look like a fall.
const CLOSE: u32 = 20;
/// Columns of a label at most.
const LABEL: usize = 12;

/// An axis in equal steps from its low end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    low: Decimal,
    step: Decimal,
    steps: u32,
    /// 万 or 亿 of its labels, as a power of ten.
    power: u32,
}

impl Scale {
    /// An axis that holds all values, and zero if bars are to stand on it. Without bars it holds zero unless
    /// the values lie close together and far from zero. Values beyond 10²⁶ count as 10²⁶.
    pub fn of(values: &[Decimal], bars: bool, unit: &str) -> Scale {
        let values: Vec<Decimal> = values.iter().copied().map(bounded).collect();
        let (low, high) = ends(&values, bars);
        let span = high - low;
        let whole = values.iter().all(Decimal::is_integer);
        let step = round_step(span / Decimal::from(STEPS), whole);
        let (low, step, steps) = in_steps(low, high, step).unwrap_or((low, span, 1));
        let mut scale = Scale { low, step, steps, power: 0 };
        scale.power = power(low.abs().max(scale.high().abs()), unit);
        scale
    }

    fn high(&self) -> Decimal {
        self.low + self.step * Decimal::from(self.steps)
    }

    /// The value of the level line on which the years stand: zero, or what is nearest to it.
    pub fn ground(&self) -> Decimal {
        Decimal::ZERO.clamp(self.low, self.high())
    }

    /// Every step, from below.
    pub fn ticks(&self) -> Vec<Decimal> {
        (0..=self.steps).map(|index| self.low + self.step * Decimal::from(index)).collect()
    }

    /// A step as it is printed beside the axis.
    pub fn label(&self, tick: Decimal) -> String {
        let number = (tick / Decimal::from(10u64.pow(self.power))).normalize().to_string();
        let word = match self.power {
            8 if !tick.is_zero() => "亿",
            4 if !tick.is_zero() => "万",
            _ => "",
        };
        cut(&format!("{number}{word}"), LABEL)
    }
}

/// As far as values are told apart on an axis.
fn bounded(value: Decimal) -> Decimal {
    const FAR: Decimal = Decimal::from_parts(3_825_205_248, 3_704_098_002, 5_421_010, false, 0);
    value.clamp(-FAR, FAR)
}

/// The values between which the axis must reach.
fn ends(values: &[Decimal], bars: bool) -> (Decimal, Decimal) {
    let low = values.iter().min().copied().unwrap_or_default();
    let high = values.iter().max().copied().unwrap_or_default();
    let far = low.abs().min(high.abs());
    let cut = !bars && low != high && low.is_sign_negative() == high.is_sign_negative();
    if cut && high - low < far / Decimal::from(CLOSE) {
        return (low, high);
    }
    let (low, high) = (low.min(Decimal::ZERO), high.max(Decimal::ZERO));
    if low == high { (low, low + Decimal::ONE) } else { (low, high) }
}

/// The smallest of 1, 2 and 5 times a power of ten that is no smaller than `least`; whole values have whole
/// steps.
fn round_step(least: Decimal, whole: bool) -> Decimal {
    let ten = Decimal::TEN;
    let mut unit = Decimal::ONE;
    while unit * ten <= least {
        unit *= ten;
    }
    while unit > least && unit.scale() < Decimal::MAX_SCALE {
        unit = (unit / ten).normalize();
    }
    let times = [1, 2, 5, 10].into_iter().map(|times| unit * Decimal::from(times));
    let step = times.into_iter().find(|step| *step >= least).unwrap_or(unit);
    if whole { step.max(Decimal::ONE) } else { step }
}

/// Low end, step and number of steps; the lowest bar has room for its label below. Nothing where the steps
/// are too fine to be counted.
fn in_steps(low: Decimal, high: Decimal, step: Decimal) -> Option<(Decimal, Decimal, u32)> {
    let bottom = low.checked_div(step)?.floor();
    let top = high.checked_div(step)?.ceil();
    let rest = low.checked_div(step)?.checked_sub(bottom)?;
    let bottom = if low < Decimal::ZERO && rest * Decimal::from(4) < Decimal::ONE {
        bottom - Decimal::ONE
    } else {
        bottom
    };
    let steps = top.checked_sub(bottom)?.to_u32()?.max(1);
    Some((bottom.checked_mul(step)?, step, steps))
}

/// The scale word of the labels of an axis that reaches so far. A unit that has one takes no other.
fn power(far: Decimal, unit: &str) -> u32 {
    let reaches = |power: u32| far >= Decimal::from(10u64.pow(power + 1));
    match Unit::parse(unit).is_scaled() {
        false if reaches(8) => 8,
        false if reaches(4) => 4,
        _ => 0,
    }
}

impl Ranged for Scale {
    type FormatOption = DefaultFormatting;
    type ValueType = Decimal;

    fn map(&self, value: &Decimal, (from, to): (i32, i32)) -> i32 {
        let share = (bounded(*value) - self.low).checked_div(self.high() - self.low).unwrap_or_default();
        let pixels = share.checked_mul(Decimal::from(to.saturating_sub(from))).unwrap_or_default();
        from.saturating_add(pixels.round().to_i32().unwrap_or_default())
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<Decimal> {
        self.ticks()
    }

    fn range(&self) -> Range<Decimal> {
        self.low..self.high()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::str::FromStr;

    use super::*;

    fn ticks(values: &[&str], bars: bool, unit: &str) -> String {
        let values: Vec<Decimal> =
            values.iter().map(|text| Decimal::from_str(text).expect("a number")).collect();
        let scale = Scale::of(&values, bars, unit);
        scale.ticks().into_iter().map(|tick| scale.label(tick)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn steps_are_round() {
        for (values, bars, unit, want) in [
            (&["13", "12", "38"][..], true, "次", "0 10 20 30 40"),
            (&["1", "2"], true, "次", "0 1 2"),
            (&["0"], true, "次", "0 1"),
            (&[], false, "次", "0 1"),
            (&["0.35", "0.1"], true, "倍", "0 0.1 0.2 0.3 0.4"),
            (&["92.5", "96.8"], false, "%", "92 93 94 95 96 97"),
            (&["92.5", "96.8"], true, "%", "0 20 40 60 80 100"),
            (&["12", "13"], false, "次", "0 5 10 15"),
            (&["17", "17"], false, "名", "0 5 10 15 20"),
            (&["-3.2", "4.1"], true, "%", "-4 -2 0 2 4 6"),
            (&["-4", "4.1"], true, "%", "-6 -4 -2 0 2 4 6"),
            (&["450000", "120000"], true, "元", "0 10万 20万 30万 40万 50万"),
            (&["1350000000"], true, "元", "0 5亿 10亿 15亿"),
            (&["450000"], true, "万元", "0 100000 200000 300000 400000 500000"),
        ] {
            assert_eq!(ticks(values, bars, unit), want, "{values:?}");
        }
    }

    proptest! {
        #[test]
        fn every_value_stands_between_the_ends(
            raw in proptest::collection::vec((any::<i128>(), 0u32..=28), 0..6), bars in any::<bool>()
        ) {
            let most = Decimal::MAX.mantissa();
            let values: Vec<Decimal> =
                raw.into_iter().map(|(number, scale)| Decimal::from_i128_with_scale(number % most, scale)).collect();
            let scale = Scale::of(&values, bars, "元");
            prop_assert!(scale.ticks().len() <= 9, "{:?}", scale.ticks());
            for value in &values {
                let at = scale.map(value, (240, 40));
                prop_assert!((40..=240).contains(&at), "{at} {value} {scale:?}");
            }
            let mut sorted = values.clone();
            sorted.sort();
            prop_assert!(sorted.windows(2).all(|pair| scale.map(&pair[0], (0, 200)) <= scale.map(&pair[1], (0, 200))));
            prop_assert!(!bars || scale.ground().is_zero());
        }
    }
}
