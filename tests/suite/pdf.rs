//! PDF: its text is the report's, line by line; faces that are missing, broken or not to be embedded are told.
//!
//! A test that needs Chinese faces, or a reader of PDF, passes where the computer has none.

use std::path::{Path, PathBuf};
use std::process::Command;

use huibao::document::{Block, Document, Inline};
use huibao::fonts::{Names, Shelf};
use huibao::layout;
use huibao::output::{self, Format, Manner, Written};

use crate::project::{Project, root, run_in};

fn line(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.into())]
}

fn report() -> Document {
    let rows = |words: [[&str; 2]; 2]| words.map(|row| row.map(line).to_vec().into()).to_vec();
    let table = huibao::document::Table {
        caption: line("项目情况"),
        head: rows([["企业", "投资"], ["名称", "（万元）"]]),
        rows: rows([["竹木厂", "640"], ["合计", "9360"]]),
        ..Default::default()
    };
    let text = "三年来，开会宣讲38次，刊出专栏12期，媒体采用稿件56篇；其中2011年用稿22篇，比上年增长15.8%。";
    let blocks = vec![
        Block::Title(line("清溪镇政协工作汇报")),
        Block::Heading { level: 1, number: "一、".into(), text: line("抓学习"), body: Vec::new() },
        Block::Heading { level: 2, number: "（一）".into(), text: line("带头学"), body: Vec::new() },
        Block::Point { number: "一是".into(), lead: line("学习。"), text: line(&text.repeat(12)) },
        Block::Table(table),
        Block::Signature(line("清溪镇人民政府")),
        Block::Date(line("2011年12月20日")),
    ];
    Document { blocks, ..Document::default() }
}

/// The report as PDF, where there are faces for it.
fn written(document: &Document, watermark: Option<&str>) -> Option<Written> {
    let (names, shelf) = (Names::default(), Shelf::of_system());
    let manner = Manner { names: &names, shelf: &shelf, watermark, revision: None };
    output::write_as(document, Format::Pdf, &manner).ok()
}

/// The text that a program of poppler reads in a file; nothing where it is not at hand.
fn poppler(program: &str, arguments: &[&str], bytes: &[u8]) -> Option<String> {
    said_of(program, arguments, bytes, &["-"])
}

/// What a program says of a file; nothing where it is not at hand.
fn said_of(program: &str, arguments: &[&str], bytes: &[u8], behind: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, bytes).expect("a file");
    let output = Command::new(program).args(arguments).arg(&path).args(behind).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn its_text_is_the_report_line_by_line() {
    let document = report();
    let Some(written) = written(&document, None) else { return };
    let Some(text) = poppler("pdftotext", &["-layout"], &written.bytes) else { return };
    let pages = layout::lay_out(&document);
    let read: Vec<&str> = text.split('\u{c}').collect();
    for (page, read) in pages.pages.iter().zip(&read) {
        // A line of words is a line of the file; rows of a table stand beside each other in it.
        let lines: Vec<String> = read.lines().map(bare).filter(|line| !line.is_empty()).collect();
        for row in page.lines.iter().filter(|row| row.cells.len() == 1) {
            assert!(lines.contains(&bare(&row.text())), "{}\n{read}", row.text());
        }
        let cells: String = page.lines.iter().map(|row| bare(&row.text())).collect();
        assert!(cells.chars().all(|c| read.contains(c)), "{read}");
    }
    assert_eq!(read.len(), pages.pages.len() + 1, "a form feed ends every page");
}

#[test]
fn it_is_for_keeping_and_the_same_twice() {
    let document = report();
    let (Some(one), Some(two)) = (written(&document, None), written(&document, None)) else { return };
    assert!(one.bytes == two.bytes);
    let said = |words: &[u8]| one.bytes.windows(words.len()).any(|part| part == words);
    for words in [
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">清溪镇政协工作汇报</rdf:li>",
        "<rdf:li>zh-CN</rdf:li>",
        "<xmp:CreateDate>2011-12-20T",
        "/StructTreeRoot",
        "/Outlines",
        "/H1",
        "/TH",
    ] {
        assert!(said(words.as_bytes()), "{words}");
    }
    assert!(!one.notices.iter().any(|notice| notice.rule == "not-archival"), "{:?}", one.notices);
}

#[test]
fn a_chart_is_a_figure_that_tells_what_it_shows() {
    let mut document = report();
    let row = |words: [&str; 2]| words.map(line).to_vec().into();
    document.blocks.push(Block::Table(huibao::document::Table {
        caption: line("近两年到位资金"),
        head: vec![row(["年份", "到位资金"])],
        rows: vec![row(["2010年", "9800万元"]), row(["2011年", "15030万元"])],
        chart: Some(huibao::document::ChartKind::Bar),
        ..Default::default()
    }));
    let Some(written) = written(&document, None) else { return };
    assert!(!written.notices.iter().any(|notice| notice.rule == "not-archival"), "{:?}", written.notices);
    let said = |words: &[u8]| written.bytes.windows(words.len()).any(|part| part == words);
    assert!(said(b"/Figure") && said(b"/Alt"));
    let Some(tree) = said_of("pdfinfo", &["-struct-text"], &written.bytes, &[]) else { return };
    assert!(tree.contains("Figure") && tree.contains("近两年到位资金"), "{tree}");
}

#[test]
fn what_no_face_has_is_listed_and_the_file_is_still_written() {
    let mut document = report();
    document.blocks.push(Block::Paragraph(line("记号\u{10FFFD}。")));
    let Some(written) = written(&document, None) else { return };
    let rules: Vec<&str> = written.notices.iter().map(|notice| notice.rule).collect();
    assert!(rules.contains(&"rare-characters") && rules.contains(&"not-archival"), "{rules:?}");
    assert!(written.bytes.starts_with(b"%PDF-"));
}

#[test]
fn a_draft_bears_a_watermark_that_is_not_read_out() {
    let Some(written) = written(&report(), Some("草稿")) else { return };
    let said = |words: &[u8]| written.bytes.windows(words.len()).any(|part| part == words);
    assert!(said(b"%PDF-") && !said("草稿".as_bytes()));
    let Some(text) = poppler("pdftotext", &[], &written.bytes) else { return };
    assert!(bare(&text).contains("清溪镇政协工作汇报"), "{text}");
}

#[test]
fn it_is_not_shown_on_the_screen_and_the_setting_is_read() {
    let run = Project::small().run(&["render", "--format", "pdf"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("PDF 文件不能显示在屏幕上"), "{}", run.stderr);
    let wrong = Project::small().file("项目.yaml", "字体:\n  正纹: 仿宋\n");
    let run = wrong.run(&["render", "-o", "a.pdf"]);
    assert!(run.status == 2 && run.stderr.contains("是不是想写“正文”"), "{}", run.stderr);
    let empty = Project::small().file("项目.yaml", "字体: {正文: }\n");
    let run = empty.run(&["render", "-o", "a.pdf"]);
    assert!(run.status == 2 && run.stderr.contains("要写一种字体的名称"), "{}", run.stderr);
}

#[test]
fn a_folder_without_fonts_and_a_broken_font_are_refused() {
    let project = Project::small().file("空/说明.txt", "").file("坏/simfang.ttf", "不是字体");
    for (folder, words) in [("没有", "不存在"), ("空", "里没有字体"), ("坏", "坏了，读不出来")]
    {
        let run = project.run(&["render", "-o", "a.pdf", "--fonts", folder]);
        assert!(run.status == 2 && run.stderr.contains(words), "{folder}: {}", run.stderr);
        assert!(!project.path().join("a.pdf").exists(), "{folder}");
    }
}

#[test]
fn a_file_of_the_folder_that_is_no_font_is_told() {
    let project = Project::small().file("字体/手写.ttf", "不是字体");
    let run = project.run(&["render", "-o", "a.pdf", "--fonts", "字体"]);
    let is_there = project.path().join("a.pdf").exists();
    assert!(run.status == if is_there { 0 } else { 2 }, "{}", run.stderr);
    let told = run.stderr.contains("手写.ttf”坏了，读不出来，没有用它");
    assert!(told || run.stderr.contains("没有找到中文字体"), "{}", run.stderr);
}

/// Any font of the system with one face.
fn some_font(folder: &Path, depth: usize) -> Option<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let is_font = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "ttf" || ending == "otf");
    let inside = || paths.iter().filter(|_| depth > 0).find_map(|path| some_font(path, depth - 1));
    paths.iter().find(is_font).cloned().or_else(inside)
}

#[test]
fn a_font_that_forbids_embedding_is_refused() {
    let Some(path) = some_font(Path::new("/usr/share/fonts"), 4) else { return };
    let mut data = std::fs::read(path).expect("a font");
    let tables = usize::from(u16::from_be_bytes([data[4], data[5]]));
    let record = (0..tables).map(|index| 12 + 16 * index).find(|at| &data[*at..at + 4] == b"OS/2");
    let Some(at) = record else { return };
    let offset = u32::from_be_bytes([data[at + 8], data[at + 9], data[at + 10], data[at + 11]]) as usize;
    data[offset + 8..offset + 10].copy_from_slice(&2u16.to_be_bytes());
    let project = Project::small().file("字体/仿宋GB2312.ttf", data);
    let run = project.run(&["render", "-o", "a.pdf", "--fonts", "字体"]);
    assert!(run.status == 2 && run.stderr.contains("不准放进文件里"), "{}", run.stderr);
    assert!(!project.path().join("a.pdf").exists());
}

#[test]
fn two_years_compared_are_written_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("对比.pdf");
    let run = run_in(&root(), &["diff", "2010", "2011", "-o", &path.display().to_string()]);
    if run.status == 2 {
        assert!(run.stderr.contains("没有找到中文字体"), "{}", run.stderr);
        return;
    }
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(std::fs::read(path).expect("a file").starts_with(b"%PDF-"));
}

#[test]
fn remarks_stand_on_their_pages() {
    let noted = |words: &str| Inline::Noted {
        remark: "出处：会议(2011年)\n核对".into(),
        alarm: false,
        inline: Box::new(Inline::Text(words.into())),
    };
    let mut document = report();
    document.blocks.push(Block::Paragraph(vec![noted("38次")]));
    let Some(written) = written(&document, None) else { return };
    assert!(written.notices.iter().any(|notice| notice.rule == "not-archival"));
    let count = |words: &[u8]| written.bytes.windows(words.len()).filter(|part| part == &words).count();
    let said: String = "出处：会议".encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let all = ["/Subtype/Highlight", "/Annots[", said.as_str(), "%%EOF"];
    assert_eq!(all.map(|words| count(words.as_bytes())), [1, 1, 1, 2]);
    let Some(text) = poppler("pdftotext", &[], &written.bytes) else { return };
    assert!(bare(&text).ends_with("38次—2—") || bare(&text).contains("38次"), "{text}");
}

#[test]
fn the_page_and_word_take_the_faces_of_the_project() {
    let project = Project::small().file("项目.yaml", "字体: {正文: 方正仿宋_GBK, 数字: Times New Roman}\n");
    assert_eq!(project.run(&["render", "-o", "a.docx"]).status, 0);
    let file = std::fs::File::open(project.path().join("a.docx")).expect("a file");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let mut styles = String::new();
    let mut part = archive.by_name("word/styles.xml").expect("styles");
    std::io::Read::read_to_string(&mut part, &mut styles).expect("text");
    assert!(styles.contains("w:eastAsia=\"方正仿宋_GBK\"") && styles.contains("w:ascii=\"Times New Roman\""));
}
