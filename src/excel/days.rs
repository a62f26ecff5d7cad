//! Dates of workbooks in the many ways in which they are typed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::book::format::{FormatKind, NumberFormat};
use super::book::{Content, Day, day_of_serial};
use crate::diag::Diagnostic;
use crate::facts::value::Date;
use crate::zh::number::{half_width, numeral, padded, plain};

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
        Content::Date(day) => Ok((date(*day), None)),
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
    let decimals = match format.kind(number) {
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
    let text = date(day);
    let remark = format!("单元格里是{shown}，没有设日期格式，按{text}读");
    Ok((text, Some(remark)))
}

/// `2011-4-18`, `2011/4/18`, `2011.4`, `2011年4月18日`, `二〇一一年四月十八日`, `20110418`, `201104`, `2011`; a time of
/// day and a day of the week behind it are left out, anything else is not.
fn of_text(text: &str) -> Option<String> {
    let text = half_width(text);
    let text = date_alone(&text);
    let text = text.trim_end_matches(['日', '号', '月', '年', '.', '-', '/']);
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).collect();
    let parts: Vec<String> = match parts.as_slice() {
        [one] if one.len() == 8 && is_number(one) => {
            [&one[..4], &one[4..6], &one[6..]].map(str::to_owned).to_vec()
        }
        [one] if one.len() == 6 && is_number(one) => [&one[..4], &one[4..]].map(str::to_owned).to_vec(),
        parts => parts.iter().map(|part| in_digits(part)).collect(),
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

/// A part of a date that is written in Chinese, 二〇一一 or 十八, in digits; any other as it is.
fn in_digits(part: &str) -> String {
    let mut numeral = part.replace(['○', '◯', '零'], "〇");
    if numeral.contains(numeral::is_one) {
        numeral = numeral.replace(['0', 'O', 'o'], "〇");
    }
    numeral::parse(&numeral).map_or_else(|| part.to_owned(), |number| number.to_string())
}

/// What may stand behind a date of the part of the day.
const PARTS: [&str; 8] = ["上午", "下午", "中午", "早上", "晚上", "凌晨", "AM", "PM"];

/// The date without blanks, and without the time and the day of the week behind it.
fn date_alone(text: &str) -> String {
    let mut date = text.trim();
    loop {
        let shorter = PARTS.iter().find_map(|part| date.strip_suffix(part));
        match shorter.or_else(|| without_weekday(date)).or_else(|| without_time(date)) {
            Some(rest) => date = rest.trim_end(),
            None => return date.split_whitespace().collect(),
        }
    }
}

/// The text before `星期一`, `(周日)`; nothing where it does not end so.
fn without_weekday(text: &str) -> Option<&str> {
    let (text, bracket) = text.strip_suffix(')').map_or((text, false), |text| (text, true));
    let rest = text.strip_suffix(['一', '二', '三', '四', '五', '六', '日', '天'])?;
    let rest = ["星期", "礼拜", "周"].iter().find_map(|word| rest.strip_suffix(word))?;
    if bracket { rest.strip_suffix('(') } else { Some(rest) }
}

/// The text before a time of day; nothing where none stands behind it.
fn without_time(text: &str) -> Option<&str> {
    let parts = text.char_indices().find_map(|(at, c)| match c {
        'T' | ' ' => Some((&text[..at], &text[at + 1..])),
        '日' | '号' => Some(text.split_at(at + c.len_utf8())),
        _ => None,
    });
    parts.filter(|(_, time)| is_time(time)).map(|(date, _)| date)
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

/// A date without the time of day.
fn date(day: Day) -> String {
    Day { time: None, ..day }.to_string()
}
