//! Digits in groups of three: 1,286.5 is one number, 12，5 and 1,2345 are not.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Digits with a mark or blank between them.
static PARTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9]+(?:[,，\s]+[0-9]+)+").expect("the pattern is a constant"));

/// What may part thousands: commas, and blanks that do not end a line.
pub(super) const MARKS: [&str; 7] = [",", "，", " ", "\u{3000}", "\u{a0}", "\u{2009}", "\u{202f}"];

/// The blanks among them that prose parts thousands with.
pub(in crate::zh) const BLANKS: &str = " \u{a0}\u{2009}\u{202f}";

/// A text without the marks that part thousands; nothing where digits are parted in another way, so that nobody knows
/// whether one number is meant or two.
pub(super) fn ungrouped(text: &str) -> Option<String> {
    if !text.contains(|c: char| matches!(c, ',' | '，') || c.is_whitespace()) {
        return Some(text.to_owned());
    }
    let good = PARTED.find_iter(text).all(|run| {
        let fraction = text[..run.start()].ends_with(['.', '．']);
        !fraction && MARKS.iter().any(|mark| is_grouped(run.as_str(), mark))
    });
    let joined = |run: &Captures<'_>| run[0].chars().filter(char::is_ascii_digit).collect::<String>();
    good.then(|| PARTED.replace_all(text, joined).into_owned())
}

/// Whether one mark parts the digits, with up to three before the first and three behind each.
fn is_grouped(run: &str, mark: &str) -> bool {
    let mut groups = run.split(mark);
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && is_digits(first));
    first && groups.all(|group| group.len() == 3 && is_digits(group))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_groups_of_three_are_one_number() {
        for (text, number) in [
            ("1,286.5万元", "1286.5万元"),
            ("12，345，678元", "12345678元"),
            ("1 234名", "1234名"),
            ("12 次", "12 次"),
            ("17名", "17名"),
        ] {
            assert_eq!(ungrouped(text).as_deref(), Some(number), "{text}");
        }
        for text in
            ["12\n30", "12\n300", "12，5", "1,2345", "1,23,456", "1.234,567", "1.234,56", "12 30", "1234,567"]
        {
            assert_eq!(ungrouped(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_in_groups_is_the_number(n: u64, mark in prop::sample::select(MARKS.to_vec())) {
            let digits = n.to_string();
            let first = digits.len() % 3;
            let mut groups: Vec<&str> = vec![&digits[..first]];
            groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
            groups.retain(|group| !group.is_empty());
            prop_assert_eq!(ungrouped(&groups.join(mark)), Some(digits.clone()));
        }
    }
}
