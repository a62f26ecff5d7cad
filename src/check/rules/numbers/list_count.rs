//! A list of names against the count that stands with it: 东湾、西岭、南坪4个村.
//!
//! A list may be followed by its count (东湾、西岭2个村) or follow it (2个村（东湾、西岭）). With 等 it may be shorter.
//! Only lists are counted whose members cannot be told otherwise: quoted names, persons, and short words of one make.

use rust_decimal::prelude::ToPrimitive;

use super::super::prelude::*;
use super::names::{self, List};
use super::reading;
use crate::zh::number::{Manner, read};
use crate::zh::scan::{Number, NumberKind};

/// Reading: whoever counts the names by hand must come to the count that is written.
pub(super) const RULE: Rule = Rule::prose("num-list-count", Level::Warning, run);

/// Counts beyond this are of other things than of the names beside them.
const MOST: usize = 20;

/// Measure words that count what was named one by one.
const MEASURES: &str = "个家所项条座处位种类支部名人款件";

/// What is counted behind quoted names.
static TITLED: Pattern = Pattern::new(
    "^(?:[^，。；：、]{0,4})(?:品牌|办法|制度|文件|方案|意见|规定|条例|项目|栏目|荣誉|称号|主题|活动|平台|专栏|系列|节目|作品|机制|案例|工程|行动|模式|工作法|牌子|专题|奖项|商标|产品|标准|村|社区|单位|基地)",
);

/// A list behind its count.
static BEHIND: Pattern = Pattern::new(
    "^(?:[（(]|：|，?(?:分别(?:是|为)|即|依次(?:是|为))：?)(?P<list>[^，。；：（）()！？]+?)(?:[）)。；]|$)",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, text)| !reading::is_table(line, text)) {
        let figures = line.numbers.iter().filter(|number| number.kind == NumberKind::Figure);
        for number in figures.filter(|number| !line.is_quoted(&number.span)) {
            let Some(count) = count(number) else { continue };
            let list = in_front(line, text, number).or_else(|| behind(text, number));
            let Some((list, span)) = list.filter(|(list, _)| !list.agrees(count)) else { continue };
            let message =
                format!("“{}”里的名称有{}，写的却是“{}”", &text[span.clone()], list.counted(), number.text);
            found.at(&prose.source, reading::place(line, span), message, "请数一数名称，核对个数");
        }
    }
}

/// The count that a figure says, of what may be named one by one.
fn count(number: &Number) -> Option<usize> {
    let written = read(&number.text, Manner::Prose).ok()?;
    let amount = written.exact().filter(|amount| amount.decimals == 0 && !amount.unit.is_scaled())?;
    let measure = amount.unit.base.chars().count() == 1 && MEASURES.contains(amount.unit.base.as_str());
    amount.value.to_usize().filter(|count| measure && (2..=MOST).contains(count))
}

/// The list that ends where a count begins.
fn in_front(line: &ProseLine, text: &str, number: &Number) -> Option<(List, Range<usize>)> {
    let (front, is_open) = open(&text[..number.span.start]);
    let behind = &text[number.span.end..];
    if front.ends_with(['”', '》']) {
        let (count, start) = quoted(line, text, front.len())?;
        let noun = TITLED.find(behind).map(|noun| noun.end());
        let named = noun.or_else(|| front.ends_with('》').then_some(0))?;
        return Some((List::sure(count, is_open), start..number.span.end + named));
    }
    let words = reading::since(front, front.len(), &reading::STOPS);
    let words = words.rsplit(['（', '(', '”', '》']).next().unwrap_or(words);
    let span = |end: usize| front.len() - words.len()..number.span.end + end;
    if number.text.ends_with(['人', '名', '位']) {
        return Some((names::of_persons(words)?.open(is_open), span(0)));
    }
    let noun = names::noun(behind)?;
    Some((names::of_things(words, noun, true)?.open(is_open), span(noun.len())))
}

/// The list that stands behind a count.
fn behind(text: &str, number: &Number) -> Option<(List, Range<usize>)> {
    let rest = &text[number.span.end..];
    let noun = names::noun(rest)?;
    let groups = BEHIND.captures(&rest[noun.len()..])?;
    let list = groups.name("list")?;
    let (words, is_open) = open(list.as_str());
    let end = number.span.end + noun.len() + list.end();
    Some((names::of_things(words, noun, false)?.open(is_open), number.span.start..end))
}

/// A text without the 等 at its end, and whether there was one.
fn open(text: &str) -> (&str, bool) {
    let bare = text.trim_end_matches([' ', '　', '这', '共']);
    bare.strip_suffix('等').map_or((bare, false), |rest| (rest, true))
}

/// How many quoted names stand in a row that ends at a byte, and where it begins.
fn quoted(line: &ProseLine, text: &str, end: usize) -> Option<(usize, usize)> {
    const JOINS: [char; 4] = ['、', '和', '与', '及'];
    let at = |end: usize| line.quoted.iter().find(|range| range.end == end);
    let mut first = at(end)?;
    let mut count = 1;
    while let Some(front) = at(text[..first.start].trim_end_matches(JOINS).len()) {
        (first, count) = (front, count + 1);
    }
    // What stands before the first quotation may be a name of the list without marks.
    (count > 1 && !text[..first.start].ends_with(JOINS)).then_some((count, first.start))
}
