//! What a report was made from, kept in its file: whoever gets it back with changes can tell what they are.
//!
//! Template and year stand among the properties that Word shows, and together with the words of the report
//! in a custom part (ISO/IEC 29500-1, 15.2.5), which Word and WPS leave as it is.

use super::pen::HEAD;
use crate::document::{Block, Change, Document, Inline, Line, Origin};
use crate::markup::escape;

/// The namespace by which the custom part is known.
pub(super) const NAMESPACE: &str = "urn:huibao:report";

/// `docProps/custom.xml`: properties for staff and for programs that drop custom parts.
pub(super) fn properties(origin: &Origin) -> String {
    let mut xml = format!(
        r#"{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">"#
    );
    property(&mut xml, 2, "汇报模板", &origin.template);
    property(&mut xml, 3, "汇报年度", &origin.year.stem());
    xml.push_str("</Properties>");
    xml
}

fn property(xml: &mut String, id: u32, name: &str, value: &str) {
    xml.push_str(&format!(
        r#"<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{id}" name="{name}"><vt:lpwstr>"#
    ));
    escape(xml, value);
    xml.push_str("</vt:lpwstr></property>");
}

/// `customXml/item1.xml`: the same with the words of every block.
pub(super) fn part(document: &Document, origin: &Origin) -> String {
    let mut xml = format!(r#"{HEAD}<report xmlns="{NAMESPACE}" year="{}" template=""#, origin.year.stem());
    escape(&mut xml, &origin.template);
    xml.push_str("\">");
    for block in document.blocks.iter().filter_map(kept) {
        xml.push_str("<line>");
        escape(&mut xml, &Line::of(&block).text);
        xml.push_str("</line>");
    }
    xml.push_str("</report>");
    xml
}

/// `customXml/itemProps1.xml`: the name by which programs know the part, the same in every file
/// (ISO/IEC 29500-1, 22.5.2.1).
pub(super) fn identity() -> String {
    format!(
        r#"{HEAD}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{{6B1F5C2E-3D47-4A90-8E15-9C0A7D2B4F61}}"><ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>"#
    )
}

/// The block as the report has it, without what a redline marks as gone.
fn kept(block: &Block) -> Option<Block> {
    let mut block = match block {
        Block::Changed(Change::Deleted | Change::MovedAway(_), _) => return None,
        Block::Changed(_, block) => block.as_ref().clone(),
        block => block.clone(),
    };
    if let Block::Table(table) = &mut block {
        [&mut table.head, &mut table.rows]
            .into_iter()
            .for_each(|rows| rows.retain(|row| row.change.is_none_or(Change::stays)));
    }
    Some(block.map(&mut |line| line.iter().filter(|inline| inline.stays()).map(text).collect()))
}

fn text(inline: &Inline) -> Inline {
    Inline::Text(inline.text().to_owned())
}
