//! Names, units, kinds, 口径 and 主键 are changed by one command, and one undo takes it back to the last byte.

use std::collections::BTreeMap;
use std::path::Path;

use crate::project::{Project, run_in};

/// A new project with a 定稿, samples, a confirmation and the schema of its facts.
fn town() -> Project {
    let project = Project::new();
    for arguments in [
        &["new", "镇"][..],
        &["-C", "镇", "issue", "2025"],
        &["-C", "镇", "golden", "--bless"],
        &["-C", "镇", "schema", "-o", "镇/facts/事实.schema.json"],
    ] {
        let run = project.run(arguments);
        assert_eq!(run.status, 0, "{run:?}");
    }
    let confirmed =
        "- {规则: fact-swing, 指标: 信访.受理, 年度: 2025, 值: 35件, 确认人: 甲, 日期: 2025-12-01}\n";
    project.file("镇/确认.yaml", confirmed)
}

/// Every file of a project but its history.
fn files(project: &Project) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
            let (path, name) = (entry.path(), entry.file_name());
            if path.is_dir() && name != ".huibao" {
                walk(root, &path, all);
            } else if path.is_file() {
                let name = path.strip_prefix(root).expect("inside").display().to_string();
                all.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(&project.path().join("镇"), &project.path().join("镇"), &mut all);
    all
}

fn reports(project: &Project) -> Vec<String> {
    let render = |year| project.run(&["-C", "镇", "render", year, "--anew", "--draft"]).stdout;
    ["2023", "2024", "2025"].map(render).to_vec()
}

#[test]
fn everything_follows_a_name_in_one_step_that_one_undo_takes_back() {
    let project = town();
    let (before, said) = (files(&project), reports(&project));
    let rename = |arguments: &[&str]| run_in(&project.path().join("镇"), &[&["rename"], arguments].concat());

    let shown = rename(&["信访", "综治.信访", "--dry-run"]);
    assert!(shown.status == 0 && shown.stderr.contains("各年的报告一个字也不变"), "{shown:?}");
    assert!(shown.stderr.contains("2025年的事实") && shown.stderr.contains("还没有改"), "{shown:?}");
    assert_eq!(files(&project), before);

    let run = rename(&["信访", "综治.信访"]);
    assert!(run.status == 0 && run.stderr.contains("已改好"), "{run:?}");
    assert_eq!(reports(&project), said);
    let after = files(&project);
    for (name, bytes) in &after {
        let text = String::from_utf8_lossy(bytes);
        let old = text.replace("综治.信访.", "").matches("信访.").count();
        assert_eq!(old, 0, "{name}: the old name is still there");
    }
    assert!(String::from_utf8_lossy(&after["golden/工作汇报-2025.定稿.md"]).contains("综治.信访.受理"));
    assert!(String::from_utf8_lossy(&after["确认.yaml"]).contains("指标: 综治.信访.受理"));
    let issued = project.run(&["-C", "镇", "trace", "2025"]);
    assert!(issued.status == 0 && !issued.stderr.contains("手工改过"), "{issued:?}");
    assert_eq!(project.run(&["-C", "镇", "golden"]).status, 0, "samples follow");

    let undone = project.run(&["-C", "镇", "undo"]);
    assert!(undone.stderr.contains("已撤销：信访 改名为 综治.信访"), "{undone:?}");
    assert_eq!(files(&project), before);
}

#[test]
fn what_cannot_be_is_refused_in_words_and_nothing_is_written() {
    let project = town();
    let before = files(&project);
    for (arguments, wanted) in [
        (&["人口", "常住人口"][..], "是不是“辖区.人口”"),
        (&["信访.受埋", "甲"], "是不是“信访.受理”"),
        (&["信访.受理", "办结"], "请选“合并”"),
        (&["报送", "信访"], "重叠"),
        (&["信访.受理", "辖 区"], "不能作名称"),
        (&["报送", "年度"], "模板里会读成别的意思"),
        (&["信访.受理", "信访.受理"], "就是现在的名称"),
        (&["民生.道路", "--unit", "元"], "不能换算"),
        (&["报送", "--kind", "时点"], "2025年是“县人民政府”"),
        (&["报送", "--kind", "数字"], "类型只有"),
        (&["项目", "--key", "进度"], "2023年第1、2行都是“已完工”"),
        (&["信访.受理", "信访.办结", "--merge"], "自己和自己"),
        (&["民生.培训", "信访.受理", "--merge"], "不能合并"),
        (&["信访.受理"], "没有写要改什么"),
        (&["信访.受理", "--merge"], "新名"),
    ] {
        let run = run_in(&project.path().join("镇"), &[&["rename"], arguments].concat());
        assert_eq!(run.status, 2, "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(wanted), "{arguments:?}: {}", run.stderr);
        assert_eq!(files(&project), before, "{arguments:?}");
    }
}

#[test]
fn several_changes_are_one_step_and_reports_that_change_are_shown() {
    let project = town();
    let before = files(&project);
    let run = run_in(
        &project.path().join("镇"),
        &["改名", "经济.财政收入", "一般公共预算收入", "--unit", "元", "--definition", "决算数"],
    );
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stderr.contains("1512万元，同比  →  财政收入15120000元，同比"), "{run:?}");
    let registry = project.read("镇/facts/指标.yaml");
    assert!(
        registry.contains("经济.一般公共预算收入: {单位: 元, 类型: 时期, 来源: 镇财政所决算, 口径: 决算数}")
    );
    assert_eq!(project.run(&["-C", "镇", "undo"]).status, 0);
    assert_eq!(files(&project), before);
}

#[test]
fn the_table_of_an_import_goes_on_after_a_renaming() {
    let report = "云溪镇2024年工作总结\n\n一、党建\n\n全镇共有党员1536名，召开会议14次。\n";
    let project = Project::new().file("稿.txt", report);
    assert_eq!(project.run(&["import", "稿.txt", "--into", "镇"]).status, 0);
    let page = project.read("镇/导入核对.md");
    let row = page.lines().find(|line| line.contains("【14次】")).expect("its row").to_owned();
    let path = row.split('|').nth(2).expect("its name").trim().to_owned();
    let run = project.run(&["-C", "镇", "rename", &path, "党建.支部会议"]);
    assert_eq!(run.status, 0, "{run:?}");
    let page = project.read("镇/导入核对.md");
    let row = page.lines().find(|line| line.contains("【14次】")).expect("its row").to_owned();
    assert!(row.contains("党建.支部会议"), "{row}");
    let filled = page.replace(&row, &row.replace("|  |  |  |  |", "|  | 党建.会议次数 |  |  |"));
    std::fs::write(project.path().join("镇/导入核对.md"), filled).expect("the page");
    let run = project.run(&["-C", "镇", "import", "--apply", "镇/导入核对.md"]);
    assert!(run.status == 0 && run.stderr.contains("办好1条"), "{run:?}");
    assert!(project.read("镇/facts/2024.yaml").contains("会议次数: 14次"));
    // The workbook beside it says the same.
    let book = project.run(&["-C", "镇", "import", "--apply", "镇/导入核对.xlsx"]);
    assert_eq!(book.status, 0, "{book:?}");
}
