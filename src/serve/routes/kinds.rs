//! Kinds of reports that are ready to use: what they are, how they look, and a project that gets them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::layout::lay_out;
use crate::project::founding;
use crate::project::kinds::{self, KINDS, Kind};
use crate::report::Gaps;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/kinds", get(listed).post(add)).route("/api/kinds/{name}/pages", get(pages))
}

#[derive(Deserialize)]
struct Chosen {
    kinds: Vec<String>,
}

/// Every kind, and whether the project has it already.
async fn listed(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| {
        let project = app.project();
        let names = project.templates().map(|templates| templates.names()).unwrap_or_default();
        let one = |kind: &Kind| json!({"name": kind.name, "about": kind.about, "there": names.contains(&kind.template)});
        Ok(Json(json!({"kinds": KINDS.iter().map(one).collect::<Vec<Value>>()})))
    })
    .await
}

/// How a kind looks: the pages of its newest sample.
async fn pages(State(app): State<Arc<App>>, In(name): In<String>) -> Answer {
    work(app, move |_| {
        let kind = kinds::named(&name)?;
        let sample = kinds::sample_of(kind);
        let of = sample.shown_of(Some(kind.template), None)?;
        let report = sample.rendered(Some(kind.template), of, Gaps::Show)?;
        let pages = lay_out(&report.document);
        let pages: Vec<String> = (1..=pages.pages.len()).map(|number| pages.html(number)).collect();
        Ok(Json(json!({"name": kind.name, "pages": pages})))
    })
    .await
}

/// A new project with kinds in an empty folder; into a project that is there they are added. One step either way.
async fn add(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    work(app, move |app| {
        let Chosen { kinds: names } = ask::body(&body)?;
        let chosen = names.iter().map(|name| kinds::named(name)).collect::<Result<Vec<_>, _>>()?;
        if chosen.is_empty() {
            return Err(Failure::bad("没有选报告").fix("请先勾选一种"));
        }
        let project = app.project();
        let edits = match project.texts().is_project() {
            true => kinds::add(&project, &chosen)?,
            false => founding::edits(&project, &kinds::files(&chosen)?)?,
        };
        if edits.is_empty() {
            return Err(Failure::bad("选的报告已经在这个项目里了"));
        }
        project.commit(&edits, &format!("加上{}", names.join("、")), now())?;
        Ok(Json(json!({})))
    })
    .await
}
