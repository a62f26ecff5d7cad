//! A Word file with other words or with comments, everything else kept to the byte.
//!
//! Only the bytes that a change is about are rewritten, so that changes which share a run know nothing of each
//! other. What stands beside something that was not read, such as a picture, is left alone: nobody knows what the
//! words beside it mean.

mod marks;
mod parts;
mod replace;
mod seams;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use roxmltree::{Document, Node};

use super::package::{Package, broken};
use super::walk::{Line, Piece};
use super::xml::{is_word, parse};
use crate::diag::Diagnostic;
use marks::Marks;
use parts::Parts;
use seams::Seams;

/// What is to be done at a stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Other words in its place.
    Replace(String),
    /// A comment on it; every line is a paragraph.
    Comment(String),
}

/// A change of a file. Lines are counted as the reader gives them: a block is a line, of a table its
/// caption and every cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The line, from 0.
    pub line: usize,
    /// Bytes of the line.
    pub span: Range<usize>,
    /// What is done.
    pub act: Act,
}

/// Who signs the comments, and when (`2011-12-20T00:00:00Z`).
#[derive(Debug, Clone, Copy)]
pub struct Signature<'s> {
    /// The author; not empty.
    pub author: &'s str,
    /// The date.
    pub date: &'s str,
}

/// A file with its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The file.
    pub bytes: Vec<u8>,
    /// The changes that could not be made, by their place among those that were asked for: words that Word sets by
    /// itself, such as automatic numbers, stand nowhere in the file, and no words are replaced beside a picture.
    pub missed: Vec<usize>,
}

/// A piece of XML that is replaced.
type Splice = (Range<usize>, String);

/// The file with its changes. Stretches must not overlap.
///
/// # Errors
/// The file is damaged.
pub fn apply(bytes: &[u8], shown: &str, edits: &[Edit], by: Signature<'_>) -> Result<Applied, Diagnostic> {
    let mut package = Package::open(bytes, shown)?;
    let (xml, found) = super::found(&mut package, shown)?;
    let document = parse(&xml).map_err(|_| broken(shown))?;
    let text = Text::new(&xml, &document, &found.lines);
    let mut parts = Parts::of(&mut package)?;
    let mut marks = Marks::new(parts.comment_ids(&document));
    let (mut splices, mut missed) = (Vec::new(), Vec::new());
    for (index, edit) in edits.iter().enumerate() {
        let made = found.lines.get(edit.line).and_then(|line| match &edit.act {
            Act::Replace(words) => replace::replaced(&text, line, &edit.span, words),
            Act::Comment(words) => marks.mark(&text, line, &edit.span, words),
        });
        match made {
            Some(made) => splices.extend(made),
            None => missed.push(index),
        }
    }
    splices.extend(text.with_blanks(&splices));
    let namespace = document.root_element().tag_name().namespace().unwrap_or_default();
    parts.comment(&marks.comments, by, namespace);
    let bytes = parts.packed(bytes, &spliced(&xml, splices)).map_err(|_| broken(shown))?;
    Ok(Applied { bytes, missed })
}

/// The XML of the document with where its words stand.
struct Text<'t> {
    xml: &'t str,
    /// Nodes of text by where they begin.
    nodes: BTreeMap<usize, Node<'t, 't>>,
    seams: Seams,
}

impl<'t> Text<'t> {
    fn new(xml: &'t str, document: &'t Document<'t>, lines: &[Line]) -> Text<'t> {
        let nodes = document.descendants().filter(Node::is_text).map(|node| (node.range().start, node));
        let pieces: BTreeSet<usize> =
            lines.iter().flat_map(|line| &line.pieces).map(|piece| piece.xml.start).collect();
        Text { xml, nodes: nodes.collect(), seams: Seams::of(document, &pieces) }
    }

    /// The element whose words stand at a byte.
    fn element(&self, at: usize) -> Option<Node<'t, 't>> {
        let (_, node) = self.nodes.range(..=at).next_back()?;
        node.parent_element().filter(|_| at <= node.range().end)
    }

    /// Whether a piece stands in the XML as its line has it, so that a byte of one is a byte of the other.
    fn is_literal(&self, line: &Line, piece: &Piece) -> bool {
        let written =
            self.xml[piece.xml.clone()].bytes().map(|byte| if b"\n\r".contains(&byte) { b' ' } else { byte });
        written.eq(line.words[piece.at.clone()].bytes())
    }

    /// Elements whose words are changed say that their blanks count, where there are any.
    fn with_blanks(&self, splices: &[Splice]) -> Vec<Splice> {
        let mut elements: BTreeMap<usize, (Node<'t, 't>, bool)> = BTreeMap::new();
        for (range, new) in splices {
            let Some(element) = self.element(range.start).filter(|element| is_word(element, "t")) else {
                continue;
            };
            let (_, blank) = elements.entry(element.range().start).or_insert((element, false));
            *blank |= new.contains(char::is_whitespace);
        }
        let changed = elements.values();
        changed.filter_map(|(element, blank)| blanks_count(self.xml, element, *blank)).collect()
    }
}

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What makes the blanks at the ends of an element of words count, where they do not yet. Where there were some that
/// did not count, they go on not to be seen.
fn blanks_count(xml: &str, element: &Node<'_, '_>, blank: bool) -> Option<Splice> {
    let words = super::xml::words(element);
    if words.trim() != words || !blank && !words.contains(char::is_whitespace) {
        return None;
    }
    match element.attribute_node((XML, "space")) {
        Some(space) if space.value() == "preserve" => None,
        Some(space) => Some((space.range_value(), "preserve".to_owned())),
        None => {
            let at = element.range().start + 1 + qualified(xml, element).len();
            Some((at..at, r#" xml:space="preserve""#.to_owned()))
        }
    }
}

/// The name of an element as it is written, its prefix included.
fn qualified<'x>(xml: &'x str, element: &Node<'_, '_>) -> &'x str {
    let tag = &xml[element.range().start + 1..element.range().end];
    &tag[..tag.find(|c: char| c.is_ascii_whitespace() || "/>".contains(c)).unwrap_or(tag.len())]
}

/// The start tag of an element as it is written.
fn start_tag<'x>(xml: &'x str, element: &Node<'_, '_>) -> &'x str {
    let whole = &xml[element.range()];
    let mut quote = None;
    let end = whole.find(|c: char| {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return true,
            _ => {}
        }
        false
    });
    &whole[..end.map_or(whole.len(), |at| at + 1)]
}

/// The pieces that a stretch touches.
fn touched<'l>(line: &'l Line, span: &Range<usize>) -> Vec<&'l Piece> {
    line.pieces.iter().filter(|piece| piece.at.start < span.end && span.start < piece.at.end).collect()
}

/// Makes the replacements; those at the same place stand in the order in which they were found.
fn spliced(xml: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(xml.len() + splices.len() * 120);
    let mut at = 0;
    for (range, new) in splices {
        // Stretches that overlap against the agreement: words are rather kept than lost.
        let start = range.start.max(at);
        out.push_str(&xml[at..start]);
        out.push_str(&new);
        at = range.end.max(start);
    }
    out.push_str(&xml[at..]);
    out
}
