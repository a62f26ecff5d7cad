//! Forms for villages out, and what came back put together.

use super::sheets::{Typed, number, typed, words};
use super::{YEAR, project, refused, says};
use crate::project::{Project, Run};

/// A project whose forms are written; each of `filled` is filled in. Rows: 5 人口, 6 集体收入.
fn returned(filled: &[(&str, &[(&str, Typed)])]) -> Project {
    let mut project = project();
    says(&project.run(&["excel", "form", "--for", "各村"]), 0, &["3张采集表"]);
    for (unit, cells) in filled {
        let name = format!("各村/{unit}.xlsx");
        let bytes = std::fs::read(project.path().join(&name)).expect("a form");
        project = project.file(&name, typed(&bytes, 1, cells));
    }
    project
}

/// Puts the folder together; the shell's pattern is left to the program.
fn merge(project: &Project) -> Run {
    project.run(&["excel", "merge", "各村/*.xlsx", "--yes"])
}

fn all() -> [(&'static str, Vec<(&'static str, Typed)>); 3] {
    [
        ("东湾村", vec![("C5", number("1200")), ("C6", number("12.30")), ("E5", words("含外出"))]),
        ("西岭村", vec![("C5", words("９８０人")), ("C6", words("52000元"))]),
        ("南坡村", vec![("C5", words("1,050")), ("C6", number("3"))]),
    ]
}

fn filled<'a>(all: &'a [(&'a str, Vec<(&'a str, Typed)>)]) -> Vec<(&'a str, &'a [(&'a str, Typed)])> {
    all.iter().map(|(unit, cells)| (*unit, cells.as_slice())).collect()
}

#[test]
fn every_number_is_traced_to_the_file_it_came_from() {
    let all = all();
    let project = returned(&filled(&all));
    let run = merge(&project);
    says(&run, 0, &["应交3个，已交3个", "全镇.人口：3230人（3个数相加）"]);
    let written = project.read("facts/2011.yaml");
    let new = written.strip_prefix(YEAR).expect("every other byte");
    assert_eq!(
        new,
        "各村:\n  \
         - {村: 东湾村, 人口: {值: 1200人, 来源: 各村/东湾村.xlsx 指标!C5, 说明: 含外出}, \
         集体收入: {值: 12.3万元, 来源: 各村/东湾村.xlsx 指标!C6}}\n  \
         - {村: 西岭村, 人口: {值: 980人, 来源: 各村/西岭村.xlsx 指标!C5}, \
         集体收入: {值: 52000元, 来源: 各村/西岭村.xlsx 指标!C6}}\n  \
         - {村: 南坡村, 人口: {值: 1050人, 来源: 各村/南坡村.xlsx 指标!C5}, \
         集体收入: {值: 3万元, 来源: 各村/南坡村.xlsx 指标!C6}}\n"
    );
    let trace = project.run(&["trace", "2011"]);
    says(
        &trace,
        0,
        &["3230人", "各村/东湾村.xlsx 指标!C5", "各村/西岭村.xlsx 指标!C5", "各村/南坡村.xlsx 指标!C5"],
    );
    says(&merge(&project), 0, &["没有要改的"]);
}

#[test]
fn who_has_not_returned_is_named_and_no_total_claimed() {
    let mut all = all();
    all[2].1.clear();
    let project = returned(&filled(&all));
    let run = merge(&project);
    says(&run, 1, &["还差1个：南坡村", "南坡村”的表是空的", "全镇.人口：还算不出来"]);
    std::fs::remove_file(project.path().join("各村/西岭村.xlsx")).unwrap();
    says(&merge(&project), 1, &["还差2个：西岭村、南坡村"]);
    let nothing = returned(&[]);
    let run = merge(&nothing);
    says(&run, 1, &["已交0个", "还差3个"]);
    assert_eq!(nothing.read("facts/2011.yaml"), YEAR);
}

#[test]
fn what_came_twice_counts_only_where_it_says_the_same() {
    let all = all();
    let project = returned(&filled(&all));
    let bytes = std::fs::read(project.path().join("各村/东湾村.xlsx")).unwrap();
    let same = project.file("各村/东湾村（再报）.xlsx", &bytes);
    says(&merge(&same), 0, &["交了两份，内容不矛盾", "3230人"]);

    let project = returned(&filled(&all));
    let other = typed(&bytes, 1, &[("C5", number("1300"))]);
    let project = project.file("各村/东湾村（再报）.xlsx", other);
    says(&merge(&project), 1, &["“东湾村”的“人口”有两个数：1200人", "1300人", "还算不出来"]);
    assert!(!project.read("facts/2011.yaml").contains("1200人"));
}

#[test]
fn numbers_that_cannot_be_taken_are_told_and_the_rest_is() {
    let mut all = all();
    all[0].1 = vec![("C5", words("1200户")), ("C6", number("12"))];
    all[1].1 = vec![("C5", words("九百多")), ("C6", words("待定"))];
    let project = returned(&filled(&all));
    let run = merge(&project);
    says(&run, 1, &["各村/东湾村.xlsx 指标!C5", "户", "各村/西岭村.xlsx 指标!C6", "待定", "已交3个"]);
    let written = project.read("facts/2011.yaml");
    assert!(
        !written.contains("户") && written.contains("12万元") && written.contains("900多人"),
        "{written}"
    );
}

#[test]
fn strangers_are_refused() {
    let all = all();
    let project = returned(&filled(&all)).file("各村/会议签到.xlsx", super::sheets::raw("", &[]));
    says(&merge(&project), 1, &["会议签到.xlsx", "采集表"]);
    let project = returned(&filled(&all));
    let renamed = project.file("facts/2011.yaml", YEAR.replace("南坡村", "北坡村"));
    says(&merge(&renamed), 1, &["“南坡村”不在名单里", "还差1个：北坡村"]);
}

#[test]
fn a_form_is_not_overwritten_and_not_imported_as_facts() {
    let project = returned(&[]);
    says(&project.run(&["excel", "form", "--for", "各村"]), 2, &["东湾村.xlsx”已经有了"]);
    says(&project.run(&["excel", "form", "--for", "各村名单", "-o", "又"]), 0, &["3张"]);
    says(&project.run(&["excel", "form", "--for", "各村", "-o", "全部.xlsx"]), 0, &["已写好"]);
    refused(&project, &["excel", "import", "各村/东湾村.xlsx"], &["excel merge"]);
    says(&project.run(&["excel", "form", "--for", "各镇"]), 2, &["各村"]);
    says(&project.run(&["excel", "form", "--for", "招商"]), 2, &["招商项目"]);
    says(&project.run(&["excel", "merge", "没有/*.xlsx"]), 2, &["没有找到"]);
}

#[test]
fn one_workbook_with_a_sheet_for_each_comes_back_too() {
    let project = project();
    says(&project.run(&["表格", "采集", "--for", "各村", "-o", "全部.xlsx"]), 0, &["已写好"]);
    let bytes = std::fs::read(project.path().join("全部.xlsx")).unwrap();
    let bytes =
        [1, 2, 3].into_iter().fold(bytes, |bytes, sheet| typed(&bytes, sheet, &[("C5", number("10"))]));
    let project = project.file("全部.xlsx", bytes);
    let run = project.run(&["表格", "汇总", "全部.xlsx", "--yes"]);
    says(&run, 0, &["已交3个", "全镇.人口：30人", "还有1项没有填：集体收入"]);
    assert!(project.read("facts/2011.yaml").contains("来源: 全部.xlsx 西岭村!C5"));
}

#[test]
fn a_project_says_what_is_asked_and_until_when() {
    let project = project().file("项目.yaml", "采集:\n  - {台账: 各村, 列: 人口, 截止: 2011-12-20}\n");
    says(&project.run(&["excel", "form", "--for", "各村"]), 0, &["3张"]);
    let form = std::fs::read(project.path().join("各村/东湾村.xlsx")).expect("a form");
    let project = project.file("各村/东湾村.xlsx", typed(&form, 1, &[("C5", number("1200"))]));
    let read = project.run(&["excel", "merge", "各村/东湾村.xlsx", "--yes"]);
    // Nothing is said of what was not asked for.
    says(&read, 1, &["已交1个"]);
    assert!(!format!("{}{}", read.stdout, read.stderr).contains("项没有填"), "{read:?}");
    let wrong = project.file("项目.yaml", "采集:\n  - {台账: 各村, 截止: 年底}\n");
    says(&wrong.run(&["excel", "form", "--for", "各村", "-o", "又"]), 2, &["“截止”要写成年-月-日"]);
}

#[test]
fn a_list_that_the_project_names_is_asked_where_the_key_names_none() {
    let project = project()
        .file("facts/2011.yaml", format!("{YEAR}办公室名单: [甲办, 乙办]\n"))
        .file("项目.yaml", "采集:\n  - {台账: 招商项目, 名单: 办公室名单}\n");
    let registry = format!("{}办公室名单: {{类型: 名单}}\n", project.read("facts/指标.yaml"));
    let project = project.file("facts/指标.yaml", registry);
    says(&project.run(&["excel", "form", "--for", "招商项目"]), 0, &["2张"]);
}

#[test]
fn what_differs_from_before_and_what_stands_out_is_told() {
    let all = all();
    let project = returned(&filled(&all));
    says(&merge(&project), 0, &["已交3个"]);
    // Another number than the one that was returned; ten times last year's.
    let form = std::fs::read(project.path().join("各村/东湾村.xlsx")).expect("a form");
    let then = "各村:\n  - {村: 东湾村, 人口: 1190人, 集体收入: 12万元}\n";
    let last = format!("{}{then}", project.read("facts/2010.yaml"));
    let project = project
        .file("facts/2010.yaml", last)
        .file("各村/东湾村.xlsx", typed(&form, 1, &[("C5", number("12100"))]));
    let run = merge(&project);
    says(
        &run,
        0,
        &[
            "“东湾村”的“人口”原来是1200人，这次交的是12100人",
            "“东湾村”的“人口”是12100人，和上年的数差了10倍以上",
        ],
    );
    assert!(!run.stderr.contains("西岭村"), "{}", run.stderr);
}

#[test]
fn what_is_said_of_a_collection_follows_new_names() {
    let project = project().file("项目.yaml", "采集:\n  - {台账: 各村, 列: 人口、集体收入}   # 商定的\n");
    says(&project.run(&["rename", "各村.人口", "常住人口"]), 0, &[]);
    says(&project.run(&["rename", "各村", "村级"]), 0, &[]);
    assert_eq!(project.read("项目.yaml"), "采集:\n  - {台账: 村级, 列: 常住人口、集体收入}   # 商定的\n");
}
