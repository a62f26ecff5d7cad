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

/// The files of the example: a report of 2011 with six years of facts, all traced.
const EXAMPLE: [(&str, &str); 8] = [
    ("facts/指标.yaml", include_str!("../../facts/指标.yaml")),
    ("facts/2006.yaml", include_str!("../../facts/2006.yaml")),
    ("facts/2007.yaml", include_str!("../../facts/2007.yaml")),
    ("facts/2008.yaml", include_str!("../../facts/2008.yaml")),
    ("facts/2009.yaml", include_str!("../../facts/2009.yaml")),
    ("facts/2010.yaml", include_str!("../../facts/2010.yaml")),
    ("facts/2011.yaml", include_str!("../../facts/2011.yaml")),
    ("templates/政协工作汇报.hbs", include_str!("../../templates/政协工作汇报.hbs")),
];

/// Writes a new project into a folder that may hold other things, and returns its files.
///
/// # Errors
/// One of its files is there already, or the folder cannot be written.
pub fn add(folder: &Path) -> Result<Vec<PathBuf>, Problems> {
    write(folder, &FILES)
}

/// Writes the example into a folder, and returns its files.
///
/// # Errors
/// One of its files is there already, or the folder cannot be written.
pub fn example(folder: &Path) -> Result<Vec<PathBuf>, Problems> {
    write(folder, &EXAMPLE)
}

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
    write(folder, &FILES)
}

fn write(folder: &Path, wanted: &[(&str, &str)]) -> Result<Vec<PathBuf>, Problems> {
    if let Some((name, _)) = wanted.iter().find(|(name, _)| folder.join(name).exists()) {
        return Err(Diagnostic::error("file-exists", format!("“{}”里已经有 {name}", folder.display()))
            .hint("已有的文件不会被改动；请换一个文件夹")
            .into());
    }
    let mut written = Vec::new();
    for (name, content) in wanted {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_goes_beside_other_files_and_over_none() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("上年汇报.docx"), "x").unwrap();
        assert!(create(folder.path()).is_err());
        assert_eq!(add(folder.path()).unwrap().len(), FILES.len());
        assert_eq!(add(folder.path()).unwrap_err().0[0].rule, "file-exists");
        let example = folder.path().join("示例");
        super::example(&example).unwrap();
        let example = crate::project::value::Project::open(&example);
        assert!(example.facts().is_ok() && example.templates().is_ok());
    }
}
