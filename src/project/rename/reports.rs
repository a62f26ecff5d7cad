//! What the reports of all years say before a change and after it.

use crate::diag::{Diagnostic, Problems};
use crate::document::{Document, Inline, Line};
use crate::period::Period;
use crate::project::amend::differing;
use crate::project::value::Project;
use crate::report::Gaps;
use crate::zh::number::Amount;

/// A line of a report that reads otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reworded {
    /// The report.
    pub report: String,
    /// Its year.
    pub year: Period,
    /// What stands there, with a few words around; empty where the line is new.
    pub old: String,
    /// What will stand there; empty where the line goes.
    pub new: String,
}

/// A report of a year: its lines, or what hinders it.
pub type Said = (String, Period, Result<Vec<String>, Problems>);

/// Every report of every year.
pub fn said(project: &Project) -> Vec<Said> {
    let Ok(templates) = project.templates() else { return Vec::new() };
    let mut all = Vec::new();
    let Ok(settings) = project.settings() else { return Vec::new() };
    for year in project.years() {
        for name in templates.names().into_iter().filter(|name| settings.is_written_of(name, year)) {
            let lines = project.rendered(Some(name), year, Gaps::Show).map(|report| lines(&report.document));
            all.push((name.to_owned(), year, lines));
        }
    }
    all
}

/// The lines of a report; a gap is one, whatever the name of the fact.
fn lines(document: &Document) -> Vec<String> {
    let block = |block: &crate::document::Block| {
        let unnamed = block.map(&mut |inlines: &[Inline]| {
            let plain = |inline: &Inline| match inline {
                Inline::Missing(_) => Inline::Text("【待填】".to_owned()),
                other => other.clone(),
            };
            inlines.iter().map(plain).collect()
        });
        Line::of(&unnamed).text
    };
    document.blocks.iter().map(block).collect()
}

/// The lines that read otherwise now. Reports are taken in their order, whatever they are called.
///
/// # Errors
/// A report that came out before does not any more.
pub fn compared(before: &[Said], now: &Project) -> Result<Vec<Reworded>, Problems> {
    let after = said(now);
    let mut reworded = Vec::new();
    for (report, year, old) in before {
        let Ok(old) = old else { continue };
        let same = |(name, of, _): &&Said| of == year && (name == report || before.len() == 1);
        let found = after.iter().find(same).or_else(|| renamed(before, &after, report, *year));
        match found.map(|(_, _, lines)| lines) {
            Some(Ok(new)) => reworded.extend(differences(report, *year, old, new)),
            Some(Err(problems)) => return Err(hindered(*year, report, problems)),
            None => {}
        }
    }
    Ok(reworded)
}

/// The report that took the place of one that is gone.
fn renamed<'a>(before: &[Said], after: &'a [Said], report: &str, year: Period) -> Option<&'a Said> {
    let is_new = |name: &str| !before.iter().any(|(old, ..)| old == name);
    let gone = !after.iter().any(|(name, ..)| name == report);
    after.iter().find(|(name, of, _)| gone && *of == year && is_new(name))
}

fn differences(report: &str, year: Period, old: &[String], new: &[String]) -> Vec<Reworded> {
    let one = |old: String, new: String| Reworded { report: report.to_owned(), year, old, new };
    if old.len() != new.len() {
        let gone = old.iter().filter(|line| !new.contains(line)).map(|line| one(line.clone(), String::new()));
        let came = new.iter().filter(|line| !old.contains(line)).map(|line| one(String::new(), line.clone()));
        return gone.chain(came).collect();
    }
    let pairs = old.iter().zip(new).filter(|(old, new)| old != new);
    pairs
        .map(|(old, new)| {
            let (old, new) = differing(&old.replace(['\n', '\t'], " "), &new.replace(['\n', '\t'], " "));
            one(old, new)
        })
        .collect()
}

fn hindered(year: Period, report: &str, problems: &Problems) -> Problems {
    let mut problems = problems.clone();
    if let Some(first) = problems.0.first_mut() {
        first.message = format!("改了以后{year}的“{report}”生成不出来，没有改：{}", first.message);
        first.place = None;
    }
    problems.0.truncate(1);
    problems
}

/// A change after which every report says the same would not be one.
pub fn would_change(line: &Reworded) -> Diagnostic {
    let Reworded { report, year, old, new } = line;
    Diagnostic::error("words-change", format!("改了以后{year}的“{report}”里“{old}”会变成“{new}”，没有改"))
        .hint("请换一个名称，或先把这一处改好")
}

/// What every formula gives in every year.
pub type Computed = Vec<(String, Period, Amount)>;

/// What the formulas of a project give; those that give nothing are left out.
pub fn computed(project: &Project) -> Computed {
    let Ok(facts) = project.facts() else { return Vec::new() };
    let mut all = Vec::new();
    for year in facts.years.keys() {
        let Ok(figures) = project.figures(*year) else { continue };
        for (path, _) in facts.registry.indicators.iter().filter(|(_, one)| one.formula.is_some()) {
            if let Ok(figure) = figures.figure(path, *year) {
                all.push((path.clone(), *year, figure.amount.clone()));
            }
        }
    }
    all
}

/// Refuses a change after which a formula gives something else, or nothing; with `relabelled` only the latter. One that
/// is gone gives nothing else.
///
/// # Errors
/// The first that does.
pub fn same_figures(before: &Computed, now: &Project, relabelled: bool) -> Result<(), Problems> {
    let facts = now.facts()?;
    for (path, year, was) in before {
        if !facts.registry.indicators.contains_key(path) {
            continue;
        }
        let is = now.figures(*year)?.figure(path, *year).map(|figure| figure.amount.clone());
        let same = |is: &Amount| {
            relabelled
                || is.bound == was.bound && is.value_in(&was.unit).is_ok_and(|value| value == was.value)
        };
        if !is.as_ref().is_ok_and(same) {
            let is = is.map_or_else(|_| "算不出来".to_owned(), |is| format!("变成{}", is.text()));
            let message = format!("改了以后{year}的“{path}”会从{}{is}，没有改", was.text());
            return Err(Diagnostic::error("figure-changes", message)
                .hint("它是由公式算的；请先看指标表里它的公式")
                .into());
        }
    }
    Ok(())
}
