//! A report that was sent, on the page: kept, shown beside what is being edited, used by comparison and downloads.

use serde_json::json;

use super::served::{Served, coded};
use crate::project::Project;

#[test]
fn a_report_is_kept_from_the_page_and_told_from_what_would_come_out_now() {
    let project = Project::small();
    let served = Served::start(project.path());
    let preview = || served.post("/api/years/2010/preview", json!({})).json();
    assert!(preview()["issued"].is_null());
    let before = served.get("/api/compare/2010/2011").json();
    assert_eq!(before["basis"], "rendered");
    assert_eq!(served.get("/api/years/2010/issued").status, 404);
    let issue = |more: &str, body: &str| {
        served.ask("POST", &format!("/api/years/2010/issue{more}"), &[], body.as_bytes())
    };
    let kept = issue("", "");
    assert_eq!(kept.status, 200, "{}", kept.text());
    assert_eq!(kept.json()["file"], "golden/汇报-2010.定稿.md");
    assert_eq!(preview()["issued"]["differs"], 0);
    let changes = json!([{"do": "set", "path": "会议", "value": "13次"}]);
    let typed = served.post("/api/years/2010/preview", json!({"changes": changes})).json();
    assert_eq!(typed["issued"]["differs"], 1, "what is typed shows beside what was sent: {typed}");
    std::fs::write(project.path().join("facts/2010.yaml"), "年度: 2010\n会议: 13次\n").expect("a file");
    let pages = served.get("/api/years/2010/issued").json();
    assert!(pages["pages"][0].as_str().expect("a page").contains(">12<"), "{pages}");
    assert_eq!(served.get("/api/years/2010/download/txt").text(), "汇报\n召开会议12次。\n");
    let compared = served.get("/api/compare/2010/2011").json();
    assert_eq!(compared["basis"], "issued");
    let prose = compared["prose"].as_str().expect("prose");
    assert!(prose.contains("12") && !prose.contains("13"), "{prose}");
    let twice = issue("", "");
    assert_eq!((twice.status, &twice.json()["code"]), (422, &json!("already-issued")));
    let file = format!("?file={}", coded("报出.txt"));
    let gap = issue(&format!("{file}&again={}", coded("漏了")), "汇报\n召开会议【待填：会议】。\n");
    assert_eq!((gap.status, &gap.json()["code"]), (422, &json!("issue-gaps")));
    let again = issue(&format!("{file}&again={}", coded("会议数有误")), "汇报\n召开会议12次，很好。\n");
    assert_eq!(again.status, 200, "{}", again.text());
    let kept = project.read("golden/汇报-2010.定稿.md");
    assert!(
        kept.contains("会议数有误") && kept.contains("很好") && kept.contains("来自: 报出.txt"),
        "{kept}"
    );
    let broken = format!("?file={}&again={}", coded("报出.docx"), coded("再改"));
    assert_eq!(issue(&broken, "不是 Word 文件").status, 422);
    assert_eq!(served.post("/api/undo", json!({})).status, 200);
    assert!(
        !project.read("golden/汇报-2010.定稿.md").contains("会议数有误"),
        "a correction can be taken back"
    );
}

#[test]
fn a_year_is_compared_with_what_was_issued_and_with_a_file() {
    let project = Project::small();
    let served = Served::start(project.path());
    assert_eq!(served.get("/api/issued").json(), json!({"issued": [], "open": [2010, 2011]}));
    let kept = served.ask("POST", "/api/years/2010/issue?on=2010-12-20", &[], b"");
    assert_eq!((kept.status, &kept.json()["on"]), (200, &json!("2010年12月20日")), "{}", kept.text());
    assert_eq!(served.ask("POST", "/api/years/2011/issue?on=someday", &[], b"").status, 400);
    let list = served.get("/api/issued").json();
    assert_eq!((&list["open"], &list["issued"][0]["report"]), (&json!([2011]), &json!("汇报")), "{list}");
    std::fs::write(project.path().join("facts/2010.yaml"), "年度: 2010\n会议: 13次\n").expect("a file");
    assert_eq!(served.get("/api/issued").json()["issued"][0]["differs"], 1);
    let own = served.get("/api/compare/2010/2010").json();
    assert_eq!((&own["old"], &own["new"]), (&json!("2010年定稿"), &json!("2010年现在生成的")), "{own}");
    let sent = "汇报\n召开会议9次。\n散会。\n".as_bytes();
    let query = format!("?file={}", coded("别处的.txt"));
    let found = served.ask("POST", &format!("/api/years/2011/compare{query}"), &[], sent).json();
    assert!(found["facts"].is_null() && found["old"] == "别处的.txt", "{found}");
    assert!(found["prose"].as_str().expect("prose").contains("散会"), "{found}");
    let word = served.ask("POST", &format!("/api/years/2011/redline{query}"), &[], sent);
    assert!(word.status == 200 && word.body.starts_with(b"PK"), "{}", word.status);
    let broken = format!("/api/years/2011/compare?file={}", coded("坏.docx"));
    assert_eq!(served.ask("POST", &broken, &[], b"no Word file").status, 422);
}
