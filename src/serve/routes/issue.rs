//! A report that was sent: kept as it was, and shown beside what is being edited.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path as In, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::LARGEST_FILES;
use crate::document::issued::day;
use crate::layout::lay_out;
use crate::project::draft;
use crate::project::issued::{Issue, Kept};
use crate::project::value::Basis;
use crate::report::Gaps;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, today, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/years/{year}/issue", post(issue))
        .layer(DefaultBodyLimit::max(LARGEST_FILES))
        .route("/api/years/{year}/issued", get(issued))
        .route("/api/issued", get(list))
}

#[derive(Deserialize)]
struct Wanted {
    template: Option<String>,
    /// Why it is made final once more.
    again: Option<String>,
    /// The name of the file that was sent, where it was changed after it was made here; its bytes are the body.
    file: Option<String>,
    /// The day since which it is final; today where it is not said.
    on: Option<String>,
}

/// What was issued when, and the year before another of which nothing was.
async fn list(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| {
        let project = app.project();
        let entry = |kept: &Kept| {
            let (head, differs) = (kept.head.as_ref().ok(), kept.differing);
            let (on, from) = (head.map(|head| day(head.on)), head.map(|head| head.from.as_str()));
            let (again, edited) = (head.map(|head| &head.corrections), head.map(|head| head.edited));
            json!({"year": kept.of, "report": kept.name, "line": kept.line(), "on": on, "from": from,
                   "corrections": again, "edited": edited, "differs": differs})
        };
        let issued: Vec<_> = project.all_issued().iter().map(entry).collect();
        let open: Vec<_> =
            project.years().filter(|year| project.issued_reports(*year).next().is_none()).collect();
        Ok(Json(json!({"issued": issued, "open": open})))
    })
    .await
}

/// Makes the report of a year final, as it is now or as a file says it; a step like any other.
async fn issue(
    State(app): State<Arc<App>>,
    In(year): In<String>,
    Query(wanted): Query<Wanted>,
    body: Bytes,
) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let again = wanted.again.as_deref().map(str::trim).filter(|why| !why.is_empty());
        let read = wanted.file.as_deref().map(|name| draft::held(&body, name)).transpose()?;
        let file = wanted.file.as_deref().zip(read.as_ref());
        let on = match wanted.on.as_deref().map(str::trim).filter(|on| !on.is_empty()) {
            Some(on) => {
                on.parse().map_err(|_| Failure::bad("定稿的日期看不懂").fix("请写成 2024-12-26 的样子"))?
            }
            None => today(),
        };
        let edits = project.issue(wanted.template.as_deref(), year, Issue { file, on, again })?;
        project.commit(&edits, &format!("{year}定稿"), now())?;
        let file = edits.iter().next().map(|(text, _)| text.name());
        Ok(Json(json!({"on": day(on), "file": file})))
    })
    .await
}

/// The pages of the report that was issued.
async fn issued(State(app): State<Arc<App>>, In(year): In<String>, Query(of): Query<Wanted>) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let edition = project.report(of.template.as_deref(), year, Gaps::Show)?;
        let Basis::Issued { on } = edition.basis else {
            return Err(Failure::missing(format!("{year}还没有定稿")));
        };
        let pages = lay_out(&edition.document);
        let pages: Vec<String> = (1..=pages.pages.len()).map(|number| pages.html(number)).collect();
        Ok(Json(json!({"on": day(on), "pages": pages})))
    })
    .await
}
