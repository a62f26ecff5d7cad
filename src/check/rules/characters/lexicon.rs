//! Many words looked for in one pass over a text.

use std::collections::HashMap;

/// Words, each with the number of what it stands for, by their first characters.
#[derive(Debug, Default)]
pub(in super::super) struct Lexicon<'w> {
    words: HashMap<char, Vec<(&'w str, usize)>>,
}

impl<'w> Lexicon<'w> {
    /// Where a word stands in a text, the word, and its number: every word at every place.
    pub(in super::super) fn hits<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'w str, usize)> + 't {
        text.char_indices().flat_map(move |(at, c)| {
            let words = self.words.get(&c).map_or(&[][..], Vec::as_slice);
            let stands = move |(word, _): &&(&str, usize)| text[at..].starts_with(word);
            words.iter().filter(stands).map(move |(word, number)| (at, *word, *number))
        })
    }
}

impl<'w> FromIterator<(&'w str, usize)> for Lexicon<'w> {
    fn from_iter<I: IntoIterator<Item = (&'w str, usize)>>(words: I) -> Self {
        let mut by_first: HashMap<char, Vec<(&str, usize)>> = HashMap::new();
        for (word, number) in words {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push((word, number));
            }
        }
        Lexicon { words: by_first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_at_every_place() {
        let lexicon: Lexicon<'_> = [("布署", 0), ("部份", 1), ("布署会", 2)].into_iter().collect();
        let hits: Vec<(usize, &str, usize)> = lexicon.hits("开布署会，部分、部份").collect();
        assert_eq!(hits, [(3, "布署", 0), (3, "布署会", 2), ("开布署会，部分、".len(), "部份", 1)]);
    }
}
