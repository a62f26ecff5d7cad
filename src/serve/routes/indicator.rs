//! The registry: what is said of an indicator, and new ones.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{patch, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::save;
use crate::facts::edit::{self, FactEdit};
use crate::facts::{self, registry::IndicatorKind};
use crate::project::indicator::{Column, New, registered};
use crate::project::stored::{Edited, Edits};
use crate::project::texts::Text;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/registry", patch(describe)).route("/api/years/{year}/indicators", post(add))
}

/// What may be changed of an indicator here: the rest would give its facts another meaning.
const FIELDS: [&str; 3] = ["口径", "来源", "主键"];

#[derive(Deserialize)]
struct Described {
    path: String,
    field: String,
    value: String,
}

/// 口径, 来源 or 主键 of an indicator, for all years.
async fn describe(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let base = ask::revision(&headers)?;
        let sent = ask::body::<Described>(&body)?;
        let current = save::current(&project, &Text::Registry)?;
        if current.revision != base {
            let failure = Failure::new(StatusCode::PRECONDITION_FAILED, "changed", "指标表刚刚在别处改过");
            return Err(failure
                .fix("请看看现在的内容，再改一次")
                .with("revision", current.revision.as_str().into()));
        }
        let registry = facts::registry_of(&current.text)?;
        if !registry.indicators.contains_key(&sent.path) || !FIELDS.contains(&sent.field.as_str()) {
            return Err(Failure::missing(format!("指标表里没有“{}”的{}", sent.path, sent.field)));
        }
        let label = format!("{} 的{}", sent.path, sent.field);
        let change =
            FactEdit::Field { path: sent.path, field: sent.field, value: sent.value.trim().to_owned() };
        let edited = edit::apply(&current.text, &[change]).map_err(|error| {
            Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "cannot-edit", error.to_string())
        })?;
        facts::registry_of(&edited)?;
        save::commit(&project, Text::Registry, edited, &label)
    })
    .await
}

#[derive(Deserialize)]
struct Asked {
    path: String,
    kind: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    columns: Vec<ColumnAsked>,
    #[serde(default)]
    key: String,
}

/// A column as the page sends it.
#[derive(Deserialize)]
pub(super) struct ColumnAsked {
    name: String,
    kind: String,
    #[serde(default)]
    unit: String,
}

/// The columns of a new ledger.
pub(super) fn columns(asked: Vec<ColumnAsked>) -> Answer<Vec<Column>> {
    let column = |one: ColumnAsked| {
        let kind = kind(&one.kind)?;
        Ok(Column { name: one.name.trim().to_owned(), kind, unit: one.unit, list: None })
    };
    asked.into_iter().map(column).collect()
}

fn kind(label: &str) -> Answer<IndicatorKind> {
    let known = IndicatorKind::ALL.into_iter().find(|kind| kind.label() == label);
    known.ok_or_else(|| Failure::bad("没有这种类型"))
}

/// A new indicator: registered, and blank in the year's fact file; one step.
async fn add(State(app): State<Arc<App>>, In(year): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let asked = ask::body::<Asked>(&body)?;
        let new = New {
            path: asked.path,
            kind: kind(&asked.kind)?,
            unit: asked.unit,
            source: asked.source,
            definition: asked.definition,
            columns: columns(asked.columns)?,
            key: asked.key,
        };
        let text = project.texts().get(&Text::Registry).map(|stored| stored.source()).transpose()?;
        let registry = text.map(|text| registered(&text.text, &*project.registry()?, &new)).transpose()?;
        let of_year = save::current(&project, &Text::Year(year))?;
        let blank = FactEdit::Set { path: new.path.clone(), value: String::new() };
        let edited = edit::apply(&of_year.text, &[blank]).map_err(|error| {
            Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "cannot-edit", error.to_string())
        })?;
        let mut edits = Edits::one(project.texts(), Text::Year(year), Edited::Text(edited));
        if let Some(registry) = registry {
            edits.add(project.texts(), Text::Registry, Edited::Text(registry));
        }
        project.commit(&edits, &format!("新增指标 {}", new.path), now())?;
        Ok(Json(json!({"path": new.path})))
    })
    .await
}
