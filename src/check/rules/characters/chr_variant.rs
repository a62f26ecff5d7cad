//! Forms of a word that the standard does not recommend.

use super::super::prelude::*;
use super::misspelt::{self, Part};

/// 第一批异形词整理表, GF 1001-2001.
pub(super) const RULE: Rule = Rule::prose("chr-variant", Level::Hint, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    misspelt::check(prose, Part::Variant, found);
}
