//! A list of names against the count that stands with it: 东湾、西岭、南坪4个村.
//!
//! A list may be followed by its count (东湾、西岭2个村) or follow it (2个村（东湾、西岭）). With 等 it may be shorter.
//! Only lists are counted whose members cannot be told otherwise: quoted names, persons, and short words of one make.

use rust_decimal::prelude::ToPrimitive;

use super::super::prelude::*;
use super::names::{self, List};
use super::reading;
use crate::zh::number::numeral;

/// Reading: whoever counts the names by hand must come to the count that is written.
pub(super) const RULE: Rule = Rule::prose("num-list-count", Level::Warning, run);

/// Counts beyond this are of other things than of the names beside them.
const MOST: usize = 20;

/// A count of what may be named one by one.
static COUNT: Pattern = Pattern::new(
    "(?P<number>[0-9]{1,2}|十?[一二两三四五六七八九十])(?P<measure>[个家所项条座处位种类支名人款件大]?)",
);

/// Measure words behind which any noun is counted by its names: 四类问题.
const KINDS: [&str; 2] = ["类", "种"];

/// What is counted behind quoted names.
static TITLED: Pattern = Pattern::new(
    "^(?:[^，。；：、]{0,4})(?:品牌|办法|制度|文件|方案|意见|规定|条例|项目|栏目|荣誉|称号|主题|活动|平台|专栏|系列|节目|作品|机制|案例|工程|行动|模式|工作法|牌子|专题|奖项|商标|产品|标准|村|社区|单位|基地)",
);

/// A list behind its count.
static BEHIND: Pattern = Pattern::new(
    "^(?:[（(]|：|，?(?:分别(?:是|为)|即|依次(?:是|为))：?)(?P<list>[^，。；：（）()！？]+?)(?:[）)。；]|$)",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let listed = |text: &str| text.contains(['、', '”', '》', '和', '与']);
    for (line, text) in prose.each().filter(|(line, text)| listed(text) && !reading::is_table(line, text)) {
        let counts = COUNT.captures_iter(text).filter_map(|groups| count(text, &groups));
        for count in counts.filter(|count| !line.is_quoted(&count.span)) {
            let list = in_front(line, text, &count).or_else(|| behind(text, &count));
            let Some((list, span)) = list.filter(|(list, _)| !list.agrees(count.value)) else { continue };
            let said = &text[count.span.clone()];
            let message = format!("“{}”里的名称有{}，写的却是“{said}”", &text[span.clone()], list.counted());
            found.at(&prose.source, reading::place(line, span), message, "请数一数名称，核对个数");
        }
    }
}

/// A count with its measure word.
struct Count<'t> {
    span: Range<usize>,
    value: usize,
    measure: &'t str,
}

impl Count<'_> {
    /// What is counted, at the front of the words behind the count.
    fn noun<'b>(&self, behind: &'b str) -> Option<&'b str> {
        match names::noun(behind) {
            Some(noun) if !self.measure.is_empty() || names::is_counted_bare(noun) => Some(noun),
            _ => KINDS.contains(&self.measure).then_some(""),
        }
    }
}

fn count<'t>(text: &'t str, groups: &Captures<'t>) -> Option<Count<'t>> {
    let (hit, number) = (groups.get(0)?.range(), groups.name("number")?.as_str());
    // A name may end in a numeral: 李四2人.
    let arabic = number.starts_with(|c: char| c.is_ascii_digit());
    let tied = |c: char| {
        c.is_ascii_alphanumeric()
            || "第每.．%-—~～〔".contains(c)
            || !arabic && "一二两三四五六七八九十百千万几".contains(c)
    };
    let value = number.parse().ok().or_else(|| numeral::parse(number)?.to_usize())?;
    let free = !before(text, hit.start).is_some_and(tied) && (2..=MOST).contains(&value);
    let measure = groups.name("measure").map_or("", |measure| measure.as_str());
    free.then_some(Count { span: hit, value, measure })
}

/// The list that ends where a count begins.
fn in_front(line: &ProseLine, text: &str, count: &Count<'_>) -> Option<(List, Range<usize>)> {
    let (front, is_open) = open(&text[..count.span.start]);
    let behind = &text[count.span.end..];
    if front.ends_with(['”', '》']) {
        let (names, start) = quoted(line, text, front.len())?;
        let noun = TITLED.find(behind).map(|noun| noun.end());
        let named = noun.or_else(|| front.ends_with('》').then_some(0))?;
        return Some((List::sure(names, is_open), start..count.span.end + named));
    }
    let words = reading::since(front, front.len(), &reading::STOPS);
    let words = words.rsplit(['（', '(', '”', '》']).next().unwrap_or(words);
    let span = |end: usize| front.len() - words.len()..count.span.end + end;
    if ["人", "名", "位"].contains(&count.measure) {
        return Some((names::of_persons(words)?.open(is_open), span(0)));
    }
    let noun = count.noun(behind)?;
    Some((names::of_things(words, noun, true)?.open(is_open), span(noun.len())))
}

/// The list that stands behind a count.
fn behind(text: &str, count: &Count<'_>) -> Option<(List, Range<usize>)> {
    let rest = &text[count.span.end..];
    let noun = count.noun(rest)?;
    let groups = BEHIND.captures(&rest[noun.len()..])?;
    let list = groups.name("list")?;
    let (words, is_open) = open(list.as_str());
    let end = count.span.end + noun.len() + list.end();
    Some((names::of_things(words, noun, false)?.open(is_open), count.span.start..end))
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
