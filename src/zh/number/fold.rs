//! Full-width digits as half-width ones, with the way back: ３２０ is 320.

/// Full-width letters, digits and signs as half-width ones, and every blank as the usual one.
pub fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        '−' | '–' => '-',
        _ => c,
    };
    text.chars().map(half).collect()
}

/// A text with half-width digits.
pub(in crate::zh) struct Folded {
    /// The text.
    pub(in crate::zh) text: String,
    /// For every byte of it and its end, where that stands in the text it was made from.
    origins: Vec<usize>,
}

impl Folded {
    /// Where a byte of the folded text stands in the original.
    pub(in crate::zh) fn origin(&self, at: usize) -> usize {
        self.origins.get(at).or(self.origins.last()).copied().unwrap_or(0)
    }
}

/// A text folded; nothing if there is nothing to fold, as nearly always.
pub(in crate::zh) fn fold(text: &str) -> Option<Folded> {
    if !text.contains(is_wide) && !has_wide_point(text) {
        return None;
    }
    let mut folded =
        Folded { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len()) };
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let next = || text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let half = match c {
            '０'..='９' => narrow(c),
            '．' if is_digit(last) && is_digit(next()) => '.',
            '％' => '%',
            _ => c,
        };
        folded.text.push(half);
        folded.origins.extend((0..half.len_utf8()).map(|_| at));
        last = c;
    }
    folded.origins.push(text.len());
    Some(folded)
}

/// Whether a full-width point stands between digits: 2．5.
fn has_wide_point(text: &str) -> bool {
    text.match_indices('．')
        .any(|(at, point)| text[..at].ends_with(is_digit) && text[at + point.len()..].starts_with(is_digit))
}

fn is_wide(c: char) -> bool {
    ('０'..='９').contains(&c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_wide(c)
}

fn narrow(c: char) -> char {
    c.to_digit(10)
        .or_else(|| (c as u32).checked_sub('０' as u32))
        .and_then(|d| char::from_digit(d, 10))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_folded_with_their_places() {
        let folded = fold("共３．５万，５％").unwrap();
        assert_eq!(folded.text, "共3.5万，5%");
        assert_eq!(folded.origin("共3".len()), "共３".len());
        assert_eq!(folded.origin(folded.text.len()), "共３．５万，５％".len());
        assert_eq!(fold("修路2．5公里").unwrap().text, "修路2.5公里");
        assert!(fold("共3人．其中1．种植").is_none());
    }
}
