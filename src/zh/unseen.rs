//! Characters that show nothing. Web pages and chat programs leave them in texts.

/// Whether a character shows nothing and is no blank: soft hyphens, joiners, marks of direction and the like.
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
    )
}

/// Whether it turns the order of what follows round, so that what is shown is not what stands there.
pub fn turns_order(c: char) -> bool {
    matches!(c, '\u{202B}' | '\u{202E}' | '\u{2067}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_none_of_them() {
        assert!("全镇 A1，“。”（）—…·　".chars().all(|c| !is_unseen(c)));
        assert!(
            ['\u{200B}', '\u{FEFF}', '\u{AD}', '\u{2066}']
                .into_iter()
                .all(|c| is_unseen(c) && !turns_order(c))
        );
        assert!(('\0'..='\u{FFFF}').filter(|c| turns_order(*c)).all(is_unseen));
    }
}
