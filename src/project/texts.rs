//! The texts of a project, known by what they are: nobody outside hands in a path.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::files;

/// Larger texts are none of a project's.
const LARGEST: u64 = 8 * 1024 * 1024;
const REGISTRY: &str = "指标";
const SETTINGS: &str = "项目";
const CONFIRMED: &str = "确认";
const REVIEW: &str = "导入核对";

/// A text of a project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// `facts/指标.yaml`.
    Registry,
    /// `facts/2011.yaml`.
    Year(i32),
    /// `templates/汇报.hbs`, by its name.
    Template(String),
    /// `项目.yaml`.
    Settings,
    /// `确认.yaml`.
    Confirmed,
    /// `导入核对.md`, or for another year `导入核对-2012.md`.
    Review(Option<i32>),
}

/// What a text is now: a digest of its bytes. Equal revisions mean equal bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(String);

impl Revision {
    /// The revision of bytes.
    pub fn of(bytes: &[u8]) -> Revision {
        let digest = Sha256::digest(bytes);
        Revision(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }

    /// A revision that was written down; nothing where it cannot be one.
    pub fn parse(words: &str) -> Option<Revision> {
        let hex =
            words.len() == 32 && words.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        hex.then(|| Revision(words.to_owned()))
    }

    /// In hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Text {
    /// A template of this name; nothing where no file can have it on any system.
    pub fn template(name: &str) -> Option<Text> {
        const FORBIDDEN: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
        let bad = |c: char| c.is_control() || FORBIDDEN.contains(&c);
        let fits = !name.is_empty() && name.len() <= 200 && name.trim_matches([' ', '.']) == name;
        (fits && !name.contains(bad) && !is_device(name)).then(|| Text::Template(name.to_owned()))
    }

    /// The text with this id.
    pub fn parse(id: &str) -> Option<Text> {
        match id.split_once('/') {
            None if id == SETTINGS => Some(Text::Settings),
            None if id == CONFIRMED => Some(Text::Confirmed),
            None => {
                let rest = id.strip_prefix(REVIEW)?;
                let year = if rest.is_empty() { None } else { Some(year_of(rest.strip_prefix('-')?)?) };
                Some(Text::Review(year))
            }
            Some(("facts", REGISTRY)) => Some(Text::Registry),
            Some(("facts", year)) => year_of(year).map(Text::Year),
            Some(("templates", name)) => Text::template(name),
            _ => None,
        }
    }

    /// Its stable id: `facts/2011`, `templates/汇报`.
    pub fn id(&self) -> String {
        match self {
            Text::Registry => format!("facts/{REGISTRY}"),
            Text::Year(year) => format!("facts/{year:04}"),
            Text::Template(name) => format!("templates/{name}"),
            Text::Settings => SETTINGS.to_owned(),
            Text::Confirmed => CONFIRMED.to_owned(),
            Text::Review(None) => REVIEW.to_owned(),
            Text::Review(Some(year)) => format!("{REVIEW}-{year:04}"),
        }
    }

    /// How staff know it: `facts/2011.yaml`.
    pub fn name(&self) -> String {
        let extension = match self {
            Text::Template(_) => "hbs",
            Text::Review(_) => "md",
            _ => "yaml",
        };
        format!("{}.{extension}", self.id())
    }

    /// Its file: that which is there, else that which would be made.
    pub fn path(&self, project: &Path) -> PathBuf {
        let path = project.join(self.name());
        let other = path.with_extension("yml");
        let facts = matches!(self, Text::Registry | Text::Year(_));
        if facts && !path.exists() && other.exists() { other } else { path }
    }

    /// The bytes; nothing where there is no such file.
    ///
    /// # Errors
    /// It cannot be read, or is too large to be a text of a project.
    pub fn read(&self, project: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
        let unreadable = || {
            Diagnostic::error("unreadable-file", format!("{} 打不开", self.name()))
                .hint("请检查文件是否被别的程序占用、有没有读取权限")
        };
        let file = match fs::File::open(self.path(project)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err(unreadable()),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|_| unreadable())?;
        if bytes.len() as u64 > LARGEST {
            return Err(Diagnostic::error("file-too-large", format!("{} 超过8MB", self.name()))
                .hint("请检查是不是放错了文件"));
        }
        Ok(Some(bytes))
    }

    /// Writes the bytes whole or not at all, or takes the file away.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, project: &Path, bytes: Option<&[u8]>) -> Result<(), Diagnostic> {
        let path = self.path(project);
        let Some(bytes) = bytes else {
            return match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    Err(Diagnostic::error("cannot-write", format!("{} 删不掉", self.name()))
                        .hint("请先关闭打开它的程序"))
                }
                _ => Ok(()),
            };
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|_| {
                Diagnostic::error("cannot-create-folder", format!("不能建立文件夹“{}”", folder.display()))
                    .hint("请检查位置和权限")
            })?;
        }
        files::write(&path, bytes)
    }
}

fn year_of(digits: &str) -> Option<i32> {
    let four = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    four.then(|| digits.parse().ok()).flatten()
}

/// Names that mean a device on Windows, whatever stands behind a full stop.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let numbered = |word: &str| {
        stem.strip_prefix(word)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// Every text that a project has now, in order.
pub fn list(project: &Path) -> Vec<Text> {
    let names = |folder: &str| {
        let entries = fs::read_dir(project.join(folder)).into_iter().flatten();
        let files = entries.filter_map(|entry| entry.ok().filter(|entry| !entry.path().is_dir()));
        files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
    };
    let stem = |name: &str, endings: &[&str]| {
        endings.iter().find_map(|ending| name.strip_suffix(ending)).map(str::to_owned)
    };
    let facts = names("facts")
        .into_iter()
        .filter_map(|name| Text::parse(&format!("facts/{}", stem(&name, &[".yaml", ".yml"])?)));
    let templates =
        names("templates").into_iter().filter_map(|name| Text::template(&stem(&name, &[".hbs"])?));
    let single = [Text::Settings, Text::Confirmed].into_iter().filter(|one| one.path(project).is_file());
    let reviews = names("")
        .into_iter()
        .filter_map(|name| Text::parse(name.strip_suffix(".md")?))
        .filter(|text| matches!(text, Text::Review(_)));
    let mut texts: Vec<Text> = facts.chain(templates).chain(single).chain(reviews).collect();
    texts.sort();
    texts.dedup();
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_there_and_back_and_are_no_paths() {
        for id in [
            "facts/2011",
            "facts/指标",
            "templates/政协工作汇报",
            "项目",
            "确认",
            "导入核对",
            "导入核对-2012",
        ] {
            assert_eq!(Text::parse(id).unwrap().id(), id);
        }
        for id in [
            "",
            "facts/",
            "facts/11",
            "facts/20111",
            "facts/../x",
            "templates/..",
            "templates/a/b",
            "templates/",
            "templates/a\\b",
            "templates/C:x",
            "templates/nul",
            "templates/com1.x",
            "templates/a ",
            "../项目",
            "/etc/passwd",
            "facts/指标/x",
            "templates/a\u{0}",
            "templates/.a",
            "导入核对2012",
            "导入核对-x",
            "导入核对-../",
        ] {
            assert_eq!(Text::parse(id), None, "{id}");
        }
    }

    #[test]
    fn a_project_lists_what_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let write = |text: &Text| text.write(folder.path(), Some(b"a")).unwrap();
        let texts = [Text::Registry, Text::Year(2010), Text::Template("汇报".into()), Text::Confirmed];
        texts.iter().for_each(write);
        fs::write(folder.path().join("facts/草稿.yaml"), "x").unwrap();
        fs::write(folder.path().join("facts/2009.yml"), "b").unwrap();
        let mut all = texts.to_vec();
        all.insert(1, Text::Year(2009));
        assert_eq!(list(folder.path()), all);
        assert_eq!(Text::Year(2009).read(folder.path()).unwrap().unwrap(), b"b");
        Text::Year(2009).write(folder.path(), None).unwrap();
        assert_eq!(Text::Year(2009).read(folder.path()), Ok(None));
    }
}
