//! Tables of a report over two years: taken as ledgers, gone through, filled the year after, or left as they are; and
//! sums of years that the sheet asks about.

use crate::import::{answered, filled_in};
use crate::project::Project;

const REPORT: &str = "# 云溪镇2024年工作总结\n\n## 一、治理\n\n全年排查矛盾纠纷186起，化解181起。各片区情况如下：\n\n\
    | 片区 | 排查纠纷（起） | 化解纠纷（起） |\n| --- | --- | --- |\n| 东片 | 72 | 70 |\n| 西片 | 61 | 59 |\n| 南片 | 53 | 52 |\n| 合计 | 186 | 181 |\n\n\
    特此报告。\n";
const LEDGER: &str = "治理.片区情况";

fn imported(report: &str) -> Project {
    let project = Project::new().file("稿.md", report);
    let run = project.run(&["import", "稿.md", "--into", "镇", "--year", "2024"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    project
}

fn template(project: &Project) -> String {
    project.read("镇/templates/云溪镇工作总结.hbs")
}

fn rendered(project: &Project, year: &str) -> String {
    project.run(&["-C", "镇", "render", year, "--draft", "--anew"]).stdout
}

/// The page with cells of the row of a path filled in.
fn fill(project: &Project, path: &str, cells: [&str; 3]) {
    let page = project.read("镇/导入核对.md");
    let named = format!(" | {path} | ");
    let filled = page.lines().map(|line| match line.contains(&named) {
        true => {
            let mut all: Vec<&str> = line.split(" | ").collect();
            let last = all.len() - 3;
            for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                all[last + at] = cell;
            }
            format!("{} |\n", all.join(" | ").trim_end_matches(" |"))
        }
        false => format!("{line}\n"),
    });
    let filled: String = filled.collect();
    std::fs::write(project.path().join("镇/导入核对.md"), filled).expect("the page");
}

fn apply(project: &Project) -> String {
    let run = project.run(&["-C", "镇", "import", "--apply", "镇/导入核对.md"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stderr
}

#[test]
fn the_year_after_only_the_rows_are_filled_in() {
    let project = imported(REPORT);
    let before = rendered(&project, "2024");
    assert!(before.contains("纠纷186起，化解181起") && before.contains("合计\t186\t181"), "{before}");
    assert_eq!(project.run(&["-C", "镇", "year", "2025"]).status, 0);
    let blank = project.read("镇/facts/2025.yaml");
    // What the report stated of the sums is not asked for again.
    assert!(!blank.contains("矛盾纠纷") && blank.contains("片区情况:"), "{blank}");
    let rows = "片区情况:\n    - {片区: 东片, 排查纠纷: 80起, 化解纠纷: 79起}\n    - {片区: 北片, 排查纠纷: 20起, 化解纠纷: 20起}\n";
    std::fs::write(project.path().join("镇/facts/2025.yaml"), format!("年度: 2025\n治理:\n  {rows}"))
        .expect("facts");
    let after = rendered(&project, "2025");
    assert!(after.contains("纠纷100起，化解99起") && after.contains("合计\t100\t99"), "{after}");
    assert!(!after.contains("186"), "{after}");
    // A figure that was told otherwise is held against the rows.
    std::fs::write(
        project.path().join("镇/facts/2025.yaml"),
        format!("年度: 2025\n治理:\n  排查矛盾纠纷: 201起\n  {rows}"),
    )
    .expect("facts");
    let check = project.run(&["-C", "镇", "check", "2025"]);
    assert!(check.stdout.contains("201") && check.stdout.contains("100"), "{}", check.stdout);
}

#[test]
fn a_ledger_that_is_declined_is_typed_and_its_sums_are_facts() {
    let project = imported(REPORT);
    let before = rendered(&project, "2024");
    fill(&project, LEDGER, ["", "", "不是"]);
    apply(&project);
    // One step, which one undo takes back.
    assert!(project.run(&["-C", "镇", "undo"]).status == 0 && template(&project).contains("{{表"));
    fill(&project, LEDGER, ["", "", "不是"]);
    apply(&project);
    assert_eq!(rendered(&project, "2024"), before);
    let text = template(&project);
    assert!(text.contains("纠纷{{治理.排查矛盾纠纷}}，化解{{治理.化解矛盾纠纷}}"), "{text}");
    assert!(text.contains("| 东片 | 72 | 70 |") && !text.contains("{{表"), "{text}");
    assert!(!project.read("镇/facts/指标.yaml").contains("台账"));
    let page = project.read("镇/导入核对.md");
    assert!(page.contains("没有作台账，表格里的8个数照原样留在模板里"), "{page}");
    // Typed cells are held against the prose: the table says 186, the prose of another year 201.
    let facts = project.read("镇/facts/2024.yaml").replace("2024", "2025").replace("186", "201");
    std::fs::write(project.path().join("镇/facts/2025.yaml"), facts).expect("facts");
    let check = project.run(&["-C", "镇", "check", "2025"]).stdout;
    assert!(check.contains("201") && check.contains("186"), "{check}");
}

#[test]
fn a_ledger_and_its_columns_get_other_names_and_the_heads_stay() {
    let project = imported(REPORT);
    let before = rendered(&project, "2024");
    fill(&project, LEDGER, ["矛盾纠纷台账", "", ""]);
    apply(&project);
    fill(&project, "治理.矛盾纠纷台账.排查纠纷", ["排查", "", ""]);
    apply(&project);
    assert_eq!(rendered(&project, "2024"), before);
    let registry = project.read("镇/facts/指标.yaml");
    assert!(
        registry.contains("治理.矛盾纠纷台账: {类型: 台账, 主键: 片区, 列: {片区: 文本, 排查: {"),
        "{registry}"
    );
    let text = template(&project);
    assert!(
        text.contains("{{合计 治理.矛盾纠纷台账.排查}}")
            && text.contains("表头=\"片区、排查纠纷（起）、化解纠纷（起）\""),
        "{text}"
    );
    // Once done it may be called otherwise again.
    fill(&project, "治理.矛盾纠纷台账", ["纠纷台账", "", ""]);
    apply(&project);
    assert!(template(&project).contains("{{合计 治理.纠纷台账.排查}}"));
}

#[test]
fn a_copy_with_another_name_is_taken_for_the_list_of_the_project() {
    for name in ["导入核对(1).xlsx", "导入核对 - 副本.xlsx", "张三填好的.xlsx"] {
        let project = imported(REPORT);
        let filled = filled_in(&project, |cell| cell == LEDGER, "纠纷台账");
        let path = format!("收到的/{name}");
        let project = project.file(&path, filled);
        let run = project.run(&["-C", "镇", "import", "--apply", &path]);
        assert_eq!(run.status, 0, "{name}: {}", run.stderr);
        assert!(project.read("镇/导入核对.md").contains("治理.纠纷台账 |"), "{name}");
        assert!(template(&project).contains("{{表 治理.纠纷台账 "), "{name}");
        // The same once more changes nothing.
        let again = project.run(&["-C", "镇", "import", "--apply", &path]);
        assert!(again.status == 0 && again.stderr.contains("办好0条"), "{name}: {}", again.stderr);
    }
}

#[test]
fn going_through_the_list_passes_over_what_is_gone() {
    let project =
        imported("# 云溪镇2024年工作总结\n\n## 一、提案\n\n全镇达86处，占62处。五年来，累计办理提案62件。\n");
    let page = project.read("镇/导入核对.md");
    let open: Vec<&str> =
        page.lines().filter(|line| line.contains("请改个名称") || line.contains("的合计")).collect();
    assert!(!open.is_empty(), "{page}");
    let path = open[0].split(" | ").nth(1).expect("a path").to_owned();
    // Somebody renames it with an editor, in facts and registry and template.
    let new = format!("{}甲", path);
    let last = path.rsplit('.').next().expect("a name");
    for file in ["facts/2024.yaml", "facts/指标.yaml"] {
        let text = project.read(&format!("镇/{file}"));
        let text = text
            .replace(&format!("{path}:"), &format!("{new}:"))
            .replace(&format!("  {last}:"), &format!("  {last}甲:"));
        std::fs::write(project.path().join("镇").join(file), text).expect("facts");
    }
    let text = template(&project).replace(&format!("{{{{{path}}}}}"), &format!("{{{{{new}}}}}"));
    std::fs::write(project.path().join("镇/templates/云溪镇工作总结.hbs"), text).expect("template");
    let said = answered(project.path(), &["-C", "镇", "import", "--review"], "\n\n\n\n\n\n\n\n\n");
    assert!(said.contains(&format!("已经改名或删去，跳过：{path}")), "{said}");
    assert!(!said.contains("错误"), "{said}");
}

#[test]
fn what_is_asked_about_a_sum_of_years_can_be_answered() {
    let report =
        |sentence: &str| format!("# 云溪镇2024年工作总结\n\n## 一、提案\n\n{sentence}\n\n特此报告。\n");
    for (sentence, path, years, tag) in [
        (
            "截至目前，累计办理提案62件，其中2024年21件。",
            "提案.累计办理提案",
            "2022：20件；2023：21件；2024：21件",
            "{{#自 2022}}{{提案.办理提案}}{{/自}}",
        ),
        (
            "截至目前，累计办理提案62件。",
            "提案.累计办理提案",
            "2021：1件；2022：20件；2023：20件；2024：21件",
            "{{#自 2021}}{{提案.办理提案}}{{/自}}",
        ),
        (
            "近三年累计办理提案62件，其中今年21件。",
            "提案.近三年办理提案",
            "2022：20件；2023：21件；2024：21件",
            "{{#近 3}}{{提案.办理提案}}{{/近}}",
        ),
    ] {
        let project = imported(&report(sentence));
        let before = rendered(&project, "2024");
        fill(&project, path, ["", years, ""]);
        apply(&project);
        let text = template(&project);
        assert!(text.contains(tag), "{sentence}: {text}");
        assert_eq!(rendered(&project, "2024"), before);
        assert!(project.read("镇/facts/指标.yaml").contains("提案.办理提案: {类型: 时期"), "{sentence}");
        assert!(project.read("镇/facts/2022.yaml").contains("20件"), "{sentence}");
    }
    // A part of it is no sum, nor is a yearly average or a year's own total; and a year that is left out is said.
    let project =
        imported(&report("截至目前，累计办理提案62件，其中2024年21件，年均20件。全年累计走访300户次。"));
    let page = project.read("镇/导入核对.md");
    assert_eq!(page.matches("几年的累计").count(), 1, "{page}");
    fill(&project, "提案.累计办理提案", ["", "2022：41件；2024：21件", ""]);
    let run = project.run(&["-C", "镇", "import", "--apply", "镇/导入核对.md"]);
    assert!(run.status == 1 && run.stderr.contains("缺2023年"), "{}", run.stderr);
}
