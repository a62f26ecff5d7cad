//! Serial numbers: what a run of them should be, and where it breaks.

use crate::zh::number::numeral;

/// The number of 三, 十二 or 3; a row of digits such as 三四 is an approximation and no serial.
pub(super) fn number(text: &str) -> Option<u64> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let single = text.chars().count() == 1;
    if single || text.contains('十') { numeral::parse(text) } else { None }
}

/// How a number breaks its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// The numbers from here up to the one that stands there are missing.
    Gap(u64),
    /// The number before stands again.
    Repeat,
    /// A smaller number than the one before.
    Back(u64),
}

/// The places where a run breaks. A run may begin anywhere, and it may begin anew with 1.
pub(super) fn breaks(numbers: &[u64]) -> Vec<(usize, Break)> {
    let mut found = Vec::new();
    let Some(mut last) = numbers.first().copied() else { return found };
    for (index, number) in numbers.iter().copied().enumerate().skip(1) {
        let broken = match number {
            _ if number == last + 1 => None,
            _ if number == last => Some(Break::Repeat),
            1 if numbers.get(index + 1) != Some(&(last + 2)) => None,
            _ if number > last => Some(Break::Gap(last + 1)),
            _ => Some(Break::Back(last)),
        };
        last = match broken {
            // One wrong number among right ones: what follows goes on as if it were right.
            Some(Break::Back(_) | Break::Repeat) if numbers.get(index + 1) == Some(&(last + 2)) => last + 1,
            Some(Break::Back(_)) => last,
            _ => number,
        };
        found.extend(broken.map(|broken| (index, broken)));
    }
    found
}

/// The number that should stand at each place: one more than the largest before.
pub(super) fn wanted(numbers: &[u64]) -> Vec<u64> {
    let next = |largest: &mut u64, number: &u64| {
        let wanted = *largest + 1;
        *largest = (*largest).max(*number);
        Some(wanted)
    };
    numbers.iter().scan(0, next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_breaks_where_a_number_is_missing_doubled_or_late() {
        assert_eq!(breaks(&[1, 2, 4, 5]), [(2, Break::Gap(3))]);
        assert_eq!(breaks(&[1, 2, 2, 3]), [(2, Break::Repeat)]);
        assert_eq!(breaks(&[1, 3, 2, 4]), [(1, Break::Gap(2)), (2, Break::Back(3))]);
        assert_eq!(breaks(&[1, 2, 1, 4]), [(2, Break::Back(2))]);
        assert_eq!(breaks(&[1, 1, 3]), [(1, Break::Repeat)]);
        assert_eq!(breaks(&[4, 5, 1, 2]), []);
    }

    #[test]
    fn serials_are_read() {
        assert_eq!(number("十二"), Some(12));
        assert_eq!(number("07"), Some(7));
        assert_eq!(number("三四"), None);
    }
}
