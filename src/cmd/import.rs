//! `huibao import`: a finished report becomes a project, or another year of one.

use std::path::{Path, PathBuf};

use super::{Done, Outcome};
use crate::cli::{Import, ImportFormat};
use crate::diag::Diagnostic;
use crate::import::review::Review;
use crate::import::{self, Draft, extract};
use crate::input::Read;
use crate::project::{adopt, draft};
use crate::ui::Ui;

pub(super) fn run(project: &Path, arguments: &Import, ui: &Ui) -> Done {
    let Some(file) = &arguments.file else { return Ok(Outcome::Fine) };
    let read = draft::read(file)?;
    if arguments.dry_run {
        return listed(&read, arguments.format, ui);
    }
    ui.problems(&read.warnings);
    let folder = folder(project, arguments, file);
    let drafted = drafted(file, &read, arguments)?;
    created(&folder, &drafted, &read, ui)
}

/// The numbers that were found, nothing written.
fn listed(read: &Read, format: Option<ImportFormat>, ui: &Ui) -> Done {
    let text = match &read.written {
        Some(written) => written.text.clone(),
        None => import::text(&read.document),
    };
    match format {
        Some(ImportFormat::Json) => ui.result(format!("{:#}\n", extract::to_json(&text)).as_bytes()),
        Some(ImportFormat::Text) | None => ui.result(extract::table(&text).as_bytes()),
    }
    Ok(Outcome::Fine)
}

fn stem(file: &Path) -> String {
    file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// Where the project goes: as asked, else the project at hand, else a new folder named after the report.
fn folder(project: &Path, arguments: &Import, file: &Path) -> PathBuf {
    match &arguments.into {
        Some(folder) => folder.clone(),
        None if project.join("facts").is_dir() => project.to_owned(),
        None if project == Path::new(".") => PathBuf::from(stem(file)),
        None => project.join(stem(file)),
    }
}

fn drafted(file: &Path, read: &Read, arguments: &Import) -> Result<Draft, Diagnostic> {
    let stem = stem(file);
    let year = arguments.year.or_else(|| import::year(&read.document, &stem)).ok_or_else(|| {
        Diagnostic::error("no-year", "报告的标题、开头和文件名里都没有年份，不知道是哪一年的")
            .hint("请加上 --year，例如 huibao import 汇报.docx --year 2010")
    })?;
    let name = arguments.template.clone().unwrap_or_else(|| import::name(&read.document, &stem));
    Ok(import::draft(&read.document, year, &name))
}

/// A new project.
fn created(folder: &Path, drafted: &Draft, read: &Read, ui: &Ui) -> Done {
    let review = Review::of(drafted, read);
    adopt::create(folder, drafted, &review)?;
    let shown = folder.display();
    ui.say(&format!(
        "已把{}写成项目“{shown}”：{}个指标，{}个请核对。",
        review.title,
        review.items.len(),
        review.open()
    ));
    ui.say(&format!(
        "  核对：打开 {}，填好后 huibao -C {shown} import --apply {}",
        folder.join(adopt::review_name()).display(),
        adopt::review_name()
    ));
    ui.say(&format!("  或者：huibao -C {shown} import --review 在这里逐条核对"));
    ui.say(&format!("  生成：huibao -C {shown} render -o 汇报.docx"));
    Ok(Outcome::Fine)
}
