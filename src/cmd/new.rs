//! `huibao new`: a small project that renders at once, or one with the kinds of reports that are asked for.

use std::path::Path;

use super::{Done, Outcome};
use crate::cli::New;
use crate::diag::Diagnostic;
use crate::project::founding::NewFile;
use crate::project::kinds::{KINDS, Kind};
use crate::project::value::Project;
use crate::project::{founding, kinds, starter};
use crate::ui::Ui;

pub(super) fn run(arguments: &New, ui: &Ui) -> Done {
    let asked = arguments.kind.as_deref().unwrap_or_default();
    let Some(folder) = arguments.folder.as_deref() else {
        return match asked {
            [] => listed(ui),
            _ => Err(Diagnostic::error("no-folder", "没有写放在哪个文件夹")
                .hint("例如 huibao new 青石镇 --kind 党建工作总结")
                .into()),
        };
    };
    if arguments.kind.is_some() && asked.is_empty() {
        return listed(ui);
    }
    let mut chosen: Vec<Kind> = Vec::new();
    for words in asked {
        let kind = kinds::named(words)?;
        if !chosen.contains(&kind) {
            chosen.push(kind);
        }
    }
    match chosen.as_slice() {
        [] => founded(folder, &starter::small(), None, ui),
        chosen if Project::open(folder).texts().is_project() => added(folder, chosen, ui),
        chosen => founded(folder, &kinds::files(chosen)?, Some(chosen), ui),
    }
}

/// Every kind with a line.
fn listed(ui: &Ui) -> Done {
    let lines: String = KINDS.iter().map(|kind| format!("{}\n    {}\n", kind.name, kind.about)).collect();
    ui.result(lines.as_bytes());
    ui.say("用法：huibao new 文件夹 --kind 名称；文件夹里已有项目的，加进那个项目。");
    Ok(Outcome::Fine)
}

fn founded(folder: &Path, files: &[NewFile], kinds: Option<&[Kind]>, ui: &Ui) -> Done {
    let files = founding::create(folder, files, "请换一个新的文件夹名；已有的文件不会被改动")?;
    files.iter().for_each(|file| ui.say(&format!("已写好 {}", folder.join(file).display())));
    if kinds.is_some() {
        ui.say("里面的单位、人名、数字都是示例，请换成自己的；没有的工作，把模板里那几句删去。");
    }
    let what = match kinds {
        Some([only]) => format!("render {} -o {}.docx", only.template, only.template),
        Some(_) => "render --all".to_owned(),
        None => "render -o 汇报.docx".to_owned(),
    };
    ui.say(&format!("现在可以生成报告：huibao -C {} {what}", folder.display()));
    Ok(Outcome::Fine)
}

/// Adds kinds to the project of a folder.
fn added(folder: &Path, chosen: &[Kind], ui: &Ui) -> Done {
    let project = Project::open(folder);
    let edits = kinds::add(&project, chosen)?;
    let names: Vec<&str> = chosen.iter().map(|kind| kind.name).collect();
    let texts: Vec<String> = edits.iter().map(|(text, _)| text.name()).collect();
    if texts.is_empty() {
        ui.say(&format!("{}已经在这个项目里了，没有改动。", names.join("、")));
        return Ok(Outcome::Fine);
    }
    super::written(&project, &edits, &format!("加上{}", names.join("、")))?;
    texts.iter().for_each(|text| ui.say(&format!("已改好 {}", folder.join(text).display())));
    ui.say(&format!("还没有的事实留着空，等着填：huibao -C {} check", folder.display()));
    Ok(Outcome::Fine)
}
