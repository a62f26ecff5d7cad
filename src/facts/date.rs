//! Dates of fact files: `2011-04-18`, `2011-04`, `2011`.

use super::value::Date;

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not written as year-month-day.
    #[error("“{0}”不是日期")]
    Form(String),
    /// `2011-13`.
    #[error("没有{0}月")]
    Month(u8),
    /// `2011-02-30`.
    #[error("{0}年{1}月没有{2}日")]
    Day(i32, u8, u8),
}

impl Date {
    /// Reads `2011-04-18`, `2011-04` or `2011`; months and days have two digits.
    ///
    /// # Errors
    /// Another form, or a day that the calendar does not have.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let form = || DateError::Form(text.to_owned());
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| digits(part, 4)).ok_or_else(form)? as i32;
        let mut two =
            || parts.next().map(|part| digits(part, 2).map(|n| n as u8).ok_or_else(form)).transpose();
        let (month, day) = (two()?, two()?);
        if parts.next().is_some() {
            return Err(form());
        }
        check(year, month, day)?;
        Ok(Date { year, month, day })
    }

    /// Whether the text is a month or day in written form, right or wrong; a year alone is not enough.
    pub(super) fn looks_like(text: &str) -> bool {
        matches!(
            Date::parse(text),
            Ok(Date { month: Some(_), .. }) | Err(DateError::Month(_) | DateError::Day(..))
        )
    }
}

fn digits(part: &str, count: usize) -> Option<u32> {
    let good = part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    good.then(|| part.parse().ok()).flatten()
}

fn check(year: i32, month: Option<u8>, day: Option<u8>) -> Result<(), DateError> {
    let Some(month) = month else { return Ok(()) };
    if !(1..=12).contains(&month) {
        return Err(DateError::Month(month));
    }
    match day {
        Some(day) if !(1..=days_in(year, month)).contains(&day) => Err(DateError::Day(year, month, day)),
        _ => Ok(()),
    }
}

fn days_in(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_day_month_and_year() {
        assert_eq!(Date::parse("2011-04-18"), Ok(Date { year: 2011, month: Some(4), day: Some(18) }));
        assert_eq!(Date::parse("2011-04"), Ok(Date { year: 2011, month: Some(4), day: None }));
        assert_eq!(Date::parse("2012-02-29").map(|date| date.day), Ok(Some(29)));
    }

    #[test]
    fn refuses_what_the_calendar_does_not_have() {
        assert_eq!(Date::parse("2011-02-30"), Err(DateError::Day(2011, 2, 30)));
        assert_eq!(Date::parse("1900-02-29"), Err(DateError::Day(1900, 2, 29)));
        assert_eq!(Date::parse("2011-13"), Err(DateError::Month(13)));
        assert_eq!(Date::parse("2011-00-01"), Err(DateError::Month(0)));
        for text in ["2011-4-18", "2011年4月18日", "2011-04-18-01", "", "-", "2011-", "２０１１-04"] {
            assert_eq!(Date::parse(text), Err(DateError::Form(text.to_owned())), "{text}");
        }
    }
}
