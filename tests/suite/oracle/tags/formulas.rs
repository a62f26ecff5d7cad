//! Formulas of the registry, printed by their name in the unit that the registry gives them.

use num_traits::{Signed, Zero};

use super::growth::rounded_rate;
use super::{Case, Maker, Wanted};
use crate::oracle::dice::Dice;
use crate::oracle::fraction::{Fraction, half_up, not_lost, ten, whole};
use crate::oracle::say::{at_most, held, plain};
use crate::oracle::world::{BEFORE, MONEY, ONES, Quantity, Scale, THINGS, WAN, World, YEAR, YI, sum};

/// The makers of this file.
pub const MAKERS: &[Maker] = &[added, added, share, mean, growth, conditional, areas];

/// The units of money that a registry may give.
const UNITS: [(&str, Scale); 3] = [("元", ONES), ("万元", WAN), ("亿元", YI)];

/// In the scale of the registry: written decimals hold only where everything was written in it.
fn registered(total: &Quantity, scale: Scale) -> String {
    if total.scale == scale {
        return total.text();
    }
    format!("{}{}{}", plain(&(total.value() / ten(scale.1))), scale.0, total.unit)
}

fn added(dice: &mut Dice, _: &World, case: Case) -> Case {
    let (one, other) = (MONEY.throw(dice), MONEY.throw(dice));
    let (unit, scale) = dice.pick(&UNITS);
    let (total, word) =
        if dice.chance(50) { (sum([&one, &other]), "相加") } else { (one.minus(&other), "相减") };
    let (first, second, result) = (case.name("甲"), case.name("乙"), case.name("和"));
    let entry = format!("{{单位: {unit}, 类型: 时期, 公式: {{{word}: [{first}, {second}]}}}}");
    let case = case.one(&first, &one).one(&second, &other).registered(&result, &entry);
    case.prints(&format!("公式 {word}"), format!("{{{{{result}}}}}"), Wanted::Text(registered(&total, scale)))
}

fn share(dice: &mut Dice, _: &World, case: Case) -> Case {
    let all = dice.between(1, 30_000);
    let some = dice.between(0, all);
    let part = dice.pick(&[0, 1, all - 1, all, some]);
    let (unit, full) = dice.pick(&[("%", 100), ("%", 100), ("‰", 1000)]);
    let exact = whole(part * full) / whole(all);
    // What one decimal shows nothing of has two.
    let decimals = if half_up(&exact, 1).is_zero() { 2 } else { 1 };
    let (rounded, _) = held(&exact, &whole(full), decimals);
    let text = format!("{}{unit}", plain(&rounded));
    let (first, second, result) = (case.name("部"), case.name("全"), case.name("占"));
    let entry = format!("{{单位: \"{unit}\", 类型: 比率, 公式: {{占比: [{first}, {second}]}}}}");
    let case = case.one(&first, &Quantity::count(part, "件")).one(&second, &Quantity::count(all, "件"));
    case.registered(&result, &entry).prints("公式 占比", format!("{{{{{result}}}}}"), Wanted::Text(text))
}

fn mean(dice: &mut Dice, _: &World, case: Case) -> Case {
    let (total, count) = (MONEY.throw(dice), Quantity { unit: "户", ..THINGS.throw(dice) });
    let (unit, scale) = dice.pick(&UNITS);
    let wanted = if count.is_zero() {
        Wanted::Stops
    } else {
        let mean: Fraction = total.value() / count.value() / ten(scale.1);
        Wanted::Text(format!("{}{unit}", at_most(&mean, not_lost(&mean, 2))))
    };
    let (first, second, result) = (case.name("总"), case.name("份"), case.name("均"));
    let entry = format!("{{单位: {unit}, 类型: 比率, 公式: {{平均: [{first}, {second}]}}}}");
    let case = case.one(&first, &total).one(&second, &count).registered(&result, &entry);
    case.prints("公式 平均", format!("{{{{{result}}}}}"), wanted)
}

fn growth(dice: &mut Dice, world: &World, case: Case) -> Case {
    let series = world.compared(THINGS, BEFORE, dice);
    let (name, result) = (case.name("值"), case.name("幅"));
    let wanted = match series.get(&BEFORE) {
        Some(old) if old.is_positive() => {
            let rate = (series[&YEAR].value() / old.value() - whole(1)) * whole(100);
            // The manual does not say what is said of a growth that one decimal does not show.
            if !rate.is_zero() && half_up(&rate, 1).is_zero() {
                return share(dice, world, case);
            }
            let size = rounded_rate(&rate, series[&YEAR].is_zero(), 1);
            Wanted::Text(format!("{}%", plain(&if rate.is_negative() { -size } else { size })))
        }
        _ => Wanted::Stops,
    };
    let entry = format!("{{单位: \"%\", 类型: 比率, 公式: {{增幅: {name}}}}}");
    let case = case.series(&name, &series).registered(&result, &entry);
    case.prints("公式 增幅", format!("{{{{{result}}}}}"), wanted)
}

fn conditional(dice: &mut Dice, _: &World, case: Case) -> Case {
    let rows: Vec<_> =
        (0..dice.between(1, 6)).map(|_| (dice.pick(&["东村", "西村"]), MONEY.throw(dice))).collect();
    let village = rows[0].0;
    let of: Vec<_> = rows.iter().filter(|row| row.0 == village).map(|row| &row.1).collect();
    let (ledger, result) = (case.name("台"), case.name("果"));
    let (unit, scale) = dice.pick(&UNITS);
    let (unit, formula, text) = if dice.chance(50) {
        ("笔", format!("{{计数: {ledger}}}"), format!("{}笔", of.len()))
    } else {
        let total = sum(of);
        (unit, format!("{{合计: {ledger}.金额}}"), registered(&total, scale))
    };
    let lines = rows.iter().map(|(village, money)| format!("{{村: {village}, 金额: {}}}", money.text()));
    let case = case
        .registered(&ledger, "{类型: 台账, 列: {村: 文本, 金额: {单位: 元, 类型: 时期}}}")
        .registered(
            &result,
            &format!("{{单位: {unit}, 类型: 时期, 公式: {formula}, 条件: {{村: {village}}}}}"),
        )
        .fact(YEAR, &ledger, &format!("[{}]", lines.collect::<Vec<_>>().join(", ")));
    case.prints("公式 条件", format!("{{{{{result}}}}}"), Wanted::Text(text))
}

/// 公顷 and 亩: fifteen 亩 are one 公顷. Only sums whose decimals end have digits that the manual names.
fn areas(dice: &mut Dice, _: &World, case: Case) -> Case {
    let (large, small) = (dice.between(1, 5000), dice.between(1, 900));
    let large = Quantity { decimals: 1, ..Quantity::count(large, "公顷") };
    let small = Quantity { decimals: 1, ..Quantity::count(small * 15, "亩") };
    let total: Fraction = large.number() * whole(15) + small.number();
    let (first, second, result) = (case.name("田"), case.name("土"), case.name("地"));
    let area = |unit: &str| match unit {
        "亩" => format!("{}亩", plain(&total)),
        _ => format!("{}公顷", plain(&(&total / whole(15)))),
    };
    let (unit, names) =
        dice.pick(&[("亩", [&first, &second]), ("公顷", [&first, &second]), ("亩", [&second, &first])]);
    let entry = format!("{{单位: {unit}, 类型: 时期, 公式: {{相加: [{}, {}]}}}}", names[0], names[1]);
    let sum = if names[0] == &first { "公顷" } else { "亩" };
    let template = format!("{{{{{result}}}}}，{{{{相加 {} {}}}}}", names[0], names[1]);
    let text = format!("{}，{}", area(unit), area(sum));
    let case = case.one(&first, &large).one(&second, &small).registered(&result, &entry);
    case.prints("公式 亩", template, Wanted::Text(text))
}
