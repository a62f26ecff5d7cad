//! Two kinds of documents in one title.

use super::super::prelude::*;
use crate::check::LineKind;

/// 党政机关公文处理工作条例, 8: a document is of one of 15 kinds.
pub(super) const RULE: Rule = Rule::prose("doc-stack", Level::Error, run);

const KINDS: &str = "请示报告|报告请示|请示汇报|汇报请示|汇报报告|报告汇报|汇报的报告|请示的报告|申请报告|申请请示|请示申请|请示函|通知通告|通告通知|公告通知|通知公告|通告公告|公告通告|通知通报|通报通知|决定通知|通知决定|批复函|报告函|意见通知|请示的请示|报告的报告";
/// A title in the text.
static TITLED: Pattern =
    Pattern::made(|| format!("关于[^，。；：！？《》]{{1,60}}?({KINDS})(?:[，。；”]|（|[ 　]*$)"));
/// The end of a title line.
static ENDS: Pattern = Pattern::made(|| format!("({KINDS})[ 　]*$"));

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let titled = TITLED.captures(text);
        let hit = titled.or_else(|| ENDS.captures(text).filter(|_| line.kind == LineKind::Title));
        let Some(kinds) = hit.and_then(|hit| hit.get(1)).filter(|kinds| !line.is_quoted(&kinds.range()))
        else {
            continue;
        };
        // 重大事项请示报告 is a duty of its own name.
        if text[..kinds.start()].ends_with("重大事项") {
            continue;
        }
        let span = line.span.start + kinds.start()..line.span.start + kinds.end();
        let message = format!("标题里的“{}”重叠了两个文种", kinds.as_str());
        match single(kinds.as_str()) {
            Some(one) => {
                found.fix(&prose.source, span, one, message, format!("一份公文只用一个文种，请写成“{one}”"))
            }
            None => found.at(&prose.source, span, message, advice(kinds.as_str())),
        }
    }
}

/// The kind that is meant, where there is no doubt.
fn single(kinds: &str) -> Option<&'static str> {
    match kinds {
        "汇报报告" | "报告汇报" => Some("报告"),
        "汇报的报告" => Some("的报告"),
        "申请请示" | "请示申请" => Some("请示"),
        _ => None,
    }
}

fn advice(kinds: &str) -> String {
    if kinds.contains("请示") || kinds.contains("申请") {
        return "一份公文只用一个文种：请求批准用“请示”，汇报情况用“报告”".to_owned();
    }
    "一份公文只用一个文种，请留下合用的一个".to_owned()
}
