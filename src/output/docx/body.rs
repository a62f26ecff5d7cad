//! `word/document.xml`: the blocks of the report.

use super::styles::{BYLINE, CAPTION, LEAD_RUN, PITCH, RECIPIENT, SIGNATURE, TITLE};
use super::table;
use super::xml::escaped;
use crate::document::{Block, Document, Inline, plain};
use crate::zh::width::half_cells;

const OPEN: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#
);
/// A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm (5.1, 5.2.1); footers 7 mm below (7.5).
const SECTION: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1440" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr></w:body></w:document>"#;

/// Twips of one character of body text: 16 pt tightened by 0.25 pt.
const CHARACTER: usize = 315;
/// Longest line of a title, in half characters: 20 characters at 22 pt.
const TITLE_LINE: usize = 40;

/// The whole part.
pub(super) fn part(document: &Document) -> String {
    let size: usize = document.blocks.len() * 160;
    let mut xml = String::with_capacity(size + 24 * 1024);
    xml.push_str(OPEN);
    for (index, block) in document.blocks.iter().enumerate() {
        let following = document.blocks.get(index + 1);
        self::block(&mut xml, block, following, document);
    }
    xml.push_str(SECTION);
    xml
}

fn block(xml: &mut String, block: &Block, following: Option<&Block>, document: &Document) {
    match block {
        Block::Title(line) => title(xml, line),
        Block::Byline(line) => styled(xml, BYLINE, line),
        Block::Recipient(line) => styled(xml, RECIPIENT, line),
        Block::Heading { level, number, text } => {
            xml.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Heading"#);
            xml.push((b'0' + (*level).clamp(1, 4)) as char);
            xml.push_str(r#""/></w:pPr>"#);
            runs(xml, "", number, text);
            xml.push_str("</w:p>");
        }
        Block::Point { number, lead, text } => point(xml, number, lead, text),
        Block::Paragraph(line) => {
            // The last words of the text go along with the signature (7.3.5.5).
            let keep = matches!(following, Some(Block::Signature(_) | Block::Date(_)));
            xml.push_str(if keep { "<w:p><w:pPr><w:keepNext/></w:pPr>" } else { "<w:p>" });
            runs(xml, "", "", line);
            xml.push_str("</w:p>");
        }
        Block::Table(table) => table::write(xml, table),
        Block::Signature(line) => {
            empty(xml);
            signed(xml, line, right_of(document).0, true);
        }
        Block::Date(line) => signed(xml, line, right_of(document).1, false),
    }
}

/// A blank line that stays with what follows.
fn empty(xml: &mut String) {
    xml.push_str("<w:p><w:pPr><w:keepNext/></w:pPr></w:p>");
}

pub(super) fn styled(xml: &mut String, style: &str, line: &[Inline]) {
    open(xml, style);
    runs(xml, "", "", line);
    xml.push_str("</w:p>");
}

pub(super) fn open(xml: &mut String, style: &str) {
    xml.push_str(r#"<w:p><w:pPr><w:pStyle w:val=""#);
    xml.push_str(style);
    xml.push_str(r#""/></w:pPr>"#);
}

fn point(xml: &mut String, number: &str, lead: &[Inline], text: &[Inline]) {
    xml.push_str("<w:p>");
    if lead.is_empty() {
        runs(xml, "", number, text);
    } else {
        runs(xml, LEAD_RUN, number, lead);
        runs(xml, "", "", text);
    }
    xml.push_str("</w:p>");
}

/// Runs of one look, with words set before the first.
pub(super) fn runs(xml: &mut String, look: &str, before: &str, line: &[Inline]) {
    let mut open = !before.is_empty();
    if open {
        open_run(xml, look);
        escaped(xml, before);
    }
    for inline in line {
        match inline {
            Inline::Text(text) | Inline::Figure { text, .. } => {
                if !open {
                    open_run(xml, look);
                    open = true;
                }
                escaped(xml, text);
            }
            Inline::Missing(text) => {
                if open {
                    xml.push_str("</w:t></w:r>");
                    open = false;
                }
                xml.push_str("<w:r><w:rPr>");
                xml.push_str(look);
                xml.push_str(r#"<w:highlight w:val="yellow"/></w:rPr><w:t>"#);
                escaped(xml, text);
                xml.push_str("</w:t></w:r>");
            }
        }
    }
    if open {
        xml.push_str("</w:t></w:r>");
    }
}

fn open_run(xml: &mut String, look: &str) {
    xml.push_str("<w:r>");
    if !look.is_empty() {
        xml.push_str("<w:rPr>");
        xml.push_str(look);
        xml.push_str("</w:rPr>");
    }
    xml.push_str(r#"<w:t xml:space="preserve">"#);
}

/// A long title breaks into lines of like length, the longer above (7.3.1: 梯形).
fn title(xml: &mut String, line: &[Inline]) {
    let words = plain(line);
    let cells = half_cells(&words);
    if cells <= TITLE_LINE || line.iter().any(|inline| matches!(inline, Inline::Missing(_))) {
        return styled(xml, TITLE, line);
    }
    let lines = cells.div_ceil(TITLE_LINE);
    open(xml, TITLE);
    for (index, part) in split(&words, cells.div_ceil(lines)).iter().enumerate() {
        xml.push_str(if index > 0 { "<w:r><w:br/></w:r>" } else { "" });
        runs(xml, "", "", &[Inline::Text(part.clone())]);
    }
    xml.push_str("</w:p>");
}

/// Lines of about `most` half characters; digits and quoted words stay together.
fn split(words: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut bound = false;
    for c in words.chars() {
        let line = lines.last().map_or(0, |line| half_cells(line));
        if line >= most && !bound && !"，、。》”）年月日的和与".contains(c) {
            lines.push(String::new());
        }
        bound = c.is_ascii_digit() || "“《（".contains(c);
        lines.iter_mut().last().into_iter().for_each(|line| line.push(c));
    }
    lines
}

/// Free half characters to the right of the signature and of the date, without a seal (7.3.5.2):
/// the date begins two characters to the right of the signature's first one, and the longer of the
/// two stands two characters from the margin.
fn right_of(document: &Document) -> (usize, usize) {
    let width = |of: fn(&Block) -> Option<&Vec<Inline>>| {
        document.blocks.iter().rev().find_map(of).map_or(0, |line| half_cells(&plain(line)))
    };
    let name = width(|block| if let Block::Signature(line) = block { Some(line) } else { None });
    let date = width(|block| if let Block::Date(line) = block { Some(line) } else { None });
    match (name, date) {
        (_, 0) | (0, _) => (4, 4),
        (name, date) if name >= date => (4, name - date),
        (name, date) => (8 + date - name, 4),
    }
}

fn signed(xml: &mut String, line: &[Inline], right: usize, keep: bool) {
    xml.push_str(r#"<w:p><w:pPr><w:pStyle w:val=""#);
    xml.push_str(SIGNATURE);
    xml.push_str(r#""/>"#);
    xml.push_str(if keep { "<w:keepNext/>" } else { "" });
    let (chars, twips) = (right * 50, right * CHARACTER / 2);
    xml.push_str(&format!(
        r#"<w:ind w:rightChars="{chars}" w:right="{twips}" w:firstLineChars="0" w:firstLine="0"/></w:pPr>"#
    ));
    runs(xml, "", "", line);
    xml.push_str("</w:p>");
}

/// A caption, or nothing.
pub(super) fn caption(xml: &mut String, line: &[Inline]) {
    if !line.is_empty() {
        styled(xml, CAPTION, line);
    }
}

const _: () = assert!(PITCH * 22 <= 12756, "22 lines fit into the type area");
