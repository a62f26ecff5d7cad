//! Lines of a finished report as blocks, told by how they look: 一、 begins a heading, 一是 a point.
//!
//! A line keeps every byte; only the look of a block is guessed, never its words.

use std::ops::Range;

use crate::document::{Align, Block, Document, Inline, Row, Table, plain};
use crate::zh::pattern::Pattern;

/// A heading is no longer than this, in characters, and has no full stop.
const LONGEST_HEADING: usize = 42;

static HEADINGS: [Pattern; 4] = [
    Pattern::new("^[ 　]*[一二三四五六七八九十]+、"),
    Pattern::new("^[ 　]*[（(][一二三四五六七八九十]+[）)]"),
    Pattern::new("^[ 　]*[0-9]{1,2}[.．]"),
    Pattern::new("^[ 　]*[（(][0-9]{1,2}[）)]"),
];
static POINT: Pattern = Pattern::new("^[ 　]*[一二三四五六七八九十]+是");
static DATE: Pattern = Pattern::new(
    "^[（(]?[0-9〇○零一二三四五六七八九十]{4}年[0-9一二三四五六七八九十]{1,3}月([0-9一二三四五六七八九十]{1,3}日)?[）)]?$",
);

fn words(text: &str) -> Vec<Inline> {
    if text.is_empty() { Vec::new() } else { vec![Inline::Text(text.to_owned())] }
}

/// The block that a line of body text looks like.
pub(super) fn block(line: &str) -> Block {
    let short = line.chars().count() <= LONGEST_HEADING && !line.contains(['。', '；']);
    // `1.5亿元` begins with no number of a heading.
    let decimal = |number: &str, text: &str| {
        number.ends_with(['.', '．']) && text.starts_with(|c: char| c.is_ascii_digit())
    };
    for (level, pattern) in (1u8..).zip(HEADINGS.iter()) {
        let number = pattern.find(line).filter(|_| short).map(|number| line.split_at(number.end()));
        if let Some((number, text)) = number.filter(|(number, text)| !decimal(number, text)) {
            return heading(level, number, text);
        }
    }
    match POINT.find(line) {
        Some(number) => point(number.as_str(), &line[number.end()..]),
        None => Block::Paragraph(words(line)),
    }
}

pub(super) fn heading(level: u8, number: &str, text: &str) -> Block {
    Block::Heading { level, number: number.to_owned(), text: words(text) }
}

fn point(number: &str, text: &str) -> Block {
    let end = text.find('。').map(|at| at + '。'.len_utf8()).filter(|end| *end < text.len());
    let (lead, text) = text.split_at(end.unwrap_or(0));
    Block::Point { number: number.to_owned(), lead: words(lead), text: words(text) }
}

/// Lines of blocks: number of the block, and bytes of the text.
pub(super) type Lines = Vec<(usize, Range<usize>)>;

/// The lines of a text without their ends, each with where it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

/// Plain text: one line, one block; blank lines only separate.
pub(super) fn text(text: &str) -> (Document, Lines) {
    let written: Vec<(usize, &str)> = lines(text).filter(|(_, line)| !line.trim().is_empty()).collect();
    let blocks = written.iter().map(|(_, line)| block(line)).collect();
    let lines = written.iter().enumerate().map(|(index, (at, line))| (index, *at..at + line.len()));
    (Document { blocks: framed(blocks), ..Document::default() }, lines.collect())
}

/// Gives title, recipient, signature and dates their place, where they stand where they should.
pub(super) fn framed(mut blocks: Vec<Block>) -> Vec<Block> {
    let said = |block: &Block| match block {
        Block::Paragraph(line) => Some(plain(line)),
        _ => None,
    };
    let brief = |line: &str| line.chars().count() <= 60 && !line.contains(['。', '；', '：', '\t']);
    // One or two lines are an excerpt and have no title.
    let whole = blocks.len() > 2;
    if let Some(line) = blocks.first().and_then(said).filter(|line| whole && brief(line)) {
        blocks[0] = Block::Title(words(&line));
    }
    if matches!(blocks.first(), Some(Block::Title(_))) {
        if let Some(line) = blocks.get(1).and_then(said).filter(|line| DATE.is_match(line)) {
            blocks[1] = Block::Byline(words(&line));
        }
        let next = if matches!(blocks.get(1), Some(Block::Byline(_))) { 2 } else { 1 };
        let addressed = |line: &String| line.ends_with('：') && line.chars().count() <= 30;
        if let Some(line) = blocks.get(next).and_then(said).filter(addressed) {
            blocks[next] = Block::Recipient(words(&line));
        }
    }
    let last = blocks.len().saturating_sub(1);
    if let Some(line) = blocks.get(last).and_then(said).filter(|line| last > 1 && DATE.is_match(line)) {
        blocks[last] = Block::Date(words(&line));
        if let Some(line) =
            blocks.get(last - 1).and_then(said).filter(|line| brief(line) && line.chars().count() <= 30)
        {
            blocks[last - 1] = Block::Signature(words(&line));
        }
    }
    blocks
}

/// Markdown as this program writes it: `#` headings, pipe tables, bold leads.
pub(super) fn markdown(text: &str) -> (Document, Lines) {
    let mut blocks = Vec::new();
    let mut places = Lines::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (at, line) in lines(text).chain([(text.len(), "")]) {
        if line.starts_with('|') {
            let cells = cells(at, line);
            // The rule under the head is no row.
            if cells.iter().all(|(_, cell)| !cell.is_empty() && cell.chars().all(|c| ":-".contains(c))) {
                continue;
            }
            places.extend(cells.iter().map(|(span, _)| (blocks.len(), span.clone())));
            rows.push(cells.into_iter().map(|(_, words)| words).collect());
            continue;
        }
        if !rows.is_empty() {
            blocks.push(Block::Table(table(std::mem::take(&mut rows))));
        }
        if line.trim().is_empty() {
            continue;
        }
        let hashes = line.len() - line.trim_start_matches('#').len();
        let (level, words) = match line[hashes..].strip_prefix(' ') {
            Some(title) if hashes > 0 => (hashes, title),
            _ => (0, line),
        };
        places.push((blocks.len(), at + line.len() - words.len()..at + line.len()));
        let words = bare(words);
        blocks.push(match level {
            0 => block(&words),
            1 => Block::Title(self::words(&words)),
            _ => {
                let level = u8::try_from(level - 1).unwrap_or(4).min(4);
                let number = HEADINGS[usize::from(level) - 1].find(&words).map_or(0, |found| found.end());
                heading(level, &words[..number], &words[number..])
            }
        });
    }
    (Document { blocks: framed(blocks), ..Document::default() }, places)
}

/// The words without bold marks and backslashes.
fn bare(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => words.extend(chars.next()),
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
            }
            c => words.push(c),
        }
    }
    words
}

/// The cells of a row that begins at a byte of the text, each with its bytes.
fn cells(at: usize, line: &str) -> Vec<(Range<usize>, String)> {
    let line = line.trim_end();
    let inner = line.strip_suffix('|').filter(|rest| rest.len() > 1 && !rest.ends_with('\\')).unwrap_or(line);
    let mut bars: Vec<usize> = Vec::new();
    let mut escaped = false;
    for (index, c) in inner.char_indices() {
        if c == '|' && !escaped {
            bars.push(index);
        }
        escaped = c == '\\' && !escaped;
    }
    bars.push(inner.len());
    let cell = |pair: &[usize]| {
        let words = &inner[pair[0] + 1..pair[1]];
        let start = pair[0] + 1 + words.len() - words.trim_start().len();
        let words = words.trim();
        (at + start..at + start + words.len(), bare(words))
    };
    bars.windows(2).map(cell).collect()
}

/// Rows of one width.
pub(super) fn table(rows: Vec<Vec<String>>) -> Table {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = rows.into_iter().map(|mut row| {
        row.resize(width, String::new());
        row.iter().map(|cell| words(cell)).collect::<Vec<_>>()
    });
    let head = rows.next().unwrap_or_default();
    Table { caption: Vec::new(), head, rows: rows.map(Row::from).collect(), align: vec![Align::Left; width] }
}
