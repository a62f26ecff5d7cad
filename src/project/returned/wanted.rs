//! What a report says after changes of its words, told from the report itself: what the templates make of them is held
//! against it.

use crate::document::{Block, Document, Line};
use crate::import::edits::{Edit, What};

/// A block as its lines of words, without the number that the program sets.
type Lines = Vec<String>;

/// The blocks of a report after changes. Those of facts change no words here.
pub(super) fn lines(document: &Document, edits: &[&Edit]) -> Vec<Lines> {
    let mut wanted: Vec<Lines> = Vec::new();
    put_after(&mut wanted, document, edits, None);
    let moved = |block: usize| {
        edits.iter().any(|edit| matches!(&edit.what, What::Moved { blocks, .. } if blocks.contains(&block)))
    };
    for block in 0..document.blocks.len() {
        if !moved(block) {
            put(&mut wanted, document, edits, block);
        }
        put_after(&mut wanted, document, edits, Some(block));
    }
    wanted
}

/// What stands behind a block then: what is new, and what moved there.
fn put_after(wanted: &mut Vec<Lines>, document: &Document, edits: &[&Edit], after: Option<usize>) {
    for edit in edits {
        match &edit.what {
            What::Added { block, .. } if edit.block == after => wanted.push(of(block)),
            What::Moved { blocks, after: behind } if *behind == after => {
                blocks.clone().for_each(|block| put(wanted, document, edits, block));
            }
            _ => {}
        }
    }
}

fn put(wanted: &mut Vec<Lines>, document: &Document, edits: &[&Edit], block: usize) {
    let own: Vec<&&Edit> = edits.iter().filter(|edit| edit.block == Some(block)).collect();
    if own.iter().any(|edit| matches!(edit.what, What::Removed)) {
        return;
    }
    let mut made = changed(&document.blocks[block], &own);
    let joined = own.iter().any(|edit| matches!(edit.what, What::Joined));
    match wanted.last_mut().and_then(|last| last.last_mut()).filter(|_| joined && !made.is_empty()) {
        Some(last) => {
            last.push_str(&made.remove(0).concat());
            wanted.append(&mut made);
        }
        None => wanted.append(&mut made),
    }
}

/// A block with the changes of its lines: several where it is parted.
fn changed(block: &Block, edits: &[&&Edit]) -> Vec<Lines> {
    let mut rows: Vec<(usize, String)> = Vec::new();
    for (number, (text, from)) in lines_of(block).into_iter().enumerate() {
        if !edits.iter().any(|edit| matches!(edit.what, What::RowRemoved { line } if line == number)) {
            rows.push((number, line(&text, from, number, edits)));
        }
        for edit in edits {
            match &edit.what {
                What::RowAdded { line, row } if *line == number => {
                    rows.push((number, Line::of_cells(&row.cells).text));
                }
                _ => {}
            }
        }
    }
    if matches!(block, Block::Table(_)) {
        return vec![rows.into_iter().map(|(_, row)| row).collect()];
    }
    rows.iter().flat_map(|(_, row)| row.split('\n')).map(|part| vec![part.to_owned()]).collect()
}

/// A line with its changes, from behind its number on.
fn line(text: &str, from: usize, number: usize, edits: &[&&Edit]) -> String {
    let mut changes: Vec<(usize, usize, &str)> = Vec::new();
    for edit in edits {
        match &edit.what {
            What::Words { line, span, .. } if *line == number => {
                changes.push((span.start, span.end, edit.new.as_str()));
            }
            What::Parted { at } => changes.push((*at, *at, "\n")),
            _ => {}
        }
    }
    changes.sort_by_key(|(start, end, _)| (*start, start != end));
    let (mut made, mut at) = (String::new(), from);
    for (start, end, new) in changes {
        made.push_str(text.get(at..start).unwrap_or_default());
        made.push_str(new);
        at = end.max(at);
    }
    made.push_str(text.get(at..).unwrap_or_default());
    made
}

/// The lines of a block, each with the bytes of its number.
fn lines_of(block: &Block) -> Vec<(String, usize)> {
    Line::all(block).into_iter().map(|line| (line.text, line.number)).collect()
}

fn of(block: &Block) -> Lines {
    lines_of(block).into_iter().map(|(text, number)| text[number..].to_owned()).collect()
}

/// The first words that a report has otherwise than wanted.
pub(super) fn differing(wanted: &[Lines], document: &Document) -> Option<String> {
    let now: Vec<Lines> = document.blocks.iter().map(of).collect();
    let first = wanted.iter().zip(&now).find(|(wanted, now)| wanted != now);
    let words = |lines: &Lines| lines.concat();
    match first {
        Some((_, now)) => Some(words(now)),
        None if wanted.len() == now.len() => None,
        None => now.get(wanted.len()).or_else(|| wanted.get(now.len())).map(words),
    }
}
