//! Who may ask: this computer, under its own name, by the link that was printed; and what every answer says.
//!
//! The order matters. The name in `Host` comes first, because a page elsewhere can make its own name point at
//! this computer; then the link; then the session; then, for everything that changes something, the page that the
//! request comes from.
//!
//! A browser gets no cookie: those do not know ports, and whatever else listens on this computer would be handed
//! the session. It gets the files of the page, which hold nothing of a project; their script trades the key of the
//! link for the session and says it in a header of every request. A program that follows the link by itself, such
//! as a script of whoever looks after the computer, is given the session for its own jar.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::Failure;
use super::state::App;

/// The header that only a script of the own page can set.
pub const OWN: &str = "x-huibao";
/// The header with the project that a window shows, so that it never writes into another.
const PROJECT: &str = "x-huibao-project";
/// The header with the session.
pub const SESSION: &str = "x-huibao-session";

/// What every answer says to the browser: nothing from elsewhere, nothing inline, nothing kept.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         font-src 'none'; frame-src blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];

/// Lets a request through or answers it.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = match admitted(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(answer) => *answer,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn admitted(app: &App, request: &Request) -> Result<(), Box<Response>> {
    let (headers, uri) = (request.headers(), request.uri());
    let refuse = |status, code, message: &str, fix: &str| {
        Err(Box::new(Failure::new(status, code, message).fix(fix).answer(uri)))
    };
    if !is_own_host(app.port, headers, uri) {
        return refuse(
            StatusCode::MISDIRECTED_REQUEST,
            "wrong-host",
            "这个网址不是本机的",
            "请用黑色窗口里显示的网址打开",
        );
    }
    if let Some(key) = key(request) {
        if is_browser(headers) {
            return Ok(());
        }
        if !app.secret.opens(key) {
            return Err(Box::new(wrong_key().answer(uri)));
        }
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", app.cookie(), app.secret.session());
        let answer =
            (StatusCode::SEE_OTHER, [(header::LOCATION, "/"), (header::SET_COOKIE, cookie.as_str())]);
        return Err(Box::new(answer.into_response()));
    }
    // What a path of the page holds is the same for everybody.
    let of_page = !uri.path().starts_with("/api/") && matches!(*request.method(), Method::GET | Method::HEAD);
    if !of_page && uri.path() != TRADE && !is_session(app, headers) {
        return refuse(
            StatusCode::UNAUTHORIZED,
            "no-session",
            "还没有从“汇报”窗口打开",
            "请用黑色窗口里显示的网址打开",
        );
    }
    if headers.get(PROJECT).is_some_and(|project| project.as_bytes() != app.identity().as_bytes()) {
        return refuse(
            StatusCode::CONFLICT,
            "other-project",
            "这个窗口里的项目已经换成了另一个",
            "请刷新页面；要回到原来的项目，点左上角的项目名称",
        );
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) && !is_own_page(app.port, headers) {
        return refuse(StatusCode::FORBIDDEN, "wrong-origin", "这个请求不是从本页面发出的", "请刷新页面再试");
    }
    Ok(())
}

/// Where the key of the link is traded for the session.
pub const TRADE: &str = "/api/session";

/// The key is that of another start of the program.
pub fn wrong_key() -> Failure {
    Failure::new(StatusCode::UNAUTHORIZED, "wrong-key", "这个网址已经失效")
        .fix("请用黑色窗口里显示的网址打开")
}

/// Whether somebody looks at the answer: a browser asks for a page.
fn is_browser(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|accepts| accepts.to_str().ok());
    accepts.is_some_and(|accepts| accepts.contains("text/html"))
}

/// Whether a request says the session.
fn is_session(app: &App, headers: &HeaderMap) -> bool {
    let said = headers.get(SESSION).and_then(|said| said.to_str().ok());
    said.into_iter().chain(cookies(headers, &app.cookie())).any(|session| app.secret.is_session(session))
}

/// The key in the address, `/?k=…`.
fn key(request: &Request) -> Option<&str> {
    let uri = request.uri();
    let fits = *request.method() == Method::GET && uri.path() == "/";
    uri.query().filter(|_| fits)?.split('&').find_map(|part| part.strip_prefix("k="))
}

/// Whether the request names this computer and this port, in its `Host` and in its address.
fn is_own_host(port: u16, headers: &HeaderMap, uri: &Uri) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (first, second) = (hosts.next(), hosts.next());
    let host = first.and_then(|host| host.to_str().ok());
    let in_address = uri.authority().is_none_or(|authority| is_loopback(authority.as_str(), port));
    second.is_none() && host.is_some_and(|host| is_loopback(host, port)) && in_address
}

fn is_loopback(host: &str, port: u16) -> bool {
    let (name, of) = host.rsplit_once(':').unwrap_or((host, "80"));
    (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")) && of == port.to_string()
}

/// Whether a request that changes something comes from a script of the own page.
fn is_own_page(port: u16, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let own =
        origin.and_then(|origin| origin.strip_prefix("http://")).is_some_and(|host| is_loopback(host, port));
    let site = headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin");
    own && site && headers.contains_key(OWN)
}

fn cookies<'h>(headers: &'h HeaderMap, name: &'h str) -> impl Iterator<Item = &'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(move |pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}
