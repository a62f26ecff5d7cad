//! The projects that were opened before: listed, switched to, taken off the list. Only what is on the list can be
//! opened; no path comes from the page.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::project::shown;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/recent", get(list).post(act))
}

async fn list(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| Ok(Json(listed(app)))).await
}

fn listed(app: &App) -> Value {
    let place = app.place().canonicalize().unwrap_or_default();
    let one = |folder: &PathBuf| {
        json!({
            "folder": shown(folder), "name": folder.file_name().map(|name| name.to_string_lossy()),
            "gone": !is_project(folder), "open": *folder == place,
        })
    };
    json!({"projects": app.recent.folders().iter().map(one).collect::<Vec<_>>()})
}

fn is_project(folder: &Path) -> bool {
    folder.join("facts").is_dir()
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum How {
    Open,
    Forget,
}

#[derive(Deserialize)]
struct Wanted {
    how: How,
    folder: String,
}

async fn act(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    work(app, move |app| {
        let Wanted { how, folder } = ask::body(&body)?;
        let known = app.recent.folders().into_iter().find(|known| shown(known) == folder);
        let known = known.ok_or_else(|| Failure::missing("最近的项目里没有这一个"))?;
        match how {
            How::Forget => app.recent.forget(&known),
            How::Open if is_project(&known) => app.open(&known),
            How::Open => {
                let gone = Failure::new(StatusCode::CONFLICT, "gone-folder", format!("“{folder}”不在了"));
                return Err(gone.fix("可能是改了名、移走了，或者放它的盘没有插上"));
            }
        }
        Ok(Json(listed(app)))
    })
    .await
}
