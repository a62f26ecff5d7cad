//! Dates of workbooks in the many ways in which they are typed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::book::format::{FormatKind, NumberFormat};
use super::book::{Content, Day, day_of_serial};
use crate::diag::Diagnostic;
use crate::facts::value::Date;
use crate::zh::number::{half_width, padded, plain};

/// A date, as far as it is known, as fact files write it, and what is to be looked at; `shown` is what the cell shows.
///
/// # Errors
/// It is none, or cannot be told.
pub(super) fn read(
    content: &Content,
    shown: &str,
    from_1904: bool,
) -> Result<(String, Option<String>), Diagnostic> {
    match content {
        Content::Date(day) => Ok((iso(*day), None)),
        Content::Number(number, format) => of_number(*number, format, shown, from_1904),
        Content::Text(text) => match of_text(text) {
            Some(date) => Ok((date, None)),
            None => Err(not_a_date(text.trim())),
        },
        _ => Err(not_a_date(shown)),
    }
}

fn not_a_date(text: &str) -> Diagnostic {
    Diagnostic::error("not-a-date", format!("“{text}”不是日期，或没有写年份"))
        .hint("请写成 2011-04-18；只知道月份时写成 2011-04")
}

/// A number in a column of dates: 20110418, 201104, 2011, 2011.4, or a day that lost its format.
fn of_number(
    number: Decimal,
    format: &NumberFormat,
    shown: &str,
    from_1904: bool,
) -> Result<(String, Option<String>), Diagnostic> {
    let decimals = match format.kind {
        FormatKind::Fixed(decimals) => Some(decimals),
        _ => None,
    };
    let written = decimals.map_or_else(|| shown.to_owned(), |decimals| padded(&plain(number), decimals));
    if written.ends_with(".1") && decimals.is_none() && written.len() == 6 {
        return Err(Diagnostic::error("not-a-date", format!("“{shown}”分不清是1月还是10月"))
            .hint("请写成 2011-01 或 2011-10"));
    }
    if let Some(date) = of_text(&written) {
        return Ok((date, None));
    }
    // What stands behind the point is the time of day.
    let serial = number.trunc().to_i64();
    let day = serial.and_then(|serial| day_of_serial(serial, from_1904)).ok_or_else(|| not_a_date(shown))?;
    let text = iso(day);
    let remark = format!("单元格里是{shown}，没有设日期格式，按{text}读");
    Ok((text, Some(remark)))
}

/// `2011-4-18`, `2011/4/18`, `2011.4`, `2011年4月18日`, `20110418`, `201104`, `2011`; a time of day behind it is left
/// out, anything else is not.
fn of_text(text: &str) -> Option<String> {
    let text = half_width(text);
    let text = without_time(text.trim());
    let text = text.trim_end_matches(['日', '号', '月', '年', '.', '-', '/']);
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).collect();
    let parts: Vec<String> = match parts.as_slice() {
        [one] if one.len() == 8 && is_number(one) => {
            [&one[..4], &one[4..6], &one[6..]].map(str::to_owned).to_vec()
        }
        [one] if one.len() == 6 && is_number(one) => [&one[..4], &one[4..]].map(str::to_owned).to_vec(),
        parts => parts.iter().map(|part| (*part).to_owned()).collect(),
    };
    let (first, rest) = parts.split_first()?;
    let good = first.len() == 4 && rest.len() <= 2 && parts.iter().all(|part| is_number(part));
    if !good || rest.iter().any(|part| part.len() > 2) {
        return None;
    }
    let rest: Vec<String> = rest.iter().map(|part| format!("{part:0>2}")).collect();
    let text = [&[first.clone()][..], &rest].concat().join("-");
    Date::parse(&text).is_ok().then_some(text)
}

/// The date without blanks and without the time of day behind it.
fn without_time(text: &str) -> String {
    let date = match text.split_once(['T', ' ']) {
        Some((date, time)) if is_time(time) => date,
        _ => text,
    };
    date.split_whitespace().collect()
}

/// `14:30`, `14:30:00.000`, `下午2:30`, `2:30 PM`, `14时30分`.
fn is_time(text: &str) -> bool {
    let digits = text.trim_matches(|c: char| c.is_whitespace() || "上下午AaPpMmZz".contains(c));
    digits.contains([':', '时', '点'])
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || ":.时点分秒".contains(c))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2011-04-18`, as far as it is shown.
fn iso(day: Day) -> String {
    let mut text = format!("{:04}", day.year);
    for part in [day.month, day.day].into_iter().map_while(|part| part) {
        text.push_str(&format!("-{part:02}"));
    }
    text
}

/// The same with the time of day.
pub(super) fn day_text(day: Day) -> String {
    match day.time {
        Some((hour, minute)) => format!("{} {hour:02}:{minute:02}", iso(day)),
        None => iso(day),
    }
}
