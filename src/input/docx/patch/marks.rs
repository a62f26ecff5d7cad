//! Comments: the marks around a stretch, in the names that the file has for its vocabulary.

use std::collections::BTreeSet;
use std::ops::Range;

use roxmltree::Node;

use super::super::walk::{Line, Piece};
use super::super::xml::is_word;
use super::{Splice, Text, qualified, start_tag, touched};

/// How an element of a vocabulary that is put into a file is written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Before every name of an element or attribute.
    pub prefix: String,
    /// Says what the prefix means, where nothing around says so.
    pub declared: String,
}

impl Written {
    /// How elements in the vocabulary of this one are written in it.
    pub(super) fn within(node: &Node<'_, '_>) -> Written {
        let uri = node.tag_name().namespace().unwrap_or_default();
        // An attribute has no vocabulary without a prefix, so the default one does not do.
        let mut names = node.namespaces().filter(|known| known.uri() == uri).filter_map(|known| known.name());
        match names.find(|name| node.lookup_namespace_uri(Some(name)) == Some(uri)) {
            Some(name) => Written { prefix: format!("{name}:"), declared: String::new() },
            None => Written { prefix: "w:".to_owned(), declared: format!(r#" xmlns:w="{uri}""#) },
        }
    }
}

/// A comment with its number.
pub(super) type Comment<'w> = (u64, &'w str);

/// Comments that are being made.
pub(super) struct Marks<'w> {
    /// Numbers that are taken.
    taken: BTreeSet<u64>,
    next: u64,
    pub comments: Vec<Comment<'w>>,
}

impl<'w> Marks<'w> {
    pub(super) fn new(taken: BTreeSet<u64>) -> Marks<'w> {
        Marks { taken, next: 0, comments: Vec::new() }
    }

    /// Marks around a stretch; nothing where none of it stands in the XML.
    pub(super) fn mark(
        &mut self,
        text: &Text<'_>,
        line: &Line,
        span: &Range<usize>,
        words: &'w str,
    ) -> Option<Vec<Splice>> {
        let pieces = touched(line, span);
        let (first, last) = (pieces.first()?, pieces.last()?);
        let (from, to) = (span.start.max(first.at.start), span.end.min(last.at.end));
        let ends = [End::of(text, line, first, from)?, End::of(text, line, last, to)?];
        let id = (self.next..).find(|id| !self.taken.contains(id))?;
        let [opening, closing] = ends;
        let Written { prefix: p, declared } = Written::within(&opening.run);
        let start = format!(r#"<{p}commentRangeStart{declared} {p}id="{id}"/>"#);
        let Written { prefix: p, declared } = Written::within(&closing.run);
        let end = format!(
            r#"<{p}commentRangeEnd{declared} {p}id="{id}"/><{p}r{declared}><{p}commentReference {p}id="{id}"/></{p}r>"#
        );
        let made = vec![opening.cut(text, &start, true)?, closing.cut(text, &end, false)?];
        self.next = id + 1;
        self.comments.push((id, words));
        Some(made)
    }
}

/// An end of a stretch that is remarked on.
struct End<'t> {
    /// The run that is cut, or that stays whole with all that is in it.
    run: Node<'t, 't>,
    /// Where in the words of which element it is cut.
    place: Option<(Node<'t, 't>, usize)>,
}

impl<'t> End<'t> {
    /// The end at a byte of the line. No comment stands in the text of a drawing; it stands around the drawing.
    fn of(text: &Text<'t>, line: &Line, piece: &Piece, at: usize) -> Option<End<'t>> {
        let element = text.element(piece.xml.start)?;
        let run = element.parent_element().filter(|run| is_word(&element, "t") && is_word(run, "r"));
        let Some(run) = run else {
            let paragraph = element.ancestors().find(|node| is_word(node, "p"))?;
            let inside = |node: &Node<'_, '_>| node.id() != paragraph.id();
            let run = element.ancestors().take_while(inside).filter(|node| is_word(node, "r")).last()?;
            return Some(End { run, place: None });
        };
        let byte = match at - piece.at.start {
            0 => piece.xml.start,
            inside if inside == piece.at.len() => piece.xml.end,
            inside => text.is_literal(line, piece).then_some(piece.xml.start + inside)?,
        };
        Some(End { run, place: Some((element, byte)) })
    }

    /// Ends the run, puts marks there, and goes on in a run of the same look; whole runs are left whole.
    fn cut(&self, text: &Text<'_>, marks: &str, opens: bool) -> Option<Splice> {
        let edge = if opens { self.run.range().start } else { self.run.range().end };
        let Some((element, byte)) = self.place else { return Some((edge..edge, marks.to_owned())) };
        let content = element.first_child()?.range().start..element.last_child()?.range().end;
        let properties = self.run.children().find(|child| is_word(child, "rPr"));
        let again = start_tag(text.xml, &self.run);
        let look = properties.map_or("", |properties| &text.xml[properties.range()]);
        let (run, words) = (qualified(text.xml, &self.run), qualified(text.xml, &element));
        let beside = |node: Option<Node<'_, '_>>| node.is_some_and(|node| !is_word(&node, "rPr"));
        let (place, whole) = if byte == content.start {
            (element.range().start, !beside(element.prev_sibling_element()))
        } else if byte == content.end {
            (element.range().end, !beside(element.next_sibling_element()))
        } else {
            let tag = preserving(start_tag(text.xml, &element), words, &element);
            return Some((byte..byte, format!("</{words}></{run}>{marks}{again}{look}{tag}")));
        };
        let outside = if byte == content.start { self.run.range().start } else { self.run.range().end };
        Some(match whole {
            true => (outside..outside, marks.to_owned()),
            false => (place..place, format!("</{run}>{marks}{again}{look}")),
        })
    }
}

/// The start tag of an element of words, so that blanks at its ends count.
fn preserving(tag: &str, name: &str, element: &Node<'_, '_>) -> String {
    match element.attributes().any(|attribute| attribute.name() == "space") {
        true => tag.to_owned(),
        false => format!(r#"<{name} xml:space="preserve"{}"#, &tag[1 + name.len()..]),
    }
}
