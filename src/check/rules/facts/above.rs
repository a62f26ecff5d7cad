//! A part above its total, more done than there was to do.

use super::super::prelude::*;
use super::registry_check;
use crate::figures::verify::Subject;

/// 不超过 of the registry.
pub(super) const RULE: Rule = Rule::facts("fact-above", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    registry_check(
        project,
        found,
        Subject::Above,
        "请核对这两个数；确实没错时，请改 facts/指标.yaml 里的“不超过”",
    );
}
