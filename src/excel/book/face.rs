//! What a cell shows of a number: its digits in their places, with the words among them; or a time of day.

use rust_decimal::Decimal;

use super::code::{Parsed, Piece, Week};
use super::moment::Moment;
use crate::zh::number::{half_up, plain};

/// Days of the week from the one on which the week of day 0 of 1900 begins.
const DAYS: [(char, &str); 7] = [
    ('六', "Saturday"),
    ('日', "Sunday"),
    ('一', "Monday"),
    ('二', "Tuesday"),
    ('三', "Wednesday"),
    ('四', "Thursday"),
    ('五', "Friday"),
];

/// The digits of a number in a section, and whether that is the number itself and all of it.
pub(super) fn digits(section: &Parsed, number: Decimal) -> Option<(String, bool)> {
    let scaled = scaled(section, number.abs())?;
    let decimals = section.decimals();
    let cut = half_up(scaled, decimals);
    let shown = match section.digits().next() {
        Some(_) => placed(section, &plain(cut), decimals as usize),
        None => general(section, number.abs()),
    };
    Some((
        shown.trim().to_owned(),
        section.thousands == 0 && (cut == scaled || section.digits().next().is_none()),
    ))
}

/// The number in hundredths and in thousands, as the section says.
fn scaled(section: &Parsed, mut number: Decimal) -> Option<Decimal> {
    for _ in 0..section.percents() {
        number = number.checked_mul(Decimal::ONE_HUNDRED)?;
    }
    for _ in 0..section.thousands {
        number = number.checked_div(Decimal::ONE_THOUSAND)?;
    }
    Some(number)
}

/// The pieces of a section without places for digits.
fn general(section: &Parsed, number: Decimal) -> String {
    let shown = |piece: &Piece| match piece {
        Piece::General | Piece::Typed => plain(number.normalize()),
        Piece::Words(words) => words.clone(),
        Piece::Percent => "%".to_owned(),
        _ => String::new(),
    };
    section.pieces.iter().map(shown).collect()
}

/// The digits of a number in their places. Digits for which there is no place stand in the first one.
fn placed(section: &Parsed, number: &str, decimals: usize) -> String {
    let (whole, behind) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.trim_start_matches('0');
    let behind = behind_point(section, &format!("{behind:0<decimals$}"));
    let point = section.pieces.iter().position(|piece| *piece == Piece::Point);
    let places = |pieces: &[Piece]| pieces.iter().filter(|piece| matches!(piece, Piece::Digit(_))).count();
    let before = places(&section.pieces[..point.unwrap_or(section.pieces.len())]);
    let spare = if before == 0 { grouped(whole, 0, section) } else { String::new() };
    let (mut seen, mut shown) = (0, String::new());
    for piece in &section.pieces {
        match piece {
            Piece::Words(words) => shown.push_str(words),
            Piece::Percent => shown.push('%'),
            Piece::Point => {
                shown.push_str(&spare);
                if behind.iter().any(|digit| digit.is_some_and(|digit| digit != ' ')) {
                    shown.push('.');
                }
            }
            Piece::Digit(place) => {
                if seen < before {
                    shown.push_str(&whole_digit(section, whole, before - seen - 1, seen == 0, *place));
                } else {
                    shown.extend(behind.get(seen - before).copied().flatten());
                }
                seen += 1;
            }
            _ => {}
        }
    }
    shown
}

/// What stands in a place before the point, which has so many to its right; the first takes all digits that are left.
fn whole_digit(section: &Parsed, whole: &str, right: usize, first: bool, place: char) -> String {
    let end = whole.len().saturating_sub(right);
    let start = if first { 0 } else { end.saturating_sub(1) };
    if start < end {
        return grouped(&whole[start..end], right, section);
    }
    match place {
        '0' => grouped("0", right, section),
        '?' => " ".to_owned(),
        _ => String::new(),
    }
}

/// Digits that have so many to their right, parted by threes where the section says so.
fn grouped(digits: &str, right: usize, section: &Parsed) -> String {
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        shown.push(digit);
        let behind = digits.len() - at - 1 + right;
        if section.grouped && behind > 0 && behind.is_multiple_of(3) {
            shown.push(',');
        }
    }
    shown
}

/// What stands in each place behind the point: zeros at the end are shown where the place is a `0`.
fn behind_point(section: &Parsed, digits: &str) -> Vec<Option<char>> {
    let point =
        section.pieces.iter().position(|piece| *piece == Piece::Point).unwrap_or(section.pieces.len());
    let places = section.pieces[point..].iter().filter_map(|piece| match piece {
        Piece::Digit(place) => Some(*place),
        _ => None,
    });
    let mut shown: Vec<(char, Option<char>)> = places.zip(digits.chars().map(Some)).collect();
    for (place, digit) in shown.iter_mut().rev() {
        match (*digit, *place) {
            (Some('0'), '#') => *digit = None,
            (Some('0'), '?') => *digit = Some(' '),
            _ => break,
        }
    }
    shown.into_iter().map(|(_, digit)| digit).collect()
}

/// A time of day, hours that go on beyond a day, or a day of the week.
pub(super) fn clock(section: &Parsed, moment: Moment, from_1904: bool) -> String {
    let (hour, minute, second) = (moment.seconds() / 3600, moment.seconds() / 60 % 60, moment.seconds() % 60);
    let noon = section.has(|piece| matches!(piece, Piece::Noon { .. }));
    let shown_hour = if noon { (hour + 11) % 12 + 1 } else { hour };
    let padded = |number: i64, width: usize| format!("{number:0>width$}", width = width.min(2));
    let shown = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Hour(width) => padded(shown_hour, *width),
        Piece::Minute(width) => padded(minute, *width),
        Piece::Second(width) => padded(second, *width),
        Piece::Part(count) => {
            let thousandths = format!("{:03}", moment.thousandths % 1000);
            format!(".{}", &thousandths[..(*count).min(3)])
        }
        Piece::Elapsed(what, width) => {
            let all = moment.days * 86_400 + moment.seconds();
            let number = match what {
                'h' => all / 3600,
                'm' => all / 60,
                _ => all,
            };
            format!("{number:0>width$}", width = (*width).min(9))
        }
        Piece::Noon { chinese } => match (chinese, hour < 12) {
            (true, true) => "上午".to_owned(),
            (true, false) => "下午".to_owned(),
            (false, true) => "AM".to_owned(),
            (false, false) => "PM".to_owned(),
        },
        Piece::Weekday(week) => weekday(*week, moment.days + if from_1904 { 6 } else { 0 }),
        _ => String::new(),
    };
    section.pieces.iter().map(shown).collect::<String>().trim().to_owned()
}

fn weekday(week: Week, days: i64) -> String {
    let (chinese, english) = DAYS[usize::try_from(days.rem_euclid(7)).unwrap_or_default()];
    match week {
        Week::Bare => chinese.to_string(),
        Week::Short => format!("周{chinese}"),
        Week::Long => format!("星期{chinese}"),
        Week::English(3) => english[..3].to_owned(),
        Week::English(_) => english.to_owned(),
    }
}
