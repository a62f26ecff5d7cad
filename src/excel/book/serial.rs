//! Serial numbers of days, as workbooks keep dates.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::format::{Clock, FormatKind, NumberFormat};
use super::moment::Moment;
use super::{Content, Day, Time};

/// 9999-12-31, the last day that Excel knows.
const LAST: i64 = 2_958_465;
/// Days from 1900-01-00 to 1970-01-01, and what the calendar of 1904 is behind.
const TO_1970: i64 = 25_569;
const BEHIND_1904: i64 = 1_462;

/// What a cell with a number holds: a date or a time where its format shows one, as far as that is shown.
pub(super) fn content(number: Decimal, format: &Arc<NumberFormat>, from_1904: bool) -> Content {
    match format.kind(number) {
        FormatKind::Date { .. } | FormatKind::Time => {
            dated(number, format, from_1904).unwrap_or_else(|| Content::Number(number, Arc::default()))
        }
        _ => Content::Number(number, Arc::clone(format)),
    }
}

/// The date or the time of a number; nothing where it is no day of the calendar.
fn dated(number: Decimal, format: &NumberFormat, from_1904: bool) -> Option<Content> {
    let moment = Moment::of(number)?;
    let kind = format.kind(number);
    if kind == FormatKind::Time {
        return Some(Content::Text(format.clock(moment, number, from_1904).into()));
    }
    let (year, month, day) = date(moment.days, from_1904)?;
    Some(Content::Date(Day { year, month: Some(month), day: Some(day), time: moment.time() }.as_far_as(kind)))
}

impl Day {
    /// The date as far as a format shows it.
    pub(super) fn as_far_as(self, kind: FormatKind) -> Day {
        let FormatKind::Date { year, month, day, clock } = kind else { return self };
        let time = self.time.filter(|time| clock != Clock::Nothing && !time.is_midnight());
        let second = |time: Time| time.second.filter(|_| clock == Clock::Seconds);
        Day {
            year: self.year,
            // 月日 alone still has the year in which it was typed; 年月 has no day that anybody typed.
            month: self.month.filter(|_| month || !year || day),
            day: self.day.filter(|_| day || !year),
            time: time.map(|time| Time { second: second(time), ..time }),
        }
    }
}

/// Year, month and day of a serial number.
pub(super) fn date(days: i64, from_1904: bool) -> Option<(i32, u8, u8)> {
    let days = if from_1904 { days + BEHIND_1904 } else { days };
    if !(1..=LAST).contains(&days) {
        return None;
    }
    // Day 60 is 1900-02-29, which never was; days before it are one off.
    let days = if days < 60 { days + 1 } else { days };
    civil(days - TO_1970)
}

/// The day of the Gregorian calendar, counted from 1970-01-01, by eras of 400 years that begin in March.
fn civil(days: i64) -> Option<(i32, u8, u8)> {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    Some((i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_calendars_count_their_days() {
        for (serial, from_1904, day) in [
            (40_651, false, (2011, 4, 18)),
            (39_189, true, (2011, 4, 18)),
            (1, false, (1900, 1, 1)),
            (59, false, (1900, 2, 28)),
            (61, false, (1900, 3, 1)),
            (36_585, false, (2000, 2, 29)),
            (LAST, false, (9999, 12, 31)),
        ] {
            assert_eq!(date(serial, from_1904), Some(day), "{serial}");
        }
        assert_eq!((date(0, false), date(LAST + 1, false), date(-1, false)), (None, None, None));
    }

    fn shown(serial: &str, code: &str) -> String {
        let format = Arc::new(NumberFormat::parse(code));
        match content(serial.parse().unwrap(), &format, false) {
            Content::Date(day) => day.to_string(),
            Content::Text(text) => text.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn only_what_is_shown_is_said() {
        for (serial, code, wanted) in [
            ("40651.6041666666667", "yyyy-mm-dd hh:mm", "2011-04-18 14:30"),
            ("40651.6041666666667", "yyyy-mm-dd hh:mm:ss", "2011-04-18 14:30:00"),
            ("40651.6041666666667", "yyyy-mm-dd", "2011-04-18"),
            ("40651.6041666666667", "yyyy-mm", "2011-04"),
            ("40651", "yyyy-mm-dd hh:mm", "2011-04-18"),
            ("40651", "yyyy", "2011"),
            ("40651", "m\"月\"d\"日\"", "2011-04-18"),
            ("0.5", "hh:mm", "12:00"),
            ("0.375", "h\"时\"mm\"分\"", "9时00分"),
            ("0.604166666666667", "上午/下午h:mm", "下午2:30"),
            ("0.0", "h:mm AM/PM", "12:00 AM"),
            ("1.5", "[h]:mm", "36:00"),
            ("0.0125", "[mm]:ss", "18:00"),
            ("0.000011574", "ss.000", "01.000"),
            ("40651", "aaaa", "星期一"),
            ("40651", "ddd", "Mon"),
            ("40651", "[$-804]dddd", "星期一"),
        ] {
            assert_eq!(shown(serial, code), wanted, "{serial} {code}");
        }
        let raw = |serial: &str| {
            matches!(
                content(serial.parse().unwrap(), &Arc::new(NumberFormat::parse("yyyy")), false),
                Content::Number(..)
            )
        };
        assert!(raw("-3") && raw("99999999") && raw("-0.5"));
    }

    /// Law: no second of a day moves its date, whatever its serial number was rounded to; and only what is nearer to
    /// the next midnight than any clock shows is the next day.
    #[test]
    fn a_time_of_day_stays_on_its_day() {
        let day = Decimal::from(45_657);
        let said = |serial: Decimal| shown(&serial.to_string(), "yyyy-mm-dd hh:mm:ss");
        for second in (0..120).chain(43_100..43_300).chain(86_100..86_400) {
            for digits in [10, 11, 12, 16] {
                let serial = (day + Decimal::from(second) / Decimal::from(86_400)).round_dp(digits);
                let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
                let wanted = if second == 0 { String::new() } else { format!(" {clock}") };
                assert_eq!(said(serial), format!("2024-12-31{wanted}"), "{serial}");
            }
        }
        for (serial, wanted) in [
            ("45657.9999884", "2024-12-31 23:59:58"),
            ("45657.9999942129", "2024-12-31 23:59:59"),
            ("45657.99999999999", "2025-01-01"),
            ("45656.99999999999", "2024-12-31"),
        ] {
            assert_eq!(said(serial.parse().unwrap()), wanted, "{serial}");
        }
    }
}
