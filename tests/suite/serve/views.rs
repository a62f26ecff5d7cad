//! What the page shows: the report, what is found in it, comparisons, downloads, and the first run.

use serde_json::{Value, json};

use super::served::{Served, coded};
use crate::project::{Project, root};

/// The example in a folder of its own.
fn example() -> Project {
    let mut project = Project::new();
    for folder in ["facts", "templates"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = format!("{folder}/{}", path.file_name().expect("a name").to_string_lossy());
            project = project.file(&name, std::fs::read(&path).expect("a file"));
        }
    }
    project
}

#[test]
fn a_value_that_is_being_typed_is_seen_in_the_report_and_not_in_the_file() {
    let project = example();
    let served = Served::start(project.path());
    let before = project.read("facts/2011.yaml");
    let first = served.post("/api/years/2011/preview", json!({})).json();
    let pages = first["pages"].as_array().unwrap();
    assert!(pages.len() > 3 && first["missing"] == json!([]), "{first}");
    let text: String = pages.iter().map(|page| page["html"].as_str().unwrap()).collect();
    assert!(text.contains(">38</span>次") && !text.contains("style=") && !text.contains("<script"), "{text}");
    let have: Vec<&Value> = pages.iter().map(|page| &page["digest"]).collect();
    let typing = json!({"changes": [{"do": "set", "path": "宣传.会议", "value": "20"}], "have": have, "trails": first["trails_digest"]});
    let typed = served.post("/api/years/2011/preview", typing).json();
    let changed: Vec<&str> =
        typed["pages"].as_array().unwrap().iter().filter_map(|page| page["html"].as_str()).collect();
    assert!(changed.len() == 1 && changed[0].contains(">44</span>次"), "{typed}");
    assert_eq!(typed["entries"][0]["rate"], "+53.8%");
    let wrong = json!({"changes": [{"do": "set", "path": "宣传.会议", "value": "二十次"}]});
    let wrong = served.post("/api/years/2011/preview", wrong).json();
    assert_eq!(
        (&wrong["bad"][0]["message"], &wrong["bad"][0]["instead"]),
        (&json!("数字写成了汉字"), &json!("20次"))
    );
    assert_eq!(project.read("facts/2011.yaml"), before);
}

#[test]
fn findings_lead_to_their_place_and_are_mended_or_confirmed() {
    let project = example();
    let served = Served::start(project.path());
    let template = project.read("templates/政协工作汇报.hbs").replace("渠道一齐用，政协", "渠道一齐用,政协");
    let project = project.file("templates/政协工作汇报.hbs", template);
    let found = served.get("/api/years/2011/problems").json();
    let findings = found["findings"].as_array().unwrap();
    let half = findings.iter().find(|one| one["fix"].is_object()).unwrap_or_else(|| panic!("{found:#}"));
    assert_eq!((&half["text"], &half["fix"]["new"]), (&json!("templates/政协工作汇报"), &json!("，")));
    assert!(half["page"].as_u64() == Some(2) && half["row"].as_u64().is_some(), "{half}");
    let mended = served.post("/api/years/2011/fix", json!({"id": half["id"]}));
    assert_eq!(mended.status, 200, "{}", mended.text());
    assert!(project.read("templates/政协工作汇报.hbs").contains("渠道一齐用，政协"));
    assert_eq!(served.post("/api/years/2011/fix", json!({"id": half["id"]})).status, 404);

    let same = findings.iter().find(|one| one["path"] == "宣传.专栏").unwrap();
    let about = &same["about"];
    let by = json!({"rule": same["rule"], "path": about["path"], "value": about["value"], "by": "张三", "note": "核对过"});
    assert_eq!(served.post("/api/years/2011/confirm", by).status, 200);
    assert!(project.read("确认.yaml").contains("确认人: 张三"));
    let again = served.get("/api/years/2011/problems").json();
    assert!(!again["findings"].as_array().unwrap().iter().any(|one| one["path"] == "宣传.专栏"), "{again:#}");
    served.post("/api/undo", json!({}));
    assert!(!project.path().join("确认.yaml").exists());
}

#[test]
fn every_download_is_what_it_says() {
    let project = example();
    let served = Served::start(project.path());
    for (kind, start, words) in [
        ("docx", &b"PK"[..], "_2011"),
        ("annotated", b"PK", "批注稿"),
        ("redline?against=2010", b"PK", "花脸稿"),
        ("trace", b"PK", "数字核对表"),
        ("html", b"<!DOCTYPE html>", ".html"),
        ("txt", "云溪镇".as_bytes(), ".txt"),
    ] {
        let answer = served.get(&format!("/api/years/2011/download/{kind}"));
        assert_eq!(answer.status, 200, "{kind}: {}", answer.text());
        assert!(answer.body.starts_with(start), "{kind}");
        let disposition = answer.header("content-disposition").unwrap();
        assert!(
            disposition.starts_with("attachment") && disposition.contains(&coded(words)),
            "{disposition}"
        );
    }
    let blank = project
        .read("facts/2011.yaml")
        .replace("会议: {值: 14次, 说明: 原件只有三年合计38次，分年为示例}", "会议:");
    let _project = project.file("facts/2011.yaml", blank);
    let refused = served.get("/api/years/2011/download/docx");
    assert_eq!((refused.status, &refused.json()["missing"][0]), (409, &json!("宣传.会议")));
    assert_eq!(served.get("/api/years/2011/download/docx?draft=true").status, 200);
}

#[test]
fn years_are_compared_and_drawn() {
    let project = example();
    let served = Served::start(project.path());
    let found = served.get("/api/compare/2010/2011").json();
    assert!(
        found["copied"].as_u64().unwrap() > 80 && found["prose"].as_str().unwrap().contains("<ins"),
        "{}",
        found["copied"]
    );
    assert!(!found["prose"].as_str().unwrap().contains("style="));
    assert!(found["facts"].as_str().unwrap().contains("委员.总数"));
    assert_eq!(served.get("/api/compare/2011/2011").status, 400);
    let trends = served.get("/api/years/2011/trends").json();
    let bars = trends["trends"][0]["bars"].as_str().unwrap();
    assert!(bars.starts_with("<svg") && !bars.contains("style="), "{bars}");
    let table = trends["trends"][0]["table"].as_str().unwrap();
    assert!(table.contains("<td>17名</td><td>增长6.3%</td>"), "{table}");
}

#[test]
fn an_empty_folder_gets_a_project_or_the_example() {
    let folder = Project::new().file("上年汇报.docx", "x");
    let served = Served::start(folder.path());
    assert_eq!(served.get("/api/project").json()["state"], "empty");
    assert_eq!(served.post("/api/start", json!({"how": "example"})).status, 200);
    let project = served.get("/api/project").json();
    assert_eq!((&project["example"], &project["years"][5]), (&json!(true), &json!(2011)));
    assert!(folder.path().join("示例/facts/2011.yaml").is_file());
    assert_eq!(served.post("/api/start", json!({"how": "back"})).status, 200);
    assert_eq!(served.post("/api/start", json!({"how": "starter"})).status, 200);
    assert_eq!(served.get("/api/project").json()["state"], "project");
    let year = served.post("/api/years", json!({"year": 2026}));
    assert_eq!((year.status, &year.json()["from"]), (200, &json!(2025)), "{}", year.text());
    assert_eq!(served.post("/api/years", json!({"year": 2026})).status, 422);
    assert!(
        served.get("/api/years/2026/form").json()["groups"]
            .as_array()
            .unwrap()
            .iter()
            .any(|group| group["missing"] != 0)
    );
    served.post("/api/undo", json!({}));
    assert!(!folder.path().join("facts/2026.yaml").exists());
}
