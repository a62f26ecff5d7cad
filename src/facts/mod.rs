//! Fact files: YAML → [`Facts`], a typed store in which every value keeps its [`Place`](crate::diag::Place).

mod date;
pub mod edit;
pub mod entry;
mod line;
pub mod of_report;
mod prescan;
pub mod references;
pub mod registry;
mod registry_read;
mod scalar;
pub mod schema;
mod store;
pub mod then;
pub(crate) mod tree;
mod typed;
pub mod value;

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::diag::{Diagnostic, Level, Problems, Source};
use crate::period::Period;
use registry::Registry;
use value::Fact;

use crate::zh::number::Unit;

/// What the long form says of a fact among those of other years: 同期、增速、口径、修订.
pub(crate) const OF_SERIES: [&str; 4] = store::SERIES;

/// Facts by dotted path; those that do not change are shared where others do.
pub type FactsByPath = IndexMap<Arc<str>, Arc<Fact>>;

/// The first line of the file of a period: `年度: 2025`, `期间: 2025年上半年`.
pub fn first_line(period: Period) -> String {
    match period.is_year() {
        true => format!("{}: {}", store::YEAR, period.stem()),
        false => format!("{}: {period}", store::PERIOD),
    }
}

/// The file of a year, relative to the project: `facts/2011.yaml`.
pub fn file(year: Period) -> String {
    format!("facts/{}.yaml", year.stem())
}

/// The facts of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The file.
    pub source: Arc<Source>,
    /// Facts by dotted path, in written order.
    pub facts: FactsByPath,
    /// Warnings and hints found while reading.
    notes: Vec<Diagnostic>,
    /// Whether the facts are those of the file, not being typed.
    is_read: bool,
}

/// All facts of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What the indicators are.
    pub registry: Arc<Registry>,
    /// Every year on file.
    pub years: BTreeMap<Period, Arc<Year>>,
    /// Warnings and hints found while reading.
    pub notes: Vec<Diagnostic>,
    described: Described,
}

/// What the registry was read from, and what was remarked of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Described {
    source: Option<Arc<Source>>,
    notes: Vec<Diagnostic>,
}

impl Facts {
    /// The fact `path` of `year`, blank ones included.
    pub fn get(&self, path: &str, year: Period) -> Option<&Fact> {
        self.years.get(&year)?.facts.get(path).map(|fact| &**fact)
    }

    /// Every period that there may be figures of, in order: those on file, and where a year has facts of parts of it,
    /// all its periods.
    pub fn periods(&self) -> Vec<Period> {
        let mut all: std::collections::BTreeSet<Period> = self.years.keys().copied().collect();
        let parts = self.years.keys().filter(|period| !period.is_year());
        all.extend(parts.flat_map(|part| part.of_same_year()));
        all.into_iter().collect()
    }

    /// Whether there is a report of a period: it has a file, or parts of its year have.
    pub fn is_at_hand(&self, of: Period) -> bool {
        is_at_hand(self.years.keys(), of)
    }

    /// The newest on file of the same part of a year before it.
    pub fn before(&self, of: Period) -> Option<Period> {
        self.years.range(..of).rev().map(|(period, _)| *period).find(|period| period.is_like(of))
    }

    /// Whether any number was revised after its year.
    pub fn is_revised(&self) -> bool {
        let revised =
            |fact: &Arc<Fact>| fact.series.as_ref().is_some_and(|series| !series.revisions.is_empty());
        self.years.values().any(|year| year.facts.values().any(revised))
    }

    /// What a path says in every year that has it, blank ones included.
    pub fn through<'f>(&'f self, path: &'f str) -> impl Iterator<Item = &'f Fact> {
        self.years.values().filter_map(move |year| year.facts.get(path).map(|fact| &**fact))
    }

    /// Whether a path is a 台账, by the registry or by what a year says.
    pub fn is_ledger(&self, path: &str) -> bool {
        match self.registry.indicators.get(path) {
            Some(indicator) => indicator.kind == registry::IndicatorKind::Ledger,
            None => self.through(path).any(|fact| matches!(fact.value, value::Value::Ledger(_))),
        }
    }

    /// Whether a 台账 has a column, by the registry or in any row.
    pub fn has_column(&self, ledger: &str, column: &str) -> bool {
        self.registry.indicators.get(ledger).is_some_and(|indicator| indicator.columns.contains_key(column))
            || self.through(ledger).any(|fact| match &fact.value {
                value::Value::Ledger(rows) => rows.iter().any(|row| row.cells.contains_key(column)),
                _ => false,
            })
    }
}

/// The texts in `facts/`, read and not yet understood. A year may be replaced by an edited text before the
/// facts are made of them.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The registry, where there is one.
    pub registry: Option<Arc<Source>>,
    /// Fact files by year.
    pub years: BTreeMap<Period, Arc<Source>>,
    /// What was remarked while reading: files that are passed over, unreadable ones, encodings.
    pub notes: Vec<Diagnostic>,
}

impl Texts {
    /// The registry alone; an empty one where the project has none.
    ///
    /// # Errors
    /// All problems of its text.
    pub fn registry(&self) -> Result<Registry, Problems> {
        let mut notes = Vec::new();
        let source = self.registry.as_ref();
        let registry = source.map_or_else(Registry::default, |source| indicators(source, &mut notes));
        if has_errors(&notes) { Err(Problems(notes)) } else { Ok(registry) }
    }

    /// The year asked for, else the newest on file.
    ///
    /// # Errors
    /// There is no such year or none at all, or a file cannot be read, which may be the one asked for.
    pub fn period(&self, asked: Option<Period>) -> Result<Period, Problems> {
        match chosen_year(&self.years, asked) {
            Err(_) if has_errors(&self.notes) => Err(Problems(self.notes.clone())),
            year => Ok(year?),
        }
    }

    /// The facts of all years. Years whose text is that of facts that were `known` are theirs, as long as the
    /// registry is the same.
    ///
    /// # Errors
    /// There is no year; all problems of all texts, warnings and hints among them.
    pub fn facts(&self, known: Option<&Facts>) -> Result<Facts, Problems> {
        self.period(None)?;
        let years = self.years.iter().map(|(year, source)| (*year, Arc::clone(source))).collect();
        assemble(self.registry.clone(), years, self.notes.clone(), known)
    }
}

/// The facts of texts: the registry and one source a year.
///
/// # Errors
/// All problems of all texts, warnings and hints among them.
pub fn parse(registry: Option<Arc<Source>>, years: Vec<(Period, Arc<Source>)>) -> Result<Facts, Problems> {
    assemble(registry, years, Vec::new(), None)
}

/// Reads every text and returns the facts where no problem is an error.
fn assemble(
    registry: Option<Arc<Source>>,
    sources: Vec<(Period, Arc<Source>)>,
    mut notes: Vec<Diagnostic>,
    known: Option<&Facts>,
) -> Result<Facts, Problems> {
    let same = |known: &&Facts| match (&known.described.source, &registry) {
        (Some(known), Some(registry)) => Arc::ptr_eq(known, registry),
        (known, registry) => known.is_none() && registry.is_none(),
    };
    let known = known.filter(same);
    let (registry, described) = match known {
        Some(known) => (Arc::clone(&known.registry), known.described.clone()),
        None => {
            let mut notes = Vec::new();
            let read = registry.as_ref().map(|source| indicators(source, &mut notes)).unwrap_or_default();
            (Arc::new(read), Described { source: registry, notes })
        }
    };
    notes.extend(described.notes.iter().cloned());
    // Against a registry with errors every fact would look wrong.
    let judged = !has_errors(&notes);
    let mut years = BTreeMap::new();
    for (year, source) in sources {
        let same = |known: &&Arc<Year>| known.is_read && Arc::ptr_eq(&known.source, &source);
        let read = match known.and_then(|known| known.years.get(&year)).filter(same) {
            Some(known) => Ok(Arc::clone(known)),
            None if judged => Year::read(&registry, year, &source).map(Arc::new),
            None => {
                read(&source, &mut notes);
                continue;
            }
        };
        match read {
            Ok(of_year) => {
                notes.extend(of_year.notes.iter().cloned());
                years.insert(year, of_year);
            }
            Err(problems) => notes.extend(problems.0),
        }
    }
    match has_errors(&notes) {
        true => Err(Problems(notes)),
        false => Ok(Facts { registry, years, notes, described }),
    }
}

impl Year {
    /// The facts that a text says.
    ///
    /// # Errors
    /// All problems of the text, warnings and hints among them.
    pub fn read(registry: &Registry, year: Period, source: &Arc<Source>) -> Result<Year, Problems> {
        let mut notes = Vec::new();
        let root = read(source, &mut notes);
        let (facts, problems) =
            root.map(|root| store::read(&root, source, year, registry)).unwrap_or_default();
        add_new(&mut notes, problems);
        match has_errors(&notes) {
            true => Err(Problems(notes)),
            false => Ok(Year { source: Arc::clone(source), facts, notes, is_read: true }),
        }
    }
}

/// The registry of a text.
///
/// # Errors
/// All problems of the text.
pub fn registry_of(text: &str) -> Result<Registry, Problems> {
    let mut notes = Vec::new();
    let registry = indicators(&Arc::new(Source::new("facts/指标.yaml", text)), &mut notes);
    if has_errors(&notes) { Err(Problems(notes)) } else { Ok(registry) }
}

/// Reads one value as the fact file would where it says this much of it: what it must be, and in which unit.
///
/// # Errors
/// The problem that the file would have, without a place.
pub fn judge(
    text: &str,
    kind: Option<registry::IndicatorKind>,
    unit: Option<&Unit>,
) -> Result<value::Value, Diagnostic> {
    scalar::read(text, tree::Style::Plain, scalar::Expected { kind, unit })
}

fn has_errors(notes: &[Diagnostic]) -> bool {
    notes.iter().any(|note| note.level == Level::Error)
}

/// The registry of a text; problems go to `notes`.
fn indicators(source: &Arc<Source>, notes: &mut Vec<Diagnostic>) -> Registry {
    let Some(root) = read(source, notes) else { return Registry::default() };
    tree::broken(&root, source, &["来源", "口径"], notes);
    let (registry, problems) = registry_read::read(&root, source);
    notes.extend(problems);
    registry
}

/// A key that is there twice is found both in the text and among the paths: it is said once.
fn add_new(notes: &mut Vec<Diagnostic>, problems: Vec<Diagnostic>) {
    for problem in problems {
        if !notes.iter().any(|note| note.rule == problem.rule && note.place == problem.place) {
            notes.push(problem);
        }
    }
}

/// The facts of one more year against a registry that was read before.
///
/// # Errors
/// All problems of the text.
pub fn reread(registry: &Registry, year: Period, text: &str) -> Result<FactsByPath, Problems> {
    Ok(Year::read(registry, year, &Arc::new(Source::new(file(year), text)))?.facts)
}

/// The tree of a text in which every value is one line; problems go to `notes`.
pub(crate) fn tree(source: &Arc<Source>, notes: &mut Vec<Diagnostic>) -> Option<tree::Node> {
    let root = read(source, notes)?;
    tree::broken(&root, source, &[], notes);
    Some(root)
}

/// The tree of a text; problems go to `notes`. Slips found in the raw text say more than what the
/// parser makes of them, so they stand alone.
fn read(source: &Arc<Source>, notes: &mut Vec<Diagnostic>) -> Option<tree::Node> {
    let slips = prescan::scan(source);
    if !slips.is_empty() {
        notes.extend(slips);
        return None;
    }
    let (root, problems) = tree::read(source);
    notes.extend(problems);
    root
}

/// Whether a period has a file, or parts of its year have.
fn is_at_hand<'p>(mut on_file: impl Iterator<Item = &'p Period>, of: Period) -> bool {
    on_file.any(|one| *one == of || one.calendar_year() == of.calendar_year() && !one.is_year())
}

/// The year asked for, else the newest on file.
fn chosen_year(years: &BTreeMap<Period, Arc<Source>>, wanted: Option<Period>) -> Result<Period, Diagnostic> {
    let Some(newest) = years.keys().next_back() else {
        let problem = Diagnostic::error("no-fact-file", "facts 文件夹里还没有事实文件");
        return Err(problem.hint("请建一个以年份为名的文件，如 facts/2011.yaml，第一行写“年度: 2011”"));
    };
    // A report is of a whole year where nobody says otherwise.
    let whole = years.keys().rev().find(|period| period.is_year());
    let year = wanted.unwrap_or(*whole.unwrap_or(newest));
    if is_at_hand(years.keys(), year) {
        return Ok(year);
    }
    let names: Vec<String> = years.keys().map(|year| year.stem()).collect();
    Err(Diagnostic::error("no-such-year", format!("没有{year}的事实文件 {}", file(year)))
        .hint(format!("现有：{}", names.join("、"))))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod two_readers;
