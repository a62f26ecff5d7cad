//! Entries out of their place and into another one.

use super::comments::{self, Shift};
use super::compose::{self, Form};
use super::{Child, Group, Piece, Shape, Value, Written};
use crate::facts::edit::plain::Plain;
use crate::facts::edit::words;

/// An entry that was taken out, with its own comments.
pub(in crate::facts::edit) struct Taken<'s> {
    child: Child<'s>,
    /// The column where it stood; none in brackets.
    column: Option<usize>,
}

impl<'s> Written<'s> {
    /// Takes an entry of a map out with its own comments; other lines above it stay.
    pub fn take(&mut self, at: &[usize]) -> Option<Taken<'s>> {
        let (index, parent) = at.split_last()?;
        let is_inline = !parent.is_empty() && !self.child(parent)?.gap.ends_with('\n');
        let eol = self.eol;
        let group = self.group_mut(parent)?;
        let column = group.shape.is_block().then_some(group.column);
        let mut child = (*index < group.children.len()).then(|| group.children.remove(*index))?;
        let (kept, own) = comments::split_lead(&child.lead, column.unwrap_or(usize::MAX));
        let (kept, own) = (kept.to_owned(), own.to_owned());
        if column.is_none() {
            close_gap(group, *index, &child);
        } else if let (0, true, Some(next)) = (*index, is_inline, group.children.first_mut()) {
            match next.lead.trim().is_empty() {
                true => next.lead = Piece::default(),
                false => next.lead = Piece::Owned(format!("{eol}{}", next.lead)),
            }
        }
        self.leave(parent, *index, &kept);
        if at == [0] && kept.is_empty() {
            let next = self.following(parent, 0)?;
            *next = Piece::Owned(comments::without_blank_start(next).to_owned());
        }
        child.lead = Piece::Owned(own);
        Some(Taken { child, column })
    }

    /// Puts lines that stay before what now follows them.
    pub(super) fn leave(&mut self, parent: &[usize], index: usize, kept: &str) {
        if kept.is_empty() {
            return;
        }
        let ends = (0..=parent.len()).all(|depth| {
            let next = parent.get(depth).map_or(index, |index| index + 1);
            self.group(&parent[..depth]).is_none_or(|group| next >= group.children.len())
        });
        if let Some(next) = self.following(parent, index) {
            *next = comments::before(kept, next, ends);
        }
    }

    /// The piece that stands behind the entries before `index` of a map or list.
    fn following(&mut self, parent: &[usize], index: usize) -> Option<&mut Piece<'s>> {
        let group = self.group(parent)?;
        if index < group.children.len() {
            let child = self.group_mut(parent)?.children.get_mut(index)?;
            child.is_as_read = false;
            return Some(&mut child.lead);
        }
        if !group.shape.is_block() {
            return self.group_mut(parent).map(|group| &mut group.close);
        }
        match parent.split_last() {
            Some((last, above)) => self.following(above, last + 1),
            None => Some(&mut self.root.tail),
        }
    }

    /// Writes a new entry into a map; `is_apart` sets it off with a blank line at the end of the file.
    pub fn add(
        &mut self,
        parent: &[usize],
        index: usize,
        key: &str,
        value: &Plain<'_>,
        form: Form,
        is_apart: bool,
    ) {
        let column = self.group(parent).filter(|group| group.shape.is_block()).map(|group| group.column);
        let child = self.entry(key, value, column, form);
        self.put(parent, index, child, is_apart);
    }

    /// Writes an entry that was taken out into a map, under another key; `value` is what it says.
    pub fn settle(
        &mut self,
        parent: &[usize],
        index: usize,
        key: &str,
        value: &Plain<'_>,
        taken: Taken<'s>,
        is_apart: bool,
    ) {
        let Taken { mut child, column: from } = taken;
        child.head = Piece::Owned(words::scalar(key));
        let to = self.group(parent).filter(|group| group.shape.is_block()).map(|group| group.column);
        let child = match to {
            Some(column) => self.in_lines(child, from, column),
            None => self.in_brackets(parent, child, value),
        };
        self.put(parent, index, child, is_apart);
    }

    /// An entry for a block whose keys stand at `column`.
    fn in_lines(&self, mut child: Child<'s>, from: Option<usize>, column: usize) -> Child<'s> {
        let indent = " ".repeat(column);
        let own = std::mem::take(&mut child.lead);
        match from {
            Some(from) => {
                let by = column as isize - from as isize;
                Shift { by, at_start: false }.child(&mut child);
            }
            None => {
                child.comma = None;
                let comment = child.tail.trim();
                child.tail = match comment.is_empty() {
                    true => self.eol.into(),
                    false => Piece::Owned(format!("   {comment}{}", self.eol)),
                };
            }
        }
        if matches!(&child.value, Value::Scalar(raw) if raw.is_empty()) && *child.gap == *": " {
            child.gap = ":".into();
        }
        let lines = own.lines().filter(|line| line.trim_start().starts_with('#'));
        let lines: String = lines.map(|line| format!("{indent}{}{}", line.trim(), self.eol)).collect();
        child.lead = Piece::Owned(lines + &indent);
        child
    }

    /// An entry for brackets; its comments go above the line in which they stand.
    fn in_brackets(&mut self, parent: &[usize], mut child: Child<'s>, value: &Plain<'_>) -> Child<'s> {
        let mut found = Vec::new();
        comments::comments(&child, &mut found);
        let depth = (0..=parent.len()).rev().find(|depth| self.is_in_block(&parent[..*depth])).unwrap_or(0);
        self.comment(&parent[..depth], &found);
        let is_clean =
            matches!(&child.value, Value::Group(group) if !group.shape.is_block() && found.is_empty());
        child.value = match &child.value {
            Value::Scalar(raw) => match value {
                Plain::Text(text) => Value::Scalar(words::in_brackets(raw, text)),
                _ => compose::flow(value),
            },
            Value::Group(_) if is_clean => child.value,
            Value::Group(_) => compose::flow(value),
        };
        Child { head: child.head, gap: ": ".into(), value: child.value, ..Child::default() }
    }

    /// Writes comment lines directly above an entry of a block.
    fn comment(&mut self, at: &[usize], lines: &[&str]) {
        let indent = " ".repeat(self.column(at));
        let lines: String = lines.iter().map(|line| format!("{indent}{line}{}", self.eol)).collect();
        let Some(child) = self.child_mut(at) else { return };
        let start = child.lead.rfind('\n').map_or(0, |end| end + 1);
        child.lead = Piece::Owned(format!("{}{lines}{}", &child.lead[..start], &child.lead[start..]));
    }

    fn put(&mut self, parent: &[usize], index: usize, mut child: Child<'s>, is_apart: bool) {
        let Some(group) = self.group(parent) else { return };
        let is_empty = group.children.is_empty();
        if group.shape.is_block() && parent.is_empty() && (is_apart || is_empty) {
            child.lead = self.behind_the_end(child.lead, is_empty);
        }
        let eol = self.eol;
        let Some(group) = self.group_mut(parent) else { return };
        let index = index.min(group.children.len());
        match group.shape.is_block() {
            true => group.children.insert(index, child),
            false => put_in_brackets(group, index, child, eol),
        }
    }

    /// The lead of an entry behind the comments at the end of the file, with a blank line before it.
    fn behind_the_end(&mut self, lead: Piece<'s>, is_first: bool) -> Piece<'s> {
        let tail = self.root.tail.clone();
        if tail.lines().any(|line| line.starts_with("...")) {
            return if is_first { lead } else { Piece::Owned(format!("{}{lead}", self.eol)) };
        }
        let content = comments::without_blank_end(&tail);
        let blank = if is_first && content.is_empty() { "" } else { self.eol };
        self.root.tail = Piece::Owned(tail[content.len()..].to_owned());
        Piece::Owned(format!("{content}{blank}{lead}"))
    }
}

/// Mends commas and blanks where an entry was taken out of brackets.
fn close_gap(group: &mut Group<'_>, index: usize, taken: &Child<'_>) {
    if let Some(next) = group.children.get_mut(index) {
        if index == 0 && !next.lead.contains('\n') && !taken.lead.contains('\n') {
            next.lead = Piece::Owned(taken.lead.to_string());
        }
        return;
    }
    if let (Some(last), None) = (group.children.last_mut(), &taken.comma) {
        drop_comma(last);
    }
}

/// Takes the comma behind an entry away, not the comment before it.
pub(super) fn drop_comma(child: &mut Child<'_>) {
    let comma = child.comma.take().unwrap_or_default();
    let before = comma.trim_end_matches(',');
    if !before.trim().is_empty() {
        child.tail = Piece::Owned(format!("{before}{}", child.tail));
    }
}

/// Puts an entry into brackets, in the manner of the one before it.
fn put_in_brackets<'s>(group: &mut Group<'s>, index: usize, child: Child<'s>, eol: &'static str) {
    if group.shape == Shape::Pair {
        (group.shape, group.open, group.close) = (Shape::FlowMap, "{".into(), "}".into());
    }
    let opens_line = group.open.ends_with('\n');
    let Some(before) = index.checked_sub(1) else {
        let indent = &group.close[..group.close.len() - group.close.trim_start().len()];
        let lead = if opens_line { format!("{indent}  ") } else { String::new() };
        return group.children.insert(0, Child { lead: Piece::Owned(lead), ..child });
    };
    let starts_line = match before {
        0 => opens_line,
        _ => group.children[before - 1].tail.ends_with('\n'),
    };
    let last = &mut group.children[before];
    let indent = last.lead[last.lead.rfind('\n').map_or(0, |end| end + 1)..].to_owned();
    let comma = last.comma.as_ref().map(|_| Piece::Borrowed(","));
    last.comma.get_or_insert(",".into());
    let is_line = last.tail.ends_with('\n');
    let lead = if is_line == starts_line && (before > 0 || is_line) { indent } else { " ".to_owned() };
    let tail = if is_line { eol.into() } else { Piece::default() };
    group.children.insert(index, Child { lead: Piece::Owned(lead), comma, tail, ..child });
}
