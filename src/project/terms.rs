//! `提法.yaml` beside `facts/`: the wordings that an office keeps itself, in the form of the program's own.

use std::sync::Arc;

use crate::check::Terms;
use crate::diag::{Diagnostic, Problems, Source};

const FILE: &str = "提法.yaml";

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
