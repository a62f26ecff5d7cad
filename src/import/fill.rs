//! A block of a report with tags in place of its figures, any of which can be taken back.

use std::ops::Range;

use super::bind::{Kept, Tag};
use super::lines::{around, escaped_start, typed};
use crate::document::{Block, Line};

/// A block as it stands in the template.
#[derive(Clone)]
pub(super) struct Filled {
    /// The line of the template.
    pub text: String,
    /// Paths that are named outside tags: that of the table.
    whole: Vec<String>,
    words: Option<Words>,
}

/// The words of a block and its tags, in their order and without overlap.
#[derive(Clone)]
struct Words {
    before: String,
    /// For what its first words would be taken at the start of a line.
    block: Block,
    /// The number of the line in the report, from 1.
    number: usize,
    line: Line,
    tags: Vec<Tag>,
    /// Where each tag stands in the line of the template.
    places: Vec<Range<usize>>,
}

impl Filled {
    /// A block without tags that can be told apart.
    pub fn whole(text: String, paths: Vec<String>) -> Filled {
        Filled { text, whole: paths, words: None }
    }

    /// A block with its tags; `before` is the mark that opens its line in the template.
    pub fn of(before: String, block: &Block, number: usize, line: &Line, mut tags: Vec<Tag>) -> Filled {
        tags.sort_by_key(|tag| tag.span.start);
        let mut end = line.number;
        tags.retain(|tag| {
            let free = tag.span.start >= end;
            end = if free { tag.span.end } else { end };
            free
        });
        let block = match block {
            Block::Paragraph(_) => Block::Paragraph(Vec::new()),
            _ => Block::Title(Vec::new()),
        };
        let words = Words { before, block, number, line: line.clone(), tags, places: Vec::new() };
        let mut filled = Filled { text: String::new(), whole: Vec::new(), words: Some(words) };
        filled.write();
        filled
    }

    /// Writes the line of the template anew.
    fn write(&mut self) {
        let Some(words) = &mut self.words else { return };
        let (mut text, mut at) = (String::new(), words.line.number);
        words.places.clear();
        for tag in &words.tags {
            text.push_str(&typed(&words.line.text[at..tag.span.start]));
            words.places.push(text.len()..text.len() + tag.tag.len());
            text.push_str(&tag.tag);
            at = tag.span.end;
        }
        text.push_str(&typed(&words.line.text[at..]));
        let length = text.len();
        self.text = format!("{}{}", words.before, escaped_start(&words.block, text));
        let shift = self.text.len() - length;
        words.places.iter_mut().for_each(|place| *place = place.start + shift..place.end + shift);
    }

    /// The paths that it names.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let tags = self.words.iter().flat_map(|words| &words.tags).flat_map(|tag| &tag.paths);
        self.whole.iter().chain(tags).map(String::as_str)
    }

    /// The tag at a byte of the line of the template.
    pub fn tag_at(&self, byte: usize) -> Option<usize> {
        let places = &self.words.as_ref()?.places;
        places.iter().position(|place| place.start <= byte && byte < place.end)
    }

    /// The tags that name one of some paths.
    pub fn tags_of(&self, wanted: impl Fn(&String) -> bool) -> impl Iterator<Item = usize> {
        let tags = self.words.iter().flat_map(|words| words.tags.iter().enumerate());
        tags.filter(move |(_, tag)| tag.paths.iter().any(&wanted)).map(|(index, _)| index)
    }

    /// The tags that print something else than the report says, each with a reason in words.
    pub fn misprinted(&self, rendered: &str) -> Vec<(usize, String)> {
        let Some(words) = &self.words else { return Vec::new() };
        let (text, mut wrong) = (words.line.text.as_str(), Vec::new());
        let (mut from, mut at) = (0, 0);
        for (index, tag) in words.tags.iter().enumerate() {
            let Some(rest) = rendered[at..].strip_prefix(&text[from..tag.span.start]) else { break };
            at = rendered.len() - rest.len();
            let next = words.tags.get(index + 1).map_or(text.len(), |next| next.span.start);
            let literal = &text[tag.span.end..next];
            let length = if literal.is_empty() && next < text.len() {
                // Two tags side by side: as long as this one comes out, the next begins behind it.
                rest.starts_with(&text[tag.span.clone()]).then_some(tag.span.len())
            } else if next == text.len() {
                rest.strip_suffix(literal).map(str::len)
            } else {
                rest.find(literal)
            };
            let shown = length.and_then(|length| rest.get(..length)).unwrap_or_default();
            if shown != &text[tag.span.clone()] {
                let reason = format!("换成指标后印成“{shown}”，和原文不一样，照原文保留为手写，请核对");
                wrong.push((index, reason));
            }
            let Some(length) = length else { break };
            (from, at) = (tag.span.end, at + length);
        }
        wrong
    }

    /// Puts the sum of a column in the place of a fact.
    pub fn sum(&mut self, path: &str, ledger: &str, column: &str) {
        let Some(words) = &mut self.words else { return };
        for tag in words.tags.iter_mut().filter(|tag| tag.paths.iter().any(|one| one == path)) {
            tag.tag = summed(&tag.tag, path, &format!("合计 {ledger}.{column}"));
            tag.paths.iter_mut().filter(|one| *one == path).for_each(|one| *one = ledger.to_owned());
        }
        self.write();
    }

    /// Takes a tag back to the words that it stands for.
    pub fn untag(&mut self, index: usize, reason: &str) -> Option<Kept> {
        let words = self.words.as_mut().filter(|words| index < words.tags.len())?;
        let tag = words.tags.remove(index);
        let context = around(&words.line.text, &tag.span);
        let kept = Kept { line: words.number, context, reason: reason.to_owned() };
        self.write();
        Some(kept)
    }
}

/// A tag with a sum in the place of a fact: alone it is the tag, as an argument it stands in brackets.
fn summed(tag: &str, path: &str, sum: &str) -> String {
    let inner = tag.strip_prefix("{{").and_then(|tag| tag.strip_suffix("}}")).unwrap_or(tag);
    if inner == path {
        return format!("{{{{{sum}}}}}");
    }
    if let Some(rest) = inner.strip_prefix("数 ").and_then(|rest| rest.strip_prefix(path))
        && rest.starts_with(' ')
    {
        return format!("{{{{{sum}{rest}}}}}");
    }
    let (mut text, mut quoted) = (String::new(), false);
    for piece in tag.split_inclusive([' ', '"', '{', '}', '(', ')']) {
        let word = piece.trim_end_matches([' ', '"', '{', '}', '(', ')']);
        match word == path && !quoted {
            true => text.push_str(&format!("({sum}){}", &piece[word.len()..])),
            false => text.push_str(piece),
        }
        quoted ^= piece.ends_with('"');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::summed;

    #[test]
    fn a_sum_takes_the_place_of_a_fact() {
        for (tag, wanted) in [
            ("{{治理.排查}}", "{{合计 片区.排查}}"),
            ("{{数 治理.排查 样式=\"汉字\"}}", "{{合计 片区.排查 样式=\"汉字\"}}"),
            ("{{占比 治理.化解 治理.排查}}", "{{占比 治理.化解 (合计 片区.排查)}}"),
            (
                "{{占比 治理.排查 治理.排查数 零=\"治理.排查\"}}",
                "{{占比 (合计 片区.排查) 治理.排查数 零=\"治理.排查\"}}",
            ),
        ] {
            assert_eq!(summed(tag, "治理.排查", "合计 片区.排查"), wanted);
        }
    }
}
