//! Numerals in Chinese characters, written again in Arabic digits.

use rust_decimal::Decimal;

use super::compound;
use crate::zh::number::numeral;

/// What a Chinese numeral is written with.
const NUMERAL: &str = "零〇一二两三四五六七八九十百千万亿";

/// The Chinese numeral at the front of a text, and what follows it.
pub(super) fn leading(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c| !NUMERAL.contains(c) && c != '点').unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The part of a numeral at the end of a text whose rest follows: 一点 of 一点五亿.
pub(super) fn trailing(text: &str) -> &str {
    let part = |c: char| NUMERAL.contains(c) || c == '点';
    let numeral = &text[text.trim_end_matches(part).len()..];
    if numeral.ends_with('点') { numeral } else { "" }
}

/// A numeral in Arabic digits, with 万 or 亿 where it has one: 两千五百万 is 2500万, 十二点五 is 12.5.
pub(super) fn in_digits(numeral: &str) -> Option<String> {
    if let Some((whole, fraction)) = numeral.split_once('点') {
        let end = fraction.find(['万', '亿']).unwrap_or(fraction.len());
        let (fraction, scale) = fraction.split_at(end);
        return Some(format!("{}.{}{scale}", numeral::parse(whole)?, digits(fraction)?));
    }
    let value = numeral::parse(numeral)?;
    let scaled = numeral.contains(['万', '亿']);
    Some(if scaled { compound::written(Decimal::from(value)) } else { value.to_string() })
}

/// A row of Chinese digits in Arabic ones.
fn digits(row: &str) -> Option<String> {
    let digit = |c: char| numeral::parse(c.encode_utf8(&mut [0; 4])).filter(|digit| *digit < 10);
    let digits: Option<Vec<u64>> = row.chars().map(digit).collect();
    digits.filter(|digits| !digits.is_empty()).map(|digits| digits.iter().map(u64::to_string).collect())
}

/// The Chinese character of a digit.
pub(super) fn digit(value: u32) -> String {
    numeral::count(u64::from(value))
}
