//! A file as it is written: a tree of pieces that, put together, are the text to the last byte.
//!
//! Changes are made on the pieces, so nothing has to be read again between them.

mod abridge;
mod arrange;
mod comments;
mod compose;
mod forget;
mod place;
mod read;
mod value;

use std::borrow::Cow;

pub(super) use arrange::{Slot, Stock};
pub(super) use compose::Form;
pub(super) use place::Taken;

/// Some bytes of the text.
type Piece<'s> = Cow<'s, str>;

/// An entry of a map or an item of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Child<'s> {
    /// Whole lines before it, blank ones and comments, and its indent.
    lead: Piece<'s>,
    /// The key, `-` of an item in a block, nothing for an item in brackets.
    head: Piece<'s>,
    /// What stands between head and value; where the value begins on a later line, up to the end of this one.
    gap: Piece<'s>,
    value: Value<'s>,
    /// In brackets: the comma behind the value, with what stands before the comma.
    comma: Option<Piece<'s>>,
    /// The rest of the line where nothing but a comment follows in it.
    tail: Piece<'s>,
    /// An item of a list in a block that nothing was changed in or moved to.
    is_as_read: bool,
}

#[derive(Debug, Clone)]
enum Value<'s> {
    /// A scalar with its quotes; empty where nothing is written.
    Scalar(Piece<'s>),
    Group(Box<Group<'s>>),
}

/// A map or a list.
#[derive(Debug, Clone)]
struct Group<'s> {
    shape: Shape,
    /// Column of the heads of a block, from 0.
    column: usize,
    /// The opening bracket, and the rest of its line where nothing but a comment follows in it.
    open: Piece<'s>,
    children: Vec<Child<'s>>,
    /// The closing bracket with the blanks before it.
    close: Piece<'s>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    BlockMap,
    BlockList,
    FlowMap,
    FlowList,
    /// A map of one entry in a list in brackets, itself without brackets.
    Pair,
}

impl Shape {
    fn is_block(self) -> bool {
        matches!(self, Shape::BlockMap | Shape::BlockList)
    }
}

impl Default for Value<'_> {
    fn default() -> Self {
        Value::Scalar(Piece::default())
    }
}

impl<'s> Value<'s> {
    fn group(&self) -> Option<&Group<'s>> {
        match self {
            Value::Group(group) => Some(group),
            Value::Scalar(_) => None,
        }
    }

    fn group_mut(&mut self) -> Option<&mut Group<'s>> {
        match self {
            Value::Group(group) => Some(group),
            Value::Scalar(_) => None,
        }
    }

    /// Whether this is a scalar over several lines, with `|` or `>`.
    fn is_block_text(&self) -> bool {
        matches!(self, Value::Scalar(raw) if raw.starts_with(['|', '>']))
    }

    fn is_block(&self) -> bool {
        self.group().is_some_and(|group| group.shape.is_block())
    }
}

impl Group<'_> {
    fn new(shape: Shape) -> Self {
        let (open, close) = match shape {
            Shape::FlowMap => ("{", "}"),
            Shape::FlowList => ("[", "]"),
            Shape::BlockMap | Shape::BlockList | Shape::Pair => ("", ""),
        };
        Group { shape, column: 0, open: open.into(), children: Vec::new(), close: close.into() }
    }
}

/// The whole file.
#[derive(Debug)]
pub(super) struct Written<'s> {
    /// Holds the outermost map as its value, and the end of the file as its tail.
    root: Child<'s>,
    /// `\n` or `\r\n`.
    eol: &'static str,
    /// How much deeper the entries of a new group stand.
    step: usize,
    /// Bytes of the text that was read.
    size: usize,
}

impl<'s> Written<'s> {
    /// Whether the file says nothing.
    pub fn is_blank(&self) -> bool {
        matches!(self.root.value, Value::Scalar(_))
    }

    /// The text.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.size);
        self.root.write(&mut text);
        text
    }

    fn child(&self, at: &[usize]) -> Option<&Child<'s>> {
        at.iter().try_fold(&self.root, |child, index| child.value.group()?.children.get(*index))
    }

    fn child_mut(&mut self, at: &[usize]) -> Option<&mut Child<'s>> {
        at.iter().try_fold(&mut self.root, |child, index| {
            let child = child.value.group_mut()?.children.get_mut(*index)?;
            child.is_as_read = false;
            Some(child)
        })
    }

    fn group(&self, at: &[usize]) -> Option<&Group<'s>> {
        self.child(at)?.value.group()
    }

    fn group_mut(&mut self, at: &[usize]) -> Option<&mut Group<'s>> {
        self.child_mut(at)?.value.group_mut()
    }

    /// Whether what stands at the end of the way may be written over several lines: no bracket is open there.
    fn is_in_block(&self, at: &[usize]) -> bool {
        (0..at.len()).all(|depth| self.group(&at[..depth]).is_some_and(|group| group.shape.is_block()))
    }

    /// The column of the key or dash at the end of the way.
    fn column(&self, at: &[usize]) -> usize {
        let parent = at.split_last().and_then(|(_, parent)| self.group(parent));
        parent.map_or(0, |group| group.column)
    }

    /// Whether the value at the end of the way is a scalar over several lines.
    pub fn is_block_text(&self, at: &[usize]) -> bool {
        self.child(at).is_some_and(|child| child.value.is_block_text())
    }
}

impl Child<'_> {
    fn write(&self, text: &mut String) {
        [&self.lead, &self.head, &self.gap].into_iter().for_each(|piece| text.push_str(piece));
        match &self.value {
            Value::Scalar(raw) => text.push_str(raw),
            Value::Group(group) => {
                text.push_str(&group.open);
                group.children.iter().for_each(|child| child.write(text));
                text.push_str(&group.close);
            }
        }
        self.comma.iter().chain([&self.tail]).for_each(|piece| text.push_str(piece));
    }
}
