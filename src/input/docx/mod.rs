//! Word back in: everything under the body, with tracked changes accepted, numbers that Word sets by itself
//! and footnotes in their places. What is not read is said.

mod blocks;
mod counting;
mod field;
mod grid;
mod math;
mod numbering;
mod origin;
mod package;
pub mod patch;
mod script;
mod styles;
mod symbol;
mod unread;
mod walk;
mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;

use roxmltree::Node;

use super::Read;
use crate::diag::{Diagnostic, Level};
use crate::document::{Document, Picture, picture};
use blocks::{Builder, Found};
use numbering::Numbering;
use package::{Package, broken, too_large};
use styles::Styles;
use unread::{Kind, Unread};
use walk::{Notes, Part, Walker};
use xml::{attribute, is_word};

/// Reads the body.
pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Read, Diagnostic> {
    let mut package = Package::open(bytes, shown)?;
    let (_, found) = found(&mut package, shown)?;
    if found.blocks.is_empty() && package.has_pictures() {
        return Err(Diagnostic::error("only-pictures", format!("“{shown}”里只有图片，没有文字"))
            .hint("这是扫描件。请先用文字识别软件转成文字，核对后另存为 .docx"));
    }
    if found.blocks.is_empty() && !found.unread.is_empty() {
        return Err(unread::nothing_else(&found.unread, shown));
    }
    if found.blocks.is_empty() && found.tracked {
        return Err(Diagnostic::error("no-text", format!("“{shown}”里的文字都用修订删去了"))
            .hint("请在 Word 中拒绝或处理修订，另存一份再选"));
    }
    let warnings = remarks(&found, shown);
    let document = Document { blocks: found.blocks, ..Document::default() };
    Ok(Read { document, warnings, written: None, ours: origin::read(&mut package)? })
}

/// The XML of the document and what is in it.
fn found(package: &mut Package<'_>, shown: &str) -> Result<(String, Found), Diagnostic> {
    let text = package.document()?;
    let styles = package.related("styles")?.map(|xml| Styles::read(&xml)).unwrap_or_default();
    let numbering =
        package.related("numbering")?.map(|xml| Numbering::read(&xml, &styles)).unwrap_or_default();
    let mut notes = Notes::new();
    for (part, element, kind) in
        [("footnotes", "footnote", 'f'), ("endnotes", "endnote", 'e'), ("comments", "comment", 'c')]
    {
        let part = package.related(part)?.unwrap_or_default();
        notes.extend(self::notes(&part, element, kind, &styles));
    }
    let document = parsed(&text, shown)?;
    let body = document.root_element().children().find(|node| is_word(node, "body"));
    let mut walker = Walker::new(&text, &notes, &styles);
    walker.pictures = pictures(package, &document)?;
    let parts = body.map(|body| walker.parts(&body)).unwrap_or_default();
    let mut found = Builder::new(&styles, numbering).build(parts);
    (found.tracked, found.notes) = (walker.tracked, walker.noted);
    found.unread.extend(margins(package, walker.margins, &styles)?);
    drop(document);
    Ok((text, found))
}

/// The picture files of ours, by the ids of their parts. What cannot be shown is left to be said of as any other.
fn pictures(
    package: &mut Package<'_>,
    document: &roxmltree::Document<'_>,
) -> Result<BTreeMap<String, Arc<Picture>>, Diagnostic> {
    let mut pictures = BTreeMap::new();
    for (id, name) in walk::own_pictures(&document.root_element()) {
        let read = package.medium(&id)?.and_then(|bytes| picture::read(&name, bytes.into()).ok());
        pictures.extend(read.map(|picture| (id, Arc::new(picture))));
    }
    Ok(pictures)
}

fn parsed<'x>(xml: &'x str, shown: &str) -> Result<roxmltree::Document<'x>, Diagnostic> {
    xml::parse(xml).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => too_large(shown),
        _ => broken(shown),
    })
}

/// The words of footnotes or endnotes, by their kind and id.
fn notes(xml: &str, element: &str, kind: char, styles: &Styles) -> Notes {
    let Ok(document) = xml::parse(xml) else { return Notes::new() };
    let none = Notes::new();
    let mut walker = Walker::new(xml, &none, styles);
    let notes = document.root_element().children().filter(|node| is_word(node, element));
    notes.map(|note| (format!("{kind}{}", attribute(&note, "id")), said(&walker.parts(&note)))).collect()
}

/// The words of paragraphs, a blank between them.
fn said(parts: &[Part]) -> String {
    let words = |part: &Part| match part {
        Part::Paragraph(paragraph) => vec![paragraph.line.words.trim().to_owned(), said(&paragraph.boxes)],
        Part::Table(rows) => rows.iter().flat_map(|row| &row.cells).map(|cell| said(&cell.parts)).collect(),
    };
    let words = parts.iter().flat_map(words).filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join(" ").replace('\n', " ")
}

/// Headers and footers with words; a number of the page is not one.
fn margins(
    package: &mut Package<'_>,
    margins: Vec<(Kind, String)>,
    styles: &Styles,
) -> Result<Vec<Unread>, Diagnostic> {
    let none = Notes::new();
    let mut found: Vec<Unread> = Vec::new();
    for (kind, id) in margins {
        let xml = package.referred(&id)?.unwrap_or_default();
        let Ok(document) = xml::parse(&xml) else { continue };
        let root: Node<'_, '_> = document.root_element();
        let words = said(&Walker::new(&xml, &none, styles).parts(&root));
        let worded = words.chars().any(|c| c.is_alphabetic() && !"第页共".contains(c));
        if worded && !found.iter().any(|one| one.kind == kind && one.words == words) {
            found.push(Unread::new(kind, words));
        }
    }
    Ok(found)
}

fn remarks(found: &Found, shown: &str) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    if found.tracked {
        let message = format!("“{shown}”里有修订痕迹，按全部接受后的文字读取");
        remarks.push(
            Diagnostic::warning("tracked-changes", message)
                .hint("如要按拒绝后的文字，请先在 Word 中处理修订，再另存一份"),
        );
    }
    if found.notes > 0 {
        let message = format!("“{shown}”里的{}条脚注放进了正文的括号里", found.notes);
        remarks.push(
            Diagnostic::new("footnotes", Level::Hint, message).hint("公文一般不用脚注，可以改成正文或删去"),
        );
    }
    remarks.extend(unread::remarks(&found.unread, shown));
    remarks
}
