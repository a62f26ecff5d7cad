//! Writing files whole or not at all.

use std::io::{Cursor, ErrorKind, Write};
use std::path::Path;

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::diag::Diagnostic;

/// Writes a file beside its place and moves it there, so that the old one stays whole until the new
/// one is complete.
///
/// # Errors
/// The target is a folder, its folder does not exist, it may not be written, the disk is full, or
/// another program holds the file open.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let shown = path.display();
    if path.is_dir() {
        return Err(Diagnostic::error("folder-not-file", format!("“{shown}”是一个文件夹，不能写成文件"))
            .hint("请在 -o 后面写上文件名，例如 -o 汇报.docx"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(Diagnostic::error("no-such-folder", format!("没有“{}”这个文件夹", folder.display()))
            .hint("请先建好文件夹，或换一个位置"));
    }
    write_beside(folder, path, bytes).map_err(|kind| unwritable(path, kind))
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

fn write_beside(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), ErrorKind> {
    let mut file = tempfile::Builder::new().prefix(".huibao-").tempfile_in(folder).map_err(|e| e.kind())?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| e.kind())?;
    open_to_all(&file).map_err(|e| e.kind())?;
    file.persist(path).map(drop).map_err(|e| e.error.kind())
}

/// A temporary file is private; a report is as readable as any other file.
#[cfg(unix)]
fn open_to_all(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_all(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

fn unwritable(path: &Path, kind: ErrorKind) -> Diagnostic {
    let (why, hint) = match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("磁盘满了", "请清理磁盘，或换一个位置保存"),
        ErrorKind::PermissionDenied => {
            ("没有写入权限，或文件正被 Word、WPS 打开", "请先关闭打开的文件，或换一个位置保存")
        }
        ErrorKind::ReadOnlyFilesystem => ("这个位置是只读的", "请换一个位置保存"),
        _ => ("磁盘没有写成", "请检查磁盘和权限，或换一个位置保存"),
    };
    Diagnostic::error("cannot-write", format!("“{}”没有写成：{why}；原来的文件没有改动", path.display()))
        .hint(hint)
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
}
