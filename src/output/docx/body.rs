//! `word/document.xml`: the blocks of the report.

use std::borrow::Cow;

use super::pen::Pen;
use super::styles::{BYLINE, CAPTION, LEAD_RUN, RECIPIENT, SIGNATURE, TITLE};
use super::{redline, table};
use crate::document::measure::{CHARACTER, Keep, SPACER, keep, right_of, title_breaks};
use crate::document::{Block, Document, Inline, plain};

const OPEN: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#
);
/// A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm (5.1, 5.2.1); footers 7 mm below (7.5).
const SECTION: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1440" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr></w:body></w:document>"#;

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
        Block::Paragraph(_) => Cow::Borrowed(match keep(document, index) {
            Keep::Apart => "",
            Keep::Next => "<w:keepNext/>",
            Keep::Whole => "<w:keepNext/><w:keepLines/>",
        }),
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
    pen.paragraph(&format!(r#"<w:snapToGrid w:val="0"/><w:spacing w:line="{SPACER}" w:lineRule="exact"/>"#));
    pen.end_paragraph();
}

/// A long title in lines of like length. In a redline it is left to the word processor, as a break
/// would be part of the text.
fn title(pen: &mut Pen<'_>, line: &[Inline], properties: &str) {
    let breaks = if pen.redline { Vec::new() } else { title_breaks(line) };
    if breaks.is_empty() {
        return paragraph(pen, properties, "", "", line, &[]);
    }
    let words = plain(line);
    pen.paragraph(properties);
    let mut from = 0;
    for to in breaks.into_iter().chain([words.len()]) {
        pen.push(if from > 0 { "<w:r><w:br/></w:r>" } else { "" });
        pen.runs("", &words[from..to], &[]);
        from = to;
    }
    pen.end_paragraph();
}

fn signed(right: usize, keep: bool) -> String {
    let keep = if keep { "<w:keepNext/>" } else { "" };
    let (chars, twips) = (right * 50, right * CHARACTER / 2);
    format!(
        r#"<w:pStyle w:val="{SIGNATURE}"/>{keep}<w:ind w:rightChars="{chars}" w:right="{twips}" w:firstLineChars="0" w:firstLine="0"/>"#
    )
}
