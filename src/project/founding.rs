//! New projects: a folder of their own, which is there whole or not at all, or a folder that holds other things.

use std::path::{Path, PathBuf};

use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use crate::diag::{Diagnostic, Hint, Problems};
use crate::files;

/// A file of a new project: its path from there, and its bytes.
pub type NewFile = (String, Vec<u8>);

/// How the name of a folder begins that is not complete yet.
const UNDER_WAY: &str = ".huibao-新-";
/// Stands in such a folder, so that nobody else's is taken for one.
const MARKER: &str = ".huibao-新建中";

/// Writes a new project and returns its files; nothing is there before everything is. `taken` says what to do where
/// the folder has content.
///
/// # Errors
/// The folder has content already, or cannot be written.
pub fn create(folder: &Path, contents: &[NewFile], taken: impl Into<Hint>) -> Result<Vec<PathBuf>, Problems> {
    if folder.is_file() || std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Diagnostic::error("folder-not-empty", format!("“{}”里已经有内容", folder.display()))
            .hint(taken)
            .into());
    }
    texts(contents)?;
    let parent = files::folder_of(folder);
    std::fs::create_dir_all(parent).map_err(|_| unwritable(parent))?;
    sweep(parent);
    let beside = tempfile::Builder::new().prefix(UNDER_WAY).tempdir_in(parent);
    let beside = beside.map_err(|_| unwritable(parent))?;
    files::write(&beside.path().join(MARKER), b"")?;
    for (name, content) in contents {
        let path = beside.path().join(name);
        let inside = files::folder_of(&path);
        std::fs::create_dir_all(inside).map_err(|_| unwritable(inside))?;
        files::write(&path, content)?;
    }
    settle(beside, folder)?;
    Ok(contents.iter().map(|(name, _)| PathBuf::from(name)).collect())
}

/// The files of a new project as edits of a folder that has none.
///
/// # Errors
/// One of its files is there already with another content.
pub fn edits(project: &Project, contents: &[NewFile]) -> Result<Edits, Problems> {
    let mut edits = Edits::default();
    for (text, content) in texts(contents)? {
        let there = project.texts().get(&text);
        if there.is_some_and(|stored| **stored.bytes() != **content) {
            let message = format!("“{}”里已经有 {}", project.place().display(), text.name());
            return Err(Diagnostic::error("file-exists", message)
                .hint("已有的文件不会被改动；请换一个文件夹，或先把它移走")
                .into());
        }
        edits.add(project.texts(), text, Edited::Bytes(content.clone()));
    }
    Ok(edits)
}

/// Files as the texts that they are.
fn texts(contents: &[NewFile]) -> Result<Vec<(Text, &Vec<u8>)>, Diagnostic> {
    let text = |name: &str| Text::of_file(name).ok_or_else(|| no_such_name(name));
    contents.iter().map(|(name, content)| Ok((text(name)?, content))).collect()
}

fn no_such_name(name: &str) -> Diagnostic {
    Diagnostic::error("bad-name", format!("文件不能叫“{name}”")).hint("请换一个名称，不要用 / : * ? 等符号")
}

/// Takes away folders that programs which ended left behind long ago.
fn sweep(parent: &Path) {
    for left in files::under_way(parent, UNDER_WAY) {
        if files::is_left_behind(&left) && left.join(MARKER).is_file() {
            let _ = std::fs::remove_dir_all(left);
        }
    }
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
    })?;
    // Where it cannot be removed now, the first change of the project takes it away.
    let _ = std::fs::remove_file(folder.join(MARKER));
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<NewFile> {
        vec![("facts/2011.yaml".into(), b"a".to_vec()), ("templates/x.hbs".into(), b"b".to_vec())]
    }

    #[test]
    fn a_new_folder_is_there_whole_and_holds_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let new = folder.path().join("镇");
        create(&new, &files(), "x").unwrap();
        assert_eq!(std::fs::read(new.join("facts/2011.yaml")).unwrap(), b"a");
        assert_eq!(std::fs::read_dir(&new).unwrap().count(), 2);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(create(&new, &files(), "x").unwrap_err().0[0].rule, "folder-not-empty");
        let bad = [("templates/a/b.hbs".to_owned(), Vec::new())];
        assert_eq!(create(&folder.path().join("村"), &bad, "x").unwrap_err().0[0].rule, "bad-name");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_was_left_behind_long_ago_goes_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let left = |name: &str, marked: bool| {
            let path = folder.path().join(name);
            std::fs::create_dir(&path).unwrap();
            if marked {
                std::fs::write(path.join(MARKER), "").unwrap();
            }
            let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
            std::fs::File::open(&path).unwrap().set_modified(long_ago).unwrap();
        };
        left(".huibao-新-a", true);
        left(".huibao-新-b", false);
        std::fs::create_dir(folder.path().join(".huibao-新-c")).unwrap();
        std::fs::write(folder.path().join(".huibao-新-c").join(MARKER), "").unwrap();
        create(&folder.path().join("镇"), &files(), "x").unwrap();
        for (name, stays) in [(".huibao-新-a", false), (".huibao-新-b", true), (".huibao-新-c", true)] {
            assert_eq!(folder.path().join(name).exists(), stays, "{name}");
        }
    }
}
