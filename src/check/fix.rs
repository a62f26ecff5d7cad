//! Mechanical repairs.

use crate::diag::{Diagnostic, Fix};

/// A text with its repairs made, and how many there were. Of repairs that overlap the first is made; the
/// others wait for the next round.
pub fn apply(text: &str, found: &[Diagnostic]) -> (String, usize) {
    let fixes = chosen(found);
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for fix in &fixes {
        mended.push_str(&text[at..fix.span.start]);
        mended.push_str(&fix.new);
        at = fix.span.end;
    }
    mended.push_str(&text[at..]);
    (mended, fixes.len())
}

/// The repairs of findings in the order of the text, none overlapping another.
pub fn chosen(found: &[Diagnostic]) -> Vec<&Fix> {
    let mut fixes: Vec<&Fix> = found.iter().filter_map(|problem| problem.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut end = 0;
    fixes.retain(|fix| {
        let free = fix.span.start >= end;
        if free {
            end = fix.span.end;
        }
        free
    });
    fixes
}

/// Rounds after which a text must be stable.
const ROUNDS: usize = 8;

/// Repairs a text until nothing mechanical is left, and says how many repairs that took. `check` finds
/// what is wrong with a text.
pub fn until_stable(text: &str, check: impl Fn(&str) -> Vec<Diagnostic>) -> (String, usize) {
    let mut text = text.to_owned();
    let mut all = 0;
    for _ in 0..ROUNDS {
        let (mended, count) = apply(&text, &check(&text));
        if count == 0 {
            break;
        }
        all += count;
        text = mended;
    }
    (text, all)
}
