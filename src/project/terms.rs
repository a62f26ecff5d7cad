//! `提法.yaml` beside `facts/`: the wordings that an office keeps itself, in the form of the program's own.

use std::path::Path;
use std::sync::Arc;

use crate::check::Terms;
use crate::diag::{Diagnostic, Problems, Source};
use crate::facts::read;

const FILE: &str = "提法.yaml";

/// The wordings of a project; none where it has no such file.
///
/// # Errors
/// An entry is wrong.
pub fn load(project: &Path) -> Result<Terms, Problems> {
    let path = project.join(FILE);
    if !path.exists() {
        return Ok(Terms::default());
    }
    let (source, _) = read::named(&path, FILE.to_owned())?;
    parse(&source)
}

/// What the text of `提法.yaml` says.
///
/// # Errors
/// An entry is wrong.
pub fn parse(source: &Arc<Source>) -> Result<Terms, Problems> {
    Terms::parse(&source.text).map_err(|why| {
        Diagnostic::error("own-terms", format!("“{FILE}”：{why}"))
            .hint("写法见《检查》手册里的“本单位的提法”")
            .into()
    })
}
