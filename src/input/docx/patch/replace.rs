//! Other words in the place of a stretch.

use std::ops::Range;

use super::super::walk::{Line, Piece};
use super::{Splice, Text, touched};
use crate::markup::escaped;

/// The new words go where the stretch begins; nothing is done where not all of it stands in the XML, or where it
/// touches something that was not read.
pub(super) fn replaced(text: &Text<'_>, line: &Line, span: &Range<usize>, new: &str) -> Option<Vec<Splice>> {
    let parts =
        if span.is_empty() { vec![place(text, line, span.start)?] } else { covered(text, line, span)? };
    let (first, last) = (parts.first()?.start, parts.last()?.end);
    if !text.seams.are_whole(first, last) {
        return None;
    }
    let mut new = Some(escaped(new));
    Some(parts.into_iter().map(|part| (part, new.take().unwrap_or_default())).collect())
}

/// The bytes of the XML that make a stretch.
fn covered(text: &Text<'_>, line: &Line, span: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let mut at = span.start;
    let mut parts = Vec::new();
    for piece in touched(line, span) {
        let inside = span.start.max(piece.at.start)..span.end.min(piece.at.end);
        if inside.start != at {
            return None;
        }
        at = inside.end;
        parts.push(part(text, line, piece, &inside)?);
    }
    (at == span.end).then_some(parts)
}

/// The bytes of the XML that make a part of a piece.
fn part(text: &Text<'_>, line: &Line, piece: &Piece, inside: &Range<usize>) -> Option<Range<usize>> {
    let reference = text.xml[piece.xml.clone()].starts_with('&');
    if reference && *inside == piece.at {
        return Some(piece.xml.clone());
    }
    // What shows something else than what is written is no matter of words: signs of a typeface.
    let byte = |at: usize| piece.xml.start + at - piece.at.start;
    text.is_literal(line, piece).then(|| byte(inside.start)..byte(inside.end))
}

/// Where words are put in between, behind what stands there rather than before it.
fn place(text: &Text<'_>, line: &Line, at: usize) -> Option<Range<usize>> {
    let behind = line.pieces.iter().find(|piece| piece.at.start < at && at <= piece.at.end);
    let piece = behind.or_else(|| line.pieces.iter().find(|piece| piece.at.start == at))?;
    let place = match at {
        at if at == piece.at.start => piece.xml.start,
        at if at == piece.at.end => piece.xml.end,
        at => part(text, line, piece, &(at..at))?.start,
    };
    Some(place..place)
}
