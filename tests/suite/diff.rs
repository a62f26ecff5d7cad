//! `huibao diff`: to the letter, in every format, and with everything that people hand in.

use std::time::{Duration, Instant};

use huibao::diff::{self, Side, view};
use huibao::document::{Block, Document, Inline};
use serde_json::Value;

use crate::papers;
use crate::project::{Project, Run, root};

fn side(text: &str) -> Side {
    let block = Block::Paragraph(vec![Inline::Text(text.to_owned())]);
    Side {
        name: "一".to_owned(),
        year: None,
        document: Document { blocks: vec![block], ..Document::default() },
        basis: None,
    }
}

#[test]
fn every_pair_of_sentences_comes_out_to_the_letter() {
    let table = std::fs::read_to_string(root().join("golden/对比/字句.tsv")).expect("the pairs");
    let mut seen = 0;
    for line in table.lines().skip(1) {
        let parts: Vec<&str> = line.split('\t').collect();
        let [old, new, wanted] = parts.as_slice() else { panic!("three columns: {line}") };
        let difference = diff::compare(side(old), side(new), &[]);
        let lines = difference.blocks.iter().flat_map(|block| &block.lines);
        let found: String = lines.map(|line| view::text::words(line, false)).collect();
        assert_eq!(&found, wanted);
        seen += 1;
    }
    assert!(seen >= 19);
}

/// Two reports: a section moves, a point comes, figures change, a year stays behind.
const OLD: &str = "云溪镇2010年工作汇报\n\
    2010年，全镇上下齐心协力，各项工作取得了新成绩，现将有关情况汇报如下。\n\
    一、经济发展\n\
    一是农业稳步增长。粮食总产8600多吨，新建蔬菜基地320亩，户均增收1200元。\n\
    二、民生保障\n\
    一是社会保障更有力。养老保险参保率98.5%，发放低保金312万元，救助困难群众46户。\n\
    二是教育条件有改善。投入380万元改造中心小学，新增学位90个，资助学生36名。\n\
    三、平安建设\n\
    一是安全生产抓得紧。开展检查24次，整改隐患187处，整改率100%。\n";
const NEW: &str = "云溪镇2011年工作汇报\n\
    2011年，全镇上下齐心协力，各项工作取得了新成绩，现将有关情况汇报如下。\n\
    一、经济发展\n\
    一是农业稳步增长。粮食总产1.1万吨，新建蔬菜基地320亩，户均增收1350元。\n\
    二是旅游开始起步。修通古寨游步道6公里，接待游客2.3万人次，带动农家乐11家。\n\
    二、平安建设\n\
    一是安全生产抓得紧。开展检查26次，整改隐患203处，整改率100%。比2010年更严更实。\n\
    三、民生保障\n\
    一是社会保障更有力。养老保险参保率99.1%，发放低保金298万元，救助困难群众52户。\n\
    二是教育条件有改善。投入1100万元新建幼儿园，新增学位90个，资助学生41名。\n";

fn reports() -> Project {
    Project::new().file("去年.txt", OLD).file("今年.txt", NEW)
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("no JSON:\n{}{}", run.stdout, run.stderr))
}

fn texts(block: &Value, without: &str) -> String {
    let segments = block["segments"].as_array().expect("segments").iter();
    segments.filter(|one| one["op"] != without).filter_map(|one| one["text"].as_str()).collect()
}

#[test]
fn json_has_classes_moves_and_every_byte_of_both_reports() {
    let run = reports().run(&["diff", "去年.txt", "今年.txt", "--format", "json"]);
    assert_eq!(run.status, 1);
    let found = json(&run);
    let blocks = found["blocks"].as_array().expect("blocks");
    let (old, new): (Vec<&str>, Vec<&str>) = (OLD.lines().collect(), NEW.lines().collect());
    for block in blocks {
        if let Some(at) = block["old"].as_u64() {
            assert_eq!(texts(block, "insert"), old[at as usize - 1]);
        }
        if let Some(at) = block["new"].as_u64() {
            assert_eq!(texts(block, "delete"), new[at as usize - 1]);
        }
    }
    let class = |line: u64| {
        let block = blocks.iter().find(|block| block["new"] == line).expect("a block");
        (block["class"].as_str().expect("a class").to_owned(), block["moved"] == true)
    };
    assert_eq!(class(1), ("rollover".to_owned(), false));
    assert_eq!(class(3), ("same".to_owned(), false));
    assert_eq!(class(4), ("figures".to_owned(), false));
    assert_eq!(class(5), ("new".to_owned(), false));
    // The shorter section is the one that moved, heading and point together.
    assert_eq!((class(6), class(7).1), (("rollover".to_owned(), true), true));
    assert_eq!(class(8), ("rollover".to_owned(), false));
    assert_eq!(found["unchanged_figures"][0]["text"], "320亩");
    let left: Vec<&Value> = found["last_year_left"].as_array().expect("a list").iter().collect();
    assert_eq!(left.len(), 1);
    assert_eq!((&left[0]["line"], &left[0]["text"]), (&Value::from(7), &Value::from("2010年")));
}

#[test]
fn the_same_report_twice_has_no_difference() {
    let project = reports();
    let run = project.run(&["diff", "去年.txt", "去年.txt", "--format", "json"]);
    assert_eq!(run.status, 0);
    assert_eq!(json(&run)["copied_share"], "1.00");
    assert_eq!(project.run(&["diff", "去年.txt", "去年.txt"]).status, 0);
}

#[test]
fn the_page_is_whole_in_itself_and_says_why_a_figure_changed() {
    let run = reports().run(&["diff", "去年.txt", "今年.txt", "--format", "html"]);
    for part in ["id=\"show-moved\"", "href=\"#n7\"", "href=\"#o9\"", "<ins>", "<del>", "@media print"] {
        assert!(run.stdout.contains(part), "{part}");
    }
    for foreign in ["<script", "http://", "https://", "src="] {
        assert!(!run.stdout.contains(foreign), "{foreign}");
    }
    let project = years();
    let page = project.run(&["diff", "--format", "html"]).stdout;
    assert!(
        page.contains(
            "title=\"2010年：12次，事实：2010年 会议 12次（facts/2010.yaml 第2行）&#10;2011年：14次"
        ),
        "{page}"
    );
    assert!(page.contains("<h2>有变化的事实</h2>"), "{page}");
}

/// A project with two years, a stock, an approximation and a ledger.
fn years() -> Project {
    let registry = "会议: {单位: 次, 类型: 时期}\n投资: {单位: 万元, 类型: 时期}\n覆盖率: {单位: '%', 类型: 比率}\n\
        项目: {类型: 台账, 主键: 名称, 列: {名称: 文本, 金额: {单位: 万元}}}\n意见: {单位: 条, 类型: 时期}\n";
    Project::new()
        .file("facts/指标.yaml", registry)
        .file(
            "facts/2010.yaml",
            "年度: 2010\n会议: 12次\n投资: 312万元\n覆盖率: 98.5%\n意见: 30多条\n项目:\n  - {名称: 甲厂, 金额: 100万元}\n  - {名称: 乙厂, 金额: 50万元}\n",
        )
        .file(
            "facts/2011.yaml",
            "年度: 2011\n会议: 14次\n投资: 3120000万元\n覆盖率: 99.1%\n意见: 40多条\n项目:\n  - {名称: 丙厂, 金额: 70万元}\n  - {名称: 甲厂, 金额: 120万元}\n",
        )
        .file("templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}}，完成投资{{投资}}，覆盖率{{覆盖率}}。\n")
}

#[test]
fn facts_say_change_rate_and_what_to_look_at() {
    let project = years();
    let found = json(&project.run(&["diff", "--facts", "--format", "json"]));
    let fact = |path: &str| {
        let facts = found["facts"].as_array().expect("facts");
        facts.iter().find(|fact| fact["path"] == path).unwrap_or_else(|| panic!("no {path}")).clone()
    };
    assert_eq!((fact("会议")["change"].as_str(), fact("会议")["rate"].as_str()), (Some("+2"), Some("+16.7")));
    assert_eq!(fact("投资")["flags"][0]["code"], "slip");
    assert_eq!(fact("覆盖率")["change_unit"], "个百分点");
    assert_eq!(fact("覆盖率")["rate"], Value::Null);
    assert_eq!(fact("意见")["flags"][0]["code"], "approximate");
    let rows = fact("项目")["rows"].clone();
    let status = |key: &str| {
        let rows = rows.as_array().expect("rows");
        rows.iter().find(|row| row["key"] == key).expect("a row")["status"].clone()
    };
    assert_eq!([status("甲厂"), status("乙厂"), status("丙厂")], ["changed", "removed", "new"]);

    let text = project.run(&["diff", "--facts", "--only", "flagged"]);
    assert_eq!(text.status, 1);
    assert!(text.stdout.contains("疑似差1万倍") && !text.stdout.contains("会议"), "{}", text.stdout);
    let table = project.run(&["diff", "--facts"]).stdout;
    let columns: Vec<usize> = table
        .lines()
        .take(4)
        .map(|line| {
            let end = line.find('%').or(line.find("增幅")).expect("a rate");
            unicode_width::UnicodeWidthStr::width_cjk(&line[..end])
        })
        .collect();
    assert!(columns[1] == columns[2], "{table}");
    assert_eq!(project.run(&["diff", "--facts", "-o", "a.xlsx"]).status, 1);
    assert!(project.path().join("a.xlsx").exists());
}

#[test]
fn word_keeps_the_dress_and_the_author_and_reads_back_as_accepted() {
    let project = years();
    let run = project.run(&[
        "diff",
        "2010",
        "2011",
        "-o",
        "对比.docx",
        "--author",
        "张三",
        "--date",
        "2011-12-20",
        "--annotate",
    ]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let part = |name: &str| papers::part(&project.path().join("对比.docx"), name);
    let xml = part("word/document.xml");
    assert!(xml.contains("w:author=\"张三\" w:date=\"2011-12-20T00:00:00Z\""), "{xml}");
    assert!(xml.contains("w:linePitch=\"579\"") && xml.contains("w:val=\"Title\""), "{xml}");
    let remarks = part("word/comments.xml");
    assert!(remarks.contains("2010年：12次，事实") && remarks.contains("2011年：14次，事实"), "{remarks}");
    assert!(part("word/settings.xml").contains("w:trackRevisions"));

    project.run(&["render", "2011", "-o", "今年.txt"]);
    let back = project.run(&["diff", "对比.docx", "今年.txt", "--plain"]);
    assert_eq!(back.status, 0, "{}", back.stdout);
    assert!(back.stderr.contains("有修订痕迹，按全部接受后的文字"), "{}", back.stderr);
}

#[test]
fn fixed_wording_does_not_count_as_copied() {
    let project = reports().file("项目.yaml", "对比:\n  固定表述: [全镇上下齐心协力]\n");
    let run = project.run(&["diff", "去年.txt", "今年.txt"]);
    assert!(
        run.stdout.contains("固定表述1段没有计入") && !run.stdout.contains("第2段 100%，"),
        "{}",
        run.stdout
    );
    let wrong = reports().file("项目.yaml", "对比:\n  固定表达: [甲]\n");
    let run = wrong.run(&["diff", "去年.txt", "今年.txt"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("项目.yaml:2:3") && run.stderr.contains("固定表述"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let mut project = reports();
    for (name, bytes, _) in papers::unreadable() {
        project = project.file(name, bytes);
    }
    let missing = ("没有.txt", Vec::new(), "没有找到");
    for (name, _, words) in papers::unreadable().into_iter().chain([missing]) {
        let start = Instant::now();
        let run = project.run(&["diff", name, "今年.txt", "-o", "对比.docx"]);
        assert_eq!(run.status, 2, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{name}: {}", run.stderr);
        assert!(!project.path().join("对比.docx").exists(), "{name}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}");
    }
    let mistakes: [(&[&str], &str); 6] = [
        (&["diff", "去年.txt", "今年.txt", "--facts"], "才能对比事实"),
        (&["diff", "去年.txt", "今年.txt", "-o", "a.xlsx"], "--facts"),
        (&["diff", "去年.txt", "今年.txt", "--format", "docx"], "请加 -o 文件名"),
        (&["diff", "去年.txt", "今年.txt", "-o", "a.wps"], "看不出格式"),
        (&["diff", "去年.txt", "今年.txt", "--date", "2011-02-30"], "2011-12-20"),
        (&["diff", "2009", "2011"], "facts"),
    ];
    for (arguments, words) in mistakes {
        let run = project.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
    }
    let other =
        project.file("无关.txt", "关于做好秋季植树造林有关事项的紧急通知\n各林场：请于月底前备足苗木。\n");
    let run = other.run(&["diff", "去年.txt", "无关.txt"]);
    assert!(run.status == 1 && run.stdout.contains("拿错了文件"), "{}", run.stdout);
}

/// How long it takes `benches/diff.rs` measures.
#[test]
fn a_megabyte_of_like_lines_is_compared() {
    let line = "全镇共有政协委员17名，开会宣讲38次，刊出专栏12期，投资9000多万元。";
    let old: String = (0..11_000).map(|at| format!("{line}第{at}号\n")).collect();
    assert!(old.len() > 1_000_000);
    let new = old.replace("第10999号", "第11000号");
    let project = Project::new().file("去年.txt", old).file("今年.txt", new);
    let run = project.run(&["diff", "去年.txt", "今年.txt", "--plain"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("第[-10999-]{+11000+}号"), "{}", run.stdout);
}

#[test]
fn tables_are_compared_row_by_row() {
    let table = |rows: &[&str]| format!("# 汇报\n\n| 村 | 户 |\n| --- | --- |\n{}\n", rows.join("\n"));
    let project = Project::new()
        .file("去年.md", table(&["| 甲村 | 12户 |", "| 乙村 | 8户 |", "| 丁村 | 9户 |"]))
        .file("今年.md", table(&["| 甲村 | 15户 |", "| 丙村 | 6户 |", "| 丁村 | 9户 |"]));
    let run = project.run(&["diff", "去年.md", "今年.md", "--plain"]);
    assert!(run.stdout.contains("甲村\t[-12户-]{+15户+}\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("丁村"), "{}", run.stdout);
    let other = Project::small()
        .file("去年.md", table(&["| 甲村 | 12户 |"]))
        .file("别/facts/2012.yaml", "年度: 2012\n会议: 9次\n")
        .file("别/templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}}。\n");
    let folder = other.run(&["diff", "2011", "别", "--plain"]);
    assert!(folder.stdout.contains("召开会议[-14次-]{+9次+}。"), "{}{}", folder.stdout, folder.stderr);
}

#[test]
fn another_unit_above_a_table_is_a_difference() {
    let table = |unit: &str| {
        format!("# 汇报\n\n表：投资情况\n{unit}\n| 村 | 投资 |\n| --- | ---: |\n| 甲村 | 120 |\n")
    };
    let project = Project::small()
        .file("万/facts/2025.yaml", "年度: 2025\n会议: 9次\n")
        .file("万/templates/汇报.hbs", table("单位：万元"))
        .file("亿/facts/2025.yaml", "年度: 2025\n会议: 9次\n")
        .file("亿/templates/汇报.hbs", table("单位：亿元"))
        .file("无/facts/2025.yaml", "年度: 2025\n会议: 9次\n")
        .file("无/templates/汇报.hbs", table("").replace("\n\n|", "\n|"));
    let run = project.run(&["diff", "万", "亿", "--plain"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("单位：[-万-]{+亿+}元"), "{}", run.stdout);
    let html = project.run(&["diff", "万", "亿", "--format", "html"]).stdout;
    assert!(html.contains("单位：<del>万</del>元") && html.contains("单位：<ins>亿</ins>元"), "{html}");
    let gone = project.run(&["diff", "万", "无", "--plain"]).stdout;
    assert!(gone.contains("[-单位：万元-]"), "{gone}");
}

/// A table as Markdown has it: its rows below a head of two columns.
fn page(rows: &[&str]) -> String {
    format!("# 汇报\n\n| 村 | 户 |\n| --- | --- |\n{}\n", rows.join("\n"))
}

#[test]
fn a_break_in_a_cell_is_a_difference_and_is_seen() {
    let project = Project::new()
        .file("去年.md", page(&["| 甲村<br>乙村 | 120<br>35 |", "| 丙村 | 长期居住<br>外出务工 |"]))
        .file("今年.md", page(&["| 甲村<br>乙村 | 12035 |", "| 丙村 | 长期居住外出务工 |"]));
    let run = project.run(&["diff", "去年.md", "今年.md", "--plain"]);
    assert!(run.stdout.contains("甲村⏎乙村\t[-120⏎35-]{+12035+}\n"), "{}", run.stdout);
    assert!(run.stdout.contains("丙村\t长期居住[-⏎外出务工-]{+外出务工+}\n"), "{}", run.stdout);
    let html = project.run(&["diff", "去年.md", "今年.md", "--format", "html"]).stdout;
    assert!(html.contains("<td>甲村<br>乙村</td><td><del>120⏎<br>35</del></td>"), "{html}");
    assert!(html.contains("<td>长期居住<del>⏎<br>外出务工</del></td>"), "{html}");
}

#[test]
fn cells_that_are_merged_otherwise_are_a_difference() {
    let project = Project::new()
        .file("去年.md", page(&["| 甲村 | 12户 |", "| ^ | 8户 |", "| 乙村 | 9户 |", "| ^ | 7户 |"]))
        .file("今年.md", page(&["| 甲村 | 12户 |", "|  | 8户 |", "| 乙村 | 9户 |", "| ^ | 7户 |"]));
    let files = ["diff", "去年.md", "今年.md"];
    let run = project.run(&[&files[..], &["--plain"]].concat());
    assert_eq!(run.status, 1, "{}", run.stderr);
    let said = "\t8户（合并变了：第1格原来并入上面一格，现在单独一格）\n";
    assert!(run.stdout.contains(said) && !run.stdout.contains("乙村"), "{}", run.stdout);
    let html = project.run(&[&files[..], &["--format", "html"]].concat()).stdout;
    assert!(html.contains("合并的格子变了"), "{html}");
    assert!(
        html.contains("<td rowspan=\"2\">甲村</td>") && html.contains("<td class=\"joined\"></td>"),
        "{html}"
    );
    let value = json(&project.run(&[&files[..], &["--format", "json"]].concat()));
    let joins = value["blocks"].as_array().expect("blocks").iter().filter_map(|line| line.get("joins"));
    assert_eq!(joins.collect::<Vec<_>>(), [&serde_json::json!([{"column": 1, "old": "up", "new": "none"}])]);
    project.run(&[&files[..], &["-o", "花脸.docx"]].concat());
    let file = std::fs::File::open(project.path().join("花脸.docx")).expect("a file");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let comments = std::io::read_to_string(archive.by_name("word/comments.xml").expect("comments"));
    assert!(comments.expect("text").contains("合并的格子和上年不同"));
}

#[test]
fn a_row_under_another_merged_cell_is_told() {
    let project = Project::new()
        .file("去年.md", page(&["| 甲村 | 12户 |", "| 乙村 | 9户 |", "| ^ | 7户 |"]))
        .file("今年.md", page(&["| 甲村 | 12户 |", "| ^ | 7户 |"]));
    let run = project.run(&["diff", "去年.md", "今年.md", "--plain"]);
    assert!(run.stdout.contains("[-乙村\t9户-]"), "{}", run.stdout);
    assert!(run.stdout.contains("\t7户（合并变了：第1格并入的是另一格）"), "{}", run.stdout);
}
