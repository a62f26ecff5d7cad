//! `huibao schema`: the JSON Schema of the fact files.

use std::path::Path;

use super::{Done, deliver};
use crate::cli::Schema;
use crate::facts::{self, schema};
use crate::ui::Ui;

pub(super) fn run(project: &Path, arguments: &Schema, ui: &Ui) -> Done {
    let facts = facts::load(project, None)?;
    let text = format!("{:#}\n", schema::schema(&facts.registry));
    deliver(arguments.output.as_deref(), text.as_bytes(), ui)
}
