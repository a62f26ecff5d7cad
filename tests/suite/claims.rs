//! Claims with verdicts (`tests/评测/核对.tsv`): the gate takes no false one, and misses hardly a true one.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::evaluation::{columns, renew};
use crate::project::{Project, root, run_in};

/// Of a hundred claims so many at least are judged right.
const WANTED: usize = 97;

/// A claim of the table.
struct Claim<'t> {
    id: &'t str,
    kind: &'t str,
    is_true: bool,
    words: &'t str,
}

fn table(text: &str) -> Vec<Claim<'_>> {
    let row = |line| {
        let cells: Vec<&str> = str::split(line, '\t').collect();
        let [id, kind, should, words] = cells.as_slice() else { panic!("four columns: {line}") };
        Claim { id, kind, is_true: *should == "accept", words }
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn no_false_claim_is_taken_and_hardly_a_true_one_missed() {
    let folder = root().join("tests/评测");
    let text = std::fs::read_to_string(folder.join("核对.tsv")).expect("the table");
    let claims = table(&text);
    let words: Vec<&str> = claims.iter().map(|claim| claim.words).collect();
    let draft = Project::new().file("稿.txt", format!("工作汇报\n\n{}\n", words.join("\n\n")));
    let path = draft.path().join("稿.txt");
    let path = path.to_str().expect("a path");
    let run = run_in(&folder.join("核对"), &["check", path, "--against", "2025", "--format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let mut verdicts: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for figure in found["figures"].as_array().expect("figures") {
        let paragraph = figure["paragraph"].as_u64().expect("a paragraph");
        verdicts.entry(paragraph).or_default().push(figure["verdict"].as_str().expect("a verdict"));
    }
    let good = |verdict: &&str| matches!(*verdict, "equal" | "approximate" | "derived");
    let mut wrong = Vec::new();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (claim, paragraph) in claims.iter().zip(2..) {
        let met = verdicts.get(&paragraph).map(Vec::as_slice).unwrap_or_default();
        let taken = !met.is_empty() && met.iter().all(good);
        assert!(claim.is_true || !taken, "taken: {} {} {met:?}", claim.id, claim.words);
        assert!(claim.is_true || !met.is_empty(), "not looked at: {} {}", claim.id, claim.words);
        let kind = kinds.entry(claim.kind.split('-').next().unwrap_or(claim.kind)).or_default();
        *kind = (kind.0 + usize::from(taken == claim.is_true), kind.1 + 1);
        if taken != claim.is_true {
            wrong.push(format!("{} {} {met:?}", claim.id, claim.words));
        }
    }
    let right = claims.len() - wrong.len();
    let head = format!("{}句说法判对{right}句，没有一句错的当成对的。\n\n", claims.len());
    let shown = kinds.iter().map(|(kind, (right, all))| format!("{kind} | {right}／{all}"));
    renew("核对", &(head + &columns("种类 | 判对／共有", 4, shown)));
    assert!(right * 100 >= claims.len() * WANTED, "{right} of {}\n{}", claims.len(), wrong.join("\n"));
}
