//! 定稿: what was written is read again to the letter, and what is damaged is refused in words.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use huibao::diag::{Diagnostic, Source, render};
use huibao::document::issued::Head;
use huibao::document::{
    self, Align, Block, Cell, Change, ChartKind, Document, Element, Inline, Merged, Origin, Picture, Plate,
    Row, Table, picture,
};
use huibao::figures::{FactRef, Trail};
use huibao::output::{self, Format};
use huibao::period::Period;
use huibao::report::Gaps;
use huibao::zh::number::{Amount, Approx, Unit};
use huibao::{facts, input};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::project::{Project, root};
use crate::redline;

fn head(origin: Origin) -> Head {
    Head {
        origin,
        on: "2024-12-26".parse().expect("a day"),
        from: "模板".to_owned(),
        corrections: vec!["2025-01-05 数字有误".to_owned()],
        edited: false,
    }
}

fn read(text: &str) -> Result<(Document, Head), Diagnostic> {
    input::issued::read(&Arc::new(Source::new("golden/汇报-2024.定稿.md", text)))
}

fn bytes(document: &Document) -> Vec<Vec<u8>> {
    let formats = [Format::Txt, Format::Md, Format::Html, Format::Docx, Format::Marked];
    formats.iter().map(|format| output::write(document, *format).expect("bytes")).collect()
}

/// What is written is read, is written again alike, and gives the same files.
fn stands(document: &Document) {
    let origin = document.origin.clone().expect("an origin");
    let text = output::issued::write(document, &head(origin.clone()));
    let (again, said) = match read(&text) {
        Ok(read) => read,
        Err(problem) => panic!("{}\n{text}", render::text(&problem, |_| String::new(), false)),
    };
    assert_eq!((&again, &said), (document, &head(origin)), "{text}");
    assert_eq!(output::issued::write(&again, &said), text);
    assert_eq!(bytes(&again), bytes(document));
}

/// The reports of a project, each year that renders.
fn reports(place: &Path) -> Vec<Document> {
    let project = huibao::project::Project::open(place);
    let (Ok(facts), Ok(templates)) = (project.facts(), project.templates()) else { return Vec::new() };
    let rendered =
        |name, year| project.rendered(Some(name), year, Gaps::Refuse).map(|report| report.document);
    let names = templates.names();
    let of = |year| names.iter().filter_map(move |name| rendered(name, year).ok());
    facts.years.keys().flat_map(|year| of(*year)).collect()
}

#[test]
fn every_report_of_the_golden_projects_comes_back_to_the_letter() {
    let mut folders = vec![root()];
    for group in ["golden/导入", "golden/用例"] {
        let entries = std::fs::read_dir(root().join(group)).expect("a folder");
        folders.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    let inner = |folder: PathBuf| if folder.join("项目").is_dir() { folder.join("项目") } else { folder };
    let mut seen = 0;
    for folder in folders.into_iter().map(inner) {
        for document in reports(&folder) {
            stands(&document);
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn word_files_come_back_too() {
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("golden/导入")).expect("a folder") {
        let path = entry.expect("an entry").path().join("报告.docx");
        if path.is_file() {
            let mut document = input::read(&path).expect("a report").document;
            document.origin = Some(Origin { template: "汇报".into(), year: Period::year(2024) });
            stands(&document);
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}

const WORDS: [&str; 26] = [
    "全镇",
    "17名",
    "。",
    "⟦",
    "⟧",
    "｜",
    "⟦1｜",
    "⟦出处⟧",
    "⟦后⟧",
    "\\",
    "#",
    "# ",
    "- ",
    "|",
    " | ",
    "\n",
    "\r\n",
    "\u{FEFF}",
    "\u{2028}",
    "表：",
    "署名：",
    "附件：",
    "⟦号｜",
    "一、",
    "一是",
    "（1）",
];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(0..WORDS.len(), 0..5)
            .prop_map(|picks| picks.into_iter().map(|at| WORDS[at]).collect::<String>()),
        1 => "\\PC{0,8}",
        1 => "[ \\t　]{0,3}",
    ]
}

const TRAILS: usize = 3;

fn inline() -> impl Strategy<Value = Inline> {
    prop_oneof![
        2 => words().prop_map(Inline::Text),
        1 => (0..TRAILS, words()).prop_map(|(trail, text)| Inline::Figure { trail, text }),
    ]
}

fn line() -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(inline(), 0..4)
}

fn table() -> impl Strategy<Value = Table> {
    let align = prop_oneof![Just(Align::Left), Just(Align::Center), Just(Align::Right)];
    (0..4usize).prop_flat_map(move |width| {
        let row = move || prop::collection::vec(cell(), width..=width).prop_map(Row::from);
        let rows = prop::collection::vec(row(), 0..3);
        let head = prop::collection::vec(row(), 1..=if width == 0 { 1 } else { 3 });
        let chart =
            prop_oneof![4 => Just(None), 1 => Just(Some(ChartKind::Bar)), 1 => Just(Some(ChartKind::Line))];
        (line(), head, rows, prop::collection::vec(align.clone(), width..=width), chart).prop_map(
            |(caption, head, rows, align, chart)| Table {
                caption,
                head,
                rows,
                align,
                chart,
                ..Table::default()
            },
        )
    })
}

/// A cell: words, with breaks among them, or joined to another one.
fn cell() -> impl Strategy<Value = Cell> {
    let broken = (line(), line()).prop_map(|(mut words, more)| {
        words.push(Inline::Text("\n".to_owned()));
        words.extend(more);
        Cell::from(words)
    });
    let covered = |merged| Just(Cell { merged, ..Cell::default() });
    prop_oneof![
        4 => line().prop_map(Cell::from),
        1 => broken,
        1 => covered(Merged::Left),
        1 => covered(Merged::Up),
        1 => Just(Cell::from(vec![Inline::Text("---".to_owned())])),
    ]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("一、".to_owned()),
        Just("（十二）".to_owned()),
        Just("3.".to_owned()),
        Just("（4）".to_owned()),
        Just("二是".to_owned()),
        words(),
    ]
}

fn element() -> impl Strategy<Value = Element> {
    prop::sample::select(Element::all().collect::<Vec<_>>())
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        1 => line().prop_map(Block::Title),
        1 => line().prop_map(Block::Byline),
        1 => line().prop_map(Block::Recipient),
        1 => (1..=9u8, number(), line(), prop_oneof![Just(Vec::new()), line()])
            .prop_map(|(level, number, text, body)| Block::Heading { level, number, text, body }),
        1 => (number(), line(), line()).prop_map(|(number, lead, text)| Block::Point { number, lead, text }),
        3 => line().prop_map(Block::Paragraph),
        2 => table().prop_map(Block::Table),
        1 => (table(), any::<bool>(), prop::collection::vec(0..80usize, 0..4), words()).prop_map(
            |(table, landscape, widths, unit)| {
                Block::Table(Table { chart: None, landscape, widths, unit, ..table })
            }
        ),
        1 => line().prop_map(Block::TableNote),
        1 => plate().prop_map(Block::Picture),
        1 => line().prop_map(Block::Signature),
        1 => line().prop_map(Block::Date),
        2 => (element(), prop_oneof![Just(String::new()), words()], line())
            .prop_map(|(element, label, text)| Block::Element { element, label, text }),
    ]
}

/// A picture, which a 定稿 has without its bytes.
fn plate() -> impl Strategy<Value = Plate> {
    let kind = prop::sample::select(picture::Kind::ALL.to_vec());
    let width = prop::option::of(picture::NARROWEST..=picture::WIDEST);
    (line(), words(), kind, (1..9_000u32, 1..9_000u32), 30..2400u32, "[0-9a-f]{32}", width).prop_map(
        |(caption, name, kind, pixels, dots, digest, width)| {
            let picture = Picture { name, kind, pixels, dots, bytes: Arc::from([]), digest };
            Plate { caption, picture: Arc::new(picture), width }
        },
    )
}

fn trail() -> impl Strategy<Value = Arc<Trail>> {
    let approx = prop::option::of("[多约余]").prop_map(|word| word.as_deref().and_then(Approx::named));
    let source = prop::option::of(words());
    let fact = (words(), (1990..2100).prop_map(Period::year), words(), 1..900usize, source);
    let fact = fact.prop_map(|(path, year, text, line, source)| {
        Arc::new(FactRef { file: facts::file(year), path, year, text, line, source })
    });
    let facts = prop::collection::vec(fact, 0..3);
    (-9_999_999..9_999_999i64, words(), approx, words(), facts).prop_map(
        |(value, unit, approx, derivation, facts)| {
            let unit = Unit::parse(&unit);
            let amount = Amount::exact(Decimal::from(value) * unit.scale.factor(), unit);
            Arc::new(Trail::of(&amount, approx, &derivation, facts))
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    (prop::collection::vec(block(), 0..6), prop::collection::vec(trail(), TRAILS..=TRAILS)).prop_map(
        |(blocks, trails)| Document {
            blocks,
            trails,
            origin: Some(Origin { template: "政协-汇报".into(), year: Period::year(2024) }),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_document_comes_back_to_the_letter(document in document()) {
        let origin = document.origin.clone().expect("an origin");
        let text = output::issued::write(&document, &head(origin.clone()));
        let read = read(&text);
        prop_assert!(read.is_ok(), "{:?}\n{text}", read.err().map(|problem| problem.message));
        let (again, said) = read.expect("it was read");
        prop_assert_eq!((&again, &said), (&document, &head(origin)), "{}", text);
    }

    #[test]
    fn a_text_with_other_line_ends_and_a_mark_in_front_is_the_same(document in document()) {
        let text = output::issued::write(&document, &head(document.origin.clone().expect("an origin")));
        let windows = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        let (again, said) = read(&windows).expect("it is read");
        prop_assert!(!said.edited);
        prop_assert_eq!(again, document);
    }

    #[test]
    fn a_damaged_text_is_read_or_refused_but_never_breaks(
        document in document(),
        cut in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        put in words(),
    ) {
        let text = output::issued::write(&document, &head(document.origin.clone().expect("an origin")));
        let chars: Vec<char> = text.chars().collect();
        let cut: String = chars[..cut.index(chars.len())].iter().collect();
        if let Ok((_, head)) = read(&cut) {
            prop_assert!(head.edited || cut == text, "a cut text passes for whole\n{cut}");
        }
        let at = at.index(chars.len());
        let changed: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[at..].iter().copied()).collect();
        if let Err(problem) = read(&changed) {
            prop_assert!(!problem.hints.is_empty());
        }
    }
}

#[test]
fn of_changes_and_remarks_a_final_report_has_what_stays() {
    let text = |words: &str| Inline::Text(words.to_owned());
    let changed = |change, words: &str| Inline::Changed { change, inline: Box::new(text(words)) };
    let noted = Inline::Noted { remark: "核对".into(), alarm: true, inline: Box::new(text("17名")) };
    let line = vec![changed(Change::Deleted, "旧"), changed(Change::Inserted, "新"), noted];
    let gone = Block::Changed(Change::MovedAway(1), Box::new(Block::Paragraph(vec![text("移走")])));
    let here = Block::Changed(Change::MovedHere(1), Box::new(Block::Paragraph(line)));
    let origin = Origin { template: "汇报".into(), year: Period::year(2024) };
    let redline = Document { blocks: vec![gone, here], trails: Vec::new(), origin: Some(origin.clone()) };
    let (document, _) = read(&output::issued::write(&redline, &head(origin))).expect("it is read");
    assert_eq!(document.blocks, [Block::Paragraph(vec![text("新"), text("17名")])]);
}

/// A small 定稿, changed.
fn changed(from: &str, to: &str) -> String {
    let text = "---\n定稿: 1\n报告: 汇报\n时期: 2024\n日期: 2024-12-26\n来自: 模板\n摘要: 0\n---\n\
        # ⟦1｜云溪镇⟧汇报\n## 一、概况\n- 一是学。全镇学。\n表：\n| 村 | 户 |\n| --- | ---: |\n| 甲 | 3 |\n⟦出处⟧\n\
        1 {\"value\":\"\",\"unit\":\"\",\"approx\":null,\"derivation\":\"事实\",\"facts\":[]}\n";
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn what_is_wrong_is_said_in_words_and_where() {
    let wrong = [
        ("---\n定稿", "定稿", "第一行应是 ---"),
        ("摘要: 0\n---\n", "摘要: 0\n", "缺一行 ---"),
        ("定稿: 1", "定稿: 2", "请升级程序"),
        ("报告: 汇报\n", "", "缺“报告”"),
        ("来自:", "作者:", "没有“作者”这一项"),
        ("日期: 2024-12-26", "日期: 2024-13-26", "2011-12-20"),
        ("时期: 2024", "时期: 去年", "看不懂时期“去年”"),
        ("⟦出处⟧\n", "", "不完整"),
        ("⟦1｜云溪镇⟧", "⟦2｜云溪镇⟧", "出处里没有第2条"),
        ("⟦1｜云溪镇⟧", "⟦1｜云溪镇", "缺“⟧”"),
        ("⟦1｜云溪镇⟧", "云溪镇⟧", "多出一个“⟧”"),
        ("⟦1｜云溪镇⟧", "⟦云溪镇⟧", "看不懂“⟦云溪镇”"),
        ("⟦1｜云溪镇⟧", "⟦增｜甲⟧", "看不懂“⟦增｜”"),
        ("⟦1｜云溪镇⟧", "⟦1｜甲⟦1｜乙⟧⟧", "缺“⟧”"),
        ("# ⟦", "#⟦", "标题应写成"),
        ("| --- | ---: |\n", "", "表头下面"),
        ("| 甲 | 3 |", "| 甲 |", "这一行有1格，表头有2格"),
        ("1 {\"value\"", "3 {\"value\"", "应是第1条出处"),
        ("\"unit\":\"\",", "", "看不懂"),
    ];
    for (from, to, said) in wrong {
        let problem = read(&changed(from, to)).expect_err(said);
        let shown = render::text(&problem, |_| String::new(), false);
        assert!(shown.contains(said) && shown.contains("golden/汇报-2024.定稿.md"), "{said}: {shown}");
    }
}

#[test]
fn a_text_that_somebody_changed_is_read_and_known() {
    let (document, head) = read(&changed("全镇学", "全镇都学")).expect("it is read");
    assert!(head.edited);
    assert_eq!(document::Line::of(&document.blocks[2]).text, "一是学。全镇都学。");
    assert!(read(&changed("摘要: 0\n", "")).expect("it is read").1.edited);
}

/// A project with two years, its older report issued on a fixed day.
fn issued_project() -> Project {
    let project = Project::small();
    let run = project.run(&["issue", "2010", "--date", "2010-12-20"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    project
}

const KEPT: &str = "golden/汇报-2010.定稿.md";

#[test]
fn what_was_issued_stays_whatever_becomes_of_facts_and_template() {
    let project = issued_project();
    let kept = project.read(KEPT);
    assert!(kept.contains("召开会议⟦1｜12次⟧。"), "{kept}");
    let project = project
        .file("templates/汇报.hbs", "# 工作汇报\n\n召开会议{{会议}}。\n\n走访{{走访}}。\n")
        .file("facts/2010.yaml", "年度: 2010\n会议: 13次\n")
        .file("facts/2011.yaml", "年度: 2011\n会议: 14次\n走访: 30户\n");
    let run = project.run(&["render", "2010"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "汇报\n召开会议12次。\n"), "{}", run.stderr);
    assert!(run.stderr.contains("2010年12月20日的定稿"), "{}", run.stderr);
    assert_eq!(project.run(&["render", "2010", "--anew"]).status, 2, "today's template does not fit 2010");
    let run = project.run(&["diff", "2010", "2011", "--plain"]);
    assert!(
        run.stdout.contains("{+走访30户。+}") && run.stderr.contains("的定稿"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    let run = project.run(&["diff", "2010", "2011", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["basis"]["old"], "issued");
    assert_eq!(json["basis"]["new"], "rendered");
    let run = project.run(&["trace", "2010"]);
    assert!(run.stdout.contains("定稿时12次，现在13次"), "{}", run.stdout);
    assert_eq!(project.run(&["golden", "--bless"]).status, 0);
    assert_eq!(project.read(KEPT), kept);
    let run = project.run(&["check", "2010"]);
    assert!(!run.stderr.contains("issued"), "{}", run.stderr);
}

#[test]
fn a_year_against_itself_is_what_was_issued_against_what_it_would_be_now() {
    let project = issued_project().file("facts/2010.yaml", "年度: 2010\n会议: 13次\n");
    let run = project.run(&["diff", "2010", "2010", "--plain"]);
    assert!(run.status == 1 && run.stdout.contains("[-12次-]{+13次+}"), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("2010年定稿") && run.stdout.contains("2010年现在生成的"), "{}", run.stdout);
    let run = project.run(&["diff", "2011", "2011"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
}

#[test]
fn what_was_issued_when_is_listed() {
    let project = issued_project();
    let run = project.run(&["issue", "--list"]);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (0, "2010年《汇报》 2010年12月20日定稿，来自模板\n"),
        "{}",
        run.stderr
    );
    let project = project.file("facts/2010.yaml", "年度: 2010\n会议: 13次\n");
    project.run(&["issue", "2010", "--again", "会议数有误", "--date", "2011-01-05"]);
    project.run(&["issue", "2011", "--date", "2011-12-20"]);
    let project = project.file("facts/2011.yaml", "年度: 2011\n会议: 15次\n");
    let run = project.run(&["issue", "--list"]);
    assert_eq!(
        run.stdout,
        "2011年《汇报》 2011年12月20日定稿，来自模板，现在生成的有1段不同\n\
         2010年《汇报》 2011年1月5日定稿，来自模板，更正1次（2011-01-05 会议数有误）\n"
    );
    assert_eq!(project.run(&["issue", "2010", "--list"]).stdout.lines().count(), 1);
    let broken = project.file(KEPT, "---\n定稿: 1\n");
    let run = broken.run(&["issue", "--list"]);
    assert!(run.status == 0 && run.stdout.contains("2010年《汇报》 定稿读不出来"), "{}", run.stdout);
    let none = Project::small().run(&["issue", "--list"]);
    assert!(none.status == 0 && none.stderr.contains("还没有定稿"), "{}", none.stderr);
}

#[test]
fn a_report_that_builds_on_an_earlier_year_is_told_where_that_year_was_issued_otherwise() {
    let project = Project::small()
        .file("templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}}，比上年{{同比 会议}}。\n")
        .file("facts/2009.yaml", "年度: 2009\n会议: 10次\n");
    assert_eq!(project.run(&["issue", "2010", "--date", "2010-12-20"]).status, 0);
    let quiet = project.run(&["check", "2011"]);
    assert!(!quiet.stdout.contains("issued-base"), "{}", quiet.stdout);
    let project = project.file("facts/2010.yaml", "年度: 2010\n会议: 13次\n");
    let run = project.run(&["check", "2011"]);
    assert!(run.stdout.contains("2010年的定稿里“会议”是12次，现在的事实是13次"), "{}", run.stdout);
    // A report that does not speak of the year before cannot contradict it.
    let project = project.file("templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}}。\n");
    let run = project.run(&["check", "2011"]);
    assert!(!run.stdout.contains("issued-base"), "{}", run.stdout);
}

#[test]
fn a_year_without_one_is_rendered_and_that_is_said() {
    let project = Project::small();
    let run = project.run(&["diff", "2010", "2011"]);
    assert!(run.stderr.contains("2010年没有定稿，旧稿是用现在的模板重新生成的"), "{}", run.stderr);
    let run = project.run(&["year", "2012"]);
    assert!(run.stderr.contains("huibao issue 2011"), "{}", run.stderr);
}

#[test]
fn a_report_is_issued_once_and_corrected_only_with_a_reason() {
    let project = issued_project().file("facts/2010.yaml", "年度: 2010\n会议: 13次\n");
    let before = project.read(KEPT);
    let run = project.run(&["issue", "2010"]);
    assert!(run.status == 2 && run.stderr.contains("已经定稿（2010年12月20日）"), "{}", run.stderr);
    assert_eq!(project.read(KEPT), before);
    let run = project.run(&["check", "2010"]);
    assert!(run.stdout.contains("有1段和定稿不同"), "{}", run.stdout);
    let run = project.run(&["issue", "2010", "--again", "会议数有误", "--date", "2011-01-05"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let after = project.read(KEPT);
    assert!(after.contains("更正: 2011-01-05 会议数有误\n") && after.contains("13次"), "{after}");
    let gap = Project::small().file("facts/2011.yaml", "年度: 2011\n会议:\n");
    let run = gap.run(&["issue", "2011"]);
    assert!(run.status == 2 && run.stderr.contains("会议"), "{}", run.stderr);
}

#[test]
fn a_file_is_kept_word_for_word_and_its_figures_know_their_facts() {
    let project = Project::small().file("报出.txt", "汇报\n召开会议12次，效果很好。\n走访群众90户。\n");
    let run = project.run(&["issue", "2010", "报出.txt", "--date", "2010-12-20"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let kept = project.read(KEPT);
    assert!(kept.contains("召开会议⟦1｜12次⟧，效果很好。") && kept.contains("走访群众90户。"), "{kept}");
    assert!(kept.contains("来自: 报出.txt\n"), "{kept}");
    let gap = Project::small().file("报出.txt", "汇报\n召开会议【待填：会议】。\n");
    let run = gap.run(&["issue", "2010", "报出.txt"]);
    assert!(run.status == 2 && run.stderr.contains("待填"), "{}", run.stderr);
}

#[test]
fn samples_of_years_that_were_issued_are_left_alone_and_missing_ones_come() {
    let project = issued_project().file("golden/汇报-2010.txt", "汇报\n召开会议12次。\n");
    let project = project.file("templates/汇报.hbs", "# 汇报\n\n召开会议{{会议}}，有成效。\n");
    let run = project.run(&["golden", "--bless"]);
    assert!(run.status == 0 && run.stderr.contains("已定稿，没有改  golden/汇报-2010.txt"), "{}", run.stderr);
    assert_eq!(project.read("golden/汇报-2010.txt"), "汇报\n召开会议12次。\n");
    assert_eq!(project.read("golden/汇报-2011.txt"), "汇报\n召开会议14次，有成效。\n");
    assert_eq!(project.run(&["golden"]).status, 0);
}

#[test]
fn a_text_that_was_changed_by_hand_is_used_and_said() {
    let project = issued_project();
    let text = project.read(KEPT).replace("召开", "共召开");
    let project = project.file(KEPT, text);
    let run = project.run(&["render", "2010"]);
    assert!(run.stdout.contains("共召开会议12次") && run.stderr.contains("手工改过"), "{}", run.stderr);
}

/// Lines that a template may have.
const LINES: [&str; 8] = [
    "# 汇报",
    "召开会议{{会议}}。",
    "今年召开会议{{会议}}，比上年有新的进展。",
    "## 新的一节",
    "- 学在前面。全镇学了{{会议}}。",
    "- 讲到门口。",
    "| 会议 | 数 |\n| --- | --- |\n| 全年 | {{会议}} |",
    "署名：云溪镇人民政府",
];

fn template_text() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(0..LINES.len(), 1..6);
    lines.prop_map(|picks| picks.into_iter().map(|at| LINES[at].to_owned() + "\n\n").collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_issued_side_never_moves(
        first in template_text(),
        then in template_text(),
        counts in (1..99u32, 1..99u32, 1..99u32),
    ) {
        use huibao::project::issued::Issue;
        use huibao::project::stored::{Edited, Edits, Texts};
        use huibao::project::texts::Text;
        use huibao::project::value;
        use huibao::report::Gaps;

        let year = |year: i32, count: u32| format!("年度: {year}\n会议: {count}次\n");
        let project = value::Project::of(Texts::from([
            ("facts/2010".to_owned(), year(2010, counts.0)),
            ("facts/2011".to_owned(), year(2011, counts.1)),
            ("templates/汇报".to_owned(), first),
        ]));
        let sent = project.rendered(None, Period::year(2010), Gaps::Refuse).expect("a report").document;
        let how = Issue { file: None, on: "2010-12-20".parse().expect("a day"), again: None };
        let Ok(edits) = project.issue(None, Period::year(2010), how) else { return Ok(()) };
        let project = project.with(&edits);
        let mut later = Edits::default();
        for (text, words) in [
            (Text::Template("汇报".to_owned()), then),
            (Text::Year(Period::year(2010)), year(2010, counts.2)),
        ] {
            later.put(text.clone(), project.texts().revision(&text), Edited::Text(words));
        }
        let project = project.with(&later);
        let old = project.report(None, Period::year(2010), Gaps::Show).expect("what was issued");
        prop_assert_eq!(&*old.document, &sent);
        let new = project.report(None, Period::year(2011), Gaps::Show).expect("this year's");
        redline::check(&old.document, &new.document, false);
    }
}
