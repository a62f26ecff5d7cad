//! Half-width marks in Chinese.

use super::super::prelude::*;
use super::marks::{clause_before, foreign, has_han, is_full, place, sides};
use crate::zh::name::{Dot, dot};

/// GB/T 15834-2011, 4 and 5.1: the marks of Chinese take a whole square.
pub(super) const RULE: Rule = Rule::prose("pun-half", Level::Error, run);

static MARK: Pattern = Pattern::new("[,;:!?.｡､]");
/// The number of a heading or item, which has rules of its own.
static ORDINAL: Pattern =
    Pattern::new(r"(?:^|[\s。；：，,])(?:[一二三四五六七八九十]+|[（(][一二三四五六七八九十0-9]+[）)])$");
static THOUSAND: Pattern = Pattern::new(r"^,[0-9]{3}(?:[^0-9]|$)");
/// A date that begins the next sentence.
static DATE: Pattern = Pattern::new("^(?:(?:19|20)[0-9]{2}年|[0-9]{1,2}月)");
/// Digits that a sentence can end with, as against the number of an item.
static COUNT: Pattern = Pattern::new(r"(?:[0-9]{3,}|\p{Han}[0-9]+\.[0-9]+)$");
static ABBREVIATION: Pattern = Pattern::new("(?:^|[^A-Za-z])(?:[A-Za-z]|Co|Ltd|Inc|etc|No|Vol)$");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        let mut marks = MARK.find_iter(text).peekable();
        if marks.peek().is_none() || !has_han(text) {
            continue;
        }
        let foreign = foreign(text);
        for mark in marks.map(|mark| mark.range()) {
            if foreign.iter().any(|range| range.contains(&mark.start)) || !is_wrong(text, &mark) {
                continue;
            }
            say(prose, place(line, &mark), doubt(text, &mark), found);
        }
    }
}

/// What is to be said where the right mark is not sure.
fn doubt(text: &str, mark: &Range<usize>) -> Option<&'static str> {
    let between_digits =
        text[mark.clone()] == *"," && digit(before(text, mark.start)) && digit(after(text, mark.end));
    if between_digits {
        return Some("并列的数之间请用“、”，不并列的请用“，”");
    }
    if text[mark.clone()] != *"." {
        return None;
    }
    let (left, right) = (before(text, mark.start), after(text, mark.end));
    if digit(left) && right.is_some_and(is_han) {
        return Some("是序号里的点，不用改；是句子完了，请写成“。”");
    }
    if right.is_some_and(|c| c.is_ascii_alphabetic()) {
        return Some("是外文名称里的点，不用改；是句子完了，请写成“。”");
    }
    (dot(text, mark) == Dot::Unsure).then_some("是人名中间的点，请写成“·”；是句子完了，请写成“。”")
}

fn say(prose: &Prose, span: Range<usize>, doubt: Option<&'static str>, found: &mut Findings<'_>) {
    let mark = &prose.source.text[span.clone()];
    let full = full(mark);
    let message = format!("中文里用了半角的“{mark}”");
    match doubt {
        Some(hint) => found.at(&prose.source, span, message, hint),
        None => found.fix(&prose.source, span, full, message, format!("请改成全角的“{full}”")),
    }
}

fn full(mark: &str) -> &'static str {
    match mark {
        "," => "，",
        ";" => "；",
        ":" => "：",
        "!" => "！",
        "?" => "？",
        "､" => "、",
        _ => "。",
    }
}

fn is_wrong(text: &str, mark: &Range<usize>) -> bool {
    let (left, right) = sides(text, mark);
    let chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_full(c) || "%％‰".contains(c));
    if is_foreign(left, right) {
        return false;
    }
    match &text[mark.clone()] {
        "｡" | "､" => true,
        "," => !THOUSAND.is_match(&text[mark.start..]) || !digit(before(text, mark.start)),
        ";" => true,
        ":" => chinese(left) || chinese(right),
        "!" | "?" => left.is_some_and(|c| !"?!".contains(c) && !c.is_ascii_digit()) && right != Some('?'),
        _ => dot(text, mark) != Dot::Name && is_stop(text, mark),
    }
}

/// Whether a mark stands within a foreign phrase or ends one that is quoted.
fn is_foreign(left: Option<char>, right: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    letter(left) && word(right)
        || left == Some('.') && letter(right)
        || letter(left) && right.is_some_and(|c| "”’\"')".contains(c))
}

fn digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Whether a half-width point ends a Chinese sentence.
fn is_stop(text: &str, mark: &Range<usize>) -> bool {
    let ahead = &text[..mark.start];
    let (left, right) = (before(text, mark.start), sides(text, mark).1);
    let Some(left) = left.filter(|_| right != Some('.')) else { return false };
    let next = text[mark.end..].trim_start();
    let goes_on = right.is_none_or(|c| is_han(c) || "”’）》\"')".contains(c));
    match left {
        '.' => false,
        // A month and a day: “九.一八”.
        '一' | '二' | '三' | '五' | '七' | '九'
            if right.is_some_and(|c| "一二三四五六七八九".contains(c)) =>
        {
            false
        }
        '0'..='9' if right.is_none() => has_han(clause_before(text, mark.start)),
        '0'..='9' => right.is_some_and(is_han) && COUNT.is_match(ahead),
        'A'..='Z' | 'a'..='z' => right.is_none_or(is_han) && has_han(ahead) && !ABBREVIATION.is_match(ahead),
        left if is_han(left) || "）”’》%％‰)\"".contains(left) => {
            (goes_on || DATE.is_match(next) || right.is_some_and(|c| c.is_ascii_alphabetic()))
                && !ORDINAL.is_match(ahead)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_of_thousands_and_decimals_are_no_marks() {
        for (text, wrong) in [("发放18,600元", false), ("下降8.5个点", false), ("修路12,15公里", true)]
        {
            let mark = MARK.find(text).map(|mark| mark.range()).unwrap();
            assert_eq!(is_wrong(text, &mark), wrong, "{text}");
        }
    }
}
