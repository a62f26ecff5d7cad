//! Full-width forms of ASCII.

/// The text with full-width letters, digits and signs as half-width ones.
pub(super) fn half(text: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(half).collect()
}
