//! Patterns that are built when a text first holds what they cannot match without.
//!
//! A rule looks for what most texts do not hold. Building a pattern costs some hundred times more than looking
//! whether any word stands in the text that every match of it contains; those words are read off the pattern.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Match, Regex};

/// No more words than these are looked for in the place of a pattern.
const MOST: usize = 48;

/// A pattern, written down as a constant.
#[derive(Debug)]
pub struct Pattern {
    written: Written,
    needed: OnceLock<Vec<String>>,
    built: OnceLock<Regex>,
}

#[derive(Debug)]
enum Written {
    Text(&'static str),
    Made(fn() -> String),
}

impl Pattern {
    /// A pattern by its text.
    pub const fn new(text: &'static str) -> Pattern {
        Pattern::of(Written::Text(text))
    }

    /// A pattern whose text is put together at its first use.
    pub const fn made(make: fn() -> String) -> Pattern {
        Pattern::of(Written::Made(make))
    }

    const fn of(written: Written) -> Pattern {
        Pattern { written, needed: OnceLock::new(), built: OnceLock::new() }
    }

    /// Whether it matches anywhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.within(text).is_some_and(|regex| regex.is_match(text))
    }

    /// Its first match.
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_at(text, 0)
    }

    /// Its first match at or behind a byte; what stands before is seen by `^` and the like.
    pub fn find_at<'t>(&self, text: &'t str, start: usize) -> Option<Match<'t>> {
        self.within(text)?.find_at(text, start)
    }

    /// Its matches from left to right.
    pub fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.within(text).into_iter().flat_map(move |regex| regex.find_iter(text))
    }

    /// Its first match with the groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.within(text)?.captures(text)
    }

    /// Its matches with the groups, from left to right.
    pub fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.within(text).into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    /// The built pattern, unless the text holds none of the words that it needs.
    fn within(&self, text: &str) -> Option<&Regex> {
        if let Some(built) = self.built.get() {
            return Some(built);
        }
        let needed = self.needed.get_or_init(|| needed(&self.text()));
        if needed.is_empty() || needed.iter().any(|word| text.contains(word.as_str())) {
            return Some(self.regex());
        }
        debug_assert!(!self.regex().is_match(text), "{:?} matches “{text}”", self.written);
        None
    }

    /// The pattern, built by now.
    pub fn regex(&self) -> &Regex {
        self.built.get_or_init(|| Regex::new(&self.text()).expect("the pattern is a constant"))
    }

    fn text(&self) -> String {
        match self.written {
            Written::Text(text) => text.to_owned(),
            Written::Made(make) => make(),
        }
    }
}

/// Words of which every match of a pattern contains one; none where nothing is known.
fn needed(pattern: &str) -> Vec<String> {
    let mut reader = Reader { pattern, at: 0, lost: false };
    let words = reader.alternatives().filter(|words| !reader.lost && words.len() <= MOST).unwrap_or_default();
    words.into_iter().map(|range| pattern[range].to_owned()).collect()
}

/// Stretches of a pattern that stand for themselves, one of which is in every match; `None` where none need be.
type Words = Option<Vec<Range<usize>>>;

fn one(word: Range<usize>) -> Words {
    Some(std::iter::once(word).collect())
}

/// Reads a pattern as far as is needed to know its words.
struct Reader<'p> {
    pattern: &'p str,
    at: usize,
    /// Something was met that is not understood here.
    lost: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.pattern[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.pattern[self.at..].starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Up to the end of the group: a word of each alternative.
    fn alternatives(&mut self) -> Words {
        let mut all = self.sequence();
        while self.eat("|") {
            let more = self.sequence();
            all = all.zip(more).map(|(mut all, more)| {
                all.extend(more);
                all
            });
        }
        all
    }

    /// Up to the end of the alternative: the longest words in it.
    fn sequence(&mut self) -> Words {
        let mut best: Words = None;
        let mut run: Option<Range<usize>> = None;
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            let start = self.at;
            let piece = self.piece(c);
            let single = piece.as_ref().is_some_and(|words| words.len() == 1 && words[0] == (start..self.at));
            let end = self.at;
            let (certain, once) = self.repeated();
            let piece = piece.filter(|_| certain);
            if single && certain {
                let from = run.take().filter(|run| run.end == start).map_or(start, |run| run.start);
                better(&mut best, one(from..end));
                run = once.then_some(from..end);
            } else {
                better(&mut best, piece);
                run = None;
            }
        }
        best
    }

    /// One character, class or group.
    fn piece(&mut self, c: char) -> Words {
        let start = self.at;
        self.next();
        match c {
            '(' => self.group(),
            '[' => self.class(),
            '\\' => self.escape(),
            '.' | '^' | '$' => None,
            _ => one(start..self.at),
        }
    }

    /// Behind `(`.
    fn group(&mut self) -> Words {
        if self.eat("?P<") || self.eat("?<") {
            while self.next().is_some_and(|c| c != '>') {}
        } else if !self.eat("?:") && self.peek() == Some('?') {
            self.lost = true;
        }
        let words = self.alternatives();
        self.lost |= !self.eat(")");
        words
    }

    /// Behind `\`: a mark that stands for itself, or a class.
    fn escape(&mut self) -> Words {
        let start = self.at;
        match self.next()? {
            'p' | 'P' | 'x' | 'u' | 'U' => {
                if self.eat("{") {
                    while self.next().is_some_and(|c| c != '}') {}
                } else {
                    self.lost = true;
                }
                None
            }
            c if c.is_ascii_alphanumeric() => None,
            _ => one(start..self.at),
        }
    }

    /// Behind `[`: its characters, where they are few and told one by one.
    fn class(&mut self) -> Words {
        let mut words = if self.eat("^") { None } else { Some(Vec::new()) };
        let mut first = true;
        loop {
            let start = self.at;
            let Some(c) = self.next() else {
                self.lost = true;
                return None;
            };
            let more = match c {
                ']' if !first => return words,
                '[' | '&' => {
                    self.lost = true;
                    None
                }
                '\\' => self.escape(),
                // A range, unless it stands at either end.
                '-' if !first && self.peek() != Some(']') => None,
                _ => one(start..self.at),
            };
            words = words.zip(more).map(|(mut words, more)| {
                words.extend(more);
                words
            });
            first = false;
        }
    }

    /// What says how often: whether the piece stands at least once, and whether just once.
    fn repeated(&mut self) -> (bool, bool) {
        let told = match self.peek() {
            Some('?' | '*') => (false, false),
            Some('+') => (true, false),
            Some('{') => (!self.pattern[self.at..].starts_with("{0"), false),
            _ => return (true, true),
        };
        if self.next() == Some('{') {
            while self.next().is_some_and(|c| c != '}') {}
        }
        self.eat("?");
        told
    }
}

/// Keeps those of which the shortest is longest, and of equals the fewer.
fn better(best: &mut Words, new: Words) {
    let rank = |words: &Words| {
        let words = words.as_ref().filter(|words| !words.is_empty() && words.len() <= MOST)?;
        Some((words.iter().map(Range::len).min(), std::cmp::Reverse(words.len())))
    };
    if rank(&new) > rank(best) {
        *best = new;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::string::string_regex;

    use super::*;

    #[test]
    fn words_are_read_off_patterns() {
        for (pattern, words) in [
            ("截至", "截至"),
            ("特此(?:报告|汇报)[。！]?$", "特此"),
            ("(?:增加|提高)了(?P<to>到|至)", "增加 提高"),
            ("[0-9]+(?:\\.[0-9]+)?[%％]", "% ％"),
            ("(?:共)?有", "有"),
            ("三年?来", "三"),
            ("近三{1,2}年", "近三"),
            ("近{0,2}年", "年"),
            ("[-~]{2,}|…", "- ~ …"),
            (r"www\.[!-~]+", "www"),
            (r"\d{2}\.\p{Han}{2}倍", "倍"),
            ("(?i)abc", ""),
            ("[^，。]+|年", ""),
            ("甲|", ""),
            (".*", ""),
            ("[a&&b]c", ""),
        ] {
            assert_eq!(needed(pattern).join(" "), words, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_gives_what_its_expression_gives() {
        let dated = Pattern::new("([0-9]+)年([0-9]+)月");
        assert_eq!(dated.captures("2011年5月").map(|found| found[2].to_owned()), Some("5".to_owned()));
        assert_eq!(dated.find_iter("5月；2011年5月").count(), 1);
        assert!(dated.find_at("2011年5月", 1).is_some_and(|found| found.as_str() == "011年5月"));
        assert!(!dated.is_match("没有"));
    }

    /// Patterns of the kind that rules have.
    fn pattern() -> impl Strategy<Value = String> {
        let leaf = proptest::sample::select(
            &["甲", "乙丙", "a", r"\.", "[0-9]", "[甲乙-]", "[^甲]", r"[\]甲]", r"\p{Han}", ".", r"\d"][..],
        );
        leaf.prop_map(str::to_owned).prop_recursive(4, 32, 4, |inner| {
            let some = prop::collection::vec(inner, 1..4);
            let often =
                proptest::sample::select(&["", "", "?", "*", "+", "??", "{0,2}", "{1,2}", "{2}", "+?"][..]);
            let open = proptest::sample::select(&["(", "(?:", "(?P<n>"][..]);
            prop_oneof![
                some.clone().prop_map(|parts| parts.concat()),
                (open, some, often)
                    .prop_map(|(open, parts, often)| format!("{open}{}){often}", parts.join("|"))),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn every_match_contains_a_word(
            (pattern, text) in pattern().prop_filter_map("names stand once", |pattern| {
                let texts = string_regex(&pattern.replace("(?P<n>", "(?:")).ok()?;
                Some((Just(pattern), texts))
            }).prop_flat_map(|both| both)
        ) {
            let words = needed(&pattern);
            prop_assert!(words.is_empty() || words.iter().any(|word| text.contains(word)), "{words:?}");
        }
    }
}
