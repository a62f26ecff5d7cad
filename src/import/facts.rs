//! Facts and indicators as a draft: what will be written into `facts/`.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::facts;
use crate::facts::edit::scalar;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Quantity;
use crate::period::Period;

/// The value of a drafted fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number with its unit, or words, as written.
    Text(String),
    /// 名单.
    List(Vec<String>),
    /// 台账: rows of cells, in the order of the columns.
    Ledger(Vec<Vec<String>>),
}

/// An indicator of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// 类型.
    pub kind: IndicatorKind,
    /// 单位, with its scale word; empty for words and lists.
    pub unit: String,
    /// 不超过: a total that it is a part of.
    pub at_most: Option<String>,
    /// 等于: the column, of a ledger, whose sum it is.
    pub sum_of: Option<(String, String)>,
    /// 口径: the words in which the report speaks of it.
    pub definition: String,
    /// 列 of a ledger.
    pub columns: Vec<Column>,
    /// 主键 of a ledger.
    pub key: Option<String>,
}

/// A column of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// 类型.
    pub kind: IndicatorKind,
    /// 单位; empty for words.
    pub unit: String,
}

/// The facts of several years and their registry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Indicators by path.
    pub indicators: IndexMap<String, Indicator>,
    /// Values by year and path.
    pub years: BTreeMap<Period, IndexMap<String, Value>>,
    /// 说明 of values that were not written themselves but follow from what was.
    pub notes: BTreeMap<(Period, String), String>,
}

impl Indicator {
    /// A number as it is written: what it is by its unit and by the words before it.
    pub fn of_number(text: &str, before: &str) -> Indicator {
        let quantity = Quantity::parse(text).ok();
        let unit = quantity.map(|quantity| quantity.amount.unit.to_string()).unwrap_or_default();
        let kind = kind(&unit, before);
        Indicator { unit, ..Indicator::of_kind(kind) }
    }

    /// Words, a list or a ledger.
    pub fn of_kind(kind: IndicatorKind) -> Indicator {
        let nothing = String::new;
        let (unit, definition) = (nothing(), nothing());
        Indicator { kind, unit, at_most: None, sum_of: None, definition, columns: Vec::new(), key: None }
    }
}

/// 时期, 时点 or 比率: a rate by its unit, a stock by the words that speak of what there is.
fn kind(unit: &str, before: &str) -> IndicatorKind {
    const STOCK: [&str; 20] = [
        "现有",
        "共有",
        "总数",
        "总人口",
        "人口",
        "在册",
        "下辖",
        "辖",
        "拥有",
        "设有",
        "存量",
        "余额",
        "累计",
        "已有",
        "保有",
        "面积达",
        "总户数",
        "在校",
        "在编",
        "尚有",
    ];
    /// What there is so many of when a number is reached: 企业达到9家.
    const COUNTED: [&str; 12] = ["家", "户", "人", "名", "个", "所", "座", "处", "条", "支", "台", "栋"];
    let clause = before.rsplit(['，', '。', '；', ',', ';']).next().unwrap_or(before);
    let rate = matches!(unit, "%" | "‰" | "倍" | "番" | "成") || unit.ends_with("分点") || unit.contains('/');
    let reached = (clause.ends_with("达到") || clause.ends_with('达')) && COUNTED.contains(&unit);
    if rate || ["人均", "户均", "平均", "亩均", "村均"].iter().any(|word| clause.contains(word)) {
        IndicatorKind::Rate
    } else if reached || STOCK.iter().any(|word| clause.contains(word)) || is_there(clause) {
        IndicatorKind::Stock
    } else {
        IndicatorKind::Flow
    }
}

/// Whether a name says that its numbers are rates.
pub(super) fn is_rated(name: &str) -> bool {
    ["率", "占比", "比重", "比例", "百分比"].iter().any(|word| name.ends_with(word))
}

/// 我镇有党员: what there is, not what was done.
fn is_there(clause: &str) -> bool {
    ["镇有", "乡有", "村有", "县有", "市有", "区有", "局有", "院有", "里有"]
        .iter()
        .any(|word| clause.contains(word))
}

impl Facts {
    /// Keeps what is used only.
    pub fn retain(&mut self, used: impl Fn(&str) -> bool) {
        self.indicators.retain(|path, _| used(path));
        for values in self.years.values_mut() {
            values.retain(|path, _| used(path));
        }
        self.years.retain(|_, values| !values.is_empty());
        let known: Vec<String> = self.indicators.keys().cloned().collect();
        for indicator in self.indicators.values_mut() {
            if indicator.at_most.as_ref().is_some_and(|total| !known.contains(total)) {
                indicator.at_most = None;
            }
            if indicator.sum_of.as_ref().is_some_and(|(ledger, _)| !known.contains(ledger)) {
                indicator.sum_of = None;
            }
        }
    }

    /// `facts/指标.yaml`, without a head.
    pub fn registry(&self) -> String {
        self.indicators.iter().map(|(path, indicator)| line(path, indicator)).collect()
    }

    /// `facts/YEAR.yaml`.
    pub fn year(&self, year: Period) -> String {
        let mut text = format!("{}\n", facts::first_line(year));
        let mut group = "";
        for (path, value) in self.years.get(&year).into_iter().flatten() {
            let (of, name) = path.split_once('.').unwrap_or(("", path));
            if of != group {
                text.push_str(&format!("\n{of}:\n"));
                group = of;
            }
            let value = written(value, self.indicators.get(path));
            let line = match self.notes.get(&(year, path.clone())) {
                Some(note) => format!("  {name}: {{值: {value}, 说明: {}}}\n", scalar(note)),
                None if value.starts_with('\n') => format!("  {name}:{value}\n"),
                None => format!("  {name}: {value}\n"),
            };
            text.push_str(&line);
        }
        text
    }

    /// Values of one group stand together, in the order of the report.
    pub fn sort(&mut self) {
        let order: Vec<String> = self.indicators.keys().cloned().collect();
        let group = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
        let mut groups: Vec<String> = Vec::new();
        for path in &order {
            if !groups.contains(&group(path)) {
                groups.push(group(path));
            }
        }
        let rank = |path: &str| {
            let of = groups.iter().position(|one| *one == group(path)).unwrap_or(usize::MAX);
            (of, order.iter().position(|one| one == path).unwrap_or(usize::MAX))
        };
        self.indicators.sort_by_cached_key(|path, _| rank(path));
        for values in self.years.values_mut() {
            values.sort_by_cached_key(|path, _| rank(path));
        }
    }
}

/// One line of the registry.
fn line(path: &str, indicator: &Indicator) -> String {
    let mut parts = vec![format!("类型: {}", indicator.kind.label())];
    if !indicator.unit.is_empty() {
        parts.push(format!("单位: {}", scalar(&indicator.unit)));
    }
    parts.extend(indicator.at_most.as_ref().map(|total| format!("不超过: {total}")));
    let sum = indicator.sum_of.as_ref();
    parts.extend(sum.map(|(ledger, column)| format!("等于: {{合计: {ledger}.{column}}}")));
    parts.extend(indicator.key.as_ref().map(|key| format!("主键: {}", scalar(key))));
    if !indicator.columns.is_empty() {
        let columns: Vec<String> = indicator.columns.iter().map(column_line).collect();
        parts.push(format!("列: {{{}}}", columns.join(", ")));
    }
    if !indicator.definition.is_empty() {
        parts.push(format!("口径: {}", scalar(&indicator.definition)));
    }
    format!("{path}: {{{}}}\n", parts.join(", "))
}

fn column_line(column: &Column) -> String {
    let (name, kind) = (scalar(&column.name), column.kind.label());
    match (column.kind, column.unit.is_empty()) {
        (IndicatorKind::Text, _) => format!("{name}: {kind}"),
        (_, true) => format!("{name}: {{类型: {kind}}}"),
        (_, false) => format!("{name}: {{类型: {kind}, 单位: {}}}", scalar(&column.unit)),
    }
}

/// A value behind its name.
pub fn written(value: &Value, indicator: Option<&Indicator>) -> String {
    match value {
        Value::Text(text) => scalar(text),
        Value::List(items) => {
            format!("[{}]", items.iter().map(|item| scalar(item)).collect::<Vec<_>>().join(", "))
        }
        Value::Ledger(rows) => {
            let columns = indicator.map(|indicator| indicator.columns.as_slice()).unwrap_or_default();
            let row = |row: &Vec<String>| {
                let said = columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
                let cells = said.map(|(column, cell)| format!("{}: {}", scalar(&column.name), scalar(cell)));
                format!("\n    - {{{}}}", cells.collect::<Vec<_>>().join(", "))
            };
            rows.iter().map(row).collect()
        }
    }
}
