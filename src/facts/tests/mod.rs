//! The facts module from texts and folders to facts and problems.

mod lines;

use super::value::Value;
use super::*;
use crate::diag::Hint;

const REGISTRY: &str = "\
委员.总数: {单位: 名, 类型: 时点, 来源: 政协办}
委员.女委员: {单位: 名, 类型: 时点, 不超过: 委员.总数}
委员.界别: {类型: 名单}
会议.日期: {类型: 日期}
宣传.专栏: {单位: 期, 类型: 时期, 口径: 只计公开栏}
投资项目: {主键: 企业, 列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}}
投资.总额: {单位: 万元, 类型: 时期, 公式: {合计: 投资项目.投资}}
";

const FACTS: &str = "\
年度: 2011
委员:
  总数: 17名
  女委员:
  界别: [科技, 经济]
会议.日期: 2011-04-18
宣传:
  专栏: {值: 4期, 来源: 党政办, 说明: 原件只有三年合计12期，分年为示例, 待核: 是}
投资项目:
  - {企业: 甲厂, 投资: 6700万元}
  - {企业: 乙厂, 投资: 0.5亿元}
";

fn hints(problem: &Diagnostic) -> String {
    let words = |hint: &Hint| hint.words(|act| format!("{act:?}")).into_owned();
    problem.hints.iter().map(words).collect::<Vec<_>>().join(" ")
}

fn source(name: &str, text: &str) -> Arc<Source> {
    Arc::new(Source::new(name, text))
}

fn read(registry: Option<&str>, text: &str) -> Result<Facts, Problems> {
    let registry = registry.map(|text| source("facts/指标.yaml", text));
    parse(registry, vec![(Period::year(2011), source("facts/2011.yaml", text))])
}

/// Rule, line and message of every problem.
fn problems(registry: Option<&str>, text: &str) -> Vec<(String, usize, String)> {
    let problems = match read(registry, text) {
        Ok(facts) => facts.notes,
        Err(problems) => problems.0,
    };
    let line = |problem: &Diagnostic| problem.place.as_ref().map_or(0, |place| place.line());
    problems.iter().map(|p| (p.rule.to_owned(), line(p), format!("{} {}", p.message, hints(p)))).collect()
}

#[test]
fn reads_a_well_formed_year() {
    for registry in [Some(REGISTRY), None] {
        let facts = read(registry, FACTS).unwrap();
        let names: Vec<&str> = facts.years[&Period::year(2011)].facts.keys().map(|path| &**path).collect();
        assert_eq!(names, ["委员.总数", "委员.女委员", "委员.界别", "会议.日期", "宣传.专栏", "投资项目"]);
        let total = facts.get("委员.总数", Period::year(2011)).unwrap();
        assert!(matches!(&total.value, Value::Quantity(quantity) if quantity.text == "17名"));
        assert_eq!((total.place.line(), total.place.column()), (3, 7));
        assert_eq!(total.source.as_deref(), registry.map(|_| "政协办"));
        assert_eq!(facts.get("委员.女委员", Period::year(2011)).unwrap().value, Value::Blank);
        let column = facts.get("宣传.专栏", Period::year(2011)).unwrap();
        assert!(column.unverified && !column.estimate);
        assert_eq!(column.note.as_deref(), Some("原件只有三年合计12期，分年为示例"));
        let Value::Ledger(rows) = &facts.get("投资项目", Period::year(2011)).unwrap().value else {
            panic!()
        };
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].place.line(), 11);
    }
}

/// Asserts that the text has exactly one problem: its rule, line and a part of what is said.
fn one_problem(registry: Option<&str>, text: &str, expected: (&str, usize, &str)) {
    let found = problems(registry, text);
    assert_eq!(found.len(), 1, "{text}\n{found:#?}");
    let (rule, line, words) = &found[0];
    assert_eq!((rule.as_str(), *line), (expected.0, expected.1), "{text}\n{found:#?}");
    assert!(words.contains(expected.2), "{text}\n{words}");
}

#[test]
fn says_what_is_wrong_with_a_fact() {
    let cases = [
        ("委员.总署: 17名", ("unknown-indicator", 2, "是不是“委员.总数”")),
        ("委员:\n  总数: 17人", ("wrong-unit", 3, "单位是“人”，指标表里是“名”")),
        ("委员.总数: 17", ("missing-unit", 2, "请写成17名")),
        ("委员.总数: 十七名", ("not-a-number", 2, "请写成17名")),
        ("委员.总数: １７名", ("not-a-number", 2, "请写成17名")),
        ("会议.日期: 12次", ("not-a-date", 2, "2011-04-18")),
        ("会议.日期: 2011-02-30", ("not-a-date", 2, "2011年2月没有30日")),
        ("投资项目: [{企业: 甲, 投姿: 1万元}]", ("unknown-column", 2, "是不是“投资”")),
        ("投资项目: [{企业: 甲, 投资: 1万亩}]", ("wrong-unit", 2, "万亩")),
        ("投资.总额: 5万元", ("computed-fact", 2, "公式")),
        ("委员: {总数: {值: 17名, 来原: 甲}}", ("unknown-key", 2, "是不是“来源”")),
        ("委员.总数: {值: 17名, 估计: 是}", ("estimate-not-registered", 2, "含估计")),
        ("委员.总数: 17名\n委员: {总数: 18名}", ("duplicate-key", 3, "第一次在第2行")),
        ("委员.总数: 17名\n委员.总数: 18名", ("duplicate-key", 3, "第一次在第2行")),
        ("委员.界别: 科技", ("wrong-kind", 2, "[科技]")),
        ("委员.总数: [1名]", ("wrong-kind", 2, "时点")),
        ("委员.界别: [甲, , 乙]", ("yaml-syntax", 2, "")),
        ("委员.界别: &甲 [甲]", ("yaml-feature", 2, "&")),
        ("委员.界别: [*甲]", ("yaml-feature", 2, "*")),
        ("委员.总数: !!str 17名", ("yaml-feature", 2, "!")),
        ("委员.总数: 17名\n---\n委员: 1", ("second-document", 3, "---")),
        ("委员.界别: [甲, 乙", ("yaml-syntax", 2, "括号")),
        ("委员:\n  总数: 17名\n 女委员: 5名", ("yaml-syntax", 4, "缩进")),
        ("委员.界别:\n  - 甲\n   - 乙", ("run-on", 3, "缩进")),
        ("委员:\n  总数: 17名\n    女委员 5名", ("run-on", 3, "冒号")),
        ("委员.总数：17名", ("full-width-colon", 2, "委员.总数: 17名")),
    ];
    for (line, expected) in cases {
        one_problem(Some(REGISTRY), &format!("年度: 2011\n{line}\n"), expected);
    }
}

#[test]
fn reports_all_problems_of_all_lines() {
    let found = problems(Some(REGISTRY), "委员.总数: 17人\n委员.女委员: 五名\n没有: 1\n");
    let rules: Vec<&str> = found.iter().map(|(rule, ..)| rule.as_str()).collect();
    assert_eq!(rules, ["year-missing", "wrong-unit", "not-a-number", "unknown-indicator"]);
}

#[test]
fn reads_by_shape_without_a_registry() {
    one_problem(None, "年度: 2010\n", ("year-differs", 1, "文件名是2011"));
    one_problem(None, "年度: 2011\n甲: 1,234名\n", ("not-a-number", 2, "请写成1234名"));
    one_problem(None, "年度: 2011\n甲: 12 次\n", ("not-a-number", 2, "请写成12次"));
    one_problem(None, "年度: 2011\n甲: 2011-02-30\n", ("not-a-date", 2, "2月没有30日"));
    one_problem(
        None,
        "年度: 2011\n甲: 1234567890123456789012345678901234567890元\n",
        ("not-a-number", 2, "28位"),
    );
    one_problem(None, "年度: 2011\n甲: 1名\n甲.乙: 2名\n", ("fact-and-group", 3, "甲.乙"));
    let facts = read(None, "年度: 2011\n甲: '17'\n乙: 12345政务服务热线\n丙: []\n").unwrap();
    assert_eq!(facts.get("甲", Period::year(2011)).unwrap().value, Value::Text("17".to_owned()));
    assert_eq!(
        facts.get("乙", Period::year(2011)).unwrap().value,
        Value::Text("12345政务服务热线".to_owned())
    );
    assert_eq!(facts.get("丙", Period::year(2011)).unwrap().value, Value::List(Vec::new()));
}

#[test]
fn says_what_is_wrong_with_the_registry() {
    let cases = [
        ("甲: {类型: 时其}", ("unknown-kind", 1, "时期")),
        ("甲: {类型: 时期, 单为: 次}", ("unknown-key", 1, "是不是“单位”")),
        ("甲: {单位: 次}", ("kind-missing", 1, "类型")),
        (
            "甲组.数: {类型: 时期}\n乙: {类型: 时期, 公式: {相加: [甲组.数, 甲组.树]}}",
            ("unknown-indicator", 2, "甲组.数"),
        ),
        ("甲: {类型: 时期, 公式: {求和: [甲, 甲]}}", ("unknown-formula", 1, "合计")),
        ("甲: {类型: 比率, 范围: [100, 0]}", ("bad-range", 1, "最小")),
        ("甲: {类型: 台账, 列: {企业: 文本}, 主键: 企叶}", ("unknown-column", 1, "企业")),
        ("甲: {列: {数: 时期}}\n乙: {类型: 时期, 公式: {合计: 甲.树}}", ("unknown-column", 2, "“树”")),
    ];
    for (registry, expected) in cases {
        one_problem(Some(registry), "年度: 2011\n丁: 1\n", expected);
    }
}

#[test]
fn hostile_texts_end_in_problems() {
    let bomb = "甲: &a [一,一]\n乙: &b [*a,*a]\n丙: [*b,*b]\n";
    let deep = format!("甲: {}", "[".repeat(20_000));
    let nested: String = (0..500).map(|depth| format!("{}甲:\n", " ".repeat(depth))).collect();
    for text in [bomb, &deep, &nested, "", "\0\0\0", "甲: \0", "- 甲\n", "甲", "? [甲]\n: 乙\n", "{[甲]: 乙}"]
    {
        assert!(read(None, text).is_err(), "{}", &text[..text.len().min(20)]);
    }
}
