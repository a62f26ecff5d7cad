//! Taking back, making again, and the versions of the project.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::project::journal::Step;
use crate::project::store::Done;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/undo", post(undo))
        .route("/api/redo", post(redo))
        .route("/api/history", get(history).post(mark))
        .route("/api/history/{step}/name", post(name))
        .route("/api/history/{step}/restore", post(restore))
}

#[derive(Deserialize)]
struct Agreed {
    /// Whether a change by another program may be taken back.
    #[serde(default)]
    outside: bool,
}

async fn undo(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    work(app, move |app| {
        let agreed = ask::body::<Agreed>(&body)?.outside;
        Ok(done(&app.project().undo(agreed, now())?))
    })
    .await
}

async fn redo(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| Ok(done(&app.project().redo(now())?))).await
}

fn done(done: &Done) -> Json<Value> {
    let step = done.step.as_ref();
    let texts: Vec<&String> = step.iter().flat_map(|step| step.turns.keys()).collect();
    Json(json!({"label": step.map(|step| &step.label), "texts": texts}))
}

/// Every version, newest first, with the time of this computer.
async fn history(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| {
        let history = app.project().history()?;
        let zone = TimeZone::system();
        let step = |step: &Step| {
            let at = step.at.to_zoned(zone.clone());
            json!({
                "id": step.id, "kind": step.kind, "label": step.label, "name": step.name, "of": step.of,
                "date": at.strftime("%Y-%m-%d").to_string(), "time": at.strftime("%H:%M").to_string(),
                "texts": step.turns.keys().collect::<Vec<_>>(),
            })
        };
        Ok(Json(json!({"steps": history.steps.iter().rev().map(step).collect::<Vec<_>>()})))
    })
    .await
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

const LONGEST_NAME: usize = 60;

fn name_of(body: &Bytes) -> Answer<String> {
    let name = ask::body::<Name>(body)?.name;
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Failure::bad("版本的名称太长，或有特殊字符").fix("请起一个短一些的名称，例如“送审稿”"));
    }
    Ok(name)
}

/// Gives the project as it is now a name.
async fn mark(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    work(app, move |app| {
        app.project().name(None, &name_of(&body)?, now())?;
        Ok(Json(json!({})))
    })
    .await
}

async fn name(State(app): State<Arc<App>>, In(step): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        app.project().name(Some(number(&step)?), &name_of(&body)?, now())?;
        Ok(Json(json!({})))
    })
    .await
}

async fn restore(State(app): State<Arc<App>>, In(step): In<String>) -> Answer {
    work(app, move |app| Ok(done(&app.project().restore(number(&step)?, now())?))).await
}

fn number(words: &str) -> Answer<u64> {
    words.parse().map_err(|_| Failure::missing("没有这个版本"))
}
