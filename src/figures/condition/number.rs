//! Conditions on numbers: `1亿元以上`, `不到50万元`, `50万元至100万元`. 以上、以下、以内 include the number, 不满、不到、超过、以外 do not
//! (民法典第一千二百五十九条).

use rust_decimal::Decimal;

use super::span::{End, Span, Verdict};
use crate::facts::value::Quantity;
use crate::zh::number::{Amount, Bound, Mismatch, Scale, Unit, are_kin};

/// What is asked of a number, in a unit without its scale word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    span: Span<Decimal>,
    unit: Unit,
    /// Whether one number alone is asked for.
    pub alone: bool,
}

/// Why words are no condition on a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// They are no number, with or without a word.
    Form,
    /// The number is written as facts do not write it; what to do about it.
    Number(String),
    /// The number has no unit, and the column has one.
    NoUnit(String),
    /// It counts something else than the column.
    OtherUnit(String),
    /// `约1亿元`, which is no limit.
    Approximate(String),
    /// `50至100万元`: nobody knows the scale of the first.
    HalfUnit(String),
    /// The upper end lies below the lower one.
    UpsideDown,
}

/// What a word makes of its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    AtLeast,
    Above,
    AtMost,
    Below,
}

use Side::{Above, AtLeast, AtMost, Below};

/// Words in front of a number; one that begins with another comes first.
const BEFORE: [(&str, Side); 19] = [
    ("不超过", AtMost),
    ("不低于", AtLeast),
    ("不少于", AtLeast),
    ("不高于", AtMost),
    ("不多于", AtMost),
    ("至少", AtLeast),
    ("至多", AtMost),
    ("不到", Below),
    ("不满", Below),
    ("不足", Below),
    ("未满", Below),
    ("低于", Below),
    ("少于", Below),
    ("小于", Below),
    ("超过", Above),
    ("高于", Above),
    ("多于", Above),
    ("大于", Above),
    ("超", Above),
];

/// Words behind a number; one that ends in another comes first.
const BEHIND: [(&str, Side); 10] = [
    ("（含）以上", AtLeast),
    ("（不含）以上", Above),
    ("（含）以下", AtMost),
    ("（不含）以下", Below),
    ("及以上", AtLeast),
    ("及以下", AtMost),
    ("以上", AtLeast),
    ("以下", AtMost),
    ("以内", AtMost),
    ("以外", Above),
];

/// What may stand between the two ends of a span.
const BETWEEN: [&str; 6] = ["至", "到", "—", "–", "～", "~"];

/// A number, as it is written, with what the word at it makes of it.
type Sided<'w> = (Side, &'w str);

impl Side {
    fn is_low(self) -> bool {
        matches!(self, AtLeast | Above)
    }

    fn end<T>(self, value: T) -> End<T> {
        Some((value, matches!(self, AtLeast | AtMost)))
    }
}

impl Asked {
    /// Reads a condition on a column that has `unit`.
    pub fn read(words: &str, unit: Option<&Unit>) -> Result<Asked, Wrong> {
        if let Some((side, number)) = sided(words)
            && let Ok(amount) = amount(number, unit)
        {
            return Ok(of_side(side, &amount));
        }
        if let Some([low, high]) = both_sided(words) {
            let (low, high) = ((low.0, amount(low.1, unit)?), (high.0, amount(high.1, unit)?));
            return between((low.0, &low.1), (high.0, &high.1));
        }
        if let Some((low, high)) = parted(words) {
            let high = amount(high, unit)?;
            let low = amount(&with_unit_of(low, &high)?, unit)?;
            return between((AtLeast, &low), (AtMost, &high));
        }
        if let Some((side, number)) = sided(words) {
            return amount(number, unit).map(|amount| of_side(side, &amount));
        }
        let amount = amount(words, unit)?;
        Ok(Asked { span: Span::only(amount.value), unit: base(&amount), alone: true })
    }

    /// Whether words would be a limit or a span, whatever the column counts.
    pub fn is_range(words: &str) -> bool {
        Asked::read(words, None).is_ok_and(|asked| !asked.alone)
    }

    /// Whether only one end is asked for.
    pub fn is_one_sided(&self) -> bool {
        self.span.low.is_none() || self.span.high.is_none()
    }

    /// Whether a number that is known so far meets the condition.
    ///
    /// # Errors
    /// It counts something else.
    pub fn judge(&self, known: &Amount) -> Result<Verdict, Mismatch> {
        let span = known_of(known);
        let end = |end: End<Decimal>| match end {
            Some((value, with)) => {
                let value = Amount::exact(value, base(known)).value_in(&self.unit)?;
                Ok(Some((value, with)))
            }
            None => Ok(None),
        };
        Ok(Span { low: end(span.low)?, high: end(span.high)? }.lies_in(&self.span))
    }
}

/// Where a number lies that is known so far, in its unit without scale word. 近 lacks at most a tenth, as everywhere; 约 is
/// right to the last digit that is written, as the reports round it.
pub(in crate::figures) fn known_of(amount: &Amount) -> Span<Decimal> {
    let value = amount.value;
    let (with, without) = (Some((value, true)), Some((value, false)));
    match amount.bound {
        Bound::Exact => Span::only(value),
        Bound::Above => Span { low: without, high: None },
        Bound::AtLeast => Span { low: with, high: None },
        Bound::AtMost => Span { low: None, high: with },
        Bound::Below => {
            let lacking = (value.abs() / Decimal::TEN).normalize();
            Span { low: Some((value - lacking, true)), high: without }
        }
        Bound::About => {
            let half = last_place(amount) / Decimal::TWO;
            Span { low: Some((value - half, true)), high: Some((value + half, true)) }
        }
    }
}

/// What one in the last digit is worth that is written of a number: 1000 of 约7000人, 0.1 of 约4.9公里.
fn last_place(amount: &Amount) -> Decimal {
    let scale = amount.unit.scale.factor();
    if amount.decimals > 0 {
        return Decimal::new(1, amount.decimals.min(27)) * scale;
    }
    let mut digits = amount.coefficient().trunc();
    let mut place = scale;
    while !digits.is_zero() && (digits % Decimal::TEN).is_zero() {
        digits /= Decimal::TEN;
        place *= Decimal::TEN;
    }
    place
}

fn base(amount: &Amount) -> Unit {
    amount.unit.with_scale(Scale::ONE)
}

fn of_side(side: Side, amount: &Amount) -> Asked {
    let end = side.end(amount.value);
    let span = if side.is_low() { Span { low: end, high: None } } else { Span { low: None, high: end } };
    Asked { span, unit: base(amount), alone: false }
}

fn between((low_side, low): (Side, &Amount), (high_side, high): (Side, &Amount)) -> Result<Asked, Wrong> {
    let unit = base(low);
    let most = high.value_in(&unit).map_err(|_| Wrong::OtherUnit(high.unit.to_string()))?;
    let span = Span { low: low_side.end(low.value), high: high_side.end(most) };
    if span.is_empty() { Err(Wrong::UpsideDown) } else { Ok(Asked { span, unit, alone: false }) }
}

/// A number with a word before or behind it.
fn sided(words: &str) -> Option<Sided<'_>> {
    let before = BEFORE.iter().find_map(|(word, side)| Some((*side, words.strip_prefix(word)?)));
    let found =
        before.or_else(|| BEHIND.iter().find_map(|(word, side)| Some((*side, words.strip_suffix(word)?))));
    found.map(|(side, number)| (side, number.trim())).filter(|(_, number)| !number.is_empty())
}

/// `50万元以上100万元以下`, `超过50万元不到100万元`: one word for each end.
fn both_sided(words: &str) -> Option<[Sided<'_>; 2]> {
    let number = |(_, number): &(Side, &str)| Quantity::parse(number).is_ok();
    words.char_indices().skip(1).find_map(|(at, _)| {
        let low = sided(words[..at].trim_end_matches(['，', ',']))?;
        let high = sided(words[at..].trim_start_matches(['，', ',']))?;
        (low.0.is_low() && !high.0.is_low() && number(&low) && number(&high)).then_some([low, high])
    })
}

/// `50万元至100万元`.
fn parted(words: &str) -> Option<(&str, &str)> {
    let found = BETWEEN.iter().find_map(|joint| words.split_once(joint));
    let hyphen = || {
        let at = words.char_indices().skip(1).find(|(_, c)| *c == '-')?.0;
        Some((&words[..at], &words[at + 1..]))
    };
    let (low, high) = found.or_else(hyphen)?;
    let (low, high) = (low.trim(), high.trim());
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    (digits(low) && digits(high)).then_some((low, high))
}

/// The lower end with the unit that is written once for both.
fn with_unit_of(low: &str, high: &Amount) -> Result<String, Wrong> {
    let bare = Quantity::parse(low).is_ok_and(|low| low.amount.unit == Unit::default());
    match bare && high.unit != Unit::default() {
        false => Ok(low.to_owned()),
        true if high.unit.scale != Scale::ONE => Err(Wrong::HalfUnit(format!("{low}{}", high.unit))),
        true => Ok(format!("{low}{}", high.unit)),
    }
}

/// A number that is exact and counts what the column counts.
fn amount(text: &str, unit: Option<&Unit>) -> Result<Amount, Wrong> {
    let digits = text.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十百千零两".contains(c));
    let quantity = match Quantity::parse(text) {
        Ok(quantity) => quantity,
        Err(refused) if digits => return Err(Wrong::Number(refused.hint())),
        Err(_) => return Err(Wrong::Form),
    };
    let amount = quantity.amount;
    if !amount.is_exact() {
        return Err(Wrong::Approximate(text.to_owned()));
    }
    match unit {
        Some(unit) if amount.unit == Unit::default() && *unit != Unit::default() => {
            Err(Wrong::NoUnit(text.to_owned()))
        }
        Some(unit) if !are_kin(&amount.unit.base, &unit.base) => {
            Err(Wrong::OtherUnit(amount.unit.to_string()))
        }
        _ => Ok(amount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount_of(text: &str) -> Amount {
        Quantity::parse(text).unwrap().amount
    }

    fn judged(asked: &str, cell: &str) -> Verdict {
        Asked::read(asked, None).unwrap().judge(&amount_of(cell)).unwrap()
    }

    #[test]
    fn the_number_itself_belongs_to_it_as_the_law_says() {
        for (asked, below, at, above) in [
            ("1亿元以上", false, true, true),
            ("1亿元及以上", false, true, true),
            ("1亿元（含）以上", false, true, true),
            ("不低于1亿元", false, true, true),
            ("至少1亿元", false, true, true),
            ("超过1亿元", false, false, true),
            ("1亿元以外", false, false, true),
            ("高于1亿元", false, false, true),
            ("1亿元以下", true, true, false),
            ("1亿元以内", true, true, false),
            ("不超过1亿元", true, true, false),
            ("不到1亿元", true, false, false),
            ("不满1亿元", true, false, false),
            ("不足1亿元", true, false, false),
            ("低于1亿元", true, false, false),
            ("1亿元", false, true, false),
            ("5000万元至1亿元", true, true, false),
            ("5000万元—1亿元", true, true, false),
            ("5000万元以上1亿元以下", true, true, false),
            ("5000万元以上不满1亿元", true, false, false),
            ("超过5000万元不到1亿元", true, false, false),
            ("5000万元以上，不足1亿元", true, false, false),
        ] {
            for (cell, wanted) in [("9999万元", below), ("10000万元", at), ("100000001元", above)] {
                let wanted = if wanted { Verdict::Yes } else { Verdict::No };
                assert_eq!(judged(asked, cell), wanted, "{cell} {asked}");
            }
        }
    }

    #[test]
    fn units_of_a_family_are_compared_exactly() {
        for (asked, cell, wanted) in [
            ("1公顷以上", "15亩", Verdict::Yes),
            ("1公顷以上", "14.99亩", Verdict::No),
            ("不到1吨", "1999斤", Verdict::Yes),
            ("不到1吨", "2000斤", Verdict::No),
            ("80%以上", "8成", Verdict::Yes),
            ("5至10件", "10件", Verdict::Yes),
            ("-5万元至5万元", "-5万元", Verdict::Yes),
            ("不到0万元", "-0.01万元", Verdict::Yes),
        ] {
            assert_eq!(judged(asked, cell), wanted, "{cell} {asked}");
        }
    }

    #[test]
    fn what_is_known_roughly_is_not_guessed() {
        for (asked, cell, wanted) in [
            ("1亿元以上", "约1亿元", Verdict::Open),
            ("5000万元以上", "约1亿元", Verdict::Yes),
            ("1亿元以上", "1亿多元", Verdict::Yes),
            ("超过1亿元", "1亿元以上", Verdict::Open),
            ("1亿元以上", "近1亿元", Verdict::No),
            ("9000万元以上", "近1亿元", Verdict::Yes),
            ("9500万元以上", "近1亿元", Verdict::Open),
            ("不到2亿元", "1亿多元", Verdict::Open),
            ("7500人以上", "约7000人", Verdict::Open),
            ("7600人以上", "约7000人", Verdict::No),
            ("1亿元", "约1亿元", Verdict::Open),
            ("30条", "30多条", Verdict::No),
        ] {
            assert_eq!(judged(asked, cell), wanted, "{cell} {asked}");
        }
    }

    #[test]
    fn what_is_no_condition_says_why() {
        let unit = Unit::parse("万元");
        let wrong = |words: &str| Asked::read(words, Some(&unit)).unwrap_err();
        assert_eq!(wrong("很大"), Wrong::Form);
        assert_eq!(wrong("50以上"), Wrong::NoUnit("50".into()));
        assert_eq!(wrong("50件以上"), Wrong::OtherUnit("件".into()));
        assert_eq!(wrong("约1亿元以上"), Wrong::Approximate("约1亿元".into()));
        assert_eq!(wrong("50至100万元"), Wrong::HalfUnit("50万元".into()));
        assert_eq!(wrong("100万元至50万元"), Wrong::UpsideDown);
        assert!(matches!(wrong("五十万元以上"), Wrong::Number(_)));
        assert!(Asked::is_range("50岁以上") && !Asked::is_range("50岁") && !Asked::is_range("以上"));
    }
}
