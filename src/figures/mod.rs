//! Exact arithmetic on facts; every [`Figure`] knows the facts it came from and how.
//!
//! [`compute`] evaluates the formulas of the registry for every year; [`Figures::figure`] gives the
//! figure of one year, [`Figures::window`] the sum over several.

pub mod approximate;
mod cited;
pub mod compare;
pub mod condition;
pub mod formula;
pub mod proportion;
mod ready;
mod rollup;
mod rows;
mod series;
mod trail;
mod trouble;
pub mod verify;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use indexmap::IndexSet;

use crate::diag::{Diagnostic, Problems};
use crate::facts::registry::{Formula, IndicatorKind};
use crate::facts::value::{Fact, Quantity, Row, Value};
use crate::facts::{Facts, Year, of_report};
use crate::period::Period;
use crate::zh::number::{Amount, Approx, Mismatch, Unit};
pub use cited::{Cited, Column};
use ready::{CellEntry, Entry, Ready};
pub use ready::{FactRef, value_text};
pub use rows::RowOf;
pub use series::Base;
pub use trail::Trail;
use trouble::missing_years;
pub use trouble::{Trouble, mismatch};

/// An amount with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub amount: Amount,
    /// How it is printed when the template asks for nothing else.
    pub text: String,
    /// Chinese words for how it was computed.
    pub derivation: String,
    /// The facts it came from.
    pub facts: Cited,
    /// 估计: one of the facts is a forecast.
    pub estimate: bool,
    /// Its trail where it is printed as it is, made at the first use.
    trail: OnceLock<Arc<Trail>>,
}

impl Figure {
    /// A figure computed from others.
    pub fn derived(amount: Amount, derivation: impl Into<String>, parts: &[Arc<Figure>]) -> Figure {
        let facts = Cited::all(parts.iter().map(|part| &part.facts));
        let estimate = parts.iter().any(|part| part.estimate);
        Figure { estimate, ..Figure::from_facts(amount, derivation, facts) }
    }

    /// A figure found by looking at facts, e.g. a count of rows.
    pub fn from_facts(amount: Amount, derivation: impl Into<String>, facts: impl Into<Cited>) -> Figure {
        let (text, derivation, facts) = (amount.text(), derivation.into(), facts.into());
        Figure { text, amount, derivation, facts, estimate: false, trail: OnceLock::new() }
    }

    /// A figure exactly as it is written in a fact.
    fn written(quantity: &Quantity, from: &Arc<FactRef>, estimate: bool) -> Figure {
        let figure = Figure::from_facts(quantity.amount.clone(), "事实", vec![Arc::clone(from)]);
        Figure { text: quantity.text.clone(), estimate, ..figure }
    }

    /// The same, come by otherwise: as the largest of several.
    #[must_use]
    pub fn called(&self, derivation: &str) -> Figure {
        Figure { derivation: derivation.to_owned(), trail: OnceLock::new(), ..self.clone() }
    }

    /// Where the figure comes from, printed as it is.
    pub fn trail(&self) -> Arc<Trail> {
        let make = || Arc::new(self.trail_as(&self.derivation, None));
        Arc::clone(self.trail.get_or_init(make))
    }

    /// The same with another derivation, and with the approximation word that is printed.
    pub fn trail_as(&self, derivation: &str, printed: Option<Approx>) -> Trail {
        Trail::of(&self.amount, printed, derivation, self.facts.clone())
    }
}

/// What a formula gives in a year, as soon as somebody asked.
type Outcome = OnceLock<Result<Arc<Figure>, Trouble>>;

/// What the formulas give in a year: to the reports of that time, and to later ones, which take what was revised.
type Outcomes = [Arc<[Outcome]>; 2];

/// Facts with everything that is computed from them. A formula is evaluated when its figure is first asked for.
#[derive(Debug)]
pub struct Computed {
    facts: Arc<Facts>,
    ready: BTreeMap<Period, Arc<Ready>>,
    /// The paths that have a formula.
    paths: Arc<IndexSet<String>>,
    /// What they give, in that order.
    formulas: BTreeMap<Period, Outcomes>,
    /// Whether any number was revised later.
    is_revised: bool,
    checked: OnceLock<Vec<Diagnostic>>,
}

/// All that is computed, seen from one period: that of a report. A copy is two words.
#[derive(Debug, Clone)]
pub struct Figures {
    all: Arc<Computed>,
    period: Period,
}

/// Makes the facts ready to compute with.
///
/// # Errors
/// Formulas that depend on themselves.
pub fn compute(facts: impl Into<Arc<Facts>>) -> Result<Arc<Computed>, Problems> {
    let facts = facts.into();
    formula::refuse_cycles(&facts.registry)?;
    let with_formula = facts.registry.indicators.iter().filter(|(_, indicator)| indicator.formula.is_some());
    let paths = Arc::new(with_formula.map(|(path, _)| path.clone()).collect());
    Ok(Arc::new(Computed::of_facts(facts, paths, None)))
}

impl Computed {
    /// The same with other facts. What they share with these stays as it is ready: whole years, facts, rows; and what
    /// formulas give in the years before the first that differs, as a formula reads its own year and earlier ones.
    ///
    /// # Errors
    /// Formulas that depend on themselves.
    pub fn with(&self, facts: Arc<Facts>) -> Result<Arc<Computed>, Problems> {
        if Arc::ptr_eq(&self.facts.registry, &facts.registry) {
            Ok(Arc::new(Computed::of_facts(facts, Arc::clone(&self.paths), Some(self))))
        } else {
            compute(facts)
        }
    }

    fn of_facts(facts: Arc<Facts>, paths: Arc<IndexSet<String>>, old: Option<&Computed>) -> Computed {
        let ready = |(year, of_year): (&Period, &Arc<Year>)| {
            let before = old.and_then(|old| old.ready.get(year));
            let same = before.filter(|before| before.is_of(of_year)).map(Arc::clone);
            (*year, same.unwrap_or_else(|| Arc::new(Ready::of(of_year, before.map(|before| &**before)))))
        };
        let ready = facts.years.iter().map(ready).collect();
        let is_revised = facts.is_revised();
        let changed = old.and_then(|old| first_change(&facts, &old.facts));
        let stays = |year: Period| changed.is_none_or(|changed| year.whole() < changed);
        let none = || paths.iter().map(|_| OnceLock::new()).collect();
        let formulas = facts.periods().into_iter().map(|year| {
            let known = old.filter(|old| stays(year) && old.is_revised == is_revised);
            let known = known.and_then(|old| old.formulas.get(&year)).cloned();
            (year, known.unwrap_or_else(|| [none(), none()]))
        });
        let formulas = formulas.collect();
        Computed { ready, formulas, is_revised, paths, checked: OnceLock::new(), facts }
    }

    /// The facts.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// All of it, for the report of a period.
    pub fn of(self: &Arc<Self>, period: Period) -> Figures {
        Figures { all: Arc::clone(self), period }
    }
}

impl Figures {
    /// The facts.
    pub fn facts(&self) -> &Facts {
        &self.all.facts
    }

    /// The period of the report.
    pub fn period(&self) -> Period {
        self.period
    }

    /// The same for the report of another period.
    pub fn of(&self, period: Period) -> Figures {
        self.all.of(period)
    }

    /// What was remarked of the facts, what the checks of the registry find in any year, and which facts of the
    /// report's period are not yet confirmed.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let checked = self.all.checked.get_or_init(|| verify::warnings(self));
        self.facts().notes.iter().chain(checked).cloned().chain(self.unverified()).collect()
    }

    /// Facts of the report's period that were carried over and are not yet confirmed.
    fn unverified(&self) -> Option<Diagnostic> {
        let facts = self.facts().years.get(&self.period)?.facts.values();
        let paths: Vec<&str> = facts.filter(|fact| fact.unverified).map(|fact| fact.path.as_str()).collect();
        (!paths.is_empty()).then(|| {
            let message =
                format!("{}有{}个指标沿用上年、还没有核对：{}", self.period, paths.len(), paths.join("、"));
            Diagnostic::warning("unverified", message).hint("核对后请删去这些指标的“待核: 是”")
        })
    }

    fn years(&self) -> Vec<Period> {
        self.facts().years.keys().copied().collect()
    }

    /// What the formula of a path gives in a year, evaluated with all that it reads at the first call.
    fn formula(&self, path: &str, year: Period) -> Option<&Result<Arc<Figure>, Trouble>> {
        let later = self.all.is_revised && !self.period.contains(year);
        let of_year = &self.all.formulas.get(&year)?[usize::from(later)];
        // What is kept is seen from the report of the year, or from a later one, whoever asks first.
        let asking = if later { self.of(year.after()) } else { self.of(year) };
        let result = |path: &str| of_year.get(self.all.paths.get_index_of(path)?);
        let wanted = result(path)?;
        if wanted.get().is_none() {
            // One after the other, so that a long chain of formulas is not as deep on the stack.
            let known = |path: &str| result(path).is_none_or(|result| result.get().is_some());
            for path in formula::before(&self.facts().registry, path, &known) {
                let evaluate = || formula::evaluate(&asking, path, year).map(Arc::new);
                result(path).map(|result| result.get_or_init(evaluate));
            }
        }
        wanted.get()
    }

    /// Whether any year or the registry knows the path.
    pub fn knows(&self, path: &str) -> bool {
        self.facts().registry.indicators.contains_key(path) || self.is_written(path)
    }

    /// Whether any year says something under the path, or one of its reports where it is a path of reports.
    pub fn is_written(&self, path: &str) -> bool {
        let of_any =
            |known: &Arc<str>| of_report::registered(known).is_some_and(|registered| registered == path);
        let years = &self.facts().years;
        years.values().any(|year| year.facts.contains_key(path))
            || of_report::own(path, "").is_some() && years.values().any(|year| year.facts.keys().any(of_any))
    }

    /// What a path of the template of a report means: its own fact where any year has one, or else that of all reports.
    /// Nothing where the path belongs to no report.
    pub fn of_report(&self, path: &str, report: &str) -> Option<String> {
        let own = of_report::own(path, report)?;
        let written = |path: &str| self.facts().years.values().any(|year| year.facts.contains_key(path));
        (written(&own) || !written(path)).then_some(own)
    }

    /// Every known path, the registry's first.
    pub fn paths(&self) -> Vec<&str> {
        let registered = self.facts().registry.indicators.keys();
        let written = self.facts().years.values().flat_map(|year| year.facts.keys());
        let registered = registered.map(String::as_str);
        let mut paths: Vec<&str> = registered.chain(written.map(|path| &**path)).collect();
        let mut seen = std::collections::BTreeSet::new();
        paths.retain(|path| seen.insert(*path));
        paths
    }

    /// 类型 as registered.
    pub fn kind(&self, path: &str) -> Option<IndicatorKind> {
        self.facts().registry.indicators.get(path).map(|indicator| indicator.kind)
    }

    /// The fact of a year, or the one of another period that speaks for it (汇总); blank counts as missing.
    pub fn fact(&self, path: &str, year: Period) -> Result<&Fact, Trouble> {
        match self.speaking(path, year) {
            Some(fact) if fact.value != Value::Blank => Ok(fact),
            _ => Err(Trouble::missing(path, year)),
        }
    }

    fn entry(&self, path: &str, year: Period) -> Option<&Arc<Entry>> {
        self.own_entry(path, self.speaking(path, year)?.year)
    }

    /// What the file of the year itself says.
    fn own_entry(&self, path: &str, year: Period) -> Option<&Arc<Entry>> {
        self.all.ready.get(&year)?.entry(path)
    }

    /// A reference to a fact of a year.
    pub fn reference(&self, path: &str, year: Period) -> Result<Arc<FactRef>, Trouble> {
        self.entry(path, year)
            .map(|entry| Arc::clone(&entry.from))
            .ok_or_else(|| Trouble::missing(path, year))
    }

    /// The figure of one year: a fact as written, what its formula gives, or what comes of the parts of the year
    /// (汇总). Reports of other years get what was revised later.
    pub fn figure(&self, path: &str, year: Period) -> Result<Arc<Figure>, Trouble> {
        if let Some(stated) = self.stated(path, year) {
            return stated;
        }
        if let Some(rolled) = self.rolled_up(path, year) {
            return rolled;
        }
        if let Some(figure) = self.entry(path, year).and_then(|entry| self.figure_of(entry, year)) {
            return Ok(figure);
        }
        if let Some(result) = self.formula(path, year) {
            return result.clone();
        }
        self.fact(path, year)?;
        Err(Trouble::wrong(
            "not-a-number",
            format!("“{path}”不是数字，不能用来计算"),
            "这里请换成一个数字指标",
        ))
    }

    /// What the file of a year itself says, or what the formula gives of it; nothing where something is missing. What
    /// may be entered instead of being computed (可填) is computed where its ledger has rows.
    fn stated(&self, path: &str, year: Period) -> Option<Result<Arc<Figure>, Trouble>> {
        let own = || self.own_figure(path, year);
        let computed = || match self.formula(path, year)? {
            Err(trouble) if !trouble.missing.is_empty() => None,
            result => Some(result.clone()),
        };
        let registered = self.facts().registry.indicators.get(path);
        match registered.and_then(|indicator| indicator.formula.as_ref()) {
            None => own().map(Ok),
            Some(formula) if self.has_rows(formula, year) => computed().or_else(|| own().map(Ok)),
            Some(_) => own().map(Ok).or_else(computed),
        }
    }

    /// The number that the file of a year says.
    fn own_figure(&self, path: &str, year: Period) -> Option<Arc<Figure>> {
        self.own_entry(path, year).and_then(|entry| self.figure_of(entry, year))
    }

    /// Whether there is anything that a formula computes with; an empty ledger is not.
    fn has_rows(&self, formula: &Formula, year: Period) -> bool {
        match formula {
            Formula::Sum { ledger: of, .. } | Formula::Count { of, .. } => {
                self.facts().get(of, year).is_some_and(|fact| match &fact.value {
                    Value::Ledger(rows) => !rows.is_empty(),
                    Value::List(items) => !items.is_empty(),
                    _ => false,
                })
            }
            _ => true,
        }
    }

    /// The number of a fact, as this report knows it: its own as it was written, those of other times as they were
    /// revised.
    fn figure_of(&self, entry: &Entry, year: Period) -> Option<Arc<Figure>> {
        let revised = entry.revised.as_ref().filter(|_| !self.period.contains(year));
        revised.or(entry.figure.as_ref()).map(Arc::clone)
    }

    /// Why a formula gives nothing in a year.
    pub fn trouble(&self, path: &str, year: Period) -> Option<&Trouble> {
        self.formula(path, year)?.as_ref().err()
    }

    /// The figure in one cell of a ledger, rows counted from 0.
    ///
    /// # Errors
    /// The cell is blank or no number.
    pub fn cell(
        &self,
        ledger: &str,
        year: Period,
        index: usize,
        column: &str,
    ) -> Result<Arc<Figure>, Trouble> {
        let path = || format!("{}.{column}", self.row_name(RowOf { list: ledger, year, index }));
        match self.cell_entry(ledger, year, index, column) {
            Some(CellEntry { figure: Some(figure), .. }) => Ok(Arc::clone(figure)),
            Some(cell) if !cell.from.text.is_empty() => Err(Trouble::wrong(
                "not-a-number",
                format!("{year}的“{}”不是数字", path()),
                "请在台账的这一格填写数字和单位",
            )),
            _ => Err(Trouble::missing(&path(), year)),
        }
    }

    /// The cells of a column in some rows, whatever they say: what a count of those rows came from.
    pub fn cells(&self, ledger: &str, year: Period, column: &str, rows: &[usize]) -> Option<Column> {
        let entry = self.entry(ledger, year)?;
        let at = entry.rows().first().and_then(|row| row.cells.get_index_of(column)).unwrap_or_default();
        Some(Column::new(entry, column, at, Some(rows.to_vec())))
    }

    fn cell_entry(&self, ledger: &str, year: Period, index: usize, column: &str) -> Option<&CellEntry> {
        self.entry(ledger, year)?.cell(index, column)
    }

    /// The sum of a flow over a window of years.
    ///
    /// # Errors
    /// A stock or rate, an unregistered indicator, or any year without the fact.
    pub fn window(
        &self,
        path: &str,
        years: impl IntoIterator<Item = Period>,
        words: &str,
    ) -> Result<Figure, Trouble> {
        self.summable(path)?;
        self.sum_over(path, words, years.into_iter().map(|year| self.figure(path, year)).collect())
    }

    /// The sum of one figure a year.
    fn sum_over(
        &self,
        path: &str,
        words: &str,
        parts: Vec<Result<Arc<Figure>, Trouble>>,
    ) -> Result<Figure, Trouble> {
        let missing: Vec<_> =
            parts.iter().filter_map(|part| part.as_ref().err()).flat_map(|t| t.missing.clone()).collect();
        if !missing.is_empty() {
            return Err(missing_years(path, words, missing));
        }
        let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
        sum(&parts, format!("{words}合计"), Unit::default()).map_err(|m| mismatch(path, &m))
    }

    /// Whether an indicator, or a column of a ledger (`台账.列`), may be summed over years.
    fn summable(&self, path: &str) -> Result<(), Trouble> {
        let kind_of_path = self.kind(path).or_else(|| self.kind_of_column(path));
        let (kind, why) = match kind_of_path {
            Some(IndicatorKind::Flow) => return Ok(()),
            Some(IndicatorKind::Stock) => ("时点", "各年的存量相加没有意义"),
            Some(IndicatorKind::Rate) => ("比率", "比率不能逐年相加"),
            Some(_) => ("文字", "不是数字，不能逐年相加"),
            None => ("未登记", "没有登记类型，不知道能不能逐年相加"),
        };
        let hint = match kind_of_path {
            None => format!("请在 facts/指标.yaml 登记“{path}”；全年发生的数是“类型: 时期”，才能相加"),
            Some(_) => "请把它移到时段块外面，单独写本年的数".to_owned(),
        };
        Err(Trouble::wrong("not-summable", format!("“{path}”是{kind}指标，{why}"), hint))
    }

    fn kind_of_column(&self, path: &str) -> Option<IndicatorKind> {
        let (ledger, column) = path.rsplit_once('.')?;
        Some(self.facts().registry.indicators.get(ledger)?.columns.get(column)?.kind)
    }

    /// The rows of a ledger in one year; a year without the ledger is missing, an empty one is not.
    pub fn rows(&self, ledger: &str, year: Period) -> Result<&[Arc<Row>], Trouble> {
        match &self.fact(ledger, year)?.value {
            Value::Ledger(rows) => Ok(rows),
            Value::List(items) if items.is_empty() => Ok(&[]),
            _ => Err(Trouble::wrong(
                "not-a-ledger",
                format!("“{ledger}”不是台账"),
                "台账写成一行一条的列表，例如：- {名称: 甲项目, 投资: 100万元}",
            )),
        }
    }

    /// The sum of a column of a ledger in one year.
    ///
    /// # Errors
    /// There is no such ledger, a cell is blank, or the cells do not go together.
    pub fn total(&self, ledger: &str, year: Period, column: &str) -> Result<Figure, Trouble> {
        let (of, column) = (ledger.to_owned(), column.to_owned());
        let unit = self.unit(&format!("{ledger}.{column}")).unwrap_or_default();
        let sum = Formula::Sum { ledger: of, column, filter: Vec::new() };
        formula::apply(self, ledger, &sum, year, &unit)
    }

    /// A reference to one cell of a ledger, rows counted from 0.
    pub fn cell_reference(
        &self,
        ledger: &str,
        year: Period,
        index: usize,
        column: &str,
    ) -> Option<Arc<FactRef>> {
        self.cell_entry(ledger, year, index, column).map(|cell| Arc::clone(&cell.from))
    }

    /// The unit of an indicator or ledger column (`台账.列`) as registered.
    pub fn unit(&self, path: &str) -> Option<Unit> {
        if let Some(indicator) = self.facts().registry.indicators.get(path) {
            return indicator.unit.clone();
        }
        let (ledger, column) = path.rsplit_once('.')?;
        self.facts().registry.indicators.get(ledger)?.columns.get(column)?.unit.clone()
    }
}

/// The whole year from which on facts differ; nothing where they are the same.
fn first_change(new: &Facts, old: &Facts) -> Option<Period> {
    let (mut new, mut old) = (new.years.iter(), old.years.iter());
    loop {
        match (new.next(), old.next()) {
            (None, None) => return None,
            (Some(new), Some(old)) if new.0 == old.0 && Arc::ptr_eq(new.1, old.1) => {}
            (new, old) => {
                let years = [new, old].into_iter().flatten().map(|(period, _)| period.whole());
                return years.min();
            }
        }
    }
}

/// The sum of figures; `unit` is that of an empty sum.
pub fn sum(parts: &[Arc<Figure>], derivation: String, unit: Unit) -> Result<Figure, Mismatch> {
    let total = Amount::total(parts.iter().map(|part| &part.amount), unit)?;
    Ok(Figure::derived(total, derivation, parts))
}

/// The sum of columns; `unit` is that of an empty sum.
pub fn sum_of_columns(columns: Vec<Column>, derivation: String, unit: Unit) -> Result<Figure, Mismatch> {
    let total = Amount::total(columns.iter().flat_map(Column::amounts), unit)?;
    Ok(Figure::from_facts(total, derivation, Cited::columns(columns)))
}

#[cfg(test)]
mod tests;
