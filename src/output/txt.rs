//! Plain text: one block a line, to be pasted anywhere.

use crate::document::{Block, Document, Inline, Table, plain};

/// Every block on its own line; numbers stand before headings and points.
pub(super) fn write(document: &Document) -> String {
    let mut text = String::new();
    for block in &document.blocks {
        match block {
            Block::Table(table) => table_lines(table).iter().for_each(|line| push(&mut text, line)),
            block => push(&mut text, &line(block)),
        }
    }
    text
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The words of a block that is no table, with its number.
fn line(block: &Block) -> String {
    match block {
        Block::Title(line)
        | Block::Byline(line)
        | Block::Recipient(line)
        | Block::Paragraph(line)
        | Block::Signature(line)
        | Block::Date(line) => plain(line),
        Block::Heading { number, text, .. } => format!("{number}{}", plain(text)),
        Block::Point { number, lead, text } => format!("{number}{}{}", plain(lead), plain(text)),
        Block::Table(table) => table_lines(table).join("\n"),
    }
}

fn table_lines(table: &Table) -> Vec<String> {
    let row = |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join("\t");
    let caption = (!table.caption.is_empty()).then(|| plain(&table.caption));
    caption.into_iter().chain([row(&table.head)]).chain(table.rows.iter().map(row)).collect()
}
