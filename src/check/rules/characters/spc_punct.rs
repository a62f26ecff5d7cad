//! Blanks beside Chinese marks.

use super::super::prelude::*;
use super::super::punctuation::marks::{is_full, part, place};
use super::blanks::{blanks, is_form, parts};
use crate::zh::gap::{self, Gap};

/// Practice: a mark takes a whole square, so that no blank is due beside it.
pub(super) const RULE: Rule = Rule::prose("spc-punct", Level::Error, run);

static NUMBERED: Pattern = Pattern::new("^[ 　]*[0-9]{1,2}[.．]([ 　]+)[\\p{Han}“《]");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut gaps = blanks(text).filter(|gap| is_wrong(text, gap)).peekable();
        if gaps.peek().is_none() || is_form(line, text) {
            continue;
        }
        for gap in gaps {
            let mark = before(text, gap.start).filter(|c| is_full(*c)).or_else(|| after(text, gap.end));
            let mark = mark.unwrap_or_default();
            let message = format!("“{mark}”旁边多了空格");
            match gap::kind(text, &gap) {
                Gap::Meant => {}
                Gap::Names => found.at(
                    &prose.source,
                    place(line, &gap),
                    format!("“{mark}”旁边的空格像是隔开名称的"),
                    "几个人、几个地方，请用“、”隔开；不是的，请删去空格",
                ),
                Gap::Slip => found.fix(&prose.source, place(line, &gap), "", message, "请删去空格"),
            }
        }
    }
    // In Markdown the blank is part of the list.
    for (line, hit) in prose.matches(&NUMBERED).filter(|_| !prose.source.name.ends_with(".md")) {
        let message = "序号后面多了空格";
        found.fix(&prose.source, place(line, &part(&hit, 1)), "", message, "请删去空格");
    }
}

fn is_wrong(text: &str, gap: &Range<usize>) -> bool {
    let (left, right) = (before(text, gap.start), after(text, gap.end));
    let mark = left.is_some_and(is_full) || right.is_some_and(is_full);
    let stop = left.is_some_and(|c| "，。；、".contains(c));
    // Blanks behind 姓名： are there to be filled in.
    let blank = left == Some('：') && text[gap.clone()].chars().count() > 1;
    mark && !blank && (stop || !parts(text, gap))
}
