//! Lists of fixed members in a fixed order.

use std::ops::Range;

use crate::zh::pattern::Pattern;

/// Members below this number make no list of the set.
const LEAST: usize = 3;
/// A stranger among members is no longer than this, in characters.
const LONGEST_STRANGER: usize = 8;

/// The members of a set.
#[derive(Debug)]
pub(super) struct Members {
    words: Vec<String>,
    suffixes: Vec<String>,
    names: Vec<String>,
    any: Pattern,
}

/// What is wrong with a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The members stand in another order.
    Order,
    /// Something else stands among them.
    Stranger(String),
    /// The list is called by its name, but so many of its members are all there are.
    Missing(usize),
}

/// A member in a text: its number and its bytes, and the stranger before it.
struct Hit<'t> {
    number: usize,
    span: Range<usize>,
    stranger: Option<&'t str>,
}

impl Members {
    /// A set of members in their order.
    pub(super) fn new(words: &[String], suffixes: &[String], names: &[String]) -> Members {
        let mut longest_first = words.to_vec();
        longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let parts: Vec<String> = longest_first.iter().map(|word| regex::escape(word)).collect();
        let any = Pattern::given(parts.join("|"));
        let mut suffixes = suffixes.to_vec();
        suffixes.sort_by_key(|suffix| std::cmp::Reverse(suffix.len()));
        Members { words: words.to_vec(), suffixes, names: names.to_vec(), any }
    }

    /// The pattern of any member.
    pub(super) fn pattern(&self) -> &Pattern {
        &self.any
    }

    /// The lists in a line that are wrong.
    pub(super) fn faults(&self, text: &str) -> Vec<(Range<usize>, Fault)> {
        let mut found = Vec::new();
        let mut list: Vec<Hit<'_>> = Vec::new();
        for hit in self.any.find_iter(text) {
            let number = self.words.iter().position(|word| word == hit.as_str()).unwrap_or_default();
            let gap = list.last().map(|last| &text[last.span.end..hit.start()]);
            let link = gap.and_then(|gap| self.link(gap));
            if link.is_none() {
                found.extend(self.fault(text, &list));
                list.clear();
            }
            list.push(Hit { number, span: hit.range(), stranger: link.flatten() });
        }
        found.extend(self.fault(text, &list));
        found
    }

    /// Whether two members are neighbours in a list; the stranger between them if there is one.
    fn link<'t>(&self, gap: &'t str) -> Option<Option<&'t str>> {
        let suffix = self.suffixes.iter().find_map(|suffix| gap.strip_prefix(suffix.as_str()));
        let gap = suffix.unwrap_or(gap);
        let gap = gap.trim_matches(['“', '”', '‘', '’']);
        if matches!(gap, "、" | "和" | "与" | "及" | "以及" | "、和" | "，" | ",") {
            return Some(None);
        }
        let stranger = gap.strip_prefix('、')?.strip_suffix(['、', '和', '与', '及'])?;
        let whole = !stranger.contains(['、', '，', '。', '；', '：', '（', '）']);
        let short = (1..=LONGEST_STRANGER).contains(&stranger.chars().count());
        (whole && short).then_some(Some(stranger))
    }

    /// What is wrong with a list of neighbours.
    fn fault(&self, text: &str, list: &[Hit<'_>]) -> Option<(Range<usize>, Fault)> {
        let (first, last) = (list.first()?, list.last()?);
        let rest = &text[last.span.end..];
        let suffix = self.suffixes.iter().find(|suffix| rest.starts_with(suffix.as_str()));
        if list.len() < LEAST || suffix.is_none() && !self.suffixes.is_empty() {
            return None;
        }
        let ordered = list.windows(2).all(|pair| pair[0].number < pair[1].number);
        let stranger = list.iter().find_map(|hit| hit.stranger);
        let fault = match stranger {
            Some(stranger) => Fault::Stranger(stranger.to_owned()),
            None if !ordered => Fault::Order,
            None => self.missing(rest, suffix, list.len())?,
        };
        // 振兴 belongs to the last member, 的发展理念 to what follows.
        let own = suffix.filter(|suffix| !suffix.starts_with(['的', '“'])).map_or(0, String::len);
        Some((first.span.start..last.span.end + own, fault))
    }

    /// Whether a list that lacks members is called by the name of the whole.
    fn missing(&self, rest: &str, suffix: Option<&String>, count: usize) -> Option<Fault> {
        let after = suffix.map_or(rest, |suffix| &rest[suffix.len()..]);
        let called = self.names.iter().any(|name| {
            suffix.is_some_and(|suffix| suffix.contains(name.as_str()))
                || after.trim_start_matches(['“', '的', '（', '”']).starts_with(name.as_str())
        });
        (called && count < self.words.len()).then_some(Fault::Missing(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn faults(text: &str) -> Vec<Fault> {
        let members = Members::new(&owned(&["甲", "乙", "丙", "丁"]), &owned(&["队"]), &owned(&["四个队"]));
        members.faults(text).into_iter().map(|(_, fault)| fault).collect()
    }

    #[test]
    fn a_list_is_wrong_by_its_order_by_a_stranger_or_by_what_it_lacks() {
        assert_eq!(faults("甲队、乙队、丙队和丁队"), []);
        assert_eq!(faults("甲、丙、乙、丁队"), [Fault::Order]);
        assert_eq!(faults("甲队、乙队、戊队、丙队"), [Fault::Stranger("戊队".into())]);
        assert_eq!(faults("甲、乙、丙队“四个队”"), [Fault::Missing(3)]);
        assert_eq!(faults("丙、甲队"), []);
        assert_eq!(faults("丙、乙、甲"), []);
        assert_eq!(faults("丙队。乙队。甲队"), []);
    }
}
