//! A part above its total, more done than there was to do.

use super::registry_check;
use crate::check::{Case, Findings, Rule, Run};
use crate::diag::Level;
use crate::figures::verify::Subject;

/// 不超过 of the registry.
pub(super) const RULE: Rule =
    Rule { name: "fact-above", level: Level::Error, page: include_str!("above.md"), run: Run::Facts(run) };

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    registry_check(
        project,
        found,
        Subject::Above,
        "请核对这两个数；确实没错时，请改 facts/指标.yaml 里的“不超过”",
    );
}
