//! Something that is said to be done on a day that is still to come.

use super::super::prelude::*;
use super::about::{self, Title};
use super::dates::{self, Date};
use super::reading;

/// The calendar: nobody reports today what was done tomorrow.
pub(super) const RULE: Rule = Rule::prose("num-later", Level::Warning, run);

/// What tells that something was done.
static DONE: Pattern = Pattern::new(
    "(?:召开|完成|建成|实现|举办|举行|开展|组织|获得|取得|印发|启动|出台|成立|新增|通过|投入|接待|发放|办理|修建|安装|拆除|验收|签订|引进)了|荣获|获评|被评为|已(?:全部|经)|圆满(?:完成|结束)|(?:竣工|投产|投用|完工|开工|通车)[，。；]|同比(?:增长|下降)|[比较]上年(?:增长|下降|增加|减少)",
);

/// What tells that it is to be done.
static AHEAD: Pattern = Pattern::new(
    "将|要|拟|计划|力争|打算|目标|预计|预期|确保|争取|继续|安排|前[，,]?(?:全部|全面)?完成|必须|推动|届时|为期|有效期|规划|期满|到期|下一步|明年|提前|若|如果|前完成",
);

/// How many months a report of a year may be written after it.
const LATE: u32 = 3;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let Some(limit) = limit(prose) else { return };
    for (line, text) in prose.each().filter(|(line, _)| line.kind.is_body()) {
        let dates = dates::dates(text);
        for (at, date) in dates.iter().enumerate() {
            let Some(said) = date.year else { continue };
            let begin = [said, date.month.unwrap_or(1), date.day.unwrap_or(1)];
            if begin <= limit.day && !(date.month.is_none() && limit.year.is_some_and(|year| said > year)) {
                continue;
            }
            let clause = clause(text, date, dates.get(at + 1));
            if DONE.is_match(clause) && !AHEAD.is_match(sentence(text, date)) && !line.is_quoted(&date.span) {
                let message = format!("“{}”还没有到，却写成了做完的事", &text[date.span.clone()]);
                let hint = format!("{}，请核对日期", limit.words);
                found.at(&prose.source, reading::place(line, date.span.clone()), message, hint);
            }
        }
    }
}

/// The last day that a report can tell of.
struct Limit {
    day: [u32; 3],
    /// The year that it looks back at.
    year: Option<u32>,
    words: String,
}

fn limit(prose: &Prose) -> Option<Limit> {
    let year = match about::title(prose) {
        Title::Back(year) => Some(year),
        _ => None,
    };
    if let Some(Date { year: Some(signed), month: Some(month), day: Some(day), .. }) = about::signed(prose) {
        let words = format!("报告的日期是{signed}年{month}月{day}日");
        return Some(Limit { day: [signed, month, day], year: None, words });
    }
    let words = format!("报告总结的是{}年", year?);
    Some(Limit { day: [year? + 1, LATE, 31], year, words })
}

/// The words of a sentence behind a date, up to the next one.
fn clause<'t>(text: &'t str, date: &Date, next: Option<&Date>) -> &'t str {
    let end = next.map_or(text.len(), |next| next.span.start);
    let behind = &text[date.span.end..end];
    let stop = behind
        .find(reading::ENDS)
        .map_or(behind.len(), |at| behind[at..].chars().next().map_or(at, |c| at + c.len_utf8()));
    &behind[..stop]
}

fn sentence<'t>(text: &'t str, date: &Date) -> &'t str {
    let start = date.span.start - reading::since(text, date.span.start, &reading::ENDS).len();
    let rest = reading::lead(text, start, 600);
    rest.split(reading::ENDS).next().unwrap_or(rest)
}
