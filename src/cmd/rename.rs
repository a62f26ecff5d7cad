//! `huibao rename`: names, units, kinds, 口径 and 主键 are changed, and everything follows.

use std::path::Path;

use super::{Done, Outcome, written};
use crate::cli::Rename;
use crate::diag::{Diagnostic, Problems};
use crate::project::rename::{Change, Field, Planned, places, planned};
use crate::project::value::Project;
use crate::ui::Ui;

/// Lines of reports that are shown.
const SHOWN: usize = 10;

pub(super) fn run(folder: &Path, arguments: &Rename, ui: &Ui) -> Done {
    let project = Project::open(folder);
    let changes = changes(&project, arguments)?;
    let planned = planned(&project, &changes)?;
    if planned.edits.is_empty() {
        ui.say("和现在的一样，没有要改的。");
        return Ok(Outcome::Fine);
    }
    say(&planned, ui);
    if let Some(new) = arguments.new.as_ref().filter(|_| arguments.split && arguments.place.is_empty()) {
        list_places(&project, &arguments.old, new, ui);
    }
    if arguments.dry_run {
        ui.say("还没有改；去掉 --dry-run 就改。");
        return Ok(Outcome::Fine);
    }
    written(&project, &planned.edits, &planned.label)?;
    ui.say("已改好。不对的话：huibao undo 退回去。");
    Ok(Outcome::Fine)
}

/// What is asked for, the name last: until then everything goes by the old one.
fn changes(project: &Project, arguments: &Rename) -> Result<Vec<Change>, Problems> {
    let path = arguments.old.trim().to_owned();
    let mut changes = Vec::new();
    if let Some(unit) = &arguments.unit {
        let (relabel, together) = (arguments.relabel, arguments.together);
        changes.push(Change::Unit { path: path.clone(), unit: unit.clone(), relabel, together });
    }
    changes.extend(arguments.kind.map(|kind| Change::Kind { path: path.clone(), kind }));
    let fields = [(Field::Definition, &arguments.definition), (Field::Source, &arguments.source)];
    let said = fields.into_iter().filter_map(|(field, words)| Some((field, words.clone()?)));
    changes.extend(said.map(|(field, words)| Change::Field { path: path.clone(), field, words }));
    changes.extend(arguments.key.clone().map(|column| Change::Key { ledger: path.clone(), column }));
    if let Some(new) = &arguments.new {
        let new = new.trim().to_owned();
        changes.push(match (arguments.merge, arguments.split) {
            (true, _) => Change::Merge { from: path, into: new },
            (_, true) => Change::Split {
                path,
                new,
                places: arguments.place.clone(),
                years: arguments.years.clone(),
                moved: arguments.moved,
            },
            _ => Change::of_name(project, &path, &new),
        });
    }
    match changes.is_empty() {
        false => Ok(changes),
        true => Err(Diagnostic::error("nothing-asked", "没有写要改什么")
            .hint("改名写新的名称：huibao rename 旧名 新名；改别的见 huibao rename --help")
            .into()),
    }
}

/// What changes, in words.
fn say(planned: &Planned, ui: &Ui) {
    ui.say(&format!("{}：", planned.label));
    for touched in &planned.touched {
        ui.say(&format!("  {}：{}处", touched.what, touched.places));
        for (old, new) in &touched.examples {
            ui.say(&format!("    {old}  →  {new}"));
        }
    }
    match planned.reworded.len() {
        0 => ui.say("各年的报告一个字也不变。"),
        count => ui.say(&format!("报告里有{count}处会变：")),
    }
    for line in planned.reworded.iter().take(SHOWN) {
        ui.say(&format!("  {}“{}”：{}  →  {}", line.year, line.report, line.old, line.new));
    }
    if planned.reworded.len() > SHOWN {
        ui.say(&format!("  ……还有{}处", planned.reworded.len() - SHOWN));
    }
    planned.notes.iter().for_each(|note| ui.say(note));
}

/// Where the templates name an indicator.
fn list_places(project: &Project, path: &str, new: &str, ui: &Ui) {
    let places = places(project, path.trim());
    if places.is_empty() {
        return;
    }
    ui.say(&format!(
        "模板里用到它的地方（要让哪一处改用新的：huibao rename {path} {new} --split --place 编号）："
    ));
    for (index, place) in places.iter().enumerate() {
        ui.say(&format!("  {}. “{}”：{}", index + 1, place.report, place.words));
    }
}
