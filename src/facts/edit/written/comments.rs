//! Whose a comment is, and how lines move to another indent.

use super::{Child, Piece, Value};

/// The lead of an entry in two: what stays when it goes, and its own comment lines with its indent. Its own
/// are those directly above, no deeper than itself; the line for editors at the top is the file's.
pub(super) fn split_lead(lead: &str, column: usize) -> (&str, &str) {
    let mut own = lead.rfind('\n').map_or(0, |end| end + 1);
    for line in lead[..own].split_inclusive('\n').rev() {
        let body = line.trim_start_matches([' ', '\t']);
        let is_editors = body.trim_start_matches(['#', ' ']).starts_with("yaml-language-server:");
        if !body.starts_with('#') || line.len() - body.len() > column || is_editors {
            break;
        }
        own -= line.len();
    }
    lead.split_at(own)
}

/// Lines that stayed, put before what follows them; blank ones at their end go where others follow, or
/// nothing more.
pub(super) fn before<'s>(kept: &str, next: &str, is_end: bool) -> Piece<'s> {
    let first = next.split_inclusive('\n').next().unwrap_or_default();
    let is_blank = first.ends_with('\n') && first.trim().is_empty();
    let kept = match is_blank || (is_end && next.trim().is_empty()) {
        true => without_blank_end(kept),
        false => kept,
    };
    Piece::Owned(format!("{kept}{next}"))
}

/// Whole lines without the blank ones at their end.
pub(super) fn without_blank_end(lines: &str) -> &str {
    let body = lines.trim_end().len();
    let end = lines[body..].find('\n').map_or(lines.len(), |end| body + end + 1);
    if body == 0 { "" } else { &lines[..end] }
}

/// Whole lines without the blank ones at their start.
pub(super) fn without_blank_start(lines: &str) -> &str {
    let body = lines.len() - lines.trim_start().len();
    &lines[lines[..body].rfind('\n').map_or(0, |end| end + 1)..]
}

/// The comments of an entry, those inside its value too.
pub(super) fn comments<'c>(child: &'c Child<'_>, found: &mut Vec<&'c str>) {
    let mut take = |piece: &'c Piece<'_>| {
        found.extend(piece.lines().filter_map(|line| line.find('#').map(|at| line[at..].trim_end())));
    };
    take(&child.lead);
    take(&child.gap);
    if let Value::Group(group) = &child.value {
        take(&group.open);
        group.children.iter().for_each(|child| comments(child, found));
        found.extend(group.close.lines().filter_map(|line| line.find('#').map(|at| line[at..].trim_end())));
    }
    for piece in child.comma.iter().chain([&child.tail]) {
        found.extend(piece.lines().filter_map(|line| line.find('#').map(|at| line[at..].trim_end())));
    }
}

/// Moves whole lines to the right or, with a negative number, to the left.
pub(super) struct Shift {
    pub by: isize,
    /// Whether the next piece begins a line.
    pub at_start: bool,
}

impl Shift {
    /// Moves an entry with all that is inside.
    pub fn child(&mut self, child: &mut Child<'_>) {
        child.is_as_read = false;
        [&mut child.lead, &mut child.head, &mut child.gap].into_iter().for_each(|piece| self.piece(piece));
        self.value(&mut child.value);
        child.comma.iter_mut().chain([&mut child.tail]).for_each(|piece| self.piece(piece));
    }

    /// Moves a value.
    pub fn value(&mut self, value: &mut Value<'_>) {
        match value {
            Value::Scalar(raw) => self.piece(raw),
            Value::Group(group) => {
                group.column = group.column.saturating_add_signed(self.by);
                self.piece(&mut group.open);
                group.children.iter_mut().for_each(|child| self.child(child));
                self.piece(&mut group.close);
            }
        }
    }

    fn piece(&mut self, piece: &mut Piece<'_>) {
        let mut moved = String::new();
        for line in piece.split_inclusive('\n') {
            let is_blank = line.ends_with('\n') && line.trim().is_empty();
            match self.at_start && !is_blank {
                true => moved.push_str(&self.line(line)),
                false => moved.push_str(line),
            }
            self.at_start = line.ends_with('\n');
        }
        if moved != **piece {
            *piece = Piece::Owned(moved);
        }
    }

    fn line(&self, line: &str) -> String {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let indent = " ".repeat(self.by.max(0).unsigned_abs());
        format!("{indent}{}", &line[self.by.min(0).unsigned_abs().min(blanks)..])
    }
}
