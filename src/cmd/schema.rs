//! `huibao schema`: the JSON Schema of the fact files.

use std::path::Path;

use super::{Done, deliver};
use crate::cli::Schema;
use crate::facts::schema;
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Schema, ui: &Ui) -> Done {
    let project = Project::open(folder);
    let text = format!("{:#}\n", schema::schema(&project.facts()?.registry));
    deliver(arguments.output.as_deref(), text.as_bytes(), ui)
}
