//! Figures whose digits were masked in a published report.

use crate::document::{Document, Line};

/// Figures whose digits were masked: ××个, **万元.
pub(super) fn masked(document: &Document) -> Vec<(usize, String)> {
    let mut masked = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let text = Line::of(block).text;
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let is_mask = |c: char| matches!(c, '×' | '＊' | '*' | 'x' | 'X' | '○');
            let run = chars[at..].iter().take_while(|c| is_mask(**c)).count();
            let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
            let word = latin(chars.get(at + run)) || at > 0 && latin(chars.get(at - 1));
            if run >= 2 && !word {
                let from = at.saturating_sub(8);
                let to = (at + run + 6).min(chars.len());
                masked.push((index + 1, chars[from..to].iter().collect()));
            }
            at += run.max(1);
        }
    }
    masked
}
