//! How characters sound, so that names are found by the letters of an input method.

use std::sync::Arc;

use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::serve::state::App;
use crate::zh::sounds;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/sounds", get(all))
}

async fn all() -> Json<Value> {
    Json(json!(sounds::syllables()))
}
