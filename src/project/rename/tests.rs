//! Units, kinds, 口径, 主键, merging and splitting: what follows, and what is refused and why.

use proptest::prelude::*;

use super::*;
use crate::figures::value_text;
use crate::project::stored::Texts;
use crate::report::Gaps;

const REGISTRY: &str = "# 指标表\n\
    投资: {类型: 时期, 单位: 万元, 范围: [0, 9000]}\n\
    土地: {类型: 时点, 单位: 亩}\n\
    会议: {类型: 时期, 单位: 次, 口径: 镇上开的}   # 会\n\
    大会: {类型: 时期, 单位: 次, 口径: 全镇的}\n\
    总会: {类型: 时期, 单位: 次, 公式: {相加: [会议, 大会]}}\n\
    备注: {类型: 文本}\n\
    村.名单: {类型: 名单}\n\
    项目:\n  类型: 台账\n  列: {企业: 文本, 额: {单位: 万元, 类型: 时期}, 状态: 文本}\n";
const TEMPLATE: &str = "# 汇报\n\n投资{{投资}}，土地{{土地}}。\n\n会议{{会议}}，又{{会议}}，大会{{大会}}。\n\n项目{{合计 项目.额}}。\n";

fn project() -> Project {
    Project::of(Texts::from([
        ("facts/指标", REGISTRY),
        (
            "facts/2010",
            "年度: 2010\n投资: 6700万元\n土地: 150亩\n会议: 3次\n大会: 3次\n备注: 无\n村.名单: [甲村]\n项目:\n- {企业: 甲厂, 额: 10万元, 状态: 好}\n",
        ),
        (
            "facts/2011",
            "年度: 2011\n投资: 5万余元  # 估\n土地: 7亩\n会议: {值: 4次, 来源: 党政办}\n备注: 12次\n项目:\n- {企业: 甲厂, 额: {值: 20万元, 来源: 甲}, 状态: 好}\n- {企业: 乙厂, 额: 0.5亿元, 状态: 好}\n",
        ),
        ("templates/汇报", TEMPLATE),
        (
            "确认",
            "- {规则: r, 指标: 投资, 年度: 2010, 值: 6700万元, 确认人: 甲, 日期: 2011-12-01}\n- {规则: r, 指标: 会议, 年度: 2010, 值: 6700万元, 确认人: 甲, 日期: 2011-12-01}\n",
        ),
    ]))
}

fn year(of: i32) -> Period {
    Period::year(of)
}

fn after(change: Change) -> Project {
    let project = project();
    let planned =
        planned(&project, std::slice::from_ref(&change)).unwrap_or_else(|why| panic!("{change:?}: {why:?}"));
    project.with(&planned.edits)
}

fn refused(change: Change) -> (String, String) {
    let problem = planned(&project(), &[change]).expect_err("refused").0.remove(0);
    (problem.rule.to_owned(), problem.message)
}

fn value(project: &Project, path: &str, of: i32) -> String {
    project.facts().unwrap().get(path, year(of)).map_or("—".to_owned(), |fact| value_text(&fact.value))
}

fn unit(path: &str, unit: &str, relabel: bool) -> Change {
    Change::Unit { path: path.into(), unit: unit.into(), relabel, together: false }
}

fn lines(project: &Project, of: i32) -> Vec<String> {
    let document = project.rendered(None, year(of), Gaps::Show).unwrap().document;
    document.blocks.iter().map(|block| crate::document::Line::of(block).text).collect()
}

#[test]
fn values_are_converted_to_the_last_digit_or_not_at_all() {
    let now = after(unit("投资", "元", false));
    assert_eq!(value(&now, "投资", 2010), "67000000元");
    assert_eq!(value(&now, "投资", 2011), "50000余元");
    let registry = now.texts().words(&Text::Registry);
    assert!(registry.contains("投资: {类型: 时期, 单位: 元, 范围: [0, 90000000]}"), "{registry}");
    assert!(now.texts().words(&Text::Year(year(2011))).contains("投资: 50000余元  # 估\n"));
    // What somebody confirmed is still confirmed, and nothing else of that value is touched.
    let confirmed: Vec<&str> = now.confirmed().unwrap().iter().map(|one| one.about.value.as_str()).collect();
    assert_eq!(confirmed, ["67000000元", "6700万元"]);
    assert_eq!(lines(&now, 2010)[1], "投资67000000元，土地150亩。");

    let now = after(unit("项目.额", "元", false));
    assert!(now.texts().words(&Text::Year(year(2011))).contains("额: {值: 200000元, 来源: 甲}"));
    assert!(now.texts().words(&Text::Year(year(2011))).contains("额: 50000000元"));
    assert!(now.texts().words(&Text::Registry).contains("额: {单位: 元, 类型: 时期}"));

    assert_eq!(value(&after(unit("土地", "平方米", true)), "土地", 2010), "150平方米");
    let (rule, message) = refused(unit("土地", "公顷", false));
    // 7亩 is no whole part of a 公顷.
    assert_eq!((rule.as_str(), message.contains("2011年的“土地”是7亩")), ("not-exact", true), "{message}");
}

#[test]
fn another_word_for_a_unit_is_said_to_be_one() {
    let (rule, message) = refused(unit("会议", "场", false));
    assert_eq!((rule.as_str(), message.as_str()), ("wrong-unit", "“次”和“场”量的不是同一样东西，不能换算"));
    // Its sum with another one in 次 would not come out.
    let (rule, message) = refused(unit("会议", "场", true));
    assert_eq!((rule.as_str(), message.contains("总会")), ("figure-changes", true), "{message}");
    // Together with it, it does.
    let together = Change::Unit { path: "会议".into(), unit: "场".into(), relabel: true, together: true };
    let now = after(together);
    assert_eq!((value(&now, "会议", 2011), value(&now, "大会", 2010)), ("4场".into(), "3场".into()));
    assert!(now.texts().words(&Text::Registry).contains("总会: {类型: 时期, 单位: 场,"));
    assert_eq!(value(&now, "投资", 2010), "6700万元");
    let now = after(unit("投资", "万人", true));
    assert_eq!((value(&now, "投资", 2010), value(&now, "投资", 2011)), ("6700万人".into(), "5万余人".into()));
    assert_eq!(refused(unit("投资", "12", false)).0, "wrong-unit");
    assert_eq!(refused(unit("没有", "元", false)).0, "unknown-name");
}

#[test]
fn a_kind_fits_every_value() {
    let kind = |path: &str, kind: IndicatorKind| Change::Kind { path: path.into(), kind };
    let now = after(kind("会议", IndicatorKind::Stock));
    assert!(now.texts().words(&Text::Registry).contains("会议: {类型: 时点, 单位: 次"));
    let (rule, message) = refused(kind("备注", IndicatorKind::Stock));
    assert_eq!((rule.as_str(), message.as_str()), ("wrong-kind", "“备注”不能改为时点：2010年是“无”"));
    assert_eq!(refused(kind("村.名单", IndicatorKind::Text)).1, "“村.名单”不能改为文本：2010年是“1项名单”");
    let now = after(kind("会议", IndicatorKind::Text));
    assert!(now.texts().words(&Text::Registry).contains("会议: {类型: 文本, 口径: 镇上开的}   # 会"));
    let now = after(kind("项目.状态", IndicatorKind::Text));
    assert_eq!(lines(&now, 2011), lines(&project(), 2011));
    // With the unit that it needs, in one step.
    let changes = [unit("备注", "次", false), kind("备注", IndicatorKind::Flow)];
    assert_eq!(planned(&project(), &changes).unwrap_err().0[0].rule, "wrong-kind", "无 is no number");
}

#[test]
fn a_key_names_each_row_once() {
    let key = |column: &str| Change::Key { ledger: "项目".into(), column: column.into() };
    assert!(after(key("企业")).texts().words(&Text::Registry).contains("主键: 企业"));
    let (rule, message) = refused(key("状态"));
    assert_eq!(
        (rule.as_str(), message.as_str()),
        ("key-not-unique", "“状态”认不清“项目”的每一行：2011年第1、2行都是“好”")
    );
    assert_eq!(refused(key("企")).0, "unknown-column");
    assert_eq!(refused(Change::Key { ledger: "会议".into(), column: "企业".into() }).0, "wrong-kind");
}

#[test]
fn two_that_are_one_are_merged_where_they_agree() {
    let merge = |from: &str, into: &str| Change::Merge { from: from.into(), into: into.into() };
    let (rule, message) = refused(merge("会议", "大会"));
    assert_eq!((rule.as_str(), message.contains("总会")), ("cannot-merge", true), "{message}");
    let free = |text: &str| {
        Project::of(Texts::from([
            (
                "facts/指标",
                REGISTRY
                    .replace("    总会: {类型: 时期, 单位: 次, 公式: {相加: [会议, 大会]}}\n", "")
                    .replace(
                        "总会: {类型: 时期, 单位: 次, 公式: {相加: [会议, 大会]}}",
                        "总会: {类型: 时期, 单位: 次, 不超过: 会议}",
                    )
                    .as_str(),
            ),
            ("facts/2010", "年度: 2010\n会议: 3次\n大会: 3次\n"),
            ("facts/2011", text),
            ("facts/2012", "年度: 2012\n会议:\n大会: 7次\n"),
            ("templates/汇报", "# 汇报\n\n会议{{会议}}，大会{{大会}}。\n"),
        ]))
    };
    let project = free("年度: 2011\n# 会议的话\n会议: {值: 4次, 来源: 党政办}\n");
    let plan = planned(&project, &[merge("会议", "大会")]).unwrap();
    let now = project.with(&plan.edits);
    assert_eq!([2010, 2011, 2012].map(|of| value(&now, "大会", of)), ["3次", "4次", "7次"]);
    assert_eq!(
        now.texts().words(&Text::Year(year(2011))),
        "年度: 2011\n# 会议的话\n大会: {值: 4次, 来源: 党政办}\n"
    );
    assert_eq!(now.texts().words(&Text::Template("汇报".into())), "# 汇报\n\n会议{{大会}}，大会{{大会}}。\n");
    assert!(now.texts().words(&Text::Registry).contains("不超过: 大会"));
    assert!(!now.facts().unwrap().registry.indicators.contains_key("会议"));
    assert_eq!(plan.notes, ["“会议”原来的口径不再保留：镇上开的"]);
    // Every year in which they differ is named.
    let project = free("年度: 2011\n会议: 4次\n大会: 5次\n");
    let problems = planned(&project, &[merge("会议", "大会")]).unwrap_err();
    assert!(problems.0[0].message.contains("2011年一个是4次，一个是5次"), "{problems:?}");
    assert_eq!(planned(&project, &[merge("会议", "投资")]).unwrap_err().0[0].rule, "cannot-merge");
    assert_eq!(planned(&project, &[merge("会议", "会议")]).unwrap_err().0[0].rule, "cannot-merge");
}

#[test]
fn one_that_is_two_is_split() {
    let split = |new: &str, places: &[usize], years: &[i32], moved: bool| Change::Split {
        path: "会议".into(),
        new: new.into(),
        places: places.to_vec(),
        years: years.iter().map(|one| year(*one)).collect(),
        moved,
    };
    let words: Vec<String> = places(&project(), "会议").into_iter().map(|place| place.words).collect();
    assert_eq!(words, ["会议【会议】，又…，大会…。", "会议…，又【会议】，大会…。"]);
    let now = after(split("村会议", &[2], &[], false));
    assert_eq!(lines(&now, 2010), lines(&project(), 2010));
    assert_eq!(value(&now, "村会议", 2010), "3次");
    assert!(now.texts().words(&Text::Year(year(2011))).contains("村会议: {值: 4次, 来源: 党政办}"));
    assert!(now.texts().words(&Text::Template("汇报".into())).contains("会议{{会议}}，又{{村会议}}，"));
    assert!(now.texts().words(&Text::Registry).contains("村会议: {类型: 时期, 单位: 次, 口径: 镇上开的}\n"));
    let now = after(split("村会议", &[], &[2010], false));
    assert_eq!((value(&now, "村会议", 2010).as_str(), value(&now, "村会议", 2011).as_str()), ("3次", "—"));
    // What is moved is not there any more: the sum that needs it would go.
    assert_eq!(refused(split("村会议", &[], &[2010], true)).0, "figure-changes");
    // A place that means another one that is there.
    let project = project();
    let plan = planned(&project, &[split("大会", &[1], &[], false)]).unwrap();
    assert_eq!(plan.touched.len(), 1);
    assert!(
        project
            .with(&plan.edits)
            .texts()
            .words(&Text::Template("汇报".into()))
            .contains("会议{{大会}}，又{{会议}}")
    );
    assert_eq!(refused(split("大会", &[], &[], false)).0, "path-taken");
    assert_eq!(refused(split("村会议", &[3], &[], false)).0, "cannot-split");
    assert_eq!(refused(split("村会议", &[], &[2009], false)).0, "cannot-split");
    // A ledger with its columns and rows.
    let ledger = Change::Split {
        path: "项目".into(),
        new: "村项目".into(),
        places: vec![1],
        years: Vec::new(),
        moved: false,
    };
    let now = after(ledger);
    assert_eq!(lines(&now, 2011), lines(&project, 2011));
    assert!(now.texts().words(&Text::Template("汇报".into())).contains("{{合计 村项目.额}}"));
}

#[test]
fn words_of_the_registry_change_and_reports_do_not() {
    let words =
        |words: &str| Change::Field { path: "会议".into(), field: Field::Definition, words: words.into() };
    assert!(after(words("镇村两级")).texts().words(&Text::Registry).contains("口径: 镇村两级"));
    assert!(!after(words("")).texts().words(&Text::Registry).contains("镇上开的"));
    let nothing = planned(&project(), &[words("镇上开的")]).unwrap();
    assert!(nothing.edits.is_empty());
}

#[test]
fn a_report_gets_another_name_with_all_that_goes_by_it() {
    let issued = "---\n定稿: 1\n报告: 汇报\n时期: 2010\n日期: 2010-12-20\n来自: 模板\n---\n# 汇报\n⟦出处⟧\n";
    let project = Project::of(Texts::from([
        ("facts/2010", "年度: 2010\n会议: 3次\n"),
        ("templates/汇报", "# 汇报\n\n{{> _尾}}\n"),
        ("templates/_尾", "会议{{会议}}。\n"),
        ("golden/汇报-2010.定稿.md", issued),
        ("golden/汇报-2010.txt", "汇报\n会议3次。\n"),
        ("golden/大汇报-2010.txt", "汇报\n"),
    ]));
    let plan = planned(&project, &[Change::of_name(&project, "汇报", "年终总结")]).unwrap();
    let now = project.with(&plan.edits);
    let names: Vec<String> = now.texts().iter().map(|(text, _)| text.name()).collect();
    assert!(!names.iter().any(|name| name.contains("/汇报")), "{names:?}");
    assert!(
        names.contains(&"golden/大汇报-2010.txt".to_owned())
            && names.contains(&"golden/年终总结-2010.txt".to_owned())
    );
    assert_eq!(now.issued("年终总结", year(2010)).unwrap().unwrap().1.origin.template, "年终总结");
    let plan = planned(&now, &[Change::of_name(&now, "_尾", "_结尾")]).unwrap();
    assert_eq!(
        now.with(&plan.edits).texts().words(&Text::Template("年终总结".into())),
        "# 汇报\n\n{{> _结尾}}\n"
    );
    for (old, new) in [
        ("汇报", "年终总结"),
        ("年终总结", "a/b"),
        ("年终总结", "_尾"),
        ("年终总结", "con"),
        ("年终总结", "甲 乙"),
    ] {
        let change = Change::Report { old: old.into(), new: new.into() };
        assert!(planned(&now, &[change]).is_err(), "{old} {new}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is converted is worth what it was; what cannot be is refused, and named.
    #[test]
    fn no_amount_changes_with_its_unit(
        numbers in prop::collection::vec((1u32..2_000_000, 0u32..4), 3),
        words in prop::collection::vec(prop::sample::select(vec!["", "", "多", "余", "以上", "近"]), 3),
        units in prop::sample::select(vec![
            ("元", "万元"), ("万元", "元"), ("亿元", "万元"), ("公顷", "亩"), ("亩", "公顷"), ("公里", "米"), ("吨", "公斤"), ("件", "万件"),
        ]),
    ) {
        let (old, new) = units;
        let mut texts = Texts::from([("facts/指标", format!("数: {{类型: 时期, 单位: {old}}}\n"))]);
        let mut before = Vec::new();
        for (at, ((number, scale), word)) in numbers.iter().zip(&words).enumerate() {
            let number = rust_decimal::Decimal::new(i64::from(*number), *scale).to_string();
            let value = match *word {
                "近" => format!("近{number}{old}"),
                "以上" => format!("{number}{old}以上"),
                "" => format!("{number}{old}"),
                word => format!("{number}{word}{old}"),
            };
            let text = format!("年度: {}\n数: {value}\n", 2010 + at);
            let of = Text::Year(Period::parse(&(2010 + at).to_string()).unwrap());
            texts.put(of.clone(), std::sync::Arc::new(crate::project::stored::Stored::new(of.name(), text.into_bytes())));
        }
        let project = Project::of(texts);
        prop_assume!(project.facts().is_ok());
        let amounts = |project: &Project| -> Vec<crate::zh::number::Amount> {
            let facts = project.facts().unwrap();
            facts.through("数").filter_map(|fact| match &fact.value {
                crate::facts::value::Value::Quantity(quantity) => Some(quantity.amount.clone()),
                _ => None,
            }).collect()
        };
        before.extend(amounts(&project));
        match planned(&project, &[unit("数", new, false)]) {
            Ok(plan) => {
                for (was, is) in before.iter().zip(amounts(&project.with(&plan.edits))) {
                    prop_assert_eq!(is.unit.to_string(), new);
                    prop_assert_eq!(is.value_in(&was.unit).unwrap(), was.value);
                    prop_assert_eq!((is.bound, is.approx), (was.bound, was.approx));
                }
            }
            Err(problems) => prop_assert_eq!(problems.0[0].rule, "not-exact"),
        }
    }
}
