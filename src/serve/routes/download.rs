//! The report and what goes with it as files.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as In, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::diag::{Diagnostic, render};
use crate::diff::{self, Difference, Manner};
use crate::document::Document;
use crate::output::{self, Format, Revision, Written};
use crate::period::Period;
use crate::project::compare::Against;
use crate::project::value::{Edition, Project};
use crate::report::Gaps;
use crate::serve::ask;
use crate::serve::error::{Answer, Failure};
use crate::serve::state::{App, now, work};
use crate::serve::words::words;
use crate::trace;

/// What a workbook ends in.
const WORKBOOK: &str = "xlsx";

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/api/years/{year}/download/{kind}", get(download))
}

#[derive(Deserialize)]
struct Wanted {
    template: Option<String>,
    /// Whether gaps may stand in it.
    #[serde(default)]
    draft: bool,
    /// The year that a redline is made against.
    against: Option<String>,
}

/// What can be downloaded.
struct DownloadKind {
    /// Its name in addresses.
    name: &'static str,
    /// What the menu calls it, and what it is good for; nothing where it is not offered there.
    offer: Option<(&'static str, &'static str)>,
    /// What its file name says beside report and year.
    words: &'static str,
    /// What its file ends in.
    ending: &'static str,
}

const fn kind(
    name: &'static str,
    offer: Option<(&'static str, &'static str)>,
    words: &'static str,
    ending: &'static str,
) -> DownloadKind {
    DownloadKind { name, offer, words, ending }
}

/// In the order of the menu. The workbook of the facts has a route of its own.
const KINDS: [DownloadKind; 10] = [
    kind("docx", Some(("Word 文档", "按 GB/T 9704 排好版，可直接用 WPS、Word 修改")), "", "docx"),
    kind("pdf", Some(("PDF", "打印、发送、归档用，行和页与 Word 一样；没有签章")), "", "pdf"),
    kind("redline", Some(("花脸稿（Word 修订）", "与上年的差别用“修订”标出，给领导审阅")), "_花脸稿", "docx"),
    kind("annotated", Some(("批注稿（Word）", "每个数字加批注，写明事实、算法、出处")), "_批注稿", "docx"),
    kind(
        "trace",
        Some(("数字核对表（Excel）", "每个数字的事实、出处、来源，留核对栏")),
        "_数字核对表",
        WORKBOOK,
    ),
    kind("facts", Some(("事实表（Excel）", "指标和台账，白格可以填，填好拖回来导入")), "", WORKBOOK),
    kind(
        "ofd",
        Some(("OFD 文档", "国家版式格式，送审、归档用的一份；没有签章，盖章请用单位的公文系统")),
        "",
        "ofd",
    ),
    kind("html", Some(("网页", "一个文件，双击就能看，可打印")), "", "html"),
    kind("txt", Some(("纯文本", "只有文字，便于粘贴")), "", "txt"),
    kind("md", None, "", "md"),
];

/// What the menu of the page offers.
pub fn offered() -> Value {
    let offer = |one: &DownloadKind| {
        let (words, about) = one.offer?;
        Some(json!({"kind": one.name, "words": words, "about": about}))
    };
    KINDS.iter().filter_map(offer).collect()
}

async fn download(
    State(app): State<Arc<App>>,
    In((year, kind)): In<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Answer<Response> {
    work(app, move |app| {
        let project = app.project();
        let year = ask::year(&project, &year)?;
        let known = KINDS.iter().find(|one| one.name == kind && kind != "facts");
        let DownloadKind { name: kind, words: suffix, ending, .. } =
            known.ok_or_else(|| Failure::missing("没有这种文件"))?;
        let template = wanted.template.as_deref();
        let edition = project.report(template, year, Gaps::Show)?;
        if !wanted.draft && !edition.missing.is_empty() {
            return Err(gaps(&edition.missing));
        }
        let Written { bytes, notices } = match *kind {
            "redline" => redline(&project, year, &wanted)?.into(),
            kind => written(app, &project, kind, &edition)?,
        };
        let state = if edition.missing.is_empty() { "" } else { "_草稿" };
        let time = now().to_zoned(jiff::tz::TimeZone::system()).strftime("%Y%m%d-%H%M").to_string();
        let name = format!("{}_{year}{suffix}{state}_{time}.{ending}", edition.name);
        Ok(noticed(file(&name, ending, bytes), &notices))
    })
    .await
}

/// Something is still to be filled in; the page asks whether a draft is wanted.
fn gaps(missing: &[String]) -> Failure {
    Failure::new(StatusCode::CONFLICT, "gaps", format!("还有{}处待填：{}", missing.len(), missing.join("、")))
        .fix("可以先下载草稿，缺的地方标【待填】")
        .with("missing", missing.into())
}

fn written(app: &App, project: &Project, kind: &str, edition: &Edition) -> Answer<Written> {
    let names = project.fonts()?;
    let watermark = (!edition.missing.is_empty()).then_some(output::DRAFT);
    let manner = output::Manner { names, shelf: &app.shelf, watermark, revision: None };
    let write =
        |document: &Document, format| -> Answer<Written> { Ok(output::write_as(document, format, &manner)?) };
    match kind {
        "annotated" => write(&trace::annotated(&edition.document), Format::Docx),
        "trace" => {
            let title = format!("{}数字核对表", edition.year);
            project.trace(edition).workbook(&title).map(Written::from).map_err(not_written)
        }
        kind => write(&edition.document, Format::of_ending(kind).unwrap_or(Format::Docx)),
    }
}

/// This year's report with everything that changed since an earlier one as tracked changes.
fn redline(project: &Project, year: Period, wanted: &Wanted) -> Answer<Vec<u8>> {
    let Some(against) = wanted.against.as_deref() else {
        return Err(Failure::bad("没有说和哪一年对比"));
    };
    let against = ask::year(project, against)?;
    let [old, new] = [against, year].map(|year| Some(Against::Year(year)));
    revised(&project.diff(old, new, wanted.template.as_deref())?.difference())
}

/// A difference as a Word file with tracked changes.
pub fn revised(difference: &Difference) -> Answer<Vec<u8>> {
    let redline = diff::redline(difference, Manner { remarks: true, moves: false });
    output::write_revised(&redline, Format::Docx, &Revision::default()).map_err(not_written)
}

fn not_written(error: impl std::fmt::Display) -> Failure {
    Diagnostic::error("cannot-write", format!("文件没有生成：{error}")).hint("请再试一次").into()
}

/// The header in which a file brings what there is to say of it, as the page says it: a list, each thing with what
/// can be done about it. Headers hold no Chinese, so it is coded as an address is.
const NOTICES: &str = "x-huibao-notices";

/// The file with what there is to say of its faces.
fn noticed(mut response: Response, notices: &[Diagnostic]) -> Response {
    let notices = &render::json(notices, words)["findings"];
    let short: Value = notices
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| json!({"message": one["message"], "hint": one["hint"]}))
        .collect();
    if let Ok(value) = HeaderValue::try_from(coded(&short.to_string()))
        && short.as_array().is_some_and(|all| !all.is_empty())
    {
        response.headers_mut().insert(NOTICES, value);
    }
    response
}

/// Words as addresses hold them.
fn coded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A file under its Chinese name, and a plain one for programs that do not know better.
pub fn file(name: &str, ending: &str, bytes: Vec<u8>) -> Response {
    let kind = match Format::of_ending(ending) {
        Some(format) => format.mime(),
        None if ending == WORKBOOK => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        None => "application/octet-stream",
    };
    let coded = coded(name);
    let disposition = format!("attachment; filename=\"report.{ending}\"; filename*=UTF-8''{coded}");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
