//! Amounts as they are printed.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Approx, Unit};

/// Writes `value` (in the base unit) in `unit` with exactly `decimals` digits behind the point, half
/// away from zero, and the approximation word at its usual place.
pub fn format(value: Decimal, unit: &Unit, decimals: u32, approx: Option<Approx>) -> String {
    let number = number_in(value, unit.scale, decimals);
    let (scale, base) = (unit.scale_word(), &unit.base);
    match approx {
        None => format!("{number}{unit}"),
        Some(Approx::Jin) => format!("近{number}{unit}"),
        Some(Approx::Yue) => format!("约{number}{unit}"),
        Some(Approx::Chao) => format!("超{number}{unit}"),
        Some(Approx::Zuoyou) => format!("{number}{unit}左右"),
        Some(Approx::Yishang) => format!("{number}{unit}以上"),
        Some(word @ (Approx::Duo | Approx::Yu)) => {
            let word = if word == Approx::Duo { "多" } else { "余" };
            // 9000多万元, but 3万多元: only a round number can take the word in front of the scale.
            match decimals == 0 && number.ends_with('0') {
                true => format!("{number}{word}{scale}{base}"),
                false => format!("{number}{scale}{word}{base}"),
            }
        }
    }
}

/// Writes `value` (in the base unit) in `unit` with exactly `decimals` digits behind the point, half
/// away from zero: 61750000000 in 亿元 with 2 decimals is `617.50亿元`.
pub fn format_exact(value: Decimal, unit: &Unit, decimals: u32) -> String {
    format(value, unit, decimals, None)
}

/// Writes a number without trailing zeros, separators or exponent.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

fn number_in(value: Decimal, scale: u32, decimals: u32) -> String {
    let ten = Decimal::from_i128_with_scale(10_i128.pow(scale), 0);
    let number = value / ten;
    let rounded = number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let rounded = if rounded.is_zero() { Decimal::ZERO } else { rounded };
    padded(&rounded.to_string(), decimals as usize)
}

/// Fills up the digits behind the point; the formatter of decimals panics on long ones.
fn padded(number: &str, decimals: usize) -> String {
    let written = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let point = if written == 0 && decimals > 0 { "." } else { "" };
    format!("{number}{point}{}", "0".repeat(decimals.saturating_sub(written)))
}
