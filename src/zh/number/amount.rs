//! An exact amount and what may be done with it: sums, differences, ratios and rounding.
//!
//! Everything is a [`Decimal`] in base units (元, not 万元). A result never claims more than its
//! operands: sums of bounds stay bounds, and an approximate operand has no exact ratio.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::family::{self, are_kin, points, whole};
use super::{Approx, Bound, Scale, Unit, apart, format_exact, half_up, held, shift, told};

/// Decimals of a quotient that does not come out even, unless more are asked for.
pub const QUOTIENT_DECIMALS: u32 = 2;

/// Decimals of a share, a rate of growth or a completion, unless others are asked for: of a formula and in a sentence
/// the same, so that a rate and its change never stand beside each other with more and less of them.
pub const RATE_DECIMALS: u32 = 1;

/// An exact number or a bound, with the unit it is kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Value in the base unit.
    pub value: Decimal,
    /// What is known beside the number.
    pub bound: Bound,
    /// The unit it is printed in unless the template asks for another.
    pub unit: Unit,
    /// Digits behind the point in `unit`.
    pub decimals: u32,
    /// The word that the fact was written with.
    pub approx: Option<Approx>,
}

/// Why two amounts do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Different units: 名 and 元.
    #[error("单位不一致：{0}和{1}不能相加减")]
    Units(String, String),
    /// The result does not fit into 28 digits.
    #[error("算出的数超过28位")]
    Overflow,
    /// What is left of a number that is only roughly known: it may be anything.
    #[error("其中有约数，相减的结果说不准")]
    Vague,
}

impl Amount {
    /// An exact amount, printed with as many decimals as it needs.
    pub fn exact(value: Decimal, unit: Unit) -> Amount {
        let decimals = needed_decimals(value, unit.scale);
        Amount { value, bound: Bound::Exact, unit, decimals, approx: None }
    }

    /// A quotient, printed with at most so many decimals where it does not come out even, or as many as it needs not to
    /// be nothing.
    pub fn quotient(value: Decimal, unit: Unit, decimals: u32) -> Amount {
        let exact = Amount::exact(value.normalize(), unit);
        let shown = rounded(exact.coefficient(), &exact.unit, decimals);
        Amount { decimals: shown.normalize().scale(), ..exact }
    }

    /// Zero in a unit.
    pub fn zero(unit: Unit) -> Amount {
        Amount::exact(Decimal::ZERO, unit)
    }

    /// Whether the number is exactly known.
    pub fn is_exact(&self) -> bool {
        self.bound == Bound::Exact
    }

    /// The number in the unit's scale, e.g. 6700 for 6700万元.
    pub fn coefficient(&self) -> Decimal {
        shift(self.value, self.unit.scale)
    }

    /// The same; a quotient that does not come out even is rounded to so many decimals, or its own where those are more.
    pub fn coefficient_to(&self, decimals: u32) -> Decimal {
        let (exact, decimals) = (self.coefficient(), decimals.max(self.decimals));
        if self.is_rounded() { rounded(exact, &self.unit, decimals).normalize() } else { exact.normalize() }
    }

    /// Whether it is a quotient that does not come out even, so that it is rounded where it is printed.
    pub fn is_rounded(&self) -> bool {
        let exact = self.coefficient();
        let behind = exact.scale().saturating_sub(self.decimals);
        behind > 0 && exact.mantissa() % 10_i128.pow(behind) != 0
    }

    /// The same amount in another unit: another scale, or another unit of the family (公顷 and 亩).
    ///
    /// # Errors
    /// The units measure different things, or the number does not fit into 28 digits.
    pub fn to(&self, unit: &Unit) -> Result<Amount, Mismatch> {
        if *unit == self.unit {
            return Ok(self.clone());
        }
        let value = self.value_in(unit)?.normalize();
        let exact = Amount { bound: self.bound, approx: self.approx, ..Amount::exact(value, unit.clone()) };
        // 10亩 is 0.67公顷: what does not come out even is rounded like any quotient.
        let even =
            came_out_even(value) && family::convert(value, &unit.base, &self.unit.base) == Some(self.value);
        match even && !self.is_rounded() {
            true => Ok(exact),
            false => {
                let written = if self.is_rounded() { 0 } else { self.decimals };
                let quotient = Amount::quotient(value, unit.clone(), QUOTIENT_DECIMALS.max(written));
                Ok(Amount { bound: self.bound, approx: self.approx, ..quotient })
            }
        }
    }

    /// The value in the family's unit without its scale word.
    pub fn value_in(&self, unit: &Unit) -> Result<Decimal, Mismatch> {
        if !are_kin(&self.unit.base, &unit.base) {
            return Err(Mismatch::Units(self.unit.to_string(), unit.to_string()));
        }
        family::convert(self.value, &self.unit.base, &unit.base).ok_or(Mismatch::Overflow)
    }

    /// The sum. The unit is the first operand's.
    pub fn plus(&self, other: &Amount) -> Result<Amount, Mismatch> {
        self.clone().increased(other)
    }

    /// The same of an amount that is not needed any more.
    pub fn increased(self, other: &Amount) -> Result<Amount, Mismatch> {
        let bound = join(self.bound, other.bound);
        match points(&self.unit.base).is_some_and(|points| points == other.unit.base) {
            true => {
                let other = other.named(&self.unit.base);
                self.combine(&other, Decimal::checked_add, bound)
            }
            false => self.combine(other, Decimal::checked_add, bound),
        }
    }

    /// The difference. What is known of its operands gives what is known of it: more than 30 less 28 is more than 2.
    /// The unit is the first operand's, but the difference of two rates counts in 个百分点.
    ///
    /// # Errors
    /// The units measure different things, the number does not fit into 28 digits, or nothing is known of the result.
    pub fn minus(&self, other: &Amount) -> Result<Amount, Mismatch> {
        let bound = join(no_longer_near(self.bound), opposite(other.bound));
        if bound == Bound::About {
            return Err(Mismatch::Vague);
        }
        let (own, of_other) = (points(&self.unit.base), points(&other.unit.base));
        let own_base = self.unit.base.as_str();
        let this = self.clone();
        let rest = match (own, of_other) {
            (Some(points), Some(_)) => this.combine(other, Decimal::checked_sub, bound)?.named(points),
            // 94%减3个百分点, and what is left of two rates less a third.
            (Some(points), None) if points == other.unit.base => {
                this.combine(&other.named(own_base), Decimal::checked_sub, bound)?
            }
            (None, Some(points)) if points == own_base => {
                this.combine(&other.named(points), Decimal::checked_sub, bound)?
            }
            _ => this.combine(other, Decimal::checked_sub, bound)?,
        };
        // The words of its operands were those of other numbers.
        Ok(Amount { approx: None, ..rest })
    }

    /// The sum of several; none are nothing in `unit`. Where they are written in one unit, the most decimals written are
    /// kept; else as many as the sum needs, whatever their order.
    ///
    /// # Errors
    /// They measure different things, or the sum does not fit into 28 digits.
    pub fn total<'a>(amounts: impl IntoIterator<Item = &'a Amount>, unit: Unit) -> Result<Amount, Mismatch> {
        let mut amounts = amounts.into_iter();
        let first = amounts.next().map_or_else(|| Amount::zero(unit), Amount::clone);
        first.folded(amounts, Amount::increased)
    }

    /// The first of several less all others, with decimals as in [`Amount::total`].
    ///
    /// # Errors
    /// Those of [`Amount::minus`].
    pub fn rest<'a>(&self, others: impl IntoIterator<Item = &'a Amount>) -> Result<Amount, Mismatch> {
        self.clone().folded(others, |rest, one| rest.minus(one))
    }

    /// One after the other. Where units were mixed, zeros that nobody wrote in this unit are left away.
    fn folded<'a>(
        self,
        others: impl IntoIterator<Item = &'a Amount>,
        operate: impl Fn(Amount, &Amount) -> Result<Amount, Mismatch>,
    ) -> Result<Amount, Mismatch> {
        let (own, mut mixed) = (self.unit.clone(), false);
        let result = others.into_iter().try_fold(self, |result, one| {
            mixed |= one.unit != own;
            operate(result, one)
        })?;
        let needed = needed_decimals(result.value, result.unit.scale);
        let decimals = if mixed { result.decimals.min(needed) } else { result.decimals };
        Ok(Amount { decimals, ..result })
    }

    /// The same number of something else: 3个百分点 of 3%.
    pub fn named(&self, base: &str) -> Amount {
        Amount { unit: Unit { scale: self.unit.scale, base: base.to_owned() }, ..self.clone() }
    }

    fn combine(
        self,
        other: &Amount,
        operate: impl Fn(Decimal, Decimal) -> Option<Decimal>,
        bound: Bound,
    ) -> Result<Amount, Mismatch> {
        if !are_kin(&self.unit.base, &other.unit.base) {
            return Err(Mismatch::Units(self.unit.to_string(), other.unit.to_string()));
        }
        let alike = self.unit == other.unit;
        let other = match self.unit == other.unit {
            true => Cow::Borrowed(other),
            false => Cow::Owned(other.to(&self.unit)?),
        };
        let value = operate(self.value, other.value).ok_or(Mismatch::Overflow)?;
        let needed = needed_decimals(value, self.unit.scale);
        let written = if alike { self.decimals.max(other.decimals) } else { needed };
        let decimals = match self.is_rounded() || other.is_rounded() {
            true => needed.min(self.decimals.max(other.decimals)),
            false => written.max(needed),
        };
        let approx = if bound == Bound::Exact { None } else { self.approx.or(other.approx) };
        Ok(Amount { value, bound, decimals, approx, ..self })
    }

    /// The amount in its own unit and precision, with a word that says no more than is known.
    pub fn text(&self) -> String {
        self.text_in(&self.unit, self.decimals)
    }

    /// The amount in another scale of its base and with so many decimals, rounded half up.
    pub fn text_in(&self, unit: &Unit, decimals: u32) -> String {
        let (value, decimals) = match whole(&unit.base) {
            None => (self.value, decimals),
            Some(all) if self.is_rounded() => (held(self.value, all, decimals).0, decimals),
            Some(all) => {
                let shown = apart(self.value, all, decimals).normalize();
                (shown, decimals.max(shown.scale()))
            }
        };
        let number = format_exact(value, unit, decimals);
        match self.bound {
            Bound::Exact => number,
            Bound::Above | Bound::AtLeast => format!("{number}以上"),
            Bound::Below => format!("近{number}"),
            Bound::AtMost => format!("{number}以下"),
            Bound::About => format!("约{number}"),
        }
    }
}

/// A quotient rounded where it is printed, never to all or nothing of what is not.
fn rounded(coefficient: Decimal, unit: &Unit, decimals: u32) -> Decimal {
    match whole(&unit.base) {
        Some(all) => held(coefficient, all, decimals).0,
        None => told(coefficient, decimals),
    }
}

/// Whether a quotient has ended before the digits that a decimal holds.
fn came_out_even(quotient: Decimal) -> bool {
    const HELD: u32 = 27;
    quotient.normalize().mantissa().unsigned_abs() < 10_u128.pow(HELD)
}

/// What is known of a sum of two bounds.
fn join(left: Bound, right: Bound) -> Bound {
    use Bound::{About, Above, AtLeast, AtMost, Below, Exact};
    match (left, right) {
        (Exact, other) | (other, Exact) => other,
        (Above | AtLeast, Above) | (Above, AtLeast) => Above,
        (AtLeast, AtLeast) => AtLeast,
        (Below, Below) => Below,
        (AtMost, AtMost | Below) | (Below, AtMost) => AtMost,
        (About, _) | (_, About) | (Below | AtMost, Above | AtLeast) | (Above | AtLeast, Below | AtMost) => {
            About
        }
    }
}

/// What is known of the negative of a value.
pub fn opposite(bound: Bound) -> Bound {
    match bound {
        Bound::Exact => Bound::Exact,
        Bound::Above | Bound::AtLeast => Bound::AtMost,
        Bound::Below => Bound::Above,
        Bound::AtMost => Bound::AtLeast,
        Bound::About => Bound::About,
    }
}

/// What lacks a little of 30 may lack much of the 2 that are left.
fn no_longer_near(bound: Bound) -> Bound {
    if bound == Bound::Below { Bound::AtMost } else { bound }
}

/// Digits behind the point that `value` needs in a scale.
pub fn needed_decimals(value: Decimal, scale: Scale) -> u32 {
    shift(value, scale).normalize().scale()
}

/// The scale word that suits a value: 万亿, 亿, 万 or none; after rounding to `decimals` the number
/// never reaches the next scale (99999999 with two decimals is 1.00亿, not 10000.00万).
pub fn natural_scale(value: Decimal, decimals: Option<u32>) -> Scale {
    let size = |scale: Scale| {
        let number = shift(value.abs(), scale);
        decimals.map_or(number, |digits| half_up(number, digits))
    };
    // At least 1 in a scale, or rounded up to it in the scale below.
    let reaches = |pair: &&[Scale]| size(pair[1]) >= Decimal::ONE && size(pair[0]) >= Scale::WAN.factor();
    Scale::NATURAL.windows(2).rfind(reaches).map_or(Scale::ONE, |pair| pair[1])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zh::number::{Manner, read};

    fn yuan(value: i64) -> Amount {
        Amount::exact(Decimal::from(value), Unit::parse("元"))
    }

    #[test]
    fn sums_keep_the_first_unit_and_the_written_precision() {
        let wan = |value: i64, decimals| Amount {
            decimals,
            ..Amount::exact(Decimal::from(value), Unit::parse("万元"))
        };
        assert_eq!(wan(352_000, 1).plus(&yuan(648_000)).unwrap().text(), "100万元");
        assert_eq!(wan(352_000, 2).plus(&wan(8_000, 1)).unwrap().text(), "36.00万元");
    }

    #[test]
    fn a_sum_of_other_units_has_as_many_decimals_as_it_needs() {
        let sum = |texts: &[&str]| {
            let amount = |text: &&str| read(text, Manner::Fact).unwrap().one().cloned().unwrap();
            let amounts: Vec<Amount> = texts.iter().map(amount).collect();
            Amount::total(&amounts, Unit::default()).unwrap().text()
        };
        assert_eq!(sum(&["0件", "31.1件", "1万件", "1.9件"]), "10033件");
        assert_eq!(sum(&["2.5万元", "-152.2亿元", "0.000万元"]), "-1521997.5万元");
        assert_eq!(sum(&["55.5亩", "107.5公顷"]), "1668亩");
        assert_eq!(sum(&["2公顷", "31亩"]), "4.07公顷");
        assert_eq!(sum(&["2.50公顷", "1.5公顷"]), "4.00公顷");
    }

    #[test]
    fn quotients_are_rounded_once_and_without_zeros() {
        let quotient = |top: i64, bottom: i64| {
            Amount::quotient(Decimal::from(top) / Decimal::from(bottom), Unit::parse("件"), 2)
        };
        for (top, bottom, text) in [
            (10, 3, "3.33件"),
            (998, 999, "1件"),
            (1, 2, "0.5件"),
            (6, 3, "2件"),
            (1, 1000, "0.001件"),
            (2, 3000, "0.0007件"),
        ] {
            assert_eq!(quotient(top, bottom).text(), text);
        }
        let growth = quotient(12_345, 1000);
        assert_eq!(growth.text_in(&growth.unit, 1), "12.3件");
    }

    #[test]
    fn units_of_different_bases_do_not_add_up() {
        let people = Amount::exact(Decimal::ONE, Unit::parse("人"));
        assert_eq!(yuan(1).plus(&people), Err(Mismatch::Units("元".into(), "人".into())));
    }

    #[test]
    fn sums_of_bounds_stay_bounds() {
        let above = Amount { bound: Bound::Above, ..yuan(30) };
        let about = Amount { bound: Bound::About, ..yuan(30) };
        assert_eq!(above.plus(&yuan(5)).unwrap().text(), "35元以上");
        assert_eq!(above.plus(&about).unwrap().text(), "约60元");
        let below = Amount { bound: Bound::Below, ..yuan(30) };
        for (left, right, text) in [
            (&above, &yuan(28), "2元以上"),
            (&below, &yuan(28), "2元以下"),
            (&yuan(40), &above, "10元以下"),
            (&yuan(40), &below, "10元以上"),
            (&above, &below, "0元以上"),
        ] {
            assert_eq!(left.minus(right).unwrap().text(), text);
        }
        for (left, right) in [(&yuan(40), &about), (&about, &yuan(28)), (&above, &above), (&below, &below)] {
            assert_eq!(left.minus(right), Err(Mismatch::Vague));
        }
    }

    /// Whether a number that is said with this bound may be `value`, as the words say it and no more.
    fn may_be(bound: Bound, said: i64, value: i64) -> bool {
        match bound {
            Bound::Exact => value == said,
            Bound::Above => value > said,
            Bound::AtLeast => value >= said,
            Bound::Below => value < said && value * 10 >= said * 9,
            Bound::AtMost => value <= said,
            Bound::About => true,
        }
    }

    /// One of the values that a number may have, `more` telling which.
    fn one_of(bound: Bound, said: i64, more: i64) -> i64 {
        match bound {
            Bound::Exact => said,
            Bound::Above => said + 1 + more,
            Bound::AtLeast => said + more,
            Bound::Below => said - 1 - more % (said / 10),
            Bound::AtMost => said - more,
            Bound::About => said + more - 20,
        }
    }

    proptest! {
        #[test]
        fn sums_and_differences_never_claim_more_than_their_operands(
            (one, other) in (10i64..200, 10i64..200),
            more in (0i64..40, 0i64..40),
            bounds in (0usize..6, 0usize..6),
        ) {
            use Bound::{About, Above, AtLeast, AtMost, Below, Exact};
            let all = [Exact, Above, AtLeast, Below, AtMost, About];
            let (left, right) = (all[bounds.0], all[bounds.1]);
            let (true_one, true_other) = (one_of(left, one, more.0), one_of(right, other, more.1));
            prop_assert!(may_be(left, one, true_one) && may_be(right, other, true_other));
            let amount = |bound, value| Amount { bound, ..yuan(value) };
            let sum = amount(left, one).plus(&amount(right, other)).unwrap();
            prop_assert!(may_be(sum.bound, one + other, true_one + true_other), "{}", sum.text());
            if let Ok(rest) = amount(left, one).minus(&amount(right, other)) {
                prop_assert!(may_be(rest.bound, one - other, true_one - true_other), "{}", rest.text());
            }
        }

        #[test]
        fn a_quotient_is_nothing_only_where_there_is_nothing(
            top in -1_000i64..1_000, bottom in 1i64..1_000_000, decimals in 0u32..4,
        ) {
            let value = Decimal::from(top) / Decimal::from(bottom);
            for unit in ["件", "%", "‰", "万元"] {
                let amount = Amount::quotient(value, Unit::parse(unit), decimals);
                let digits: String = amount.text().chars().filter(char::is_ascii_digit).collect();
                prop_assert_eq!(digits.bytes().all(|digit| digit == b'0'), top == 0, "{}", amount.text());
            }
        }
    }

    #[test]
    fn the_natural_scale_never_prints_ten_thousand_wan() {
        let value = Decimal::from(99_999_999);
        let natural = |value, decimals| natural_scale(value, decimals).word();
        assert_eq!((natural(value, None), natural(value, Some(2))), ("万", "亿"));
        assert_eq!(natural(Decimal::from(100_000_000), None), "亿");
        assert_eq!(natural(Decimal::from(9_999), None), "");
    }
}
