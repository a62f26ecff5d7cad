//! `huibao diff`: two reports, or the facts behind them, against each other.

use std::path::Path;

use super::{Done, Outcome, by_ending, deliver};
use crate::cli::{Diff, DiffFormat, DiffShown};
use crate::diag::{Diagnostic, Problems};
use crate::diff::facts::FactChange;
use crate::diff::{self, Difference, Manner, Side, view};
use crate::figures::{self, Figures};
use crate::output::{self, Format, Revision};
use crate::period::Period;
use crate::project::settings;
use crate::report::{self, Gaps};
use crate::ui::Ui;
use crate::{facts, input, template};

/// One side with the figures behind it, where it is a project.
struct Loaded {
    side: Side,
    figures: Option<Figures>,
}

pub(super) fn run(project: &Path, arguments: &Diff, ui: &Ui) -> Done {
    let shape = shape(arguments)?;
    let settings = settings::load(project)?;
    let (old, new) = sides(project, arguments, ui)?;
    let changes = match (&old.figures, &new.figures) {
        (Some(old), Some(new)) => diff::facts::compare(old, new, settings.swing),
        _ if arguments.facts => {
            return Err(Diagnostic::error("no-facts", "只有两边都是项目的年度，才能对比事实")
                .hint("Word、文本文件里没有事实，请去掉 --facts，或改写年度、项目文件夹")
                .into());
        }
        _ => Vec::new(),
    };
    if arguments.facts {
        return facts_only(arguments, shape, &changes, (&old.side.name, &new.side.name), ui);
    }
    let difference = diff::compare(old.side, new.side, &settings.fixed_wording);
    let bytes = prose(arguments, shape, &difference, &changes, ui)?;
    let outcome = if difference.is_same() { Outcome::Fine } else { Outcome::Found };
    deliver(arguments.output.as_deref(), &bytes, ui)?;
    Ok(outcome)
}

/// What is written: the format asked for, else that of the file name, else text.
fn shape(arguments: &Diff) -> Result<DiffFormat, Diagnostic> {
    let shape = match (arguments.format, &arguments.output) {
        (Some(format), _) => format,
        (None, None) => DiffFormat::Text,
        (None, Some(path)) => by_ending(path).ok_or_else(|| {
            Diagnostic::error("unknown-format", format!("从文件名“{}”看不出格式", path.display()))
                .hint("文件名请以 .docx、.html、.xlsx、.json、.md 或 .txt 结尾；也可以用 --format 指定")
        })?,
    };
    let (named, fits) = match shape {
        DiffFormat::Xlsx => ("Excel", arguments.facts),
        DiffFormat::Docx => ("Word", !arguments.facts),
        DiffFormat::Md => ("Markdown", !arguments.facts),
        DiffFormat::Text | DiffFormat::Json | DiffFormat::Html => return Ok(shape),
    };
    if !fits {
        let (what, hint) = if arguments.facts {
            ("事实对比", "可以写成 .xlsx、.html、.json 或 .txt")
        } else {
            (
                "全文对比",
                "Excel 表只用于事实对比，请加 --facts；全文可以写成 .docx、.html、.md、.json 或 .txt",
            )
        };
        return Err(Diagnostic::error("wrong-format", format!("{what}不能写成 {named}")).hint(hint));
    }
    if matches!(shape, DiffFormat::Xlsx | DiffFormat::Docx) && arguments.output.is_none() {
        return Err(Diagnostic::error("binary-to-screen", format!("{named} 文件不能显示在屏幕上"))
            .hint("请加 -o 文件名，例如 -o 对比.docx"));
    }
    Ok(shape)
}

/// Last year and this year, unless it is said which.
fn sides(project: &Path, arguments: &Diff, ui: &Ui) -> Result<(Loaded, Loaded), Problems> {
    let template = arguments.template.as_deref();
    let new = match &arguments.new {
        Some(new) => named(project, new, template, ui)?,
        None => year(project, None, template, ui)?,
    };
    let old = match &arguments.old {
        Some(old) => named(project, old, template, ui)?,
        None => year(project, Some(before(&new)?), template, ui)?,
    };
    Ok((old, new))
}

/// The year on file before that of a side.
fn before(new: &Loaded) -> Result<Period, Diagnostic> {
    let years = new.figures.iter().flat_map(|figures| figures.facts().years.keys().copied());
    let year = new.side.year;
    years.filter(|other| year.is_some_and(|year| *other < year)).max().ok_or_else(|| {
        let when = year.map_or_else(|| new.side.name.clone(), Period::words);
        Diagnostic::error("no-earlier-year", format!("{when}之前没有事实文件，没有可对比的上年"))
            .hint("请指明和哪一份对比，例如 huibao diff 去年汇报.docx")
    })
}

/// A year of this project, the folder of another, or a finished document.
fn named(project: &Path, name: &str, template: Option<&str>, ui: &Ui) -> Result<Loaded, Problems> {
    if let Some(period) = Period::parse(name)
        && !Path::new(name).exists()
    {
        return year(project, Some(period), template, ui);
    }
    let path = Path::new(name);
    if path.is_dir() {
        let mut loaded = year(path, None, template, ui)?;
        loaded.side.name = format!("{} {}", path.display(), loaded.side.name);
        return Ok(loaded);
    }
    let read = input::read(path)?;
    ui.problems(&read.warnings);
    let name = path.file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Loaded { side: Side { name, year: None, document: read.document }, figures: None })
}

/// A year of a project. What is still missing stands as 【待填】, as the comparison is made while drafting.
fn year(project: &Path, year: Option<Period>, template: Option<&str>, ui: &Ui) -> Result<Loaded, Problems> {
    let figures = figures::compute(facts::load(project, year)?)?;
    let templates = template::load(project)?;
    let report = report::of(&templates, templates.report(template)?, &figures, Gaps::Show)?;
    let (year, missing) = (report.marked.year, &report.marked.missing);
    if !missing.is_empty() {
        ui.say(&format!("{year}还有{}处待填：{}", missing.len(), missing.join("、")));
    }
    let side = Side { name: year.words(), year: Some(year), document: report.document };
    Ok(Loaded { side, figures: Some(figures) })
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
        DiffFormat::Text | DiffFormat::Docx | DiffFormat::Md => view::text::facts(&shown, names).into_bytes(),
    };
    deliver(arguments.output.as_deref(), &bytes, ui)?;
    Ok(if changes.iter().any(FactChange::changed) { Outcome::Found } else { Outcome::Fine })
}

fn prose(
    arguments: &Diff,
    shape: DiffFormat,
    difference: &Difference,
    changes: &[FactChange],
    ui: &Ui,
) -> Result<Vec<u8>, Diagnostic> {
    let colour = ui.colours_results() && !arguments.plain && arguments.output.is_none();
    let manner = Manner { remarks: arguments.annotate, moves: arguments.moves };
    let redline = |format| {
        output::write_revised(&diff::redline(difference, manner), format, &revision(arguments))
            .map_err(|error| Diagnostic::error("cannot-write", format!("对比稿没有写成：{error}")))
    };
    match shape {
        DiffFormat::Text | DiffFormat::Xlsx => Ok(view::text::prose(difference, colour).into_bytes()),
        DiffFormat::Json => Ok(format!("{:#}\n", view::json::whole(difference, changes)).into_bytes()),
        DiffFormat::Html => Ok(view::html::prose(difference, changes).into_bytes()),
        DiffFormat::Docx => redline(Format::Docx),
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
