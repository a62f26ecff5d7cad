//! Tables as they are printed and typed: groups, pages, totals of every name, units in every place. Only rows of the
//! ledger become rows.

use super::sheets::{raw, row};
use super::{project, refused, says};
use crate::project::Project;

fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    let rows: String =
        (1..).zip(rows).filter(|(_, cells)| !cells.is_empty()).map(|(at, cells)| row(at, cells)).collect();
    raw(&rows, &[])
}

fn import<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["excel", "import", "台账.xlsx", "--ledger", "招商项目"][..], more].concat()
}

/// The rows of the ledger after a table was taken in, in one line.
fn rows(project: &Project) -> String {
    let facts = project.read("facts/2011.yaml");
    let rows = facts.lines().map(str::trim).filter(|line| line.starts_with("- {企业") && line.contains('厂'));
    rows.filter(|line| !line.contains("甲厂") && !line.contains("乙厂")).collect::<Vec<_>>().join(" ")
}

fn taken(table: &[&[&str]], more: &[&str], status: i32) -> (String, Project) {
    let project = project().file("台账.xlsx", sheet(table));
    let run = project.run(&import(&[more, &["--yes"]].concat()));
    says(&run, status, &[]);
    (rows(&project), project)
}

#[test]
fn a_printed_table_of_groups_and_pages_gives_its_rows() {
    let head: &[&str] = &["序号", "企业", "投资"];
    let table: &[&[&str]] = &[
        &["招商项目台账（人民币亿元）"],
        &["（亿元）"],
        head,
        &["栏次", "1", "2=3+4"],
        &["一", "工业", "12"],
        &["1", "丙厂", "5"],
        &["2", "丁厂", "7"],
        &["", "本页小计", "12"],
        &["第1页 共2页"],
        &["招商项目台账（续）"],
        head,
        &["", "承前页", "12"],
        &["二", "农业", "9"],
        &["1", "戊厂", "9"],
        &["", "其中：技改", "3"],
        &["", "TOTAL", "21"],
        &["*投资含设备"],
        &["数据来源：经发办"],
        &["以下空白"],
    ];
    let (found, project) = taken(table, &[], 0);
    assert_eq!(found, "- {企业: 丙厂, 投资: 5亿元} - {企业: 丁厂, 投资: 7亿元} - {企业: 戊厂, 投资: 9亿元}");
    let again = project.run(&import(&[]));
    says(&again, 0, &["没有要改的"]);
    assert!(!again.stderr.contains("相加是"), "{}", again.stderr);
}

#[test]
fn units_are_read_wherever_a_table_names_them() {
    for (head, caption) in [
        ("投资（人民币亿元）", ""),
        ("投资（亿元，保留两位小数）", ""),
        ("投资（亿元）（必填）", ""),
        ("投资\n亿元", ""),
        ("投资", "单位 亿元"),
        ("投资", "金额：亿元"),
    ] {
        let table: &[&[&str]] = &[&[caption], &["企业", head], &["丙厂", "5"]];
        assert_eq!(taken(table, &[], 0).0, "- {企业: 丙厂, 投资: 5亿元}", "{head} {caption}");
    }
    // A column in another unit is left out, the others are read.
    let table: &[&[&str]] = &[&["企业", "投资（亩）", "安置就业"], &["丙厂", "5", "6"]];
    let (found, project) = taken(table, &[], 1);
    assert_eq!(found, "- {企业: 丙厂, 安置就业: 6人}");
    says(&project.run(&import(&[])), 1, &["投资（亩）", "这一列没有读"]);
}

#[test]
fn a_second_table_and_a_turned_one_are_told() {
    let head: &[&str] = &["企业", "投资", "签约时间"];
    let table: &[&[&str]] = &[head, &["丙厂", "5", "2011-05-01"], &["企业", "备注"], &["丁厂", "9"]];
    let (found, project) = taken(table, &[], 0);
    assert_eq!(found, "- {企业: 丙厂, 投资: 5万元, 签约时间: 2011-05-01}");
    says(&project.run(&import(&[])), 0, &["第3至4行是另一张表"]);
    let turned: &[&[&str]] = &[&["企业", "丙厂", "丁厂"], &["投资（万元）", "5", "7"], &["签约时间", "", ""]];
    refused(&project.file("台账.xlsx", sheet(turned)), &import(&["--yes"]), &["表头在A列", "转置"]);
}

#[test]
fn heads_that_say_the_same_are_told_apart_by_their_place() {
    let table: &[&[&str]] = &[&["企业", "投资（万元）", "投资（万元）"], &["丙厂", "5", "7"]];
    let project = project().file("台账.xlsx", sheet(table));
    refused(&project, &import(&["--yes"]), &["投资（万元）（B列）", "投资（万元）（C列）"]);
    says(&project.run(&import(&["--map", "投资（万元）（C列）=投资", "--yes"])), 0, &[]);
    assert_eq!(rows(&project), "- {企业: 丙厂, 投资: 7万元}");
    // It is known the next time, and a head may be named without its unit.
    says(&project.run(&import(&[])), 0, &["没有要改的"]);
    let table: &[&[&str]] = &[&["企业", "完成投资（万元）"], &["丙厂", "5"]];
    assert_eq!(taken(table, &["--map", "完成投资=投资"], 0).0, "- {企业: 丙厂, 投资: 5万元}");
    let other = super::project().file("台账.xlsx", sheet(table));
    refused(
        &other,
        &import(&["--map", "到位投资=投资", "--yes"]),
        &["表头里没有“到位投资”", "完成投资（万元）"],
    );
}

#[test]
fn a_name_is_the_same_however_it_is_spaced_and_stays_as_it_is_on_file() {
    let table: &[&[&str]] = &[&["企业", "投资（万元）"], &["甲　厂", "700"]];
    let (_, project) = taken(table, &[], 0);
    let facts = project.read("facts/2011.yaml");
    assert!(facts.contains("{企业: 甲厂, 投资: 700万元") && !facts.contains("甲　厂"), "{facts}");
}

#[test]
fn nothing_goes_away_while_a_row_is_unread() {
    let table: &[&[&str]] = &[&["企业", "投资（万元）"], &["甲厂", "640.5"], &["乙\n厂", "3"]];
    let project = project().file("台账.xlsx", sheet(table));
    refused(&project, &import(&["--replace", "--yes"]), &["有1行没有读", "该删去"]);
}

#[test]
fn a_name_that_is_not_on_its_list_costs_its_row_alone() {
    let table: &[&[&str]] = &[&["村", "人口"], &["东湾村", "1200"], &["西岭", "860"]];
    let project = project().file("台账.xlsx", sheet(table));
    let run = project.run(&["excel", "import", "台账.xlsx", "--ledger", "各村", "--yes"]);
    says(&run, 1, &["A3", "“西岭”不在“各村名单”里", "西岭村"]);
    assert!(project.read("facts/2011.yaml").contains("- {村: 东湾村, 人口: 1200人}"));
}

#[test]
fn a_column_with_a_name_twice_does_not_become_the_key() {
    let registry = "单: {类型: 台账, 列: {企业: 文本, 投资: {单位: 万元, 类型: 时期}}}\n";
    let table: &[&[&str]] = &[&["企业", "投资（万元）"], &["甲厂", "5"], &["甲厂", "6"]];
    let project = Project::new()
        .file("facts/指标.yaml", registry)
        .file("facts/2011.yaml", "年度: 2011\n单: []\n")
        .file("templates/汇报.hbs", "# 汇报\n")
        .file("台账.xlsx", sheet(table));
    let key = ["excel", "import", "台账.xlsx", "--ledger", "单", "--key", "企业", "--yes"];
    refused(&project, &key, &["表里有两行“甲厂”", "不能作主键"]);
    assert_eq!(project.read("facts/指标.yaml"), registry);
}
