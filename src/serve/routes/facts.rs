//! The facts of a year: the form, one fact in detail, and every change of them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as In, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, patch};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::save;

use crate::diag::{Diagnostic, Problems};
use crate::facts::{self, FactsByPath, edit};
use crate::period::Period;
use crate::project::form::{self, Form};
use crate::project::texts::Text;
use crate::project::value::Project;
use crate::report::Gaps;
use crate::serve::ask;
use crate::serve::change::{self, Bad, Sent, Sure};
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, work};
use crate::serve::words::said;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/years/{year}/form", get(form)).route("/api/years/{year}", patch(save_facts))
}

/// The whole form.
async fn form(State(app): State<Arc<App>>, In(year): In<String>) -> Answer<Json<Filled>> {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let wanted = project.rendered(None, year, Gaps::Show).map(|report| report.marked.missing);
        let form = project.form(year, &wanted.unwrap_or_default())?;
        let revision = project.texts().revision(&Text::Year(year));
        Ok(Json(Filled { form, revision: revision.map(|revision| revision.as_str().to_owned()) }))
    })
    .await
}

/// The form, and the text that it is of.
#[derive(Serialize)]
struct Filled {
    #[serde(flatten)]
    form: Form,
    revision: Option<String>,
}

#[derive(Deserialize)]
struct Changes {
    changes: Vec<Sent>,
    #[serde(default)]
    sure: Sure,
}

/// Changes of the fact file: all or none.
async fn save_facts(
    State(app): State<Arc<App>>,
    In(year): In<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let base = ask::revision(&headers)?;
        let Changes { changes: sent, sure } = ask::body(&body)?;
        let text = Text::Year(year);
        let now = save::current(&project, &text)?;
        if now.revision != base {
            return Err(stale(&project, year, &now, &sent));
        }
        let (edited, values) = edited(&project, year, &now.text, &sent, sure)?;
        let mut answer = save::commit(&project, text, edited, &change::label(&sent))?;
        answer.0["values"] = values;
        Ok(answer)
    })
    .await
}

/// The text of a fact file with changes made, and what the changed facts are then; nothing wrong comes into it.
///
/// # Errors
/// A value cannot be written, or the file would have an error that it does not have now.
fn edited(project: &Project, year: Period, text: &str, sent: &[Sent], sure: Sure) -> Answer<(String, Value)> {
    let registry = project.registry()?;
    let (changes, bad) = change::judged(sent, &registry, sure);
    if !bad.is_empty() {
        let first = Failure::from(bad[0].wrong.problem.clone());
        return Err(first.with("bad", bad.iter().map(bad_json).collect()));
    }
    let edited = edit::apply(text, &changes).map_err(|error| {
        Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "cannot-edit", error.to_string()).fix("文件没有改动")
    })?;
    let read = facts::reread(&registry, year, &edited);
    let after = errors(read.as_ref().err().cloned());
    if !after.0.is_empty() {
        let before = errors(facts::reread(&registry, year, text).err());
        let known = |problem: &Diagnostic| {
            before.0.iter().any(|known| known.rule == problem.rule && known.message == problem.message)
        };
        if let Some(problem) = after.0.into_iter().find(|problem| !known(problem)) {
            return Err(problem.into());
        }
    }
    Ok((edited, values(&read.unwrap_or_default(), sent)))
}

/// What changed facts are, as they are typed.
fn values(facts: &FactsByPath, sent: &[Sent]) -> Value {
    let value = |path: &str| facts.get(path).map(|fact| form::as_typed(&fact.value)).unwrap_or_default();
    let paths = sent.iter().map(change::path);
    Value::Object(paths.map(|path| (path.clone(), value(path).into())).collect())
}

fn errors(problems: Option<Problems>) -> Problems {
    let mut problems = problems.unwrap_or_default();
    problems.0.retain(|one| one.level == crate::diag::Level::Error);
    problems
}

/// A value that cannot be written, with where it was sent.
pub fn bad_json(bad: &Bad) -> Value {
    let problem = &bad.wrong.problem;
    json!({
        "index": bad.index, "row": bad.row, "column": bad.column, "code": problem.rule,
        "message": problem.message, "fix": said(problem), "instead": bad.wrong.instead,
    })
}

/// The file is no longer what the page knows: what stands there now is said for each changed fact.
fn stale(project: &Project, year: Period, now: &save::Current, sent: &[Sent]) -> Failure {
    let registry = project.registry().unwrap_or_default();
    let facts = facts::reread(&registry, year, &now.text).unwrap_or_default();
    Failure::new(
        StatusCode::PRECONDITION_FAILED,
        "changed",
        format!("{} 刚刚在别处改过", Text::Year(year).name()),
    )
    .fix("请核对两边的内容，决定用哪一个")
    .with("revision", now.revision.as_str().into())
    .with("current", values(&facts, sent))
}
