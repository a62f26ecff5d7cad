//! Forms for villages and offices: set up, handed out, and who has answered. What came back is taken in like every
//! workbook.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::download::file;
use super::indicator::{ColumnAsked, columns};
use super::workbook::named;
use crate::period::Period;
use crate::project::Project;
use crate::project::collecting::{self, Collected, SetUp};
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/years/{year}/collections", get(collections).post(set_up))
        .route("/api/years/{year}/forms", get(forms).post(put))
}

/// What is collected in a year, and how far it is.
async fn collections(State(app): State<Arc<App>>, In(year): In<String>) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let all = collecting::all(&project, year)?;
        Ok(Json(json!({"collections": all.iter().map(collection).collect::<Vec<_>>()})))
    })
    .await
}

fn collection(one: &Collected) -> Value {
    let column =
        |(name, unit, asked): &(String, String, bool)| json!({"name": name, "unit": unit, "asked": asked});
    let unit = |(name, blank): &(String, Vec<String>)| json!({"name": name, "returned": one.has_answered(blank), "blank": blank});
    json!({
        "ledger": one.ledger, "key": one.key, "list": one.list, "due": one.due.map(|due| due.to_string()),
        "count": one.units.len(), "columns": one.columns.iter().map(column).collect::<Vec<_>>(),
        "units": one.units.iter().map(unit).collect::<Vec<_>>(),
    })
}

#[derive(Deserialize)]
struct Wanted {
    ledger: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    columns: Vec<ColumnAsked>,
    #[serde(default)]
    asked: Vec<String>,
    units: Vec<String>,
    #[serde(default)]
    due: String,
    #[serde(default)]
    totals: bool,
}

/// Sets a collection up, or changes who is asked for what; one step.
async fn set_up(State(app): State<Arc<App>>, In(year): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let sent = ask::body::<Wanted>(&body)?;
        let due = Some(sent.due.trim()).filter(|due| !due.is_empty()).map(str::parse).transpose();
        let due = due.map_err(|_| Failure::bad("截止日期看不懂").fix("请写成 2025-12-20"))?;
        let wanted = SetUp {
            ledger: sent.ledger.trim().to_owned(),
            key: sent.key.trim().to_owned(),
            columns: columns(sent.columns)?,
            asked: sent.asked,
            units: sent.units,
            due,
            totals: sent.totals,
        };
        let edits = collecting::set_up(&project, year, &wanted)?;
        project.commit(&edits, &format!("设置采集表 {}", wanted.ledger), now())?;
        Ok(Json(json!({"ledger": wanted.ledger})))
    })
    .await
}

#[derive(Deserialize)]
struct Chosen {
    ledger: String,
}

fn known(project: &Project, year: Period, ledger: &str) -> Answer<()> {
    match collecting::all(project, year)?.iter().any(|known| known.ledger == ledger) {
        true => Ok(()),
        false => Err(Failure::missing(format!("没有可以向下收数的台账“{ledger}”"))),
    }
}

/// The forms of a collection in one archive.
async fn forms(State(app): State<Arc<App>>, In(year): In<String>, uri: Uri) -> Answer<Response> {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let ledger = ask::query::<Chosen>(&uri)?.ledger;
        known(&project, year, &ledger)?;
        let bytes = collecting::archive(&project, year, &ledger)?;
        Ok(file(&named(&format!("{ledger}_{year}采集表"), "zip"), "zip", bytes))
    })
    .await
}

/// Puts the forms into the folder of the project, one file a village.
async fn put(State(app): State<Arc<App>>, In(year): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let ledger = ask::body::<Chosen>(&body)?.ledger;
        known(&project, year, &ledger)?;
        let (folder, count) = collecting::put(&project, year, &ledger)?;
        Ok(Json(json!({"folder": folder, "count": count})))
    })
    .await
}
