//! Full-width letters.

use super::super::prelude::*;
use super::super::punctuation::marks::{part, place};
use super::width::half;

/// GB/T 15835-2011, 5.1.7 and practice: Latin letters are half as wide as a character.
pub(super) const RULE: Rule = Rule::prose("chr-fulllatin", Level::Error, run);

static LETTERS: Pattern = Pattern::new("[Ａ-Ｚａ-ｚ]+(?:[－．＋／＆][Ａ-Ｚａ-ｚ０-９]+)*");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    // Ｘ hides a name or a figure.
    let hides = |words: &str| words.chars().all(|c| "ＸｘＯｏ".contains(c));
    for (line, hit) in prose.matches(&LETTERS).filter(|(_, hit)| !hides(&hit[0])) {
        let right = half(&hit[0]);
        let message = format!("字母“{}”用了全角", &hit[0]);
        found.fix(&prose.source, place(line, &part(&hit, 0)), &right, message, format!("请写成“{right}”"));
    }
}
