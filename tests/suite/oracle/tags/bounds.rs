//! Facts of which only a bound is known: what their sums and differences still say, and that nothing is compared.

use super::{Case, Clause, Maker, Wanted};
use crate::oracle::dice::Dice;
use crate::oracle::world::{self, BEFORE, ONES, Quantity, Scale, WAN, World, YEAR, YI};

/// The makers of this file.
pub const MAKERS: &[Maker] = &[written, added, added, less, window, compared];

/// What is known of a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bound {
    Exact,
    Above,
    Below,
    About,
}

/// A fact with what is known of it, and how it is written.
struct Known {
    quantity: Quantity,
    bound: Bound,
    text: String,
}

fn throw(dice: &mut Dice) -> Known {
    let scale: Scale = dice.pick(&[ONES, ONES, WAN, YI]);
    let number = dice.between(1, 9) * dice.pick(&[1, 10, 100]);
    let quantity = Quantity { scale, ..Quantity::count(number, "元") };
    let tens = number % 10 == 0;
    let (digits, scale) = (number, scale.0);
    let (bound, text) = match dice.below(9) {
        0 if tens => (Bound::Above, format!("{digits}多{scale}元")),
        1 if !tens && !scale.is_empty() => (Bound::Above, format!("{digits}{scale}余元")),
        2 => (Bound::Above, format!("{digits}{scale}元以上")),
        3 => (Bound::Below, format!("近{digits}{scale}元")),
        4 => (Bound::About, format!("约{digits}{scale}元")),
        5 => (Bound::About, format!("{digits}{scale}元左右")),
        _ => (Bound::Exact, quantity.text()),
    };
    Known { quantity, bound, text }
}

/// What is known of a sum.
fn of_sum(one: Bound, other: Bound) -> Bound {
    match (one, other) {
        (Bound::Exact, bound) | (bound, Bound::Exact) => bound,
        (one, other) if one == other => one,
        _ => Bound::About,
    }
}

/// What is known of a difference, if anything is.
fn of_difference(one: Bound, other: Bound) -> Option<Bound> {
    match (one, other) {
        (bound, Bound::Exact) if bound != Bound::About => Some(bound),
        (Bound::Exact | Bound::Below, Bound::Above) => Some(Bound::Below),
        (Bound::Exact | Bound::Above, Bound::Below) => Some(Bound::Above),
        _ => None,
    }
}

/// Of a sum. That it is less is “近”, as the facts say it.
fn said(quantity: &Quantity, bound: Bound) -> String {
    let text = quantity.text();
    match bound {
        Bound::Exact => text,
        Bound::Above => format!("{text}以上"),
        Bound::Below => format!("近{text}"),
        Bound::About => format!("约{text}"),
    }
}

/// Of a difference. What is near a large number may be far from a small one: it is only less.
fn left(quantity: &Quantity, bound: Bound) -> String {
    match bound {
        Bound::Below => format!("{}以下", quantity.text()),
        _ => said(quantity, bound),
    }
}

/// A line of a fact of which only the text is known.
fn fact(case: Case, year: i32, name: &str, known: &Known) -> Case {
    case.fact(year, name, &known.text)
}

const MONEY: &str = "{单位: 元, 类型: 时期}";

fn written(dice: &mut Dice, _: &World, case: Case) -> Case {
    let known = throw(dice);
    let name = case.name("约");
    let case = fact(case.registered(&name, MONEY), YEAR, &name, &known);
    case.prints("约 事实", format!("{{{{{name}}}}}"), Wanted::Text(known.text))
}

fn sum(of: &[Known]) -> String {
    let total = world::sum(of.iter().map(|known| &known.quantity));
    said(&total, of.iter().map(|known| known.bound).fold(Bound::Exact, of_sum))
}

fn added(dice: &mut Dice, _: &World, mut case: Case) -> Case {
    let of: Vec<_> = (0..dice.between(2, 3)).map(|_| throw(dice)).collect();
    let names: Vec<_> = (0..of.len()).map(|at| format!("{}之{at}", case.name("约"))).collect();
    for (name, known) in names.iter().zip(&of) {
        case = fact(case.registered(name, MONEY), YEAR, name, known);
    }
    case.prints("约 相加", format!("{{{{相加 {}}}}}", names.join(" ")), Wanted::Text(sum(&of)))
}

/// A bound of something negative has no words in the manual: the larger comes first.
fn less(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (mut one, mut other) = (throw(dice), throw(dice));
    if one.quantity.value() < other.quantity.value() {
        (one, other) = (other, one);
    }
    let difference = one.quantity.minus(&other.quantity);
    if !difference.is_positive() {
        return written(dice, world, case);
    }
    let wanted = match of_difference(one.bound, other.bound) {
        Some(bound) => Wanted::Text(left(&difference, bound)),
        None if one.bound == Bound::Exact && other.bound == Bound::Exact => Wanted::Text(difference.text()),
        None => Wanted::Stops,
    };
    let (first, second) = (case.name("约多"), case.name("约少"));
    let case = fact(case.registered(&first, MONEY), YEAR, &first, &one);
    let case = fact(case.registered(&second, MONEY), YEAR, &second, &other);
    case.prints("约 相减", format!("{{{{相减 {first} {second}}}}}"), wanted)
}

fn window(dice: &mut Dice, world: &World, case: Case) -> Case {
    let name = case.name("约");
    let mut case = case.registered(&name, MONEY);
    let of: Vec<_> = (YEAR - 2..=YEAR).map(|_| throw(dice)).collect();
    let mut complete = true;
    for (year, known) in (YEAR - 2..).zip(&of) {
        if world.years.contains(&year) {
            case = fact(case, year, &name, known);
        } else {
            complete = false;
        }
    }
    let wanted = if complete { Wanted::Text(sum(&of)) } else { Wanted::Stops };
    case.prints("约 近", format!("{{{{#近 3}}}}{{{{{name}}}}}{{{{/近}}}}"), wanted)
}

/// One of both is approximate: the clause is left out.
fn compared(dice: &mut Dice, world: &World, case: Case) -> Case {
    let (old, new) = (throw(dice), throw(dice));
    if (old.bound == Bound::Exact && new.bound == Bound::Exact) || !world.years.contains(&BEFORE) {
        return written(dice, world, case);
    }
    let name = case.name("约");
    let case = fact(case.registered(&name, MONEY), BEFORE, &name, &old);
    let case = fact(case, YEAR, &name, &new);
    let manner = dice.pick(&["", " 式=\"量\"", " 式=\"倍\"", " 式=\"年均\""]);
    case.adds("约 同比", &format!("{{{{同比 {name}{manner}}}}}"), Clause::LeftOut)
}

#[test]
fn bounds_keep_their_direction() {
    let piece =
        |number, bound| Known { quantity: Quantity::count(number, "条"), bound, text: String::new() };
    let difference = |one: Known, other: Known| {
        let bound = of_difference(one.bound, other.bound)?;
        Some(left(&one.quantity.minus(&other.quantity), bound))
    };
    let of = |one, other| difference(piece(30, one), piece(28, other));
    assert_eq!(of(Bound::Above, Bound::Exact).as_deref(), Some("2条以上"));
    assert_eq!(of(Bound::Exact, Bound::Above).as_deref(), Some("2条以下"));
    assert_eq!((of(Bound::Above, Bound::Above), of(Bound::About, Bound::Exact)), (None, None));
    assert_eq!(sum(&[piece(30, Bound::Above), piece(5, Bound::Below)]), "约35条");
}
