//! Charts in a report: what a template asks for, what every output shows of it, and what comes back of a Word file.

use std::io::Read;

use huibao::diff::{self, Manner, Side};
use huibao::document::{Block, ChartKind, Document, Table, plain};
use huibao::layout::{self, Kind, Mark, Part};
use huibao::output::{self, Format, Revision};
use huibao::period::Period;
use huibao::project::value::Project as Folder;
use huibao::report::Gaps;

use crate::project::Project;

const REGISTRY: &str = "招商.到位资金: {类型: 时期, 单位: 万元}\n招商.签约资金: {类型: 时期, 单位: 万元}\n满意率: {类型: 比率, 单位: '%'}\n会议: {类型: 时期, 单位: 次}\n";
const HEAD: &str = "# 招商汇报\n\n全年到位资金{{招商.到位资金}}。\n\n";

/// A project whose year 2023 has no 到位资金, with these lines below the first sentence of its report.
fn project(template: &str) -> Project {
    let year = |year: u16, came: &str, signed: &str, rate: &str| {
        format!("年度: {year}\n满意率: {rate}\n招商:\n{came}  签约资金: {signed}\n会议: 3次\n")
    };
    Project::new()
        .file("facts/指标.yaml", REGISTRY)
        .file("facts/2022.yaml", year(2022, "  到位资金: 9800万元\n", "1.2亿元", "92.5%"))
        .file("facts/2023.yaml", year(2023, "", "13000万元", "95.0%"))
        .file("facts/2024.yaml", year(2024, "  到位资金: 15030多万元\n", "17600万元", "96.8%"))
        .file("templates/招商汇报.hbs", format!("{HEAD}{template}\n"))
}

fn rendered(project: &Project, gaps: Gaps) -> Result<Document, String> {
    let edition = Folder::open(project.path()).rendered(Some("招商汇报"), Period::year(2024), gaps);
    edition.map(|edition| edition.document).map_err(|problems| {
        problems.0.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("\n")
    })
}

fn document(template: &str) -> Document {
    rendered(&project(template), Gaps::Refuse).expect("a report")
}

fn charts(document: &Document) -> Vec<&Table> {
    let chart = |block: &'_ Block| matches!(block, Block::Table(table) if table.chart.is_some());
    let blocks = document.blocks.iter().filter(|block| chart(block));
    blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect()
}

fn words(table: &Table) -> Vec<String> {
    let row = |row: &huibao::document::Row| {
        row.cells.iter().map(|cell| plain(&cell.words)).collect::<Vec<_>>().join(" ")
    };
    table.all_rows().map(row).collect()
}

#[test]
fn a_chart_is_a_table_of_the_figures_that_the_text_prints() {
    let document = document("{{图 招商.到位资金 招商.签约资金 年=3 标题=\"近三年招商情况\" 缺=\"未统计\"}}");
    let chart = charts(&document)[0];
    assert_eq!((chart.chart, plain(&chart.caption).as_str()), (Some(ChartKind::Bar), "近三年招商情况"));
    assert_eq!(
        words(chart),
        [
            "年份 到位资金 签约资金",
            "2022年 9800万元 1.2亿元",
            "2023年 未统计 13000万元",
            "2024年 15030多万元 17600万元",
        ]
    );
    let figures = chart.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.words);
    let traced = figures.filter(|inline| matches!(inline, huibao::document::Inline::Figure { .. })).count();
    assert_eq!(traced, 5);
}

#[test]
fn years_names_and_the_kind_are_said_or_usual() {
    let of = |tag: &str| {
        let document = document(tag);
        let chart = charts(&document)[0];
        let years = chart.rows.iter().map(|row| plain(&row.cells[0].words)).collect::<Vec<_>>();
        (chart.chart, plain(&chart.caption), years.join(" "), words(chart)[0].clone())
    };
    let (bar, line) = (Some(ChartKind::Bar), Some(ChartKind::Line));
    let three = "2022年 2023年 2024年".to_owned();
    assert_eq!(
        of("{{图 满意率 自=2022}}"),
        (line, "2022—2024年满意率".into(), three.clone(), "年份 满意率".into())
    );
    assert_eq!(
        of("{{图 招商.签约资金 年=3 式=\"线\" 名称=\"签约额\" 标题=\"甲\"}}"),
        (line, "甲".into(), three.clone(), "年份 签约额".into())
    );
    let window = "{{#近 3}}{{图 招商.签约资金}}{{/近}}";
    assert_eq!(of(window), (bar, "2022—2024年签约资金".into(), three, "年份 签约资金".into()));
}

#[test]
fn what_makes_no_chart_is_refused() {
    for (tag, why) in [
        ("{{图 招商.到位资金 年=2}}", "图里只有1个数"),
        ("{{图 招商.签约资金 满意率 年=3}}", "单位不同，不能画在一张图上：万元、%"),
        ("{{图 招商.签约资金 会议 年=3}}", "单位不同，不能画在一张图上：万元、次"),
        ("{{图 招商.签约资金 年=3 自=2022}}", "“年”和“自”只能写一个"),
        ("{{图 招商.签约资金 年=1}}", "年数不能是1"),
        ("{{图 招商.签约资金 自=2024}}", "不能从2024年画起"),
        ("{{图 招商.签约资金 年=3 式=\"饼\"}}", "“式”不能是“饼”"),
        ("{{图 招商.签约资金 年=3 名称=\"甲、乙\"}}", "名称写了2个，图有1项指标"),
        ("图（柱）：手写\n\n没有表。", "图“手写”下面没有写数"),
        ("图（柱）：手写\n| 年份 | 甲 |\n| --- | --- |\n| 2023年 | 5次 |", "图里只有一个数"),
    ] {
        let problems = rendered(&project(tag), Gaps::Refuse).expect_err(tag);
        assert!(problems.contains(why), "{tag}\n{problems}");
    }
}

#[test]
fn in_a_draft_a_missing_fact_of_the_year_is_a_gap_on_the_picture() {
    let project = project("{{图 招商.签约资金 年=3}}").file(
        "facts/2024.yaml",
        "年度: 2024\n满意率: 96.8%\n招商:\n  到位资金: 1万元\n  签约资金: \n会议: 3次\n",
    );
    assert!(rendered(&project, Gaps::Refuse).expect_err("a gap").contains("签约资金"));
    let draft = rendered(&project, Gaps::Show).expect("a draft");
    let html = String::from_utf8(output::write(&draft, Format::Html).expect("html")).expect("text");
    assert!(html.contains("<svg") && html.contains(">待填</text>"), "{html}");
}

fn part(file: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).expect("an archive");
    let mut bytes = Vec::new();
    archive.by_name(name).expect(name).read_to_end(&mut bytes).expect("a part");
    bytes
}

const TWO: &str =
    "{{图 招商.到位资金 年=3 标题=\"到位资金\"}}\n\n{{图 满意率 自=2022 标题=\"满意率\"}}\n\n特此汇报。";

#[test]
fn word_has_the_drawing_and_what_it_shows_in_words() {
    let document = document(TWO);
    let file = output::write(&document, Format::Docx).expect("a file");
    assert_eq!(file, output::write(&document, Format::Docx).expect("the same"));
    let xml = String::from_utf8(part(&file, "word/document.xml")).expect("text");
    for want in [
        "descr=\"柱形图：年份、到位资金；2022年、9800万元；2023年、—；2024年、15030多万元。\"",
        "descr=\"折线图：年份、满意率；2022年、92.5%；2023年、95.0%；2024年、96.8%。\"",
        "r:embed=\"picture2\"",
        "<w:spacing w:line=\"4053\" w:lineRule=\"atLeast\"/>",
    ] {
        assert!(xml.contains(want), "{want}\n{xml}");
    }
    assert!(!xml.contains("<w:tbl>"));
    let emf = part(&file, "word/media/image2.emf");
    let word = |at: usize| u32::from_le_bytes(emf[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((word(0), &emf[40..44], word(48) as usize), (1, b" EMF".as_slice(), emf.len()));
    // Records follow each other to the end, and there are as many as the header says.
    let (mut at, mut count) = (0, 0);
    while at < emf.len() {
        (at, count) = (at + word(at + 4) as usize, count + 1);
    }
    assert_eq!((at, count), (emf.len(), word(52)));
    let utf16: Vec<u8> = "单位：%".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(emf.windows(utf16.len()).any(|part| part == utf16));
}

#[test]
fn a_chart_comes_back_from_word_as_it_was() {
    let project = project(TWO);
    let sent = rendered(&project, Gaps::Refuse).expect("a report");
    let file = project.path().join("寄回.docx");
    std::fs::write(&file, output::write(&sent, Format::Docx).expect("a file")).expect("written");
    let back = huibao::input::read(&file).expect("read").document;
    let [came, sent] = [&back, &sent].map(|document| {
        charts(document)
            .iter()
            .map(|table| (table.chart, plain(&table.caption), words(table)))
            .collect::<Vec<_>>()
    });
    assert_eq!(came, sent);
}

#[test]
fn a_chart_that_changed_is_shown_as_its_table() {
    let sides = [document(TWO), document(&TWO.replace("自=2022", "年=2"))];
    let [old, new] = sides.map(|document| Side { name: "一份".into(), year: None, document, basis: None });
    let difference = diff::compare(old, new, &[]);
    let redline = diff::redline(&difference, Manner::default());
    let file = output::write_revised(&redline, Format::Docx, &Revision::default()).expect("a file");
    let xml = String::from_utf8(part(&file, "word/document.xml")).expect("text");
    assert_eq!((xml.matches("<w:drawing>").count(), xml.matches("<w:tbl>").count()), (1, 1), "{xml}");
}

#[test]
fn pages_have_the_chart_in_the_height_of_seven_lines_with_its_caption() {
    let document = document(TWO);
    let pages = layout::lay_out(&document);
    let kinds: Vec<(Kind, usize)> = pages.pages[0].lines.iter().map(|row| (row.kind, row.height)).collect();
    let chart = kinds.iter().position(|(kind, _)| *kind == Kind::Chart).expect("a chart");
    assert_eq!((kinds[chart].1, kinds[chart + 1].0), (7 * 579, Kind::Caption));
    let html = pages.html(1);
    assert!(
        html.contains("<div class=\"drawn\" data-line=\"") && html.matches("<svg").count() == 2,
        "{html}"
    );
    let sheets = layout::placed(&document, &pages);
    let (mut words, mut shapes) = (String::new(), 0);
    for mark in &sheets[0].marks {
        match mark {
            Mark::Run(run) if matches!(run.part, Part::Chart { .. }) => words.push_str(&run.text()),
            Mark::Shape(shape) if matches!(shape.part, Part::Chart { .. }) => shapes += 1,
            _ => {}
        }
    }
    assert!(words.contains("15030多") && words.contains('缺') && words.contains("96.8"), "{words}");
    assert!(shapes > 10, "{shapes}");
}
