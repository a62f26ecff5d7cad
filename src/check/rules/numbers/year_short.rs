//! Two digits with 年 that are more likely a year than a span of time.

use super::super::prelude::*;
use super::{reading, years};

/// GB/T 15835-2011, 5.1.4: a year is written with all four digits.
pub(super) const RULE: Rule = Rule::prose("num-year-short", Level::Warning, run);

/// A year by what follows it, by what it is compared with, by 自 and 以来, and as a range of the present.
static SHORT: Pattern = Pattern::new(
    "(?:^|[，。；：])(?:截至|到|至|在|于)?([0-3][0-9])年(?:全[镇乡县市区年省]|[我本][镇乡县市区村]|[上下]半年|前?[一二三四1-4]季度|[春夏秋冬]|工作|计划|任务|重点|目标|预算)|\
         (?:^|。)(?:截至|到|至|在|于)?([0-3][0-9])年，|\
         [比较与]([0-3][0-9])年(?:同期|增|减|上升|下降|提高|降低|回落|全年|翻)|\
         [自从]([0-3][0-9])年(?:起|以来|开始)|\
         ([0-3][0-9])年(?:同期|版)|\
         (?P<from>2[0-9])(?P<sign>[-—–~～]|至)(?P<to>[23][0-9])年(?:期间|发展|工作|规划|计划|重点|任务|累计|全|[，。；、]|$)",
);

/// Behind these a number of years is a span of time.
const SPANS: [&str; 10] = ["近", "约", "需", "达", "期", "龄", "限", "刑", "工作", "从事"];

/// The longest range of years that is taken for one.
const LONGEST: u32 = 5;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&SHORT) {
        let text = prose.text(line);
        let (Some(year), Some(right)) = (groups.iter().skip(1).flatten().next(), full(&groups)) else {
            continue;
        };
        let end = groups.name("to").unwrap_or(year).end() + '年'.len_utf8();
        let span = year.start()..end;
        let tied =
            before(text, span.start).is_some_and(|c| c.is_ascii_alphanumeric() || ".-—–~～第".contains(c));
        let spans = SPANS.iter().any(|word| text[..span.start].ends_with(word));
        if !tied && !spans && !line.is_quoted(&span) {
            let message = format!("“{}”像是没有写全的年份", &text[span.clone()]);
            let hint = format!("如果说的是年份，请写成“{right}”");
            found.at(&prose.source, reading::place(line, span), message, hint);
        }
    }
}

/// The year or range in full.
fn full(groups: &Captures<'_>) -> Option<String> {
    let first = groups.iter().skip(1).flatten().next()?.as_str();
    let Some(to) = groups.name("to") else { return Some(format!("{}年", years::full(first)?)) };
    let length = to.as_str().parse::<u32>().ok()?.checked_sub(first.parse().ok()?)?;
    let sign = groups.name("sign").map_or("—", |sign| sign.as_str());
    let range = format!("{}{sign}{}年", years::full(first)?, years::full(to.as_str())?);
    (1..=LONGEST).contains(&length).then_some(range)
}
