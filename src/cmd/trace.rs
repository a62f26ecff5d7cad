//! `huibao trace`: where every number comes from.

use std::path::Path;

use super::{Done, Outcome, deliver, document};
use crate::cli::{Trace, TraceFormat};
use crate::trace::trace;
use crate::ui::Ui;

pub(super) fn run(project: &Path, arguments: &Trace, ui: &Ui) -> Done {
    let (document, marked) = document(project, arguments.year, arguments.template.as_deref(), true)?;
    let trace = trace(&document);
    let text = match arguments.format {
        TraceFormat::Text => trace.table(),
        TraceFormat::Json => format!("{:#}\n", trace.to_json(&marked.template, marked.year)),
    };
    deliver(arguments.output.as_deref(), text.as_bytes(), ui)?;
    Ok(if trace.untraced.is_empty() { Outcome::Fine } else { Outcome::Found })
}
