//! A half that is not the sum of its months, a year that is not its halves.

use super::super::prelude::*;
use super::registry_check;
use crate::figures::verify::Subject;

/// 汇总 of the registry.
pub(super) const RULE: Rule = Rule::facts("fact-parts", Level::Error, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    registry_check(
        project,
        found,
        Subject::Parts,
        "请核对各期的数；本来就不是相加得来的，请改 facts/指标.yaml 里的“汇总”",
    );
}
