//! 百分点 without its measure word, and words like it.

use super::super::prelude::*;
use super::reading;

/// Terms of statistics: points are counted with 个.
pub(super) const RULE: Rule = Rule::prose("num-point-ge", Level::Warning, run);

/// A number with 百分点 or what is written for it; 5个点 needs a verb before it.
static POINTS: Pattern = Pattern::new(
    "([0-9一二两三四五六七八九十])(?:[%％]个?百分点|百分点|个?百分比|个百分号|[%％]个点|([%％]?千分点))|\
         (?:提高|上升|提升|下降|降低|回落|增长|增加)了?(?:[0-9]+\\.)?([0-9]+)(个点)(?:[，。；、]|$)",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, groups) in prose.matches(&POINTS) {
        let Some(number) = groups.get(1).or_else(|| groups.get(3)) else { continue };
        let word = groups.get(4).map(|word| word.range());
        let whole = groups.get(0).map_or(number.end(), |whole| whole.end());
        let span = word.unwrap_or(number.end()..whole);
        let right = if groups.get(2).is_some() { "个千分点" } else { "个百分点" };
        if line.is_quoted(&span) {
            continue;
        }
        let wrong = &prose.text(line)[number.start()..span.end];
        let message = format!("“{wrong}”里的百分点写法不对");
        let hint = format!("请写成“{}{right}”", number.as_str());
        found.fix(&prose.source, reading::place(line, span), right, message, hint);
    }
}
