//! Values where they stand: other words, the long form and back, an empty place filled.

use super::comments::Shift;
use super::compose::is_one_line;
use super::{Child, Group, Piece, Shape, Value, Written};
use crate::facts::edit::words;
use crate::facts::store::LONG_FORM;

impl<'s> Written<'s> {
    /// Writes `new` in place of the scalar that says `old`.
    pub fn set(&mut self, at: &[usize], old: &str, new: &str) {
        let in_block = self.is_in_block(at);
        let Some(child) = self.child_mut(at) else { return };
        let Value::Scalar(raw) = &mut child.value else { return };
        let was_blank = raw.is_empty();
        *raw = Piece::Owned(words::requoted(raw, old, new));
        match raw.is_empty() {
            true if in_block => child.close_gap(),
            false if was_blank => child.open_gap(),
            _ => {}
        }
    }

    /// Writes another key.
    pub fn set_key(&mut self, at: &[usize], old: &str, new: &str) {
        if let Some(child) = self.child_mut(at) {
            child.head = Piece::Owned(words::requoted(&child.head, old, new));
        }
    }

    /// Makes room for entries or rows where nothing is written: a group over several lines where lines may be
    /// used, or brackets.
    pub fn fill(&mut self, at: &[usize], is_map: bool) {
        let in_block = self.is_in_block(at);
        let column = if at.is_empty() { 0 } else { self.column(at) + self.step };
        let Some(child) = self.child_mut(at) else { return };
        let shape = match (is_map, in_block) {
            (true, true) => Shape::BlockMap,
            (true, false) => Shape::FlowMap,
            (false, _) => Shape::FlowList,
        };
        match shape {
            Shape::BlockMap if !at.is_empty() => child.break_line(),
            Shape::BlockMap => {}
            _ => child.open_gap(),
        }
        child.value = Value::Group(Box::new(Group { column, ..Group::new(shape) }));
    }

    /// Writes brackets where the last entry of a block was taken out.
    pub(super) fn close_block(&mut self, at: &[usize], shape: Shape) {
        let eol = self.eol;
        let Some(child) = self.child_mut(at) else { return };
        if !child.value.is_block() {
            return;
        }
        child.value = Value::Group(Box::new(Group::new(shape)));
        let Some(end) = child.gap.ends_with('\n').then(|| child.gap.find('#').unwrap_or(child.gap.len()))
        else {
            child.tail = eol.into();
            return;
        };
        let before = child.gap[..end].trim_end();
        child.tail = Piece::Owned(child.gap[before.len()..].to_owned());
        child.gap = Piece::Owned(format!("{before} "));
    }

    /// Writes `{}` where the last cell of a row was taken out, and nothing where the last entry of the file was.
    pub fn close_map(&mut self, at: &[usize]) {
        match at {
            [] if self.root.value.is_block() => self.root.value = Value::default(),
            _ => self.close_block(at, Shape::FlowMap),
        }
    }

    /// Puts a value, whose words are `text` unless it is a list, into the long form beside one more field.
    pub fn lengthen(&mut self, at: &[usize], text: Option<&str>, field: &str, words: &str) {
        let is_in_block = self.is_in_block(at);
        let column = self.column(at) + self.step;
        let (step, eol) = (self.step, self.eol);
        let Some(child) = self.child_mut(at) else { return };
        let value = std::mem::take(&mut child.value);
        let group = match is_in_block && (value.is_block() || value.is_block_text()) {
            true => {
                if value.is_block_text() {
                    child.gap = Piece::Owned(format!("{}{eol}", child.gap.trim_end()));
                }
                long_lines(value, field, words, column, step, eol)
            }
            false => {
                child.open_gap();
                long_brackets(value, text.unwrap_or_default(), field, words)
            }
        };
        child.value = Value::Group(Box::new(group));
    }

    /// Whether a long form is written in one line and could be short again.
    pub fn can_be_short(&self, at: &[usize]) -> bool {
        self.group(at).is_some_and(|group| group.shape == Shape::FlowMap && is_one_line(group))
    }

    /// Writes the long form that holds 值 only as the value itself.
    pub fn shorten(&mut self, at: &[usize]) {
        let is_in_block = self.is_in_block(at);
        let Some(child) = self.child_mut(at) else { return };
        let Some(inner) = child.value.group_mut().and_then(|group| group.children.pop()) else { return };
        child.value = inner.value;
        if is_in_block && matches!(&child.value, Value::Scalar(raw) if raw.is_empty()) {
            child.close_gap();
        }
    }
}

/// `{值: …, 来源: …}`.
fn long_brackets<'s>(value: Value<'s>, text: &str, field: &str, words: &str) -> Group<'s> {
    let value = match value {
        Value::Scalar(raw) => Value::Scalar(words::in_brackets(&raw, text)),
        group @ Value::Group(_) => group,
    };
    let first = Child {
        head: LONG_FORM[0].into(),
        gap: ": ".into(),
        value,
        comma: Some(",".into()),
        ..Child::default()
    };
    let second = Child {
        lead: " ".into(),
        head: Piece::Owned(words::scalar(field)),
        gap: ": ".into(),
        value: Value::Scalar(Piece::Owned(words::scalar(words))),
        ..Child::default()
    };
    Group { children: vec![first, second], ..Group::new(Shape::FlowMap) }
}

/// 值 and a field below each other; the value's own lines move to the right.
fn long_lines<'s>(
    mut value: Value<'s>,
    field: &str,
    words: &str,
    column: usize,
    step: usize,
    eol: &'static str,
) -> Group<'s> {
    let lead = Piece::Owned(" ".repeat(column));
    let gap = match value.is_block() {
        true => Piece::Owned(format!(":{eol}")),
        false => ": ".into(),
    };
    Shift { by: step as isize, at_start: value.is_block() }.value(&mut value);
    let first = Child { lead: lead.clone(), head: LONG_FORM[0].into(), gap, value, ..Child::default() };
    let second = Child {
        lead,
        head: Piece::Owned(words::scalar(field)),
        gap: ": ".into(),
        value: Value::Scalar(Piece::Owned(words::scalar(words))),
        tail: eol.into(),
        ..Child::default()
    };
    Group { column, children: vec![first, second], ..Group::new(Shape::BlockMap) }
}

impl<'s> Child<'s> {
    /// A blank behind the colon or dash where a value is to follow.
    fn open_gap(&mut self) {
        if self.gap.ends_with([':', '-']) {
            self.gap = Piece::Owned(format!("{} ", self.gap));
        } else if self.gap.is_empty() && !self.head.is_empty() {
            self.gap = if *self.head == *"-" { " ".into() } else { ": ".into() };
        }
    }

    /// No blank behind the colon where no value follows; more of them stand before the comment now, or wait for
    /// the next value.
    fn close_gap(&mut self) {
        if *self.gap == *": " {
            self.gap = ":".into();
        } else if self.tail.trim_start().starts_with('#') {
            let body = self.gap.trim_end_matches(' ').len();
            self.tail = Piece::Owned(format!("{}{}", &self.gap[body..], self.tail));
            self.gap = Piece::Owned(self.gap[..body].to_owned());
        }
    }

    /// The value is to begin on the next line; the comment of this one stays here.
    pub(super) fn break_line(&mut self) {
        let tail = std::mem::take(&mut self.tail);
        self.gap = Piece::Owned(format!("{}{tail}", self.gap.trim_end_matches([' ', '\t'])));
    }
}
