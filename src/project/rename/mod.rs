//! Names, units, kinds, 口径 and 主键 are changed at any time: a change is thought out on the project as a value, every
//! text follows, and what it comes to is told before anything is written. All of it is one step of the history.

mod fields;
mod follow;
mod issued;
mod merge;
mod names;
mod naming;
mod reports;
mod split;
mod touched;
mod units;

use std::collections::BTreeSet;

use super::amend::Amended;
use super::stored::Edits;
use super::texts::Text;
use super::value::Project;
use crate::diag::{Diagnostic, Problems, nearest};
use crate::facts::Facts;
use crate::facts::registry::IndicatorKind;
use crate::period::Period;
pub use names::Renaming;
pub use reports::Reworded;
pub use split::{Place, places};
pub use touched::Touched;

/// A change of what something is called, or of what is said of it for all years. A name is that of an indicator, a
/// ledger, a group, or a column as `台账.列`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum Change {
    /// Another name. One without a group stays in its group.
    Name { old: String, new: String },
    /// Another name of a report.
    Report { old: String, new: String },
    /// Another unit. The values of all years are converted where both are of one family; with `relabel` only the
    /// word for it changes, and the numbers stay. With `together` all of its group that have its unit get the new one:
    /// what is computed with each other.
    Unit { path: String, unit: String, relabel: bool, together: bool },
    /// Another 类型.
    Kind { path: String, kind: IndicatorKind },
    /// Other words for 口径 or 来源.
    Field { path: String, field: Field, words: String },
    /// The column that names the rows of a ledger.
    Key { ledger: String, column: String },
    /// One indicator that is another one: what it says goes there, and it is no more.
    Merge { from: String, into: String },
    /// A new indicator like another one, which some places of the templates name from now on. It takes the values of
    /// `years`, all of them where none is named; with `moved` they are not the other's any more.
    Split { path: String, new: String, places: Vec<usize>, years: Vec<Period>, moved: bool },
}

/// What the registry says in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 口径.
    Definition,
    /// 来源.
    Source,
}

/// What changes come to.
#[derive(Debug, Clone)]
pub struct Planned {
    /// All of it, as one step.
    pub edits: Edits,
    /// What the step is called.
    pub label: String,
    /// Which texts change, and how much.
    pub touched: Vec<Touched>,
    /// Lines of reports that read otherwise.
    pub reworded: Vec<Reworded>,
    /// What else is to be known.
    pub notes: Vec<String>,
}

impl Change {
    /// Another name of whatever goes by the old one: an indicator, a group, a column; else a report.
    pub fn of_name(project: &Project, old: &str, new: &str) -> Change {
        let (old, new) = (old.trim().to_owned(), new.trim().to_owned());
        let below = |path: &&str| {
            path.strip_prefix(old.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let named = project.facts().is_ok_and(|facts| paths(facts).iter().any(below));
        let is_report = Text::template(&old).is_some_and(|text| project.texts().get(&text).is_some());
        match !named && column_of(project, &old).is_none() && is_report {
            true => Change::Report { old, new },
            false => Change::Name { old, new },
        }
    }
}

/// Thinks changes out, one after another.
///
/// # Errors
/// A name is unknown or cannot be one, values do not fit, or anything would be said otherwise that may not be.
pub fn planned(project: &Project, changes: &[Change]) -> Result<Planned, Problems> {
    let mut amended = Amended::of(project)?;
    let (mut labels, mut notes) = (Vec::new(), Vec::new());
    let before = reports::said(project);
    let mut may_reword = false;
    for change in changes {
        labels.push(make(&mut amended, change, &mut notes)?);
        amended.project().facts()?;
        may_reword |= rewords(&amended, change);
    }
    let reworded = reports::compared(&before, amended.project())?;
    if let Some(line) = reworded.first().filter(|_| !may_reword) {
        return Err(reports::would_change(line).into());
    }
    if !reworded.is_empty() && project.texts().iter().any(|(text, _)| matches!(text, Text::Sample(_))) {
        notes.push("样稿没有跟着改；看过以后请更新样稿".to_owned());
    }
    let touched = touched::list(project, amended.project(), amended.edits());
    Ok(Planned { edits: amended.edits().clone(), label: labels.join("；"), touched, reworded, notes })
}

/// Makes one change; says what it is called.
fn make(amended: &mut Amended, change: &Change, notes: &mut Vec<String>) -> Result<String, Problems> {
    match change {
        Change::Name { old, new } => naming::name(amended, old, new),
        Change::Report { old, new } => naming::report(amended, old, new),
        Change::Unit { path, unit, relabel, together } => {
            let how = units::How { relabel: *relabel, together: *together };
            units::change(amended, path, unit, how, notes)
        }
        Change::Kind { path, kind } => fields::kind(amended, path, *kind),
        Change::Field { path, field, words } => fields::words(amended, path, field.label(), words),
        Change::Key { ledger, column } => fields::key(amended, ledger, column),
        Change::Merge { from, into } => merge::merge(amended, from, into, notes),
        Change::Split { path, new, places, years, moved } => {
            split::split(amended, path, new, &split::Taken { places, years, moved: *moved }, notes)
        }
    }
}

/// Whether reports may read otherwise after a change, as its preview shows: heads of tables are names of columns, values
/// are printed in their units, and what is one indicator or another is for whoever knows it to say.
fn rewords(amended: &Amended, change: &Change) -> bool {
    match change {
        Change::Name { old, .. } => column_of(amended.start(), old).is_some(),
        Change::Unit { .. } | Change::Kind { .. } | Change::Merge { .. } | Change::Split { .. } => true,
        Change::Report { .. } | Change::Field { .. } | Change::Key { .. } => false,
    }
}

impl Field {
    /// Its name in the registry.
    pub fn label(self) -> &'static str {
        match self {
            Field::Definition => "口径",
            Field::Source => "来源",
        }
    }
}

impl Amended {
    /// Gives an indicator another path, wherever it is spoken of.
    ///
    /// # Errors
    /// The path is taken or cannot be one, or a text cannot be changed.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Problems> {
        naming::name(self, from, to).map(drop)
    }
}

/// The paths of all indicators, of the registry and of every year.
fn paths(facts: &Facts) -> BTreeSet<&str> {
    let of_years = facts.years.values().flat_map(|year| year.facts.keys().map(|path| &**path));
    facts.registry.indicators.keys().map(String::as_str).chain(of_years).collect()
}

/// A ledger and its column, where a name is `台账.列`.
fn column_of<'n>(project: &Project, name: &'n str) -> Option<(&'n str, &'n str)> {
    let facts = project.facts().ok()?;
    let (ledger, column) = name.rsplit_once('.')?;
    (!paths(facts).contains(name) && facts.has_column(ledger, column)).then_some((ledger, column))
}

/// Refuses what is no indicator.
fn known(facts: &Facts, path: &str) -> Result<(), Diagnostic> {
    if paths(facts).contains(path) { Ok(()) } else { Err(unknown(facts, path)) }
}

/// A name that the project does not have, with those that were perhaps meant.
fn unknown(facts: &Facts, name: &str) -> Diagnostic {
    let all = paths(facts);
    let groups = all.iter().filter_map(|path| path.rsplit_once('.')).map(|(group, _)| group);
    let columns = facts.registry.indicators.values().flat_map(|one| {
        one.columns.keys().map(|column| format!("{}.{column}", one.path)).collect::<Vec<_>>()
    });
    let mut names: BTreeSet<String> = all.iter().map(|path| (*path).to_owned()).collect();
    names.extend(groups.map(str::to_owned));
    names.extend(columns);
    let same_end: Vec<&String> = names
        .iter()
        .filter(|known| known.rsplit_once('.').is_some_and(|(_, last)| last == name))
        .take(3)
        .collect();
    let problem = Diagnostic::error("unknown-name", format!("没有“{name}”这个指标、台账、列或分组"));
    let last = |path: &'_ String| path.rsplit('.').next().unwrap_or_default().to_owned();
    let lasts: Vec<String> = names.iter().map(last).collect();
    let by_last = || {
        let near = nearest(name.rsplit('.').next()?, lasts.iter().map(String::as_str))?;
        names.iter().zip(&lasts).find(|(_, last)| *last == near).map(|(path, _)| path.as_str())
    };
    match (same_end.as_slice(), nearest(name, names.iter().map(String::as_str)).or_else(by_last)) {
        ([], Some(near)) => problem.hint(format!("是不是“{near}”？")),
        ([], None) => problem.hint("请核对名称；名称连同分组一起写，例如 宣传.会议"),
        (several, _) => {
            let several: Vec<String> = several.iter().map(|name| format!("“{name}”")).collect();
            problem.hint(format!("是不是{}？", several.join("、")))
        }
    }
}

/// Whether the project describes its indicators at all.
fn registered(amended: &Amended) -> Result<(), Diagnostic> {
    match amended.project().texts().get(&Text::Registry) {
        Some(_) => Ok(()),
        None => {
            Err(Diagnostic::error("no-registry", "这个项目没有指标表，单位、类型、口径、主键都写在指标表里")
                .hint("请先在 facts 文件夹里建好 指标.yaml"))
        }
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
