//! A figure that fell to nothing.

use super::super::prelude::*;
use super::{both, changes};
use crate::diff::facts::{FactChange, Flag};

/// Practice: nothing in place of something is rarely true.
pub(super) const RULE: Rule = Rule::facts("fact-zero", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let fell = |_: &FactChange, flag: Flag| flag == Flag::Zero;
    changes(project, found, fell, both, "请核对是不是还没有填；确实是零时，请确认属实");
}
