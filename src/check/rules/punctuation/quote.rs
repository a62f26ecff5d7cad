//! Straight and corner quotation marks.

use super::super::prelude::*;
use super::marks::{has_han, is_full, place, sides};

/// GB/T 15834-2011, 4.8.2: quotation marks are “” outside and ‘’ inside.
pub(super) const RULE: Rule = Rule::prose("pun-quote", Level::Error, run);

/// The forms of one mark: right ones, straight ones, corners.
struct Form {
    right: [char; 2],
    straight: [char; 2],
    corner: [char; 2],
}

const FORMS: [Form; 2] = [
    Form { right: ['“', '”'], straight: ['"', '＂'], corner: ['「', '」'] },
    Form { right: ['‘', '’'], straight: ['\'', '＇'], corner: ['『', '』'] },
];

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each() {
        for form in &FORMS {
            let wrong = |c: char| form.straight.contains(&c) || form.corner.contains(&c);
            if text.contains(wrong) && has_han(text) {
                check(prose, line, form, found);
            }
        }
    }
}

fn check(prose: &Prose, line: &ProseLine, form: &Form, found: &mut Findings<'_>) {
    let text = prose.text(line);
    let (pairs, left) = pair(text, form);
    let left = left.filter(|left| is_chinese(text, left));
    let pairs = pairs.into_iter().filter(|pair| is_chinese(text, pair));
    let [open, close] = form.right;
    if let Some(left) = left {
        let first = pairs.map(|pair| pair.start).chain([left.start]).min().unwrap_or(left.start);
        let span = first..first + after(text, first).map_or(0, char::len_utf8);
        let message = format!("引号“{}”用错了样子，又没有成对", &text[span.clone()]);
        found.at(&prose.source, place(line, &span), message, format!("请补齐，并写成“{open}”和“{close}”"));
        return;
    }
    for pair in pairs {
        let inside = inside(&text[pair.clone()]);
        let [open, close] = if is_inside(&text[..pair.start]) { form.right } else { FORMS[0].right };
        let message = format!("引号用错了样子：{}", &text[pair.clone()]);
        let hint = format!("请写成{open}{inside}{close}");
        found.fix(&prose.source, place(line, &pair), format!("{open}{inside}{close}"), message, hint);
    }
}

/// Whether a quotation is open behind some words; outside of one the marks are “”.
fn is_inside(ahead: &str) -> bool {
    let count = |c: char| ahead.matches(c).count();
    count('“') + count('「') > count('”') + count('」') || count('"') % 2 == 1
}

fn inside(quoted: &str) -> &str {
    let mut chars = quoted.chars();
    chars.next();
    chars.next_back();
    chars.as_str()
}

/// The quotations that have a mark of a wrong form, and a straight mark that is left over.
fn pair(text: &str, form: &Form) -> (Vec<Range<usize>>, Option<Range<usize>>) {
    let mut pairs = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices() {
        let wrong = !form.right.contains(&c);
        let straight = form.straight.contains(&c) && !is_other_sign(text, at, c, open.is_some());
        let closes = c == form.right[1] || c == form.corner[1] || straight && open.is_some();
        if closes {
            let start = open.take().filter(|(_, odd)| wrong || *odd);
            pairs.extend(start.map(|(start, _)| start..at + c.len_utf8()));
        } else if straight || c == form.right[0] || c == form.corner[0] {
            open = Some((at, wrong));
        }
    }
    let left = open.filter(|(_, odd)| *odd);
    (pairs, left.map(|(at, _)| at..at + after(text, at).map_or(0, char::len_utf8)))
}

/// Whether a straight mark is an apostrophe, a foot, an inch, or a minute of arc.
fn is_other_sign(text: &str, at: usize, c: char, open: bool) -> bool {
    let (left, right) = (before(text, at), after(text, at + c.len_utf8()));
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    word(left) && word(right) || !open && digit(left) || c == '\'' && !open && digit(right)
}

fn is_chinese(text: &str, pair: &Range<usize>) -> bool {
    let (left, right) = sides(text, pair);
    let chinese = |c: char| is_han(c) || is_full(c);
    has_han(&text[pair.clone()]) || left.is_some_and(chinese) || right.is_some_and(chinese)
}
