//! What requests say: revisions, bodies, years and names that the project has.

use axum::body::Bytes;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use serde::de::DeserializeOwned;

use super::error::{Answer, Failure};
use crate::period::Period;
use crate::project::texts::{Revision, Text};
use crate::project::value::Project;

/// The body as JSON of a known shape.
///
/// # Errors
/// It has another shape.
pub fn body<T: DeserializeOwned>(bytes: &Bytes) -> Answer<T> {
    serde_json::from_slice(bytes).map_err(|_| Failure::bad("页面发来的内容看不懂"))
}

/// What an address says behind its question mark.
///
/// # Errors
/// It says something else.
pub fn query<T: DeserializeOwned>(uri: &Uri) -> Answer<T> {
    Query::try_from_uri(uri).map(|Query(asked)| asked).map_err(|_| Failure::bad("页面发来的内容看不懂"))
}

/// The revision that a change was made for.
///
/// # Errors
/// It is not said (428) or is no revision (400).
pub fn revision(headers: &HeaderMap) -> Answer<Revision> {
    let Some(tag) = headers.get(header::IF_MATCH) else {
        return Err(Failure::new(StatusCode::PRECONDITION_REQUIRED, "no-revision", "没有说明改的是哪一版")
            .fix("请刷新页面再试"));
    };
    let words = tag.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
    words.and_then(Revision::parse).ok_or_else(|| Failure::bad("版本号看不懂"))
}

/// A year that the project has.
///
/// # Errors
/// It has no such year.
pub fn year(project: &Project, words: &str) -> Answer<Period> {
    let year = Some(format!("facts/{words}")).and_then(|id| Text::parse(&id));
    match year {
        Some(Text::Year(year)) if project.texts().get(&Text::Year(year)).is_some() => Ok(year),
        _ => Err(Failure::missing(format!("没有{words}年的事实文件"))),
    }
}

/// A template that the project has.
///
/// # Errors
/// It has no such template.
pub fn template(project: &Project, name: &str) -> Answer<Text> {
    let text = Text::template(name).filter(|text| project.texts().get(text).is_some());
    text.ok_or_else(|| Failure::missing(format!("没有“{name}”这个模板")))
}
