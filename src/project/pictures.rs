//! The picture files of a project. A picture may be many megabytes, so that which files there are is looked up with the
//! texts, but one is read only when a report asks for it, and kept while its length and time of change are the same.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use super::texts::is_file_name;
use crate::diag::{Diagnostic, nearest};
use crate::document::Picture;
use crate::document::picture::{self, FOLDER, MISSING, MOST_BYTES};

/// Files that are named where none is like the one that was asked for.
const NAMED: usize = 8;

/// The pictures of a project. Two values share what has not changed.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// Whether there is a folder for them.
    there: bool,
    files: BTreeMap<String, Arc<File>>,
}

/// A file, and what it is as soon as somebody asks.
#[derive(Debug)]
struct File {
    path: PathBuf,
    length: u64,
    changed: Option<SystemTime>,
    read: OnceLock<Result<Arc<Picture>, Box<Diagnostic>>>,
}

impl Pictures {
    /// The files in the folder of a project now; those that are as they are `known` are the same values.
    pub(super) fn of_folder(project: &Path, known: &Pictures) -> Pictures {
        let Ok(entries) = fs::read_dir(project.join(FOLDER)) else { return Pictures::default() };
        let file = |entry: fs::DirEntry| {
            let name = entry.file_name().into_string().ok()?;
            // A link is followed, as that of a text is.
            let about = fs::metadata(entry.path()).ok().filter(fs::Metadata::is_file)?;
            let (length, changed) = (about.len(), about.modified().ok());
            let same =
                known.files.get(&name).filter(|known| (known.length, known.changed) == (length, changed));
            let file = match same {
                Some(known) => Arc::clone(known),
                None => Arc::new(File { path: entry.path(), length, changed, read: OnceLock::new() }),
            };
            Some((name, file))
        };
        Pictures { there: true, files: entries.flatten().filter_map(file).collect() }
    }

    /// Puts a picture in that lies in no folder.
    pub fn put(&mut self, name: &str, bytes: impl Into<Arc<[u8]>>) {
        let bytes = bytes.into();
        let (path, length, changed) = (PathBuf::new(), bytes.len() as u64, None);
        let read = OnceLock::from(picture::read(name, bytes).map(Arc::new).map_err(Box::new));
        self.there = true;
        self.files.insert(name.to_owned(), Arc::new(File { path, length, changed, read }));
    }

    /// The picture of a name.
    ///
    /// # Errors
    /// There is none of that name, or the file is none that a report can show.
    pub fn find(&self, name: &str) -> Result<Arc<Picture>, Diagnostic> {
        if !is_file_name(name) {
            return Err(wrong_name(name));
        }
        let file = self.files.get(name).ok_or_else(|| self.missing(name))?;
        file.picture(name).map_err(|problem| *problem)
    }

    /// Says that there is no such file, and what may be meant.
    fn missing(&self, name: &str) -> Diagnostic {
        let problem = Diagnostic::error(MISSING, format!("{FOLDER} 文件夹里没有“{name}”"));
        if !self.there {
            return problem
                .hint(format!("请在项目里（facts 旁边）建一个名叫“{FOLDER}”的文件夹，把图片放进去"));
        }
        let names = || self.files.keys().map(String::as_str).filter(|name| !name.starts_with(['.', '~']));
        let same = names().find(|one| one.to_lowercase() == name.to_lowercase());
        if let Some(near) = same.or_else(|| nearest(name, names())) {
            return problem.hint(format!("是不是“{near}”？后缀和大小写也要一样"));
        }
        let mut listed: Vec<&str> = names().take(NAMED + 1).collect();
        let more = if listed.len() > NAMED { "……" } else { "" };
        listed.truncate(NAMED);
        match listed.as_slice() {
            [] => problem.hint(format!("“{FOLDER}”文件夹是空的，请把图片放进去")),
            listed => problem.hint(format!("现有：{}{more}；请核对名称，或把图片放进去", listed.join("、"))),
        }
    }
}

impl File {
    fn picture(&self, name: &str) -> Result<Arc<Picture>, Box<Diagnostic>> {
        let read = || {
            let bytes = self.bytes(name)?;
            Ok(Arc::new(picture::read(name, bytes.into())?))
        };
        self.read.get_or_init(read).clone()
    }

    /// The bytes of the file; of one that is too large none.
    fn bytes(&self, name: &str) -> Result<Vec<u8>, Diagnostic> {
        if self.length > MOST_BYTES {
            return Err(picture::too_large(name, self.length));
        }
        let mut bytes = Vec::new();
        let read =
            fs::File::open(&self.path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
        read.map_err(|_| super::texts::unreadable(&format!("{FOLDER}/{name}")))?;
        Ok(bytes)
    }
}

/// A name that leads out of the folder, or that no file has.
fn wrong_name(name: &str) -> Diagnostic {
    let message = match name {
        "" => "图片没有写文件名".to_owned(),
        name => format!("图片“{name}”不能这样写"),
    };
    Diagnostic::error("picture-name", message)
        .hint(format!("图片都放在项目的“{FOLDER}”文件夹里，括号里只写文件名，如“村路.jpg”，不写路径"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROAD: &[u8] = include_bytes!("../../tests/data/图片/村路.jpg");
    const MAP: &[u8] = include_bytes!("../../tests/data/图片/示意图.png");

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(FOLDER)).unwrap();
        folder
    }

    fn write(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) {
        fs::write(folder.path().join(FOLDER).join(name), bytes).unwrap();
    }

    #[test]
    fn a_picture_is_read_once_until_its_file_changes() {
        let folder = folder();
        write(&folder, "村路.jpg", ROAD);
        let first = Pictures::of_folder(folder.path(), &Pictures::default());
        let road = first.find("村路.jpg").unwrap();
        let again = Pictures::of_folder(folder.path(), &first);
        assert!(Arc::ptr_eq(&road, &again.find("村路.jpg").unwrap()));
        write(&folder, "村路.jpg", MAP);
        let other = Pictures::of_folder(folder.path(), &again).find("村路.jpg").unwrap();
        assert_ne!(road.digest, other.digest);
        fs::remove_file(folder.path().join("图片/村路.jpg")).unwrap();
        assert_eq!(Pictures::of_folder(folder.path(), &again).find("村路.jpg").unwrap_err().rule, MISSING);
    }

    #[test]
    fn a_file_of_a_hundred_megabytes_is_not_read() {
        let folder = folder();
        let file = fs::File::create(folder.path().join("图片/大.jpg")).unwrap();
        file.set_len(100 * 1024 * 1024).unwrap();
        let problem = Pictures::of_folder(folder.path(), &Pictures::default()).find("大.jpg").unwrap_err();
        assert_eq!(
            (problem.rule, problem.message.as_str()),
            ("picture-too-large", "图片“大.jpg”有100MB，超过20MB")
        );
    }

    #[test]
    fn names_that_are_not_there_are_told_with_those_that_are() {
        let folder = folder();
        let hint = |pictures: &Pictures, name: &str| {
            let problem = pictures.find(name).unwrap_err();
            (problem.rule, problem.hints[0].words(|_| String::new()).to_string())
        };
        let none = Pictures::of_folder(Path::new("nowhere"), &Pictures::default());
        assert!(hint(&none, "a.jpg").1.contains("建一个名叫“图片”的文件夹"));
        let empty = Pictures::of_folder(folder.path(), &none);
        assert!(hint(&empty, "a.jpg").1.contains("是空的"));
        write(&folder, "村路.jpg", ROAD);
        let all = Pictures::of_folder(folder.path(), &empty);
        assert!(hint(&all, "村路.JPG").1.contains("是不是“村路.jpg”"));
        assert!(hint(&all, "完全不同的名字.png").1.contains("现有：村路.jpg"));
        for name in ["../村路.jpg", "/etc/passwd", "", "a/b.png", "C:\\a.png", "..", "nul"] {
            assert_eq!(hint(&all, name).0, "picture-name", "{name}");
        }
    }
}
