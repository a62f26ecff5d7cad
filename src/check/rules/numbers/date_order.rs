//! A stretch of time that ends before it begins.

use super::super::prelude::*;
use super::dates::{self, Date, Part};
use super::reading;

/// The calendar: what ends before it begins has its ends exchanged, or leaves out 次年.
pub(super) const RULE: Rule = Rule::prose("num-date-order", Level::Error, run);

/// What joins the ends, longest first.
const SIGNS: [&str; 17] = [
    "持续到",
    "持续至",
    "延续到",
    "延长至",
    "一直到",
    "直到",
    "直至",
    "截至",
    "——",
    "至",
    "到",
    "—",
    "–",
    "-",
    "～",
    "~",
    "－",
];

/// What may stand between the first end and what joins it to the second.
const BEGUN: [&str; 4] = ["起", "开始", "，", ","];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let dates = dates::dates(text);
        for (at, end) in dates.iter().enumerate() {
            let Some(begin) = begin(text, &dates[..at], end) else { continue };
            let span = begin.span.start..end.span.end;
            if !is_backwards(&begin, end) || line.is_quoted(&span) {
                continue;
            }
            let message = format!("“{}”的起止时间倒了", &text[span.clone()]);
            let hint = if begin.year.is_some() && end.year.is_some() || begin.month == end.month {
                "起的时间要在止的时间前面，请核对后对调或改正"
            } else {
                "起的时间要在止的时间前面，请核对后对调或改正；跨年的写明“次年”"
            };
            found.at(&prose.source, reading::place(line, span), message, hint);
        }
    }
}

/// The date that a stretch of time begins with whose end is known; its unit may stand at the end only: 3月5—8日.
fn begin(text: &str, front: &[Date], end: &Date) -> Option<Date> {
    let before = text[..end.span.start].trim_end_matches(' ');
    let before = SIGNS.iter().find_map(|sign| before.strip_suffix(sign))?;
    let begun = BEGUN.iter().fold(before, |rest, word| rest.strip_suffix(word).unwrap_or(rest));
    let begun = BEGUN.iter().fold(begun, |rest, word| rest.strip_suffix(word).unwrap_or(rest));
    let last = front.last();
    if let Some(date) = last.filter(|date| date.span.end == begun.len()) {
        return Some(date.clone());
    }
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number: u32 = before[digits..].parse().ok()?;
    let part = end.first();
    let head = last.filter(|date| date.span.end == digits && date.last() < Some(part));
    let free = !before[..digits].ends_with(|c: char| ".-－—–~～/第".contains(c) || c.is_ascii_alphabetic());
    let whole = part != Part::Year || before.len() - digits == 4;
    let bare = Date::at(digits..before.len());
    (free && whole).then(|| head.cloned().unwrap_or(bare).with(part, number, before.len()))
}

fn is_backwards(begin: &Date, end: &Date) -> bool {
    let whole = end.after(begin);
    if begin.year.is_none() && (whole.year.is_some() || may_pass_new_year(begin, &whole)) {
        return false;
    }
    let both = begin.parts().into_iter().zip(whole.parts());
    let unsaid = usize::from(begin.year.is_none());
    let mut both = both.skip(unsaid).map_while(|(begin, end)| Some((begin?, end?)));
    both.find(|(begin, end)| begin != end).is_some_and(|(begin, end)| begin > end)
}

/// Whether a stretch without a year may reach into the next: 11月至3月, 7月1日至6月30日.
fn may_pass_new_year(begin: &Date, end: &Date) -> bool {
    let (Some(from), Some(to)) = (begin.month, end.month) else { return true };
    let winter = from >= 9 && to <= 6;
    let round = begin.day == Some(1) && end.day.is_some_and(|day| day >= 28);
    let months = begin.day.is_none() || end.day.is_none();
    from > to && (winter || round || months)
}
