//! Indicators over the years as charts and tables, drawn by the program.

use std::sync::Arc;

use axum::extract::{Path as In, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::chart::{self, ChartKind};
use crate::project::trend::{Trend, trends};
use crate::serve::ask;
use crate::serve::error::Answer;
use crate::serve::state::{App, work};

/// Years that a chart shows at most.
const LAST: usize = 10;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/years/{year}/trends", get(all))
}

#[derive(Deserialize)]
struct Of {
    /// One indicator only.
    path: Option<String>,
}

async fn all(State(app): State<Arc<App>>, In(year): In<String>, Query(of): Query<Of>) -> Answer {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let figures = project.figures(year)?;
        let one = |trend: &Trend| {
            let series = &trend.series;
            let last = series.points.last().map(|(_, _, text)| text.as_str()).unwrap_or_default();
            json!({
                "path": trend.path, "unit": series.unit, "last": last,
                "bars": chart::svg(series, ChartKind::Bar), "line": chart::svg(series, ChartKind::Line),
                "table": chart::table_compared(series, &trend.changes),
            })
        };
        Ok(Json(
            json!({"trends": trends(&figures, LAST, of.path.as_deref()).iter().map(one).collect::<Vec<_>>()}),
        ))
    })
    .await
}
