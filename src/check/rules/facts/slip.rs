//! A figure that is off by a power of ten against last year.

use super::super::prelude::*;
use super::{both, changes};
use crate::diff::facts::{FactChange, Flag};

/// Practice: a wrong unit or a lost decimal point is off by 10, 100, 1,000 or 10,000.
pub(super) const RULE: Rule = Rule::facts("fact-slip", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let slipped = |_: &FactChange, flag: Flag| matches!(flag, Flag::Slip(_));
    let message = |change: &FactChange| {
        let slip = change.flags.iter().find(|flag| matches!(flag, Flag::Slip(_)));
        format!("{}，{}", both(change), slip.map(|flag| flag.label()).unwrap_or_default())
    };
    changes(project, found, slipped, message, "请核对单位和小数点；确实没错时，请确认属实");
}
