//! Hyphens and other strokes between numbers.

use super::super::prelude::*;
use super::marks::{foreign, part, place};

/// GB/T 15834-2011, 4.13.3.2; GB/T 15835-2011, 5.1.3: from–to is written — or ～.
pub(super) const RULE: Rule = Rule::prose("pun-range", Level::Warning, run);

/// Left number, its unit, the stroke, right number, what is behind.
static RANGE: Pattern = Pattern::new(
    "(?:^|[^0-9.])([0-9]+(?:\\.[0-9]+)?)([%％‰℃]|[A-Za-z]{1,2}|\\p{Han}{0,3})[ ]?(-{1,2}|[–−－]|—{2,}\
         |[~∼〜])[ ]?\
         ([0-9]+(?:\\.[0-9]+)?)(:[0-9]{2}|：[0-9]{2}|[%％‰℃]|\\p{Han}{1,3})?",
);
/// Numbers written in characters: 五-六天.
static HAN: Pattern = Pattern::new(
    "[一二两三四五六七八九十百千万](-{1,2}|[–－~])[一二两三四五六七八九十百千万]+\
         (?:个|名|户|人|家|天|次|岁|年|条|件|项|公里|亩|成|倍|处|座|元|小时|种|位)",
);
static WEEKDAYS: Pattern = Pattern::new(
    "(?:周|星期)[一二三四五六](-{1,2}|[–－~])(?:周|星期)[一二三四五六日天]\
         |[一二三四五六七八九十]{1,2}月(-{1,2}|[–－~])[一二三四五六七八九十]{1,2}月",
);
/// Codes, tables, issues: what has a hyphen of its own.
static CODE_BEFORE: Pattern =
    Pattern::new("[A-Za-z/_—-][ ]?$|(?:图|表|附件|编号|账号|卡号|电话|热线|传真|邮编|手机)[：:]?[ ]?$");
static CODE_BEHIND: Pattern = Pattern::new("^(?:室|房|型|幢|栋|战胜|取胜|获胜|击败|大胜|领先|落后)");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut hits = RANGE.captures_iter(text).peekable();
        if hits.peek().is_none() {
            continue;
        }
        let foreign = foreign(text);
        for hit in hits.filter(|hit| is_range(hit, text)) {
            let stroke = part(&hit, 3);
            if !foreign.iter().any(|range| range.contains(&stroke.start)) {
                say(prose, place(line, &stroke), right_stroke(&hit), found);
            }
        }
    }
    for (line, hit) in prose.matches(&WEEKDAYS) {
        let stroke = if hit.get(1).is_some() { part(&hit, 1) } else { part(&hit, 2) };
        say(prose, place(line, &stroke), "—", found);
    }
    for (line, hit) in prose.matches(&HAN) {
        say(prose, place(line, &part(&hit, 1)), "至", found);
    }
}

fn say(prose: &Prose, span: Range<usize>, right: &str, found: &mut Findings<'_>) {
    let message = format!("起止之间用了“{}”", &prose.source.text[span.clone()]);
    let also = if right == "至" { "" } else { "，正文里也可以写“至”" };
    let hint = format!("请写成“{right}”{also}");
    found.fix(&prose.source, span, right, message, hint);
}

/// — joins times, ～ quantities.
fn right_stroke(hit: &Captures<'_>) -> &'static str {
    let behind = hit.get(5).map_or("", |part| part.as_str());
    let sign = ['年', '月', '日', '号', '时', '点', '周', '季', '学', ':', '：'];
    let time = |words: &str| words.starts_with(sign) && !words.starts_with("周岁");
    let years = hit[1].len() == 4 && hit[4].len() == 4 && hit[2].is_empty() && behind.is_empty();
    if !"~∼〜".contains(&hit[3]) && (time(&hit[2]) || time(behind) || years) { "—" } else { "～" }
}

fn is_range(hit: &Captures<'_>, text: &str) -> bool {
    let stroke = part(hit, 3);
    // A blank before it alone makes it a minus: 635 -43.9%.
    let minus = text[..stroke.start].ends_with(' ') != text[stroke.end..].starts_with(' ');
    let (ahead, behind) = (&text[..part(hit, 1).start], &text[part(hit, 4).end..]);
    let time = behind.starts_with([':', '：']);
    let years = is_year(&hit[1]) && is_year(&hit[4]) && hit[2].is_empty();
    // 5km-8km is a range, T3-50 is a code.
    let same = !hit[2].is_empty() && behind.starts_with(&hit[2]);
    let foreign = |words: &str| words.starts_with(|c: char| c.is_ascii_alphabetic());
    let code = is_code(hit, ahead, behind) || !same && (foreign(&hit[2]) || foreign(behind));
    !minus && !code && (years || time || same || is_counted(hit))
}

/// Whether the numbers look like parts of a code, or what stands around them says so.
fn is_code(hit: &Captures<'_>, ahead: &str, behind: &str) -> bool {
    let (left, right) = (&hit[1], &hit[4]);
    let padded = |number: &str| number.starts_with('0') && !number.contains('.');
    padded(left) && left.len() > 2
        || padded(right) && right.len() > 1 && !behind.starts_with([':', '：'])
        || right.len() > 6
        || left.len() > 4 && is_year(right)
        || CODE_BEFORE.is_match(ahead)
        || CODE_BEHIND.is_match(behind)
        || behind.starts_with(['-', '/', '—'])
}

/// Whether the right number has a unit, and the two are no year and issue.
fn is_counted(hit: &Captures<'_>) -> bool {
    let issue = is_year(&hit[1]) && hit[2].is_empty() && hit[4].len() < 4;
    hit.get(5).is_some() && !issue
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}
