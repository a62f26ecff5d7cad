//! The elements of a letter among the lines of a text.

use super::super::prelude::*;
use crate::check::LineKind;
use crate::document::{Element, Form};

/// The lines of an element.
pub(super) fn of(prose: &Prose, wanted: Element) -> impl Iterator<Item = (&ProseLine, &str)> {
    prose.each().filter(move |(line, _)| line.kind == LineKind::Element(wanted))
}

/// The name of the organ above the head, and the form of the letter; nothing where a text has none.
pub(super) fn mark(prose: &Prose) -> Option<(&ProseLine, &str, Form)> {
    prose.each().find_map(|(line, text)| match line.kind {
        LineKind::Element(Element::Mark(form)) => Some((line, text.trim(), form)),
        _ => None,
    })
}

/// Whether a text has the head of a letter: the name of an organ or a number.
pub(super) fn is_letter(prose: &Prose) -> bool {
    mark(prose).is_some() || of(prose, Element::Number).next().is_some()
}

/// The title of a letter, its lines as one, and the first of them.
pub(super) fn title(prose: &Prose) -> Option<(&ProseLine, String)> {
    let mut lines = prose.each().skip_while(|(line, _)| line.kind != LineKind::Title);
    let (first, text) = lines.next()?;
    let more = lines.take_while(|(line, _)| line.kind == LineKind::Title).map(|(_, text)| text.trim());
    Some((first, std::iter::once(text.trim()).chain(more).collect()))
}

/// The names in a line of organs, each with its bytes of the line; a label before them is none.
pub(super) fn organs(text: &str) -> Vec<Range<usize>> {
    let from = ["抄送：", "主送："].iter().find_map(|label| text.find(label).map(|at| at + label.len()));
    let mut at = from.unwrap_or(0);
    let mut names = Vec::new();
    for piece in text[at..].split_inclusive(['，', '、', '；', '。', '：']) {
        let name = piece.trim_matches(['，', '、', '；', '。', '：', ' ', '\t', '\u{3000}']);
        if let Some(start) = piece.find(name).filter(|_| !name.is_empty()) {
            names.push(at + start..at + start + name.len());
        }
        at += piece.len();
    }
    names
}

/// Words without blanks.
pub(super) fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
