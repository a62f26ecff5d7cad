//! A line with a single character for every figure, time and bracket, so that what stands around them can be
//! looked at as words.

use std::ops::Range;

use super::Figure;
use super::time::{self, Time};
use crate::period::Period;

const FIGURE: u32 = 0xF_0000;
const TIME: u32 = 0xF_8000;
const BRACKET: u32 = 0xF_C000;
const END: u32 = 0xF_FFFE;

/// No line has more figures, times or brackets than can be told apart.
const MOST: usize = 0x4000;

/// What a character stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A figure, by its index.
    Figure(usize),
    /// A time.
    Time(usize),
    /// A bracket with figures in it.
    Bracket(usize),
}

/// The token that a character is.
pub(super) fn token(c: char) -> Option<Token> {
    let code = u32::from(c);
    let index = |from: u32| usize::try_from(code - from).unwrap_or(usize::MAX);
    match code {
        FIGURE..TIME => Some(Token::Figure(index(FIGURE))),
        TIME..BRACKET => Some(Token::Time(index(TIME))),
        BRACKET..END => Some(Token::Bracket(index(BRACKET))),
        _ => None,
    }
}

/// Whether a character stands for something.
pub(super) fn is_token(c: char) -> bool {
    token(c).is_some()
}

pub(super) fn is_figure(c: char) -> bool {
    matches!(token(c), Some(Token::Figure(_)))
}

pub(super) fn is_time(c: char) -> bool {
    matches!(token(c), Some(Token::Time(_)))
}

pub(super) fn is_bracket(c: char) -> bool {
    matches!(token(c), Some(Token::Bracket(_)))
}

/// The character of a figure.
pub(super) fn figure(index: usize) -> char {
    made(FIGURE, index)
}

fn made(from: u32, index: usize) -> char {
    u32::try_from(index)
        .ok()
        .and_then(|index| char::from_u32(from + index))
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A folded line.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub text: String,
    pub times: Vec<Time>,
    /// What stands in each bracket that holds figures.
    pub brackets: Vec<String>,
}

/// Folds a line around its figures, which stand in order; of a line with more figures than can be told apart
/// those at the end stay words.
pub(super) fn fold(line: &str, figures: &[Figure], report: Period) -> Folded {
    let mut folded = Folded::default();
    let mut at = 0;
    for (index, figure) in figures.iter().enumerate().take(MOST) {
        words(line, at..figure.span.start, report, &mut folded);
        // 大 of 大约40人 belongs to the figure.
        if figure.text.starts_with('约') && folded.text.ends_with('大') {
            folded.text.pop();
        }
        folded.text.push(self::figure(index));
        at = figure.span.end;
    }
    words(line, at..line.len(), report, &mut folded);
    folded.text = folded.text.replace("”“", "”、“");
    without_brackets(&mut folded);
    folded
}

/// Words between two figures: times become tokens, everything else stays.
fn words(line: &str, span: Range<usize>, report: Period, folded: &mut Folded) {
    let mut at = span.start;
    while let Some(c) = line[at..span.end].chars().next() {
        match time::at(&line[..at], &line[at..span.end], report).filter(|_| folded.times.len() < MOST) {
            Some((length, time)) => {
                arrives(&mut folded.text);
                folded.text.push(made(TIME, folded.times.len()));
                folded.times.push(time);
                at += length;
            }
            None => {
                // A character of the line that looks like one of ours says nothing.
                folded.text.push(if is_token(c) { ' ' } else { c });
                at += c.len_utf8();
            }
        }
    }
}

/// 到 before a time at the front of a clause belongs to it; that of 增长到 does not.
fn arrives(text: &mut String) {
    let Some(before) = text.strip_suffix(['到', '至']) else { return };
    if before.is_empty() || before.ends_with(['，', '。', '；', '：', ',']) {
        text.truncate(before.len());
    }
}

/// A bracket without a figure is a gloss and dropped; one with figures becomes a token.
fn without_brackets(folded: &mut Folded) {
    const OPEN: [char; 2] = ['（', '('];
    const CLOSE: [char; 2] = ['）', ')'];
    let text = std::mem::take(&mut folded.text);
    let mut rest = text.as_str();
    while let Some(close) = rest.find(CLOSE) {
        let after = close + rest[close..].chars().next().map_or(0, char::len_utf8);
        let Some(open) = rest[..close].rfind(OPEN) else {
            folded.text.push_str(&rest[..after]);
            rest = &rest[after..];
            continue;
        };
        let inner = rest[open..close].trim_start_matches(OPEN);
        folded.text.push_str(&rest[..open]);
        if inner.contains(is_figure) && folded.brackets.len() < MOST {
            folded.text.push(made(BRACKET, folded.brackets.len()));
            folded.brackets.push(inner.to_owned());
        }
        rest = &rest[after..];
    }
    folded.text.push_str(rest);
}
