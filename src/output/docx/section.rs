//! Sections: how the paper lies, and which page numbers stand on it.

use crate::document::{Block, Document, tables};

/// How the pages of a section lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Upright, as the text has it.
    Upright,
    /// On their side, for a wide table (8).
    Landscape,
}

/// A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm (5.1, 5.2.1); footers 7 mm below (7.5).
const UPRIGHT: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1440" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>"#;
/// The same paper turned to the left, so that the head of the table is where the others have 订口. Its footers stand
/// low enough to leave the type area alone. It has no grid: LibreOffice would use whole lines of it only.
const LANDSCAPE: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId7"/><w:footerReference w:type="even" r:id="rId8"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1588" w:right="2098" w:bottom="1474" w:left="1984" w:header="851" w:footer="567" w:gutter="0"/></w:sectPr>"#;

/// Height of the line that ends a section. No row of a table leaves less at the foot of a page, so that it never
/// stands on a page of its own.
const MARK: usize = 4;

impl Section {
    /// The one that the block of this index stands in: notes stand with the table above them, a heading with that
    /// below it.
    fn of(document: &Document, index: usize) -> Section {
        if tables::is_landscape(document, index) { Section::Landscape } else { Section::Upright }
    }

    /// Its properties, which the body has behind its last paragraph.
    pub fn properties(self) -> &'static str {
        match self {
            Section::Upright => UPRIGHT,
            Section::Landscape => LANDSCAPE,
        }
    }

    /// The properties of a paragraph without height that ends it. Its mark is never tracked: a section that comes
    /// or goes would turn the pages before it.
    pub fn mark(self) -> String {
        mark(self.properties())
    }
}

/// The same of a section with these properties.
pub(super) fn mark(section: &str) -> String {
    format!(
        r#"<w:snapToGrid w:val="0"/><w:spacing w:line="{MARK}" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>{section}"#
    )
}

/// A section that begins in this way.
pub(super) fn begins(section: &str, kind: &str) -> String {
    section.replacen("<w:pgSz", &format!(r#"<w:type w:val="{kind}"/><w:pgSz"#), 1)
}

/// An upright section whose first page is that of a 信函 (10.1).
pub(super) fn of_letter(section: &str) -> String {
    let first = r#"<w:sectPr><w:footerReference w:type="first" r:id="rId10"/>"#;
    section.replacen("<w:sectPr>", first, 1).replacen("<w:docGrid", "<w:titlePg/><w:docGrid", 1)
}

/// An upright section of pages without a number (7.5).
pub(super) fn unnumbered() -> String {
    let blank = UPRIGHT.replacen("rId4", "rId9", 1).replacen("rId5", "rId9", 1);
    begins(&blank, "nextPage")
}

/// Whether a document has pages on their side.
pub(super) fn turns(document: &Document) -> bool {
    document.blocks.iter().any(is_landscape)
}

fn is_landscape(block: &Block) -> bool {
    matches!(block.itself(), Block::Table(table) if table.landscape)
}

/// The section that ends behind a block, if one does: every wide table has one of its own, with its notes.
pub(super) fn ending(document: &Document, index: usize) -> Option<Section> {
    if tables::is_note_at(document, index + 1) || tables::leads_to_landscape(document, index) {
        return None;
    }
    let own = Section::of(document, index);
    document.blocks.get(index + 1)?;
    let next = Section::of(document, index + 1);
    (own == Section::Landscape || next == Section::Landscape).then_some(own)
}

/// The section at the end of the body.
pub(super) fn last(document: &Document) -> Section {
    Section::of(document, document.blocks.len().saturating_sub(1))
}
