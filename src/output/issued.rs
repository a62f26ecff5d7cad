//! A 定稿: the report as it was sent, with where its figures come from, as a text that anybody can read.

use crate::document::issued::{
    BEHIND, BYLINE, CHARTS, DATE, FILE, Head, LEFT, NUMBER, PICTURE, PLAIN, POINT, RECIPIENT, RULE,
    SIGNATURE, TABLE_NOTE, TRAILS, UNIT, UP, VERSION, WORDS, digest, file, is_marked, number, start,
};
use crate::document::{
    Align, Block, Cell, Change, Document, Inline, Merged, Row, Table, merged, split_heading, split_lead,
};

/// Writes a report that is final: of changes it has what stays, of remarks only what they are about. What made it is
/// said by the head.
pub fn write(document: &Document, head: &Head) -> String {
    let mut body = String::new();
    for one in &document.blocks {
        block(&mut body, one);
    }
    body.push_str(TRAILS);
    body.push('\n');
    for (index, trail) in document.trails.iter().enumerate() {
        body.push_str(&format!("{} {}\n", index + 1, trail.to_json()));
    }
    let mut text = format!(
        "{RULE}\n定稿: {VERSION}\n报告: {}\n时期: {}\n日期: {}\n来自: {}\n",
        head.origin.template,
        head.origin.year.stem(),
        head.on,
        head.from
    );
    for correction in &head.corrections {
        text.push_str(&format!("更正: {correction}\n"));
    }
    text.push_str(&format!("摘要: {}\n{RULE}\n{body}", digest(&body)));
    text
}

/// The lines of a block.
fn block(body: &mut String, one: &Block) {
    let line = match one {
        Block::Changed(change, inner) if change.stays() => return block(body, inner),
        Block::Changed(..) => return,
        Block::Table(one) => return table(body, one),
        Block::Title(text) => format!("# {}", line(text)),
        Block::Heading { level, number, text, body } => {
            let words = led(text, body, split_heading);
            format!("{} {}", "#".repeat(usize::from(*level) + 1), numbered(*level, number, &words))
        }
        Block::Point { number, lead, text } => {
            format!("{POINT}{}", numbered(0, number, &led(lead, text, split_lead)))
        }
        Block::Element { element, label, text } => {
            let label = if label.is_empty() {
                String::new()
            } else {
                format!("⟦{NUMBER}｜{}⟧", escaped(label, ""))
            };
            format!("{}{label}{}", start(*element), line(text))
        }
        Block::Paragraph(text) => paragraph(line(text)),
        Block::Byline(text) => format!("{BYLINE}{}", line(text)),
        Block::Recipient(text) => format!("{RECIPIENT}{}", line(text)),
        Block::Signature(text) => format!("{SIGNATURE}{}", line(text)),
        Block::Picture(plate) => {
            let (name, file) = (escaped(&plate.picture.name, ""), file(plate));
            format!("{PICTURE}{name}⟧⟦{FILE}｜{file}⟧{}", line(&plate.caption))
        }
        Block::TableNote(text) => format!("{TABLE_NOTE}{}", line(text)),
        Block::Date(text) => format!("{DATE}{}", line(text)),
    };
    body.push_str(&format!("{line}\n"));
}

/// A backslash where the line would read as something else, or as nothing.
fn paragraph(line: String) -> String {
    if line.trim().is_empty() || is_marked(&line) { format!("{PLAIN}{line}") } else { line }
}

/// A number as it was printed; in brackets where it would not be told from the words behind it.
fn numbered(level: u8, said: &str, rest: &str) -> String {
    let plain = format!("{said}{rest}");
    if number(level, &plain) == said.len() {
        plain
    } else {
        format!("⟦{NUMBER}｜{}⟧{rest}", escaped(said, ""))
    }
}

/// What parts a line in two.
type Split = fn(Vec<Inline>) -> (Vec<Inline>, Vec<Inline>);

/// The lead of a point and its text, or a heading and what goes on behind it; parted by a mark where the first sentence
/// does not do it.
fn led(lead: &[Inline], text: &[Inline], split: Split) -> String {
    let joined = merged(lead.iter().chain(text).cloned().collect());
    if split(joined.clone()) == (lead.to_vec(), text.to_vec()) {
        return line(&joined);
    }
    format!("{}⟦{BEHIND}⟧{}", line(lead), line(text))
}

fn table(body: &mut String, table: &Table) {
    let cell = |cell: &Cell| match cell.merged {
        Merged::Not => inlines(&cell.words, "|"),
        Merged::Left => LEFT.to_owned(),
        Merged::Up => UP.to_owned(),
    };
    let row = |row: &Row| {
        let cells: String = row.cells.iter().map(|one| format!(" {} |", cell(one))).collect();
        format!("|{cells}\n")
    };
    let stays = |row: &&Row| row.change.is_none_or(Change::stays);
    let rule = |align: &Align| match align {
        Align::Left => " --- |",
        Align::Center => " :---: |",
        Align::Right => " ---: |",
    };
    let chart = CHARTS.iter().find(|(_, kind)| Some(*kind) == table.chart);
    let caption = chart.map_or_else(|| table.marks().written(), |(start, _)| (*start).to_owned());
    body.push_str(&format!("{caption}{}\n", line(&table.caption)));
    if !table.unit.is_empty() {
        body.push_str(&format!("{UNIT}{}\n", escaped(&table.unit, "")));
    }
    for (index, one) in table.head.iter().filter(stays).enumerate() {
        let line = row(one);
        // What would be taken for the rule below the head is written by its codes.
        let like_rule = index > 0 && line.chars().all(|c| " -:|\n".contains(c)) && line.contains('-');
        body.push_str(&if like_rule { line.replace('-', "⟦U+002D⟧") } else { line });
    }
    body.push_str(&format!("|{}\n", table.align.iter().map(rule).collect::<String>()));
    body.extend(table.rows.iter().filter(stays).map(row));
}

fn line(line: &[Inline]) -> String {
    inlines(line, "")
}

/// The pieces of a line. `also` are characters that may not stand for themselves there.
fn inlines(line: &[Inline], also: &str) -> String {
    let mut written = String::new();
    let mut plain_before = false;
    for inline in line.iter().filter_map(settled) {
        let (name, text) = match inline {
            Inline::Figure { trail, text } => ((trail + 1).to_string(), text.as_str()),
            other => (WORDS.to_owned(), other.text()),
        };
        let plain = name == WORDS && !text.is_empty() && !plain_before;
        let words = escaped(text, also);
        written.push_str(&if plain { words } else { format!("⟦{name}｜{words}⟧") });
        plain_before = plain;
    }
    written
}

/// What is left of a piece when it is final.
fn settled(inline: &Inline) -> Option<&Inline> {
    match inline {
        Inline::Changed { change, inline } => settled(inline).filter(|_| change.stays()),
        Inline::Noted { inline, .. } => settled(inline),
        plain => Some(plain),
    }
}

/// Words in which no character is taken for a mark or for the end of a line.
fn escaped(words: &str, also: &str) -> String {
    let mut written = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '⟦' => written.push_str("⟦⟦"),
            '⟧' => written.push_str("⟦⟧"),
            c if unseen(c) || also.contains(c) => written.push_str(&format!("⟦U+{:04X}⟧", u32::from(c))),
            c => written.push(c),
        }
    }
    written
}

/// Characters that an editor would take for the end of a line, or drop.
fn unseen(c: char) -> bool {
    c != '\t' && c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}
