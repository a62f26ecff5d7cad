//! 用字.yaml: words that are written wrong, alike ones that are mixed up, and variants; what its three rules share.
//!
//! An entry is one line of the file, and is read when the text holds one of the words that its first list names: the
//! file is long, and a text holds few of them.

use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::lexicon::Lexicon;
use crate::check::{Findings, Prose, ProseLine};
use crate::zh::pattern::Pattern;

const FILE: &str = include_str!("用字.yaml");

/// The parts of the file, a rule for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What is never right.
    Wrong,
    /// What is right elsewhere.
    Alike,
    /// What the standard of variants does not recommend.
    Variant,
}

impl Part {
    const ALL: [Part; 3] = [Part::Wrong, Part::Alike, Part::Variant];

    /// Its key in the file.
    fn key(self) -> &'static str {
        match self {
            Part::Wrong => "别字",
            Part::Alike => "混用",
            Part::Variant => "异形词",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Part::Wrong => "现代汉语词典（第7版）",
            Part::Alike => "现代汉语词典（第7版）；编校惯例",
            Part::Variant => "第一批异形词整理表（GF 1001—2001）",
        }
    }
}

/// An entry as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The words without which a pattern matches nothing.
    #[serde(rename = "含", default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "the words are read off the line"))]
    held: Vec<String>,
    #[serde(rename = "错", default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "the words are read off the line"))]
    wrong: Vec<String>,
    /// A pattern whose first group is what is wrong.
    #[serde(rename = "式", default)]
    pattern: String,
    #[serde(rename = "对")]
    right: String,
    #[serde(rename = "因", default)]
    why: String,
    #[serde(rename = "除外", default)]
    except: Vec<String>,
    #[serde(rename = "来源", default)]
    source: String,
    /// Sentences that hold the words rightly, for the test.
    #[serde(rename = "对例", default)]
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "examples are for the test and for who reads the file")
    )]
    clean: Vec<String>,
    /// Sentences that hold them wrongly, where the words alone are no example.
    #[serde(rename = "错例", default)]
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "examples are for the test and for who reads the file")
    )]
    faulty: Vec<String>,
}

/// A line of the file that holds an entry.
struct Line {
    part: Part,
    words: Vec<&'static str>,
    text: &'static str,
    entry: OnceLock<(Entry, Option<Pattern>)>,
}

impl Line {
    fn entry(&self) -> &(Entry, Option<Pattern>) {
        self.entry.get_or_init(|| {
            let entry: Entry = serde_yaml::from_str(self.text).expect("the file comes with the program");
            let pattern = (!entry.pattern.is_empty()).then(|| Pattern::given(entry.pattern.clone()));
            (entry, pattern)
        })
    }
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| lines(FILE));
static LEXICON: LazyLock<Lexicon<'static>> = LazyLock::new(|| {
    let numbered = LINES.iter().enumerate();
    numbered.flat_map(|(number, line)| line.words.iter().map(move |word| (*word, number))).collect()
});

/// The entries of the file, as lines.
fn lines(file: &'static str) -> Vec<Line> {
    let mut part = Part::Wrong;
    let mut found = Vec::new();
    for line in file.lines() {
        if let Some(next) = Part::ALL.into_iter().find(|one| line.strip_suffix(':') == Some(one.key())) {
            part = next;
        }
        let Some(text) = line.strip_prefix("  - ") else { continue };
        let list =
            text.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
        let words = list.split(", ").filter(|word| !word.is_empty()).collect();
        found.push(Line { part, words, text, entry: OnceLock::new() });
    }
    found
}

/// Says what is wrong with the words of a text, by one part of the file.
pub(super) fn check(prose: &Prose, part: Part, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut seen: Vec<usize> = Vec::new();
        for (at, word, number) in LEXICON.hits(text) {
            let entry = &LINES[number];
            if entry.part != part {
                continue;
            }
            let (entry, pattern) = entry.entry();
            match pattern {
                None if !is_right(entry, text, at, word) => {
                    say(prose, line, part, entry, at..at + word.len(), found);
                }
                Some(pattern) if !seen.contains(&number) => {
                    seen.push(number);
                    for hit in pattern.captures_iter(text) {
                        let Some(span) = hit.get(1).map(|group| group.range()) else { continue };
                        if !is_right(entry, text, span.start, &text[span.clone()]) {
                            say(prose, line, part, entry, span, found);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether words at a place are part of others in which they are right.
fn is_right(entry: &Entry, text: &str, at: usize, word: &str) -> bool {
    entry.except.iter().any(|context| {
        context.match_indices(word).any(|(within, _)| {
            at.checked_sub(within)
                .and_then(|start| text.get(start..))
                .is_some_and(|rest| rest.starts_with(context.as_str()))
        })
    })
}

fn say(
    prose: &Prose,
    line: &ProseLine,
    part: Part,
    entry: &Entry,
    span: std::ops::Range<usize>,
    found: &mut Findings<'_>,
) {
    let text = prose.text(line);
    // A name is written as it is; only a slip is one in the words of others, too.
    let named = line.quoted.iter().any(|quoted| {
        quoted.start < span.end
            && span.start < quoted.end
            && (part != Part::Wrong || text[quoted.clone()].starts_with('《'))
    });
    if named {
        return;
    }
    let word = &text[span.clone()];
    let message = match part {
        Part::Variant => format!("“{word}”不是推荐的词形"),
        _ => format!("“{word}”用字不对"),
    };
    let why = if entry.why.is_empty() { String::new() } else { format!("：{}", entry.why) };
    let source = if entry.source.is_empty() { part.source() } else { &entry.source };
    let rights: Vec<String> = entry.right.split('；').map(|right| format!("“{right}”")).collect();
    let hint = format!("请用{}{why}（{source}）", rights.join("或"));
    let span = line.span.start + span.start..line.span.start + span.end;
    if part == Part::Wrong && rights.len() == 1 {
        found.fix(&prose.source, span, entry.right.as_str(), message, hint);
    } else {
        found.at(&prose.source, span, message, hint);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::RULES;
    use super::*;
    use crate::check::run_prose;

    fn found(text: &str) -> Vec<String> {
        let prose = Prose::of_text("例文.txt", &format!("总结\n\n{text}"));
        let rules = RULES.iter().filter(|rule| ["chr-typo", "chr-alike", "chr-variant"].contains(&rule.name));
        rules.flat_map(|rule| run_prose(rule, &prose)).map(|problem| problem.message).collect()
    }

    #[test]
    fn lines_are_the_entries_of_the_file() {
        #[derive(Deserialize)]
        struct Whole {
            #[serde(rename = "整理日期")]
            compiled: String,
            #[serde(flatten)]
            parts: HashMap<String, Vec<Entry>>,
        }
        let whole: Whole = serde_yaml::from_str(FILE).unwrap();
        assert!(whole.compiled.starts_with("20"));
        for part in Part::ALL {
            let lines: Vec<&Line> = LINES.iter().filter(|line| line.part == part).collect();
            assert_eq!(lines.len(), whole.parts[part.key()].len());
            for (line, entry) in lines.into_iter().zip(&whole.parts[part.key()]) {
                let words = if entry.held.is_empty() { &entry.wrong } else { &entry.held };
                assert_eq!(line.words, *words, "{}", line.text);
                assert_eq!(entry.pattern.is_empty(), entry.held.is_empty(), "{}", line.text);
                assert!(!line.words.is_empty() && !entry.right.is_empty(), "{}", line.text);
                assert!(line.entry().1.as_ref().is_none_or(Pattern::is_sound), "{}", line.text);
            }
        }
        assert!(LINES.len() > 300);
    }

    #[test]
    fn every_entry_speaks_on_the_wrong_words_and_is_silent_on_the_right_ones() {
        let mut failures = Vec::new();
        for line in LINES.iter() {
            let (entry, pattern) = line.entry();
            let faulty: Vec<String> = match &entry.faulty {
                none if none.is_empty() => {
                    entry.wrong.iter().map(|word| format!("全镇，{word}，如此。")).collect()
                }
                given => given.clone(),
            };
            if pattern.is_some() && (entry.faulty.is_empty() || entry.clean.is_empty()) {
                failures.push(format!("no examples: {}", line.text));
            }
            failures.extend(
                faulty.iter().filter(|text| found(text).is_empty()).map(|text| format!("silent: {text}")),
            );
            let rights = entry
                .right
                .split('；')
                .filter(|_| pattern.is_none())
                .map(|right| format!("全镇，{right}，如此。"));
            for text in rights.chain(entry.clean.iter().cloned()).chain(entry.except.iter().cloned()) {
                let said = found(&text);
                if !said.is_empty() {
                    failures.push(format!("speaks: {text}: {}", said.join(" ")));
                }
            }
        }
        assert_eq!(failures, Vec::<String>::new());
    }

    #[test]
    fn no_word_is_listed_twice() {
        let mut words: Vec<&str> = LINES
            .iter()
            .filter(|line| !line.text.starts_with("{含"))
            .flat_map(|line| &line.words)
            .copied()
            .collect();
        let count = words.len();
        words.sort_unstable();
        let twice: Vec<&str> =
            words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert_eq!((twice, words.len()), (Vec::new(), count));
    }
}
