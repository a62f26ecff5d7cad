//! 主送机关 of a 请示.

use super::super::prelude::*;
use super::parts;
use crate::check::LineKind;

/// 条例, 15: a letter to a higher organ names one 主送机关.
pub(super) const RULE: Rule = Rule::prose("let-one-to", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let asks = parts::title(prose).is_some_and(|(_, title)| title.ends_with("请示"));
    let Some((line, text)) = prose.each().find(|(line, _)| asks && line.kind == LineKind::Recipient) else {
        return;
    };
    let organs = parts::organs(text);
    if organs.len() > 1 {
        let message = format!("请示写了{}个主送机关", organs.len());
        let hint = "请示只写一个主送机关，需要同时送其他上级机关的，用抄送";
        found.at(&prose.source, line.span.clone(), message, hint);
    }
}
