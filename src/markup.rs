//! Text inside XML and HTML.

/// Appends text with `<`, `>`, `&` and `"` escaped; characters that XML cannot hold become U+FFFD.
///
/// It goes by bytes: what is to be replaced is ASCII, except for two characters that begin with EF.
pub fn escape(markup: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (instead, len) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\t' | b'\n' | b'\r' => continue,
            0..0x20 => ("\u{FFFD}", 1),
            0xEF if text[at..].starts_with(['\u{FFFE}', '\u{FFFF}']) => ("\u{FFFD}", 3),
            _ => continue,
        };
        markup.push_str(&text[from..at]);
        markup.push_str(instead);
        from = at + len;
    }
    markup.push_str(&text[from..]);
}

/// The text as it stands inside markup.
pub fn escaped(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    escape(&mut markup, text);
    markup
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_leaves_the_text_node() {
        assert_eq!(super::escaped("a<b>&\"c\u{1}\n中\u{FFFF}"), "a&lt;b&gt;&amp;&quot;c\u{FFFD}\n中\u{FFFD}");
    }
}
