//! Every page of a rule is run: each 反例 fires its rule, no 正例 does, and a fix gives what the page says.

use huibao::check::page::{self, Case};
use huibao::check::{self, Prose, Rule, rules};
use huibao::diag::Diagnostic;
use huibao::project::value::Project;
use proptest::prelude::*;

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
        problems.0.iter().map(ToString::to_string).collect()
    };
    let project = Project::open(folder.path());
    let figures = project.period(None).and_then(|year| project.figures(year));
    let figures = figures.map_err(show).unwrap_or_else(|text| panic!("{}: {}", rule.name, text.join("\n")));
    let templates = project.templates().map_err(show);
    let templates = templates.unwrap_or_else(|text| panic!("{}: {}", rule.name, text.join("\n")));
    let changes = project.changes(figures.period()).expect("last year");
    check::run_project(rule, &check::Case { figures: &figures, templates, changes: &changes })
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

proptest! {
    /// Whatever is repaired in a row of names, posts, labels and particulars, what blanks part stays apart.
    #[test]
    fn what_a_row_parts_stays_apart(row in prop::collection::vec(0..ROW.len(), 2..6), blanks in "[ 　\t]{1,3}") {
        let words: Vec<&str> = row.iter().map(|word| ROW[*word]).collect();
        let line = words.join(&blanks);
        let all = |text: &str| check::prose(&Prose::of_text("名单.txt", text));
        let (mended, _) = check::fix::until_stable(&line, all);
        prop_assert_eq!(mended.split_whitespace().count(), words.len(), "{} became {}", line, mended);
    }
}

const ROW: [&str; 12] = [
    "张三",
    "李旭杰",
    "廖红建",
    "党发宁",
    "阿依古丽",
    "熊大",
    "东湾村",
    "组长:王五",
    "男",
    "35岁",
    "中共党员",
    "王强(组长)",
];

/// A rule is named by its group and its file, the page beside it is its own, and README counts them.
#[test]
fn a_rule_is_named_by_its_group_and_its_file() {
    let groups: [(&str, &[&str]); 8] = [
        ("characters", &[""]),
        ("facts", &["fact-"]),
        ("numbers", &["num-"]),
        ("order", &["seq-"]),
        ("punctuation", &["pun-"]),
        ("templates", &["tpl-"]),
        // 提法 is known by its own name.
        ("wording", &["doc-", ""]),
        ("letter", &["let-"]),
    ];
    let folder = crate::project::root().join("src/check/rules");
    let mut count = 0;
    for (group, starts) in groups {
        for entry in std::fs::read_dir(folder.join(group)).expect("a group") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            let page = std::fs::read_to_string(&path).expect("a page");
            let rule = rules::all().find(|rule| rule.page == page);
            let rule = rule.unwrap_or_else(|| panic!("{} is no rule's", path.display()));
            let file = path.file_stem().expect("a name").to_string_lossy().replace('_', "-");
            let named = starts.iter().any(|start| rule.name == format!("{start}{file}"));
            assert!(named, "{} stands in {}", rule.name, path.display());
            count += 1;
        }
    }
    assert_eq!(count, rules::all().count());
    let readme = std::fs::read_to_string(crate::project::root().join("README.md")).expect("the README");
    assert!(readme.contains(&format!("{count} rules")), "README counts other than {count} rules");
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

/// `docs/规则.md` is every page, by group; `HUIBAO_BLESS=1` renews it.
#[test]
fn the_handbook_of_rules_holds_every_page() {
    let groups = [
        ("fact-", "事实"),
        ("tpl-", "模板"),
        ("pun-", "标点"),
        ("spc-", "空格"),
        ("chr-", "字符"),
        ("num-", "数字"),
        ("seq-", "层次序数"),
        ("doc-", "文种和格式用语"),
        ("term", "提法"),
        ("let-", "公文各要素"),
    ];
    let mut book = String::from(
        "# 规则\n\n`huibao check` 的每一条规则：查什么、为什么、错的和对的例子。这里的例子都由测试运行。\n\n\
         一条规则可以在 `项目.yaml` 里停用，也可以在事实文件、模板的同一行写上“不查 规则名：理由”；理由都会留下来。\n",
    );
    let mut seen = 0;
    for (start, name) in groups {
        let rules: Vec<&Rule> = rules::all().filter(|rule| rule.name.starts_with(start)).collect();
        seen += rules.len();
        if !rules.is_empty() {
            book.push_str(&format!("\n# {name}\n"));
        }
        for rule in rules {
            // The headings of a page go down by one level.
            let shown = page::shown(rule);
            let lines = shown
                .lines()
                .map(|line| if line.starts_with('#') { format!("#{line}") } else { line.to_owned() });
            book.push_str(&format!("\n{}\n", lines.collect::<Vec<_>>().join("\n").trim_end()));
        }
    }
    assert_eq!(seen, rules::all().count(), "every rule belongs to a group");
    let path = crate::project::root().join("docs/规则.md");
    if std::env::var_os("HUIBAO_BLESS").is_some() {
        std::fs::write(&path, &book).expect("the handbook");
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), book, "HUIBAO_BLESS=1 renews");
}
