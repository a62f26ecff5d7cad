//! Whether a value agrees with what a draft says of it: exactly, rounded, or with a word such as 近 and 不足.

use rust_decimal::Decimal;

use super::words::MEASURES;
use crate::figures::compare::shown_rate;
use crate::zh::number::{
    Amount, Approx, Bound, Form, Said, Unit, Written, are_kin, half_up, held, is_near, shift, whole,
};

/// How a value agrees with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is true as an approximation.
    Roughly,
    /// It is the same.
    Exact,
}

/// What a figure of a draft says, with the words of size before it.
#[derive(Debug, Clone)]
pub(super) struct Figure<'w> {
    written: &'w Written,
    /// What is counted, without a scale word.
    pub unit: Unit,
    size: Size,
}

/// How a value lies to the number that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Exact,
    About,
    /// More by less than a step: 多, 余, 超.
    JustAbove,
    /// More by less than a step: 以上. Exactly 80% is not said as 八成以上.
    AtLeast,
    /// Less, but near: 近.
    Near,
    /// Less by at most a step: 不足, 不到.
    JustBelow,
    /// As much or less: 以内, 不超过.
    AtMost,
    /// 高于, 多于.
    Above,
    /// 低于, 少于.
    Below,
    /// 不少于, 至少.
    NotBelow,
}

/// Words of size before a figure; one that ends in another comes first.
const SIZES: [(&str, Size); 32] = [
    ("不少于", Size::NotBelow),
    ("不低于", Size::NotBelow),
    ("不小于", Size::NotBelow),
    ("不下于", Size::NotBelow),
    ("不下", Size::NotBelow),
    ("至少", Size::NotBelow),
    ("不超过", Size::AtMost),
    ("未超过", Size::AtMost),
    ("没有超过", Size::AtMost),
    ("不高于", Size::AtMost),
    ("不多于", Size::AtMost),
    ("不大于", Size::AtMost),
    ("至多", Size::AtMost),
    ("最多", Size::AtMost),
    ("多于", Size::Above),
    ("高于", Size::Above),
    ("大于", Size::Above),
    ("少于", Size::Below),
    ("低于", Size::Below),
    ("小于", Size::Below),
    ("不足", Size::JustBelow),
    ("不到", Size::JustBelow),
    ("未达到", Size::JustBelow),
    ("未达", Size::JustBelow),
    ("未满", Size::JustBelow),
    ("不满", Size::JustBelow),
    ("接近", Size::Near),
    ("将近", Size::Near),
    ("逼近", Size::Near),
    ("突破", Size::JustAbove),
    ("超出", Size::JustAbove),
    ("大约", Size::About),
];
/// Words that may stand between one of them and the figure.
const BETWEEN: [&str; 3] = ["了", "约", "有"];

/// So much may be lacking of a number that 约 is said with: a tenth.
const NEARLY: Decimal = Decimal::TEN;
/// A rounded value without a word is off by at most one in so many.
const ROUNDED: Decimal = Decimal::from_parts(200, 0, 0, false, 0);

impl<'w> Figure<'w> {
    /// A figure with the text before it.
    pub fn new(written: &'w Written, text: &str, before: &str) -> Figure<'w> {
        let unit = match &written.said {
            Said::One(amount) | Said::Range(_, amount) => amount.unit.clone(),
            Said::Fraction { .. } => Unit::parse("%"),
            Said::Ratio(_) | Said::Last => Unit::parse(written.base()),
        };
        Figure { written, unit, size: size(written, text, before) }
    }

    /// The number, where it is one.
    pub fn amount(&self) -> Option<&Amount> {
        self.written.one()
    }

    /// The parts of a ratio.
    pub fn parts(&self) -> Option<&[Decimal]> {
        match &self.written.said {
            Said::Ratio(parts) => Some(parts),
            _ => None,
        }
    }

    /// Whether it is said without any word that makes it less than exact.
    pub fn is_exact(&self) -> bool {
        self.size == Size::Exact && matches!(self.written.said, Said::One(_))
    }

    /// Whether a value by itself tells what it is: three digits and more.
    pub fn is_telling(&self) -> bool {
        const TELLING: usize = 3;
        let digits = |value: Decimal| value.normalize().mantissa().unsigned_abs().to_string();
        self.amount().is_some_and(|amount| digits(amount.value).trim_end_matches('0').len() >= TELLING)
    }

    /// Whether it is so large that only one indicator has it: 5000万元.
    pub fn is_large(&self) -> bool {
        const LARGE: u32 = 10_000;
        self.amount().is_some_and(|amount| amount.value >= LARGE.into())
    }

    /// A known amount in the unit of the figure; nothing where the two count different things.
    pub fn in_unit(&self, known: &Amount) -> Option<Amount> {
        let own = self.unit.base.as_str();
        if !are_kin(own, &known.unit.base) {
            return counts_alike(own, &known.unit.base).then(|| known.named(own));
        }
        let unit = self.unit.clone();
        // In the unit without its scale word; a value that does not come out even stays as it is.
        let value = known.value_in(&unit).ok()?;
        Some(Amount { value, unit, ..known.clone() })
    }

    /// Whether an amount in the unit of the figure agrees with it. `computed` is what was worked out from facts: it is
    /// said rounded.
    pub fn fits(&self, known: &Amount, computed: bool) -> Option<Fit> {
        match &self.written.said {
            Said::One(said) => self.one(known, said, computed),
            Said::Range(low, high) => {
                let within = low.value <= known.value && known.value <= high.value;
                (known.is_exact() && within && high.value <= low.value * Decimal::TWO).then_some(Fit::Roughly)
            }
            Said::Fraction { part, of } => self.fraction(known, (*part).into(), (*of).into()),
            Said::Ratio(_) | Said::Last => None,
        }
    }

    fn one(&self, known: &Amount, said: &Amount, computed: bool) -> Option<Fit> {
        if !known.is_exact() {
            let same = known.value == said.value && alike(self.size, known.bound);
            return same.then_some(Fit::Exact);
        }
        if self.size != Size::Exact {
            let limit = |size| lies(known.value, said.value, step(said.value), size);
            return limit(self.size).then_some(Fit::Roughly);
        }
        if known.value == said.value || computed && is_rounded(known, said) {
            return Some(Fit::Exact);
        }
        is_shortened(known, said).then_some(Fit::Roughly)
    }

    /// 三分之二 of a value in percent.
    fn fraction(&self, known: &Amount, part: Decimal, of: Decimal) -> Option<Fit> {
        let said = (part * Decimal::ONE_HUNDRED).checked_div(of).filter(|_| known.is_exact())?;
        if self.size == Size::Exact {
            let decimals = known.value.normalize().scale().min(4);
            return (half_up(said, decimals) == half_up(known.value, decimals)).then_some(Fit::Exact);
        }
        lies(known.value, said, said / Decimal::TEN, self.size).then_some(Fit::Roughly)
    }
}

/// The word of size of a figure: its own, else that before it.
fn size(written: &Written, text: &str, before: &str) -> Size {
    if written.form == Form::Rank && text.starts_with('前') {
        return Size::AtMost;
    }
    let mut front = before.trim_end();
    for word in BETWEEN {
        front = front.strip_suffix(word).unwrap_or(front);
    }
    let said = SIZES.iter().find(|(word, _)| front.ends_with(word)).map(|(_, size)| *size);
    match (said, written.approx) {
        (Some(size), _) => size,
        (None, Some(Approx::Jin)) => Size::Near,
        (None, Some(word)) => match word.bound() {
            Bound::Above => Size::JustAbove,
            Bound::AtLeast => Size::AtLeast,
            Bound::Below => Size::Near,
            Bound::AtMost => Size::AtMost,
            Bound::About | Bound::Exact => Size::About,
        },
        (None, None) => Size::Exact,
    }
}

/// Whether a word says the same of a number as is known of it.
fn alike(size: Size, bound: Bound) -> bool {
    match bound {
        Bound::Above => matches!(size, Size::JustAbove | Size::Above),
        Bound::AtLeast => matches!(size, Size::AtLeast | Size::NotBelow),
        Bound::Below => matches!(size, Size::Near | Size::JustBelow),
        Bound::AtMost => size == Size::AtMost,
        Bound::About => size == Size::About,
        Bound::Exact => size == Size::Exact,
    }
}

/// Whether an exact value may be said so: never more than is true, and not so much less that it would mislead.
fn lies(exact: Decimal, said: Decimal, step: Decimal, size: Size) -> bool {
    let half = |small: Decimal, large: Decimal| small * Decimal::TWO > large;
    match size {
        Size::Exact => exact == said,
        Size::About => {
            let off = (exact - said).abs();
            off * Decimal::TWO <= step && off * NEARLY <= said.abs()
        }
        Size::JustAbove => exact > said && exact < said + step,
        Size::AtLeast => exact > said && exact < said + step,
        Size::Near => exact < said && is_near(exact, said),
        Size::JustBelow => exact < said && exact >= said - step && half(exact, said),
        Size::AtMost => exact <= said && (exact >= said - step || half(exact, said)),
        Size::Above => exact > said && half(said, exact),
        Size::Below => exact < said && half(exact, said),
        Size::NotBelow => exact >= said && half(said, exact),
    }
}

/// Whether a computed value is said as this project prints it: rounded, but never to all or nothing of what is not.
fn is_rounded(known: &Amount, said: &Amount) -> bool {
    let (own, told) = (shift(known.value, said.unit.scale), shift(said.value, said.unit.scale));
    match whole(&known.unit.base) {
        Some(all) => {
            let same_way = told.is_sign_negative() == own.is_sign_negative();
            told == held(own, all, said.decimals).0
                || same_way && told.abs() == shown_rate(own, said.decimals)
        }
        None => told == half_up(own, said.decimals),
    }
}

/// Whether decimals were left out by rounding, where hardly anything is lost: 98.6% of 98.62%, not 2.0万 of 1.98万.
fn is_shortened(known: &Amount, said: &Amount) -> bool {
    let (own, told) = (shift(known.value, said.unit.scale), shift(said.value, said.unit.scale));
    let rounded = said.decimals > 0 && told == half_up(own, said.decimals);
    let all = whole(&known.unit.base).is_some_and(|all| told == all);
    rounded && !all && (own - told).abs() * ROUNDED <= own.abs()
}

/// One in the last digit that is written and not zero: 9000万 steps by 1000万.
fn step(said: Decimal) -> Decimal {
    let mut step = Decimal::new(1, said.normalize().scale());
    let mut whole = said.normalize();
    if whole.scale() == 0 {
        while !whole.is_zero() && (whole % Decimal::TEN).is_zero() {
            whole /= Decimal::TEN;
            step *= Decimal::TEN;
        }
    }
    step
}

/// Whether two measure words count the same things: 6个项目 are 6项. What has no unit is counted with any.
fn counts_alike(one: &str, other: &str) -> bool {
    let counts = |unit: &str| MEASURES.iter().any(|set| set.split('|').any(|word| word == unit));
    let together = |set: &str| {
        let has = |unit: &str| set.split('|').any(|word| word == unit);
        has(one) && has(other)
    };
    one.is_empty() && counts(other)
        || other.is_empty() && counts(one)
        || MEASURES.iter().any(|set| together(set))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zh::number::{Manner, read};

    /// How a fact agrees with what a draft says.
    fn fit(fact: &str, before: &str, said: &str) -> Option<Fit> {
        let (fact, written) = (read(fact, Manner::Fact).unwrap(), read(said, Manner::Prose).unwrap());
        let figure = Figure::new(&written, said, before);
        figure.fits(&figure.in_unit(fact.one().unwrap())?, false)
    }

    #[test]
    fn words_of_size_claim_no_more_than_is_true() {
        for (fact, before, said, wanted) in [
            ("93600000元", "", "9000多万元", true),
            ("9000万元", "", "9000多万元", false),
            ("10100万元", "", "9000多万元", false),
            ("52600元", "", "5万余元", true),
            ("2980人", "", "近3000人", true),
            ("3010人", "", "近3000人", false),
            ("2400人", "接", "近3000人", false),
            ("1040人", "", "约1000人", true),
            ("1600人", "", "约1000人", false),
            ("16000人", "", "约2万人", false),
            ("96.2%", "", "95%以上", false),
            ("95.5%", "", "95%以上", true),
            ("95%", "", "95%以上", false),
            ("19800人", "不足", "2万人", true),
            ("20000人", "不足", "2万人", false),
            ("19800人", "不到", "2万人", true),
            ("9000人", "不到", "2万人", false),
            ("20000元", "少于", "2万元", false),
            ("20000元", "高于", "2万元", false),
            ("20500元", "多于", "2万元", true),
            ("20000元", "不低于", "2万元", true),
            ("19000元", "不低于", "2万元", false),
            ("20000元", "不超过", "2万元", true),
            ("20001元", "不超过", "2万元", false),
            ("20500元", "突破", "2万元", true),
            ("20000元", "突破了", "2万元", false),
            ("2位", "", "前三", true),
            ("4位", "", "前三名", false),
            ("3个", "", "三四个", true),
            ("5个", "", "三四个", false),
            ("38.6%", "", "近四成", true),
            ("41%", "", "近四成", false),
            ("66.7%", "", "三分之二", true),
            ("60%", "", "三分之二", false),
        ] {
            assert_eq!(fit(fact, before, said).is_some(), wanted, "{fact} {before}{said}");
        }
    }

    #[test]
    fn a_bound_is_no_number_and_a_number_no_bound() {
        for (fact, said, wanted) in [
            ("30多条", "30多条", Some(Fit::Exact)),
            ("30多条", "30余条", Some(Fit::Exact)),
            ("30多条", "30条", None),
            ("30多条", "近30条", None),
            ("30条", "30多条", None),
            ("1000元以上", "1000元以上", Some(Fit::Exact)),
            ("1000元以上", "1000元", None),
        ] {
            assert_eq!(fit(fact, "", said), wanted, "{fact} {said}");
        }
    }

    #[test]
    fn the_same_in_another_unit_or_with_fewer_decimals_is_the_same() {
        for (fact, said, wanted) in [
            ("1.5亿元", "15000万元", Some(Fit::Exact)),
            ("1500亩", "100公顷", Some(Fit::Exact)),
            ("12.5公里", "12500米", Some(Fit::Exact)),
            ("1248吨", "1248000公斤", Some(Fit::Exact)),
            ("16项", "16个", Some(Fit::Exact)),
            ("17名", "17人", Some(Fit::Exact)),
            ("17人", "17人次", None),
            ("17户", "17人", None),
            ("98.62%", "98.6%", Some(Fit::Roughly)),
            ("98.62%", "98.7%", None),
            ("98.62%", "99%", None),
            ("99.96%", "100.0%", None),
            ("1.98万人", "2.0万人", None),
            ("1.98万人", "2万人", None),
        ] {
            assert_eq!(fit(fact, "", said), wanted, "{fact} {said}");
        }
    }
}
