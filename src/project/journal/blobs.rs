//! The contents of texts, each kept once, compressed, under its revision.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::super::texts::Revision;
use crate::diag::Diagnostic;
use crate::files;

/// A text of a project is no larger.
const LARGEST: u64 = 16 * 1024 * 1024;

fn path(folder: &Path, revision: &Revision) -> PathBuf {
    folder.join(format!("{}.gz", revision.as_str()))
}

/// Whether a content is kept.
pub(super) fn has(folder: &Path, revision: &Revision) -> bool {
    path(folder, revision).exists()
}

/// Keeps a content, unless it is kept already.
pub(super) fn keep(folder: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let path = path(folder, &Revision::of(bytes));
    if path.exists() {
        return Ok(());
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    let packed = packed.write_all(bytes).and_then(|()| packed.finish());
    let packed = packed.map_err(|_| Diagnostic::error("cannot-write", "历史记录没有写成"))?;
    files::write(&path, &packed)
}

/// A content that was kept.
pub(super) fn read(folder: &Path, revision: &Revision) -> Result<Vec<u8>, Diagnostic> {
    let lost = || {
        Diagnostic::error("broken-history", "历史里的这一版读不出来")
            .hint("它的文件可能被删掉或改动过；现在的事实和模板不受影响")
    };
    let file = fs::File::open(path(folder, revision)).map_err(|_| lost())?;
    let mut bytes = Vec::new();
    GzDecoder::new(file).take(LARGEST).read_to_end(&mut bytes).map_err(|_| lost())?;
    if Revision::of(&bytes) == *revision { Ok(bytes) } else { Err(lost()) }
}

/// Takes away what nothing speaks of any more. A file that cannot be removed now goes the next time.
pub(super) fn sweep(folder: &Path, kept: &BTreeSet<Revision>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let revision = name.strip_suffix(".gz").and_then(Revision::parse);
        if revision.is_some_and(|revision| !kept.contains(&revision)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
