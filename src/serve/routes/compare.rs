//! A year against another: prose side by side, what was copied, and the facts.

use std::sync::Arc;

use axum::extract::{Path as In, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::diff::facts::FactChange;
use crate::diff::{Class, Share, view};
use crate::document::issued::Basis;
use crate::project::compare::Against;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/compare/{old}/{new}", get(compare))
}

#[derive(Deserialize)]
struct Of {
    template: Option<String>,
}

async fn compare(
    State(app): State<Arc<App>>,
    In((old, new)): In<(String, String)>,
    Query(of): Query<Of>,
) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let (old, new) = (ask::year(&project, &old)?, ask::year(&project, &new)?);
        if old == new {
            return Err(Failure::bad("两边是同一年").fix("请选不同的两年"));
        }
        let [then, now] = [old, new].map(|year| Some(Against::Year(year)));
        let compared = project.diff(then, now, of.template.as_deref())?;
        let changes = compared.changes().unwrap_or_default();
        let names = [compared.names().0, compared.names().1].map(str::to_owned);
        let about = compared.basis();
        let difference = compared.difference();
        let copied = &difference.copied;
        let percent = |share: Share| share.percent();
        let classes = Class::ALL.iter().map(|class| {
            json!({"name": class.name(), "label": class.label(), "count": difference.count(*class)})
        });
        let shown: Vec<&FactChange> = changes.iter().filter(|one| one.changed() || one.asks()).collect();
        Ok(Json(json!({
            "old": old, "new": new, "basis": difference.old.basis.map(Basis::name), "about": about,
            "copied": percent(copied.body), "copied_whole": percent(copied.whole), "found": percent(copied.shingles),
            "classes": classes.collect::<Vec<_>>(),
            "moved": difference.blocks.iter().filter(|block| block.moved.is_some()).count(),
            "prose": view::html::fragment(&difference),
            "summary": view::html::summary_fragment(&difference),
            "facts": view::html::facts_fragment(&shown, (&names[0], &names[1])),
            "changed": changes.iter().filter(|one| one.changed()).count(),
            "asking": changes.iter().filter(|one| one.asks()).count(),
        })))
    })
    .await
}
