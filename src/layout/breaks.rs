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
/// Closing marks that stay with a number or a Latin word behind them.
const CLOSING: &str = "）》〉」』】〕”’";
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

/// Room for lines, in half characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// Of the first line.
    pub first: usize,
    /// Of every other line.
    pub rest: usize,
    /// Whether marks may hang in the margin; in a cell they would stand on its rule.
    pub margin: bool,
}

impl Room {
    /// Lines of one length beside a margin.
    pub fn of(width: usize) -> Room {
        Room { first: width, rest: width, margin: true }
    }
}

/// Breaks a text into lines. Together they are the text; an empty text is one empty line.
pub(super) fn lines(text: &str, room: Room) -> Vec<Broken> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let byte = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut lines = Vec::new();
    let (mut start, mut most) = (0, room.first);
    while start < chars.len() || lines.is_empty() {
        let (end, hanging) = end_of(&chars, start, most, room.margin);
        let hanging = byte(end) - byte(end - hanging);
        lines.push(Broken { span: byte(start)..byte(end), hanging });
        (start, most) = (end, room.rest);
    }
    lines
}

/// Where the line that begins at `start` ends, and how many characters of it hang.
fn end_of(chars: &[(usize, char)], start: usize, room: usize, margin: bool) -> (usize, usize) {
    let mut used = 0;
    let fits = |(_, c): &&(usize, char)| {
        used += width(*c);
        used <= room
    };
    let fit = start + chars[start..].iter().take_while(fits).count();
    let Some((_, over)) = chars.get(fit) else { return (fit, 0) };
    let mark = |last: char| margin && HANGING.contains(*over) && !is_word(last) && !"％‰℃".contains(last);
    let hangs = fit > start && (*over == ' ' || mark(chars[fit - 1].1));
    if hangs && may_break(chars, fit + 1) {
        return (fit + 1, 1);
    }
    let end = (start + 1..=fit).rev().find(|end| may_break(chars, *end));
    (end.unwrap_or(fit.max(start + 1)), 0)
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
        ('-', _) => hyphenates(chars, index),
        // 〔2011〕8号 and A（甲） stay whole.
        (before, after) if CLOSING.contains(before) && is_word(after) => false,
        (before, after) if is_word(before) && before != '%' && NOT_LAST.contains(after) => false,
        ('－' | '＋' | '±', after) => !is_word(after),
        (before, after) => !(is_word(before) && is_word(after)),
    }
}

/// Whether the hyphen before this index joins two words, so that a line may end with it: not a minus.
fn hyphenates(chars: &[(usize, char)], index: usize) -> bool {
    let at = |back: usize| index.checked_sub(back).and_then(|index| chars.get(index)).map(|(_, c)| *c);
    at(2).is_some_and(|c| c.is_alphanumeric()) && at(0).is_some_and(|c| c.is_alphanumeric())
}

/// Characters of which a run is one word or number.
fn is_word(c: char) -> bool {
    c.is_ascii_graphic() || ('０'..='９').contains(&c) || (c.is_alphanumeric() && c < '\u{2E80}')
}

/// Combining marks, joiners and variation selectors belong to the character before them.
pub(super) fn is_attached(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}'
        | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0100}'..='\u{E01EF}')
}
