//! The dot between month and day of an event, and within a name.

use super::super::prelude::*;
use super::marks::{part, place};
use crate::zh::name::{Dot, dot};

/// GB/T 15834-2011, 4.14; GB/T 15835-2011, 5.1.6: the dot is U+00B7.
pub(super) const RULE: Rule = Rule::prose("pun-middot", Level::Warning, run);

const DOT: &str = "([.．・•‧∙⋅])";
/// A month, a dot, a day, and behind the quotation what makes it a figure after all: “1.5”级.
static QUOTED: Pattern = Pattern::made(|| {
    let month = "(1[0-2]|[1-9]|十[一二]?|一[一二]|[一二三四五六七八九])";
    let day = "([12][0-9]|3[01]|[1-9]|[一二三四五六七八九十]{1,3})";
    format!("[“‘\"]{month}[ ]?{DOT}[ ]?{day}[”’\"]([级版倍度%个万亿规时期]?)")
});
/// A day that is kept, or what befell on one; at the beginning of a line it may be the number of a heading.
static EVENT: Pattern = Pattern::made(|| {
    let kept = "(?:国际|全国|世界|中国)\\p{Han}{1,9}(?:日|节)|消费者权益|宪法|禁毒|防灾|消防日|消防宣传|扶贫日|保密|知识产权\
                |国家安全|环境日|土地日";
    let befell = "(?:特大|重大)\\p{Han}{0,4}(?:暴雨|洪|灾|地震|事故|事件|案)|地震|事件|事故|火灾|暴雨|洪灾|洪水|专案|大案";
    format!("[^0-9.\\s　](1[0-2]|[1-9]){DOT}([12][0-9]|3[01]|[1-9])()(?:{kept}|{befell})")
});
static NAME: Pattern = Pattern::new("(\\p{Han})([・•‧∙⋅])(\\p{Han})()");
/// A full stop of English, which within a name is a dot, too.
static POINT: Pattern = Pattern::new("(\\p{Han})([.．])(\\p{Han})()");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for pattern in [&QUOTED, &EVENT, &NAME, &POINT] {
        let named = |line: &ProseLine, hit: &Captures<'_>| {
            !std::ptr::eq(pattern, &POINT) || dot(prose.text(line), &part(hit, 2)) == Dot::Name
        };
        for (line, hit) in prose.matches(pattern).filter(|(line, hit)| hit[4].is_empty() && named(line, hit))
        {
            let message = format!("“{}{}{}”的间隔号用错了", &hit[1], &hit[2], &hit[3]);
            let new = if is_plain_date(&hit[1], &hit[3]) { "" } else { "·" };
            let hint = format!("请写成“{}{new}{}”", &hit[1], &hit[3]);
            found.fix(&prose.source, place(line, &part(&hit, 2)), new, message, hint);
        }
    }
}

/// Whether a date needs no dot: written in characters only months 1, 11 and 12 do.
fn is_plain_date(month: &str, day: &str) -> bool {
    "二三四五六七八九十".contains(month) && day.starts_with(|c| "一二三四五六七八九十".contains(c))
}
