//! What a request that failed is told: one shape, `{code, message, where, fix}`.

use axum::Json;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::diag::{Diagnostic, Level, Problems};
use crate::markup::escaped;
use crate::project::journal::Refused;
use crate::serve::words::{said, words};

/// A failed request.
#[derive(Debug, Clone)]
pub struct Failure {
    status: StatusCode,
    code: String,
    message: String,
    place: Option<String>,
    fix: Option<String>,
    more: Vec<(&'static str, Value)>,
}

/// What a route gives.
pub type Answer<T = Json<Value>> = Result<T, Failure>;

impl Failure {
    /// A failure with its stable English code and its message for staff.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Failure {
        Failure {
            status,
            code: code.to_owned(),
            message: message.into(),
            place: None,
            fix: None,
            more: Vec::new(),
        }
    }

    /// The same with what to do about it.
    pub fn fix(mut self, fix: impl Into<String>) -> Failure {
        self.fix = Some(fix.into());
        self
    }

    /// The same with something more.
    pub fn with(mut self, name: &'static str, value: Value) -> Failure {
        self.more.push((name, value));
        self
    }

    /// There is no such thing.
    pub fn missing(message: impl Into<String>) -> Failure {
        Failure::new(StatusCode::NOT_FOUND, "not-found", message).fix("请刷新页面再试")
    }

    /// The request is not understood.
    pub fn bad(message: impl Into<String>) -> Failure {
        Failure::new(StatusCode::BAD_REQUEST, "bad-request", message).fix("请刷新页面再试")
    }

    /// As JSON, or for whoever opened an address by hand as a page.
    pub fn answer(self, uri: &Uri) -> Response {
        if uri.path().starts_with("/api/") {
            return self.into_response();
        }
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>汇报</title></head>\n\
             <body><h1>{}</h1><p>{}</p></body>\n</html>\n",
            escaped(&self.message),
            escaped(self.fix.as_deref().unwrap_or_default())
        );
        (self.status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut body = json!({
            "code": self.code, "message": self.message, "where": self.place, "fix": self.fix,
        });
        for (name, value) in self.more {
            body[name] = value;
        }
        (self.status, Json(body)).into_response()
    }
}

impl From<Diagnostic> for Failure {
    fn from(problem: Diagnostic) -> Failure {
        Failure::from(&problem)
    }
}

impl From<&Diagnostic> for Failure {
    fn from(problem: &Diagnostic) -> Failure {
        let mut failure =
            Failure::new(StatusCode::UNPROCESSABLE_ENTITY, problem.rule, problem.message.as_str());
        failure.place = problem
            .place
            .as_ref()
            .map(|place| format!("{} 第{}行第{}字", place.source.name, place.line(), place.column()));
        failure.fix = Some(said(problem)).filter(|fix| !fix.is_empty());
        failure
    }
}

impl From<Problems> for Failure {
    /// The first error speaks; all of them follow.
    fn from(problems: Problems) -> Failure {
        let first = problems.0.iter().find(|one| one.level == Level::Error).or(problems.0.first());
        let Some(first) = first else { return Failure::bad("没有做成") };
        Failure::from(first)
            .with("findings", crate::diag::render::json(&problems.0, words)["findings"].clone())
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Failure {
        match refused {
            Refused::Changed(text, revision) => Failure::new(
                StatusCode::PRECONDITION_FAILED,
                "changed",
                format!("{} 刚刚在别处改过", text.name()),
            )
            .fix("请核对两边的内容，决定用哪一个")
            .with("text", text.id().into())
            .with("revision", revision.map(|one| one.as_str().to_owned()).into()),
            Refused::Outside(label) => {
                Failure::new(StatusCode::CONFLICT, "outside", format!("上一步不是在这个页面上做的：{label}"))
                    .fix("确认要撤销它，再撤销一次")
            }
            Refused::Nothing => Failure::new(StatusCode::CONFLICT, "nothing", "没有可以撤销、重做或还原的了"),
            refused => Failure::from(Diagnostic::from(refused)),
        }
    }
}
