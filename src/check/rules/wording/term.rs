//! Set wordings: a file of what is not said, and what is said instead.

use std::sync::LazyLock;

use super::super::prelude::*;
use super::entry::{self, Check, Entry};
use super::members::Fault;

/// The usage of the sources that the file names.
pub(super) const RULE: Rule = Rule::prose("term", Level::Warning, run);

/// The wordings that come with the program.
static BUILTIN: LazyLock<Terms> = LazyLock::new(Terms::builtin);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    BUILTIN.check(prose, found);
}

/// A file of wordings, ready for use.
#[derive(Debug, Default)]
pub struct Terms {
    entries: Vec<Entry>,
}

impl Terms {
    /// The wordings that come with the program.
    pub fn builtin() -> Terms {
        Terms { entries: entry::read(include_str!("提法.yaml")).unwrap_or_default() }
    }

    /// Reads a file of wordings in the format of 提法.yaml.
    ///
    /// # Errors
    /// An entry that is wrong, named by its number, in Chinese.
    pub fn parse(text: &str) -> Result<Terms, String> {
        let entries = entry::read(text)?;
        entry::sound(&entries)?;
        Ok(Terms { entries })
    }

    /// Says what a text should say otherwise.
    pub fn check(&self, prose: &Prose, found: &mut Findings<'_>) {
        for entry in self.hits(&prose.source.text) {
            for (line, text) in prose.each() {
                for (span, message) in faults(entry, line, text) {
                    let place = line.span.start + span.start..line.span.start + span.end;
                    found.at(&prose.source, place, message, hint(entry));
                }
            }
        }
    }

    /// The entries that may find something.
    fn hits<'s>(&'s self, text: &'s str) -> impl Iterator<Item = &'s Entry> {
        self.entries.iter().filter(move |entry| entry.pattern().is_match(text))
    }
}

/// What an entry finds in a line: where, and what is wrong.
fn faults(entry: &Entry, line: &ProseLine, text: &str) -> Vec<(Range<usize>, String)> {
    let found: Vec<(Range<usize>, String)> = match &entry.check {
        Check::Words { wrong, except } => {
            let spans = wrong.pattern.find_iter(text).map(|hit| hit.range());
            let contexts = except.iter().flat_map(|except| except.pattern.find_iter(text));
            let contexts: Vec<Range<usize>> = contexts.map(|hit| hit.range()).collect();
            let right = |span: &Range<usize>| {
                let next = contexts.partition_point(|context| context.end <= span.start);
                contexts.get(next).is_some_and(|context| context.start < span.end)
            };
            let said = |span: Range<usize>| (span.clone(), format!("“{}”的提法不妥", shown(&text[span])));
            spans.filter(|span| !right(span)).map(said).collect()
        }
        Check::Order(members) => {
            let said = |(span, fault): (Range<usize>, Fault)| (span.clone(), order(&text[span], fault));
            members.faults(text).into_iter().map(said).collect()
        }
    };
    found.into_iter().filter(|(span, _)| !is_cited(line, span)).collect()
}

/// Whether words stand inside a quotation, without its marks.
fn is_cited(line: &ProseLine, span: &Range<usize>) -> bool {
    line.quoted.iter().any(|quoted| quoted.start < span.start && span.end < quoted.end)
}

fn order(words: &str, fault: Fault) -> String {
    let words = shown(words);
    match fault {
        Fault::Order => format!("“{words}”的次序不对"),
        Fault::Stranger(stranger) => format!("“{words}”里夹进了“{}”", shown(&stranger)),
        Fault::Missing(count) => format!("“{words}”只列了{count}个，没有列全"),
    }
}

fn hint(entry: &Entry) -> String {
    let right: String = entry.right.split('；').map(|right| format!("“{}”", shown(right))).collect();
    let right = if entry.right.is_empty() { String::new() } else { format!("请用{right}：") };
    format!("{right}{}（{}，{}）", entry.why, entry.id, entry.source)
}

/// Words for use inside “”; a mark without its other half is left out.
fn shown(words: &str) -> String {
    if words.matches('“').count() != words.matches('”').count() {
        return words.replace(['“', '”'], "");
    }
    words.replace('“', "‘").replace('”', "’")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::page::{self, Case};

    fn fired(text: &str) -> Vec<String> {
        let prose = Prose::of_text("例文.txt", text);
        let fires = |entry: &&Entry| prose.each().any(|(line, text)| !faults(entry, line, text).is_empty());
        BUILTIN.hits(&prose.source.text).filter(fires).map(|entry| entry.id.clone()).collect()
    }

    #[test]
    fn the_file_that_comes_with_the_program_is_right() {
        let terms = Terms::parse(include_str!("提法.yaml")).unwrap();
        assert!(terms.entries.len() > 35);
    }

    #[test]
    fn every_entry_is_fired_by_a_wrong_case_of_the_page() {
        let page = page::parse(include_str!("term.md"));
        let texts = page.wrong.iter().filter_map(|case| match case {
            Case::Text { text, .. } => Some(text.as_str()),
            Case::Files(_) => None,
        });
        let fired: Vec<String> = texts.flat_map(fired).collect();
        let silent: Vec<&str> = BUILTIN
            .entries
            .iter()
            .map(|entry| entry.id.as_str())
            .filter(|id| !fired.iter().any(|one| one == id))
            .collect();
        assert_eq!(silent, Vec::<&str>::new());
    }

    #[test]
    fn a_broken_pattern_is_named() {
        let broken = "整理日期: 2024-01-01\n提法:\n  - {编号: A, 不用: ['(甲'], 正则: true, 说明: 无, 来源: 无, 日期: 2024-01}";
        assert!(Terms::parse(broken).unwrap_err().starts_with("“A”里的“(?:(甲)”不是能用的"));
    }

    #[test]
    fn another_file_says_its_own_words() {
        let own = "整理日期: 2024-01-01\n提法:\n  - {编号: 本镇-1, 用: 为民办事站, 不用: [便民站], 说明: 本镇统一的叫法, 来源: 镇政府通知, 日期: 2024-01}\n";
        let terms = Terms::parse(own).unwrap();
        let mut found = Findings::new(&RULE);
        terms.check(&Prose::of_text("例文.txt", "群众到便民站办事，见“便民站”招牌。"), &mut found);
        let found = found.into_inner();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "“便民站”的提法不妥");
        assert_eq!(
            found[0].hints,
            ["请用“为民办事站”：本镇统一的叫法（本镇-1，镇政府通知，2024-01）".into()]
        );
    }
}
