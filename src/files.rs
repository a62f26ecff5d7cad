//! Writing files whole or not at all.

mod names;

pub use names::file_names;

use std::fs;
use std::io::{Cursor, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::diag::Diagnostic;

/// How names of files begin that are not in their place yet.
pub const UNDER_WAY: &str = ".huibao-";
/// After this time a file under way was left behind by a program that ended.
const LEFT_BEHIND: Duration = Duration::from_secs(60 * 60);

/// Writes a file beside its place and moves it there, so that the old one stays whole until the new
/// one is complete.
///
/// # Errors
/// The target is no plain file, its folder does not exist, it may not be written, the disk is full, or
/// another program holds the file open.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let target = target(path)?;
    sweep(folder_of(&target), UNDER_WAY, true);
    let file = beside(&target, UNDER_WAY, bytes)?;
    file.persist(&target).map(drop).map_err(|error| unwritable(path, error.error.kind()))
}

/// Makes a folder for results, where it is not there yet.
///
/// # Errors
/// A file is in the way, or the place cannot be written to.
pub fn make_folder(path: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(path).map_err(|_| {
        Diagnostic::error("cannot-create-folder", format!("不能建立文件夹“{}”", path.display()))
            .hint("请检查位置和权限，或换一个地方")
    })
}

/// The file that a path means for writing: a link is followed once, and what is no plain file is refused.
///
/// # Errors
/// There is a folder, a pipe or a device, a link leads nowhere, or the folder of the file does not exist.
pub fn target(path: &Path) -> Result<PathBuf, Diagnostic> {
    let shown = path.display();
    let refuse = |rule, what: &str, hint: &'static str| {
        Err(Diagnostic::error(rule, format!("“{shown}”{what}")).hint(hint.to_owned()))
    };
    let link = fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => refuse(
            "folder-not-file",
            "是一个文件夹，不能写成文件",
            "请在 -o 后面写上文件名，例如 -o 汇报.docx",
        ),
        Ok(about) if !about.is_file() => {
            refuse("not-a-file", "不是普通文件（是管道或设备），没有写", "请换一个文件名")
        }
        Ok(_) if link => fs::canonicalize(path).map_err(|error| unwritable(path, error.kind())),
        Ok(_) => Ok(path.to_owned()),
        Err(_) if link => {
            refuse("broken-link", "是一个链接，它指的文件不在了", "请删去这个链接，或换一个文件名")
        }
        Err(_) if !folder_of(path).is_dir() => {
            let message = format!("没有“{}”这个文件夹", folder_of(path).display());
            Err(Diagnostic::error("no-such-folder", message).hint("请先建好文件夹，或换一个位置"))
        }
        Err(_) => Ok(path.to_owned()),
    }
}

/// The folder that a file stands in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The bytes on the disk beside their target, with the rights that the target has; a new file has those that any
/// new file gets. It goes away with the value, unless it is moved.
///
/// # Errors
/// The disk is full or the folder may not be written to.
pub fn beside(target: &Path, prefix: &str, bytes: &[u8]) -> Result<NamedTempFile, Diagnostic> {
    let about = fs::metadata(target).ok();
    let write = || {
        let mut file = temporary(prefix).tempfile_in(folder_of(target))?;
        file.write_all(bytes)?;
        if let Some(about) = &about {
            file.as_file().set_permissions(about.permissions())?;
        }
        file.as_file().sync_all().map(|()| file)
    };
    write().map_err(|error| unwritable(target, error.kind()))
}

#[cfg(unix)]
fn temporary(prefix: &str) -> tempfile::Builder<'_, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    // Less what the user does not give to others.
    builder.prefix(prefix).permissions(fs::Permissions::from_mode(0o644));
    builder
}

#[cfg(not(unix))]
fn temporary(prefix: &str) -> tempfile::Builder<'_, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    builder
}

/// Takes away what is under way in a folder, all of it or only what was left behind long ago. What cannot be
/// removed now goes the next time.
pub fn sweep(folder: &Path, prefix: &str, only_old: bool) {
    for path in under_way(folder, prefix).iter().filter(|path| !only_old || is_left_behind(path)) {
        let _ = fs::remove_file(path);
    }
}

/// Whether nobody has written to what is under way for so long that whoever began it has ended.
pub fn is_left_behind(path: &Path) -> bool {
    let changed = fs::metadata(path).and_then(|about| about.modified()).ok();
    changed.and_then(|at| SystemTime::now().duration_since(at).ok()).is_some_and(|age| age > LEFT_BEHIND)
}

/// What is under way in a folder.
pub fn under_way(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
    named.map(|entry| entry.path()).collect()
}

/// What stands behind the last full stop of a file name, in lower case; empty where there is none.
pub fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// An archive of files by their names; what is in them is compressed already. Equal files make an equal archive.
///
/// # Errors
/// Two have the same name, or for lack of memory.
pub fn archive(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Diagnostic> {
    packed(files).map_err(|problem| {
        Diagnostic::error("cannot-write", format!("压缩包没有做成：{problem}")).hint("请核对有没有重名的")
    })
}

fn packed(files: &[(String, Vec<u8>)]) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(name.as_str(), options)?;
        out.write_all(bytes)?;
    }
    Ok(out.finish()?.into_inner())
}

/// Why a file was not written, and that it is as it was.
pub fn unwritable(path: &Path, kind: ErrorKind) -> Diagnostic {
    let (why, hint) = why(kind);
    Diagnostic::error("cannot-write", format!("“{}”没有写成：{why}；原来的文件没有改动", path.display()))
        .hint(hint)
}

/// Why nothing can be written, and what to do about it.
pub fn why(kind: ErrorKind) -> (&'static str, &'static str) {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("磁盘满了", "请清理磁盘，或换一个位置保存"),
        ErrorKind::PermissionDenied => {
            ("没有写入权限，或文件正被 Word、WPS 打开", "请先关闭打开的文件，或换一个位置保存")
        }
        ErrorKind::ReadOnlyFilesystem => ("这个位置是只读的", "请换一个位置保存"),
        _ => ("磁盘没有写成", "请检查磁盘和权限，或换一个位置保存"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_a_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("汇报.txt");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        assert_eq!(write(dir.path(), b"x").unwrap_err().rule, "folder-not-file");
        assert_eq!(write(&dir.path().join("no/x"), b"x").unwrap_err().rule, "no-such-folder");
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_rights_stay_and_what_is_no_file_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("别处/汇报.txt"), dir.path().join("汇报.txt"));
        std::fs::create_dir(real.parent().unwrap()).unwrap();
        std::fs::write(&real, "old").unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o604)).unwrap();
        std::os::unix::fs::symlink("别处/汇报.txt", &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"new");
        assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o604);
        std::fs::remove_file(&real).unwrap();
        assert_eq!(write(&link, b"x").unwrap_err().rule, "broken-link");
        let socket = dir.path().join("s");
        let _open = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert_eq!(write(&socket, b"x").unwrap_err().rule, "not-a-file");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 3, "nothing is left beside them");
    }

    #[test]
    fn only_what_was_left_behind_long_ago_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        for name in [".huibao-old", ".huibao-new", "old.txt"] {
            let file = std::fs::File::create(dir.path().join(name)).unwrap();
            if name.ends_with("old") || name == "old.txt" {
                file.set_modified(SystemTime::now() - 2 * LEFT_BEHIND).unwrap();
            }
        }
        write(&dir.path().join("汇报.txt"), b"x").unwrap();
        assert!(!dir.path().join(".huibao-old").exists());
        assert!(dir.path().join(".huibao-new").exists() && dir.path().join("old.txt").exists());
    }
}
