//! Letters beside each other and in the trace: their elements change like words of the text, and what the program sets
//! around them is no number.

use huibao::diff::{self, Class, Manner, Side, view};
use huibao::document::picture::nowhere;
use huibao::document::{Block, Change, Document, Element, Line, build};
use huibao::marked::Marked;
use huibao::output::{self, Format, Revision};
use huibao::period::Period;
use huibao::{input, layout, trace};

use crate::papers::part;

const OLD: &str = "份号：000001\n发文机关标志：青石镇人民政府文件\n文号：青政发〔2024〕9号\n签发人：张三\n# 关于防汛工作的报告\n主送：云溪县人民政府\n\n现将防汛工作情况报告如下。\n\n汛前排查隐患31处，全部整改到位。\n\n附件：物资储备表\n盖章署名：青石镇人民政府\n成文日期：2024年10月20日\n\n附件\n# 物资储备表\n\n各村都有储备。\n抄送：县水利局\n印发机关：青石镇党政办公室\n印发日期：2024年10月21日";

fn letter(text: &str) -> Document {
    let (text, template) = (text.to_owned(), "报告".to_owned());
    let (trails, warnings, missing) = (Vec::new(), Vec::new(), Vec::new());
    let marked = Marked { text, trails, warnings, missing, template, year: Period::year(2025) };
    build(&marked, &nowhere).expect("a letter")
}

fn side(document: &Document) -> Side {
    Side { name: "稿".into(), year: None, document: document.clone(), basis: None }
}

/// The old letter with these words in place of those.
fn edited(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(OLD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// The lines that differ, each with its class.
fn changes(new: &str) -> Vec<(Class, String)> {
    let difference = diff::compare(side(&letter(OLD)), side(&letter(new)), &[]);
    let lines = difference.blocks.iter().flat_map(|block| &block.lines);
    let differ = lines.filter(|line| line.class != Class::Same);
    differ.map(|line| (line.class, view::text::words(line, false))).collect()
}

#[test]
fn a_changed_number_is_shown_in_its_line() {
    let new = edited(&[("〔2024〕9号", "〔2025〕11号")]);
    let [(_, words)] = changes(&new).try_into().expect("one line");
    assert_eq!(words, "青政发〔[-2024-]{+2025+}〕[-9-]{+11+}号");
}

#[test]
fn a_second_signer_is_a_line_of_its_own() {
    assert_eq!(changes(&edited(&[("张三", "张三、李四")])), [(Class::New, "{+李四+}".to_owned())]);
    let first = changes(&edited(&[("张三", "李四")]));
    assert!(first.iter().all(|(_, words)| words.contains("李四") || words.contains("张三")), "{first:?}");
}

#[test]
fn a_new_annex_is_new_and_the_old_one_keeps_its_words() {
    let new = edited(&[
        ("附件：物资储备表", "附件：物资储备表\n附件：队伍名单"),
        ("抄送：", "附件\n# 队伍名单\n\n各村都有队伍。\n抄送："),
    ]);
    let found = changes(&new);
    let fresh = found.iter().filter(|(class, _)| *class == Class::New).map(|(_, words)| words.as_str());
    assert_eq!(
        fresh.collect::<Vec<_>>(),
        ["{+2.队伍名单+}", "{+附件2+}", "{+队伍名单+}", "{+各村都有队伍。+}"]
    );
    let others: Vec<_> = found.iter().filter(|(class, _)| *class != Class::New).collect();
    assert!(others.iter().all(|(_, words)| words.contains("附件")), "only labels: {others:?}");
}

#[test]
fn a_number_of_copies_was_not_copied() {
    let difference = diff::compare(side(&letter(OLD)), side(&letter(OLD)), &[]);
    let figures: Vec<&str> = difference.copied.figures.iter().map(|(_, figure)| figure.as_str()).collect();
    assert!(figures.contains(&"31处") && !figures.contains(&"000001"), "{figures:?}");
}

#[test]
fn a_trace_tells_numbers_from_labels() {
    let two = edited(&[("附件：物资储备表", "附件：物资储备表\n附件：队伍名单")]);
    let found = trace::trace(&letter(&two));
    let typed = |why: &str| {
        let typed = found.typed.iter().filter(|one| one.why == Some(why));
        typed.map(|one| one.text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(typed("序号"), ["附件：1.", "2."]);
    assert_eq!(typed("份号"), ["000001"]);
    assert_eq!(found.untraced.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["31处"]);
}

/// All words of a document, element by element.
fn words(document: &Document) -> Vec<String> {
    document.blocks.iter().map(|block| Line::of(block).text).collect()
}

#[test]
fn a_redline_of_letters_holds_both_and_has_pages() {
    let new = letter(&edited(&[("〔2024〕9号", "〔2025〕11号"), ("张三", "张三、李四"), ("31处", "38处")]));
    let difference = diff::compare(side(&letter(OLD)), side(&new), &[]);
    let made = diff::redline(&difference, Manner::default());
    assert!(!layout::lay_out(&made).pages.is_empty());
    let inserted = |block: &Block| matches!(block, Block::Changed(Change::Inserted, one) if matches!(**one, Block::Element { element: Element::Signer, .. }));
    assert!(made.blocks.iter().any(inserted), "{:?}", words(&made));
    let docx = output::write_revised(&made, Format::Docx, &Revision::default()).expect("a redline");
    let read = input::word(&docx, "对照.docx").expect("read").document;
    assert_eq!(words(&read), words(&new));
}

#[test]
fn a_sealed_signature_comes_back_from_word_as_one() {
    for (text, sealed) in [(OLD.to_owned(), true), (edited(&[("盖章署名：", "署名：")]), false)] {
        let docx = output::write(&letter(&text), Format::Docx).expect("a Word file");
        let read = input::word(&docx, "报告.docx").expect("read").document;
        let is = |block: &Block| matches!(block, Block::Element { element: Element::Sealed, .. });
        assert_eq!(read.blocks.iter().any(is), sealed);
        assert_eq!(words(&read), words(&letter(&text)));
    }
}

#[test]
fn a_letter_comes_back_from_word_in_its_form_whatever_its_number_says() {
    for head in ["", "份号：000001\n", "密级：秘密★1年\n紧急程度：特急\n"] {
        let text = format!(
            "{head}信函标志：青石镇人民政府\n文号：青政字〔2025〕3号\n# 关于商请支持的函\n主送：县水利局\n\n请予支持，盼复。\n\n署名：青石镇人民政府\n成文日期：2025年1月5日"
        );
        let own = letter(&text);
        let docx = output::write(&own, Format::Docx).expect("a Word file");
        let read = input::word(&docx, "函.docx").expect("read").document;
        assert_eq!(read.form(), own.form(), "{head}");
        let sorted = |document: &Document| {
            let mut words = words(document);
            words.sort();
            words
        };
        assert_eq!(sorted(&read), sorted(&own), "{head}");
    }
}

#[test]
fn those_to_whom_it_is_sent_may_stand_above_the_copies() {
    let moved = edited(&[("主送：云溪县人民政府\n", ""), ("抄送：", "版记主送：各村，各单位\n抄送：")]);
    let own = letter(&moved);
    let lines = words(&own);
    assert_eq!(lines[lines.len() - 4..lines.len() - 2], ["主送：各村，各单位。", "抄送：县水利局。"]);
    let docx = output::write(&own, Format::Docx).expect("a Word file");
    let read = input::word(&docx, "报告.docx").expect("read").document;
    assert_eq!(words(&read), lines);
    // The first rule, the one above 印发 and the last one.
    let pages = layout::lay_out(&own).pages;
    let black = pages.iter().flat_map(|page| &page.strokes).filter(|stroke| !stroke.red);
    assert_eq!(black.count(), 3);
}

#[test]
fn lists_of_who_was_there_are_one_run_in_word_and_begin_no_page() {
    let text = "纪要标志：青石镇人民政府会议纪要\n发文字号：第3期\n# 防汛工作会议纪要\n\n会议听取了汇报。\n\n出席：张三、李四\n请假：王小五\n列席：赵六\n抄送：县水利局\n印发机关：青石镇党政办公室\n印发日期：2025年1月6日";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("纪要.docx");
    let docx = output::write(&letter(text), Format::Docx).expect("a Word file");
    std::fs::write(&path, docx).expect("written");
    let xml = part(&path, "word/document.xml");
    let count = |what: &str| xml.matches(what).count();
    assert_eq!((count("<w:tag w:val=\"与会人员\"/>"), count("<w:tag w:val=\"版记\"/>")), (1, 1));
    assert_eq!(count("<w:sdtContent></w:sdtContent>"), 0);
    // The section of the text and that of 版记 on its even page.
    assert_eq!(count("<w:sectPr>"), 2);
}

#[test]
fn a_long_mark_stands_on_one_line_as_long_as_it_can_be_read() {
    let of = |organ: &str| letter(&format!("发文机关标志：{organ}\n# 题\n\n正文。"));
    let lines = |organ: &str| {
        let pages = layout::lay_out(&of(organ)).pages;
        let marks = |row: &&layout::Row| matches!(row.kind, layout::Kind::Element(stand) if stand.red);
        pages.iter().flat_map(|page| &page.lines).filter(marks).count()
    };
    assert_eq!(lines("中国人民政治协商会议云溪县委员会青石镇工作委员会"), 1);
    assert_eq!(lines("中国人民政治协商会议云溪县委员会青石镇工作委员会文件"), 2);
    for (organ, size) in
        [("青石镇人民政府文件", 42), ("中国人民政治协商会议云溪县委员会青石镇工作委员会", 18)]
    {
        let page = output::write(&of(organ), Format::Html).expect("a page");
        let mark = format!("<p class=\"mark\" style=\"font-size: {size}pt\">{organ}</p>");
        assert!(String::from_utf8_lossy(&page).contains(&mark), "{mark}");
    }
}
