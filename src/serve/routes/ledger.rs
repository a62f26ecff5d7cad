//! A ledger as a table. Changes go the way of all facts.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::facts::bad_json;
use crate::facts::registry::IndicatorKind;
use crate::figures::Figures;
use crate::project::ledger::{Column, order_by, table};
use crate::project::texts::{Revision, Text};
use crate::serve::ask;
use crate::serve::change::{self, Sent, Sure};
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/years/{year}/ledgers/{path}", get(ledger))
        .route("/api/years/{year}/ledgers/{path}/order", get(order))
        .route("/api/years/{year}/judge", post(judge))
}

async fn ledger(State(app): State<Arc<App>>, In((year, path)): In<(String, String)>) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let figures = project.figures(year)?;
        let table =
            table(&figures, &path).ok_or_else(|| Failure::missing(format!("没有“{path}”这个台账")))?;
        Ok(Json(json!({
            "path": table.path, "key": table.key, "feeds": feeds(&figures, &table.feeds),
            "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
            "rows": table.rows,
            "revision": project.texts().revision(&Text::Year(year)).as_ref().map(Revision::as_str),
        })))
    })
    .await
}

#[derive(Deserialize)]
struct By {
    column: String,
    #[serde(default)]
    down: bool,
}

/// The rows in the order of a column, by their numbers from 1; nothing is changed.
async fn order(
    State(app): State<Arc<App>>,
    In((year, path)): In<(String, String)>,
    Query(by): Query<By>,
) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let figures = project.figures(year)?;
        let order = order_by(&figures, &path, &by.column, by.down);
        let order = order.ok_or_else(|| Failure::missing(format!("没有“{path}”这个台账")))?;
        Ok(Json(json!({"order": order.iter().map(|row| row + 1).collect::<Vec<_>>()})))
    })
    .await
}

fn column(column: &Column) -> Value {
    let (total, why) = match &column.total {
        Some(Ok(total)) => (Some(total), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, None),
    };
    json!({
        "name": column.name, "kind": column.kind.map(IndicatorKind::label), "unit": column.unit, "choices": column.choices,
        "number": matches!(column.kind, Some(IndicatorKind::Flow | IndicatorKind::Stock | IndicatorKind::Rate)), "total": total, "why": why,
    })
}

/// What the report makes of the ledger.
fn feeds(figures: &Figures, paths: &[String]) -> Value {
    let value = |path: &String| {
        let figure = figures.figure(path, figures.period());
        json!({"path": path, "value": figure.map(|figure| figure.text.clone()).unwrap_or_default()})
    };
    paths.iter().map(value).collect()
}

#[derive(Deserialize)]
struct Judged {
    changes: Vec<Sent>,
    #[serde(default)]
    sure: Sure,
}

/// What is wrong with changes, without making them.
async fn judge(State(app): State<Arc<App>>, In(year): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        ask::year(&project, &year)?;
        let Judged { changes: sent, sure } = ask::body(&body)?;
        let registry = project.registry()?;
        let (_, bad) = change::judged(&sent, &registry, sure);
        Ok(Json(json!({"bad": bad.iter().map(bad_json).collect::<Vec<_>>()})))
    })
    .await
}
