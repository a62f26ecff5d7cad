//! Pushing text into XML.

/// Appends text with `<`, `>`, `&` and `"` escaped; characters that XML cannot hold become U+FFFD.
pub(super) fn escaped(xml: &mut String, text: &str) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let entity = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                "\u{FFFD}"
            }
            _ => continue,
        };
        xml.push_str(&text[from..at]);
        xml.push_str(entity);
        from = at + c.len_utf8();
    }
    xml.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_leaves_the_text_node() {
        let mut xml = String::new();
        super::escaped(&mut xml, "a<b>&\"c\u{1}\n中");
        assert_eq!(xml, "a&lt;b&gt;&amp;&quot;c\u{FFFD}\n中");
    }
}
