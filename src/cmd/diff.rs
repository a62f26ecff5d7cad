//! `huibao diff`: two reports, or the facts behind them, against each other.

use std::path::Path;

use super::{Done, Outcome, by_ending, deliver, shelf};
use crate::cli::{Diff, DiffFormat, DiffShown};
use crate::diag::Diagnostic;
use crate::diff::facts::FactChange;
use crate::diff::{self, Difference, Manner, view};
use crate::fonts::Names;
use crate::input;
use crate::output::{self, Format, Revision};
use crate::period::Period;
use crate::project::compare::{Against, Half};
use crate::project::value::Project;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Diff, ui: &Ui) -> Done {
    let shape = shape(arguments)?;
    let project = Project::open(folder);
    let (sides, report) = asked(&project, arguments)?;
    let mut sides = sides.into_iter().map(|name| named(name, ui));
    let (old, new) = (sides.next().transpose()?, sides.next().transpose()?);
    let compared = project.diff(old, new, arguments.template.as_deref().or(report.as_deref()))?;
    [&compared.new, &compared.old].into_iter().for_each(|half| gaps(half, ui));
    let changes = compared.changes();
    if arguments.facts {
        let changes = changes.ok_or_else(|| {
            Diagnostic::error("no-facts", "只有两边都是项目的年度，才能对比事实")
                .hint("Word、文本文件里没有事实，请去掉 --facts，或改写年度、项目文件夹")
        })?;
        return facts_only(arguments, shape, &changes, compared.names(), ui);
    }
    compared.basis().iter().for_each(|words| ui.say(words));
    let difference = compared.difference();
    let names = if matches!(shape, DiffFormat::Docx | DiffFormat::Pdf) {
        project.fonts()?.clone()
    } else {
        Names::default()
    };
    let bytes = prose((arguments, &names), shape, &difference, &changes.unwrap_or_default(), ui)?;
    let outcome = if difference.is_same() { Outcome::Fine } else { Outcome::Found };
    deliver(arguments.output.as_deref(), &bytes, ui)?;
    Ok(outcome)
}

/// The sides that are named, and the report: a word that is no year, no file and no folder.
fn asked<'a>(
    project: &Project,
    arguments: &'a Diff,
) -> Result<(Vec<&'a String>, Option<String>), Diagnostic> {
    let (mut sides, mut report) = (Vec::new(), None);
    for word in [&arguments.old, &arguments.new, &arguments.report].into_iter().flatten() {
        let side = Period::read(word).is_some() || Path::new(word).exists();
        let called = if side { None } else { project.report_called(word)? };
        match called {
            Some(name) if report.is_none() => report = Some(name),
            _ => sides.push(word),
        }
    }
    match sides.get(2) {
        Some(more) => Err(Diagnostic::error("third-side", format!("“{more}”多了一个"))
            .hint("只写上年、今年两边，另加报告的名称")),
        None => Ok((sides, report)),
    }
}

/// What is written: the format asked for, else that of the file name, else text.
fn shape(arguments: &Diff) -> Result<DiffFormat, Diagnostic> {
    let shape = match (arguments.format, &arguments.output) {
        (Some(format), _) => format,
        (None, None) => DiffFormat::Text,
        (None, Some(path)) => by_ending(path).ok_or_else(|| {
            Diagnostic::error("unknown-format", format!("从文件名“{}”看不出格式", path.display()))
                .hint("文件名请以 .docx、.pdf、.html、.xlsx、.json、.md 或 .txt 结尾；也可以用 --format 指定")
        })?,
    };
    let (named, fits) = match shape {
        DiffFormat::Xlsx => ("Excel", arguments.facts),
        DiffFormat::Docx => ("Word", !arguments.facts),
        DiffFormat::Pdf => ("PDF", !arguments.facts),
        DiffFormat::Md => ("Markdown", !arguments.facts),
        DiffFormat::Text | DiffFormat::Json | DiffFormat::Html => return Ok(shape),
    };
    if !fits {
        let (what, hint) = if arguments.facts {
            ("事实对比", "可以写成 .xlsx、.html、.json 或 .txt")
        } else {
            (
                "全文对比",
                "Excel 表只用于事实对比，请加 --facts；全文可以写成 .docx、.pdf、.html、.md、.json 或 .txt",
            )
        };
        return Err(Diagnostic::error("wrong-format", format!("{what}不能写成 {named}")).hint(hint));
    }
    if matches!(shape, DiffFormat::Xlsx | DiffFormat::Docx | DiffFormat::Pdf) && arguments.output.is_none() {
        return Err(Diagnostic::error("binary-to-screen", format!("{named} 文件不能显示在屏幕上"))
            .hint("请加 -o 文件名，例如 -o 对比.docx"));
    }
    Ok(shape)
}

/// A year of this project, the folder of another, or a finished document.
fn named(name: &str, ui: &Ui) -> Result<Against, Diagnostic> {
    let path = Path::new(name);
    if let Some(year) = Period::read(name)
        && !path.exists()
    {
        return Ok(Against::Year(year));
    }
    if path.is_dir() {
        return Ok(Against::Other(path.display().to_string(), Project::open(path)));
    }
    let read = input::read(path)?;
    ui.problems(&read.warnings);
    let name = path.file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Against::Document(name, read.document))
}

/// Says what is still missing in a report of a project.
fn gaps(half: &Half, ui: &Ui) {
    let Some((edition, _)) = half.of_project.as_ref().filter(|(edition, _)| !edition.missing.is_empty())
    else {
        return;
    };
    let (year, missing) = (edition.year, &edition.missing);
    ui.say(&format!("{year}还有{}处待填：{}", missing.len(), missing.join("、")));
}

fn facts_only(
    arguments: &Diff,
    shape: DiffFormat,
    changes: &[FactChange],
    names: (&str, &str),
    ui: &Ui,
) -> Done {
    let shown: Vec<&FactChange> = changes
        .iter()
        .filter(|change| match arguments.only {
            None => true,
            Some(DiffShown::Changed) => change.changed(),
            Some(DiffShown::Flagged) => change.asks(),
        })
        .collect();
    let bytes = match shape {
        DiffFormat::Json => format!("{:#}\n", view::json::facts(&shown)).into_bytes(),
        DiffFormat::Html => view::html::facts(&shown, names).into_bytes(),
        DiffFormat::Xlsx => view::xlsx::facts(&shown, names).map_err(|problem| {
            Diagnostic::error("cannot-write", format!("Excel 表没有写成：{problem}"))
                .hint("请减少对比的内容，或改写成 .html")
        })?,
        DiffFormat::Text | DiffFormat::Docx | DiffFormat::Pdf | DiffFormat::Md => {
            view::text::facts(&shown, names).into_bytes()
        }
    };
    deliver(arguments.output.as_deref(), &bytes, ui)?;
    Ok(if changes.iter().any(FactChange::changed) { Outcome::Found } else { Outcome::Fine })
}

fn prose(
    (arguments, names): (&Diff, &Names),
    shape: DiffFormat,
    difference: &Difference,
    changes: &[FactChange],
    ui: &Ui,
) -> Result<Vec<u8>, Diagnostic> {
    let colour = ui.colours_results() && !arguments.plain && arguments.output.is_none();
    let shown = Manner { remarks: arguments.annotate, moves: arguments.moves };
    let redline = |format| {
        let (shelf, revision) = (shelf(arguments.fonts.as_deref())?, revision(arguments));
        let manner = output::Manner { names, shelf: &shelf, watermark: None, revision: Some(&revision) };
        let written = output::write_as(&diff::redline(difference, shown), format, &manner)?;
        ui.problems(&written.notices);
        Ok(written.bytes)
    };
    match shape {
        DiffFormat::Text | DiffFormat::Xlsx => Ok(view::text::prose(difference, colour).into_bytes()),
        DiffFormat::Json => Ok(format!("{:#}\n", view::json::whole(difference, changes)).into_bytes()),
        DiffFormat::Html => Ok(view::html::prose(difference, changes).into_bytes()),
        DiffFormat::Docx => redline(Format::Docx),
        DiffFormat::Pdf => redline(Format::Pdf),
        DiffFormat::Md => redline(Format::Md),
    }
}

fn revision(arguments: &Diff) -> Revision {
    let fixed = Revision::default();
    Revision {
        author: arguments.author.clone().unwrap_or(fixed.author),
        date: arguments.date.clone().map_or(fixed.date, |date| format!("{date}T00:00:00Z")),
        track: !arguments.no_track,
    }
}
