//! 余 and 多 at a place where they say nothing, or something else.

use super::super::prelude::*;
use super::reading;

/// Usage: 余 and 多 stand behind a round number before its unit, or behind 万 and 亿.
pub(super) const RULE: Rule = Rule::prose("num-yu-pos", Level::Error, run);

/// What is counted in reports.
const UNIT: &str = "公里|公顷|公斤|平方米|立方米|人次|户次|元|人|户|名|个|家|件|次|项|条|亩|吨|处|座|台|辆|所|场|份|种|位|起|棵|株|头|只|套|米|斤|本|张|篇|%|％";

/// 3.25余万元, 3余万元, 298余人.
static INSIDE: Pattern = Pattern::made(|| format!(r"([0-9]+(?:\.[0-9]+)?)([余多])([万亿]?)({UNIT})?"));

/// 3000元余.
static BEHIND: Pattern = Pattern::made(|| format!(r"([0-9]+(?:\.[0-9]+)?)([万亿]?)({UNIT})([余多])"));

/// What makes a word with 余 before it.
const REST: &str = "粮下款额量热钱震存留党地音力";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (rule, pattern) in [(inside as Judge, &INSIDE), (behind, &BEHIND)] {
        for (line, groups) in prose.matches(pattern) {
            let (text, Some(hit)) = (prose.text(line), groups.get(0)) else { continue };
            let tied =
                before(text, hit.start()).is_some_and(|c| c.is_ascii_alphanumeric() || ".+第".contains(c));
            if tied || line.is_quoted(&hit.range()) {
                continue;
            }
            if let Some(hint) = rule(&groups, after(text, hit.end())) {
                let span = reading::place(line, hit.range());
                found.at(&prose.source, span, format!("“{}”里约数词的位置不对", hit.as_str()), hint);
            }
        }
    }
}

/// Judges a match by its parts and the character behind it, and says how to mend it.
type Judge = fn(&Captures<'_>, Option<char>) -> Option<String>;

fn inside(groups: &Captures<'_>, next: Option<char>) -> Option<String> {
    let [number, word, scale] = [1, 2, 3].map(|group| groups.get(group).map_or("", |part| part.as_str()));
    let unit = groups.get(4).map_or("", |unit| unit.as_str());
    let duoyuan = word == "多" && unit == "元" && next.is_some_and(|c| is_han(c) && c != '的');
    if number.ends_with('0') && !number.contains('.') || scale.is_empty() && (unit.is_empty() || duoyuan) {
        return None;
    }
    if !scale.is_empty() {
        return Some(format!("“{word}”放到“{scale}”的后面，写成“{number}{scale}{word}{unit}”"));
    }
    let tens = number.parse::<u64>().ok().map(|value| value / 10 * 10).filter(|tens| *tens > 0);
    Some(tens.map_or_else(
        || format!("“{word}”前面要是整十、整百的数，请去掉“{word}”，写成“{number}{unit}”"),
        |tens| format!("“{word}”前面要是整十、整百的数，写成“{tens}{word}{unit}”或“{number}{unit}”"),
    ))
}

fn behind(groups: &Captures<'_>, next: Option<char>) -> Option<String> {
    let [number, scale, unit, word] =
        [1, 2, 3, 4].map(|group| groups.get(group).map_or("", |part| part.as_str()));
    let measured = ["公里", "米", "斤"].contains(&unit);
    let round = number.ends_with('0') && !number.contains('.');
    let wrong = match word {
        "余" => !measured && next.is_none_or(|c| !REST.contains(c)),
        _ => {
            !measured
                && (round && number.len() > 2 || !scale.is_empty())
                && next.is_none_or(|c| "，。；、".contains(c))
        }
    };
    let right = if round || scale.is_empty() {
        format!("{number}{word}{scale}{unit}")
    } else {
        format!("{number}{scale}{word}{unit}")
    };
    wrong.then(|| format!("“{word}”放到“{unit}”的前面，写成“{right}”"))
}
