//! Full-width digits.

use super::super::prelude::*;
use super::super::punctuation::marks::{part, place};
use super::width::half;

/// GB/T 15835-2011, 5.1.7: Arabic numerals are half as wide as a character.
pub(super) const RULE: Rule = Rule::prose("chr-fullnum", Level::Error, run);

static DIGITS: Pattern = Pattern::new("[０-９]+(?:[．.][０-９]+)*");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, hit) in prose.matches(&DIGITS) {
        let right = half(&hit[0]);
        let message = format!("数字“{}”用了全角", &hit[0]);
        found.fix(&prose.source, place(line, &part(&hit, 0)), &right, message, format!("请写成“{right}”"));
    }
}
