//! `项目.yaml` beside `facts/`: what a project asks of the program beyond its facts and templates.

use std::path::Path;
use std::sync::Arc;

use regex::Regex;

use crate::diag::{Diagnostic, Place, Problems, Source, nearest};
use crate::facts::tree::{Key, Kind, Node};
use crate::facts::{self, read};

const FILE: &str = "项目.yaml";

/// What the file says; nothing where there is none.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `对比.固定表述`: patterns of wording that is meant to stay, and does not count as copied.
    pub fixed_wording: Vec<Regex>,
}

/// Reads `项目.yaml` of a project.
///
/// # Errors
/// Everything that is wrong in it.
pub fn load(project: &Path) -> Result<Settings, Problems> {
    let path = project.join(FILE);
    if !path.exists() {
        return Ok(Settings::default());
    }
    let (source, _) = read::named(&path, FILE.to_owned())?;
    let mut reader = Reader { source: &source, settings: Settings::default(), problems: Vec::new() };
    if let Some(root) = facts::tree(&source, &mut reader.problems) {
        reader.root(&root);
    }
    if reader.problems.is_empty() { Ok(reader.settings) } else { Err(Problems(reader.problems)) }
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    settings: Settings,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn root(&mut self, root: &Node) {
        for (key, node) in self.entries(root, "对比") {
            match key.text.as_str() {
                "对比" => self.comparison(node),
                _ => self.unknown(key, &["对比"]),
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

    fn patterns(&mut self, node: &Node) -> Vec<Regex> {
        let Kind::List(items) = &node.kind else {
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
