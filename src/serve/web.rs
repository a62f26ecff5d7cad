//! The files of the page: a table that is compiled in. No name reaches the disk.

use std::sync::{Arc, LazyLock};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::Failure;
use super::state::App;
use crate::project::texts::Revision;

/// A file of the page.
struct Asset {
    path: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    tag: String,
}

/// A text that belongs to another module.
fn text(path: &'static str, text: &'static str) -> Asset {
    Asset {
        path,
        kind: kind(path),
        bytes: text.as_bytes(),
        tag: format!("\"{}\"", Revision::of(text.as_bytes()).as_str()),
    }
}

macro_rules! assets {
    ($($name:literal),* $(,)?) => {
        [$(Asset {
            path: concat!("/", $name),
            kind: kind($name),
            bytes: include_bytes!(concat!("web/", $name)),
            tag: format!("\"{}\"", Revision::of(include_bytes!(concat!("web/", $name))).as_str()),
        }),*]
    };
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let mut all = vec![text("/pages.css", crate::layout::STYLE)];
    all.extend(assets![
        "index.html",
        "icon.svg",
        "base.css",
        "frame.css",
        "facts.css",
        "report.css",
        "ledger.css",
        "views.css",
        "workbook.css",
        "forms.css",
        "api.js",
        "app.js",
        "cell.js",
        "columns.js",
        "compare.js",
        "complete.js",
        "detail.js",
        "dom.js",
        "download.js",
        "edit.js",
        "editor.js",
        "facts.js",
        "find.js",
        "forms.js",
        "frame.js",
        "grid.js",
        "history.js",
        "import.js",
        "issue.js",
        "keys.js",
        "kinds.js",
        "ledger.js",
        "live.js",
        "named.js",
        "newcolumns.js",
        "notice.js",
        "oneline.js",
        "origin.js",
        "panes.js",
        "paste.js",
        "period.js",
        "preview.js",
        "print.js",
        "problems.js",
        "projects.js",
        "rename.js",
        "returned.js",
        "review.js",
        "sheet.js",
        "spell.js",
        "start.js",
        "status.js",
        "store.js",
        "trend.js",
        "workbook.js",
        "year.js",
    ]);
    all
});

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    }
}

/// Answers with a file of the page. The browser asks each time whether it is still the same, so that a new
/// program never runs with an old page.
pub async fn asset(State(_): State<Arc<App>>, request: Request) -> Response {
    let path = if request.uri().path() == "/" { "/index.html" } else { request.uri().path() };
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == path) else {
        return Failure::missing("没有这个页面").answer(request.uri());
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "no-cache"),
        (header::ETAG, asset.tag.as_str()),
    ];
    if is_same(request.headers(), &asset.tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, current(asset)).into_response()
}

fn is_same(headers: &HeaderMap, tag: &str) -> bool {
    headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag)
}

/// The bytes that were compiled in.
#[cfg(not(debug_assertions))]
fn current(asset: &Asset) -> &'static [u8] {
    asset.bytes
}

/// While the page is being written, what stands in the source folder, where that is there.
#[cfg(debug_assertions)]
fn current(asset: &Asset) -> Vec<u8> {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/serve/web");
    std::fs::read(format!("{source}{}", asset.path)).unwrap_or_else(|_| asset.bytes.to_vec())
}
