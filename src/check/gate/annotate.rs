//! The draft with a comment on every figure.

use super::{Gate, Judged, Verdict};
use crate::document::{Block, Document, Inline, Line};
use crate::input::patch::{Act, Edit};

impl Gate {
    /// The comments as changes of a Word file.
    pub fn edits(&self) -> Vec<Edit> {
        let edit =
            |one: &Judged| Edit { line: one.line, span: one.span.clone(), act: Act::Comment(one.comment()) };
        self.figures.iter().map(edit).collect()
    }

    /// A draft that is no Word file, as a document whose figures carry their comments.
    pub fn noted(&self, draft: &Document) -> Document {
        let mut number = 0;
        let block = |block: &Block| {
            let table = matches!(block, Block::Table(_));
            let mut at = Line::of(block).number;
            let made = block.map(&mut |line| {
                let text: String = line.iter().map(Inline::text).collect();
                let made = self.line(&text, at, number);
                at += text.len();
                if table {
                    (number, at) = (number + 1, 0);
                }
                made
            });
            number += usize::from(!table);
            made
        };
        Document { blocks: draft.blocks.iter().map(block).collect(), ..Document::default() }
    }

    /// A stretch of a line that begins at the byte `from`, with its figures noted.
    fn line(&self, text: &str, from: usize, line: usize) -> Vec<Inline> {
        let mut made = Vec::new();
        let mut at = 0;
        let inside =
            |one: &&Judged| one.line == line && from <= one.span.start && one.span.end <= from + text.len();
        for judged in self.figures.iter().filter(inside) {
            let (start, end) = (judged.span.start - from, judged.span.end - from);
            made.push(Inline::Text(text[at..start].to_owned()));
            made.push(Inline::Noted {
                remark: judged.comment(),
                alarm: judged.verdict >= Verdict::Unknown,
                inline: Box::new(Inline::Text(text[start..end].to_owned())),
            });
            at = end;
        }
        made.push(Inline::Text(text[at..].to_owned()));
        made.retain(|inline| !inline.text().is_empty());
        made
    }
}
