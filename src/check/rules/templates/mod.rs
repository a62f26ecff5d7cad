//! 模板: read as they are written, without rendering.

mod name;
mod typed;
mod unknown;
mod unused;
mod window;
mod year;

use std::ops::Range;

use crate::check::Rule;
use crate::template::{TemplatePiece, TemplateText};

rules![unknown, name, typed, window, year, unused];

/// Stands for a tag in the lines that are scanned; no character of a report.
const TAG: char = '\u{FFFC}';

/// A line of a template in which every tag is one character, and where its bytes stand in the template.
struct Line {
    text: String,
    /// For every byte of the text the byte of the template.
    at: Vec<usize>,
}

impl Line {
    /// The bytes of the template for a stretch of the line; nothing where it touches a tag.
    fn place(&self, span: &Range<usize>) -> Option<Range<usize>> {
        if self.text[span.clone()].contains(TAG) {
            return None;
        }
        let last = self.at.get(span.end.checked_sub(1)?)?;
        Some(*self.at.get(span.start)?..last + 1)
    }
}

/// The lines of a template; comments are left out.
fn lines(written: &TemplateText) -> Vec<Line> {
    let mut lines = vec![Line { text: String::new(), at: Vec::new() }];
    for piece in &written.pieces {
        match piece {
            TemplatePiece::Comment(_) => {}
            TemplatePiece::Tag(span) => {
                lines.iter_mut().last().into_iter().for_each(|line| push(line, TAG, span.start))
            }
            TemplatePiece::Words(span) => {
                for (at, c) in written.source.text[span.clone()].char_indices() {
                    if c == '\n' {
                        lines.push(Line { text: String::new(), at: Vec::new() });
                    } else if let Some(line) = lines.last_mut() {
                        push(line, c, span.start + at);
                    }
                }
            }
        }
    }
    lines
}

fn push(line: &mut Line, c: char, at: usize) {
    line.text.push(c);
    line.at.extend((0..c.len_utf8()).map(|byte| at + byte));
}
