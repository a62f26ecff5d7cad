//! Reports that are handed in: looked at without a trace, taken in whole, gone through row by row.

use serde_json::{Value, json};

use super::served::{Answer, Served, coded};
use crate::project::Project;

const REPORT: &str =
    "2010年工作汇报\n\n县委：\n\n一、宣传工作\n\n今年召开会议14次，刊出专栏4期。三年来共印发简报34期。\n";

fn handed(served: &Served, route: &str, more: &str, text: &str) -> Answer {
    let path = format!("/api/{route}?name={}{more}", coded("2010年汇报.txt"));
    served.ask("POST", &path, &[], text.as_bytes())
}

fn row<'a>(items: &'a Value, value: &str) -> &'a Value {
    let items = items["items"].as_array().expect("a list");
    items.iter().find(|one| one["value"] == value).unwrap_or_else(|| panic!("no {value} in {items:?}"))
}

#[test]
fn a_text_from_a_web_page_is_shown_with_its_mendings_before_it_is_tidied() {
    const COPIED: &str = "云溪镇2024年工作总结\n时间:2024-12-20 来源:网友投稿\n全镇召开会议 12 次, 开创了工作\n的新局面, 成绩大。\n一、\n抓宣传\n二、\n抓队伍\n末。\n";
    let project = Project::new().file("说明.txt", "x");
    let served = Served::start(project.path());
    let seen = handed(&served, "import/look", "", COPIED).json();
    assert_eq!(seen["kind"], "untidy", "{seen}");
    assert_eq!(
        seen["mendings"][0],
        json!({"head": "去掉网站的字句", "lines": ["“时间:2024-12-20 来源:网友投稿”"]})
    );
    let kept = handed(&served, "import/look", "&tidy=false", COPIED).json();
    assert_eq!((&kept["kind"], &kept["found"]), (&json!("new"), &json!(1)), "{kept}");
    assert!(!project.path().join("facts").exists(), "looking writes nothing");
    let taken = handed(&served, "import", &format!("&tidy=true&report={}", coded("总结")), COPIED);
    assert_eq!(taken.status, 200, "{}", taken.text());
    let template = project.read("templates/总结.hbs");
    assert!(template.contains("开创了工作的新局面，成绩大。") && !template.contains("网友"), "{template}");
}

#[test]
fn a_report_in_a_folder_without_a_project_is_looked_at_first_and_then_taken_in() {
    let project = Project::new().file("说明.txt", "x");
    let served = Served::start(project.path());
    let seen = handed(&served, "import/look", "", REPORT).json();
    assert_eq!((&seen["kind"], &seen["year"]), (&json!("new"), &json!(2010)), "{seen}");
    assert!(seen["found"].as_u64().unwrap() >= 3 && row(&seen, "14次")["context"].is_string(), "{seen}");
    assert!(!project.path().join("facts").exists(), "looking writes nothing");
    let refused = handed(&served, "import", &format!("&report={}", coded("../外")), REPORT);
    assert_eq!(refused.status, 400, "{}", refused.text());
    let taken = handed(&served, "import", &format!("&report={}", coded("汇报")), REPORT);
    assert_eq!(taken.status, 200, "{}", taken.text());
    assert!(project.read("templates/汇报.hbs").contains("{{"));
    assert_eq!(project.read("说明.txt"), "x");
    let pages = served.post("/api/years/2010/preview", json!({})).json();
    assert!(pages["pages"][0]["html"].as_str().unwrap().contains("14"), "{pages}");
    assert_eq!(served.get("/api/project").json()["review"], taken.json()["open"]);
}

#[test]
fn a_row_is_done_once_and_can_be_taken_back() {
    let project = Project::new();
    let served = Served::start(project.path());
    handed(&served, "import", &format!("&report={}", coded("汇报")), REPORT);
    let items = served.get("/api/review").json();
    let item = row(&items, "14次");
    let path = item["path"].as_str().unwrap();
    let at = format!("/api/review/{}", item["row"]);
    let before = project.read("templates/汇报.hbs");
    let asked = json!({"path": path, "value": "14次", "rename": "宣传.开会"});
    let done = served.post(&at, asked.clone());
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(row(&done.json(), "14次")["path"], "宣传.开会");
    assert!(project.read("templates/汇报.hbs").contains("宣传.开会"));
    assert!(project.read("facts/2010.yaml").contains("开会: 14次"));
    assert_eq!(served.post(&at, asked).status, 412, "the row is another one by now");
    assert_eq!(served.post("/api/review/99", json!({"path": "x", "value": "y"})).status, 412);
    assert_eq!(served.post("/api/undo", json!({})).status, 200);
    assert_eq!(project.read("templates/汇报.hbs"), before);
    assert_eq!(served.get("/api/review").json(), items, "the table follows");
}

#[test]
fn what_is_no_report_is_refused_with_words() {
    let project = Project::new();
    let served = Served::start(project.path());
    for (name, bytes, words) in [
        ("旧.doc", &[0xD0, 0xCF, 0x11, 0xE0][..], "另存为 .docx"),
        ("空.txt", b" \n", "没有文字"),
        ("图.docx", b"PK\x03\x04", "图.docx"),
        ("图.txt", b"\xff\xfe\x00", "图.txt"),
    ] {
        let answer = served.ask("POST", &format!("/api/import/look?name={}", coded(name)), &[], bytes);
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert!(answer.text().contains(words), "{name}: {}", answer.text());
    }
    let nameless = served.ask("POST", "/api/import/look", &[], REPORT.as_bytes());
    assert_eq!((nameless.status, &nameless.json()["code"]), (400, &json!("bad-request")));
    let yearless = handed(&served, "import", "", "工作汇报\n\n召开会议14次。\n");
    assert!(yearless.status == 200, "the year is in the name of the file");
}
