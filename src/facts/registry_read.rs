//! `facts/指标.yaml` → [`Registry`]: one entry an indicator, formulas and checks as structures.
//!
//! Entries are read first, the paths they name are looked up when all are known.

use std::sync::Arc;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::line;
use super::registry::{Check, Column, Formula, Indicator, IndicatorKind, Registry, RollUp};
use super::tree::{Key, Node};
use super::value::Quantity;
use crate::diag::{Diagnostic, Place, Source, nearest};
use crate::zh::number::{Unit, are_kin};

/// Keys of an indicator.
const KEYS: [&str; 19] = [
    "类型",
    "单位",
    "公式",
    "小数",
    "条件",
    "来源",
    "口径",
    "不超过",
    "等于",
    "范围",
    "含估计",
    "主键",
    "列",
    "须有来源",
    "属于",
    "多段",
    "可填",
    "汇总",
    "相近",
];

/// The words for [`IndicatorKind`].
const KINDS: [(&str, IndicatorKind); 7] = [
    ("时期", IndicatorKind::Flow),
    ("时点", IndicatorKind::Stock),
    ("比率", IndicatorKind::Rate),
    ("文本", IndicatorKind::Text),
    ("日期", IndicatorKind::Date),
    ("名单", IndicatorKind::List),
    ("台账", IndicatorKind::Ledger),
];

/// The words for [`Formula`].
const FORMULAS: [&str; 8] = ["合计", "计数", "相加", "相减", "占比", "平均", "增幅", "上年"];

/// The registry with whatever problems were found on the way.
pub(super) fn read(root: &Node, source: &Arc<Source>) -> (Registry, Vec<Diagnostic>) {
    let mut reader = RegistryReader { source, problems: Vec::new(), references: Vec::new() };
    let registry = reader.registry(root);
    reader.check_references(&registry);
    (registry, reader.problems)
}

/// What a named path has to be.
#[derive(Clone, Copy)]
enum Wanted {
    Any,
    /// A 名单 or 台账.
    Countable,
    /// A 台账, with a column behind the last point.
    LedgerColumn,
}

struct RegistryReader<'s> {
    source: &'s Arc<Source>,
    problems: Vec<Diagnostic>,
    references: Vec<(Place, String, Wanted)>,
}

impl RegistryReader<'_> {
    fn registry(&mut self, root: &Node) -> Registry {
        let mut indicators = IndexMap::new();
        let Some(entries) = root.entries() else {
            if root.text() != Some("") {
                self.report(root, Diagnostic::error("not-a-registry", "指标表要由“指标: {类型: …}”的行组成"));
            }
            return Registry { indicators: indicators.into() };
        };
        for (key, node) in entries {
            if let Some(indicator) = self.indicator(key, node) {
                indicators.insert(key.text.clone(), indicator);
            }
        }
        Registry { indicators: indicators.into() }
    }

    fn indicator(&mut self, key: &Key, node: &Node) -> Option<Indicator> {
        let Some(entries) = node.entries() else {
            let problem = Diagnostic::error("bad-indicator", format!("“{}”后面要写类型、单位等", key.text));
            self.report(node, problem.hint(format!("请写成“{}: {{类型: 时期, 单位: 次}}”", key.text)));
            return None;
        };
        self.refuse_unknown(entries, &KEYS);
        let unit = self.words(node, "单位").map(|unit| Unit::parse(&unit));
        let columns = node.get("列").map(|columns| self.columns(columns)).unwrap_or_default();
        let formula = node.get("公式").and_then(|formula| self.formula(formula, node.get("条件")));
        let kind = self.kind(key, node, formula.as_ref(), !columns.is_empty())?;
        Some(Indicator {
            path: key.text.clone(),
            kind,
            checks: self.checks(node, unit.as_ref()),
            may_be_typed: self.may_be_typed(node, formula.as_ref()),
            roll_up: self.roll_up(node, kind, formula.is_some()),
            unit,
            decimals: self.decimals(node, formula.as_ref()),
            formula,
            source: self.remark(node, "来源"),
            definition: self.remark(node, "口径"),
            estimates: self.yes(node, "含估计"),
            needs_source: self.yes(node, "须有来源"),
            member_of: node.get("属于").and_then(|of| self.path(of, Wanted::Countable)),
            paragraphs: self.paragraphs(node, kind),
            key: self.key_column(node, &columns),
            columns,
            place: Some(Place::new(self.source, key.span.clone())),
        })
    }

    /// 类型; without it, what columns and formulas can only be.
    fn kind(
        &mut self,
        key: &Key,
        node: &Node,
        formula: Option<&Formula>,
        columns: bool,
    ) -> Option<IndicatorKind> {
        if let Some(written) = node.get("类型") {
            return self.kind_word(written, &KINDS);
        }
        let only = match formula {
            _ if columns => Some(IndicatorKind::Ledger),
            Some(Formula::Share { .. } | Formula::Average { .. } | Formula::Growth(_)) => {
                Some(IndicatorKind::Rate)
            }
            _ => None,
        };
        if only.is_none() {
            let problem = Diagnostic::error("kind-missing", format!("“{}”没有写类型", key.text));
            let hint =
                "请加上“类型: 时期”（全年累计）、“时点”（年末数）、“比率”、“文本”、“日期”、“名单”或“台账”";
            self.report_at(&key.span, problem.hint(hint));
        }
        only
    }

    fn kind_word(&mut self, node: &Node, kinds: &[(&str, IndicatorKind)]) -> Option<IndicatorKind> {
        let word = node.text().unwrap_or_default();
        let found = kinds.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
        if found.is_none() {
            let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
            let problem = Diagnostic::error("unknown-kind", format!("没有“{word}”这种类型"));
            self.report(node, problem.hint(format!("类型只有：{}", names.join("、"))));
        }
        found
    }

    fn columns(&mut self, node: &Node) -> IndexMap<String, Column> {
        let Some(entries) = node.entries() else {
            let problem = Diagnostic::error("bad-columns", "“列”后面要写各列的名称和类型");
            self.report(node, problem.hint("请写成“列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}”"));
            return IndexMap::new();
        };
        let columns: IndexMap<String, Column> = entries
            .iter()
            .filter_map(|(key, node)| Some((key.text.clone(), self.column(key, node)?)))
            .collect();
        for (key, node) in entries {
            self.limits(&columns, key, node);
        }
        columns
    }

    fn column(&mut self, key: &Key, node: &Node) -> Option<Column> {
        let kinds = &KINDS[..5];
        let Some(entries) = node.entries() else {
            let of_kind = |kind| Column { kind, unit: None, member_of: None, checks: Vec::new() };
            return self.kind_word(node, kinds).map(of_kind);
        };
        self.refuse_unknown(entries, &["类型", "单位", "属于", "不超过", "范围"]);
        let unit = self.words(node, "单位").map(|unit| Unit::parse(&unit));
        let member_of = node.get("属于").and_then(|of| self.path(of, Wanted::Countable));
        let at_most = node.get("不超过").and_then(Node::text).map(|name| Check::AtMost(name.to_owned()));
        let range = node.get("范围").and_then(|range| self.range(range, unit.as_ref()));
        let checks = at_most.into_iter().chain(range).collect();
        match node.get("类型") {
            Some(written) => {
                self.kind_word(written, kinds).map(|kind| Column { kind, unit, member_of, checks })
            }
            None if unit.is_some() => Some(Column { kind: IndicatorKind::Flow, unit, member_of, checks }),
            None if member_of.is_some() => {
                Some(Column { kind: IndicatorKind::Text, unit, member_of, checks })
            }
            None => {
                let problem = Diagnostic::error("kind-missing", format!("“{}”这一列没有写类型", key.text));
                self.report_at(
                    &key.span,
                    problem.hint("请写成“列名: 文本”或“列名: {单位: 万元, 类型: 时期}”"),
                );
                None
            }
        }
    }

    /// A column has limits where it holds numbers, and no more than another column of numbers in the same unit.
    fn limits(&mut self, columns: &IndexMap<String, Column>, key: &Key, node: &Node) {
        let Some(column) = columns.get(&key.text).filter(|column| !column.checks.is_empty()) else { return };
        let is_number = |column: &Column| {
            matches!(column.kind, IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate)
        };
        if !is_number(column) {
            let problem =
                Diagnostic::error("not-for-this-kind", format!("“{}”这一列不是数，没有大小", key.text));
            self.report_at(
                &key.span,
                problem.hint("“不超过”和“范围”只写给数的列；请删去，或把类型改成时期、时点、比率"),
            );
        }
        let Some(limit) = node.get("不超过") else { return };
        let name = limit.text().unwrap_or_default();
        let base = |column: &Column| column.unit.as_ref().map(|unit| unit.base.clone()).unwrap_or_default();
        let problem = match columns.get(name) {
            None => {
                let problem = Diagnostic::error("unknown-column", format!("“{name}”不是这个台账的列"));
                let near = nearest(name, columns.keys().map(String::as_str));
                let hint = near.map(|near| format!("是不是“{near}”？"));
                problem.hint(hint.unwrap_or_else(|| "“不超过”后面写同一行的另一列".to_owned()))
            }
            Some(other) if !is_number(other) || !are_kin(&base(column), &base(other)) => {
                let message = format!("“{}”和“{name}”不是同一类的数，不能比大小", key.text);
                Diagnostic::error("wrong-kind", message).hint("请核对两列的类型和单位")
            }
            Some(_) => return,
        };
        self.report(limit, problem);
    }

    fn key_column(&mut self, node: &Node, columns: &IndexMap<String, Column>) -> Option<String> {
        let key = self.words(node, "主键")?;
        if !columns.contains_key(&key) {
            let problem = Diagnostic::error("unknown-column", format!("主键“{key}”不在“列”里"));
            let near = nearest(&key, columns.keys().map(String::as_str));
            let hint = near.map_or("主键要写“列”里的一个列名".to_owned(), |name| {
                format!("是不是“{name}”？")
            });
            self.report(node.get("主键").unwrap_or(node), problem.hint(hint));
        }
        Some(key)
    }

    fn formula(&mut self, node: &Node, filter: Option<&Node>) -> Option<Formula> {
        let Some([(key, of), rest @ ..]) = node.entries() else {
            let problem = Diagnostic::error("bad-formula", "公式要写成“{算法: 指标}”");
            self.report(node, problem.hint("例如 {合计: 投资项目.投资}、{相加: [甲, 乙]}"));
            return None;
        };
        if let Some((extra, _)) = rest.iter().find(|(key, _)| key.text != "条件") {
            let problem =
                Diagnostic::error("bad-formula", format!("一个公式只有一种算法，多了“{}”", extra.text));
            self.report_at(&extra.span, problem.hint("分两步算的，请登记成两个指标"));
        }
        let filter = self.filter(node.get("条件").or(filter));
        match key.text.as_str() {
            "合计" => self.sum(of, filter),
            "计数" => Some(Formula::Count { of: self.path(of, Wanted::Countable)?, filter }),
            "相加" => Some(Formula::Add(self.paths(of, 2, usize::MAX)?)),
            "相减" => Some(Formula::Subtract(self.paths(of, 2, usize::MAX)?)),
            "占比" => {
                self.paths(of, 2, 2).and_then(pair).map(|(part, total)| Formula::Share { part, total })
            }
            "平均" => {
                self.paths(of, 2, 2).and_then(pair).map(|(total, count)| Formula::Average { total, count })
            }
            "增幅" => self.path(of, Wanted::Any).map(Formula::Growth),
            "上年" => self.path(of, Wanted::Any).map(Formula::LastYear),
            other => {
                let problem = Diagnostic::error("unknown-formula", format!("没有“{other}”这种算法"));
                self.report_at(&key.span, problem.hint(format!("算法只有：{}", FORMULAS.join("、"))));
                None
            }
        }
    }

    fn sum(&mut self, node: &Node, filter: Vec<(String, String)>) -> Option<Formula> {
        let path = self.path(node, Wanted::LedgerColumn)?;
        let Some((ledger, column)) = path.rsplit_once('.') else {
            let problem = Diagnostic::error("bad-formula", format!("合计“{path}”没有写哪一列"));
            self.report(node, problem.hint("请写成“台账.列”，如 投资项目.投资"));
            return None;
        };
        Some(Formula::Sum { ledger: ledger.to_owned(), column: column.to_owned(), filter })
    }

    fn filter(&mut self, node: Option<&Node>) -> Vec<(String, String)> {
        let Some(node) = node else { return Vec::new() };
        let Some(entries) = node.entries() else {
            let problem = Diagnostic::error("bad-filter", "“条件”要写成“{列名: 值}”");
            self.report(node, problem.hint("例如 条件: {状态: 已整改}"));
            return Vec::new();
        };
        for (key, value) in entries.iter().filter(|(_, value)| value.text().is_none()) {
            let problem = Diagnostic::error("bad-filter", format!("条件“{}”后面只写一行字", key.text));
            self.report(value, problem.hint("几个值用顿号隔开，例如 条件: {状态: 竣工、在建}"));
        }
        let pairs =
            entries.iter().filter_map(|(key, node)| Some((key.text.clone(), node.text()?.to_owned())));
        pairs.collect()
    }

    fn path(&mut self, node: &Node, wanted: Wanted) -> Option<String> {
        let path = node.text().filter(|path| !path.is_empty());
        let Some(path) = path else {
            self.report(node, Diagnostic::error("bad-path", "这里要写一个指标的名称").hint("例如 委员.总数"));
            return None;
        };
        self.references.push((Place::new(self.source, node.span.clone()), path.to_owned(), wanted));
        Some(path.to_owned())
    }

    fn paths(&mut self, node: &Node, least: usize, most: usize) -> Option<Vec<String>> {
        let items = match &node.kind {
            super::tree::NodeKind::List(items) if (least..=most).contains(&items.len()) => items,
            _ => {
                let count = if most == least { "两个" } else { "两个以上" };
                let problem = Diagnostic::error("bad-formula", format!("这里要写{count}指标"));
                self.report(node, problem.hint("请写成 [甲, 乙]，用英文逗号隔开"));
                return None;
            }
        };
        items.iter().map(|item| self.path(item, Wanted::Any)).collect()
    }

    fn checks(&mut self, node: &Node, unit: Option<&Unit>) -> Vec<Check> {
        let at_most = node.get("不超过").and_then(|of| self.path(of, Wanted::Any)).map(Check::AtMost);
        let equals = node.get("等于").and_then(|of| self.equals(of)).map(Check::Equals);
        let range = node.get("范围").and_then(|range| self.range(range, unit));
        let near = node.get("相近").and_then(|near| self.near(near));
        at_most.into_iter().chain(equals).chain(range).chain(near).collect()
    }

    /// `[路径, 5%]`.
    fn near(&mut self, node: &Node) -> Option<Check> {
        if let super::tree::NodeKind::List(items) = &node.kind
            && let [path, most] = items.as_slice()
            && let Some(most) = most.text().and_then(|text| Quantity::parse(text).ok())
            && most.amount.is_exact()
            && most.amount.unit.base == "%"
        {
            return Some(Check::Near(self.path(path, Wanted::Any)?, most.amount.coefficient()));
        }
        let problem = Diagnostic::error("bad-near", "“相近”要写成 [另一个指标, 最多差百分之几]");
        self.report(node, problem.hint("例如 相近: [农业.粮食产量反馈, 5%]"));
        None
    }

    fn equals(&mut self, node: &Node) -> Option<Formula> {
        match node.entries() {
            Some(_) => self.formula(node, None),
            None => self.path(node, Wanted::Any).map(|path| Formula::Add(vec![path])),
        }
    }

    fn range(&mut self, node: &Node, unit: Option<&Unit>) -> Option<Check> {
        if let super::tree::NodeKind::List(items) = &node.kind
            && let [least, most] = items.as_slice()
            && let (Some(least), Some(most)) = (bound(least, unit), bound(most, unit))
            && least <= most
        {
            return Some(Check::Range(least, most));
        }
        let problem = Diagnostic::error("bad-range", "“范围”要写成 [最小, 最大]");
        self.report(node, problem.hint("例如 范围: [0, 100]，单位与本指标相同，小的在前"));
        None
    }

    fn words(&mut self, node: &Node, key: &str) -> Option<String> {
        let value = node.get(key)?;
        let Some(text) = value.text() else {
            self.report(value, Diagnostic::error("wrong-kind", format!("“{key}”后面要写文字")));
            return None;
        };
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Words that may be written over several lines.
    fn remark(&mut self, node: &Node, key: &str) -> Option<String> {
        self.words(node, key)?;
        let words = node.get(key).map(|value| line::joined(&value.lines(&self.source.text)));
        words.filter(|words| !words.is_empty())
    }

    /// 多段, which is for texts that are entered.
    fn paragraphs(&mut self, node: &Node, kind: IndicatorKind) -> bool {
        let asked = self.yes(node, "多段");
        if let (true, Some(value)) = (asked && kind != IndicatorKind::Text, node.get("多段")) {
            let problem = Diagnostic::error("not-for-this-kind", format!("{}没有几段的", kind.label()));
            self.report(value, problem.hint("“多段: 是”只写给文本；请删去它，或把类型改成文本"));
        }
        asked
    }

    /// 小数 of what is divided.
    fn decimals(&mut self, node: &Node, formula: Option<&Formula>) -> Option<u32> {
        const MOST: u32 = 6;
        let value = node.get("小数")?;
        let divides =
            matches!(formula, Some(Formula::Share { .. } | Formula::Average { .. } | Formula::Growth(_)));
        let decimals = value.text().and_then(|text| text.parse().ok()).filter(|decimals| *decimals <= MOST);
        if decimals.is_none() {
            let problem = Diagnostic::error("wrong-kind", "“小数”后面写0到6的整数");
            self.report(value, problem.hint("例如“小数: 2”，至多两位小数"));
        } else if !divides {
            let problem = Diagnostic::error("not-for-this-kind", "“小数”只写给公式是占比、平均、增幅的指标");
            self.report(value, problem.hint("填写的数照事实文件印；要改位数，模板里用 {{数 … 小数=1}}"));
        }
        decimals.filter(|_| divides)
    }

    /// 可填, which is for what has a 公式.
    fn may_be_typed(&mut self, node: &Node, formula: Option<&Formula>) -> bool {
        let asked = self.yes(node, "可填");
        if let (true, Some(value)) = (asked && formula.is_none(), node.get("可填")) {
            let problem = Diagnostic::error("not-for-this-kind", "“可填”只写给有公式的指标");
            self.report(value, problem.hint("没有公式的，本来就在事实文件里填；请删去“可填”"));
        }
        asked
    }

    /// 汇总, or what is usual.
    fn roll_up(&mut self, node: &Node, kind: IndicatorKind, is_computed: bool) -> RollUp {
        let usual = RollUp::usual(kind, is_computed);
        let Some(word) = self.words(node, "汇总") else { return usual };
        let named = RollUp::ALL.into_iter().find(|one| one.label() == word);
        let problem = match named {
            Some(named) if named.fits(kind, is_computed) => return named,
            Some(RollUp::Recompute) => Diagnostic::error("not-for-this-kind", "没有公式，不能重算")
                .hint("请写上公式；上级给的数，写“汇总: 照抄”"),
            Some(_) => {
                let problem = format!("{}不能按“{word}”汇总", kind.label());
                Diagnostic::error("not-for-this-kind", problem)
                    .hint(format!("不写就是“{}”；各种汇总的意思见《事实文件手册》", usual.label()))
            }
            None => {
                let names = RollUp::ALL.map(RollUp::label).join("、");
                let problem = Diagnostic::error("unknown-roll-up", format!("没有“{word}”这种汇总"));
                problem.hint(format!("可以写：{names}"))
            }
        };
        self.report(node.get("汇总").unwrap_or(node), problem);
        usual
    }

    fn yes(&mut self, node: &Node, key: &str) -> bool {
        let word = self.words(node, key).unwrap_or_default();
        if let (Some(value), false) = (node.get(key), matches!(word.as_str(), "" | "是" | "否")) {
            let problem = Diagnostic::error("wrong-kind", format!("“{key}”后面只写“是”或“否”"));
            self.report(value, problem);
        }
        word == "是"
    }

    fn refuse_unknown(&mut self, entries: &[(Key, Node)], known: &[&str]) {
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.text.as_str())) {
            let problem = Diagnostic::error("unknown-key", format!("“{}”不能写在这里", key.text));
            let hint = match nearest(&key.text, known.iter().copied()) {
                Some(near) => format!("是不是“{near}”？"),
                None => format!("可以写：{}", known.join("、")),
            };
            self.report_at(&key.span, problem.hint(hint));
        }
    }

    fn check_references(&mut self, registry: &Registry) {
        for (place, path, wanted) in std::mem::take(&mut self.references) {
            if let Err(problem) = check_reference(registry, &path, wanted) {
                self.problems.push(problem.at(&place));
            }
        }
    }

    fn report(&mut self, node: &Node, problem: Diagnostic) {
        self.report_at(&node.span, problem);
    }

    fn report_at(&mut self, span: &std::ops::Range<usize>, problem: Diagnostic) {
        self.problems.push(problem.at(&Place::new(self.source, span.clone())));
    }
}

fn pair(paths: Vec<String>) -> Option<(String, String)> {
    let [first, second] = <[String; 2]>::try_from(paths).ok()?;
    Some((first, second))
}

/// One end of 范围 in the indicator's own unit; a bare number is in it already.
fn bound(node: &Node, unit: Option<&Unit>) -> Option<Decimal> {
    let amount = Quantity::parse(node.text()?).ok()?.amount;
    if !amount.is_exact() {
        return None;
    }
    if amount.unit == Unit::default() {
        return Some(amount.value);
    }
    Some(amount.to(unit?).ok()?.coefficient())
}

fn check_reference(registry: &Registry, path: &str, wanted: Wanted) -> Result<(), Diagnostic> {
    let name = match wanted {
        Wanted::LedgerColumn => path.rsplit_once('.').map_or(path, |(ledger, _)| ledger),
        _ => path,
    };
    let Some(indicator) = registry.indicators.get(name) else {
        let problem = Diagnostic::error("unknown-indicator", format!("指标表里没有“{name}”"));
        let near = nearest(name, registry.indicators.keys().map(String::as_str));
        let hint = near.map_or("请先登记这个指标".to_owned(), |near| format!("是不是“{near}”？"));
        return Err(problem.label("没有这个指标").hint(hint));
    };
    match wanted {
        Wanted::Any => Ok(()),
        Wanted::Countable => countable(indicator),
        Wanted::LedgerColumn => column_of(indicator, &path[(name.len() + 1).min(path.len())..]),
    }
}

fn countable(indicator: &Indicator) -> Result<(), Diagnostic> {
    match indicator.kind {
        IndicatorKind::List | IndicatorKind::Ledger => Ok(()),
        _ => Err(Diagnostic::error("wrong-kind", format!("“{}”不是名单或台账，不能计数", indicator.path))),
    }
}

fn column_of(indicator: &Indicator, column: &str) -> Result<(), Diagnostic> {
    if indicator.kind != IndicatorKind::Ledger {
        return Err(Diagnostic::error("wrong-kind", format!("“{}”不是台账，不能合计", indicator.path)));
    }
    if indicator.columns.is_empty() || indicator.columns.contains_key(column) {
        return Ok(());
    }
    let problem =
        Diagnostic::error("unknown-column", format!("台账“{}”没有“{column}”这一列", indicator.path));
    let near = nearest(column, indicator.columns.keys().map(String::as_str));
    let hint = near.map_or("请先在“列”里登记".to_owned(), |near| format!("是不是“{near}”？"));
    Err(problem.hint(hint))
}
