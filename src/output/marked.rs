//! The report with `⟦path⟧` before every figure: what to read when a number surprises.

use super::md;
use crate::document::{Document, Inline};

/// The report with its trail in the open.
pub(super) fn write(document: &Document) -> String {
    md::blocks(document, "", &|inline| say(document, inline))
}

fn say(document: &Document, inline: &Inline) -> String {
    match inline {
        Inline::Text(text) | Inline::Missing(text) => text.clone(),
        Inline::Figure { trail, text } => format!("⟦{}⟧{text}", origin(document, *trail)),
        Inline::Changed { change, inline } => md::tagged(*change, &say(document, inline)),
        Inline::Noted { inline, .. } => say(document, inline),
    }
}

/// The distinct paths of a trail, or how it was made where no fact is behind it.
fn origin(document: &Document, trail: usize) -> String {
    let Some(trail) = document.trails.get(trail) else { return String::new() };
    let mut paths: Vec<&str> = Vec::new();
    for fact in trail.facts.iter() {
        if !paths.contains(&fact.path.as_str()) {
            paths.push(&fact.path);
        }
    }
    if paths.is_empty() { trail.derivation.clone() } else { paths.join("、") }
}
