//! A figure outside the range that the registry gives.

use super::super::prelude::*;
use super::registry_check;
use crate::figures::verify::Subject;

/// 范围 of the registry.
pub(super) const RULE: Rule = Rule::facts("fact-range", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    registry_check(
        project,
        found,
        Subject::Range,
        "请核对这个数；确实没错时，请改 facts/指标.yaml 里的“范围”",
    );
}
