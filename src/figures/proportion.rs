//! Proportions: amounts as the smallest whole numbers that stand to each other as they do, or as parts of 10 or 100 that
//! come to just that.

use rust_decimal::Decimal;

/// The largest whole number that a reader still compares with another.
const LARGEST: i128 = 100;

/// Why there is no proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoProportion {
    /// Nothing is there at all, or less than nothing.
    NotPositive,
    /// The smallest whole numbers are too large to be read.
    TooLarge,
    /// A part would be nothing that is not nothing.
    Lost,
    /// The numbers do not fit into 28 digits.
    Overflow,
}

/// The smallest whole numbers in the proportion of the values: 30, 40 and 30 are 3, 4 and 3.
pub fn smallest(values: &[Decimal]) -> Result<Vec<Decimal>, NoProportion> {
    positive(values)?;
    let scale = values.iter().map(Decimal::scale).max().unwrap_or_default();
    let whole = |value: &Decimal| {
        let factor = 10_i128.checked_pow(scale - value.scale())?;
        value.mantissa().checked_mul(factor)
    };
    let whole: Vec<i128> = values.iter().map(whole).collect::<Option<_>>().ok_or(NoProportion::Overflow)?;
    let divisor = whole.iter().copied().fold(0, common);
    let parts: Vec<i128> = whole.iter().map(|value| value / divisor).collect();
    match parts.iter().all(|part| *part <= LARGEST) {
        true => Ok(parts.into_iter().map(|part| Decimal::from_i128_with_scale(part, 0)).collect()),
        false => Err(NoProportion::TooLarge),
    }
}

/// Parts that come to just `all`, each with so many decimals: what rounding down leaves goes to those that lose most.
pub fn parts_of(all: Decimal, values: &[Decimal], decimals: u32) -> Result<Vec<Decimal>, NoProportion> {
    positive(values)?;
    let sum: Decimal = values
        .iter()
        .try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))
        .ok_or(NoProportion::Overflow)?;
    let share = |value: &Decimal| value.checked_mul(all)?.checked_div(sum);
    let exact: Vec<Decimal> =
        values.iter().map(share).collect::<Option<_>>().ok_or(NoProportion::Overflow)?;
    let mut parts: Vec<Decimal> = exact.iter().map(|part| part.trunc_with_scale(decimals)).collect();
    let mut by_loss: Vec<usize> = (0..parts.len()).collect();
    by_loss.sort_by_key(|at| std::cmp::Reverse(exact[*at] - parts[*at]));
    let step = Decimal::new(1, decimals);
    let mut left = all - parts.iter().sum::<Decimal>();
    for at in by_loss.into_iter().cycle().take(parts.len()) {
        if left < step {
            break;
        }
        parts[at] += step;
        left -= step;
    }
    let lost = parts.iter().zip(values).any(|(part, value)| part.is_zero() && !value.is_zero());
    if lost { Err(NoProportion::Lost) } else { Ok(parts) }
}

fn positive(values: &[Decimal]) -> Result<(), NoProportion> {
    let fine =
        values.iter().all(|value| *value >= Decimal::ZERO) && values.iter().any(|value| !value.is_zero());
    if fine { Ok(()) } else { Err(NoProportion::NotPositive) }
}

/// The greatest common divisor.
fn common(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { common(other, one % other) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimals(values: &[i64]) -> Vec<Decimal> {
        values.iter().map(|value| Decimal::from(*value)).collect()
    }

    #[test]
    fn proportions_are_the_smallest_whole_numbers() {
        for (values, wanted) in
            [([30, 40, 30], Some([3, 4, 3])), ([0, 5, 10], Some([0, 1, 2])), ([997, 1, 1], None)]
        {
            assert_eq!(smallest(&decimals(&values)).ok(), wanted.map(|wanted| decimals(&wanted)));
        }
        let (half, one) = (Decimal::new(15, 1), Decimal::new(30, 1));
        assert_eq!(smallest(&[half, one]).unwrap(), decimals(&[1, 2]));
        assert_eq!(smallest(&decimals(&[0, 0])), Err(NoProportion::NotPositive));
        assert_eq!(smallest(&decimals(&[-1, 2])), Err(NoProportion::NotPositive));
    }

    proptest! {
        #[test]
        fn parts_come_to_the_whole_and_are_less_than_a_step_away(
            values in prop::collection::vec(1i64..1_000_000, 2..7), decimals in 0u32..3, all in prop::sample::select(vec![10i64, 100]),
        ) {
            let values: Vec<Decimal> = values.into_iter().map(Decimal::from).collect();
            let all = Decimal::from(all);
            match parts_of(all, &values, decimals) {
                Err(why) => prop_assert_eq!(why, NoProportion::Lost),
                Ok(parts) => {
                    prop_assert_eq!(parts.iter().sum::<Decimal>(), all);
                    let sum: Decimal = values.iter().sum();
                    for (part, value) in parts.iter().zip(&values) {
                        prop_assert!((part - value * all / sum).abs() < Decimal::new(1, decimals));
                    }
                }
            }
        }
    }
}
