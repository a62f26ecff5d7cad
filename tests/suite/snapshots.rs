//! What programs and people read of one project, to the byte: `golden/快照/`.
//!
//! `项目/` has two years, a ledger, formulas, approximations, gaps and slips. Each view of it is kept as it
//! was approved; `HUIBAO_BLESS=1` renews. Read what changed before it is kept.

use std::path::{Path, PathBuf};

use crate::project::{Project, root, run_in};
use crate::serve::served::Served;

/// The file that keeps a view, and the command line that gives it.
const PRINTED: [(&str, &[&str]); 14] = [
    ("溯源.txt", &["trace", "2011"]),
    ("溯源.json", &["trace", "2011", "--format", "json"]),
    ("对比.txt", &["diff"]),
    ("对比.json", &["diff", "--format", "json"]),
    ("对比.html", &["diff", "--format", "html"]),
    ("事实对比.txt", &["diff", "--facts"]),
    ("事实对比.json", &["diff", "--facts", "--format", "json"]),
    ("事实对比.html", &["diff", "--facts", "--format", "html"]),
    ("检查.txt", &["check", "2011"]),
    ("检查.json", &["check", "2011", "--format", "json"]),
    ("检查.html", &["check", "2011", "--format", "html"]),
    ("核对稿件.txt", &["check", "稿件.txt", "--against", "2011"]),
    ("核对稿件.json", &["check", "稿件.txt", "--against", "2011", "--format", "json"]),
    ("核对稿件.html", &["check", "稿件.txt", "--against", "2011", "--format", "html"]),
];
/// The file that keeps an answer to the page, its address, and what is sent there, if anything.
const ANSWERED: [(&str, &str, &str); 7] = [
    ("页面-表单.json", "/api/years/2011/form", ""),
    ("页面-问题.json", "/api/years/2011/problems", ""),
    ("页面-对比.json", "/api/compare/2010/2011", ""),
    ("页面-走势.json", "/api/years/2011/trends", ""),
    ("页面-词汇.json", "/api/vocabulary", ""),
    ("页面-预览.json", "/api/years/2011/preview", "{}"),
    (
        "页面-试填.json",
        "/api/years/2011/preview",
        r#"{"changes": [{"do": "set", "path": "宣传.会议", "value": "20"},
            {"do": "set", "path": "宣传.简报", "value": "６个"}]}"#,
    ),
];

fn folder() -> PathBuf {
    root().join("golden/快照")
}

/// The project in a folder of its own.
fn project() -> Project {
    fn copied(from: &Path, name: &str, mut into: Project) -> Project {
        for entry in std::fs::read_dir(from).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = format!("{name}{}", path.file_name().expect("a name").to_string_lossy());
            into = match path.is_dir() {
                true => copied(&path, &format!("{name}/"), into),
                false => into.file(&name, std::fs::read(&path).expect("a file")),
            };
        }
        into
    }
    copied(&folder().join("项目"), "", Project::new())
}

/// Every difference from what is kept; with `HUIBAO_BLESS` it is kept instead.
fn held(name: &str, given: &str, failures: &mut Vec<String>) {
    let path = folder().join(name);
    if std::env::var_os("HUIBAO_BLESS").is_some() {
        std::fs::write(&path, given).expect("a snapshot");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    if kept != given {
        let differing = kept.lines().zip(given.lines()).find(|(kept, given)| kept != given);
        failures.push(format!("{name}: {} and {} bytes, first {differing:?}", kept.len(), given.len()));
    }
}

#[test]
fn what_is_printed_is_what_was_approved() {
    let project = project();
    let mut failures = Vec::new();
    for (name, arguments) in PRINTED {
        let run = run_in(project.path(), arguments);
        held(name, &run.stdout, &mut failures);
    }
    assert!(failures.is_empty(), "{}\nHUIBAO_BLESS=1 renews", failures.join("\n"));
}

#[test]
fn what_the_page_is_answered_is_what_was_approved() {
    let project = project();
    let served = Served::start(project.path());
    let mut failures = Vec::new();
    for (name, address, sent) in ANSWERED {
        let answer = match sent {
            "" => served.get(address),
            sent => served.ask("POST", address, &[], sent.as_bytes()),
        };
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        held(name, &format!("{:#}\n", answer.json()), &mut failures);
    }
    assert!(failures.is_empty(), "{}\nHUIBAO_BLESS=1 renews", failures.join("\n"));
}

/// A snapshot that no test makes would rot.
#[test]
fn every_snapshot_is_made_by_a_test() {
    let made: Vec<&str> = PRINTED.iter().map(|one| one.0).chain(ANSWERED.iter().map(|one| one.0)).collect();
    for entry in std::fs::read_dir(folder()).expect("golden/快照") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(name == "项目" || made.contains(&name.as_str()), "no test makes golden/快照/{name}");
    }
}
