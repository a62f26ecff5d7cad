//! Parts that should add up and do not, a share that does not follow.

use super::super::prelude::*;
use super::registry_check;
use crate::figures::verify::Subject;

/// 等于 of the registry.
pub(super) const RULE: Rule = Rule::facts("fact-sum", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    registry_check(
        project,
        found,
        Subject::Differs,
        "请核对两边的数；确实没错时，请改 facts/指标.yaml 里的“等于”",
    );
}
