//! What is saved: right values for the revision they were made for, every other byte kept, whole or not at all.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;

use super::served::Served;
use crate::project::Project;

const TEXT: &str = "# 2011年\r\n年度: 2011\r\n\r\n宣传:\r\n  会议: 14次   # 登记簿\r\n  专栏: {值: 4期, 来源: 党政办}\r\n  简报:\r\n项目:\r\n  - {企业: 甲厂, 投资: 1万元}   # 第一个\r\n";
const REGISTRY: &str = "宣传.会议: {单位: 次, 类型: 时期, 来源: 登记簿}\n宣传.专栏: {单位: 期, 类型: 时期}\n宣传.简报: {单位: 期, 类型: 时期}\n项目:\n  类型: 台账\n  列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}\n总额: {单位: 万元, 类型: 时期, 公式: {合计: 项目.投资}}\n";

fn project() -> Project {
    Project::new()
        .file("facts/指标.yaml", REGISTRY)
        .file("facts/2010.yaml", "年度: 2010\n宣传:\n  会议: 12次\n")
        .file("facts/2011.yaml", TEXT)
        .file("templates/汇报.hbs", "# 汇报\n\n召开会议{{宣传.会议}}，投资{{总额}}。\n")
}

#[test]
fn a_value_is_saved_and_every_other_byte_stays() {
    let project = project();
    let served = Served::start(project.path());
    let answer =
        served.save(2011, &served.revision(2011), json!([{"do": "set", "path": "宣传.会议", "value": "15"}]));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["values"]["宣传.会议"], "15次");
    assert_eq!(project.read("facts/2011.yaml"), TEXT.replace("14次", "15次"));
    let form = served.get("/api/years/2011/form").json();
    let entry = &form["groups"][0]["entries"][0];
    assert_eq!(
        (&entry["then"], &entry["change"], &entry["rate"], &entry["way"]),
        (&json!("12次"), &json!("+3次"), &json!("+25.0%"), &json!("up"))
    );
    assert_eq!(form["groups"][0]["missing"], 1);
    assert_eq!(form["revision"], answer.json()["revision"]);
}

#[test]
fn what_is_wrong_is_explained_and_never_reaches_the_file() {
    let project = project();
    let served = Served::start(project.path());
    let revision = served.revision(2011);
    for (change, words) in [
        (json!({"do": "set", "path": "宣传.会议", "value": "十五次"}), "数字写成了汉字"),
        (json!({"do": "set", "path": "宣传.会议", "value": "15个"}), "单位是“个”"),
        (json!({"do": "set", "path": "宣传.会议", "value": "15次\n专栏: 1"}), "一个值只写一行"),
        (json!({"do": "set", "path": "总额", "value": "15万元"}), "由公式计算"),
        (json!({"do": "set", "path": "没有", "value": "1"}), "指标表里没有"),
        (json!({"do": "cell", "path": "项目", "row": 1, "column": "投资", "value": "很多"}), "“很多”不是数"),
        (json!({"do": "cell", "path": "项目", "row": 9, "column": "企业", "value": "乙厂"}), "没有第9行"),
        (json!({"do": "cell", "path": "项目", "row": 1, "column": "利润", "value": "1"}), "没有“利润”这一列"),
        (json!({"do": "field", "path": "宣传.会议", "field": "出处", "value": "x"}), "出处"),
        (json!({"do": "field", "path": "宣传.会议", "field": "待核", "value": "也许"}), "只写“是”或“否”"),
    ] {
        let answer = served.save(2011, &revision, json!([change]));
        assert_eq!(answer.status, 422, "{change}: {}", answer.text());
        assert!(answer.text().contains(words), "{change}: {}", answer.text());
        assert_eq!(project.read("facts/2011.yaml"), TEXT, "{change}");
    }
    let several = json!([{"do": "set", "path": "宣传.会议", "value": "15次"}, {"do": "set", "path": "宣传.专栏", "value": "x"}]);
    assert_eq!(served.save(2011, &revision, several).json()["bad"][0]["index"], 1);
    assert_eq!(project.read("facts/2011.yaml"), TEXT, "all or none");
}

#[test]
fn a_stale_save_is_refused_with_what_stands_there_now() {
    let project = project();
    let served = Served::start(project.path());
    let revision = served.revision(2011);
    std::fs::write(project.path().join("facts/2011.yaml"), TEXT.replace("14次", "16次")).unwrap();
    let change = json!([{"do": "set", "path": "宣传.会议", "value": "15次"}]);
    let answer = served.save(2011, &revision, change.clone());
    assert_eq!((answer.status, &answer.json()["current"]["宣传.会议"]), (412, &json!("16次")));
    assert_eq!(project.read("facts/2011.yaml"), TEXT.replace("14次", "16次"));
    let fresh = answer.json()["revision"].as_str().unwrap().to_owned();
    assert_eq!(served.save(2011, &fresh, change).status, 200);
    let undone = served.post("/api/undo", json!({}));
    assert_eq!(undone.json()["label"], "宣传.会议 改为 15次");
    assert_eq!(project.read("facts/2011.yaml"), TEXT.replace("14次", "16次"));
    let outside = served.post("/api/undo", json!({}));
    assert_eq!((outside.status, &outside.json()["code"]), (409, &json!("outside")));
    assert_eq!(served.post("/api/undo", json!({"outside": true})).status, 200);
    assert_eq!(project.read("facts/2011.yaml"), TEXT);
}

#[test]
fn undo_reaches_over_facts_ledgers_templates_and_confirmations_and_over_a_restart() {
    let project = project();
    let mut served = Served::start(project.path());
    let ledger =
        json!([{"do": "insert", "path": "项目", "at": 2, "cells": [["企业", "乙厂"], ["投资", "2"]]}]);
    assert_eq!(served.save(2011, &served.revision(2011), ledger).status, 200);
    assert!(
        project.read("facts/2011.yaml").contains("乙厂, 投资: 2万元"),
        "{}",
        project.read("facts/2011.yaml")
    );
    let revisions = served.get("/api/changes").json();
    let tag = format!("\"{}\"", revisions["revisions"]["templates/汇报"].as_str().unwrap());
    let text = json!({"text": "# 汇报\n\n今年召开会议{{宣传.会议}}，投资{{总额}}。\n"}).to_string();
    let path = format!("/api/texts/templates/{}", super::served::coded("汇报"));
    assert_eq!(served.ask("PUT", &path, &[("If-Match", &tag)], text.as_bytes()).status, 200);
    let bad = json!({"text": "# 汇报\n\n{{没有的"}).to_string();
    let answer = served.ask("PUT", &path, &[("If-Match", &tag)], bad.as_bytes());
    assert_eq!(answer.status, 412, "{}", answer.text());
    served.kill();
    let served = Served::start(project.path());
    served.post("/api/undo", json!({}));
    assert!(project.read("templates/汇报.hbs").contains("\n召开会议"));
    served.post("/api/undo", json!({}));
    assert_eq!(project.read("facts/2011.yaml"), TEXT);
    served.post("/api/redo", json!({}));
    assert!(project.read("facts/2011.yaml").contains("乙厂"));
    let history = served.get("/api/history").json();
    assert_eq!(history["steps"].as_array().unwrap().len(), 5);
    let first = history["steps"][4]["id"].as_u64().unwrap();
    served.post("/api/undo", json!({}));
    assert_eq!(served.post(&format!("/api/history/{first}/restore"), json!({})).status, 200);
    assert!(project.read("facts/2011.yaml").contains("乙厂"));
}

#[test]
fn two_hundred_saves_at_once_leave_a_whole_file_and_lose_none() {
    let project = project();
    let served = Served::start(project.path());
    let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let text = project.read("facts/2011.yaml");
                assert!(text.starts_with("# 2011年\r\n") && text.ends_with("# 第一个\r\n"), "{text}");
            }
        });
        let savers: Vec<_> = (0..20)
            .map(|saver| {
                let (served, done) = (&served, &done);
                scope.spawn(move || {
                    for number in 0..10 {
                        let value = format!("{}次", 100 + saver * 10 + number);
                        while served
                            .save(
                                2011,
                                &served.revision(2011),
                                json!([{"do": "set", "path": "宣传.会议", "value": value}]),
                            )
                            .status
                            != 200
                        {}
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        savers.into_iter().for_each(|saver| saver.join().unwrap());
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(done.load(Ordering::Relaxed), 200);
    let steps = served.get("/api/history").json()["steps"].as_array().unwrap().len();
    assert!((199..=201).contains(&steps), "{steps}");
    let left: Vec<_> = std::fs::read_dir(project.path().join("facts")).unwrap().collect();
    assert_eq!(left.len(), 3, "no temporary file stays");
}

#[test]
fn a_kill_at_any_moment_leaves_the_old_or_the_new_file() {
    let project = project();
    for round in 0..8u64 {
        let mut served = Served::start(project.path());
        let before = project.read("facts/2011.yaml");
        std::thread::scope(|scope| {
            let asker = Asker { host: served.host(), cookie: served.cookie.clone(), served: &served };
            scope.spawn(move || asker.save_until_gone());
            std::thread::sleep(Duration::from_millis(20 + round * 17));
            kill(&served);
        });
        served.kill();
        let others = |text: &str| {
            let line = text.lines().find(|line| line.contains("会议")).unwrap().to_owned();
            text.replace(&line, "")
        };
        assert_eq!(others(&project.read("facts/2011.yaml")), others(&before));
        let again = Served::start(project.path());
        assert_eq!(again.get("/api/years/2011/form").status, 200);
        // A save that had reached the file and not the history is taken back where the project is opened.
        let after = project.read("facts/2011.yaml");
        assert_eq!(others(&after), others(&before));
        assert!(!project.path().join(".huibao/历史/写入中").exists());
        // A value that none of the interrupted savers wrote.
        let change = json!([{"do": "set", "path": "宣传.会议", "value": "0次"}]);
        assert_eq!(again.save(2011, &again.revision(2011), change).status, 200);
        assert_eq!(again.post("/api/undo", json!({})).status, 200);
        assert_eq!(project.read("facts/2011.yaml"), after);
    }
}

struct Asker<'s> {
    host: String,
    cookie: String,
    served: &'s Served,
}

impl Asker<'_> {
    /// Saves one value after another until nobody answers any more.
    fn save_until_gone(&self) {
        let origin = format!("http://{}", self.host);
        let own = [
            ("Host", self.host.as_str()),
            ("Origin", origin.as_str()),
            ("X-Huibao", "1"),
            ("Cookie", self.cookie.as_str()),
        ];
        for number in 1.. {
            let Some(now) = self.served.try_raw("GET", "/api/changes", &own, b"") else { return };
            let tag = format!("\"{}\"", now.json()["revisions"]["facts/2011"].as_str().expect("a revision"));
            let body =
                json!({"changes": [{"do": "set", "path": "宣传.会议", "value": format!("{number}次")}]})
                    .to_string();
            let mut headers = own.to_vec();
            headers.push(("If-Match", &tag));
            if self.served.try_raw("PATCH", "/api/years/2011", &headers, body.as_bytes()).is_none() {
                return;
            }
        }
    }
}

/// Kills the program while others still hold it.
fn kill(served: &Served) {
    let id = served.id().to_string();
    std::process::Command::new("kill").args(["-9", &id]).status().expect("kill");
}
