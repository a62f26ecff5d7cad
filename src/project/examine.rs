//! Every rule over a whole project: facts, templates, and the reports that they give.

use std::path::Path;

use super::{confirm, settings, terms};
use crate::check::{self, Aside, Exceptions, Project, Prose, Terms, origin};
use crate::diag::{Diagnostic, Problems};
use crate::diff;
use crate::document::Document;
use crate::facts::{self, Facts};
use crate::figures::{self, Figures};
use crate::report::{self, Gaps};
use crate::template::{self, Templates};

/// What the rules found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// What is to be looked at.
    pub findings: Vec<Diagnostic>,
    /// What was put aside, and why.
    pub aside: Vec<Aside>,
    /// What could not be checked because of errors before it.
    pub skipped: Option<&'static str>,
}

/// Examines a year of a project. Errors in facts and templates are findings like any other.
///
/// # Errors
/// There is no project here, or its settings are wrong.
pub fn examine(project: &Path, year: Option<i32>) -> Result<Examination, Problems> {
    let settings = settings::load(project)?;
    let exceptions = Exceptions { off: settings.off, confirmed: confirm::load(project)? };
    if !project.join("facts").is_dir() {
        return facts::load(project, year).map(|_| Examination::default());
    }
    let terms = terms::load(project)?;
    let (found, skipped) = match stations(project, year, settings.swing, &terms) {
        Ok(found) => (found, None),
        Err((problems, skipped)) => (problems.0, Some(skipped)),
    };
    let (findings, aside) = exceptions.apply(found);
    Ok(Examination { findings, aside, skipped })
}

type Stopped = (Problems, &'static str);

/// Station by station; an error at one hides those behind it.
fn stations(
    project: &Path,
    year: Option<i32>,
    swing: u32,
    terms: &Terms,
) -> Result<Vec<Diagnostic>, Stopped> {
    const FACTS: &str = "事实文件有错误，先改好，其余的才能接着查";
    const TEMPLATES: &str = "模板有错误，先改好，其余的才能接着查";
    let facts = facts::load(project, year).map_err(|problems| (problems, FACTS))?;
    let earlier = earlier(project, &facts);
    let figures = figures::compute(facts).map_err(|problems| (problems, FACTS))?;
    let changes = earlier.map(|earlier| diff::facts::compare(&earlier, &figures, swing)).unwrap_or_default();
    let templates = template::load(project).map_err(|problems| (problems, TEMPLATES))?;
    let mut found = notes(&figures);
    found.extend(check::project(&Project { figures: &figures, templates: &templates, changes: &changes }));
    for name in templates.names() {
        found.extend(of_report(&templates, name, &figures, terms));
    }
    Ok(found)
}

/// The figures of the year before, where there is one.
fn earlier(project: &Path, facts: &Facts) -> Option<Figures> {
    let year = facts.years.range(..facts.year).next_back()?.0;
    figures::compute(facts::load(project, Some(*year)).ok()?).ok()
}

/// What was remarked while reading; what has a rule of its own is said by that.
fn notes(figures: &Figures) -> Vec<Diagnostic> {
    let own = |note: &&Diagnostic| !matches!(note.rule, "registry-check" | "unverified");
    figures.warnings.iter().filter(own).cloned().collect()
}

/// The findings of one report: what hinders it, else what is wrong with its prose.
fn of_report(templates: &Templates, name: &str, figures: &Figures, terms: &Terms) -> Vec<Diagnostic> {
    match rendered(templates, name, figures) {
        Ok((document, mut found)) => {
            let prose = Prose::of_document(&format!("{name}（{}年，生成的正文）", figures.year()), &document);
            let mut wrong = check::prose(&prose);
            wrong.extend(check::own_terms(&prose, terms));
            found.extend(origin::to_templates(wrong, &templates.written()));
            found
        }
        // Unknown facts are said by a rule of their own.
        Err(problems) => problems.0.into_iter().filter(|problem| problem.rule != "unknown-fact").collect(),
    }
}

/// The report as a draft, with what was remarked on the way.
fn rendered(
    templates: &Templates,
    name: &str,
    figures: &Figures,
) -> Result<(Document, Vec<Diagnostic>), Problems> {
    let report = report::of(templates, name, figures, Gaps::Show)?;
    let known = |warning: &Diagnostic| !figures.warnings.contains(warning);
    Ok((report.document, report.marked.warnings.into_iter().filter(known).collect()))
}
