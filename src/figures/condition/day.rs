//! Conditions on dates: `2025年6月`, `上半年`, `第三季度`, `6月30日以前`, `6月1日至6月30日`. A year that is not written is the one in
//! force.

use super::span::{Span, Verdict};
use crate::facts::value::Date;
use crate::period::named_months;

/// A day as it is compared: year, month, day.
type Day = (i32, u8, u8);

/// The year of an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InYear {
    /// Written.
    Named(i32),
    /// So many years before the one in force.
    Back(i32),
}

impl InYear {
    fn of(self, now: i32) -> i32 {
        match self {
            InYear::Named(year) => year,
            InYear::Back(back) => now.saturating_sub(back),
        }
    }
}

/// A time: from the first day of a month (or a day) to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    year: Option<InYear>,
    from: (u8, u8),
    to: (u8, u8),
    /// Whether it is one day.
    day: bool,
    /// Whether that is the last day of its month, which is written as its 31st.
    last: bool,
}

/// One end of what is asked for.
type Edge = (InYear, (u8, u8));

/// What is asked of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    from: Option<Edge>,
    to: Option<Edge>,
}

/// Why words are no condition on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// They are no time.
    Form,
    /// The calendar does not have the day.
    NoDay,
    /// `6月以前`: with June or without.
    Whether,
    /// The end lies before the beginning.
    UpsideDown,
}

/// What may stand between the two ends of a span.
const BETWEEN: [char; 7] = ['至', '到', '—', '–', '～', '~', '-'];

impl Asked {
    /// Reads a condition on dates.
    pub fn read(words: &str) -> Result<Asked, Wrong> {
        let words = words.trim();
        if let Some(time) = words.strip_suffix("以前").or_else(|| words.strip_suffix("之前")) {
            return Ok(Asked { from: None, to: Some(one_day(time)?) });
        }
        if let Some(time) = words.strip_suffix("以后").or_else(|| words.strip_suffix("之后")) {
            return Ok(Asked { from: Some(one_day(time)?), to: None });
        }
        if let Some(time) = words.strip_prefix("截至").or_else(|| words.strip_prefix("截止")) {
            let time = time_of(time).ok_or(Wrong::Form)?;
            return Ok(Asked { from: None, to: Some((checked(time)?.year(), time.to)) });
        }
        if let Some(time) = words.strip_suffix("以来").or_else(|| words.strip_suffix('起')) {
            let time = time.strip_prefix(['自', '从']).unwrap_or(time);
            let time = time_of(time).ok_or(Wrong::Form)?;
            return Ok(Asked { from: Some((checked(time)?.year(), time.from)), to: None });
        }
        match time_of(words) {
            Some(time) => checked(time).map(|time| between(time, time)),
            None => spans(words),
        }
    }

    /// Whether words ask for what lies before, behind or between times.
    pub fn is_limit(words: &str) -> bool {
        Asked::read(words) == Err(Wrong::Whether) || Asked::read(words).is_ok() && time_of(words).is_none()
    }

    /// Whether a date, of which perhaps only the month or the year is known, meets the condition. `now` is the year in
    /// force.
    pub fn judge(&self, date: Date, now: i32) -> Verdict {
        let known = |month: u8, day: u8| (date.year, date.month.unwrap_or(month), date.day.unwrap_or(day));
        let known = Span { low: Some((known(1, 1), true)), high: Some((known(12, 31), true)) };
        known.lies_in(&self.span(now))
    }

    fn span(&self, now: i32) -> Span<Day> {
        let end = |(year, (month, day)): Edge| ((year.of(now), month, day), true);
        Span { low: self.from.map(end), high: self.to.map(end) }
    }
}

impl Time {
    fn year(self) -> InYear {
        self.year.unwrap_or(InYear::Back(0))
    }
}

fn between(first: Time, last: Time) -> Asked {
    Asked { from: Some((first.year(), first.from)), to: Some((last.year(), last.to)) }
}

fn one_day(words: &str) -> Result<Edge, Wrong> {
    let time = checked(time_of(words).ok_or(Wrong::Form)?)?;
    if time.day { Ok((time.year(), time.from)) } else { Err(Wrong::Whether) }
}

/// `6月1日至6月30日`, `1—10月`, `2024年7月至2025年6月`: what is written once holds for both.
fn spans(words: &str) -> Result<Asked, Wrong> {
    for (at, joint) in words.char_indices().filter(|(_, c)| BETWEEN.contains(c)) {
        let (left, right) = (words[..at].trim(), words[at + joint.len_utf8()..].trim());
        let Some((first, last)) = both(left, right) else { continue };
        let (first, last) = (checked(first)?, checked(last)?);
        let last = Time { year: last.year.or(first.year), ..last };
        let first = match (first.year, last.year) {
            // 7月至2025年6月: of which year is July?
            (None, Some(_)) if first.from > last.from => return Err(Wrong::UpsideDown),
            (None, year) => Time { year, ..first },
            _ => first,
        };
        let asked = between(first, last);
        return if asked.span(0).is_empty() { Err(Wrong::UpsideDown) } else { Ok(asked) };
    }
    Err(Wrong::Form)
}

fn both(left: &str, right: &str) -> Option<(Time, Time)> {
    let first = time_of(left).or_else(|| {
        // 1—10月, 2025年1—10月.
        let (year, month) = year_of(left);
        let month = month.parse().ok().filter(|_| right.contains('月'))?;
        Some(month_of(year, month))
    })?;
    let last = time_of(right).or_else(|| {
        let day = right.strip_suffix('日')?.parse().ok().filter(|_| first.day)?;
        Some(Time { year: first.year, ..day_of(None, first.from.0, day) })
    })?;
    Some((first, last))
}

/// A time with nothing before or behind it.
fn time_of(words: &str) -> Option<Time> {
    if let Ok(date) = Date::parse(words) {
        let month = date.month?;
        let year = Some(InYear::Named(date.year));
        return Some(date.day.map_or_else(|| month_of(year, month), |day| day_of(year, month, day)));
    }
    let (year, rest) = year_of(words);
    let whole = |from: u8, to: u8| Some(Time { from: (from, 1), ..month_of(year, to) });
    match rest {
        "" if year.is_some() => whole(1, 12),
        "年底" | "年末" | "底" | "末" if year.is_some() || rest.starts_with('年') => {
            Some(day_of(year, 12, 31))
        }
        _ => match named_months(rest) {
            Some((first, last)) => whole(first, last),
            None => day_or_month(year, rest),
        },
    }
}

/// `6月`, `6月底`, `6月30日`.
fn day_or_month(year: Option<InYear>, words: &str) -> Option<Time> {
    let (month, rest) = words.split_once('月')?;
    let month = number(month)?;
    match rest {
        "" | "份" => Some(month_of(year, month)),
        "底" | "末" => Some(Time { last: true, ..day_of(year, month, 31) }),
        day => Some(day_of(year, month, number(day.strip_suffix(['日', '号'])?)?)),
    }
}

fn number(digits: &str) -> Option<u8> {
    digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The year at the start of a text, and what follows.
fn year_of(words: &str) -> (Option<InYear>, &str) {
    for (word, back) in [("本年", 0), ("今年", 0), ("当年", 0), ("上年", 1), ("去年", 1)] {
        if let Some(rest) = words.strip_prefix(word) {
            return (Some(InYear::Back(back)), rest.strip_prefix('度').unwrap_or(rest));
        }
    }
    let named = words.split_once('年').and_then(|(year, rest)| {
        let digits = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        Some((year.parse().ok().filter(|_| digits)?, rest))
    });
    match named {
        Some((year, rest)) => (Some(InYear::Named(year)), rest.strip_prefix('度').unwrap_or(rest)),
        None => (None, words),
    }
}

fn month_of(year: Option<InYear>, month: u8) -> Time {
    Time { year, from: (month, 1), to: (month, 31), day: false, last: false }
}

fn day_of(year: Option<InYear>, month: u8, day: u8) -> Time {
    Time { year, from: (month, day), to: (month, day), day: true, last: false }
}

/// The time, provided that the calendar has it.
fn checked(time: Time) -> Result<Time, Wrong> {
    // A leap year where none is written.
    let year = if let Some(InYear::Named(year)) = time.year { year } else { 2000 };
    let (month, day) = time.from;
    let text = format!("{year:04}-{month:02}-{:02}", if time.last { 1 } else { day });
    let there = Date::parse(&text).is_ok() && (1..=12).contains(&time.to.0);
    if there { Ok(time) } else { Err(Wrong::NoDay) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(words: &str, date: &str) -> Verdict {
        Asked::read(words).unwrap().judge(Date::parse(date).unwrap(), 2025)
    }

    #[test]
    fn times_are_read_as_they_are_written_in_reports() {
        for (words, dates, others) in [
            ("2025年6月", ["2025-06-01", "2025-06-30"], ["2025-05-31", "2024-06-10"]),
            ("6月", ["2025-06-01", "2025-06"], ["2025-07-01", "2024-06-10"]),
            ("2024年", ["2024-01-01", "2024"], ["2025-01-01", "2023-12-31"]),
            ("上年", ["2024-01-01", "2024-12-31"], ["2025-01-01", "2023-12-31"]),
            ("上半年", ["2025-01-01", "2025-06-30"], ["2025-07-01", "2024-06-10"]),
            ("2024年下半年", ["2024-07-01", "2024-12"], ["2024-06-30", "2025-07-01"]),
            ("第三季度", ["2025-07-01", "2025-09-30"], ["2025-06-30", "2025-10-01"]),
            ("前三季度", ["2025-01-01", "2025-09-30"], ["2024-12-31", "2025-10-01"]),
            ("1—10月", ["2025-01-01", "2025-10-31"], ["2025-11-01", "2024-10-01"]),
            ("2024年1至10月", ["2024-01-01", "2024-10-31"], ["2024-11-01", "2025-10-01"]),
            ("6月30日以前", ["2025-06-30", "2024-12-01"], ["2025-07-01", "2025-12-31"]),
            ("6月30日以后", ["2025-06-30", "2026-01-01"], ["2025-06-29", "2024-12-31"]),
            ("截至6月底", ["2025-06-30", "2024-12-01"], ["2025-07-01", "2025-12-31"]),
            ("截至10月", ["2025-10-31", "2024-12-01"], ["2025-11-01", "2025-12-31"]),
            ("自2024年6月起", ["2024-06-01", "2025-12-01"], ["2024-05-31", "2023-12-31"]),
            ("2023年以来", ["2023-01-01", "2025-12-01"], ["2022-12-31", "2020-01-01"]),
            ("6月1日至6月30日", ["2025-06-01", "2025-06-30"], ["2025-05-31", "2025-07-01"]),
            ("6月1日至15日", ["2025-06-01", "2025-06-15"], ["2025-05-31", "2025-06-16"]),
            ("2024年7月至2025年6月", ["2024-07-01", "2025-06-30"], ["2024-06-30", "2025-07-01"]),
            ("2025-06-01至2025-06-30", ["2025-06-01", "2025-06-30"], ["2025-05-31", "2025-07-01"]),
            ("2025-06-15", ["2025-06-15", "2025-06-15"], ["2025-06-14", "2025-06-16"]),
        ] {
            for date in dates {
                assert_eq!(judged(words, date), Verdict::Yes, "{words} {date}");
            }
            for date in others {
                assert_eq!(judged(words, date), Verdict::No, "{words} {date}");
            }
        }
    }

    #[test]
    fn a_month_alone_leaves_its_days_open() {
        for (words, date, wanted) in [
            ("6月10日以前", "2025-06", Verdict::Open),
            ("6月10日以前", "2025-05", Verdict::Yes),
            ("上半年", "2025", Verdict::Open),
            ("6月15日", "2025-06", Verdict::Open),
            ("2025年", "2025", Verdict::Yes),
        ] {
            assert_eq!(judged(words, date), wanted, "{words} {date}");
        }
    }

    #[test]
    fn what_is_no_time_says_why() {
        for (words, wrong) in [
            ("很早", Wrong::Form),
            ("6", Wrong::Form),
            ("", Wrong::Form),
            ("至", Wrong::Form),
            ("13月", Wrong::NoDay),
            ("6月31日", Wrong::NoDay),
            ("2025年2月29日", Wrong::NoDay),
            ("6月以前", Wrong::Whether),
            ("2020年以后", Wrong::Whether),
            ("11月至2月", Wrong::UpsideDown),
            ("7月至2025年6月", Wrong::UpsideDown),
        ] {
            assert_eq!(Asked::read(words), Err(wrong), "{words}");
        }
    }
}
