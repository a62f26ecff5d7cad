//! The facts of a year as a form: this year's value beside last year's, group by group, with what is missing.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::value::Project;
use crate::diag::Problems;
use crate::diff::facts::{self as changes, FactChange};
use crate::facts::registry::{Indicator, IndicatorKind};
use crate::facts::value::{Fact, Value};
use crate::figures::{Figures, value_text};
use crate::period::Period;

/// The group of facts that have none, and that of ledgers.
const OTHERS: &str = "其他";
const LEDGERS: &str = "台账";

/// The form of a year, as the page gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    /// The year.
    pub year: Period,
    /// The year on file before it.
    pub before: Option<Period>,
    /// Groups in the order of the registry, else of the fact file.
    pub groups: Vec<Group>,
}

/// Facts that belong together: the first part of their paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// How many of its facts are to be filled in.
    pub missing: usize,
    /// Its facts.
    pub entries: Vec<Entry>,
}

/// How far a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It has a value.
    Filled,
    /// It is to be filled in: its key stands there blank, or the report asks for it.
    Missing,
    /// Nothing is written and nothing asks for it.
    Absent,
    /// It is computed and not entered.
    Computed,
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// It is less than last year.
    Down,
    /// It is what it was.
    Same,
    /// It is more than last year.
    Up,
}

/// One fact, as the page gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Dotted path.
    pub path: String,
    /// Its name inside its group.
    pub name: String,
    /// 类型, where it is registered or can be told from the value.
    #[serde(serialize_with = "label")]
    pub kind: Option<IndicatorKind>,
    /// 单位 as registered.
    pub unit: String,
    /// How far it is.
    pub state: State,
    /// Whether it is a text of several paragraphs, which is edited in the fact file alone.
    pub paragraphs: bool,
    /// This year's value as written; of a computed one, as it is printed.
    pub value: String,
    /// The names of a 名单.
    pub items: Vec<String>,
    /// The rows of a 台账.
    pub rows: Option<usize>,
    /// Last year's value as written; empty where there is none.
    pub then: String,
    /// What changed, in words: `+3次`; empty where nothing can be said.
    pub change: String,
    /// By how much, in words: `+5.8%`; empty where nothing can be said.
    pub rate: String,
    /// Whether it went up or down, where that can be told.
    pub way: Option<Way>,
    /// What a second look should fall on, in words.
    pub flags: Vec<String>,
    /// 来源 of this fact alone.
    pub own_source: String,
    /// 来源 for all years.
    pub source: String,
    /// 口径.
    pub definition: String,
    /// 说明.
    pub note: String,
    /// 估计.
    pub estimate: bool,
    /// Whether it may be an estimate.
    pub estimates: bool,
    /// 待核.
    pub unverified: bool,
    /// How it is computed, in words; of one that cannot be computed, why.
    pub formula: String,
    /// The facts of this year that it is computed from.
    pub parts: Vec<String>,
}

impl Project {
    /// The form of a year; `wanted` are the facts that the report asks for and does not find.
    ///
    /// # Errors
    /// As [`Project::figures`].
    pub fn form(&self, of: Period, wanted: &[String]) -> Result<Form, Problems> {
        self.form_of(of, wanted, |_| true)
    }

    /// The same of some facts alone.
    ///
    /// # Errors
    /// As [`Project::figures`].
    pub fn form_of(
        &self,
        of: Period,
        wanted: &[String],
        asked: impl Fn(&str) -> bool,
    ) -> Result<Form, Problems> {
        Ok(form(&self.figures(of)?, self.swing(), wanted, asked))
    }
}

/// The form of the report's year. `wanted` are facts that the report asks for and does not find.
fn form(figures: &Figures, swing: u32, wanted: &[String], asked: impl Fn(&str) -> bool) -> Form {
    let (facts, year) = (figures.facts(), figures.period());
    let before = facts.before(year);
    let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    let maker = Maker { figures, year, before, swing, wanted };
    let mut groups: IndexMap<String, Vec<Entry>> = IndexMap::new();
    for path in figures.paths().into_iter().filter(|path| asked(path)) {
        let registered = facts.registry.indicators.contains_key(path);
        if !registered
            && facts.get(path, year).is_none()
            && before.is_none_or(|old| facts.get(path, old).is_none())
        {
            continue;
        }
        let entry = maker.entry(path);
        groups.entry(group(&entry).to_owned()).or_default().push(entry);
    }
    let missing = |entries: &[Entry]| entries.iter().filter(|entry| entry.state == State::Missing).count();
    let group = |(name, entries): (String, Vec<Entry>)| Group { name, missing: missing(&entries), entries };
    Form { year, before, groups: groups.into_iter().map(group).collect() }
}

/// The first part of a path, or what stands for it.
fn group(entry: &Entry) -> &str {
    match entry.path.split_once('.') {
        Some((group, _)) => group,
        None if entry.kind == Some(IndicatorKind::Ledger) => LEDGERS,
        None => OTHERS,
    }
}

/// 类型 as the registry names it.
fn label<S: Serializer>(kind: &Option<IndicatorKind>, serializer: S) -> Result<S::Ok, S::Error> {
    kind.map(IndicatorKind::label).serialize(serializer)
}

struct Maker<'f> {
    figures: &'f Figures,
    year: Period,
    before: Option<Period>,
    swing: u32,
    wanted: BTreeSet<&'f str>,
}

impl Maker<'_> {
    fn entry(&self, path: &str) -> Entry {
        let facts = self.figures.facts();
        let indicator = facts.registry.indicators.get(path);
        let fact = facts.get(path, self.year);
        let then = self.before.and_then(|before| facts.get(path, before));
        let computed = indicator.is_some_and(Indicator::is_computed);
        let words = |words: Option<&String>| words.cloned().unwrap_or_default();
        let source = words(indicator.and_then(|one| one.source.as_ref()));
        let own = fact.and_then(|fact| fact.source.clone()).filter(|own| *own != source);
        let mut entry = Entry {
            path: path.to_owned(),
            name: path.split_once('.').map_or(path, |(_, name)| name).to_owned(),
            kind: indicator.map(|one| one.kind).or_else(|| fact.or(then).and_then(kind)),
            unit: indicator.and_then(|one| one.unit.as_ref()).map(ToString::to_string).unwrap_or_default(),
            state: self.state(path, fact, computed),
            paragraphs: indicator.is_some_and(|one| one.paragraphs),
            value: fact.map(|fact| as_typed(&fact.value)).unwrap_or_default(),
            items: fact.map(|fact| items(&fact.value)).unwrap_or_default(),
            rows: fact.and_then(|fact| rows(&fact.value)),
            then: then.map(|fact| as_typed(&fact.value)).unwrap_or_default(),
            change: String::new(),
            rate: String::new(),
            way: None,
            flags: Vec::new(),
            own_source: own.unwrap_or_default(),
            source,
            definition: words(indicator.and_then(|one| one.definition.as_ref())),
            note: words(fact.and_then(|fact| fact.note.as_ref())),
            estimate: fact.is_some_and(|fact| fact.estimate),
            estimates: indicator.is_none_or(|one| one.estimates),
            unverified: fact.is_some_and(|fact| fact.unverified),
            formula: String::new(),
            parts: Vec::new(),
        };
        if let Some(indicator) = indicator.filter(|_| computed) {
            self.compute(&mut entry, indicator);
        }
        let then = self.before.map(|before| self.figures.of(before));
        if let Some(change) = then.and_then(|then| changes::change(path, &then, self.figures, self.swing)) {
            compare(&mut entry, &change);
        }
        entry
    }

    fn state(&self, path: &str, fact: Option<&Fact>, computed: bool) -> State {
        match fact.map(|fact| &fact.value) {
            _ if computed => State::Computed,
            Some(Value::Blank) => State::Missing,
            Some(_) => State::Filled,
            None if self.wanted.contains(path) => State::Missing,
            None => State::Absent,
        }
    }

    /// What the formula gives, and how; or why it gives nothing.
    fn compute(&self, entry: &mut Entry, indicator: &Indicator) {
        let words = indicator.formula.as_ref().map(|formula| formula.words()).unwrap_or_default();
        entry.formula = match self.figures.figure(&entry.path, self.year) {
            Ok(figure) => {
                entry.value = figure.text.clone();
                let own = figure.facts.iter().filter(|fact| fact.year == self.year);
                entry.parts = own.map(|fact| fact.path.clone()).collect();
                words
            }
            Err(trouble) => format!("{words}；{}", trouble.diagnostic.message),
        };
        let then = self.before.and_then(|before| self.figures.figure(&entry.path, before).ok());
        entry.then = then.map(|figure| figure.text.clone()).unwrap_or_default();
    }
}

fn compare(entry: &mut Entry, change: &FactChange) {
    let said = |words: String| if words == "-" { String::new() } else { words };
    entry.change = said(change.change_words());
    entry.rate = said(change.rate_words());
    entry.way = change.rise().map(|rise| match rise.cmp(&Decimal::ZERO) {
        Ordering::Less => Way::Down,
        Ordering::Equal => Way::Same,
        Ordering::Greater => Way::Up,
    });
    entry.flags = change.flags.iter().filter(|flag| flag.asks()).map(|flag| flag.label()).collect();
}

/// A value as it is typed into a cell: dates in figures.
pub fn as_typed(value: &Value) -> String {
    match value {
        Value::Date(date) => {
            let part = |part: Option<u8>| part.map(|part| format!("-{part:02}")).unwrap_or_default();
            format!("{:04}{}{}", date.year, part(date.month), part(date.day))
        }
        Value::Text(text) => text.clone(),
        other => value_text(other),
    }
}

fn items(value: &Value) -> Vec<String> {
    match value {
        Value::List(items) => items.iter().map(|item| item.text.clone()).collect(),
        _ => Vec::new(),
    }
}

fn rows(value: &Value) -> Option<usize> {
    match value {
        Value::Ledger(rows) => Some(rows.len()),
        _ => None,
    }
}

/// The 类型 of a value that no registry names.
fn kind(fact: &Fact) -> Option<IndicatorKind> {
    match &fact.value {
        Value::Quantity(_) => Some(IndicatorKind::Flow),
        Value::Text(_) => Some(IndicatorKind::Text),
        Value::Date(_) => Some(IndicatorKind::Date),
        Value::List(_) => Some(IndicatorKind::List),
        Value::Ledger(_) => Some(IndicatorKind::Ledger),
        Value::Blank => None,
    }
}
