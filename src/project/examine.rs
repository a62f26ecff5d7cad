//! Every rule over a project, over a finished text beside it, or over a draft against its facts.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::tasks::Tasks;
use super::value::Project;
use crate::check::gate::{self, Gate};
use crate::check::origin::Typed;
use crate::check::{self, Aside, Case, Exceptions, Prose};
use crate::diag::{Diagnostic, Place, Problems};
use crate::document::issued::{self, Day};
use crate::figures::Figures;
use crate::period::Period;
use crate::report::{Gaps, Report};

/// What the rules found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// What is to be looked at.
    pub findings: Vec<Diagnostic>,
    /// What was put aside, and why.
    pub aside: Vec<Aside>,
    /// What could not be checked because of errors before it.
    pub skipped: Option<&'static str>,
    /// What is to be filled in or looked at before the report can go out; no errors.
    pub tasks: Tasks,
}

impl Examination {
    /// What is to be looked at, with what was carried over from the year before.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().chain(&self.tasks.carried)
    }
}

/// What the rules found on the way through the stations, and what is to be filled in.
#[derive(Default)]
struct Found {
    findings: Vec<Diagnostic>,
    wanted: BTreeSet<String>,
}

/// An error at a station, and what it hides.
type Stopped = (Problems, &'static str);

impl Project {
    /// Examines a year, the newest where none is asked for. Errors in facts and templates are findings like any other.
    ///
    /// # Errors
    /// There is no project here, or what is to be put aside cannot be read.
    pub fn check(&self, asked: Option<Period>) -> Result<Examination, Problems> {
        let exceptions = self.exceptions()?;
        if !self.texts().is_project() {
            return self.period(asked).map(|_| Examination::default());
        }
        self.terms()?;
        let (found, skipped) = match self.stations(asked) {
            Ok(mut found) => {
                let year = self.period(asked)?;
                found.findings.extend(self.drifts(year));
                found.findings.extend(self.rebased(year));
                (found, None)
            }
            Err((problems, skipped)) => (Found { findings: problems.0, ..Found::default() }, Some(skipped)),
        };
        let (findings, aside) = exceptions.apply(found.findings);
        let figures = self.period(asked).and_then(|year| self.figures(year)).ok();
        let Some(figures) = figures.filter(|_| skipped.is_none()) else {
            return Ok(Examination { findings, aside, skipped, tasks: Tasks::default() });
        };
        let has_before = figures.facts().before(figures.period()).is_some();
        let (carried, findings) =
            findings.into_iter().partition(|finding| has_before && CARRIED.contains(&finding.rule));
        let tasks = Tasks { carried, ..Tasks::of(&figures, &found.wanted) };
        Ok(Examination { findings, aside, skipped, tasks })
    }

    /// Examines a finished text that need not be of this project: with its wordings, and without what it put aside.
    ///
    /// # Errors
    /// The wordings, or what is to be put aside, cannot be read.
    pub fn check_draft(&self, draft: &Prose) -> Result<Examination, Problems> {
        let exceptions = self.exceptions()?;
        let (findings, aside) = exceptions.apply(self.prose(draft)?);
        Ok(Examination { findings, aside, ..Examination::default() })
    }

    /// Holds the figures of a draft against the facts of a year.
    ///
    /// # Errors
    /// The facts have errors, or there is no such year.
    pub fn gate(&self, draft: &Prose, of: Period) -> Result<Gate, Problems> {
        // What the project itself says tells in which words facts are spoken of; it need not come out.
        let own = self.report(None, of, Gaps::Show).ok();
        Ok(gate::judge(draft, &self.figures(of)?, own.as_ref().map(|own| &*own.document)))
    }

    fn exceptions(&self) -> Result<Exceptions, Problems> {
        Ok(Exceptions { off: self.settings()?.off.clone(), confirmed: self.confirmed()?.clone() })
    }

    /// Every rule on prose, those of the office among them.
    fn prose(&self, prose: &Prose) -> Result<Vec<Diagnostic>, Problems> {
        let mut found = check::prose(prose);
        found.extend(check::own_terms(prose, self.terms()?));
        Ok(found)
    }

    /// Station by station; an error at one hides those behind it.
    fn stations(&self, asked: Option<Period>) -> Result<Found, Stopped> {
        const FACTS: &str = "事实文件有错误，先改好，其余的才能接着查";
        const TEMPLATES: &str = "模板有错误，先改好，其余的才能接着查";
        let of_facts = |problems| (problems, FACTS);
        let year = self.period(asked).map_err(of_facts)?;
        let figures = self.figures(year).map_err(of_facts)?;
        let changes = self.changes(year).unwrap_or_default();
        let templates = self.templates().map_err(|problems| (problems, TEMPLATES))?;
        let mut found = Found { findings: notes(&figures), ..Found::default() };
        found.findings.extend(check::project(&Case { figures: &figures, templates, changes: &changes }));
        let typed = Typed::of(templates.written());
        let settings = self.settings().map_err(of_facts)?;
        for name in templates.names().into_iter().filter(|name| settings.is_written_of(name, year)) {
            // Unknown facts are said by a rule of their own.
            match self.of_report(name, &figures, &typed) {
                Ok(of_report) => {
                    found.findings.extend(of_report.findings);
                    found.wanted.extend(of_report.wanted);
                }
                Err(mut problems) => {
                    problems.0.retain(|problem| problem.rule != "unknown-fact");
                    found.findings.extend(problems.0);
                }
            }
        }
        Ok(found)
    }

    /// What was remarked on a report as a draft, what is wrong with its prose, and what it lacks.
    fn of_report(&self, name: &str, figures: &Figures, typed: &Typed<'_>) -> Result<Found, Problems> {
        let report = self.rendered(Some(name), figures.period(), Gaps::Show)?;
        let prose =
            Prose::of_document(&format!("{name}（{}，生成的正文）", figures.period()), &report.document);
        let known = figures.warnings();
        let new = |warning: &Diagnostic| !known.contains(warning);
        let left = self.left(&report, &prose);
        let mut findings: Vec<Diagnostic> = report.marked.warnings.into_iter().filter(new).collect();
        findings.extend(typed.place(self.prose(&prose)?));
        findings.extend(typed.place(left));
        Ok(Found { findings, wanted: report.marked.missing.into_iter().collect() })
    }
}

impl Project {
    /// The days and the number of a report that are typed and are those of the year before.
    fn left(&self, report: &Report, prose: &Prose) -> Vec<Diagnostic> {
        let day = |day: Day, name: &str| {
            let (on, words) = day.typed(&report.document)?;
            Some((on, words, day, format!("{name}还是上年的")))
        };
        let days = [day(Day::Signed, "落款日期"), day(Day::Printed, "印发日期")];
        let typed = issued::typed_number(&report.document);
        if days.iter().all(Option::is_none) && typed.is_none() {
            return Vec::new();
        }
        let before = self.before(report.marked.year);
        let then = before
            .and_then(|before| self.report(Some(&report.marked.template), before, Gaps::Show).ok())
            .map(|then| then.document);
        let Some(then) = then else { return Vec::new() };
        let place = |words: &str| {
            let at = prose.source.text.rfind(words)?;
            Some(Place::new(&prose.source, at..at + words.len()))
        };
        let day = |(on, words, day, what): (Date, String, Day, String)| {
            let then = day.of(&then)?;
            let same = (then.month(), then.day()) == (on.month(), on.day());
            let problem = Diagnostic::warning("doc-day-left", format!("{what}“{words}”"));
            let hint =
                "请在模板里改成今年的日子；年年是这一天的，请在同一行加 {{!-- 不查 doc-day-left：理由 --}}";
            Some(problem.at(&place(&words).filter(|_| same)?).hint(hint))
        };
        let number = |words: String| {
            let same = issued::typed_number(&then).as_ref() == Some(&words);
            let problem =
                Diagnostic::warning("doc-number-left", format!("发文字号的序号还是上年的“{words}”"));
            let hint = "请在模板里改成今年的序号；把序号写进事实文件，模板里写成 {{公文.发文序号}}，以后每年会提醒填写";
            Some(problem.at(&place(&words).filter(|_| same)?).hint(hint))
        };
        days.into_iter().flatten().filter_map(day).chain(typed.and_then(number)).collect()
    }
}

/// Rules that find what the year before left: where there was one, what they find is to be looked at and no error.
const CARRIED: [&str; 4] = ["fact-unverified", "tpl-year", "doc-day-left", "doc-number-left"];

/// What was remarked while reading; what has a rule of its own is said by that.
fn notes(figures: &Figures) -> Vec<Diagnostic> {
    let own = |note: &Diagnostic| !matches!(note.rule, "registry-check" | "unverified");
    figures.warnings().into_iter().filter(own).collect()
}
