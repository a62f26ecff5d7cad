//! A text as the pieces that a comparison keeps whole: figures with their units, enumerators, Latin
//! words, punctuation marks, and single Han characters.
//!
//! No dictionary: words of Chinese are not segmented, as a dictionary weighs megabytes and differs from
//! place to place, while single characters read as well once coincidences are swept up.

use std::ops::Range;

use super::scan::{self, NumberKind, Why};
use crate::zh::pattern::Pattern;

/// One piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// 一、, （二）, 三是, 1.
    Enumerator,
    /// A number that looks like a fact, with its unit and approximation word.
    Figure,
    /// Another number: a date, a period, a code.
    Number,
    /// A Latin word.
    Word,
    /// A punctuation mark or white space.
    Mark,
    /// Any other character.
    Character,
}

impl TokenKind {
    /// Whether it holds a number that is never cut in two.
    pub fn is_number(self) -> bool {
        matches!(self, TokenKind::Figure | TokenKind::Number)
    }

    /// Whether it is part of the wording, which figures, enumerators and punctuation are not.
    pub fn is_wording(self) -> bool {
        matches!(self, TokenKind::Word | TokenKind::Character)
    }
}

/// Measure words that are taken along; the scanner knows more, where it takes the number for a fact.
const UNIT: &str = "(?:个百分点|平方公里|平方米|立方米|百分点|公里|公斤|公顷|人次|分钟|小时|年度|千瓦|元|亩|米|吨|斤|户|\
    人|名|个|家|座|处|条|件|起|次|期|场|项|棒|头|只|株|棵|台|套|盏|间|栋|所|张|份|篇|本|批|支|对|天|日|月|年|位|\
    倍|岁|届|%|％|‰)";

/// Digits with what follows them as one number, even where the scanner sees a name: `4A`, `12345`;
/// and round numbers in words: 千余亩.
static DIGITS: Pattern = Pattern::made(|| {
    let digits = r"[0-9０-９]+(?:,[0-9]{3}\b)*(?:[.．:：/][0-9０-９]+)*";
    let words = format!("(?:[数几上][十百千万亿]+[余多]?|[十百千万亿]+[余多几来][十百千万亿]*){UNIT}");
    format!("{digits}(?:[余多来几]?[十百千万亿]+)?(?:[余多来几]?{UNIT})?|{words}")
});

static WORD: Pattern = Pattern::new("[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*");

/// An enumerator at the start of a paragraph or sentence.
static ENUMERATOR: Pattern = Pattern::new(
    "^(?:[（(][一二三四五六七八九十0-9]+[）)]|[一二三四五六七八九十]+(?:、|是)|第[一二三四五六七八九十]+，)",
);

/// One with digits, which after a comma would be part of an enumeration of figures.
static NUMBERED: Pattern = Pattern::new("^[0-9]{1,2}(?:[.．][^0-9]|、)");

/// The pieces of a text, in order and without gap: together they are the text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 3);
    let mut wholes = wholes(text).into_iter().peekable();
    let mut at = 0;
    while at < text.len() {
        let end = enumerator(text, at, &tokens);
        while wholes.peek().is_some_and(|whole| whole.span.start < at.max(end)) {
            wholes.next();
        }
        let token = match wholes.peek() {
            _ if end > at => Token { span: at..end, kind: TokenKind::Enumerator },
            Some(whole) if whole.span.start == at => whole.clone(),
            _ => single(text, at),
        };
        at = token.span.end;
        tokens.push(token);
    }
    tokens
}

/// The end of an enumerator that begins here, or `at`.
fn enumerator(text: &str, at: usize, before: &[Token]) -> usize {
    let last = |skip: &str| {
        let mut chars = before.iter().rev().filter_map(|token| text[token.span.clone()].chars().next());
        chars.find(|c| !skip.contains(*c))
    };
    let previous = last(" \t　");
    let rest = &text[at..];
    let first = rest.chars().next().unwrap_or(' ');
    if !"（(第一二三四五六七八九十".contains(first) && !first.is_ascii_digit() {
        return at;
    }
    let opens_sentence = previous.is_none_or(|c| "。；\n".contains(c));
    if first.is_ascii_digit() {
        let found = NUMBERED.find(rest).filter(|_| opens_sentence);
        // The pattern looks one character past a full stop.
        return found.map_or(at, |found| at + mark_end(found.as_str()));
    }
    if opens_sentence || previous.is_some_and(|c| "：，、".contains(c)) {
        return ENUMERATOR.find(rest).map_or(at, |found| at + found.end());
    }
    at
}

fn mark_end(found: &str) -> usize {
    let digits = found.bytes().take_while(u8::is_ascii_digit).count();
    digits + found[digits..].chars().next().map_or(0, char::len_utf8)
}

/// Numbers and Latin words; what overlaps is one.
fn wholes(text: &str) -> Vec<Token> {
    let number = |span, kind| Token { span, kind };
    let scanned = scan::scan(text).into_iter().filter_map(|found| match found.kind {
        NumberKind::Figure => Some(number(found.span, TokenKind::Figure)),
        NumberKind::Typed(
            Why::Year
            | Why::Date
            | Why::Period
            | Why::Session
            | Why::Standard
            | Why::Routine
            | Why::Masked
            | Why::Notation,
        ) => Some(number(found.span, TokenKind::Number)),
        NumberKind::Typed(_) => None,
    });
    let mut found: Vec<Token> = scanned.collect();
    found.extend(DIGITS.find_iter(text).map(|digits| number(digits.range(), TokenKind::Number)));
    found.extend(WORD.find_iter(text).map(|word| number(word.range(), TokenKind::Word)));
    found.sort_by_key(|token| (token.span.start, std::cmp::Reverse(token.span.end)));
    let mut merged: Vec<Token> = Vec::with_capacity(found.len());
    for token in found {
        match merged.last_mut() {
            Some(last) if token.span.start < last.span.end => {
                last.span.end = last.span.end.max(token.span.end);
                last.kind = stronger(last.kind, token.kind);
            }
            _ => merged.push(token),
        }
    }
    merged
}

/// What a piece is that was found as both.
fn stronger(one: TokenKind, other: TokenKind) -> TokenKind {
    let rank = |kind| match kind {
        TokenKind::Figure => 2,
        TokenKind::Word => 1,
        _ => 0,
    };
    if rank(other) > rank(one) { other } else { one }
}

/// One character with the marks that combine with it.
fn single(text: &str, at: usize) -> Token {
    let mut chars = text[at..].char_indices();
    let first = chars.next().map_or(' ', |(_, c)| c);
    let end = chars.find(|(_, c)| !combines(*c)).map_or(text.len(), |(more, _)| at + more);
    let kind = if first.is_alphanumeric() { TokenKind::Character } else { TokenKind::Mark };
    Token { span: at..end, kind }
}

/// Combining marks, variation selectors and joiners never stand alone.
fn combines(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}' | '\u{3099}' | '\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> String {
        tokens(text).iter().map(|token| &text[token.span.clone()]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn figures_are_whole_with_range_sign_fraction_and_approximation() {
        for (text, expected) in [
            ("投资9000多万元，", "投|资|9000多万元|，"),
            ("降幅-2.3%", "降|幅|-2.3%"),
            ("选派20—30户", "选|派|20—30户"),
            ("占三分之一，数百人，千余亩", "占|三分之一|，|数百人|，|千余亩"),
            ("2024年12月31日前", "2024年12月31日|前"),
            ("2023—2024年", "2023—2024年"),
            ("12345热线，5G基站", "12345|热|线|，|5G|基|站"),
            ("提高1.5个百分点", "提|高|1.5个百分点"),
            ("３２０人，1,200亩", "３２０人|，|1,200亩"),
            ("比例1/3或3:1", "比|例|1/3|或|3:1"),
            ("PM2.5下降", "PM2.5|下|降"),
        ] {
            assert_eq!(split(text), expected);
        }
    }

    #[test]
    fn enumerators_stand_only_where_something_begins() {
        for (text, expected) in [
            ("（四）聚焦", "（四）|聚|焦"),
            ("甲；二是乙，三是丙", "甲|；|二是|乙|，|三是|丙"),
            ("一、总", "一、|总"),
            ("1.种植", "1.|种|植"),
            ("不是第一书记", "不|是|第|一|书|记"),
            ("统一是好", "统|一|是|好"),
        ] {
            assert_eq!(split(text), expected);
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "\\PC{0,40}|[0-9一二三十百万第是、，。；（）元户 .%—A-c\u{301}]{0,60}") {
            let pieces = tokens(&text);
            let joined: String = pieces.iter().map(|token| &text[token.span.clone()]).collect();
            prop_assert_eq!(joined, text);
            prop_assert!(pieces.iter().all(|token| !token.span.is_empty()));
        }
    }
}
