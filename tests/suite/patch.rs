//! A Word file that is written back: what was asked for is done, and nothing else of the file changes. Files are made
//! of random runs with anything between them, and read back.

use std::io::{Cursor, Read as _, Write as _};
use std::ops::Range;

use huibao::check::Prose;
use huibao::input;
use huibao::input::patch::{Act, Applied, Edit, Signature, apply};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const BY: Signature<'static> = Signature { author: "汇报", date: "2000-01-01T00:00:00Z" };

fn file(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        file.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        file.write_all(content).expect("content");
    }
    file.finish().expect("a file").into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let xml = format!(
        "<w:document xmlns:w=\"{W}\" xmlns:a=\"{A}\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    file(&[("word/document.xml", xml.into_bytes())])
}

fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut bytes = Vec::new();
    archive.by_name(name).expect("the part").read_to_end(&mut bytes).expect("content");
    let (xml, _, wrong) = encoding_rs::UTF_8.decode(&bytes);
    assert!(!wrong, "{name} is in the encoding that its first bytes say");
    let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    assert_eq!(xml.contains("encoding=\"UTF-16\""), wide, "{name} says what it is in");
    xml.into_owned()
}

fn prose(file: &[u8]) -> Prose {
    Prose::of_document("稿", &input::word(file, "稿.docx").expect("a report").document)
}

fn lines(file: &[u8]) -> Vec<String> {
    let prose = prose(file);
    let lines = prose.each().map(|(_, words)| words.to_owned());
    lines.filter(|line| !line.trim().is_empty()).collect()
}

fn patched(file: &[u8], edits: &[Edit]) -> Applied {
    apply(file, "稿.docx", edits, BY).expect("a file")
}

/// The XML without the words that are read: what no replacement may change.
fn skeleton(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find("<w:t>").or_else(|| rest.find("<w:t ")) {
        let at = rest.find("<w:t ").map_or(at, |other| at.min(other));
        out.push_str(&rest[..at]);
        out.push_str("<w:t/>");
        let end = at + rest[at..].find("</w:t>").expect("an end") + 6;
        // What is hidden is not read, and stays.
        out.extend(rest[at..end].chars().filter(|c| *c == '藏'));
        rest = &rest[end..];
    }
    out + rest
}

/// What stands in a paragraph, by how it is written.
const UNREAD: &str = "<w:r><w:drawing><a:graphic/></w:drawing></w:r>";
const BETWEEN: [&str; 12] = [
    UNREAD,
    UNREAD,
    "<w:r><w:object/></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>XE</w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    "<w:r><w:tab/></w:r>",
    "<w:r><w:br/></w:r>",
    "<w:bookmarkStart w:id=\"7\" w:name=\"a\"/>",
    "<w:del w:id=\"9\"><w:r><w:delText>旧</w:delText></w:r></w:del>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>",
    "<w:proofErr w:type=\"spellStart\"/>",
    "<w:fldSimple w:instr=\"REF a\"><w:r><w:t>文字</w:t></w:r></w:fldSimple>",
    "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>",
];

fn run(number: usize, words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('乙', "&#20057;");
    format!(
        "<w:r><w:rPr><w:color w:val=\"{number:06}\"/></w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>"
    )
}

/// Runs of words, and what stands between them.
fn body() -> impl Strategy<Value = String> {
    let item = prop_oneof![
        4 => "[甲乙丙12，。（) &<]{1,6}".prop_map(|words| (words, None)),
        1 => (0..BETWEEN.len()).prop_map(|index| (String::new(), Some(BETWEEN[index]))),
    ];
    let paragraph = prop::collection::vec(item, 1..12).prop_map(|items| {
        let item = |(number, (words, between)): (usize, &(String, Option<&str>))| {
            between.map_or_else(|| run(number, words), str::to_owned)
        };
        format!("<w:p>{}</w:p>", items.iter().enumerate().map(item).collect::<String>())
    });
    prop::collection::vec(paragraph, 1..4).prop_map(|paragraphs| {
        format!("{}{}", "<w:p><w:r><w:t>云溪镇工作总结</w:t></w:r></w:p>", paragraphs.concat())
    })
}

/// Replacements at random stretches of the lines, none overlapping another.
fn edits(prose: &Prose, dice: &[(usize, usize, String)]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut dice = dice.iter().cycle();
    for (line, words) in prose.each() {
        let places: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
        let mut from = 0;
        while let Some((skip, take, new)) = dice.next().filter(|_| edits.len() < 40) {
            let (start, end) = (from + skip, from + skip + take);
            if end >= places.len() {
                break;
            }
            edits.push(Edit {
                line: line.number,
                span: places[start]..places[end],
                act: Act::Replace(new.clone()),
            });
            from = end + 1;
        }
    }
    edits
}

/// The lines with the replacements that were made.
fn replaced(prose: &Prose, edits: &[Edit], missed: &[usize]) -> Vec<String> {
    let made: Vec<&Edit> =
        edits.iter().enumerate().filter(|(index, _)| !missed.contains(index)).map(|(_, edit)| edit).collect();
    let mut lines = Vec::new();
    for (line, words) in prose.each() {
        let mut words = words.to_owned();
        for edit in made.iter().rev().filter(|edit| edit.line == line.number) {
            let Act::Replace(new) = &edit.act else { continue };
            words.replace_range(edit.span.clone(), new);
        }
        lines.push(words);
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// The characters that stand right before and behind pictures.
fn beside(xml: &str) -> Vec<(Option<char>, Option<char>)> {
    let document = roxmltree::Document::parse(xml).expect("XML");
    let mut shown = String::new();
    for node in document.descendants() {
        match node.tag_name().name() {
            "t" => shown.push_str(node.text().unwrap_or_default()),
            "tab" | "br" | "sym" | "p" => shown.push('|'),
            "drawing" => shown.push('图'),
            _ => {}
        }
    }
    let at = shown.match_indices('图').map(|(at, picture)| (at, at + picture.len()));
    at.map(|(start, end)| (shown[..start].chars().next_back(), shown[end..].chars().next())).collect()
}

fn dice() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    prop::collection::vec((0..4usize, 0..5usize, "[子丑&<）,]{0,3}"), 1..12)
}

proptest! {
    /// Whatever stands between words: what is done is what was asked for, and what is not done leaves no trace.
    #[test]
    fn replacements_do_what_they_say_and_nothing_else(body in body(), dice in dice()) {
        let file = word(&body);
        let prose = prose(&file);
        let edits = edits(&prose, &dice);
        let made = patched(&file, &edits);
        prop_assert_eq!(lines(&made.bytes), replaced(&prose, &edits, &made.missed));
        let (before, after) = (part(&file, "word/document.xml"), part(&made.bytes, "word/document.xml"));
        prop_assert_eq!(skeleton(&after), skeleton(&before));
        prop_assert_eq!(beside(&after), beside(&before));
    }

    /// However a sentence is cut into runs, its repairs are those of the sentence in one run.
    #[test]
    fn the_borders_of_runs_say_nothing(words in "[甲乙丙12，。（) &<]{1,24}", cuts in prop::collection::vec(1..6usize, 1..12), dice in dice()) {
        let words = format!("甲{words}丙");
        let mut chars = words.chars();
        let mut runs: Vec<String> = cuts.iter().map(|cut| chars.by_ref().take(*cut).collect()).collect();
        runs.push(chars.collect());
        let title = "<w:p><w:r><w:t>云溪镇工作总结</w:t></w:r></w:p>";
        let body: String = runs.iter().enumerate().map(|(number, words)| run(number, words)).collect();
        let file = word(&format!("{title}<w:p>{body}</w:p>"));
        let prose = prose(&file);
        let edits = edits(&prose, &dice);
        let made = patched(&file, &edits);
        prop_assert_eq!(&made.missed, &Vec::<usize>::new());
        prop_assert_eq!(lines(&made.bytes), replaced(&prose, &edits, &[]));
    }

    /// Comments change no words, and each stands around the words that it is about.
    #[test]
    fn comments_stand_around_their_words(body in body(), dice in dice()) {
        let file = word(&body);
        let prose = prose(&file);
        let remark = |edit: Edit| Edit { act: Act::Comment(format!("{:?}", edit.span)), ..edit };
        let edits: Vec<Edit> =
            edits(&prose, &dice).into_iter().filter(|edit| !edit.span.is_empty()).map(remark).collect();
        let made = patched(&file, &edits);
        prop_assert_eq!(lines(&made.bytes), lines(&file));
        let commented = commented(&part(&made.bytes, "word/document.xml"));
        prop_assert_eq!(commented.len(), edits.len() - made.missed.len());
        let asked = edits.iter().enumerate().filter(|(index, _)| !made.missed.contains(index));
        for ((_, edit), words) in asked.zip(commented) {
            let line = prose.lines.iter().find(|line| line.number == edit.line).expect("a line");
            let asked = &prose.text(line)[edit.span.clone()];
            let asked: String = asked.chars().filter(|c| !"\t✓\u{3000}".contains(*c)).collect();
            prop_assert_eq!(words.replace('藏', ""), asked);
        }
    }
}

/// The words of every comment in a document, by the order of the numbers of the comments.
fn commented(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).expect("XML");
    let mut open: Vec<(u64, String)> = Vec::new();
    let mut done = Vec::new();
    for node in document.descendants() {
        let id = || node.attribute((W, "id")).and_then(|id| id.parse().ok()).expect("a number");
        match node.tag_name().name() {
            "commentRangeStart" => open.push((id(), String::new())),
            "commentRangeEnd" => {
                let at = open.iter().position(|(open, _)| *open == id()).expect("a start");
                done.push(open.remove(at));
            }
            "t" => open.iter_mut().for_each(|(_, words)| words.push_str(node.text().unwrap_or_default())),
            _ => {}
        }
    }
    assert_eq!(open, [], "every comment ends");
    done.sort();
    done.into_iter().map(|(_, words)| words).collect()
}

fn replacing(span: Range<usize>, new: &str) -> Edit {
    Edit { line: 1, span, act: Act::Replace(new.to_owned()) }
}

/// A file whose parts call their vocabulary by this name, in this encoding.
fn called(prefix: &str, encode: &dyn Fn(&str) -> Vec<u8>, encoding: &str, comments: bool) -> Vec<u8> {
    let p = if prefix.is_empty() { String::new() } else { format!("{prefix}:") };
    let declared =
        if prefix.is_empty() { format!("xmlns=\"{W}\"") } else { format!("xmlns:{prefix}=\"{W}\"") };
    let head = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>");
    let text = |words: &str| format!("<{p}p><{p}r><{p}t>{words}</{p}t></{p}r></{p}p>");
    let drawn = format!(
        "<{p}p><{p}r><{p}drawing><a:p xmlns:a=\"{A}\"><a:r><a:t>图里35户</a:t></a:r></a:p></{p}drawing></{p}r></{p}p>"
    );
    let body = format!("{}{}{drawn}", text("云溪镇工作总结"), text("全镇 12 户,"));
    let document = format!("{head}<{p}document {declared}><{p}body>{body}</{p}body></{p}document>");
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let root = format!(
        "{head}<o:Relationships xmlns:o=\"{package}\"><o:Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"word/document.xml\"/></o:Relationships>"
    );
    let listed = format!("<o:Relationship Id=\"c\" Type=\"{office}/comments\" Target=\"comments.xml\"/>");
    let relations = match comments {
        true => format!("{head}<o:Relationships xmlns:o=\"{package}\">{listed}</o:Relationships>"),
        false => format!("{head}<Relationships xmlns=\"{package}\" />"),
    };
    let types =
        format!("{head}<c:Types xmlns:c=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
    let mut parts = vec![
        ("[Content_Types].xml", encode(&types)),
        ("_rels/.rels", encode(&root)),
        ("word/_rels/document.xml.rels", encode(&relations)),
        ("word/document.xml", encode(&document)),
    ];
    if comments {
        parts.push(("word/comments.xml", encode(&format!("{head}<{p}comments {declared}/>"))));
    }
    file(&parts)
}

/// Names of the encoding and what it makes of words.
type Encoding = (&'static str, fn(&str) -> Vec<u8>);

const ENCODINGS: [Encoding; 4] = [
    ("UTF-8", |xml| xml.as_bytes().to_vec()),
    ("utf-8", |xml| format!("\u{FEFF}{xml}").into_bytes()),
    ("UTF-16", |xml| format!("\u{FEFF}{xml}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("UTF-16", |xml| format!("\u{FEFF}{xml}").encode_utf16().flat_map(u16::to_be_bytes).collect()),
];

#[test]
fn whatever_a_part_is_written_in_it_is_whole_again() {
    for (prefix, comments) in
        [("w", false), ("w", true), ("", false), ("", true), ("ns0", true), ("ns0", false)]
    {
        for (encoding, encode) in ENCODINGS {
            let case = format!("{prefix} {encoding} {comments}");
            let file = called(prefix, &encode, encoding, comments);
            let mended = patched(&file, &[replacing(13..14, "，"), replacing(6..7, "")]);
            assert_eq!(lines(&mended.bytes)[1], "全镇12 户，", "{case}");
            let remark = |line, span| Edit { line, span, act: Act::Comment("对吗？".to_owned()) };
            let noted = patched(&mended.bytes, &[remark(1, 6..8), remark(2, 6..8)]);
            assert_eq!((&noted.missed[..], lines(&noted.bytes)), (&[][..], lines(&mended.bytes)), "{case}");
            let commented = commented(&part(&noted.bytes, "word/document.xml"));
            // No comment goes into the text of a drawing.
            assert_eq!(commented, ["12", "图里35户"], "{case}");
            let list = part(&noted.bytes, "word/comments.xml");
            let list = roxmltree::Document::parse(&list).unwrap_or_else(|error| panic!("{case}: {error}"));
            let all = list.root_element().children().filter(|node| node.has_tag_name((W, "comment")));
            assert!(all.clone().all(|node| node.attribute((W, "author")) == Some("汇报")), "{case}");
            assert_eq!(all.count(), 2, "{case}");
            for (name, element) in
                [("word/_rels/document.xml.rels", "Relationship"), ("[Content_Types].xml", "Override")]
            {
                let xml = part(&noted.bytes, name);
                let parsed =
                    roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{case}: {error}"));
                let root = parsed.root_element();
                let uri = root.tag_name().namespace().expect("a vocabulary");
                let listed = root.children().filter(|node| node.has_tag_name((uri, element))).count();
                assert_eq!(listed, 1, "{case}: {xml}");
            }
        }
    }
}

#[test]
fn what_stands_beside_something_unread_is_not_mended() {
    for (between, missed) in [
        (UNREAD, true),
        ("<w:r><w:object/></w:r>", true),
        (
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>MACROBUTTON</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r>",
            true,
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", true),
        ("<w:bookmarkEnd w:id=\"3\"/>", false),
        ("<w:del w:id=\"9\"><w:r><w:delText>旧</w:delText></w:r></w:del>", false),
    ] {
        let body = format!(
            "<w:p>{}</w:p><w:p>{}{between}{}</w:p>",
            run(0, "总结"),
            run(1, "如图："),
            run(2, "，共12户")
        );
        let file = word(&body);
        let at = "如图：".len();
        let made = patched(&file, &[replacing(at..at + 3, ""), replacing(at + 3..at + 6, "计")]);
        assert_eq!(made.missed, if missed { vec![0] } else { vec![] }, "{between}");
        assert_eq!(lines(&made.bytes)[1], if missed { "如图：，计12户" } else { "如图：计12户" });
    }
}
