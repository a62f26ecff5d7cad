//! A tree and the registry → the facts of one year; all problems are collected.
//!
//! Nested maps become dotted paths. A map with the key `值` is the long form of one fact, a list of
//! words is a 名单, a list of maps a 台账.

use std::sync::Arc;

use indexmap::IndexMap;

use super::FactsByPath;
use super::line;
use super::of_report;
use super::registry::{Indicator, IndicatorKind, Registry};
use super::scalar::{self, Expected};
use super::tree::{self, Key, Node};
use super::value::{Cell, Fact, Item, Quantity, Revision, Row, Series, Value};
use crate::diag::{About, Diagnostic, Place, Source, nearest};
use crate::period::Period;

/// The keys that name the period of the file; not facts.
pub(super) const YEAR: &str = "年度";
pub(super) const PERIOD: &str = "期间";

/// Keys of the long form, 值 first.
pub(super) const LONG_FORM: [&str; 5] = ["值", "来源", "说明", "估计", UNVERIFIED];

/// Those beside them that say what a fact is among those of other years.
pub(super) const SERIES: [&str; 4] = [BASE, GROWTH, DEFINITION, REVISIONS];

/// 同期: last year's value as the source gives it today.
const BASE: &str = "同期";

/// 增速: the growth that the source gives.
const GROWTH: &str = "增速";

/// 口径 of this year alone.
const DEFINITION: &str = "口径";

/// 修订: a list, while each of the others is one word.
pub(super) const REVISIONS: &str = "修订";

/// The mark of a value that was carried over from the year before.
pub(super) const UNVERIFIED: &str = "待核";

/// Keys of the long form of a cell of a ledger, 值 first.
pub(super) const CELL_FORM: [&str; 3] = ["值", "来源", "说明"];

/// The facts of the file of `year`, with whatever problems were found on the way.
pub(super) fn read(
    root: &Node,
    source: &Arc<Source>,
    year: Period,
    registry: &Registry,
) -> (FactsByPath, Vec<Diagnostic>) {
    let mut reader = FactReader { source, year, registry, facts: FactsByPath::new(), problems: Vec::new() };
    reader.file(root);
    // Facts are kept as long as the project is open.
    reader.facts.shrink_to_fit();
    (reader.facts, reader.problems)
}

struct FactReader<'r> {
    source: &'r Arc<Source>,
    year: Period,
    registry: &'r Registry,
    facts: FactsByPath,
    problems: Vec<Diagnostic>,
}

/// What the long form says beside the value.
#[derive(Default)]
struct Remarks {
    source: Option<String>,
    note: Option<String>,
    estimate: bool,
    unverified: bool,
    series: Series,
}

impl<'r> FactReader<'r> {
    fn file(&mut self, root: &Node) {
        let Some(entries) = root.entries() else {
            let problem = Diagnostic::error("not-a-fact-file", "事实文件要由“名称: 值”的行组成");
            return self.report(root, problem.hint(format!("第一行写“{}”", super::first_line(self.year))));
        };
        self.year_line(root);
        // A whole year may have a fact of that name.
        let names_the_file = |key: &Key| key.text == YEAR || key.text == PERIOD && !self.year.is_year();
        let facts: Vec<_> = entries.iter().filter(|(key, _)| !names_the_file(key)).collect();
        for (key, node) in facts {
            self.entry("", key, node);
        }
        self.refuse_prefixes();
    }

    fn year_line(&mut self, root: &Node) {
        let year = self.year;
        let hint = format!("请写“{}”；时间不对时，请改文件名", super::first_line(year));
        match root.get(YEAR).or(root.get(PERIOD).filter(|_| !year.is_year())) {
            None => {
                let problem = Diagnostic::error("year-missing", "文件开头没有写年度");
                self.problems.push(problem.at(&Place::new(self.source, 0..0)).hint(hint));
            }
            Some(node) if node.text().and_then(Period::read) == Some(year) => {}
            Some(node) => {
                let written = node.text().unwrap_or_default();
                let message = format!("年度写的是“{written}”，文件名是{}", year.stem());
                self.report(node, Diagnostic::error("year-differs", message).hint(hint));
            }
        }
    }

    fn entry(&mut self, above: &str, key: &Key, node: &Node) {
        let path = if above.is_empty() { key.text.clone() } else { format!("{above}.{}", key.text) };
        if key.text.is_empty() || key.text.split('.').any(|part| part.trim() != part || part.is_empty()) {
            let problem =
                Diagnostic::error("bad-name", format!("名称“{}”是空的，或前后有空格、多余的点", key.text));
            return self.report_at(&key.span, problem.hint("名称由汉字组成，层次之间用一个英文点"));
        }
        let registry = self.registry;
        let indicator = registry.indicators.get(&path);
        match node.entries() {
            Some(entries) if node.get(LONG_FORM[0]).is_some() => {
                self.long_form(&path, key, entries, indicator)
            }
            Some(entries) if indicator.is_none() && self.is_known_group(&path) => {
                entries.iter().for_each(|(key, node)| self.entry(&path, key, node));
            }
            _ => self.fact(&path, key, node, indicator, Remarks::default()),
        }
    }

    /// Whether `path` may hold facts: always without a registry.
    fn is_known_group(&self, path: &str) -> bool {
        let below = |known: &String| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        let registered = || of_report::registered(&format!("{path}."));
        self.registry.indicators.is_empty()
            || self.registry.indicators.keys().any(below)
            || registered()
                .is_some_and(|group| self.registry.indicators.keys().any(|key| key.starts_with(&group)))
    }

    fn long_form(&mut self, path: &str, key: &Key, entries: &[(Key, Node)], indicator: Option<&Indicator>) {
        let mut remarks = Remarks::default();
        let mut value = None;
        for (name, node) in entries {
            match name.text.as_str() {
                "值" => value = Some(node),
                "来源" => remarks.source = self.words(name, node),
                "说明" => remarks.note = self.words(name, node),
                "估计" => remarks.estimate = self.yes(name, node),
                "待核" => remarks.unverified = self.yes(name, node),
                BASE => remarks.series.base = self.quantity(node, indicator),
                GROWTH => remarks.series.growth = self.growth(node),
                DEFINITION => remarks.series.definition = self.words(name, node),
                REVISIONS => remarks.series.revisions = self.revisions(node, indicator),
                other => self.unknown_key(name, other, &[&LONG_FORM[..], &SERIES].concat()),
            }
        }
        if remarks.estimate && indicator.is_some_and(|indicator| !indicator.estimates) {
            let message = format!("“{path}”标了估计，指标表里没有写可以含估计");
            let problem = Diagnostic::warning("estimate-not-registered", message);
            self.report_at(&key.span, problem.hint("确实可以是估计数的，请在“指标.yaml”里加“含估计: 是”"));
        }
        if let Some(node) = value {
            self.fact(path, key, node, indicator, remarks);
        }
    }

    /// A number like that of the fact.
    fn quantity(&mut self, node: &Node, indicator: Option<&Indicator>) -> Option<(Quantity, Place)> {
        let unit = indicator.and_then(|indicator| indicator.unit.as_ref());
        match self.plain(node, Expected { kind: indicator.map(|indicator| indicator.kind), unit })? {
            Value::Quantity(quantity) => Some((quantity, self.place(node))),
            Value::Blank => None,
            _ => {
                let problem = Diagnostic::error("wrong-kind", "这里要写一个数，和上面的值同一个单位");
                self.report(node, problem.hint("例如 同期: 630万元"));
                None
            }
        }
    }

    /// A rate in per cent or per mille.
    fn growth(&mut self, node: &Node) -> Option<(Quantity, Place)> {
        let (quantity, place) = self.quantity(node, None)?;
        if matches!(quantity.amount.unit.base.as_str(), "%" | "‰") {
            return Some((quantity, place));
        }
        let problem = Diagnostic::error("wrong-kind", format!("增速写的是“{}”，不是百分数", quantity.text));
        self.report(node, problem.hint("例如 增速: 5.1%；下降的写 增速: -5.1%"));
        None
    }

    /// `修订: [{值: 13200万元, 日期: 2026-09-20, 说明: 决算}]`, in the order of the dates.
    fn revisions(&mut self, node: &Node, indicator: Option<&Indicator>) -> Vec<Revision> {
        let tree::NodeKind::List(items) = &node.kind else {
            self.report(node, bad_revision());
            return Vec::new();
        };
        let mut found: Vec<Revision> =
            items.iter().filter_map(|item| self.revision(item, indicator)).collect();
        found.sort_by_key(|revision| revision.date);
        found
    }

    fn revision(&mut self, node: &Node, indicator: Option<&Indicator>) -> Option<Revision> {
        let entries = node.entries().unwrap_or_default();
        for (key, _) in entries.iter().filter(|(key, _)| !REVISION.contains(&key.text.as_str())) {
            self.unknown_key(key, &key.text, &REVISION);
        }
        let [value, date, reason] = REVISION.map(|key| node.get(key));
        let (Some(value), Some(date), Some(reason)) = (value, date, reason) else {
            self.report(node, bad_revision());
            return None;
        };
        let (quantity, place) = self.quantity(value, indicator)?;
        let date = match self.plain(date, Expected { kind: Some(IndicatorKind::Date), unit: None })? {
            Value::Date(date) => Some(date),
            _ => None,
        };
        let reason = reason.text().filter(|reason| !reason.trim().is_empty());
        let (Some(date), Some(reason)) = (date, reason) else {
            self.report(node, bad_revision());
            return None;
        };
        Some(Revision { quantity, date, reason: reason.to_owned(), place })
    }

    fn words(&mut self, name: &Key, node: &Node) -> Option<String> {
        let Some(text) = node.text() else {
            let problem = Diagnostic::error("wrong-kind", format!("“{}”后面要写文字", name.text));
            self.report(node, problem.hint("请写在同一行"));
            return None;
        };
        (!text.is_empty())
            .then(|| line::joined(&node.lines(&self.source.text)))
            .filter(|words| !words.is_empty())
    }

    fn yes(&mut self, name: &Key, node: &Node) -> bool {
        let text = node.text();
        if !matches!(text, Some("" | "是" | "否")) {
            let problem = Diagnostic::error("wrong-kind", format!("“{}”后面只写“是”或“否”", name.text));
            self.report(node, problem.hint(format!("请写成“{}: 是”", name.text)));
        }
        text == Some("是")
    }

    fn fact(&mut self, path: &str, key: &Key, node: &Node, indicator: Option<&Indicator>, remarks: Remarks) {
        if indicator.is_none() && !self.registry.indicators.is_empty() {
            return self.unknown_path(path, key);
        }
        if indicator.is_some_and(Indicator::is_computed) {
            let message = format!("“{path}”由指标表里的公式计算，不在事实文件里填");
            let problem = Diagnostic::error("computed-fact", message);
            return self.report_at(
                &key.span,
                problem.hint("请删去这一行；台账没有时要手填的，在“指标.yaml”里给它写上“可填: 是”"),
            );
        }
        let Some(value) = self.value(node, indicator) else { return };
        self.remark_twice(path, &value);
        let registered = indicator.and_then(|indicator| indicator.source.clone());
        let fact = Fact {
            path: path.to_owned(),
            year: self.year,
            value,
            place: self.place(node),
            source: remarks.source.or(registered),
            note: remarks.note,
            estimate: remarks.estimate,
            unverified: remarks.unverified,
            series: (remarks.series != Series::default()).then(|| Arc::new(remarks.series)),
        };
        self.insert(fact, key);
    }

    /// A name that stands twice in a 名单 is counted twice.
    fn remark_twice(&mut self, path: &str, value: &Value) {
        let Value::List(items) = value else { return };
        let mut places: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for (at, item) in items.iter().enumerate() {
            places.entry(item.text.trim()).or_default().push(at);
        }
        for (name, at) in places.iter().filter(|(_, at)| at.len() > 1) {
            self.problems.push(twice(path, name, items, at, self.year));
        }
    }

    fn insert(&mut self, fact: Fact, key: &Key) {
        if let Some(earlier) = self.facts.get(fact.path.as_str()) {
            let message = format!("“{}”写了两次，第一次在第{}行", fact.path, earlier.place.line());
            let problem = Diagnostic::error("duplicate-key", message).label("第二次");
            return self.report_at(&key.span, problem.hint("只留一处；两处数字不同时，请先核实哪个对"));
        }
        self.facts.insert(Arc::from(fact.path.as_str()), Arc::new(fact));
    }

    /// Refuses a fact that is also a group, as `委员: 17名` beside `委员.总数: 17名`.
    fn refuse_prefixes(&mut self) {
        let mut problems = Vec::new();
        for fact in self.facts.values() {
            for (at, _) in fact.path.match_indices('.') {
                let Some(group) = self.facts.get(&fact.path[..at]) else { continue };
                let message = format!("“{}”自己有值，下面又有“{}”", group.path, fact.path);
                let problem = Diagnostic::error("fact-and-group", message).at(&fact.place);
                problems.push(problem.hint(format!("请给“{}”的值另起一个名称，如“{0}.总数”", group.path)));
            }
        }
        self.problems.append(&mut problems);
    }

    fn value(&mut self, node: &Node, indicator: Option<&Indicator>) -> Option<Value> {
        let kind = indicator.map(|indicator| indicator.kind);
        let unit = indicator.and_then(|indicator| indicator.unit.as_ref());
        match &node.kind {
            tree::NodeKind::List(items) => self.list(node, items, kind, indicator),
            tree::NodeKind::Scalar { .. } if indicator.is_some_and(|indicator| indicator.paragraphs) => {
                self.paragraphs(node)
            }
            _ => self.plain(node, Expected { kind, unit }),
        }
    }

    /// A text whose lines are paragraphs.
    fn paragraphs(&mut self, node: &Node) -> Option<Value> {
        let source = Arc::clone(self.source);
        let lines = node.lines(&source.text);
        let judged: Result<Vec<()>, Diagnostic> = lines.iter().map(|line| line::judge(line)).collect();
        judged.map_err(|problem| self.report(node, problem)).ok()?;
        Some(Value::Text(lines.join("\n")))
    }

    fn plain(&mut self, node: &Node, expected: Expected<'_>) -> Option<Value> {
        let judged = node.judge(&self.source.text);
        let read = judged.and_then(|()| match &node.kind {
            tree::NodeKind::Null => Ok(Value::Blank),
            tree::NodeKind::Scalar { text, style } => scalar::read(text, *style, expected),
            tree::NodeKind::List(_) => Err(Diagnostic::error("wrong-kind", "这里只能写一个值，不能是列表")
                .hint("名单、台账要单独成一个指标")),
            tree::NodeKind::Map(_) => Err(Diagnostic::error("wrong-kind", "这里要写值，现在是一组内容")
                .hint("要写来源或说明时，写成 {值: …, 来源: …}")),
        });
        read.map_err(|problem| self.report(node, problem)).ok()
    }

    fn list(
        &mut self,
        node: &Node,
        items: &[Node],
        kind: Option<IndicatorKind>,
        indicator: Option<&Indicator>,
    ) -> Option<Value> {
        let rows = items.iter().any(|item| item.entries().is_some());
        let fits = match kind {
            None => true,
            Some(IndicatorKind::List) => !rows,
            Some(IndicatorKind::Ledger) => rows || items.is_empty(),
            Some(_) => false,
        };
        if !fits {
            let wanted = kind.map_or("", IndicatorKind::label);
            let problem = Diagnostic::error("wrong-kind", format!("指标表里是{wanted}，这里的写法对不上"));
            self.report(node, problem.hint("名单写成 [甲, 乙]，台账每行写成“- {列名: 值}”，别的只写一个值"));
            return None;
        }
        match rows || kind == Some(IndicatorKind::Ledger) {
            true => Some(Value::Ledger(
                items.iter().filter_map(|item| self.row(item, indicator).map(Arc::new)).collect(),
            )),
            false => Some(Value::List(items.iter().filter_map(|item| self.item(item)).collect())),
        }
    }

    fn item(&mut self, node: &Node) -> Option<Item> {
        match &node.kind {
            tree::NodeKind::Scalar { text, .. } if !text.trim().is_empty() => {
                let judged = node.judge(&self.source.text);
                judged.map_err(|problem| self.report(node, problem)).ok()?;
                Some(Item { text: text.clone(), place: self.place(node) })
            }
            _ => {
                let problem = Diagnostic::error("bad-item", "名单里的一项是空的，或不是一个名称");
                self.report(node, problem.hint("每一项写一个名称；没有内容的，请删去这一项和它的逗号"));
                None
            }
        }
    }

    fn row(&mut self, node: &Node, indicator: Option<&Indicator>) -> Option<Row> {
        let Some(entries) = node.entries() else {
            let problem = Diagnostic::error("bad-row", "台账的这一行不是“列名: 值”");
            self.report(node, problem.hint("每行写成“- {列名: 值, 列名: 值}”"));
            return None;
        };
        let mut cells = IndexMap::new();
        for (key, node) in entries {
            if let Some(cell) = self.cell(key, node, indicator) {
                cells.insert(key.text.clone(), cell);
            }
        }
        Some(Row { cells, place: self.place(node) })
    }

    fn cell(&mut self, key: &Key, node: &Node, indicator: Option<&Indicator>) -> Option<Cell> {
        let columns = indicator.map(|indicator| &indicator.columns).filter(|columns| !columns.is_empty());
        let column = columns.and_then(|columns| columns.get(&key.text));
        if let (Some(columns), None) = (columns, column) {
            let names = columns.keys().map(String::as_str);
            self.unknown_column(key, names);
            return None;
        }
        let expected = Expected {
            kind: column.map(|column| column.kind),
            unit: column.and_then(|column| column.unit.as_ref()),
        };
        let (node, remarks) = self.cell_form(node);
        let value = self.plain(node, expected)?;
        Some(Cell { value, source: remarks.source, note: remarks.note, place: self.place(node) })
    }

    /// The value of a cell, and what its long form says beside it.
    fn cell_form<'n>(&mut self, node: &'n Node) -> (&'n Node, Remarks) {
        let mut remarks = Remarks::default();
        let (Some(entries), Some(value)) = (node.entries(), node.get(LONG_FORM[0])) else {
            return (node, remarks);
        };
        for (name, node) in entries {
            match name.text.as_str() {
                "值" => {}
                "来源" => remarks.source = self.words(name, node),
                "说明" => remarks.note = self.words(name, node),
                other => self.unknown_key(name, other, &CELL_FORM),
            }
        }
        (value, remarks)
    }

    fn unknown_column<'n>(&mut self, key: &Key, names: impl Iterator<Item = &'n str> + Clone) {
        let problem = Diagnostic::error("unknown-column", format!("台账没有“{}”这一列", key.text));
        let hint = match nearest(&key.text, names.clone()) {
            Some(name) => format!("是不是“{name}”？"),
            None => format!("可用的列：{}", names.collect::<Vec<_>>().join("、")),
        };
        self.report_at(&key.span, problem.label("没有这一列").hint(hint));
    }

    fn unknown_key(&mut self, key: &Key, name: &str, known: &[&str]) {
        let problem = Diagnostic::error("unknown-key", format!("“{name}”不能写在这里"));
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("是不是“{near}”？"),
            None => format!("可以写：{}", known.join("、")),
        };
        self.report_at(&key.span, problem.hint(hint));
    }

    fn unknown_path(&mut self, path: &str, key: &Key) {
        let problem = Diagnostic::error("unknown-indicator", format!("指标表里没有“{path}”"));
        let problem = problem.label("没有这个指标");
        let problem = match nearest(path, self.registry.indicators.keys().map(String::as_str)) {
            Some(near) => problem.hint(format!("是不是“{near}”？")),
            None => problem,
        };
        self.report_at(&key.span, problem.hint("确实是新指标的，请先在“指标.yaml”里登记"));
    }

    fn place(&self, node: &Node) -> Place {
        Place::new(self.source, node.span.clone())
    }

    fn report(&mut self, node: &Node, problem: Diagnostic) {
        self.problems.push(problem.at(&self.place(node)));
    }

    fn report_at(&mut self, span: &std::ops::Range<usize>, problem: Diagnostic) {
        self.problems.push(problem.at(&Place::new(self.source, span.clone())));
    }
}

/// Keys of one entry of 修订.
const REVISION: [&str; 3] = ["值", "日期", "说明"];

fn bad_revision() -> Diagnostic {
    Diagnostic::error("bad-revision", "“修订”要一条一条写明改成多少、哪天改的、为什么")
        .hint("例如 修订: [{值: 13200万元, 日期: 2026-09-20, 说明: 决算}]")
}

/// A name that stands at several places of a 名单.
fn twice(path: &str, name: &str, items: &[Item], at: &[usize], year: Period) -> Diagnostic {
    let times = if at.len() == 2 { "两".to_owned() } else { at.len().to_string() };
    let line = |index: usize| items[index].place.line();
    let one_line = at.iter().all(|index| line(*index) == line(at[0]));
    let place = |index: &usize| match one_line {
        true => format!("第{}项", index + 1),
        false => format!("第{}项（第{}行）", index + 1, line(*index)),
    };
    let places: Vec<String> = at.iter().map(place).collect();
    let message = format!("名单“{path}”里“{name}”写了{times}次，重复了：{}", places.join("、"));
    let about = About { path: path.to_owned(), year, value: name.to_owned() };
    let problem = Diagnostic { about: Some(about), ..Diagnostic::warning("listed-twice", message) };
    let problem = problem.at(&items[at[at.len() - 1]].place).label("又写了一次");
    problem.hint("多写的请删去；确是两个人或两处同名的，请写出区别，如 张伟（一村）、张伟（二村）")
}
