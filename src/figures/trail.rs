//! Where a printed figure comes from: the facts, and the words for how it was computed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::period::Period;

/// One fact that a figure came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactRef {
    /// Dotted path, e.g. `宣传.会议`; a ledger cell is `投资项目[2].投资`.
    pub path: String,
    /// Year of the fact.
    pub year: Period,
    /// The value as written.
    pub text: String,
    /// File, relative to the project, with `/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// 来源, if known.
    pub source: Option<String>,
}

/// Where a printed figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// Exact value in `unit`, before rounding or approximation, as a plain decimal.
    pub value: String,
    /// Unit of `value`; empty for texts.
    pub unit: String,
    /// The approximation word printed or carried by the facts, e.g. `多`.
    pub approx: Option<String>,
    /// Chinese words for how it was computed: `事实`, `近3年合计`, `占比`.
    pub derivation: String,
    /// The facts, in the order they were used.
    pub facts: Vec<Arc<FactRef>>,
}

impl Trail {
    /// Where the figure comes from, in one line of Chinese.
    pub fn origin(&self) -> String {
        let fact = |fact: &Arc<FactRef>| {
            let source = fact.source.as_ref().map(|source| format!("，来源：{source}")).unwrap_or_default();
            format!("{} {} {}（{} 第{}行{source}）", fact.year, fact.path, fact.text, fact.file, fact.line)
        };
        let facts: Vec<String> = self.facts.iter().map(fact).collect();
        if facts.is_empty() {
            self.derivation.clone()
        } else {
            format!("{}：{}", self.derivation, facts.join("；"))
        }
    }
}
