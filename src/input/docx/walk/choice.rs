//! Alternate content: which of its ways a reader of the page sees (ISO/IEC 29500-3, 7.6).

use roxmltree::Node;

use super::super::xml::{Space, attribute, name};

/// How the namespaces begin that Word knows.
const KNOWN: [&str; 7] = [
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.microsoft.com/office/drawing/",
    "http://schemas.microsoft.com/office/2019/",
    "http://schemas.microsoft.com/ink/",
    "urn:schemas-microsoft-com:",
];

/// The alternative that is read: the first that Word understands, unless only another one of those has words.
pub(in crate::input::docx) fn chosen<'x, 'i>(node: &Node<'x, 'i>) -> Option<Node<'x, 'i>> {
    let ways = node.children().filter(Node::is_element).filter(is_understood);
    let ways: Vec<Node<'x, 'i>> = ways.collect();
    ways.iter().find(|way| holds_words(way)).or(ways.first()).copied()
}

/// Whether Word knows every namespace that a way requires.
fn is_understood(way: &Node<'_, '_>) -> bool {
    let known = |prefix: &str| {
        way.lookup_namespace_uri(Some(prefix))
            .is_some_and(|uri| KNOWN.iter().any(|start| uri.starts_with(start)))
    };
    attribute(way, "Requires").split_whitespace().all(known)
}

/// Whether there are words, signs or drawings under an element.
pub(super) fn holds_words(node: &Node<'_, '_>) -> bool {
    node.descendants().any(|inner| match name(&inner) {
        (Space::Word | Space::Math | Space::Drawing, "t") => {
            inner.text().is_some_and(|text| !text.is_empty())
        }
        (Space::Word, local) => matches!(
            local,
            "sym" | "drawing" | "pict" | "object" | "footnoteReference" | "endnoteReference" | "altChunk"
        ),
        _ => false,
    })
}
