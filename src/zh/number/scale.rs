//! Scale words: 万, 亿 and the like, each a power of ten.

use rust_decimal::{Decimal, RoundingStrategy};

use super::measure;

/// The scale words and their powers of ten, longest first. The only list of them.
const SCALES: [(&str, u8); 12] = [
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
    ("十", 1),
];

/// The power of ten that a scale word stands for; none for a bare unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Scale(u8);

impl Scale {
    /// No scale word.
    pub const ONE: Scale = Scale(0);
    /// 万
    pub const WAN: Scale = Scale(4);
    /// The scales that a number is brought to without being asked: none, 万, 亿, 万亿.
    pub const NATURAL: [Scale; 4] = [Scale(0), Scale(4), Scale(8), Scale(12)];

    /// The scale of a word: 万, 千万; nothing for other words.
    pub fn named(word: &str) -> Option<Scale> {
        SCALES.iter().find(|(own, _)| *own == word).map(|(_, power)| Scale(*power))
    }

    /// The scale word that a text begins with, and what follows it. 千瓦, 千克 and 百分点 begin with none.
    pub fn begins(text: &str) -> Option<(Scale, &str)> {
        let scale = SCALES.iter().find_map(|(word, power)| Some((Scale(*power), text.strip_prefix(word)?)));
        scale.filter(|_| !measure::begins(text))
    }

    /// The largest natural scale that is no larger than this one: 亿 for 千亿.
    pub fn natural(self) -> Scale {
        Scale(self.0 / 4 * 4)
    }

    /// The power of ten: 4 for 万.
    pub fn power(self) -> u32 {
        self.0.into()
    }

    /// What one is worth: 10,000 for 万.
    pub fn factor(self) -> Decimal {
        Decimal::from(10_u64.pow(self.power()))
    }

    /// The word; empty where there is none.
    pub fn word(self) -> &'static str {
        SCALES.iter().find(|(_, power)| *power == self.0).map_or("", |(word, _)| word)
    }

    /// The largest natural scale of at most so many powers of ten.
    pub(super) fn up_to(power: u32) -> Scale {
        Scale::NATURAL.into_iter().rfind(|scale| scale.power() <= power).unwrap_or_default()
    }

    /// The words of two characters, each in its halves: 千 and 万.
    pub(super) fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
        SCALES.iter().filter_map(|(word, _)| {
            let middle = word.chars().next().map_or(0, char::len_utf8);
            Some(word.split_at(middle)).filter(|(_, second)| !second.is_empty())
        })
    }

    /// All words as alternatives of a pattern, longest first.
    pub fn pattern() -> String {
        SCALES.map(|(word, _)| word).join("|")
    }
}

/// A value without its scale word, exactly: 6700 of 67000000 in 万.
pub fn shift(value: Decimal, scale: Scale) -> Decimal {
    let mut shifted = value;
    match shifted.set_scale(value.scale() + scale.power()) {
        Ok(()) => shifted,
        Err(_) => value / scale.factor(),
    }
}

/// Rounds half away from zero (四舍五入).
pub fn half_up(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// A share of `all` (100 of a percentage) rounded half up, and whether that would have said all (or nothing) of what
/// is not all (or not nothing): then the last digit is held back.
pub fn held(share: Decimal, all: Decimal, decimals: u32) -> (Decimal, bool) {
    let (rounded, step) = (half_up(share, decimals), Decimal::new(1, decimals));
    let signed = |size: Decimal| if share.is_sign_negative() { -size } else { size };
    if rounded.abs() == all && share.abs() < all {
        return (signed(all - step), true);
    }
    if rounded.is_zero() && !share.is_zero() {
        return (signed(step), true);
    }
    (rounded, false)
}

/// A share of `all` as it is printed: held back from all, and with as many decimals as it needs not to be nothing.
pub fn apart(share: Decimal, all: Decimal, decimals: u32) -> Decimal {
    match half_up(share, decimals).is_zero() {
        true => told(share, decimals),
        false => held(share, all, decimals).0,
    }
}

/// Rounds half up, but never to nothing what is not nothing: then as many decimals are kept as reach its first digit.
pub fn told(value: Decimal, decimals: u32) -> Decimal {
    let rounded = half_up(value, decimals);
    let reaches = |decimals: &u32| value.abs() >= Decimal::new(1, *decimals);
    match (decimals + 1..=value.scale()).find(reaches).filter(|_| rounded.is_zero()) {
        Some(first) => half_up(value, first),
        None => rounded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_as_what_it_is_written_for() {
        for (word, power) in SCALES {
            let scale = Scale::named(word).unwrap();
            assert_eq!((scale.word(), scale.power()), (word, u32::from(power)));
            assert_eq!(scale.factor().to_string(), format!("1{}", "0".repeat(power.into())));
            assert_eq!(Scale::begins(&format!("{word}元")), Some((scale, "元")));
        }
        assert!(Scale::NATURAL.iter().all(|scale| scale.natural() == *scale));
        assert_eq!(Scale::named("千亿").unwrap().natural().word(), "亿");
    }

    #[test]
    fn a_measure_that_begins_like_a_scale_is_none() {
        for unit in ["千瓦", "千瓦时", "千克", "百分点", "百万千瓦", "元"] {
            assert_eq!(Scale::begins(unit), None, "{unit}");
        }
    }
}
