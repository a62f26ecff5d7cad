//! Words that are never right as they are written.

use super::super::prelude::*;
use super::misspelt::{self, Part};

/// 现代汉语词典.
pub(super) const RULE: Rule = Rule::prose("chr-typo", Level::Error, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    misspelt::check(prose, Part::Wrong, found);
}
