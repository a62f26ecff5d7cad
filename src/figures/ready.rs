//! Facts made ready for arithmetic, each when it is first asked for: the reference and the figure of a fact, and of
//! every cell of a ledger.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::Figure;
use crate::diag::Place;
use crate::facts::Year;
use crate::facts::value::{Cell, Fact, Quantity, Row, Value};
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

/// What is ready of a year. It stands beside the year itself, and both are shared by all values with that year.
#[derive(Debug)]
pub(super) struct Ready {
    year: Arc<Year>,
    entries: Vec<OnceLock<Arc<Entry>>>,
}

impl Ready {
    /// Nothing is ready yet but what was so of the same year before a change of it.
    pub fn of(year: &Arc<Year>, before: Option<&Ready>) -> Ready {
        let known = |(at, fact): (usize, &Arc<Fact>)| before?.entries.get(at)?.get()?.kept(fact);
        let entry = |one| known(one).map_or_else(OnceLock::new, OnceLock::from);
        Ready { year: Arc::clone(year), entries: year.facts.values().enumerate().map(entry).collect() }
    }

    /// Whether this is of the very same year, unchanged.
    pub fn is_of(&self, year: &Arc<Year>) -> bool {
        Arc::ptr_eq(&self.year, year)
    }

    /// A fact made ready.
    pub fn entry(&self, path: &str) -> Option<&Arc<Entry>> {
        let (at, _, fact) = self.year.facts.get_full(path)?;
        Some(self.entries.get(at)?.get_or_init(|| Arc::new(Entry::of(fact))))
    }
}

/// A fact made ready: its reference and its figure.
#[derive(Debug)]
pub(super) struct Entry {
    fact: Arc<Fact>,
    pub from: Arc<FactRef>,
    pub figure: Option<Arc<Figure>>,
    /// What it was revised to last.
    pub revised: Option<Arc<Figure>>,
    /// 同期: last year's as its source gives it today.
    pub base: Option<Arc<Figure>>,
    /// 增速 as its source gives it.
    pub growth: Option<Arc<Figure>>,
    /// Of a ledger, as soon as one of its cells is asked for.
    cells: OnceLock<Cells>,
}

/// A cell of a ledger made ready.
#[derive(Debug)]
pub(super) struct CellEntry {
    pub from: Arc<FactRef>,
    pub figure: Option<Arc<Figure>>,
}

/// The cells of a ledger, row by row, each row as wide as the widest.
#[derive(Debug, Default)]
struct Cells {
    width: usize,
    made: Vec<OnceLock<Arc<CellEntry>>>,
}

impl Entry {
    fn of(fact: &Arc<Fact>) -> Entry {
        let from = Arc::new(fact_ref(fact));
        let figure = figure_of(&fact.value, &from, fact.estimate);
        let series = fact.series.as_deref();
        let beside = |said: Option<&(Quantity, Place)>, name: &str| {
            said.map(|(quantity, place)| {
                let path = format!("{}（{name}）", fact.path);
                let from =
                    FactRef { path, text: quantity.text.clone(), line: place.line(), ..(*from).clone() };
                Arc::new(Figure::written(quantity, &Arc::new(from), false))
            })
        };
        let revised = series.and_then(|series| series.revisions.last()).map(|revision| {
            let source = Some(format!("{}修订，{}", revision.date, revision.reason));
            let (text, line) = (revision.quantity.text.clone(), revision.place.line());
            let from = Arc::new(FactRef { text, line, source, ..(*from).clone() });
            Arc::new(Figure::written(&revision.quantity, &from, false))
        });
        let base = beside(series.and_then(|series| series.base.as_ref()), "同期");
        let growth = beside(series.and_then(|series| series.growth.as_ref()), "增速");
        Entry { figure, revised, base, growth, from, cells: OnceLock::new(), fact: Arc::clone(fact) }
    }

    /// The same for what may be the same fact after a change: cells of rows that stand where they stood stay ready.
    fn kept(self: &Arc<Entry>, fact: &Arc<Fact>) -> Option<Arc<Entry>> {
        if Arc::ptr_eq(&self.fact, fact) {
            return Some(Arc::clone(self));
        }
        let alike = self.fact.path == fact.path && self.fact.source == fact.source;
        let (old, new) = (rows(&self.fact), rows(fact));
        if !alike || new.is_empty() {
            return None;
        }
        let entry = Entry::of(fact);
        if let Some(known) = self.cells.get() {
            let mut cells = Cells::of(new);
            let width = cells.width;
            let same = old.iter().zip(new).enumerate().filter(|(_, (old, new))| Arc::ptr_eq(old, new));
            for (at, _) in same.filter(|_| width == known.width) {
                let cell = at * width..(at + 1) * width;
                cells.made[cell.clone()].clone_from_slice(&known.made[cell]);
            }
            return Some(Arc::new(Entry { cells: OnceLock::from(cells), ..entry }));
        }
        Some(Arc::new(entry))
    }

    /// The rows of a ledger; none of anything else.
    pub fn rows(&self) -> &[Arc<Row>] {
        rows(&self.fact)
    }

    /// A cell of a ledger made ready, rows counted from 0.
    pub fn cell(&self, index: usize, column: &str) -> Option<&CellEntry> {
        let (at, _, cell) = self.rows().get(index)?.cells.get_full(column)?;
        let make = || Arc::new(CellEntry::of(&self.from, index, column, cell));
        let cells = self.cells.get_or_init(|| Cells::of(self.rows()));
        Some(cells.made.get(index * cells.width + at)?.get_or_init(make))
    }
}

impl Cells {
    fn of(rows: &[Arc<Row>]) -> Cells {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        Cells { width, made: vec![OnceLock::new(); width * rows.len()] }
    }
}

impl CellEntry {
    fn of(ledger: &FactRef, index: usize, column: &str, cell: &Cell) -> CellEntry {
        let from = Arc::new(FactRef {
            path: format!("{}[{}].{column}", ledger.path, index + 1),
            text: value_text(&cell.value),
            line: cell.place.line(),
            source: cell.source.clone().or_else(|| ledger.source.clone()),
            ..ledger.clone()
        });
        CellEntry { figure: figure_of(&cell.value, &from, false), from }
    }
}

fn rows(fact: &Fact) -> &[Arc<Row>] {
    if let Value::Ledger(rows) = &fact.value { rows } else { &[] }
}

fn figure_of(value: &Value, from: &Arc<FactRef>, estimate: bool) -> Option<Arc<Figure>> {
    match value {
        Value::Quantity(quantity) => Some(Arc::new(Figure::written(quantity, from, estimate))),
        _ => None,
    }
}

/// A fact as a reference.
fn fact_ref(fact: &Fact) -> FactRef {
    FactRef {
        path: fact.path.clone(),
        year: fact.year,
        text: value_text(&fact.value),
        file: fact.place.source.name.clone(),
        line: fact.place.line(),
        source: fact.source.clone(),
    }
}

/// A value in one line, as written.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Quantity(quantity) => quantity.text.clone(),
        Value::Text(text) => text.replace('\n', " "),
        Value::Date(date) => date.to_string(),
        Value::List(items) => items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("、"),
        Value::Ledger(rows) => format!("{}行台账", rows.len()),
    }
}
