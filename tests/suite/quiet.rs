//! A new year is quiet: what is still to be filled in is a list of tasks, and nothing is judged by it.

use std::sync::Arc;

use huibao::period::Period;
use huibao::project::stored::Stored;
use huibao::project::texts::Text;
use huibao::project::{Project as Value, Texts};
use huibao::report::Gaps;
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::project::Project;

/// Facts of a township: path, values that agree with each other as a rule, and what the registry says.
const FACTS: [(&str, [&str; 3], &str); 16] = [
    ("人口.总数", ["21730人", "21370人", "20150人"], "{类型: 时点, 单位: 人}"),
    ("人口.男", ["11000人", "11300人", "10080人"], "{类型: 时点, 单位: 人, 不超过: 人口.总数}"),
    ("人口.女", ["10730人", "10070人", "12070人"], "{类型: 时点, 单位: 人}"),
    ("产业.项目", ["20个", "12个", "8个"], "{类型: 时期, 单位: 个}"),
    ("产业.甲镇项目", ["12个", "7个", "20个"], "{类型: 时期, 单位: 个}"),
    ("产业.乙镇项目", ["8个", "5个", "1个"], "{类型: 时期, 单位: 个}"),
    ("产业.收入", ["120万元", "80万元", "12000万元"], "{类型: 时期, 单位: 万元}"),
    ("产业.合格率", ["98.5%", "97%", "105%"], "{类型: 比率, 范围: [0, 100]}"),
    ("会议.次数", ["12次", "0次", "40次"], "{类型: 时期, 单位: 次}"),
    ("会议.日期", ["2025-03-08", "2024-03-08", "2025-11"], "{类型: 日期}"),
    ("会议.主题", ["安全生产,", "乡村振兴", "安全生产。"], "{类型: 文本}"),
    ("做法.措施", ["一是抓学习；二是抓落实。", "各项工作有序推进", "二是抓落实；"], "{类型: 文本}"),
    ("做法.单位", ["[甲村, 乙村]", "[甲村]", "[甲村, 乙村, 甲村]"], "{类型: 名单}"),
    (
        "项目",
        ["[{名: 甲, 投资: 30万元}, {名: 乙, 投资: 40万元}]", "[]", "[{名: 甲, 投资: 5万元}]"],
        "{类型: 台账, 主键: 名, 列: {名: 文本, 投资: {单位: 万元, 类型: 时期}}}",
    ),
    ("洪涝.人数", ["12人", "0人", "30人"], "{类型: 时期, 单位: 人}"),
    ("计划.工作", ["3项", "2项", "5项"], "{类型: 时期, 单位: 项}"),
];

/// Lines of templates.
const LINES: [&str; 26] = [
    "全镇总人口{{人口.总数}}，其中男性{{人口.男}}、女性{{人口.女}}。",
    "全镇总人口21730人，其中男性{{人口.男}}、女性10730人。",
    "全年引进项目{{产业.项目}}，其中甲镇{{产业.甲镇项目}}、乙镇{{产业.乙镇项目}}。",
    "全年引进项目共20个。甲镇引进项目{{产业.甲镇项目}}。乙镇引进项目{{产业.乙镇项目}}。",
    "全镇引进项目21个，群众得到实惠。",
    "全年引进项目{{产业.项目}},到位资金9850万元。",
    "实现收入{{产业.收入}}，{{同比 产业.收入}}。",
    "实现收入{{产业.收入}}，比上年的80万元增长50%。",
    "合格率{{产业.合格率}}，{{同比 产业.合格率}}。",
    "召开会议{{会议.次数}}，主题是{{会议.主题}}。",
    "{{日期 会议.日期 式=\"年月日\"}}召开会议,各方反响良好。",
    "{{会议.主题}}",
    "主要做法：{{做法.措施}}",
    "{{做法.措施}}",
    "三是抓好督查落实。",
    "{{列举 做法.单位}}等2个村参加，占全镇的50%。",
    "共有项目{{计数 项目 单位=\"个\"}}，总投资{{合计 项目.投资}}。",
    "{{表 项目}}",
    "| 镇 | 项目（个） |\n|---|---|\n| 甲镇 | {{产业.甲镇项目}} |\n| 乙镇 | {{产业.乙镇项目}} |\n| 合计 | 20 |",
    "{{#if 洪涝.人数}}洪涝转移{{洪涝.人数}}，其中老人5人、儿童7人。{{/if}}",
    "{{年度 1}}，我镇将做好{{数 计划.工作 样式=\"汉字\"}}工作。",
    "（一）抓产业。",
    "（三）抓治理。",
    "2024年12月26日，我镇召开大会，布置了各项任务",
    "截止{{会议.日期}}，各项工作按计划推进，完成率为{{产业.合格率}}。",
    "男性占{{占比 人口.男 人口.总数}}，全镇收入{{产业.收入}}、人口{{人口.总数}}。",
];

/// Paths with what they say this year; nothing for what is blank.
type Says<'s> = Vec<(&'s str, Option<&'s str>)>;

fn facts(year: i32, says: &Says<'_>) -> String {
    let mut text = format!("年度: {year}\n");
    for (path, value) in says {
        text.push_str(&format!("{path}: {}\n", value.unwrap_or_default()));
    }
    text
}

fn project(lines: &[usize], then: &Says<'_>, now: &Says<'_>) -> Value {
    let registry: String = FACTS.iter().map(|(path, _, about)| format!("{path}: {about}\n")).collect();
    let template: Vec<&str> = lines.iter().map(|line| LINES[*line]).collect();
    let template = format!("# 云溪镇{{{{年度}}}}工作总结\n\n## 工作情况\n\n{}\n", template.join("\n\n"));
    let mut texts = Texts::default();
    let mut put = |text: Text, content: String| {
        let stored = Stored::new(text.name(), content.into_bytes());
        texts.put(text, Arc::new(stored));
    };
    put(Text::Registry, registry);
    put(Text::Year(Period::year(2024)), facts(2024, then));
    put(Text::Year(Period::year(2025)), facts(2025, now));
    put(Text::Template("汇报".to_owned()), template);
    Value::of(texts)
}

/// What is found, by rule and words, and how many tasks there are.
fn found(project: &Value) -> (Vec<(String, String)>, usize) {
    let examined = project.check(Some(Period::year(2025))).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(examined.skipped, None, "{:#?}", examined.findings);
    let said = examined.findings.iter().map(|one| (one.rule.to_owned(), one.message.clone()));
    (said.collect(), examined.tasks.left())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn blanking_facts_adds_tasks_and_no_finding(
        lines in prop::collection::vec(0..LINES.len(), 1..8),
        values in prop::collection::vec(0..3_usize, FACTS.len()),
        olds in prop::collection::vec(0..3_usize, FACTS.len()),
        blank in prop::collection::vec(any::<bool>(), FACTS.len()),
    ) {
        let then = FACTS.iter().zip(&olds).map(|((path, values, _), which)| (*path, Some(values[*which]))).collect();
        let full: Says<'_> = FACTS.iter().zip(&values).map(|((path, values, _), which)| (*path, Some(values[*which]))).collect();
        let gone: Says<'_> =
            full.iter().zip(&blank).map(|((path, value), blank)| (*path, value.filter(|_| !blank))).collect();
        let whole = project(&lines, &then, &full);
        // What cannot be written is not judged.
        prop_assume!(whole.rendered(None, Period::year(2025), Gaps::Show).is_ok());
        let (whole, _) = found(&whole);
        let (left, tasks) = found(&project(&lines, &then, &gone));
        let new: Vec<_> = left.iter().filter(|one| !whole.contains(one)).collect();
        prop_assert!(new.is_empty(), "{:#?}\n{}", new, facts(2025, &gone));
        prop_assert!(tasks >= blank.iter().filter(|blank| **blank).count());
    }
}

/// A year that has all kinds of facts, in all forms.
fn full_year() -> Project {
    Project::new()
        .file(
            "facts/指标.yaml",
            "人口: {类型: 时点, 单位: 人, 来源: 派出所}\n会议: {类型: 时期, 单位: 次, 来源: 党政办, 含估计: 是}\n\
             活动: {类型: 时期, 单位: 场}\n收入: {类型: 时期, 单位: 万元}\n空着: {类型: 时期, 单位: 个}\n日子: {类型: 日期}\n\
             项目: {类型: 台账, 主键: 名, 列: {名: 文本, 投资: {单位: 万元, 类型: 时期}}}\n单位: {类型: 名单}\n",
        )
        .file(
            "facts/2024.yaml",
            "# 表头\n年度: 2024\n\n人口: 21730人   # 公安口径\n\
             会议: {值: 12次, 来源: 办公室, 说明: 含视频会, 估计: 是}  # 只算全镇的\n\
             活动:   # 各村的\n  值: 3场\n  来源: 宣传办\n  说明: 比上年多\n\
             收入: 80万元 # 上年：75万元 # 不查 fact-swing：核过\n空着: # 上年：5个\n日子: 2024-03-08 # 上年：2023年3月8日\n\
             项目:   # 上年有3行；一行写一条：- {…}，确实没有就写 []\n  # 招商办给的\n  - {名: 甲, 投资: 30万元}\n  - {名: 乙, 投资: 40万元}\n\
             单位: [甲村, 乙村]\n",
        )
        .file(
            "templates/汇报.hbs",
            "# {{年度}}汇报\n\n人口{{人口}}，开会{{会议}}，活动{{活动}}，收入{{收入}}，共{{空着}}，{{日期 日子}}。\n\n{{表 项目}}\n\n{{列举 单位}}等村。\n",
        )
}

#[test]
fn a_new_year_keeps_what_people_wrote_and_notes_last_year_once() {
    let project = full_year();
    assert_eq!(project.run(&["year", "2025"]).status, 0);
    assert_eq!(
        project.read("facts/2025.yaml"),
        "# 表头\n年度: 2025\n\n人口: {值: 21730人, 待核: 是}   # 公安口径\n\
         会议: {值: , 来源: 办公室}  # 上年：12次  # 只算全镇的\n\
         活动:   # 各村的\n  值: # 上年：3场\n  来源: 宣传办\n\
         收入: # 上年：80万元 # 不查 fact-swing：核过\n空着:\n日子: # 上年：2024年3月8日\n\
         项目:  # 上年有2行；一行写一条：- {…}，确实没有就写 []\n  # 招商办给的\n单位: [甲村, 乙村]\n"
    );
    assert_eq!(project.run(&["year", "2026"]).status, 0);
    let third = project.read("facts/2026.yaml");
    assert!(
        !third.contains("上年") && third.contains("# 公安口径") && third.contains("# 招商办给的"),
        "{third}"
    );
}

#[test]
fn what_is_to_be_filled_in_is_a_list_and_no_error() {
    let project = full_year();
    project.run(&["year", "2025"]);
    let run = project.run(&["check", "2025", "--format", "json"]);
    let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((run.status, &json["findings"]), (0, &Json::Array(Vec::new())), "{json:#}");
    assert_eq!((&json["tasks"]["total"], &json["tasks"]["filled"]), (&6.into(), &0.into()));
    assert_eq!(json["tasks"]["open"][0]["name"], "办公室", "{json:#}");
    assert_eq!(json["carried"][0]["rule"], "fact-unverified");
    assert_eq!(project.run(&["check", "2025", "--deny", "warnings"]).status, 1);

    let text = project.run(&["check", "2025"]).stdout;
    assert!(text.contains("要填的：6项，已填0项\n  办公室（1项）：会议\n  宣传办（1项）：活动\n"), "{text}");
    assert!(
        text.contains("上年沿用，请核：1项")
            && text.ends_with("0处错误，0处警告，0处提示；还有6项要填，1项请核。\n"),
        "{text}"
    );
    let page = project.run(&["check", "2025", "--format", "html"]).stdout;
    assert!(page.contains("<h2>要填的：6项，已填0项</h2>") && page.contains("办公室（1项）：会议"), "{page}");

    let filled =
        project.read("facts/2025.yaml").replace("活动:   # 各村的\n  值: #", "活动:   # 各村的\n  值: 5场 #");
    let project = project.file("facts/2025.yaml", filled);
    assert!(project.run(&["check", "2025"]).stdout.contains("要填的：6项，已填1项"));
}

#[test]
fn a_year_typed_into_the_template_is_asked_about_beside_last_years_values() {
    let project = Project::small().file("templates/汇报.hbs", "# 汇报\n\n2011年，我镇将召开会议{{会议}}。\n");
    let run = project.run(&["check", "2011", "--format", "json"]);
    let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["carried"][0]["rule"], "tpl-year", "{json:#}");
    let hint = json["carried"][0]["hint"].as_str().expect("a hint");
    assert!(hint.contains("今年该是2012年的，请改成 {{年度 1}}"), "{hint}");
}

#[test]
fn a_condition_on_what_this_year_does_not_have_leaves_its_words_out() {
    let registry = "洪涝: {类型: 时期, 单位: 人}\n会: {类型: 时期, 单位: 次}\n";
    let with = |facts: &str, template: &str| {
        Project::new()
            .file("facts/指标.yaml", registry)
            .file("facts/2024.yaml", "年度: 2024\n洪涝: 12人\n会: 3次\n")
            .file("facts/2025.yaml", format!("年度: 2025\n会: 3次\n{facts}"))
            .file("templates/汇报.hbs", format!("# 汇报\n\n开会{{{{会}}}}。{template}\n"))
            .run(&["render", "2025"])
    };
    let plain = "{{#if 洪涝}}转移{{洪涝}}。{{/if}}";
    let other = "{{#if 洪涝}}转移{{洪涝}}。{{else}}未发生洪涝。{{/if}}";
    for (facts, template, last, said) in [
        ("", plain, "开会3次。", ""),
        ("洪涝:\n", plain, "开会3次。", "“洪涝”没有填"),
        ("", other, "开会3次。未发生洪涝。", "没有写“洪涝”"),
        ("洪涝: 0人\n", other, "开会3次。未发生洪涝。", ""),
    ] {
        let run = with(facts, template);
        assert_eq!(
            (run.status, run.stdout.trim().lines().last()),
            (0, Some(last)),
            "{facts}{template}{}",
            run.stderr
        );
        assert_eq!(run.stderr.is_empty(), said.is_empty(), "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    // What is printed, or said of a blank, must be there.
    for (facts, template) in
        [("", "转移{{洪涝}}。"), ("洪涝:\n", other), ("洪涝:\n", "{{#unless 洪涝}}未发生洪涝。{{/unless}}")]
    {
        assert_ne!(with(facts, template).status, 0, "{facts}{template}");
    }
}

#[test]
fn what_was_never_filled_in_is_still_to_be_filled_in_the_year_after() {
    let project = Project::small()
        .file("facts/指标.yaml", "会议: {单位: 次, 类型: 时期}\n")
        .file("facts/2011.yaml", "年度: 2011\n会议: 14次\n");
    for year in ["2012", "2013"] {
        let run = project.run(&["year", year]);
        assert!(run.stderr.contains("待填1处"), "{year}: {}", run.stderr);
    }
}

#[test]
fn a_day_that_was_typed_for_the_year_before_is_set_apart() {
    let carried = |date: &str| {
        let template = format!("# 汇报\n\n开会{{{{会议}}}}。\n\n署名：云溪镇人民政府\n\n成文日期：{date}\n");
        let project = Project::small().file("templates/汇报.hbs", template.replace(date, "{{年度}}12月26日"));
        assert_eq!(project.run(&["issue", "2010", "--date", "2010-12-26"]).status, 0);
        let project = project.file("templates/汇报.hbs", template);
        let run = project.run(&["check", "2011", "--format", "json"]);
        let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
        let rules = |part: &str| -> Vec<String> {
            let all = json[part].as_array().expect("a list").iter();
            all.map(|one| one["rule"].as_str().expect("a rule").to_owned()).collect()
        };
        assert!(!rules("findings").contains(&"doc-day-left".to_owned()), "{json}");
        rules("carried").iter().filter(|rule| *rule == "doc-day-left").count()
    };
    assert_eq!(carried("{{年度}}12月26日"), 1);
    assert_eq!(carried("{{年度}}12月28日"), 0);
    assert_eq!(carried("{{年度}}12月26日{{!-- 不查 doc-day-left：年年是这一天 --}}"), 0);
}
