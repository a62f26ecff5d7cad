//! Word lists as tables: words by the character they begin or end with, the longest first.
//!
//! A clause is looked at a hundred times; a loop over a list of words each time costs a hundred times more than
//! everything else, a table by one character next to nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words;

/// Words, asked for by what a text begins or ends with.
#[derive(Debug)]
pub(super) struct Lexicon {
    first: HashMap<char, Vec<&'static str>>,
    last: HashMap<char, Vec<&'static str>>,
}

impl Lexicon {
    fn new(words: impl Iterator<Item = &'static str>) -> Lexicon {
        let mut lexicon = Lexicon { first: HashMap::new(), last: HashMap::new() };
        for word in words {
            if let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) {
                lexicon.first.entry(first).or_default().push(word);
                lexicon.last.entry(last).or_default().push(word);
            }
        }
        for words in lexicon.first.values_mut().chain(lexicon.last.values_mut()) {
            words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
            words.dedup();
        }
        lexicon
    }

    /// The words that a text begins with, the longest first.
    pub fn fronts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'static str> + 't {
        let words = text.chars().next().and_then(|first| self.first.get(&first)).into_iter().flatten();
        words.copied().filter(move |word| text.starts_with(word))
    }

    /// The longest word that a text begins with.
    pub fn front(&self, text: &str) -> Option<&'static str> {
        self.fronts(text).next()
    }

    /// The words that a text ends with, the longest first.
    pub fn backs<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'static str> + 't {
        let words = text.chars().next_back().and_then(|last| self.last.get(&last)).into_iter().flatten();
        words.copied().filter(move |word| text.ends_with(word))
    }

    /// The longest word that a text ends with.
    pub fn back(&self, text: &str) -> Option<&'static str> {
        self.backs(text).next()
    }

    /// Whether a text is one of the words.
    pub fn has(&self, text: &str) -> bool {
        self.front(text) == Some(text)
    }

    /// The first place where a word stands, from a byte on, with the longest word there.
    pub fn find(&self, text: &str, from: usize) -> Option<(usize, &'static str)> {
        let places = text.get(from..)?.char_indices().map(|(at, _)| from + at);
        places.into_iter().find_map(|at| Some((at, self.front(&text[at..])?)))
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $($list:ident)|+;)+) => {
        $($(#[$doc])* pub(super) static $name: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new([$(words::$list),+].into_iter().flat_map(str::split_whitespace)));)+
    };
}

tables! {
    VERBS: VERBS;
    FILL: FILL;
    WHOLE: WHOLE;
    LINK: LINK;
    ENDWORD: ENDWORD;
    UP: UP;
    /// Every verb of a change.
    CHANGE: UP | DOWN;
    NEEDBASE: NEEDBASE;
    HEADS: HEADS;
    CLASS: CLASS;
    COUNT: COUNT;
    STOP: STOP;
    ADV: ADV;
    MODV: MODV;
    NOTVERB: NOTVERB;
    NOUNV: NOUNV;
    GENERIC: GENERIC;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins_at_either_end() {
        assert_eq!(VERBS.front("新建公路"), Some("新建"));
        assert_eq!(VERBS.front("新发展党员"), Some("新发展"));
        assert_eq!(LINK.back("村集体收入增加到"), Some("增加到"));
        assert_eq!(FILL.front("今年以来完成"), Some("今年以来"));
        assert!(CLASS.has("党员") && !CLASS.has("党员干部"));
        assert_eq!(ADV.find("经济持续稳定", 0), Some(("经济".len(), "持续")));
    }
}
