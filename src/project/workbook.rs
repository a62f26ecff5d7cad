//! Workbooks on disk: read with care; and their changes as edits of a project.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Problems};
use crate::excel::book::{self, Book};
use crate::excel::proposal::Edited;
use crate::files;
use crate::input;
use crate::project::stored::{self, Edits};
use crate::project::texts::Text;
use crate::project::value::Project;

/// Kinds of files that are taken from a folder.
const KINDS: [&str; 5] = ["xlsx", "xls", "et", "ods", "csv"];

/// Reads a workbook.
///
/// # Errors
/// It is missing, a folder, too large, or no workbook that can be read.
pub fn open(path: &Path) -> Result<Book, Diagnostic> {
    let shown = shown(path);
    let bytes = input::bytes(path, &shown, "一份台账")?;
    book::read(&bytes, &shown)
}

/// A path as it is shown and kept as a source, with `/`.
pub fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// The workbooks that are meant: files, all of a folder, and patterns such as `各村/*.xlsx` where the shell left them as
/// they are. What Excel and WPS put beside a file that is open is passed over.
///
/// # Errors
/// A folder or a pattern in which no workbook is found.
pub fn listed(wanted: &[PathBuf]) -> Result<Vec<PathBuf>, Problems> {
    let mut files = Vec::new();
    for path in wanted {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let found = if path.is_dir() {
            in_folder(path, &|name| KINDS.contains(&extension(name).as_str()))
        } else if !path.exists() && name.contains(['*', '?']) {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            in_folder(folder.unwrap_or(Path::new(".")), &|file| fits(&name, file))
                .into_iter()
                .map(|found| path.with_file_name(found.file_name().unwrap_or_default()))
                .collect()
        } else {
            vec![path.clone()]
        };
        if found.is_empty() {
            return Err(Diagnostic::error("no-such-file", format!("“{}”里没有找到 Excel 表", shown(path)))
                .hint("请核对文件夹；收回的表放在一个文件夹里，如 各村/*.xlsx")
                .into());
        }
        files.extend(found);
    }
    Ok(files)
}

fn extension(name: &str) -> String {
    files::extension(Path::new(name))
}

fn in_folder(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        !name.starts_with(['~', '.']) && wanted(&name)
    });
    let mut files: Vec<PathBuf> = named.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Whether a name fits a pattern with `*` and `?`.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // Which lengths of the name the pattern may have covered so far.
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for want in pattern {
        let mut next = vec![false; name.len() + 1];
        match want {
            '*' => {
                let from = reached.iter().position(|reached| *reached).unwrap_or(name.len() + 1);
                next.iter_mut().skip(from).for_each(|reached| *reached = true);
            }
            _ => (0..name.len())
                .filter(|at| reached[*at] && (want == '?' || want == name[*at]))
                .for_each(|at| next[at + 1] = true),
        }
        reached = next;
    }
    reached[name.len()]
}

/// What a file is called while it is written.
const UNDER_WAY: &str = ".huibao-";

/// Writes new workbooks into a folder, which is made where it is missing: all of them, or none where one is there
/// already or cannot be written.
///
/// # Errors
/// A file is there already, or one cannot be written.
pub fn write_new(folder: &Path, books: &[(String, Vec<u8>)]) -> Result<(), Problems> {
    let names = named(books);
    if let Some(name) = names.iter().find(|name| folder.join(name).exists()) {
        return Err(there_already(&folder.join(name)).into());
    }
    let is_new = !folder.exists();
    std::fs::create_dir_all(folder).map_err(|_| {
        Diagnostic::error("cannot-write", format!("“{}”这个文件夹建不了", folder.display()))
            .hint("请检查磁盘和权限，或换一个文件夹")
    })?;
    let mut placed: Vec<PathBuf> = Vec::new();
    let outcome = place(folder, &names, books, &mut placed);
    if outcome.is_err() {
        // What cannot be taken away again is no form that anybody filled in.
        placed.iter().for_each(|path| drop(std::fs::remove_file(path)));
        if is_new {
            drop(std::fs::remove_dir(folder));
        }
    }
    Ok(outcome?)
}

/// Every workbook beside its place first, then into it; `placed` are those that are there.
fn place(
    folder: &Path,
    names: &[String],
    books: &[(String, Vec<u8>)],
    placed: &mut Vec<PathBuf>,
) -> Result<(), Diagnostic> {
    let staged = names.iter().zip(books).map(|(name, (_, bytes))| {
        let path = folder.join(name);
        files::beside(&path, UNDER_WAY, bytes).map(|file| (path, file))
    });
    for (path, file) in staged.collect::<Result<Vec<_>, _>>()? {
        file.persist_noclobber(&path).map_err(|problem| match problem.error.kind() {
            std::io::ErrorKind::AlreadyExists => there_already(&path),
            kind => files::unwritable(&path, kind),
        })?;
        placed.push(path);
    }
    Ok(())
}

fn there_already(path: &Path) -> Diagnostic {
    Diagnostic::error("file-exists", format!("“{}”已经有了，没有覆盖，一个也没有写", shown(path)))
        .hint("里面可能填了数：请先移走，或换一个文件夹")
}

/// The file names of workbooks that are called so.
pub fn named(books: &[(String, Vec<u8>)]) -> Vec<String> {
    files::file_names(books.iter().map(|(name, _)| name.as_str()), "xlsx")
}

/// Fact files that were changed as edits of the project.
///
/// # Errors
/// A file was edited by somebody else meanwhile.
pub fn edits(project: &Project, edited: &[Edited]) -> Result<Edits, Diagnostic> {
    let mut edits = Edits::default();
    for file in edited {
        let (text, name) = (Text::Year(file.year), &file.before.name);
        if project.texts().words(&text) != file.before.text {
            return Err(Diagnostic::error("changed-meanwhile", format!("{name} 刚才被别的程序改过，没有写"))
                .hint("请再导入一次"));
        }
        edits.add(project.texts(), text, stored::Edited::Text(file.after.clone()));
    }
    Ok(edits)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;
    use crate::diag::Source;
    use crate::period::Period;

    #[test]
    fn patterns_are_those_of_the_shell() {
        for (pattern, name, wanted) in [
            ("*.xlsx", "东湾村.xlsx", true),
            ("*.xlsx", "东湾村.xls", false),
            ("东?村*", "东湾村（改）.xlsx", true),
            ("*", "", true),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "a1b2", false),
            ("?", "", false),
        ] {
            assert_eq!(fits(pattern, name), wanted, "{pattern} {name}");
        }
    }

    #[test]
    fn all_workbooks_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("采集表");
        let book = |name: &str| (name.to_owned(), name.as_bytes().to_vec());
        let listed = || {
            let mut names: Vec<String> = std::fs::read_dir(&place)
                .into_iter()
                .flatten()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        write_new(&place, &[book("东/村"), book("东_村"), book("CON")]).unwrap();
        assert_eq!(listed(), ["CON_.xlsx", "东_村.xlsx", "东／村.xlsx"]);
        assert_eq!(std::fs::read(place.join("东／村.xlsx")).unwrap(), "东/村".as_bytes());
        // One that somebody filled in is there: nothing new beside it.
        let refused = write_new(&place, &[book("西村"), book("东_村")]).unwrap_err();
        assert_eq!((refused.0[0].rule, listed().len()), ("file-exists", 3));
        // A name that cannot be written: what was begun is taken back.
        let mut placed = Vec::new();
        std::fs::create_dir(place.join("南村.xlsx")).unwrap();
        let names = ["北村.xlsx".to_owned(), "南村.xlsx".to_owned()];
        assert!(super::place(&place, &names, &[book("北村"), book("南村")], &mut placed).is_err());
        assert_eq!(placed, [place.join("北村.xlsx")]);
    }

    #[test]
    fn every_encoding_is_kept_and_a_file_that_changed_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("facts")).unwrap();
        let path = folder.path().join("facts/2011.yaml");
        let text = "年度: 2011\r\n会议: 14次\r\n";
        let edited = |before: &str| Edited {
            year: Period::year(2011),
            before: Arc::new(Source::new("facts/2011.yaml", before)),
            after: text.replace("14", "15"),
        };
        let utf16: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (gbk, _, _) = encoding_rs::GB18030.encode(text);
        for bytes in [text.as_bytes(), &gbk, format!("\u{FEFF}{text}").as_bytes(), &utf16] {
            std::fs::write(&path, bytes).unwrap();
            let project = Project::open(folder.path());
            project.commit(&edits(&project, &[edited(text)]).unwrap(), "x", Timestamp::UNIX_EPOCH).unwrap();
            let new = std::fs::read(&path).unwrap();
            assert_eq!(new.len(), bytes.len());
            assert_eq!(new.iter().zip(bytes).filter(|(new, old)| new != old).count(), 1);
        }
        std::fs::write(&path, "年度: 2011\n会议: 13次\n").unwrap();
        let refused = edits(&Project::open(folder.path()), &[edited(text)]).unwrap_err();
        assert_eq!(refused.rule, "changed-meanwhile");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "年度: 2011\n会议: 13次\n");
    }
}
