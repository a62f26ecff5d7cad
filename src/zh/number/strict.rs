//! Numbers as facts are written: `17名`, `617.50亿元`, `5万余元`; and slips of writing mended, as in cells.
//! Whatever cannot be read exactly is refused; nothing is ever rounded on the way in.

use rust_decimal::Decimal;

use super::approx::{BEFORE, BEHIND, MIDDLE, Word};
use super::fold::half_width;
use super::written::{Form, Why};
use super::{Amount, Bound, Scale, Unit, measure, numeral, ungrouped};

/// Digits that an amount can hold exactly.
const MAX_DIGITS: usize = 28;

/// Signs that a unit may have beside letters.
const SIGNS: &str = "%‰/°℃℉㎡㎥²³·µ";

/// What may stand in a unit, as a class of a pattern.
pub(super) const UNIT: &str = "[%‰/°℃℉㎡㎥²³·µA-Za-z〇一-鿿]*";

/// What stands between a number and its unit.
pub(super) struct Tail<'t> {
    /// The scale words, one behind the other.
    pub scales: String,
    /// The power of ten that they are together.
    pub power: u32,
    /// The approximation words.
    pub words: Vec<&'static Word>,
    /// The unit behind them.
    pub unit: &'t str,
}

impl Tail<'_> {
    /// The scale, where the words are one: 万亿, but not 百千.
    pub fn scale(&self) -> Option<Scale> {
        if self.scales.is_empty() { Some(Scale::ONE) } else { Scale::named(&self.scales) }
    }
}

/// Takes scale words and words in the middle from the front, in any order in which they are said: 多万元, 万多元.
pub(super) fn tail(text: &str) -> Tail<'_> {
    let mut tail = Tail { scales: String::new(), power: 0, words: Vec::new(), unit: text };
    loop {
        if let Some(word) = MIDDLE.iter().find(|word| tail.unit.starts_with(word.written)) {
            tail.words.push(word);
            tail.unit = &tail.unit[word.written.len()..];
        } else if let Some((scale, behind)) = Scale::begins(tail.unit) {
            tail.scales.push_str(scale.word());
            tail.power += scale.power();
            tail.unit = behind;
        } else {
            return tail;
        }
    }
}

/// The word in front of a number, and the rest.
pub(super) fn before(text: &str) -> (Option<&'static Word>, &str) {
    let found = BEFORE.iter().find_map(|word| Some((word, text.strip_prefix(word.written)?)));
    found.map_or((None, text), |(word, rest)| (Some(word), rest))
}

/// The word behind the unit, and what is before it.
pub(super) fn behind(text: &str) -> (Option<&'static Word>, &str) {
    let found = BEHIND.iter().find_map(|word| Some((word, text.strip_suffix(word.written)?)));
    found.map_or((None, text), |(word, rest)| (Some(word), rest))
}

/// A number times a power of ten, exactly; nothing where it does not fit into 28 digits.
pub(super) fn scaled(number: Decimal, power: u32) -> Option<Decimal> {
    let kept = number.scale().saturating_sub(power);
    let shift = power - (number.scale() - kept);
    let mantissa = number.mantissa().checked_mul(10_i128.checked_pow(shift)?)?;
    Decimal::try_from_i128_with_scale(mantissa, kept).ok()
}

/// The amount that a fact says.
pub(super) fn amount(text: &str) -> Result<Amount, Why> {
    if text.trim().is_empty() {
        return Err(Why::Empty);
    }
    let (front, rest) = before(text);
    let (back, rest) = behind(rest);
    let (number, rest) = split_number(rest).ok_or_else(|| Why::NotNumber(text.to_owned()))?;
    let (decimals, tail) = (checked_decimals(number)?, tail(rest));
    let words: Vec<&Word> = front.into_iter().chain(back).chain(tail.words.iter().copied()).collect();
    let unit = || Why::Unit(tail.unit.to_owned());
    let word = match words.as_slice() {
        [] => None,
        [word] if word.fact => Some(word.approx),
        [word] => return Err(Why::OtherWord(word.written)),
        _ => return Err(Why::TwoWords),
    };
    if !tail.unit.chars().all(is_of_unit) {
        return Err(unit());
    }
    let unit = Unit { scale: tail.scale().ok_or_else(unit)?, base: tail.unit.to_owned() };
    let written = Decimal::from_str_exact(number).map_err(|_| Why::TooLong)?;
    let value = scaled(written, unit.scale.power()).ok_or(Why::TooLong)?;
    let bound = word.map_or(Bound::Exact, super::Approx::bound);
    Ok(Amount { value, bound, unit, decimals, approx: word })
}

fn is_of_unit(c: char) -> bool {
    c.is_ascii_alphabetic() || ('一'..='鿿').contains(&c) || c == '〇' || SIGNS.contains(c)
}

/// Splits `-1.2‰` behind its number; `None` where no number stands in front.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let (whole, fraction) = digits[..end].split_once('.').unwrap_or((&digits[..end], "0"));
    let good = !whole.is_empty() && !fraction.is_empty() && !fraction.contains('.');
    good.then(|| text.split_at(text.len() - digits.len() + end))
}

/// How many digits stand behind the point.
fn checked_decimals(number: &str) -> Result<u32, Why> {
    if number.chars().filter(char::is_ascii_digit).count() > MAX_DIGITS {
        return Err(Why::TooLong);
    }
    let whole = number.trim_start_matches('-').split('.').next().unwrap_or_default();
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(Why::Form(Form::Leading));
    }
    let decimals = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Ok(decimals as u32)
}

/// A text with its slips of writing mended, and the one of them that is the least sure, else the first.
///
/// # Errors
/// Digits are parted, so that nobody knows whether one number is meant or two.
pub(super) fn mended(text: &str) -> Result<(String, Option<Form>), Why> {
    let mut met = Vec::new();
    let mut note = |form: Form, changed: bool| {
        if changed {
            met.push(form);
        }
    };
    let half = half_width(text);
    let solid = |c: &char| !c.is_whitespace();
    let core = |c: &char| solid(c) && !matches!(c, ',' | '，');
    note(Form::FullWidth, half.chars().filter(core).ne(text.chars().filter(core)));
    let Some(whole) = ungrouped(&half) else {
        return Err(Why::Parted(half.chars().filter(|c| *c != ',' && !c.is_whitespace()).collect()));
    };
    note(Form::Grouped, whole != half);
    let tight: String = whole.chars().filter(solid).collect();
    note(Form::Blank, tight != whole);
    let bare = without_signs(&tight);
    note(Form::Leading, bare != tight);
    let signed = match bare.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(inner) if inner.starts_with(|c: char| c.is_ascii_digit()) => format!("-{inner}"),
        _ => bare.clone(),
    };
    note(Form::Brackets, signed != bare);
    let plain = in_digits(&signed);
    note(Form::Numeral, plain.is_some());
    let unsure = met.iter().find(|form| !matches!(form, Form::FullWidth | Form::Grouped | Form::Blank));
    let form = unsure.or(met.first()).copied();
    Ok((plain.unwrap_or(signed), form))
}

/// `007`, `+5` and `￥5` without what says nothing.
fn without_signs(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '¥' | '￥')).collect();
    let (_, rest) = before(&text);
    let front = &text[..text.len() - rest.len()];
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let (minus, rest) = rest.strip_prefix('-').map_or(("", rest), |rest| ("-", rest));
    let zeros = rest.len() - rest.trim_start_matches('0').len();
    let digit = rest[zeros..].starts_with(|c: char| c.is_ascii_digit());
    let kept = if digit { zeros } else { zeros.saturating_sub(1) };
    format!("{front}{minus}{}", &rest[kept..])
}

/// `十七名` as `17名`: 三四次 is three or four, and 一百一 perhaps 110, so that only a numeral in full is one number.
fn in_digits(text: &str) -> Option<String> {
    let (_, rest) = before(text);
    let front = &text[..text.len() - rest.len()];
    let end = rest.find(|c| !"零〇一二三四五六七八九两十百千".contains(c)).unwrap_or(rest.len());
    // The last 千 of 二千千瓦 belongs to the unit, but the 百 of 九百万千瓦 does not.
    let last = rest[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    let ends = [last, end].into_iter().filter(|at| *at == end || measure::begins(&rest[last..]));
    let (value, unit) =
        ends.into_iter().find_map(|at| Some((numeral::in_full(&rest[..at])?, &rest[at..])))?;
    let goes_on = unit.starts_with(|c: char| c.is_ascii_digit() || c == '半');
    (!goes_on).then(|| format!("{front}{value}{unit}"))
}

/// A number without its unit, as facts write it, with the unit where it belongs: 约30 is 约30条, 30以上 is 30条以上,
/// 约3亿 in a column of 万元 is 约3亿元.
pub fn completed(number: &str, unit: &Unit) -> String {
    let (word, front) = behind(number);
    let scaled = amount(number).is_ok_and(|amount| amount.unit.is_scaled());
    let unit = if scaled { unit.base.clone() } else { unit.to_string() };
    format!("{front}{unit}{}", word.map_or("", |word| word.written))
}
