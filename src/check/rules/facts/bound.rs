//! An approximate figure that the exact one contradicts.

use super::super::prelude::*;
use super::registry_check;
use crate::figures::verify::Subject;

/// 等于 of the registry, where one of the two is a bound: 多, 余, 近, 以上.
pub(super) const RULE: Rule = Rule::facts("fact-bound", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    registry_check(project, found, Subject::Bound, "请按准确数改约数，或核对准确数");
}
