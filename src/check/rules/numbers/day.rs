//! Days, months and hours that no calendar and no clock has.

use super::super::prelude::*;
use super::dates::{self, Date};
use super::{date, reading};

/// The calendar: a month has its days, a year twelve months, a day twenty-four hours.
pub(super) const RULE: Rule = Rule::prose("num-day", Level::Error, run);

/// 8时65分, 于25时召开, 8时至25时.
static CLOCK: Pattern = Pattern::new(
    "(?P<front>[日午晚晨早夜间于在至到—–~～-] ?)?(?P<hour>[0-9]{1,2})时(?:(?P<minute>[0-9]{1,2})分)?(?P<back>[许整准开召前起至到—–~～-])?",
);

/// 五季度.
static QUARTER: Pattern = Pattern::new("第?([五六七八九5-9])个?季度");

/// Words of the other calendar, in which every month may have thirty days.
const LUNAR: [&str; 7] = ["农历", "阴历", "旧历", "古历", "正月", "腊月", "闰"];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let dates = dates::dates(text);
        for (at, date) in dates.iter().enumerate() {
            if let Some(wrong) = wrong_date(text, &dates[..at], date) {
                say(prose, line, date.span.clone(), &wrong, found);
            }
        }
        for (span, wrong) in dotted(text).chain(clocks(text)).chain(quarters(text)) {
            say(prose, line, span, &wrong, found);
        }
    }
}

fn say(prose: &Prose, line: &ProseLine, span: Range<usize>, wrong: &str, found: &mut Findings<'_>) {
    let message = format!("没有“{}”", prose.text(line)[span.clone()].trim());
    found.at(&prose.source, reading::place(line, span), message, format!("{wrong}，请核对原始记录后改正"));
}

/// What is wrong with a date, in words; `front` are the dates before it.
fn wrong_date(text: &str, front: &[Date], date: &Date) -> Option<String> {
    let clause = reading::since(text, date.span.start, &reading::STOPS);
    if LUNAR.iter().any(|word| clause.contains(word)) {
        return None;
    }
    let same_sentence = |other: &&Date| {
        reading::together(text, other.span.end, date.span.start, &reading::ENDS) && other.year.is_some()
    };
    let year = date.year.or_else(|| front.iter().rev().find(same_sentence)?.year);
    let month = date.month.or_else(|| continued(text, front.last()?, date)?.month);
    match (month, date.day) {
        (Some(month), _) if date.month.is_some() && !(1..=12).contains(&month) => {
            is_month(text, date).then(|| "一年只有1月到12月".to_owned())
        }
        (Some(month), Some(day)) => wrong_day(year, month, day),
        // 每月32日
        (None, Some(day)) => {
            (day > 31 && text[..date.span.start].ends_with('月')).then(|| "一个月最多有31天".to_owned())
        }
        _ => None,
    }
}

fn wrong_day(year: Option<u32>, month: u32, day: u32) -> Option<String> {
    let most = dates::days_of(year, month);
    let leap = month == 2 && day == 29;
    match day {
        0 => Some("日期从1日起".to_owned()),
        _ if day <= most => None,
        _ if leap => Some(format!("{}年不是闰年，2月只有28天", year?)),
        _ => Some(format!("{month}月只有{most}天")),
    }
}

/// The date in front, where a date is the second end of a range or the next of a list: 5月20日至32日.
fn continued<'d>(text: &str, front: &'d Date, date: &Date) -> Option<&'d Date> {
    let gap = text.get(front.span.end..date.span.start)?;
    (gap.len() <= 6 && ["至", "到", "—", "-", "～", "~", "–", "——", "、", "和"].contains(&gap))
        .then_some(front)
}

/// Whether a number that no month has is meant for one: 13月龄 and 18月子弹 are not.
fn is_month(text: &str, date: &Date) -> bool {
    let other = after(text, date.span.end).is_some_and(|c| "龄薪大子婴租度".contains(c));
    // 2024月 is a year with a slip; other numbers of three digits and more are part of something else.
    !other && date.month.is_some_and(|month| month < 100 || (1900..2100).contains(&month))
}

/// 2024-02-30.
fn dotted(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    date::dotted_dates(text).filter_map(|(span, [year, month, day])| {
        // A number with a large second place is the number of a version.
        let wrong = (1..=12).contains(&month).then(|| wrong_day(Some(year), month, day))?;
        Some((span, wrong?))
    })
}

fn clocks(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    CLOCK.captures_iter(text).filter_map(|groups| {
        let number = |name| groups.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
        let start = groups.name("hour")?.start();
        let minute = number("minute");
        let placed = groups.name("front").is_some() || groups.name("back").is_some() || minute.is_some();
        let end = groups.name("back").map_or(groups.get(0)?.end(), |back| back.start());
        let tied = before(text, start).is_some_and(|c| c.is_ascii_alphanumeric() || ".第".contains(c));
        let wrong = match (number("hour")?, minute) {
            (hour, _) if hour > 24 => "一天只有24小时",
            (_, Some(minute)) if minute > 59 => "一小时只有60分钟",
            _ => return None,
        };
        (placed && !tied).then(|| (start..end, wrong.to_owned()))
    })
}

fn quarters(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    QUARTER.find_iter(text).filter_map(|hit| {
        let tied = before(text, hit.start()).is_some_and(|c| c.is_ascii_digit() || "十.".contains(c));
        let several = hit.as_str().contains('个') && !hit.as_str().starts_with('第');
        (!tied && !several).then(|| (hit.range(), "一年只有四个季度".to_owned()))
    })
}
