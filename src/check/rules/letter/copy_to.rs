//! 抄送机关 against 主送机关.

use super::super::prelude::*;
use super::parts;
use crate::check::LineKind;
use crate::document::Element;

/// GB/T 9704-2012, 7.4.2: 抄送 is to organs beside 主送机关.
pub(super) const RULE: Rule = Rule::prose("let-copy-to", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let recipients: Vec<&str> = prose
        .each()
        .filter(|(line, _)| line.kind == LineKind::Recipient)
        .flat_map(|(_, text)| parts::organs(text).into_iter().map(|name| &text[name]))
        .collect();
    let mut seen: Vec<&str> = Vec::new();
    for (line, text) in parts::of(prose, Element::CopyTo) {
        for name in parts::organs(text) {
            let (organ, span) =
                (&text[name.clone()], line.span.start + name.start..line.span.start + name.end);
            if recipients.contains(&organ) {
                let message = format!("“{organ}”已经是主送机关，又写在抄送里");
                found.at(&prose.source, span, message, "主送机关不再抄送，请从抄送里删去");
            } else if seen.contains(&organ) {
                let message = format!("抄送里“{organ}”写了两遍");
                found.at(&prose.source, span, message, "请删去重复的一个");
            }
            seen.push(organ);
        }
    }
}
