//! Exact fractions: where a value is rounded, how many decimals it needs, what the root of a growth is.

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{One, Signed, Zero};

/// A value without any loss.
pub type Fraction = Ratio<BigInt>;

/// A whole number.
pub fn whole(number: i64) -> Fraction {
    Fraction::from(BigInt::from(number))
}

/// A power of ten, also below one.
pub fn ten(power: i32) -> Fraction {
    let ten = Fraction::from(BigInt::from(10).pow(power.unsigned_abs()));
    if power < 0 { ten.recip() } else { ten }
}

/// Rounded to so many decimals, the half away from zero; negative decimals are tens, hundreds.
pub fn half_up(value: &Fraction, decimals: i32) -> Fraction {
    away(value, decimals, |size| (size + Fraction::new(BigInt::one(), BigInt::from(2))).floor())
}

/// Cut off towards zero.
pub fn cut(value: &Fraction, decimals: i32) -> Fraction {
    away(value, decimals, |size| size.floor())
}

/// Raised away from zero.
pub fn raised(value: &Fraction, decimals: i32) -> Fraction {
    away(value, decimals, |size| size.ceil())
}

fn away(value: &Fraction, decimals: i32, round: impl Fn(Fraction) -> Fraction) -> Fraction {
    let size = round(value.abs() * ten(decimals)) / ten(decimals);
    if value.is_negative() { -size } else { size }
}

/// How many decimals a value needs, if they end.
pub fn needed(value: &Fraction) -> Option<i32> {
    let mut rest = value.denom().clone();
    let mut powers = [0, 0];
    for (count, prime) in powers.iter_mut().zip([BigInt::from(2), BigInt::from(5)]) {
        while BigInt::is_zero(&(&rest % &prime)) {
            rest /= &prime;
            *count += 1;
        }
    }
    rest.is_one().then(|| powers[0].max(powers[1]))
}

/// The power of ten of the first digit: 0 for 7, 2 for 123, -3 for 0.001.
pub fn first_digit(value: &Fraction) -> i32 {
    let size = value.abs();
    let length = |digits: BigInt| i32::try_from(digits.to_string().len()).expect("a few digits");
    if size >= Fraction::one() {
        return length(size.to_integer()) - 1;
    }
    // 1/x rounded up has one digit more than there are zeros, unless it is a power of ten.
    -length(size.recip().ceil().to_integer() - BigInt::one())
}

/// Decimals of a rounding that must not lose all of the value: as asked, or as many as reach the first digit.
pub fn not_lost(value: &Fraction, decimals: i32) -> i32 {
    let lost = !value.is_zero() && half_up(value, decimals).is_zero();
    if lost { -first_digit(value) } else { decimals }
}

/// The percentage by which a value grows in each of `years` to become `times` as large, rounded to `decimals`.
/// It is not computed as a root: the bounds of the rounding are compared as powers.
pub fn yearly(times: &Fraction, years: u32, decimals: i32) -> Fraction {
    // A half of the last digit, as a part of one: 1 + n / steps is a bound between two roundings.
    let steps = (whole(200) * ten(decimals)).to_integer();
    let power = times * Fraction::from(steps.pow(years));
    let below = power.floor().to_integer().nth_root(years);
    let exact = Fraction::from(below.pow(years)) == power;
    let last = if *times >= Fraction::one() {
        (below - &steps + BigInt::one()) / BigInt::from(2)
    } else {
        let above = if exact { below } else { below + BigInt::one() };
        -((BigInt::one() + &steps - above) / BigInt::from(2))
    };
    Fraction::from(last) / ten(decimals)
}

#[test]
fn rounding_goes_away_from_zero() {
    let value = whole(-125) / ten(2);
    assert_eq!(half_up(&value, 1), whole(-13) / ten(1));
    assert_eq!(cut(&value, 1), whole(-12) / ten(1));
    assert_eq!(raised(&value, 0), whole(-2));
    assert_eq!(half_up(&whole(1250), -2), whole(1300));
}

#[test]
fn decimals_end_or_do_not() {
    assert_eq!(needed(&(whole(1) / whole(8))), Some(3));
    assert_eq!(needed(&(whole(1) / whole(3))), None);
    let near = ten(-3) - ten(-9);
    assert_eq!(
        [ten(-3), whole(123), near, ten(-1), ten(2)].map(|value| first_digit(&value)),
        [-3, 2, -4, -1, 2]
    );
    assert_eq!((not_lost(&ten(-3), 2), not_lost(&whole(1), 2), not_lost(&(whole(5) / ten(3)), 2)), (3, 2, 2));
}

/// Whether a rounding is the right one, by the powers of its two bounds.
fn bounds_hold(times: &Fraction, years: u32, decimals: i32) -> bool {
    let rate = yearly(times, years, decimals);
    let half = ten(-decimals) / whole(2);
    let grown = |rate: Fraction| (whole(1) + rate / whole(100)).pow(years.cast_signed());
    let (low, high) = (grown(&rate - &half), grown(&rate + &half));
    if *times >= whole(1) { low <= *times && *times < high } else { low < *times && *times <= high }
}

#[test]
fn yearly_growth_lies_between_the_powers_of_its_bounds() {
    assert_eq!(yearly(&(whole(23) / whole(15)), 5, 1), whole(89) / ten(1));
    for times in
        [(23, 15), (15, 23), (1, 1), (1000, 999), (999, 1000), (1, 1024), (1024, 1), (121, 100), (7, 3)]
    {
        for (years, decimals) in [(1, 0), (2, 1), (5, 1), (9, 3)] {
            let times = whole(times.0) / whole(times.1);
            assert!(bounds_hold(&times, years, decimals), "{times} in {years} years to {decimals} decimals");
        }
    }
}
