//! Words of a YAML text that name something, put in other words where they stand: every other byte stays.

use std::ops::Range;
use std::sync::Arc;

use super::edit::requoted;
use super::tree::{self, Key, Node, NodeKind};
use crate::diag::{Problems, Source};

/// Where a word stands.
#[derive(Debug, Clone, Copy)]
pub struct At<'n> {
    /// The keys above it, outermost first; lists are passed over.
    pub keys: &'n [&'n str],
    /// Whether it is a key itself.
    pub is_key: bool,
    /// The entries beside it.
    map: &'n [(Key, Node)],
}

impl<'n> At<'n> {
    /// What the entry of this name beside it says.
    pub fn beside(&self, name: &str) -> Option<&'n str> {
        self.map.iter().find(|(key, _)| key.text == name).and_then(|(_, node)| node.text())
    }
}

/// The text in which `change` gives some words others, and how many it gave.
///
/// # Errors
/// The text cannot be read.
pub fn rewritten(
    text: &str,
    change: &dyn Fn(At<'_>, &str) -> Option<String>,
) -> Result<(String, usize), Problems> {
    let root = tree::parse(&Arc::new(Source::new("", text)))?;
    let mut walk = Walk { change, found: Vec::new() };
    walk.node(&root, &mut Vec::new(), &[]);
    walk.found.sort_by_key(|(span, ..)| std::cmp::Reverse(span.start));
    let mut edited = text.to_owned();
    for (span, old, new) in &walk.found {
        let words = requoted(&text[span.clone()], old, new);
        edited.replace_range(span.clone(), &words);
    }
    Ok((edited, walk.found.len()))
}

struct Walk<'c> {
    change: &'c dyn Fn(At<'_>, &str) -> Option<String>,
    /// Bytes, what they say, and what they are to say.
    found: Vec<(Range<usize>, String, String)>,
}

impl Walk<'_> {
    /// The tree is no deeper than its reader allows.
    fn node<'n>(&mut self, node: &'n Node, keys: &mut Vec<&'n str>, map: &[(Key, Node)]) {
        match &node.kind {
            NodeKind::Null => {}
            NodeKind::Scalar { text, .. } => self.word(At { keys, is_key: false, map }, text, &node.span),
            NodeKind::List(items) => items.iter().for_each(|item| self.node(item, keys, &[])),
            NodeKind::Map(entries) => {
                for (key, value) in entries {
                    self.word(At { keys, is_key: true, map: entries }, &key.text, &key.span);
                    keys.push(&key.text);
                    self.node(value, keys, entries);
                    keys.pop();
                }
            }
        }
    }

    fn word(&mut self, at: At<'_>, text: &str, span: &Range<usize>) {
        if let Some(new) = (self.change)(at, text).filter(|new| new != text) {
            self.found.push((span.clone(), text.to_owned(), new));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_where_they_are_meant_and_keep_their_quotes() {
        let text = "甲: {口径: 乙, 不超过: '乙', 公式: {相加: [乙, \"乙\"]}}  # 乙\n乙: {条件: {乙: 丙}}\n";
        let (edited, count) = rewritten(text, &|at, word| {
            let meant = at.keys.iter().any(|key| ["不超过", "公式", "条件"].contains(key));
            (meant && word == "乙").then(|| "丁: 1".to_owned())
        })
        .unwrap();
        assert_eq!(count, 4);
        assert_eq!(
            edited,
            "甲: {口径: 乙, 不超过: '丁: 1', 公式: {相加: ['丁: 1', \"丁: 1\"]}}  # 乙\n乙: {条件: {'丁: 1': 丙}}\n"
        );
    }
}
