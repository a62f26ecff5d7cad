//! Facts carried over from last year that nobody has confirmed.

use super::super::prelude::*;
use super::{about, of_year};

/// 待核, as `huibao year` sets it.
pub(super) const RULE: Rule = Rule::facts("fact-unverified", Level::Warning, run);

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for fact in of_year(project).filter(|fact| fact.unverified) {
        let about = about(fact);
        let message = format!("“{}”沿用了上年的{}，还没有核对", fact.path, about.value);
        found.fact(
            Some(&fact.place),
            about,
            message,
            "变了的填新的数；没有变的，删去“待核: 是”，或在网页上点“属实”",
        );
    }
}
