//! The repository is its own example project: what its reports must hold.

use crate::project::{root, run_in};

fn report(year: &str) -> String {
    let run = run_in(&root(), &["render", year]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    run.stdout
}

#[test]
fn the_report_of_2011_holds_every_fact_of_the_list() {
    let list = std::fs::read_to_string(root().join("tests/data/example-2011.yaml")).expect("the list");
    let entries: Vec<Vec<String>> = serde_yaml::from_str(&list).expect("a list of lists");
    assert_eq!(entries.len(), 42);
    let text = report("2011");
    let missing: Vec<_> = entries
        .iter()
        .filter(|alternatives| !alternatives.iter().any(|one| text.contains(one.as_str())))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn both_years_are_their_golden_files_to_the_letter() {
    let run = run_in(&root(), &["golden"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stderr.matches("一致").count(), 4, "{}", run.stderr);
}

#[test]
fn nothing_of_2011_stands_in_the_report_of_2010() {
    let text = report("2010");
    for slip in ["福建", "农村环境", "镇南竹木制品厂"] {
        assert!(!text.contains(slip), "{slip}");
    }
    let next_year: Vec<&str> = text.match_indices("2011").map(|(at, _)| &text[at..at + 16]).collect();
    assert_eq!(next_year, ["2011年，我们"], "only the plans speak of 2011");
}

#[test]
fn the_structure_is_three_parts_of_three_three_and_four_points() {
    let text = report("2011");
    let starts: Vec<String> = text.lines().map(|line| line.chars().take(2).collect()).collect();
    let shape: Vec<&str> = starts
        .iter()
        .map(String::as_str)
        .filter(|start| start.ends_with('、') || start.ends_with('是') && "一二三四".contains(&start[..3]))
        .collect();
    let want = [
        "一、", "一是", "二是", "三是", "二、", "一是", "二是", "三是", "三、", "一是", "二是", "三是",
        "四是",
    ];
    assert_eq!(shape, want);
}

#[test]
fn every_number_is_traced_or_typed_with_a_reason() {
    let run = run_in(&root(), &["trace", "2011", "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let trace: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(trace["untraced"], serde_json::json!([]));
    let meetings =
        trace["figures"].as_array().expect("figures").iter().find(|figure| figure["text"] == "38次");
    let facts = meetings.expect("38次")["facts"].as_array().expect("facts").clone();
    assert_eq!(
        facts.iter().map(|fact| fact["year"].as_i64().unwrap_or(0)).collect::<Vec<_>>(),
        [2009, 2010, 2011]
    );
    for fact in &facts {
        let file =
            std::fs::read_to_string(root().join(fact["file"].as_str().expect("file"))).expect("fact file");
        let line = file.lines().nth(fact["line"].as_u64().expect("line") as usize - 1).expect("line");
        assert!(line.contains("会议") && line.contains(fact["text"].as_str().expect("text")), "{line}");
    }
}

#[test]
fn the_schema_beside_the_facts_is_current() {
    let run = run_in(&root(), &["schema"]);
    let kept = std::fs::read_to_string(root().join("facts/事实.schema.json")).expect("the schema");
    assert_eq!(run.stdout, kept, "run: huibao schema -o facts/事实.schema.json");
}

#[test]
fn the_same_report_is_the_same_word_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| {
        let path = folder.path().join(name);
        let run = run_in(&root(), &["render", "2011", "-o", path.to_str().expect("a path")]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        std::fs::read(path).expect("the file")
    };
    assert_eq!(file("a.docx"), file("b.docx"));
}
