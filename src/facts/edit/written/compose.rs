//! New entries: how words, lists and groups are written where none stood before.

use super::{Child, Group, Piece, Shape, Value, Written};
use crate::facts::edit::plain::Plain;
use crate::facts::edit::words::scalar;

/// How a new map is written where lines may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::facts::edit) enum Form {
    /// An entry a line.
    Block,
    /// `{名称: 值}`.
    Flow,
}

impl<'s> Written<'s> {
    /// A new entry in a block whose keys stand at `column`, or in brackets.
    pub(super) fn entry(&self, key: &str, value: &Plain<'_>, column: Option<usize>, form: Form) -> Child<'s> {
        let head = Piece::Owned(scalar(key));
        let Some(column) = column else {
            return Child { head, gap: ": ".into(), value: flow(value), ..Child::default() };
        };
        let lead = Piece::Owned(" ".repeat(column));
        if let Some(group) = self.group_of_lines(value, column + self.step, form) {
            let gap = Piece::Owned(format!(":{}", self.eol));
            return Child { lead, head, gap, value: Value::Group(Box::new(group)), ..Child::default() };
        }
        let gap = if value.is_blank() { ":" } else { ": " };
        let (value, tail) = (flow(value), self.eol.into());
        Child { lead, head, gap: gap.into(), value, tail, ..Child::default() }
    }

    /// What is written over several lines: groups that are asked for so, and the rows of a ledger.
    fn group_of_lines(&self, value: &Plain<'_>, column: usize, form: Form) -> Option<Group<'s>> {
        let (shape, children) = match value {
            Plain::Map(entries) if form == Form::Block => {
                let child =
                    |(key, value): &(Piece<'_>, Plain<'_>)| self.entry(key, value, Some(column), form);
                (Shape::BlockMap, entries.iter().map(child).collect())
            }
            Plain::List(items) if items.iter().any(|item| matches!(item, Plain::Map(_))) => {
                (Shape::BlockList, items.iter().map(|item| self.row(item, column, None)).collect())
            }
            _ => return None,
        };
        Some(Group { column, children, ..Group::new(shape) })
    }

    /// A new item of a list in a block, in the manner of another.
    pub(super) fn row(&self, value: &Plain<'_>, column: usize, like: Option<&Child<'_>>) -> Child<'s> {
        let lead = Piece::Owned(" ".repeat(column));
        let gap = like.map_or(" ", |like| &like.gap);
        let group = like.and_then(|like| like.value.group());
        let row = Child { lead, head: "-".into(), gap: " ".into(), ..Child::default() };
        if let (Some(group), Plain::Map(entries)) = (group, value)
            && group.shape == Shape::BlockMap
            && !entries.is_empty()
        {
            return self.lines(entries, group, Child { gap: self.plain_gap(gap), ..row });
        }
        let gap = match gap.trim_matches(' ').is_empty() && !gap.is_empty() {
            true => Piece::Owned(gap.to_owned()),
            false => " ".into(),
        };
        Child { gap, value: flow_like(value, group), tail: self.eol.into(), ..row }
    }

    /// The gap of another row without its comment.
    fn plain_gap(&self, gap: &str) -> Piece<'s> {
        match gap.ends_with('\n') {
            true => self.eol.into(),
            false => Piece::Owned(gap.to_owned()),
        }
    }

    /// A row with a column a line.
    fn lines(&self, entries: &[(Piece<'_>, Plain<'_>)], like: &Group<'_>, row: Child<'s>) -> Child<'s> {
        let entry =
            |(key, value): &(Piece<'_>, Plain<'_>)| self.entry(key, value, Some(like.column), Form::Flow);
        let mut children: Vec<Child<'s>> = entries.iter().map(entry).collect();
        if let (false, Some(first)) = (row.gap.ends_with('\n'), children.first_mut()) {
            first.lead = Piece::default();
        }
        let group = Group { column: like.column, children, ..Group::new(Shape::BlockMap) };
        Child { value: Value::Group(Box::new(group)), ..row }
    }
}

/// A value in one line.
pub(super) fn flow<'s>(value: &Plain<'_>) -> Value<'s> {
    flow_like(value, None)
}

/// A value in one line, with the blanks inside its brackets as in another one.
pub(super) fn flow_like<'s>(value: &Plain<'_>, like: Option<&Group<'_>>) -> Value<'s> {
    let mut group = match value {
        Plain::Text(text) if text.is_empty() => return Value::default(),
        Plain::Text(text) => return Value::Scalar(Piece::Owned(scalar(text))),
        Plain::List(_) => Group::new(Shape::FlowList),
        Plain::Map(_) => Group::new(Shape::FlowMap),
    };
    match value {
        Plain::Text(_) => {}
        Plain::List(items) => group.children.extend(items.iter().map(item)),
        Plain::Map(entries) => group.children.extend(entries.iter().map(|(key, value)| Child {
            head: Piece::Owned(scalar(key)),
            gap: ": ".into(),
            value: flow(value),
            ..Child::default()
        })),
    }
    let count = group.children.len();
    let like = like.filter(|like| like.shape == group.shape && is_one_line(like) && count > 0);
    let lead =
        |index: usize| like.and_then(|like| like.children.get(index)).map(|child| child.lead.to_string());
    for (index, child) in group.children.iter_mut().enumerate() {
        child.lead = Piece::Owned(lead(index.min(1)).unwrap_or(if index == 0 { "" } else { " " }.to_owned()));
        child.comma = (index + 1 < count).then_some(",".into());
    }
    if let Some(like) = like {
        group.close = Piece::Owned(like.close.to_string());
    }
    Value::Group(Box::new(group))
}

/// An item in brackets.
pub(super) fn item<'s>(value: &Plain<'_>) -> Child<'s> {
    Child { value: flow(value), ..Child::default() }
}

/// Whether nothing but blanks stands between the parts of a map or list in brackets.
pub(super) fn is_one_line(group: &Group<'_>) -> bool {
    let is_clean = |piece: &Piece<'_>| !piece.contains(['\n', '#']);
    let clean = |child: &Child<'_>| {
        is_clean(&child.lead) && is_clean(&child.tail) && child.comma.as_ref().is_none_or(is_clean)
    };
    is_clean(&group.open) && is_clean(&group.close) && group.children.iter().all(clean)
}
