//! 事实: figures that agree with each other and with last year's.

mod above;
mod bound;
mod date;
mod duplicate;
mod falls;
mod formula;
mod growth;
mod member;
mod near;
mod negative;
mod parts;
mod range;
mod rate;
mod same;
mod slip;
mod source;
mod sum;
mod swing;
mod unverified;
mod whole;
mod zero;

use crate::check::{Case, Findings, Rule};
use crate::diag::About;
use crate::diff::facts::{FactChange, Flag};
use crate::facts::value::Fact;
use crate::figures::value_text;
use crate::figures::verify::{Subject, failures};

rules![
    above, sum, parts, falls, near, bound, range, rate, whole, negative, growth, formula, slip, swing, zero,
    same, unverified, source, date, member, duplicate
];

/// A fact as what somebody may confirm.
fn about(fact: &Fact) -> About {
    About { path: fact.path.clone(), year: fact.year, value: value_text(&fact.value) }
}

/// The facts of the report's year.
pub(super) fn of_year<'p>(project: &Case<'p>) -> impl Iterator<Item = &'p Fact> {
    let facts = project.figures.facts();
    facts
        .years
        .get(&project.figures.period())
        .into_iter()
        .flat_map(|year| year.facts.values())
        .map(|fact| &**fact)
}

/// Says every failed check of the registry on one subject.
fn registry_check(project: &Case<'_>, found: &mut Findings<'_>, subject: Subject, hint: &'static str) {
    for failure in failures(project.figures).into_iter().filter(|failure| failure.subject == subject) {
        let about = About { path: failure.path, year: failure.year, value: failure.value };
        found.fact(failure.place.as_ref(), about, failure.message, hint);
    }
}

/// Says every change against last year that carries a flag.
fn changes(
    project: &Case<'_>,
    found: &mut Findings<'_>,
    flagged: impl Fn(&FactChange, Flag) -> bool,
    message: impl Fn(&FactChange) -> String,
    hint: &'static str,
) {
    let (facts, year) = (project.figures.facts(), project.figures.period());
    for change in
        project.changes.iter().filter(|change| change.flags.iter().any(|flag| flagged(change, *flag)))
    {
        let fact = facts.get(&change.path, year);
        let indicator = facts.registry.indicators.get(&change.path);
        let place = fact.map(|fact| &fact.place).or(indicator.and_then(|indicator| indicator.place.as_ref()));
        let value = change.now.as_ref().map(|said| said.text.clone()).unwrap_or_default();
        let about = About { path: change.path.clone(), year, value };
        found.fact(place, about, message(change), hint);
    }
}

/// `12次，上年是10次`.
fn both(change: &FactChange) -> String {
    let text = |said: &Option<crate::diff::facts::Said>| {
        said.as_ref().map(|said| said.text.clone()).unwrap_or_default()
    };
    format!("“{}”今年是{}，上年是{}", change.path, text(&change.now), text(&change.then))
}
