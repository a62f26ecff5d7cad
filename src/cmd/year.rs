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
    ui.say(&format!("已按{}的样子写好 {}", rolled.from, rolled.file));
    ui.say(&format!(
        "待填{}处，待核{}处。填一处少一处；没填完时用 huibao render --draft 看草稿。",
        rolled.blank, rolled.unverified
    ));
    if let Some(before) = project.unissued_before(arguments.year) {
        ui.say(&format!(
            "{before}还没有定稿。报告已经报出的，请用 huibao issue {} 存下，以后改模板也不会动它。",
            before.stem()
        ));
    }
    Ok(Outcome::Fine)
}
