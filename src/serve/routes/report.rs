//! The report page by page, also of values and words that are being typed and are not saved yet.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, State};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::facts::bad_json;
use crate::diag::{Problems, render};
use crate::document::Document;
use crate::document::issued::day;
use crate::figures::Trail;
use crate::layout::lay_out;
use crate::output;
use crate::period::Period;
use crate::project::issued;
use crate::project::stored::{Edited, Edits};
use crate::project::texts::{Revision, Text};
use crate::project::value::Project;
use crate::report::{Gaps, Report};
use crate::serve::ask;
use crate::serve::change::{self, Sent, Sure};
use crate::serve::error::Answer;
use crate::serve::state::{App, work};
use crate::serve::words::words;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/years/{year}/preview", post(preview))
}

/// Facts of one figure that the page is told.
const TOLD: usize = 100;

/// What the page knows already, and what is being typed.
#[derive(Deserialize)]
struct Typing {
    template: Option<String>,
    #[serde(default)]
    changes: Vec<Sent>,
    written: Option<Written>,
    /// Digests of the pages that are shown.
    #[serde(default)]
    have: Vec<String>,
    /// Digest of the trails that are known.
    #[serde(default)]
    trails: String,
}

/// A template as it is being edited.
#[derive(Deserialize)]
struct Written {
    name: String,
    text: String,
}

async fn preview(State(app): State<Arc<App>>, In(year): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let sent = ask::body::<Typing>(&body)?;
        if let Some(written) = &sent.written {
            ask::template(&project, &written.name)?;
        }
        let (changes, bad) = change::judged(&sent.changes, &project.facts()?.registry, Sure::No);
        let mut edits = Edits::default();
        if !changes.is_empty() {
            edits.put(Text::Year(year), None, Edited::Values(changes));
        }
        if let Some(written) = &sent.written {
            edits.put(Text::Template(written.name.clone()), None, Edited::Text(written.text.clone()));
        }
        // What the changes would break is said by the problems of the file as a whole.
        let typed = project.with(&edits);
        typed.figures(year)?;
        let report = typed.rendered(sent.template.as_deref(), year, Gaps::Show);
        let mut answer = match &report {
            Ok(report) => {
                let mut answer = draft_json(report, &sent);
                answer["issued"] = issued_json(&project, year, report);
                answer
            }
            Err(problems) => hindered(problems),
        };
        let wanted = report.map(|report| report.marked.missing).unwrap_or_default();
        answer["revision"] =
            project.texts().revision(&Text::Year(year)).as_ref().map(Revision::as_str).into();
        answer["bad"] = bad.iter().map(bad_json).collect();
        answer["entries"] = touched(&typed, year, &wanted, &sent.changes)?;
        Ok(Json(answer))
    })
    .await
}

/// Whether the report of this year was issued, and how many paragraphs would be others now. What is wrong with the
/// issued one is said where it is used.
fn issued_json(project: &Project, year: Period, draft: &Report) -> Value {
    let (document, head) = match project.issued(&draft.marked.template, year) {
        Ok(Some(issued)) => issued,
        _ => return Value::Null,
    };
    json!({"on": day(head.on), "differs": issued::differing(&document, &draft.document)})
}

/// The pages that the browser does not have, and the trails if they are new to it.
fn draft_json(draft: &Report, typing: &Typing) -> Value {
    let gaps = !draft.marked.missing.is_empty();
    let pages = lay_out(&draft.document).marked(gaps.then_some(output::DRAFT));
    let page = |number: usize| {
        let html = pages.html(number + 1);
        let digest = Revision::of(html.as_bytes()).as_str().to_owned();
        let html = (!typing.have.contains(&digest)).then_some(html);
        json!({"digest": digest, "html": html})
    };
    let trails: Vec<Value> = draft.document.trails.iter().map(|trail| trail_json(trail)).collect();
    let trails = Value::from(trails);
    let digest = Revision::of(trails.to_string().as_bytes()).as_str().to_owned();
    json!({
        "pages": (0..pages.pages.len()).map(page).collect::<Vec<_>>(),
        "trails": if digest == typing.trails { Value::Null } else { trails },
        "trails_digest": digest,
        "missing": draft.marked.missing,
        "template": draft.marked.template,
        "characters": characters(&draft.document),
        "warnings": render::json(&draft.marked.warnings, words)["findings"],
    })
}

/// Where a figure comes from. A total of thousands of rows is told by the first of them: the page shows fewer.
fn trail_json(trail: &Trail) -> Value {
    let count = trail.facts.len();
    let short = Trail { facts: trail.facts.iter().take(TOLD).cloned().collect(), ..trail.clone() };
    let mut json = short.to_json();
    json["count"] = count.into();
    json
}

/// Characters of the report, blanks not counted.
fn characters(document: &Document) -> usize {
    let words = |block| crate::document::Line::of(block).text;
    document.blocks.iter().map(words).map(|text| text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}

/// Why there is no draft.
fn hindered(problems: &Problems) -> Value {
    json!({"pages": [], "trails": [], "trails_digest": "", "missing": [], "hindered": render::json(&problems.0, words)["findings"]})
}

/// The facts that are being typed, with what changed against last year.
fn touched(project: &Project, year: Period, wanted: &[String], sent: &[Sent]) -> Answer<Value> {
    if sent.is_empty() {
        return Ok(json!([]));
    }
    let touched = |path: &str| sent.iter().any(|one| change::path(one) == path);
    let form = project.form_of(year, wanted, touched)?;
    Ok(form.groups.iter().flat_map(|group| &group.entries).map(|entry| json!(entry)).collect())
}
