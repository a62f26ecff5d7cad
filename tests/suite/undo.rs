//! What the command line writes can be taken back, and goes where it is meant to.

use crate::project::Project;

const REPORT: &str = "云溪镇2024年工作总结\n\n一、党建\n\n全镇共有党员1536名，召开会议14次。\n";

#[test]
fn what_the_command_line_did_is_taken_back_made_again_and_listed() {
    let project = Project::small();
    let old = project.read("templates/汇报.hbs");
    assert_eq!(project.run(&["undo"]).status, 2, "nothing was done yet");
    assert_eq!(project.run(&["year", "2012"]).status, 0);
    let undone = project.run(&["undo"]);
    assert!(
        undone.status == 0 && undone.stderr.contains("已撤销：新建2012年（facts/2012.yaml）"),
        "{undone:?}"
    );
    assert!(!project.path().join("facts/2012.yaml").exists());
    assert_eq!(project.run(&["undo", "--redo"]).status, 0);
    assert!(project.path().join("facts/2012.yaml").exists());
    assert_eq!(project.run(&["undo"]).status, 0);
    assert_eq!(project.run(&["golden", "--bless"]).status, 0);
    assert!(project.path().join("golden/汇报-2011.marked").exists());

    // By another program: asked first, and where nobody can answer it stays.
    std::fs::write(project.path().join("templates/汇报.hbs"), "# 汇报\n\n另写{{会议}}。\n").expect("written");
    let asked = project.run(&["undo"]);
    assert!(asked.status == 1 && asked.stderr.contains("在别的程序里改了 templates/汇报.hbs"), "{asked:?}");
    assert!(project.read("templates/汇报.hbs").contains("另写"));

    let list = project.run(&["undo", "--list"]);
    let lines: Vec<&str> = list.stdout.lines().collect();
    assert!(lines[0].contains("在别的程序里改了") && lines[1].contains("更新样稿"), "{list:?}");
    assert!(lines[2].contains("撤销：新建2012年") && lines[4].contains("撤销：新建2012年"), "{list:?}");
    let first = lines[5].split_whitespace().next().expect("its number");
    let restored = project.run(&["undo", "--to", first]);
    assert!(restored.status == 0 && restored.stderr.contains("已还原到第1步做完时的样子"), "{restored:?}");
    assert!(project.path().join("facts/2012.yaml").exists());
    assert_eq!(project.read("templates/汇报.hbs"), old);
    assert!(!project.path().join("golden").exists());
    assert_eq!(project.run(&["undo", "--to", "99"]).status, 2);
    let wrong = project.run(&["undo", "--to", "三"]);
    assert!(wrong.status == 2 && wrong.stderr.contains("步号见"), "{wrong:?}");
    assert_eq!(std::fs::read(project.path().join(".huibao/.gitignore")).expect("there"), b"*\n");
    assert_eq!(Project::new().run(&["undo"]).status, 2, "no project");
}

#[test]
fn a_table_that_was_filled_in_is_one_step_and_may_be_applied_again() {
    let project = Project::new().file("稿.txt", REPORT);
    assert_eq!(project.run(&["import", "稿.txt", "--into", "镇"]).status, 0);
    let page = project.read("镇/导入核对.md");
    let facts = project.read("镇/facts/2024.yaml");
    let filled: String = page
        .lines()
        .map(|line| match line.contains("【14次】") {
            true => line.replace("|  |  |  |  |", "|  | 会议次数 |  |  |") + "\n",
            false => format!("{line}\n"),
        })
        .collect();
    std::fs::write(project.path().join("镇/导入核对.md"), &filled).expect("the page");
    let apply = || project.run(&["-C", "镇", "import", "--apply", "镇/导入核对.md"]);
    let run = apply();
    assert!(run.status == 0 && run.stderr.contains("办好1条"), "{run:?}");
    let after = (project.read("镇/facts/2024.yaml"), project.read("镇/导入核对.md"));
    assert!(after.0.contains("会议次数: 14次"), "{}", after.0);
    let again = apply();
    assert!(again.status == 0 && again.stderr.contains("办好0条"), "{again:?}");
    assert_eq!((project.read("镇/facts/2024.yaml"), project.read("镇/导入核对.md")), after);
    let undone = project.run(&["-C", "镇", "undo"]);
    assert!(undone.stderr.contains("已撤销：导入核对：办好1条"), "{undone:?}");
    assert_eq!((project.read("镇/facts/2024.yaml"), project.read("镇/导入核对.md")), (facts, filled));
}

#[test]
fn a_result_is_not_written_over_a_text_of_the_project() {
    let project = Project::small();
    for name in ["facts/2010.yaml", "facts/2030.yaml", "templates/汇报.hbs", "项目.yaml", "导入核对.md"]
    {
        let run = project.run(&["render", "2011", "--format", "txt", "-o", name]);
        assert!(run.status == 2 && run.stderr.contains("没有覆盖"), "{name}: {run:?}");
    }
    assert_eq!(project.read("facts/2010.yaml"), "年度: 2010\n会议: 12次\n");
    assert!(!project.path().join("facts/2030.yaml").exists());
    assert_eq!(project.run(&["schema", "-o", "facts/事实.schema.json"]).status, 0);
    std::fs::create_dir(project.path().join("golden")).expect("a folder");
    assert_eq!(project.run(&["render", "2010", "-o", "golden/汇报-2010.txt"]).status, 0);
}
