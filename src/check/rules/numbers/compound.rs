//! Numbers written in both scripts: 3千, 1亿3千万, 3百零8.

use rust_decimal::Decimal;

use crate::zh::number::{number_of, numeral, plain};

/// Numbers before 百 and 千 are smaller; a larger one is a year or a name.
const HEAD: u32 = 100;

/// A number as it is read so far.
#[derive(Default)]
struct Reading {
    /// What was closed by 万 or 亿.
    total: Decimal,
    /// What waits for 万 or 亿.
    section: Decimal,
    /// The place that was last read, 1 at the start and behind 零, where single digits may follow.
    place: u32,
}

/// The value of a number in mixed writing, where it can be read in one way only.
pub(super) fn value(word: &str) -> Option<Decimal> {
    let mut reading = Reading { place: 1, ..Reading::default() };
    let mut rest = word;
    while !rest.is_empty() {
        let zero =
            rest.strip_prefix('0').filter(|after| !after.starts_with('.') && !reading.section.is_zero());
        if let Some(after) = rest.strip_prefix('零').or(zero) {
            reading.place = 10;
            rest = after;
        }
        let (head, after) = head(rest)?;
        let mut chars = after.chars();
        reading.take(head, chars.next())?;
        rest = chars.as_str();
    }
    Some(reading.total + reading.section)
}

impl Reading {
    /// Takes a number with the place word behind it.
    fn take(&mut self, head: Option<Decimal>, place: Option<char>) -> Option<()> {
        match (head, place) {
            (Some(head), Some('十')) => self.add(head, 10, 10),
            (Some(head), Some('百')) => self.add(head, 100, HEAD),
            (Some(head), Some('千')) => self.add(head, 1000, HEAD),
            (_, Some('万')) => self.close(head, 10_000),
            (_, Some('亿')) => self.close(head, 100_000_000),
            (Some(head), None) if self.place == 10 => self.add(head, 1, 10),
            _ => None,
        }
    }

    fn add(&mut self, head: Decimal, place: u32, limit: u32) -> Option<()> {
        (head > Decimal::ZERO && head < Decimal::from(limit)).then_some(())?;
        self.section += head * Decimal::from(place);
        self.place = place;
        Some(())
    }

    fn close(&mut self, head: Option<Decimal>, scale: u32) -> Option<()> {
        let section = self.section.checked_add(head.unwrap_or_default())?;
        self.total = self.total.checked_add(section.checked_mul(Decimal::from(scale))?)?;
        self.section = Decimal::ZERO;
        self.place = scale;
        (section > Decimal::ZERO).then_some(())
    }
}

/// The digits, or the one Chinese digit, at the front.
fn head(text: &str) -> Option<(Option<Decimal>, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    if end > 0 {
        return Some((Some(number_of(&text[..end])?), &text[end..]));
    }
    let first = text.chars().next()?;
    let digit = if first == '两' { Some(2) } else { numeral::parse(&text[..first.len_utf8()]) };
    match digit.filter(|digit| (1..10).contains(digit)) {
        Some(digit) => Some((Some(Decimal::from(digit)), &text[first.len_utf8()..])),
        None => Some((None, text)),
    }
}

/// A number in Arabic digits with 万 or 亿 at most, as few digits as it needs.
pub(super) fn written(value: Decimal) -> String {
    let short = |scale: u64, word: &str| {
        let number = (value / Decimal::from(scale)).normalize();
        (number >= Decimal::ONE && number.scale() <= 4).then(|| format!("{}{word}", plain(number)))
    };
    let whole = || (value < Decimal::from(10_000)).then(|| plain(value));
    short(100_000_000, "亿").or_else(|| short(10_000, "万")).or_else(whole).unwrap_or_else(|| plain(value))
}
