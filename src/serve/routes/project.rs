//! The project as a whole: what it has, and what every text is now.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::period::Period;
use crate::project::stored::Stored;
use crate::project::texts::Text;
use crate::project::value::Project;
use crate::serve::error::Answer;
use crate::serve::state::{App, now, work};

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/project", get(project)).route("/api/changes", get(changes))
}

/// Years, templates and where the project lies.
async fn project(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| {
        let project = app.project();
        let texts = || project.texts().iter().map(|(text, _)| text);
        let years: Vec<Period> =
            texts().filter_map(|text| if let Text::Year(year) = text { Some(*year) } else { None }).collect();
        let names = project.templates();
        let names =
            names.map(|templates| templates.names().into_iter().map(str::to_owned).collect::<Vec<_>>());
        let files = texts()
            .filter_map(|text| if let Text::Template(name) = text { Some(name.clone()) } else { None });
        let files: Vec<String> = files.collect();
        let names = names.unwrap_or_else(|_| files.clone());
        // A report that is written of other periods is not offered beside one that is written of this.
        let settings = project.settings().ok();
        let written = |year: &Period| {
            let of = |name: &&String| settings.is_none_or(|settings| settings.is_written_of(name, *year));
            (year.stem(), names.iter().filter(of).collect::<Vec<_>>())
        };
        let written: BTreeMap<String, Vec<&String>> = years.iter().map(written).collect();
        let folder = project.place();
        if !years.is_empty() && !app.is_example() {
            app.recent.opened(folder);
        }
        let name = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Ok(Json(json!({
            "state": if years.is_empty() { "empty" } else { "project" },
            "name": name.file_name().map(|name| name.to_string_lossy()),
            "folder": shown(&name),
            "id": app.identity(),
            "example": app.is_example(),
            "version": env!("CARGO_PKG_VERSION"),
            "years": years,
            "reports": &names,
            "written": written,
            "templates": files,
            "downloads": super::download::offered(),
            "review": super::import::session(app).map_or(0, |session| session.left()),
            "changes": state(&project)?,
        })))
    })
    .await
}

/// A folder as staff know it.
pub(super) fn shown(folder: &Path) -> String {
    folder.display().to_string().trim_start_matches(r"\\?\").to_owned()
}

/// What every text is now, and what can be taken back; asked each second while the page is looked at.
async fn changes(State(app): State<Arc<App>>) -> Answer {
    work(app, |app| Ok(Json(state(&app.project())?))).await
}

fn state(project: &Project) -> Answer<Value> {
    let revision = |(text, stored): (&Text, &Arc<Stored>)| (text.id(), stored.revision().as_str().to_owned());
    let revisions: BTreeMap<String, String> = project.texts().iter().map(revision).collect();
    // A project that cannot be written to can still be looked at.
    if !revisions.is_empty() {
        project.observe(now()).ok();
    }
    let history = project.history()?;
    Ok(
        json!({"revisions": revisions, "undo": history.undo, "redo": history.redo, "step": history.steps.last().map(|step| step.id)}),
    )
}
