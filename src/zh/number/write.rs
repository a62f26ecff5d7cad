//! Amounts as they are printed.

use rust_decimal::Decimal;

use super::{Approx, Scale, Unit, half_up, shift};

/// Writes `value` (in the base unit) in `unit` with exactly `decimals` digits behind the point, half
/// away from zero, and the approximation word at its usual place.
pub fn format(value: Decimal, unit: &Unit, decimals: u32, approx: Option<Approx>) -> String {
    let number = number_in(value, unit.scale, decimals);
    let round = is_round(&number);
    approx.map_or_else(|| format!("{number}{unit}"), |word| with_word(&number, unit, word, round))
}

/// Whether a number is one that takes 多 and 余 in front of its scale word: 9000多万元, but 3万多元.
pub fn is_round(number: &str) -> bool {
    number.ends_with('0') && !number.contains('.')
}

/// A number with its unit and an approximation word; 多 and 余 stand in front of the scale word or behind it.
pub fn with_word(number: &str, unit: &Unit, approx: Approx, in_front: bool) -> String {
    let (word, scale, base) = (approx.word(), unit.scale.word(), &unit.base);
    match approx {
        Approx::Duo | Approx::Yu if in_front => format!("{number}{word}{unit}"),
        Approx::Duo | Approx::Yu => format!("{number}{scale}{word}{base}"),
        _ if approx.is_behind() => format!("{number}{unit}{word}"),
        _ => format!("{word}{number}{unit}"),
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

fn number_in(value: Decimal, scale: Scale, decimals: u32) -> String {
    let rounded = half_up(shift(value, scale), decimals);
    let rounded = if rounded.is_zero() { Decimal::ZERO } else { rounded };
    padded(&rounded.to_string(), decimals)
}

/// Fills up the digits behind the point; the formatter of decimals panics on long ones.
pub fn padded(number: &str, decimals: u32) -> String {
    let decimals = decimals as usize;
    let written = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let point = if written == 0 && decimals > 0 { "." } else { "" };
    format!("{number}{point}{}", "0".repeat(decimals.saturating_sub(written)))
}
