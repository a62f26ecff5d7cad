//! 、 before a word that joins: 、和.

use std::sync::LazyLock;

use regex::Regex;

use super::super::pattern;
use super::marks::{part, place};
use crate::check::{Findings, Prose, Rule, Run};
use crate::diag::Level;

/// GB/T 15834-2011, 4.5: 和 or 、, not both; before 以及 a ，may stand.
pub(super) const RULE: Rule = Rule {
    name: "pun-dun-and",
    level: Level::Warning,
    page: include_str!("dun_and.md"),
    run: Run::Prose(run),
};

static AND: LazyLock<Regex> =
    LazyLock::new(|| pattern("(、)[ 　]?(以及|或者|并且|和|与|及|或)(\\p{Han}{0,3})"));
/// Words that only begin like one that joins.
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:和(?:谐|平|睦|美|解|气|善|顺|田|静|硕|县|布|龙|林|而不|衷|约|音|声|为贵|颜|服|棋|面|缓|好|悦|乐|合|亲)\
         |与(?:会|时俱|众不|日俱|民|人为|世|共)|及(?:时|格|早|第)|或(?:许|多或))",
    )
});

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&AND) {
        let and = &hit[2];
        if WORD.is_match(&format!("{and}{}", &hit[3])) {
            continue;
        }
        let comma = matches!(and, "以及" | "并且");
        let new = if comma { "，" } else { "" };
        let hint =
            if comma { format!("请写成“，{and}”") } else { "请删去这个“、”".to_owned() };
        let message = format!("“{and}”前面多用了“、”");
        found.fix(&prose.source, place(line, &part(&hit, 1)), new, message, hint);
    }
}
