//! What a random project is about: quantities as staff write them, and the years that are on file.

use std::collections::BTreeMap;

use super::dice::Dice;
use super::fraction::{Fraction, ten};
use super::say::pointed;

/// The year of the report.
pub const YEAR: i32 = 2024;
/// The year before it.
pub const BEFORE: i32 = YEAR - 1;
/// The first year that may be on file; few projects go so far back.
const FIRST: i32 = 2012;
/// The first year of most projects.
const USUAL_FIRST: i32 = 2019;

/// A word of a scale with its power of ten.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scale(pub &'static str, pub i32);

/// As it is.
pub const ONES: Scale = Scale("", 0);
/// Ten thousand.
pub const WAN: Scale = Scale("万", 4);
/// Ten million, as some write it.
const QIANWAN: Scale = Scale("千万", 7);
/// A hundred million.
pub const YI: Scale = Scale("亿", 8);

/// A number as it is written in a fact.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// All digits, without the point.
    pub digits: i128,
    /// How many of them stand behind the point.
    pub decimals: i32,
    /// The word behind the digits.
    pub scale: Scale,
    /// The unit behind that.
    pub unit: &'static str,
}

/// A power of ten that digits are moved by.
fn power(of: i32) -> i128 {
    10_i128.pow(of.try_into().expect("digits move to the left"))
}

impl Quantity {
    /// So many of a unit, nothing else.
    pub fn count(number: i64, unit: &'static str) -> Quantity {
        Quantity { digits: number.into(), decimals: 0, scale: ONES, unit }
    }

    /// In its scale.
    pub fn number(&self) -> Fraction {
        Fraction::new(self.digits.into(), power(self.decimals).into())
    }

    /// In the unit without a scale.
    pub fn value(&self) -> Fraction {
        self.number() * ten(self.scale.1)
    }

    /// Its digits as written.
    pub fn bare(&self) -> String {
        pointed(&self.digits.to_string(), self.decimals)
    }

    /// As it is written and printed.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.bare(), self.scale.0, self.unit)
    }

    /// Whether it is less than nothing.
    pub fn is_negative(&self) -> bool {
        self.digits < 0
    }

    /// Whether it is more than nothing.
    pub fn is_positive(&self) -> bool {
        self.digits > 0
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.digits == 0
    }

    /// Without its sign.
    pub fn size(&self) -> Quantity {
        Quantity { digits: self.digits.abs(), ..self.clone() }
    }

    /// With so many decimals, or as many as it needs.
    fn written(mut self, decimals: i32) -> Quantity {
        while self.decimals > decimals && self.digits % 10 == 0 {
            self.digits /= 10;
            self.decimals -= 1;
        }
        let missing = (decimals - self.decimals).max(0);
        Quantity { digits: self.digits * power(missing), decimals: self.decimals + missing, ..self }
    }

    /// Added to another, in the scale of the first, with all decimals of both.
    fn joined(&self, other: &Quantity) -> Quantity {
        let shift = other.scale.1 - self.scale.1;
        let decimals = self.decimals.max(other.decimals - shift);
        let digits = self.digits * power(decimals - self.decimals)
            + other.digits * power(shift + decimals - other.decimals);
        Quantity { digits, decimals, ..self.clone() }
    }

    /// Less another, by the rules of a sum.
    pub fn minus(&self, other: &Quantity) -> Quantity {
        sum([self, &Quantity { digits: -other.digits, ..other.clone() }])
    }
}

/// The sum of several, of which there is at least one: in the scale of the first; with the most decimals written
/// where the scales agree; never with fewer than it needs.
pub fn sum<'a>(of: impl IntoIterator<Item = &'a Quantity>) -> Quantity {
    let of: Vec<_> = of.into_iter().collect();
    let same = of.iter().all(|one| one.scale == of[0].scale);
    let decimals = if same { of.iter().map(|one| one.decimals).max().unwrap_or(0) } else { 0 };
    of.iter().skip(1).fold(of[0].clone(), |total, one| total.joined(one)).written(decimals)
}

/// How the values of an indicator are thrown.
#[derive(Clone, Copy)]
pub struct Manner {
    /// The unit of all of them.
    pub unit: &'static str,
    /// The scales among which each chooses.
    pub scales: &'static [Scale],
    /// How many of a hundred are negative.
    pub negative: u64,
    /// How many of a hundred are nothing.
    pub zero: u64,
}

/// Money in any scale, now and then in the red.
pub const MONEY: Manner =
    Manner { unit: "元", scales: &[ONES, ONES, WAN, WAN, YI, YI, QIANWAN], negative: 8, zero: 6 };
/// Things that are counted or measured, never negative.
pub const THINGS: Manner = Manner { unit: "件", scales: &[ONES, ONES, WAN], negative: 0, zero: 6 };
/// Percentages.
pub const PERCENT: Manner = Manner { unit: "%", scales: &[ONES], negative: 5, zero: 4 };
/// Parts of a thousand.
pub const PERMILLE: Manner = Manner { unit: "‰", scales: &[ONES], negative: 15, zero: 4 };

impl Manner {
    /// Neither negative nor nothing.
    pub fn positive(self) -> Manner {
        Manner { negative: 0, zero: 0, ..self }
    }

    /// A quantity in this manner.
    pub fn throw(self, dice: &mut Dice) -> Quantity {
        let scale = dice.pick(self.scales);
        let decimals = dice.pick(&[0, 0, 0, 1, 1, 2, 3]);
        let most = if scale == YI { 1_000_000 } else { 1_000_000_000_000_000 };
        let size = match dice.below(20) {
            0 => 1,
            1 => dice.between(1, most),
            2..=7 => dice.between(1, 30),
            8..=14 => dice.between(1, 2000),
            _ => dice.between(1, 1_000_000),
        };
        let digits = match dice.below(100) {
            throw if throw < self.zero => 0,
            throw if throw < self.zero + self.negative => -size,
            _ => size,
        };
        Quantity { digits: digits.into(), decimals, scale, unit: self.unit }
    }

    /// A quantity close to another, or the same: where what is said turns.
    pub fn near(self, other: &Quantity, dice: &mut Dice) -> Quantity {
        let step = i128::from(dice.between(-3, 3));
        let digits = match dice.below(5) {
            0 => other.digits,
            1 => other.digits * i128::from(dice.between(2, 9)),
            2 => other.digits * 2 + step,
            3 => other.digits * i128::from(dice.between(900, 1100)) / 1000,
            _ => other.digits + step,
        };
        let allowed = (self.negative > 0 || digits >= 0) && (self.zero > 0 || digits != 0);
        // What grows year by year must not outgrow what a report may hold.
        let digits = if allowed && digits.abs() < power(16) { digits } else { other.digits };
        Quantity { digits, ..other.clone() }
    }
}

/// The values of an indicator by year; some are missing.
pub type Series = BTreeMap<i32, Quantity>;

/// The years that have a file.
pub struct World {
    /// Ascending; the year of the report is one of them.
    pub years: Vec<i32>,
    first: i32,
}

impl World {
    /// Most years from the first on.
    pub fn throw(dice: &mut Dice) -> World {
        let first = if dice.chance(5) { FIRST } else { USUAL_FIRST };
        World { years: (first..=YEAR).filter(|year| *year == YEAR || dice.chance(92)).collect(), first }
    }

    /// A year from the first to `last`, on file or not.
    pub fn year(&self, last: i32, dice: &mut Dice) -> i32 {
        i32::try_from(dice.between(self.first.into(), last.into())).expect("a year")
    }

    /// Values for all years; the report's own is always there.
    pub fn series(&self, manner: Manner, dice: &mut Dice) -> Series {
        self.some(manner, dice, |_| true)
    }

    /// Values for what is compared: the base year, the year before and the report's own.
    pub fn compared(&self, manner: Manner, base: i32, dice: &mut Dice) -> Series {
        self.some(manner, dice, |year| [base, BEFORE, YEAR].contains(&year))
    }

    fn some(&self, manner: Manner, dice: &mut Dice, wanted: impl Fn(i32) -> bool) -> Series {
        let alike = dice.chance(50);
        let mut series = Series::new();
        let mut last = manner.throw(dice);
        for year in self.years.iter().filter(|year| wanted(**year)) {
            last = if alike && dice.chance(70) { manner.near(&last, dice) } else { manner.throw(dice) };
            if *year == YEAR || dice.chance(93) {
                series.insert(*year, last.clone());
            }
        }
        series
    }

    /// A year before the report's that something may be compared with; not the year before it.
    pub fn base(&self, dice: &mut Dice) -> i32 {
        self.year(BEFORE - 1, dice)
    }
}
