//! What stands beside a figure and is no part of it: `1. 35户` is the first item, not 1.35户.

use super::numeral;

/// Parts two numbers: a wide blank is none that anybody writes inside a number.
pub const WIDE: &str = "\u{3000}";

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether a character ends what stands before it, so that no figure goes on behind it.
fn closes(c: char) -> bool {
    matches!(c, '、' | '，' | '。' | '；' | '！' | '？' | '）' | ')' | '】' | '］' | ']' | '》' | '〉' | '」' | '』' | '”')
        || c.is_whitespace()
        // ①, ⑴ and ㈠ are whole by themselves.
        || c.is_numeric() && !is_digit(c) && !numeral::is_one(c)
}

/// Whether two characters without a blank between them would read as one figure.
pub fn reads_on(left: char, right: char) -> bool {
    let word = is_digit(left) || numeral::is_one(left) || left.is_ascii_alphabetic();
    let han = left.is_alphabetic() && !word;
    is_digit(right) && !closes(left) && !han
        || numeral::is_one(right) && (is_digit(left) || numeral::is_one(left))
}

/// Whether the figure at the end of one stretch would go on in the next.
pub fn read_on(left: &str, right: &str) -> bool {
    let ends = left.chars().next_back().zip(right.chars().next());
    ends.is_some_and(|(left, right)| reads_on(left, right))
}

/// The blank between a number that counts a paragraph and the words that stand apart from it, where without one
/// they would read as one figure or one word: `1. 35户`, `1　户籍人口`.
pub fn parting(number: &str, words: &str) -> &'static str {
    let (Some(left), Some(right)) = (number.chars().next_back(), words.chars().next()) else { return "" };
    let words = left.is_alphabetic() || is_digit(left);
    if words && (right.is_alphabetic() || is_digit(right)) {
        WIDE
    } else if reads_on(left, right) {
        " "
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_never_reads_on_in_the_words_behind_it() {
        for (number, words, wanted) in [
            ("1.", "35户脱贫", " "),
            ("1.", "全镇", ""),
            ("1.1", "35户", WIDE),
            ("1", "户籍人口", WIDE),
            ("一", "三年来", WIDE),
            ("第一章", "总则", WIDE),
            ("-", "35户", " "),
            ("•", "全镇", ""),
            ("一、", "35户", ""),
            ("（1）", "35户", ""),
            ("①", "35户", ""),
            ("1", "、全镇", ""),
            ("1.", " 35户", ""),
            ("", "35户", ""),
        ] {
            assert_eq!(parting(number, words), wanted, "{number}|{words}");
        }
    }

    #[test]
    fn two_figures_are_told_by_where_they_meet() {
        for (left, right, wanted) in [
            ('2', '3', true),
            ('.', '3', true),
            ('-', '3', true),
            ('一', '3', true),
            ('3', '万', true),
            ('镇', '3', false),
            ('3', '户', false),
            ('）', '3', false),
            ('，', '3', false),
            ('²', '3', false),
        ] {
            assert_eq!(reads_on(left, right), wanted, "{left}{right}");
        }
    }
}
