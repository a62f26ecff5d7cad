//! Workbooks handed in over the socket: looked at without a trace, written as one step, refused with their cells.

use serde_json::{Value, json};

use super::served::{Answer, Served, coded};
use crate::excel::department::awkward;
use crate::excel::sheets::{Typed, number, typed, words};
use crate::excel::{YEAR, project, year_with};
use crate::project::Project;

/// A body: a line that names the files and says what was chosen, and the files.
fn body(files: &[(&str, &[u8])], asked: &Value) -> Vec<u8> {
    let named = files.iter().map(|(name, bytes)| json!({"name": name, "size": bytes.len()}));
    let mut head = json!({"files": named.collect::<Vec<_>>()});
    for (name, value) in asked.as_object().expect("choices") {
        head[name] = value.clone();
    }
    let mut body = format!("{head}\n").into_bytes();
    files.iter().for_each(|(_, bytes)| body.extend_from_slice(bytes));
    body
}

fn look(served: &Served, files: &[(&str, &[u8])], asked: &Value) -> Value {
    let answer = served.ask("POST", "/api/workbook/look", &[], &body(files, asked));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn write(served: &Served, files: &[(&str, &[u8])], asked: &Value, revision: &Value) -> Answer {
    let tag = format!("\"{}\"", revision.as_str().expect("a revision"));
    served.ask("POST", "/api/workbook", &[("If-Match", &tag)], &body(files, asked))
}

/// The workbook of 2011 as the page hands it out.
fn exported(served: &Served) -> Vec<u8> {
    let answer = served.get("/api/years/2011/workbook");
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(
        answer.header("content-disposition").expect("a name").contains(&coded("2011年事实")),
        "{}",
        answer.head
    );
    answer.body
}

fn finding<'a>(seen: &'a Value, words: &str) -> &'a Value {
    let all = seen["findings"].as_array().expect("findings");
    let found = all.iter().find(|one| one["message"].as_str().is_some_and(|message| message.contains(words)));
    found.unwrap_or_else(|| panic!("no {words} in {all:?}"))
}

#[test]
fn our_own_workbook_comes_back_without_a_change() {
    let project = project();
    let served = Served::start(project.path());
    let book = exported(&served);
    let seen = look(&served, &[("事实.xlsx", &book)], &json!({}));
    assert_eq!(
        (&seen["kind"], &seen["count"], &seen["found"]),
        (&json!("own"), &json!(0), &json!(0)),
        "{seen}"
    );
    let written = write(&served, &[("事实.xlsx", &book)], &json!({}), &seen["revision"]);
    assert_eq!((written.status, &written.json()["step"]), (200, &Value::Null), "{}", written.text());
    assert_eq!(project.read("facts/2011.yaml"), YEAR);
}

#[test]
fn edited_cells_are_shown_written_as_one_step_and_taken_back_to_the_byte() {
    let project = project();
    let served = Served::start(project.path());
    let cells = [("E5", number("15")), ("E2", words("石桥镇"))];
    let book = typed(&exported(&served), 1, &cells);
    let book = typed(&book, 2, &[("B2", number("700"))]);
    let files: [(&str, &[u8]); 1] = [("../x/事实.xlsx", &book)];
    let seen = look(&served, &files, &json!({}));
    let change = |at: &str| {
        let all = seen["changes"].as_array().unwrap();
        all.iter().find(|one| one["at"] == at).unwrap_or_else(|| panic!("{at}: {seen}")).clone()
    };
    assert_eq!(
        change("指标!E5"),
        json!({"year": 2011, "path": "宣传.会议", "what": "值", "old": "14次", "new": "15次", "at": "指标!E5"})
    );
    assert_eq!(change("招商项目!B2")["path"], "招商项目[1].投资");
    assert_eq!((&seen["count"], &seen["blocked"]), (&json!(3), &json!(false)));
    assert_eq!(project.read("facts/2011.yaml"), YEAR, "looking writes nothing");
    let nameless = served.ask("POST", "/api/workbook", &[], &body(&files, &json!({})));
    assert_eq!(nameless.status, 428, "{}", nameless.text());
    let written = write(&served, &files, &json!({}), &seen["revision"]);
    assert_eq!(written.status, 200, "{}", written.text());
    let wanted = year_with(&[("云溪镇   #", "石桥镇   #"), ("14次", "15次"), ("640.50", "700.00")]);
    assert_eq!(project.read("facts/2011.yaml"), wanted);
    let state = served.get("/api/changes").json();
    assert_eq!(state["undo"], "导入“事实.xlsx”，改3处");
    assert_eq!(served.post("/api/undo", json!({})).status, 200);
    assert_eq!(project.read("facts/2011.yaml"), YEAR);
}

#[test]
fn what_the_checks_refuse_is_told_at_its_cell_and_nothing_is_written() {
    let project = project();
    let served = Served::start(project.path());
    for (cell, words_, at) in [
        (("E5", words("四五次")), "四五次", "指标!E5"),
        (("E6", number("20")), "超过", "指标!E6"),
        (("E8", number("1")), "公式", "指标!E8"),
    ] {
        let book = typed(&exported(&served), 1, &[cell, ("E2", words("石桥镇"))]);
        let files: [(&str, &[u8]); 1] = [("事实.xlsx", &book)];
        let seen = look(&served, &files, &json!({}));
        assert_eq!(seen["blocked"], true, "{seen}");
        let found = finding(&seen, words_);
        assert_eq!((&found["at"], &found["blocks"]), (&json!(at), &json!(true)), "{seen}");
        let written = write(&served, &files, &json!({}), &seen["revision"]);
        assert_eq!((written.status, &written.json()["code"]), (422, &json!("blocked")), "{}", written.text());
        assert_eq!(project.read("facts/2011.yaml"), YEAR);
    }
}

#[test]
fn facts_that_changed_meanwhile_are_not_overwritten() {
    let project = project();
    let served = Served::start(project.path());
    let book = typed(&exported(&served), 1, &[("E5", number("15"))]);
    let files: [(&str, &[u8]); 1] = [("事实.xlsx", &book)];
    let seen = look(&served, &files, &json!({}));
    let other = YEAR.replace("4次, 说明", "5次, 说明");
    std::fs::write(project.path().join("facts/2011.yaml"), &other).unwrap();
    let stale = write(&served, &files, &json!({}), &seen["revision"]);
    assert_eq!((stale.status, &stale.json()["code"]), (412, &json!("changed")), "{}", stale.text());
    assert_eq!(project.read("facts/2011.yaml"), other);
    let fresh = look(&served, &files, &json!({}));
    assert_eq!(write(&served, &files, &json!({}), &fresh["revision"]).status, 200);
    assert_eq!(project.read("facts/2011.yaml"), other.replace("14次", "15次"));
}

#[test]
fn a_table_of_a_department_is_guessed_chosen_and_remembered() {
    let project = project();
    let served = Served::start(project.path());
    let book = awkward();
    let files: [(&str, &[u8]); 1] = [("招商台账.xlsx", &book)];
    let seen = look(&served, &files, &json!({"shown": 2010}));
    let about = &seen["about"];
    assert_eq!(
        [&about["sheet"], &about["ledger"], &about["year"], &about["key"]],
        [&json!("2011"), &json!("招商项目"), &json!(2011), &json!("企业")],
        "{seen}"
    );
    let head = |title: &str| {
        let all = about["headings"].as_array().unwrap();
        all.iter().find(|one| one["title"] == title).unwrap_or_else(|| panic!("{title}: {about}")).clone()
    };
    assert_eq!(head("企业名称")["name"], "企业");
    assert_eq!(
        (&head("投资·计划")["doubtful"], &head("投资·完成")["letters"]),
        (&json!("投资"), &json!("D"))
    );
    let doubt = finding(&seen, "分不清是哪一列");
    assert!(seen["blocked"] == true && !doubt["fix"].as_str().unwrap().contains("--"), "{doubt}");
    let asked = json!({"said": [["投资·完成", "投资"], ["增幅", ""]]});
    let seen = look(&served, &files, &asked);
    assert_eq!((&seen["count"], &seen["blocked"]), (&json!(4), &json!(false)), "{seen}");
    let unread = finding(&seen, "洽谈中");
    assert_eq!((&unread["at"], &unread["level"]), (&json!("2011!D9"), &json!("error")));
    assert_eq!(write(&served, &files, &asked, &seen["revision"]).status, 200);
    let written = project.read("facts/2011.yaml");
    assert!(written.starts_with(YEAR), "{written}");
    assert!(
        written.contains("{企业: 丙厂, 投资: 1286.5万元, 安置就业: 54人, 签约时间: 2011-06-08}"),
        "{written}"
    );
    let again = look(&served, &files, &json!({"said": [["增幅", ""]]}));
    assert_eq!(again["count"], 0, "the head is known by now: {again}");
    assert_eq!(served.post("/api/undo", json!({})).status, 200);
    assert_eq!(project.read("facts/2011.yaml"), YEAR);
}

#[test]
fn a_table_whose_heads_say_nothing_can_be_told_what_they_mean() {
    let project = project();
    let served = Served::start(project.path());
    let table = "单位,到位（万元）\n丙厂,12.5\n".as_bytes();
    let files: [(&str, &[u8]); 1] = [("表.csv", table)];
    let chosen = json!({"ledger": "招商项目"});
    let seen = look(&served, &files, &chosen);
    assert_eq!(seen["blocked"], true, "{seen}");
    assert_eq!(seen["about"]["headings"].as_array().unwrap().len(), 2, "{seen}");
    let asked = json!({"ledger": "招商项目", "said": [["单位", "企业"], ["到位（万元）", "投资"]]});
    let seen = look(&served, &files, &asked);
    assert_eq!(seen["changes"][0]["new"], "企业：丙厂，投资：12.5万元", "{seen}");
}

#[test]
fn without_a_registry_a_column_can_be_left_out() {
    let year = "年度: 2011\n项目:\n  - {企业: 甲厂, 投资: 1万元}\n";
    let project = Project::small().file("facts/2011.yaml", year);
    let served = Served::start(project.path());
    let files: [(&str, &[u8]); 1] = [("表.csv", "企业,投资,备注\n乙厂,2万元,无\n".as_bytes())];
    let asked = json!({"said": [["备注", ""]]});
    let seen = look(&served, &files, &asked);
    assert_eq!(seen["changes"][0]["new"], "企业：乙厂，投资：2万元", "{seen}");
    assert_eq!(seen["about"]["headings"][2]["name"], Value::Null, "{seen}");
    assert_eq!(write(&served, &files, &asked, &seen["revision"]).status, 200);
    assert_eq!(project.read("facts/2011.yaml"), format!("{year}  - {{企业: 乙厂, 投资: 2万元}}\n"));
    assert!(!project.path().join("表头对照.yaml").exists(), "there is nothing to remember");
}

/// The forms that the page hands out, filled in.
fn filled(served: &Served, cells: &[(&str, &[(&str, Typed)])]) -> Vec<(String, Vec<u8>)> {
    let answer = served.get(&format!("/api/years/2011/forms?ledger={}", coded("各村")));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let forms = crate::excel::sheets::parts(&answer.body);
    let form =
        |unit: &str| forms.iter().find(|(name, _)| *name == format!("{unit}.xlsx")).expect(unit).1.clone();
    cells.iter().map(|(unit, cells)| (format!("{unit}.xlsx"), typed(&form(unit), 1, cells))).collect()
}

#[test]
fn forms_that_came_back_are_put_together() {
    let project = project();
    let served = Served::start(project.path());
    let offered = served.get("/api/years/2011/collections").json();
    let one = &offered["collections"][0];
    assert_eq!(
        (&one["ledger"], &one["list"], &one["count"]),
        (&json!("各村"), &json!("各村名单"), &json!(3))
    );
    assert_eq!(one["units"][2], json!({"name": "南坡村", "returned": false, "blank": ["人口", "集体收入"]}));
    let east = filled(&served, &[("东湾村", &[("C5", number("1200")), ("C6", number("12.30"))])]);
    let west = filled(&served, &[("西岭村", &[("C5", words("９８０人")), ("C6", words("3亩"))])]);
    let twice = filled(&served, &[("东湾村", &[("C5", number("1300")), ("C6", number("12.30"))])]);
    let files: Vec<(&str, &[u8])> =
        vec![("东湾村.xlsx", &east[0].1), ("西岭村.xlsx", &west[0].1), ("东湾村（改）.xlsx", &twice[0].1)];
    let seen = look(&served, &files, &json!({}));
    let units = json!([{"name": "东湾村", "returned": true}, {"name": "西岭村", "returned": true}, {"name": "南坡村", "returned": false}]);
    assert_eq!((&seen["kind"], &seen["about"]["units"]), (&json!("forms"), &units), "{seen}");
    assert!(finding(&seen, "有两个数")["at"].as_str().unwrap().starts_with("东湾村（改）.xlsx"), "{seen}");
    assert_eq!(finding(&seen, "亩")["at"], "西岭村.xlsx 指标!C6");
    let written = write(&served, &files, &json!({}), &seen["revision"]);
    assert_eq!(written.status, 200, "{}", written.text());
    assert_eq!(written.json()["sums"][0][0], "全镇.人口");
    let text = project.read("facts/2011.yaml");
    assert!(
        text.contains("人口: {值: 980人, 来源: 西岭村.xlsx 指标!C5}") && !text.contains("1200人"),
        "{text}"
    );
    assert!(served.get("/api/changes").json()["undo"].as_str().unwrap().starts_with("汇总3个文件"));
    assert_eq!(served.post("/api/undo", json!({})).status, 200);
    assert_eq!(project.read("facts/2011.yaml"), YEAR);
}

#[test]
fn what_cannot_be_taken_in_is_refused_in_words() {
    let project = project();
    let served = Served::start(project.path());
    let own = exported(&served);
    let csv = "企业,投资\n丙厂,1\n".as_bytes();
    for (files, words) in [
        (vec![("坏.xlsx", &b"PK\x03\x04 nothing"[..])], "坏.xlsx"),
        (vec![("空.xlsx", b"")], "是空的"),
        (vec![("图.xlsx", b"\x89PNG\r\n\x1a\n")], "图.xlsx"),
        (vec![("事实.xlsx", &own), ("表.csv", csv)], "没有采集表"),
    ] {
        let answer = served.ask("POST", "/api/workbook/look", &[], &body(&files, &json!({})));
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(answer.text().contains(words) && !answer.text().contains("--"), "{words}: {}", answer.text());
    }
    let short = format!("{}\nabc", json!({"files": [{"name": "表.csv", "size": 9}]}));
    for bytes in [&b""[..], b"{}\n", b"no line", short.as_bytes()] {
        assert_eq!(served.ask("POST", "/api/workbook/look", &[], bytes).status, 400);
    }
    let large = vec![b'x'; 5 * 1024 * 1024];
    let answer = served.ask("POST", "/api/workbook/look", &[], &body(&[("大.xlsx", &large)], &json!({})));
    assert_eq!(answer.status, 422, "large, and no workbook: {}", answer.text());
    let empty = Project::new().file("说明.txt", "x");
    let served = Served::start(empty.path());
    let answer = served.ask("POST", "/api/workbook/look", &[], &body(&[("事实.xlsx", &own)], &json!({})));
    assert_eq!((answer.status, &answer.json()["code"]), (422, &json!("no-project")), "{}", answer.text());
}
