//! A project written from a report that was imported.

use std::path::{Path, PathBuf};

use super::review::workbook;
use crate::diag::{Act, Diagnostic, Elsewhere, Problems};
use crate::facts;
use crate::files;
use crate::import::Draft;
use crate::import::review::Review;
use crate::output::{self, Format};
use crate::period::Period;

const REGISTRY_HEAD: &str = "\
# 口径表：一行一个指标，写明类型、单位；口径是原报告里的话，可以改。
# 时期是一段时间里做了多少，可以几年相加；时点是到某一天有多少，不能相加。
";
/// The page of what is to be gone through.
pub const REVIEW: &str = "导入核对.md";
const GUIDE: &str = include_str!("starter/使用说明.txt");

/// Writes a new project; nothing is there before everything is.
///
/// # Errors
/// The folder has content already, or cannot be written.
pub fn create(folder: &Path, draft: &Draft, review: &Review) -> Result<Vec<PathBuf>, Problems> {
    if folder.is_file() || std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Diagnostic::error("folder-not-empty", format!("“{}”里已经有内容", folder.display()))
            .hint(Act::Elsewhere(Elsewhere::Taken))
            .into());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|_| unwritable(parent))?;
    let beside =
        tempfile::Builder::new().prefix(".huibao-").tempdir_in(parent).map_err(|_| unwritable(parent))?;
    let mut written = Vec::new();
    for (name, content) in contents(draft, review)? {
        let path = beside.path().join(&name);
        let inside = path.parent().unwrap_or(beside.path());
        std::fs::create_dir_all(inside).map_err(|_| unwritable(inside))?;
        files::write(&path, &content)?;
        written.push(PathBuf::from(name));
    }
    settle(beside, folder)?;
    Ok(written)
}

/// Writes a new project into a folder that may hold other things. The facts come last: without them a folder is
/// no project, and what was written until then is taken as it is when the same is written again.
///
/// # Errors
/// One of its files is there already with another content, or the folder cannot be written.
pub fn add(folder: &Path, draft: &Draft, review: &Review) -> Result<Vec<PathBuf>, Problems> {
    let mut files = contents(draft, review)?;
    files.sort_by_key(|(name, _)| name.starts_with("facts/"));
    let other = |(name, content): &&(String, Vec<u8>)| {
        let path = folder.join(name);
        path.exists() && std::fs::read(path).ok().as_ref() != Some(content)
    };
    if let Some((name, _)) = files.iter().find(other) {
        return Err(Diagnostic::error("file-exists", format!("“{}”里已经有 {name}", folder.display()))
            .hint("已有的文件不会被改动；请换一个文件夹，或先把它移走")
            .into());
    }
    for (name, content) in &files {
        let path = folder.join(name);
        let inside = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(inside).map_err(|_| unwritable(inside))?;
        files::write(&path, content)?;
    }
    Ok(files.into_iter().map(|(name, _)| PathBuf::from(name)).collect())
}

/// Moves the finished folder to its place.
fn settle(beside: tempfile::TempDir, folder: &Path) -> Result<(), Diagnostic> {
    if folder.is_dir() {
        std::fs::remove_dir(folder).map_err(|_| unwritable(folder))?;
    }
    let from = beside.keep();
    open_to_all(&from);
    std::fs::rename(&from, folder).map_err(|_| {
        // What was written must not stay behind under a name that nobody knows.
        if std::fs::remove_dir_all(&from).is_err() {
            return unwritable(&from);
        }
        unwritable(folder)
    })
}

/// A temporary folder is private; a project is as open as any other folder.
#[cfg(unix)]
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).is_err() {
        // A disk without permissions has nothing to open.
    }
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) {}

fn unwritable(folder: &Path) -> Diagnostic {
    Diagnostic::error("cannot-create-folder", format!("不能建立文件夹“{}”", folder.display()))
        .hint("请检查位置和权限，或换一个地方")
}

/// Every file of the project.
fn contents(draft: &Draft, review: &Review) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let mut files = vec![
        ("使用说明.txt".to_owned(), GUIDE.as_bytes().to_vec()),
        ("facts/指标.yaml".to_owned(), format!("{REGISTRY_HEAD}{}", draft.facts.registry()).into_bytes()),
    ];
    let mut years: Vec<Period> = draft.facts.years.keys().copied().collect();
    if !years.contains(&draft.year) {
        years.push(draft.year);
    }
    for year in years {
        files.push((facts::file(year), draft.facts.year(year).into_bytes()));
    }
    files.push((format!("templates/{}.hbs", draft.name), draft.template.clone().into_bytes()));
    let sample = output::write(&draft.document, Format::Txt).map_err(|_| unwritable(Path::new("golden")))?;
    files.push((format!("golden/{}-{}.txt", draft.name, draft.year.stem()), sample));
    files.push((REVIEW.to_owned(), review.to_md(REVIEW).into_bytes()));
    files.push((REVIEW.replace(".md", ".xlsx"), workbook(&review.items)?));
    Ok(files)
}
