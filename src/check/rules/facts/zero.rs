//! A figure that fell to nothing.

use super::{both, changes};
use crate::check::{Case, Findings, Rule, Run};
use crate::diag::Level;
use crate::diff::facts::{FactChange, Flag};

/// Practice: nothing in place of something is rarely true.
pub(super) const RULE: Rule =
    Rule { name: "fact-zero", level: Level::Warning, page: include_str!("zero.md"), run: Run::Facts(run) };

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let fell = |_: &FactChange, flag: Flag| flag == Flag::Zero;
    changes(project, found, fell, both, "请核对是不是还没有填；确实是零时，请确认属实");
}
