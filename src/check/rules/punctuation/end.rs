//! Body text without a mark at its end.

use super::super::prelude::*;
use super::marks::place;

/// GB/T 15834-2011, 4.1: a sentence ends with a mark.
pub(super) const RULE: Rule = Rule::prose("pun-end", Level::Warning, run);

/// Shorter lines may be labels or headings.
const SHORT: usize = 20;
/// A line that does not tell what was done is a sentence only if it is this long.
const LONG: usize = 30;
/// A line that stops at ， or 、 was cut off, unless it is shorter than this or calls those who hear it.
const CUT: usize = 6;

static CALL: Pattern = Pattern::new("^[ 　]*(?:各位|尊敬的|同志们|朋友们|乡亲们|父老乡亲)");
static TOLD: Pattern =
    Pattern::new("[，；。].*(?:[了已均0-9]|取得|达到|得到|有所|显著|明显|完毕|到位)|。.*[^。]");
/// Lines that are no sentences: notes, labels with values, rows, titles.
static OTHER: Pattern = Pattern::made(|| {
    let label = "附|注[：:]|[表图][0-9一二三四五六七八九十]|来源|联系|电话|抄送|抄报|主送|标题|单位|填报|报送\
                 |报告人|汇报人|时间|地点|印发|签发|审核|——";
    let kinds = "报告|通知|意见|方案|汇报|总结|请示|函|纪要|讲话|办法|规定|通报|决定|批复|计划|要点";
    format!(
        "^(?:{label})|\t|[ 　]{{2,}}\\p{{Han}}|[0-9]{{7,}}$|(?:关于|[0-9]年).*(?:{kinds})(?:（[^（）]*）)?$"
    )
});

fn run(prose: &Prose, found: &mut Findings<'_>) {
    if let Some((line, text)) = prose.each().filter(|(line, _)| line.kind.is_body()).last()
        && let Some(words) = text.trim_end().strip_suffix('；')
        && !words.contains('；')
    {
        let span = place(line, &(words.len()..words.len() + '；'.len_utf8()));
        found.at(&prose.source, span, "全文的末尾用了“；”", "请改成“。”，或者补全后面的话");
    }
    for (line, text) in prose.each().filter(|(line, _)| line.kind.is_body()) {
        let words = text.trim_end_matches([' ', '　', '*']);
        let Some(last) = words.chars().next_back().filter(|_| is_open(words) && is_sentence(words)) else {
            continue;
        };
        let span = place(line, &(words.len() - last.len_utf8()..words.len()));
        let (message, hint) = if "，、,".contains(last) {
            (format!("一段话的末尾用了“{last}”"), "请改成“。”，或者补全后面的话")
        } else {
            (format!("一段话的末尾“{last}”后面没有句号"), "请补上“。”")
        };
        found.at(&prose.source, span, message, hint);
    }
}

/// Whether no mark ends the words, inside or outside of a quotation or bracket.
fn is_open(words: &str) -> bool {
    let inner = words.trim_end_matches(['”', '’', '）', '》', '"', ')']);
    !inner.ends_with(['。', '！', '？', '…', '；', '：', '.', '!', '?', ';', ':', '｡', '⋯', '—'])
}

fn is_sentence(words: &str) -> bool {
    let length = words.chars().count();
    if words.ends_with(['，', '、']) {
        return length >= CUT && !CALL.is_match(words) && !OTHER.is_match(words);
    }
    let least = if TOLD.is_match(words) { SHORT } else { LONG };
    length >= least && !OTHER.is_match(words)
}
