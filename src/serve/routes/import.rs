//! A finished report taken in: a new project, another year, or changes of a report that came back; and the table
//! of what is to be gone through afterwards.
//!
//! The browser hands the file over twice, to look and to take in, so that nothing is kept here in between.

use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path as In, State};
use axum::http::{StatusCode, Uri};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::LARGEST_FILES;
use crate::import::proposals::Row;
use crate::import::review::{Item, Review};
use crate::import::tidy::{Kind, Mending};
use crate::import::{self, Draft};
use crate::input::Read;
use crate::period::Period;
use crate::project::returned::Returned;
use crate::project::review::Session;
use crate::project::texts::Text;
use crate::project::{adopt, another, draft, founding, tidy};
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, today, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/import/look", post(look))
        .route("/api/import", post(take))
        .route("/api/import/accept", post(accept))
        .layer(DefaultBodyLimit::max(LARGEST_FILES))
        .route("/api/review", get(items))
        .route("/api/review/{row}", post(decide))
}

/// What is said of a file beside its bytes.
#[derive(Deserialize)]
struct File {
    /// Its name, to tell what it is.
    name: String,
    /// The year of the report, where it is said.
    year: Option<Period>,
    /// What the report is called, where it is said.
    report: Option<String>,
    /// Whether it is tidied first, where somebody was asked.
    tidy: Option<bool>,
}

impl File {
    fn is_tidied(&self) -> bool {
        self.tidy == Some(true)
    }

    /// The report, tidied where that was agreed, and what was mended.
    fn read(&self, bytes: &[u8]) -> Answer<(Read, Vec<Mending>)> {
        let read = draft::held(bytes, &self.name)?;
        let (tidied, mendings) = tidy::tidied(&read);
        Ok(if self.is_tidied() { (tidied, mendings) } else { (read, Vec::new()) })
    }

    fn stem(&self) -> String {
        let stem = Path::new(&self.name).file_stem();
        stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn year(&self, read: &Read) -> Answer<Period> {
        let year = self.year.or_else(|| import::year(&read.document, &self.stem()));
        year.filter(|year| (1900..=2100).contains(&year.calendar_year())).ok_or_else(|| {
            Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "no-year", "看不出这份报告是哪一年的")
                .fix("请填上报告的年度")
        })
    }

    fn drafted(&self, read: &Read) -> Answer<Draft> {
        let asked = self.report.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let name = asked.map_or_else(|| import::name(&read.document, &self.stem()), str::to_owned);
        if Text::template(&name).is_none() {
            return Err(
                Failure::bad(format!("报告不能叫“{name}”")).fix("请换一个名称，不要用 / : * ? 等符号")
            );
        }
        Ok(import::draft(&read.document, self.year(read)?, &name)?)
    }
}

/// What a file is and what would be made of it; nothing is written.
async fn look(State(app): State<Arc<App>>, uri: Uri, body: Bytes) -> Answer {
    work(app, move |app| {
        let (project, file) = (app.project(), ask::query::<File>(&uri)?);
        let (read, _) = file.read(&body)?;
        if file.tidy.is_none() {
            let (_, mendings) = tidy::tidied(&read);
            if tidy::is_due(&mendings) {
                return Ok(Json(json!({"kind": "untidy", "mendings": groups(&mendings)})));
            }
        }
        if !project.texts().has_facts() {
            return Ok(Json(new_project(&file, &read)?));
        }
        if let Some(returned) = Returned::of(&project, &read)? {
            let edits = returned.edits()?;
            let rows: Vec<Value> = returned.rows(&edits)?.iter().map(row_json).collect();
            return Ok(Json(json!({
                "kind": "returned", "title": returned.title(), "year": returned.origin().year, "template": returned.origin().template, "edits": rows, "read": said(&read),
            })));
        }
        let templates = project.templates()?.names();
        let year = file.year(&read).ok();
        Ok(Json(json!({"kind": "year", "year": year, "templates": templates, "read": said(&read)})))
    })
    .await
}

fn new_project(file: &File, read: &Read) -> Answer<Value> {
    if file.year(read).is_err() {
        let name = import::name(&read.document, &file.stem());
        return Ok(json!({"kind": "new", "year": null, "report": name}));
    }
    let drafted = file.drafted(read)?;
    let review = Review::of(&drafted, read);
    Ok(json!({
        "kind": "new", "year": drafted.year, "report": drafted.name, "found": review.items.len(),
        "open": review.open(), "notes": notes(&review),
        "items": review.items.iter().enumerate().map(item_json).collect::<Vec<_>>(),
    }))
}

/// What is to be said of how a file was read: changes that were accepted, what was left out.
fn said(read: &Read) -> Vec<&str> {
    read.warnings.iter().map(|warning| warning.message.as_str()).collect()
}

/// What would be mended, by kind.
fn groups(mendings: &[Mending]) -> Value {
    let group = |(kind, all): (Kind, Vec<&Mending>)| {
        let lines: Vec<String> = all.into_iter().map(import::tidy::said).collect();
        json!({"head": kind.label(), "lines": lines})
    };
    import::tidy::summary(mendings).into_iter().map(group).collect()
}

fn notes(review: &Review) -> Value {
    review.notes.iter().map(|(head, lines)| json!({"head": head, "lines": lines})).collect()
}

/// Takes a file in: a new project, or another year of the one that is open.
async fn take(State(app): State<Arc<App>>, uri: Uri, body: Bytes) -> Answer {
    work(app, move |app| {
        let (project, file) = (app.project(), ask::query::<File>(&uri)?);
        let (read, mendings) = file.read(&body)?;
        if !project.texts().has_facts() {
            let drafted = file.drafted(&read)?;
            let mut review = Review::of(&drafted, &read);
            review.tidied(&mendings);
            let from = adopt::From { file: &file.name, today: today() };
            let edits = founding::edits(&project, &adopt::contents(&drafted, &review, from)?)?;
            project.commit(&edits, &format!("从“{}”新建项目", file.name), now())?;
            return Ok(Json(
                json!({"year": drafted.year, "found": review.items.len(), "open": review.open()}),
            ));
        }
        let year = file.year(&read)?;
        let from = adopt::From { file: &file.name, today: today() };
        let (added, edits) = another::add(&project, &read, year, file.report.as_deref(), from)?;
        project.commit(&edits, &format!("从“{}”导入{year}", file.name), now())?;
        Ok(Json(json!({
            "year": year, "found": added.facts, "open": 0, "same": added.same, "page": added.page,
            "notes": notes(&added.review),
        })))
    })
    .await
}

/// Which change is to be taken over, by its words: a number would name another one after the first.
#[derive(Deserialize)]
struct Accepted {
    name: String,
    /// All that can be.
    #[serde(default)]
    all: bool,
    #[serde(default)]
    what: String,
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    around: String,
}

impl Accepted {
    /// The rows that are to be done.
    fn rows(&self, returned: &Returned) -> Answer<Vec<Row>> {
        if self.all {
            let rows = returned.rows(&returned.edits()?)?.into_iter();
            return Ok(rows.filter(|row| row.note.is_empty()).map(|row| row.wanted()).collect());
        }
        let (what, old, new) = (self.what.clone(), self.old.clone(), self.new.clone());
        let (around, verdict, note) = (self.around.clone(), String::new(), String::new());
        Ok(vec![Row { what, old, new, around, verdict, note }.wanted()])
    }
}

/// Takes one change of a report that came back over into the project, or all of them in one step.
async fn accept(State(app): State<Arc<App>>, uri: Uri, body: Bytes) -> Answer {
    work(app, move |app| {
        let asked = ask::query::<Accepted>(&uri)?;
        let read = draft::held(&body, &asked.name)?;
        let foreign = || Failure::bad("这个文件不是本项目生成的报告").fix("请核对是不是选错了文件");
        let project = app.project();
        let returned = Returned::of(&project, &read)?.ok_or_else(foreign)?;
        let done = returned.decided(asked.rows(&returned)?)?;
        let label = if asked.all {
            format!("采纳改稿{}处", done.done)
        } else {
            format!("采纳改稿 {}", asked.what)
        };
        if done.done > 0 {
            project.commit(done.returned.taken_over(), &label, now())?;
        }
        let left = done.returned.rows(&done.returned.edits()?)?;
        let failed: Vec<&str> = done.failed.iter().map(|problem| problem.message.as_str()).collect();
        let followed: Vec<Value> = done.followed().map(row_json).collect();
        Ok(Json(json!({
            "edits": left.iter().map(row_json).collect::<Vec<_>>(), "done": done.done, "failed": failed,
            "followed": followed,
        })))
    })
    .await
}

fn row_json(row: &Row) -> Value {
    json!({"what": row.what, "old": row.old, "new": row.new, "around": row.around, "note": row.note})
}

fn item_json((row, item): (usize, &Item)) -> Value {
    json!({
        "row": row, "path": item.path, "year": item.year, "value": item.value, "context": item.context,
        "doubt": item.doubt, "years": item.years(), "verdict": item.verdict, "open": item.is_open(),
        "since": item.is_open_sum(), "ledger": item.is_ledger(), "column": item.is_column(),
    })
}

/// The newest table of what is to be gone through; empty where there is none.
async fn items(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| {
        let session = session(app);
        let items = session.iter().flat_map(|session| session.items.iter().enumerate().map(item_json));
        Ok(Json(json!({
            "items": items.collect::<Vec<_>>(),
            "left": session.as_ref().map_or(0, Session::left),
        })))
    })
    .await
}

/// The table at hand; one that cannot be read is none.
pub fn session(app: &App) -> Option<Session> {
    Session::newest(&app.project()).ok()
}

/// What somebody decided about a row; `path` and `value` say which row was seen.
#[derive(Deserialize)]
struct Decided {
    path: String,
    value: String,
    #[serde(default)]
    rename: String,
    #[serde(default)]
    years: Vec<(Period, String)>,
    #[serde(default)]
    verdict: String,
}

/// Does what was decided about a row.
async fn decide(State(app): State<Arc<App>>, In(row): In<String>, body: Bytes) -> Answer {
    work(app, move |app| {
        let decided = ask::body::<Decided>(&body)?;
        let row: usize = row.parse().map_err(|_| Failure::missing("没有这一行"))?;
        let project = app.project();
        let session = Session::newest(&project)?;
        let changed = || {
            Failure::new(StatusCode::PRECONDITION_FAILED, "changed", "核对表刚刚在别处改过").fix("请刷新页面再试")
        };
        let item = session.items.get(row).filter(|item| item.path == decided.path && item.value == decided.value);
        let item = item.cloned().ok_or_else(changed)?;
        let years: Vec<String> = decided.years.iter().map(|(year, value)| format!("{}：{value}", year.stem())).collect();
        let filled = Item {
            rename: decided.rename,
            yearly: years.join("；"),
            verdict: decided.verdict,
            ..item.clone()
        };
        let wrong = |what: String| Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "review-row", what);
        let decisions = filled.decisions().map_err(wrong)?;
        if decisions.is_empty() {
            return Err(wrong("没有说怎么处理".to_owned()));
        }
        let label = format!("导入核对 {}", item.path);
        let session = session.decided(row, &decisions)?;
        project.commit(&session.edits()?, &label, now())?;
        Ok(Json(json!({
            "items": session.items.iter().enumerate().map(item_json).collect::<Vec<_>>(), "left": session.left(),
        })))
    })
    .await
}
