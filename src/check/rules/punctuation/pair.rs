//! Brackets and quotation marks without their other half.

use super::super::prelude::*;
use super::marks::{is_opening, pairs, partner, place};

/// GB/T 15834-2011, 4.8, 4.9 and 4.15: brackets and quotation marks stand in pairs.
pub(super) const RULE: Rule = Rule::prose("pun-pair", Level::Error, run);

/// The label of an item that has only a closing bracket: `1）`.
static LABEL: Pattern =
    Pattern::new(r"(?:^|[\s，。；：、])(?:[0-9]{1,2}|[a-zA-Z①-⑳]|[一二三四五六七八九十]{1,2})[)）]$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut single = pairs(text).single;
        single.retain(|span| !is_other(text, span));
        // Two of one kind are one slip: “甲“.
        for slip in single.chunk_by(|left, right| text[left.clone()] == text[right.clone()]) {
            let mark = &text[slip[0].clone()];
            let partner: String = mark.chars().filter_map(partner).collect();
            let side = if is_opening(mark) { "后" } else { "前" };
            let message = if slip.len() > 1 {
                format!("“{mark}”用了{}次，没有配对的“{partner}”", slip.len())
            } else {
                format!("“{mark}”没有配对的“{partner}”")
            };
            let hint = format!("请在{side}面补上“{partner}”，或者改正、删去“{mark}”");
            found.at(&prose.source, place(line, &slip[0]), message, hint);
        }
    }
}

/// Whether a mark belongs to the label of an item or to another rule, the one on straight quotation marks.
fn is_other(text: &str, span: &Range<usize>) -> bool {
    let straight = matches!(&text[span.clone()], "“" | "”") && text.contains('"')
        || matches!(&text[span.clone()], "‘" | "’") && text.contains('\'');
    straight || LABEL.is_match(&text[..span.end])
}
