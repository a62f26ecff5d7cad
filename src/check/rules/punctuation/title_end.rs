//! A mark at the end of a title.

use super::super::prelude::*;
use super::marks::place;
use crate::check::LineKind;

/// GB/T 15834-2011, 附录B.4: a title has no mark at its end.
pub(super) const RULE: Rule = Rule::prose("pun-title-end", Level::Warning, run);

const KINDS: &str =
    "(?:报告|请示|通知|通报|意见|决定|决议|公告|通告|批复|函|纪要|方案|汇报|总结|计划|要点|讲话)$";
/// A title without its mark: 关于…的报告; a year and the kind of the document; a body, 工作 and the kind.
static TITLES: [Pattern; 3] = [
    Pattern::made(|| format!("^[^，。；：]{{0,20}}关于[^。；：]{{2,60}}的{KINDS}")),
    Pattern::made(|| {
        let year = "(?:[12][0-9xX×*]{3}|[一二][〇○零一二三四五六七八九]{3})年?度?";
        format!("^[^，。；：]{{0,14}}{year}[^，。；：]{{0,24}}{KINDS}")
    }),
    Pattern::made(|| {
        let body = "(?:镇|乡|街道|县|局|办|委员会|政府)[^，。；：的了]{0,12}(?:工作|情况|实施)";
        format!("^[^，。；：]{{2,16}}{body}{KINDS}")
    }),
];
/// A sentence about a document.
static SENTENCE: Pattern = Pattern::new(
    "了|听取|审议|印发|提交|作出|起草|通过|报送|现将|请|学习|制定|完成|收到|转发|根据|按照|落实|贯彻\
         |讨论|是|这|特此|以上|草拟|报来|下发|出台",
);
static DATE: Pattern = Pattern::new(
    "^[ 　]*(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})年\
         [0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日$",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let words = text.trim_end();
        let title = words.trim_end_matches(['。', '，', '；', '：', '、', '.', ',', ';', '｡']);
        if title.len() == words.len() || !is_title(line.kind, title) {
            continue;
        }
        let marks = &words[title.len()..];
        let what = if DATE.is_match(title) { "日期" } else { "标题" };
        let message = format!("{what}的末尾用了“{marks}”");
        let span = place(line, &(title.len()..words.len()));
        found.fix(&prose.source, span, "", message, format!("请删去末尾的“{marks}”"));
    }
}

fn is_title(kind: LineKind, title: &str) -> bool {
    match kind {
        LineKind::Title | LineKind::Byline | LineKind::Caption | LineKind::Signature | LineKind::Date => true,
        LineKind::Paragraph => DATE.is_match(title) || is_named(title.trim_start()),
        _ => false,
    }
}

/// Whether a line is the name of a document; of 关于…, what stands before it tells a sentence.
fn is_named(title: &str) -> bool {
    let ahead = title.split("关于").next().unwrap_or(title);
    TITLES.iter().any(|form| form.is_match(title)) && !SENTENCE.is_match(ahead)
}
