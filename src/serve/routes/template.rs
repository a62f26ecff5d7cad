//! Templates, and any other text of the project as it is written, for whoever mends it by hand.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, State};
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::save;
use crate::diag::{Diagnostic, Level, Problems, render};
use crate::figures;
use crate::project::stored::{Edited, Edits, empty};
use crate::project::texts::Text;
use crate::project::value::Project;
use crate::report::Gaps;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, work};
use crate::serve::words::words;
use crate::template;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/texts/{*id}", get(text).put(save_text))
        .route("/api/vocabulary", get(vocabulary))
}

fn known(project: &Project, id: &str) -> Answer<Text> {
    let text = Text::parse(id).filter(|text| project.texts().get(text).is_some());
    text.ok_or_else(|| Failure::missing(format!("没有“{id}”")))
}

/// A text as it is written.
async fn text(State(app): State<Arc<App>>, In(id): In<String>) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let text = known(&project, &id)?;
        let current = save::current(&project, &text)?;
        let findings = render::json(&problems(&project, &text, &current.text).0, words)["findings"].clone();
        Ok(Json(json!({
            "name": text.name(), "text": current.text, "revision": current.revision.as_str(), "findings": findings,
        })))
    })
    .await
}

#[derive(Deserialize)]
struct Written {
    text: String,
}

/// Saves a text. What would make errors is not saved, unless the text has errors already and is being mended.
async fn save_text(
    State(app): State<Arc<App>>,
    In(id): In<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let text = known(&project, &id)?;
        let base = ask::revision(&headers)?;
        let written = ask::body::<Written>(&body)?.text;
        let current = save::current(&project, &text)?;
        if current.revision != base {
            let failure = Failure::new(
                axum::http::StatusCode::PRECONDITION_FAILED,
                "changed",
                format!("{} 刚刚在别处改过", text.name()),
            );
            return Err(failure
                .fix("请核对两边的内容，决定用哪一个")
                .with("revision", current.revision.as_str().into())
                .with("current", current.text.into()));
        }
        // A browser hands back lines that end in one character; the file keeps its own kind.
        let lines = if current.text.contains("\r\n") {
            written.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            written
        };
        let errors = problems(&project, &text, &lines);
        let before = problems(&project, &text, &current.text);
        if count(&errors) > 0 && count(&errors) >= count(&before) {
            return Err(errors.into());
        }
        save::commit(&project, text.clone(), lines, &format!("改动 {}", text.name()))
    })
    .await
}

fn count(problems: &Problems) -> usize {
    problems.0.iter().filter(|problem| problem.level == Level::Error).count()
}

/// What is wrong with a text, were it written so.
fn problems(project: &Project, text: &Text, content: &str) -> Problems {
    let mut edits = Edits::default();
    edits.put(text.clone(), None, Edited::Text(content.to_owned()));
    let written = project.with(&edits);
    let stored = written.texts().get(text);
    let name = stored.map(|stored| stored.name()).unwrap_or_default();
    let outcome = match text {
        Text::Template(_) => rendered(&written),
        _ if content.trim().is_empty() => return empty(name).into(),
        Text::Year(_) | Text::Registry => {
            written.period(None).and_then(|year| written.figures(year)).map(drop)
        }
        _ => Ok(()),
    };
    let mut problems = outcome.err().unwrap_or_default();
    // What the registry takes away is missed in the fact files.
    let here = |problem: &Diagnostic| {
        *text == Text::Registry || problem.place.as_ref().is_some_and(|place| place.source.name == name)
    };
    problems.0.retain(here);
    problems
}

/// Every report of a project for the newest year. Errors of facts are others'.
fn rendered(project: &Project) -> Result<(), Problems> {
    let templates = project.templates()?;
    let Ok(year) = project.period(None) else { return Ok(()) };
    if project.figures(year).is_err() {
        return Ok(());
    }
    let names = templates.names().into_iter();
    names.map(Some).try_for_each(|name| project.rendered(name, year, Gaps::Show).map(drop))
}

/// What can be written in a template: facts and helpers.
async fn vocabulary(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| {
        let project = app.project();
        let figures = project.figures(project.period(None)?)?;
        let year = figures.period();
        let fact = |path: &str| {
            let value = figures.figure(path, year).map(|figure| figure.text.clone());
            let value = value.or_else(|_| figures.fact(path, year).map(|fact| figures::value_text(&fact.value)));
            json!({"path": path, "value": value.unwrap_or_default(), "kind": figures.kind(path).map(|kind| kind.label())})
        };
        let facts: Vec<Value> = figures.paths().into_iter().map(fact).collect();
        let helpers: Vec<Value> = template::helpers()
            .map(|helper| json!({"name": helper.name, "block": helper.block, "example": helper.example}))
            .collect();
        Ok(Json(json!({"facts": facts, "helpers": helpers})))
    })
    .await
}
