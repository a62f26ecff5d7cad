//! Markdown: headings, points with a bold lead, pipe tables.

use crate::document::{Align, Block, Cell, Change, Document, Inline, Plate, Row, Table, bars};

/// How an inline is written.
pub(super) type Say<'s> = dyn Fn(&Inline) -> String + 's;

/// The report in Markdown.
pub(super) fn write(document: &Document) -> String {
    blocks(document, "**", &say)
}

fn say(inline: &Inline) -> String {
    match inline {
        Inline::Changed { change, inline } => tagged(*change, &say(inline)),
        Inline::Noted { inline, .. } => say(inline),
        Inline::Text(text) | Inline::Figure { text, .. } | Inline::Missing(text) => escaped(text),
    }
}

/// Markdown has no mark for an insertion; it allows HTML.
pub(super) fn tagged(change: Change, words: &str) -> String {
    let tag = if change.stays() { "ins" } else { "del" };
    format!("<{tag}>{words}</{tag}>")
}

/// Every block, inlines written by `say`, the lead of a point between `bold` marks.
pub(super) fn blocks(document: &Document, bold: &str, say: &Say<'_>) -> String {
    let blocks: Vec<String> = document.blocks.iter().map(|one| block(one, bold, say)).collect();
    format!("{}\n", blocks.join("\n\n"))
}

fn block(block: &Block, bold: &str, say: &Say<'_>) -> String {
    let line = |inlines: &[Inline]| line(inlines, say);
    match block {
        Block::Title(text) => format!("# {}", line(text)),
        Block::Heading { number, text, body, .. } if !body.is_empty() => {
            format!("{bold}{number}{}{bold}{}", line(text), line(body))
        }
        Block::Heading { level, number, text, .. } => {
            // `1.` at the start of a heading is words, not a list.
            format!("{} {number}{}", "#".repeat(usize::from(*level) + 1), line(text))
        }
        Block::Element { label, text, .. } => format!("{label}{}", line(text)),
        Block::Point { number, lead, text } if lead.is_empty() => format!("{number}{}", line(text)),
        Block::Point { number, lead, text } => format!("{bold}{number}{}{bold}{}", line(lead), line(text)),
        Block::Table(one) => table(one, say),
        Block::Picture(plate) => pictured(plate, &line(&plate.caption)),
        Block::Changed(change, one) => self::block(one, bold, &|inline| tagged(*change, &say(inline))),
        Block::Byline(text)
        | Block::Recipient(text)
        | Block::Paragraph(text)
        | Block::TableNote(text)
        | Block::Signature(text)
        | Block::Date(text) => line(text),
    }
}

/// A picture by the place of its file in the project; its caption is the words for those who do not see it.
fn pictured(plate: &Plate, caption: &str) -> String {
    // What ends an address is written by its code.
    let coded = |c: char| match c {
        ' ' | '(' | ')' | '<' | '>' | '%' | '\\' | '"' => format!("%{:02X}", u32::from(c)),
        c => c.to_string(),
    };
    format!("![{caption}]({})", plate.picture.path().chars().map(coded).collect::<String>())
}

fn table(table: &Table, say: &Say<'_>) -> String {
    let row = |one: &Row| match one.change {
        Some(change) => row(one, &|inline| tagged(change, &say(inline))),
        None => row(one, say),
    };
    let rule = |align: &Align| match align {
        Align::Left => "---",
        Align::Center => ":---:",
        Align::Right => "---:",
    };
    let rules = format!("| {} |", table.align.iter().map(rule).collect::<Vec<_>>().join(" | "));
    let caption =
        if table.caption.is_empty() { String::new() } else { format!("{}\n\n", line(&table.caption, say)) };
    let unit = if table.unit.is_empty() { String::new() } else { format!("{}\n\n", escaped(&table.unit)) };
    let rows: Vec<String> =
        table.head.iter().map(row).chain([rules]).chain(table.rows.iter().map(row)).collect();
    format!("{caption}{unit}{}", rows.join("\n"))
}

fn row(row: &Row, say: &Say<'_>) -> String {
    let cells: Vec<String> = row.cells.iter().map(|one| cell(one, say)).collect();
    format!("| {} |", cells.join(" | "))
}

/// A cell as templates have it: `<` and `^` join cells, `<br>` parts paragraphs.
fn cell(cell: &Cell, say: &Say<'_>) -> String {
    if let Some(mark) = bars::mark(cell.merged) {
        return mark.to_owned();
    }
    let words = line(&cell.words, say).replace('\n', bars::BREAK);
    if bars::joined(&words).is_some() { format!("\\{words}") } else { words }
}

fn line(line: &[Inline], say: &Say<'_>) -> String {
    line.iter().map(say).collect()
}

/// Marks that would change the meaning get a backslash.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let opens_line = at == 0 && matches!(c, '#' | '-' | '+' | '>');
        if opens_line || matches!(c, '\\' | '*' | '_' | '`' | '|' | '<' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
