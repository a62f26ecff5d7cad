//! `huibao trace`: where every number comes from.

use std::path::Path;

use super::{Done, Outcome, by_ending, deliver, say_basis};
use crate::cli::{Trace, TraceFormat};
use crate::diag::Diagnostic;
use crate::project::asked::Asked;
use crate::project::value::Project;
use crate::report::Gaps;
use crate::ui::Ui;

pub(super) fn run(folder: &Path, arguments: &Trace, ui: &Ui) -> Done {
    let format = format(arguments)?;
    let project = Project::open(folder);
    let Asked { year, report } = project.asked(&arguments.named)?;
    let template = arguments.template.as_deref().or(report.as_deref());
    let year = project.shown_of(template, year)?;
    let edition = match arguments.anew {
        true => project.anew(template, year, Gaps::Show)?,
        false => project.report(template, year, Gaps::Show)?,
    };
    let trace = project.trace(&edition);
    let bytes = match format {
        TraceFormat::Text => trace.table().into_bytes(),
        TraceFormat::Json => {
            format!("{:#}\n", trace.to_json(&edition.name, year, edition.basis)).into_bytes()
        }
        TraceFormat::Xlsx => trace.workbook(&format!("{year}数字核对表")).map_err(|problem| {
            Diagnostic::error("cannot-write", format!("核对表没有写成：{problem}"))
                .hint("请改用 --format text")
        })?,
    };
    say_basis(&edition, ui);
    deliver(arguments.output.as_deref(), &bytes, ui)?;
    Ok(if trace.untraced.is_empty() { Outcome::Fine } else { Outcome::Found })
}

/// The format asked for, else that of the file name, else text.
fn format(arguments: &Trace) -> Result<TraceFormat, Diagnostic> {
    let by_name = || arguments.output.as_deref().and_then(by_ending);
    let format = arguments.format.or_else(by_name).unwrap_or(TraceFormat::Text);
    if format == TraceFormat::Xlsx && arguments.output.is_none() {
        return Err(Diagnostic::error("binary-to-screen", "Excel 表不能显示在屏幕上")
            .hint("请加 -o 文件名，例如 -o 核对表.xlsx"));
    }
    Ok(format)
}
