//! How a text is read for a change and written back.

use axum::Json;
use serde_json::json;

use crate::diag::Diagnostic;
use crate::project::stored::{Edited, Edits};
use crate::project::texts::{Revision, Text};
use crate::project::value::Project;
use crate::serve::error::Answer;
use crate::serve::state::now;
use crate::zh::encoding;

/// A text as it is now.
pub struct Current {
    /// Its revision.
    pub revision: Revision,
    /// Its content, decoded.
    pub text: String,
}

/// Reads a text.
///
/// # Errors
/// It cannot be read, or is no text.
pub fn current(project: &Project, text: &Text) -> Answer<Current> {
    let bytes = project.texts().get(text).map(|stored| &**stored.bytes()).unwrap_or_default();
    let Some((content, _)) = encoding::decode(bytes) else {
        return Err(Diagnostic::error("unknown-encoding", format!("{} 的编码认不出来", text.name()))
            .hint("请用记事本打开，另存为“UTF-8”编码")
            .into());
    };
    Ok(Current { revision: Revision::of(bytes), text: content })
}

/// Writes a text in the encoding that it has.
///
/// # Errors
/// It changed meanwhile, or the disk refuses.
pub fn commit(project: &Project, text: Text, edited: String, label: &str) -> Answer {
    let edits = Edits::one(project.texts(), text.clone(), Edited::Text(edited));
    let done = project.commit(&edits, label, now())?;
    let revision = done.project.texts().revision(&text);
    let revision = revision.as_ref().map(Revision::as_str);
    Ok(Json(json!({"revision": revision, "step": done.step.map(|step| step.id), "label": label})))
}
