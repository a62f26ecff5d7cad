//! A template and figures → a report: the only place where marked text and document are made together.

pub mod located;

use crate::diag::Problems;
use crate::document::{self, Document};
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

/// A report.
#[derive(Debug, Clone)]
pub struct Report {
    /// As marked text, with what was remarked on the way and what is missing.
    pub marked: Marked,
    /// As a document.
    pub document: Document,
}

/// Renders the template of this name.
///
/// # Errors
/// Everything that hinders it, not only the first.
pub fn of(templates: &Templates, name: &str, figures: &Figures, gaps: Gaps) -> Result<Report, Problems> {
    let marked = template::render(templates, name, figures, gaps == Gaps::Show)?;
    Ok(Report { document: document::build(&marked)?, marked })
}
