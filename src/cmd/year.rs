//! `huibao year`: the fact file of a new year from the one before.

use std::path::Path;

use super::{Done, Outcome, written};
use crate::cli::Year;
use crate::project::rollover;
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(project: &Path, arguments: &Year, ui: &Ui) -> Done {
    let project = Project::open(project);
    let (rolled, edits) = rollover::edits(&project, arguments.year)?;
    written(&project, &edits, &format!("新建{}", arguments.year))?;
    ui.say(&format!("已按{}年的样子写好 {}", rolled.from, rolled.file));
    ui.say(&format!(
        "待填{}处，待核{}处。填一处少一处；没填完时用 huibao render --draft 看草稿。",
        rolled.blank, rolled.unverified
    ));
    Ok(Outcome::Fine)
}
