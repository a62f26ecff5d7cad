//! 紧急程度.

use super::super::prelude::*;
use super::parts;
use crate::document::Element;

/// 条例, 9: 特急 and 加急 of documents; 特提 and 平急 are said of telegrams.
pub(super) const RULE: Rule = Rule::prose("let-urgency", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in parts::of(prose, Element::Urgency) {
        let words = parts::squeezed(text);
        if !matches!(words.as_str(), "特急" | "加急") {
            let message = format!("紧急程度写成了“{words}”");
            let hint = "公文的紧急程度只分“特急”“加急”两种，“特提”“平急”用于电报";
            found.at(&prose.source, line.span.clone(), message, hint);
        }
    }
}
