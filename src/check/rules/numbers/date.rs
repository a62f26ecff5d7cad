//! Dates in other forms than 2026年1月5日.

use super::super::prelude::*;
use super::{han, reading};

/// GB/T 9704-2012, 7.3.5.4 and GB/T 15835-2011, 5.1.4: year, month and day in Arabic digits with 年, 月, 日,
/// without leading zeros.
pub(super) const RULE: Rule = Rule::prose("num-date", Level::Error, run);

/// 2026.1.5, 2026-01-05, 2026/1/5.
static DOTTED: Pattern = Pattern::new(r"((?:19|20)[0-9]{2})([-./．])([0-9]{1,2})([-./．])([0-9]{1,2})日?");

/// 2024.5—2025.3.
static MONTHS: Pattern = Pattern::new(
    r"(20[0-9]{2})\.(0?[1-9]|1[0-2])([-—–~～]|至)(20[0-9]{2})\.(0?[1-9]|1[0-2])(?:[^0-9.年月]|$)",
);

/// 01月, 05日.
static ZERO: Pattern = Pattern::new("(0)[1-9](?:月|日|号)");

/// 1月5号, 1月5日—8号, 本月5号.
static HAO: Pattern = Pattern::new(
    "(?:[0-9]{1,2}月(?:[0-9]{1,2}(?:日|号)?(?:[-—–~～]|至|到|、))?|[本当上下每]月)[0-9]{1,2}(号)",
);

/// 二〇二五年3月, 2025年十月一日.
static SCRIPTS: Pattern = Pattern::new(
    "(?P<year>[一二][〇零○一二三四五六七八九]{3})年[0-9]{1,2}月|(?:19|20)[0-9]{2}年(?P<month>[一二三四五六七八九十]{1,2})月(?:(?P<day>[一二三四五六七八九十]{1,3})日)?",
);

/// How much of a date is shown around what is wrong in it, in bytes.
const LONGEST: usize = 30;

/// What 号 belongs to behind a date that it is no part of.
const NUMBERED: &str = "楼线文令院机地井台风馆店";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let dotted = dotted_dates(text).filter(|_| !reading::is_table(line, text)).filter_map(dotted);
        let zeros = ZERO.captures_iter(text).filter_map(|groups| zero(text, &groups));
        let days = HAO.captures_iter(text).filter_map(|groups| hao(text, &groups));
        let scripts = SCRIPTS.captures_iter(text).filter_map(|groups| scripts(text, &groups));
        let months = MONTHS.captures_iter(text).filter_map(|groups| months(text, &groups));
        for (span, right) in dotted.chain(months).chain(zeros).chain(days).chain(scripts) {
            say(prose, line, span, right, found);
        }
    }
}

/// Mends a stretch; what is shown is the whole date around it.
fn say(prose: &Prose, line: &ProseLine, span: Range<usize>, right: String, found: &mut Findings<'_>) {
    let text = prose.text(line);
    if line.is_quoted(&span) {
        return;
    }
    let (left, rest) = (reading::tail(text, span.start, LONGEST), reading::lead(text, span.end, LONGEST));
    let left = &left[left.trim_end_matches(is_part).len()..];
    let rest = &rest[..rest.len() - rest.trim_start_matches(is_part).len()];
    let message = format!("日期“{left}{}{rest}”的写法不规范", &text[span.clone()]);
    let hint = format!("请写成“{}”", plain(&format!("{left}{right}{rest}")));
    found.fix(&prose.source, reading::place(line, span), right, message, hint);
}

/// A date without leading zeros, its day as 日.
fn plain(date: &str) -> String {
    let mut plain = String::new();
    for c in date.chars() {
        let leads = c == '0' && !plain.ends_with(|last: char| last.is_ascii_digit());
        if !leads {
            plain.push(if c == '号' { '日' } else { c });
        }
    }
    plain
}

/// Whether a character may be part of a date.
fn is_part(c: char) -> bool {
    c.is_ascii_digit() || "年月日号〇零○一二三四五六七八九十本当上下每".contains(c)
}

/// Dates with dots, hyphens or strokes: where they stand, and their year, month and day as they are written.
pub(super) fn dotted_dates(text: &str) -> impl Iterator<Item = (Range<usize>, [u32; 3])> {
    DOTTED.captures_iter(text).filter_map(|groups| {
        let hit = groups.get(0)?.range();
        let part = |group| groups.get(group).map_or("", |part| part.as_str());
        let tied =
            before(text, hit.start).is_some_and(|c| c.is_ascii_alphanumeric() || "./_=-〔[".contains(c));
        let more = after(text, hit.end).is_some_and(|c| {
            c.is_ascii_alphanumeric() || "./_版号".contains(c) || c == '-' && part(2) == "-"
        });
        let date = [part(1).parse().ok()?, part(3).parse().ok()?, part(5).parse().ok()?];
        (part(2) == part(4) && !tied && !more).then_some((hit, date))
    })
}

fn dotted((span, [year, month, day]): (Range<usize>, [u32; 3])) -> Option<(Range<usize>, String)> {
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then(|| (span, format!("{year}年{month}月{day}日")))
}

fn months(text: &str, groups: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let span = groups.get(1)?.start()..groups.get(5)?.end();
    let [from, month, sign, to, last] =
        [1, 2, 3, 4, 5].map(|group| groups.get(group).map_or("", |part| part.as_str()));
    let [month, last] = [month, last].map(|month| month.trim_start_matches('0'));
    let tied = before(text, span.start).is_some_and(|c| c.is_ascii_alphanumeric() || "./-".contains(c));
    (!tied).then(|| (span, format!("{from}年{month}月{sign}{to}年{last}月")))
}

fn zero(text: &str, groups: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let zero = groups.get(1)?.range();
    let tied = before(text, zero.start).is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
    let number = text[..groups.get(0)?.end()].ends_with('号') && !text[..zero.start].ends_with('月');
    (!tied && !number).then(|| (zero, String::new()))
}

fn hao(text: &str, groups: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let word = groups.get(1)?.range();
    let named = after(text, word.end).is_some_and(|c| NUMBERED.contains(c));
    (!named).then(|| (word, "日".to_owned()))
}

/// The part of a date that is in characters where the rest is in digits.
fn scripts(text: &str, groups: &Captures<'_>) -> Option<(Range<usize>, String)> {
    if let Some(year) = groups.name("year") {
        return Some((year.range(), han::in_digits(&year.as_str().replace('○', "〇"))?));
    }
    let month = groups.name("month")?;
    let number = han::in_digits(month.as_str())?;
    let Some(day) = groups.name("day") else { return Some((month.range(), number)) };
    let between = &text[month.end()..day.start()];
    Some((month.start()..day.end(), format!("{number}{between}{}", han::in_digits(day.as_str())?)))
}
