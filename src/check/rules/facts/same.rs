//! A flow that is exactly last year's.

use super::super::prelude::*;
use super::{both, changes};
use crate::diff::facts::{FactChange, Flag};
use crate::facts::registry::IndicatorKind;

/// Practice: a figure of a whole year seldom repeats itself.
pub(super) const RULE: Rule = Rule::facts("fact-same", Level::Hint, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let figures = project.figures;
    // What does not happen does not happen again.
    let happened = |path: &str| {
        figures.figure(path, figures.period()).is_ok_and(|figure| !figure.amount.value.is_zero())
    };
    let flow = |change: &FactChange, flag: Flag| {
        flag == Flag::Same
            && figures.kind(&change.path) == Some(IndicatorKind::Flow)
            && happened(&change.path)
    };
    changes(project, found, flow, both, "请核对是不是忘了改；确实一样时，请确认属实");
}
