//! What a file says, without how it is written: the plain tree that an edited text must read back as.

use std::borrow::Cow;

use super::path::Step;
use crate::facts::store::LONG_FORM;
use crate::facts::tree::{Node, NodeKind, Style};

/// The way to a node: which child, level by level.
pub(super) type At = Vec<usize>;

/// A value without spans and style; nothing and an empty text are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plain<'s> {
    Text(Cow<'s, str>),
    List(Vec<Plain<'s>>),
    Map(Vec<(Cow<'s, str>, Plain<'s>)>),
}

impl<'s> Plain<'s> {
    /// The words of a tree that was read; it is no deeper than its reader allows.
    pub fn of(node: &'s Node) -> Plain<'s> {
        match &node.kind {
            NodeKind::Null => Plain::Text(Cow::Borrowed("")),
            // Whether a block text ends its last line depends on what stands behind it.
            NodeKind::Scalar { text, style: Style::Block } => {
                Plain::Text(Cow::Borrowed(text.trim_end_matches('\n')))
            }
            NodeKind::Scalar { text, .. } => Plain::Text(Cow::Borrowed(text)),
            NodeKind::List(items) => Plain::List(items.iter().map(Plain::of).collect()),
            NodeKind::Map(entries) => Plain::Map(
                entries
                    .iter()
                    .map(|(key, node)| (Cow::Borrowed(key.text.as_str()), Plain::of(node)))
                    .collect(),
            ),
        }
    }

    /// Words of the caller.
    pub fn text(text: &str) -> Plain<'s> {
        Plain::Text(Cow::Owned(text.to_owned()))
    }

    /// A map of words of the caller.
    pub fn map<'c>(entries: impl IntoIterator<Item = (&'c str, &'c str)>) -> Plain<'s> {
        let entries = entries.into_iter().map(|(key, text)| (Cow::Owned(key.to_owned()), Plain::text(text)));
        Plain::Map(entries.collect())
    }

    /// The entries of a map, none for anything else.
    pub fn entries(&self) -> &[(Cow<'s, str>, Plain<'s>)] {
        match self {
            Plain::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Which entry of a map has this key.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.entries().iter().position(|(name, _)| name == key)
    }

    /// Whether this is the long form of a fact.
    pub fn is_long(&self) -> bool {
        self.position(LONG_FORM[0]).is_some()
    }

    /// Whether nothing is written here.
    pub fn is_blank(&self) -> bool {
        matches!(self, Plain::Text(text) if text.is_empty())
    }

    /// The node at the end of the way.
    pub fn at(&self, at: &[usize]) -> Option<&Plain<'s>> {
        let Some((first, rest)) = at.split_first() else { return Some(self) };
        match self {
            Plain::Text(_) => None,
            Plain::List(items) => items.get(*first)?.at(rest),
            Plain::Map(entries) => entries.get(*first)?.1.at(rest),
        }
    }

    /// The node at the end of the way, to be changed.
    pub fn at_mut(&mut self, at: &[usize]) -> Option<&mut Plain<'s>> {
        let Some((first, rest)) = at.split_first() else { return Some(self) };
        match self {
            Plain::Text(_) => None,
            Plain::List(items) => items.get_mut(*first)?.at_mut(rest),
            Plain::Map(entries) => entries.get_mut(*first)?.1.at_mut(rest),
        }
    }

    /// The way down the steps; a key may hold several names (`会议.日期`), and rows of a long form are those of
    /// its 值.
    pub fn find(&self, steps: &[Step<'_>]) -> Option<At> {
        let Some((first, rest)) = steps.split_first() else { return Some(At::new()) };
        match (first, self) {
            (Step::Row(row), Plain::List(items)) => {
                let index = row.checked_sub(1)?;
                Some(led(index, items.get(index)?.find(rest)?))
            }
            (Step::Row(_), Plain::Map(entries)) => {
                let index = self.position(LONG_FORM[0])?;
                Some(led(index, entries[index].1.find(steps)?))
            }
            (Step::Name(_), Plain::Map(entries)) => {
                entries.iter().enumerate().find_map(|(index, (key, below))| {
                    let rest = steps.get(key.split('.').count()..)?;
                    let same = key.split('.').zip(steps).all(|(name, step)| *step == Step::Name(name));
                    Some(led(index, same.then(|| below.find(rest)).flatten()?))
                })
            }
            _ => None,
        }
    }

    /// As [`Plain::find`], down to the 值 of a long form.
    pub fn find_value(&self, steps: &[Step<'_>]) -> Option<At> {
        let mut at = self.find(steps)?;
        at.extend(self.at(&at)?.position(LONG_FORM[0]));
        Some(at)
    }

    /// The first entry whose full path is `names` or lies below them.
    pub fn first_under(&self, names: &[&str]) -> Option<At> {
        self.entries().iter().enumerate().find_map(|(index, (key, below))| {
            let count = key.split('.').count();
            if !key.split('.').zip(names).all(|(one, other)| one == *other) {
                return None;
            }
            match names.get(count..) {
                Some(rest @ [_, ..]) => Some(led(index, below.first_under(rest)?)),
                _ => Some(vec![index]),
            }
        })
    }
}

fn led(first: usize, mut way: At) -> At {
    way.insert(0, first);
    way
}
