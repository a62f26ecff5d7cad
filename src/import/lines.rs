//! Blocks as the lines of a template: words that would be marks, numbers that the program sets by itself.

use std::ops::Range;

use crate::document::{self, Block, Cell, Element, Line, Row, bars, letter, picture, plain, tables};
use crate::zh::number::numeral;

/// Words as they are typed into a template: what would be a mark becomes a tag that prints it.
pub fn typed(words: &str) -> String {
    let mut typed = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '{' | '}' | '\\' | '｛' | '｝' => {
                typed.push_str(&format!("{{{{字符 \"{:X}\"}}}}", u32::from(c)))
            }
            c => typed.push(c),
        }
    }
    typed
}

/// A paragraph that begins like something else keeps a backslash before it.
pub fn paragraph(words: &str) -> String {
    const MARKS: [&str; 9] =
        ["#", "-", "|", tables::NOTE, "主送：", "题下署名：", "题下日期：", "署名：", "成文日期："];
    let caption = tables::Marks::read(words).is_some() || picture::asks(words);
    // A backslash before a tag would be taken for the template language's own.
    let backslash = typed("\\");
    if words.starts_with(&backslash) {
        format!("{backslash}{words}")
    } else if MARKS.iter().any(|mark| words.starts_with(mark)) || caption || letter::begins(words) {
        format!("\\{words}")
    } else {
        words.to_owned()
    }
}

/// The words of a block as a template has them behind what names it.
pub(super) fn words(block: &Block, line: &Line) -> String {
    let words = &line.text[line.number..];
    match block {
        Block::Element { element, .. } => typed(element.typed(words)),
        _ => typed(words),
    }
}

pub(super) fn escaped_start(block: &Block, words: String) -> String {
    if matches!(block, Block::Paragraph(_)) { paragraph(&words) } else { words }
}

/// A table as it is typed.
pub fn pipe_table(table: &document::Table) -> String {
    let row = pipe_row;
    let mut lines = Vec::new();
    let marks = table.marks().written();
    if !table.caption.is_empty() || marks != tables::CAPTION {
        lines.push(format!("{marks}{}", typed(&plain(&table.caption))));
    }
    if !table.unit.is_empty() {
        lines.push(typed(&table.unit));
    }
    lines.extend(table.head.iter().map(row));
    lines.push(format!("| {} |", vec!["---"; table.width()].join(" | ")));
    lines.extend(table.rows.iter().map(row));
    lines.join("\n")
}

/// A row of a table as it is typed.
pub fn pipe_row(row: &Row) -> String {
    format!("| {} |", row.cells.iter().map(typed_cell).collect::<Vec<_>>().join(" | "))
}

/// Words of a cell as they are typed into a template.
pub fn cell_words(words: &str) -> String {
    bars::parted(&typed(words).replace('|', "\\|"))
}

/// A cell as it is typed into a template.
fn typed_cell(cell: &Cell) -> String {
    let words = plain(&cell.words);
    match bars::mark(cell.merged) {
        Some(mark) => mark.to_owned(),
        None if bars::joined(&words).is_some() => format!("\\{words}"),
        None => cell_words(&words),
    }
}

/// The words around a stretch of a line, the stretch itself in brackets.
pub(super) fn around(line: &str, span: &Range<usize>) -> String {
    let before: Vec<char> = line[..span.start].chars().rev().take(24).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = line[span.end..].chars().take(12).collect();
    format!("{before}【{}】{after}", &line[span.clone()]).replace('\n', " ")
}

/// What the program would number by itself, to tell numbers that it would set as they are.
#[derive(Default)]
pub(super) struct Counters {
    headings: [u64; 4],
    points: u64,
}

impl Counters {
    /// What stands before the words of a block in the template.
    pub fn prefix(&mut self, block: &Block) -> String {
        match block {
            Block::Title(_) => {
                self.points = 0;
                "# ".to_owned()
            }
            Block::Byline(_) => "题下署名：".to_owned(),
            Block::Recipient(_) => "主送：".to_owned(),
            Block::Signature(_) => "署名：".to_owned(),
            Block::Date(_) => "成文日期：".to_owned(),
            Block::TableNote(_) => tables::NOTE.to_owned(),
            Block::Picture(plate) => plate.opening(),
            Block::Heading { level, number, .. } => self.heading(*level, number),
            Block::Point { number, .. } => {
                let own = format!("{}是", numeral::count(self.points + 1));
                if *number == own {
                    self.points += 1;
                    "- ".to_owned()
                } else {
                    format!("- \\{}", typed(number))
                }
            }
            Block::Element { element: Element::Annex, label, .. } => {
                *self = Counters::default();
                typed(label)
            }
            Block::Element { element, .. } => element.start().to_owned(),
            Block::Paragraph(_) | Block::Table(_) | Block::Changed(..) => String::new(),
        }
    }

    fn heading(&mut self, level: u8, number: &str) -> String {
        self.points = 0;
        let index = usize::from(level.clamp(1, 4)) - 1;
        let hashes = "#".repeat(index + 2);
        if document::number(usize::from(level), self.headings[index] + 1) == number.trim_end() {
            self.headings[index] += 1;
            self.headings[index + 1..].fill(0);
            format!("{hashes} ")
        } else {
            format!("{hashes} \\{}", typed(number))
        }
    }
}
