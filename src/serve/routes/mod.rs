//! What can be asked: one file a subject.

mod compare;
mod download;
mod facts;
mod forms;
mod history;
mod import;
mod indicator;
mod issue;
mod kinds;
mod ledger;
mod problems;
mod project;
mod recent;
mod rename;
mod report;
mod save;
mod session;
mod sounds;
mod start;
mod template;
mod trend;
mod workbook;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;

use super::state::App;

/// Largest request body, but for files that are handed in.
const LARGEST: usize = 4 * 1024 * 1024;
/// Largest body of files that are handed in, all together; a report has a hundredth of it.
const LARGEST_FILES: usize = 32 * 1024 * 1024;

/// Every route of the interface.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .merge(session::routes())
        .merge(sounds::routes())
        .merge(project::routes())
        .merge(recent::routes())
        .merge(facts::routes())
        .merge(indicator::routes())
        .merge(rename::routes())
        .merge(ledger::routes())
        .merge(report::routes())
        .merge(problems::routes())
        .merge(trend::routes())
        .merge(template::routes())
        .merge(download::routes())
        .merge(history::routes())
        .merge(start::routes())
        .merge(kinds::routes())
        .layer(DefaultBodyLimit::max(LARGEST))
        .merge(import::routes())
        .merge(issue::routes())
        .merge(compare::routes())
        .merge(workbook::routes())
        .merge(forms::routes())
}
