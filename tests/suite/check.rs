//! `huibao check`: findings and exit status, exceptions that are kept, repairs, and the gate.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::papers;
use crate::project::{Project, Run, root, run_in};

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("no JSON:\n{}{}", run.stdout, run.stderr))
}

fn rules(run: &Run) -> Vec<String> {
    let found = json(run);
    let findings = found["findings"].as_array().expect("findings").iter();
    findings.map(|one| one["rule"].as_str().expect("a rule").to_owned()).collect()
}

/// A project in which each thing is wrong once.
fn faulty() -> Project {
    Project::new()
        .file(
            "facts/指标.yaml",
            "委员.总数: {单位: 名, 类型: 时点}\n委员.女委员: {单位: 名, 类型: 时点, 不超过: 委员.总数}\n会议: {单位: 次, 类型: 时期}\n",
        )
        .file("facts/2010.yaml", "年度: 2010\n委员: {总数: 16名, 女委员: 4名}\n会议: 12次\n")
        .file("facts/2011.yaml", "年度: 2011\n委员: {总数: 17名, 女委员: 18名}\n会议: 40次\n")
        .file(
            "templates/汇报.hbs",
            "# 汇报\n\n我镇有委员{{委员.总数}},其中女委员{{委员.女委员}}。召开会议{{会议}}，走访群众120户。\n",
        )
}

#[test]
fn a_note_under_a_table_is_a_sentence_and_no_title() {
    let table =
        "表：各村投资\n单位：万元\n| 村 | 投资 |\n| --- | ---: |\n| 甲村 | 120 |\n注：投资按合同数。\n";
    let project =
        Project::small().file("templates/汇报.hbs", format!("# 汇报\n\n召开会议{{{{会议}}}}。\n\n{table}"));
    let found = rules(&project.run(&["check", "--format", "json"]));
    assert!(!found.iter().any(|rule| rule.starts_with("pun-")), "{found:?}");
}

#[test]
fn every_kind_of_finding_has_its_place_and_its_way_out() {
    let run = faulty().run(&["check", "--format", "json"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let found = json(&run);
    assert_eq!(found["schema_version"], 1);
    let finding = |rule: &str| {
        let findings = found["findings"].as_array().expect("findings").iter();
        findings
            .clone()
            .find(|one| one["rule"] == rule)
            .unwrap_or_else(|| panic!("no {rule}: {found:#}"))
            .clone()
    };
    let above = finding("fact-above");
    assert_eq!(
        (&above["level"], &above["file"], &above["line"]),
        (&"error".into(), &"facts/2011.yaml".into(), &2.into())
    );
    let swings: Vec<&Value> = found["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|one| one["rule"] == "fact-swing")
        .collect();
    assert!(swings.iter().any(|one| one["fact"]["value"] == "40次"), "{swings:?}");
    assert_eq!(finding("tpl-typed")["file"], "templates/汇报.hbs");
    // The comma is said where it was typed, and may be mended there.
    let comma = finding("pun-half");
    assert_eq!(
        (&comma["file"], &comma["line"], &comma["column"]),
        (&"templates/汇报.hbs".into(), &3.into(), &15.into())
    );
    assert_eq!(comma["fix"], serde_json::json!({"old": ",", "new": "，"}));
    assert!(finding("fact-above")["hint"].as_str().is_some_and(|hint| hint.contains("请")));
}

#[test]
fn the_example_is_clean() {
    let run = run_in(&root(), &["check", "--deny", "warnings"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let run = run_in(&root(), &["check", "2010", "--deny", "warnings"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let place = Project::new();
    assert_eq!(place.run(&["new", "汇报"]).status, 0);
    let run = run_in(&place.path().join("汇报"), &["check", "--deny", "warnings"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn warnings_fail_only_where_that_is_asked() {
    let project =
        Project::small().file("templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}}，走访群众120户。\n");
    assert_eq!(project.run(&["check"]).status, 0);
    assert_eq!(project.run(&["check", "--deny", "warnings"]).status, 1);
    let run = project.run(&["check", "没有.docx"]);
    assert!(run.status == 2 && run.stderr.contains("没有找到"), "{}", run.stderr);
}

#[test]
fn errors_in_files_are_findings_too() {
    let project = Project::small().file("facts/2011.yaml", "年度: 2011\n会议：14次\n");
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("先改好"), "{}", run.stderr);
    assert!(!rules(&run).is_empty());
}

#[test]
fn exceptions_need_a_reason_and_are_kept() {
    let template = "# 汇报\n\n召开会议{{会议}}，走访群众120户。{{!-- 不查 tpl-typed：市里定的户数 --}}\n";
    let project = Project::small().file("templates/汇报.hbs", template);
    let run = project.run(&["check", "--deny", "warnings"]);
    assert!(run.status == 0 && run.stdout.contains("市里定的户数"), "{}", run.stdout);
    let bare = Project::small().file("templates/汇报.hbs", template.replace("：市里定的户数", ""));
    assert_eq!(bare.run(&["check", "--deny", "warnings"]).status, 1);

    let off = "检查:\n  停用:\n    - {规则: tpl-typed, 理由: 本镇年年走访120户}\n    - {规则: tpl-tiped, 理由: 写错了}\n";
    let project = Project::small()
        .file("templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}}，走访群众120户。\n")
        .file("项目.yaml", off);
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(rules(&run), ["unknown-rule"]);
    let run = project.file("项目.yaml", off.replace(", 理由: 写错了", "")).run(&["check"]);
    assert!(run.status == 2 && run.stderr.contains("理由"), "{}", run.stderr);
}

#[test]
fn a_confirmed_fact_is_quiet_until_it_changes() {
    let project =
        faulty().file("facts/2011.yaml", "年度: 2011\n委员: {总数: 17名, 女委员: 5名}\n会议: 40次\n");
    let run =
        project.run(&["check", "2011", "--confirm", "fact-swing:会议", "--by", "张三", "--note", "换届年"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let kept = project.read("确认.yaml");
    assert!(kept.contains("指标: 会议, 年度: 2011, 值: 40次, 确认人: 张三"), "{kept}");
    assert!(!rules(&project.run(&["check", "--format", "json"])).contains(&"fact-swing".to_owned()));
    let project =
        project.file("facts/2011.yaml", "年度: 2011\n委员: {总数: 17名, 女委员: 5名}\n会议: 45次\n");
    let run = project.run(&["check"]);
    assert!(run.stdout.contains("确认过的是40次，现在改了"), "{}", run.stdout);
    let run = project.run(&["check", "--confirm", "fact-swing:会仪", "--by", "张三"]);
    assert_eq!(run.status, 2);
    assert_eq!(project.run(&["check", "--confirm", "fact-swing:会议"]).status, 2);
}

#[test]
fn repairs_are_shown_kept_and_stable() {
    let wrong = "全镇新建大棚126个,投资1860万元.\n第二行不变。\n";
    let project = faulty().file("稿件.txt", wrong);
    let run = project.run(&["check", "稿件.txt", "--fix"]);
    assert!(
        run.stderr.contains("稿件.txt.bak") && run.stderr.contains("+ 全镇新建大棚126个，投资1860万元。"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("稿件.txt"), "全镇新建大棚126个，投资1860万元。\n第二行不变。\n");
    assert_eq!(project.read("稿件.txt.bak"), wrong);
    let again = project.run(&["check", "稿件.txt", "--fix"]);
    assert!(!again.stderr.contains("已改好"), "{}", again.stderr);

    let run = project.run(&["check", "--fix"]);
    assert!(
        run.stderr.contains("templates/汇报.hbs") && run.stderr.contains("huibao undo"),
        "{}",
        run.stderr
    );
    assert!(project.read("templates/汇报.hbs").contains("{{委员.总数}}，其中"));
    assert!(!project.path().join("templates/汇报.hbs.bak").exists());
    assert_eq!(project.run(&["undo"]).status, 0);
    assert!(!project.read("templates/汇报.hbs").contains("{{委员.总数}}，其中"));
}

#[test]
fn a_word_file_is_mended_in_place_and_keeps_the_rest() {
    let project = Project::small()
        .file("templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}},成效明显.\n\n第二段没有问题。\n");
    assert_eq!(project.run(&["render", "-o", "稿件.docx"]).status, 0);
    let run = project.run(&["check", "稿件.docx", "--fix"]);
    assert!(
        run.stderr.contains("已改好") && run.stderr.contains("+ 召开会议14次，成效明显。"),
        "{}",
        run.stderr
    );
    let run = project.run(&["check", "稿件.docx", "--format", "json"]);
    assert!(!rules(&run).contains(&"pun-half".to_owned()), "{}", run.stdout);
    std::fs::rename(project.path().join("稿件.docx.bak"), project.path().join("原稿.docx"))
        .expect("the backup");
    let run = project.run(&["diff", "原稿.docx", "稿件.docx", "--plain"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("召开会议14次[-,-]{+，+}"), "{}", run.stdout);
}

const DRAFT: &str = "云溪镇政协工作情况\n\
    全镇现有政协委员17名，其中女委员5名，占29.4%。近三年共召开宣讲会议39次，编印简报16期，被媒体采用稿件56篇；今年媒体用稿22篇，同比增长15.8%。\n\
    委员办企业安置就业439人，投资总额突破9000万元。五年来提出提案116件，2011年提案28件，较上年多3件。\n\
    新建文化广场3处，受益群众1250人。今年公益捐款13200元，比上年增长20%。委员人数由上年的16名增加到17名。\n";

/// The verdict of every figure, `39次=contradicting`.
fn verdicts(found: &Value) -> Vec<String> {
    let figures = found["figures"].as_array().expect("figures").iter();
    figures
        .map(|one| {
            format!(
                "{}={}",
                one["text"].as_str().unwrap_or_default(),
                one["verdict"].as_str().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn the_gate_tells_true_from_false() {
    let project = Project::new().file("稿件.txt", DRAFT);
    let path = project.path().join("稿件.txt");
    let run =
        run_in(&root(), &["check", path.to_str().expect("a path"), "--against", "2011", "--format", "json"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let found = json(&run);
    let wanted = [
        "17名=equal",
        "5名=equal",
        "29.4%=derived",
        // The report says 开会宣讲38次.
        "39次=contradicting",
        "16期=derived",
        "56篇=derived",
        "22篇=equal",
        "15.8%=derived",
        // The sentence does not say that three years are meant.
        "439人=unknown",
        "9000万元=unclear",
        "116件=derived",
        "28件=equal",
        "3件=derived",
        "3处=unknown",
        "1250人=unknown",
        "13200元=equal",
        "20%=contradicting",
        "16名=equal",
        "17名=equal",
    ];
    assert_eq!(verdicts(&found), wanted);
    assert_eq!(found["summary"]["contradicting"], 2);
    let wrong = &found["figures"][16];
    assert_eq!((&wrong["expected"], &wrong["paragraph"]), (&"增长16.8%".into(), &4.into()));
    assert_eq!(wrong["facts"].as_array().map(Vec::len), Some(2));
    // What is open fails too, unless that is allowed; a contradiction always does.
    let project = Project::new().file("稿件.txt", "工作情况\n\n新建文化广场3处。\n");
    let path = project.path().join("稿件.txt");
    let path = path.to_str().expect("a path");
    let status =
        |more: &[&str]| run_in(&root(), &[&["check", path, "--against", "2011"], more].concat()).status;
    assert_eq!((status(&[]), status(&["--allow-unknown"])), (1, 0));
    std::fs::write(path, "工作情况\n\n全镇现有政协委员18名。\n").expect("a draft");
    assert_eq!(status(&["--allow-unknown"]), 1);
}

#[test]
fn the_gate_finds_our_own_report_sound_and_a_changed_one_not() {
    let project = Project::new();
    let draft = project.path().join("稿件.docx");
    let draft = draft.to_str().expect("a path");
    assert_eq!(run_in(&root(), &["render", "2011", "-o", draft]).status, 0);
    let run = run_in(&root(), &["check", draft, "--against", "2011", "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    let summary = &json(&run)["summary"];
    assert_eq!((&summary["contradicting"], &summary["unknown"]), (&0.into(), &0.into()), "{}", run.stdout);
    // Against another year the same report is wrong.
    let run = run_in(&root(), &["check", draft, "--against", "2010", "--format", "json"]);
    assert!(
        json(&run)["summary"]["contradicting"].as_u64().is_some_and(|count| count > 10),
        "{}",
        run.stdout
    );

    let notes = project.path().join("批注.docx");
    let notes = notes.to_str().expect("a path");
    let run = run_in(&root(), &["check", draft, "--against", "2011", "--annotate", "-o", notes]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let same = run_in(&root(), &["diff", draft, notes]);
    assert_eq!(same.status, 0, "comments change no word: {}", same.stdout);
}

#[test]
fn a_figure_that_gets_no_comment_is_said() {
    let project = Project::new()
        .file("facts/指标.yaml", "脱贫: {单位: 户, 类型: 时期}\n")
        .file("facts/2011.yaml", "年度: 2011\n脱贫: 35户\n")
        .file("templates/汇报.hbs", "# 汇报\n\n全镇脱贫{{脱贫}}。\n");
    let words =
        "<w:p><w:r><w:t>汇报</w:t></w:r></w:p><w:p><w:r><w:t><![CDATA[全镇脱贫35户。]]></w:t></w:r></w:p>";
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let xml = format!("<w:document xmlns:w=\"{space}\"><w:body>{words}</w:body></w:document>");
    let mut draft =
        zip::ZipWriter::new(std::fs::File::create(project.path().join("稿.docx")).expect("a draft"));
    draft.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("an entry");
    std::io::Write::write_all(&mut draft, xml.as_bytes()).expect("content");
    draft.finish().expect("a file");
    let run = project.run(&["check", "稿.docx", "--against", "2011", "--annotate", "-o", "批注.docx"]);
    assert!(run.stderr.contains("写不进批注，请另外核对：\n第2段“35户”："), "{}", run.stderr);
}

#[test]
fn the_gate_holds_amounts_and_not_their_digits_against_each_other() {
    let project = Project::new()
        .file("facts/指标.yaml", "热线: {单位: 条, 类型: 时期}\n投资: {单位: 元, 类型: 时期}\n")
        .file("facts/2011.yaml", "年度: 2011\n热线: 30多条\n投资: 5千万元\n")
        .file(
            "templates/汇报.hbs",
            "# 汇报\n\n受理群众热线{{热线}}，完成投资{{投资}}，即{{数 投资 量级=\"万\"}}。\n",
        );
    let run = project.run(&["render", "2011"]);
    assert!(run.stdout.contains("热线30多条，完成投资5千万元，即5000万元。"), "{}{}", run.stdout, run.stderr);
    for (draft, verdict) in [
        ("受理群众热线30多条。", "equal"),
        ("受理群众热线30条。", "contradicting"),
        ("完成投资5000万元。", "equal"),
        ("完成投资0.5亿元。", "equal"),
    ] {
        std::fs::write(project.path().join("稿.txt"), draft).expect("a draft");
        let run = project.run(&["check", "稿.txt", "--against", "2011", "--format", "json"]);
        assert_eq!(json(&run)["figures"][0]["verdict"], verdict, "{draft}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_large_value_that_only_one_indicator_has_is_no_coincidence() {
    let verdict = |facts: &str, draft: &str| {
        let project = Project::new()
            .file("facts/2011.yaml", format!("年度: 2011\n{facts}"))
            .file("templates/汇报.hbs", "# 汇报\n\n完成{{甲}}。\n")
            .file("稿.txt", draft);
        let run = project.run(&["check", "稿.txt", "--against", "2011", "--format", "json"]);
        let figure = json(&run)["figures"][0].clone();
        (figure["verdict"].clone(), figure["message"].as_str().unwrap_or_default().contains("请核对"))
    };
    let (equal, unknown) = (serde_json::json!("equal"), serde_json::json!("unknown"));
    assert_eq!(verdict("甲: 5千万元\n", "筹资5000万元。"), (equal, true), "somebody must look at it");
    for (facts, draft) in [
        ("甲: 5千万元\n乙: 5000万元\n", "筹资5000万元。"),
        ("甲: 5000元\n", "筹资5000元。"),
        ("甲: 5千万元\n", "筹资6000万元。"),
    ] {
        assert_eq!(verdict(facts, draft).0, unknown, "{facts}{draft}");
    }
}

#[test]
fn what_cannot_be_checked_is_said_fast() {
    let word = |body: &str| {
        use std::io::Write;
        let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        file.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a part");
        write!(file, "<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").expect("content");
        file.finish().expect("a file").into_inner()
    };
    let project = Project::small()
        .file("大.txt", "全镇共有政协委员17名，召开会议38次。\n".repeat(100_000))
        .file("空.docx", word(&"<w:p/>".repeat(100_000)))
        .file("弹.docx", word(&" ".repeat(200 * 1024 * 1024)))
        .file("假.docx", "这不是压缩包");
    for (name, words) in [
        ("大.txt", "超过2 MB"),
        ("空.docx", "没有文字"),
        ("弹.docx", "解压后超过"),
        ("假.docx", "其实是纯文本文件"),
    ] {
        let start = Instant::now();
        let run = project.run(&["check", name]);
        assert_eq!(run.status, 2, "{name}");
        assert!(run.stderr.contains(words), "{name}: {}", run.stderr);
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn explain_shows_the_page_and_the_list() {
    let project = Project::small();
    let run = project.run(&["explain", "pun-half"]);
    assert!(run.stdout.contains("级别：错误") && run.stdout.contains("## 反例"), "{}", run.stdout);
    let run = project.run(&["explain"]);
    assert!(run.stdout.contains("fact-above") && run.stdout.lines().count() > 20, "{}", run.stdout);
    let run = project.run(&["说明", "pun-helf"]);
    assert!(run.status == 2 && run.stderr.contains("pun-half"), "{}", run.stderr);
}

#[test]
fn proof_readers_get_word_with_remarks_and_a_workbook() {
    let project =
        Project::small().file("templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}}，走访群众120户。\n");
    assert_eq!(project.run(&["render", "--annotate", "-o", "校对.docx"]).status, 0);
    let part = |name: &str| papers::part(&project.path().join("校对.docx"), name);
    let remarks = part("word/comments.xml");
    assert!(
        remarks.contains("2011年 会议 14次（facts/2011.yaml 第2行）") && remarks.contains("没有出处"),
        "{remarks}"
    );
    let xml = part("word/document.xml");
    assert!(
        xml.contains("<w:highlight w:val=\"yellow\"/></w:rPr><w:t xml:space=\"preserve\">120户"),
        "{xml}"
    );
    let run = project.run(&["render", "--annotate"]);
    assert_eq!(run.status, 2);
    assert_eq!(project.run(&["trace", "-o", "核对表.xlsx"]).status, 1);
    assert!(project.path().join("核对表.xlsx").exists());
}

#[test]
fn an_office_keeps_its_own_wordings() {
    let own = "整理日期: 2024-01-01\n提法:\n  - {编号: 本镇-1, 用: 为民办事站, 不用: [便民站], 说明: 本镇统一的叫法, 来源: 镇政府通知, 日期: 2024-01}\n";
    let project = Project::new()
        .file("facts/2011.yaml", "年度: 2011\n会议: 14次\n")
        .file("templates/汇报.hbs", "# 汇报\n\n便民站召开会议{{会议}}。\n")
        .file("稿件.txt", "汇报\n便民站召开会议14次，效果好。\n末。\n");
    assert!(!rules(&project.run(&["check", "--format", "json"])).contains(&"term".to_owned()));
    let project = project.file("提法.yaml", own);
    let run = project.run(&["check", "--format", "json"]);
    let found = json(&run);
    let findings = found["findings"].as_array().expect("findings");
    let term = findings.iter().find(|one| one["rule"] == "term").expect("the office's wording");
    assert_eq!(
        (&term["file"], &term["line"]),
        (&Value::from("templates/汇报.hbs"), &Value::from(3)),
        "{term}"
    );
    assert!(term["hint"].as_str().is_some_and(|hint| hint.contains("为民办事站")), "{term}");
    let file = project.run(&["check", "稿件.txt", "--format", "json"]);
    assert!(rules(&file).contains(&"term".to_owned()), "{}", file.stdout);
    let broken = project.file("提法.yaml", "整理日期: 2024-01-01\n提法:\n  - {编号: 甲}\n").run(&["check"]);
    assert!(broken.status == 2 && broken.stderr.contains("提法.yaml"), "{}", broken.stderr);
}

#[test]
fn what_a_project_switches_off_is_off_for_drafts_too() {
    const DRAFT: &str = "2011年工作总结\n\n全镇新建大棚126个,投资1860万元。共计约30多个。\n";
    let project = || Project::small().file("稿.txt", DRAFT);
    let off = "检查:\n  停用:\n    - {规则: pun-half, 理由: 本镇名称里有英文逗号}\n";
    let heeding = project().file("项目.yaml", off);
    assert!(rules(&project().run(&["check", "稿.txt", "--format", "json"])).contains(&"pun-half".to_owned()));
    assert!(!rules(&heeding.run(&["check", "稿.txt", "--format", "json"])).contains(&"pun-half".to_owned()));
    let shown = heeding.run(&["check", "稿.txt"]);
    assert!(
        shown.stdout.contains("另有1处已说明理由，没有列出：项目停用：本镇名称里有英文逗号"),
        "{}",
        shown.stdout
    );
    heeding.run(&["check", "稿.txt", "--fix"]);
    assert!(heeding.read("稿.txt").contains("126个,投资"), "what is off is not mended either");
    let wrong = project().file("项目.yaml", "检查: 一\n").run(&["check", "稿.txt", "--fix"]);
    assert_eq!(wrong.status, 2, "{}", wrong.stdout);
}

#[test]
fn a_formula_gives_what_is_registered_or_is_refused_with_its_place() {
    let facts = "年度: 2011\n甲: 94.7%\n乙: 91.2%\n件: 12件\n全: 1000件\n几乎: 99996件\n十万: 100000件\n少: 4件\n户: 8户\n钱: 100万元\n";
    let base = "甲: {单位: \"%\", 类型: 比率}\n乙: {单位: \"%\", 类型: 比率}\n件: {单位: 件, 类型: 时期}\n全: {单位: 件, 类型: 时期}\n\
                几乎: {单位: 件, 类型: 时期}\n十万: {单位: 件, 类型: 时期}\n少: {单位: 件, 类型: 时期}\n户: {单位: 户, 类型: 时点}\n\
                钱: {单位: 万元, 类型: 时期}\n";
    let cases: [(&str, &str, Result<&str, &str>); 9] = [
        ("个百分点", "{相减: [甲, 乙]}", Ok("3.5个百分点")),
        ("\"‰\"", "{占比: [件, 全]}", Ok("12‰")),
        ("\"%\"", "{占比: [几乎, 十万]}", Ok("99.9%")),
        ("\"%\"", "{占比: [少, 十万]}", Ok("0.01%")),
        ("元/户", "{平均: [钱, 户]}", Ok("125000元/户")),
        ("万元", "{平均: [钱, 户]}", Ok("12.5万元")),
        ("万元", "{平均: [十万, 户]}", Err("公式算出来的是“件”")),
        ("公斤", "{相加: [件, 全]}", Err("公式算出来的是“件”")),
        ("件", "{占比: [件, 全]}", Err("公式算出来的是“%”")),
    ];
    for (unit, formula, wanted) in cases {
        let registry = format!("{base}果: {{单位: {unit}, 类型: 比率, 公式: {formula}}}\n");
        let project = Project::new()
            .file("facts/指标.yaml", registry)
            .file("facts/2011.yaml", facts)
            .file("templates/汇报.hbs", "# 汇报\n\n共{{果}}。\n");
        let run = project.run(&["render", "2011"]);
        match wanted {
            Ok(words) => assert!(
                run.stdout.contains(&format!("共{words}。")),
                "{formula}: {}{}",
                run.stdout,
                run.stderr
            ),
            Err(words) => {
                assert!(
                    run.stderr.contains(words) && run.stderr.contains("facts/指标.yaml 第10行"),
                    "{}",
                    run.stderr
                );
            }
        }
    }
}

#[test]
fn several_rates_differ_by_points_and_are_not_mixed_with_amounts() {
    let render = |tag: &str| {
        let facts =
            |year: u32, a: &str, b: &str, c: &str| format!("年度: {year}\n甲: {a}\n乙: {b}\n丙: {c}\n");
        let project = Project::new()
            .file("facts/2010.yaml", facts(2010, "91.2%", "80%", "10件"))
            .file("facts/2011.yaml", facts(2011, "94.7%", "84%", "12件"))
            .file("templates/汇报.hbs", format!("# 汇报\n\n两率分别{{{{同比 {tag}}}}}。\n"));
        let run = project.run(&["render", "2011"]);
        format!("{}{}", run.stdout, run.stderr)
    };
    assert!(render("甲 乙").contains("两率分别提高3.5个百分点和4个百分点。"), "{}", render("甲 乙"));
    assert!(render("甲 丙").contains("不能合成一句"), "{}", render("甲 丙"));
}

#[test]
fn a_window_said_before_its_block_is_the_window_of_the_block() {
    let check = |template: &str| {
        let project = Project::small()
            .file("facts/指标.yaml", "会议: {单位: 次, 类型: 时期}\n")
            .file("facts/2009.yaml", "年度: 2009\n会议: 9次\n")
            .file("templates/汇报.hbs", format!("# 汇报\n\n{template}\n"));
        rules(&project.run(&["check", "--format", "json"]))
            .iter()
            .filter(|rule| *rule == "tpl-window")
            .count()
    };
    assert_eq!(check("三年来累计开会{{#近 3}}{{会议}}{{/近}}，其中今年{{会议}}。"), 0);
    assert_eq!(check("三年来累计开会{{#近 2}}{{会议}}{{/近}}。"), 1);
    assert_eq!(check("三年来累计开会{{会议}}。"), 1);
}
