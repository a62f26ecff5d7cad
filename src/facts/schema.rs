//! The registry as a JSON Schema (draft-07) of the fact files, so that editors complete names,
//! explain them and mark wrong units while staff type.

use serde_json::{Map, Value, json};

use super::of_report::REPORTS;
use super::registry::{Column, Indicator, IndicatorKind, Registry};
use super::store::{PERIOD, YEAR};
use crate::zh::number::{Manner, Unit, pattern};

/// The schema of a fact file. A path may be written nested (`委员: {总数: …}`) or dotted
/// (`委员.总数: …`); computed indicators do not stand in fact files.
pub fn schema(registry: &Registry) -> Value {
    let mut properties = Map::new();
    properties.insert(YEAR.to_owned(), year());
    properties.insert(PERIOD.to_owned(), period());
    for indicator in registry.indicators.values().filter(|indicator| !indicator.is_computed()) {
        let names: Vec<&str> = indicator.path.split('.').collect();
        insert(&mut properties, &names, &indicator_schema(indicator));
        properties.entry(indicator.path.clone()).or_insert_with(|| indicator_schema(indicator));
    }
    let reports = of_reports(&mut properties, registry);
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "事实文件",
        "description": "一年一个文件，由 facts/指标.yaml 生成",
        "type": "object",
        "anyOf": [{ "required": [YEAR] }, { "required": [PERIOD] }],
        "additionalProperties": false,
        "properties": properties,
        "patternProperties": reports,
    })
}

/// Lets the group of reports have one group a report, with what is registered for all; returns the dotted paths of that.
fn of_reports(properties: &mut Map<String, Value>, registry: &Registry) -> Map<String, Value> {
    let Some(Value::Object(group)) = properties.get_mut(REPORTS) else { return Map::new() };
    let own = json!({
        "title": "一份报告", "description": "名称与模板文件相同", "type": "object",
        "additionalProperties": false, "properties": group["properties"],
    });
    group.insert("additionalProperties".to_owned(), own);
    let dotted = |one: &Indicator| {
        let name = regex::escape(one.path.strip_prefix(REPORTS)?);
        Some((format!("^{REPORTS}\\.[^.]+{name}$"), indicator_schema(one)))
    };
    registry.indicators.values().filter(|one| one.formula.is_none()).filter_map(dotted).collect()
}

fn year() -> Value {
    json!({ "title": YEAR, "description": "与文件名相同的四位年份", "type": "integer", "examples": [2011] })
}

fn period() -> Value {
    json!({
        "title": PERIOD,
        "description": "半年、季度、月份的文件第一行写它，与文件名相同",
        "type": "string",
        "examples": ["2011年上半年", "2011年第三季度", "2011年1—10月", "2011年6月"],
    })
}

/// Puts a schema under its nested names; groups are made on the way.
fn insert(properties: &mut Map<String, Value>, names: &[&str], schema: &Value) {
    let [name, below @ ..] = names else { return };
    if below.is_empty() {
        properties.insert((*name).to_owned(), schema.clone());
        return;
    }
    let group = properties.entry(*name).or_insert_with(
        || json!({ "title": name, "type": "object", "additionalProperties": false, "properties": {} }),
    );
    if let Some(Value::Object(inner)) = group.get_mut("properties") {
        insert(inner, below, schema);
    }
}

fn indicator_schema(indicator: &Indicator) -> Value {
    let value = match indicator.kind {
        IndicatorKind::Ledger => ledger(indicator),
        IndicatorKind::List => {
            json!({ "type": ["array", "null"], "items": { "type": ["string", "number"] } })
        }
        kind => scalar(kind, indicator.unit.as_ref()),
    };
    let title = indicator.path.rsplit('.').next().unwrap_or(&indicator.path);
    json!({ "title": title, "description": description(indicator), "anyOf": [value, long_form(&value)] })
}

fn description(indicator: &Indicator) -> String {
    let mut lines = vec![format!("类型：{}", indicator.kind.label())];
    lines.extend(indicator.unit.as_ref().map(|unit| format!("单位：{unit}")));
    lines.extend(indicator.definition.as_ref().map(|text| format!("口径：{text}")));
    lines.extend(indicator.source.as_ref().map(|text| format!("来源：{text}")));
    lines.join("\n")
}

fn long_form(value: &Value) -> Value {
    let yes = json!({ "enum": ["是", "否", null] });
    let words = json!({ "type": ["string", "number", "null"] });
    let revisions = json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["值", "日期", "说明"],
            "additionalProperties": false,
            "properties": { "值": value, "日期": { "type": "string" }, "说明": { "type": "string" } },
        },
    });
    json!({
        "title": "值和说明",
        "type": "object",
        "required": ["值"],
        "additionalProperties": false,
        "properties": {
            "值": value,
            "来源": words,
            "说明": words,
            "估计": yes,
            "待核": yes,
            "同期": value,
            "增速": words,
            "口径": words,
            "修订": revisions,
        },
    })
}

/// A cell of a ledger with where it comes from.
fn cell_form(value: &Value) -> Value {
    let words = json!({ "type": ["string", "number", "null"] });
    json!({
        "title": "值和来源",
        "type": "object",
        "required": ["值"],
        "additionalProperties": false,
        "properties": { "值": value, "来源": words, "说明": words },
    })
}

fn ledger(indicator: &Indicator) -> Value {
    let column = |(name, column): (&String, &Column)| {
        let value = scalar(column.kind, column.unit.as_ref());
        (name.clone(), json!({ "anyOf": [value, cell_form(&value)] }))
    };
    let columns: Map<String, Value> = indicator.columns.iter().map(column).collect();
    let open = columns.is_empty();
    let row = json!({ "type": "object", "additionalProperties": open, "properties": columns });
    json!({ "type": ["array", "null"], "items": row })
}

fn scalar(kind: IndicatorKind, unit: Option<&Unit>) -> Value {
    match kind {
        IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate => quantity(unit),
        IndicatorKind::Date => json!({
            "type": ["string", "integer", "null"],
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
            "examples": ["2011-04-18", "2011-04"],
        }),
        IndicatorKind::Text | IndicatorKind::List | IndicatorKind::Ledger => {
            json!({ "type": ["string", "number", "boolean", "null"] })
        }
    }
}

/// A number in any scale of the unit; a bare number only where there is no unit.
fn quantity(unit: Option<&Unit>) -> Value {
    let pattern = format!("^(?:{})$", pattern(Manner::Fact, unit));
    let bare = unit.is_none_or(|unit| unit.base.is_empty());
    let types = if bare { json!(["string", "number", "null"]) } else { json!(["string", "null"]) };
    let example = format!("12{}", unit.map(Unit::to_string).unwrap_or_default());
    json!({ "type": types, "pattern": pattern, "examples": [example] })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Source;

    const REGISTRY: &str = "\
委员.总数: {单位: 名, 类型: 时点, 口径: 在册委员}
委员.界别: {类型: 名单}
会议.日期: {类型: 日期}
投资项目: {列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}}
投资.总额: {单位: 万元, 类型: 时期, 公式: {合计: 投资项目.投资}}
报告.会议日期: {类型: 日期}
";

    fn made() -> Value {
        let source = Arc::new(Source::new("facts/指标.yaml", REGISTRY));
        schema(&crate::facts::parse(Some(source), Vec::new()).unwrap().registry)
    }

    fn is_valid(text: &str) -> bool {
        let instance: Value = serde_yaml::from_str(text).unwrap();
        jsonschema::draft7::new(&made()).unwrap().is_valid(&instance)
    }

    #[test]
    fn accepts_good_files() {
        assert!(is_valid("年度: 2011\n委员: {总数: 17名, 界别: [科技]}\n会议.日期: 2011-04\n"));
        assert!(is_valid("年度: 2011\n委员:\n  总数: {值: 近2万名, 来源: 政协办, 待核: 是}\n  界别:\n"));
        assert!(is_valid("期间: 2011年上半年\n委员.总数: {值: 17名, 同期: 16名, 增速: 5%, 口径: 在册}\n"));
        assert!(is_valid(
            "年度: 2011\n委员.总数: {值: 17名, 修订: [{值: 16名, 日期: 2012-03-01, 说明: 核实}]}\n"
        ));
        assert!(is_valid("年度: 2011\n投资项目:\n  - {企业: 甲厂, 投资: 1.2亿元}\n"));
        assert!(is_valid("年度: 2011\n报告: {会议日期: 2011-04-18, 工作总结: {会议日期: 2011-04-19}}\n"));
        assert!(is_valid("年度: 2011\n报告.工作总结.会议日期: 2011-04-19\n"));
        assert!(is_valid("年度: 2011\n投资项目:\n  - {企业: 甲厂, 投资: {值: 1.2亿元, 来源: 甲表 第3行}}\n"));
    }

    #[test]
    fn refuses_bad_files() {
        assert!(!is_valid("委员: {总数: 17名}\n"), "year missing");
        for line in [
            "委员: {总数: 17人}",
            "委员: {总数: 17}",
            "委员: {总数: 十七名}",
            "委员: {总署: 17名}",
            "委员: {总数: {值: 17名, 备注: 无}}",
            "投资项目: [{企业: 甲厂, 金额: 1万元}]",
            "投资项目: [{投资: 1万亩}]",
            "投资项目: [{投资: {值: 1万亩}}]",
            "投资: {总额: 5万元}",
            "会议: {日期: 2011-13}",
            "报告: {工作总结: {会议时间: 2011-04-19}}",
            "报告.工作总结.会议日期: 四月",
        ] {
            assert!(!is_valid(&format!("年度: 2011\n{line}\n")), "{line}");
        }
    }

    #[test]
    fn says_in_chinese_what_is_counted() {
        let schema = made();
        let total = &schema["properties"]["委员"]["properties"]["总数"];
        assert_eq!(total["description"], "类型：时点\n单位：名\n口径：在册委员");
        assert_eq!(total["anyOf"][0]["examples"][0], "12名");
    }
}
