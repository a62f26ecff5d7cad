//! `huibao render`: facts → figures → marked text → document → bytes.

use std::path::{Path, PathBuf};

use super::{Done, Outcome, deliver, say_basis, shelf};
use crate::cli::Render;
use crate::diag::{Diagnostic, Problems};
use crate::files;
use crate::fonts::Names;
use crate::output::{self, DRAFT, Format, Manner};
use crate::period::Period;
use crate::project::asked::Asked;
use crate::project::value::Project;
use crate::report::Gaps;
use crate::trace;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Render, ui: &Ui) -> Done {
    if arguments.all {
        return all(folder, arguments, ui);
    }
    let format = format(arguments)?;
    let gaps = if arguments.draft { Gaps::Show } else { Gaps::Refuse };
    let project = Project::open(folder);
    let Asked { year, report } = project.asked(&arguments.named)?;
    let template = arguments.template.as_deref().or(report.as_deref());
    let year = project.shown_of(template, year)?;
    let edition = match arguments.anew {
        true => project.anew(template, year, gaps)?,
        false => project.report(template, year, gaps)?,
    };
    let document = &*edition.document;
    let noted = arguments.annotate.then(|| trace::annotated(document));
    let names = if format.is_text() { Names::default() } else { project.fonts()?.clone() };
    let shelf = shelf(arguments.fonts.as_deref())?;
    let watermark = arguments.draft.then_some(DRAFT);
    let manner = Manner { names: &names, shelf: &shelf, watermark, revision: None };
    let document = noted.as_ref().unwrap_or(document);
    let written = match arguments.embed_fonts {
        true => output::write_embedded(document, &manner),
        false => output::write_as(document, format, &manner),
    }?;
    ui.problems(&edition.warnings);
    ui.problems(&written.notices);
    say_basis(&edition, ui);
    if !edition.missing.is_empty() {
        ui.say(&format!("草稿里还有{}处待填：{}", edition.missing.len(), edition.missing.join("、")));
    }
    deliver(arguments.output.as_deref(), &written.bytes, ui)
}

/// Every report that is written of a period, one file each. What does not come out is said, and the others are written
/// all the same.
fn all(folder: &Path, arguments: &Render, ui: &Ui) -> Done {
    let project = Project::open(folder);
    let (year, reports) = written_of(&project, arguments)?;
    let target = target(arguments, year)?;
    let names = project.fonts()?.clone();
    let shelf = shelf(arguments.fonts.as_deref())?;
    let watermark = arguments.draft.then_some(DRAFT);
    let manner = Manner { names: &names, shelf: &shelf, watermark, revision: None };
    let format = arguments.format.unwrap_or(Format::Docx);
    let gaps = if arguments.draft { Gaps::Show } else { Gaps::Refuse };
    let bar = ui.bar(reports.len());
    let mut outcomes = Vec::new();
    for name in &reports {
        bar.set_message(name.clone());
        let path = target.join(format!("{name}-{}.{}", year.stem(), format.ending()));
        let outcome = one(&project, arguments.anew, (name, year, gaps), (format, &manner), &path);
        outcomes.push((name.as_str(), path, outcome));
        bar.inc(1);
    }
    bar.finish_and_clear();
    told(&outcomes, ui)
}

/// The period that is asked for, and the reports that are written of it.
fn written_of(project: &Project, arguments: &Render) -> Result<(Period, Vec<String>), Problems> {
    let Asked { year, report } = project.asked(&arguments.named)?;
    if let Some(report) = report {
        return Err(Diagnostic::error("one-and-all", format!("写了 --all，又写了“{report}”"))
            .hint("全部生成的，去掉报告名称；只生成一份的，去掉 --all")
            .into());
    }
    let year = project.shown(year)?;
    let settings = project.settings()?;
    let names = project.templates()?.names().into_iter();
    let reports: Vec<String> =
        names.filter(|name| settings.is_written_of(name, year)).map(str::to_owned).collect();
    if reports.is_empty() {
        return Err(Diagnostic::error("no-report", format!("没有写{year}的报告"))
            .hint("哪份报告写哪一期，见 项目.yaml 的“报告”")
            .into());
    }
    Ok((year, reports))
}

/// The folder that the reports go into, which is made where it is not there.
fn target(arguments: &Render, year: Period) -> Result<PathBuf, Diagnostic> {
    let target = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("报告-{}", year.stem())));
    if target.is_file() {
        return Err(Diagnostic::error("file-not-folder", format!("“{}”是一个文件", target.display()))
            .hint("全部生成时，-o 后面写文件夹"));
    }
    files::make_folder(&target)?;
    Ok(target)
}

/// A report, its file, and what was remarked on it or hindered it.
type Written<'r> = (&'r str, PathBuf, Result<Vec<Diagnostic>, Problems>);

/// Says what was written and what was not, the latter last.
fn told(outcomes: &[Written<'_>], ui: &Ui) -> Done {
    for (_, path, outcome) in outcomes {
        if let Ok(warnings) = outcome {
            ui.problems(warnings);
            ui.say(&format!("已写好 {}", path.display()));
        }
    }
    let mut failed = Vec::new();
    for (name, _, outcome) in outcomes {
        if let Err(problems) = outcome {
            ui.say(&format!("“{name}”没有生成："));
            ui.problems(&problems.0);
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        return Ok(Outcome::Fine);
    }
    let (all, written) = (outcomes.len(), outcomes.len() - failed.len());
    let message = format!("{all}份报告生成了{written}份，没有生成的是{}", failed.join("、"));
    Err(Diagnostic::error("not-all", message).hint("先改好上面说的，再生成一次").into())
}

/// Writes one report and returns what was remarked.
fn one(
    project: &Project,
    anew: bool,
    (name, year, gaps): (&str, Period, Gaps),
    (format, manner): (Format, &Manner<'_>),
    path: &Path,
) -> Result<Vec<Diagnostic>, Problems> {
    let edition = match anew {
        true => project.anew(Some(name), year, gaps)?,
        false => project.report(Some(name), year, gaps)?,
    };
    let written = output::write_as(&edition.document, format, manner)?;
    files::write(path, &written.bytes)?;
    Ok(edition.warnings.into_iter().chain(written.notices).collect())
}

/// The format asked for, else that of the file name, else plain text.
fn format(arguments: &Render) -> Result<Format, Diagnostic> {
    let format = match (arguments.format, &arguments.output) {
        (Some(format), _) => format,
        (None, Some(path)) => of_file(path)?,
        (None, None) => Format::Txt,
    };
    if arguments.annotate && !matches!(format, Format::Docx | Format::Pdf | Format::Html) {
        return Err(Diagnostic::error("cannot-annotate", "批注只能写进 Word、PDF 和网页")
            .hint("请加 -o 文件名，例如 --annotate -o 校对.docx"));
    }
    if arguments.embed_fonts && format != Format::Ofd {
        return Err(Diagnostic::error(
            "cannot-embed",
            "--embed-fonts 只用于 OFD：PDF 总是嵌入字体，别的文件不嵌",
        )
        .hint("请去掉 --embed-fonts，或写 OFD，例如 --embed-fonts -o 汇报.ofd"));
    }
    if !format.is_text() && arguments.output.is_none() {
        let (kind, ending) = (format.words(), format.ending());
        return Err(Diagnostic::error("binary-to-screen", format!("{kind} 文件不能显示在屏幕上"))
            .hint(format!("请加 -o 文件名，例如 -o 汇报.{ending}")));
    }
    Ok(format)
}

fn of_file(path: &Path) -> Result<Format, Diagnostic> {
    match Format::of_ending(&files::extension(path)) {
        Some(format) => Ok(format),
        None if path.is_dir() => {
            Err(Diagnostic::error("folder-not-file", format!("“{}”是一个文件夹", path.display()))
                .hint("请在 -o 后面写上文件名，例如 -o 汇报.docx"))
        }
        None => Err(Diagnostic::error("unknown-format", format!("从文件名“{}”看不出格式", path.display()))
            .hint("文件名请以 .docx、.pdf、.ofd、.html、.md 或 .txt 结尾；也可以用 --format 指定")),
    }
}
