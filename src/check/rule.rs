//! What a rule is, and how it says what it found.

use std::ops::Range;
use std::sync::Arc;

use super::case::Case;
use super::prose::Prose;
use crate::diag::{About, Diagnostic, Fix, Hint, Level, Place, Source};

/// One rule. Its file holds the code, the page beside it says what it is for, with wrong and right cases
/// that are run as its test.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable English name, `pun-half`; the part before the first `-` is its group.
    pub name: &'static str,
    /// How grave its findings are.
    pub level: Level,
    /// The page, Markdown.
    pub page: &'static str,
    /// What it does.
    pub run: Run,
}

impl Rule {
    /// A rule on finished texts.
    pub const fn prose(name: &'static str, level: Level, run: fn(&Prose, &mut Findings<'_>)) -> Rule {
        Rule { name, level, page: "", run: Run::Prose(run) }
    }

    /// A rule on the facts of a project.
    pub const fn facts(name: &'static str, level: Level, run: fn(&Case<'_>, &mut Findings<'_>)) -> Rule {
        Rule { name, level, page: "", run: Run::Facts(run) }
    }

    /// A rule on the templates of a project, not rendered.
    pub const fn templates(name: &'static str, level: Level, run: fn(&Case<'_>, &mut Findings<'_>)) -> Rule {
        Rule { name, level, page: "", run: Run::Templates(run) }
    }

    /// The same with its page.
    pub const fn with_page(self, page: &'static str) -> Rule {
        Rule { page, ..self }
    }
}

/// What a rule reads.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// A finished text.
    Prose(fn(&Prose, &mut Findings<'_>)),
    /// The facts of a project.
    Facts(fn(&Case<'_>, &mut Findings<'_>)),
    /// The templates of a project, not rendered.
    Templates(fn(&Case<'_>, &mut Findings<'_>)),
}

/// Collects what one rule finds.
#[derive(Debug)]
pub struct Findings<'r> {
    rule: &'r Rule,
    found: Vec<Diagnostic>,
}

impl<'r> Findings<'r> {
    /// An empty collection for a rule.
    pub fn new(rule: &'r Rule) -> Findings<'r> {
        Findings { rule, found: Vec::new() }
    }

    /// Something is wrong at a place: one sentence without 。 that says what, and one that says what to do.
    pub fn say(&mut self, place: &Place, message: impl Into<String>, hint: impl Into<Hint>) {
        self.found.push(Diagnostic::new(self.rule.name, self.rule.level, message).at(place).hint(hint));
    }

    /// Something is to be looked at in a fact; somebody may confirm that it is as it is.
    pub fn fact(
        &mut self,
        place: Option<&Place>,
        about: About,
        message: impl Into<String>,
        hint: impl Into<Hint>,
    ) {
        let mut problem = Diagnostic::new(self.rule.name, self.rule.level, message).hint(hint);
        problem.place = place.cloned();
        problem.about = Some(about);
        self.found.push(problem);
    }

    /// The same in a text, by its bytes.
    pub fn at(
        &mut self,
        source: &Arc<Source>,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<Hint>,
    ) {
        self.say(&Place::new(source, span), message, hint);
    }

    /// Something is wrong that a machine can mend: `span` becomes `new`.
    pub fn fix(
        &mut self,
        source: &Arc<Source>,
        span: Range<usize>,
        new: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<Hint>,
    ) {
        let fix = Fix { span: span.clone(), new: new.into() };
        let problem = Diagnostic::new(self.rule.name, self.rule.level, message);
        let problem = problem.at(&Place::new(source, span)).hint(hint);
        self.found.push(Diagnostic { fix: Some(fix), ..problem });
    }

    /// Gives the last finding a repair that reaches beyond its place.
    pub fn mend(&mut self, span: Range<usize>, new: impl Into<String>) {
        if let Some(last) = self.found.last_mut() {
            last.fix = Some(Fix { span, new: new.into() });
        }
    }

    /// What was found.
    pub fn into_inner(self) -> Vec<Diagnostic> {
        self.found
    }
}
