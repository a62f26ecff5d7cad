//! Facts out, edited in the workbook, and back.

use huibao::excel::book::place::Address;
use huibao::excel::book::{self, Content};

use super::sheets::{Typed, number, parts, typed, words};
use super::{YEAR, project, refused, says, year_with};
use crate::project::Project;

/// The workbook of a project's newest year.
fn exported(project: &Project) -> Vec<u8> {
    says(&project.run(&["excel", "export", "-o", "事实.xlsx"]), 0, &["已写好"]);
    std::fs::read(project.path().join("事实.xlsx")).expect("the workbook")
}

/// The project with its workbook edited: sheets are 1 指标, 2 招商项目, 3 各村.
fn edited(sheet: usize, cells: &[(&str, Typed)]) -> Project {
    let project = project();
    let bytes = typed(&exported(&project), sheet, cells);
    project.file("事实.xlsx", bytes)
}

const IMPORT: [&str; 4] = ["excel", "import", "事实.xlsx", "--yes"];

#[test]
fn export_then_import_changes_no_byte() {
    let project = project();
    exported(&project);
    says(&project.run(&IMPORT), 0, &["没有要改的"]);
    assert_eq!(project.read("facts/2011.yaml"), YEAR);
    let run = project.run(&["表格", "导出", "2010", "2011", "-o", "两年.xlsx"]);
    says(&run, 0, &["已写好"]);
    says(&project.run(&["表格", "导入", "两年.xlsx"]), 0, &["没有要改的"]);
}

#[test]
fn the_same_facts_are_the_same_bytes() {
    let project = project();
    assert!(exported(&project) == exported(&project));
}

#[test]
fn the_sheet_is_locked_but_for_this_year_and_hides_its_keys() {
    let book = book::read(&exported(&project()), "事实.xlsx").unwrap();
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["指标", "招商项目", "各村"]);
    let heads: Vec<String> = book.sheets[0].row(1).iter().take(7).map(text).collect();
    assert_eq!(heads, ["指标", "名称", "单位", "2010年", "2011年", "来源", "说明"]);

    let parts = parts(&exported(&project()));
    let part = |name: &str| {
        let (_, content) = parts.iter().find(|(part, _)| part.ends_with(name)).unwrap();
        String::from_utf8(content.clone()).unwrap()
    };
    let (sheet, styles) = (part("sheet1.xml"), part("styles.xml"));
    assert!(sheet.contains("<sheetProtection"), "{sheet}");
    assert!(sheet.contains("state=\"frozen\""), "{sheet}");
    assert!(sheet.contains("<col min=\"8\" max=\"8\"") && sheet.contains("hidden=\"1\""), "{sheet}");
    assert!(styles.contains("val=\"宋体\""), "{styles}");
    let formats: Vec<&str> = styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1).collect();
    let open = |at: &str| {
        let cell = sheet.split(&format!("<c r=\"{at}\" s=\"")).nth(1).unwrap();
        let style: usize = cell[..cell.find('"').unwrap()].parse().unwrap();
        formats[style].contains("locked=\"0\"")
    };
    // 宣传.会议 is in row 5; 招商.投资总额 is computed, in row 8.
    let opened: Vec<&str> =
        ["A5", "C5", "D5", "E5", "F5", "G5", "E8", "G8"].into_iter().filter(|at| open(at)).collect();
    assert_eq!(opened, ["E5", "F5", "G5"]);
    for rule in ["0和100次", "宣传.会议"] {
        let found = sheet.split("<dataValidation ").any(|one| one.contains(rule));
        assert!(found, "{rule}: {sheet}");
    }
}

fn text(cell: &book::Cell) -> String {
    match &cell.content {
        Content::Text(text) => text.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn what_was_typed_is_shown_and_written_and_every_other_byte_stays() {
    let edits = [
        ("E2", words("石桥镇")),
        ("E5", number("15")),
        ("F5", words("会议登记簿第3册")),
        ("E7", number("0.0912")),
        ("G6", Typed::Nothing),
        ("E4", words("2011年12月21日")),
        ("E3", words("东湾村、西岭村")),
    ];
    let project = edited(1, &edits);
    let run = project.run(&["excel", "import", "事实.xlsx"]);
    says(&run, 1, &["要改7处", "指标!E5", "14次 → 15次", "8.30% → 9.12%", "没有写", "--yes"]);
    assert_eq!(project.read("facts/2011.yaml"), YEAR);
    says(&project.run(&IMPORT), 0, &["已写好 facts/2011.yaml"]);
    let wanted = year_with(&[
        ("云溪镇   #", "石桥镇   #"),
        ("[东湾村, 西岭村, 南坡村]", "[东湾村, 西岭村]"),
        ("2011-12-20", "2011-12-21"),
        ("会议: 14次", "会议: {值: 15次, 来源: 会议登记簿第3册}"),
        ("{值: 4次, 说明: '=含增刊'}", "{值: 4次}"),
        ("8.30%", "9.12%"),
    ]);
    let written = project.read("facts/2011.yaml");
    // A value without anything beside it may lose its braces.
    assert_eq!(written.replace("扩大会议: 4次", "扩大会议: {值: 4次}"), wanted);
    says(&project.run(&IMPORT), 0, &["没有要改的"]);
}

#[test]
fn rows_of_a_ledger_change_come_and_go() {
    let project = edited(
        2,
        &[
            ("B2", number("700")),
            ("A3", Typed::Nothing),
            ("B3", Typed::Nothing),
            ("E3", Typed::Nothing),
            ("A4", words("丙厂")),
            ("B4", number("12.300000000000001")),
            ("D4", number("40651")),
        ],
    );
    let run = project.run(&IMPORT);
    says(&run, 0, &["640.50万元 → 700.00万元", "删去", "新增"]);
    let wanted = year_with(&[("640.50", "700.00")]);
    let (kept, _) = wanted.split_once("  - {企业: 乙厂").unwrap();
    let written = project.read("facts/2011.yaml");
    assert!(written.starts_with(kept), "{written}");
    assert!(written.contains("企业: 丙厂, 投资: 12.3万元") && written.contains("2011-04-18"), "{written}");
    assert!(!written.contains("乙厂"), "{written}");
}

#[test]
fn what_the_checks_refuse_is_refused_at_its_cell() {
    for (cells, wanted) in [
        (vec![("E5", words("15场"))], vec!["指标!E5", "场"]),
        (vec![("E5", words("待定"))], vec!["指标!E5", "待定"]),
        (vec![("E6", number("20"))], vec!["指标!E6", "超过"]),
        (vec![("E5", number("101"))], vec!["指标!E5", "100"]),
        (vec![("E8", number("1"))], vec!["指标!E8", "公式"]),
        (vec![("E4", words("4月18日"))], vec!["指标!E4", "2011-04-18"]),
        (vec![("E5", number("15")), ("E6", words("四五次"))], vec!["指标!E6", "一处也没有写"]),
    ] {
        refused(&edited(1, &cells), &IMPORT, &wanted);
    }
    refused(&edited(2, &[("B2", words("很多"))]), &IMPORT, &["招商项目!B2", "很多"]);
}

#[test]
fn what_changed_in_the_file_meanwhile_is_not_overwritten() {
    let untouched = edited(1, &[("E6", number("5"))]).file("facts/2011.yaml", YEAR.replace("14次", "16次"));
    says(&untouched.run(&IMPORT), 0, &["4次 → 5次"]);
    assert!(untouched.read("facts/2011.yaml").contains("会议: 16次"));
    let both = edited(1, &[("E5", number("15"))]).file("facts/2011.yaml", YEAR.replace("14次", "16次"));
    says(&both.run(&IMPORT), 2, &["指标!E5", "16次", "15次"]);
    assert!(both.read("facts/2011.yaml").contains("会议: 16次"));
}

#[test]
fn encoding_and_line_ends_stay() {
    let text = YEAR.replace('\n', "\r\n");
    let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
    let project = edited(1, &[("E5", number("15"))]).file("facts/2011.yaml", &gbk);
    says(&project.run(&IMPORT), 0, &["已写好"]);
    let written = std::fs::read(project.path().join("facts/2011.yaml")).unwrap();
    let wanted = text.replace("14次", "15次");
    assert_eq!(written, encoding_rs::GB18030.encode(&wanted).0.as_ref());
}

#[test]
fn words_that_look_like_formulas_are_words() {
    let bytes = exported(&project());
    let book = book::read(&bytes, "事实.xlsx").unwrap();
    let note = book.sheets[0].get(Address { row: 6, column: 6 });
    assert_eq!(note, Some(&Content::Text("=含增刊".into())));
    for (name, content) in parts(&bytes) {
        let text = String::from_utf8_lossy(&content).into_owned();
        assert!(!name.starts_with("xl/worksheets/") || !text.contains("<f>"), "{name}");
    }
    let project =
        edited(1, &[("F5", words("=HYPERLINK(1)")), ("G5", words("@张三 +86-1")), ("E2", words("-镇"))]);
    says(&project.run(&IMPORT), 0, &["=HYPERLINK(1)", "@张三 +86-1", "-镇"]);
    let run = project.run(&["excel", "export", "-o", "又.xlsx"]);
    says(&run, 0, &[]);
    says(&project.run(&["excel", "import", "又.xlsx"]), 0, &["没有要改的"]);
}

#[test]
fn one_sheet_alone_is_read_on_demand() {
    let project = edited(1, &[("E5", number("15"))]);
    says(&project.run(&["excel", "import", "事实.xlsx", "--sheet", "招商项目", "--yes"]), 0, &["没有要改的"]);
    says(
        &project.run(&["excel", "import", "事实.xlsx", "--sheet", "指标表"]),
        2,
        &["没有“指标表”", "指标、招商项目、各村"],
    );
    says(&project.run(&["excel", "import", "事实.xlsx", "--sheet", "指标", "--yes"]), 0, &["15次"]);
}

#[test]
fn only_xlsx_is_written_and_only_years_on_file() {
    let project = project();
    says(&project.run(&["excel", "export", "-o", "事实.xls"]), 2, &[".xlsx"]);
    says(&project.run(&["excel", "export", "2001", "-o", "事实.xlsx"]), 2, &["2001"]);
    assert!(!project.path().join("事实.xlsx").exists() && !project.path().join("事实.xls").exists());
}

/// A text of several paragraphs goes out and comes back as it is; it is edited in the fact file alone.
#[test]
fn paragraphs_survive_and_are_not_edited_in_a_cell() {
    let registry = "情况: {类型: 文本, 多段: 是}\n";
    let year = "年度: 2011\n情况: |\n  第一段A\n  B第二段\n";
    let project = || {
        Project::new()
            .file("facts/指标.yaml", registry)
            .file("facts/2011.yaml", year)
            .file("templates/汇报.hbs", "{{情况}}\n")
    };
    let out = project();
    let book = exported(&out);
    says(&out.run(&IMPORT), 0, &["没有要改的"]);
    for other in ["第一段AB第二段", "第一段A\n第二段", "一段", ""] {
        let back = project().file("事实.xlsx", typed(&book, 1, &[("E2", words(other))]));
        refused(&back, &IMPORT, &["E2", "可以有几段", "请直接改事实文件"]);
    }
}
