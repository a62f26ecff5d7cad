//! Years of two digits.

use crate::zh::number::numeral;

/// The year that two digits stand for; between the centuries nobody knows.
pub(super) fn full(digits: &str) -> Option<String> {
    match digits.parse::<u32>().ok()? {
        0..40 => Some(format!("20{digits}")),
        60..100 => Some(format!("19{digits}")),
        _ => None,
    }
}

/// The same of Chinese digits; 三四年 and 三五年 are spans of time.
pub(super) fn full_of_han(digits: &str) -> Option<String> {
    let values: Vec<u64> =
        digits.chars().filter_map(|c| numeral::parse(c.encode_utf8(&mut [0; 4]))).collect();
    let [first, second] = values.as_slice() else { return None };
    let span = second.checked_sub(*first) == Some(1) && *first > 0 || (*first, *second) == (3, 5);
    (!span).then(|| full(&format!("{first}{second}"))).flatten()
}
