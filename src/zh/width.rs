//! How wide text is: columns on a terminal, and half cells on a page set in Chinese type.

use unicode_width::UnicodeWidthStr;

/// Terminal columns; characters of ambiguous width (“ ” ‘ ’ — … · ①) take two, as Chinese terminals draw them.
pub fn display_width(text: &str) -> usize {
    text.width_cjk()
}

/// `text` followed by spaces up to `width` columns; wider text is returned as it is.
pub fn pad_right(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// `text` after spaces up to `width` columns.
pub fn pad_left(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));
    format!("{}{text}", " ".repeat(missing))
}

/// `text` as far as it fits into `width` columns, with … where something is left out.
pub fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if display_width(&kept) + 2 > width {
            kept.pop();
            break;
        }
    }
    format!("{kept}…")
}

/// Width in half cells for the indents of GB/T 9704: an ASCII character takes one, every other two.
pub fn half_cells(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_its_punctuation_take_two_columns() {
        for (text, width) in [("", 0), ("abc", 3), ("村", 2), ("〔2024〕8号", 11), ("①“‘’”—…·", 16)]
        {
            assert_eq!(display_width(text), width, "{text}");
        }
    }

    #[test]
    fn padding_fills_and_never_cuts() {
        assert_eq!(pad_right("村", 4), "村  ");
        assert_eq!(pad_right("清溪镇", 4), "清溪镇");
    }

    #[test]
    fn what_is_cut_fits() {
        for (text, kept) in [("清溪镇", "清溪镇"), ("清溪镇村", "清溪…"), ("abcdefgh", "abcd…")]
        {
            assert_eq!(cut(text, 6), kept);
        }
    }

    #[test]
    fn half_cells_count_ascii_once() {
        assert_eq!(half_cells("2024年6月"), 9);
        assert_eq!(half_cells("é—"), 4);
    }
}
