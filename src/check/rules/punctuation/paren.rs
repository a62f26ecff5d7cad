//! Half-width brackets in Chinese.

use super::super::prelude::*;
use super::marks::{Pair, foreign, has_han, is_full, pairs, place, sides};

/// GB/T 15834-2011, 4.9; GB/T 9704-2012, 7.3.3: the brackets of Chinese take a whole square.
pub(super) const RULE: Rule = Rule::prose("pun-paren", Level::Error, run);

/// What has brackets of its own: the code of a telephone number, the year of a document number.
static OWN: Pattern =
    Pattern::new(r"^[(（](?:0[0-9]{2,3}[)）][ -]?[0-9]{6,8}|[12][0-9xX×*]{3}[)）]第?[0-9xX×*]+号)");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(_, text)| text.contains(['(', ')'])) {
        let (foreign, pairs) = (foreign(text), pairs(text));
        let free = |span: &Range<usize>| !foreign.iter().any(|range| range.contains(&span.start));
        for pair in pairs.matched.iter().filter(|pair| free(&pair.open) && is_wrong(text, pair)) {
            let full = format!("（{}）", pair.inside(text));
            let (message, hint) = words(&text[pair.span()], &full);
            found.fix(&prose.source, place(line, &pair.span()), full, message, hint);
        }
        for span in pairs.single.iter().filter(|span| free(span) && is_wrong_alone(text, span)) {
            let full = if text[span.clone()] == *"(" { "（" } else { "）" };
            let message = format!("中文里用了半角括号“{}”", &text[span.clone()]);
            found.fix(&prose.source, place(line, span), full, message, format!("请改成全角的“{full}”"));
        }
    }
}

fn words(written: &str, full: &str) -> (String, String) {
    if written.chars().count() > 14 {
        return ("中文里用了半角括号".into(), "请改成全角的“（”和“）”".into());
    }
    (format!("“{written}”用了半角括号"), format!("请写成“{full}”"))
}

/// Whether a pair has a half-width bracket and stands in Chinese.
fn is_wrong(text: &str, pair: &Pair) -> bool {
    let half = pair.open.len() == 1 || pair.close.len() == 1;
    let (left, right) = sides(text, &pair.span());
    let chinese = has_han(pair.inside(text))
        || left.is_some_and(|c| is_han(c) || is_full(c))
        || right.is_some_and(is_han);
    half && chinese && !OWN.is_match(&text[pair.open.start..])
}

fn is_wrong_alone(text: &str, span: &Range<usize>) -> bool {
    let (left, right) = sides(text, span);
    span.len() == 1 && (left.is_some_and(is_han) || right.is_some_and(is_han))
}
