//! Amounts as they are printed.

use rust_decimal::Decimal;

use super::{Approx, Scale, Unit, half_up, shift};

/// Writes `value` (in the base unit) in `unit` with exactly `decimals` digits behind the point, half
/// away from zero, and the approximation word at its usual place.
pub fn format(value: Decimal, unit: &Unit, decimals: u32, approx: Option<Approx>) -> String {
    let number = number_in(value, unit.scale, decimals);
    let (scale, base) = (unit.scale.word(), &unit.base);
    let Some(word) = approx else { return format!("{number}{unit}") };
    match word {
        // 9000多万元, but 3万多元: only a round number can take the word in front of the scale.
        Approx::Duo | Approx::Yu if decimals == 0 && number.ends_with('0') => {
            format!("{number}{}{scale}{base}", word.word())
        }
        Approx::Duo | Approx::Yu => format!("{number}{scale}{}{base}", word.word()),
        word if word.is_behind() => format!("{number}{unit}{}", word.word()),
        _ => format!("{}{number}{unit}", word.word()),
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
    padded(&rounded.to_string(), decimals as usize)
}

/// Fills up the digits behind the point; the formatter of decimals panics on long ones.
fn padded(number: &str, decimals: usize) -> String {
    let written = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let point = if written == 0 && decimals > 0 { "." } else { "" };
    format!("{number}{point}{}", "0".repeat(decimals.saturating_sub(written)))
}
