//! The file read back as XML: identities, words, boxes, tags.

use std::collections::BTreeSet;
use std::io::Read;

use proptest::prelude::*;
use roxmltree::Node;

use super::*;
use crate::document::letter::Presence;
use crate::document::{Align, Block, Change, Element, Form, Inline, Line, Origin, Table};
use crate::layout::{lay_out, placed, watermark};
use crate::period::Period;

fn write(document: &Document) -> std::io::Result<Vec<u8>> {
    super::write(document, &placed(document, &lay_out(document)), &Names::default(), None)
}

fn line(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn element(element: Element, label: &str, text: &str) -> Block {
    Block::Element { element, label: label.into(), text: line(text) }
}

/// A letter with everything a document may hold.
fn letter(text: &str) -> Document {
    let table = Table {
        caption: line("表"),
        head: vec![vec![line("名"), line("数")].into()],
        rows: vec![vec![line(text), line("1")].into(); 40],
        align: vec![Align::Left, Align::Right],
        ..Table::default()
    };
    let inserted = Inline::Changed { change: Change::Inserted, inline: Box::new(Inline::Text("新".into())) };
    let blocks = vec![
        element(Element::CopyNumber, "", "000001"),
        element(Element::Mark(Form::File), "", "青石镇人民政府文件"),
        element(Element::Number, "", "青政发〔2025〕8号"),
        element(Element::Signer, "签发人：", "张三"),
        Block::Title(line("青石镇人民政府关于2025年工作情况的报告")),
        Block::Recipient(line("县人民政府：")),
        Block::Heading { level: 1, number: "一、".into(), text: line("抓学习"), body: Vec::new() },
        Block::Heading { level: 2, number: "（一）".into(), text: line("抓制度"), body: Vec::new() },
        Block::Point { number: "一是".into(), lead: line("短句。"), text: line(text) },
        Block::Paragraph(vec![Inline::Text(text.into()), Inline::Missing("【待填：会议】".into()), inserted]),
        Block::Heading { level: 1, number: "二、".into(), text: line("下一步"), body: Vec::new() },
        Block::Table(table),
        element(Element::Attached, "附件：", "甲表"),
        Block::Signature(line("青石镇人民政府")),
        Block::Date(line("2025年12月20日")),
        Block::Element { element: Element::Annex, label: "附件".into(), text: Vec::new() },
        Block::Title(line("甲表")),
        Block::Paragraph(line("说明。")),
        element(Element::CopyTo, "抄送：", "县委办公室。"),
        element(Element::PrintDate, "", "2025年12月20日印发"),
    ];
    let origin = Some(Origin { template: "报告".into(), year: Period::year(2025) });
    Document { blocks, origin, ..Document::default() }
}

/// The parts of a file with their names.
fn parts(file: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).expect("an archive");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("an entry");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            (part.name().expect("a name").into_owned(), text)
        })
        .collect()
}

fn trees(parts: &[(String, String)]) -> Vec<roxmltree::Document<'_>> {
    parts.iter().map(|(name, xml)| roxmltree::Document::parse(xml).expect(name)).collect()
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

/// Every identity is given once and is not above the highest; every reference names one of the right kind.
fn hold_references(file: &[u8]) {
    let parts = parts(file);
    let trees = trees(&parts);
    let nodes = || trees.iter().flat_map(|tree| tree.descendants());
    let ids: Vec<(&str, &str)> =
        nodes().filter_map(|node| Some((node.attribute("ID")?, node.tag_name().name()))).collect();
    let unique: BTreeSet<u32> = ids.iter().map(|(id, _)| id.parse().expect("a number")).collect();
    assert_eq!(unique.len(), ids.len(), "an identity is given twice");
    let most = nodes().find(|node| is(node, "MaxUnitID")).and_then(|node| node.text()).expect("the highest");
    assert!(unique.last().is_some_and(|last| *last <= most.parse().expect("a number")));
    let there = |id: &str, kind: &str| {
        let found = ids.iter().any(|(one, name)| *one == id && name.ends_with(kind));
        assert!(found, "no {kind} {id}");
    };
    for node in nodes() {
        for (attribute, kind) in
            [("Font", "Font"), ("PageID", "Page"), ("PageRef", "Page"), ("ResourceID", "MultiMedia")]
        {
            node.attribute(attribute).into_iter().for_each(|id| there(id, kind));
        }
        if is(&node, "ObjectRef") {
            there(node.text().expect("an identity"), "Object");
        }
        let name = node.tag_name().name();
        let place = match name {
            "DocRoot" | "PublicRes" | "DocumentRes" | "CustomTags" | "FileLoc" | "MediaFile" => node.text(),
            "Page" => node.attribute("BaseLoc"),
            _ => None,
        };
        let place = place.map(|place| place.rsplit('/').next().unwrap_or(place));
        assert!(place.is_none_or(|place| parts.iter().any(|(name, _)| name.ends_with(place))), "{place:?}");
    }
}

/// The words of the pages, in the order in which they are drawn.
fn words(file: &[u8]) -> String {
    let parts = parts(file);
    let trees = trees(&parts);
    let codes = trees.iter().flat_map(|tree| tree.descendants()).filter(|node| is(node, "TextCode"));
    codes.filter_map(|node| node.text()).collect()
}

fn part(file: &[u8], name: &str) -> String {
    parts(file).into_iter().find(|(one, _)| one == name).expect(name).1
}

#[test]
fn every_reference_points_somewhere_and_the_same_report_gives_the_same_bytes() {
    let document = letter("甲<乙>&\"丙\"");
    let file = write(&document).expect("a file");
    hold_references(&file);
    assert_eq!(file, write(&document).expect("a file"));
    assert_ne!(part(&file, "OFD.xml"), part(&write(&letter("丁")).expect("a file"), "OFD.xml"));
}

#[test]
fn a_report_without_words_has_a_page() {
    let file = write(&Document::default()).expect("a file");
    hold_references(&file);
    assert!(part(&file, "Doc_0/Pages/Page_0/Content.xml").contains("0 0 210 297"));
    assert_eq!(words(&file), "");
}

#[test]
fn a_project_names_its_fonts_and_digits_may_have_their_own() {
    let document = letter("共12次，占3.5%。");
    let names =
        Names { body: "方正仿宋_GBK".into(), digits: Some("Times New Roman".into()), ..Names::default() };
    let file =
        super::write(&document, &placed(&document, &lay_out(&document)), &names, None).expect("a file");
    hold_references(&file);
    let fonts = part(&file, "Doc_0/PublicRes.xml");
    let id = |name: &str| {
        let tree = roxmltree::Document::parse(&fonts).expect("well-formed");
        let font = tree.descendants().find(|node| node.attribute("FontName") == Some(name)).expect(name);
        font.attribute("ID").expect("an identity").to_owned()
    };
    let page = part(&file, "Doc_0/Pages/Page_0/Content.xml");
    let set = |words: &str| {
        let (before, _) = page.split_once(&format!(">{words}</ofd:TextCode>")).expect(words);
        before
            .rsplit_once(" Font=\"")
            .and_then(|(_, rest)| rest.split('"').next())
            .expect("a font")
            .to_owned()
    };
    assert_eq!((set("次，占"), set("3.5%")), (id("方正仿宋_GBK"), id("Times New Roman")));
    assert_eq!(set("— 1 —"), id("宋体"), "page numbers keep their face");
}

#[test]
fn a_watermark_lies_in_a_layer_of_its_own_behind_the_words() {
    let document = letter("甲");
    let mut sheets = placed(&document, &lay_out(&document));
    watermark(&mut sheets, "草稿");
    let file = super::write(&document, &sheets, &Names::default(), None).expect("a file");
    hold_references(&file);
    let page = part(&file, "Doc_0/Pages/Page_0/Content.xml");
    let layers: Vec<&str> = page.split("<ofd:Layer ").skip(1).collect();
    assert_eq!(layers.len(), 2);
    assert!(layers[0].contains("Type=\"Background\"") && layers[0].contains(">草稿<"), "{}", layers[0]);
    assert!(layers[0].contains("CTM=\"0.7071 -0.7071 0.7071 0.7071 ") && !layers[1].contains("CTM"));
}

#[test]
fn the_file_says_what_it_is_without_a_clock() {
    let info = part(&write(&letter("甲")).expect("a file"), "OFD.xml");
    for said in [
        "<ofd:Title>青石镇人民政府关于2025年工作情况的报告</ofd:Title>",
        "<ofd:Author>青石镇人民政府</ofd:Author>",
        "<ofd:CreationDate>2025-12-20</ofd:CreationDate>",
        "<ofd:CustomData Name=\"汇报年度\">2025</ofd:CustomData>",
    ] {
        assert!(info.contains(said), "{said} in {info}");
    }
    let undated = Document { blocks: vec![Block::Date(line("2025年13月40日"))], ..Document::default() };
    assert!(!part(&write(&undated).expect("a file"), "OFD.xml").contains("CreationDate"));
}

#[test]
fn headings_stand_under_each_other_in_the_outline() {
    let root = part(&write(&letter("甲")).expect("a file"), "Doc_0/Document.xml");
    let tree = roxmltree::Document::parse(&root).expect("well-formed");
    let heads: Vec<(&str, usize)> = tree
        .descendants()
        .filter(|node| is(node, "OutlineElem"))
        .map(|node| {
            let above = node.ancestors().filter(|node| is(node, "OutlineElem")).count();
            (node.attribute("Title").unwrap_or_default(), above)
        })
        .collect();
    assert_eq!(heads, [("一、抓学习", 1), ("（一）抓制度", 2), ("二、下一步", 1), ("附件", 1)]);
}

#[test]
fn elements_of_the_letter_are_tagged_by_name() {
    let file = write(&letter("甲")).expect("a file");
    let (tags, parts) = (part(&file, tags::FILE), parts(&file));
    let trees = trees(&parts);
    let said = |id: &str| -> String {
        let object = |node: &Node<'_, '_>| node.attribute("ID") == Some(id);
        let found = trees.iter().flat_map(|tree| tree.descendants()).find(object).expect("an object");
        found.descendants().filter(|node| is(node, "TextCode")).filter_map(|node| node.text()).collect()
    };
    let tree = roxmltree::Document::parse(&tags).expect("well-formed");
    let elements: Vec<(String, String)> = tree
        .descendants()
        .filter(|node| node.children().any(|child| is(&child, "ObjectRef")))
        .map(|node| {
            let above: Vec<&str> = node.ancestors().map(|node| node.tag_name().name()).collect();
            let path: Vec<&str> = above.into_iter().rev().skip(2).collect();
            (path.join("/"), node.children().filter_map(|child| child.text()).map(said).collect())
        })
        .collect();
    let of = |path: &str| -> Vec<&str> {
        elements.iter().filter(|(one, _)| one == path).map(|(_, words)| words.as_str()).collect()
    };
    assert_eq!(of("版头/份号"), ["000001"]);
    assert_eq!(of("版头/发文机关标志"), ["青石镇人民政府文件"]);
    assert_eq!(of("版头/签发人"), ["签发人：张三"]);
    assert_eq!(of("主体/标题"), ["青石镇人民政府关于2025年工作情况的报告"]);
    assert_eq!(of("主体/正文/一级标题"), ["一、抓学习", "二、下一步"]);
    assert_eq!(of("主体/正文/段落"), ["一是短句。甲", "甲【待填：会议】新"]);
    assert_eq!(of("主体/附件说明"), ["附件：甲表"]);
    assert_eq!(of("主体/附件/附件标题"), ["甲表"]);
    assert_eq!(of("主体/附件/段落"), ["说明。"]);
    assert_eq!(of("版记/印发日期"), ["2025年12月20日印发"]);
    assert_eq!(of("主体/正文/表格").len(), 1, "a table of two pages is one");
}

#[test]
fn every_element_has_a_name_of_its_own_place() {
    for one in Element::all().chain([Element::Present(Presence::Excused)]) {
        let document = Document { blocks: vec![element(one, "", "甲")], ..Document::default() };
        let tags = part(&write(&document).expect("a file"), tags::FILE);
        let section = if one.is_imprint() {
            "<版记>"
        } else if one.is_head() {
            "<版头>"
        } else {
            "<主体>"
        };
        assert!(tags.contains(section), "{one:?}: {tags}");
    }
}

#[test]
fn what_readers_count_in_two_ways_stands_at_the_end_of_its_piece() {
    let document = Document {
        blocks: vec![Block::Paragraph(line("国国𠮷国国 国")), Block::Paragraph(line("国　　"))],
        ..Document::default()
    };
    let page = part(&write(&document).expect("a file"), "Doc_0/Pages/Page_0/Content.xml");
    assert!(page.contains(">国国𠮷</ofd:TextCode><ofd:TextCode "), "{page}");
    assert!(page.contains(">国国 国</ofd:TextCode>"), "{page}");
    assert!(page.contains(">国</ofd:TextCode>"), "{page}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_words_come_back(text in "[\\PC<>&\"\u{1}]{0,80}") {
        let document = letter(&text);
        let file = write(&document).expect("a file");
        hold_references(&file);
        let closed = |text: &str| text.split_whitespace().collect::<String>();
        let back = closed(&words(&file));
        for block in &document.blocks {
            // A page number stands between the lines of what goes on on another page.
            if !matches!(block, Block::Table(_)) && text.chars().count() < 40 {
                let wanted = closed(&Line::of(block).text.replace('\u{1}', "\u{FFFD}"));
                prop_assert!(back.contains(&wanted), "{wanted} in {back}");
            }
        }
    }
}
