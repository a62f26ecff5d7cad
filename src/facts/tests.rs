//! The facts module from texts and folders to facts and problems.

use std::fs;

use super::value::Value;
use super::*;

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

fn source(name: &str, text: &str) -> Arc<Source> {
    Arc::new(Source { name: name.to_owned(), text: text.to_owned() })
}

fn read(registry: Option<&str>, text: &str) -> Result<Facts, Problems> {
    let registry = registry.map(|text| source("facts/指标.yaml", text));
    parse(registry, vec![(2011, source("facts/2011.yaml", text))], 2011)
}

/// Rule, line and message of every problem.
fn problems(registry: Option<&str>, text: &str) -> Vec<(String, usize, String)> {
    let problems = match read(registry, text) {
        Ok(facts) => facts.warnings,
        Err(problems) => problems.0,
    };
    let line = |problem: &Diagnostic| problem.place.as_ref().map_or(0, |place| place.line());
    problems
        .iter()
        .map(|p| (p.rule.to_owned(), line(p), format!("{} {}", p.message, p.hints.join(" "))))
        .collect()
}

#[test]
fn reads_a_well_formed_year() {
    for registry in [Some(REGISTRY), None] {
        let facts = read(registry, FACTS).unwrap();
        let names: Vec<&str> = facts.years[&2011].facts.keys().map(String::as_str).collect();
        assert_eq!(names, ["委员.总数", "委员.女委员", "委员.界别", "会议.日期", "宣传.专栏", "投资项目"]);
        let total = facts.get("委员.总数", 2011).unwrap();
        assert!(matches!(&total.value, Value::Quantity(quantity) if quantity.text == "17名"));
        assert_eq!((total.place.line(), total.place.column()), (3, 7));
        assert_eq!(total.source.as_deref(), registry.map(|_| "政协办"));
        assert_eq!(facts.get("委员.女委员", 2011).unwrap().value, Value::Blank);
        let column = facts.get("宣传.专栏", 2011).unwrap();
        assert!(column.unverified && !column.estimate);
        assert_eq!(column.note.as_deref(), Some("原件只有三年合计12期，分年为示例"));
        let Value::Ledger(rows) = &facts.get("投资项目", 2011).unwrap().value else { panic!() };
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].place.line(), 11);
    }
}

#[test]
fn loads_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let facts = folder.path().join("facts");
    fs::create_dir(&facts).unwrap();
    fs::write(facts.join("2011.yaml"), format!("\u{feff}{}", FACTS.replace('\n', "\r\n"))).unwrap();
    fs::write(facts.join("2010.yml"), encoding_rs::GB18030.encode("年度: 2010\n委员.总数: 16名\n").0)
        .unwrap();
    fs::write(facts.join("指标.yaml"), REGISTRY).unwrap();
    fs::write(facts.join("备份.yaml"), "坏: [").unwrap();
    let loaded = load(folder.path(), None).unwrap();
    assert_eq!((loaded.year, loaded.years.len()), (2011, 2));
    let rules: Vec<&str> = loaded.warnings.iter().map(|warning| warning.rule).collect();
    assert_eq!(rules, ["file-ignored", "not-utf8"]);
    let missing = load(folder.path(), Some(2009)).unwrap_err();
    assert!(missing.0[0].hints[0].contains("2010、2011"), "{missing:?}");
}
