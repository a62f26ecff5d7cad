//! Splices put into the templates, all at once.

use std::collections::BTreeMap;
use std::ops::Range;

use super::plan::{New, Splice};
use crate::template::{Piece, TemplateText};

/// The templates that change, by number, with their new text.
///
/// # Errors
/// In Chinese: two changes want different words in one place.
pub(super) fn applied<'s>(
    written: &[&TemplateText],
    splices: impl Iterator<Item = &'s Splice>,
) -> Result<BTreeMap<usize, String>, String> {
    let mut all: Vec<&Splice> = Vec::new();
    for splice in splices {
        // One place of a template that the report says several times is changed once.
        if splice.at.span.is_empty() || !all.contains(&splice) {
            all.push(splice);
        }
    }
    let moved: Vec<&Piece> = all.iter().filter_map(|splice| splice.new.moved()).collect();
    // What changes inside of what moves goes with it.
    let (inner, outer): (Vec<&Splice>, Vec<&Splice>) =
        all.iter().copied().partition(|splice| moved.iter().any(|piece| splice.is_within(piece)));
    let text = |template: usize| written.get(template).map_or("", |written| written.source.text.as_str());
    let nothing = |_: &New| Err(TWICE.to_owned());
    let words = |new: &New| match new.moved() {
        Some(piece) => {
            let own = inner.iter().copied().filter(|splice| splice.is_within(piece)).collect();
            put(text(piece.template), piece.span.clone(), own, &nothing)
        }
        None => nothing(new),
    };
    let mut of: BTreeMap<usize, Vec<&Splice>> = BTreeMap::new();
    outer.into_iter().for_each(|splice| of.entry(splice.at.template).or_default().push(splice));
    let whole = |template: usize| 0..text(template).len();
    of.into_iter()
        .map(|(template, own)| Ok((template, put(text(template), whole(template), own, &words)?)))
        .collect()
}

impl New {
    fn moved(&self) -> Option<&Piece> {
        match self {
            New::Moved(piece) => Some(piece),
            New::Words(_) => None,
        }
    }
}

impl Splice {
    /// Whether it changes words inside of some that move, and is not their going itself.
    fn is_within(&self, piece: &Piece) -> bool {
        let (span, of) = (&self.at.span, &piece.span);
        let inside = of.start <= span.start && span.end <= of.end;
        let beside = span.is_empty() && (span.start == of.start || span.start == of.end);
        let going = matches!(&self.new, New::Words(words) if words.is_empty())
            && span.start == of.start
            && span.end >= of.end;
        self.at.template == piece.template && inside && !beside && !going && self.new.moved().is_none()
    }
}

const TWICE: &str = "和另一处改动叠在一起";

/// A stretch of a text with splices in their places; those at one place stand in the order in which they come.
fn put(
    text: &str,
    of: Range<usize>,
    mut splices: Vec<&Splice>,
    moved: &dyn Fn(&New) -> Result<String, String>,
) -> Result<String, String> {
    // What is put in stands before what is taken away there.
    splices.sort_by_key(|splice| (splice.at.span.start, !splice.at.span.is_empty()));
    let (mut made, mut at) = (String::with_capacity(of.len()), of.start);
    for splice in splices {
        let span = &splice.at.span;
        if span.start < at {
            return Err(TWICE.to_owned());
        }
        made.push_str(&text[at..span.start]);
        match &splice.new {
            New::Words(words) => made.push_str(words),
            new @ New::Moved(_) => made.push_str(&moved(new)?),
        }
        at = span.end;
    }
    made.push_str(&text[at..of.end]);
    Ok(made)
}
