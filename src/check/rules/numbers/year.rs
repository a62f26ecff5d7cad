//! Years cut to two digits, where nothing but a year can be meant.

use super::super::prelude::*;
use super::{reading, years};

/// GB/T 15835-2011, 5.1.4: a year is written with all four digits.
pub(super) const RULE: Rule = Rule::prose("num-year", Level::Error, run);

/// '25年, 25年3月 and 25年底, 2023—25年, 二五年.
static SHORT: Pattern = Pattern::new(
    r"(?x) ['’‘] (?P<marked>[0-9]{2}) 年?
          | (?P<dated>[0-9]{2}) 年 (?: 度 | [末底] | 初 | 1[0-2]月 | [1-9]月 )
          | (?P<from>20[0-9]{2}) 年? (?P<sign>[-—–~～－] | 至 | 到) (?P<to>[0-9]{2}) 年
          | (?P<han>[〇零一二三四五六七八九]{2}) 年",
);

/// What makes a word with 初 or 度 behind 年.
const WORDS: [&str; 9] = ["初心", "初步", "初见", "初衷", "初级", "初中", "初始", "度过", "度假"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&SHORT) {
        let text = prose.text(line);
        let Some((span, right)) = whole(text, &groups) else { continue };
        if !line.is_quoted(&span) {
            let message = format!("年份“{}”没有写全", &text[span.clone()]);
            let hint = format!("年份用四位数字，写成“{right}”");
            found.fix(&prose.source, reading::place(line, span), right, message, hint);
        }
    }
}

/// What is cut, and how it is written.
fn whole(text: &str, groups: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let hit = groups.get(0)?;
    let last = before(text, hit.start());
    let tied = last.is_some_and(|c| c.is_ascii_alphanumeric() || ".-—–~～－/第".contains(c));
    if let Some(year) = groups.name("marked").filter(|_| hit.as_str().ends_with('年') && !tied) {
        let span = hit.start()..year.end();
        return Some((span, years::full(year.as_str())?));
    }
    if let (Some(from), Some(to)) = (groups.name("from"), groups.name("to")) {
        let year = years::full(to.as_str()).filter(|year| year.as_str() > from.as_str());
        return Some((to.range(), year.filter(|_| !tied)?));
    }
    if let Some(year) = groups.name("dated").filter(|_| !tied) {
        let rest = &text[year.end() + '年'.len_utf8()..];
        let word = WORDS.iter().any(|word| rest.starts_with(word));
        return Some((year.range(), years::full(year.as_str()).filter(|_| !word)?));
    }
    let han = groups.name("han")?;
    let word = after(text, hit.end()).is_some_and(|c| "来多级制".contains(c));
    let right = match last {
        _ if word => None,
        Some('—' | '–' | '-' | '～' | '~' | '至') => Some(format!("二〇{}", han.as_str())),
        Some(c) if "〇零○一二三四五六七八九十百千两第近约".contains(c) => None,
        _ => years::full_of_han(han.as_str()),
    };
    Some((han.range(), right?))
}
