//! Where in a template the words of a finished text come from.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Fix, Place, Source};
use crate::template::{TemplatePiece, TemplateText};

/// Characters around a finding that are looked for in the templates: the more of them are found, the
/// surer is the place.
const AROUND: [usize; 8] = [24, 16, 10, 6, 4, 2, 1, 0];

/// The words that were typed in templates, ready to be looked up: all of them in one text, and for every two
/// characters the places where they stand.
pub struct Typed<'t> {
    text: String,
    /// Where each stretch of words begins in the text, its template, and where it begins there.
    stretches: Vec<(usize, &'t Arc<Source>, usize)>,
    /// Where in the text two characters stand side by side.
    places: HashMap<(char, char), Vec<usize>>,
}

/// Between stretches; no character of a template.
const END: char = '\0';

impl<'t> Typed<'t> {
    /// The words of templates.
    pub fn of(templates: impl IntoIterator<Item = &'t TemplateText>) -> Typed<'t> {
        let (mut text, mut stretches) = (String::new(), Vec::new());
        for written in templates {
            for piece in &written.pieces {
                let TemplatePiece::Words(span) = piece else { continue };
                stretches.push((text.len(), &written.source, span.start));
                text.push_str(&written.source.text[span.clone()]);
                text.push(END);
            }
        }
        let mut places: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, pair) in pairs(&text) {
            places.entry(pair).or_default().push(at);
        }
        Typed { text, stretches, places }
    }

    /// Moves the findings of a rendered text to the templates, where their words stand there just once. Words
    /// that come from facts stay where they are.
    pub fn place(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.into_iter().map(|problem| self.moved(&problem).unwrap_or(problem)).collect()
    }

    fn moved(&self, problem: &Diagnostic) -> Option<Diagnostic> {
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
            if let Some((source, at)) = self.only(words) {
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

    /// The one place where these words were typed.
    fn only(&self, words: &str) -> Option<(&'t Arc<Source>, usize)> {
        // Of the pairs in the words the rarest, with its byte in them.
        let places = |pair| self.places.get(&pair).map_or(&[][..], Vec::as_slice);
        let rarest = pairs(words).map(|(within, pair)| (places(pair), within));
        let at = match rarest.min_by_key(|(places, _)| places.len()) {
            Some((places, within)) => {
                let starts = places.iter().filter_map(|at| at.checked_sub(within));
                let same = |start: &usize| self.text.as_bytes()[*start..].starts_with(words.as_bytes());
                single(starts.filter(same), words.len())
            }
            None => single(self.text.match_indices(words).map(|(at, _)| at), words.len()),
        }?;
        let stretch = self.stretches.partition_point(|(start, ..)| *start <= at).checked_sub(1)?;
        let (start, source, within) = self.stretches[stretch];
        (!words.contains(END)).then_some((source, within + at - start))
    }
}

/// Every two characters that stand side by side, with the byte of the first.
fn pairs(text: &str) -> impl Iterator<Item = (usize, (char, char))> {
    let next = text.chars().skip(1);
    text.char_indices().zip(next).map(|((at, first), second)| (at, (first, second)))
}

/// The first of the places, unless two stand apart by the length of the words.
fn single(mut places: impl Iterator<Item = usize>, length: usize) -> Option<usize> {
    let first = places.next()?;
    let ends = places.try_fold((first, first), |(low, high), at| {
        let (low, high) = (low.min(at), high.max(at));
        (high - low < length).then_some((low, high))
    });
    ends.map(|(low, _)| low)
}

fn back(text: &str, at: usize, count: usize, least: usize) -> usize {
    text[least..at].char_indices().rev().take(count).last().map_or(at, |(index, _)| least + index)
}

fn forth(text: &str, at: usize, count: usize, most: usize) -> usize {
    text[at..most].char_indices().nth(count).map_or(most, |(index, _)| at + index)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::template::Templates;

    #[test]
    fn a_finding_goes_to_the_words_that_were_typed() {
        let template =
            Arc::new(Source::new("templates/汇报.hbs", "# 题\n\n召开会议{{会议}},成效明显,各方满意。\n"));
        let pieces = vec![
            TemplatePiece::Words(0.."# 题\n\n召开会议".len()),
            TemplatePiece::Words(template.text.find(',').unwrap()..template.text.len()),
        ];
        let written = [TemplateText { source: Arc::clone(&template), pieces }];
        let text = Arc::new(Source::new("2011年报告", "题\n召开会议14次,成效明显,各方满意。\n"));
        let at = text.text.find(',').unwrap();
        let problem = Diagnostic {
            fix: Some(Fix { span: at..at + 1, new: "，".into() }),
            ..Diagnostic::error("pun-half", "错").at(&Place::new(&text, at..at + 1))
        };
        let found = Typed::of(&written).place(vec![problem]);
        let place = found[0].place.as_ref().unwrap();
        assert_eq!((place.source.name.as_str(), place.line()), ("templates/汇报.hbs", 3));
        assert_eq!(&template.text[place.span.clone()], ",");
        assert_eq!(found[0].fix.as_ref().unwrap().span, place.span);
        assert_eq!(found[0].shown.as_ref().unwrap().source.name, "2011年报告");
    }

    /// What is looked up, without the index.
    fn searched<'t>(words: &str, templates: &[&'t TemplateText]) -> Vec<(&'t Arc<Source>, usize)> {
        let mut places = Vec::new();
        for written in templates {
            for piece in &written.pieces {
                let TemplatePiece::Words(span) = piece else { continue };
                let stretch = &written.source.text[span.clone()];
                places.extend(stretch.match_indices(words).map(|(at, _)| (&written.source, span.start + at)));
            }
        }
        places
    }

    proptest! {
        #[test]
        fn words_are_found_where_they_stand_once(
            texts in proptest::collection::vec("([甲乙丙a]{1,6}(\\{\\{x\\}\\})?){0,6}", 1..4),
            words in "[甲乙丙a]{1,4}",
        ) {
            let named = texts.into_iter().enumerate().map(|(number, text)| (number.to_string(), text));
            let templates = Templates::from_sources(named.collect()).unwrap();
            let written: Vec<&TemplateText> = templates.written().collect();
            let found = Typed::of(written.iter().copied()).only(&words).map(|(source, at)| (Arc::as_ptr(source), at));
            let searched = searched(&words, &written);
            let once = (searched.len() == 1).then(|| (Arc::as_ptr(searched[0].0), searched[0].1));
            prop_assert_eq!(found, once);
        }
    }
}
