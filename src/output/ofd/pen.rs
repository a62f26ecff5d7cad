//! Numbers and identities as the parts of a file write them.

/// What every part begins with.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// The namespace of the format (5.3).
pub(super) const NAMESPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// Identities of pages, layers, objects and resources: one sequence for the whole file (7.2).
#[derive(Debug, Default)]
pub(super) struct Ids(u32);

impl Ids {
    /// The next one.
    pub fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }

    /// The one that was given last.
    pub fn last(&self) -> u32 {
        self.0
    }
}

/// A length in thousandths of a point as ten-thousandths of a millimetre, rounded.
pub(super) fn tenths(length: i32) -> i64 {
    (i64::from(length) * 127 + 18).div_euclid(36)
}

/// Appends ten-thousandths of a millimetre as millimetres, without zeros at the end.
pub(super) fn millimetres(xml: &mut String, tenths: i64) {
    if tenths < 0 {
        xml.push('-');
    }
    let size = tenths.unsigned_abs();
    xml.push_str(&(size / 10_000).to_string());
    let (mut rest, mut unit) = (size % 10_000, 1_000);
    if rest > 0 {
        xml.push('.');
    }
    while rest > 0 {
        xml.push((b'0' + (rest / unit) as u8) as char);
        rest %= unit;
        unit /= 10;
    }
}

/// Appends a length in thousandths of a point as millimetres.
pub(super) fn length(xml: &mut String, length: i32) {
    millimetres(xml, tenths(length));
}

/// Appends lengths with a blank between them.
pub(super) fn lengths(xml: &mut String, lengths: &[i32]) {
    for (index, one) in lengths.iter().enumerate() {
        xml.push_str(if index > 0 { " " } else { "" });
        length(xml, *one);
    }
}

/// Appends the distances from each character to the next: three or more of the same are written once, with
/// their number before them (11.3, `g`). What fills a line is shared out by thousandths of a point, so
/// distances that differ by one of them are the same, and their mean is written.
pub(super) fn deltas(xml: &mut String, distances: &[i32]) {
    let same = |left: &i32, right: &i32| left.abs_diff(*right) <= 1;
    for (index, run) in distances.chunk_by(same).enumerate() {
        xml.push_str(if index > 0 { " " } else { "" });
        if run.len() > 2 {
            let (count, sum) = (run.len() as i64, run.iter().map(|one| tenths(*one)).sum::<i64>());
            xml.push_str(&format!("g {count} "));
            millimetres(xml, (2 * sum + count).div_euclid(2 * count));
        } else {
            lengths(xml, run);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(write: impl Fn(&mut String)) -> String {
        let mut xml = String::new();
        write(&mut xml);
        xml
    }

    #[test]
    fn lengths_are_millimetres_without_a_binary_float() {
        let length = |one| said(|xml| length(xml, one));
        assert_eq!(length(72_000), "25.4");
        assert_eq!(length(0), "0");
        assert_eq!(length(15_750), "5.5563");
        assert_eq!(length(-15_750), "-5.5562");
        assert_eq!(length(283), "0.0998");
        assert_eq!(length(1), "0.0004");
    }

    #[test]
    fn distances_that_repeat_are_counted() {
        let deltas = |all: &[i32]| said(|xml| deltas(xml, all));
        assert_eq!(deltas(&[72_000; 3]), "g 3 25.4");
        assert_eq!(deltas(&[72_000, 72_000, 0, 36_000, 36_000, 36_000, 36_000]), "25.4 25.4 0 g 4 12.7");
        assert_eq!(deltas(&[15_794, 15_795, 15_794, 15_795, 15_795]), "g 5 5.572");
        assert_eq!(deltas(&[]), "");
    }
}
