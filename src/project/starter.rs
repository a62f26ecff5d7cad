//! `huibao new`: a small project, complete and in the open, that renders at once.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Problems};
use crate::files;

/// The files of a new project.
const FILES: [(&str, &str); 6] = [
    ("使用说明.txt", include_str!("starter/使用说明.txt")),
    ("facts/指标.yaml", include_str!("starter/facts/指标.yaml")),
    ("facts/2023.yaml", include_str!("starter/facts/2023.yaml")),
    ("facts/2024.yaml", include_str!("starter/facts/2024.yaml")),
    ("facts/2025.yaml", include_str!("starter/facts/2025.yaml")),
    ("templates/工作汇报.hbs", include_str!("starter/templates/工作汇报.hbs")),
];

/// Writes a new project and returns its files.
///
/// # Errors
/// The folder has content already, or cannot be written.
pub fn create(folder: &Path) -> Result<Vec<PathBuf>, Problems> {
    if folder.is_file() || std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Diagnostic::error("folder-not-empty", format!("“{}”里已经有内容", folder.display()))
            .hint("请换一个新的文件夹名；已有的文件不会被改动")
            .into());
    }
    let mut written = Vec::new();
    for (name, content) in FILES {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|_| no_folder(parent))?;
        }
        files::write(&path, content.as_bytes())?;
        written.push(PathBuf::from(name));
    }
    Ok(written)
}

fn no_folder(folder: &Path) -> Diagnostic {
    Diagnostic::error("cannot-create-folder", format!("不能建立文件夹“{}”", folder.display()))
        .hint("请检查位置和权限，或换一个地方")
}
