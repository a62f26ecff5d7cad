//! Numbers of workbooks without binary arithmetic: their digits as they are written, at most fifteen of them.
//!
//! A workbook keeps 12.3 as the nearest binary number, which prints as 12.300000000000001. Excel itself
//! shows and computes fifteen significant digits; cut to these the number is again the one that was typed.
//! What a difference leaves behind (12.4 − 12.3) has tails that this does not reach: [`settled`] takes them off.

use rust_decimal::Decimal;

use crate::zh::number::half_up;

/// Significant digits of a number in Excel.
const DIGITS: usize = 15;
/// What is smaller is none of any figure.
const LEAST: Decimal = Decimal::from_parts(1, 0, 0, false, 9);
/// Decimals of a figure behind which a tail may stand, how large one may be, and the digits of a number with one.
const ROUND: u32 = 6;
const TAIL: Decimal = Decimal::from_parts(1, 0, 0, false, 8);
const LONG: usize = 14;

/// The number without the tail that binary arithmetic left; nothing where it has none.
pub fn settled(number: Decimal) -> Option<Decimal> {
    if !number.is_zero() && number.abs() < LEAST {
        return Some(Decimal::ZERO);
    }
    let cut = half_up(number, ROUND).normalize();
    let long = number.normalize().mantissa().unsigned_abs().to_string().len() >= LONG;
    (long && cut != number && (number - cut).abs() < TAIL).then_some(cut)
}

/// Decimals that a decimal number of the program can have.
const FINEST_KEPT: i32 = 28;

/// Whether a number has more digits than a workbook keeps, so that the last ones are lost.
pub fn is_cut(number: Decimal) -> bool {
    number.abs() >= Decimal::from(10_u64.pow(15))
}

/// A written number, `12.300000000000001` or `8.3E-2`, with fifteen significant digits; nothing where it is no
/// number or too large to be exact. What is smaller than any figure stays just above nothing.
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
    while scale > FINEST_KEPT && mantissa > 0 {
        (mantissa, scale) = (mantissa / 10, scale - 1);
    }
    let (mantissa, scale) = if mantissa == 0 { (1, FINEST_KEPT) } else { (mantissa, scale) };
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
/// where it is too large to be a figure.
pub fn binary(bytes: [u8; 8]) -> Option<Decimal> {
    let bits = u64::from_le_bytes(bytes);
    let exponent = i32::try_from(bits >> 52 & 0x7FF).ok()?;
    let fraction = bits & ((1 << 52) - 1);
    let negative = bits >> 63 == 1;
    let least = Decimal::new(if negative { -1 } else { 1 }, FINEST_KEPT.unsigned_abs());
    if exponent == 0 {
        return Some(if fraction == 0 { Decimal::ZERO } else { least });
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
    let shifted = |by: u32| scaled.checked_shr(by).unwrap_or(0);
    match shifted(halves) + (shifted(halves - 1) & 1) {
        0 => Some(least),
        rounded => decimal(negative, &rounded.to_string(), 22),
    }
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
            ("1E-40", "0.0000000000000000000000000001"),
            ("5.5511151231257827E-17", "0.0000000000000000555111512312"),
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

    #[test]
    fn tails_of_binary_arithmetic_are_taken_off() {
        for (text, value) in [
            ("7.105427357601002E-15", Some("0")),
            ("-5.5511151231257827E-17", Some("0")),
            ("1E-300", Some("0")),
            ("1.8189894035458565E-12", Some("0")),
            ("9.9999999999994316E-2", Some("0.1")),
            ("1234.5600000000286", Some("1234.56")),
            ("-999999.99000000101", Some("-999999.99")),
            ("0", None),
            ("1.00000000125", None),
            ("0.000001", None),
            ("0.00000125", None),
            ("33.3333333333333", None),
            ("0.123456789", None),
        ] {
            let found = settled(written(text).unwrap());
            assert_eq!(found, value.map(|value| value.parse().unwrap()), "{text}");
        }
        assert!(is_cut(Decimal::from(431_122_198_801_011_000_u64)));
        assert!(!is_cut(Decimal::from(999_999_999_999_999_u64)) && !is_cut(Decimal::new(123_456, 5)));
    }

    proptest! {
        #[test]
        fn any_bits_and_any_text_are_read_or_refused(bits: u64, text in "[0-9.eE+-]{0,24}") {
            let _ = (binary(bits.to_le_bytes()), written(&text));
        }
    }
}
