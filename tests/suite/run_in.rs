//! Headings that the text goes on behind in one paragraph (接排): every output has them, and a Word file of ours comes
//! back with them.

use std::io::Read;

use huibao::document::{Block, Document, Inline, Line};
use huibao::output::{self, Format};
use huibao::{diff, input};

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn heading(level: u8, number: &str, text: &str, body: &str) -> Block {
    let body = if body.is_empty() { Vec::new() } else { words(body) };
    Block::Heading { level, number: number.into(), text: words(text), body }
}

fn report() -> Document {
    let blocks = vec![
        Block::Title(words("云溪镇工作汇报")),
        Block::Paragraph(words("一年来，全镇工作有了新的进展。")),
        heading(1, "一、", "抓学习。", "全镇办培训班6期。"),
        heading(1, "二、", "主要工作", ""),
        heading(2, "（一）", "抓产业。", "新建大棚126个，都投产了。"),
        heading(3, "1.", "修路。", "修通组路6公里。"),
        heading(4, "（1）", "修桥。", "修桥2座。"),
        Block::Point { number: "一是".into(), lead: words("抓进度。"), text: words("按月调度。") },
        Block::Point { number: "二是".into(), lead: Vec::new(), text: words("抓质量。") },
        Block::Paragraph(words("特此汇报。")),
    ];
    Document { blocks, ..Document::default() }
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_word_file_keeps_them_and_comes_back_to_the_letter() {
    let report = report();
    let docx = output::write(&report, Format::Docx).expect("a Word file");
    let read = input::word(&docx, "汇报.docx").expect("read").document;
    assert_eq!(read.blocks, report.blocks);
}

/// What the navigation pane shows: paragraphs with a level, a point below all of them.
#[test]
fn the_outline_of_the_word_file_has_headings_and_points() {
    let docx = output::write(&report(), Format::Docx).expect("a Word file");
    let (body, styles) = (part(&docx, "word/document.xml"), part(&docx, "word/styles.xml"));
    for level in 1..=4 {
        assert_eq!(body.matches(&format!(r#"<w:pStyle w:val="RunIn{level}"/>"#)).count(), 1, "{level}");
        let style = styles.split(&format!(r#"w:styleId="RunIn{level}""#)).nth(1).expect("the style");
        let style = &style[..style.find("</w:style>").expect("its end")];
        assert!(style.contains(&format!(r#"<w:outlineLvl w:val="{}"/>"#, level - 1)), "{style}");
        assert!(!style.contains("keepNext"), "the text goes on, so it may end a page");
    }
    assert_eq!(body.matches(r#"<w:pStyle w:val="Point"/>"#).count(), 2);
    let point = styles.split(r#"w:styleId="Point""#).nth(1).expect("the style");
    let point = &point[..point.find("</w:style>").expect("its end")];
    assert!(point.contains(r#"<w:outlineLvl w:val="4"/>"#), "below every heading: {point}");
    let lead = r#"<w:rPr><w:rStyle w:val="Lead"/></w:rPr><w:t xml:space="preserve">（一）抓产业。</w:t></w:r><w:r><w:t xml:space="preserve">新建"#;
    assert!(body.contains(lead), "{body}");
    let hei = r#"<w:rStyle w:val="LeadHei"/></w:rPr><w:t xml:space="preserve">一、抓学习。</w:t>"#;
    assert!(body.contains(hei), "{body}");
}

#[test]
fn other_outputs_set_the_heading_apart_in_the_same_paragraph() {
    let text = |format| String::from_utf8(output::write(&report(), format).expect("bytes")).expect("text");
    assert!(text(Format::Md).contains("\n**（一）抓产业。**新建大棚126个"));
    assert!(text(Format::Txt).contains("\n（一）抓产业。新建大棚126个，都投产了。\n"));
    let html = text(Format::Html);
    let lead = r#"<p><span class="lead" role="heading" aria-level="3">（一）抓产业。</span>新建"#;
    assert!(html.contains(lead), "{html}");
}

#[test]
fn a_redline_keeps_the_lead_and_its_text() {
    let (old, mut new) = (report(), report());
    new.blocks[4] = heading(2, "（一）", "抓产业。", "新建大棚130个，都投产了。");
    let side = |document: Document| diff::Side { name: "稿".into(), year: None, document, basis: None };
    let compared = diff::compare(side(old), side(new), &[]);
    let made = diff::redline(&compared, diff::Manner::default());
    let Block::Heading { text, body, .. } = &made.blocks[4] else { panic!("a heading") };
    assert_eq!(Line::of_inlines(text).text, "（一）抓产业。");
    assert!(body.iter().any(|inline| inline.change().is_some()));
    let docx = output::write_revised(&made, Format::Docx, &output::Revision::default()).expect("a redline");
    assert!(part(&docx, "word/document.xml").contains(r#"<w:pStyle w:val="RunIn2"/>"#));
}
