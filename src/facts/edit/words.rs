//! Words as YAML scalars: which need quotes, and which quotes the author chose.

use std::borrow::Cow;

use crate::facts::prescan;

/// A text as one YAML scalar: plain where every reader takes it for the same words, else in single quotes.
pub fn scalar(text: &str) -> String {
    match needs_quotes(text) {
        true => format!("'{}'", text.replace('\'', "''")),
        false => text.to_owned(),
    }
}

fn needs_quotes(text: &str) -> bool {
    // Readers of YAML 1.1 take these words for true, false or nothing.
    const WORDS: [&str; 10] = ["~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let starts =
        text.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@`“”‘’＂【［｛".contains(c) || c.is_whitespace());
    let number_below_zero = text.starts_with('-') && text[1..].starts_with(|c: char| c.is_ascii_digit());
    // A quote behind a blank opens a quoted text for a reader that goes by characters.
    let inside = text
        .contains(['\'', '"', ',', '[', ']', '{', '}', '，', '：', '\u{3000}', '】', '］', '｝', '“', '”']);
    let marks = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ', '\u{3000}']);
    let word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    (starts && !number_below_zero) || inside || marks || word || text.contains(':')
}

/// Whether the text fits into one line and has no character that a fact file refuses.
pub(super) fn is_one_line(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || prescan::refused(c).is_some())
}

/// The new words in the quotes of the old ones. Quotes that the old words had needed go with them; those
/// that the author chose stay, as a quoted number is a text.
pub fn requoted(raw: &str, old: &str, new: &str) -> String {
    if new.is_empty() {
        return String::new();
    }
    match raw.as_bytes().first() {
        Some(b'"') => double_quoted(new),
        Some(b'\'') if !needs_quotes(old) && !old.is_empty() => format!("'{}'", new.replace('\'', "''")),
        _ => scalar(new),
    }
}

/// A text in double quotes, line breaks written as `\n`.
pub(super) fn double_quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace('\r', "\\r").replace('\n', "\\n").replace('\t', "\\t"))
}

/// A scalar as it may stand in brackets, where commas and brackets end a plain one.
pub(super) fn in_brackets<'s>(raw: &Cow<'s, str>, text: &str) -> Cow<'s, str> {
    let quoted = raw.starts_with(['\'', '"']);
    if raw.starts_with(['|', '>']) {
        return Cow::Owned(double_quoted(text));
    }
    match raw.is_empty() || quoted || !needs_quotes(text) {
        true => raw.clone(),
        false => Cow::Owned(scalar(text)),
    }
}
