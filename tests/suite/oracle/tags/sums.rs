//! 相加, 相减, 近, 自, 上年.

use super::{Case, Maker, Wanted};
use crate::oracle::dice::Dice;
use crate::oracle::fraction::ten;
use crate::oracle::say::plain;
use crate::oracle::world::{BEFORE, MONEY, PERCENT, Quantity, THINGS, World, YEAR, sum};

/// The makers of this file.
pub const MAKERS: &[Maker] = &[added, less, recent, since, year_before, nested];

fn several(dice: &mut Dice, most: i64) -> Vec<Quantity> {
    let manner = dice.pick(&[MONEY, THINGS]);
    (0..dice.between(2, most)).map(|_| manner.throw(dice)).collect()
}

/// Indicators of the report's year, with their names.
fn indicators(mut case: Case, of: &[Quantity]) -> (Case, String) {
    let names: Vec<_> = (0..of.len()).map(|at| format!("{}之{at}", case.name("项"))).collect();
    for (name, quantity) in names.iter().zip(of) {
        case = case.one(name, quantity);
    }
    (case, names.join(" "))
}

/// The whole of it in the plain unit, or as it is.
fn maybe_plain(dice: &mut Dice, total: &Quantity) -> (&'static str, String) {
    if dice.chance(25) {
        (" 量级=\"个\"", format!("{}{}", plain(&(total.number() * ten(total.scale.1))), total.unit))
    } else {
        ("", total.text())
    }
}

fn added(dice: &mut Dice, _: &World, case: Case) -> Case {
    let of = several(dice, 4);
    let (case, names) = indicators(case, &of);
    let (parameter, text) = maybe_plain(dice, &sum(&of));
    case.prints("相加", format!("{{{{相加 {names}{parameter}}}}}"), Wanted::Text(text))
}

fn less(dice: &mut Dice, _: &World, case: Case) -> Case {
    let of = several(dice, 2);
    let (case, names) = indicators(case, &of);
    let (parameter, text) = maybe_plain(dice, &of[0].minus(&of[1]));
    case.prints("相减", format!("{{{{相减 {names}{parameter}}}}}"), Wanted::Text(text))
}

/// The sum over the years from one on.
fn over_years(dice: &mut Dice, world: &World, case: Case, first: i32, kind: &str, open: &str) -> Case {
    let series = world.series(dice.pick(&[MONEY, THINGS]), dice);
    let of: Option<Vec<_>> = (first..=YEAR).map(|year| series.get(&year)).collect();
    let wanted = of.map_or(Wanted::Stops, |of| Wanted::Text(sum(of).text()));
    let name = case.name("年");
    let close = &open[..open.find(' ').expect("a helper with its years")];
    let template = format!("{{{{#{open}}}}}{{{{{name}}}}}{{{{/{close}}}}}");
    case.series(&name, &series).prints(kind, template, wanted)
}

fn recent(dice: &mut Dice, world: &World, case: Case) -> Case {
    let count = i32::try_from(dice.between(1, 6)).expect("years");
    over_years(dice, world, case, YEAR - count + 1, "近", &format!("近 {count}"))
}

fn since(dice: &mut Dice, world: &World, case: Case) -> Case {
    let first = world.year(BEFORE, dice);
    over_years(dice, world, case, first, "自", &format!("自 {first}"))
}

/// A window in a window, or the year before in one: one of both would do nothing.
fn nested(dice: &mut Dice, world: &World, case: Case) -> Case {
    let series = world.compared(MONEY, BEFORE, dice);
    let name = case.name("年");
    let (outer, inner) =
        dice.pick(&[("近 1", "上年"), ("近 2", "近 1"), ("自 2024", "近 1"), ("近 1", "自 2024")]);
    let close = |open: &str| open.split(' ').next().unwrap_or_default().to_owned();
    let template = format!(
        "{{{{#{outer}}}}}{{{{#{inner}}}}}{{{{{name}}}}}{{{{/{}}}}}{{{{/{}}}}}",
        close(inner),
        close(outer)
    );
    case.series(&name, &series).prints("时段", template, Wanted::Stops)
}

fn year_before(dice: &mut Dice, world: &World, case: Case) -> Case {
    let series = world.compared(dice.pick(&[MONEY, THINGS, PERCENT]), BEFORE, dice);
    let wanted = series.get(&BEFORE).map_or(Wanted::Stops, |quantity| {
        Wanted::Text(format!("2023年是{}，今年{}", quantity.text(), series[&YEAR].text()))
    });
    let name = case.name("年");
    let template = format!("{{{{#上年}}}}{{{{年度}}}}是{{{{{name}}}}}{{{{/上年}}}}，今年{{{{{name}}}}}");
    case.series(&name, &series).prints("上年", template, wanted)
}
