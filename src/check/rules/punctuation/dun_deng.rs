//! 、 before 等.

use super::super::prelude::*;
use super::marks::{part, place};

/// GB/T 15834-2011, 附录B.1.2: no 、 stands before 等 that ends a row.
pub(super) const RULE: Rule = Rule::prose("pun-dun-deng", Level::Warning, run);

static DENG: Pattern = Pattern::new("(、)[ 　]?等(\\p{Han}?)(、?)");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&DENG) {
        let word = !hit[2].is_empty() && "级额次候待效值同距比离外腰".contains(&hit[2]);
        // 等、靠、要 are verbs.
        let verb = hit[2].is_empty() && !hit[3].is_empty();
        if !word && !verb {
            let span = place(line, &part(&hit, 1));
            found.at(&prose.source, span, "“等”前面多用了“、”", "请删去“、”，并核对是不是漏了一项");
        }
    }
}
