//! Rules: facts that agree, templates without typed figures, prose that is clean.
//!
//! A rule is one small file beside one page; `rules` lists them, [`prose`] and [`project`] run them,
//! `fix` repairs what is mechanical, `page` takes the pages apart for `explain` and for the tests.

mod aside;
mod case;
pub mod fix;
mod gaps;
pub mod gate;
mod grid;
pub mod origin;
pub mod page;
mod prose;
mod rule;
pub mod rules;

pub use aside::{Aside, Confirmed, Exceptions, Off};
pub use case::Case;
pub use grid::Grid;
pub use prose::{LineKind, Prose, ProseLine, after, before, block_at, kind};
pub use rule::{Findings, Rule, Run};
pub use rules::wording::Terms;

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diag::{Diagnostic, Level};
use crate::diff::facts::FactChange;
use crate::figures::Figures;
use crate::template::Templates;
pub use crate::zh::name::is_han;

/// Runs every rule on a finished text.
pub fn prose(prose: &Prose) -> Vec<Diagnostic> {
    let rules: Vec<&Rule> = rules::all().filter(|rule| matches!(rule.run, Run::Prose(_))).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(rule) = rules.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(run_prose(rule, prose));
        }
        found
    };
    // Most of the time goes into patterns that are built once a process; rules do not know of each other.
    let found = std::thread::scope(|scope| {
        let helper = scope.spawn(work);
        let mut found = work();
        found.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        found
    });
    sorted(found)
}

/// Holds a finished text against the wordings that an office keeps itself, by the rule `term`.
pub fn own_terms(prose: &Prose, terms: &Terms) -> Vec<Diagnostic> {
    let Some(rule) = rules::all().find(|rule| rule.name == "term") else { return Vec::new() };
    let mut findings = Findings::new(rule);
    terms.check(prose, &mut findings);
    let mut found = findings.into_inner();
    gaps::settled(rule, prose, &mut found);
    found
}

/// Runs one rule on a finished text; a rule on facts or templates finds nothing there.
pub fn run_prose(rule: &Rule, prose: &Prose) -> Vec<Diagnostic> {
    let mut findings = Findings::new(rule);
    if let Run::Prose(run) = rule.run {
        run(prose, &mut findings);
    }
    let mut found = findings.into_inner();
    gaps::settled(rule, prose, &mut found);
    found
}

/// Runs every rule on the facts and templates of a project.
pub fn project(project: &Case<'_>) -> Vec<Diagnostic> {
    let found = rules::all().flat_map(|rule| run_project(rule, project));
    sorted(found.collect())
}

/// Runs the rules on facts alone, where no template is at hand: `changes` are this year's facts against last year's.
pub fn facts(figures: &Figures, changes: &[FactChange]) -> Vec<Diagnostic> {
    let Ok(templates) = Templates::from_sources(Vec::new()) else { return Vec::new() };
    let project = Case { figures, templates: &templates, changes };
    let rules = rules::all().filter(|rule| matches!(rule.run, Run::Facts(_)));
    sorted(rules.flat_map(|rule| run_project(rule, &project)).collect())
}

/// Runs one rule on a project; a rule on prose finds nothing there.
pub fn run_project(rule: &Rule, project: &Case<'_>) -> Vec<Diagnostic> {
    let mut findings = Findings::new(rule);
    match rule.run {
        Run::Facts(run) | Run::Templates(run) => run(project, &mut findings),
        Run::Prose(_) => {}
    }
    findings.into_inner()
}

/// In the order of files and lines.
fn sorted(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|left, right| {
        let place = |one: &Diagnostic| {
            one.place.as_ref().map(|place| (place.source.name.clone(), place.span.start, place.span.end))
        };
        (place(left), left.rule).cmp(&(place(right), right.rule))
    });
    found
}

/// Whether any finding is an error, or with `strict` a warning.
pub fn fails(found: &[Diagnostic], strict: bool) -> bool {
    let least = if strict { Level::Warning } else { Level::Error };
    found.iter().any(|problem| problem.level >= least)
}
