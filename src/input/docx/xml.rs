//! Small things about the XML of Word: names without their prefixes, in both editions of the standard.

use roxmltree::{Document, Node, ParsingOptions};

/// Most nodes of a part: a report has a hundredth of them, and each takes memory.
const MOST_NODES: u32 = 600_000;

/// The vocabularies whose elements the reader tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML.
    Word,
    /// Formulas.
    Math,
    /// DrawingML, its text included.
    Drawing,
    /// Alternate content.
    Choice,
    /// Any other.
    Other,
}

/// Namespaces of ISO/IEC 29500, transitional and strict, by vocabulary.
const SPACES: [(&str, Space); 7] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", Space::Word),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", Space::Word),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", Space::Math),
    ("http://purl.oclc.org/ooxml/officeDocument/math", Space::Math),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", Space::Drawing),
    ("http://purl.oclc.org/ooxml/drawingml/main", Space::Drawing),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", Space::Choice),
];

/// The vocabulary and the name of an element.
pub(super) fn name<'x>(node: &Node<'_, 'x>) -> (Space, &'x str) {
    let space = node.tag_name().namespace().unwrap_or_default();
    let known = SPACES.iter().find(|(uri, _)| *uri == space);
    (known.map_or(Space::Other, |(_, space)| *space), node.tag_name().name())
}

/// Whether it is this element of WordprocessingML.
pub(super) fn is_word(node: &Node<'_, '_>, local: &str) -> bool {
    name(node) == (Space::Word, local)
}

/// The first child that is this element of WordprocessingML.
pub(super) fn child<'x, 'i>(node: &Node<'x, 'i>, local: &str) -> Option<Node<'x, 'i>> {
    node.children().find(|child| is_word(child, local))
}

/// An attribute by its local name; empty where there is none.
pub(super) fn attribute<'x>(node: &Node<'x, '_>, local: &str) -> &'x str {
    node.attributes().find(|attribute| attribute.name() == local).map_or("", |attribute| attribute.value())
}

/// The value of a child element; nothing where there is none.
pub(super) fn value<'x>(node: &Node<'x, '_>, local: &str) -> Option<&'x str> {
    child(node, local).map(|child| attribute(&child, "val"))
}

/// Whether a property that is on or off is on: `<w:b/>`, `<w:b w:val="1"/>`.
pub(super) fn is_on(node: &Node<'_, '_>) -> bool {
    !matches!(attribute(node, "val"), "0" | "false" | "off")
}

/// A part that is read.
///
/// # Errors
/// It is no XML, or larger than any report.
pub(super) fn parse(xml: &str) -> Result<Document<'_>, roxmltree::Error> {
    Document::parse_with_options(xml, ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() })
}

/// The characters of text nodes below an element, in order.
pub(super) fn words(node: &Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}
