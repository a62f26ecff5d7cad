//! What `year` noted of the year before goes, and no other comment.

use super::{Child, Piece, Written};
use crate::facts::then;

impl Written<'_> {
    /// Takes away what is noted beside the value at the end of the way.
    pub fn forget(&mut self, at: &[usize]) {
        if self.child(at).is_some_and(|child| notes(child).next().is_some())
            && let Some(child) = self.child_mut(at)
        {
            forget_own(child);
        }
    }

    /// Takes away all that is noted in the file.
    pub fn forget_all(&mut self) {
        forget_below(&mut self.root);
    }
}

/// What is left of the pieces that hold such a note.
fn notes<'c>(child: &'c Child<'_>) -> impl Iterator<Item = String> + 'c {
    [&child.gap, &child.tail].into_iter().filter_map(|piece| then::without(piece))
}

fn forget_own(child: &mut Child<'_>) {
    for piece in [&mut child.gap, &mut child.tail] {
        if let Some(left) = then::without(piece) {
            *piece = Piece::Owned(left);
        }
    }
}

fn forget_below(child: &mut Child<'_>) {
    forget_own(child);
    if let Some(group) = child.value.group_mut() {
        group.children.iter_mut().for_each(forget_below);
    }
}
