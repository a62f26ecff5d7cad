//! Workbooks handed in, looked at and then written as one step; and those that staff take away to fill in.
//!
//! The browser hands the files over twice, to look and to write, so that nothing is kept here in between. The body is
//! a line of JSON that names the files and says what was chosen, and the files one behind the other.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path as In, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::LARGEST_FILES;
use super::download::file;
use crate::diag::{Diagnostic, Level};
use crate::period::Period;
use crate::project::intake::{self, Asked, Handed, Intake, Table, WorkbookKind};
use crate::project::value::Project;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, work};
use crate::serve::words::said;

/// Most files at once.
const MOST: usize = 500;
/// Longest name of a file, in characters.
const LONGEST: usize = 120;
/// Changes and findings that are shown one by one.
const SHOWN: usize = 500;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/workbook/look", post(look))
        .route("/api/workbook", post(write))
        .layer(DefaultBodyLimit::max(LARGEST_FILES))
        .route("/api/years/{year}/workbook", get(facts))
}

/// The first line of a body.
#[derive(Deserialize)]
struct Head {
    files: Vec<Named>,
    sheet: Option<String>,
    ledger: Option<String>,
    year: Option<Period>,
    shown: Option<Period>,
    #[serde(default)]
    said: Vec<(String, String)>,
    #[serde(default)]
    replace: bool,
    key: Option<String>,
    #[serde(default)]
    add: bool,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    size: usize,
}

/// The files of a body and what is asked of them.
fn handed(body: &Bytes) -> Answer<(Vec<Handed>, Asked)> {
    let garbled = || Failure::bad("页面发来的内容看不懂");
    let end = body.iter().position(|byte| *byte == b'\n').ok_or_else(garbled)?;
    let head: Head = ask::body(&body.slice(..end))?;
    if head.files.is_empty() || head.files.len() > MOST {
        return Err(Failure::bad(format!("一次可以导入1到{MOST}个文件")).fix("请分几次导入"));
    }
    let mut rest = body.slice(end + 1..);
    let mut files = Vec::new();
    for named in head.files {
        if named.size > rest.len() {
            return Err(garbled());
        }
        files.push(Handed { name: plain(&named.name), bytes: rest.split_to(named.size).to_vec() });
    }
    if !rest.is_empty() {
        return Err(garbled());
    }
    let asked = Asked {
        sheet: head.sheet,
        ledger: head.ledger,
        year: head.year,
        shown: head.shown,
        said: head.said,
        replace: head.replace,
        key: head.key,
        add: head.add,
    };
    Ok((files, asked))
}

/// The name of a file without folders and what cannot be shown: it is kept as a source.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    if kept.trim().is_empty() { "没有名称的文件".to_owned() } else { kept.trim().to_owned() }
}

fn looked(app: &App, body: &Bytes) -> Answer<(Vec<Handed>, Intake)> {
    let project = app.project();
    if !project.texts().is_project() {
        let problem =
            Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "no-project", "这里还没有项目，表格导不进来");
        return Err(problem.fix("请先从去年的报告开始，或用样例新建，再导入表格"));
    }
    let (files, asked) = handed(body)?;
    let intake = intake::look(&project, &files, &asked)?;
    Ok((files, intake))
}

/// What files are and what they would change; nothing is written.
async fn look(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    work(app, move |app| Ok(Json(seen(&looked(app, &body)?.1)))).await
}

/// Writes what the files change as one step, if the facts are still what was looked at.
async fn write(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Answer {
    work(app, move |app| {
        let base = ask::revision(&headers)?;
        let (files, intake) = looked(app, &body)?;
        if intake.basis != base {
            return Err(Failure::new(
                StatusCode::PRECONDITION_FAILED,
                "changed",
                "看这张表的时候，事实文件在别处改过，没有写",
            )
            .fix("请再看一遍要改的地方")
            .with("revision", intake.basis.as_str().into()));
        }
        if intake.proposal.is_blocked() {
            let problem = Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "blocked", "有错误，一处也没有写");
            return Err(problem.fix("请在表里改好，再导入一次").with("seen", seen(&intake)));
        }
        let project = app.project();
        let edits = intake::edits(&project, &intake.edited, &intake.proposal)?;
        let done = project.commit(&edits, &label(&files, &intake), now())?;
        Ok(Json(json!({
            "step": done.step.map(|step| step.id),
            "count": intake.proposal.changes.len(),
            "years": intake.edited.iter().map(|file| file.year).collect::<Vec<_>>(),
            "sums": sums(&app.project(), &intake),
        })))
    })
    .await
}

fn label(files: &[Handed], intake: &Intake) -> String {
    let count = intake.proposal.changes.len();
    match files {
        [only] => format!("导入“{}”，改{count}处", only.name),
        _ => format!("汇总{}个文件，改{count}处", files.len()),
    }
}

/// What is added up of a collection now.
fn sums(project: &Project, intake: &Intake) -> Vec<[String; 2]> {
    let WorkbookKind::Forms(forms) = &intake.kind else { return Vec::new() };
    let sums = intake::sums(project, &forms.ledger, forms.year).unwrap_or_default();
    sums.into_iter().map(|(path, words)| [path, words]).collect()
}

fn seen(intake: &Intake) -> Value {
    let (proposal, kind) = (&intake.proposal, kind_json(&intake.kind));
    let mut findings: Vec<_> = proposal.findings.iter().collect();
    findings.sort_by_key(|finding| (!finding.blocks, std::cmp::Reverse(finding.problem.level)));
    let finding_json = |(at, blocks, problem): (&str, bool, &Diagnostic)| {
        let mut json = problem_json(problem);
        (json["at"], json["blocks"]) = (at.into(), blocks.into());
        json
    };
    let notes = intake.notes.iter().map(|note| ("", false, note));
    let found = findings.iter().map(|finding| (finding.at.as_str(), finding.blocks, &finding.problem));
    let all: Vec<Value> = found.chain(notes).take(SHOWN).map(finding_json).collect();
    let changes = proposal.changes.iter().take(SHOWN).map(|change| {
        json!({
            "year": change.year, "path": change.path, "what": change.what, "old": change.old, "new": change.new,
            "at": change.at,
        })
    });
    json!({
        "kind": kind.0, "about": kind.1, "revision": intake.basis.as_str(), "blocked": proposal.is_blocked(),
        "count": proposal.changes.len(), "changes": changes.collect::<Vec<_>>(),
        "found": findings.len() + intake.notes.len(), "findings": all,
    })
}

fn kind_json(kind: &WorkbookKind) -> (&'static str, Value) {
    match kind {
        WorkbookKind::Own => ("own", Value::Null),
        WorkbookKind::Table(table) => ("table", table_json(table)),
        WorkbookKind::Forms(forms) => {
            let units =
                forms.units.iter().map(|(name, returned)| json!({"name": name, "returned": returned}));
            let units: Vec<Value> = units.collect();
            ("forms", json!({"ledger": forms.ledger, "year": forms.year, "units": units}))
        }
    }
}

fn table_json(table: &Table) -> Value {
    let heads = table.heads.as_ref();
    let headings = heads.iter().flat_map(|heads| &heads.headings).map(|heading| {
        json!({
            "letters": heading.letters, "title": heading.title, "name": heading.name,
            "how": heading.how.map(intake::how), "guessed": heading.how.is_some_and(intake::is_guess), "doubtful": heading.doubtful,
        })
    });
    let columns = heads.iter().flat_map(|heads| &heads.columns);
    json!({
        "sheet": table.sheet, "sheets": table.sheets, "ledger": table.ledger, "ledgers": table.ledgers,
        "year": heads.map(|heads| heads.year), "headings": headings.collect::<Vec<_>>(),
        "columns": columns.map(|(name, unit)| json!({"name": name, "unit": unit})).collect::<Vec<_>>(),
        "key": heads.and_then(|heads| heads.key.as_deref()),
    })
}

fn problem_json(problem: &Diagnostic) -> Value {
    let level = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        _ => "hint",
    };
    json!({"code": problem.rule, "level": level, "message": problem.message, "fix": said(problem)})
}

/// The workbook of a year to fill in.
async fn facts(State(app): State<Arc<App>>, In(year): In<String>) -> Answer<Response> {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        Ok(file(&named(&format!("{year}事实"), "xlsx"), "xlsx", intake::exported(&project, year)?))
    })
    .await
}

/// A file name with the time, as every download has it.
pub(super) fn named(words: &str, ending: &str) -> String {
    let time = now().to_zoned(jiff::tz::TimeZone::system()).strftime("%Y%m%d-%H%M").to_string();
    format!("{words}_{time}.{ending}")
}
