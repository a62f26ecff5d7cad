//! The blocks of the report as paragraphs and tables.

use std::borrow::Cow;

use super::pen::Pen;
use super::styles::{BYLINE, CAPTION, LEAD_RUN, RECIPIENT, SIGNATURE, TITLE};
use super::table;
use crate::document::measure::{CHARACTER, Keep, SPACER, keep, right_of, title_breaks};
use crate::document::{Block, Document, Inline, plain};

/// The properties of the paragraph that a block is; of a table, those of its caption.
pub(super) fn properties(document: &Document, index: usize, block: &Block) -> Cow<'static, str> {
    let style = |name: &str| Cow::Owned(format!(r#"<w:pStyle w:val="{name}"/>"#));
    match block {
        Block::Title(_) => style(TITLE),
        Block::Byline(_) => style(BYLINE),
        Block::Recipient(_) | Block::Element { .. } => style(RECIPIENT),
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
        Block::Element { label, text, .. } => paragraph(pen, properties, "", label, text, &[]),
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

/// Of the blank line above a signature: it stays with what follows.
pub(super) const BLANK: &str = "<w:keepNext/>";

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
