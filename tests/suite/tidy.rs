//! The house rules that a program can hold: arrows between modules, headers, sizes, printing.

use std::path::{Path, PathBuf};

use crate::project::root;

/// What each module may use, as docs/architecture.md says.
const ARROWS: [(&str, &[&str]); 22] = [
    ("zh", &[]),
    ("markup", &[]),
    ("sheet", &["zh"]),
    ("diag", &["markup", "zh"]),
    ("facts", &["diag", "zh"]),
    ("figures", &["facts", "diag", "zh"]),
    ("marked", &["figures", "diag"]),
    ("template", &["marked", "figures", "facts", "diag", "zh"]),
    ("document", &["marked", "figures", "diag", "zh"]),
    ("report", &["template", "document", "marked", "figures", "diag"]),
    ("output", &["document", "figures", "markup", "zh"]),
    ("layout", &["document", "markup", "zh"]),
    ("input", &["document", "figures", "markup", "diag", "zh"]),
    ("diff", &["figures", "facts", "document", "sheet", "markup", "zh"]),
    ("trace", &["document", "figures", "sheet", "zh"]),
    ("check", &["diff", "input", "document", "template", "figures", "facts", "diag", "zh"]),
    ("excel", &["check", "diff", "figures", "facts", "diag", "markup", "zh"]),
    (
        "import",
        &["report", "diff", "input", "document", "template", "figures", "facts", "marked", "diag", "zh"],
    ),
    ("chart", &["markup", "zh"]),
    ("files", &["diag"]),
    (
        "project",
        &[
            "excel", "check", "import", "input", "output", "diff", "report", "document", "template",
            "figures", "facts", "marked", "sheet", "chart", "files", "diag", "zh",
        ],
    ),
    (
        "serve",
        &[
            "project", "check", "import", "input", "diff", "trace", "layout", "output", "report", "document",
            "template", "figures", "facts", "chart", "diag", "markup", "zh",
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
