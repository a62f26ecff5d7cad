//! The key of the link for the session, which the page keeps for its own window and port.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::serve::ask;
use crate::serve::error::Answer;
use crate::serve::guard;
use crate::serve::state::App;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(guard::TRADE, post(session))
}

#[derive(Deserialize)]
struct Link {
    key: String,
}

async fn session(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    let Link { key } = ask::body(&body)?;
    match app.secret.opens(&key) {
        true => Ok(Json(json!({"session": app.secret.session()}))),
        false => Err(guard::wrong_key()),
    }
}
