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

/// The character that a reference such as `amp` or `#x4E00` stands for.
pub fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
    let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => number.and_then(Result::ok).and_then(char::from_u32),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_leaves_the_text_node() {
        assert_eq!(super::escaped("a<b>&\"c\u{1}\n中\u{FFFF}"), "a&lt;b&gt;&amp;&quot;c\u{FFFD}\n中\u{FFFD}");
    }

    #[test]
    fn references_stand_for_what_was_escaped() {
        let named = ["amp", "lt", "gt", "quot", "apos", "#x4E00", "#19968"].map(super::entity);
        assert_eq!(named, ['&', '<', '>', '"', '\'', '一', '一'].map(Some));
        assert_eq!(["", "nbsp", "#", "#xD800", "#-1"].map(super::entity), [None; 5]);
    }
}
