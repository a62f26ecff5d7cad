//! A template and figures → a report: the only place where marked text and document are made together.

pub mod located;

use std::cell::RefCell;
use std::sync::Arc;

use crate::diag::{Diagnostic, Problems};
use crate::document::picture::{FOLDER, MISSING};
use crate::document::{self, Document, Picture};
use crate::figures::Figures;
use crate::marked::Marked;
use crate::template::{self, Templates};

/// What becomes of facts that are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps {
    /// They are errors.
    Refuse,
    /// They stand as 【待填】.
    Show,
}

/// Finds the picture file of a name. One that is not there is a problem of the rule [`MISSING`].
pub type Pictures<'p> = dyn Fn(&str) -> Result<Arc<Picture>, Diagnostic> + 'p;

/// A report.
#[derive(Debug, Clone)]
pub struct Report {
    /// As marked text, with what was remarked on the way and what is missing.
    pub marked: Marked,
    /// As a document.
    pub document: Document,
}

/// Renders the template of this name with the pictures that it names.
///
/// # Errors
/// Everything that hinders it, not only the first.
pub fn of(
    templates: &Templates,
    name: &str,
    figures: &Figures,
    gaps: Gaps,
    pictures: &Pictures<'_>,
) -> Result<Report, Problems> {
    let mut marked = template::render(templates, name, figures, gaps == Gaps::Show)?;
    let sought = Sought::new(templates, name, gaps, pictures);
    let document = document::build(&marked, &|name| sought.find(name))?;
    marked.missing.extend(sought.missing.into_inner());
    Ok(Report { document, marked })
}

/// The pictures of a report, sought for a template.
pub(in crate::report) struct Sought<'s> {
    templates: &'s Templates,
    /// The name of the template.
    name: &'s str,
    gaps: Gaps,
    pictures: &'s Pictures<'s>,
    /// Those that a draft lacks.
    missing: RefCell<Vec<String>>,
}

impl<'s> Sought<'s> {
    fn new(templates: &'s Templates, name: &'s str, gaps: Gaps, pictures: &'s Pictures<'s>) -> Sought<'s> {
        Sought { templates, name, gaps, pictures, missing: RefCell::default() }
    }

    /// The picture of a name; nothing for one that is missing in a draft.
    fn find(&self, name: &str) -> Result<Option<Arc<Picture>>, Diagnostic> {
        match (self.pictures)(name) {
            Ok(picture) => Ok(Some(picture)),
            Err(problem) if problem.rule == MISSING && self.gaps == Gaps::Show => {
                self.missing.borrow_mut().push(format!("{FOLDER}/{name}"));
                Ok(None)
            }
            Err(problem) => Err(match self.templates.place_of(self.name, &format!("图片（{name}")) {
                Some(place) => problem.at(&place),
                None => problem,
            }),
        }
    }
}
