//! What is left to do in a year: figures to fill in, and what was carried over from the year before and nobody has
//! looked at. None of it is an error.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::rollover;
use crate::diag::Diagnostic;
use crate::facts::value::Value;
use crate::figures::Figures;

/// The list of tasks of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tasks {
    /// How many facts are filled in of those that every year has its own of.
    pub filled: usize,
    /// What is to be filled in, by who gives it; of facts without 来源 by their group.
    pub open: Vec<Tasked>,
    /// What stands there from the year before, to be looked at.
    pub carried: Vec<Diagnostic>,
}

/// What one office or one group has to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tasked {
    /// The office or the group.
    pub name: String,
    /// Whether it is 来源.
    pub is_source: bool,
    /// Paths of the facts, and cells of ledgers and facts of other years as the report names them.
    pub facts: Vec<String>,
}

/// A group for facts that have none.
const OTHERS: &str = "其他";

impl Tasks {
    /// The tasks of the report's year; `wanted` are the facts that a report asks for and does not find.
    pub(super) fn of(figures: &Figures, wanted: &BTreeSet<String>) -> Tasks {
        let (facts, year) = (figures.facts(), figures.period());
        let mut groups: IndexMap<(String, bool), Vec<String>> = IndexMap::new();
        let (mut filled, mut told) = (0, BTreeSet::new());
        for path in figures.paths() {
            let indicator = facts.registry.indicators.get(path);
            if indicator.is_some_and(|indicator| indicator.formula.is_some()) {
                continue;
            }
            let fact = facts.get(path, year);
            match fact.map(|fact| &fact.value) {
                Some(Value::Blank) => {}
                Some(value) => {
                    filled += usize::from(rollover::is_of_its_year(value, indicator.map(|one| one.kind)));
                    continue;
                }
                None if wanted.contains(path) => {}
                None => continue,
            }
            told.insert(path);
            let source = fact.and_then(|fact| fact.source.as_ref());
            let source = source.or_else(|| indicator.and_then(|indicator| indicator.source.as_ref()));
            let by = match source {
                Some(source) => (source.clone(), true),
                None => (path.split_once('.').map_or(OTHERS, |(group, _)| group).to_owned(), false),
            };
            groups.entry(by).or_default().push(path.to_owned());
        }
        for other in wanted.iter().filter(|name| !told.contains(name.as_str())) {
            let group = other.split_once(['[', '.']).map_or(OTHERS, |(group, _)| group);
            groups.entry((group.to_owned(), false)).or_default().push(other.clone());
        }
        let tasked = |((name, is_source), facts)| Tasked { name, is_source, facts };
        Tasks { filled, open: groups.into_iter().map(tasked).collect(), carried: Vec::new() }
    }

    /// How many facts are to be filled in.
    pub fn left(&self) -> usize {
        self.open.iter().map(|tasked| tasked.facts.len()).sum()
    }

    /// How many facts there are to fill in, with those that are.
    pub fn all(&self) -> usize {
        self.filled + self.left()
    }

    /// Whether nothing is left to do.
    pub fn are_done(&self) -> bool {
        self.open.is_empty() && self.carried.is_empty()
    }

    /// 要填的：31项，已填12项.
    pub fn progress(&self) -> String {
        format!("要填的：{}项，已填{}项", self.all(), self.filled)
    }

    /// As JSON: how far it is, and what is open.
    pub fn to_json(&self) -> Json {
        let tasked = |one: &Tasked| json!({"name": one.name, "source": one.is_source, "facts": one.facts});
        json!({
            "total": self.all(), "filled": self.filled,
            "open": self.open.iter().map(tasked).collect::<Vec<_>>(),
        })
    }
}

impl Tasked {
    /// `党政办：会议.次数、宣传.活动`; in a group of its own name `产业：引进项目、到位资金`.
    pub fn words(&self) -> String {
        let short = |path: &String| {
            let inner = path.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix('.'));
            inner.filter(|_| !self.is_source).unwrap_or(path).to_owned()
        };
        let names: Vec<String> = self.facts.iter().map(short).collect();
        format!("{}（{}项）：{}", self.name, names.len(), names.join("、"))
    }
}
