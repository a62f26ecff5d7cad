//! `huibao golden`: reports against the samples that were approved.

use std::path::Path;

use super::{Done, Outcome};
use crate::cli::Golden;
use crate::files;
use crate::project::golden::{self, Verdict};
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Golden, ui: &Ui) -> Done {
    let mut outcome = Outcome::Fine;
    for sample in golden::samples(&Project::open(folder), arguments.bless)? {
        match sample.verdict() {
            Verdict::Same => ui.say(&format!("一致  golden/{}", sample.name)),
            _ if arguments.bless => {
                files::write(&folder.join("golden").join(&sample.name), sample.rendered.as_bytes())?;
                ui.say(&format!("已更新  golden/{}", sample.name));
            }
            Verdict::Differs(difference) => {
                outcome = Outcome::Found;
                ui.say(&format!("有差异  golden/{}", sample.name));
                ui.result(difference.as_bytes());
            }
        }
    }
    if outcome == Outcome::Found {
        ui.say("如果现在的结果是对的，请用 huibao golden --bless 更新样稿。");
    }
    Ok(outcome)
}
