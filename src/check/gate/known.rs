//! Everything that the facts of a project say, as what a figure may be held against.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::affinity::Context;
use crate::document::{Document, Line};
use crate::facts::registry::{Check, IndicatorKind};
use crate::facts::value::Value;
use crate::figures::compare::{growth, ratio};
use crate::figures::{Cited, Figure, Figures, value_text};
use crate::period::Period;
use crate::zh::number::{Amount, Unit, half_up};
use crate::zh::scan::scan;

/// How a value comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A fact or formula of a year.
    Year(Period),
    /// The sum of so many years up to the report's.
    Window(u32),
    /// One of another, in percent.
    Share,
    /// Growth against the year before, in percent.
    Growth,
    /// The difference to the year before.
    Change,
    /// What the project's own report prints.
    Printed,
    /// A cell of a ledger.
    Cell,
}

/// One value.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// The indicator; of a share the part.
    pub path: String,
    pub sort: Sort,
    pub amount: Amount,
    /// As it is printed.
    pub text: String,
    pub derivation: String,
    pub facts: Cited,
    /// Where the project's own report speaks of it.
    pub spoken: Vec<Arc<Context>>,
    /// Of a cell, the names in its row.
    pub names: Vec<String>,
}

/// Windows are known up to so many years.
const LONGEST: u32 = 5;

impl Known {
    /// All values.
    pub fn all(figures: &Figures, report: Option<&Document>) -> Vec<Known> {
        let mut spoken = Spoken::default();
        let mut all = Vec::new();
        if let Some(report) = report {
            printed(report, &mut spoken, &mut all);
        }
        for path in figures.paths() {
            of_path(figures, path, &spoken, &mut all);
            cells(figures, path, &mut all);
        }
        shares(figures, &spoken, &mut all);
        all
    }

    fn of(path: &str, sort: Sort, figure: &Figure, spoken: &Spoken) -> Known {
        Known {
            path: path.to_owned(),
            sort,
            amount: figure.amount.clone(),
            text: figure.text.clone(),
            derivation: figure.derivation.clone(),
            spoken: spoken.of(path, &figure.facts),
            facts: figure.facts.clone(),
            names: Vec::new(),
        }
    }

    /// A percentage computed from facts.
    fn percent(
        path: &str,
        sort: Sort,
        value: Decimal,
        derivation: String,
        facts: Cited,
        spoken: &Spoken,
    ) -> Known {
        Known {
            path: path.to_owned(),
            sort,
            amount: Amount::quotient(value, Unit::parse("%"), 1),
            text: format!("{}%", half_up(value, 1).normalize()),
            derivation,
            spoken: spoken.of(path, &facts),
            facts,
            names: Vec::new(),
        }
    }
}

/// In which words the report speaks of facts: by indicator, and by the facts that a figure came from.
#[derive(Default)]
struct Spoken {
    by_path: BTreeMap<String, Vec<Arc<Context>>>,
    by_facts: BTreeMap<Vec<(String, Period)>, Vec<Arc<Context>>>,
}

impl Spoken {
    fn add(&mut self, facts: &Cited, context: &Arc<Context>) {
        let mut paths: Vec<&str> = facts.iter().map(|fact| fact.path.as_str()).collect();
        paths.dedup();
        for path in paths {
            self.by_path.entry(path.to_owned()).or_default().push(Arc::clone(context));
        }
        self.by_facts.entry(key(facts)).or_default().push(Arc::clone(context));
    }

    fn of(&self, path: &str, facts: &Cited) -> Vec<Arc<Context>> {
        let by_path = self.by_path.get(path).into_iter().flatten();
        by_path.chain(self.by_facts.get(&key(facts)).into_iter().flatten()).cloned().collect()
    }
}

fn key(facts: &Cited) -> Vec<(String, Period)> {
    let mut key: Vec<(String, Period)> = facts.iter().map(|fact| (fact.path.clone(), fact.year)).collect();
    key.sort();
    key
}

/// What the report prints, each figure with the words around it.
fn printed(report: &Document, spoken: &mut Spoken, all: &mut Vec<Known>) {
    for block in &report.blocks {
        let line = Line::of(block);
        let numbers = scan(&line.text);
        for (span, trail) in &line.figures {
            let Some(trail) = report.trails.get(*trail) else { continue };
            let context = Arc::new(Context::of(&line.text, span, &numbers));
            spoken.add(&trail.facts, &context);
            let text = line.text[span.clone()].to_owned();
            let Some(amount) = trail.amount.clone().filter(|_| text.contains(is_numeral)) else { continue };
            all.push(Known {
                path: trail.facts.first().map_or_else(|| trail.derivation.clone(), |fact| fact.path.clone()),
                sort: Sort::Printed,
                amount,
                text,
                derivation: trail.derivation.clone(),
                facts: trail.facts.clone(),
                spoken: vec![context],
                names: Vec::new(),
            });
        }
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二两三四五六七八九十百千万亿零".contains(c)
}

/// Every number in the ledgers of every year.
fn cells(figures: &Figures, ledger: &str, all: &mut Vec<Known>) {
    for year in figures.facts().years.keys() {
        let Ok(rows) = figures.rows(ledger, *year) else { continue };
        for (index, row) in rows.iter().enumerate() {
            let words = row.cells.values().filter(|cell| matches!(cell.value, Value::Text(_)));
            let names: Vec<String> =
                words.map(|cell| value_text(&cell.value)).filter(|name| name.chars().count() > 1).collect();
            for column in row.cells.keys() {
                let Ok(figure) = figures.cell(ledger, *year, index, column) else { continue };
                let path = format!("{ledger}[{}].{column}", index + 1);
                let spoken = Spoken::default();
                all.push(Known { names: names.clone(), ..Known::of(&path, Sort::Cell, &figure, &spoken) });
            }
        }
    }
}

fn of_path(figures: &Figures, path: &str, spoken: &Spoken, all: &mut Vec<Known>) {
    let year = figures.period();
    for of in figures.facts().years.keys() {
        if let Ok(figure) = figures.figure(path, *of) {
            all.push(Known::of(path, Sort::Year(*of), &figure, spoken));
        }
    }
    for count in 2..=LONGEST {
        if let Ok(figure) = figures.window(path, year.back(count - 1), &format!("近{count}年")) {
            all.push(Known::of(path, Sort::Window(count), &figure, spoken));
        }
    }
    let (Ok(then), Ok(now)) = (figures.figure(path, year.before()), figures.figure(path, year)) else {
        return;
    };
    let both = Cited::all([&then.facts, &now.facts]);
    if let Ok(rate) = growth(&then.amount, &now.amount) {
        all.push(Known::percent(path, Sort::Growth, rate, "比上年增长".to_owned(), both.clone(), spoken));
    }
    if let Ok(change) = now.amount.minus(&then.amount) {
        let figure = Figure::from_facts(change, "与上年相差", both);
        all.push(Known::of(path, Sort::Change, &figure, spoken));
    }
}

/// Shares of indicators that the registry sets against each other, and of those of one group and unit.
fn shares(figures: &Figures, spoken: &Spoken, all: &mut Vec<Known>) {
    let year = figures.period();
    let groups = groups(figures);
    for (path, indicator) in &figures.facts().registry.indicators {
        let totals = indicator.checks.iter().filter_map(|check| match check {
            Check::AtMost(total) => Some(total.as_str()),
            Check::Equals(_) | Check::Range(..) => None,
        });
        let group = path.rsplit_once('.').map(|(group, _)| group);
        let siblings = group.and_then(|group| groups.get(group)).into_iter().flatten().copied();
        let mut totals: Vec<&str> = totals.chain(siblings).filter(|total| total != path).collect();
        totals.sort_unstable();
        totals.dedup();
        let Ok(part) = figures.figure(path, year) else { continue };
        for total in totals {
            let Ok(whole) = figures.figure(total, year) else { continue };
            let share = ratio(&part.amount, &whole.amount).ok().filter(|share| *share <= Decimal::ONE);
            let Some(share) = share else { continue };
            let facts = Cited::all([&part.facts, &whole.facts]);
            let value = share * Decimal::ONE_HUNDRED;
            all.push(Known::percent(path, Sort::Share, value, format!("{path}占{total}"), facts, spoken));
        }
    }
}

/// Counts and amounts by group; large groups are left out, as any number would be a share in them.
fn groups(figures: &Figures) -> BTreeMap<&str, Vec<&str>> {
    const LARGEST: usize = 12;
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, indicator) in &figures.facts().registry.indicators {
        if let (Some((group, _)), IndicatorKind::Flow | IndicatorKind::Stock) =
            (path.rsplit_once('.'), indicator.kind)
        {
            groups.entry(group).or_default().push(path);
        }
    }
    groups.retain(|_, members| members.len() <= LARGEST);
    groups
}
