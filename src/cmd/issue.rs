//! `huibao issue`: a report that was sent is kept as it was, whatever becomes of facts and templates.

use std::path::Path;

use super::{Done, Outcome, today, written};
use crate::cli::Issue;
use crate::diag::{Diagnostic, Problems};
use crate::document::issued::day;
use crate::period::Period;
use crate::project::draft;
use crate::project::issued::{self, Kept};
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Issue, ui: &Ui) -> Done {
    let project = Project::open(folder);
    if arguments.list {
        return listed(&project, arguments, ui);
    }
    let (year, file) = what(&project, arguments)?;
    let read = match file {
        Some(file) => Some((draft::name(file), draft::read(file)?)),
        None => None,
    };
    if let Some((_, read)) = &read {
        ui.problems(&read.warnings);
    }
    let on = match &arguments.date {
        Some(date) => date.parse().map_err(|_| Diagnostic::error("wrong-day", crate::cli::DAY))?,
        None => today(),
    };
    let how = issued::Issue {
        file: read.as_ref().map(|(name, read)| (name.as_str(), read)),
        on,
        again: arguments.again.as_deref(),
    };
    let edits = project.issue(arguments.template.as_deref(), year, how)?;
    written(&project, &edits, &format!("{year}定稿"))?;
    for (text, _) in edits.iter() {
        ui.say(&format!("已定稿（{}）：{}", day(on), text.name()));
    }
    ui.say("以后的对比、花脸稿、生成都用这一份；改事实、改模板都不会动它。");
    Ok(Outcome::Fine)
}

/// What was issued when, the newest period first; of one year, where it is named.
fn listed(project: &Project, arguments: &Issue, ui: &Ui) -> Done {
    let asked = match arguments.year.as_deref() {
        Some(word) => Some(Period::read(word).ok_or_else(|| no_year(word))?),
        None => None,
    };
    let kept: Vec<Kept> =
        project.all_issued().into_iter().filter(|kept| asked.is_none_or(|year| year == kept.of)).collect();
    if kept.is_empty() {
        ui.say("还没有定稿。报告报出以后，用 huibao issue 存下。");
    }
    let lines: String = kept.iter().map(|kept| format!("{}\n", kept.line())).collect();
    ui.result(lines.as_bytes());
    Ok(Outcome::Fine)
}

fn no_year(word: &str) -> Problems {
    let problem = Diagnostic::error("wrong-year", format!("“{word}”不是年度"));
    problem.hint("年度写成 2024、2024上半年 这样，例如 huibao issue 2024 定稿.docx").into()
}

/// The year and the file: what is no year is a file.
fn what<'a>(project: &Project, arguments: &'a Issue) -> Result<(Period, Option<&'a Path>), Problems> {
    let first = arguments.year.as_deref();
    match (first.and_then(Period::read), first, &arguments.file) {
        (Some(year), _, file) => Ok((year, file.as_deref())),
        (None, Some(file), None) => Ok((project.period(None)?, Some(Path::new(file)))),
        (None, None, None) => Ok((project.period(None)?, None)),
        (None, Some(word), Some(_)) => Err(no_year(word)),
        (None, None, Some(file)) => Ok((project.period(None)?, Some(file))),
    }
}
