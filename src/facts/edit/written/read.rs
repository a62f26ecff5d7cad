//! Text and tree → pieces: every byte between two spans goes to the entry it belongs to.

use std::ops::Range;

use super::{Child, Group, Piece, Shape, Value, Written};
use crate::facts::tree::{Node, NodeKind, Style};

impl<'s> Written<'s> {
    /// The pieces of `text`, which ends with a line end and was read as `root`; `None` where the two do not
    /// fit together.
    pub fn of(text: &'s str, root: &Node) -> Option<Written<'s>> {
        let mut reader = Reader { text, at: 0, step: None };
        let value = reader.root(root)?;
        let tail = reader.piece(text.len())?;
        let crlf = text.split('\n').next().is_some_and(|line| line.ends_with('\r'));
        let root = Child { value, tail, ..Child::default() };
        let written = Written {
            root,
            eol: if crlf { "\r\n" } else { "\n" },
            step: reader.step.unwrap_or(2),
            size: text.len(),
        };
        (written.text() == text).then_some(written)
    }
}

struct Reader<'s> {
    text: &'s str,
    /// Where the next piece begins.
    at: usize,
    /// How much deeper the first map inside a map stands.
    step: Option<usize>,
}

impl<'s> Reader<'s> {
    fn piece(&mut self, end: usize) -> Option<Piece<'s>> {
        let piece = self.text.get(self.at..end)?;
        self.at = end;
        Some(Piece::Borrowed(piece))
    }

    fn from(&self, at: usize) -> &'s str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Where blanks, line ends and comments behind `at` end.
    fn skipped(&self, mut at: usize) -> usize {
        loop {
            at = self.text.len() - self.from(at).trim_start_matches([' ', '\t', '\n', '\r']).len();
            let rest = self.from(at);
            if !rest.starts_with('#') {
                return at;
            }
            at += rest.find('\n').unwrap_or(rest.len());
        }
    }

    /// The rest of the line where it holds blanks or a comment only, else nothing.
    fn line_rest(&mut self) -> Option<Piece<'s>> {
        let rest = self.from(self.at);
        let body = rest.trim_start_matches([' ', '\t', '\r']);
        match body.is_empty() || body.starts_with(['\n', '#']) {
            true => self.piece(self.at + rest.find('\n').map_or(rest.len(), |end| end + 1)),
            false => Some(Piece::default()),
        }
    }

    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        at - before.rfind('\n').map_or(0, |end| end + 1)
    }

    fn root(&mut self, node: &Node) -> Option<Value<'s>> {
        let first = match &node.kind {
            NodeKind::Map(entries) => entries.first().map_or(node.span.start, |(key, _)| key.span.start),
            _ => node.span.start,
        };
        match &node.kind {
            NodeKind::Null | NodeKind::Scalar { .. } => Some(Value::default()),
            _ if self.from(node.span.start).starts_with(['[', '{']) => {
                let lead = self.piece(node.span.start)?;
                let mut group = self.flow(node)?;
                group.open = Piece::Owned(lead.into_owned() + &group.open);
                Some(Value::Group(Box::new(group)))
            }
            _ => self.block(node, first),
        }
    }

    /// Gap and value of a child whose head was read.
    fn value(&mut self, node: &Node, is_entry: bool, flow: bool) -> Option<Child<'s>> {
        let mut child = Child::default();
        let colon = self.skipped(self.at);
        let behind = if is_entry && self.from(colon).starts_with(':') { colon + 1 } else { self.at };
        match &node.kind {
            NodeKind::Null | NodeKind::Scalar { .. } => {
                let span = self.scalar(node, behind, flow);
                child.gap = self.piece(span.start)?;
                child.value = Value::Scalar(self.piece(span.end)?);
            }
            NodeKind::Map(_) | NodeKind::List(_) => {
                let start = self.skipped(behind);
                let opens = self.from(start).starts_with(['[', '{']);
                let line_end = self.text.get(self.at..start)?.find('\n').filter(|_| !opens && !flow);
                child.gap = self.piece(line_end.map_or(start, |end| self.at + end + 1))?;
                child.value = match (opens, flow) {
                    (true, _) => Value::Group(Box::new(self.flow(node)?)),
                    (false, true) => self.pair(node)?,
                    (false, false) => self.block(node, start)?,
                };
            }
        }
        Some(child)
    }

    /// The bytes of a scalar that begins behind its colon or dash.
    fn scalar(&self, node: &Node, behind: usize, flow: bool) -> Range<usize> {
        let blanks = self.from(behind).len() - self.from(behind).trim_start_matches([' ', '\t']).len();
        match node.kind {
            NodeKind::Scalar { style: Style::Block, .. } => self.block_text(behind + blanks, node.span.end),
            _ if !node.span.is_empty() => node.span.clone(),
            _ => {
                // Blanks behind which nothing is written stand before what will be written there.
                let taken = match self.from(behind + blanks).chars().next() {
                    Some(',' | ']' | '}') if flow => blanks.min(1),
                    Some('\n' | '\r') if !flow => blanks,
                    _ => 0,
                };
                behind + taken..behind + taken
            }
        }
    }

    /// From `|` or `>` to the end of the last line; the parser counts the blanks before the next text to it.
    fn block_text(&self, start: usize, end: usize) -> Range<usize> {
        let header = self.from(start).find('\n').map_or(self.text.len(), |end| start + end + 1);
        let written = self.text.get(header..end).unwrap_or_default();
        let lines = written.rfind('\n').map_or(0, |end| end + 1);
        let keeps = self.text.get(start..header).is_some_and(|header| header.contains('+'));
        let body = written[..lines].trim_end();
        let last = written[body.len()..].find('\n').map_or(lines, |end| body.len() + end + 1);
        let length = if keeps {
            lines
        } else if body.is_empty() {
            0
        } else {
            last
        };
        start..header + length
    }

    fn block(&mut self, node: &Node, start: usize) -> Option<Value<'s>> {
        let column = self.column(start);
        let (shape, children) = match &node.kind {
            NodeKind::Map(entries) => {
                let entries = entries.iter().map(|(key, node)| self.block_entry(&key.span, node, column));
                (Shape::BlockMap, entries.collect::<Option<Vec<_>>>()?)
            }
            NodeKind::List(items) => {
                let items = items.iter().map(|item| self.block_item(item));
                (Shape::BlockList, items.collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        };
        Some(Value::Group(Box::new(Group { column, children, ..Group::new(shape) })))
    }

    fn block_entry(&mut self, key: &Range<usize>, node: &Node, column: usize) -> Option<Child<'s>> {
        let (lead, head) = (self.piece(key.start)?, self.piece(key.end)?);
        let child = Child { lead, head, ..self.value(node, true, false)? };
        if let Some(group) = child.value.group().filter(|group| group.shape == Shape::BlockMap) {
            self.step.get_or_insert(group.column.saturating_sub(column).max(1));
        }
        self.ended(child)
    }

    fn block_item(&mut self, node: &Node) -> Option<Child<'s>> {
        let dash = self.skipped(self.at);
        if !self.from(dash).starts_with('-') {
            return None;
        }
        let (lead, head) = (self.piece(dash)?, self.piece(dash + 1)?);
        let child = Child { lead, head, is_as_read: true, ..self.value(node, false, false)? };
        self.ended(child)
    }

    /// A child in a block takes the rest of its line.
    fn ended(&mut self, mut child: Child<'s>) -> Option<Child<'s>> {
        if !child.value.is_block() && !child.value.is_block_text() {
            child.tail = self.line_rest()?;
        }
        Some(child)
    }

    /// A map or list in brackets, from the opening one on.
    fn flow(&mut self, node: &Node) -> Option<Group<'s>> {
        let start = self.at;
        self.piece(start + 1)?;
        self.line_rest()?;
        let open = Piece::Borrowed(self.text.get(start..self.at)?);
        let (shape, children) = match &node.kind {
            NodeKind::Map(entries) => {
                let entries = entries.iter().map(|(key, node)| {
                    let entry = self.flow_entry(&key.span, node)?;
                    self.separated(entry)
                });
                (Shape::FlowMap, entries.collect::<Option<Vec<_>>>()?)
            }
            NodeKind::List(items) => {
                let items = items.iter().map(|item| {
                    let lead = self.piece(self.skipped(self.at))?;
                    let item = Child { lead, ..self.value(item, false, true)? };
                    self.separated(item)
                });
                (Shape::FlowList, items.collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        };
        let bracket = self.skipped(self.at);
        let close = self.piece(bracket + 1)?;
        Some(Group { open, children, close, ..Group::new(shape) })
    }

    fn flow_entry(&mut self, key: &Range<usize>, node: &Node) -> Option<Child<'s>> {
        let (lead, head) = (self.piece(key.start)?, self.piece(key.end)?);
        Some(Child { lead, head, ..self.value(node, true, true)? })
    }

    fn separated(&mut self, mut child: Child<'s>) -> Option<Child<'s>> {
        let comma = self.skipped(self.at);
        if self.from(comma).starts_with(',') {
            child.comma = Some(self.piece(comma + 1)?);
        }
        child.tail = self.line_rest()?;
        Some(child)
    }

    fn pair(&mut self, node: &Node) -> Option<Value<'s>> {
        let (key, node) = node.entries()?.first()?;
        let children = vec![self.flow_entry(&key.span, node)?];
        Some(Value::Group(Box::new(Group { children, ..Group::new(Shape::Pair) })))
    }
}
