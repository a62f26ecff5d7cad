//! `huibao render`: facts → figures → marked text → document → bytes.

use std::path::Path;

use super::{Done, deliver, say_basis, shelf};
use crate::cli::Render;
use crate::diag::Diagnostic;
use crate::files;
use crate::fonts::Names;
use crate::output::{self, DRAFT, Format, Manner};
use crate::project::asked::Asked;
use crate::project::value::Project;
use crate::report::Gaps;
use crate::trace;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Render, ui: &Ui) -> Done {
    let format = format(arguments)?;
    let gaps = if arguments.draft { Gaps::Show } else { Gaps::Refuse };
    let project = Project::open(folder);
    let Asked { year, report } = project.asked(&arguments.named)?;
    let (year, template) = (project.shown(year)?, arguments.template.as_deref().or(report.as_deref()));
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
