//! Where a line of Chinese ends: what may not begin or end a line (GB/T 15834-2011, 5.1), which marks may
//! hang in the margin, and what is not broken at all.
//!
//! Widths are half characters, an ASCII character one and every other two, as 仿宋 and 楷体 have them. The
//! lists are those of Word for simplified Chinese with what LibreOffice adds.

use std::ops::Range;

/// Marks that may not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》〉」』】〕〗〞”’…‥·•．％‰℃°′″％～々ˇˉ‖｝］｜︰﹐﹒﹔﹕﹖﹗﹚﹜﹞\
    !%),.:;>?]}-~'\"/";
/// Marks that may not end a line.
const NOT_LAST: &str = "（《〈「『【〔〖〝“‘｛［￥＄¥£№﹙﹛﹝([{<$";
/// Marks that hang in the margin where they do not fit any more, as in Word and LibreOffice.
const HANGING: &str = "，。、；：？！．,.;:?!";
/// Marks of two characters, which may not be broken.
const DOUBLE: &str = "—…";

/// Half characters of a character.
pub(super) fn width(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// A line: its bytes, and how many of them hang in the margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub span: Range<usize>,
    pub hanging: usize,
}

/// Breaks a text into lines of `first` half characters, then of `rest`. Together they are the text; an
/// empty text is one empty line.
pub(super) fn lines(text: &str, first: usize, rest: usize) -> Vec<Broken> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let byte = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut lines = Vec::new();
    let (mut start, mut room) = (0, first);
    while start < chars.len() || lines.is_empty() {
        let (end, hanging) = end_of(&chars, start, room);
        let hanging = byte(end) - byte(end - hanging);
        lines.push(Broken { span: byte(start)..byte(end), hanging });
        (start, room) = (end, rest);
    }
    lines
}

/// Where the line that begins at `start` ends, and how many characters of it hang.
fn end_of(chars: &[(usize, char)], start: usize, room: usize) -> (usize, usize) {
    let mut used = 0;
    let fits = |(_, c): &&(usize, char)| {
        used += width(*c);
        used <= room
    };
    let fit = start + chars[start..].iter().take_while(fits).count();
    let Some((_, over)) = chars.get(fit) else { return (fit, 0) };
    if fit > start && hangs(*over) && may_break(chars, fit + 1) {
        return (fit + 1, 1);
    }
    let end = (start + 1..=fit).rev().find(|end| may_break(chars, *end));
    (end.unwrap_or(fit.max(start + 1)), 0)
}

/// Whether a character may stand outside the type area.
fn hangs(c: char) -> bool {
    c == ' ' || HANGING.contains(c)
}

/// Whether a line may end before the character of this index.
fn may_break(chars: &[(usize, char)], index: usize) -> bool {
    let (Some((_, before)), Some((_, after))) = (chars.get(index.wrapping_sub(1)), chars.get(index)) else {
        return true;
    };
    match (*before, *after) {
        (_, ' ') => false,
        (_, after) if NOT_FIRST.contains(after) || is_attached(after) => false,
        (' ', _) => true,
        (before, _) if NOT_LAST.contains(before) => false,
        (before, after) if before == after && DOUBLE.contains(before) => false,
        (before, after) => !(is_word(before) && is_word(after)),
    }
}

/// Characters of which a run is one word or number.
fn is_word(c: char) -> bool {
    c.is_ascii_graphic() || ('０'..='９').contains(&c) || (c.is_alphanumeric() && c < '\u{2E80}')
}

/// Combining marks, joiners and variation selectors belong to the character before them.
fn is_attached(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}'
        | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0100}'..='\u{E01EF}')
}
