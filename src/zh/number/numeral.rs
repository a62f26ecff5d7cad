//! Chinese numerals: cardinals, counts before a measure word, years digit by digit and 大写 money.

use std::borrow::Cow;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// No cardinal of a `u64` is longer, so longer texts are refused before any work is done.
const LONGEST: usize = 64;

/// The characters that numerals are written with.
pub const CHARS: &str = "零〇一二两三四五六七八九十廿卅百千万亿";

/// The place words from the largest down.
const PLACES: [u128; 5] = [100_000_000, 10_000, 1_000, 100, 10];

/// One way of writing numerals: the digits and the words for [`PLACES`].
struct Script {
    digits: [char; 10],
    places: [char; 5],
}

const PLAIN: Script = Script {
    digits: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    places: ['亿', '万', '千', '百', '十'],
};

const FINANCIAL: Script = Script {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    places: ['亿', '万', '仟', '佰', '拾'],
};

impl Script {
    /// Appends `n` with every place written out (`一十二`).
    fn write(&self, n: u128, out: &mut String) {
        let place = PLACES.iter().zip(self.places).find(|(base, _)| n >= **base);
        let Some((&base, word)) = place else {
            out.push(self.digits[(n % 10) as usize]);
            return;
        };
        self.write(n / base, out);
        out.push(word);
        let rest = n % base;
        if rest == 0 {
            return;
        }
        if rest < base / 10 {
            out.push(self.digits[0]);
        }
        self.write(rest, out);
    }
}

/// The cardinal: 12 → 十二, 102 → 一百零二, 10 500 → 一万零五百, 0 → 零.
pub fn count(n: u64) -> String {
    let mut out = String::new();
    PLAIN.write(n.into(), &mut out);
    match out.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => out,
    }
}

/// The cardinal as it stands before a measure word: a bare 2 is 两 (两个村), all else as [`count`].
pub fn count_before_measure(n: u64) -> String {
    if n == 2 { "两".to_owned() } else { count(n) }
}

/// A whole number with its unit in Chinese: 十二件, 两个, 百分之八十五, 千分之三.
pub fn with_measure(n: u64, unit: &str) -> String {
    match unit {
        "" => count(n),
        "%" => format!("百分之{}", count(n)),
        "‰" => format!("千分之{}", count(n)),
        _ => format!("{}{unit}", count_before_measure(n)),
    }
}

/// Every ASCII digit replaced by its Chinese digit, as in years: `2024` → 二〇二四.
pub fn digits(text: &str) -> String {
    text.chars().map(|c| if c == '0' { '〇' } else { chinese_digit(c) }).collect()
}

fn chinese_digit(c: char) -> char {
    c.to_digit(10).and_then(|d| PLAIN.digits.get(d as usize)).copied().unwrap_or(c)
}

/// Reads a cardinal (一百零二, 两, 十万) or a row of digits (二〇一一); `None` for anything else.
///
/// A shortened tail such as 一百二 is refused, because it reads as 102 or 120.
pub fn parse(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    let value = digit_row(text).or_else(|| cardinal(&spelled_out(text)))?;
    u64::try_from(value).ok()
}

/// 廿三 as 二十三.
fn spelled_out(text: &str) -> Cow<'_, str> {
    match text.contains(['廿', '卅']) {
        true => Cow::Owned(text.replace('廿', "二十").replace('卅', "三十")),
        false => Cow::Borrowed(text),
    }
}

/// Whether numerals are written with a character.
pub fn is_one(c: char) -> bool {
    CHARS.contains(c)
}

/// The value of a numeral that is written in full, so that it can only mean one number: 一百零二, not 一百二 or 二三.
pub(super) fn in_full(text: &str) -> Option<u64> {
    let mut chars = text.chars().peekable();
    let alone = text == "两";
    while let Some(c) = chars.next() {
        if c == '两' && !alone && !chars.peek().is_some_and(|next| matches!(next, '百' | '千')) {
            return None;
        }
    }
    parse(text).filter(|value| count(*value) == text.replace('两', "二").replace('〇', "零"))
}

/// Reads a cardinal with what stands behind 点: 十二点五.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let Some((whole, behind)) = text.split_once('点') else { return parse(text).map(Decimal::from) };
    let digits: Option<String> = behind.chars().map(|c| Some(digit(c)?.to_string())).collect();
    let digits = digits.filter(|digits| !digits.is_empty())?;
    Decimal::from_str_exact(&format!("{}.{digits}", parse(whole)?)).ok()
}

/// Reads an amount of money (元) in 大写, as [`financial`] writes it.
pub(super) fn parse_financial(text: &str) -> Option<Decimal> {
    let usual: String = text.chars().map(usual).collect();
    let (yuan, small) = usual.split_once('元').filter(|_| usual != text)?;
    let of = |unit: char| {
        let before = small.find(unit).and_then(|at| small[..at].chars().next_back());
        before.and_then(digit).unwrap_or(0)
    };
    let cents = i64::try_from(of('角') * 10 + of('分')).ok()?;
    Some((Decimal::from(parse(yuan)?) + Decimal::new(cents, 2)).normalize())
}

/// The usual character for one of 大写.
fn usual(c: char) -> char {
    let digits = FINANCIAL.digits.iter().zip(PLAIN.digits);
    let mut pairs = digits.chain(FINANCIAL.places.iter().zip(PLAIN.places)).chain([(&'圆', '元')]);
    pairs.find(|(capital, _)| **capital == c).map_or(c, |(_, usual)| usual)
}

/// The value of a Chinese digit; 两 only stands alone or before a place word, so it is read elsewhere.
pub(super) fn digit(c: char) -> Option<u128> {
    let c = if c == '〇' { '零' } else { c };
    PLAIN.digits.iter().position(|d| *d == c).map(|d| d as u128)
}

fn digit_row(text: &str) -> Option<u128> {
    text.chars().try_fold(0u128, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?))
}

fn cardinal(text: &str) -> Option<u128> {
    let place =
        PLACES.iter().zip(PLAIN.places).find_map(|(base, word)| Some((*base, text.rsplit_once(word)?)));
    let Some((base, (head, tail))) = place else { return single_digit(text) };
    let head = match head {
        "" if base == 10 => 1,
        _ => cardinal(head).filter(|n| *n > 0 && (base == PLACES[0] || *n < head_limit(base)))?,
    };
    head.checked_mul(base)?.checked_add(remainder(tail, base)?)
}

/// How large the number before a place word may be: four digits before 万, one before 千, 百 and 十.
fn head_limit(base: u128) -> u128 {
    if base == 10_000 { 10_000 } else { 10 }
}

fn single_digit(text: &str) -> Option<u128> {
    let mut chars = text.chars();
    let (first, None) = (chars.next()?, chars.next()) else { return None };
    if first == '两' { Some(2) } else { digit(first) }
}

/// What follows a place word: nothing, or a smaller number, with 零 where a place is skipped.
fn remainder(tail: &str, base: u128) -> Option<u128> {
    if tail.is_empty() {
        return Some(0);
    }
    let after_zero = tail.strip_prefix(['零', '〇']).filter(|_| base > 10);
    let value = cardinal(after_zero.unwrap_or(tail))?;
    let skips = value < base / 10;
    (value > 0 && value < base && (after_zero.is_some() || !skips)).then_some(value)
}

/// The amount of money `n` (元) in 大写, rounded half up to 分: 23000 → 贰万叁仟元整, 1.05 → 壹元零伍分.
pub fn financial(n: Decimal) -> String {
    let fen = n.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).abs();
    let yuan = fen.trunc().to_u128().unwrap_or_default();
    let cents = (fen.fract() * Decimal::ONE_HUNDRED).to_usize().unwrap_or_default();
    let mut out = String::new();
    if n.is_sign_negative() && !fen.is_zero() {
        out.push('负');
    }
    if yuan > 0 || cents == 0 {
        FINANCIAL.write(yuan, &mut out);
        out.push('元');
    }
    write_cents(yuan > 0, cents, &mut out);
    out
}

/// Appends 角 and 分; 零 keeps the place of a missing 角, and 整 closes an amount without 分.
fn write_cents(after_yuan: bool, cents: usize, out: &mut String) {
    let (jiao, fen) = (cents / 10 % 10, cents % 10);
    if jiao > 0 {
        out.extend([FINANCIAL.digits[jiao], '角']);
    } else if after_yuan && fen > 0 {
        out.push('零');
    }
    if fen > 0 {
        out.extend([FINANCIAL.digits[fen], '分']);
    } else {
        out.push('整');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_are_written_as_they_are_read() {
        for (n, text) in [
            (0, "零"),
            (2, "二"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (102, "一百零二"),
            (110, "一百一十"),
            (1_010, "一千零一十"),
            (10_000, "一万"),
            (10_500, "一万零五百"),
            (120_000, "十二万"),
            (300_120_000, "三亿零一十二万"),
            (1_234_500_000_000, "一万二千三百四十五亿"),
            (10_000_000_000_000_000, "一亿亿"),
        ] {
            assert_eq!(count(n), text);
        }
    }

    #[test]
    fn only_a_bare_two_becomes_liang() {
        for (n, text) in [(2, "两"), (12, "十二"), (20, "二十"), (200, "二百"), (3, "三")] {
            assert_eq!(count_before_measure(n), text);
        }
    }

    #[test]
    fn shares_stand_behind_their_base() {
        for (n, unit, text) in [
            (12, "件", "十二件"),
            (2, "个", "两个"),
            (2, "%", "百分之二"),
            (3, "‰", "千分之三"),
            (5, "", "五"),
        ] {
            assert_eq!(with_measure(n, unit), text);
        }
    }

    #[test]
    fn digits_replace_ascii_digits_alone() {
        assert_eq!(digits("2024年"), "二〇二四年");
        assert_eq!(digits("１a"), "１a");
    }

    #[test]
    fn parse_reads_cardinals_and_rows() {
        for (text, n) in [
            ("两", 2),
            ("三十", 30),
            ("二〇一一", 2011),
            ("一百零二", 102),
            ("两百", 200),
            ("十万零一千", 101_000),
            ("廿", 20),
            ("廿三", 23),
            ("一百卅五", 135),
        ] {
            assert_eq!(parse(text), Some(n), "{text}");
        }
    }

    #[test]
    fn parse_refuses_what_is_no_numeral() {
        for text in
            ["", "廿十", "二廿", "一百二", "万", "一万万亿五", "三个", "十十", "二十零五", "12", "两两", "百"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"亿".repeat(100_000)), None);
    }

    #[test]
    fn money_is_written_in_full() {
        for (n, text) in [
            ("23000", "贰万叁仟元整"),
            ("1.05", "壹元零伍分"),
            ("0", "零元整"),
            ("0.05", "伍分"),
            ("0.5", "伍角整"),
            ("1409.50", "壹仟肆佰零玖元伍角整"),
            ("10", "壹拾元整"),
            ("6.125", "陆元壹角叁分"),
            ("-3", "负叁元整"),
            ("-0.001", "零元整"),
        ] {
            assert_eq!(financial(Decimal::from_str_exact(n).unwrap()), text);
        }
    }

    proptest! {
        #[test]
        fn parse_undoes_count(n: u64) {
            prop_assert_eq!(parse(&count(n)), Some(n));
        }

        #[test]
        fn parse_undoes_small_counts(n in 0u64..200_000) {
            prop_assert_eq!(parse(&count_before_measure(n)), Some(n));
        }

        #[test]
        fn any_text_can_be_parsed(text in "[零〇一二两三十百千万亿x]{0,70}") {
            if let Some(n) = parse(&text) {
                prop_assert!(count(n).chars().count() <= LONGEST);
            }
        }
    }
}
