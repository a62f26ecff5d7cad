//! How much of a line changed.

use std::ops::Range;

use super::Class;
use super::share::Share;
use super::words::{Cut, Hunk};
use crate::zh::token::TokenKind;

/// The class of a pair of lines.
pub(super) fn class(hunks: &[Hunk], a: &Cut<'_>, b: &Cut<'_>, share: Share) -> Class {
    let changes: Vec<&Hunk> = hunks.iter().filter(|hunk| !hunk.kept).collect();
    if changes.is_empty() {
        return Class::Same;
    }
    let only = |line: &Cut<'_>, range: &Range<usize>| match line.tokens.get(range.clone()) {
        Some([token]) => Some(token.kind),
        _ => None,
    };
    let kinds = |hunk: &Hunk| (only(a, &hunk.old), only(b, &hunk.new));
    let number = |kind: Option<TokenKind>| kind.is_some_and(TokenKind::is_number);
    let enumerators = |hunk: &Hunk| kinds(hunk) == (Some(TokenKind::Enumerator), Some(TokenKind::Enumerator));
    let figures = |hunk: &Hunk| number(kinds(hunk).0) && number(kinds(hunk).1);
    let next_year = |hunk: &Hunk| {
        figures(hunk) && years_on(&a.text[a.bytes(&hunk.old)]).as_deref() == Some(&b.text[b.bytes(&hunk.new)])
    };
    if changes.iter().all(|hunk| enumerators(hunk) || next_year(hunk)) {
        Class::Rollover
    } else if changes.iter().all(|hunk| enumerators(hunk) || figures(hunk)) {
        Class::Figures
    } else if share.at_least(70) {
        Class::Minor
    } else {
        Class::Major
    }
}

/// A text with every year one on; nothing where it holds none.
fn years_on(text: &str) -> Option<String> {
    let mut moved = String::with_capacity(text.len());
    let mut found = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let year = (digits == 4).then(|| rest[..4].parse::<u32>().ok()).flatten();
        if let Some(year) = year.filter(|year| (1900..2200).contains(year)) {
            moved.push_str(&(year + 1).to_string());
            found = true;
            rest = &rest[4..];
        } else {
            let step = if digits > 0 { digits } else { first.len_utf8() };
            moved.push_str(&rest[..step]);
            rest = &rest[step..];
        }
    }
    found.then_some(moved)
}
