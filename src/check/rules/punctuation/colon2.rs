//! A colon within the reach of another one.

use super::super::prelude::*;
use super::marks::{pairs, place};

/// GB/T 15834-2011, 附录A.6: a sentence should not have a colon within the reach of a colon.
pub(super) const RULE: Rule = Rule::prose("pun-colon2", Level::Warning, run);

static SENTENCE: Pattern = Pattern::new("[^。！？]+");
const ITEM: &str = "[一二三四五六七八九十]是|[（(]?[一二三四五六七八九十0-9]{1,2}[）)．.、]|[①-⑩]|首先|其次\
    |再次|最后|第[一二三四五六七八九十]";
static ITEMS_FOLLOW: Pattern = Pattern::made(|| format!("^：(?:{ITEM})"));
static IN_ITEM: Pattern = Pattern::made(|| format!("(?:{ITEM})[^，；：]{{0,24}}$"));
/// Labels with values, which are no sentences.
static LABEL: Pattern = Pattern::new(
    "(?:联系人|电话|手机|地址|邮编|时间|地点|单位|附件[0-9]*|附|注|热线|网址|邮箱|[报汇]告人|汇报人\
         |记录人|主持人\
         |人员|出席|列席|抄送|主送)$",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, text)| line.kind.is_body() && text.contains('：')) {
        let enclosed: Vec<Range<usize>> = pairs(text).matched.iter().map(|pair| pair.span()).collect();
        let free = |at: &usize| !enclosed.iter().any(|range| range.contains(at)) && !is_ratio(text, *at);
        for sentence in SENTENCE.find_iter(text) {
            let colons = sentence.as_str().match_indices('：').map(|(at, _)| sentence.start() + at);
            let colons: Vec<usize> = colons.filter(free).collect();
            if let Some(pair) = colons.windows(2).find(|pair| is_within(text, pair[0], pair[1])) {
                let span = place(line, &(pair[1]..pair[1] + '：'.len_utf8()));
                let hint = "请把里面一层的“：”改成“，”，或者在外面一层另起一句";
                found.at(&prose.source, span, "一句话里冒号套了冒号", hint);
            }
        }
    }
}

/// The next entry of a form: 单位：某某　时间：.
static ENTRY: Pattern = Pattern::new("[ 　]\\p{Han}{1,8}$");

fn is_ratio(text: &str, at: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(before(text, at)) && digit(after(text, at + '：'.len_utf8()))
}

/// Whether the second colon lies in what the first one announces.
fn is_within(text: &str, first: usize, second: usize) -> bool {
    let label = |at: usize| LABEL.is_match(&text[..at]);
    let siblings = IN_ITEM.is_match(&text[..first]) && IN_ITEM.is_match(&text[..second]);
    let parted = text[first..second].contains('；') && !ITEMS_FOLLOW.is_match(&text[first..]);
    let entry = ENTRY.is_match(&text[first..second]);
    !label(first) && !label(second) && !siblings && !parted && !entry
}
