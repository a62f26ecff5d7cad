//! Where in a template the words of a finished text come from.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Fix, Place, Source};
use crate::template::{Piece, Written};

/// Characters around a finding that are looked for in the templates: the more of them are found, the
/// surer is the place.
const AROUND: [usize; 8] = [24, 16, 10, 6, 4, 2, 1, 0];

/// Moves the findings of a rendered text to the templates, where their words stand there just once. Words
/// that come from facts stay where they are.
pub fn to_templates(found: Vec<Diagnostic>, templates: &[Written]) -> Vec<Diagnostic> {
    found.into_iter().map(|problem| moved(&problem, templates).unwrap_or(problem)).collect()
}

fn moved(problem: &Diagnostic, templates: &[Written]) -> Option<Diagnostic> {
    let place = problem.place.as_ref()?;
    let text = &place.source.text;
    let line_start = text[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[place.span.end..].find('\n').map_or(text.len(), |at| place.span.end + at);
    let sides = AROUND.iter().flat_map(|around| [(*around, *around), (*around, 0), (0, *around)]);
    for (left, right) in sides {
        let start = back(text, place.span.start, left, line_start);
        let end = forth(text, place.span.end, right, line_end);
        let words = &text[start..end];
        if words.trim().is_empty() {
            continue;
        }
        if let Some((source, at)) = only(words, templates) {
            let shift = |span: &Range<usize>| at + span.start - start..at + span.end - start;
            let fix = problem.fix.as_ref().filter(|fix| start <= fix.span.start && fix.span.end <= end);
            let fix = fix.map(|fix| Fix { span: shift(&fix.span), new: fix.new.clone() });
            return Some(Diagnostic {
                place: Some(Place::new(source, shift(&place.span))),
                shown: problem.place.clone(),
                fix,
                ..problem.clone()
            });
        }
    }
    None
}

fn back(text: &str, at: usize, count: usize, least: usize) -> usize {
    text[least..at].char_indices().rev().take(count).last().map_or(at, |(index, _)| least + index)
}

fn forth(text: &str, at: usize, count: usize, most: usize) -> usize {
    text[at..most].char_indices().nth(count).map_or(most, |(index, _)| at + index)
}

/// The one place where these words were typed.
fn only<'t>(words: &str, templates: &'t [Written]) -> Option<(&'t Arc<Source>, usize)> {
    let mut places = templates.iter().flat_map(|written| {
        written.pieces.iter().flat_map(move |piece| {
            let span = match piece {
                Piece::Words(span) => span.clone(),
                Piece::Tag(_) | Piece::Comment(_) => 0..0,
            };
            let start = span.start;
            written.source.text[span].match_indices(words).map(move |(at, _)| (&written.source, start + at))
        })
    });
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_goes_to_the_words_that_were_typed() {
        let template =
            Arc::new(Source::new("templates/汇报.hbs", "# 题\n\n召开会议{{会议}},成效明显,各方满意。\n"));
        let pieces = vec![
            Piece::Words(0.."# 题\n\n召开会议".len()),
            Piece::Words(template.text.find(',').unwrap()..template.text.len()),
        ];
        let written = [Written { source: Arc::clone(&template), pieces }];
        let text = Arc::new(Source::new("2011年报告", "题\n召开会议14次,成效明显,各方满意。\n"));
        let at = text.text.find(',').unwrap();
        let problem = Diagnostic {
            fix: Some(Fix { span: at..at + 1, new: "，".into() }),
            ..Diagnostic::error("pun-half", "错").at(&Place::new(&text, at..at + 1))
        };
        let found = to_templates(vec![problem], &written);
        let place = found[0].place.as_ref().unwrap();
        assert_eq!((place.source.name.as_str(), place.line()), ("templates/汇报.hbs", 3));
        assert_eq!(&template.text[place.span.clone()], ",");
        assert_eq!(found[0].fix.as_ref().unwrap().span, place.span);
        assert_eq!(found[0].shown.as_ref().unwrap().source.name, "2011年报告");
    }
}
