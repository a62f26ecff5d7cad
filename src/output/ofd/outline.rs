//! The outline (7.8): headings, those of a lower level under those of a higher one.

use super::page::Written;
use super::pen::length;
use crate::document::{Block, Document, Element, Line};
use crate::markup::escape;

/// A heading, or the head of an annex, with its level from 1 and its words.
fn heading(block: &Block) -> Option<(u8, String)> {
    match block {
        Block::Heading { level, .. } => Some((*level, Line::of(block).text)),
        Block::Element { element: Element::Annex, .. } => Some((1, Line::of(block).text)),
        Block::Changed(change, block) if change.stays() => heading(block),
        _ => None,
    }
}

/// Appends the outline, if there is any heading.
pub(super) fn write(xml: &mut String, document: &Document, pages: &[Written]) {
    let mut open: Vec<u8> = Vec::new();
    for (block, place) in places(pages) {
        let Some((level, words)) = document.blocks.get(block).and_then(heading) else { continue };
        if open.is_empty() {
            xml.push_str("<ofd:Outlines>");
            open.push(0);
        }
        close(xml, &mut open, level);
        xml.push_str("<ofd:OutlineElem Title=\"");
        escape(xml, &words);
        let Place { page, left, top } = place;
        xml.push_str(&format!(
            r#""><ofd:Actions><ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="XYZ" PageID="{page}" Left=""#
        ));
        length(xml, left);
        xml.push_str("\" Top=\"");
        length(xml, top);
        xml.push_str(r#"" Zoom="0"/></ofd:Goto></ofd:Action></ofd:Actions>"#);
        open.push(level);
    }
    if !open.is_empty() {
        close(xml, &mut open, 1);
        xml.push_str("</ofd:Outlines>");
    }
}

/// Closes what is not above this level.
fn close(xml: &mut String, open: &mut Vec<u8>, level: u8) {
    while open.last().is_some_and(|last| *last >= level) {
        open.pop();
        xml.push_str("</ofd:OutlineElem>");
    }
}

/// A place to go to.
struct Place {
    page: u32,
    left: i32,
    top: i32,
}

/// Where each block begins, in the order of the pages.
fn places(pages: &[Written]) -> Vec<(usize, Place)> {
    let mut last = None;
    let mut found = Vec::new();
    for page in pages {
        for object in &page.objects {
            if last < Some(object.block) {
                last = Some(object.block);
                found.push((object.block, Place { page: page.id, left: object.left, top: object.top }));
            }
        }
    }
    found
}
