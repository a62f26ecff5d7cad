//! Quantities as staff write them: `17名`, `617.50亿元`, `5万余元`, `近2000人次`.
//!
//! [`Quantity::parse`] reads, [`format()`](crate::zh::number::format()) writes. Whatever cannot be read exactly
//! is refused with the way to write it; nothing is ever rounded on the way in.

use rust_decimal::Decimal;

use super::value::Quantity;
use crate::zh::number::{Amount, Approx, Bound, Scale, Unit, numeral::count, ungrouped};

/// Digits that a quantity can hold exactly.
const MAX_DIGITS: usize = 28;

/// Approximation words in front of the number, longest first.
const PREFIXES: [(&str, Approx); 5] = [
    ("超过", Approx::Chaoguo),
    ("超", Approx::Chao),
    ("逾", Approx::Yuyue),
    ("近", Approx::Jin),
    ("约", Approx::Yue),
];

/// Approximation words behind the unit.
const SUFFIXES: [(&str, Approx); 2] = [("左右", Approx::Zuoyou), ("以上", Approx::Yishang)];

/// Approximation words between number and base unit.
const MIDDLES: [(&str, Approx); 2] = [("多", Approx::Duo), ("余", Approx::Yu)];

/// Why a text is not a quantity. `instead` is the same quantity as it should be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum QuantityError {
    /// Nothing is written.
    #[error("这里没有写数")]
    Empty,
    /// `１７名`.
    #[error("数字写成了全角")]
    FullWidth { instead: String },
    /// `1,234名`.
    #[error("数字里有分位逗号")]
    Separator { instead: String },
    /// `12，5` or `1,2345`: one number or two. `glued` is what it would be without the marks.
    #[error("数字中间有逗号或空格，又不是三位一节")]
    Parted { glued: String },
    /// `十七名`.
    #[error("数字写成了汉字")]
    Words { instead: String },
    /// `12 次`.
    #[error("数字和单位之间有空格")]
    Space { instead: String },
    /// `007` or `+5`.
    #[error("数字前面有多余的符号或0")]
    Leading { instead: String },
    /// More digits than can be held exactly.
    #[error("数字超过28位，无法精确保存")]
    TooLong,
    /// Two approximation words, `约30多条`.
    #[error("约数词用了两个")]
    TwoWords,
    /// A unit with digits, spaces or punctuation in it.
    #[error("单位“{0}”里有数字或标点")]
    Unit(String),
    /// No number at the front.
    #[error("“{0}”不是数")]
    NotNumber(String),
}

impl QuantityError {
    /// Whether a number was meant for certain, though not written as one.
    pub(super) fn is_surely_a_number(&self) -> bool {
        match self {
            QuantityError::FullWidth { instead }
            | QuantityError::Separator { instead }
            | QuantityError::Space { instead }
            | QuantityError::Parted { glued: instead } => looks_like(instead),
            QuantityError::TooLong => true,
            _ => false,
        }
    }

    /// How to mend it, one Chinese sentence.
    pub fn hint(&self) -> String {
        use QuantityError::*;
        match self {
            FullWidth { instead }
            | Separator { instead }
            | Words { instead }
            | Space { instead }
            | Leading { instead } => {
                format!("请写成{instead}")
            }
            Parted { .. } => "请核对是一个数还是两个数；一处只写一个数，不写逗号和空格".to_owned(),
            TooLong => "请检查是不是多打了数字，或换用更大的单位（万、亿）".to_owned(),
            TwoWords => "约、近、超、多、余、左右、以上只用一个".to_owned(),
            Unit(_) => "一处只写一个数，后面直接跟单位，如17名；别的话写到“说明”里".to_owned(),
            Empty | NotNumber(_) => "请写阿拉伯数字和单位，如17名、6700万元、5万余元".to_owned(),
        }
    }
}

impl Quantity {
    /// Reads a quantity exactly; `text` is kept as written.
    ///
    /// # Errors
    /// A [`QuantityError`] that says how to write it: full-width digits, thousands separators and
    /// numerals in characters are refused, as are more than 28 digits.
    pub fn parse(text: &str) -> Result<Quantity, QuantityError> {
        refuse_other_writing(text)?;
        let (front, rest) = take_word(text, &PREFIXES, |text, word| text.strip_prefix(word));
        let (back, rest) = take_word(rest, &SUFFIXES, |text, word| text.strip_suffix(word));
        let (number, unit) = split_number(rest).ok_or_else(|| not_number(text))?;
        let decimals = checked_decimals(number)?;
        let (middle, unit) = take_middle(unit);
        if [front, back, middle].iter().flatten().count() > 1 {
            return Err(QuantityError::TwoWords);
        }
        check_unit(&unit)?;
        let (unit, approx) = (Unit::parse(&unit), front.or(back).or(middle));
        let bound = approx.map_or(Bound::Exact, Approx::bound);
        let value = scaled(number, unit.scale)?;
        Ok(Quantity { text: text.to_owned(), amount: Amount { value, bound, unit, decimals, approx } })
    }
}

/// Whether the text looks like a quantity rather than like words that begin with a number
/// (`12345政务热线`): the unit is short.
pub(super) fn looks_like(text: &str) -> bool {
    Quantity::parse(text).is_ok_and(|quantity| quantity.amount.unit.base.chars().count() <= 4)
}

fn scaled(number: &str, scale: Scale) -> Result<Decimal, QuantityError> {
    let written = Decimal::from_str_exact(number).map_err(|_| QuantityError::TooLong)?;
    let kept = written.scale().saturating_sub(scale.power());
    let shift = scale.power() - (written.scale() - kept);
    let mantissa = written.mantissa().checked_mul(10_i128.pow(shift)).ok_or(QuantityError::TooLong)?;
    Decimal::try_from_i128_with_scale(mantissa, kept).map_err(|_| QuantityError::TooLong)
}

fn take_word<'t>(
    text: &'t str,
    words: &[(&str, Approx)],
    strip: impl Fn(&'t str, &str) -> Option<&'t str>,
) -> (Option<Approx>, &'t str) {
    let found = words.iter().find_map(|(word, approx)| Some((Some(*approx), strip(text, word)?)));
    found.unwrap_or((None, text))
}

/// Takes 多 or 余 from the front of the unit or from behind its scale word.
fn take_middle(unit: &str) -> (Option<Approx>, String) {
    let (word, rest) = take_word(unit, &MIDDLES, |text, word| text.strip_prefix(word));
    if word.is_some() {
        return (word, rest.to_owned());
    }
    let parsed = Unit::parse(unit);
    match take_word(&parsed.base, &MIDDLES, |text, word| text.strip_prefix(word)) {
        (Some(word), base) if parsed.is_scaled() => (Some(word), format!("{}{base}", parsed.scale.word())),
        _ => (None, unit.to_owned()),
    }
}

/// Splits `-1.2‰` behind its number; `None` where no number stands in front.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let (whole, fraction) = digits[..end].split_once('.').unwrap_or((&digits[..end], "0"));
    let good = !whole.is_empty() && !fraction.is_empty() && !fraction.contains('.');
    good.then(|| text.split_at(text.len() - digits.len() + end))
}

fn checked_decimals(number: &str) -> Result<u32, QuantityError> {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if digits > MAX_DIGITS {
        return Err(QuantityError::TooLong);
    }
    let decimals = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Ok(decimals as u32)
}

fn check_unit(unit: &str) -> Result<(), QuantityError> {
    let good = |c: char| (c.is_alphabetic() || "%‰/°℃℉㎡㎥²³·".contains(c)) && !c.is_numeric();
    match unit.chars().all(|c| good(c) || c == '〇') {
        true => Ok(()),
        false => Err(QuantityError::Unit(unit.to_owned())),
    }
}

fn not_number(text: &str) -> QuantityError {
    QuantityError::NotNumber(text.to_owned())
}

/// Finds writings that are clear to a reader but not allowed, and says how to write them.
fn refuse_other_writing(text: &str) -> Result<(), QuantityError> {
    if text.trim().is_empty() {
        return Err(QuantityError::Empty);
    }
    use QuantityError::*;
    let half = half_width(text);
    let Some(whole) = ungrouped(&half) else {
        return Err(Parted {
            glued: half.chars().filter(|c| !matches!(c, ',' | '，') && !c.is_whitespace()).collect(),
        });
    };
    let found = (half != text)
        .then(|| FullWidth { instead: whole.clone() })
        .or_else(|| (whole != text).then(|| Separator { instead: whole.clone() }))
        .or_else(|| without_spaces(text).map(|instead| Space { instead }))
        .or_else(|| without_leading(text).map(|instead| Leading { instead }))
        .or_else(|| in_digits(text).map(|instead| Words { instead }));
    found.map_or(Ok(()), Err)
}

/// The text with half-width digits, where it has full-width ones.
fn half_width(text: &str) -> String {
    if !text.contains(|c| ('０'..='９').contains(&c)) {
        return text.to_owned();
    }
    let half = |c: char| match c {
        '０'..='９' | '．' | '－' | '％' | '，' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(half).collect()
}

fn without_spaces(text: &str) -> Option<String> {
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (tight != text && Quantity::parse(&tight).is_ok()).then_some(tight)
}

fn without_leading(text: &str) -> Option<String> {
    let bare = text.trim_start_matches('+');
    let padded =
        bare.len() > 1 && bare.starts_with('0') && bare[1..].starts_with(|c: char| c.is_ascii_digit());
    let bare = if padded { bare.trim_start_matches('0') } else { bare };
    let bare =
        if bare.starts_with(|c: char| c.is_ascii_digit()) { bare.to_owned() } else { format!("0{bare}") };
    let changed = padded || text.starts_with('+');
    (changed && Quantity::parse(&bare).is_ok()).then_some(bare)
}

/// `十七名` as `17名`; `None` where the text does not begin with a numeral in characters.
fn in_digits(text: &str) -> Option<String> {
    let end = text.find(|c| !"零〇一二三四五六七八九两十百千".contains(c)).unwrap_or(text.len());
    let (numeral, unit) = text.split_at(end);
    // 三四次 is three or four, and 一百一 perhaps 110: only a numeral that is written in full is one number.
    let written = numeral.replace('两', "二").replace('〇', "零");
    let value = numeral_value(numeral).filter(|value| count(*value) == written)?;
    let instead = format!("{value}{unit}");
    Quantity::parse(&instead).is_ok().then_some(instead)
}

fn numeral_value(numeral: &str) -> Option<u64> {
    let (mut sum, mut digit, mut seen) = (0_u64, None, false);
    for c in numeral.chars() {
        seen = true;
        let power = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let at = "零一二三四五六七八九".chars().position(|d| d == c);
                digit = Some(at.unwrap_or(if c == '两' { 2 } else { 0 }) as u64);
                continue;
            }
        };
        sum += digit.take().unwrap_or(1) * power;
    }
    seen.then(|| sum + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zh::number::{format, format_exact, plain};

    fn read(text: &str) -> (String, String, u32, Option<Approx>) {
        let quantity = Quantity::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(quantity.text, text);
        let amount = quantity.amount;
        (plain(amount.value), amount.unit.to_string(), amount.decimals, amount.approx)
    }

    #[test]
    fn reads_value_in_the_base_unit() {
        let cases = [
            ("17名", "17", "名", 0, None),
            ("6700万元", "67000000", "万元", 0, None),
            ("1.2亿元", "120000000", "亿元", 1, None),
            ("617.50亿元", "61750000000", "亿元", 2, None),
            ("3万多元", "30000", "万元", 0, Some(Approx::Duo)),
            ("5万余元", "50000", "万元", 0, Some(Approx::Yu)),
            ("9000多万元", "90000000", "万元", 0, Some(Approx::Duo)),
            ("30多条", "30", "条", 0, Some(Approx::Duo)),
            ("近2000人次", "2000", "人次", 0, Some(Approx::Jin)),
            ("约5.2公里", "5.2", "公里", 1, Some(Approx::Yue)),
            ("60万元左右", "600000", "万元", 0, Some(Approx::Zuoyou)),
            ("96%以上", "96", "%", 0, Some(Approx::Yishang)),
            ("超3000人", "3000", "人", 0, Some(Approx::Chao)),
            ("5千万元", "50000000", "千万元", 0, None),
            ("5千多人", "5000", "千人", 0, Some(Approx::Duo)),
            ("12千瓦", "12", "千瓦", 0, None),
            ("超过3000人", "3000", "人", 0, Some(Approx::Chaoguo)),
            ("-1.2‰", "-1.2", "‰", 1, None),
            ("13860元", "13860", "元", 0, None),
            ("1", "1", "", 0, None),
            ("4.93公里", "4.93", "公里", 2, None),
            ("2.5万亿元", "2500000000000", "万亿元", 1, None),
            ("0.00005万元", "0.5", "万元", 5, None),
        ];
        for (text, value, unit, decimals, approx) in cases {
            assert_eq!(read(text), (value.to_owned(), unit.to_owned(), decimals, approx), "{text}");
        }
    }

    #[test]
    fn refuses_other_writings_and_says_how_to_write_them() {
        let cases = [
            ("１７名", "请写成17名"),
            ("1,234名", "请写成1234名"),
            ("1，234名", "请写成1234名"),
            ("十七名", "请写成17名"),
            ("两百零三名", "请写成203名"),
            ("三四次", "请写阿拉伯数字和单位，如17名、6700万元、5万余元"),
            ("二三十次", "请写阿拉伯数字和单位，如17名、6700万元、5万余元"),
            ("一百零五名", "请写成105名"),
            ("两千名", "请写成2000名"),
            ("12 次", "请写成12次"),
            ("007", "请写成7"),
            ("+5名", "请写成5名"),
        ];
        for (text, hint) in cases {
            assert_eq!(Quantity::parse(text).map_err(|error| error.hint()), Err(hint.to_owned()), "{text}");
        }
    }

    #[test]
    fn digits_that_are_parted_otherwise_are_never_glued() {
        for text in ["12，5万元", "1,2345元", "1.234,56万元", "12 30名", "１２，５元"] {
            assert!(matches!(Quantity::parse(text), Err(QuantityError::Parted { .. })), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_a_quantity() {
        let long = "1234567890123456789012345678901234567890元";
        assert_eq!(Quantity::parse(long), Err(QuantityError::TooLong));
        assert_eq!(Quantity::parse("79228162514264337593543950336万亿元"), Err(QuantityError::TooLong));
        assert_eq!(Quantity::parse("约30多条"), Err(QuantityError::TwoWords));
        assert_eq!(Quantity::parse(""), Err(QuantityError::Empty));
        for text in ["名", "多", "1.名", ".5", "1.2.3", "--1", "3至5名", "1e5", "17名2", "约", "左右"]
        {
            assert!(Quantity::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn writes_with_the_digits_asked_for() {
        let value = Decimal::from(61_750_000_000_i64);
        assert_eq!(format_exact(value, &Unit::parse("亿元"), 2), "617.50亿元");
        assert_eq!(format_exact(value, &Unit::parse("亿元"), 0), "618亿元");
        assert_eq!(format_exact(Decimal::new(-4, 1), &Unit::parse("%"), 0), "0%");
        assert_eq!(format_exact(Decimal::MAX, &Unit::parse("元"), 2), "79228162514264337593543950335.00元");
        assert_eq!(plain(Decimal::new(12300, 2)), "123");
    }

    prop_compose! {
        fn quantity()(
            digits in "(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?",
            minus in any::<bool>(),
            scale in prop::sample::select(vec!["", "万", "亿", "万亿"]),
            base in prop::sample::select(vec!["元", "人次", "%", "公里", ""]),
            word in prop::sample::select(vec!["", "近", "约", "超", "左右", "以上", "多", "余"]),
        ) -> String {
            let zero = digits.chars().all(|c| matches!(c, '0' | '.'));
            let number = format!("{}{digits}", if minus && !zero { "-" } else { "" });
            match word {
                "近" | "约" | "超" => format!("{word}{number}{scale}{base}"),
                "多" | "余" if number.ends_with('0') && !number.contains('.') => format!("{number}{word}{scale}{base}"),
                "多" | "余" => format!("{number}{scale}{word}{base}"),
                _ => format!("{number}{scale}{base}{word}"),
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_the_same(text in quantity()) {
            let quantity = Quantity::parse(&text).unwrap();
            prop_assert_eq!(&quantity.text, &text);
            let amount = &quantity.amount;
            let written = format(amount.value, &amount.unit, amount.decimals, amount.approx);
            prop_assert_eq!(written, text);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = Quantity::parse(&text);
        }
    }
}
