//! A table that comes a second time: what is the same row, what cannot be told, and the column that tells it.

use super::says;
use super::sheets::{raw, row};
use crate::project::{Project, Run};

const REGISTRY: &str = "\
会议: {单位: 次, 类型: 时期}
项目: {类型: 台账, 列: {企业: 文本, 村: 文本, 投资: {单位: 万元, 类型: 时期}}}
";

fn table(last: (&str, &str)) -> Vec<u8> {
    let rows = [
        row(1, &["企业", "村", "投资（万元）"]),
        row(2, &["柑橘线", "东湾村", "6800"]),
        row(3, &["提水站", "东湾村", "1500"]),
        row(4, &[last.0, "西岭村", last.1]),
    ];
    raw(&rows.concat(), &[])
}

fn import(project: &Project, last: (&str, &str), more: &[&str]) -> Run {
    std::fs::write(project.path().join("台账.xlsx"), table(last)).expect("a workbook");
    project.run(
        &[&["excel", "import", "台账.xlsx", "--ledger", "项目", "--year", "2011", "--yes"], more].concat(),
    )
}

fn first() -> Project {
    let project = Project::small().file("facts/指标.yaml", REGISTRY);
    says(&import(&project, ("竹木厂", "2600"), &[]), 0, &["没有主键", "--key 企业", "已写好"]);
    project
}

#[test]
fn the_same_table_changes_nothing() {
    let project = first();
    says(&import(&project, ("竹木厂", "2600.0"), &[]), 0, &["没有要改的"]);
    // What was added by hand to a row does not make it another one.
    let year = project.read("facts/2011.yaml");
    let more = year.replace("投资: 2600万元", "投资: 0.26亿元, 备注: 已投产").replace(", 备注: 已投产", "");
    std::fs::write(project.path().join("facts/2011.yaml"), more).unwrap();
    says(&import(&project, ("竹木厂", "2600"), &[]), 0, &["没有要改的"]);
}

#[test]
fn a_row_that_may_be_another_one_is_asked_about() {
    for last in [("竹木厂", "2900"), ("竹木制品厂", "2600")] {
        let project = first();
        let before = project.read("facts/2011.yaml");
        let asked = import(&project, last, &[]);
        says(&asked, 2, &["表里第4行与台账第3行相近又不一样", "--key 企业", "--add", "--replace"]);
        assert_eq!(project.read("facts/2011.yaml"), before);
        let added = import(&project, last, &["--add"]);
        says(&added, 0, &["新增", last.0]);
        assert_eq!(project.read("facts/2011.yaml").matches("西岭村").count(), 2);
    }
    let project = first();
    says(&import(&project, ("新厂", "5"), &[]), 0, &["新增", "新厂"]);
}

#[test]
fn the_column_that_names_the_rows_is_chosen_once() {
    let project = first();
    says(&import(&project, ("竹木厂", "2900"), &["--key", "企业"]), 0, &["2600万元 → 2900万元"]);
    assert!(project.read("facts/指标.yaml").contains("主键: 企业"), "{}", project.read("facts/指标.yaml"));
    assert_eq!(project.read("facts/2011.yaml").matches("竹木厂").count(), 1);
    says(&import(&project, ("竹木厂", "3000"), &[]), 0, &["2900万元 → 3000万元"]);
    says(&import(&project, ("竹木厂", "3000"), &["--key", "村"]), 2, &["已经有主键“企业”"]);
}

#[test]
fn a_column_that_cannot_name_the_rows_is_refused() {
    let project = first();
    says(&import(&project, ("竹木厂", "2900"), &["--key", "村"]), 2, &["“村”有空着的，或有两行一样"]);
    says(&import(&project, ("竹木厂", "2900"), &["--key", "乡"]), 2, &["没有“乡”这一列", "企业、村、投资"]);
}
