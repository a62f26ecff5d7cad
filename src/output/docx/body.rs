//! `word/document.xml`: the blocks of the report.

use std::borrow::Cow;

use super::pen::Pen;
use super::styles::{BYLINE, CAPTION, LEAD_RUN, PITCH, RECIPIENT, SIGNATURE, TITLE};
use super::{redline, table};
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

/// Writes the whole part.
pub(super) fn part(pen: &mut Pen<'_>, document: &Document) {
    pen.push(OPEN);
    if pen.redline {
        redline::body(pen, document);
    } else {
        for (index, one) in document.blocks.iter().enumerate() {
            if matches!(one, Block::Signature(_)) {
                // A blank line that stays with what follows.
                pen.push("<w:p><w:pPr><w:keepNext/></w:pPr></w:p>");
            }
            let properties = properties(document, index, one);
            block(pen, one, &properties);
            if matches!(one, Block::Table(_)) {
                spacer(pen);
            }
        }
    }
    pen.push(SECTION);
}

/// The properties of the paragraph that a block is; of a table, those of its caption.
pub(super) fn properties(document: &Document, index: usize, block: &Block) -> Cow<'static, str> {
    let style = |name: &str| Cow::Owned(format!(r#"<w:pStyle w:val="{name}"/>"#));
    match block {
        Block::Title(_) => style(TITLE),
        Block::Byline(_) => style(BYLINE),
        Block::Recipient(_) => style(RECIPIENT),
        Block::Heading { level, .. } => style(&format!("Heading{}", (*level).clamp(1, 4))),
        Block::Point { .. } => Cow::Borrowed(""),
        Block::Paragraph(_) => {
            // The last words of the text go along with the signature (7.3.5.5).
            let following = document.blocks.get(index + 1);
            let keep = matches!(following, Some(Block::Signature(_) | Block::Date(_)));
            Cow::Borrowed(if keep { "<w:keepNext/>" } else { "" })
        }
        Block::Table(_) => style(CAPTION),
        Block::Signature(_) => Cow::Owned(signed(right_of(document).0, true)),
        Block::Date(_) => Cow::Owned(signed(right_of(document).1, false)),
        Block::Changed(_, block) => properties(document, index, block),
    }
}

/// Writes a block.
pub(super) fn block(pen: &mut Pen<'_>, block: &Block, properties: &str) {
    match block {
        Block::Title(line) => title(pen, line, properties),
        Block::Heading { number, text, .. } => paragraph(pen, properties, "", number, text, &[]),
        Block::Point { number, lead, text } if lead.is_empty() => {
            paragraph(pen, properties, "", number, text, &[]);
        }
        Block::Point { number, lead, text } => paragraph(pen, properties, LEAD_RUN, number, lead, text),
        Block::Byline(line)
        | Block::Recipient(line)
        | Block::Paragraph(line)
        | Block::Signature(line)
        | Block::Date(line) => paragraph(pen, properties, "", "", line, &[]),
        Block::Table(table) => {
            if !table.caption.is_empty() {
                paragraph(pen, properties, "", "", &table.caption, &[]);
            }
            table::write(pen, table);
        }
        Block::Changed(change, block) => {
            pen.within = Some(*change);
            self::block(pen, block, properties);
            pen.within = None;
        }
    }
}

fn paragraph(
    pen: &mut Pen<'_>,
    properties: &str,
    look: &str,
    before: &str,
    line: &[Inline],
    rest: &[Inline],
) {
    pen.paragraph(properties);
    pen.runs(look, before, line);
    pen.runs("", "", rest);
    pen.end_paragraph();
}

/// A paragraph between a table and what follows, as low as a line may be.
pub(super) fn spacer(pen: &mut Pen<'_>) {
    pen.paragraph(r#"<w:spacing w:line="240" w:lineRule="exact"/>"#);
    pen.end_paragraph();
}

/// A long title breaks into lines of like length, the longer above (7.3.1: 梯形). Where parts of it
/// changed it is left to the word processor, as a break would be part of the text.
fn title(pen: &mut Pen<'_>, line: &[Inline], properties: &str) {
    let words = plain(line);
    let cells = half_cells(&words);
    let whole = |inline: &Inline| !matches!(inline, Inline::Text(_) | Inline::Figure { .. });
    if cells <= TITLE_LINE || pen.redline || line.iter().any(whole) {
        return paragraph(pen, properties, "", "", line, &[]);
    }
    let lines = cells.div_ceil(TITLE_LINE);
    pen.paragraph(properties);
    for (index, part) in split(&words, cells.div_ceil(lines)).iter().enumerate() {
        pen.push(if index > 0 { "<w:r><w:br/></w:r>" } else { "" });
        pen.runs("", part, &[]);
    }
    pen.end_paragraph();
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

/// The block itself, new or not; one that is gone stands for nothing.
fn kept(block: &Block) -> &Block {
    match block {
        Block::Changed(change, block) if change.stays() => block,
        block => block,
    }
}

/// Free half characters to the right of the signature and of the date, without a seal (7.3.5.2):
/// the date begins two characters to the right of the signature's first one, and the longer of the
/// two stands two characters from the margin.
fn right_of(document: &Document) -> (usize, usize) {
    let width = |of: fn(&Block) -> Option<&Vec<Inline>>| {
        document.blocks.iter().rev().find_map(of).map_or(0, |line| half_cells(&plain(line)))
    };
    let name = width(|block| if let Block::Signature(line) = kept(block) { Some(line) } else { None });
    let date = width(|block| if let Block::Date(line) = kept(block) { Some(line) } else { None });
    match (name, date) {
        (_, 0) | (0, _) => (4, 4),
        (name, date) if name >= date => (4, name - date),
        (name, date) => (8 + date - name, 4),
    }
}

fn signed(right: usize, keep: bool) -> String {
    let keep = if keep { "<w:keepNext/>" } else { "" };
    let (chars, twips) = (right * 50, right * CHARACTER / 2);
    format!(
        r#"<w:pStyle w:val="{SIGNATURE}"/>{keep}<w:ind w:rightChars="{chars}" w:right="{twips}" w:firstLineChars="0" w:firstLine="0"/>"#
    )
}

const _: () = assert!(PITCH * 22 <= 12756, "22 lines fit into the type area");
