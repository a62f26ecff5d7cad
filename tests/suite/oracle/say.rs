//! How numbers are said, by the manual: digits, numerals, sums of money in words.

use num_traits::Zero;

use super::fraction::{Fraction, half_up, needed, not_lost, ten, whole};

/// With exactly so many decimals.
pub fn fixed(value: &Fraction, decimals: i32) -> String {
    let rounded = half_up(value, decimals) * ten(decimals);
    pointed(&rounded.to_integer().to_string(), decimals)
}

/// Digits with a point before so many of them.
pub fn pointed(digits: &str, decimals: i32) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let behind = usize::try_from(decimals).expect("decimals");
    let digits = format!("{digits:0>width$}", width = behind + 1);
    let (before, behind) = digits.split_at(digits.len() - behind);
    let point = if behind.is_empty() { "" } else { "." };
    format!("{sign}{before}{point}{behind}")
}

/// All decimals that there are, and no more.
pub fn plain(value: &Fraction) -> String {
    fixed(value, needed(value).expect("a value whose decimals end"))
}

/// Rounded, without zeros at the end.
pub fn at_most(value: &Fraction, decimals: i32) -> String {
    plain(&half_up(value, decimals))
}

/// A mean: two decimals at most, or as many as asked for; as many as it takes for it not to be nothing.
pub fn mean(value: &Fraction, asked: Option<i32>) -> String {
    let decimals = not_lost(value, asked.unwrap_or(2));
    match asked {
        Some(asked) if asked == decimals => fixed(value, asked),
        _ => at_most(value, decimals),
    }
}

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const CAPITALS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

/// Up to four digits; each place has its word, a gap inside has one zero.
fn group(number: usize, digits: [&str; 10], places: [&str; 4]) -> String {
    let mut said = String::new();
    let mut gap = false;
    for (power, place) in [1000, 100, 10, 1].into_iter().zip(places) {
        let digit = number / power % 10;
        gap |= digit == 0 && !said.is_empty();
        if digit > 0 {
            let zero = if std::mem::take(&mut gap) { "零" } else { "" };
            said.extend([zero, digits[digit], place]);
        }
    }
    said
}

/// A whole number below 10^12 in groups of four digits.
fn grouped(number: usize, digits: [&str; 10], places: [&str; 4]) -> String {
    let mut said = String::new();
    let mut gap = false;
    for (scale, word) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let part = number / scale % 10_000;
        if part == 0 {
            gap = true;
            continue;
        }
        // A zero stands for an empty group, and for the thousands that a group does not have.
        if !said.is_empty() && (gap || part < 1000) {
            said.push('零');
        }
        gap = false;
        said.extend([&group(part, digits, places), word]);
    }
    said
}

/// As one reads it: 十二, 一百一十, 一万零五.
pub fn numeral(number: usize) -> String {
    if number == 0 {
        return DIGITS[0].to_owned();
    }
    let said = grouped(number, DIGITS, ["千", "百", "十", ""]);
    said.strip_prefix("一十").map(|rest| format!("十{rest}")).unwrap_or(said)
}

/// Digit by digit, as years are: 二〇二四.
pub fn one_by_one(number: usize) -> String {
    let digits = number.to_string();
    digits
        .chars()
        .map(|digit| if digit == '0' { "〇" } else { DIGITS[digit as usize - '0' as usize] })
        .collect()
}

/// Money of at most two decimals in words that cannot be altered.
pub fn capitals(money: &Fraction) -> String {
    let cents: usize = (money * whole(100)).to_integer().to_string().parse().expect("cents");
    let (yuan, jiao, fen) = (cents / 100, cents / 10 % 10, cents % 10);
    let whole = grouped(yuan, CAPITALS, ["仟", "佰", "拾", ""]);
    let mut said = if yuan > 0 { format!("{whole}元") } else { String::new() };
    match (jiao, fen) {
        (0, 0) if yuan == 0 => return "零元整".to_owned(),
        (0, 0) => said.push('整'),
        (0, _) if yuan > 0 => said.push('零'),
        _ => {}
    }
    if jiao > 0 {
        said.extend([CAPITALS[jiao], "角"]);
    }
    if fen > 0 {
        said.extend([CAPITALS[fen], "分"]);
    } else if jiao > 0 {
        said.push('整');
    }
    said
}

/// A part of a whole, rounded so that it is neither all nor nothing where it is less or more; whether it had to be held.
pub fn held(part: &Fraction, all: &Fraction, decimals: i32) -> (Fraction, bool) {
    let (rounded, last) = (half_up(part, decimals), ten(-decimals));
    if rounded == *all && part < all {
        return (rounded - last, true);
    }
    if !rounded.is_zero() || part.is_zero() {
        return (rounded, false);
    }
    (if *part > rounded { rounded + last } else { rounded - last }, true)
}

/// A percentage that never says all or nothing where it is not: the text, and whether it was held.
pub fn share(percent: &Fraction, decimals: i32) -> (String, bool) {
    let (rounded, held) = held(percent, &whole(100), decimals);
    (format!("{}%", plain(&rounded)), held)
}

#[test]
fn digits_are_those_of_the_manual() {
    assert_eq!(fixed(&whole(25), 1), "25.0");
    assert_eq!(at_most(&(whole(35) / whole(48) * whole(100)), 2), "72.92");
    assert_eq!([None, Some(2)].map(|asked| mean(&ten(-3), asked)), ["0.001", "0.001"]);
    assert_eq!([None, Some(2)].map(|asked| mean(&whole(1500), asked)), ["1500", "1500.00"]);
    assert_eq!(plain(&(whole(-12) / ten(3))), "-0.012");
    assert_eq!(share(&(whole(3999) / whole(40)), 1), ("99.9%".to_owned(), true));
    assert_eq!(share(&(whole(1) / whole(5000)), 1), ("0.1%".to_owned(), true));
    assert_eq!(share(&(whole(7) / whole(8) * whole(100)), 1), ("87.5%".to_owned(), false));
}

#[test]
fn numerals_are_those_of_the_manual() {
    for (number, said) in [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (102, "一百零二"),
        (110, "一百一十"),
        (10_005, "一万零五"),
        (100_500, "十万零五百"),
        (101_500, "十万一千五百"),
        (100_001_500, "一亿零一千五百"),
        (1_015_000_000, "十亿一千五百万"),
    ] {
        assert_eq!(numeral(number), said);
    }
    assert_eq!(one_by_one(2024), "二〇二四");
}

#[test]
fn money_in_words_is_that_of_the_manual() {
    for (cents, said) in [
        (2_300_000, "贰万叁仟元整"),
        (23_500_000, "贰拾叁万伍仟元整"),
        (1_750_000, "壹万柒仟伍佰元整"),
        (0, "零元整"),
        (105, "壹元零伍分"),
        (150, "壹元伍角整"),
        (1000, "壹拾元整"),
        (1_001_000, "壹万零壹拾元整"),
    ] {
        assert_eq!(capitals(&(whole(cents) / whole(100))), said);
    }
}
