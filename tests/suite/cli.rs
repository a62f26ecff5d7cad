//! What the program says to people: help, mistakes on the command line, exit status.

use crate::project::{Project, run_in};

#[test]
fn help_and_every_mistake_are_in_chinese() {
    let project = Project::small();
    for verb in [
        "new",
        "render",
        "trace",
        "check",
        "explain",
        "diff",
        "year",
        "golden",
        "undo",
        "issue",
        "schema",
        "completions",
        "man",
    ] {
        let run = project.run(&[verb, "--help"]);
        assert_eq!(run.status, 0, "{verb}");
        assert!(run.stdout.contains("用法："), "{verb}: {}", run.stdout);
        for english in ["Usage", "Options", "Commands", "Arguments", "Print", "possible values", "default"] {
            assert!(!run.stdout.contains(english), "{verb}: {english}\n{}", run.stdout);
        }
    }
    let mistakes: [(&[&str], &str); 10] = [
        (&["rendr"], "没有“rendr”这个命令"),
        (&["render", "——draft"], "“——draft”"),
        (&["render", "--drft"], "--draft"),
        (&["render", "二〇一一"], "年度写成 2025、2025上半年"),
        (&["render", "--format", "wps"], "可以写：txt、md、html、docx、pdf、ofd、marked"),
        (&["render", "-o"], "后面缺内容"),
        (&["year"], "缺少<年度>"),
        (&["render", "2011", "2010"], "2010"),
        (&["render", "--format", "docx"], "请加 -o 文件名"),
        (&["render", "--format", "ofd"], "-o 汇报.ofd"),
    ];
    for (arguments, words) in mistakes {
        let run = project.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.stderr.contains("错误") && run.stderr.contains("怎么改"), "{}", run.stderr);
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.contains("error:"), "{}", run.stderr);
    }
}

#[test]
fn chinese_verbs_do_the_same() {
    let project = Project::small();
    assert_eq!(project.run(&["生成", "2011"]).stdout, project.run(&["render", "2011"]).stdout);
    assert_eq!(project.run(&["render"]).stdout, "汇报\n召开会议14次。\n");
}

#[test]
fn the_format_follows_the_file_name() {
    let project = Project::small();
    for (file, start) in [("a.txt", "汇报\n"), ("a.md", "# 汇报\n"), ("a.html", "<!DOCTYPE html>")] {
        assert_eq!(project.run(&["render", "-o", file]).status, 0);
        assert!(project.read(file).starts_with(start), "{file}");
    }
    let run = project.run(&["render", "-o", "a.wps"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains(".docx、.pdf、.ofd、.html、.md 或 .txt"), "{}", run.stderr);
}

#[test]
fn a_new_project_renders_and_rolls_over_to_the_next_year() {
    let place = Project::new();
    assert_eq!(place.run(&["new", "汇报"]).status, 0);
    let folder = place.path().join("汇报");
    assert_eq!(run_in(&folder, &["render", "-o", "汇报.docx"]).status, 0);
    assert_eq!(run_in(&folder, &["trace"]).status, 0);
    let again = place.run(&["new", "汇报"]);
    assert!(again.status == 2 && again.stderr.contains("里已经有内容"), "{}", again.stderr);

    assert_eq!(run_in(&folder, &["year", "2026"]).status, 0);
    let facts = place.read("汇报/facts/2026.yaml");
    assert!(facts.contains("年度: 2026") && facts.contains("财政收入: # 上年：1512万元"), "{facts}");
    assert!(facts.contains("人口: {值: 21730人, 待核: 是}") && facts.contains("# 新改建农村公路"), "{facts}");
    let twice = run_in(&folder, &["year", "2026"]);
    assert!(twice.status == 2 && twice.stderr.contains("没有改动"), "{}", twice.stderr);

    let strict = run_in(&folder, &["render"]);
    assert!(strict.status == 2 && strict.stderr.contains("缺少2026年的“民生.培训”"), "{}", strict.stderr);
    let draft = run_in(&folder, &["render", "--draft"]);
    assert_eq!(draft.status, 0);
    assert!(
        draft.stdout.contains("【待填：民生.培训】") && draft.stderr.contains("待填"),
        "{}",
        draft.stderr
    );
}

#[test]
fn golden_samples_are_compared_and_renewed() {
    let project = Project::small();
    assert_eq!(project.run(&["golden"]).status, 2);
    assert_eq!(project.run(&["golden", "--bless"]).status, 0);
    assert_eq!(project.run(&["golden"]).status, 0);
    let project = project.file("facts/2011.yaml", "年度: 2011\n会议: 15次\n");
    let run = project.run(&["golden"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("- 召开会议14次。\n+ 召开会议15次。"), "{}", run.stdout);
}

#[test]
fn completions_and_manual_come_out() {
    let project = Project::new();
    assert!(project.run(&["completions", "bash"]).stdout.contains("huibao"));
    assert!(project.run(&["man"]).stdout.contains(".TH huibao"));
}
