//! Blanks at the end of lines, double blanks, tabs, and characters without width.

use super::super::prelude::*;
use super::super::punctuation::marks::{is_blank, part, place};
use super::blanks::is_row;
use crate::check::LineKind;
use crate::zh::gap::{self, Gap};

/// Practice: what cannot be seen makes search, comparison and layout go wrong.
pub(super) const RULE: Rule = Rule::prose("spc-tail", Level::Error, run);

/// Characters that take no room, and breaks of lines and pages within a line.
static INVISIBLE: Pattern = Pattern::new(
    "[\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}-\u{2064}\u{FEFF}\u{AD}\u{B}\u{C}\u{2028}\u{2029}]+",
);
static TABS: Pattern = Pattern::new("[^\\s]([ 　]*\t[ 　\t]*)([^\\s])");
static DOUBLE: Pattern = Pattern::new("[!-~]([ \u{A0}]{2,})[!-~]");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&INVISIBLE) {
        let code = u32::from(hit[0].chars().next().unwrap_or_default());
        let message = format!("夹了看不见的字符（U+{code:04X}）");
        found.fix(
            &prose.source,
            place(line, &part(&hit, 0)),
            "",
            message,
            "请删去，多半是从网页或聊天软件粘贴来的",
        );
    }
    for (line, text) in prose.each().filter(|(line, text)| line.kind != LineKind::Cell && !is_row(text)) {
        let end = text.trim_end_matches(|c| is_blank(c) || c == '\t').len();
        if end < text.len() && end > 0 {
            found.fix(&prose.source, place(line, &(end..text.len())), "", "行末多了空格", "请删去行末的空格");
        }
        for hit in TABS.captures_iter(text) {
            let span = place(line, &part(&hit, 1));
            if gap::kind(text, &part(&hit, 1)) != Gap::Slip {
                let hint = "几个人、几个地方，请用“、”隔开；是一个词，请删去制表符";
                found.at(&prose.source, span, "制表符像是隔开名称的", hint);
                continue;
            }
            let new = if hit[0].is_ascii() { " " } else { "" };
            found.fix(&prose.source, span, new, "句子中间夹了制表符", "请删去制表符");
        }
        for hit in DOUBLE.captures_iter(text) {
            let span = place(line, &part(&hit, 1));
            found.fix(&prose.source, span, " ", "外文之间空了两格", "请只留一个空格");
        }
    }
}
