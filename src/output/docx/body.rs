//! The blocks of the report as paragraphs and tables.

use std::borrow::Cow;

use super::letter;
use super::pen::Pen;
use super::styles::{
    ANNEX_TITLE, BYLINE, CAPTION, HEI_RUN, LEAD_RUN, POINT, RECIPIENT, RUN_IN, SIGNATURE, TABLE_NOTE, TITLE,
    UNIT,
};
use super::{picture, table};
use crate::document::measure::{CHARACTER, Keep, SPACER, keep, right_of, title_breaks};
use crate::document::{Block, Document, Inline, plain, tables};

/// The properties of the paragraph that a block is; of a table, those of its caption.
pub(super) fn properties(document: &Document, index: usize, block: &Block) -> Cow<'static, str> {
    let style = |name: &str| Cow::Owned(format!(r#"<w:pStyle w:val="{name}"/>"#));
    match block {
        Block::Title(_) if tables::title_of_annex(document, index) => style(ANNEX_TITLE),
        Block::Title(_) => style(TITLE),
        Block::Byline(_) => style(BYLINE),
        Block::Recipient(_) => style(RECIPIENT),
        Block::Element { .. } => Cow::Owned(letter::alone(document, index)),
        Block::Heading { level, body, .. } => {
            let kind = if body.is_empty() { "Heading" } else { RUN_IN };
            style(&format!("{kind}{}", (*level).clamp(1, 4)))
        }
        Block::Point { .. } => style(POINT),
        Block::Paragraph(_) => Cow::Borrowed(match keep(document, index) {
            Keep::Apart => "",
            Keep::Next => "<w:keepNext/>",
            Keep::Whole => "<w:keepNext/><w:keepLines/>",
        }),
        Block::Table(_) => style(CAPTION),
        Block::TableNote(_) => style(TABLE_NOTE),
        Block::Picture(plate) => Cow::Owned(picture::of_plate(plate)),
        Block::Signature(_) => Cow::Owned(signed(right_of(document).0, true)),
        Block::Date(_) => Cow::Owned(signed(right_of(document).1, false)),
        Block::Changed(_, block) => properties(document, index, block),
    }
}

/// The properties of the line that says the unit of a table.
pub(super) fn unit_properties() -> String {
    format!(r#"<w:pStyle w:val="{UNIT}"/>"#)
}

/// Writes a block.
///
/// `noted`: it is a table with a note below it, which its last row stays with.
pub(super) fn block(pen: &mut Pen<'_>, block: &Block, properties: &str, noted: bool) {
    match block {
        Block::Title(line) => title(pen, line, properties),
        Block::Element { .. } => {
            pen.paragraph(properties);
            letter::words(pen, block);
            pen.end_paragraph();
        }
        Block::Heading { level, number, text, body } => {
            let look = match level {
                _ if body.is_empty() => "",
                1 => HEI_RUN,
                2 => LEAD_RUN,
                _ => "",
            };
            paragraph(pen, properties, look, number, text, body);
        }
        Block::Point { number, lead, text } if lead.is_empty() => {
            paragraph(pen, properties, "", number, text, &[]);
        }
        Block::Point { number, lead, text } => paragraph(pen, properties, LEAD_RUN, number, lead, text),
        Block::Byline(line)
        | Block::Recipient(line)
        | Block::Paragraph(line)
        | Block::TableNote(line)
        | Block::Signature(line)
        | Block::Date(line) => paragraph(pen, properties, "", "", line, &[]),
        Block::Picture(plate) => {
            picture::plate(pen, plate, properties);
            if !plate.caption.is_empty() {
                paragraph(pen, &picture::caption(), "", "", &plate.caption, &[]);
            }
        }
        Block::Table(table) if pen.within.is_none() && table.is_drawn() => {
            picture::chart(pen, table);
            if !table.caption.is_empty() {
                paragraph(pen, &picture::caption(), "", "", &table.caption, &[]);
            }
        }
        Block::Table(table) => {
            if !table.caption.is_empty() {
                paragraph(pen, properties, "", "", &table.caption, &[]);
            }
            if !table.unit.is_empty() {
                let unit = [Inline::Text(table.unit.clone())];
                paragraph(pen, &unit_properties(), "", "", &unit, &[]);
            }
            table::write(pen, table, noted);
        }
        Block::Changed(change, block) => {
            pen.within = Some(*change);
            self::block(pen, block, properties, noted);
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

/// The properties of a paragraph between a table and what follows, as low as a line may be; it stays with a note.
pub(super) fn low_line(noted: bool) -> String {
    let keep = if noted { "<w:keepNext/>" } else { "" };
    format!(r#"{keep}<w:snapToGrid w:val="0"/><w:spacing w:line="{SPACER}" w:lineRule="exact"/>"#)
}

/// A paragraph without words.
pub(super) fn empty(pen: &mut Pen<'_>, properties: &str) {
    pen.paragraph(properties);
    pen.end_paragraph();
}

/// Properties with white above, which stands in front of indents and alignment (17.3.1.26).
pub(super) fn lowered(properties: &str, white: usize) -> String {
    if white == 0 {
        return properties.to_owned();
    }
    let spacing = format!(r#"<w:spacing w:before="{white}"/>"#);
    let at = ["<w:ind ", "<w:jc ", "<w:outlineLvl "].iter().filter_map(|name| properties.find(name)).min();
    let (before, behind) = properties.split_at(at.unwrap_or(properties.len()));
    format!("{before}{spacing}{behind}")
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
