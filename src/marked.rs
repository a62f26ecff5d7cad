//! Marked text, what stands between template and document: prose in which every figure carries a
//! mark, private-use characters around an id.
//!
//! Only this file knows the marks. Fact files and templates that contain such characters are
//! refused, so a mark is never forged.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::figures::Trail;
use crate::period::Period;
use crate::zh::private::is_private;

/// A report as text that carries marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The text; figures are marked, see [`pieces`].
    pub text: String,
    /// Where the marked figures come from.
    pub trails: Vec<Arc<Trail>>,
    /// Warnings and hints.
    pub warnings: Vec<Diagnostic>,
    /// In a draft: the facts that are still to be filled in.
    pub missing: Vec<String>,
    /// Name of the template.
    pub template: String,
    /// Year of the report.
    pub year: Period,
}

/// Begins a figure: `OPEN id TEXT words CLOSE`.
const OPEN: char = '\u{E000}';
const TEXT: char = '\u{E001}';
const CLOSE: char = '\u{E002}';
/// Stands where a clause vanished; takes the comma beside it along.
const VANISHED: char = '\u{E003}';
/// Begins a missing fact: `MISSING words CLOSE`.
const MISSING: char = '\u{E004}';
/// Begins the number of a site in an argument of a helper.
const SITE: char = '\u{E005}';
/// Says where in the templates the next words were typed: `TYPED place COUNT bytes`, in digits of its own.
const TYPED: char = '\u{E006}';
const COUNT: char = '\u{E007}';
/// Says where in the templates the tag stands that prints what follows: `TAG place`.
const TAG: char = '\u{E008}';
/// The digit nought; the others follow it.
const NOUGHT: u32 = 0xE010;

/// Whether a character is reserved for marks (the whole private-use area is).
pub fn is_reserved(c: char) -> bool {
    is_private(c)
}

/// Whether no text may hold a character: marks, what steers a terminal, and what no XML has, so no Word file.
pub fn is_foreign(c: char) -> bool {
    is_reserved(c)
        || c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// Words that come from the facts of trail `id`.
pub(crate) fn figure(id: usize, words: &str) -> String {
    let mut marked = String::with_capacity(words.len() + 16);
    marked.push(OPEN);
    marked.push_str(&id.to_string());
    marked.push(TEXT);
    marked.push_str(words);
    marked.push(CLOSE);
    marked
}

/// The visible gap of a missing fact.
pub(crate) fn missing(name: &str) -> String {
    format!("{MISSING}【待填：{name}】{CLOSE}")
}

/// What an inner call leaves where it failed and no gap is shown.
pub(crate) fn nothing() -> String {
    format!("{MISSING}{CLOSE}")
}

/// Whether an argument is what a call left that failed, or was not said.
pub(crate) fn is_failed(argument: &str) -> bool {
    is_vanished(argument) || argument.starts_with(MISSING) && argument.ends_with(CLOSE)
}

/// Whether an argument is what a call left that was not said.
pub(crate) fn is_vanished(argument: &str) -> bool {
    argument.strip_prefix(VANISHED) == Some("")
}

/// A clause that is not said.
pub(crate) fn vanished() -> String {
    VANISHED.to_string()
}

/// Whether nothing of a text will be seen: it is blank, or has only marks of what was not said.
pub(crate) fn says_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == VANISHED || is_place(c))
}

/// The argument that stands for site `id`.
pub(crate) fn site(id: usize) -> String {
    format!("{SITE}{id}")
}

/// The site that an argument stands for.
pub(crate) fn as_site(argument: &str) -> Option<usize> {
    argument.strip_prefix(SITE)?.parse().ok()
}

/// The trail of an argument that is one marked figure, and its words.
pub(crate) fn as_figure(argument: &str) -> Option<(usize, &str)> {
    let (id, words) = argument.strip_prefix(OPEN)?.strip_suffix(CLOSE)?.split_once(TEXT)?;
    Some((id.parse().ok()?, words))
}

/// The trail of the figure that stands in a text, where there is one and nothing else that is marked.
pub(crate) fn only_figure(text: &str) -> Option<usize> {
    let mut found = pieces(text).into_iter().filter(|piece| !matches!(piece, Piece::Text(_)));
    match (found.next(), found.next()) {
        (Some(Piece::Figure(id, _)), None) => Some(id),
        _ => None,
    }
}

/// Whether any figure stands in a text.
pub(crate) fn has_figure(text: &str) -> bool {
    text.contains(OPEN)
}

/// What stands before `bytes` of words that were typed at `place`.
pub(crate) fn typed_at(place: usize, bytes: usize) -> String {
    [TYPED].into_iter().chain(digits(place)).chain([COUNT]).chain(digits(bytes)).collect()
}

/// What stands before the words of a tag at `place`.
pub(crate) fn tag_at(place: usize) -> String {
    [TAG].into_iter().chain(digits(place)).collect()
}

fn digits(number: usize) -> Vec<char> {
    let digit = |digit: char| char::from_u32(NOUGHT + digit.to_digit(10)?);
    number.to_string().chars().filter_map(digit).collect()
}

/// The number at the start of a text, and what follows.
fn number(text: &str) -> (usize, &str) {
    let digit = |c: char| u32::from(c).checked_sub(NOUGHT).filter(|digit| *digit < 10);
    let (mut value, mut rest) = (0usize, text);
    while let Some((c, digit)) = rest.chars().next().and_then(|c| Some((c, digit(c)?))) {
        value = value.saturating_mul(10).saturating_add(digit as usize);
        rest = &rest[c.len_utf8()..];
    }
    (value, rest)
}

fn is_place(c: char) -> bool {
    matches!(c, TYPED | COUNT | TAG) || (NOUGHT..NOUGHT + 10).contains(&u32::from(c))
}

/// Words of a marked text that were typed, or what a tag printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Where they begin in the marked text.
    pub at: usize,
    /// Where they were typed, or where the tag stands.
    pub place: usize,
    /// So many bytes were typed; nothing where a tag printed what follows.
    pub typed: Option<usize>,
}

/// A text without the marks of places, and what they say.
pub(crate) fn placed(text: &str) -> (String, Vec<Spot>) {
    let (mut plain, mut spots) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find([TYPED, TAG]) {
        plain.push_str(&rest[..at]);
        let typed = rest[at..].starts_with(TYPED);
        let (place, behind) = number(&rest[at + TYPED.len_utf8()..]);
        let counted = behind.strip_prefix(COUNT).filter(|_| typed).map(number);
        spots.push(Spot { at: plain.len(), place, typed: counted.map(|(bytes, _)| bytes) });
        rest = counted.map_or(behind, |(_, behind)| behind);
    }
    plain.push_str(rest);
    (plain, spots)
}

/// Whether the figure of trail `id` has its line for itself.
pub(crate) fn stands_alone(text: &str, id: usize) -> bool {
    let begin = format!("{OPEN}{id}{TEXT}");
    let words = |line: &'_ str| line.trim().trim_start_matches(is_place).to_owned();
    let mut lines = text.lines().filter(|line| line.contains(&begin)).map(words);
    lines.all(|line| line.starts_with(&begin) && line.find(CLOSE) == Some(line.len() - CLOSE.len_utf8()))
}

/// Takes vanished clauses out, each with one comma before it, or else behind it. Words that only led up to it go along:
/// `，分别` with nothing behind it says nothing.
pub(crate) fn close_gaps(text: &str) -> String {
    if text.contains(VANISHED) { closed(text).0 } else { text.to_owned() }
}

/// The text without its gaps, and for each of its characters where it stood.
pub(crate) fn closed(text: &str) -> (String, Vec<usize>) {
    let mut closed = String::with_capacity(text.len());
    let mut stood = Vec::with_capacity(text.len());
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next);
        if c != VANISHED {
            closed.push(c);
            stood.push(at);
        } else if let Some(comma) = lead(&closed).filter(|_| next.is_none_or(ends_clause)) {
            stood.truncate(stood.len() - closed[comma..].chars().count());
            closed.truncate(comma);
        } else if closed.ends_with(is_comma) {
            closed.pop();
            stood.pop();
        } else if next.is_some_and(is_comma) {
            rest.next();
        } else if closed.ends_with('（') && next == Some('）') {
            closed.pop();
            stood.pop();
            rest.next();
        }
    }
    (closed, stood)
}

/// Where the comma stands before the words that lead up to the end, without a figure or another mark among them.
fn lead(closed: &str) -> Option<usize> {
    let (comma, _) = closed.char_indices().rfind(|(_, c)| is_comma(*c))?;
    let words = &closed[comma..];
    let plain = |c: char| !is_reserved(c) && !matches!(c, '。' | '！' | '？' | '：' | '（' | '|' | '\n');
    words.chars().all(plain).then_some(comma)
}

fn ends_clause(c: char) -> bool {
    is_comma(c) || matches!(c, '。' | '！' | '？' | '）' | '\n')
}

fn is_comma(c: char) -> bool {
    matches!(c, '，' | '、' | '；')
}

/// A piece of marked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words of the template.
    Text(&'t str),
    /// Words from the facts of a trail.
    Figure(usize, &'t str),
    /// A gap to fill in.
    Missing(&'t str),
}

/// Splits one line of marked text into its pieces. A figure inside a figure is its own trail's.
pub fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(at) = next_mark(rest) {
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        let marked = &rest[at..];
        let end = marked.find(CLOSE).unwrap_or(marked.len());
        pieces.push(piece(&marked[..end]));
        rest = marked[end..].strip_prefix(CLOSE).unwrap_or("");
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Where the next figure or gap begins. A search by bytes: the marks are the only characters of a
/// text that begin with EE, since private-use characters are refused everywhere else.
fn next_mark(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text.as_bytes()[from..].iter().position(|byte| *byte == 0xEE)?;
        if text[at..].starts_with([OPEN, MISSING]) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn piece(marked: &str) -> Piece<'_> {
    if let Some(words) = marked.strip_prefix(MISSING) {
        return Piece::Missing(words);
    }
    let inner = marked.strip_prefix(OPEN).unwrap_or(marked);
    match inner.split_once(TEXT).and_then(|(id, words)| Some((id.parse().ok()?, words))) {
        Some((id, words)) => Piece::Figure(id, words),
        None => Piece::Text(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vanished_clause_takes_one_comma_along() {
        let gap = vanished();
        assert_eq!(close_gaps(&format!("收入3200万元，{gap}。")), "收入3200万元。");
        assert_eq!(close_gaps(&format!("{gap}，完成好。")), "完成好。");
        assert_eq!(close_gaps(&format!("收入（{gap}）好")), "收入好");
        assert_eq!(close_gaps(&format!("收入好，分别{gap}。")), "收入好。");
        assert_eq!(close_gaps(&format!("收入好，分别{gap}，支出少。")), "收入好，支出少。");
        let figure = figure(0, "3万元");
        assert_eq!(close_gaps(&format!("好，收入{figure}{gap}。")), format!("好，收入{figure}。"));
        assert_eq!(close_gaps(&format!("收入{gap}。")), "收入。");
    }

    #[test]
    fn places_come_out_of_a_text_as_they_went_in() {
        let gap = vanished();
        let text = format!(
            "{}收入{}{}，{gap}{}支出。",
            typed_at(12, 6),
            tag_at(30),
            figure(0, "3"),
            typed_at(1907, 9)
        );
        let (plain, spots) = placed(&text);
        assert_eq!(plain, format!("收入{}，{gap}支出。", figure(0, "3")));
        let spots: Vec<_> = spots.iter().map(|spot| (&plain[spot.at..], spot.place, spot.typed)).collect();
        let rest = |from: &str| &plain[plain.find(from).unwrap()..];
        assert_eq!(
            spots,
            [(rest("收"), 12, Some(6)), (rest("\u{E000}"), 30, None), (rest("支"), 1907, Some(9))]
        );
        let (closed, stood) = closed(&plain);
        assert_eq!(closed, close_gaps(&plain));
        let chars: String = stood.iter().map(|at| plain[*at..].chars().next().unwrap()).collect();
        assert_eq!(chars, closed);
        assert!(stands_alone(&format!("{}{}", tag_at(7), figure(4, "甲")), 4));
    }

    #[test]
    fn marked_text_splits_into_its_pieces() {
        let line = format!("共{}，{}", figure(3, "38次"), missing("稿件"));
        let want = [
            Piece::Text("共"),
            Piece::Figure(3, "38次"),
            Piece::Text("，"),
            Piece::Missing("【待填：稿件】"),
        ];
        assert_eq!(pieces(&line), want);
        assert_eq!(as_figure(&figure(7, "1.2亿元")), Some((7, "1.2亿元")));
        assert_eq!(as_site(&site(4)), Some(4));
    }

    #[test]
    fn a_figure_stands_alone_or_has_something_beside_it() {
        let text =
            format!("  {}\n| {} |\n{}{}", figure(1, "甲"), figure(2, "乙"), figure(3, "丙"), figure(4, "丁"));
        assert_eq!([1, 2, 3, 4].map(|id| stands_alone(&text, id)), [true, false, false, false]);
    }
}
