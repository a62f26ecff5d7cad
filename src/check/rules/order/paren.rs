//! Marks after a number in brackets.

use super::super::prelude::*;
use crate::check::LineKind;

/// GB/T 15834-2011, B.3.4: no mark follows a number in brackets.
pub(super) const RULE: Rule = Rule::prose("seq-paren", Level::Error, run);

static MARKED: Pattern = Pattern::new(
    "(?:^[ 　*]*|[。；：;:][ 　]*)([（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)]|[①-⑳㈠-㈩⑴-⒇])([、．.，,：:丶])",
);
fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, _)| is_text(line)) {
        check(prose, line, text, found);
    }
}

fn is_text(line: &ProseLine) -> bool {
    line.kind.is_body() || matches!(line.kind, LineKind::Heading(_) | LineKind::Title)
}

fn check(prose: &Prose, line: &ProseLine, text: &str, found: &mut Findings<'_>) {
    for hit in MARKED.captures_iter(text) {
        let (Some(number), Some(mark)) = (hit.get(1), hit.get(2)) else { continue };
        // （一）、（二） is a list of numbers.
        if text[mark.end()..].starts_with(['（', '(']) {
            continue;
        }
        let (number, mark_text) = (number.as_str(), mark.as_str());
        found.fix(
            &prose.source,
            line.span.start + mark.start()..line.span.start + mark.end(),
            "",
            format!("序号“{number}”后面多了“{mark_text}”"),
            format!("带括号的序号后面不用标点，请去掉“{mark_text}”"),
        );
    }
}
