//! Golden cases: every folder of `golden/用例/` is a project, run through the program.
//!
//! `args` holds one argument a line; `expected/` the exit status, what was printed, and files. A
//! Word file is kept as its `word/document.xml`, one element a line. `HUIBAO_BLESS=1` renews.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::papers;
use crate::project::{root, run_in};

fn cases() -> Vec<PathBuf> {
    let folder = root().join("golden/用例");
    let entries = std::fs::read_dir(folder).expect("golden/用例");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    cases
}

/// Copies the inputs of a case into a new folder, so that a run cannot change them.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// The document of a Word file, one element a line.
fn unzipped(path: &Path) -> String {
    let xml = papers::part(path, "word/document.xml");
    xml.replace("><", ">\n<")
}

/// What a case gives: file names under `expected/` and their content.
fn outcome(case: &Path) -> Vec<(String, String)> {
    let work = tempfile::tempdir().expect("a folder");
    copy(case, work.path());
    let arguments = std::fs::read_to_string(case.join("args")).expect("args");
    let arguments: Vec<&str> = arguments.lines().collect();
    let run = run_in(work.path(), &arguments);
    let mut outcome = vec![("exit".to_owned(), format!("{}\n", run.status))];
    outcome.push(("stderr".to_owned(), run.stderr));
    outcome.push(("stdout".to_owned(), run.stdout));
    let output = arguments.iter().position(|argument| *argument == "-o").and_then(|at| arguments.get(at + 1));
    if let Some(name) = output.filter(|name| work.path().join(name).exists()) {
        let path = work.path().join(name);
        let word = name.ends_with(".docx");
        let text = if word { unzipped(&path) } else { std::fs::read_to_string(&path).expect("text") };
        outcome.push((if word { format!("{name}.xml") } else { (*name).to_owned() }, text));
    }
    outcome.retain(|(_, text)| !text.is_empty());
    outcome
}

#[test]
fn every_case_gives_what_is_expected() {
    let bless = std::env::var_os("HUIBAO_BLESS").is_some();
    let mut failures = Vec::new();
    for case in cases() {
        let expected = case.join("expected");
        let outcome = outcome(&case);
        if bless {
            let _ = std::fs::remove_dir_all(&expected);
            std::fs::create_dir_all(&expected).expect("a folder");
            outcome
                .iter()
                .for_each(|(name, text)| std::fs::write(expected.join(name), text).expect("a file"));
            continue;
        }
        let wanted = std::fs::read_dir(&expected).map(|entries| entries.count()).unwrap_or(0);
        if wanted != outcome.len() {
            failures.push(format!("{}: {wanted} files expected, {} given", case.display(), outcome.len()));
        }
        for (name, text) in outcome {
            let kept = std::fs::read_to_string(expected.join(&name)).unwrap_or_default();
            if kept != text {
                failures.push(format!("{} {name}\nwant\n{kept}\ngot\n{text}", case.display()));
            }
        }
    }
    assert!(failures.is_empty(), "{}\nHUIBAO_BLESS=1 renews", failures.join("\n"));
}

/// A golden file that no test reads would rot.
#[test]
fn every_golden_file_is_read_by_a_test() {
    let known: BTreeSet<&str> = ["用例", "快照", "写法", "导入", "对比", "图表", "种类"].into();
    for entry in std::fs::read_dir(root().join("golden")).expect("golden") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let sample =
            name.starts_with("政协工作汇报-") && (name.ends_with(".txt") || name.ends_with(".marked"));
        assert!(known.contains(name.as_str()) || sample, "no test reads golden/{name}");
    }
    for case in cases() {
        for entry in std::fs::read_dir(&case).expect("a case") {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            assert!(
                ["facts", "templates", "args", "expected"].contains(&name.as_str()),
                "{}: {name}",
                case.display()
            );
        }
    }
}
