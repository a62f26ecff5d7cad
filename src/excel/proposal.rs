//! What a workbook would change in the facts: shown before anything is written, proven and checked when it is made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check;
use crate::diag::{Act, Diagnostic, Level, Source};
use crate::diff;
use crate::facts::edit::{self, FactEdit};
use crate::facts::registry::Registry;
use crate::facts::{self, Facts, Year};
use crate::figures::{self, Figures};
use crate::period::Period;

/// The largest fact file that is read; a larger one is not written.
const LARGEST: usize = 4 * 1024 * 1024;

/// One change of one value, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The year of the fact file.
    pub year: Period,
    /// The fact: `委员.总数`, `投资项目[2].投资`; a row of a ledger is `投资项目[2]`.
    pub path: String,
    /// What of it: 值, 来源, 说明, 新增, 删去, 顺序.
    pub what: &'static str,
    /// What stands there now; empty for nothing.
    pub old: String,
    /// What would stand there.
    pub new: String,
    /// Where in the workbook it comes from: `指标!E12`.
    pub at: String,
}

/// What is to be said of a cell, a row or the whole workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where in the workbook: `指标!E12`, `2011!第12行`; empty for the whole.
    pub at: String,
    /// What.
    pub problem: Diagnostic,
    /// Whether nothing may be written as long as it stands.
    pub blocks: bool,
}

impl Finding {
    /// An error that forbids to write.
    pub fn blocking(at: impl Into<String>, problem: Diagnostic) -> Finding {
        Finding { at: at.into(), problem, blocks: true }
    }

    /// Something to be said; the rest can be written.
    pub fn remark(at: impl Into<String>, problem: Diagnostic) -> Finding {
        Finding { at: at.into(), problem, blocks: false }
    }

    /// What was made of a cell that is not what stands in it.
    pub fn hint(at: impl Into<String>, remark: String) -> Finding {
        Finding::remark(at, Diagnostic::new("cell", Level::Hint, remark))
    }

    /// The problem with its place in front.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut problem = self.problem.clone();
        if !self.at.is_empty() {
            problem.message = format!("{}：{}", self.at, problem.message);
        }
        problem
    }
}

/// What a workbook would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The changes, in the order of the workbook.
    pub changes: Vec<Proposed>,
    /// Problems and remarks.
    pub findings: Vec<Finding>,
    /// The same changes as edits of the fact file of a year.
    pub(super) edits: BTreeMap<Period, Vec<FactEdit>>,
    /// Whether every error of the checks that the changes bring on forbids to write: in a workbook with all facts
    /// both sides can be mended at once. Otherwise only those about the changed facts themselves do.
    pub(super) strict: bool,
    /// Heads that were said or guessed to mean a column: ledger, head, column; an empty one where a head was said to
    /// mean none.
    pub mapping: Vec<(String, String, String)>,
    /// A ledger and the column that was said to name its rows from now on.
    pub key: Option<(String, String)>,
}

/// A fact file with the changes made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// Its year.
    pub year: Period,
    /// The text that the changes were made on.
    pub before: Arc<Source>,
    /// The text with the changes.
    pub after: String,
}

impl Proposal {
    /// Whether something forbids to write.
    pub fn is_blocked(&self) -> bool {
        self.findings.iter().any(|finding| finding.blocks)
    }

    /// The problems and remarks, as many as somebody reads: of more the errors come first, and the rest is counted.
    pub fn told(&self) -> Vec<Diagnostic> {
        const MOST: usize = 200;
        if self.findings.len() <= MOST {
            return self.findings.iter().map(Finding::diagnostic).collect();
        }
        let mut found: Vec<&Finding> = self.findings.iter().collect();
        found.sort_by_key(|finding| (!finding.blocks, finding.problem.level != Level::Error));
        let left = found.len() - MOST;
        let mut told: Vec<Diagnostic> = found.into_iter().take(MOST).map(Finding::diagnostic).collect();
        let rest = format!("还有{left}处没有列出");
        told.push(Diagnostic::new("many-findings", Level::Hint, rest).hint("请先改好上面的，再导入一次"));
        told
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Notes a change.
    pub(super) fn change(&mut self, change: Proposed, edits: impl IntoIterator<Item = FactEdit>) {
        self.edits.entry(change.year).or_default().extend(edits);
        self.changes.push(change);
    }

    /// Makes the changes on the texts, without writing them; nothing comes of it where something blocks. What the
    /// checks then find that they did not find before goes to the findings, at the cell that brought it on; an error
    /// blocks. `swing` is the per cent from which on a change against last year is remarked.
    pub fn make(&mut self, facts: &Facts, swing: u32) -> Vec<Edited> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut edited = Vec::new();
        let mut after = facts.clone();
        for (year, edits) in &self.edits {
            match changed(facts, *year, edits) {
                Ok((file, facts)) => {
                    after.years.insert(*year, Arc::new(facts));
                    edited.push(file);
                }
                Err(problems) => {
                    self.findings.extend(problems.into_iter().map(|problem| Finding::blocking("", problem)));
                }
            }
        }
        if edited.len() == self.edits.len() {
            let years: Vec<Period> = self.edits.keys().copied().collect();
            let found = years.into_iter().flat_map(|year| self.check(facts, &after, year, swing));
            let found: Vec<Finding> = found.collect();
            self.findings.extend(found);
        }
        if self.is_blocked() { Vec::new() } else { edited }
    }

    /// What the checks find in a year after the changes and did not find before.
    fn check(&self, before: &Facts, after: &Facts, year: Period, swing: u32) -> Vec<Finding> {
        let known: BTreeSet<(&'static str, String)> =
            found(before, year, swing).into_iter().map(|problem| (problem.rule, problem.message)).collect();
        let new = found(after, year, swing).into_iter();
        let finding = |problem: Diagnostic| {
            let (at, own) = self.cause(&problem, year, &before.registry);
            let blocks = problem.level == Level::Error && (self.strict || own);
            Finding { at, blocks, problem: Diagnostic { place: None, ..problem } }
        };
        new.filter(|problem| !known.contains(&(problem.rule, problem.message.clone()))).map(finding).collect()
    }

    /// The cell that brought a finding on: that of the fact itself, which is told, else that of a fact it is computed
    /// from or held against.
    fn cause(&self, problem: &Diagnostic, year: Period, registry: &Registry) -> (String, bool) {
        let Some(about) = &problem.about else { return (String::new(), false) };
        let ledger = about.path.rsplit_once('.').map(|(ledger, _)| ledger);
        let mut seen = BTreeSet::new();
        let mut open = vec![about.path.as_str()];
        while let Some(path) = open.pop() {
            let whole = path.split('[').next().unwrap_or(path);
            let here = |change: &&Proposed| change.year == year && touches(&change.path, path);
            if let Some(change) = self.changes.iter().find(here) {
                return (change.at.clone(), path == about.path || Some(path) == ledger);
            }
            if !seen.insert(whole) {
                continue;
            }
            // 投资项目.投资 is a column of 投资项目.
            let indicator = registry.indicators.get(whole);
            let column = whole.rsplit_once('.').filter(|_| indicator.is_none()).map(|(ledger, _)| ledger);
            open.extend(column);
            open.extend(indicator.iter().flat_map(|indicator| indicator.reads()));
        }
        (String::new(), false)
    }
}

/// Whether a change of `changed` is one of `path`: of the same fact, or of a row or cell of that ledger.
fn touches(changed: &str, path: &str) -> bool {
    changed == path || changed.strip_prefix(path).is_some_and(|rest| rest.starts_with('['))
}

/// The fact file of a year with edits made, and the facts that it then holds.
fn changed(facts: &Facts, year: Period, edits: &[FactEdit]) -> Result<(Edited, Year), Vec<Diagnostic>> {
    let Some(old) = facts.years.get(&year) else {
        return Err(vec![
            Diagnostic::error("no-such-year", format!("没有{year}的事实文件 {}", facts::file(year)))
                .hint(Act::Begin(year)),
        ]);
    };
    let name = &old.source.name;
    let too_large = || {
        vec![
            Diagnostic::error("file-too-large", format!("改完以后 {name} 会超过4MB，没有改"))
                .hint("明细太多时，请先在 Excel 里按村、按项目汇总，再导入汇总表"),
        ]
    };
    if edits.iter().map(weight).sum::<usize>() > LARGEST {
        return Err(too_large());
    }
    let after = edit::apply(&old.source.text, edits).map_err(|error| {
        vec![
            Diagnostic::error("cannot-edit", format!("{name} 没有改成：{error}"))
                .hint("请在 Excel 里核对这几处，或直接在事实文件里改"),
        ]
    })?;
    if after.len() > LARGEST {
        return Err(too_large());
    }
    let source = Arc::new(Source::new(name.clone(), after.clone()));
    let read = Year::read(&facts.registry, year, &source).map_err(|problems| problems.0)?;
    Ok((Edited { year, before: Arc::clone(&old.source), after }, read))
}

/// Bytes that the new rows of an edit take at least.
fn weight(edit: &FactEdit) -> usize {
    let cells = |row: &edit::Row| match row {
        edit::Row::New(cells) => cells.iter().map(|(name, value)| name.len() + value.len() + 4).sum(),
        edit::Row::Keep(_) => 0,
    };
    match edit {
        FactEdit::Rows { rows, .. } => rows.iter().map(cells).sum(),
        _ => 0,
    }
}

/// What the rules on facts find in a year.
fn found(facts: &Facts, year: Period, swing: u32) -> Vec<Diagnostic> {
    let now: Figures = match figures::compute(facts.clone()) {
        Ok(figures) => figures.of(year),
        Err(problems) => return problems.0,
    };
    let earlier = facts.before(year).map(|year| now.of(year));
    let changes = earlier.map(|earlier| diff::facts::compare(&earlier, &now, swing)).unwrap_or_default();
    check::facts(&now, &changes)
}
