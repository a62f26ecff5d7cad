//! `huibao import`: Word files as offices make them become projects, years are added, and reports that come
//! back are taken over.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::papers;
use crate::project::{Project, root, run_in};

/// Folders of `golden/导入/`: a Word file, and what it becomes.
fn kinds() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("golden/导入")).expect("golden/导入");
    let mut kinds: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    kinds.sort();
    kinds
}

/// A 定稿 of a report that bears no day is of the day it was taken in.
fn dateless(path: &Path, text: String) -> String {
    let issued = path.to_string_lossy().ends_with(".定稿.md");
    let today = jiff::Zoned::now().date();
    if issued { text.replacen(&format!("日期: {today}\n"), "日期: 2000-01-01\n", 1) } else { text }
}

/// Files of a folder by their names in it, those that are text.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let text = dateless(&path, text);
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
                found.insert(name, text);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    // The manual is the same in every project.
    found.remove("使用说明.txt");
    found
}

fn bless(folder: &Path, files: &BTreeMap<String, String>) {
    if folder.is_dir() {
        std::fs::remove_dir_all(folder).expect("the old files");
    }
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
}

#[test]
fn word_files_of_many_kinds_become_projects_that_render_them() {
    let kinds = kinds();
    assert!(kinds.len() >= 5);
    for kind in kinds {
        let paper = std::fs::read(kind.join("报告.docx")).expect("the Word file");
        let project = Project::new().file("报告.docx", paper);
        let run = project.run(&["import", "报告.docx", "--into", "项目"]);
        assert_eq!(run.status, 0, "{}: {}", kind.display(), run.stderr);
        let made = texts(&project.path().join("项目"));
        let golden = kind.join("项目");
        if std::env::var_os("HUIBAO_BLESS").is_some() {
            bless(&golden, &made);
        }
        let wanted = texts(&golden);
        assert_eq!(made.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>(), "{}", kind.display());
        for (name, text) in &made {
            assert_eq!(text, &wanted[name], "{}/{name}", kind.display());
        }
        let (name, text) = made.iter().find(|(name, _)| name.starts_with("golden/")).expect("a golden file");
        let year = name.rsplit('-').next().expect("a year").trim_end_matches(".txt");
        let rendered = project.run(&["-C", "项目", "render", year]);
        assert_eq!((rendered.status, &rendered.stdout), (0, text), "{}", kind.display());
    }
}

const LAST: &str = "云溪镇2010年工作汇报\n\
    2010年，全镇召开会议12次，走访群众320户。\n\
    一、经济发展\n\
    完成固定资产投资1.2亿元，引进项目5个。\n\
    云溪镇人民政府\n\
    2010年12月20日\n";

#[test]
fn numbers_are_listed_without_writing_anything() {
    let project = Project::new().file("汇报.txt", LAST);
    let run = project.run(&["import", "汇报.txt", "--dry-run", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let facts: Vec<&str> = found["annotations"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|one| one["is_fact"] == true)
        .filter_map(|one| one["text"].as_str())
        .collect();
    assert_eq!(facts, ["12次", "320户", "1.2亿元", "5个"]);
    let run = project.run(&["import", "汇报.txt", "--dry-run"]);
    assert!(run.stdout.contains("共4个数字像是事实"), "{}", run.stdout);
    assert_eq!(std::fs::read_dir(project.path()).expect("a folder").count(), 1);
}

/// A report as a web page has it.
const COPIED: &str = "云溪镇2024年工作总结\n\n时间:2024-12-20 08:10:00 来源:网友投稿\n\n下面是小编为大家整理的总结,供大家参考。\n\n\
    云溪镇2024年工作总结\n\n  全镇有干部 46 名, 其中女干部 9 名。\n\n  一、\n\n 以宣传为先导, 营造良好氛围\n\n 一是办好会议。全年召开会议 12 次, 参加的有\n\n\
     阿依古丽.买买提、 张三 等 320人次。二是办好专栏。\n\n 全年出专栏 4 期。\n\n  二、\n\n 以考核为抓手, 强化工作保障\n\n 将工作专设 8 分纳入各村( 社区)\n\n\
     考核范围。\n\n 二是真抓实干。\n\n推荐访问:总结 云溪镇\n";

#[test]
fn a_text_copied_from_a_web_page_is_tidied_where_that_is_asked_for() {
    let project = Project::new().file("网页.txt", COPIED);
    let run = project.run(&["import", "网页.txt", "--into", "原样"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("加 --tidy 可以先整理"), "{}", run.stderr);
    let letter = project.run(&["-C", "原样", "render"]).stdout;
    assert!(letter.contains("来源:网友投稿") && letter.contains("各村( 社区)\n考核范围。"), "{letter}");

    let seen = project.run(&["import", "网页.txt", "--tidy", "--dry-run"]);
    assert!(seen.stderr.contains("去掉网站的字句：3处"), "{}", seen.stderr);
    assert!(!project.path().join("网页").exists());

    let run = project.run(&["import", "网页.txt", "--tidy", "--into", "整理"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("序号和标题接成一行：2处"), "{}", run.stderr);
    let wanted = "云溪镇2024年工作总结\n全镇有干部46名，其中女干部9名。\n一、以宣传为先导，营造良好氛围\n\
        一是办好会议。全年召开会议12次，参加的有阿依古丽.买买提、张三等320人次。二是办好专栏。\n全年出专栏4期。\n\
        二、以考核为抓手，强化工作保障\n将工作专设8分纳入各村（社区）考核范围。\n二是真抓实干。\n";
    assert_eq!(project.run(&["-C", "整理", "render", "--anew"]).stdout, wanted);
    assert_eq!(project.run(&["-C", "整理", "render"]).stdout, wanted);
    let facts = project.read("整理/facts/2024.yaml");
    for figure in ["46名", "9名", "12次", "320人次", "4期", "8分"] {
        assert!(facts.contains(figure), "{figure}: {facts}");
    }
    assert!(project.read("整理/导入核对.md").contains("## 整理了什么"), "the page tells every mending");
}

#[test]
fn another_year_fills_its_facts_and_both_can_be_compared() {
    let project = Project::new().file("新.txt", LAST.replace("2010", "2011").replace("12次", "14次"));
    assert_eq!(project.run(&["import", "新.txt", "--into", "镇"]).status, 0);
    let older = LAST.replace("320户", "288户").replace("引进项目5个", "引进项目4个，争取资金60万元");
    std::fs::write(project.path().join("旧.txt"), older).expect("a file");
    let run = project.run(&["-C", "镇", "import", "旧.txt"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let facts = project.read("镇/facts/2010.yaml");
    for line in ["会议: 12次", "288户", "固定资产投资: 1.2亿元", "引进项目: 4个"] {
        assert!(facts.contains(line), "{line}: {facts}");
    }
    let page = project.read("镇/导入核对-2010.md");
    assert!(page.contains("争取资金60万元"), "what has no place in the template is listed: {page}");
    let run = project.run(&["-C", "镇", "diff", "2010", "2011", "--facts"]);
    assert!(run.stdout.contains("288") && run.stdout.contains("320"), "{}{}", run.stdout, run.stderr);
}

/// A project, its report as Word, and that with a leader's changes in it.
fn returned() -> Project {
    let project = Project::new().file("稿.txt", LAST);
    assert_eq!(project.run(&["import", "稿.txt", "--into", "镇"]).status, 0);
    assert_eq!(project.run(&["-C", "镇", "render", "2010", "-o", "汇报.docx"]).status, 0);
    let report = std::fs::read(project.path().join("汇报.docx")).expect("the report");
    let report = papers::changed(&report, |xml| {
        let tracked = "走访群众</w:t></w:r><w:del w:id=\"91\" w:author=\"书记\"><w:r><w:delText>320</w:delText></w:r></w:del>\
            <w:ins w:id=\"92\" w:author=\"书记\"><w:r><w:t>336</w:t></w:r></w:ins><w:r><w:t>户";
        xml.replace("走访群众320户", tracked)
            .replace("引进项目5个", "引进项目7个")
            .replace("一、经济发展", "一、经济建设")
            // An indent that was typed is no change.
            .replace("完成固定资产投资", "　　完成固定资产投资")
    });
    project.file("改稿.docx", report)
}

#[test]
fn changes_of_a_leader_are_offered_one_by_one_and_taken_over() {
    let project = returned();
    let run = project.run(&["-C", "镇", "import", "改稿.docx"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("改了3处") && run.stderr.contains("按全部接受"), "{}", run.stderr);
    let before = (project.read("镇/facts/2010.yaml"), project.read("镇/templates/云溪镇工作汇报.hbs"));
    assert!(before.0.contains("320户") && before.1.contains("经济发展"), "nothing is done yet");
    let page = project.read("镇/改稿核对.md");
    std::fs::write(project.path().join("镇/改稿核对.md"), page.replace("|  |\n", "| 采纳 |\n"))
        .expect("the page");
    let run = project.run(&["-C", "镇", "import", "--apply", "镇/改稿核对.md"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let sent = project.run(&["-C", "镇", "render", "2010"]);
    assert_eq!(sent.stdout, LAST, "the report that was imported stays what it was");
    let rendered = project.run(&["-C", "镇", "render", "2010", "--anew"]);
    let wanted = LAST.replace("320户", "336户").replace("5个", "7个").replace("经济发展", "经济建设");
    assert_eq!(rendered.stdout, wanted);
    let again = project.run(&["-C", "镇", "import", "改稿.docx"]);
    assert!(again.status == 0 && again.stderr.contains("没有改动"), "{}", again.stderr);
}

/// Runs the program with answers typed into it.
pub fn answered(folder: &Path, arguments: &[&str], answers: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .args(arguments)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("an input").write_all(answers.as_bytes()).expect("answers");
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn only_what_is_accepted_in_the_terminal_is_taken_over() {
    let project = returned();
    let said = answered(project.path(), &["-C", "镇", "import", "改稿.docx", "--review"], "y\n\nq\n");
    assert!(said.contains("采纳了1处"), "{said}");
    let facts = project.read("镇/facts/2010.yaml");
    assert!(facts.contains("336户") && facts.contains("引进项目: 5个"), "{facts}");
}

/// A report whose sums and vague names are asked about.
const DOUBTFUL: &str = "云溪镇2010年工作汇报\n\
    三年来，共争取资金900万元。\n\
    其中560万元用于修路，另外340万元用于引水。\n\
    全镇召开会议12次。\n";

#[test]
fn doubtful_figures_are_gone_through_and_an_interruption_loses_nothing() {
    let project = Project::new().file("稿.txt", DOUBTFUL);
    let run = project.run(&["import", "稿.txt", "--into", "镇"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    // The years of the sum, then somebody stops.
    let said =
        answered(project.path(), &["-C", "镇", "import", "--review"], "300万元\n280万元\n320万元\nq\n");
    assert!(said.contains("2008年是多少") && said.contains("接着核对"), "{said}");
    let facts = ["2008", "2009", "2010"].map(|year| project.read(&format!("镇/facts/{year}.yaml")));
    assert!(
        facts[0].contains("300万元") && facts[1].contains("280万元") && facts[2].contains("320万元"),
        "{facts:?}"
    );
    let template = project.read("镇/templates/云溪镇工作汇报.hbs");
    assert!(template.contains("{{#近 3}}"), "{template}");
    let said = answered(project.path(), &["-C", "镇", "import", "--review"], "修路资金\nn\n");
    assert!(said.contains("都核对好了") && !said.contains("2008年是多少"), "{said}");
    assert!(project.read("镇/facts/2010.yaml").contains("修路资金: 560万元"));
    let rendered = project.run(&["-C", "镇", "render", "2010"]);
    assert_eq!(rendered.stdout, DOUBTFUL);
    // What was sent knows the years and the new name, too.
    let trace = project.run(&["-C", "镇", "trace", "2010"]).stdout;
    assert!(trace.contains("300万元") && trace.contains("修路资金") && !trace.contains("定稿时"), "{trace}");
}

#[test]
fn a_table_that_was_filled_in_is_done_and_says_what_could_not_be() {
    let project = Project::new().file("稿.txt", LAST);
    assert_eq!(project.run(&["import", "稿.txt", "--into", "镇"]).status, 0);
    let page = project.read("镇/导入核对.md");
    let filled: String = page
        .lines()
        .map(|line| match line {
            line if line.contains("【12次】") => {
                line.replace("|  |  |  |  |", "|  | 会议次数 |  |  |") + "\n"
            }
            line if line.contains("【5个】") => line.replace("|  |  |  |  |", "|  |  |  | 不是 |") + "\n",
            line if line.contains("【320户】") => {
                line.replace("|  |  |  |  |", "|  |  |  | 看看 |") + "\n"
            }
            line => format!("{line}\n"),
        })
        .collect();
    std::fs::write(project.path().join("镇/导入核对.md"), filled).expect("the page");
    let run = project.run(&["-C", "镇", "import", "--apply", "镇/导入核对.md"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("办好2条，没办成1条") && run.stderr.contains("看看"), "{}", run.stderr);
    let facts = project.read("镇/facts/2010.yaml");
    assert!(facts.contains("会议次数: 12次") && !facts.contains("5个"), "{facts}");
    assert!(project.read("镇/templates/云溪镇工作汇报.hbs").contains("引进项目5个"));
    assert_eq!(project.run(&["-C", "镇", "render", "2010"]).stdout, LAST);
}

/// The workbook of an import with a name filled in where a row has such a cell.
pub fn filled_in(project: &Project, of: impl Fn(&str) -> bool, name: &str) -> Vec<u8> {
    let bytes = std::fs::read(project.path().join("镇/导入核对.xlsx")).expect("the workbook");
    let rows = huibao::excel::text::rows(&bytes, "导入核对.xlsx", None).expect("its rows");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, of_row) in (0..).zip(&rows) {
        for (column, cell) in (0..).zip(&of_row.cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
        if of_row.cells.iter().any(|cell| of(cell)) {
            sheet.write(row, 6, name).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn the_workbook_can_be_filled_in_instead() {
    let project = Project::new().file("稿.txt", LAST);
    assert_eq!(project.run(&["import", "稿.txt", "--into", "镇"]).status, 0);
    let filled = filled_in(&project, |cell| cell.contains("【12次】"), "会议次数");
    let project = project.file("收到的/导入核对.xlsx", filled);
    let run = project.run(&["-C", "镇", "import", "--apply", "收到的/导入核对.xlsx"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(project.read("镇/facts/2010.yaml").contains("会议次数: 12次"));
    assert!(project.read("镇/导入核对.md").contains("综合.会议次数"), "the page says what was done");
}

#[test]
fn braces_half_width_marks_and_other_encodings_come_through() {
    let text =
        "云溪镇2010年工作汇报\r\n　　2010年, 全镇 共有 {{人口}} 26 件，\\占{%}三分之一。\r\n末尾。\r\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    let project = Project::new().file("稿.txt", gbk);
    let run = project.run(&["import", "稿.txt", "--into", "镇"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let rendered = project.run(&["-C", "镇", "render", "2010"]);
    assert_eq!(
        rendered.stdout,
        "云溪镇2010年工作汇报\n2010年,全镇共有 {{人口}} 26件，\\占{%}三分之一。\n末尾。\n"
    );
    let page = project.read("镇/导入核对.md");
    assert!(page.contains("去掉段首段尾的空格") && page.contains("去掉汉字、数字之间的空格"), "{page}");
}

#[test]
fn what_cannot_be_imported_is_said_and_nothing_is_written() {
    for (name, bytes, words) in papers::unreadable() {
        let project = Project::new().file(name, bytes);
        let start = Instant::now();
        let run = project.run(&["import", name, "--year", "2010", "--into", "镇"]);
        assert_eq!(run.status, 2, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{name}: {}", run.stderr);
        assert!(!project.path().join("镇").exists(), "{name}");
        assert!(start.elapsed() < Duration::from_secs(20), "{name}");
    }
    let project = Project::new().file("稿.txt", LAST.replace("2010", "今")).file("满/旧.txt", "旧");
    let run = project.run(&["import", "稿.txt", "--into", "镇"]);
    assert!(run.status == 2 && run.stderr.contains("--year"), "{}", run.stderr);
    let run = project.run(&["import", "稿.txt", "--year", "2010", "--into", "满"]);
    assert!(run.status == 2 && run.stderr.contains("已经有内容"), "{}", run.stderr);
    assert_eq!(project.read("满/旧.txt"), "旧");
    let run = run_in(project.path(), &["import", "--apply", "没有.md"]);
    assert!(run.status == 2 && run.stderr.contains("没有找到"), "{}", run.stderr);
}

#[test]
fn another_year_is_held_against_the_year_that_is_filled_in_best() {
    let text = "云溪镇2024年工作总结\n\n全年走访群众320户。\n\n全年办件1250件。\n";
    let project = Project::new()
        .file("上年.md", text)
        .file("早年.md", text.replace("2024", "2023").replace("320", "298"));
    assert_eq!(project.run(&["import", "上年.md", "--into", "镇"]).status, 0);
    // A year that knows next to nothing stands nearer than the one that knows all.
    let project = project.file("镇/facts/2022.yaml", "年度: 2022\n");
    let run = project.run(&["import", "早年.md", "--into", "镇"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(project.read("镇/facts/2023.yaml").contains("298户"), "{}", project.read("镇/facts/2023.yaml"));
}
