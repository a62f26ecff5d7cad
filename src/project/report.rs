//! A year's report as a draft, with everything that is shown beside it; also of texts that are being edited
//! and are not in the files yet.

use std::path::Path;
use std::sync::Arc;

use super::settings;
use crate::diag::{Problems, Source};
use crate::diff::facts::{self as changes, FactChange};
use crate::facts::{self, Facts};
use crate::figures::{self, Figures};
use crate::period::Period;
use crate::report::{self, Gaps, Report as Draft};
use crate::template::{self, Templates};

/// What a draft is made of.
#[derive(Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The year; nothing means the newest.
    pub year: Option<Period>,
    /// The template, where there are several.
    pub template: Option<&'a str>,
    /// The text of the year's fact file in place of what the file holds.
    pub facts: Option<&'a str>,
    /// The text of a template, by its name, in place of what the file holds.
    pub written: Option<(&'a str, &'a str)>,
    /// The templates of the files, where they are at hand.
    pub compiled: Option<&'a Templates>,
}

/// A year's report as far as it comes.
pub struct Report {
    /// The facts and what is computed from them.
    pub figures: Figures,
    /// The facts against those of the year before; empty where there is none.
    pub changes: Vec<FactChange>,
    /// The draft, or what hinders it.
    pub draft: Result<Draft, Problems>,
}

/// Makes the draft.
///
/// # Errors
/// The facts have errors, or there is no such year.
pub fn report(project: &Path, asked: Asked<'_>) -> Result<Report, Problems> {
    let mut texts = facts::texts(project)?;
    if let (Some(year), Some(text)) = (asked.year, asked.facts) {
        texts.years.insert(year, Arc::new(Source::new(facts::file(year), text)));
    }
    of_facts(project, texts.facts(asked.year)?, asked)
}

/// Makes the draft of facts that are at hand; what is asked for says only what they are put into.
///
/// # Errors
/// A formula cannot be computed.
pub fn of_facts(project: &Path, facts: Facts, asked: Asked<'_>) -> Result<Report, Problems> {
    let figures = figures::compute(facts)?;
    let swing = settings::load(project).unwrap_or_default().swing;
    let changes =
        earlier(&figures).map(|earlier| changes::compare(&earlier, &figures, swing)).unwrap_or_default();
    let draft = match asked.compiled.filter(|_| asked.written.is_none()) {
        Some(templates) => draft(templates, asked.template, &figures),
        None => templates(project, asked.written)
            .and_then(|templates| draft(&templates, asked.template, &figures)),
    };
    Ok(Report { figures, changes, draft })
}

/// The templates of a project, one of them perhaps as it is being edited.
///
/// # Errors
/// There is none, or any problem in any of them.
pub fn templates(project: &Path, written: Option<(&str, &str)>) -> Result<Templates, Problems> {
    let mut sources = template::sources(project)?;
    if let Some((name, text)) = written {
        sources.retain(|(known, _)| known != name);
        sources.push((name.to_owned(), Arc::new(Source::new(format!("templates/{name}.hbs"), text))));
    }
    Templates::compile(sources)
}

fn draft(templates: &Templates, template: Option<&str>, figures: &Figures) -> Result<Draft, Problems> {
    report::of(templates, templates.report(template)?, figures, Gaps::Show)
}

/// The figures of the year on file before, where there is one.
fn earlier(figures: &Figures) -> Option<Figures> {
    let facts = figures.facts();
    let before = *facts.years.range(..facts.year).next_back()?.0;
    Some(figures.of_year(before))
}
