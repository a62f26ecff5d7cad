//! The wordings that come with the program; an entry is read when the text holds one of the words that it needs.

use std::sync::OnceLock;

use serde_yaml::Value;

use super::super::characters::lexicon::Lexicon;
use super::entry::{self, Entry};

/// How an entry begins in the file.
const HEAD: &str = "\n  - 编号: ";
/// The line of an entry with the words of which a text holds one, if the entry finds anything.
const HELD: &str = "    含: [";

/// A file of wordings in the program.
pub(super) struct Shipped {
    parts: Vec<Part>,
    words: Lexicon<'static>,
}

/// An entry as it stands in the file.
struct Part {
    text: &'static str,
    entry: OnceLock<Entry>,
}

impl Shipped {
    /// The entries of a file.
    pub(super) fn of(file: &'static str) -> Shipped {
        let texts = || file.split(HEAD).skip(1);
        let words = texts().enumerate().flat_map(|(number, text)| held(text).map(move |word| (word, number)));
        let parts = texts().map(|text| Part { text, entry: OnceLock::new() }).collect();
        Shipped { parts, words: words.collect() }
    }

    /// The entries that may find something in a text.
    pub(super) fn hits(&self, text: &str) -> impl Iterator<Item = &Entry> {
        let mut hit = vec![false; self.parts.len()];
        for (_, _, number) in self.words.hits(text) {
            hit[number] = true;
        }
        let parts = self.parts.iter().zip(hit).filter(|(_, hit)| *hit);
        parts.map(|(part, _)| part.entry())
    }

    /// Every entry.
    #[cfg(test)]
    pub(super) fn all(&self) -> impl Iterator<Item = &Entry> {
        self.parts.iter().map(Part::entry)
    }
}

impl Part {
    fn entry(&self) -> &Entry {
        self.entry.get_or_init(|| {
            let values: Result<Vec<Value>, _> = serde_yaml::from_str(&format!("{}{}", &HEAD[1..], self.text));
            let value = values.ok().and_then(|mut values| values.pop()).unwrap_or_default();
            entry::one(1, value).expect("the file comes with the program")
        })
    }
}

/// The words that an entry needs.
fn held(text: &'static str) -> impl Iterator<Item = &'static str> {
    let line = text.lines().find_map(|line| line.strip_prefix(HELD)?.strip_suffix(']'));
    line.into_iter().flat_map(|line| line.split(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_those_of_the_file_and_each_names_what_it_needs() {
        const FILE: &str = include_str!("提法.yaml");
        let whole = entry::read(FILE).unwrap();
        let shipped = Shipped::of(FILE);
        let ids =
            |entries: Vec<&Entry>| entries.into_iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(shipped.all().collect()), ids(whole.iter().collect()));
        let bare: Vec<&str> = FILE.split(HEAD).skip(1).filter(|text| held(text).next().is_none()).collect();
        assert_eq!(bare, Vec::<&str>::new());
        entry::sound(&whole).unwrap();
    }
}
