//! 等 and …… together.

use std::sync::LazyLock;

use regex::Regex;

use super::super::pattern;
use super::marks::{part, place};
use crate::check::{Findings, Prose, Rule, Run, after, is_han};
use crate::diag::Level;

/// GB/T 15834-2011, 附录A.9.2: 等 and …… say the same, so one of them is enough.
pub(super) const RULE: Rule =
    Rule { name: "pun-etc-dot", level: Level::Error, page: include_str!("etc_dot.md"), run: Run::Prose(run) };

static BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern("、?(?:…+|⋯+|\\.{2,}|。{2,}|·{3,})[ 　]?(等)(\\p{Han}?)"));
static BEHIND: LazyLock<Regex> = LazyLock::new(|| pattern("等(…+|⋯+|\\.{2,}|。{2,}|·{3,})"));

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in
        prose.matches(&BEFORE).filter(|(_, hit)| hit[2].is_empty() || !"级候待".contains(&hit[2]))
    {
        let span = part(&hit, 0).start..part(&hit, 1).start;
        found.fix(&prose.source, place(line, &span), "", MESSAGE, "请删去省略号，只留“等”");
    }
    for (line, hit) in prose.matches(&BEHIND) {
        let (text, span) = (prose.text(line), part(&hit, 1));
        let next = after(text, span.end);
        // At the end of a sentence the dots stood for a full stop.
        let ends = next.is_none() && line.kind.is_body() && text.chars().count() > 8;
        let goes_on = next.is_some_and(is_han);
        let (new, hint) = match (ends, goes_on) {
            (true, _) => ("。", "请写成“等。”"),
            _ => ("", "请删去省略号，只留“等”"),
        };
        found.fix(&prose.source, place(line, &span), new, MESSAGE, hint);
    }
}

const MESSAGE: &str = "“等”和省略号用重了";
