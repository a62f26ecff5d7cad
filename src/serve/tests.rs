//! Random requests at everything that is answered: no panic, and nothing is written outside the project.

use std::collections::BTreeMap;
use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use proptest::prelude::*;
use proptest::sample::select;
use tower::ServiceExt;

use super::*;
use crate::period::Period;
use crate::project::texts::{Revision, Text};

/// A folder with a project in it and something beside it that must stay as it is.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("outside.yaml", "甲: 1\n");
    write("facts/2011.yaml", "年度: 2011\n会议: 99次\n");
    write(
        "project/facts/指标.yaml",
        "宣传.会议: {单位: 次, 类型: 时期}\n名单: {类型: 名单}\n项目:\n  类型: 台账\n  列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}\n总额: {单位: 万元, 类型: 时期, 公式: {合计: 项目.投资}}\n",
    );
    write("project/facts/2010.yaml", "年度: 2010\n宣传:\n  会议: 12次\n");
    write(
        "project/facts/2011.yaml",
        "年度: 2011\n宣传:\n  会议: 14次\n名单: [甲, 乙]\n项目:\n  - {企业: 甲厂, 投资: 1万元}\n",
    );
    write("project/templates/汇报.hbs", "# 汇报\n\n召开会议{{宣传.会议}}，投资{{总额}}。\n");
    folder
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => drop(found.insert(path.display().to_string(), std::fs::read(&path).unwrap())),
            }
        }
    }
    found
}

#[derive(Debug, Clone)]
struct Asked {
    method: &'static str,
    path: String,
    body: String,
    revision: Option<&'static str>,
    own: bool,
}

/// Words that are no names of the project's, and are meant to reach out of it.
const EVIL: [&str; 13] = [
    "..",
    "../outside",
    "..\\outside",
    "/etc/passwd",
    "facts/../../outside",
    "templates/../../outside",
    "%2e%2e",
    "C:\\x",
    "CON",
    "",
    ".",
    "\0",
    "a/b",
];

fn one_of(good: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(good).prop_map(str::to_owned),
        1 => select(&EVIL[..]).prop_map(str::to_owned),
        1 => ".{0,12}",
    ]
}

fn word() -> impl Strategy<Value = String> {
    one_of(&["2011", "宣传.会议", "项目", "总额", "名单", "汇报", "企业", "投资"])
}

fn coded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Every route with its method; the names in braces stand for words of their kind.
const ROUTES: [(&str, &str); 43] = [
    ("GET", "/api/recent"),
    ("POST", "/api/recent"),
    ("POST", "/api/session"),
    ("GET", "/{any}"),
    ("GET", "/app.js"),
    ("GET", "/api/project"),
    ("GET", "/api/changes"),
    ("GET", "/api/years/{year}/form"),
    ("PATCH", "/api/years/{year}"),
    ("PATCH", "/api/years/{year}"),
    ("PATCH", "/api/years/{year}"),
    ("GET", "/api/years/{year}/ledgers/{path}"),
    ("GET", "/api/years/{year}/ledgers/{path}/order?column={any}&down=true"),
    ("POST", "/api/years/{year}/judge"),
    ("POST", "/api/years/{year}/preview"),
    ("GET", "/api/years/{year}/problems?template={any}"),
    ("POST", "/api/years/{year}/fix"),
    ("POST", "/api/years/{year}/confirm"),
    ("POST", "/api/years/{year}/indicators"),
    ("GET", "/api/years/{year}/trends?path={path}"),
    ("GET", "/api/years/{year}/download/{kind}?draft=true&against={year}"),
    ("GET", "/api/compare/{year}/{year}"),
    ("GET", "/api/texts/{text}"),
    ("PUT", "/api/texts/{text}"),
    ("GET", "/api/vocabulary"),
    ("POST", "/api/undo"),
    ("POST", "/api/redo"),
    ("GET", "/api/history"),
    ("POST", "/api/history"),
    ("POST", "/api/history/{step}/restore"),
    ("POST", "/api/start"),
    ("POST", "/api/years"),
    ("PATCH", "/api/registry"),
    ("POST", "/api/import/look?name={any}.txt"),
    ("POST", "/api/import?name={any}.txt&year={year}&report={any}"),
    ("POST", "/api/import/accept?name={any}.docx&what={any}&old={any}&new={any}"),
    ("POST", "/api/workbook/look"),
    ("POST", "/api/workbook"),
    ("GET", "/api/years/{year}/workbook"),
    ("GET", "/api/years/{year}/collections"),
    ("GET", "/api/years/{year}/forms?ledger={path}"),
    ("GET", "/api/review"),
    ("POST", "/api/review/{step}"),
];

fn address() -> impl Strategy<Value = (&'static str, String)> {
    let words = (
        one_of(&["2011", "2010"]),
        word(),
        one_of(&["docx", "pdf", "ofd", "annotated", "redline", "trace", "html", "txt", "md"]),
        one_of(&["facts/2011", "facts/指标", "templates/汇报", "确认", "项目"]),
        one_of(&["1", "2", "3"]),
    );
    let other = proptest::option::weighted(
        0.1,
        select(vec!["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"]),
    );
    (select(&ROUTES[..]), other, words, any::<bool>()).prop_map(|((method, route), other, words, whole)| {
        let put = |word: &String| if whole { coded(word) } else { coded(word).replace("%2F", "/") };
        let named = [
            ("{year}", &words.0),
            ("{any}", &words.1),
            ("{path}", &words.1),
            ("{kind}", &words.2),
            ("{text}", &words.3),
            ("{step}", &words.4),
        ];
        let path = named.iter().fold(route.to_owned(), |path, (name, word)| path.replace(name, &put(word)));
        (other.unwrap_or(method), path)
    })
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        word().prop_map(serde_json::Value::from),
        select(vec![
            "15次", "15个", "", "甲厂", "3万元", "十五", "- a: b", "{{", "是", "时期", "台账", "starter",
            "example", "back"
        ])
        .prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<bool>().prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = select(vec![
            "do", "path", "value", "field", "items", "row", "column", "at", "cells", "rows", "changes",
            "text", "id", "rule", "by", "how", "year", "name", "template", "written", "have", "kind", "unit",
            "columns", "outside",
        ]);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            proptest::collection::vec((key, inner), 0..5).prop_map(|pairs| serde_json::Value::Object(
                pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            )),
        ]
    })
}

fn change() -> impl Strategy<Value = serde_json::Value> {
    let of = select(vec![
        ("set", "宣传.会议"),
        ("field", "宣传.会议"),
        ("list", "名单"),
        ("cell", "项目"),
        ("insert", "项目"),
        ("delete", "项目"),
        ("rows", "项目"),
    ]);
    let path = proptest::option::weighted(0.2, word());
    let words = one_of(&["15次", "15", "2万元", "甲，乙", "15个", "", "十五", "- a: b", "{{", "#", "是"]);
    let name = one_of(&["企业", "投资", "来源", "说明", "待核"]);
    (of, path, words, name, 0..4usize).prop_map(|((of, own), path, words, name, row)| {
        let path = path.unwrap_or_else(|| own.to_owned());
        serde_json::json!({"do": of, "path": path, "value": words, "field": name, "column": name, "row": row, "at": row,
            "items": [words, "丙"], "cells": [["企业", words]], "rows": [1, [["投资", words]]]})
    })
}

/// A body as the page sends it to this route.
fn proper(path: &str, changes: serde_json::Value, pick: usize) -> serde_json::Value {
    use serde_json::json;
    let of = |bodies: &[serde_json::Value]| bodies[pick % bodies.len()].clone();
    let ends = |end: &str| path.ends_with(end);
    match path {
        _ if ends("/start") => {
            of(&[json!({"how": "example"}), json!({"how": "back"}), json!({"how": "starter"})])
        }
        _ if ends("/years") => of(&[json!({"year": 2012}), json!({"year": 1}), json!({"year": 2011})]),
        _ if ends("/undo") || ends("/redo") => json!({"outside": pick.is_multiple_of(2)}),
        _ if ends("/history") || ends("/name") => json!({"name": "送审稿"}),
        _ if path.contains("/review/") => json!({"path": "宣传.会议", "value": "15次", "verdict": "对"}),
        _ if path.contains("/import") => json!("2011年汇报：今年会议15次，专栏5期。"),
        _ if ends("/registry") => {
            json!({"path": "宣传.会议", "field": of(&[json!("口径"), json!("类型")]), "value": "新，的"})
        }
        _ if ends("/indicators") => of(&[
            json!({"path": "宣传.新的", "kind": "时期", "unit": "次"}),
            json!({"path": "新账", "kind": "台账", "columns": ["甲", "乙（元）"]}),
            json!({"path": "../新", "kind": "文本"}),
        ]),
        _ if path.contains("/texts/") => of(&[
            json!({"text": "# 汇报\n\n会议{{宣传.会议}}。\n"}),
            json!({"text": "年度: 2011\n宣传:\n  会议: 19次\n"}),
            json!({"text": "宣传.会议: {单位: 次, 类型: 时期}\n"}),
            json!({"text": ""}),
        ]),
        _ => of(&[changes.clone(), changes, json!({"written": {"name": "汇报", "text": "# {{宣传.会议}}"}})]),
    }
}

/// A table, or two, as the page hands them in.
fn handed(pick: usize) -> String {
    let table =
        ["企业,投资（万元）\n乙厂,2\n", "名称,金额\n../丙厂,=1\n", "企业,投资\n甲厂,很多\n", ""][pick % 4];
    let name = ["台账.csv", "../../台账.csv", "", "台账.xlsx"][pick % 3];
    let column = ["企业", "没有"][pick % 2];
    let said = serde_json::json!([["金额", "投资"], ["名称", column]]);
    let one = serde_json::json!({"name": name, "size": table.len()});
    let files = if pick.is_multiple_of(5) { vec![one.clone(), one] } else { vec![one] };
    let head = serde_json::json!({"files": files, "ledger": "项目", "said": said, "replace": pick.is_multiple_of(2)});
    format!("{head}\n{}", table.repeat(files.len()))
}

fn asked() -> impl Strategy<Value = Asked> {
    let revision = prop_oneof![
        5 => Just(Some("now")),
        1 => select(vec![None, Some("\"0\""), Some("x"), Some("\"0123456789abcdef0123456789abcdef\"")]),
    ];
    let changes = proptest::collection::vec(change(), 0..3);
    let random = prop_oneof![3 => value().prop_map(|value| value.to_string()), 1 => ".{0,40}"];
    let wild = proptest::option::weighted(0.25, random);
    (address(), changes, wild, 0..12usize, revision, proptest::bool::weighted(0.95)).prop_map(
        |((method, path), changes, wild, pick, revision, own)| {
            let proper = match path.strip_prefix("/api/workbook") {
                Some(_) => handed(pick),
                None => proper(&path, serde_json::json!({"changes": changes}), pick).to_string(),
            };
            Asked { method, path, body: wild.unwrap_or(proper), revision, own }
        },
    )
}

/// The text that a request would change.
fn changed_by(path: &str) -> Text {
    let bytes: Vec<u8> = {
        let (mut bytes, mut rest) = (Vec::new(), path.trim_start_matches("/api/texts/"));
        while let Some(c) = rest.chars().next() {
            let byte = rest.strip_prefix('%').and_then(|rest| u8::from_str_radix(rest.get(..2)?, 16).ok());
            let taken = if byte.is_some() { 3 } else { c.len_utf8() };
            bytes.extend(byte.map_or_else(|| rest.as_bytes()[..taken].to_vec(), |byte| vec![byte]));
            rest = &rest[taken..];
        }
        bytes
    };
    let named = Text::parse(&String::from_utf8_lossy(&bytes));
    named.unwrap_or(if path.ends_with("/registry") { Text::Registry } else { Text::Year(Period::year(2011)) })
}

/// Asks, and gives the status; nothing where the request itself cannot be made.
async fn ask(app: &Arc<App>, asked: &Asked) -> Option<StatusCode> {
    let mut request = Request::builder()
        .method(asked.method)
        .uri(&asked.path)
        .header("host", "127.0.0.1:8787")
        .header("cookie", format!("{}={}", app.cookie(), app.secret.session()));
    if asked.own {
        request = request.header("origin", "http://127.0.0.1:8787").header(guard::OWN, "1");
    }
    let current = changed_by(&asked.path).read(app.project().place()).ok().flatten().unwrap_or_default();
    let now = match asked.path.starts_with("/api/workbook") {
        true => crate::project::intake::basis(&app.project()).unwrap(),
        false => Revision::of(&current),
    };
    let now = format!("\"{}\"", now.as_str());
    if let Some(revision) = asked.revision {
        request = request.header("if-match", if revision == "now" { &now } else { revision });
    }
    let request = request.body(Body::from(asked.body.clone())).ok()?;
    let response = router(Arc::clone(app)).oneshot(request).await.unwrap();
    let status = response.status();
    assert!(response.headers().contains_key("content-security-policy"));
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    if status.is_client_error()
        && asked.path.starts_with("/api/")
        && asked.method != "HEAD"
        && !bytes.is_empty()
    {
        let error: serde_json::Value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| panic!("{status} {}", String::from_utf8_lossy(&bytes)));
        assert!(error["message"].is_string(), "{error}");
    }
    Some(status)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn random_requests_bring_no_panic_and_write_nothing_outside(requests in proptest::collection::vec(asked(), 1..20)) {
        let folder = place();
        let project = folder.path().join("project");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let inside = project.display().to_string();
        let outside = |files: BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
            files.into_iter().filter(|(name, _)| !name.starts_with(&inside)).collect()
        };
        let before = outside(files(folder.path()));
        let app = Arc::new(App::new(8787, Secret::new().unwrap(), &project));
        runtime.block_on(async {
            for asked in &requests {
                if let Some(status) = ask(&app, asked).await {
                    assert!(!status.is_server_error(), "{status} {asked:?}");
                }
            }
        });
        prop_assert_eq!(outside(files(folder.path())), before);
        for name in files(&project).keys() {
            let name = name.strip_prefix(&inside).unwrap().replace('\\', "/");
            let known = ["/facts/", "/templates/", "/.huibao/", "/示例/", "/确认.yaml", "/使用说明.txt", "/导入核对", "/golden/", "/表头对照.yaml"];
            prop_assert!(known.iter().any(|known| name.starts_with(known)), "{}", name);
        }
        let text = std::fs::read_to_string(project.join("facts/2011.yaml")).unwrap();
        prop_assert!(crate::project::value::Project::open(&project).facts().is_ok(), "{}", text);
    }
}
