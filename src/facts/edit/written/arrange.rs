//! Lists anew: items that stay, in any order, with their bytes, and new ones in their manner.

use super::comments;
use super::compose::{flow_like, is_one_line};
use super::{Child, Group, Piece, Shape, Value, Written};
use crate::facts::edit::plain::Plain;

/// An item of a list that is arranged anew.
#[derive(Debug, Clone)]
pub(in crate::facts::edit) enum Slot<'s> {
    /// The old item of this index.
    Keep(usize),
    New(Plain<'s>),
}

impl<'s> Written<'s> {
    /// Writes the list anew; lines above items that go stay, unless they are the item's own comments.
    pub fn arrange(&mut self, at: &[usize], slots: &[Slot<'_>]) {
        let rows = slots.iter().any(|slot| matches!(slot, Slot::New(Plain::Map(_))));
        if rows && self.is_in_block(at) {
            self.unfold(at);
        }
        let Some(group) = self.group_mut(at) else { return };
        let (shape, column) = (group.shape, group.column);
        let olds = std::mem::take(&mut group.children);
        if shape != Shape::BlockList {
            let eol = self.eol;
            if let Some(group) = self.group_mut(at) {
                in_brackets(group, olds, slots, eol);
            }
            return;
        }
        let (items, kept) = self.on_lines(olds, slots, column);
        let count = items.len();
        if let Some(group) = self.group_mut(at) {
            group.children = items;
        }
        self.leave(at, count, &kept);
        if count == 0 {
            self.close_block(at, Shape::FlowList);
        }
    }

    /// An empty list in brackets becomes one over several lines, where rows are to be written.
    fn unfold(&mut self, at: &[usize]) {
        let column = self.column(at) + self.step;
        let Some(child) = self.child_mut(at) else { return };
        let Some(group) = child.value.group() else { return };
        if group.shape != Shape::FlowList || !group.children.is_empty() || !is_one_line(group) {
            return;
        }
        child.break_line();
        child.value = Value::Group(Box::new(Group { column, ..Group::new(Shape::BlockList) }));
    }

    /// The items of a list in a block, and the lines left over from those that go at its end.
    fn on_lines(&self, olds: Vec<Child<'s>>, slots: &[Slot<'_>], column: usize) -> (Vec<Child<'s>>, String) {
        let like = olds.first().cloned();
        let (mut olds, kept) = without(olds, slots, column);
        let mut items: Vec<Child<'s>> = Vec::with_capacity(slots.len());
        for slot in slots {
            let item = match slot {
                Slot::Keep(index) => olds.take(*index),
                Slot::New(value) => Some(self.row(value, column, items.last().or(like.as_ref()))),
            };
            items.extend(item);
        }
        (items, kept)
    }
}

/// Old items, each with the number of times it is still wanted.
pub(in crate::facts::edit) struct Stock<T>(Vec<(Option<T>, usize)>);

impl<T: Clone> Stock<T> {
    /// The items that the slots are to be filled from.
    pub fn of(olds: Vec<T>, slots: &[Slot<'_>]) -> Stock<T> {
        let mut stock = Stock(olds.into_iter().map(|old| (Some(old), 0)).collect());
        for slot in slots {
            if let Slot::Keep(index) = slot
                && let Some((_, wanted)) = stock.0.get_mut(*index)
            {
                *wanted += 1;
            }
        }
        stock
    }

    /// The item of this index; a copy as long as it is wanted again.
    pub fn take(&mut self, index: usize) -> Option<T> {
        let (old, wanted) = self.0.get_mut(index)?;
        *wanted = wanted.checked_sub(1)?;
        if *wanted == 0 { old.take() } else { old.clone() }
    }
}

/// The old items; lines above those that go are handed to the next that stays, or returned.
fn without<'s>(olds: Vec<Child<'s>>, slots: &[Slot<'_>], column: usize) -> (Stock<Child<'s>>, String) {
    let mut stock = Stock::of(olds, slots);
    let mut kept = String::new();
    for (old, wanted) in &mut stock.0 {
        let Some(old) = old else { continue };
        if *wanted == 0 {
            let (stays, _) = comments::split_lead(&old.lead, column);
            kept = comments::before(&kept, stays, false).into_owned();
        } else if !kept.is_empty() {
            old.lead = comments::before(&std::mem::take(&mut kept), &old.lead, false);
            old.is_as_read = false;
        }
    }
    (stock, kept)
}

/// What stands at the edges of a list in brackets.
struct Edges {
    first: String,
    between: String,
    has_last_comma: bool,
    /// Whether items stand on lines of their own.
    is_lines: bool,
}

impl Edges {
    fn of(group: &Group<'_>, olds: &[Child<'_>]) -> Edges {
        let lead = |index: usize| olds.get(index).map(|child| child.lead.to_string());
        let is_lines = group.open.ends_with('\n') && olds.first().is_some_and(|old| old.tail.ends_with('\n'));
        let first = lead(0).unwrap_or_default();
        let indent = first[first.rfind('\n').map_or(0, |end| end + 1)..].to_owned();
        let has_last_comma = olds.last().is_some_and(|old| old.comma.is_some());
        match is_lines {
            true => Edges { first: indent.clone(), between: indent, has_last_comma, is_lines },
            false => {
                let between = lead(1).filter(|lead| lead.trim_matches(' ').is_empty());
                let between = between.unwrap_or(" ".to_owned());
                Edges { first, between, has_last_comma, is_lines }
            }
        }
    }
}

fn in_brackets<'s>(group: &mut Group<'s>, olds: Vec<Child<'s>>, slots: &[Slot<'_>], eol: &'static str) {
    let edges = Edges::of(group, &olds);
    let like = olds.first().and_then(|old| old.value.group()).cloned();
    let (mut olds, kept) = without(olds, slots, usize::MAX);
    if !kept.is_empty() {
        group.close = comments::before(&kept, &group.close, true);
    }
    for slot in slots {
        let is_first = group.children.is_empty();
        let place = if is_first { &edges.first } else { &edges.between };
        let lead = Piece::Owned(place.clone());
        let item = match slot {
            Slot::Keep(index) => olds.take(*index).map(|old| {
                let moved = is_first != (*index == 0) && !edges.is_lines && !old.lead.contains('\n');
                if moved { Child { lead, ..old } } else { old }
            }),
            Slot::New(value) => {
                let tail = if edges.is_lines { eol.into() } else { Piece::default() };
                Some(Child { lead, value: flow_like(value, like.as_ref()), tail, ..Child::default() })
            }
        };
        group.children.extend(item);
    }
    separate(group, edges.has_last_comma, eol);
}

/// Commas between the items, and line ends before comments.
fn separate(group: &mut Group<'_>, has_last_comma: bool, eol: &'static str) {
    let count = group.children.len();
    for index in 0..count {
        let next = group.children.get(index + 1).map_or(&group.close, |next| &next.lead);
        let breaks = next.contains('#');
        let child = &mut group.children[index];
        if index + 1 < count || has_last_comma {
            child.comma.get_or_insert(",".into());
        } else {
            super::place::drop_comma(child);
        }
        if breaks && !child.tail.ends_with('\n') {
            child.tail = Piece::Owned(format!("{}{eol}", child.tail));
        }
    }
}
