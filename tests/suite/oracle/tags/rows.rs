//! Rows of a ledger in other years, found by their key: 上年, 同比, 近 inside #each.

use std::collections::BTreeMap;

use num_traits::{Signed, Zero};

use super::growth::{Change, percentage};
use super::{Case, Maker, Wanted};
use crate::oracle::dice::Dice;
use crate::oracle::fraction::half_up;
use crate::oracle::world::{BEFORE, Manner, Quantity, THINGS, World, YEAR, sum};

/// The makers of this file.
pub const MAKERS: &[Maker] = &[year_before, compared, recent];

const VILLAGES: [&str; 3] = ["东村", "西村", "南村"];

/// What each village has, by year.
type Rows = BTreeMap<i32, BTreeMap<&'static str, Quantity>>;

fn rows(dice: &mut Dice, world: &World) -> Rows {
    let manner = Manner { unit: "元", ..THINGS };
    let mut rows = Rows::new();
    let mut last: BTreeMap<_, _> = VILLAGES.iter().map(|village| (*village, manner.throw(dice))).collect();
    let wandering = dice.chance(25);
    for year in world.years.iter().filter(|year| **year > YEAR - 3) {
        for quantity in last.values_mut() {
            *quantity = if dice.chance(60) { manner.near(quantity, dice) } else { manner.throw(dice) };
        }
        let mut here = last.clone();
        here.retain(|_, _| *year == YEAR || !wandering || dice.chance(70));
        rows.insert(*year, here);
    }
    rows
}

/// A ledger, with or without a key, over which a template loops.
fn looped(
    dice: &mut Dice,
    case: Case,
    rows: &Rows,
    kind: &str,
    inside: &str,
    said: impl Fn(&'static str) -> Wanted,
) -> Case {
    let name = case.name("台");
    let keyed = dice.chance(90);
    let key = if keyed { "主键: 村, " } else { "" };
    let entry = format!("{{类型: 台账, {key}列: {{村: 文本, 收入: {{单位: 元, 类型: 时期}}}}}}");
    let mut case = case.registered(&name, &entry);
    for (year, villages) in rows {
        let lines =
            villages.iter().map(|(village, money)| format!("{{村: {village}, 收入: {}}}", money.text()));
        case = case.fact(*year, &name, &format!("[{}]", lines.collect::<Vec<_>>().join(", ")));
    }
    let (mut text, mut warned, mut stops) = (String::new(), false, !keyed);
    for village in rows[&YEAR].keys() {
        let (more, warns) = match said(village) {
            Wanted::Text(more) => (more, false),
            Wanted::Warned(more) => (more, true),
            Wanted::Stops => (String::new(), {
                stops = true;
                false
            }),
        };
        warned |= warns;
        text += &format!("{village}{more}；");
    }
    let wanted = match (stops, warned) {
        (true, _) => Wanted::Stops,
        (_, true) => Wanted::Warned(text),
        _ => Wanted::Text(text),
    };
    let template = format!("{{{{#each {name} as |行|}}}}{{{{行.村}}}}{inside}；{{{{/each}}}}");
    case.prints(kind, template, wanted)
}

fn year_before(dice: &mut Dice, world: &World, case: Case) -> Case {
    let rows = rows(dice, world);
    let inside = "{{行.收入}}（{{#上年}}{{行.收入}}{{/上年}}）";
    looped(dice, case, &rows, "行 上年", inside, |village| {
        match rows.get(&BEFORE).and_then(|before| before.get(village)) {
            Some(old) => Wanted::Text(format!("{}（{}）", rows[&YEAR][village].text(), old.text())),
            // Like a missing base: what only leads to it goes with it.
            None => Wanted::Warned(rows[&YEAR][village].text()),
        }
    })
}

fn compared(dice: &mut Dice, world: &World, case: Case) -> Case {
    let rows = rows(dice, world);
    looped(dice, case, &rows, "行 同比", "{{行.收入}}，{{同比 行.收入}}", |village| {
        let new = &rows[&YEAR][village];
        let left_out = Wanted::Warned(new.text());
        let Some(old) = rows.get(&BEFORE).and_then(|before| before.get(village)) else { return left_out };
        let change = Change { new, old };
        if new.value() == old.value() {
            return Wanted::Text(format!("{}，与上年持平", new.text()));
        }
        if old.is_zero() {
            return left_out;
        }
        let rate = change.percent();
        if half_up(&rate, 1).is_zero() {
            return Wanted::Text(format!("{}，与上年基本持平", new.text()));
        }
        let verb = if rate.is_positive() { "增长" } else { "下降" };
        Wanted::Text(format!("{}，同比{verb}{}", new.text(), percentage(&rate, new.is_zero(), 1)))
    })
}

fn recent(dice: &mut Dice, world: &World, case: Case) -> Case {
    let rows = rows(dice, world);
    looped(dice, case, &rows, "行 近", "三年{{#近 3}}{{行.收入}}{{/近}}", |village| {
        let years: Option<Vec<_>> =
            (YEAR - 2..=YEAR).map(|year| rows.get(&year).and_then(|rows| rows.get(village))).collect();
        years.map_or(Wanted::Stops, |years| Wanted::Text(format!("三年{}", sum(years).text())))
    })
}
