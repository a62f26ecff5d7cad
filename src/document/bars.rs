//! How cells of a table are joined and parted where it is written with bars: in templates, Markdown and lists that
//! are gone through.

use super::Merged;

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
