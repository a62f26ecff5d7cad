//! The text without rows of long lists that were not touched, for the proof of an edit.

use std::borrow::Cow;

use super::{Child, Group, Shape, Value, Written};
use crate::facts::edit::plain::Plain;

/// Lists up to this length are proved whole.
const SHORT: usize = 64;

impl<'s> Written<'s> {
    /// Writes the text without untouched rows, and returns what it should say.
    pub fn abridged<'p>(&'p self, plain: &'p Plain<'_>, text: &mut String) -> Plain<'p> {
        self.root.abridged(plain, text)
    }
}

impl Child<'_> {
    fn abridged<'p>(&'p self, plain: &'p Plain<'_>, text: &mut String) -> Plain<'p> {
        [&self.lead, &self.head, &self.gap].into_iter().for_each(|piece| text.push_str(piece));
        let said = match (&self.value, plain) {
            (Value::Group(group), Plain::List(items)) => {
                Plain::List(group.abridged(items.iter(), text).map(|(_, said)| said).collect())
            }
            (Value::Group(group), Plain::Map(entries)) => {
                let values = entries.iter().map(|(_, value)| value);
                let said = group.abridged(values, text);
                Plain::Map(
                    said.map(|(index, said)| (Cow::Borrowed(entries[index].0.as_ref()), said)).collect(),
                )
            }
            (Value::Scalar(raw), Plain::Text(words)) => {
                text.push_str(raw);
                Plain::Text(Cow::Borrowed(words))
            }
            // The trees do not fit: no text says nothing and a list at once.
            _ => Plain::List(vec![Plain::List(Vec::new())]),
        };
        self.comma.iter().chain([&self.tail]).for_each(|piece| text.push_str(piece));
        said
    }

    /// Whether it holds no text over several lines, whose end depends on what follows.
    fn ends_by_itself(&self) -> bool {
        !self.value.is_block_text()
            && self.value.group().is_none_or(|group| group.children.iter().all(Child::ends_by_itself))
    }
}

impl Group<'_> {
    fn abridged<'p>(
        &'p self,
        values: impl Iterator<Item = &'p Plain<'p>>,
        text: &mut String,
    ) -> std::vec::IntoIter<(usize, Plain<'p>)> {
        text.push_str(&self.open);
        let mut said = Vec::new();
        for (index, value) in values.enumerate() {
            match self.children.get(index) {
                Some(_) if self.can_go(index) => {}
                Some(child) => said.push((index, child.abridged(value, text))),
                None => said.push((index, Plain::List(Vec::new()))),
            }
        }
        // Entries that the plain tree does not have must show.
        let more = self.children.iter().skip(said.last().map_or(0, |(index, _)| index + 1));
        more.for_each(|child| child.write(text));
        text.push_str(&self.close);
        said.into_iter()
    }

    fn can_go(&self, index: usize) -> bool {
        let is_whole = |index: usize| self.children.get(index).is_some_and(|child| child.is_as_read);
        self.shape == Shape::BlockList
            && self.children.len() > SHORT
            && index > 0
            && (index - 1..=index + 1).all(is_whole)
            && self.children[index].ends_by_itself()
    }
}
