//! The texts of a project, known by what they are: nobody outside hands in a path.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::marked::is_foreign;
use crate::period::Period;

/// Larger texts are none of a project's.
const LARGEST: u64 = 8 * 1024 * 1024;
const REGISTRY: &str = "指标";
const SETTINGS: &str = "项目";
const CONFIRMED: &str = "确认";
const TERMS: &str = "提法";
const MAPPING: &str = "表头对照";
const REVIEW: &str = "导入核对";
const PROPOSALS: &str = "改稿核对";
const GUIDE: &str = "使用说明.txt";
const SCHEMA: &str = "facts/事实.schema.json";
const GOLDEN: &str = "golden";
const ISSUED: &str = ".定稿.md";
/// Endings of samples.
const SAMPLES: [&str; 3] = [".txt", ".md", ".marked"];

/// A text of a project. Workbooks that belong to one are among them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// `facts/指标.yaml`.
    Registry,
    /// `facts/2011.yaml`.
    Year(Period),
    /// `templates/汇报.hbs`, by its name.
    Template(String),
    /// `项目.yaml`.
    Settings,
    /// `确认.yaml`.
    Confirmed,
    /// `提法.yaml`.
    Terms,
    /// `表头对照.yaml`.
    Mapping,
    /// `导入核对.md`, or for another year `导入核对-2012.md`.
    Review(Option<Period>),
    /// The same as a workbook: `导入核对.xlsx`.
    ReviewTable(Option<Period>),
    /// `改稿核对.md`: what somebody changed in a report that came back.
    Proposals,
    /// `使用说明.txt`, which a new project is given.
    Guide,
    /// `golden/汇报-2011.定稿.md`: a report as it was issued, by its name and year.
    Issued(String, Period),
    /// `golden/汇报-2011.txt`, `.md` or `.marked`: a report that was approved, by the name of the file.
    Sample(String),
    /// `facts/事实.schema.json`, which helps editors.
    Schema,
}

/// What a text is now: a digest of its bytes. Equal revisions mean equal bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Revision(String);

impl TryFrom<String> for Revision {
    type Error = &'static str;

    fn try_from(words: String) -> Result<Revision, &'static str> {
        Revision::parse(&words).ok_or("no digest")
    }
}

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
        is_file_name(name).then(|| Text::Template(name.to_owned()))
    }

    /// The text with this id.
    pub fn parse(id: &str) -> Option<Text> {
        match id.split_once('/') {
            None => Text::beside(id),
            Some(("facts", REGISTRY)) => Some(Text::Registry),
            Some(("facts", _)) if id == SCHEMA => Some(Text::Schema),
            Some(("facts", year)) => Period::parse(year).map(Text::Year),
            Some(("templates", name)) => Text::template(name),
            Some((GOLDEN, file)) => Text::golden(file),
            _ => None,
        }
    }

    /// One that lies beside the folders.
    fn beside(id: &str) -> Option<Text> {
        let single = match id {
            SETTINGS => Text::Settings,
            CONFIRMED => Text::Confirmed,
            TERMS => Text::Terms,
            MAPPING => Text::Mapping,
            PROPOSALS => Text::Proposals,
            GUIDE => Text::Guide,
            _ => {
                let rest = id.strip_prefix(REVIEW)?;
                let (rest, table) = rest.strip_suffix(".xlsx").map_or((rest, false), |rest| (rest, true));
                let year = if rest.is_empty() { None } else { Some(Period::parse(rest.strip_prefix('-')?)?) };
                if table { Text::ReviewTable(year) } else { Text::Review(year) }
            }
        };
        Some(single)
    }

    /// A file of `golden/`; nothing where its name says no report and year.
    fn golden(file: &str) -> Option<Text> {
        let named = |ending: &str| {
            let (report, year) = file.strip_suffix(ending)?.rsplit_once('-')?;
            Some((report, Period::parse(year)?)).filter(|(report, _)| is_file_name(report))
        };
        if let Some((report, year)) = named(ISSUED) {
            return Some(Text::Issued(report.to_owned(), year));
        }
        SAMPLES.iter().find_map(|ending| named(ending)).map(|_| Text::Sample(file.to_owned()))
    }

    /// The text that a file of a project is, by its path from there with `/`.
    pub fn of_file(path: &str) -> Option<Text> {
        let texts =
            ["", ".yaml", ".yml", ".hbs", ".md"].iter().filter_map(|ending| path.strip_suffix(ending));
        let mut texts = texts.filter_map(Text::parse);
        texts.find(|text| text.name() == path || text.other_name().as_deref() == Some(path))
    }

    /// What its file may be called as well.
    fn other_name(&self) -> Option<String> {
        matches!(self, Text::Registry | Text::Year(_)).then(|| format!("{}.yml", self.id()))
    }

    /// Whether histories of the first form did not hold it.
    pub(super) fn is_late(&self) -> bool {
        use Text::{Guide, Issued, Mapping, Proposals, ReviewTable, Sample, Schema, Terms};
        matches!(self, Terms | Mapping | Proposals | Guide | ReviewTable(_) | Issued(..) | Sample(_) | Schema)
    }

    /// Its stable id: `facts/2011`, `templates/汇报`; those that end otherwise than their kin have their ending.
    pub fn id(&self) -> String {
        let of_year =
            |year: &Option<Period>| year.map(|year| format!("-{}", year.stem())).unwrap_or_default();
        match self {
            Text::Registry => format!("facts/{REGISTRY}"),
            Text::Year(year) => format!("facts/{}", year.stem()),
            Text::Template(name) => format!("templates/{name}"),
            Text::Settings => SETTINGS.to_owned(),
            Text::Confirmed => CONFIRMED.to_owned(),
            Text::Terms => TERMS.to_owned(),
            Text::Mapping => MAPPING.to_owned(),
            Text::Proposals => PROPOSALS.to_owned(),
            Text::Guide => GUIDE.to_owned(),
            Text::Review(year) => format!("{REVIEW}{}", of_year(year)),
            Text::ReviewTable(year) => format!("{REVIEW}{}.xlsx", of_year(year)),
            Text::Issued(report, year) => format!("{GOLDEN}/{report}-{}{ISSUED}", year.stem()),
            Text::Sample(file) => format!("{GOLDEN}/{file}"),
            Text::Schema => SCHEMA.to_owned(),
        }
    }

    /// How staff know it: `facts/2011.yaml`.
    pub fn name(&self) -> String {
        let ending = match self {
            Text::Template(_) => ".hbs",
            Text::Review(_) | Text::Proposals => ".md",
            Text::Guide | Text::ReviewTable(_) | Text::Issued(..) | Text::Sample(_) | Text::Schema => "",
            _ => ".yaml",
        };
        self.id() + ending
    }

    /// Its file: that which is there, else that which would be made.
    pub fn path(&self, project: &Path) -> PathBuf {
        let path = project.join(self.name());
        let other = self.other_name().map(|name| project.join(name));
        other.filter(|other| !path.exists() && other.exists()).unwrap_or(path)
    }

    /// The bytes; nothing where there is no such file.
    ///
    /// # Errors
    /// It cannot be read, or is too large to be a text of a project.
    pub fn read(&self, project: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
        self.read_at(&self.path(project))
    }

    /// The bytes of the file that it was found to be.
    ///
    /// # Errors
    /// As [`Text::read`].
    pub(super) fn read_at(&self, path: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
        let bytes = bytes(path, &self.name())?;
        if bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 > LARGEST) {
            return Err(Diagnostic::error("file-too-large", format!("{} 超过8MB", self.name()))
                .hint("请检查是不是放错了文件"));
        }
        Ok(bytes)
    }

    /// What another program makes of it.
    #[cfg(test)]
    pub fn write(&self, project: &Path, bytes: Option<&[u8]>) -> std::io::Result<()> {
        let path = self.path(project);
        match bytes {
            Some(bytes) => {
                fs::create_dir_all(crate::files::folder_of(&path))?;
                fs::write(&path, bytes)
            }
            None => fs::remove_file(&path).or_else(|error| match error.kind() {
                ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            }),
        }
    }
}

/// The bytes of a text's file, and of what is too large to be one only the first; nothing where there is no file.
///
/// # Errors
/// It is a folder, a pipe or a device, or cannot be opened.
pub(super) fn bytes(path: &Path, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
    let refuse =
        |rule, what: &str| Err(Diagnostic::error(rule, format!("{name} {what}")).hint("请把它改名或移走"));
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(about) if about.is_dir() => return refuse("folder-not-file", "是文件夹，不是文件"),
        // A pipe would be waited for without end.
        Ok(about) if !about.is_file() => return refuse("not-a-file", "不是普通文件"),
        Err(_) => return Err(unreadable(name)),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    read.map_err(|_| unreadable(name))?;
    Ok(Some(bytes))
}

/// A file cannot be opened, or a link leads nowhere.
pub(super) fn unreadable(name: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("{name} 打不开"))
        .hint("请检查文件是否还在、是否被别的程序占用、有没有读取权限")
}

/// Whether a file can have this name on any system.
pub(super) fn is_file_name(name: &str) -> bool {
    const FORBIDDEN: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
    let bad = |c: char| c.is_control() || is_foreign(c) || FORBIDDEN.contains(&c);
    let fits = !name.is_empty() && name.len() <= 200 && name.trim_matches([' ', '.']) == name;
    fits && !name.contains(bad) && !is_device(name)
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

/// Every folder that texts of a project stand in.
pub fn folders(project: &Path) -> [PathBuf; 4] {
    ["", "facts", "templates", "golden"].map(|folder| project.join(folder))
}

/// Every text that a project has now, in order.
pub fn list(project: &Path) -> Vec<Text> {
    let found = |folder: &str| {
        let entries = fs::read_dir(project.join(folder)).into_iter().flatten().flatten();
        let files = entries.filter(|entry| !entry.path().is_dir());
        let names = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let path = |name: String| if folder.is_empty() { name } else { format!("{folder}/{name}") };
        names.filter_map(|name| Text::of_file(&path(name))).collect::<Vec<_>>()
    };
    let mut texts: Vec<Text> = ["", "facts", "templates", GOLDEN].iter().flat_map(|one| found(one)).collect();
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
            "导入核对-2012.xlsx",
            "提法",
            "表头对照",
            "改稿核对",
            "使用说明.txt",
            "facts/事实.schema.json",
            "golden/政协-汇报-2011.txt",
            "golden/汇报-2011.marked",
            "golden/汇报-2011.定稿.md",
        ] {
            assert_eq!(Text::parse(id).unwrap().id(), id);
        }
        for file in [
            "facts/2011.yml",
            "导入核对.md",
            "改稿核对.md",
            "使用说明.txt",
            "导入核对.xlsx",
            "golden/汇报-2011.md",
            "facts/事实.schema.json",
        ] {
            let text = Text::of_file(file).unwrap();
            assert!(text.name() == file || text.other_name().as_deref() == Some(file), "{file}");
        }
        for file in
            ["facts/2011", "导入核对.yaml", "项目.yml", "templates/汇报", "提法", "templates/汇报.yaml"]
        {
            assert_eq!(Text::of_file(file), None, "{file}");
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
            "golden/README.md",
            "golden/汇报-2011.docx",
            "golden/../x-2011.txt",
            "golden/汇报-x.定稿.md",
            "golden/-2011.定稿.md",
            "facts/其他.schema.json",
        ] {
            assert_eq!(Text::parse(id), None, "{id}");
        }
    }

    #[test]
    fn a_project_lists_what_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let write = |text: &Text| text.write(folder.path(), Some(b"a")).unwrap();
        let texts =
            [Text::Registry, Text::Year(Period::year(2010)), Text::Template("汇报".into()), Text::Confirmed];
        texts.iter().for_each(write);
        fs::write(folder.path().join("facts/草稿.yaml"), "x").unwrap();
        fs::write(folder.path().join("facts/2009.yml"), "b").unwrap();
        let mut all = texts.to_vec();
        all.insert(1, Text::Year(Period::year(2009)));
        assert_eq!(list(folder.path()), all);
        assert_eq!(Text::Year(Period::year(2009)).read(folder.path()).unwrap().unwrap(), b"b");
        Text::Year(Period::year(2009)).write(folder.path(), None).unwrap();
        assert_eq!(Text::Year(Period::year(2009)).read(folder.path()), Ok(None));
    }
}
