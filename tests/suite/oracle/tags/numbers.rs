//! A fact by its name, 数 and 约数.

use num_traits::{Signed, ToPrimitive, Zero};

use super::{Case, Maker, Wanted, decimals, some_decimals};
use crate::oracle::dice::Dice;
use crate::oracle::fraction::{Fraction, cut, first_digit, half_up, not_lost, raised, ten, whole};
use crate::oracle::say::{capitals, fixed, numeral, one_by_one, plain};
use crate::oracle::world::{MONEY, Manner, ONES, PERCENT, Quantity, Scale, THINGS, WAN, World, YI};

/// The makers of this file.
pub const MAKERS: &[Maker] = &[
    as_written,
    scaled,
    automatic,
    bare,
    in_unit,
    counted,
    ordinal,
    digit_by_digit,
    money_in_words,
    about,
    about,
    about,
    negative,
];

fn as_written(dice: &mut Dice, _: &World, case: Case) -> Case {
    let quantity = dice.pick(&[MONEY, THINGS, PERCENT]).throw(dice);
    let name = case.name("数");
    let tag = dice.pick(&["{{NAME}}", "{{数 NAME}}"]);
    case.one(&name, &quantity).prints("事实", tag.replace("NAME", &name), Wanted::Text(quantity.text()))
}

/// A million million.
const WAN_YI: Scale = Scale("万亿", 12);

/// Digits as asked for. That what is not nothing is printed as nothing is said.
fn rounded_to(number: &Fraction, asked: Option<i32>, text: String) -> Wanted {
    let lost = asked.is_some_and(|decimals| not_lost(number, decimals) != decimals);
    if lost { Wanted::Warned(text) } else { Wanted::Text(text) }
}

/// The scale to ask for, with its name in a parameter.
fn some_scale(dice: &mut Dice) -> (&'static str, Scale) {
    dice.pick(&[("个", ONES), ("万", WAN), ("亿", YI), ("万亿", WAN_YI)])
}

/// In another scale, with decimals as asked for, else all that there are.
fn in_scale(quantity: &Quantity, scale: Scale, asked: Option<i32>) -> String {
    let number = quantity.value() / ten(scale.1);
    let digits = asked.map_or_else(|| plain(&number), |decimals| fixed(&number, decimals));
    format!("{digits}{}{}", scale.0, quantity.unit)
}

fn scaled(dice: &mut Dice, _: &World, case: Case) -> Case {
    let quantity = MONEY.throw(dice);
    let ((word, scale), asked) = (some_scale(dice), some_decimals(dice));
    let name = case.name("数");
    let tag = format!("{{{{数 {name} 量级=\"{word}\"{}}}}}", decimals(asked));
    let number = quantity.value() / ten(scale.1);
    let text = in_scale(&quantity, scale, asked);
    case.one(&name, &quantity).prints("数 量级", tag, rounded_to(&number, asked, text))
}

/// 万亿 from one 万亿 on, 亿 from one 亿 on, 万 from one 万 on, judged after rounding.
fn fitting(quantity: &Quantity, asked: Option<i32>) -> Scale {
    let full = |scale: Scale| {
        let number = quantity.value().abs() / ten(scale.1);
        asked.map_or_else(|| number.clone(), |decimals| half_up(&number, decimals)) >= ten(4)
    };
    let scales = [ONES, WAN, YI];
    scales.into_iter().find(|scale| !full(*scale)).unwrap_or(WAN_YI)
}

fn automatic(dice: &mut Dice, _: &World, case: Case) -> Case {
    let mut quantity = MONEY.throw(dice);
    if dice.chance(40) {
        let edge: i128 = dice.pick(&[1_000_000, 10_000_000_000]);
        quantity =
            Quantity { digits: edge - i128::from(dice.between(0, 60)), decimals: 2, scale: ONES, ..quantity };
    }
    let asked = some_decimals(dice);
    let name = case.name("数");
    let scale = fitting(&quantity, asked);
    let number = quantity.value() / ten(scale.1);
    let text = in_scale(&quantity, scale, asked);
    let tag = format!("{{{{数 {name} 量级=\"自动\"{}}}}}", decimals(asked));
    case.one(&name, &quantity).prints("数 量级 自动", tag, rounded_to(&number, asked, text))
}

fn bare(dice: &mut Dice, _: &World, case: Case) -> Case {
    let quantity = MONEY.throw(dice);
    let name = case.name("数");
    let asked = some_decimals(dice);
    let digits = asked.map_or_else(|| quantity.bare(), |decimals| fixed(&quantity.number(), decimals));
    let tag = format!("{{{{数 {name} 单位=\"\"{}}}}}", decimals(asked));
    let wanted = rounded_to(&quantity.number(), asked, digits);
    case.one(&name, &quantity).prints("数 单位", tag, wanted)
}

/// In another unit of its family.
fn in_unit(dice: &mut Dice, _: &World, case: Case) -> Case {
    let name = case.name("数");
    let (quantity, unit, number) = if dice.chance(50) {
        let (unit, scale) = dice.pick(&[("元", ONES), ("万元", WAN), ("亿元", YI)]);
        let quantity = MONEY.throw(dice);
        let number = quantity.value() / ten(scale.1);
        (quantity, unit, number)
    } else {
        let quantity = Manner { unit: "公顷", scales: &[ONES], ..THINGS }.throw(dice);
        let number = quantity.value() * whole(15);
        (quantity, "亩", number)
    };
    let asked = some_decimals(dice);
    // What is in that unit already stays as it is written.
    let same = unit == format!("{}{}", quantity.scale.0, quantity.unit);
    let exact = || if same { quantity.bare() } else { plain(&number) };
    let digits = asked.map_or_else(exact, |decimals| fixed(&number, decimals));
    let tag = format!("{{{{数 {name} 单位=\"{unit}\"{}}}}}", decimals(asked));
    case.one(&name, &quantity).prints(
        "数 单位 换",
        tag,
        rounded_to(&number, asked, format!("{digits}{unit}")),
    )
}

/// A whole number of numerals, in one of the manners that have no scale.
fn small(dice: &mut Dice) -> i64 {
    let most = dice.pick(&[12, 120, 3000, 99_999]);
    dice.between(0, most)
}

fn index(number: i64) -> usize {
    usize::try_from(number).expect("not negative")
}

fn counted(dice: &mut Dice, _: &World, case: Case) -> Case {
    let number = small(dice);
    let name = case.name("数");
    let tag = format!("{{{{数 {name} 样式=\"汉字\"}}}}");
    let said = if number == 2 { "两".to_owned() } else { numeral(index(number)) };
    let (unit, text) = match dice.below(3) {
        0 => ("%", format!("百分之{}", numeral(index(number)))),
        _ => ("件", format!("{said}件")),
    };
    case.one(&name, &Quantity::count(number, unit)).prints("数 汉字", tag, Wanted::Text(text))
}

fn ordinal(dice: &mut Dice, _: &World, case: Case) -> Case {
    let number = dice.between(1, 99);
    let name = case.name("届");
    let tag = format!("第{{{{数 {name} 样式=\"序数\"}}}}");
    let text = format!("第{}届", numeral(index(number)));
    case.one(&name, &Quantity::count(number, "届")).prints("数 序数", tag, Wanted::Text(text))
}

fn digit_by_digit(dice: &mut Dice, _: &World, case: Case) -> Case {
    let number = dice.between(1949, 2049);
    let name = case.name("届");
    let tag = format!("{{{{数 {name} 样式=\"逐位\"}}}}");
    let text = format!("{}届", one_by_one(index(number)));
    case.one(&name, &Quantity::count(number, "届")).prints("数 逐位", tag, Wanted::Text(text))
}

fn money_in_words(dice: &mut Dice, world: &World, case: Case) -> Case {
    let quantity = MONEY.throw(dice);
    let name = case.name("款");
    let value = quantity.value();
    let fits = !value.is_negative() && (&value * whole(100)).is_integer() && value < ten(12);
    let wanted = if fits { Wanted::Text(capitals(&value)) } else { Wanted::Stops };
    let tag = format!("{{{{数 {name} 样式=\"大写\"}}}}");
    // Above a thousand 亿 the manual shows no example.
    if value >= ten(12) {
        return as_written(dice, world, case);
    }
    case.one(&name, &quantity).prints("数 大写", tag, wanted)
}

/// Where a word of approximation stands.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    Before,
    Inside,
    Behind,
}

/// The words with the rounding that each claims.
const WORDS: [(&str, Stand); 10] = [
    ("多", Stand::Inside),
    ("余", Stand::Inside),
    ("以上", Stand::Behind),
    ("超", Stand::Before),
    ("超过", Stand::Before),
    ("逾", Stand::Before),
    ("近", Stand::Before),
    ("近", Stand::Before),
    ("约", Stand::Before),
    ("左右", Stand::Behind),
];

/// The number said for another, and whether more digits were kept than asked for.
fn rounded(number: &Fraction, word: &str, keep: i32) -> (Fraction, bool) {
    let place = |keep: i32| keep - 1 - first_digit(number);
    match word {
        "约" | "左右" => (half_up(number, place(keep)), false),
        "近" => {
            let near = |keep: &i32| {
                let said = raised(number, place(*keep));
                (&said - number) * whole(10) <= said
            };
            let kept = (keep..).find(near).expect("all digits are near");
            (raised(number, place(kept)), kept > keep)
        }
        _ => (cut(number, place(keep)), false),
    }
}

/// The number with its word, scale and unit.
fn worded(said: &Fraction, word: &str, stand: Stand, scale: &str, unit: &str) -> String {
    let digits = plain(said);
    let round = said.is_integer() && digits.ends_with('0');
    match stand {
        Stand::Before => format!("{word}{digits}{scale}{unit}"),
        Stand::Behind => format!("{digits}{scale}{unit}{word}"),
        Stand::Inside if round => format!("{digits}{word}{scale}{unit}"),
        Stand::Inside => format!("{digits}{scale}{word}{unit}"),
    }
}

fn about(dice: &mut Dice, _: &World, case: Case) -> Case {
    let quantity = dice.pick(&[MONEY.positive(), THINGS]).throw(dice);
    let (word, stand) = dice.pick(&WORDS);
    let asked = if dice.chance(40) { None } else { Some(some_scale(dice)) };
    let keep = dice.pick(&[None, Some(1), Some(2), Some(3), Some(4)]);
    let scale = asked.map_or(quantity.scale, |(_, scale)| scale);
    let number = quantity.value() / ten(scale.1);
    let (said, warned) =
        if number.is_zero() { (number.clone(), false) } else { rounded(&number, word, keep.unwrap_or(1)) };
    let always = word == "以上" && dice.chance(30);
    let text = if said == number && !always {
        format!("{}{}{}", plain(&number), scale.0, quantity.unit)
    } else {
        worded(&said, word, stand, scale.0, quantity.unit)
    };
    let name = case.name("数");
    let tag = format!(
        "{{{{约数 {name} 词=\"{word}\"{}{}{}}}}}",
        keep.map(|keep| format!(" 保留={keep}")).unwrap_or_default(),
        asked.map(|(word, _)| format!(" 量级=\"{word}\"")).unwrap_or_default(),
        if always { " 必带=true" } else { "" },
    );
    let wanted = if warned { Wanted::Warned(text) } else { Wanted::Text(text) };
    case.one(&name, &quantity).prints(&format!("约数 {word}"), tag, wanted)
}

/// Less than nothing has no more and no less to say.
fn negative(dice: &mut Dice, world: &World, case: Case) -> Case {
    let quantity = MONEY.positive().throw(dice);
    let word = dice.pick(&["多", "余", "近", "超", "超过", "逾"]);
    if rounded(&quantity.number(), word, 1).0 == quantity.number() {
        return about(dice, world, case);
    }
    let quantity = Quantity { digits: -quantity.digits, ..quantity };
    let name = case.name("数");
    let tag = format!("{{{{约数 {name} 词=\"{word}\"}}}}");
    case.one(&name, &quantity).prints("约数 负数", tag, Wanted::Stops)
}

#[test]
fn approximations_are_those_of_the_manual() {
    let say = |number: i64, word: &str, stand, keep, scale, unit| {
        worded(&rounded(&whole(number), word, keep).0, word, stand, scale, unit)
    };
    assert_eq!(say(37, "多", Stand::Inside, 1, "", "条"), "30多条");
    assert_eq!(say(1960, "近", Stand::Before, 1, "", "人次"), "近2000人次");
    let wan = whole(526_000) / ten(4);
    assert_eq!(worded(&rounded(&wan, "余", 2).0, "余", Stand::Inside, "万", "元"), "52万余元");
    assert_eq!(worded(&rounded(&wan, "余", 1).0, "余", Stand::Inside, "万", "元"), "50余万元");
    assert_eq!(rounded(&whole(1800), "近", 1), (whole(2000), false));
    assert_eq!(rounded(&whole(1001), "近", 1), (whole(1100), true));
    assert_eq!(rounded(&whole(9), "近", 1), (whole(9), false));
    assert_eq!(rounded(&wan, "约", 1).0.to_i64(), Some(50));
}
