//! How cells of a table are joined and parted where it is written with bars: in templates, Markdown and lists that
//! are gone through.

use super::{Align, Merged};

/// Parts the paragraphs of a cell.
pub const BREAK: &str = "<br>";
const MARKS: [(&str, Merged); 2] = [("<", Merged::Left), ("^", Merged::Up)];

/// Words in which nothing parts paragraphs but where it is meant: what they say stands behind a backslash.
pub fn parted(words: &str) -> String {
    words.replace(BREAK, &format!("\\{BREAK}")).replace('\n', BREAK)
}

/// What a cell is joined to that holds nothing but a mark.
pub fn joined(written: &str) -> Option<Merged> {
    MARKS.iter().find(|(mark, _)| *mark == written).map(|(_, merged)| *merged)
}

/// The mark of a cell that another one covers.
pub fn mark(merged: Merged) -> Option<&'static str> {
    MARKS.iter().find(|(_, of)| *of == merged).map(|(mark, _)| *mark)
}

/// The cells of `| a | b |`; `\|` stands for the bar itself, and a tab is a space.
pub(crate) fn cells(line: &str) -> Vec<String> {
    let words = |cell: Vec<(usize, char)>| cell.into_iter().map(|(_, c)| c).collect::<String>();
    split_cells(line).into_iter().map(|cell| words(cell).trim().to_owned()).collect()
}

/// The same, blanks kept, each character with its byte in the line.
pub(crate) fn split_cells(line: &str) -> Vec<Vec<(usize, char)>> {
    let start = usize::from(line.starts_with('|'));
    let inner = &line[start..];
    let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    let mut cells = vec![Vec::new()];
    let mut escaped = None;
    for (at, c) in inner.char_indices().map(|(at, c)| (start + at, c)) {
        match (escaped, c) {
            (None, '\\') => escaped = Some(at),
            (None, '|') => cells.push(Vec::new()),
            (_, c) => {
                let cell = cells.last_mut().into_iter();
                cell.for_each(|cell| {
                    let c = if c == '\t' { ' ' } else { c };
                    cell.extend(escaped.filter(|_| c != '|').map(|at| (at, '\\')));
                    cell.push((at, c));
                });
                escaped = None;
            }
        }
    }
    cells
}

pub(crate) fn is_rule(cell: &str) -> bool {
    !cell.is_empty() && cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':'))
}

pub(crate) fn align(cell: &str) -> Align {
    match (cell.starts_with(':'), cell.ends_with(':')) {
        (true, true) => Align::Center,
        (false, true) => Align::Right,
        _ => Align::Left,
    }
}
