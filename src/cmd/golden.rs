//! `huibao golden`: reports against the samples that were approved.

use std::path::Path;

use super::{Done, Outcome, written};
use crate::cli::Golden;
use crate::project::golden::{self, Verdict};
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Golden, ui: &Ui) -> Done {
    let project = Project::open(folder);
    let samples = golden::samples(&project, arguments.bless)?;
    if arguments.bless {
        written(&project, &golden::edits(&project, &samples), "更新样稿")?;
    }
    let mut outcome = Outcome::Fine;
    for sample in samples {
        let name = format!("golden/{}", sample.name);
        match sample.verdict() {
            Verdict::Same => ui.say(&format!("一致  {name}")),
            Verdict::Issued if !arguments.bless => ui.say(&format!("已定稿，不再比对  {name}")),
            Verdict::Issued => ui.say(&format!("已定稿，没有改  {name}")),
            Verdict::Unfinished => ui.say(&format!("还不能生成，没有存  {name}")),
            Verdict::Differs(_) if arguments.bless => ui.say(&format!("已更新  {name}")),
            Verdict::Differs(difference) => {
                outcome = Outcome::Found;
                ui.say(&format!("有差异  {name}"));
                ui.result(difference.as_bytes());
            }
        }
    }
    if outcome == Outcome::Found {
        ui.say("如果现在的结果是对的，请用 huibao golden --bless 更新样稿。");
    }
    Ok(outcome)
}
