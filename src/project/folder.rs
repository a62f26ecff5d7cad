//! The one reader of a project's folder: its files become [`Texts`], which share what did not change since they
//! were read before.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::pictures::Pictures;
use super::stored::{NO_FACTS, Stored, Texts, ignored};
use super::texts::{self, Text};
use crate::diag::{Act, Diagnostic};
use crate::marked::is_foreign;

/// The texts in a folder now. Those that have the bytes of `known` are the same values. What cannot be read is said
/// when somebody asks for it.
pub(super) fn read(project: &Path, known: &Texts) -> Texts {
    let mut texts = Texts::default();
    texts.pictures = Pictures::of_folder(project, &known.pictures);
    for folder in ["", "facts", "templates", "golden"] {
        let Some(names) = names(&project.join(folder)) else {
            if folder == "facts" {
                texts.unreadable = Some(Box::new(no_facts()));
            }
            continue;
        };
        for name in names {
            let file = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            take(&mut texts, project, &file, known);
        }
    }
    texts
}

/// The names in a folder, sorted; nothing where it cannot be read.
fn names(folder: &Path) -> Option<Vec<String>> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Some(names)
}

/// The name of a template is said in outputs, which hold no such character.
fn unseen(file: &str) -> Diagnostic {
    let shown = file.replace(is_foreign, "");
    Diagnostic::error("bad-file-name", format!("{shown} 的文件名里有看不见的字符或自造字"))
        .hint("请把这个文件改名，名称重新输入一遍")
}

/// Puts a file in, if it is a text.
fn take(texts: &mut Texts, project: &Path, file: &str, known: &Texts) {
    // A template may have any name that its file can have here.
    let template = file.strip_prefix("templates/").and_then(|name| name.strip_suffix(".hbs"));
    let text = template.map(|name| Text::Template(name.to_owned())).or_else(|| Text::of_file(file));
    if template.is_some_and(|name| name.contains(is_foreign)) {
        texts.unreadable.get_or_insert_with(|| Box::new(unseen(file)));
        return;
    }
    let Some(text) = text else {
        let passed_over = |name: &str| name.starts_with(['.', '~']) || name.ends_with(".json");
        if file.strip_prefix("facts/").is_some_and(|name| !passed_over(name)) {
            texts.remarks.push(ignored(file));
        }
        return;
    };
    if texts.get(&text).is_some() {
        texts.unreadable.get_or_insert_with(|| Box::new(twice(&text)));
        return;
    }
    let stored = match texts::bytes(&project.join(file), file) {
        Ok(None) => Arc::new(Stored::unreadable(file, texts::unreadable(file))),
        Ok(Some(bytes)) => {
            let same = known.get(&text).filter(|known| known.is(file, &bytes));
            same.cloned().unwrap_or_else(|| Arc::new(Stored::new(file, bytes)))
        }
        Err(why) => Arc::new(Stored::unreadable(file, why)),
    };
    texts.put(text, stored);
}

fn no_facts() -> Diagnostic {
    Diagnostic::error(NO_FACTS, "没有找到 facts 文件夹").hint(Act::NewProject { templates: false })
}

fn twice(text: &Text) -> Diagnostic {
    let name = text.name();
    let stem = name.trim_start_matches("facts/").trim_end_matches(".yaml");
    Diagnostic::error("file-twice", format!("facts 里同时有 {stem}.yaml 和 {stem}.yml"))
        .hint("请留下一个，把另一个移走")
}

#[cfg(test)]
mod tests {
    use super::super::value::Project;
    use super::*;
    use crate::period::Period;

    #[test]
    fn a_folder_is_read_whatever_its_line_ends_and_encodings_are() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        fs::create_dir(folder.path().join("facts")).unwrap();
        write("facts/2011.yaml", "\u{feff}年度: 2011\r\n委员:\r\n  总数: 17名\r\n".as_bytes());
        write("facts/2010.yml", &encoding_rs::GB18030.encode("年度: 2010\n委员.总数: 16名\n").0);
        write("facts/指标.yaml", "委员.总数: {单位: 名, 类型: 时点}\n".as_bytes());
        write("facts/备份.yaml", "坏: [".as_bytes());
        let project = Project::open(folder.path());
        let facts = project.facts().unwrap();
        assert_eq!(facts.years.len(), 2);
        let rules: Vec<&str> = facts.notes.iter().map(|note| note.rule).collect();
        assert_eq!(rules, ["file-ignored", "not-utf8"]);
        let missing = project.period(Some(Period::year(2009))).unwrap_err();
        assert!(missing.0[0].hints[0].words(|_| String::new()).contains("2010、2011"), "{missing:?}");
        write("facts/2010.yaml", "年度: 2010\n".as_bytes());
        assert_eq!(project.reread().facts().unwrap_err().0[0].rule, "file-twice");
    }

    #[test]
    fn refuses_files_that_are_no_fact_files() {
        let folder = tempfile::tempdir().unwrap();
        let rule = |folder: &Path| Project::open(folder).facts().unwrap_err().0[0].rule;
        assert_eq!(rule(folder.path()), "no-facts-folder");
        let facts = folder.path().join("facts");
        fs::create_dir(&facts).unwrap();
        assert_eq!(rule(folder.path()), "no-fact-file");
        let file = facts.join("2011.yaml");
        fs::File::create(&file).unwrap().set_len(100 * 1024 * 1024).unwrap();
        assert_eq!(rule(folder.path()), "file-too-large");
        fs::write(&file, "").unwrap();
        assert_eq!(rule(folder.path()), "empty-file");
        fs::write(&file, [0xFF, 0xFF, 0x80]).unwrap();
        assert_eq!(rule(folder.path()), "unknown-encoding");
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!(rule(folder.path()), "folder-not-file");
    }

    #[test]
    fn reads_utf_16_with_a_hint() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("facts")).unwrap();
        let units = "\u{feff}年度: 2011\n甲: 1名\n".encode_utf16().flat_map(u16::to_le_bytes);
        fs::write(folder.path().join("facts/2011.yaml"), units.collect::<Vec<u8>>()).unwrap();
        let project = Project::open(folder.path());
        let facts = project.facts().unwrap();
        assert!(facts.get("甲", Period::year(2011)).is_some());
        assert!(facts.notes[0].message.contains("UTF-16LE"));
    }
}
