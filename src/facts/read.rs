//! Files → texts: the folder `facts/`, size limits and encodings.
//!
//! A text is UTF-8, else what its byte order mark says, else GB18030 without an error.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Act, Diagnostic, Level, Place, Problems, Source};
use crate::period::Period;

/// Largest file that is read.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The folder of the fact files in a project.
const FOLDER: &str = "facts";

/// The registry in that folder.
const REGISTRY: &str = "指标";

/// What lies in `facts/`.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub registry: Option<PathBuf>,
    /// Fact files, oldest first.
    pub years: Vec<(Period, PathBuf)>,
    /// Hints on files that are not read.
    pub hints: Vec<Diagnostic>,
}

/// Lists `facts/` of a project.
///
/// # Errors
/// There is no such folder, or a file is there twice as `.yaml` and `.yml`.
pub(super) fn list(project: &Path) -> Result<Listing, Problems> {
    let folder = project.join(FOLDER);
    let entries = std::fs::read_dir(&folder).map_err(|_| no_folder())?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut listing = Listing::default();
    for path in paths {
        listing.add(path)?;
    }
    listing.years.sort();
    Ok(listing)
}

impl Listing {
    fn add(&mut self, path: PathBuf) -> Result<(), Diagnostic> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")) else {
            self.ignore(&name);
            return Ok(());
        };
        if stem == REGISTRY {
            return match self.registry.replace(path) {
                Some(_) => Err(twice(stem)),
                None => Ok(()),
            };
        }
        match Period::parse(stem) {
            Some(year) if self.years.iter().any(|(known, _)| *known == year) => return Err(twice(stem)),
            Some(year) => self.years.push((year, path)),
            None => self.ignore(&name),
        }
        Ok(())
    }

    /// Says that a file is not read; hidden files and locks of editors are passed over.
    fn ignore(&mut self, name: &str) {
        if name.starts_with(['.', '~']) || name.ends_with(".json") {
            return;
        }
        let hint = Diagnostic::new("file-ignored", Level::Hint, format!("没有读 {FOLDER}/{name}"));
        self.hints.push(hint.hint("事实文件的名称是四位年份，如 2011.yaml；指标表是 指标.yaml"));
    }
}

/// Reads one file of `facts/`; a hint comes with it where it is not UTF-8.
///
/// # Errors
/// It is a folder, cannot be opened, is empty, too large or in an unknown encoding.
pub(super) fn source(path: &Path) -> Result<(Arc<Source>, Option<Diagnostic>), Diagnostic> {
    named(path, format!("{FOLDER}/{}", path.file_name().unwrap_or_default().to_string_lossy()))
}

/// The same for any text of a project, under the name that staff know it by.
///
/// # Errors
/// As [`source`].
pub(crate) fn named(path: &Path, name: String) -> Result<(Arc<Source>, Option<Diagnostic>), Diagnostic> {
    let bytes = bytes(path, &name)?;
    let (text, encoding) = crate::zh::encoding::decode(&bytes).ok_or_else(|| {
        Diagnostic::error("unknown-encoding", format!("{name} 不是文本，或编码认不出来"))
            .hint("请用记事本打开，另存为“UTF-8”编码")
    })?;
    if text.trim().is_empty() {
        return Err(empty(&name));
    }
    let source = Arc::new(Source::new(name, text));
    let hint = encoding.map(|encoding| not_utf8(&source, encoding));
    Ok((source, hint))
}

/// A file without content is not taken for one that says nothing.
pub(crate) fn empty(name: &str) -> Diagnostic {
    Diagnostic::error("empty-file", format!("{name} 是空的")).hint("请填写内容，或删去这个文件")
}

fn bytes(path: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |_| {
        Diagnostic::error("unreadable-file", format!("{name} 打不开"))
            .hint("请检查文件是否还在、是否被别的程序占用、有没有读取权限")
    };
    if path.is_dir() {
        let problem = Diagnostic::error("folder-not-file", format!("{name} 是文件夹，不是文件"));
        return Err(problem.hint("请把这个文件夹改名或移走"));
    }
    // A pipe would be waited for without end.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        let problem = Diagnostic::error("not-a-file", format!("{name} 不是普通文件"));
        return Err(problem.hint("请把它改名或移走"));
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        let problem = Diagnostic::error("file-too-large", format!("{name} 超过4MB，不像事实文件"));
        return Err(problem.hint("请检查是不是放错了文件"));
    }
    Ok(bytes)
}

fn not_utf8(source: &Arc<Source>, encoding: &str) -> Diagnostic {
    let message = format!("{} 按{encoding}编码读取", source.name);
    Diagnostic::new("not-utf8", Level::Hint, message)
        .at(&Place::new(source, 0..0))
        .hint("请用记事本打开，另存为“UTF-8”编码，免得在别的电脑上变成乱码")
}

fn no_folder() -> Diagnostic {
    Diagnostic::error("no-facts-folder", format!("没有找到 {FOLDER} 文件夹"))
        .hint(Act::NewProject { templates: false })
}

fn twice(stem: &str) -> Diagnostic {
    Diagnostic::error("file-twice", format!("{FOLDER} 里同时有 {stem}.yaml 和 {stem}.yml"))
        .hint("请留下一个，把另一个移走")
}
