//! What `check` finds, with where it is shown and what can be done about it at once.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::save;
use crate::check::{Aside, Confirmed, block_at, fix};
use crate::diag::{About, Diagnostic, Place, alike};
use crate::figures::Figures;
use crate::layout::{Pages, lay_out};
use crate::period::Period;
use crate::project::confirm;
use crate::project::texts::{Revision, Text};
use crate::project::value::Project;
use crate::report::{Gaps, Report};
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, work};
use crate::serve::words::words;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/years/{year}/problems", get(problems))
        .route("/api/years/{year}/fix", post(mend))
        .route("/api/years/{year}/confirm", post(confirm_fact))
}

#[derive(Deserialize)]
struct Of {
    template: Option<String>,
}

/// Every finding of a year.
async fn problems(State(app): State<Arc<App>>, In(year): In<String>, Query(of): Query<Of>) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let examined = project.check(Some(year))?;
        let shown = Shown::of(&project, year, of.template.as_deref());
        let aside = |one: &Aside| json!({"finding": shown.finding(&one.finding), "reason": one.reason});
        Ok(Json(json!({
            "findings": examined.findings.iter().map(|one| shown.finding(one)).collect::<Vec<_>>(),
            "aside": examined.aside.iter().map(aside).collect::<Vec<_>>(),
            "skipped": examined.skipped,
            "tasks": examined.tasks.to_json(),
            "carried": examined.tasks.carried.iter().map(|one| shown.finding(one)).collect::<Vec<_>>(),
        })))
    })
    .await
}

/// The report that findings are shown in, as far as it comes.
struct Shown {
    figures: Option<Figures>,
    report: Option<Report>,
    pages: Option<Pages>,
}

impl Shown {
    fn of(project: &Project, year: Period, template: Option<&str>) -> Shown {
        let report = project.rendered(template, year, Gaps::Show).ok();
        let pages = report.as_ref().map(|report| lay_out(&report.document));
        Shown { figures: project.figures(year).ok(), pages, report }
    }

    fn finding(&self, problem: &Diagnostic) -> Value {
        let place = problem.place.as_ref();
        let text = place.and_then(text_of).map(|text| text.id());
        let spot = problem.shown.as_ref().or(place).and_then(|place| self.spot(place));
        let fix = problem.fix.as_ref().zip(place).filter(|_| text.is_some());
        json!({
            "id": id(problem), "level": problem.level.name(), "rule": problem.rule,
            "message": problem.message, "hints": problem.hints.iter().map(|hint| hint.words(words)).collect::<Vec<_>>(),
            "text": text, "file": place.map(|place| place.source.name.as_str()),
            "line": place.map(Place::line), "column": place.map(Place::column),
            "path": self.path(problem),
            "page": spot.map(|spot| spot.0), "row": spot.map(|spot| spot.1),
            "fix": fix.map(|(fix, place)| json!({"old": place.source.text.get(fix.span.clone()), "new": fix.new})),
            "about": problem.about.as_ref().map(|about| json!({"path": about.path, "year": about.year, "value": about.value})),
        })
    }

    /// Page and line of the report, both from 1.
    fn spot(&self, place: &Place) -> Option<(usize, usize)> {
        let report = self.report.as_ref()?;
        if text_of(place).is_some() {
            return None;
        }
        let (block, at) = block_at(&report.document, &place.source, place.span.start)?;
        self.pages.as_ref()?.place(block, at)
    }

    /// The fact that a finding is about: as it says, or the one that stands at its place.
    fn path(&self, problem: &Diagnostic) -> Option<String> {
        if let Some(about) = &problem.about {
            return Some(about.path.clone());
        }
        let place = problem.place.as_ref()?;
        let facts = self.figures.as_ref()?.facts();
        let Text::Year(year) = text_of(place)? else { return None };
        let here = |one: &Place| one.line() == place.line() || one.span.contains(&place.span.start);
        let of_year = facts.years.get(&year)?;
        of_year.facts.values().find(|fact| here(&fact.place)).map(|fact| fact.path.clone())
    }
}

/// The text of the project that a place is in; nothing for the finished report.
fn text_of(place: &Place) -> Option<Text> {
    Text::of_file(&place.source.name)
}

/// A finding is known by what it says and where.
fn id(problem: &Diagnostic) -> String {
    let place = problem.place.as_ref();
    let at = place.map(|place| (place.source.name.as_str(), place.span.start, place.span.end));
    Revision::of(format!("{} {} {at:?}", problem.rule, problem.message).as_bytes()).as_str().to_owned()
}

#[derive(Deserialize)]
struct Wanted {
    id: String,
    /// Whether all that say the same of the same text are meant.
    #[serde(default)]
    all: bool,
}

/// Makes the mechanical repair of a finding, if it is still there, or of all of its kind.
async fn mend(State(app): State<Arc<App>>, In(year): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let wanted = ask::body::<Wanted>(&body)?;
        let found = project.check(Some(year))?.findings;
        let gone = || Failure::missing("这个问题已经不在了").fix("列表马上会更新");
        let problem = found.iter().find(|problem| id(problem) == wanted.id).ok_or_else(gone)?;
        let (Some(place), Some(_)) = (&problem.place, &problem.fix) else { return Err(gone()) };
        let text = text_of(place).ok_or_else(gone)?;
        let current = save::current(&project, &text)?;
        if current.text != place.source.text {
            return Err(gone());
        }
        let of_kind =
            alike(&found).into_iter().find(|kind| kind.first == problem || kind.others.contains(&problem));
        let meant: Vec<Diagnostic> = match of_kind.filter(|_| wanted.all) {
            Some(kind) => std::iter::once(kind.first).chain(kind.others).cloned().collect(),
            None => vec![problem.clone()],
        };
        let (mended, _) = fix::apply(&current.text, &meant);
        save::commit(&project, text, mended, &format!("按检查改正：{}", problem.message))
    })
    .await
}

#[derive(Deserialize)]
struct Confirmation {
    rule: String,
    path: String,
    value: String,
    by: String,
    #[serde(default)]
    note: String,
}

/// Keeps that a fact is as it is, and who says so.
async fn confirm_fact(State(app): State<Arc<App>>, In(year): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let sent = ask::body::<Confirmation>(&body)?;
        let one_line = |words: &str| !words.chars().any(char::is_control);
        if sent.by.trim().is_empty() || !one_line(&sent.by) || !one_line(&sent.note) {
            return Err(Failure::bad("没有写谁确认").fix("请填写姓名"));
        }
        let about = About { path: sent.path, year, value: sent.value };
        let found = project.check(Some(year))?;
        if !found.all().any(|one| one.rule == sent.rule && one.about.as_ref() == Some(&about)) {
            return Err(Failure::missing("这个问题已经不在了，或值又改过").fix("列表马上会更新"));
        }
        let label = format!("确认属实：{} {}", about.path, about.value);
        let date = now().to_zoned(jiff::tz::TimeZone::system()).date().to_string();
        let (by, note) = (sent.by.trim().to_owned(), sent.note.trim().to_owned());
        let confirmed = Confirmed { rule: sent.rule, about, by, date, note };
        project.commit(&confirm::edits(project.texts(), confirmed)?, &label, now())?;
        Ok(Json(json!({})))
    })
    .await
}
