//! What stands between the words of a file: where one piece of words goes on in the next, and where something that
//! was not read lies between them.

use std::collections::BTreeSet;
use std::ops::Range;

use roxmltree::{Document, Node};

use super::super::xml::{Space, attribute, name};

/// Deepest nesting of elements that is looked into.
const DEEPEST: usize = 200;

/// What stands at a place of the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Words that were read.
    Words,
    /// The end of a paragraph, a break, a sign: nothing goes on across it.
    Wall,
    /// Something that shows, and was not read as words.
    Unread,
}

/// All that shows, in the order of the XML.
#[derive(Debug, Default)]
pub(super) struct Seams(Vec<(Range<usize>, Kind)>);

impl Seams {
    /// The seams of a document; `pieces` are the places where pieces of its lines begin.
    pub(super) fn of(document: &Document<'_>, pieces: &BTreeSet<usize>) -> Seams {
        let mut walk = Walk { pieces, seams: Vec::new(), fields: Vec::new(), depth: 0 };
        walk.element(&document.root_element());
        Seams(walk.seams)
    }

    /// Whether the words between two bytes go on without anything between them, and nothing that was not read
    /// stands beside them.
    pub(super) fn are_whole(&self, first: usize, last: usize) -> bool {
        let begins = self.0.partition_point(|(at, _)| at.start <= first);
        let Some(start) = begins.checked_sub(1) else { return false };
        let end = self.0.partition_point(|(at, _)| at.start < last).max(begins) - 1;
        let unread = |index: Option<usize>| {
            index.and_then(|index| self.0.get(index)).is_some_and(|(_, kind)| *kind == Kind::Unread)
        };
        let words = self.0[start..=end].iter().all(|(_, kind)| *kind == Kind::Words);
        let alone = self.0[start].0.start == first && unread(start.checked_sub(1))
            || self.0[end].0.end == last && unread(end.checked_add(1));
        words && !alone
    }
}

struct Walk<'w> {
    pieces: &'w BTreeSet<usize>,
    seams: Vec<(Range<usize>, Kind)>,
    /// Where fields begin that are open: their place among the seams, and in the XML.
    fields: Vec<(usize, usize)>,
    depth: usize,
}

impl Walk<'_> {
    fn children(&mut self, node: &Node<'_, '_>) {
        if self.depth > DEEPEST {
            return self.push(node.range(), Kind::Unread);
        }
        self.depth += 1;
        node.children().filter(Node::is_element).for_each(|child| self.element(&child));
        self.depth -= 1;
    }

    fn element(&mut self, node: &Node<'_, '_>) {
        match name(node) {
            (Space::Word | Space::Drawing, "t") => self.words(node),
            (_, local) if local.ends_with("Pr") => {}
            (Space::Word, local) if is_silent(local) => {}
            (Space::Word | Space::Drawing, "p") | (Space::Word, "tbl" | "tr" | "tc") => {
                self.between(node, Kind::Wall);
            }
            (Space::Word, "fldChar") => self.field(node),
            (Space::Word, "fldSimple") => {
                let begun = self.seams.len();
                self.children(node);
                self.end_field(begun, node.range());
            }
            (Space::Word, local) if is_wall(local) => self.push(node.range(), Kind::Wall),
            (Space::Drawing, "br") => self.push(node.range(), Kind::Wall),
            (Space::Word, local) if is_wrapper(local) => self.children(node),
            (Space::Drawing, "r") => self.children(node),
            _ => self.between(node, Kind::Unread),
        }
    }

    /// Something at both ends of an element, and what is in it.
    fn between(&mut self, node: &Node<'_, '_>, kind: Kind) {
        let range = node.range();
        self.push(range.start..range.start, kind);
        self.children(node);
        self.push(range.end..range.end, kind);
    }

    fn push(&mut self, at: Range<usize>, kind: Kind) {
        self.seams.push((at, kind));
    }

    /// Words that gave no piece were not read: they are hidden, or tell a field what to do.
    fn words(&mut self, node: &Node<'_, '_>) {
        for text in node.children().filter(Node::is_text) {
            let read = self.pieces.range(text.range()).next().is_some();
            self.push(text.range(), if read { Kind::Words } else { Kind::Unread });
        }
    }

    fn field(&mut self, node: &Node<'_, '_>) {
        match attribute(node, "fldCharType") {
            "begin" => self.fields.push((self.seams.len(), node.range().start)),
            "end" => {
                if let Some((begun, at)) = self.fields.pop() {
                    self.end_field(begun, at..node.range().end);
                }
            }
            _ => {}
        }
    }

    /// A field that shows no words that were read shows something else, or will do so.
    fn end_field(&mut self, begun: usize, at: Range<usize>) {
        if self.seams[begun..].iter().all(|(_, kind)| *kind == Kind::Unread) {
            self.seams.insert(begun, (at.start..at.start, Kind::Unread));
            self.push(at.end..at.end, Kind::Unread);
        }
    }
}

/// Elements that show nothing, and tracked words that are gone.
fn is_silent(local: &str) -> bool {
    local.ends_with("RangeStart")
        || local.ends_with("RangeEnd")
        || matches!(
            local,
            "del"
                | "moveFrom"
                | "delText"
                | "instrText"
                | "delInstrText"
                | "bookmarkStart"
                | "bookmarkEnd"
                | "proofErr"
                | "permStart"
                | "permEnd"
                | "lastRenderedPageBreak"
                | "commentReference"
                | "annotationRef"
                | "footnoteRef"
                | "endnoteRef"
                | "softHyphen"
        )
}

/// Elements that were read as a character of their own, or part words as one would.
fn is_wall(local: &str) -> bool {
    matches!(
        local,
        "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "sym" | "footnoteReference" | "endnoteReference"
    )
}

/// Elements that show nothing but what is in them.
fn is_wrapper(local: &str) -> bool {
    matches!(
        local,
        "document"
            | "body"
            | "r"
            | "ins"
            | "moveTo"
            | "hyperlink"
            | "smartTag"
            | "customXml"
            | "sdt"
            | "sdtContent"
            | "txbxContent"
            | "ruby"
            | "rubyBase"
            | "bdo"
            | "dir"
    )
}
