//! Word back in: the paragraphs and tables of the body, with tracked changes accepted, numbers that Word
//! sets by itself and footnotes in their places.

mod body;
mod numbering;
mod origin;
mod package;
pub mod patch;
mod styles;
mod xml;

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Read, shape};
use crate::diag::{Diagnostic, Level};
use crate::document::Document;
use crate::markup;
use body::Found;
use numbering::Numbering;
use package::{Package, broken};
use styles::Styles;

/// Reads the body.
pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Read, Diagnostic> {
    let mut package = Package::open(bytes, shown)?;
    let (_, found) = found(&mut package, shown)?;
    if found.blocks.is_empty() && package.has_pictures() {
        return Err(Diagnostic::error("only-pictures", format!("“{shown}”里只有图片，没有文字"))
            .hint("这是扫描件。请先用文字识别软件转成文字，核对后另存为 .docx"));
    }
    let warnings = remarks(&found, shown);
    let document = Document { blocks: shape::framed(found.blocks), ..Document::default() };
    Ok(Read { document, warnings, written: None, ours: origin::read(&mut package)? })
}

/// The XML of the document and what is in it.
fn found(package: &mut Package<'_>, shown: &str) -> Result<(String, Found), Diagnostic> {
    let xml = package.part("word/document.xml")?;
    let styles = package.optional("word/styles.xml")?.map(|xml| Styles::read(&xml)).unwrap_or_default();
    let numbering =
        package.optional("word/numbering.xml")?.map(|xml| Numbering::read(&xml)).unwrap_or_default();
    let mut notes = BTreeMap::new();
    for (part, element, prefix) in [("footnotes", "w:footnote", ""), ("endnotes", "w:endnote", "e")] {
        let part = package.optional(&format!("word/{part}.xml"))?.unwrap_or_default();
        notes.extend(
            self::notes(&part, element).into_iter().map(|(id, words)| (format!("{prefix}{id}"), words)),
        );
    }
    let found = body::read(&xml, &styles, numbering, &notes).map_err(|_| broken(shown))?;
    Ok((xml, found))
}

/// The words of footnotes or endnotes by id.
fn notes(xml: &str, element: &str) -> BTreeMap<String, String> {
    let mut notes = BTreeMap::new();
    let mut reader = Reader::from_str(xml);
    let (mut id, mut text) = (String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if tag.name().as_ref() == element {
                    id = xml::attribute(&tag, "w:id");
                }
                text = tag.name().as_ref() == "w:t";
            }
            Ok(Event::End(_)) => text = false,
            Ok(Event::Text(words)) if text => {
                notes.entry(id.clone()).or_insert_with(String::new).push_str(words.as_ref())
            }
            Ok(Event::GeneralRef(name)) if text => {
                notes.entry(id.clone()).or_insert_with(String::new).extend(markup::entity(name.as_ref()));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    notes.into_iter().map(|(id, words): (String, String)| (id, words.trim().to_owned())).collect()
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
    remarks
}
