//! Plain text: one block a line, to be pasted anywhere; a redline with `[-…-]` and `{+…+}`.

use crate::document::{Block, Cell, Change, Document, Inline, Plate, Row, Table};

/// Every block on its own line; numbers stand before headings and points.
pub(super) fn write(document: &Document) -> String {
    let mut text = String::new();
    for block in &document.blocks {
        for line in lines(block) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// The lines of a block, with its number.
fn lines(block: &Block) -> Vec<String> {
    match block {
        Block::Title(line)
        | Block::Byline(line)
        | Block::Recipient(line)
        | Block::Paragraph(line)
        | Block::TableNote(line)
        | Block::Signature(line)
        | Block::Date(line) => vec![words(line)],
        Block::Element { label, text, .. } => vec![format!("{label}{}", words(text))],
        Block::Heading { number, text, body, .. } => vec![format!("{number}{}{}", words(text), words(body))],
        Block::Point { number, lead, text } => vec![format!("{number}{}{}", words(lead), words(text))],
        Block::Table(table) => table_lines(table),
        Block::Picture(plate) => pictured(plate),
        Block::Changed(change, block) => {
            lines(block).into_iter().map(|line| marked(*change, &line)).collect()
        }
    }
}

/// A picture has no words but its caption: that there is one is said, as its place would be lost.
fn pictured(plate: &Plate) -> Vec<String> {
    let here = format!("〔图片：{}〕", plate.picture.path());
    let caption = (!plate.caption.is_empty()).then(|| words(&plate.caption));
    std::iter::once(here).chain(caption).collect()
}

fn table_lines(table: &Table) -> Vec<String> {
    // A line break would part the row, so the paragraphs of a cell are parted by a space.
    let cell = |cell: &Cell| words(&cell.words).replace('\n', " ");
    let row = |row: &Row| {
        let cells = row.cells.iter().map(cell).collect::<Vec<_>>().join("\t");
        row.change.map_or(cells.clone(), |change| marked(change, &cells))
    };
    let caption = (!table.caption.is_empty()).then(|| words(&table.caption));
    let unit = (!table.unit.is_empty()).then(|| table.unit.clone());
    caption.into_iter().chain(unit).chain(table.all_rows().map(row)).collect()
}

/// The words of a line; neighbours that changed alike share their brackets.
fn words(line: &[Inline]) -> String {
    let mut text = String::new();
    for group in line.chunk_by(|left, right| left.change() == right.change()) {
        let words: String = group.iter().map(Inline::text).collect();
        text.push_str(&match group.first().and_then(Inline::change) {
            Some(change) => marked(change, &words),
            None => words,
        });
    }
    text
}

/// Brackets as `wdiff` and `git diff --word-diff` write them.
fn marked(change: Change, words: &str) -> String {
    if change.stays() { format!("{{+{words}+}}") } else { format!("[-{words}-]") }
}
