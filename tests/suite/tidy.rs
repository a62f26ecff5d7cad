//! The house rules that a program can hold: arrows between modules, headers, sizes, printing.

use std::path::{Path, PathBuf};

use crate::project::root;

/// What each module may use, as docs/architecture.md says.
const ARROWS: [(&str, &[&str]); 23] = [
    ("zh", &[]),
    ("markup", &[]),
    ("period", &[]),
    ("sheet", &["zh"]),
    ("diag", &["period", "markup", "zh"]),
    ("facts", &["period", "diag", "zh"]),
    ("figures", &["period", "facts", "diag", "zh"]),
    ("marked", &["period", "figures", "diag"]),
    ("template", &["period", "marked", "figures", "facts", "diag", "zh"]),
    ("document", &["period", "marked", "figures", "diag", "zh"]),
    ("report", &["period", "template", "document", "marked", "figures", "diag"]),
    ("output", &["period", "document", "figures", "markup", "zh"]),
    ("layout", &["document", "markup", "zh"]),
    ("input", &["period", "document", "figures", "markup", "diag", "zh"]),
    ("diff", &["period", "figures", "facts", "document", "sheet", "markup", "zh"]),
    ("trace", &["period", "document", "figures", "sheet", "zh"]),
    ("check", &["period", "diff", "input", "document", "template", "figures", "facts", "diag", "zh"]),
    ("excel", &["period", "check", "diff", "figures", "facts", "diag", "markup", "zh"]),
    (
        "import",
        &[
            "period", "report", "diff", "input", "document", "template", "figures", "facts", "marked",
            "diag", "zh",
        ],
    ),
    ("chart", &["period", "markup", "zh"]),
    ("files", &["diag"]),
    (
        "project",
        &[
            "period", "excel", "check", "import", "input", "output", "diff", "report", "document",
            "template", "figures", "facts", "marked", "sheet", "chart", "files", "diag", "zh",
        ],
    ),
    (
        "serve",
        &[
            "period", "project", "check", "import", "input", "diff", "trace", "layout", "output", "report",
            "document", "template", "figures", "facts", "chart", "diag", "markup", "zh",
        ],
    ),
];

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

/// The module of the first level that a file belongs to.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).expect("in src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Modules named behind `crate::`, alone or in braces.
fn used(text: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut used = Vec::new();
    for part in text.split("crate::").skip(1) {
        match part.strip_prefix('{') {
            Some(list) => {
                let list = &list[..list.find(';').unwrap_or(list.len())];
                used.extend(
                    list.split([',', '{', '}']).map(|one| name(one.trim())).filter(|one| !one.is_empty()),
                );
            }
            None => used.push(name(part)),
        }
    }
    used
}

#[test]
fn arrows_point_one_way() {
    let modules: Vec<String> = sources().iter().map(|(path, _)| module(path)).collect();
    for (path, text) in sources() {
        let own = module(&path);
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == own) else { continue };
        for other in used(&text) {
            let arrow = modules.contains(&other) && other != own;
            assert!(!arrow || allowed.contains(&other.as_str()), "{} uses {other}", path.display());
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

#[test]
fn floats_do_not_touch_figures() {
    for (path, text) in sources() {
        for float in ["f64", "f32"] {
            assert!(!text.contains(float), "{}: {float}", path.display());
        }
    }
}

/// Years that are read in prose, in dates and in cells are numbers; the time of a report is a `Period`.
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
    for (path, text) in sources() {
        let shown = path.display();
        let numbers = prose.iter().any(|name| path.ends_with(name)) || path.ends_with("tests.rs");
        for bare in
            ["year: i32", "Option<i32>", "BTreeMap<i32", "Vec<i32>", "calendar_year() +", "calendar_year() -"]
        {
            assert!(numbers || module(&path) == "chart" || !text.contains(bare), "{shown}: {bare}");
        }
        assert!(!text.contains("facts/{year"), "{shown} names a file of facts by hand");
    }
}
