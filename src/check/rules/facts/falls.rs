//! What is summed up from January on and becomes less.

use super::super::prelude::*;
use super::registry_check;
use crate::figures::verify::Subject;

/// Practice: a sum from January on becomes less only where it was revised.
pub(super) const RULE: Rule = Rule::facts("fact-falls", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    registry_check(project, found, Subject::Falls, "请核对两期的数；确实修订过的，请给原来那一期写上“修订”");
}
