//! What stands in a Word file is read, whatever stands around it: the reader against a walker of a few lines that
//! knows nothing but which elements show words.

use std::io::{Cursor, Write};

use huibao::document::{Block, Document, Inline, Line, Table};
use huibao::fonts::{Names, Shelf};
use huibao::input::{self, Read};
use huibao::output::{self, Format};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
    xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:other\"";

fn document(body: &str) -> String {
    format!("<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>")
}

fn file(xml: &str) -> Vec<u8> {
    package(&[("word/document.xml", xml)])
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        file.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        file.write_all(xml.as_bytes()).expect("content");
    }
    file.finish().expect("a file").into_inner()
}

fn read(xml: &str) -> Read {
    input::word(&file(xml), "a.docx").expect("a report")
}

/// Every line that the reader gives, blanks around it left out.
fn lines(read: &Read) -> Vec<String> {
    let words: Vec<String> = read.document.blocks.iter().map(|block| Line::of(block).text).collect();
    sorted(words.iter().flat_map(|words| words.split('\n')))
}

fn sorted<'w>(lines: impl Iterator<Item = &'w str>) -> Vec<String> {
    let mut lines: Vec<String> =
        lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    lines.sort();
    lines
}

/// The words that a reader of the page sees, a paragraph or a line of it each.
#[derive(Default)]
struct Walker {
    lines: Vec<String>,
    /// Paragraphs that are open, one in another.
    open: Vec<String>,
    tables: usize,
    text: bool,
    hidden: usize,
    vanished: bool,
}

/// Elements whose words nobody sees.
fn is_hidden(name: &str) -> bool {
    matches!(name, "w:del" | "w:moveFrom" | "mc:Fallback" | "w:rt" | "w:instrText" | "w:pPr" | "w:sdtPr")
}

impl Walker {
    fn push(&mut self, words: &str) {
        if let Some(line) = self.open.last_mut().filter(|_| self.hidden == 0 && !self.vanished) {
            line.push_str(words);
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "w:tab" if self.tables > 0 => self.push(" "),
            "w:tab" => self.push("\t"),
            "w:br" => self.push("\n"),
            "w:noBreakHyphen" => self.push("-"),
            "w:sym" => self.push("☑"),
            "w:vanish" => self.vanished = true,
            _ => {}
        }
    }

    fn start(&mut self, name: &str) {
        match name {
            name if is_hidden(name) => self.hidden += 1,
            "w:p" => self.open.push(String::new()),
            "w:tbl" => self.tables += 1,
            "w:t" | "m:t" => self.text = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if is_hidden(name) => self.hidden -= 1,
            "w:p" => {
                let line = self.open.pop().expect("an open paragraph");
                self.lines.extend(line.split('\n').filter(|_| self.hidden == 0).map(str::to_owned));
            }
            "w:tbl" => self.tables -= 1,
            "w:t" | "m:t" => self.text = false,
            "w:r" => self.vanished = false,
            _ => {}
        }
    }

    fn walk(xml: &str) -> Vec<String> {
        let mut walker = Walker::default();
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().expect("XML") {
                Event::Start(tag) => walker.start(tag.name().as_ref()),
                Event::Empty(tag) => walker.empty(&tag),
                Event::End(tag) => walker.end(tag.name().as_ref()),
                Event::Text(words) if walker.text => walker.push(words.as_ref()),
                Event::GeneralRef(_) if walker.text => walker.push("&"),
                Event::Eof => return sorted(walker.lines.iter().map(String::as_str)),
                _ => {}
            }
        }
    }
}

/// An element of a paragraph around some words, by its kind.
fn inline(kind: usize, words: &str) -> String {
    let run = format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let boxed = format!("<w:txbxContent><w:p>{run}</w:p></w:txbxContent>");
    match kind {
        0 => format!("<w:ins w:id=\"1\">{run}</w:ins>"),
        1 => format!("<w:del w:id=\"2\"><w:r><w:delText>{words}</w:delText></w:r></w:del>"),
        2 => format!("<w:hyperlink>{run}</w:hyperlink>"),
        3 => format!("<w:smartTag w:element=\"x\"><w:smartTagPr/>{run}</w:smartTag>"),
        4 => format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
        ),
        5 => format!("<w:fldSimple w:instr=\" PAGE \">{run}</w:fldSimple>"),
        6 => {
            let told = "<w:r><w:instrText> REF x </w:instrText></w:r>";
            format!("{}{told}{}{run}{}", mark("begin"), mark("separate"), mark("end"))
        }
        7 => format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{words}</w:t></w:r>"),
        8 => format!("<w:r><w:tab/><w:t>{words}</w:t></w:r>"),
        9 => format!("<w:r><w:t>{words}</w:t><w:br/><w:t>{words}</w:t></w:r>"),
        10 => format!("<w:r><w:t>{words}</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>{words}</w:t></w:r>"),
        11 => format!("<w:r><w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/></w:r>{run}"),
        12 => format!("<m:oMathPara><m:oMath><m:r><m:t>{words}</m:t></m:r></m:oMath></m:oMathPara>"),
        13 => format!(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yǎn</w:t></w:r></w:rt><w:rubyBase>{run}</w:rubyBase></w:ruby></w:r>"
        ),
        14 => format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{boxed}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{boxed}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        15 => format!(
            "<w:r><w:pict><v:group><v:shape><v:textbox>{boxed}</v:textbox></v:shape></v:group></w:pict></w:r>"
        ),
        16 => format!("<x:any><x:deeper>{run}</x:deeper></x:any>"),
        17 => format!("<w:moveFrom w:id=\"3\">{run}</w:moveFrom><w:moveTo w:id=\"4\">{run}</w:moveTo>"),
        18 => format!("<w:bdo w:val=\"ltr\"><w:customXml w:element=\"x\">{run}</w:customXml></w:bdo>"),
        19 => format!("<w:r><w:t>{words}&amp;{words}</w:t></w:r>"),
        _ => run,
    }
}

const INLINES: usize = 22;

/// A paragraph whose words are its own: each of a document has other ones.
fn paragraph(kinds: &[usize], next: &mut usize) -> String {
    let inlines = kinds.iter().map(|kind| {
        *next += 1;
        inline(*kind, &format!("字{next}号"))
    });
    format!("<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr>{}</w:p>", inlines.collect::<String>())
}

/// A part of a body around paragraphs, by its kind.
fn part(kind: usize, paragraphs: &[Vec<usize>], next: &mut usize) -> String {
    let all: String = paragraphs.iter().map(|kinds| paragraph(kinds, next)).collect();
    match kind {
        0 => {
            let other = paragraph(&[INLINES], next);
            let cell = format!("<w:tc><w:tcPr/>{all}</w:tc>");
            let second = format!("<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{other}</w:tc>");
            format!(
                "<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}{second}</w:tr><w:sdt><w:sdtContent><w:tr>{second}{second}</w:tr></w:sdtContent></w:sdt></w:tbl>"
            )
        }
        1 => format!("<w:sdt><w:sdtPr/><w:sdtContent>{all}</w:sdtContent></w:sdt>"),
        2 => format!("<w:customXml w:element=\"x\">{all}</w:customXml>"),
        3 => {
            let inner = format!("<w:tbl><w:tr><w:tc>{all}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>");
            let other = paragraph(&[INLINES], next);
            format!("<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc><w:tc>{other}</w:tc></w:tr></w:tbl>")
        }
        4 => format!("<x:part>{all}</x:part>"),
        _ => all,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_words_are_lost_and_none_are_said_twice(
        parts in prop::collection::vec(
            (0..8usize, prop::collection::vec(prop::collection::vec(0..INLINES, 0..6), 1..4)), 1..8)
    ) {
        let mut next = 0;
        let title = "<w:p><w:r><w:t>云溪镇工作总结</w:t></w:r></w:p>";
        let body: String = parts.iter().map(|(kind, paragraphs)| part(*kind, paragraphs, &mut next)).collect();
        let xml = document(&format!("{title}{body}"));
        let read = read(&xml);
        prop_assert_eq!(lines(&read), Walker::walk(&xml));
        let hidden = parts.iter().flat_map(|(_, paragraphs)| paragraphs.iter().flatten()).any(|kind| *kind == 7);
        let said = read.warnings.iter().any(|warning| warning.message.contains("隐藏文字"));
        prop_assert_eq!(said, hidden);
    }
}

/// An element among digits, and what the page shows of it: its digits, and a bar where it parts those around it.
fn among_digits(kind: usize, digits: &str) -> (String, String) {
    let run = |inner: &str| format!("<w:r>{inner}</w:r>");
    let text = run(&format!("<w:t>{digits}</w:t>"));
    let look = |look: &str, words: &str| run(&format!("<w:rPr>{look}</w:rPr><w:t>{words}</w:t>"));
    let mark = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let field = |told: &str, shown: &str| {
        let told = run(&format!("<w:instrText>{told}</w:instrText>"));
        let shown = if shown.is_empty() { String::new() } else { mark("separate") + shown };
        format!("{}{told}{shown}{}", mark("begin"), mark("end"))
    };
    let math = |inner: &str| format!("<m:oMath>{inner}</m:oMath>");
    let number = |digits: &str| format!("<m:r><m:t>{digits}</m:t></m:r>");
    let apart = "|".to_owned();
    match kind {
        0 => (run("<w:br w:type=\"page\"/>"), apart),
        1 => (run("<w:br w:type=\"column\"/>"), apart),
        2 => (run("<w:tab/>"), apart),
        3 => (run("<w:drawing><x:inline><a:graphic><a:blip/></a:graphic></x:inline></w:drawing>"), apart),
        4 => (math(&number(digits)), format!("|{digits}|")),
        5 => {
            let (above, below) = (number(digits), number("7"));
            (
                math(&format!("<m:f><m:num>{above}</m:num><m:den>{below}</m:den></m:f>")),
                format!("|{digits}|7|"),
            )
        }
        6 => (
            format!("<m:oMathPara>{}{}</m:oMathPara>", math(&number(digits)), math(&number("8"))),
            format!("|{digits}|8|"),
        ),
        7 => (look("<w:vertAlign w:val=\"superscript\"/>", digits), apart),
        8 => (look("<w:vertAlign w:val=\"subscript\"/>", digits), apart),
        9 => (look("<w:rStyle w:val=\"Up\"/>", digits), apart),
        10 => (look("<w:position w:val=\"10\"/>", digits) + &run("<w:t>0</w:t>"), "|0".to_owned()),
        11 => (look("<w:vertAlign w:val=\"superscript\"/>", &format!("[{digits}]")), format!("|{digits}|")),
        12 => (look("<w:rStyle w:val=\"Hidden\"/>", digits), String::new()),
        13 => (mark("begin"), String::new()),
        14 => (field(" TOC ", &text), apart),
        15 => (field(" REF x ", &text), digits.to_owned()),
        16 => (field(&format!(" MACROBUTTON None {digits} "), ""), digits.to_owned()),
        17 => (field(&format!(" EQ \\f({digits},7) "), &mark("separate")), format!("|{digits}|7|")),
        18 => (run("<w:footnoteReference w:id=\"1\"/>"), apart),
        19 => {
            let unknown = run("<w:t>99</w:t>");
            let ways =
                format!("<mc:Choice Requires=\"x\">{unknown}</mc:Choice><mc:Fallback>{text}</mc:Fallback>");
            (format!("<mc:AlternateContent>{ways}</mc:AlternateContent>"), digits.to_owned())
        }
        20 => (format!("<w:del w:id=\"1\">{text}</w:del>"), String::new()),
        _ => (text, digits.to_owned()),
    }
}

const AMONG_DIGITS: usize = 24;

/// Lists whose numbers end in a digit, in a dot, and in a sign.
const LISTS: [&str; 3] = ["%1", "%1.", "-"];

fn numbering() -> String {
    let level = |text: &str| {
        let format = if text == "-" { "bullet" } else { "decimal" };
        format!(
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let list = |(id, text): (usize, &&str)| {
        format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", level(text))
    };
    let used = |id: usize| format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{id}\"/></w:num>", id + 1);
    let lists: String = LISTS.iter().enumerate().map(list).collect();
    let uses: String = (0..LISTS.len()).map(used).collect();
    format!("<w:numbering {SPACES}>{lists}{uses}</w:numbering>")
}

/// The numbers of a text, minus signs included.
fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '.'));
    parts.filter(|part| part.contains(|c: char| c.is_ascii_digit())).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn numbers_that_are_apart_on_the_page_are_apart_in_the_text(
        paragraphs in prop::collection::vec(
            (0..=LISTS.len(), prop::collection::vec((0..AMONG_DIGITS, "[1-9][0-9]{0,2}"), 0..7)), 1..5)
    ) {
        let styles = format!(
            "<w:styles {SPACES}><w:style w:type=\"character\" w:styleId=\"Base\"><w:rPr><w:vanish/></w:rPr></w:style>\
            <w:style w:type=\"character\" w:styleId=\"Hidden\"><w:basedOn w:val=\"Base\"/></w:style>\
            <w:style w:type=\"character\" w:styleId=\"Up\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style></w:styles>"
        );
        let mut body = "<w:p><w:r><w:t>云溪镇工作总结</w:t></w:r></w:p>".to_owned();
        let mut wanted = Vec::new();
        let mut counts = [0; LISTS.len()];
        for (list, elements) in &paragraphs {
            let mut page = String::new();
            let mut properties = String::new();
            if let Some(count) = list.checked_sub(1) {
                counts[count] += 1;
                let number = if count == 2 { String::new() } else { counts[count].to_string() };
                page.push_str(&format!("{number}|"));
                properties = format!("<w:pPr><w:numPr><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>");
            }
            page.push('5');
            let mut inner = "<w:r><w:t>5</w:t></w:r>".to_owned();
            for (kind, digits) in elements {
                let (xml, shown) = among_digits(*kind, digits);
                inner.push_str(&xml);
                page.push_str(&shown);
            }
            body.push_str(&format!("<w:p>{properties}{inner}</w:p>"));
            wanted.extend(page.split('|').filter(|part| !part.is_empty()).map(str::to_owned));
        }
        let (xml, numbering) = (document(&body), numbering());
        let parts = [("word/document.xml", xml.as_str()), ("word/styles.xml", &styles), ("word/numbering.xml", &numbering)];
        let read = input::word(&package(&parts), "a.docx").expect("a report");
        let text: Vec<String> = read.document.blocks.iter().map(|block| Line::of(block).text).collect();
        let found: Vec<String> = text.iter().flat_map(|line| numbers(line)).collect();
        let found: Vec<String> = found.iter().map(|one| one.trim_end_matches('.').to_owned()).collect();
        prop_assert_eq!(found, wanted, "{:?}", text);
    }
}

#[test]
fn what_holds_no_words_is_counted_and_named_with_its_place() {
    let drawing = |inner: &str| format!("<w:r><w:drawing><a:graphic>{inner}</a:graphic></w:drawing></w:r>");
    let run = "<w:r><w:t>全镇开会14次。</w:t></w:r>";
    for (inner, wanted) in [
        (drawing("<a:blip/>"), "有1张图片没有读，请看第2段"),
        (drawing("<c:chart/>"), "有1个图表没有读，请看第2段"),
        (drawing("<dgm:relIds/>"), "有1个 SmartArt 图示没有读，请看第2段"),
        (drawing("<a:line/>"), "有1个图形没有读，请看第2段"),
        (
            "<w:r><w:object><o:OLEObject ProgID=\"Equation.3\"/></w:object></w:r>".into(),
            "有1处公式对象没有读",
        ),
        (
            "<w:r><w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r>".into(),
            "有1个嵌入的对象没有读",
        ),
        ("<w:r><w:pict><v:textpath string=\"机密\"/></w:pict></w:r>".into(), "有1处艺术字（“机密”）没有读"),
        ("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FF\"/></w:r>".into(), "有1个认不出的符号没有读"),
        ("<w:r><w:t>梁\u{E123}</w:t></w:r>".into(), "梁〓”）没有读"),
        ("<x:said>说明文字</x:said>".into(), "有1处认不出的内容（“说明文字”）没有读"),
        ("<w:r><w:commentReference w:id=\"1\"/></w:r>".into(), "的1条批注没有读进正文，请看第2段"),
    ] {
        let xml = document(&format!(
            "<w:p><w:r><w:t>总结</w:t></w:r></w:p><w:p>{run}{inner}</w:p><w:p>{run}</w:p>"
        ));
        let said: Vec<String> = read(&xml).warnings.into_iter().map(|warning| warning.message).collect();
        assert!(said.iter().any(|said| said.contains(wanted)), "{wanted}: {said:?}");
    }
}

#[test]
fn what_no_report_has_is_refused() {
    let run = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    for (body, wanted) in [
        (run(&"镇".repeat(100_001)), "有一段超过10万字"),
        (run(&"全镇开会14次。".repeat(1000)).repeat(320), "超过6 MB"),
        ("<w:p><w:r/></w:p>".repeat(300_001), "内容多得不像一份报告"),
    ] {
        let problem = input::held(&file(&document(&body)), "a.docx").expect_err(wanted);
        assert!(problem.message.contains(wanted), "{wanted}: {}", problem.message);
    }
}

#[test]
fn no_nesting_is_too_deep() {
    for (open, close) in [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<x:any>", "</x:any>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ] {
        let inner = "<w:p><w:r><w:t>深处的字</w:t></w:r></w:p>";
        let deep = format!("{}{inner}{}", open.repeat(5000), close.repeat(5000));
        let title = if open.contains("any") { "" } else { "<w:p><w:r><w:t>总结</w:t></w:r></w:p>" };
        let xml = document(&format!("{title}{deep}"));
        match input::word(&file(&xml), "a.docx") {
            Ok(read) => {
                let said = read.warnings.iter().any(|warning| warning.message.contains("深处的字"));
                assert!(said || lines(&read).contains(&"深处的字".to_owned()), "{open}");
            }
            Err(problem) => {
                assert!(problem.message.contains("嵌套过深的内容（“深处的字”）"), "{}", problem.message)
            }
        }
    }
}

#[test]
fn a_table_on_its_side_comes_back_so() {
    let line = |words: &str| vec![Inline::Text(words.to_owned())];
    let text = |words: &str| Block::Paragraph(line(words));
    let table = |landscape: bool| {
        let row = |cells: [&str; 2]| cells.map(line).to_vec().into();
        let (head, rows) = (vec![row(["名称", "数量"])], vec![row(["甲", "1"])]);
        Block::Table(Table { caption: line("情况表"), head, rows, landscape, ..Table::default() })
    };
    let wide = |document: &Document| -> Vec<bool> {
        let table =
            |block: &Block| if let Block::Table(table) = block { Some(table.landscape) } else { None };
        document.blocks.iter().filter_map(table).collect()
    };
    for sides in [vec![false, true, true, false], vec![true], vec![true, false], vec![false, true]] {
        let mut blocks = vec![text("前面有一句话。")];
        for side in &sides {
            blocks.extend([table(*side), text("后面还有一句话。")]);
        }
        for end in [0, 1] {
            blocks.truncate(blocks.len() - end);
            let document = Document { blocks: blocks.clone(), ..Document::default() };
            let file = output::write(&document, Format::Docx).expect("a file");
            let read = input::word(&file, "a.docx").expect("a report");
            assert_eq!(wide(&read.document), sides);
            assert_eq!(read.document.blocks.len(), blocks.len());
            assert!(read.warnings.is_empty(), "{:?}", read.warnings);
        }
    }
}

#[test]
fn the_word_across_a_draft_is_no_part_of_its_text() {
    let text = |words: &str| Block::Paragraph(vec![Inline::Text(words.into())]);
    let document = Document { blocks: vec![text("全镇召开会议14次。")], ..Document::default() };
    let (names, shelf) = (Names::default(), Shelf::of_system());
    let manner =
        output::Manner { names: &names, shelf: &shelf, watermark: Some(output::DRAFT), revision: None };
    let draft = output::write_as(&document, Format::Docx, &manner).expect("a file").bytes;
    assert_ne!(draft, output::write(&document, Format::Docx).expect("a file"));
    let read = input::word(&draft, "a.docx").expect("a report");
    assert_eq!(read.document.blocks, document.blocks);
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}
