//! A report rendered together with where in the templates its words were typed.
//!
//! The same templates are compiled once more with a mark before every run of typed words and before every tag that
//! prints something; the marks are taken out of what comes of it. They stand beside no blank and no line break, so that
//! the engine takes the same lines for lines of tags alone.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::compile::Compiler;
use super::{Part, TemplatePiece, TemplateText, Templates, engine, pieces, render};
use crate::diag::{Problems, Source};
use crate::figures::Figures;
use crate::marked::{self, Marked, Spot};

/// Where a character of a marked text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// It was typed: these bytes of a template.
    Typed(Piece),
    /// A tag printed it, which is these bytes of a template.
    Tag(Piece),
    /// It is not known.
    Elsewhere,
}

/// Bytes of a template.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Piece {
    /// Number of the template, in the order of [`Templates::written`].
    pub template: usize,
    /// Its bytes.
    pub span: Range<usize>,
}

impl From {
    /// The bytes of a template, where they are known.
    pub fn piece(&self) -> Option<&Piece> {
        match self {
            From::Typed(piece) | From::Tag(piece) => Some(piece),
            From::Elsewhere => None,
        }
    }
}

/// A marked text, and for each of its characters where it comes from.
pub struct Located {
    /// What [`render`] gives.
    pub marked: Marked,
    /// One for each character of the text.
    pub from: Vec<From>,
}

/// Renders a report with the places of its words.
///
/// # Errors
/// As [`render`].
pub fn located(
    templates: &Templates,
    name: &str,
    figures: &Figures,
    draft: bool,
) -> Result<Located, Problems> {
    let marked = render(templates, name, figures, draft)?;
    let plain = || vec![From::Elsewhere; marked.text.chars().count()];
    let from = templates
        .with_places()
        .and_then(|(shadow, places)| {
            let session = super::session::Session::new(figures, &shadow.sites, name, draft);
            let text = engine::run(&shadow.engine, name, &session).ok()?;
            let (text, spots) = marked::placed(&text);
            let (closed, stood) = marked::closed(&text);
            let from = spread(&text, &spots, &places);
            (closed == marked.text).then(|| stood.iter().map(|at| from[at].clone()).collect())
        })
        .unwrap_or_else(plain);
    Ok(Located { marked, from })
}

/// Places count through all templates.
#[derive(Default)]
struct Places {
    /// Where each template begins.
    bases: Vec<usize>,
    /// The tags that print something.
    tags: BTreeMap<usize, Piece>,
}

impl Templates {
    /// The templates with marks, and their tags; nothing where they cannot be compiled so.
    fn with_places(&self) -> Option<(Templates, Places)> {
        let (sites, parts, included) = (Vec::new(), BTreeMap::new(), Default::default());
        let mut shadow = Templates { engine: engine::engine(), sites, parts, included, meant: Vec::new() };
        let (mut base, mut places) = (0, Places::default());
        for (number, (name, written)) in self.parts.keys().zip(self.written()).enumerate() {
            places.bases.push(base);
            let text = with_marks(written, number, base, &mut places);
            base += written.source.text.len() + 1;
            let mut compiled = pieces::compile(name, &text).ok()?;
            let source = Arc::new(Source::new(written.source.name.clone(), text));
            let start = shadow.sites.len();
            let mut compiler = Compiler::new(&source, &mut shadow.sites);
            compiler.template(&mut compiled);
            if !compiler.problems.is_empty() {
                return None;
            }
            let partials = compiler.partials;
            shadow.engine.register_template(name, compiled);
            let part = Part { source, written: OnceLock::new(), sites: start..shadow.sites.len(), partials };
            shadow.parts.insert(name.clone(), part);
        }
        shadow.given().is_empty().then_some((shadow, places))
    }
}

/// A template with its marks.
fn with_marks(written: &TemplateText, number: usize, base: usize, places: &mut Places) -> String {
    let text = &written.source.text;
    let mut marked = String::with_capacity(text.len() * 2);
    let spans = spans(written);
    for (at, (span, tag)) in spans.iter().enumerate() {
        if !tag {
            let around =
                |at: Option<usize>| at.and_then(|at| spans.get(at)).map(|(span, _)| &text[span.clone()]);
            let around = (around(at.checked_sub(1)), around(Some(at + 1)));
            words(text, span.clone(), base, around, &mut marked);
            continue;
        }
        if prints(&text[span.clone()]) {
            marked.push_str(&marked::tag_at(base + span.start));
            places.tags.insert(base + span.start, Piece { template: number, span: span.clone() });
        }
        marked.push_str(&text[span.clone()]);
    }
    marked
}

/// The pieces of a template, tags with their braces, and whether each is a tag or a comment.
fn spans(written: &TemplateText) -> Vec<(Range<usize>, bool)> {
    let text = &written.source.text;
    let mut end = 0;
    let span = |piece: &TemplatePiece| {
        let (stop, tag) = match piece {
            TemplatePiece::Words(span) => (span.end, false),
            TemplatePiece::Tag(inside) | TemplatePiece::Comment(inside) => {
                let behind = &text[inside.end..];
                (inside.end + behind.len() - behind.trim_start_matches('}').len(), true)
            }
        };
        (std::mem::replace(&mut end, stop)..stop, tag)
    };
    written.pieces.iter().map(span).collect()
}

/// Whether a tag prints something where it stands, and no `~` in it reaches out for blanks.
fn prints(tag: &str) -> bool {
    let starts = |c: char| matches!(c, '#' | '/' | '>' | '!' | '^' | '&' | '*' | '~');
    let inside = tag.trim_matches(['{', '}']).trim();
    !inside.starts_with(starts) && !inside.ends_with('~') && inside != "else" && !inside.starts_with("else ")
}

/// Words between two tags with a mark before those of each line. A tag with a backslash before it is the engine's to
/// read, and blanks beside a tag that stands alone in its line, or reaches out for them, are none.
fn words(
    text: &str,
    span: Range<usize>,
    base: usize,
    (before, behind): (Option<&str>, Option<&str>),
    marked: &mut String,
) {
    let escaped = text[span.clone()].find("\\{{").map_or(span.end, |at| span.start + at);
    let between = |tag: Option<&str>| tag.is_some_and(prints);
    let mut at = span.start;
    for line in text[at..escaped].split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let (first, last) = (at == span.start, at + words.len() == span.end);
        let mut run = words;
        let mut start = 0;
        if first && before.is_some_and(|tag| tag.ends_with("~}}")) {
            run = run.trim_start();
            start = words.len() - run.len();
        }
        if last && behind.is_some_and(|tag| tag.starts_with("{{~")) {
            run = run.trim_end();
        }
        let blank = run.trim().is_empty() && !(first && last && between(before) && between(behind));
        if blank || run.is_empty() {
            marked.push_str(line);
        } else {
            marked.push_str(&line[..start]);
            marked.push_str(&marked::typed_at(base + at + start, run.len()));
            marked.push_str(&line[start..]);
        }
        at += line.len();
    }
    marked.push_str(&text[escaped..span.end]);
}

/// From where the spots stand: where each character comes from, by its byte.
fn spread(text: &str, spots: &[Spot], places: &Places) -> BTreeMap<usize, From> {
    let mut from = BTreeMap::new();
    let mut spots = spots.iter().peekable();
    let mut now: Option<(usize, &Spot)> = None;
    for (at, c) in text.char_indices() {
        while let Some(spot) = spots.next_if(|spot| spot.at <= at) {
            now = Some((spot.at, spot));
        }
        let source = now.and_then(|(start, spot)| source(at - start, c, spot, places));
        from.insert(at, source.unwrap_or(From::Elsewhere));
    }
    from
}

/// Where the character comes from that stands so many bytes behind a spot.
fn source(within: usize, c: char, spot: &Spot, places: &Places) -> Option<From> {
    match spot.typed {
        Some(bytes) if within < bytes => {
            let template = places.bases.partition_point(|base| *base <= spot.place).checked_sub(1)?;
            let start = spot.place - places.bases[template] + within;
            Some(From::Typed(Piece { template, span: start..start + c.len_utf8() }))
        }
        Some(_) => None,
        None => places.tags.get(&spot.place).cloned().map(From::Tag),
    }
}
