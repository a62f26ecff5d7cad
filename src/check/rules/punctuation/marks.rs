//! What rules on marks and characters share: places, neighbours, foreign stretches, brackets and quotes as
//! they match.

use std::ops::Range;

use regex::Captures;

use crate::check::{ProseLine, is_han};
use crate::zh::pattern::Pattern;

/// The bytes of the source for a span that counts from the start of a line.
pub(in super::super) fn place(line: &ProseLine, span: &Range<usize>) -> Range<usize> {
    line.span.start + span.start..line.span.start + span.end
}

/// The bytes of a group of a match; nothing where the group took no part.
pub(in super::super) fn part(found: &Captures<'_>, group: usize) -> Range<usize> {
    found.get(group).map_or(0..0, |group| group.range())
}

/// Whether a character is a blank that stands within a line.
pub(in super::super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}')
}

/// Whether a character is a mark of Chinese, a whole square wide.
pub(in super::super) fn is_full(c: char) -> bool {
    "，。、；：？！（）“”‘’《》〈〉〔〕【】「」『』—…～".contains(c)
}

/// Whether a text has a Han character.
pub(in super::super) fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

/// The characters at both sides of a span, blanks left out.
pub(in super::super) fn sides(text: &str, span: &Range<usize>) -> (Option<char>, Option<char>) {
    let left = text[..span.start].chars().rev().find(|c| !is_blank(*c));
    let right = text[span.end..].chars().find(|c| !is_blank(*c));
    (left, right)
}

/// The words behind a byte up to the next mark.
pub(in super::super) fn clause_after(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    &rest[..rest.find(is_stop).unwrap_or(rest.len())]
}

/// The words before a byte from the last mark on.
pub(in super::super) fn clause_before(text: &str, at: usize) -> &str {
    let rest = &text[..at];
    rest.char_indices().rev().find(|(_, c)| is_stop(*c)).map_or(rest, |(at, c)| &rest[at + c.len_utf8()..])
}

fn is_stop(c: char) -> bool {
    "，。、；：？！,;:!?\t".contains(c)
}

/// Addresses of the net and of mail, their endings, names such as .NET, and the endings of file names.
static FOREIGN: Pattern = Pattern::new(
    r"(?xi-u) (?:https?|ftp)://[!-~]+ | www\.[!-~]+ | [a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+
        | [a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|gov|edu)(?-u:\b)[!-~]*
        | \.(?:com|cn|net|org|gov|edu|js|docx?|xlsx?|pptx?|pdf|txt|wps|jpe?g|png|mp[34]|zip|rar|csv|md|html?|apk|exe)(?-u:\b)",
);

/// The foreign stretches of a text; a mark at the end of an address is not part of it.
pub(super) fn foreign(text: &str) -> Vec<Range<usize>> {
    let mark = |c: char| ",;:!?.)\"'".contains(c);
    FOREIGN
        .find_iter(text)
        .map(|found| found.start()..found.start() + found.as_str().trim_end_matches(mark).len())
        .collect()
}

/// A bracket or quotation mark with the one that closes it.
#[derive(Debug)]
pub(super) struct Pair {
    /// The opening mark.
    pub(super) open: Range<usize>,
    /// The closing mark.
    pub(super) close: Range<usize>,
    /// Where the next outer mark of its family opens.
    pub(super) within: Option<usize>,
}

impl Pair {
    /// The pair with what it holds.
    pub(super) fn span(&self) -> Range<usize> {
        self.open.start..self.close.end
    }

    /// What it holds.
    pub(super) fn inside<'t>(&self, text: &'t str) -> &'t str {
        &text[self.open.end..self.close.start]
    }
}

/// How the brackets and quotation marks of a text match.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Those that match, in the order in which they close.
    pub(super) matched: Vec<Pair>,
    /// Those that do not, in the order of the text.
    pub(super) single: Vec<Range<usize>>,
}

/// Opening marks, closing marks at the same place, and the family of each.
const OPENING: &str = "（“‘「『《〈〔【";
const CLOSING: &str = "）”’」』》〉〕】";
const FAMILY: &str = "（““““《《〔【";

/// The member of a row that stands where a character stands in another row.
fn beside(c: char, from: &str, to: &str) -> Option<char> {
    from.chars().position(|one| one == c).and_then(|index| to.chars().nth(index))
}

/// The closing mark of an opening one and the reverse.
pub(super) fn partner(c: char) -> Option<char> {
    let c = whole(c);
    beside(c, OPENING, CLOSING).or_else(|| beside(c, CLOSING, OPENING))
}

/// Whether a mark opens something.
pub(super) fn is_opening(mark: &str) -> bool {
    mark.chars().all(|c| OPENING.contains(whole(c)))
}

/// A half-width bracket as the full-width one.
fn whole(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        c => c,
    }
}

/// Matches the brackets and quotation marks of a text; half-width brackets match full-width ones.
pub(super) fn pairs(text: &str) -> Pairs {
    let mut pairs = Pairs::default();
    let mut open: Vec<(Range<usize>, char)> = Vec::new();
    for (at, written) in text.char_indices() {
        let (span, c) = (at..at + written.len_utf8(), whole(written));
        if OPENING.contains(c) {
            open.push((span, c));
        } else if let Some(start) = beside(c, CLOSING, OPENING) {
            match open.iter().rposition(|(_, one)| *one == start) {
                Some(index) => {
                    pairs.single.extend(open.drain(index + 1..).map(|(span, _)| span));
                    let start = open.pop().map_or(at..at, |(span, _)| span);
                    pairs.matched.push(Pair { open: start, close: span, within: outer(&open, c) });
                }
                None if is_apostrophe(text, span.end, c) => {}
                None => pairs.single.push(span),
            }
        }
    }
    pairs.single.extend(open.into_iter().map(|(span, _)| span));
    pairs.single.sort_by_key(|span| span.start);
    pairs
}

/// The innermost open mark of the family of a closing mark.
fn outer(open: &[(Range<usize>, char)], close: char) -> Option<usize> {
    let family = beside(close, CLOSING, FAMILY);
    let near = open.iter().rev().find(|(_, one)| beside(*one, OPENING, FAMILY) == family);
    near.map(|(span, _)| span.start)
}

/// Whether a mark is the apostrophe of a foreign word or of a year without century.
fn is_apostrophe(text: &str, end: usize, c: char) -> bool {
    c == '’' && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_match_and_those_left_over_are_told() {
        let text = "新建“他说‘好’（甲”村）";
        let pairs = pairs(text);
        let matched: Vec<&str> = pairs.matched.iter().map(|pair| &text[pair.span()]).collect();
        assert_eq!(matched, ["‘好’", "“他说‘好’（甲”"]);
        let single: Vec<&str> = pairs.single.iter().map(|span| &text[span.clone()]).collect();
        assert_eq!(single, ["（", "）"]);
    }

    #[test]
    fn a_foreign_stretch_ends_before_the_mark_behind_it() {
        let text = "见www.a.gov.cn/x?y=1,附件为名单.docx";
        let found: Vec<&str> = foreign(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["www.a.gov.cn/x?y=1", ".docx"]);
        let text = "封装.Net C客户端，用.com域名";
        let found: Vec<&str> = foreign(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, [".Net", ".com"]);
    }
}
