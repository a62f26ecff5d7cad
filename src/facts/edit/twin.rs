//! Two trees in step: what the file says and how it is written. Each change is made on both, on the first one
//! in the plainest way, so that the text can be held against it.

use std::borrow::Cow;

use super::plain::{At, Plain};
use super::written::{Form, Slot, Stock, Taken, Written};
use crate::facts::store::LONG_FORM;

/// A file that is being changed.
pub(super) struct Twin<'s> {
    pub plain: Plain<'s>,
    pub written: Written<'s>,
}

/// An entry that was taken out.
pub(super) struct Out<'s> {
    plain: Plain<'s>,
    written: Taken<'s>,
}

/// Where a new entry goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// The map.
    pub map: At,
    pub index: usize,
    /// Whether a blank line goes before it.
    pub is_apart: bool,
}

impl<'s> Twin<'s> {
    /// Sets the words of a scalar.
    pub fn set(&mut self, at: &[usize], new: &str) {
        let Some(Plain::Text(old)) = self.plain.at_mut(at) else { return };
        if old != new {
            self.written.set(at, old, new);
            *old = Cow::Owned(new.to_owned());
        }
    }

    /// Sets the key of an entry.
    pub fn set_key(&mut self, at: &[usize], new: &str) {
        let Some((index, map)) = at.split_last() else { return };
        if let Some(Plain::Map(entries)) = self.plain.at_mut(map)
            && let Some((key, _)) = entries.get_mut(*index)
        {
            self.written.set_key(at, key, new);
            *key = Cow::Owned(new.to_owned());
        }
    }

    /// Makes a map or list where nothing is written.
    pub fn fill(&mut self, at: &[usize], is_map: bool) {
        if let Some(plain) = self.plain.at_mut(at).filter(|plain| plain.is_blank()) {
            *plain = if is_map { Plain::Map(Vec::new()) } else { Plain::List(Vec::new()) };
            self.written.fill(at, is_map);
        }
    }

    /// Adds an entry.
    pub fn add(&mut self, spot: &Spot, key: &str, value: Plain<'s>, form: Form) {
        self.written.add(&spot.map, spot.index, key, &value, form, spot.is_apart);
        self.insert(spot, key, value);
    }

    fn insert(&mut self, spot: &Spot, key: &str, value: Plain<'s>) {
        if let Some(Plain::Map(entries)) = self.plain.at_mut(&spot.map) {
            entries.insert(spot.index.min(entries.len()), (Cow::Owned(key.to_owned()), value));
        }
    }

    /// Takes an entry out of its map.
    pub fn take(&mut self, at: &[usize]) -> Option<Out<'s>> {
        let (index, map) = at.split_last()?;
        let Some(Plain::Map(entries)) = self.plain.at_mut(map) else { return None };
        let (_, plain) = (*index < entries.len()).then(|| entries.remove(*index))?;
        Some(Out { plain, written: self.written.take(at)? })
    }

    /// Puts an entry that was taken out into a map, under another key, in groups that are made around it.
    pub fn settle(&mut self, spot: &Spot, key: &str, out: Out<'s>) {
        self.written.settle(&spot.map, spot.index, key, &out.plain, out.written, spot.is_apart);
        self.insert(spot, key, out.plain);
    }

    /// After an entry was taken out of the map: a group that became empty goes too, a row stays.
    pub fn clear(&mut self, map: &[usize]) {
        if !matches!(self.plain.at(map), Some(Plain::Map(entries)) if entries.is_empty()) {
            return;
        }
        let Some((_, above)) = map.split_last() else {
            self.written.close_map(map);
            if self.written.is_blank() {
                self.plain = Plain::Text(Cow::Borrowed(""));
            }
            return;
        };
        match self.plain.at(above) {
            Some(Plain::Map(_)) => {
                self.take(map);
                self.clear(above);
            }
            _ => self.written.close_map(map),
        }
    }

    /// Puts a fact into its long form, beside one more field.
    pub fn lengthen(&mut self, at: &[usize], field: &str, words: &str) {
        let Some(plain) = self.plain.at_mut(at) else { return };
        let text = if let Plain::Text(text) = &*plain { Some(text.as_ref()) } else { None };
        self.written.lengthen(at, text, field, words);
        let old = std::mem::replace(plain, Plain::Map(Vec::new()));
        *plain = Plain::Map(vec![
            (Cow::Borrowed(LONG_FORM[0]), old),
            (Cow::Owned(field.to_owned()), Plain::text(words)),
        ]);
    }

    /// Makes a long form that holds 值 only short again, if it is written in one line.
    pub fn shorten(&mut self, at: &[usize]) {
        let Some(plain) = self.plain.at_mut(at) else { return };
        if let Plain::Map(entries) = plain
            && plain_is_alone(entries)
            && self.written.can_be_short(at)
            && let Some((_, value)) = entries.pop()
        {
            *plain = value;
            self.written.shorten(at);
        }
    }

    /// Arranges a list anew.
    pub fn arrange(&mut self, at: &[usize], slots: Vec<Slot<'s>>) {
        let Some(Plain::List(olds)) = self.plain.at_mut(at) else { return };
        self.written.arrange(at, &slots);
        let mut stock = Stock::of(std::mem::take(olds), &slots);
        let items = slots.into_iter().filter_map(|slot| match slot {
            Slot::Keep(index) => stock.take(index),
            Slot::New(plain) => Some(plain),
        });
        olds.extend(items);
    }
}

fn plain_is_alone(entries: &[(Cow<'_, str>, Plain<'_>)]) -> bool {
    matches!(entries, [(key, _)] if key == LONG_FORM[0])
}
