//! Title marks inside title marks, and angle brackets in their place.

use super::super::prelude::*;
use super::marks::{pairs, part, place};

/// GB/T 15834-2011, 4.15.3.5: a title within a title has single marks.
pub(super) const RULE: Rule = Rule::prose("pun-book", Level::Error, run);

static ANGLE: Pattern = Pattern::new(r"<<([^<>]*\p{Han}[^<>]*)>>");
static ANGLE_INSIDE: Pattern = Pattern::new(r"《[^《》<>]*(<([^《》<>]*)>)[^《》<>]*》");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(_, text)| text.matches('《').count() > 1) {
        let pairs = pairs(text);
        let closed = |at: usize| !pairs.single.iter().any(|single| single.start == at);
        for pair in pairs.matched.iter().filter(|pair| text[pair.open.clone()] == *"《") {
            if pair.within.is_some_and(|at| text[at..].starts_with('《') && closed(at)) {
                let right = format!("〈{}〉", pair.inside(text).replace('〈', "《").replace('〉', "》"));
                let message = format!("书名号里面又用了双书名号：{}", &text[pair.span()]);
                let hint = format!("里面一层请写成{right}");
                found.fix(&prose.source, place(line, &pair.span()), right, message, hint);
            }
        }
    }
    for (group, inside, open, close, pattern) in
        [(0, 1, "《", "》", &ANGLE), (1, 2, "〈", "〉", &ANGLE_INSIDE)]
    {
        for (line, hit) in prose.matches(pattern) {
            let right = format!("{open}{}{close}", &hit[inside]);
            let message = format!("书名号写成了尖括号：{}", &hit[group]);
            let hint = format!("请写成{right}");
            found.fix(&prose.source, place(line, &part(&hit, group)), right, message, hint);
        }
    }
}
