//! Bad input: a clear message, exit status 2, nothing half written, no panic, no hang.

use std::time::{Duration, Instant};

use crate::project::{Project, Run};

/// Renders into a file and, where that fails, demands that nothing was written.
fn render(project: &Project) -> Run {
    let start = Instant::now();
    let run = project.run(&["render", "2011", "-o", "汇报.docx"]);
    assert!(start.elapsed() < Duration::from_secs(20), "too slow");
    assert_eq!(run.status == 0, project.path().join("汇报.docx").exists(), "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}

fn refused(project: Project, words: &[&str]) {
    let run = render(&project);
    assert_eq!(run.status, 2, "{}", run.stderr);
    for word in words {
        assert!(run.stderr.contains(word), "{word} not in:\n{}", run.stderr);
    }
}

fn facts(text: impl AsRef<[u8]>) -> Project {
    Project::small().file("facts/2011.yaml", text)
}

fn template(text: impl AsRef<[u8]>) -> Project {
    Project::small().file("templates/汇报.hbs", text)
}

#[test]
fn slips_of_the_input_method_are_explained() {
    refused(facts("年度: 2011\n会议：14次\n"), &["全角", "facts/2011.yaml:2:3"]);
    refused(facts("年度: 2011\n会议: 14次\n名单: [甲，乙]\n"), &["“，”", "facts/2011.yaml:3"]);
    refused(facts("年度: 2011\n宣传:\n\t会议: 14次\n"), &["facts/2011.yaml:3"]);
    refused(facts("年度: 2011\n宣传:\n　　会议: 14次\n"), &["全角", "facts/2011.yaml:3"]);
    refused(facts("年度: 2011\n会议: １４次\n"), &["14次"]);
}

#[test]
fn all_problems_are_shown_at_once_each_with_its_place() {
    let project = Project::small()
        .file("facts/指标.yaml", "会议: {单位: 次, 类型: 时期}\n人数: {单位: 人, 类型: 时点}\n")
        .file("facts/2011.yaml", "年度: 2011\n会议: 十四次\n会议: 3次\n人数: 5户\n会仪: 1次\n");
    refused(project, &["14次", "facts/2011.yaml:3:1", "facts/2011.yaml:4:5", "会议", "处错误"]);
}

#[test]
fn byte_order_marks_line_ends_and_gbk_just_work() {
    let bom = facts("\u{FEFF}年度: 2011\r\n会议: 14次\r\n");
    assert_eq!(render(&bom).status, 0);
    let (gbk, _, _) = encoding_rs::GB18030.encode("年度: 2011\n会议: 14次\n");
    let run = render(&facts(gbk));
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("GBK") && run.stderr.contains("UTF-8"), "{}", run.stderr);
    let utf16: Vec<u8> =
        "\u{FEFF}年度: 2011\n会议: 14次\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(render(&facts(utf16)).status, 0);
}

#[test]
fn hostile_fact_files_are_refused() {
    refused(facts(""), &["是空的"]);
    refused(facts("#".repeat(100 * 1024 * 1024)), &["超过4MB"]);
    let bomb = "年度: 2011\na: &a [x,x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n";
    refused(facts(bomb), &["facts/2011.yaml:2"]);
    refused(facts(format!("年度: 2011\n会议: {}\n", "[".repeat(20_000))), &["facts/2011.yaml"]);
    refused(facts(format!("年度: 2011\n会议: {}次\n", "9".repeat(40))), &["28位"]);
    refused(facts("年度: 2011\n会议: 14\u{E000}次\n"), &["facts/2011.yaml:2"]);
    refused(facts("年度: 2011\n会议: \"14\u{1}次\"\n"), &["facts/2011.yaml:2"]);
    refused(facts([0xFF, 0xFE, 0x00, 0xD8, 0x00]), &["编码"]);
}

#[test]
fn hostile_templates_are_refused() {
    refused(template("{{#if 会议}}".repeat(5_000)), &["嵌套超过64层", "templates/汇报.hbs:1"]);
    refused(template("召开｛｛会议｝｝"), &["{{ 和 }}", "templates/汇报.hbs:1:3"]);
    refused(template("召开{{数 会议 单位＝\"次\"}}"), &["全角", "templates/汇报.hbs:1:12"]);
    refused(template("召开{{会仪}}"), &["没有“会仪”这个指标", "会议"]);
    refused(template("召开{{数数 会议}}"), &["没有“数数”这个帮助词"]);
    refused(template("召开{{数 会议 小数位=1}}"), &["没有“小数位”这个参数", "小数"]);
    refused(template("{{#if 没有}}甲{{/if}}"), &["没有“没有”这个指标"]);
    refused(template("{{数 (相加 会议 没有)}}"), &["没有“没有”这个指标"]);
    refused(template("{{#近 3}}甲{{/自}}"), &["没有对上"]);
    refused(template("{{数 会议 小数=1.5}}"), &["加引号"]);
    let ring = Project::small()
        .file("templates/汇报.hbs", "{{> 甲}}")
        .file("templates/甲.hbs", "{{> 乙}}")
        .file("templates/乙.hbs", "{{> 甲}}");
    refused(ring, &["绕成了圈"]);
}

#[test]
fn outputs_that_cannot_be_written_leave_nothing_behind() {
    let project = Project::small().file("夹/已有.txt", "旧");
    for (target, words) in [("夹", "文件夹"), ("没有/汇报.docx", "没有")] {
        let run = project.run(&["render", "-o", target]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    assert_eq!(project.read("夹/已有.txt"), "旧");
    if std::path::Path::new("/dev/full").exists() {
        let run = project.run(&["render", "-o", "/dev/full/x.txt"]);
        assert_eq!(run.status, 2);
    }
}

#[test]
fn a_column_of_numbers_and_words_is_not_sorted_however_long_it_is() {
    let row = |at: usize| match at % 3 {
        0 => format!("  - {{企业: 企业{at}, 投资: {at}万元}}\n"),
        1 => format!("  - {{企业: 企业{at}, 投资: 待定}}\n"),
        _ => format!("  - {{企业: 企业{at}, 投资: 2011-0{}}}\n", at % 9 + 1),
    };
    let rows: String = (0..200).map(row).collect();
    let project = facts(format!("年度: 2011\n会议: 14次\n项目:\n{rows}"));
    let project =
        project.file("templates/汇报.hbs", "{{#each 项目 排序=\"投资\" as |行|}}{{行.企业}}{{/each}}\n");
    refused(project, &["不全是数字", "“投资”"]);
}

/// A ledger that is still to be filled in, and what a template does with its sum.
fn unfilled(expression: &str) -> Project {
    Project::small()
        .file("facts/指标.yaml", "会议: {单位: 次, 类型: 时期}\n案件: {类型: 台账, 主键: 案号, 列: {案号: 文本, 金额: {单位: 万元, 类型: 时期}}}\n")
        .file("facts/2011.yaml", "年度: 2011\n会议: 14次\n案件:\n")
        .file("templates/汇报.hbs", format!("# 汇报\n\n共{expression}。\n"))
}

#[test]
fn what_is_missing_is_said_once_however_deep_it_stands() {
    for expression in [
        "{{合计 案件.金额}}",
        "{{数 (合计 案件.金额)}}",
        "{{数 (相加 (合计 案件.金额) (合计 案件.金额)) 小数=1}}",
        "{{约数 (合计 案件.金额)}}",
        "{{占比 (合计 案件.金额) (合计 案件.金额)}}",
        "{{#if (合计 案件.金额)}}有{{/if}}",
    ] {
        let project = unfilled(expression);
        let run = project.run(&["render", "2011"]);
        assert_eq!(run.status, 2, "{expression}: {}", run.stdout);
        let said = run.stderr.matches("缺少2011年的“案件”").count();
        assert!(said >= 1 && !run.stderr.contains("是文字"), "{expression}: {}", run.stderr);
        let draft = project.run(&["render", "2011", "--draft"]);
        assert!(draft.stdout.contains("【待填：案件】"), "{expression}: {}{}", draft.stdout, draft.stderr);
    }
}

#[test]
fn a_cell_that_is_missing_is_named_by_its_row() {
    let project = Project::small()
        .file(
            "facts/指标.yaml",
            "会议: {单位: 次, 类型: 时期}\n案件: {类型: 台账, 主键: 案号, 列: {案号: 文本, 金额: {单位: 万元, 类型: 时期}}}\n",
        )
        .file("facts/2011.yaml", "年度: 2011\n案件:\n  - {案号: 甲一, 金额: 3万元}\n  - {案号: 乙二}\n")
        .file(
            "templates/汇报.hbs",
            "# 汇报\n\n共{{合计 案件.金额}}：{{#each 案件 as |行|}}{{行.金额}}；{{/each}}\n",
        );
    let draft = project.run(&["render", "2011", "--draft"]);
    assert_eq!(
        draft.stdout.matches("【待填：案件（乙二）.金额】").count(),
        2,
        "{}{}",
        draft.stdout,
        draft.stderr
    );
}
