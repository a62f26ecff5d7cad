//! A quotation inside a quotation with the same marks.

use super::super::prelude::*;
use super::marks::{pairs, place};

/// GB/T 15834-2011, 4.8.3.4: within a quotation the other marks stand.
pub(super) const RULE: Rule = Rule::prose("pun-qnest", Level::Error, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(_, text)| text.contains(['“', '‘'])) {
        let pairs = pairs(text);
        let closed = |at: usize| !pairs.single.iter().any(|single| single.start == at);
        for pair in &pairs.matched {
            let mark = &text[pair.open.clone()];
            let same = |at: &usize| text[*at..].starts_with(mark) && closed(*at);
            if !matches!(mark, "“" | "‘") || !pair.within.as_ref().is_some_and(same) {
                continue;
            }
            let inside = pair.inside(text);
            let right = if mark == "“" { format!("‘{inside}’") } else { format!("“{inside}”") };
            let message = format!("引号里面又用了同样的引号：{}", &text[pair.span()]);
            found.at(&prose.source, place(line, &pair.span()), message, format!("里面一层请写成{right}"));
        }
    }
}
