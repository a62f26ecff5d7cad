//! 同比 of one indicator: 率 and 量, of amounts, percentages and ranks.

use num_traits::{Signed, Zero};

use super::{Case, Clause, Maker, decimals, some_decimals};
use crate::oracle::dice::Dice;
use crate::oracle::fraction::{Fraction, half_up, not_lost, ten, whole};
use crate::oracle::say::{at_most, plain};
use crate::oracle::world::{
    BEFORE, MONEY, Manner, PERCENT, PERMILLE, Quantity, Series, THINGS, WAN, World, YEAR,
};

/// The makers of this file.
pub const MAKERS: &[Maker] = &[rate, rate, rate, amount, amount, points, points, rank, wrong_base];

/// The words around a comparison.
#[derive(Clone, Default)]
pub struct Words {
    /// The year compared with.
    pub base: i32,
    /// `前=`.
    pub front: Option<&'static str>,
    /// `平=` and `近平=`.
    pub level: Option<[&'static str; 2]>,
    /// `增=` and `减=`.
    pub verbs: Option<[&'static str; 2]>,
}

impl Words {
    /// Random ones.
    pub fn throw(dice: &mut Dice, world: &World) -> Words {
        Words {
            base: if dice.chance(60) { BEFORE } else { world.base(dice) },
            front: if dice.chance(25) {
                Some(dice.pick(&["", "比上年", "较上年同期", "比前期", "同比"]))
            } else {
                None
            },
            level: dice.chance(15).then_some(["没有变", "大体没有变"]),
            verbs: dice.chance(15).then_some(["增收", "减收"]),
        }
    }

    /// As parameters.
    pub fn parameters(&self, dice: &mut Dice) -> String {
        let mut said = String::new();
        if self.base != BEFORE || dice.chance(10) {
            said += &format!(" 年={}", self.base);
        }
        if let Some(front) = self.front {
            said += &format!(" 前=\"{front}\"");
        }
        if let Some([level, nearly]) = self.level {
            said += &format!(" 平=\"{level}\" 近平=\"{nearly}\"");
        }
        if let Some([up, down]) = self.verbs {
            said += &format!(" 增=\"{up}\" 减=\"{down}\"");
        }
        said
    }

    /// Whether the words speak of another year than the one that is compared with.
    pub fn contradict(&self) -> bool {
        let names = |front: &str| ["同比", "上年", "去年"].iter().any(|word| front.contains(word));
        self.base != BEFORE && self.front.is_some_and(names)
    }

    /// The words in front: what was asked for, else these for the year before, else the year.
    fn front(&self, before: &str) -> String {
        match self.front {
            Some(front) => front.to_owned(),
            None if self.base == BEFORE => before.to_owned(),
            None => format!("比{}年", self.base),
        }
    }

    /// The year as 持平 and 转为 name it.
    fn year(&self) -> String {
        if self.base == BEFORE { "上年".to_owned() } else { format!("{}年", self.base) }
    }

    /// Nothing changed.
    pub fn level(&self) -> String {
        self.level.map_or_else(|| format!("与{}持平", self.year()), |[level, _]| level.to_owned())
    }

    /// Hardly anything changed.
    pub fn nearly(&self) -> String {
        self.level.map_or_else(|| format!("与{}基本持平", self.year()), |[_, nearly]| nearly.to_owned())
    }

    fn verb(&self, up: bool, usual: [&'static str; 2]) -> &'static str {
        self.verbs.unwrap_or(usual)[usize::from(!up)]
    }
}

/// What a value was in the base year, and is.
pub struct Change<'a> {
    /// In the report's year.
    pub new: &'a Quantity,
    /// In the base year; there is one.
    pub old: &'a Quantity,
}

impl Change<'_> {
    fn difference(&self) -> Fraction {
        self.new.value() - self.old.value()
    }

    /// In hundredths of what it was.
    pub fn percent(&self) -> Fraction {
        self.difference() / self.old.value() * whole(100)
    }
}

/// A rate without its sign; what is less than all of it is never said to be all.
pub fn rounded_rate(rate: &Fraction, gone: bool, decimals: i32) -> Fraction {
    let size = half_up(&rate.abs(), decimals);
    let held = rate.abs() < whole(100) && size == whole(100) && !gone;
    if held { size - ten(-decimals) } else { size }
}

/// The same as it is printed.
pub fn percentage(rate: &Fraction, gone: bool, decimals: i32) -> String {
    format!("{}%", plain(&rounded_rate(rate, gone, decimals)))
}

/// How losses are said: the words of an indicator that is a profit.
const PROFITS: [&str; 4] = ["利润", "盈利", "盈余", "损益"];

/// What a rate says.
fn said_of_rate(change: &Change, words: &Words, decimals: i32, profit: bool) -> Clause {
    if change.difference().is_zero() {
        return Clause::Said(words.level());
    }
    if !change.old.is_positive() {
        return Clause::LeftOut;
    }
    if change.new.is_negative() {
        let size = change.new.size();
        let (old, new) = (change.old.text(), change.new.text());
        return Clause::Noted(match profit {
            true => format!("由{}盈利{old}转为亏损{}", words.year(), size.text()),
            false => format!("由{}的{old}转为{new}", words.year()),
        });
    }
    let rate = change.percent();
    if half_up(&rate, decimals).is_zero() {
        return Clause::Said(words.nearly());
    }
    let verb = words.verb(rate.is_positive(), ["增长", "下降"]);
    let text = percentage(&rate, change.new.is_zero(), decimals);
    Clause::Said(format!("{}{verb}{text}", words.front("同比")))
}

/// A clause of what the words allow and the base year has.
fn clause(series: &Series, words: &Words, said: impl Fn(&Change) -> Clause) -> Clause {
    match series.get(&words.base) {
        _ if words.contradict() => Clause::Stops,
        None => Clause::LeftOut,
        Some(old) => said(&Change { new: &series[&YEAR], old }),
    }
}

fn rate(dice: &mut Dice, world: &World, case: Case) -> Case {
    let words = Words::throw(dice, world);
    let series = world.compared(dice.pick(&[MONEY, MONEY, THINGS]), words.base, dice);
    let asked = some_decimals(dice);
    let profit = dice.chance(15).then(|| dice.pick(&PROFITS));
    let name = format!("{}{}", case.name("值"), profit.unwrap_or(""));
    let said =
        clause(&series, &words, |change| said_of_rate(change, &words, asked.unwrap_or(1), profit.is_some()));
    let tag = format!("{{{{同比 {name}{}{}}}}}", words.parameters(dice), decimals(asked));
    case.series(&name, &series).adds("同比 率", &tag, said)
}

fn amount(dice: &mut Dice, world: &World, case: Case) -> Case {
    let words = Words::throw(dice, world);
    let series = world.compared(dice.pick(&[MONEY, THINGS]), words.base, dice);
    let said = clause(&series, &words, |change| {
        let difference = change.new.minus(change.old);
        if difference.is_zero() {
            return Clause::Said(words.level());
        }
        let verb = words.verb(difference.is_positive(), ["增加", "减少"]);
        let size = difference.size();
        Clause::Said(format!("{}{verb}{}", words.front(""), size.text()))
    });
    let name = case.name("值");
    let tag = format!("{{{{同比 {name} 式=\"量\"{}}}}}", words.parameters(dice));
    case.series(&name, &series).adds("同比 量", &tag, said)
}

/// The difference of two percentages.
pub fn in_points(change: &Change, asked: Option<i32>) -> String {
    let size = change.difference().abs();
    let digits = asked.map_or_else(|| plain(&size), |decimals| at_most(&size, not_lost(&size, decimals)));
    let unit = if change.new.unit == "%" { "个百分点" } else { "个千分点" };
    format!("{digits}{unit}")
}

fn points(dice: &mut Dice, world: &World, case: Case) -> Case {
    let words = Words::throw(dice, world);
    let series = world.compared(dice.pick(&[PERCENT, PERMILLE]), words.base, dice);
    let asked = some_decimals(dice);
    let (manner, front, verbs) =
        dice.pick(&[("", "同比", ["提高", "下降"]), (" 式=\"量\"", "", ["增加", "减少"])]);
    let said = clause(&series, &words, |change| {
        if change.difference().is_zero() {
            return Clause::Said(words.level());
        }
        let verb = words.verb(change.difference().is_positive(), verbs);
        Clause::Said(format!("{}{verb}{}", words.front(front), in_points(change, asked)))
    });
    let name = case.name("率");
    let tag = format!("{{{{同比 {name}{manner}{}{}}}}}", words.parameters(dice), decimals(asked));
    case.series(&name, &series).adds("同比 百分点", &tag, said)
}

fn rank(dice: &mut Dice, world: &World, case: Case) -> Case {
    let unit = dice.pick(&["位", "名", ""]);
    let manner = Manner { unit, ..THINGS };
    let words = Words { front: None, level: None, verbs: None, ..Words::throw(dice, world) };
    let mut series = world.compared(manner, words.base, dice);
    for quantity in series.values_mut() {
        *quantity = Quantity::count(dice.between(1, 12), unit);
    }
    let said = clause(&series, &words, |change| {
        let risen = -change.difference();
        match (risen.is_zero(), risen.is_positive()) {
            (true, _) => Clause::Said(words.level()),
            (_, up) => {
                let verb = if up { "上升" } else { "下降" };
                let unit = if unit == "名" { "名" } else { "位" };
                Clause::Said(format!("{}{verb}{}{unit}", words.front("比上年"), plain(&risen.abs())))
            }
        }
    });
    let name = format!("{}{}", case.name("县"), dice.pick(&["排名", "名次", "位次", "排位"]));
    let tag = format!("{{{{同比 {name}{}}}}}", words.parameters(dice));
    case.series(&name, &series).adds("同比 排名", &tag, said)
}

/// The report's own year, and later ones, are no base.
fn wrong_base(dice: &mut Dice, world: &World, case: Case) -> Case {
    let series = world.compared(MONEY, BEFORE, dice);
    let manner = dice.pick(&["", " 式=\"量\"", " 式=\"由到\"", " 式=\"倍\"", " 式=\"年均\""]);
    let name = case.name("值");
    let tag = format!("{{{{同比 {name}{manner} 年={}}}}}", dice.pick(&[YEAR, YEAR + 1]));
    case.series(&name, &series).adds("同比 年", &tag, Clause::Stops)
}

#[test]
fn clauses_are_those_of_the_manual() {
    let money = |number| Quantity { scale: WAN, ..Quantity::count(number, "元") };
    let words = Words { base: BEFORE, ..Words::default() };
    let say = |old, new, decimals, profit| match said_of_rate(
        &Change { old: &money(old), new: &money(new) },
        &words,
        decimals,
        profit,
    ) {
        Clause::Said(text) | Clause::Noted(text) => text,
        Clause::LeftOut | Clause::Stops => String::new(),
    };
    assert_eq!(say(3200, 3600, 1, false), "同比增长12.5%");
    assert_eq!(say(26400, 25300, 2, false), "同比下降4.17%");
    assert_eq!(say(3200, 3201, 1, false), "与上年基本持平");
    assert_eq!(say(10_000_000, 1, 1, false), "同比下降99.9%");
    assert_eq!(say(10_000, 19_997, 1, false), "同比增长99.9%");
    assert_eq!(say(100, -50, 1, false), "由上年的100万元转为-50万元");
    assert_eq!(say(100, -50, 1, true), "由上年盈利100万元转为亏损50万元");
    assert_eq!(say(0, 50, 1, false), "");
}
