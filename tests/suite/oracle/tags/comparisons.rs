//! 同比 over several years or of several indicators: 由到, 倍, 增倍, 翻番, 年均, 分别.

use num_traits::{Signed, Zero};

use super::growth::{Change, in_points, percentage};
use super::{Case, Clause, Maker, decimals, some_decimals};
use crate::oracle::dice::Dice;
use crate::oracle::fraction::{Fraction, half_up, not_lost, ten, whole, yearly};
use crate::oracle::say::{at_most, numeral, plain};
use crate::oracle::world::{BEFORE, MONEY, PERCENT, Series, THINGS, World, YEAR};

/// The makers of this file.
pub const MAKERS: &[Maker] =
    &[from_to, times, times_more, doubled, yearly_growth, yearly_growth, several, several];

/// The years compared, of which the base year may have nothing.
fn clause(series: &Series, base: i32, said: impl Fn(&Change) -> Clause) -> Clause {
    series.get(&base).map_or(Clause::LeftOut, |old| said(&Change { new: &series[&YEAR], old }))
}

fn from_to(dice: &mut Dice, world: &World, case: Case) -> Case {
    let base = world.base(dice);
    let series = world.compared(dice.pick(&[PERCENT, THINGS]), base, dice);
    let quiet = dice.chance(30);
    let said = clause(&series, base, |change| {
        let (old, new) = (change.old, change.new);
        let up = new.value() > old.value();
        if new.value() == old.value() {
            return Clause::Said(format!("与{base}年持平"));
        }
        let verb = match (new.unit, up) {
            (_, false) => "下降",
            ("%", true) => "提高",
            (_, true) => "增加",
        };
        let year = if quiet { String::new() } else { format!("{base}年的") };
        Clause::Said(format!("由{year}{}{verb}到{}", old.text(), new.text()))
    });
    let name = case.name("值");
    let quiet = if quiet { " 基期=\"\"" } else { "" };
    let tag = format!("{{{{同比 {name} 式=\"由到\" 年={base}{quiet}}}}}");
    case.series(&name, &series).adds("同比 由到", &tag, said)
}

/// How many times, at most so many decimals, but not nothing.
fn how_many(times: &Fraction, asked: Option<i32>) -> String {
    at_most(times, not_lost(times, asked.unwrap_or(1)))
}

fn times(dice: &mut Dice, world: &World, case: Case) -> Case {
    let base = world.base(dice);
    let series = world.compared(dice.pick(&[MONEY, THINGS]), base, dice);
    let asked = some_decimals(dice);
    let said = clause(&series, base, |change| {
        if !change.old.is_positive() || change.new.is_negative() {
            return Clause::LeftOut;
        }
        let times = change.new.value() / change.old.value();
        Clause::Said(format!("是{base}年的{}倍", how_many(&times, asked)))
    });
    let name = case.name("值");
    let tag = format!("{{{{同比 {name} 式=\"倍\" 年={base}{}}}}}", decimals(asked));
    case.series(&name, &series).adds("同比 倍", &tag, said)
}

fn times_more(dice: &mut Dice, world: &World, case: Case) -> Case {
    let base = world.base(dice);
    let series = world.compared(MONEY, base, dice);
    let asked = some_decimals(dice);
    let said = clause(&series, base, |change| {
        if !change.old.is_positive() || change.new.value() <= change.old.value() {
            return Clause::Stops;
        }
        let more = change.new.value() / change.old.value() - whole(1);
        Clause::Said(format!("比{base}年增长{}倍", how_many(&more, asked)))
    });
    let name = case.name("值");
    let tag = format!("{{{{同比 {name} 式=\"增倍\" 年={base}{}}}}}", decimals(asked));
    case.series(&name, &series).adds("同比 增倍", &tag, said)
}

fn doubled(dice: &mut Dice, world: &World, case: Case) -> Case {
    let base = world.base(dice);
    let series = world.compared(MONEY, base, dice);
    let said = clause(&series, base, |change| {
        if !change.old.is_positive() || change.new.value() < change.old.value() * whole(2) {
            return Clause::Stops;
        }
        let times = (change.new.value() / change.old.value()).floor().to_integer();
        let count = usize::try_from(times.bits() - 1).expect("a few times");
        let word = if count == 2 { "两".to_owned() } else { numeral(count) };
        Clause::Said(format!("比{base}年翻{word}番"))
    });
    let name = case.name("值");
    let tag = format!("{{{{同比 {name} 式=\"翻番\" 年={base}}}}}");
    case.series(&name, &series).adds("同比 翻番", &tag, said)
}

/// Whether the growth in a year, up or down, is so many percent or more: by powers, not by a root.
fn at_least(times: &Fraction, years: u32, percent: &Fraction) -> bool {
    let part = percent / whole(100);
    let power = |one: Fraction| one.pow(years.cast_signed());
    if *times > whole(1) { power(whole(1) + part) <= *times } else { power(whole(1) - part) >= *times }
}

/// The digits of the growth in a year, with as many decimals as are needed for it not to be nothing.
fn yearly_rate(times: &Fraction, years: u32, asked: i32) -> Fraction {
    let reached = |decimals: &i32| at_least(times, years, &ten(-decimals));
    let decimals = match yearly(times, years, asked).is_zero() {
        true => (asked..).find(reached).expect("what changes has a first digit"),
        false => asked,
    };
    let rate = yearly(times, years, decimals);
    let all = rate.abs() == whole(100);
    let fallen = rate.is_negative() && !times.is_zero();
    let short = rate.is_positive() && *times < whole(2).pow(years.cast_signed());
    match (all && fallen, all && short) {
        (true, _) => rate + ten(-decimals),
        (_, true) => rate - ten(-decimals),
        _ => rate,
    }
}

fn yearly_growth(dice: &mut Dice, world: &World, case: Case) -> Case {
    let base = world.base(dice);
    let series = world.compared(dice.pick(&[MONEY, THINGS]), base, dice);
    let asked = some_decimals(dice);
    let said = clause(&series, base, |change| {
        if change.new.value() == change.old.value() {
            return Clause::Said(format!("与{base}年持平"));
        }
        if !change.old.is_positive() || change.new.is_negative() {
            return Clause::LeftOut;
        }
        let times = change.new.value() / change.old.value();
        let rate = yearly_rate(&times, (YEAR - base).unsigned_abs(), asked.unwrap_or(1));
        let verb = if rate.is_positive() { "增长" } else { "下降" };
        Clause::Said(format!("年均{verb}{}%", plain(&rate.abs())))
    });
    let name = case.name("值");
    let tag = format!("{{{{同比 {name} 式=\"年均\" 年={base}{}}}}}", decimals(asked));
    case.series(&name, &series).adds("同比 年均", &tag, said)
}

/// What one of several does.
enum Course {
    Level,
    Nearly,
    Moved { up: bool, by: String },
}

fn course(change: &Change, asked: Option<i32>) -> Course {
    let difference = change.new.value() - change.old.value();
    let up = difference.is_positive();
    if difference.is_zero() {
        return Course::Level;
    }
    if change.new.unit == "%" {
        return Course::Moved { up, by: in_points(change, asked) };
    }
    let (rate, decimals) = (change.percent(), asked.unwrap_or(1));
    if half_up(&rate, decimals).is_zero() {
        return Course::Nearly;
    }
    Course::Moved { up, by: percentage(&rate, change.new.is_zero(), decimals) }
}

/// What several say together, behind “分别”.
fn together(courses: &[Course], verbs: [&str; 2]) -> Clause {
    let moved =
        |way: bool| courses.iter().any(|course| matches!(course, Course::Moved { up, .. } if *up == way));
    if moved(true) && moved(false) {
        return Clause::Stops;
    }
    let verb = if moved(true) { verbs[0] } else { verbs[1] };
    let alike = courses.iter().all(|course| matches!(course, Course::Moved { .. }));
    let words = courses.iter().enumerate().map(|(at, course)| match course {
        Course::Level => "持平".to_owned(),
        Course::Nearly => "基本持平".to_owned(),
        Course::Moved { by, .. } if alike && at > 0 => by.clone(),
        Course::Moved { by, .. } => format!("{verb}{by}"),
    });
    Clause::Said(joined(words.collect()))
}

/// With 顿号 and 和.
fn joined(mut words: Vec<String>) -> String {
    let last = words.pop().expect("several");
    format!("{}和{last}", words.join("、"))
}

fn several(dice: &mut Dice, world: &World, mut case: Case) -> Case {
    let (manner, verbs) =
        dice.pick(&[(THINGS.positive(), ["增长", "下降"]), (PERCENT.positive(), ["提高", "下降"])]);
    let asked = if dice.chance(30) { Some(1) } else { None };
    let names: Vec<_> = (0..dice.between(2, 3)).map(|at| format!("{}之{at}", case.name("项"))).collect();
    let mut courses = Some(Vec::new());
    // All one way, as far as chance can see to it; otherwise almost all of these would stop.
    let turn = dice.chance(85);
    let rising = dice.chance(50);
    for name in &names {
        let mut series = world.compared(manner, BEFORE, dice);
        let (old, new) = (series.get(&BEFORE).cloned(), series[&YEAR].clone());
        if let Some(old) = old
            && turn
            && (new.value() > old.value()) != rising
        {
            series.insert(BEFORE, new);
            series.insert(YEAR, old);
        }
        let one = series.get(&BEFORE).map(|old| course(&Change { new: &series[&YEAR], old }, asked));
        courses = courses.zip(one).map(|(mut courses, one)| {
            courses.push(one);
            courses
        });
        case = case.series(name, &series);
    }
    let all_level = |courses: &[Course]| !courses.iter().any(|course| matches!(course, Course::Moved { .. }));
    let clause = match &courses {
        None => Clause::LeftOut,
        // The manual does not say how several are said of which none moved.
        Some(courses) if all_level(courses) => return from_to(dice, world, case),
        Some(courses) => together(courses, verbs),
    };
    let tag = format!("分别{{{{同比 {}{}}}}}", names.join(" "), decimals(asked));
    let clause = match clause {
        Clause::Said(words) => Clause::Said(format!("分别{words}")),
        other => other,
    };
    case.adds("同比 分别", &tag, clause)
}

#[test]
fn several_are_said_as_in_the_manual() {
    let moved = |by: &str| Course::Moved { up: true, by: by.to_owned() };
    let say = |courses: &[Course]| match together(courses, ["增长", "下降"]) {
        Clause::Said(words) => words,
        _ => String::new(),
    };
    assert_eq!(say(&[moved("7%"), moved("9%")]), "增长7%和9%");
    assert_eq!(say(&[moved("12.5%"), moved("7%"), moved("9%")]), "增长12.5%、7%和9%");
    assert_eq!(say(&[Course::Level, moved("5%")]), "持平和增长5%");
    assert_eq!(say(&[Course::Nearly, moved("9%")]), "基本持平和增长9%");
    assert_eq!(plain(&yearly_rate(&(whole(635) / whole(638)), 5, 0)), "-0.09");
    assert_eq!(plain(&yearly_rate(&(whole(23) / whole(15)), 5, 1)), "8.9");
}
