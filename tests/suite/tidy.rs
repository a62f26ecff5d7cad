//! The house rules that a program can hold: arrows between modules, circles of files, headers, sizes, printing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::project::root;

/// What each module may use, as the table of docs/architecture.md says it.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).expect("the architecture");
    let rows = text.lines().skip_while(|line| !line.starts_with("| module |")).skip(2);
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.take_while(|line| line.starts_with('|')) {
        let mut cells = row.trim_matches('|').split('|');
        let mut cell = || cells.next().expect("two cells").replace('`', "");
        let (names, uses) = (cell(), cell());
        let words =
            |list: &str| -> BTreeSet<String> { list.split(',').map(|one| one.trim().to_owned()).collect() };
        let above: BTreeSet<String> = arrows.keys().cloned().collect();
        // What stands behind a semicolon is a remark.
        let allowed = match uses.split(';').next().unwrap_or_default().trim() {
            "–" => BTreeSet::new(),
            "everything" => above.union(&words(&names)).cloned().collect(),
            list => match list.strip_prefix("all above but ") {
                Some(but) => above.difference(&words(but)).cloned().collect(),
                None => words(list),
            },
        };
        let upward: Vec<_> =
            allowed.iter().filter(|one| !above.contains(*one) && !words(&names).contains(*one)).collect();
        assert!(upward.is_empty(), "{names}: {upward:?} are no modules that stand above in the table");
        arrows.extend(words(&names).into_iter().map(|name| (name, allowed.clone())));
    }
    arrows
}

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("src"), &mut found);
    assert!(found.len() > 50);
    found
}

/// The path of the module that a file is, from the root of the crate.
fn module(path: &Path) -> Vec<String> {
    let inside = path.strip_prefix(root().join("src")).expect("in src").with_extension("");
    let mut parts: Vec<String> =
        inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// A source without its strings and comments.
fn code(text: &str) -> String {
    let aside = r##"(?s)r#".*?"#|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])'|//[^\n]*"##;
    Regex::new(aside).expect("a pattern").replace_all(text, "").into_owned()
}

/// The paths of `a::{b, c::{d, self}}`.
fn expanded(tree: &str) -> Vec<String> {
    let Some((start, list)) = tree.trim().strip_suffix('}').and_then(|tree| tree.split_once('{')) else {
        let path = tree.trim().split(" as ").next().unwrap_or_default();
        return vec![path.trim_end_matches("::self").to_owned()];
    };
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in list.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match parts.last_mut() {
            Some(part) if c != ',' || depth > 0 => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| expanded(&format!("{start}{}", part.trim()))).collect()
}

/// What the files of the crate name: their modules, and what these publish of others.
struct Names {
    files: BTreeMap<Vec<String>, String>,
    published: BTreeMap<(Vec<String>, String), Vec<String>>,
}

impl Names {
    /// Of the files; with or without the tests that stand in them.
    fn of(with_tests: bool) -> Names {
        let code = |text: &str| {
            let (own, tests) = text.split_once("#[cfg(test)]\nmod tests {").unwrap_or((text, ""));
            // What is above the tests of a file is the file itself.
            let tests = if with_tests { tests.replace("super::", "self::") } else { String::new() };
            code(&format!("{own}{tests}"))
        };
        let files = sources().into_iter().filter(|(path, _)| !path.ends_with("main.rs"));
        let files = files.map(|(path, text)| (module(&path), code(&text))).collect();
        let mut names = Names { files, published: BTreeMap::new() };
        for (module, text) in &names.files {
            for path in
                uses(text).into_iter().filter(|(public, _)| *public).flat_map(|(_, tree)| expanded(&tree))
            {
                if let (Some(path), Some(name)) = (names.absolute(&path, module), path.rsplit("::").next()) {
                    names.published.insert((module.clone(), name.to_owned()), path);
                }
            }
        }
        names
    }

    /// A path from the root of the crate; nothing for one of another crate.
    fn absolute(&self, path: &str, module: &[String]) -> Option<Vec<String>> {
        let mut parts: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
        let mut base = module.to_vec();
        match parts[0].as_str() {
            "crate" => return Some(parts.split_off(1)),
            "self" => drop(parts.remove(0)),
            "super" => {
                while parts.first().is_some_and(|part| part == "super") {
                    base.pop()?;
                    parts.remove(0);
                }
            }
            name => {
                let child = base.iter().cloned().chain([name.to_owned()]).collect::<Vec<_>>();
                self.files.get(&child)?;
            }
        }
        base.extend(parts);
        Some(base)
    }

    /// The module whose file says what a path names.
    fn home(&self, path: &[String]) -> Vec<String> {
        let known = (0..=path.len()).rev().find(|end| self.files.contains_key(&path[..*end])).unwrap_or(0);
        let next =
            path.get(known).and_then(|name| self.published.get(&(path[..known].to_vec(), name.clone())));
        match next {
            Some(other) if other != path => self.home(other),
            _ => path[..known].to_vec(),
        }
    }

    /// Every path that a file names, from the root of the crate.
    fn named(&self, module: &[String], text: &str) -> Vec<Vec<String>> {
        let used = uses(text).into_iter().flat_map(|(_, tree)| expanded(&tree));
        let inline =
            Regex::new(r"(?:^|[^\w:])((?:crate|super|self|[a-z_]\w*)(?:::\w+)+)").expect("a pattern");
        let inline = inline.captures_iter(text).map(|found| found[1].to_owned());
        used.chain(inline).filter_map(|path| self.absolute(&path, module)).collect()
    }
}

/// What stands behind `use`, and whether it is published.
fn uses(text: &str) -> Vec<(bool, String)> {
    let pattern = Regex::new(r"(?m)(pub(?:\([^)]*\))?\s+)?\buse\s+([^;]+);").expect("a pattern");
    pattern.captures_iter(text).map(|found| (found.get(1).is_some(), found[2].to_owned())).collect()
}

#[test]
fn arrows_point_one_way() {
    let (arrows, names) = (arrows(), Names::of(true));
    for (module, text) in names.files.iter().filter(|(module, _)| !module.is_empty()) {
        let own = &module[0];
        let allowed = arrows.get(own).unwrap_or_else(|| panic!("{own} is not in the table of arrows"));
        for path in
            names.named(module, text).iter().filter(|path| path.first().is_some_and(|first| first != own))
        {
            let shown = (module.join("::"), path.join("::"));
            assert!(arrows.contains_key(&path[0]), "{} names {}, which is in no module", shown.0, shown.1);
            assert!(allowed.contains(&path[0]), "{} uses {}", shown.0, shown.1);
        }
    }
    for name in arrows.keys() {
        assert!(names.files.contains_key(std::slice::from_ref(name)), "{name} of the table is no module");
    }
}

/// A module and the files below it belong together; files beside each other are read in one order.
#[test]
fn files_beside_each_other_run_in_no_circle() {
    let names = Names::of(false);
    let mut left: BTreeMap<&Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (module, text) in &names.files {
        let homes = names.named(module, text).into_iter().map(|path| names.home(&path));
        left.insert(
            module,
            homes.filter(|home| !home.starts_with(module) && !module.starts_with(home)).collect(),
        );
    }
    loop {
        let free: Vec<_> = left
            .iter()
            .filter(|(_, uses)| !uses.iter().any(|one| left.contains_key(one)))
            .map(|(module, _)| *module)
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|module| drop(left.remove(module)));
    }
    let shown = |(module, uses): (&&Vec<String>, &BTreeSet<Vec<String>>)| {
        let uses = uses.iter().filter(|one| left.contains_key(one)).map(|one| one.join("::"));
        format!("{} uses {}", module.join("::"), uses.collect::<Vec<_>>().join(", "))
    };
    let circles: Vec<String> = left.iter().map(shown).collect();
    assert!(circles.is_empty(), "a circle runs through some of these:\n{}", circles.join("\n"));
}

/// The reader of paths sees what it is there to see.
#[test]
fn paths_are_read_from_the_text() {
    assert_eq!(expanded("a::{b, c::{d, self}, e as f}"), ["a::b", "a::c::d", "a::c", "a::e"]);
    let names = Names::of(false);
    let path = |words: &str| words.split("::").map(str::to_owned).collect::<Vec<_>>();
    let file = path("check::rules::numbers::total");
    let named = names.named(&file, "use super::parts::list; fn f() { crate::zh::fold(\"crate::cmd\") }");
    assert_eq!(named[0], path("check::rules::numbers::parts::list"));
    assert_eq!(names.home(&path("check::Prose")), path("check::prose"));
    assert!(!code("let a = \"crate::cmd\"; // crate::cli\n").contains("crate"));
}

/// The line is put together where a project is a value; beside it only by those who prove something by rendering it
/// in memory. Tests of a file stand at its end or in a file of their own.
#[test]
fn the_line_is_put_together_in_one_place() {
    let places = ["project/value.rs", "import/prove.rs", "excel/proposal.rs"];
    let stations = ["figures::compute(", "report::of(", "Templates::compile("];
    for (path, text) in sources() {
        let shown = path.display().to_string().replace('\\', "/");
        let own = places.iter().any(|place| shown.ends_with(place)) || shown.contains("src/template/");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for station in stations {
            let calls =
                code.lines().any(|line| line.contains(station) && !line.trim_start().starts_with("//"));
            assert!(own || shown.ends_with("tests.rs") || !calls, "{shown} calls {station}");
        }
    }
}

#[test]
fn every_file_has_a_header_and_a_size_and_no_leftovers() {
    for (path, text) in sources() {
        let shown = path.display();
        assert!(text.starts_with("//!"), "{shown} has no header");
        assert!(text.lines().count() <= 600, "{shown} is too long");
        for leftover in ["todo!", "dbg!", "unimplemented!", "FIXME", "TODO", "XXX"] {
            assert!(!text.contains(leftover), "{shown}: {leftover}");
        }
        let prints = ["println!", "print!", "eprintln!", "eprint!", "io::stdout", "io::stderr"];
        let printing = prints.iter().any(|one| text.contains(one));
        assert!(!printing || path.ends_with("ui.rs"), "{shown} prints");
    }
}

/// What can be done is data; only the command line says it by verbs and options. The pages that a person takes
/// along name the verb that takes them back.
#[test]
fn only_the_command_line_speaks_of_itself() {
    let option = Regex::new(r#""[^"\n]*(?:--[a-z]|huibao )[^"\n]*""#).expect("a pattern");
    let of_the_line = ["cmd", "cli", "ui", "run"];
    for (path, text) in sources() {
        // The last is a part of the tests.
        let kept = ["import/proposals.rs", "import/review.rs", "journal/writers.rs"];
        let kept = kept.iter().any(|name| path.ends_with(name));
        if kept || module(&path).first().is_none_or(|first| of_the_line.contains(&first.as_str())) {
            continue;
        }
        let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = own.lines().filter(|line| !line.trim_start().starts_with("//"));
        let said: Vec<_> = lines.filter(|line| option.is_match(line)).collect();
        assert!(said.is_empty(), "{}: {said:?}", path.display());
    }
}

#[test]
fn floats_do_not_touch_figures() {
    // Lengths on paper are handed to the library for PDF as it takes them, in one file.
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.ends_with("output/pdf/points.rs")) {
        for float in ["f64", "f32"] {
            assert!(!text.contains(float), "{}: {float}", path.display());
        }
    }
}

/// Years that are read in prose, in dates and in cells are numbers, as lengths on paper are; the time of a report
/// is a `Period`.
#[test]
fn only_periods_are_computed_with() {
    let prose = [
        "facts/date.rs",
        "facts/value.rs",
        "diff/share.rs",
        "excel/book/mod.rs",
        "excel/book/serial.rs",
        "period.rs",
    ];
    let of_paper = ["chart", "layout", "output"];
    for (path, text) in sources() {
        let shown = path.display();
        let numbers = prose.iter().any(|name| path.ends_with(name)) || path.ends_with("tests.rs");
        for bare in
            ["year: i32", "Option<i32>", "BTreeMap<i32", "Vec<i32>", "calendar_year() +", "calendar_year() -"]
        {
            assert!(
                numbers
                    || module(&path).first().is_some_and(|first| of_paper.contains(&first.as_str()))
                    || !text.contains(bare),
                "{shown}: {bare}"
            );
        }
        assert!(!text.contains("facts/{year"), "{shown} names a file of facts by hand");
    }
}

/// A number is read once, where a text comes in, by the grammar; whoever needs one is handed an amount.
#[test]
fn numbers_are_read_by_the_grammar_alone() {
    let by_hand = Regex::new(
        r"Decimal::from_str|parse::<Decimal>|Decimal>?\s*=[^;]*\.parse\(|try_from_i128_with_scale",
    )
    .expect("a pattern");
    // Readers of cells, whose numbers are no words, and of what the program wrote itself.
    let readers = ["excel/book/number.rs", "figures/wire.rs"];
    let mut seen = BTreeSet::new();
    for (path, text) in sources() {
        let shown = path.display().to_string().replace('\\', "/");
        let code = code(text.split("#[cfg(test)]").next().unwrap_or_default());
        if !by_hand.is_match(&code) || shown.ends_with("tests.rs") {
            continue;
        }
        let reader = readers.into_iter().find(|reader| shown.ends_with(reader));
        seen.extend(reader);
        assert!(reader.is_some() || shown.contains("src/zh/number/"), "{shown} reads a number by hand");
    }
    assert_eq!(seen.len(), readers.len(), "a reader that reads nothing is no exception: {seen:?}");
}

/// The sheets of the page name nothing that the pages of a report have: what styles one would bend the other.
#[test]
fn styles_of_the_page_leave_the_pages_of_the_report_alone() {
    let class = Regex::new(r"\.([a-z][a-z0-9-]*)").expect("a pattern");
    let pages = std::fs::read_to_string(root().join("src/layout/pages.css")).expect("a sheet");
    let mut own: BTreeSet<&str> =
        class.captures_iter(&pages).filter_map(|found| found.get(1)).map(|one| one.as_str()).collect();
    own.remove("page");
    let first = Regex::new(r"(?m)(?:^|[,}]\s*)\.([a-z][a-z0-9-]*)").expect("a pattern");
    for file in std::fs::read_dir(root().join("src/serve/web")).expect("a folder").flatten() {
        let path = file.path();
        if path.extension().is_some_and(|ending| ending == "css") {
            let sheet = std::fs::read_to_string(&path).expect("a sheet");
            let taken: Vec<&str> = first
                .captures_iter(&sheet)
                .filter_map(|found| found.get(1))
                .map(|one| one.as_str())
                .filter(|name| own.contains(name))
                .collect();
            assert!(taken.is_empty(), "{}: {taken:?}", path.display());
        }
    }
}
