//! The one reader of a project's folder: its files become [`Texts`], which share what did not change since they
//! were read before.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::stored::{NO_FACTS, Stored, Texts, ignored};
use super::texts::{self, Text};
use crate::diag::{Act, Diagnostic};

/// The texts in a folder now. Those that have the bytes of `known` are the same values. What cannot be read is said
/// when somebody asks for it.
pub(super) fn read(project: &Path, known: &Texts) -> Texts {
    let mut texts = Texts::default();
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

/// Puts a file in, if it is a text.
fn take(texts: &mut Texts, project: &Path, file: &str, known: &Texts) {
    // A template may have any name that its file can have here.
    let template = file.strip_prefix("templates/").and_then(|name| name.strip_suffix(".hbs"));
    let text = template.map(|name| Text::Template(name.to_owned())).or_else(|| Text::of_file(file));
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
