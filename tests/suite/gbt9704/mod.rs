//! Our Word files held against GB/T 9704-2012: rules with their clauses, each seen to fail on a file that was
//! broken on purpose.
//!
//! The samples are golden cases: a 报告 with everything, a 函 with two annexes, a 纪要. A rule reads the file
//! with a reader of its own (`paper`); what breaks it is a change of the XML, which has to be found there.

mod ask;
mod elements;
mod page;
mod paper;

use std::path::Path;

use ask::{Rule, Sample};
use paper::{Paper, Parts};

use crate::cases;
use crate::project::{root, run_in};

/// Every rule.
fn rules() -> impl Iterator<Item = &'static Rule> {
    page::RULES.iter().chain(elements::RULES)
}

/// The parts of the Word file of a sample.
fn parts(sample: Sample) -> Parts {
    let work = tempfile::tempdir().expect("a folder");
    cases::copy(&root().join("golden/用例").join(sample.folder()), work.path());
    let run = run_in(work.path(), &["render", "2025", "-o", "样.docx"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    paper::parts(&Path::new(work.path()).join("样.docx"))
}

/// The file of a sample with a change that breaks a rule.
fn broken(parts: &Parts, rule: &Rule) -> Parts {
    let (part, behind, from, to) = rule.broken;
    let mut broken = parts.clone();
    let xml = broken.get_mut(part).expect("a part");
    let at =
        xml.find(behind).unwrap_or_else(|| panic!("{} {}: no {behind} in {part}", rule.clause, rule.says));
    let found = xml[at..].contains(from);
    assert!(found, "{} {}: no {from} behind {behind}\n{}", rule.clause, rule.says, &xml[at..]);
    *xml = format!("{}{}", &xml[..at], xml[at..].replacen(from, to, 1));
    broken
}

#[test]
fn our_word_files_keep_every_rule_and_broken_ones_do_not() {
    let mut failures = Vec::new();
    for sample in [Sample::Report, Sample::Letter, Sample::Minutes] {
        let parts = parts(sample);
        let paper = Paper::of(&parts);
        for rule in rules().filter(|rule| rule.sample == sample) {
            let name = format!("{} {}", rule.clause, rule.says);
            if !(rule.holds)(&paper) {
                failures.push(format!("{name}: not kept by {}", sample.folder()));
            } else if (rule.holds)(&Paper::of(&broken(&parts, rule))) {
                failures.push(format!("{name}: not seen to be broken by {:?}", rule.broken));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
