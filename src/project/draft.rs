//! Finished texts of any kind as drafts: read for the rules, and mended in place with a copy kept.

use std::path::{Path, PathBuf};

use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use crate::check::{self, Prose, fix};
use crate::diag::{Diagnostic, Problems};
use crate::diff::view::text::changed_lines;
use crate::document::{self, Block};
use crate::files;
use crate::input::patch::{self, Act, Edit, Signature};
use crate::input::{self, Read};

/// Texts beyond this are no reports.
const LONGEST: usize = 2 * 1024 * 1024;
/// Rounds after which a Word file must be stable.
const ROUNDS: usize = 8;

/// Who signs what is put into a Word file; fixed, so that bytes repeat.
pub const SIGNATURE: Signature<'static> = Signature { author: "汇报", date: "2000-01-01T00:00:00Z" };

/// A file that was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The file.
    pub path: PathBuf,
    /// What it was; nothing where the history keeps it.
    pub backup: Option<PathBuf>,
    /// How many repairs were made.
    pub count: usize,
    /// The lines that changed.
    pub difference: String,
}

/// Reads a finished text.
///
/// # Errors
/// As [`input::read`]; and it is too long for a report.
pub fn read(path: &Path) -> Result<Read, Diagnostic> {
    of_report(input::read(path)?, &path.display().to_string())
}

/// Reads the bytes of a finished text with this name.
///
/// # Errors
/// As [`read`].
pub fn held(bytes: &[u8], name: &str) -> Result<Read, Diagnostic> {
    of_report(input::held(bytes, name)?, name)
}

fn of_report(read: Read, shown: &str) -> Result<Read, Diagnostic> {
    let size = |block: &Block| document::Line::of(block).text.len();
    if read.document.blocks.iter().map(size).sum::<usize>() > LONGEST {
        let message = format!("“{shown}”的文字超过2 MB，不像一份报告");
        return Err(
            Diagnostic::error("file-too-large", message).hint("请核对是不是选错了文件；汇编请分篇检查")
        );
    }
    Ok(read)
}

/// The name of a file without its folder.
pub fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A text that was read, as the rules read it.
pub fn prose(path: &Path, read: &Read) -> Prose {
    match &read.written {
        Some(written) => Prose::of_written(&name(path), &read.document, written),
        None => Prose::of_document(&name(path), &read.document),
    }
}

/// Repairs of the templates that findings are in, as edits of the project.
pub fn mend_templates(project: &Project, found: &[Diagnostic]) -> (Vec<Mended>, Edits) {
    let (mut mended, mut edits) = (Vec::new(), Edits::default());
    for (text, stored) in project.texts().iter().filter(|(text, _)| matches!(text, Text::Template(_))) {
        let name = stored.name();
        let here = |one: &&Diagnostic| one.place.as_ref().is_some_and(|place| place.source.name == name);
        let of_file: Vec<Diagnostic> = found.iter().filter(here).cloned().collect();
        let before = project.texts().words(text);
        let (after, count) = fix::apply(before, &of_file);
        if count > 0 {
            let difference = changed_lines(before, &after);
            mended.push(Mended { path: PathBuf::from(name), backup: None, count, difference });
            edits.add(project.texts(), text.clone(), Edited::Text(after));
        }
    }
    (mended, edits)
}

/// Repairs a finished text by the rules that the project heeds; nothing where there is nothing to repair.
///
/// # Errors
/// What the project heeds cannot be read; or the file cannot be read or written; then it is as it was.
pub fn mend(path: &Path, read: &Read, project: &Project) -> Result<Option<Mended>, Problems> {
    let prose = prose(path, read);
    // What cannot be read of the project is said before anything is changed.
    project.check_draft(&prose)?;
    let found = |prose: &Prose| project.check_draft(prose).unwrap_or_default().findings;
    if read.written.is_none() {
        return mend_word(path, &prose, &found);
    }
    let markdown = files::extension(path) == "md";
    let (text, count) = fix::until_stable(&prose.source.text, |text| {
        let read = if markdown { input::markdown(text) } else { input::text(text) };
        found(&Prose::of_written("", &read.document, &read.written.unwrap_or_default()))
    });
    if count == 0 {
        return Ok(None);
    }
    let difference = changed_lines(&prose.source.text, &text);
    Ok(Some(replace(path, text.as_bytes(), difference, count)?))
}

fn mend_word(
    path: &Path,
    prose: &Prose,
    found: &dyn Fn(&Prose) -> Vec<Diagnostic>,
) -> Result<Option<Mended>, Problems> {
    let shown = path.display().to_string();
    let mut bytes = std::fs::read(path).map_err(|_| {
        Diagnostic::error("cannot-read", format!("“{shown}”打不开")).hint("如果正被 Word、WPS 打开，请先关闭")
    })?;
    let (mut current, mut all) = (prose.clone(), 0);
    for _ in 0..ROUNDS {
        let edits = edits(&current, &found(&current));
        let mended = patch::apply(&bytes, &shown, &edits, SIGNATURE)?;
        let count = edits.len() - mended.missed.len();
        if count == 0 {
            break;
        }
        all += count;
        bytes = mended.bytes;
        current = Prose::of_document(&name(path), &input::word(&bytes, &shown)?.document);
    }
    if all == 0 {
        return Ok(None);
    }
    let difference = changed_lines(&prose.source.text, &current.source.text);
    Ok(Some(replace(path, &bytes, difference, all)?))
}

/// The repairs of a text as changes of its lines.
fn edits(prose: &Prose, found: &[Diagnostic]) -> Vec<Edit> {
    let edit = |fix: &crate::diag::Fix| {
        let around =
            |line: &&check::ProseLine| line.span.start <= fix.span.start && fix.span.end <= line.span.end;
        let line = prose.lines.iter().find(around)?;
        let span = fix.span.start - line.span.start..fix.span.end - line.span.start;
        Some(Edit { line: line.number, span, act: Act::Replace(fix.new.clone()) })
    };
    fix::chosen(found).into_iter().filter_map(edit).collect()
}

/// Puts a mended file in place of the old one, which is kept beside it.
fn replace(path: &Path, new: &[u8], difference: String, count: usize) -> Result<Mended, Diagnostic> {
    let backup = free_name(path);
    let kept = std::fs::read(path).is_ok_and(|old| files::write(&backup, &old).is_ok());
    if !kept {
        let message = format!("备份“{}”没有写成，没有改动原文件", backup.display());
        return Err(Diagnostic::error("cannot-write", message).hint("请检查磁盘和权限"));
    }
    files::write(path, new)?;
    Ok(Mended { path: path.to_owned(), backup: Some(backup), count, difference })
}

/// `稿件.docx.bak`, or the next number that is free.
fn free_name(path: &Path) -> PathBuf {
    let name = |number: usize| {
        let number = if number > 1 { number.to_string() } else { String::new() };
        PathBuf::from(format!("{}.bak{number}", path.display()))
    };
    (1..).map(name).find(|name| !name.exists()).unwrap_or_else(|| name(1))
}
