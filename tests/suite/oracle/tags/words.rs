//! What is said in words around figures: 列举, 日期, 年度, 时段, 序号, 预计, 表.

use super::{Case, Maker, Wanted};
use crate::oracle::dice::Dice;
use crate::oracle::say::{numeral, one_by_one};
use crate::oracle::world::{Quantity, THINGS, World, YEAR, sum};

/// The makers of this file.
pub const MAKERS: &[Maker] = &[listed, dated, year, window, numbered, forecast, table];

const VILLAGES: [&str; 5] = ["东湾村", "西岭村", "南坪村", "北坡村", "中寨村"];

/// Names one after the other: 和 between two, 、 else, unless the template wants others.
fn chain(names: &[&str], joint: &str, last: Option<&str>) -> String {
    let Some((end, first)) = names.split_last() else { return String::new() };
    let usual = if names.len() == 2 && joint == "、" { "和" } else { joint };
    let last = last.unwrap_or(usual);
    if first.is_empty() { (*end).to_owned() } else { format!("{}{last}{end}", first.join(joint)) }
}

/// A number before a measure word: two is 两.
fn before_measure(number: usize) -> String {
    if number == 2 { "两".to_owned() } else { numeral(number) }
}

fn listed(dice: &mut Dice, _: &World, case: Case) -> Case {
    let names = &VILLAGES[..usize::try_from(dice.between(0, 5)).expect("a few")];
    let shown = dice.pick(&[None, None, Some(1), Some(2), Some(9)]);
    let (joint, last) = (dice.pick(&["、", "、", "，"]), dice.pick(&[None, None, Some("及")]));
    let (etc, counted, chinese, empty) = (dice.chance(20), dice.chance(60), dice.chance(30), dice.chance(50));
    let mut tag = case.name("单");
    let name = tag.clone();
    tag.extend(shown.map(|shown| format!(" 显示={shown}")));
    tag += &if joint == "、" { String::new() } else { format!(" 连=\"{joint}\"") };
    tag.extend(last.map(|last| format!(" 末=\"{last}\"")));
    tag += if etc { " 等=true" } else { "" };
    tag += if counted { " 计=\"个村\"" } else { "" };
    tag += if chinese { " 数字=\"汉字\"" } else { "" };
    tag += if empty { " 空=\"没有试点\"" } else { "" };
    let few = shown.unwrap_or(names.len()).min(names.len());
    // What is cut off ends like all that stands before it.
    let last = if few < names.len() { last.or(Some(joint)) } else { last };
    let mut text = chain(&names[..few], joint, last);
    text += if etc || few < names.len() { "等" } else { "" };
    if counted && names.len() > 1 {
        let number = if chinese { before_measure(names.len()) } else { names.len().to_string() };
        text += &format!("{number}个村");
    }
    let wanted = match (names.is_empty(), empty) {
        (false, _) => Wanted::Text(text),
        (true, true) => Wanted::Text("没有试点".to_owned()),
        (true, false) => Wanted::Stops,
    };
    case.registered(&name, "{类型: 名单}").fact(YEAR, &name, &format!("[{}]", names.join(", "))).prints(
        "列举",
        format!("{{{{列举 {tag}}}}}"),
        wanted,
    )
}

fn dated(dice: &mut Dice, _: &World, case: Case) -> Case {
    let (month, day) = (dice.between(1, 12), dice.between(1, 28));
    let (form, text) = match dice.below(5) {
        0 => (" 式=\"月日\"", format!("{month}月{day}日")),
        1 => (" 式=\"年月日\"", format!("{YEAR}年{month}月{day}日")),
        2 => (" 式=\"年月\"", format!("{YEAR}年{month}月")),
        3 => (" 式=\"月\"", format!("{month}月")),
        _ => return plain_date(case, month, day),
    };
    let name = case.name("日");
    case.fact(YEAR, &name, &format!("{YEAR}-{month:02}-{day:02}")).registered(&name, "{类型: 日期}").prints(
        "日期",
        format!("{{{{日期 {name}{form}}}}}"),
        Wanted::Text(text),
    )
}

fn plain_date(case: Case, month: i64, day: i64) -> Case {
    let name = case.name("日");
    let text = Wanted::Text(format!("{YEAR}年{month}月{day}日"));
    case.fact(YEAR, &name, &format!("{YEAR}-{month:02}-{day:02}")).registered(&name, "{类型: 日期}").prints(
        "日期",
        format!("{{{{{name}}}}}"),
        text,
    )
}

fn year(dice: &mut Dice, _: &World, case: Case) -> Case {
    let shift = dice.between(-3, 3);
    let of = i64::from(YEAR) + shift;
    let digits = usize::try_from(of).expect("a year");
    let (style, text) = match dice.chance(40) {
        true => (" 样式=\"逐位\"", format!("{}年", one_by_one(digits))),
        false => ("", format!("{of}年")),
    };
    let argument = if shift == 0 { String::new() } else { format!(" {shift}") };
    case.prints("年度", format!("{{{{年度{argument}{style}}}}}"), Wanted::Text(text))
}

fn window(dice: &mut Dice, _: &World, case: Case) -> Case {
    let count = dice.between(1, 12);
    let since = i64::from(YEAR) - count;
    let (open, close, words) = match dice.chance(50) {
        true => (
            format!("近 {count}"),
            "近",
            format!("{}年", before_measure(usize::try_from(count).expect("few"))),
        ),
        false => (format!("自 {since}"), "自", format!("{since}年以来")),
    };
    let (tag, text) = match (close, dice.chance(40)) {
        ("近", true) => ("{{时段 前=\"\" 后=\"来\"}}", format!("{words}来")),
        ("近", false) => ("{{时段}}", format!("近{words}")),
        _ => ("{{时段}}", words),
    };
    case.prints("时段", format!("{{{{#{open}}}}}{tag}{{{{/{close}}}}}"), Wanted::Text(text))
}

fn numbered(dice: &mut Dice, _: &World, case: Case) -> Case {
    let names = &VILLAGES[..usize::try_from(dice.between(1, 5)).expect("a few")];
    let digits = dice.chance(50);
    let style = if digits { " 样式=\"数\"" } else { "" };
    let said = |(at, name): (usize, &&str)| {
        let number = if digits { (at + 1).to_string() } else { numeral(at + 1) };
        format!("{number}是{name}；")
    };
    let text = names.iter().enumerate().map(said).collect();
    let name = case.name("单");
    let template = format!("{{{{#each {name} as |项|}}}}{{{{序号{style}}}}}是{{{{项}}}}；{{{{/each}}}}");
    case.registered(&name, "{类型: 名单}").fact(YEAR, &name, &format!("[{}]", names.join(", "))).prints(
        "序号",
        template,
        Wanted::Text(text),
    )
}

fn forecast(dice: &mut Dice, _: &World, case: Case) -> Case {
    let quantity = THINGS.positive().throw(dice);
    let (is_forecast, own) = (dice.chance(50), dice.chance(30));
    let name = case.name("估");
    let value =
        if is_forecast { format!("{{值: {}, 估计: 是}}", quantity.text()) } else { quantity.text() };
    let words = if own { "有望" } else { "预计" };
    let parameter = if own { " 词=\"有望\"" } else { "" };
    let text = format!("{}{}", if is_forecast { words } else { "" }, quantity.text());
    case.registered(&name, "{单位: 件, 类型: 时期, 含估计: 是}").fact(YEAR, &name, &value).prints(
        "预计",
        format!("{{{{预计 {name}{parameter}}}}}{{{{{name}}}}}"),
        Wanted::Text(text),
    )
}

fn table(dice: &mut Dice, _: &World, case: Case) -> Case {
    let rows: Vec<Quantity> = (0..dice.between(0, 4)).map(|_| THINGS.throw(dice)).collect();
    let (total, empty) = (dice.chance(50), dice.chance(60));
    let name = case.name("台");
    let lines: Vec<String> = rows
        .iter()
        .zip(VILLAGES)
        .map(|(quantity, village)| format!("{{村: {village}, 收: {}}}", quantity.text()))
        .collect();
    let mut text = String::from("\n村\t收\n");
    rows.iter()
        .zip(VILLAGES)
        .for_each(|(quantity, village)| text += &format!("{village}\t{}\n", quantity.text()));
    if total && !rows.is_empty() {
        text += &format!("合计\t{}\n", sum(&rows).text());
    }
    let wanted = match (rows.is_empty(), empty) {
        (false, _) => Wanted::Text(text),
        (true, true) => Wanted::Text("没有项目".to_owned()),
        (true, false) => Wanted::Stops,
    };
    let parameters =
        format!("{}{}", if total { " 合计=\"收\"" } else { "" }, if empty { " 空=\"没有项目\"" } else { "" });
    case.registered(&name, "{类型: 台账, 列: {村: 文本, 收: {单位: 件, 类型: 时期}}}")
        .fact(YEAR, &name, &format!("[{}]", lines.join(", ")))
        .prints("表", format!("{{{{表 {name} 列=\"村、收\"{parameters}}}}}"), wanted)
}
