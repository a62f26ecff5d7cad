//! Serial numbers of days, as workbooks keep dates.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::format::FormatKind;
use super::{Content, Day};

/// 9999-12-31, the last day that Excel knows.
const LAST: i64 = 2_958_465;
/// Days from 1900-01-00 to 1970-01-01, and what the calendar of 1904 is behind.
const TO_1970: i64 = 25_569;
const BEHIND_1904: i64 = 1_462;

/// The date of a serial number, as far as the format shows it; nothing where it is no day of the calendar.
pub(super) fn content(serial: Decimal, from_1904: bool, kind: FormatKind) -> Option<Content> {
    let minutes = (serial.fract() * Decimal::from(1440)).round().to_i64()?;
    let days = serial.trunc().to_i64()? + minutes / 1440;
    let minutes = minutes % 1440;
    let (hour, minute) = (u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?);
    let FormatKind::Date { year, month, day } = kind else {
        return Some(Content::Text(format!("{hour:02}:{minute:02}").into()));
    };
    let (whole, shown_month, shown_day) = date(days, from_1904)?;
    let time = (minutes > 0).then_some((hour, minute));
    // 月日 alone still has the year in which it was typed; 年月 has no day that anybody typed.
    let month = (month || !year || day).then_some(shown_month);
    let day = (day || !year).then_some(shown_day);
    Some(Content::Date(Day { year: whole, month, day, time }))
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

    const WHOLE: FormatKind = FormatKind::Date { year: true, month: true, day: true };

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

    #[test]
    fn only_what_is_shown_is_said() {
        let shown = |text: &str, kind| content(text.parse().unwrap(), false, kind);
        let day = |month, day, time| Some(Content::Date(Day { year: 2011, month, day, time }));
        assert_eq!(shown("40651.6041666666667", WHOLE), day(Some(4), Some(18), Some((14, 30))));
        assert_eq!(
            shown("40651", FormatKind::Date { year: true, month: true, day: false }),
            day(Some(4), None, None)
        );
        assert_eq!(
            shown("40651", FormatKind::Date { year: true, month: false, day: false }),
            day(None, None, None)
        );
        let month_and_day = FormatKind::Date { year: false, month: true, day: true };
        assert_eq!(shown("40651", month_and_day), day(Some(4), Some(18), None));
        assert_eq!(shown("0.5", FormatKind::Time), Some(Content::Text("12:00".into())));
        assert_eq!(shown("-3", WHOLE), None);
        assert_eq!(shown("99999999", WHOLE), None);
    }
}
