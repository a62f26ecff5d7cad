//! The kinds of reports that are ready to use: each alone, all together, and what they say of the same fact.

use std::collections::{BTreeMap, BTreeSet};

use huibao::facts::registry::IndicatorKind;
use huibao::output::{self, Format};
use huibao::period::Period;
use huibao::project::kinds::{self, KINDS, Kind};
use huibao::project::texts::Text;
use huibao::project::value::Project;
use huibao::report::Gaps;

use crate::project::{root, run_in};

/// The kinds that share one base.
fn of_the_base() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|kind| kind.name != "政协工作汇报")
}

/// A new project of these kinds.
fn new(chosen: &[Kind]) -> Project {
    let files = kinds::files(chosen).expect("files");
    let text = |(name, bytes): (String, Vec<u8>)| {
        (Text::of_file(&name).expect("a text").id(), String::from_utf8(bytes).expect("UTF-8"))
    };
    Project::of(files.into_iter().map(text).collect())
}

fn periods(kind: &Kind) -> [Period; 2] {
    let part = kind.part.unwrap_or_default();
    ["2024", "2025"].map(|year| Period::read(&format!("{year}{part}")).expect("a period"))
}

fn text(project: &Project, kind: &Kind, of: Period) -> String {
    let report = project.rendered(Some(kind.template), of, Gaps::Refuse);
    let report = report.unwrap_or_else(|problems| panic!("{} {of}: {problems}", kind.name));
    let warnings: Vec<&str> = report.marked.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(warnings.is_empty(), "{} {of}: {warnings:?}", kind.name);
    let bytes = output::write(&report.document, Format::Txt).expect("writing to memory");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn each_kind_alone_is_rendered_and_checked_for_two_years_without_a_remark() {
    for kind in of_the_base() {
        let project = new(&[*kind]);
        for of in periods(kind) {
            text(&project, kind, of);
            let figures = project.figures(of).unwrap();
            let warnings: Vec<String> =
                figures.warnings().iter().map(|warning| warning.message.clone()).collect();
            assert!(warnings.is_empty(), "{} {of}: {warnings:?}", kind.name);
            let checked = project.check(Some(of)).unwrap();
            let found: Vec<String> = checked
                .all()
                .filter(|finding| finding.level != huibao::diag::Level::Hint)
                .map(|finding| format!("{} {}", finding.rule, finding.message))
                .collect();
            assert!(found.is_empty(), "{} {of}: {found:#?}", kind.name);
        }
    }
}

#[test]
fn each_kind_prints_figures_and_every_one_is_traced() {
    for kind in of_the_base() {
        let project = new(&[*kind]);
        for of in periods(kind) {
            let edition = project.report(Some(kind.template), of, Gaps::Refuse).unwrap();
            let trace = project.trace(&edition);
            let least = if kind.template == "政府工作报告" { 120 } else { 25 };
            assert!(trace.figures.len() >= least, "{} {of}: {}", kind.name, trace.figures.len());
            assert!(trace.untraced.is_empty(), "{} {of}: {:?}", kind.name, trace.untraced);
        }
    }
}

#[test]
fn kinds_say_the_same_alone_and_together() {
    let all: Vec<Kind> = of_the_base().copied().collect();
    let together = new(&all);
    for kind in &all {
        let alone = new(&[*kind]);
        for of in periods(kind) {
            assert_eq!(text(&alone, kind, of), text(&together, kind, of), "{} {of}", kind.name);
        }
    }
}

/// The samples of all kinds, to be read: `HUIBAO_BLESS=1` writes them anew.
#[test]
fn the_samples_are_as_they_were_read() {
    let project = kinds::base();
    let bless = std::env::var_os("HUIBAO_BLESS").is_some();
    let mut differing = Vec::new();
    for kind in of_the_base() {
        for of in periods(kind) {
            let path = root().join("golden/种类").join(format!("{}-{}.txt", kind.name, of.stem()));
            let now = text(&project, kind, of);
            if bless {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &now).unwrap();
            } else if std::fs::read_to_string(&path).unwrap_or_default() != now {
                differing.push(path.display().to_string());
            }
        }
    }
    assert!(differing.is_empty(), "{differing:#?}");
}

/// One figure, one place: what two reports print of one fact moves in both.
#[test]
fn a_fact_that_changes_changes_every_report_that_prints_it() {
    let project = kinds::base();
    let year = Period::year(2025);
    let registry = project.registry().unwrap();
    let mut printed: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let yearly: Vec<&Kind> = of_the_base().filter(|kind| kind.part.is_none()).collect();
    for kind in &yearly {
        let document = project.rendered(Some(kind.template), year, Gaps::Refuse).unwrap().document;
        for fact in document.trails.iter().flat_map(|trail| trail.facts.iter()) {
            let typed = registry.indicators.get(&fact.path).is_some_and(|one| {
                one.formula.is_none() && matches!(one.kind, IndicatorKind::Flow | IndicatorKind::Stock)
            });
            if fact.year == year && typed {
                printed.entry(fact.path.clone()).or_default().insert(kind.template);
            }
        }
    }
    let shared: Vec<_> = printed.iter().filter(|(_, reports)| reports.len() > 1).collect();
    assert!(shared.len() >= 40, "only {} facts stand in two reports", shared.len());
    for (path, reports) in shared.iter().step_by(7) {
        let file = Text::Year(year);
        let old = project.texts().words(&file);
        let figure = project.figures(year).unwrap().figure(path, year).unwrap();
        let digits: String = figure.text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let more = format!("{}{}", &digits, &figure.text[digits.len()..]).replacen(
            &digits,
            &format!("1{digits}"),
            1,
        );
        let change = huibao::facts::edit::FactEdit::Set { path: (*path).clone(), value: more };
        let Ok(text) = huibao::facts::edit::apply(old, &[change]) else { panic!("{path}") };
        let edits = huibao::project::stored::Edits::one(
            project.texts(),
            file,
            huibao::project::stored::Edited::Text(text),
        );
        let changed = project.with(&edits);
        for kind in yearly.iter().filter(|kind| reports.contains(kind.template)) {
            let before = project.rendered(Some(kind.template), year, Gaps::Show).unwrap().document;
            let after = changed.rendered(Some(kind.template), year, Gaps::Show).unwrap().document;
            let [before, after] =
                [before, after].map(|document| output::write(&document, Format::Txt).unwrap());
            assert_ne!(before, after, "{path} in {}", kind.name);
        }
    }
}

#[test]
fn a_kind_is_added_to_a_project_that_is_there_and_asks_for_what_is_not() {
    let safety = kinds::named("安全").unwrap();
    let party = kinds::named("党建工作总结").unwrap();
    let project = new(&[safety]);
    let edits = kinds::add(&project, &[party]).unwrap();
    let both = project.with(&edits);
    assert_eq!(both.templates().unwrap().names().len(), 2);
    let newest = Period::year(2025);
    for of in [Period::year(2024), newest] {
        assert_eq!(text(&project, &safety, of), text(&both, &safety, of));
    }
    let open = both.rendered(Some(party.template), newest, Gaps::Show).unwrap();
    assert!(open.marked.missing.len() > 20, "{:?}", open.marked.missing);
    let known = project.figures(newest).unwrap();
    let asked_again: Vec<_> =
        open.marked.missing.iter().filter(|name| known.speaking(name, newest).is_some()).collect();
    assert!(asked_again.is_empty(), "what is there is not asked for: {asked_again:?}");
    assert!(kinds::add(&both, &[party, safety]).unwrap().is_empty(), "there is nothing more to add");
    let clash = Project::of(
        [
            ("facts/指标", "党员.总数: {单位: 人, 类型: 时点}\n"),
            ("facts/2025", "年度: 2025\n党员.总数: 3人\n"),
            ("templates/汇报", "# 汇报\n\n党员{{党员.总数}}。\n"),
        ]
        .into_iter()
        .collect(),
    );
    let problems = kinds::add(&clash, &[party]).unwrap_err();
    assert!(problems.0.iter().any(|problem| problem.rule == "kind-clash"), "{problems}");
}

#[test]
fn kinds_are_named_by_a_part_of_their_names() {
    assert_eq!(kinds::named("人大").unwrap().name, "人大主席团工作报告");
    assert_eq!(kinds::named("政府工作报告").unwrap().name, "乡镇政府工作报告");
    assert_eq!(kinds::named("工作").unwrap_err().rule, "which-kind");
    assert_eq!(kinds::named("党建工做总结").unwrap_err().rule, "unknown-kind-of-report");
}

#[test]
fn every_report_of_a_period_is_written_and_what_fails_hinders_no_other() {
    let work = tempfile::tempdir().unwrap();
    let listed = run_in(work.path(), &["new", "--kind"]);
    assert_eq!((listed.status, listed.stdout.lines().count()), (0, KINDS.len() * 2));
    let made = run_in(work.path(), &["new", "镇", "--kind", "党建,安全", "--kind", "上半年"]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let project = work.path().join("镇");
    let all = |year: &str| run_in(&project, &["render", "--all", year, "--format", "txt", "-o", "稿"]);
    let written = || {
        let names = std::fs::read_dir(project.join("稿")).unwrap();
        names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect::<BTreeSet<_>>()
    };
    let yearly = ["安全生产工作总结-2025.txt", "党建工作总结-2025.txt"].map(str::to_owned);
    assert_eq!(all("2025").status, 0);
    assert_eq!(written(), BTreeSet::from(yearly.clone()), "the half-year has a report of its own");
    assert_eq!(all("2025上半年").status, 0);
    assert!(written().contains("上半年工作总结-2025上半年.txt"));

    std::fs::remove_dir_all(project.join("稿")).unwrap();
    let facts = project.join("facts/2025.yaml");
    let text = std::fs::read_to_string(&facts).unwrap();
    let line = text.lines().find(|line| line.trim_start().starts_with("党建经费:")).unwrap();
    std::fs::write(&facts, text.replace(line, "  党建经费:")).unwrap();
    let run = all("2025");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("党建工作总结") && run.stderr.contains("党建经费"), "{}", run.stderr);
    assert_eq!(written(), BTreeSet::from([yearly[0].clone()]));
    assert_eq!(run_in(&project, &["render", "--all", "2025", "党建"]).status, 2, "one and all");
}
