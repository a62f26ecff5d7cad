//! Pushing text into XML.

/// Appends text with `<`, `>`, `&` and `"` escaped; characters that XML cannot hold become U+FFFD.
///
/// It goes by bytes: what is to be replaced is ASCII, except for two characters that begin with EF.
pub(super) fn escaped(xml: &mut String, text: &str) {
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
        xml.push_str(&text[from..at]);
        xml.push_str(instead);
        from = at + len;
    }
    xml.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_leaves_the_text_node() {
        let mut xml = String::new();
        super::escaped(&mut xml, "a<b>&\"c\u{1}\n中\u{FFFF}");
        assert_eq!(xml, "a&lt;b&gt;&amp;&quot;c\u{FFFD}\n中\u{FFFD}");
    }
}
