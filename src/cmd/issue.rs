//! `huibao issue`: a report that was sent is kept as it was, whatever becomes of facts and templates.

use std::path::Path;

use super::{Done, Outcome, today, written};
use crate::cli::Issue;
use crate::diag::{Diagnostic, Problems};
use crate::document::issued::day;
use crate::period::Period;
use crate::project::draft;
use crate::project::issued;
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Issue, ui: &Ui) -> Done {
    let project = Project::open(folder);
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

/// The year and the file: what is no year is a file.
fn what<'a>(project: &Project, arguments: &'a Issue) -> Result<(Period, Option<&'a Path>), Problems> {
    let first = arguments.year.as_deref();
    match (first.and_then(Period::parse), first, &arguments.file) {
        (Some(year), _, file) => Ok((year, file.as_deref())),
        (None, Some(file), None) => Ok((project.period(None)?, Some(Path::new(file)))),
        (None, None, None) => Ok((project.period(None)?, None)),
        (None, Some(word), Some(_)) => {
            let problem = Diagnostic::error("wrong-year", format!("“{word}”不是年度"));
            Err(problem.hint("年度写四位数字，例如 huibao issue 2024 定稿.docx").into())
        }
        (None, None, Some(file)) => Ok((project.period(None)?, Some(file))),
    }
}
