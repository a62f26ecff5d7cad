//! The dates of a line, as they are written: which of year, month and day are there, and what they say.
//!
//! Nothing is judged here: 13月 and 6月31日 are read as what stands there, so that rules can say what is wrong with them.

use std::ops::Range;

use crate::zh::number::numeral;

/// What is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// 年.
    Year,
    /// 月.
    Month,
    /// 日.
    Day,
}

/// A date, or as much of it as is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// Where it stands in its line.
    pub(super) span: Range<usize>,
    /// The year, where it is written.
    pub(super) year: Option<u32>,
    /// The month.
    pub(super) month: Option<u32>,
    /// The day.
    pub(super) day: Option<u32>,
}

impl Date {
    /// A date of which nothing is read yet.
    pub(super) fn at(span: Range<usize>) -> Date {
        Date { span, year: None, month: None, day: None }
    }

    /// The finest part that is written.
    pub(super) fn last(&self) -> Option<Part> {
        let day = self.day.map(|_| Part::Day);
        day.or(self.month.map(|_| Part::Month)).or(self.year.map(|_| Part::Year))
    }

    /// The coarsest part that is written.
    pub(super) fn first(&self) -> Part {
        let year = self.year.map(|_| Part::Year);
        year.or(self.month.map(|_| Part::Month)).unwrap_or(Part::Day)
    }

    /// The same with another part, which ends at a byte.
    pub(super) fn with(mut self, part: Part, value: u32, end: usize) -> Date {
        match part {
            Part::Year => self.year = Some(value),
            Part::Month => self.month = Some(value),
            Part::Day => self.day = Some(value),
        }
        self.span.end = end;
        self
    }

    /// The same with the parts that its neighbour in front says for both: 3月5日至8日, 2024年3月至5月.
    pub(super) fn after(&self, front: &Date) -> Date {
        let mut whole = self.clone();
        if whole.year.is_none() {
            whole.year = front.year;
            if whole.month.is_none() {
                whole.month = front.month;
            }
        }
        whole
    }

    /// Its parts in the order of time; what is not written sorts before what is.
    pub(super) fn parts(&self) -> [Option<u32>; 3] {
        [self.year, self.month, self.day]
    }
}

/// One numeral with 年, 月 or 日 behind it.
struct Found {
    span: Range<usize>,
    value: u32,
    part: Part,
}

/// Every date of a line from left to right. A day without a month in front stands alone.
pub(super) fn dates(text: &str) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    if !text.contains(['年', '月', '日', '号']) {
        return dates;
    }
    let mut at = 0;
    while let Some(found) = next(text, at) {
        at = found.span.end;
        let joined = dates.last_mut().filter(|date| {
            let gap = &text[date.span.end..found.span.start];
            gap.chars().all(|c| c == ' ') && date.last().is_some_and(|last| last < found.part)
        });
        match joined {
            Some(date) => *date = date.clone().with(found.part, found.value, found.span.end),
            None => dates.push(Date::at(found.span.clone()).with(found.part, found.value, found.span.end)),
        }
    }
    dates
}

/// The next numeral of a date at or behind a byte.
fn next(text: &str, mut at: usize) -> Option<Found> {
    loop {
        let start = at + text[at..].find(is_numeral)?;
        let rest = &text[start..];
        let of_digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let other =
            |c: char| if of_digits { !c.is_ascii_digit() } else { !is_numeral(c) || c.is_ascii_digit() };
        let length = rest.find(other).unwrap_or(rest.len());
        let (written, behind) = rest.split_at(length);
        if let Some((part, unit)) = part(written, behind)
            && is_free(&text[..start], of_digits)
            && let Some(value) = value(written)
        {
            let span = start..start + length + unit;
            return Some(Found { span, value, part });
        }
        at = start + length;
    }
}

/// What is numbered by the words behind a numeral, and how many bytes they have.
fn part(written: &str, behind: &str) -> Option<(Part, usize)> {
    let blank = behind.len() - behind.trim_start_matches(' ').len();
    let behind = &behind[blank..];
    let is_year = written.chars().count() == 4 && !written.contains('十');
    let part = match behind.chars().next()? {
        '年' if is_year => Part::Year,
        '月' => Part::Month,
        '日' => Part::Day,
        // 3号 is a day behind a month only; elsewhere it is the name of a house.
        '号' if written.len() <= 6 && blank == 0 => Part::Day,
        _ => return None,
    };
    Some((part, blank + '年'.len_utf8()))
}

/// Whether what stands in front lets a numeral begin.
fn is_free(front: &str, of_digits: bool) -> bool {
    let tied = |c: char| {
        "第.．数几".contains(c) || c.is_ascii_alphabetic() || of_digits && (c == '/' || c.is_ascii_digit())
    };
    !front.ends_with(tied)
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零○一二三四五六七八九十".contains(c)
}

/// The value of a numeral: digits, characters in places (三十一), or a row of them (二〇二四).
fn value(written: &str) -> Option<u32> {
    if written.starts_with(|c: char| c.is_ascii_digit()) {
        return written.parse().ok();
    }
    let written = written.replace('○', "〇");
    u32::try_from(numeral::parse(&written)?).ok()
}

/// How many days a month has; without a year February may have 29.
pub(super) fn days_of(year: Option<u32>, month: u32) -> u32 {
    match month {
        2 if year.is_some_and(|year| !is_leap(year)) => 28,
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether a year has a 29th of February.
pub(super) fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates of a text as year-month-day, with what is not written left out.
    fn read(text: &str) -> String {
        let part = |part: Option<u32>| part.map_or_else(String::new, |part| part.to_string());
        let one = |date: Date| format!("{}-{}-{}", part(date.year), part(date.month), part(date.day));
        dates(text).into_iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        for (text, wanted) in [
            ("2024年6月31日召开会议", "2024-6-31"),
            ("从4月10日到3月5日", "-4-10 -3-5"),
            ("3月5日至8日，2024年3月", "-3-5 --8 2024-3-"),
            ("二〇二四年十二月三十一日", "2024-12-31"),
            ("2024 年 6 月 30 日", "2024-6-30"),
            ("十三月、13月份", "-13- -13-"),
            ("历时3个月，用时20天，第3日", ""),
            ("二十年来，2.5月，20224年", ""),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn months_have_their_days() {
        assert_eq!(
            [(Some(2023), 2), (Some(2024), 2), (None, 2), (None, 6), (None, 7)].map(|(y, m)| days_of(y, m)),
            [28, 29, 29, 30, 31]
        );
        assert!(is_leap(2000) && !is_leap(1900));
    }
}
