//! 几 beside Arabic digits.

use super::super::prelude::*;
use super::reading;
use crate::zh::number::numeral;

/// GB/T 15835-2011, 4.2.2: rough numbers with 几 are written in Chinese characters.
pub(super) const RULE: Rule = Rule::prose("num-ji", Level::Error, run);

/// Digits, with 百 or 千, before 几.
static BEHIND: Pattern = Pattern::new("([0-9]+)([十百千万]?)几(乎|何|率|内亚|近)?");

/// 几 or 数 before a round number.
static BEFORE: Pattern = Pattern::new("([几数])(10+)");

/// What may stand before 数 in the sense of several; 人数10人 has another 数.
const SEVERAL: &str = "了有达近过计共及等、，。；的";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    behind(prose, found);
    ahead(prose, found);
}

/// 10几个.
fn behind(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&BEHIND) {
        let (Some(hit), Some(digits), None) = (groups.get(0), groups.get(1), groups.get(3)) else { continue };
        let text = prose.text(line);
        let tied = before(text, hit.start()).is_some_and(|c| c.is_ascii_alphanumeric() || ".第".contains(c));
        let round = |value: &u64| {
            *value > 0 && (value.is_multiple_of(10) || groups.get(2).is_some_and(|place| !place.is_empty()))
        };
        let Some(value) = digits.as_str().parse::<u64>().ok().filter(|value| round(value) && !tied) else {
            continue;
        };
        if line.is_quoted(&hit.range()) {
            continue;
        }
        let right =
            format!("{}{}几", numeral::count(value), groups.get(2).map_or("", |place| place.as_str()));
        say(prose, reading::place(line, hit.range()), hit.as_str(), right, found);
    }
}

/// 几10万.
fn ahead(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&BEFORE) {
        let (Some(hit), Some(word), Some(digits)) = (groups.get(0), groups.get(1), groups.get(2)) else {
            continue;
        };
        let text = prose.text(line);
        let count = word.as_str() == "数" && before(text, hit.start()).is_some_and(|c| !SEVERAL.contains(c));
        let longer = text[hit.end()..].starts_with(|c: char| c.is_ascii_digit() || c == '.');
        let Some(value) = digits.as_str().parse::<u64>().ok().filter(|_| !count && !longer) else { continue };
        if line.is_quoted(&hit.range()) {
            continue;
        }
        let right = format!("{}{}", word.as_str(), numeral::count(value).trim_start_matches('一'));
        say(prose, reading::place(line, hit.range()), hit.as_str(), right, found);
    }
}

fn say(prose: &Prose, span: std::ops::Range<usize>, wrong: &str, right: String, found: &mut Findings<'_>) {
    let message = format!("概数“{wrong}”用了阿拉伯数字");
    let hint = format!("带“几”“数”的概数用汉字，写成“{right}”");
    found.fix(&prose.source, span, right, message, hint);
}
