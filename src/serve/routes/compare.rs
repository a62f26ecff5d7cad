//! A year against another: prose side by side, what was copied, and the facts.

use std::sync::Arc;

use axum::extract::{Path as In, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::diff::facts::FactChange;
use crate::diff::{self, Class, Share, Side, view};
use crate::document::Document;
use crate::period::Period;
use crate::project::report::{Asked, Report, report};
use crate::project::settings;
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
        let settings = settings::load(&project)?;
        let of_year = |year| report(&project, Asked { year: Some(year), template: of.template.as_deref(), ..Asked::default() });
        let (then, now) = (of_year(old)?, of_year(new)?);
        let changes = diff::facts::compare(&then.figures, &now.figures, settings.swing);
        let difference = diff::compare(side(old, then)?, side(new, now)?, &settings.fixed_wording);
        let copied = &difference.copied;
        let percent = |share: Share| share.percent();
        let classes = Class::ALL.iter().map(|class| {
            json!({"name": class.name(), "label": class.label(), "count": difference.count(*class)})
        });
        let shown: Vec<&FactChange> = changes.iter().filter(|one| one.changed() || one.asks()).collect();
        let names = (old.words(), new.words());
        Ok(Json(json!({
            "old": old, "new": new,
            "copied": percent(copied.body), "copied_whole": percent(copied.whole), "found": percent(copied.shingles),
            "classes": classes.collect::<Vec<_>>(),
            "moved": difference.blocks.iter().filter(|block| block.moved.is_some()).count(),
            "prose": view::html::fragment(&difference),
            "summary": view::html::summary_fragment(&difference),
            "facts": view::html::facts_fragment(&shown, (&names.0, &names.1)),
            "changed": changes.iter().filter(|one| one.changed()).count(),
            "asking": changes.iter().filter(|one| one.asks()).count(),
        })))
    })
    .await
}

fn side(year: Period, report: Report) -> Answer<Side> {
    let document: Document = report.draft?.document;
    Ok(Side { name: year.words(), year: Some(year), document })
}
