//! Templates, and any other text of the project as it is written, for whoever mends it by hand.

use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, State};
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::save;
use crate::diag::{Diagnostic, Level, Problems, Source, render};
use crate::facts;
use crate::figures;
use crate::project::report::templates;
use crate::project::texts::{Text, list};
use crate::report::{self, Gaps};
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, work};
use crate::template;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/texts/{*id}", get(text).put(save_text))
        .route("/api/vocabulary", get(vocabulary))
}

fn known(app: &App, id: &str) -> Answer<Text> {
    let text = Text::parse(id).filter(|text| list(&app.project()).contains(text));
    text.ok_or_else(|| Failure::missing(format!("没有“{id}”")))
}

/// A text as it is written.
async fn text(State(app): State<Arc<App>>, In(id): In<String>) -> Answer {
    work(app, move |app| {
        let text = known(app, &id)?;
        let current = save::current(&app.project(), &text)?;
        let findings = render::json(&problems(app, &text, &current.text).0)["findings"].clone();
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
        let text = known(app, &id)?;
        let base = ask::revision(&headers)?;
        let written = ask::body::<Written>(&body)?.text;
        let current = save::current(&app.project(), &text)?;
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
        let errors = problems(app, &text, &lines);
        let before = problems(app, &text, &current.text);
        if count(&errors) > 0 && count(&errors) >= count(&before) {
            return Err(errors.into());
        }
        save::commit(app, text.clone(), &current, &lines, &format!("改动 {}", text.name()))
    })
    .await
}

fn count(problems: &Problems) -> usize {
    problems.0.iter().filter(|problem| problem.level == Level::Error).count()
}

/// What is wrong with a text, were it written so.
fn problems(app: &App, text: &Text, content: &str) -> Problems {
    let project = app.project();
    let template = matches!(text, Text::Template(_));
    if !template && content.trim().is_empty() {
        return facts::read::empty(&text.name()).into();
    }
    let outcome = match text {
        Text::Template(name) => rendered(&project, (name, content)),
        Text::Year(_) | Text::Registry => facts::texts(&project).and_then(|mut texts| {
            let source = Arc::new(Source::new(text.name(), content));
            match text {
                Text::Year(year) => drop(texts.years.insert(*year, source)),
                _ => texts.registry = Some(source),
            }
            figures::compute(texts.facts(None)?).map(drop)
        }),
        _ => Ok(()),
    };
    let name = text.name();
    let mut problems = outcome.err().unwrap_or_default();
    // What the registry takes away is missed in the fact files.
    let here = |problem: &Diagnostic| {
        *text == Text::Registry || problem.place.as_ref().is_some_and(|place| place.source.name == name)
    };
    problems.0.retain(here);
    problems
}

/// Every report of the project with a template written so, for the newest year. Errors of facts are others'.
fn rendered(project: &Path, written: (&str, &str)) -> Result<(), Problems> {
    let templates = templates(project, Some(written))?;
    let Ok(figures) = facts::load(project, None).and_then(figures::compute) else { return Ok(()) };
    templates
        .names()
        .into_iter()
        .try_for_each(|name| report::of(&templates, name, &figures, Gaps::Show).map(drop))
}

/// What can be written in a template: facts and helpers.
async fn vocabulary(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| {
        let figures = figures::compute(facts::load(&app.project(), None)?)?;
        let year = figures.year();
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
