//! The first run in an empty folder, and a new year.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::period::Period;
use crate::project::{founding, rollover, starter};
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, EXAMPLE, now, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/start", post(start)).route("/api/years", post(new_year))
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum How {
    /// A small project of one's own.
    Starter,
    /// The example, beside whatever lies in the folder.
    Example,
    /// Back from the example.
    Back,
}

#[derive(Deserialize)]
struct Start {
    how: How,
}

async fn start(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    work(app, move |app| {
        match ask::body::<Start>(&body)?.how {
            How::Starter => {
                if app.is_example() {
                    return Err(Failure::bad("正在看示例").fix("请先返回开始页"));
                }
                let project = app.project();
                let edits = founding::edits(&project, &starter::small())?;
                project.commit(&edits, "新建项目", now())?;
            }
            How::Example => {
                let folder = app.base.join(EXAMPLE);
                if !folder.join("facts").is_dir() {
                    founding::create(&folder, &starter::example(), "请先把这个文件夹改名或移走")?;
                }
                app.open(&folder);
            }
            How::Back => app.open(&app.base),
        }
        Ok(Json(json!({})))
    })
    .await
}

#[derive(Deserialize)]
struct NewYear {
    year: Period,
}

/// The fact file of a new year from the one before; a step like any other.
async fn new_year(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    work(app, move |app| {
        let year = ask::body::<NewYear>(&body)?.year;
        let project = app.project();
        let (rolled, edits) = rollover::edits(&project, year)?;
        project.commit(&edits, &format!("新建{year}"), now())?;
        Ok(Json(json!({"year": year, "from": rolled.from, "blank": rolled.blank, "unverified": rolled.unverified})))
    })
    .await
}
