//! `huibao undo`: what was changed last is taken back, made again, or listed.

use std::path::Path;

use jiff::tz::TimeZone;

use super::{Done, Outcome, now};
use crate::cli::Undo;
use crate::diag::Diagnostic;
use crate::project::journal::{History, Refused, Step, StepKind};
use crate::project::texts::Text;
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Undo, ui: &Ui) -> Done {
    let project = Project::open(folder);
    let history = project.history()?;
    if arguments.list {
        return listed(&history, ui);
    }
    if history.steps.is_empty() && project.texts().iter().next().is_none() {
        let problem = Diagnostic::error("no-project", format!("“{}”里没有项目", folder.display()));
        return Err(problem.hint("请在项目文件夹里运行，或用 -C 指明项目文件夹").into());
    }
    let (done, what) = match (arguments.to, arguments.redo) {
        (Some(step), _) => (project.restore(step, now())?, format!("已还原到第{step}步做完时的样子")),
        (None, true) => (project.redo(now())?, "已重做".to_owned()),
        (None, false) => match project.undo(false, now()) {
            Err(Refused::Outside(label)) => {
                if !ui.confirm(&format!(
                    "上一步不是用本程序做的：{label}。也要撤销吗？输入 y 回车撤销，直接回车不撤销："
                )) {
                    ui.say("没有撤销。");
                    return Ok(Outcome::Found);
                }
                (project.undo(true, now())?, "已撤销".to_owned())
            }
            undone => (undone?, "已撤销".to_owned()),
        },
    };
    if let Some(step) = done.step {
        ui.say(&format!("{what}：{}（{}）", step.label, texts(&step)));
    }
    ui.say("不对的话：huibao undo 再退一步，huibao undo --redo 重做，huibao undo --list 看全部。");
    Ok(Outcome::Fine)
}

/// Every step, newest first, with the time of this computer.
fn listed(history: &History, ui: &Ui) -> Done {
    if history.steps.is_empty() {
        ui.say("还没有改动的记录。");
        return Ok(Outcome::Fine);
    }
    let zone = TimeZone::system();
    let line = |step: &Step| {
        let at = step.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let name = step.name.as_ref().map(|name| format!("【{name}】")).unwrap_or_default();
        let texts = texts(step);
        let texts = if texts.is_empty() { texts } else { format!("（{texts}）") };
        format!("{:>5}  {at}  {name}{}{}{texts}\n", step.id, prefix(step.kind), step.label)
    };
    ui.result(history.steps.iter().rev().map(line).collect::<String>().as_bytes());
    let next = |what: &str, label: &Option<String>| label.as_ref().map(|label| format!("{what}：{label}"));
    let next = [next("下一次撤销", &history.undo), next("下一次重做", &history.redo)];
    next.into_iter().flatten().for_each(|line| ui.say(&line));
    Ok(Outcome::Fine)
}

fn prefix(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Undo => "撤销：",
        StepKind::Redo => "重做：",
        StepKind::Restore => "还原到：",
        StepKind::Edit | StepKind::Outside | StepKind::Mark => "",
    }
}

fn texts(step: &Step) -> String {
    let names = step.turns.keys().filter_map(|id| Text::parse(id)).map(|text| text.name());
    names.collect::<Vec<_>>().join("、")
}
