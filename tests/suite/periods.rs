//! Months, quarters, halves and years of one fact base: how figures of the ones become those of the others, and what
//! they are compared with.

use std::fmt::Write as _;

use huibao::figures::{Base, Figures};
use huibao::output::{self, Format};
use huibao::period::Period;
use huibao::project::value::Project;
use huibao::report::Gaps;

fn period(words: &str) -> Period {
    Period::read(words).expect("a period")
}

/// A project of fact files (by the names of their periods) and one template.
fn project(registry: &str, files: &[(&str, &str)], template: &str) -> Project {
    let mut texts = vec![
        ("facts/指标".to_owned(), registry.to_owned()),
        ("templates/汇报".to_owned(), format!("# 汇报\n\n{template}\n")),
    ];
    for (name, facts) in files {
        let period = period(name);
        let text = format!("{}\n{facts}\n", huibao::facts::first_line(period));
        texts.push((format!("facts/{}", period.stem()), text));
    }
    Project::of(texts.into_iter().collect())
}

fn figures(project: &Project, of: &str) -> Figures {
    project.figures(period(of)).expect("figures")
}

fn said(project: &Project, of: &str, path: &str) -> String {
    match figures(project, of).figure(path, period(of)) {
        Ok(figure) => figure.text.clone(),
        Err(trouble) => trouble.to_string(),
    }
}

/// The report's line, and whether anything was warned of.
fn line(project: &Project, of: &str) -> (String, Vec<String>) {
    let report = project.rendered(None, period(of), Gaps::Refuse).expect("a report");
    let bytes = output::write(&report.document, Format::Txt).expect("writing to memory");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let line = text.lines().find(|line| !line.is_empty() && *line != "汇报").unwrap_or_default();
    (line.to_owned(), report.marked.warnings.iter().map(|warning| warning.message.clone()).collect())
}

const TAXES: [(i32, [u32; 10]); 2] = [
    (2026, [120, 80, 100, 150, 90, 110, 95, 105, 130, 140]),
    (2025, [110, 90, 100, 130, 100, 100, 100, 95, 125, 125]),
];

/// Worked example A: taxes month by month.
fn taxes(template: &str) -> Project {
    let mut files = Vec::new();
    for (year, months) in TAXES {
        for (at, tax) in months.iter().enumerate() {
            files.push((format!("{year}年{}月", at + 1), format!("税收: {tax}万元")));
        }
    }
    files.push(("2026".to_owned(), "目标.税收: 1300万元".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let registry = "税收: {单位: 万元, 类型: 时期, 汇总: 相加}\n\
                    目标.税收: {单位: 万元, 类型: 时期, 汇总: 不汇总}\n\
                    完成.税收: {单位: '%', 类型: 比率, 公式: {占比: [税收, 目标.税收]}}\n";
    project(registry, &files, template)
}

#[test]
fn months_make_quarters_halves_and_the_months_so_far() {
    let project = taxes("无");
    for (of, text) in [
        ("2026第一季度", "300万元"),
        ("2025第一季度", "300万元"),
        ("2026第二季度", "350万元"),
        ("2025第二季度", "330万元"),
        ("2026上半年", "650万元"),
        ("2025上半年", "630万元"),
        ("2026第三季度", "330万元"),
        ("2026年1—10月", "1120万元"),
        ("2025年1—10月", "1075万元"),
        ("2026年10月", "140万元"),
    ] {
        assert_eq!(said(&project, of, "税收"), text, "{of}");
    }
    assert_eq!(said(&project, "2026上半年", "完成.税收"), "50%");
    assert!(said(&project, "2026", "税收").contains("从11月起还缺"), "{}", said(&project, "2026", "税收"));
}

#[test]
fn a_sum_of_months_is_each_of_its_months() {
    for (year, months) in TAXES {
        let project = taxes("无");
        let mut sum = 0;
        for (at, tax) in months.iter().enumerate() {
            sum += tax;
            let so_far = format!("{year}年1—{}月", at + 1);
            assert_eq!(said(&project, &so_far, "税收"), format!("{sum}万元"), "{so_far}");
        }
    }
}

#[test]
fn words_of_the_period_come_from_the_period() {
    let template = "{{年度}}{{期间}}（{{期间 式=\"月\"}}），{{期间 式=\"截至\"}}，{{期间 式=\"全\"}}。税收{{税收}}，\
                    {{同比 税收}}，{{#上年}}{{年度}}{{期间}}{{税收}}{{/上年}}。序时进度{{序时}}。";
    let (line, warnings) = line(&taxes(template), "2026上半年");
    assert_eq!(
        line,
        "2026年上半年（1—6月），截至6月底，2026年上半年。税收650万元，同比增长3.2%，2025年上半年630万元。序时进度50%。"
    );
    assert!(warnings.is_empty(), "{warnings:?}");
}

/// Worked example B: only sums from January on are official, and last year's was revised.
#[test]
fn a_revision_changes_the_base_of_the_new_report_and_not_the_old_report() {
    let registry = "投资: {单位: 亿元, 类型: 时期, 汇总: 累计}\n";
    let files = [
        ("2026前三季度", "投资: 3.50亿元"),
        ("2026年1—10月", "投资: 4.23亿元"),
        ("2025年1—10月", "投资: {值: 3.90亿元, 修订: [{值: 3.80亿元, 日期: 2026-02-20, 说明: 经济普查}]}"),
    ];
    let project = project(registry, &files, "投资{{投资}}，{{同比 投资}}。");
    assert_eq!(said(&project, "2026年10月", "投资"), "0.73亿元");
    assert_eq!(line(&project, "2026年1—10月").0, "投资4.23亿元，同比增长11.3%。");
    assert_eq!(said(&project, "2025年1—10月", "投资"), "3.90亿元");
    let figures = figures(&project, "2026年1—10月");
    let Base::Figure(base) = figures.base("投资", period("2026年1—10月")).unwrap() else { panic!() };
    let mut trail = String::new();
    write!(trail, "{}", base.trail().origin()).unwrap();
    assert!(trail.contains("3.80亿元") && trail.contains("经济普查"), "{trail}");
}

/// Worked example C: rates are computed anew, and what there is at the end is not summed up.
#[test]
fn rates_are_computed_anew_and_stocks_are_those_of_the_end() {
    let registry = "矛盾.排查: {单位: 起, 类型: 时期}\n\
                    矛盾.化解: {单位: 起, 类型: 时期, 不超过: 矛盾.排查}\n\
                    矛盾.化解率: {单位: '%', 类型: 比率, 公式: {占比: [矛盾.化解, 矛盾.排查]}}\n\
                    治理.网格员: {单位: 名, 类型: 时点}\n";
    let files = [
        ("2026第一季度", "矛盾: {排查: 50起, 化解: 40起}\n治理.网格员: 46名"),
        ("2026第二季度", "矛盾: {排查: 60起, 化解: 57起}"),
        ("2026年6月", "治理.网格员: 44名"),
        ("2025上半年", "矛盾: {排查: 55起, 化解: 48起}"),
    ];
    let project = project(registry, &files, "化解率{{数 矛盾.化解率 小数=1}}，{{同比 矛盾.化解率 小数=1}}。");
    assert_eq!(said(&project, "2026第一季度", "矛盾.化解率"), "80%");
    assert_eq!(said(&project, "2026上半年", "矛盾.排查"), "110起");
    assert_eq!(said(&project, "2026上半年", "治理.网格员"), "44名");
    assert_eq!(line(&project, "2026上半年").0, "化解率88.2%，同比提高0.9个百分点。");
}

#[test]
fn single_months_and_quarters_have_one_before_them() {
    let project = taxes("税收{{税收}}，{{同比 税收}}，{{环比 税收}}。");
    assert_eq!(line(&project, "2026第二季度").0, "税收350万元，同比增长6.1%，环比增长16.7%。");
    assert_eq!(line(&project, "2026年10月").0, "税收140万元，同比增长12%，环比增长7.7%。");
    assert!(project.rendered(None, period("2026上半年"), Gaps::Refuse).is_err());
}

#[test]
fn completion_is_held_against_the_months_that_have_gone_by() {
    let project = taxes("{{期间}}税收{{税收}}，{{完成 税收 目标.税收}}，{{进度 税收 目标.税收}}。");
    let (said, warnings) = line(&project, "2026年1—10月");
    assert_eq!(said, "1—10月税收1120万元，完成年度目标的86.2%，快于序时进度2.8个百分点。");
    assert_eq!(line(&project, "2026上半年").0, "上半年税收650万元，完成年度目标的50%，与序时进度持平。");
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn a_base_that_the_source_gives_goes_before_what_is_on_file_for_sums_of_parts_as_well() {
    let registry = "税收: {单位: 万元, 类型: 时期}\n";
    let files = [
        ("2026第一季度", "税收: {值: 300万元, 同期: 290万元}"),
        ("2026第二季度", "税收: 350万元"),
        ("2025第一季度", "税收: 300万元"),
        ("2025第二季度", "税收: 330万元"),
    ];
    let project = project(registry, &files, "税收{{税收}}，{{同比 税收}}。");
    assert_eq!(line(&project, "2026上半年").0, "税收650万元，同比增长4.8%。");
    let broken = files.map(|(name, facts)| (name, facts.replace("同期: 290万元", "口径: 含代征")));
    let broken = broken.each_ref().map(|(name, facts)| (*name, facts.as_str()));
    let (said, warnings) =
        line(&self::project(registry, &broken, "税收{{税收}}，{{同比 税收}}。"), "2026上半年");
    assert_eq!(said, "税收650万元。");
    assert!(warnings.iter().any(|warning| warning.contains("含代征")), "{warnings:?}");
}

#[test]
fn a_total_may_be_typed_where_its_ledger_has_no_rows() {
    let registry = "项目: {类型: 台账, 列: {名称: 文本, 资金: {单位: 万元, 类型: 时期}}}\n\
                    资金: {单位: 万元, 类型: 时期, 公式: {合计: 项目.资金}, 可填: 是}\n";
    let files = [
        ("2024", "资金: 280万元"),
        ("2025", "项目: [{名称: 甲, 资金: 200万元}, {名称: 乙, 资金: 150万元}]"),
        ("2026", "项目: []\n资金: 360万元"),
    ];
    let project = project(registry, &files, "资金{{资金}}，{{同比 资金}}。");
    assert_eq!(line(&project, "2025").0, "资金350万元，同比增长25%。");
    assert_eq!(line(&project, "2026").0, "资金360万元，同比增长2.9%。");
}

#[test]
fn what_is_left_over_is_what_the_next_year_begins_with() {
    let registry =
        "结转下年: {单位: 万元, 类型: 时点}\n上年结转: {单位: 万元, 类型: 时点, 公式: {上年: 结转下年}}\n";
    let project = project(registry, &[("2025", "结转下年: 60万元"), ("2026", "结转下年: 45万元")], "无");
    assert_eq!(said(&project, "2026", "上年结转"), "60万元");
}

#[test]
fn the_next_period_is_made_of_the_last_one_of_its_kind() {
    let registry = "税收: {单位: 万元, 类型: 时期}\n网格员: {单位: 名, 类型: 时点}\n";
    let files = [
        ("2025上半年", "税收: {值: 650万元, 同期: 640万元, 增速: 1.6%}\n网格员: {值: 44名, 口径: 含兼职}"),
        ("2025", "税收: 1300万元\n网格员: 45名"),
    ];
    let project = project(registry, &files, "无");
    let (rolled, edits) = huibao::project::rollover::edits(&project, period("2026上半年")).unwrap();
    assert_eq!(rolled.from, period("2025上半年"));
    let next = project.with(&edits);
    let text = next.texts().get(&huibao::project::texts::Text::Year(period("2026上半年"))).unwrap();
    let text = text.source().unwrap().text.clone();
    assert!(text.starts_with("期间: 2026年上半年\n"), "{text}");
    assert!(!text.contains("同期") && !text.contains("增速") && !text.contains("口径"), "{text}");
    assert!(text.contains("44名") && text.contains("待核"), "{text}");
}

#[test]
fn rows_of_months_stand_together_where_the_registry_says_so() {
    let registry = "会议: {类型: 台账, 单位: 次, 汇总: 相加, 列: {主题: 文本, 人数: {单位: 人, 类型: 时期}}}\n\
                    会议次数: {单位: 次, 类型: 时期, 公式: {计数: 会议}}\n";
    let files = [
        ("2026第一季度", "会议:\n  - {主题: 春耕, 人数: 30人}\n  - {主题: 防火, 人数: 20人}"),
        ("2026第二季度", "会议:\n  - {主题: 防汛, 人数: 40人}"),
    ];
    let template = "{{期间}}开会{{会议次数}}，{{计数 会议}}，{{合计 会议.人数}}：{{列举 会议.主题}}。";
    let (said, warnings) = line(&project(registry, &files, template), "2026上半年");
    assert_eq!(said, "上半年开会3次，3次，90人：春耕、防火、防汛。");
    assert!(warnings.is_empty(), "{warnings:?}");
}
