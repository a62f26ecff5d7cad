//! Two offices count the same each in its way, and the two lie too far apart.

use super::super::prelude::*;
use super::registry_check;
use crate::figures::verify::Subject;

/// 相近 of the registry.
pub(super) const RULE: Rule = Rule::facts("fact-near", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    registry_check(
        project,
        found,
        Subject::Near,
        "请核对两边的口径和数；差得有道理的，请放宽 facts/指标.yaml 里的“相近”",
    );
}
