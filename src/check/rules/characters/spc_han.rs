//! Blanks beside Han characters.

use super::super::prelude::*;
use super::super::punctuation::marks::place;
use super::blanks::{blanks, is_form, parts};
use crate::check::LineKind;
use crate::zh::gap::{self, Gap};

/// GB/T 9704-2012, 5.2.3 and practice: characters stand on the grid; a gap beside figures is the word
/// processor's business.
pub(super) const RULE: Rule = Rule::prose("spc-han", Level::Error, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut gaps = blanks(text).filter(|gap| joins(text, gap)).peekable();
        if gaps.peek().is_none() || is_form(line, text) {
            continue;
        }
        for gap in gaps.filter(|gap| !parts(text, gap) && !is_name(text, gap, line.kind)) {
            let (left, right) = (before(text, gap.start), after(text, gap.end));
            let words: String = left.into_iter().chain(right).collect();
            let shown: String = left.into_iter().chain([' ']).chain(right).collect();
            match gap::kind(text, &gap) {
                Gap::Meant => {}
                Gap::Names => found.at(
                    &prose.source,
                    place(line, &gap),
                    format!("“{shown}”中间的空格像是隔开名称的"),
                    "几个人、几个地方，请用“、”隔开；是一个词，请删去空格",
                ),
                Gap::Slip => {
                    let message = format!("“{shown}”中间多了空格");
                    found.fix(&prose.source, place(line, &gap), "", message, format!("请写成“{words}”"));
                }
            }
        }
    }
}

/// Whether what stands at both sides of a gap belongs together.
fn joins(text: &str, gap: &Range<usize>) -> bool {
    let (left, right) = (before(text, gap.start), after(text, gap.end));
    let han = |c: Option<char>| c.is_some_and(is_han);
    let word =
        |c: Option<char>| c.is_some_and(|c| is_han(c) || c.is_ascii_alphanumeric() || "%％‰℃×".contains(c));
    let percent = left.is_some_and(|c| c.is_ascii_digit()) && right.is_some_and(|c| "%％‰℃".contains(c));
    word(left) && word(right) && (han(left) || han(right)) || percent
}

/// Whether a gap widens a name of two characters: 张　三.
fn is_name(text: &str, gap: &Range<usize>, kind: LineKind) -> bool {
    let alone =
        |words: &str, c: Option<char>| c.is_some_and(is_han) && !words.chars().nth(1).is_some_and(is_han);
    let left: String = text[..gap.start].chars().rev().take(2).collect();
    let right: String = text[gap.end..].chars().take(2).collect();
    let wide = kind == LineKind::Cell || text[gap.clone()].chars().all(|c| c == '\u{3000}');
    wide && alone(&left, before(text, gap.start)) && alone(&right, after(text, gap.end))
}
