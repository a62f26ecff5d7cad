//! A figure that changed very much against last year.

use super::super::prelude::*;
use super::{both, changes};
use crate::diff::facts::{FactChange, Flag};

/// Practice: a swing above the project's threshold is looked at twice.
pub(super) const RULE: Rule = Rule::facts("fact-swing", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let swung = |_: &FactChange, flag: Flag| matches!(flag, Flag::Swing(_));
    let message = |change: &FactChange| format!("{}，变化{}", both(change), change.rate_words());
    changes(project, found, swung, message, "请核对；确实没错时，请确认属实，说明里写上原因");
}
