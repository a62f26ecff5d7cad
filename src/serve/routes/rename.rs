//! Names, units, kinds, 口径 and 主键: what a change comes to, and making it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::facts::registry::{Column, Indicator, IndicatorKind};
use crate::period::Period;
use crate::project::rename::{Change, Field, Place, Planned, Reworded, Touched, places, planned};
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, work};

/// Lines of reports that are shown.
const SHOWN: usize = 12;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/entry", get(entry)).route("/api/rename", post(rename))
}

#[derive(Deserialize)]
struct Wanted {
    path: String,
}

/// What the registry says of an indicator, where templates name it, and the years in which it says something.
async fn entry(State(app): State<Arc<App>>, Query(wanted): Query<Wanted>) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let facts = project.facts()?;
        let path = wanted.path.as_str();
        let known = facts.registry.indicators.get(path);
        if known.is_none() && facts.through(path).next().is_none() {
            return Err(Failure::missing(format!("没有“{path}”这个指标")));
        }
        let column = |(name, column): (&String, &Column)| {
            let unit = column.unit.as_ref().map(ToString::to_string);
            json!({"name": name, "kind": column.kind.label(), "unit": unit})
        };
        let place = |place: &Place| json!({"report": place.report, "words": place.words});
        Ok(Json(json!({
            "path": path,
            "registered": known.is_some(),
            "kind": known.map(|one| one.kind.label()),
            "unit": known.and_then(|one| one.unit.as_ref()).map(ToString::to_string),
            "definition": known.and_then(|one| one.definition.as_deref()),
            "key": known.and_then(|one| one.key.as_deref()),
            "computed": known.is_some_and(Indicator::is_computed),
            "columns": known.map(|one| one.columns.iter().map(column).collect::<Vec<_>>()),
            "places": places(&project, path).iter().map(place).collect::<Vec<_>>(),
            "years": facts.through(path).map(|fact| fact.year.stem()).collect::<Vec<_>>(),
        })))
    })
    .await
}

#[derive(Deserialize)]
struct Asked {
    changes: Vec<Sent>,
    /// Whether it is to be done, not only shown.
    #[serde(default)]
    write: bool,
}

/// A change as the page sends it.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
enum Sent {
    Name {
        old: String,
        new: String,
    },
    Report {
        old: String,
        new: String,
    },
    Unit {
        path: String,
        unit: String,
        #[serde(default)]
        relabel: bool,
        #[serde(default)]
        together: bool,
    },
    Kind {
        path: String,
        kind: String,
    },
    Definition {
        path: String,
        words: String,
    },
    Key {
        path: String,
        column: String,
    },
    Merge {
        from: String,
        into: String,
    },
    Split {
        path: String,
        new: String,
        #[serde(default)]
        places: Vec<usize>,
        #[serde(default)]
        years: Vec<String>,
        #[serde(default)]
        moved: bool,
    },
}

impl Sent {
    fn change(self) -> Answer<Change> {
        Ok(match self {
            Sent::Name { old, new } => Change::Name { old, new },
            Sent::Report { old, new } => Change::Report { old, new },
            Sent::Unit { path, unit, relabel, together } => Change::Unit { path, unit, relabel, together },
            Sent::Kind { path, kind } => {
                let found = IndicatorKind::ALL.into_iter().find(|one| one.label() == kind);
                Change::Kind { path, kind: found.ok_or_else(|| Failure::bad("没有这种类型"))? }
            }
            Sent::Definition { path, words } => Change::Field { path, field: Field::Definition, words },
            Sent::Key { path, column } => Change::Key { ledger: path, column },
            Sent::Merge { from, into } => Change::Merge { from, into },
            Sent::Split { path, new, places, years, moved } => {
                let year = |year: &String| Period::parse(year).ok_or_else(|| Failure::bad("年度看不懂"));
                let years = years.iter().map(year).collect::<Answer<Vec<Period>>>()?;
                Change::Split { path, new, places, years, moved }
            }
        })
    }
}

/// Tells what changes come to; makes them in one step where that is asked for.
async fn rename(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let asked = ask::body::<Asked>(&body)?;
        let changes = asked.changes.into_iter().map(Sent::change).collect::<Answer<Vec<Change>>>()?;
        let planned = planned(&project, &changes)?;
        if asked.write && !planned.edits.is_empty() {
            project.commit(&planned.edits, &planned.label, now())?;
        }
        Ok(Json(shown(&planned)))
    })
    .await
}

fn shown(planned: &Planned) -> Value {
    let touched = |one: &Touched| json!({"what": one.what, "places": one.places, "examples": one.examples});
    let reworded = |one: &Reworded| json!({"report": one.report, "year": one.year.to_string(), "old": one.old, "new": one.new});
    json!({
        "label": planned.label,
        "changes": !planned.edits.is_empty(),
        "touched": planned.touched.iter().map(touched).collect::<Vec<_>>(),
        "reworded": planned.reworded.iter().take(SHOWN).map(reworded).collect::<Vec<_>>(),
        "more": planned.reworded.len().saturating_sub(SHOWN),
        "notes": planned.notes,
    })
}
