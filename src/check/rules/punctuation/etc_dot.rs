//! 等 and …… together.

use super::super::prelude::*;
use super::marks::{part, place};

/// GB/T 15834-2011, 附录A.9.2: 等 and …… say the same, so one of them is enough.
pub(super) const RULE: Rule = Rule::prose("pun-etc-dot", Level::Error, run);

static BEFORE: Pattern = Pattern::new("、?(?:…+|⋯+|\\.{2,}|。{2,}|·{3,})[ 　]?(等)(\\p{Han}?)");
static BEHIND: Pattern = Pattern::new("等(…+|⋯+|\\.{2,}|。{2,}|·{3,})");

const MESSAGE: &str = "“等”和省略号用重了";

fn run(prose: &Prose, found: &mut Findings<'_>) {
    // 等级, 等候 and 等待 only begin like 等.
    let word = |behind: &str| !behind.is_empty() && "级候待".contains(behind);
    for (line, hit) in prose.matches(&BEFORE).filter(|(_, hit)| !word(&hit[2])) {
        let span = part(&hit, 0).start..part(&hit, 1).start;
        found.fix(&prose.source, place(line, &span), "", MESSAGE, "请删去省略号，只留“等”");
    }
    for (line, hit) in prose.matches(&BEHIND) {
        let (text, span) = (prose.text(line), part(&hit, 1));
        // At the end of a sentence the dots stood for a full stop.
        let ends = span.end == text.len() && line.kind.is_body() && text.chars().count() > 8;
        let (new, hint) = if ends {
            ("。", "请写成“等。”")
        } else {
            ("", "请删去省略号，只留“等”")
        };
        found.fix(&prose.source, place(line, &span), new, MESSAGE, hint);
    }
}
