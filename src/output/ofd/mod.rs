//! OFD, the national format of fixed pages (GB/T 33190-2016): the placed sheets as text, path and area objects
//! at their exact places.
//!
//! Fonts are named, as in the Word file: whoever opens the file has the standard's faces, or a stand-in that is
//! set at the same places. On request the part of a font that is needed is embedded. No seal is applied and nothing is signed: the file is a copy for
//! archives and for review. There is no clock in it and its identity is made from its words, so that the same
//! report gives the same bytes.

mod fonts;
mod info;
mod media;
mod outline;
mod page;
mod pen;
mod sfnt;
mod tags;
#[cfg(test)]
mod tests;

use crate::document::Document;
use crate::fonts::{Fonts as Drawn, Names};
use crate::layout::Sheet;
use crate::output::archive::{Entry, archive};
use fonts::Fonts;
use media::Pictures;
use page::Written;
use pen::{HEAD, Ids, NAMESPACE};

/// A4 lying upright, for a report without pages: a file has one at least (7.5).
const BLANK: Sheet = Sheet { width: 595_276, height: 841_890, marks: Vec::new() };

/// The file: the sheets of a document, in fonts of these names; what is drawn with is embedded, if it is given.
pub(super) fn write(
    document: &Document,
    sheets: &[Sheet],
    names: &Names,
    drawn: Option<&Drawn>,
) -> std::io::Result<Vec<u8>> {
    let sheets = if sheets.is_empty() { &[BLANK] } else { sheets };
    let (mut ids, mut fonts) = (Ids::default(), Fonts::new(names, drawn));
    let mut pictures = Pictures::default();
    let each = |sheet| page::write(sheet, (&mut fonts, &mut pictures), &mut ids);
    let pages: Vec<Written> = sheets.iter().map(each).collect();
    let (listed, files) = fonts.parts()?;
    let tags = tags::part(document, &pages);
    let mut entries = vec![
        Entry::deflated("OFD.xml", info::part(document, &pages).as_bytes())?,
        Entry::deflated(
            "Doc_0/Document.xml",
            root(document, &pages, (&sheets[0], !pictures.is_empty()), &ids).as_bytes(),
        )?,
        Entry::deflated("Doc_0/PublicRes.xml", listed.as_bytes())?,
        Entry::deflated("Doc_0/Tags/CustomTags.xml", tags::list().as_bytes())?,
        Entry::deflated(tags::FILE, tags.as_bytes())?,
    ];
    for (number, page) in pages.iter().enumerate() {
        let name = format!("Doc_0/Pages/Page_{number}/Content.xml");
        entries.push(Entry::deflated(name, page.xml.as_bytes())?);
    }
    for (name, file) in files {
        entries.push(Entry::deflated(name, &file)?);
    }
    entries.extend(pictures.parts()?);
    archive(entries.iter())
}

/// `Document.xml` (7.5): where everything is.
fn root(document: &Document, pages: &[Written], (first, pictures): (&Sheet, bool), ids: &Ids) -> String {
    let mut xml = format!(r#"{HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>"#);
    xml.push_str(&format!("{}</ofd:MaxUnitID>", ids.last()));
    page::area(&mut xml, "PageArea", first);
    xml.push_str("<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>");
    xml.push_str(if pictures { "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" } else { "" });
    xml.push_str("</ofd:CommonData><ofd:Pages>");
    for (number, page) in pages.iter().enumerate() {
        xml.push_str(&format!(r#"<ofd:Page ID="{}" BaseLoc="Pages/Page_{number}/Content.xml"/>"#, page.id));
    }
    xml.push_str("</ofd:Pages>");
    outline::write(&mut xml, document, pages);
    xml.push_str("<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags></ofd:Document>");
    xml
}
