//! A year against another, against what was issued, or against a file: prose side by side, what was copied, and the facts.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path as In, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::{LARGEST_FILES, download};
use crate::diff::facts::FactChange;
use crate::diff::{Class, Share, view};
use crate::document::issued::Basis;
use crate::output::Format;
use crate::project::compare::{Against, Compared};
use crate::project::draft;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/compare/{old}/{new}", get(years))
        .route("/api/years/{year}/compare", post(file))
        .route("/api/years/{year}/redline", post(redline))
        .layer(DefaultBodyLimit::max(LARGEST_FILES))
}

#[derive(Deserialize)]
struct Of {
    template: Option<String>,
    /// The name of a file that a year is compared with; its bytes are the body.
    file: Option<String>,
}

/// Two years; a year and itself: what was issued, and what it would be now.
async fn years(
    State(app): State<Arc<App>>,
    In((old, new)): In<(String, String)>,
    Query(of): Query<Of>,
) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let (old, new) = (ask::year(&project, &old)?, ask::year(&project, &new)?);
        if old == new && project.issued_reports(old).next().is_none() {
            return Err(Failure::bad(format!("{old}还没有定稿，没有可对比的")).fix("请选别的年度"));
        }
        let [then, now] = [old, new].map(|year| Some(Against::Year(year)));
        answer(project.diff(then, now, of.template.as_deref())?)
    })
    .await
}

/// A finished document and a year: the document is the older side.
async fn file(
    State(app): State<Arc<App>>,
    In(year): In<String>,
    Query(of): Query<Of>,
    body: Bytes,
) -> Answer {
    work(app, move |app| answer(held_against(app, &year, &of, &body)?)).await
}

/// A year with everything that changed since a finished document as tracked changes.
async fn redline(
    State(app): State<Arc<App>>,
    In(year): In<String>,
    Query(of): Query<Of>,
    body: Bytes,
) -> Answer<Response> {
    work(app, move |app| {
        let compared = held_against(app, &year, &of, &body)?;
        let name =
            format!("{}_对比_{}.docx", compared.names().1, stem(of.file.as_deref().unwrap_or_default()));
        let bytes = download::revised(&compared.difference())?;
        Ok(download::file(&name, Format::Docx.ending(), bytes))
    })
    .await
}

fn held_against(app: &App, year: &str, of: &Of, body: &Bytes) -> Answer<Compared> {
    let project = app.project();
    let year = ask::year(&project, year)?;
    let name = of.file.as_deref().ok_or_else(|| Failure::bad("没有说和哪个文件对比"))?;
    let document = draft::held(body, name)?.document;
    let old = Against::Document(name.to_owned(), document);
    Ok(project.diff(Some(old), Some(Against::Year(year)), of.template.as_deref())?)
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn answer(compared: Compared) -> Answer {
    let changes = compared.changes();
    let has_facts = changes.is_some();
    let changes = changes.unwrap_or_default();
    let names = [compared.names().0, compared.names().1].map(str::to_owned);
    let about = compared.basis();
    let difference = compared.difference();
    let copied = &difference.copied;
    let percent = |share: Share| share.percent();
    let classes = Class::ALL.iter().map(
        |class| json!({"name": class.name(), "label": class.label(), "count": difference.count(*class)}),
    );
    let shown: Vec<&FactChange> = changes.iter().filter(|one| one.changed() || one.asks()).collect();
    Ok(Json(json!({
        "old": names[0], "new": names[1], "basis": difference.old.basis.map(Basis::name), "about": about,
        "copied": percent(copied.body), "copied_whole": percent(copied.whole), "found": percent(copied.shingles),
        "classes": classes.collect::<Vec<_>>(),
        "moved": difference.blocks.iter().filter(|block| block.moved.is_some()).count(),
        "prose": view::html::fragment(&difference),
        "summary": view::html::summary_fragment(&difference),
        "facts": has_facts.then(|| view::html::facts_fragment(&shown, (&names[0], &names[1]))),
        "changed": changes.iter().filter(|one| one.changed()).count(),
        "asking": changes.iter().filter(|one| one.asks()).count(),
    })))
}
