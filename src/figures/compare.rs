//! Shares, rates of growth and multiples of exact amounts.

use std::cmp::Ordering;

use rust_decimal::{Decimal, MathematicalOps};

use crate::zh::number::{Amount, Bound, Mismatch, apart, held, opposite};

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// Why there is no ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRatio {
    /// The base is zero.
    ZeroBase,
    /// The base is negative, so that a rate would mislead.
    NegativeBase,
    /// A positive base, and a negative number behind it: no rate goes across zero.
    Turned,
    /// One of the two is only approximately known.
    Approximate,
    /// The two count different things.
    Units,
    /// The result does not fit into 28 digits.
    Overflow,
}

/// `part` ÷ `total`.
pub fn ratio(part: &Amount, total: &Amount) -> Result<Decimal, NoRatio> {
    let value = part.value_in(&total.unit).map_err(|problem| match problem {
        Mismatch::Units(..) => NoRatio::Units,
        Mismatch::Overflow => NoRatio::Overflow,
        Mismatch::Vague => NoRatio::Approximate,
    })?;
    quotient(&Amount { value, ..part.clone() }, total)
}

/// `part` ÷ `total` whatever they count, for averages.
pub fn quotient(part: &Amount, total: &Amount) -> Result<Decimal, NoRatio> {
    if !part.is_exact() || !total.is_exact() {
        return Err(NoRatio::Approximate);
    }
    if total.value.is_zero() {
        return Err(NoRatio::ZeroBase);
    }
    part.value.checked_div(total.value).ok_or(NoRatio::Overflow)
}

/// How many times as much `new` is as `old`, neither of them negative.
pub fn multiple(old: &Amount, new: &Amount) -> Result<Decimal, NoRatio> {
    let is_negative = |amount: &Amount| amount.value < Decimal::ZERO;
    if is_negative(old) {
        return Err(NoRatio::NegativeBase);
    }
    let times = ratio(new, old)?;
    if is_negative(new) { Err(NoRatio::Turned) } else { Ok(times) }
}

/// Whether an amount is as much as a limit, or (`beyond`) more than it; a limit of 3%以内 is kept where it is not passed.
/// Nothing where the words leave it open.
///
/// # Errors
/// The two measure different things.
pub fn reaches(amount: &Amount, limit: &Amount, beyond: bool) -> Result<Option<bool>, Mismatch> {
    let order = amount.value.cmp(&limit.value_in(&amount.unit)?);
    let (downwards, strictly) = match limit.bound {
        Bound::Exact | Bound::AtLeast => (false, beyond),
        Bound::Above => (false, true),
        Bound::AtMost => (true, beyond),
        Bound::Below | Bound::About => return Ok(None),
    };
    let (order, bound) = match downwards {
        false => (order, amount.bound),
        true => (order.reverse(), opposite(amount.bound)),
    };
    Ok(match (bound, order) {
        (Bound::Exact, order) => Some(order.is_gt() || order.is_eq() && !strictly),
        (Bound::Above, Ordering::Greater | Ordering::Equal) | (Bound::AtLeast, Ordering::Greater) => {
            Some(true)
        }
        (Bound::AtLeast, Ordering::Equal) if !strictly => Some(true),
        (Bound::Below, Ordering::Less | Ordering::Equal) | (Bound::AtMost, Ordering::Less) => Some(false),
        (Bound::AtMost, Ordering::Equal) if strictly => Some(false),
        _ => None,
    })
}

/// Whether an indicator counts places from the top, by its name and its unit: 排名 7位 to 5位 is a rise of two places.
pub fn is_rank(name: &str, unit: &str) -> bool {
    const RANKS: [&str; 4] = ["排名", "名次", "位次", "排位"];
    RANKS.iter().any(|rank| name.ends_with(rank)) && matches!(unit, "" | "位" | "名")
}

/// The rate of growth in percent, with its sign.
pub fn growth(old: &Amount, new: &Amount) -> Result<Decimal, NoRatio> {
    Ok((multiple(old, new)? - Decimal::ONE) * HUNDRED)
}

/// A rate as it is printed, without its sign: never 0 of what is not nothing, nor 100 of what is less.
pub fn shown_rate(rate: Decimal, decimals: u32) -> Decimal {
    apart(rate.abs(), HUNDRED, decimals).normalize()
}

/// The compound yearly rate of growth in percent over `years`.
pub fn yearly_growth(old: &Amount, new: &Amount, years: u32) -> Result<Decimal, NoRatio> {
    let times = multiple(old, new)?;
    if times.is_zero() {
        return Ok(-HUNDRED);
    }
    let exponent = Decimal::ONE.checked_div(years.into()).ok_or(NoRatio::Overflow)?;
    let root = times.checked_powd(exponent).ok_or(NoRatio::Overflow)?;
    Ok((exact_root(root, times, years).unwrap_or(root) - Decimal::ONE) * HUNDRED)
}

/// The root where it comes out even, which its approximation only comes near: 16 times in four years is twice a year.
fn exact_root(near: Decimal, times: Decimal, years: u32) -> Option<Decimal> {
    const DECIMALS: u32 = 8;
    let root = near.round_dp(DECIMALS).normalize();
    root.checked_powi(years.into()).filter(|power| *power == times).map(|_| root)
}

/// A share in percent, rounded half up to at most `decimals`, and whether rounding would have said
/// 100% (or 0%) of a share that is not all (or not nothing): then the last digit is held back.
pub fn percent(share: Decimal, decimals: u32) -> (Decimal, bool) {
    let (rounded, held) = held(share * HUNDRED, HUNDRED, decimals);
    (rounded.normalize(), held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zh::number::{Unit, half_up};

    fn amount(value: i64) -> Amount {
        Amount::exact(Decimal::from(value), Unit::parse("件"))
    }

    fn share(part: i64, total: i64, decimals: u32) -> (String, bool) {
        let (value, held) = percent(ratio(&amount(part), &amount(total)).unwrap(), decimals);
        (value.to_string(), held)
    }

    #[test]
    fn shares_round_half_up_and_never_claim_all() {
        assert_eq!(share(1, 16, 1), ("6.3".into(), false));
        assert_eq!(share(40, 40, 1), ("100".into(), false));
        assert_eq!(share(3999, 4000, 1), ("99.9".into(), true));
        assert_eq!(share(1, 100_000, 1), ("0.1".into(), true));
        assert_eq!(share(0, 12, 1), ("0".into(), false));
    }

    #[test]
    fn there_is_no_rate_without_a_positive_exact_base() {
        assert_eq!(growth(&amount(0), &amount(3)), Err(NoRatio::ZeroBase));
        assert_eq!(growth(&amount(-1), &amount(3)), Err(NoRatio::NegativeBase));
        assert_eq!(growth(&amount(1), &amount(-3)), Err(NoRatio::Turned));
        let about = Amount { bound: Bound::About, ..amount(3) };
        assert_eq!(growth(&about, &amount(3)), Err(NoRatio::Approximate));
        assert_eq!(growth(&amount(3600), &amount(3200)).unwrap().round_dp(1), Decimal::new(-111, 1));
    }

    #[test]
    fn a_rate_is_never_printed_as_all_or_nothing_unless_it_is() {
        for (rate, decimals, shown) in [
            (Decimal::new(-9997, 2), 1, "99.9"),
            (Decimal::new(-100, 0), 1, "100"),
            (Decimal::new(9996, 2), 1, "99.9"),
            (Decimal::new(3, 2), 1, "0.03"),
            (Decimal::new(-3, 5), 0, "0.00003"),
            (Decimal::new(125, 1), 0, "13"),
        ] {
            assert_eq!(shown_rate(rate, decimals).normalize().to_string(), shown);
        }
    }

    #[test]
    fn yearly_growth_is_compound() {
        let rate = yearly_growth(&amount(15), &amount(23), 5).unwrap();
        assert_eq!(half_up(rate, 1), Decimal::new(89, 1));
        for (old, new, years, rate) in [(862, 13_792, 4, "100"), (1000, 1331, 3, "10"), (8, 1, 3, "-50")] {
            let found = yearly_growth(&amount(old), &amount(new), years).unwrap();
            assert_eq!(found.normalize().to_string(), rate);
        }
    }
}
