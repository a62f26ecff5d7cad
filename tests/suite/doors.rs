//! Two things never become one: whichever door a value comes in by, one judge refuses what a reader sees as two, names
//! the cell, and offers nothing that guesses.

use serde_json::json;

use crate::excel::sheets::{raw, row, typed, words};
use crate::project::Project;
use crate::serve::served::Served;

const REGISTRY: &str = "\
会议: {单位: 次, 类型: 时期}
名: {类型: 文本}
项目:
  类型: 台账
  主键: 企业
  列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}, 备注: 文本}
";
const YEAR: &str = "年度: 2011\n会议: 7次\n名: 某某\n项目:\n  - {企业: 甲厂, 投资: 1万元, 备注: 无}\n";

/// Texts in which nobody can tell what number is meant, and what no door may make of them.
const NUMBERS: [(&str, &str); 9] = [
    ("12 30", "1230"),
    ("12\n30", "1230"),
    ("12\t30", "1230"),
    ("12，5", "125"),
    ("12,5", "125"),
    ("1,2345", "12345"),
    ("1,23,456", "123456"),
    ("12,13,14", "121314"),
    ("1.234,56", "1.23456"),
];

/// Words of two lines, and characters that nobody sees.
const WORDS: [&str; 3] = ["张三\n李四", "张三\r\n李四", "张三\u{E000}"];

fn project() -> Project {
    Project::new()
        .file("facts/指标.yaml", REGISTRY)
        .file("facts/2011.yaml", YEAR)
        .file("templates/汇报.hbs", "# 汇报\n\n会议{{会议}}。\n")
}

/// Whether the program shows what stands there, up to what it cannot show.
fn shown(said: &str, text: &str) -> bool {
    let first = text.split(['\n', '\r', '\t']).next().unwrap_or(text);
    said.contains(first) || text.contains('\u{E000}') && said.contains("私用字符")
}

#[test]
fn a_fact_file_is_refused_at_the_place() {
    for (text, wrong) in NUMBERS {
        let quoted = text.replace('\n', "\\n").replace('\t', "\\t");
        for line in [format!("会议: \"{quoted}次\""), format!("项目: [{{企业: 甲, 投资: \"{quoted}万元\"}}]")]
        {
            let project = project().file("facts/2011.yaml", format!("年度: 2011\n{line}\n"));
            let run = project.run(&["render", "2011"]);
            assert_eq!(run.status, 2, "{line}: {}", run.stdout);
            assert!(run.stderr.contains("facts/2011.yaml:2"), "{}", run.stderr);
            assert!(!run.stderr.contains(wrong), "offers {wrong}: {}", run.stderr);
        }
    }
}

#[test]
fn the_page_refuses_it_in_every_kind_of_change() {
    let project = project();
    let served = Served::start(project.path());
    let revision = served.revision(2011);
    let numbers = NUMBERS.iter().map(|(text, _)| ("会议", "投资", *text));
    for (path, column, text) in numbers.chain(WORDS.iter().map(|text| ("名", "备注", *text))) {
        let cells = json!([["企业", "乙厂"], [column, text]]);
        for change in [
            json!({"do": "set", "path": path, "value": text}),
            json!({"do": "cell", "path": "项目", "row": 1, "column": column, "value": text}),
            json!({"do": "insert", "path": "项目", "at": 2, "cells": cells}),
            json!({"do": "rows", "path": "项目", "rows": [1, cells]}),
        ] {
            let answer = served.save(2011, &revision, json!([change]));
            assert_eq!(answer.status, 422, "{change}: {}", answer.text());
            let bad = &answer.json()["bad"][0];
            assert!(bad["instead"].is_null(), "{change}: {bad}");
            assert!(path == "名" || bad["column"].is_null() || bad["column"] == column, "{change}: {bad}");
        }
    }
    assert_eq!(project.read("facts/2011.yaml"), YEAR);
}

#[test]
fn a_department_s_table_keeps_the_cell_out_and_names_it() {
    let numbers = NUMBERS.iter().map(|(text, _)| (*text, "无", "B2"));
    for (number, note, at) in numbers.chain(WORDS.iter().map(|text| ("5", *text, "C2"))) {
        let rows = [["企业", "投资（万元）", "备注"], ["乙厂", number, note], ["丙厂", "7", "无"]];
        let rows: String = (1..).zip(&rows).map(|(at, cells)| row(at, cells)).collect();
        let project = project().file("表.xlsx", raw(&rows, &[]));
        let run = project.run(&["excel", "import", "表.xlsx", "--ledger", "项目", "--year", "2011", "--yes"]);
        let said = format!("{}{}", run.stdout, run.stderr);
        let text = if at == "B2" { number } else { note };
        assert!(said.contains(at) && shown(&said, text), "{text:?}: {said}");
        let year = project.read("facts/2011.yaml");
        let rest =
            if at == "B2" { "{企业: 乙厂, 备注: 无}" } else { "{企业: 乙厂, 投资: 5万元}" };
        assert!(year.contains("丙厂") && year.contains(rest), "{text:?}: {year}");
    }
}

#[test]
fn our_own_workbook_keeps_all_out_and_names_the_cell() {
    let out = project();
    assert_eq!(out.run(&["excel", "export", "2011", "-o", "出.xlsx"]).status, 0);
    let book = std::fs::read(out.path().join("出.xlsx")).expect("the workbook");
    let numbers = NUMBERS.iter().map(|(text, _)| (1, "E2", *text));
    let cells = NUMBERS.iter().map(|(text, _)| (2, "B2", *text));
    let texts = WORDS.iter().flat_map(|text| [(1, "E3", *text), (2, "C2", *text)]);
    for (sheet, at, text) in numbers.chain(cells).chain(texts) {
        let project = project().file("回.xlsx", typed(&book, sheet, &[(at, words(text))]));
        let run = project.run(&["excel", "import", "回.xlsx", "--yes"]);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains(at), "{sheet} {at} {text:?}: {said}");
        assert_eq!(project.read("facts/2011.yaml"), YEAR, "{text:?}");
    }
}

#[test]
fn the_page_hands_on_what_was_pasted_as_it_is() {
    let text = |name: &str| std::fs::read_to_string(crate::project::root().join("src/serve/web").join(name));
    let (paste, grid) = (text("paste.js").expect("the module"), text("grid.js").expect("the module"));
    // A line break that becomes a blank is a value that the program never saw.
    assert!(!paste.contains("' ')") && !grid.contains("\\n\\s*/g"));
    assert!(text("app.js").expect("the module").contains("oneLine();"));
}
