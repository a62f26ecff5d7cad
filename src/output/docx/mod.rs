//! Word to GB/T 9704-2012 《党政机关公文格式》: own parts, real styles, the same bytes for the same report.

mod body;
mod footer;
mod letter;
mod origin;
mod parts;
mod pen;
mod picture;
mod redline;
mod section;
mod styles;
mod table;
mod theme;
mod watermark;

use crate::document::measure::blank_above;
use crate::document::{Block, Document, tables};
use crate::fonts::Names;
use crate::markup::escape;
use crate::output::Revision;
use letter::Letter;
use parts::Extras;
use pen::{BLANK, HEAD, Pen};
use section::Section;
use styles::COMMENT;

const OPEN: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#
);

/// The properties of the last section, in which 版记 stands where that has pages of its own.
fn last_section(document: &Document, letter: &Letter) -> String {
    let properties = section::last(document).properties();
    if letter.is_apart() {
        return section::unnumbered();
    }
    if letter.is_next() {
        return section::begins(properties, "evenPage");
    }
    let only = (0..document.blocks.len()).all(|index| section::ending(document, index).is_none());
    if only { first_section(letter) } else { properties.to_owned() }
}

/// The properties of an upright section that is the first one.
fn first_section(letter: &Letter) -> String {
    let properties = Section::Upright.properties();
    if letter.is_letter() { section::of_letter(properties) } else { properties.to_owned() }
}

/// The file: a report, or a redline whose changes are those of `revision`; remarks are signed by it. Its faces
/// have the names that a project gives them; `word` lies across every page.
pub(super) fn write(
    document: &Document,
    revision: &Revision,
    redline: bool,
    names: &Names,
    word: Option<&str>,
) -> std::io::Result<Vec<u8>> {
    let mut pen = Pen::new(revision, redline, document.blocks.len() * 160 + 24 * 1024);
    let letter = Letter::of(document, redline);
    write_body(&mut pen, document, &letter);
    let comments = comments(&pen.comments, revision);
    let origin =
        document.origin.as_ref().map(|origin| [origin::properties(origin), origin::part(document, origin)]);
    let footers = letter.is_letter() || letter.is_apart();
    let (track, landscape) = (redline && revision.track, footers || section::turns(document));
    let media = std::mem::take(&mut pen.media);
    let faces = Some(names).filter(|names| **names != Names::default()).cloned();
    let watermark = word.map(str::to_owned);
    let extras =
        Extras { track, comments, origin: origin.is_some(), landscape, footers, media, faces, watermark };
    let xml = if word.is_some() { watermark::on_every_section(&pen.xml) } else { pen.xml };
    parts::package(&xml, &core(document), origin.as_ref(), &extras)
}

/// Writes `word/document.xml`.
fn write_body(pen: &mut Pen<'_>, document: &Document, letter: &Letter) {
    pen.push(OPEN);
    if pen.redline {
        redline::body(pen, document);
    } else {
        // A section ends in the properties of its last paragraph.
        let mut only = true;
        for index in 0..document.blocks.len() {
            block(pen, document, letter, (index, only));
            only &= section::ending(document, index).is_none();
        }
    }
    pen.push(&last_section(document, letter));
    pen.push("</w:body></w:document>");
}

/// Writes a block with what stands around it; elements of a letter that stand together are one run. `only`: no
/// section ends before it.
fn block(pen: &mut Pen<'_>, document: &Document, letter: &Letter, (index, only): (usize, bool)) {
    let Some(one) = document.blocks.get(index) else { return };
    let upright = || match only {
        true => first_section(letter),
        false => Section::Upright.properties().to_owned(),
    };
    let ending = section::ending(document, index);
    let end = |ends: bool| if ends && ending.is_none() { upright() } else { String::new() };
    if letter::is_element(one) {
        if letter.elements.at(index).is_empty() {
            // It was written with the first of its run.
            return;
        }
        let last = letter.elements.last_of(index);
        letter::run(pen, document, letter, index, &end(letter.ends_section(last)));
        if section::ending(document, last).is_some() {
            body::empty(pen, &section::mark(&upright()));
        }
        return;
    }
    let end = end(letter.ends_section(index));
    (0..blank_above(document, index)).for_each(|_| {
        pen.push(&format!("<w:p><w:pPr>{BLANK}</w:pPr></w:p>"));
    });
    let table = matches!(one, Block::Table(_) | Block::Picture(_));
    let low = matches!(one, Block::Table(table) if !table.is_drawn());
    let properties = body::properties(document, index, one);
    let mut properties = body::lowered(&properties, letter.white(index));
    properties.push_str(if table { "" } else { &end });
    let noted = tables::is_note_at(document, index + 1);
    body::block(pen, one, &properties, noted);
    match ending {
        Some(Section::Upright) => body::empty(pen, &section::mark(&upright())),
        Some(ending) => body::empty(pen, &ending.mark()),
        None if low => body::empty(pen, &format!("{}{end}", body::low_line(noted))),
        None if table && !end.is_empty() => body::empty(pen, &section::mark(&end)),
        None => {}
    }
}

/// The part that holds the remarks, if there are any.
fn comments(remarks: &[(u32, String)], revision: &Revision) -> Option<String> {
    if remarks.is_empty() {
        return None;
    }
    let mut xml = format!(r#"{HEAD}<w:comments xmlns:w="{}">"#, pen::W);
    for (id, remark) in remarks {
        xml.push_str(&format!(r#"<w:comment w:id="{id}" w:author=""#));
        escape(&mut xml, &revision.author);
        xml.push_str(&format!(r#"" w:date="{}" w:initials="核">"#, revision.date));
        for line in remark.lines() {
            xml.push_str(&format!(
                r#"<w:p><w:pPr><w:pStyle w:val="{COMMENT}"/></w:pPr><w:r><w:t xml:space="preserve">"#
            ));
            escape(&mut xml, line);
            xml.push_str("</w:t></w:r></w:p>");
        }
        xml.push_str("</w:comment>");
    }
    xml.push_str("</w:comments>");
    Some(xml)
}

/// The title as Word's file dialogs show it; no date, so that bytes repeat.
fn core(document: &Document) -> String {
    let mut xml = String::from(HEAD);
    xml.push_str(r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>"#);
    escape(&mut xml, &document.title().unwrap_or_default());
    xml.push_str("</dc:title></cp:coreProperties>");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Align, Inline, Table};
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    fn line(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.into())]
    }

    fn every_block(text: &str) -> Document {
        let table = Table {
            caption: line("表"),
            head: vec![vec![line("名"), line("数")].into()],
            rows: vec![vec![line(text), line("1")].into()],
            align: vec![Align::Left, Align::Right],
            ..Table::default()
        };
        let blocks = vec![
            Block::Title(line("清溪镇关于二〇一一年度人民政协工作情况和下一步打算的汇报")),
            Block::Byline(line("（2011年12月20日）")),
            Block::Recipient(line("县政协：")),
            Block::Heading { level: 1, number: "一、".into(), text: line(text), body: Vec::new() },
            Block::Point { number: "一是".into(), lead: line("短句。"), text: line(text) },
            Block::Paragraph(vec![Inline::Text(text.into()), Inline::Missing("【待填：会议】".into())]),
            Block::Table(table),
            Block::Signature(line("青石镇人民政府")),
            Block::Date(line("2026年1月5日")),
        ];
        Document { blocks, ..Document::default() }
    }

    fn xml_of(document: &Document) -> String {
        let revision = Revision::default();
        let mut pen = Pen::new(&revision, false, 0);
        write_body(&mut pen, document, &Letter::of(document, false));
        pen.xml
    }

    /// Names of start tags in order, and the text of every `w:t`.
    fn read(xml: &str) -> (Vec<String>, String) {
        let mut reader = Reader::from_str(xml);
        let (mut names, mut text, mut inside) = (Vec::new(), String::new(), false);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(tag) => {
                    inside = tag.name().as_ref() == "w:t";
                    names.push(tag.name().as_ref().to_owned());
                }
                Event::Empty(tag) => names.push(tag.name().as_ref().to_owned()),
                Event::End(_) => inside = false,
                Event::Text(words) if inside => text.push_str(words.as_ref()),
                Event::GeneralRef(name) if inside => text.push_str(match name.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    _ => "\"",
                }),
                Event::Eof => return (names, text),
                _ => {}
            }
        }
    }

    #[test]
    fn the_same_report_gives_the_same_bytes_and_every_part_is_well_formed() {
        let document = every_block("甲<乙>&\"丙\"");
        let file = write(&document, &Revision::default(), false, &Names::default(), None).unwrap();
        assert_eq!(file, write(&document, &Revision::default(), false, &Names::default(), None).unwrap());
        for name in [
            "word/document.xml",
            "word/styles.xml",
            "word/settings.xml",
            "word/footer1.xml",
            "docProps/core.xml",
        ] {
            read(&parts::part(&file, name));
        }
    }

    #[test]
    fn a_long_title_breaks_and_loses_no_word() {
        let (names, text) = read(&xml_of(&every_block("甲")));
        assert_eq!(names.iter().filter(|name| *name == "w:br").count(), 1);
        assert!(text.starts_with("清溪镇关于二〇一一年度人民政协工作情况和下一步打算的汇报"));
    }

    #[test]
    fn the_date_begins_two_characters_to_the_right_of_the_name() {
        let xml = xml_of(&every_block("甲"));
        // 青石镇人民政府 is 7 characters wide, 2026年1月5日 6: two and one characters free.
        assert!(xml.contains(r#"w:rightChars="200""#) && xml.contains(r#"w:rightChars="100""#), "{xml}");
    }

    #[test]
    fn a_wide_table_has_a_section_of_its_own() {
        let words = |text: &str| Block::Paragraph(line(text));
        let table = |landscape: bool| {
            let head = vec![vec![line("名")].into()];
            Block::Table(Table { caption: line("表"), head, landscape, ..Table::default() })
        };
        // P a paragraph, T a table, u and w the ends of upright and of wide sections.
        let outline = |blocks: Vec<Block>| {
            let xml = xml_of(&Document { blocks, ..Document::default() });
            let tags = xml.split('<').filter_map(|tag| match tag.split(['>', ' ', '/']).next()? {
                "w:p" => Some('P'),
                "w:tbl" => Some('T'),
                "w:pgSz" => Some(if tag.contains("landscape") { 'w' } else { 'u' }),
                _ => None,
            });
            tags.collect::<String>()
        };
        // The paragraph of a cell follows its table.
        assert_eq!(outline(vec![words("前"), table(true), words("后")]), "PPuPTPPwPu");
        assert_eq!(outline(vec![table(true), table(true)]), "PTPPwPTPPw");
        assert_eq!(outline(vec![table(false), table(true)]), "PTPPuPTPPw");
        let wide = Document { blocks: vec![table(true)], ..Document::default() };
        let file = write(&wide, &Revision::default(), false, &Names::default(), None).unwrap();
        for name in ["word/footer3.xml", "word/footer4.xml", "[Content_Types].xml"] {
            read(&parts::part(&file, name));
        }
        let draft = write(&wide, &Revision::default(), false, &Names::default(), Some("草稿")).unwrap();
        let xml = parts::part(&draft, "word/document.xml");
        let headers = xml.matches("<w:headerReference ").count();
        assert_eq!(
            headers,
            3 * xml.matches("<w:sectPr>").count(),
            "on odd, even and first pages alike: {xml}"
        );
        assert!(parts::part(&draft, "word/header1.xml").contains(r#"string="草稿""#));
        let relations = parts::part(&file, "word/_rels/document.xml.rels");
        assert!(relations.contains(r#"Id="rId7" "#) && relations.contains(r#"Id="rId8" "#));
        assert!(relations.contains(r#"Target="footer3.xml""#), "{relations}");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[\\PC<>&\"\u{1}]{0,40}") {
            let xml = xml_of(&every_block(&text));
            let (_, back) = read(&xml);
            let wanted = text.replace('\u{1}', "\u{FFFD}");
            prop_assert!(back.contains(&wanted));
        }
    }
}
