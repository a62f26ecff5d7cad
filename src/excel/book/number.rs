//! Numbers of workbooks without binary arithmetic: their digits as they are written, at most fifteen of them.
//!
//! A workbook keeps 12.3 as the nearest binary number, which prints as 12.300000000000001. Excel itself
//! shows and computes fifteen significant digits; cut to these the number is again the one that was typed.

use rust_decimal::Decimal;

/// Significant digits of a number in Excel.
const DIGITS: usize = 15;

/// A written number, `12.300000000000001` or `8.3E-2`, with fifteen significant digits; nothing where it is no
/// number or too large to be exact.
pub fn written(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (number, exponent) = match text.split_once(['E', 'e']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, number) = match number.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, behind) = number.split_once('.').unwrap_or((number, ""));
    let digits = [whole, behind].concat();
    if digits.is_empty() || digits.len() > 400 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let scale = i32::try_from(behind.len()).ok()?.checked_sub(exponent)?;
    decimal(negative, &digits, scale)
}

/// `digits` ÷ 10^`scale`.
fn decimal(negative: bool, digits: &str, scale: i32) -> Option<Decimal> {
    let digits = digits.trim_start_matches('0');
    let kept = digits.len().min(DIGITS);
    let mut mantissa: i128 = if kept == 0 { 0 } else { digits[..kept].parse().ok()? };
    if digits.as_bytes().get(kept).is_some_and(|next| *next >= b'5') {
        mantissa += 1;
    }
    let mut scale = scale - i32::try_from(digits.len() - kept).ok()?;
    while mantissa != 0 && mantissa % 10 == 0 && scale > 0 {
        (mantissa, scale) = (mantissa / 10, scale - 1);
    }
    if mantissa == 0 {
        return Some(Decimal::ZERO);
    }
    let mantissa = if negative { -mantissa } else { mantissa };
    match u32::try_from(scale) {
        Ok(scale) => Decimal::try_from_i128_with_scale(mantissa, scale).ok(),
        Err(_) => {
            let factor = 10_i128.checked_pow(scale.unsigned_abs())?;
            Decimal::try_from_i128_with_scale(mantissa.checked_mul(factor)?, 0).ok()
        }
    }
}

/// The eight bytes of a binary number as old workbooks keep it (IEEE 754), with fifteen significant digits; nothing
/// where it is too large or too small to be a figure.
pub fn binary(bytes: [u8; 8]) -> Option<Decimal> {
    let bits = u64::from_le_bytes(bytes);
    let exponent = i32::try_from(bits >> 52 & 0x7FF).ok()?;
    let fraction = bits & ((1 << 52) - 1);
    let negative = bits >> 63 == 1;
    if exponent == 0 {
        // Zero, or a number below every figure.
        return (fraction == 0).then_some(Decimal::ZERO);
    }
    let mantissa = u128::from(fraction | 1 << 52);
    let power = exponent - 1075;
    if power >= 0 {
        let whole = mantissa.checked_shl(power.unsigned_abs()).filter(|whole| whole >> power == mantissa)?;
        return decimal(negative, &whole.to_string(), 0);
    }
    // mantissa × 10^22 still fits 128 bits and leaves digits enough behind any point that a figure has.
    let scaled = mantissa * 10_u128.pow(22);
    let halves = power.unsigned_abs();
    let rounded = (scaled.checked_shr(halves)?) + (scaled.checked_shr(halves - 1)? & 1);
    (rounded > 0).then(|| decimal(negative, &rounded.to_string(), 22)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fifteen_digits_are_kept() {
        for (text, value) in [
            ("12.300000000000001", "12.3"),
            ("0.28999999999999998", "0.29"),
            ("8.3000000000000004E-2", "0.083"),
            ("1.5E+3", "1500"),
            ("-0.0", "0"),
            ("007", "7"),
            ("123456789012345678", "123456789012346000"),
            (".5", "0.5"),
            ("999999999999999.9", "1000000000000000"),
            ("1E-40", ""),
            ("1E+300", ""),
            ("", ""),
            (".", ""),
            ("1.2.3", ""),
            ("NaN", ""),
            ("1E99999999999", ""),
        ] {
            let found = written(text).map(|value| value.to_string()).unwrap_or_default();
            assert_eq!(found, value, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bits_and_any_text_are_read_or_refused(bits: u64, text in "[0-9.eE+-]{0,24}") {
            let _ = (binary(bits.to_le_bytes()), written(&text));
        }
    }
}
