//! A block as words with their looks, in the bytes of [`crate::document::Line::of`].

use super::{Look, PageLine, PagePiece, breaks::Broken};
use crate::document::{Change, Inline};

/// Words and how each part of them is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub text: String,
    /// Looks in order, each up to this byte.
    looks: Vec<(usize, Look)>,
}

impl Words {
    /// The words of a line; `change` is that of the whole block or row.
    pub fn of(line: &[Inline], change: Option<Change>) -> Words {
        let mut words = Words::default();
        words.push(line, &Look { change, ..Look::default() });
        words
    }

    /// Appends words of one look.
    pub fn push_text(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        match self.looks.last_mut() {
            // Two figures of one trail side by side stay two.
            Some((end, last)) if *last == look && look.trail.is_none() => *end = self.text.len(),
            _ => self.looks.push((self.text.len(), look)),
        }
    }

    /// Appends inlines, each with what it adds to the look.
    pub fn push(&mut self, line: &[Inline], look: &Look) {
        for inline in line {
            let mut look = look.clone();
            let mut inner = inline;
            let text = loop {
                match inner {
                    Inline::Text(text) => break text,
                    Inline::Figure { trail, text } => {
                        look.trail = Some(*trail);
                        break text;
                    }
                    Inline::Missing(text) => {
                        look.missing = true;
                        break text;
                    }
                    Inline::Changed { change, inline } => {
                        look.change = Some(*change);
                        inner = inline;
                    }
                    Inline::Noted { remark, alarm, inline } => {
                        look.note = Some((remark.clone(), *alarm));
                        inner = inline;
                    }
                }
            };
            self.push_text(text, look);
        }
    }

    /// A broken line with its pieces; `base` is where these words begin in the block's line.
    pub fn line(&self, broken: &Broken, base: usize) -> PageLine {
        let mut pieces = Vec::new();
        let (mut from, end) = (broken.span.start, broken.span.end);
        let first = self.looks.partition_point(|(until, _)| *until <= from);
        for (until, look) in &self.looks[first..] {
            if from >= end {
                break;
            }
            let to = end.min(*until);
            pieces.push(PagePiece { text: self.text[from..to].to_owned(), look: look.clone() });
            from = to;
        }
        let span = base + broken.span.start..base + end;
        PageLine { span, pieces, first: false, full: false, hanging: broken.hanging }
    }
}
