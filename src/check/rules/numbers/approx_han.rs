//! Two neighbouring numbers as a rough one, in Arabic digits.

use super::super::prelude::*;
use super::{han, reading};

/// GB/T 15835-2011, 4.2.2 and 5.2.1: neighbouring numerals that mean a rough number are written in Chinese
/// characters without 、.
pub(super) const RULE: Rule = Rule::prose("num-approx-han", Level::Error, run);

static PAIR: Pattern = Pattern::new(
    "([0-9]{1,5})([-、—–~～])([0-9]{1,5})((?:十|百|千)?[万亿]?)\
         (个|名|人|户|次|天|年|家|件|项|条|处|亩|元|公里|里|米|吨|斤|公斤|小时|分钟|周?岁|位|座|台|辆|所|场|只|头|棵|株|倍|组人|批次|公顷|平方米|份|根|块|张|本|篇|间|起|封|趟|车|成|支|批|套|种|轮|遍|盏|幅|片|堂|艘|架|箱|袋|包|桶|床|桌|对|双|笔|口|把|圈)",
);

/// Words before which two numbers are two numbers.
const SEVERAL: [&str; 4] = ["分别", "依次", "各为", "第"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&PAIR) {
        let text = prose.text(line);
        let (Some(hit), Some(unit)) = (groups.get(0), groups.get(5)) else { continue };
        if line.is_quoted(&hit.range()) || stands_in_list(text, hit.start(), hit.end()) {
            continue;
        }
        let Some(words) = in_characters(&groups) else { continue };
        let span = hit.start()..unit.start();
        let message = format!("概数“{}”用了阿拉伯数字", hit.as_str());
        let hint = format!("相邻两数连用表示概数，用汉字，中间不加标点，写成“{words}{}”", unit.as_str());
        found.fix(&prose.source, reading::place(line, span), words, message, hint);
    }
}

/// Whether the pair is part of a longer list, of an ordinal or of a name, or is two numbers.
fn stands_in_list(text: &str, start: usize, end: usize) -> bool {
    let tied = |c: char| c.is_ascii_alphanumeric() || ".、第图表件（(〔-—–~～".contains(c);
    let clause = reading::since(text, start, &reading::STOPS);
    let more =
        text[end..].strip_prefix('、').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    before(text, start).is_some_and(tied)
        || more
        || reading::lead(text, end, 24).contains('各')
        || SEVERAL.iter().any(|word| clause.contains(word))
        || text[..end].ends_with('年') && after(text, end).is_some_and(|c| "级生度月代".contains(c))
}

/// The pair in characters, where the two are neighbours.
fn in_characters(groups: &Captures<'_>) -> Option<String> {
    let (low, high, scale) = (groups.get(1)?.as_str(), groups.get(3)?.as_str(), groups.get(4)?.as_str());
    if low.starts_with('0') || high.starts_with('0') {
        return None;
    }
    if groups.get(2)?.as_str() != "、" {
        return (low.len() == 1 && scale.starts_with('十')).then(|| neighbours(low, high, scale)).flatten();
    }
    let zeros = |text: &str| text.len() - text.trim_end_matches('0').len();
    let (first, second) = (low.trim_end_matches('0'), high.trim_end_matches('0'));
    match (low.len(), high.len()) {
        (1, 1) => neighbours(low, high, scale),
        (1, 2..) if second.len() == 1 => neighbours(low, second, &format!("{}{scale}", place(zeros(high))?)),
        (2, 1 | 2) if zeros(low) == 0 => teens(low, high, scale),
        (width, other) if width == other && first.len() == 1 && second.len() == 1 => {
            let place = place(zeros(low)).filter(|_| width > 1 && zeros(low) == zeros(high))?;
            neighbours(first, second, &format!("{place}{scale}"))
        }
        _ => None,
    }
}

/// The place word of a number of zeros.
fn place(zeros: usize) -> Option<&'static str> {
    ["", "十", "百", "千", "万"].get(zeros).copied()
}

/// 三四十 of 3, 4 and 十; 两三 stands before all but 十.
fn neighbours(low: &str, high: &str, scale: &str) -> Option<String> {
    let (low, high): (u32, u32) = (low.parse().ok()?, high.parse().ok()?);
    if !(1..=8).contains(&low) || high != low + 1 {
        return None;
    }
    let liang = |digit: u32| {
        if digit == 2 && !scale.starts_with('十') { "两".to_owned() } else { han::digit(digit) }
    };
    Some(format!("{}{}{scale}", liang(low), liang(high)))
}

/// 十七八 of 17 and 8, or of 17 and 18.
fn teens(low: &str, high: &str, scale: &str) -> Option<String> {
    let (tens, unit): (u32, u32) = (low[..1].parse().ok()?, low[1..].parse().ok()?);
    let whole: u32 = high.parse().ok()?;
    let next = if high.len() == 2 { whole.checked_sub(tens * 10)? } else { whole };
    let right = (1..=8).contains(&unit) && next == unit + 1 && !scale.starts_with(['十', '百', '千']);
    right.then(|| format!("{}{}{}{scale}", han::digit(tens * 10), han::digit(unit), han::digit(next)))
}
