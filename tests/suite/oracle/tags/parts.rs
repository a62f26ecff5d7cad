//! 占比, 各占, 其中, 其余, 区间, 平均, 排名, 突破, 若零, if.

use super::{Case, Maker, Wanted, decimals, some_decimals};
use crate::oracle::dice::Dice;
use crate::oracle::fraction::{Fraction, half_up, whole};
use crate::oracle::say::{self, share};
use crate::oracle::world::{MONEY, Quantity, THINGS, World};

/// The makers of this file.
pub const MAKERS: &[Maker] =
    &[ratio, ratio, shares, of_which, rest, span, average, average, rank, beyond, if_zero];

/// A part and a whole.
fn part_and_whole(dice: &mut Dice, unit: &'static str) -> (Quantity, Quantity) {
    let most = dice.pick(&[60, 20_000, 3_000_000]);
    let all = if dice.chance(5) { 0 } else { dice.between(1, most) };
    let part = match dice.below(8) {
        0 => 0,
        1 => 1,
        2 => all,
        3 => all - 1,
        4 => all + dice.between(0, 2),
        _ => dice.between(0, all),
    };
    (Quantity::count(part.max(0), unit), Quantity::count(all, unit))
}

fn ratio(dice: &mut Dice, _: &World, case: Case) -> Case {
    let (part, all) = part_and_whole(dice, "件");
    let asked = some_decimals(dice);
    let wanted = if all.is_zero() {
        Wanted::Stops
    } else {
        match share(&(part.number() / all.number() * whole(100)), asked.unwrap_or(1)) {
            (text, true) => Wanted::Warned(text),
            (text, false) => Wanted::Text(text),
        }
    };
    let (first, second) = (case.name("部"), case.name("全"));
    let tag = format!("{{{{占比 {first} {second}{}}}}}", decimals(asked));
    case.one(&first, &part).one(&second, &all).prints("占比", tag, wanted)
}

fn shares(dice: &mut Dice, _: &World, mut case: Case) -> Case {
    let counts: Vec<_> = (0..dice.between(2, 4)).map(|_| dice.between(0, 40)).collect();
    let all: i64 = counts.iter().sum();
    let asked = some_decimals(dice);
    let names: Vec<_> = (0..counts.len()).map(|at| format!("{}之{at}", case.name("项"))).collect();
    for (name, count) in names.iter().zip(&counts) {
        case = case.one(name, &Quantity::count(*count, "件"));
    }
    let tag = format!("{{{{各占 {}{} 连=\"；\" 末=\"；\"}}}}", names.join(" "), decimals(asked));
    if all == 0 {
        return case.prints("各占", tag, Wanted::Stops);
    }
    let percent = |count: &i64| whole(100 * count) / whole(all);
    let said: Vec<_> = counts.iter().map(|count| share(&percent(count), asked.unwrap_or(1))).collect();
    let printed = counts.iter().map(|count| half_up(&percent(count), asked.unwrap_or(1)));
    let whole_again = printed.sum::<Fraction>() == whole(100);
    let text = said.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("；");
    let quiet = whole_again && said.iter().all(|(_, held)| !held);
    case.prints("各占", tag, if quiet { Wanted::Text(text) } else { Wanted::Warned(text) })
}

fn of_which(dice: &mut Dice, _: &World, case: Case) -> Case {
    let (part, all) = part_and_whole(dice, "名");
    let wanted = if part.number() > all.number() { Wanted::Stops } else { Wanted::Text(part.text()) };
    let (first, second) = (case.name("全"), case.name("部"));
    let tag = format!("{{{{其中 {first} {second}}}}}");
    case.one(&first, &all).one(&second, &part).prints("其中", tag, wanted)
}

fn rest(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (part, all) = part_and_whole(dice, "处");
    let left = all.minus(&part);
    let worded = dice.chance(50);
    let (first, second) = (case.name("全"), case.name("部"));
    let wanted = match (part.number() > all.number(), left.is_zero(), worded) {
        (true, ..) => Wanted::Stops,
        (_, _, false) => Wanted::Text(left.text()),
        (_, true, true) => Wanted::Text("已全部整改".to_owned()),
        // Nothing done is not said as “已整改0处”; the manual has no example of it.
        (_, false, true) if part.is_zero() => {
            return if_zero(dice, world, case);
        }
        (_, false, true) => Wanted::Text(format!("已整改{}，其余{}正在整改", part.text(), left.text())),
    };
    let words = if worded { " 已=\"已整改\" 余=\"正在整改\" 全=\"已全部整改\"" } else { "" };
    let tag = format!("{{{{其余 {first} {second}{words}}}}}");
    case.one(&first, &all).one(&second, &part).prints("其余", tag, wanted)
}

fn span(dice: &mut Dice, _: &World, case: Case) -> Case {
    let low = dice.between(1, 50);
    let high = low + dice.between(0, 3);
    let (first, second) = (case.name("少"), case.name("多"));
    let (parameter, word) = dice.pick(&[("", "至"), (" 连=\"-\"", "-")]);
    let text = if low == high { format!("{low}名") } else { format!("{low}{word}{high}名") };
    let tag = format!("{{{{区间 {first} {second}{parameter}}}}}");
    let case = case.one(&first, &Quantity::count(low, "名")).one(&second, &Quantity::count(high, "名"));
    case.prints("区间", tag, Wanted::Text(text))
}

fn average(dice: &mut Dice, _: &World, case: Case) -> Case {
    let total = MONEY.throw(dice);
    let count = THINGS.throw(dice);
    let count = Quantity { unit: "户", ..count };
    let asked = some_decimals(dice);
    let (first, second) = (case.name("总"), case.name("份"));
    let wanted = if count.is_zero() {
        Wanted::Stops
    } else {
        let mean = total.number() / count.value();
        let digits = say::mean(&mean, asked);
        Wanted::Text(format!("{digits}{}{}", total.scale.0, total.unit))
    };
    let tag = format!("{{{{平均 {first} {second}{}}}}}", decimals(asked));
    case.one(&first, &total).one(&second, &count).prints("平均", tag, wanted)
}

fn rank(dice: &mut Dice, _: &World, case: Case) -> Case {
    let place = dice.between(1, 12);
    let name = case.name("序");
    let (parameter, first, word) =
        dice.pick(&[("", "首位", "位"), (" 式=\"名\"", "", "名"), (" 首=\"第一\"", "第一", "位")]);
    // With 式="名" the manual shows no first place.
    let place = if first.is_empty() { place + 1 } else { place };
    let text = if place == 1 { first.to_owned() } else { format!("第{place}{word}") };
    let case = case.one(&name, &Quantity::count(place, "位"));
    case.prints("排名", format!("居{{{{排名 {name}{parameter}}}}}"), Wanted::Text(format!("居{text}")))
}

fn beyond(dice: &mut Dice, _: &World, case: Case) -> Case {
    let quantity = MONEY.throw(dice);
    let threshold =
        if dice.chance(50) { MONEY.positive().near(&quantity, dice) } else { MONEY.positive().throw(dice) };
    let threshold = if !threshold.is_positive() { MONEY.positive().throw(dice) } else { threshold };
    let passed = quantity.value() > threshold.value();
    let wanted = if passed { Wanted::Text(threshold.text()) } else { Wanted::Stops };
    let name = case.name("数");
    let tag = format!("{{{{突破 {name} \"{}\"}}}}", threshold.text());
    case.one(&name, &quantity).prints("突破", tag, wanted)
}

fn if_zero(dice: &mut Dice, _: &World, case: Case) -> Case {
    let quantity = THINGS.throw(dice);
    let quantity = if dice.chance(50) { Quantity::count(0, "件") } else { quantity };
    let name = case.name("数");
    let none = quantity.is_zero();
    let (template, text) = match dice.below(3) {
        0 => ("{{#若零 N}}没有{{else}}有{{N}}{{/若零}}", if none { "没有" } else { "有V" }),
        1 => ("{{#if N}}有{{N}}{{else}}没有{{/if}}", if none { "没有" } else { "有V" }),
        _ => ("甲{{#unless N}}没有{{/unless}}", if none { "甲没有" } else { "甲" }),
    };
    let text = text.replace('V', &quantity.text());
    case.one(&name, &quantity).prints("若零", template.replace('N', &name), Wanted::Text(text))
}
