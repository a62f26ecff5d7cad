//! `项目.yaml` beside `facts/`: what a project asks of the program beyond its facts and templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;

use crate::check::Off;
use crate::diag::{Diagnostic, Place, Problems, Source, nearest};
use crate::diff::facts::SWING;
use crate::excel::form::Asking;
use crate::facts;
use crate::facts::tree::{Key, Node, NodeKind};
use crate::fonts::Names;
use crate::period::{Period, Span};

/// What the file says; nothing where there is none.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `对比.固定表述`: patterns of wording that is meant to stay, and does not count as copied.
    pub fixed_wording: Vec<Regex>,
    /// `检查.变化超过`: the per cent from which on a change against last year is remarked.
    pub swing: u32,
    /// `检查.停用`: rules that are switched off, each with its reason.
    pub off: Vec<Off>,
    /// `采集`: what is asked of villages or offices, and when it is to be returned.
    pub collections: Vec<Asking>,
    /// `字体`: the faces that reports are set in.
    pub fonts: Names,
    /// `报告`: of which periods each report is written, by its name.
    pub reports: BTreeMap<String, Span>,
}

impl Settings {
    /// Whether a report is written of a period. One of which nothing is said is written of whole years, and of other
    /// periods where no report is said to be.
    pub fn is_written_of(&self, report: &str, period: Period) -> bool {
        match self.reports.get(report) {
            Some(span) => span.has(period),
            None => period.is_year() || !self.reports.values().any(|span| span.has(period)),
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            fixed_wording: Vec::new(),
            swing: SWING,
            off: Vec::new(),
            collections: Vec::new(),
            fonts: Names::default(),
            reports: BTreeMap::new(),
        }
    }
}

/// The reports, and of which periods each is written.
pub(super) const REPORTS: &str = "报告";
pub(super) const OF: &str = "期间";

/// The list of collections, and what is said of each.
pub(super) const COLLECTIONS: &str = "采集";
pub(super) const ASKING: [&str; 4] = ["台账", "名单", "列", "截止"];

/// What has a face of its own.
const FACES: [&str; 5] = ["标题", "正文", "楷体", "黑体", "数字"];
/// No face has a longer name in Word.
const LONGEST_NAME: usize = 31;

/// What the text of `项目.yaml` says.
///
/// # Errors
/// Everything that is wrong in it.
pub fn parse(source: &Arc<Source>) -> Result<Settings, Problems> {
    let mut reader = SettingsReader { source, settings: Settings::default(), problems: Vec::new() };
    if let Some(root) = facts::tree(source, &mut reader.problems) {
        reader.root(&root);
    }
    if reader.problems.is_empty() { Ok(reader.settings) } else { Err(Problems(reader.problems)) }
}

struct SettingsReader<'s> {
    source: &'s Arc<Source>,
    settings: Settings,
    problems: Vec<Diagnostic>,
}

impl SettingsReader<'_> {
    fn root(&mut self, root: &Node) {
        for (key, node) in self.entries(root, "对比") {
            match key.text.as_str() {
                "对比" => self.comparison(node),
                "检查" => self.checks(node),
                COLLECTIONS => self.collections(node),
                "字体" => self.fonts(node),
                REPORTS => self.reports(node),
                _ => self.unknown(key, &["对比", "检查", COLLECTIONS, "字体", REPORTS]),
            }
        }
    }

    fn reports(&mut self, node: &Node) {
        for (report, node) in self.entries(node, "上半年工作总结") {
            for (key, node) in self.entries(node, OF) {
                if key.text != OF {
                    self.unknown(key, &[OF]);
                    continue;
                }
                match node.text().and_then(Span::parse) {
                    Some(span) => drop(self.settings.reports.insert(report.text.clone(), span)),
                    None => self.report(
                        node,
                        Diagnostic::error("bad-setting", "“期间”写得不对").hint(
                            "可以写 全年、上半年、下半年、半年、第一季度、季度、前三季度、1—10月、累计、月",
                        ),
                    ),
                }
            }
        }
    }

    fn fonts(&mut self, node: &Node) {
        for (key, node) in self.entries(node, "正文") {
            let named = node.text().map(str::trim).filter(|name| is_name(name)).map(str::to_owned);
            let fonts = &mut self.settings.fonts;
            let place = match key.text.as_str() {
                "标题" => &mut fonts.title,
                "正文" => &mut fonts.body,
                "楷体" => &mut fonts.kai,
                "黑体" => &mut fonts.hei,
                "数字" => fonts.digits.insert(String::new()),
                _ => {
                    self.unknown(key, &FACES);
                    continue;
                }
            };
            match named {
                Some(name) => *place = name,
                None => self.report(
                    node,
                    Diagnostic::error("bad-setting", format!("“{}”后面要写一种字体的名称", key.text))
                        .hint("例如 正文: 方正仿宋_GBK；名称和 Word 里字体框显示的一样"),
                ),
            }
        }
    }

    fn comparison(&mut self, node: &Node) {
        for (key, node) in self.entries(node, "固定表述") {
            match key.text.as_str() {
                "固定表述" => self.settings.fixed_wording = self.patterns(node),
                _ => self.unknown(key, &["固定表述"]),
            }
        }
    }

    fn checks(&mut self, node: &Node) {
        for (key, node) in self.entries(node, "变化超过") {
            match key.text.as_str() {
                "变化超过" => self.swing(node),
                "停用" => self.switched_off(node),
                _ => self.unknown(key, &["变化超过", "停用"]),
            }
        }
    }

    fn swing(&mut self, node: &Node) {
        let number = node.text().and_then(|text| text.trim_end_matches('%').parse().ok());
        match number.filter(|number| (1..=100_000).contains(number)) {
            Some(number) => self.settings.swing = number,
            None => self.report(
                node,
                Diagnostic::error("bad-setting", "“变化超过”要写成百分数").hint("例如 变化超过: 50%"),
            ),
        }
    }

    fn switched_off(&mut self, node: &Node) {
        let NodeKind::List(items) = &node.kind else {
            let hint = "请一行写一条：- {规则: pun-half, 理由: …}";
            return self.report(node, Diagnostic::error("bad-setting", "“停用”要写成清单").hint(hint));
        };
        for item in items {
            for (key, _) in self.entries(item, "规则") {
                if !matches!(key.text.as_str(), "规则" | "理由") {
                    self.unknown(key, &["规则", "理由"]);
                }
            }
            let words = |name: &str| item.get(name).and_then(Node::text).filter(|words| !words.is_empty());
            match (words("规则"), words("理由")) {
                (Some(rule), Some(reason)) => {
                    let place = Place::new(self.source, item.span.clone());
                    self.settings.off.push(Off { rule: rule.to_owned(), reason: reason.to_owned(), place });
                }
                _ => self.report(
                    item,
                    Diagnostic::error("bad-setting", "停用一条规则要写明规则和理由")
                        .hint("例如 - {规则: pun-half, 理由: 本镇名称里有英文逗号}"),
                ),
            }
        }
    }

    fn collections(&mut self, node: &Node) {
        let example = "例如 - {台账: 各村, 名单: 各村名单, 列: 人口、收入, 截止: 2025-12-20}";
        let wrong = |message: &str| Diagnostic::error("bad-setting", message.to_owned()).hint(example);
        let items = match (&node.kind, node.text()) {
            (NodeKind::List(items), _) => items,
            (_, Some("")) => return,
            _ => return self.report(node, wrong("“采集”要写成清单")),
        };
        for item in items {
            for (key, _) in self.entries(item, "台账") {
                if !ASKING.contains(&key.text.as_str()) {
                    self.unknown(key, &ASKING);
                }
            }
            let words = |name: &str| item.get(name).and_then(Node::text).filter(|words| !words.is_empty());
            let [Some(ledger), list, columns, due] = ASKING.map(words) else {
                self.report(item, wrong("一次采集要写明是哪个台账"));
                continue;
            };
            let date = due.map(str::parse).transpose();
            let Ok(due) = date else {
                self.report(item, wrong("“截止”要写成年-月-日"));
                continue;
            };
            let columns =
                columns.unwrap_or_default().split('、').map(str::trim).filter(|name| !name.is_empty());
            let (ledger, list) = (ledger.to_owned(), list.map(str::to_owned));
            self.settings.collections.push(Asking {
                ledger,
                list,
                columns: columns.map(str::to_owned).collect(),
                due,
            });
        }
    }

    fn patterns(&mut self, node: &Node) -> Vec<Regex> {
        let NodeKind::List(items) = &node.kind else {
            let hint = "请一行写一条，前面加“- ”";
            self.report(node, Diagnostic::error("bad-setting", "“固定表述”要写成清单").hint(hint));
            return Vec::new();
        };
        let mut patterns = Vec::new();
        for item in items {
            match item.text().filter(|text| !text.is_empty()).map(Regex::new) {
                Some(Ok(pattern)) => patterns.push(pattern),
                Some(Err(_)) => self.report(
                    item,
                    Diagnostic::error("bad-pattern", "这条正则表达式写得不对")
                        .hint("只写一段文字也可以；文字里的 ( ) [ ] + * ? . 前面要加反斜杠 \\"),
                ),
                None => self.report(
                    item,
                    Diagnostic::error("bad-pattern", "这一条是空的").hint("请写上文字，或删去这一行"),
                ),
            }
        }
        patterns
    }

    /// The entries of a map; nothing, with a problem, where it is none.
    fn entries<'n>(&mut self, node: &'n Node, example: &str) -> &'n [(Key, Node)] {
        match (node.entries(), node.text()) {
            (Some(entries), _) => entries,
            (None, Some("")) => &[],
            (None, _) => {
                let problem = Diagnostic::error("bad-setting", "这里要写成“名称: 内容”的行");
                self.report(node, problem.hint(format!("例如“{example}:”")));
                &[]
            }
        }
    }

    fn unknown(&mut self, key: &Key, known: &[&str]) {
        let problem = Diagnostic::error("unknown-setting", format!("没有“{}”这一项", key.text));
        let hint = match nearest(&key.text, known.iter().copied()) {
            Some(near) => format!("是不是想写“{near}”？"),
            None => format!("这里可以写：{}", known.join("、")),
        };
        self.problems.push(problem.at(&Place::new(self.source, key.span.clone())).hint(hint));
    }

    fn report(&mut self, node: &Node, problem: Diagnostic) {
        self.problems.push(problem.at(&Place::new(self.source, node.span.clone())));
    }
}

/// Whether this may be the name of a face.
fn is_name(name: &str) -> bool {
    let plain = |c: char| !c.is_control() && !"<>\"&".contains(c);
    !name.is_empty() && name.chars().count() <= LONGEST_NAME && name.chars().all(plain)
}
