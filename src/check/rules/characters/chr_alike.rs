//! Words that sound or look alike, each of them right in its place.

use super::super::prelude::*;
use super::misspelt::{self, Part};

/// 现代汉语词典; practice of editors.
pub(super) const RULE: Rule = Rule::prose("chr-alike", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    misspelt::check(prose, Part::Alike, found);
}
