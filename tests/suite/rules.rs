//! Every page of a rule is run: each 反例 fires its rule, no 正例 does, and a fix gives what the page says.

use huibao::check::page::{self, Case};
use huibao::check::{self, Project, Prose, Rule, rules};
use huibao::diag::Diagnostic;
use huibao::{diff, facts, figures, template};

use crate::project::Project as Folder;

/// The findings of one rule in a text.
fn in_text(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    check::run_prose(rule, &Prose::of_text("例文.txt", text))
}

/// The findings of one rule in a project of these files.
fn in_files(rule: &Rule, files: &[(&str, String)]) -> Vec<Diagnostic> {
    let mut folder = Folder::new();
    for (name, content) in files {
        folder = folder.file(name, content);
    }
    if !files.iter().any(|(name, _)| name.ends_with(".hbs")) {
        folder = folder.file("templates/汇报.hbs", "# 汇报\n\n各项工作平稳推进。\n");
    }
    if !files.iter().any(|(name, _)| name.starts_with("facts/20")) {
        folder = folder.file("facts/2011.yaml", "年度: 2011\n");
    }
    let show = |problems: huibao::diag::Problems| -> Vec<String> {
        problems.0.iter().map(|one| huibao::diag::render::text(one, false)).collect()
    };
    let load = |year| facts::load(folder.path(), year).and_then(figures::compute);
    let now = load(None).map_err(show).unwrap_or_else(|text| panic!("{}: {}", rule.name, text.join("\n")));
    let templates = template::load(folder.path())
        .map_err(show)
        .unwrap_or_else(|text| panic!("{}: {}", rule.name, text.join("\n")));
    let before = now.facts().years.range(..now.year()).next_back().map(|(year, _)| *year);
    let changes = before
        .map(|year| diff::facts::compare(&load(Some(year)).expect("last year"), &now, diff::facts::SWING))
        .unwrap_or_default();
    check::run_project(rule, &Project { figures: &now, templates: &templates, changes: &changes })
}

fn found(rule: &Rule, case: &Case<'_>) -> Vec<Diagnostic> {
    match case {
        Case::Text { text, .. } => in_text(rule, text),
        Case::Files(files) => in_files(rule, files),
    }
}

#[test]
fn every_page_is_true() {
    let mut failures = Vec::new();
    for rule in rules::all() {
        let page = page::parse(rule.page);
        for part in ["查什么：", "为什么："] {
            assert!(rule.page.contains(part), "{}: no {part}", rule.name);
        }
        assert!(!page.wrong.is_empty() && !page.right.is_empty(), "{}: cases", rule.name);
        for case in &page.wrong {
            let problems = found(rule, case);
            if problems.is_empty() {
                failures.push(format!("{} is silent on {case:?}", rule.name));
            }
            for problem in &problems {
                assert!(
                    !problem.message.ends_with('。') && !problem.hints.is_empty(),
                    "{}: {problem:?}",
                    rule.name
                );
            }
            if let Case::Text { text, mended: Some(wanted) } = case {
                let (mended, _) = check::fix::until_stable(text, |text| in_text(rule, text));
                if mended != *wanted {
                    failures.push(format!("{} makes {mended} of {text}, not {wanted}", rule.name));
                }
            }
        }
        for case in &page.right {
            for problem in found(rule, case) {
                failures.push(format!("{} speaks on {case:?}: {}", rule.name, problem.message));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn names_are_unique_and_of_one_form() {
    let mut names: Vec<&str> = rules::all().map(|rule| rule.name).collect();
    for name in &names {
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// No right case of any rule is wrong for another, except by a hint.
#[test]
fn right_cases_are_right_for_every_rule() {
    let mut failures = Vec::new();
    for rule in rules::all() {
        for case in &page::parse(rule.page).right {
            let Case::Text { text, .. } = case else { continue };
            for problem in check::prose(&Prose::of_text("例文.txt", text)) {
                if problem.level > huibao::diag::Level::Hint {
                    failures.push(format!("{}: {text}: {} {}", rule.name, problem.rule, problem.message));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
