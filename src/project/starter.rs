//! `huibao new`: a small project, complete and in the open, that renders at once.

use super::founding::NewFile;

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

/// The files of a small new project.
pub fn small() -> Vec<NewFile> {
    files(&FILES)
}

/// The files of the example.
pub fn example() -> Vec<NewFile> {
    files(&EXAMPLE)
}

fn files(wanted: &[(&str, &str)]) -> Vec<NewFile> {
    wanted.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::founding;
    use crate::project::value::Project;

    #[test]
    fn a_project_goes_beside_other_files_and_over_none() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("上年汇报.docx"), "x").unwrap();
        assert!(founding::create(folder.path(), &small(), "x").is_err());
        let now = jiff::Timestamp::UNIX_EPOCH;
        let project = Project::open(folder.path());
        let done = project.commit(&founding::edits(&project, &small()).unwrap(), "新建", now).unwrap();
        assert_eq!(done.project.texts().iter().count(), FILES.len());
        assert!(founding::edits(&done.project, &small()).is_ok(), "what is there is the same");
        std::fs::write(folder.path().join("facts/2024.yaml"), "年度: 2024\n").unwrap();
        let other = founding::edits(&Project::open(folder.path()), &small());
        assert_eq!(other.unwrap_err().0[0].rule, "file-exists");
        done.project.undo(true, now).unwrap();
        done.project.undo(false, now).unwrap();
        assert_eq!(Project::open(folder.path()).texts().iter().count(), 0);
        let example = folder.path().join("示例");
        founding::create(&example, &super::example(), "x").unwrap();
        let example = Project::open(&example);
        assert!(example.facts().is_ok() && example.templates().is_ok());
    }
}
