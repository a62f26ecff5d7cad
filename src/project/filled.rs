//! A table of 导入核对 that somebody filled in and sent back: of which list of the project it is, and which row each of
//! its rows is. Chat programs and Office give copies other names, and the list may have gone on in the meantime.

use std::path::{Path, PathBuf};

use super::draft;
use super::texts::Text;
use super::value::Project;
use crate::import::review::{Item, rows_of};
use crate::period::Period;

/// Where the list is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// In the project.
    Own(Option<Period>),
    /// In a file elsewhere.
    Other(PathBuf),
}

/// The list that a filled table belongs to: by its name, by that without the marks of a copy, else by its rows.
pub fn page(project: &Project, table: &Path, filled: &[Item]) -> Page {
    let beside = table.with_extension("md");
    if let Some(Text::Review(year)) = project.text_at(&beside) {
        return Page::Own(year);
    }
    let stem = table.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let named = Text::of_file(&format!("{}.md", original(&stem)));
    match named {
        Some(Text::Review(year))
            if own(project, year).is_some() && (original(&stem) != stem || !beside.exists()) =>
        {
            Page::Own(year)
        }
        _ if beside.exists() => Page::Other(beside),
        _ => by_rows(project, filled).map_or(Page::Other(beside), Page::Own),
    }
}

/// The list of a year, where the project has one that can be read.
fn own(project: &Project, year: Option<Period>) -> Option<Vec<Item>> {
    let text = Text::Review(year);
    let stored = project.texts().get(&text)?;
    rows_of(&draft::held(stored.bytes(), &text.name()).ok()?.document).ok()
}

/// The list that has most of these rows.
fn by_rows(project: &Project, filled: &[Item]) -> Option<Option<Period>> {
    let pages = project.texts().iter().filter_map(|(text, _)| match text {
        Text::Review(year) => Some(*year),
        _ => None,
    });
    let shared = |year: Option<Period>| {
        let items = own(project, year).unwrap_or_default();
        filled.iter().enumerate().filter(|(at, row)| row_of(&items, *at, row).is_some()).count()
    };
    let best = pages.map(|year| (shared(year), year)).max_by_key(|(count, _)| *count)?;
    (best.0 > 0).then_some(best.1)
}

/// Which row of the list a filled row is: the one in its place where that says the same, else any that does.
pub fn row_of(items: &[Item], at: usize, filled: &Item) -> Option<usize> {
    let said = |item: &Item| (item.year, item.value.trim().to_owned(), item.context.trim().to_owned());
    let same = |item: &Item| said(item) == said(filled);
    if items.get(at).is_some_and(same) {
        return Some(at);
    }
    let named = |item: &Item| item.path == filled.path && item.year == filled.year;
    let exact = items.iter().position(|item| named(item) && same(item));
    exact.or_else(|| items.iter().position(same)).or_else(|| items.iter().position(named))
}

/// The name without what marks a copy: `导入核对(1)`, `导入核对 - 副本 (2)`, `复件 导入核对`.
fn original(stem: &str) -> String {
    const BEHIND: [&str; 8] = ["的副本", "副本", "- Copy", "-Copy", "copy", "_copy", "复制", "备份"];
    const BEFORE: [&str; 4] = ["副本", "复件", "Copy of", "copy of"];
    let mut name = stem.trim();
    loop {
        let start = name.len();
        name = numbered(name).unwrap_or(name).trim_end();
        for words in BEHIND {
            name = name
                .strip_suffix(words)
                .map_or(name, |rest| rest.trim_end().trim_end_matches(['-', '_']).trim_end());
        }
        for words in BEFORE {
            name =
                name.strip_prefix(words).map_or(name, |rest| rest.trim_start_matches([' ', '-', '_', '　']));
        }
        if name.len() == start {
            return name.to_owned();
        }
    }
}

/// A name without a number in brackets behind it.
fn numbered(name: &str) -> Option<&str> {
    let inner = name.strip_suffix([')', '）', ']'])?;
    let open = inner.rfind(['(', '（', '['])?;
    let number = inner[open..].trim_start_matches(['(', '（', '[']);
    (!number.is_empty() && number.chars().all(|c| c.is_ascii_digit())).then(|| &name[..open])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_name_of_what_it_is_a_copy_of() {
        for name in [
            "导入核对",
            "导入核对(1)",
            "导入核对 (2)",
            "导入核对（1）",
            "导入核对 - 副本",
            "导入核对 - 副本 (2)",
            "导入核对的副本",
            "副本导入核对",
            "复件 导入核对",
            "导入核对 - Copy (1)",
            "导入核对[1]",
        ] {
            assert_eq!(original(name), "导入核对", "{name}");
        }
        assert_eq!(original("导入核对-2009(1)"), "导入核对-2009");
    }

    #[test]
    fn a_row_is_found_wherever_it_stands() {
        let row = |path: &str, value: &str, context: &str| Item {
            context: context.to_owned(),
            ..Item::new(path.to_owned(), Period::year(2024), value.to_owned())
        };
        let list = [row("甲", "1个", "甲1个"), row("乙", "2个", "乙2个"), row("丙", "2个", "丙2个")];
        // Renamed in the meantime, moved, or with other words.
        assert_eq!(row_of(&list, 0, &row("旧名", "1个", "甲1个")), Some(0));
        assert_eq!(row_of(&list, 0, &row("丙", "2个", "丙2个")), Some(2));
        assert_eq!(row_of(&list, 9, &row("乙", "3个", "别的")), Some(1));
        assert_eq!(row_of(&list, 9, &row("丁", "3个", "别的")), None);
    }
}
