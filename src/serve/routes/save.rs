//! How a text is read for a change and written back.

use axum::Json;
use serde_json::json;

use crate::diag::Diagnostic;
use crate::project::journal::Edit;
use crate::project::texts::{Revision, Text};
use crate::project::value::Project;
use crate::serve::error::Answer;
use crate::serve::state::{App, now};
use crate::zh::encoding;

/// A text as it is now.
pub struct Current {
    /// Its bytes.
    pub bytes: Vec<u8>,
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
    let bytes = project.texts().get(text).map(|stored| stored.bytes().to_vec()).unwrap_or_default();
    let Some((content, _)) = encoding::decode(&bytes) else {
        return Err(Diagnostic::error("unknown-encoding", format!("{} 的编码认不出来", text.name()))
            .hint("请用记事本打开，另存为“UTF-8”编码")
            .into());
    };
    Ok(Current { revision: Revision::of(&bytes), text: content, bytes })
}

/// Writes a text in the encoding that it has.
///
/// # Errors
/// It changed meanwhile, or the disk refuses.
pub fn commit(app: &App, text: Text, current: &Current, edited: &str, label: &str) -> Answer {
    let bytes = encoding::encode(edited, &current.bytes);
    let revision = Revision::of(&bytes);
    let edit = Edit { text, base: Some(current.revision.clone()), bytes: Some(bytes) };
    let step = app.journal().commit(&[edit], label, now())?;
    Ok(Json(json!({"revision": revision.as_str(), "step": step.map(|step| step.id), "label": label})))
}
