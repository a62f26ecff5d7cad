//! A slash between Han characters.

use super::super::prelude::*;
use super::marks::{foreign, part, place};

/// Practice: words are joined by 和, 或 or 、; a slash stands in units.
pub(super) const RULE: Rule = Rule::prose("pun-slash", Level::Hint, run);

static SLASH: Pattern = Pattern::new("(\\p{Han}{1,3})([/／])(\\p{Han}{1,4})");
/// What is counted by a unit: 元/亩.
static COUNTED: Pattern =
    Pattern::new("(?:元|克|吨|斤|瓦|度|升|米|里|人|次|分|户|亩|个|件|焦|贝|株|头|只|卡|天|小时|煤)$");
static PER: Pattern = Pattern::new(
    "^(?:平方|立方|公|千|亩|人|户|年|月|天|日|次|吨|斤|升|小时|时|分|秒|头|只|株|个|件|栋|套|台|辆|项\
         |期|学期|米|周|季|班|场|份|位|名|处|度|床|车|标|万|亿)",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&SLASH).filter(|(line, _)| line.kind.is_body()) {
        let (text, slash) = (prose.text(line), part(&hit, 2));
        let unit = COUNTED.is_match(&hit[1]) && PER.is_match(&hit[3]);
        if !unit && !foreign(text).iter().any(|range| range.contains(&slash.start)) {
            let message = format!("“{}{}{}”里用了斜线", &hit[1], &hit[2], &hit[3]);
            found.at(&prose.source, place(line, &slash), message, "请改用“和”“或”或者“、”");
        }
    }
}
