//! Picture files in a report: what a template asks for, what every output shows of them, what comes back, and what a
//! file that cannot be shown is answered.

use std::io::Read;
use std::sync::Arc;

use huibao::diff::{self, Class, Manner, Side};
use huibao::document::{Block, Document, Inline, Plate, plain};
use huibao::layout::{self, Kind, Mark};
use huibao::output::{self, Format, Revision};
use huibao::period::Period;
use huibao::project::value::Project as Folder;
use huibao::report::Gaps;

use crate::project::Project;

const ROAD: &[u8] = include_bytes!("../data/图片/村路.jpg");
const MAP: &[u8] = include_bytes!("../data/图片/示意图.png");
const TWO: &str = "图片（村路.jpg，宽 8厘米）：新修公路{{公路}}\n\n图片（示意图.png）：\n\n特此汇报。";

/// A project with two pictures and these lines in its template.
fn project(template: &str) -> Project {
    Project::new()
        .file("facts/指标.yaml", "公路: {类型: 时期, 单位: 公里}\n")
        .file("facts/2025.yaml", "年度: 2025\n公路: 12公里\n")
        .file("templates/汇报.hbs", format!("# 修路汇报\n\n全年修路{{{{公路}}}}。\n\n{template}\n"))
        .file("图片/村路.jpg", ROAD)
        .file("图片/示意图.png", MAP)
}

fn rendered(project: &Project, gaps: Gaps) -> Result<Document, huibao::diag::Problems> {
    Folder::open(project.path()).rendered(None, Period::year(2025), gaps).map(|report| report.document)
}

fn document(template: &str) -> Document {
    rendered(&project(template), Gaps::Refuse).expect("a report")
}

fn plates(document: &Document) -> Vec<&Plate> {
    let plate = |block: &'_ Block| matches!(block, Block::Picture(_));
    let blocks = document.blocks.iter().filter(|block| plate(block));
    blocks.filter_map(|block| if let Block::Picture(plate) = block { Some(plate) } else { None }).collect()
}

fn part(file: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).expect("an archive");
    let mut bytes = Vec::new();
    archive.by_name(name).expect(name).read_to_end(&mut bytes).expect("a part");
    bytes
}

fn text(document: &Document, format: Format) -> String {
    String::from_utf8(output::write(document, format).expect("a file")).expect("text")
}

#[test]
fn a_line_of_the_template_is_a_picture_with_its_caption() {
    let document = document(TWO);
    let [road, map] = plates(&document)[..] else { panic!("two pictures") };
    assert_eq!((plain(&road.caption).as_str(), road.width), ("新修公路12公里", Some(80)));
    assert!(road.caption.iter().any(|inline| matches!(inline, Inline::Figure { .. })));
    assert_eq!((&road.picture.bytes[..], road.picture.name.as_str()), (ROAD, "村路.jpg"));
    assert_eq!((map.caption.len(), map.width, map.picture.pixels), (0, None, (40, 30)));
}

#[test]
fn what_cannot_be_shown_is_said_with_its_place() {
    let problem = |line: &str| {
        let problems = rendered(&project(line), Gaps::Refuse).expect_err(line).0;
        assert_eq!(problems.len(), 1, "{problems:?}");
        let place = problems[0].place.as_ref().map(|place| place.line());
        (problems[0].rule, place)
    };
    for (line, rule, at) in [
        ("图片（村道.jpg）：题", "picture-missing", Some(5)),
        ("图片（../村路.jpg）：题", "picture-name", Some(5)),
        ("图片（/etc/passwd）：题", "picture-name", Some(5)),
        ("图片（村路.jpg，宽 30厘米）：题", "picture-width", None),
        ("图片(村路.jpg)：题", "picture-line", None),
    ] {
        assert_eq!(problem(line), (rule, at), "{line}");
    }
    let of_file = |bytes: &[u8]| {
        let project = project("图片（别的.jpg）：题").file("图片/别的.jpg", bytes);
        rendered(&project, Gaps::Refuse).expect_err("a problem").0.remove(0).rule
    };
    assert_eq!(of_file(b"BM  "), "picture-kind");
    assert_eq!(of_file(&ROAD[..ROAD.len() / 2]), "picture-broken");
    assert_eq!(document("\\图片（村路.jpg）：题").blocks.len(), 3);
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_and_nothing_is_written() {
    let project = project("图片（大.jpg）：题");
    let file = std::fs::File::create(project.path().join("图片/大.jpg")).expect("a file");
    file.set_len(100 * 1024 * 1024).expect("its length");
    let run = project.run(&["render", "-o", "汇报.docx"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("100MB") && run.stderr.contains("templates/汇报.hbs"), "{}", run.stderr);
    assert!(!project.path().join("汇报.docx").exists());
}

#[test]
fn in_a_draft_a_picture_that_is_not_there_is_a_gap() {
    let project = project("图片（还没拍.jpg）：题\n\n完。");
    let report =
        Folder::open(project.path()).rendered(None, Period::year(2025), Gaps::Show).expect("a draft");
    assert_eq!(report.marked.missing, ["图片/还没拍.jpg"]);
    let gap = Inline::Missing("【待补：图片/还没拍.jpg】".into());
    assert!(report.document.blocks.contains(&Block::Paragraph(vec![gap])), "{:?}", report.document.blocks);
}

#[test]
fn word_has_each_file_once_and_gives_it_back() {
    let sent = document(&format!("{TWO}\n\n图片（村路.jpg）：再看一眼"));
    let file = output::write(&sent, Format::Docx).expect("a file");
    assert_eq!(file, output::write(&sent, Format::Docx).expect("the same"));
    let xml = String::from_utf8(part(&file, "word/document.xml")).expect("text");
    assert_eq!(xml.matches("<w:drawing>").count(), 3);
    assert_eq!(xml.matches("name=\"图片/村路.jpg\" descr=\"新修公路12公里\"").count(), 1, "{xml}");
    assert_eq!(
        (part(&file, "word/media/image1.jpeg"), part(&file, "word/media/image2.png")),
        (ROAD.into(), MAP.into())
    );
    let types = String::from_utf8(part(&file, "[Content_Types].xml")).expect("text");
    assert!(types.contains("image/jpeg") && types.contains("image/png"));
    let back = huibao::input::word(&file, "汇报.docx").expect("read");
    assert!(back.warnings.is_empty(), "{:?}", back.warnings);
    let said = |document: &Document| {
        let of = |plate: &Plate| (plain(&plate.caption), Arc::clone(&plate.picture), plate.width);
        plates(document).into_iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(said(&back.document), said(&sent));
}

#[test]
fn every_format_shows_it_or_says_where_it_is() {
    let document = document(TWO);
    let html = text(&document, Format::Html);
    assert!(
        html.contains("<img src=\"data:image/jpeg;base64,/9j/") && html.contains("alt=\"新修公路12公里\"")
    );
    assert!(html.contains("alt=\"图片：示意图.png\""), "{html}");
    let markdown = text(&document, Format::Md);
    assert!(markdown.contains("![新修公路12公里](图片/村路.jpg)\n\n![](图片/示意图.png)"), "{markdown}");
    assert!(text(&document, Format::Txt).contains("\n〔图片：图片/村路.jpg〕\n新修公路12公里\n〔图片："));
    assert!(text(&document, Format::Marked).contains("⟦公路⟧12公里](图片/村路.jpg)"));
    let pdf = output::write(&document, Format::Pdf).expect("a file");
    let has = |words: &[u8]| pdf.windows(words.len()).any(|part| part == words);
    assert!(has(b"/DCTDecode") && has(b"/SMask") && has(b"/Figure") && has(b"pdfaid"));
    let ofd = output::write(&document, Format::Ofd).expect("a file");
    let list = String::from_utf8(part(&ofd, "Doc_0/DocumentRes.xml")).expect("text");
    assert_eq!(
        (list.matches("<ofd:MultiMedia ").count(), list.contains("Format=\"JPEG\"")),
        (2, true),
        "{list}"
    );
    let page = String::from_utf8(part(&ofd, "Doc_0/Pages/Page_0/Content.xml")).expect("text");
    assert_eq!(page.matches("<ofd:ImageObject ").count(), 2);
}

#[test]
fn pages_have_the_picture_in_whole_lines_above_its_caption() {
    let document = document(TWO);
    let pages = layout::lay_out(&document);
    let rows: Vec<(Kind, usize)> = pages.pages[0].lines.iter().map(|row| (row.kind, row.height)).collect();
    let at = rows.iter().position(|(kind, _)| *kind == Kind::Picture).expect("a picture");
    let plate = plates(&document)[0];
    assert_eq!((rows[at].1, rows[at + 1].0), (plate.lines() * 579, Kind::Caption));
    assert!(pages.html(1).contains("<image x=\""));
    let sheets = layout::placed(&document, &pages);
    let images = sheets[0].marks.iter().filter_map(|mark| match mark {
        Mark::Image(image) => Some((image.width, image.height)),
        _ => None,
    });
    let size = |plate: &Plate| (plate.size().0 as i32 * 50, plate.size().1 as i32 * 50);
    assert_eq!(images.collect::<Vec<_>>(), plates(&document).into_iter().map(size).collect::<Vec<_>>());
}

fn side(document: Document) -> Side {
    Side { name: "一份".into(), year: None, document, basis: None }
}

#[test]
fn another_picture_under_the_same_words_is_a_change() {
    let old = document(TWO);
    let mut new = old.clone();
    for block in &mut new.blocks {
        if let Block::Picture(plate) = block
            && plate.width.is_some()
        {
            let picture = huibao::document::picture::read("村路.jpg", Arc::from(MAP)).expect("a picture");
            plate.picture = Arc::new(picture);
        }
    }
    let difference = diff::compare(side(old.clone()), side(new), &[]);
    assert!(!difference.is_same());
    let changed: Vec<_> = difference.blocks.iter().filter(|block| block.class() != Class::Same).collect();
    assert_eq!((changed.len(), changed[0].class()), (1, Class::Major));
    let redline = diff::redline(&difference, Manner::default());
    assert_eq!(redline.blocks.iter().filter(|block| matches!(block, Block::Changed(..))).count(), 2);
    let file = output::write_revised(&redline, Format::Docx, &Revision::default()).expect("a file");
    let xml = String::from_utf8(part(&file, "word/document.xml")).expect("text");
    assert_eq!(xml.matches("<w:drawing>").count(), 3);
    assert!(xml.contains("<w:del ") && xml.contains("<w:ins "));
    output::write_revised(&redline, Format::Pdf, &Revision::default()).expect("a file");
    assert!(diff::compare(side(old.clone()), side(old), &[]).is_same());
}

#[test]
fn words_of_a_caption_are_compared_and_the_picture_stays() {
    let (old, new) = (document(TWO), document(&TWO.replace("新修公路", "新建的公路")));
    let redline = diff::redline(&diff::compare(side(old), side(new), &[]), Manner::default());
    let [road, map] = plates(&redline)[..] else { panic!("two pictures") };
    assert_eq!(plain(&road.caption), "新建的公路12公里");
    assert!(road.caption.iter().any(|inline| !inline.stays()), "{:?}", road.caption);
    assert!(map.caption.is_empty());
}

#[test]
fn a_report_that_was_issued_keeps_its_picture_or_says_that_it_is_gone() {
    let project = project(TWO);
    let run = project.run(&["issue", "2025"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let edition = || {
        let report = Folder::open(project.path()).report(None, Period::year(2025), Gaps::Refuse);
        report.expect("a report")
    };
    let issued = edition();
    assert_eq!((&issued.document.blocks, issued.warnings.len()), (&document(TWO).blocks, 0));
    assert!(plates(&issued.document).iter().all(|plate| !plate.picture.is_lost()));
    std::fs::write(project.path().join("图片/村路.jpg"), MAP).expect("written");
    std::fs::remove_file(project.path().join("图片/示意图.png")).expect("removed");
    let later = edition();
    let rules: Vec<&str> = later.warnings.iter().map(|warning| warning.rule).collect();
    assert_eq!(rules, ["issued-picture", "issued-picture"]);
    assert_eq!(later.document.blocks, issued.document.blocks);
    for format in Format::ALL {
        output::write(&later.document, format).expect("a file");
    }
    assert!(text(&later.document, Format::Html).contains("〔图片“村路.jpg”已换过或不在〕"));
}

#[test]
fn a_word_file_with_pictures_of_ours_becomes_a_template_that_asks_for_them() {
    let project = project(TWO);
    let file =
        output::write(&rendered(&project, Gaps::Refuse).expect("a report"), Format::Docx).expect("a file");
    let read = huibao::input::word(&file, "汇报.docx").expect("read").document;
    let draft = huibao::import::draft(&read, Period::year(2025), "汇报").expect("a draft");
    assert!(draft.template.contains("图片（村路.jpg，宽 8厘米）：新修公路12公里"), "{}", draft.template);
    assert!(draft.template.contains("图片（示意图.png）："), "{}", draft.template);
    assert_eq!(plates(&draft.proven).len(), 2);
}
