//! Addresses of cells as the programs write them: `E12`.

use std::fmt;

/// Columns of a sheet, A to XFD.
pub const COLUMNS: u32 = 16_384;
/// Rows of a sheet.
pub const ROWS: u32 = 1_048_576;

/// A cell of a sheet: row from 1, column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Row, from 1.
    pub row: u32,
    /// Column, from 0: A is 0.
    pub column: u32,
}

impl Address {
    /// Reads `E12`, `$E$12` too; nothing where that is no cell.
    pub fn parse(text: &str) -> Option<Address> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let end = text.find(|c: char| !c.is_ascii_alphabetic())?;
        let (letters, row) = text.split_at(end);
        if letters.is_empty() || letters.len() > 3 {
            return None;
        }
        let column = letters
            .bytes()
            .fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1)
            - 1;
        let row = row.strip_prefix('$').unwrap_or(row);
        let row: u32 = row.bytes().all(|b| b.is_ascii_digit()).then(|| row.parse().ok()).flatten()?;
        ((1..=ROWS).contains(&row) && column < COLUMNS).then_some(Address { row, column })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", letters(self.column), self.row)
    }
}

/// The letters of a column: 0 is A, 26 is AA.
pub fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or_default()));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Numbers of rows as they are told: `3、5至8`.
pub fn ranges(rows: &[u32]) -> String {
    let runs = rows.chunk_by(|left, right| left + 1 == *right);
    let shown = |run: &[u32]| match (run.first(), run.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}至{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    };
    runs.map(shown).collect::<Vec<_>>().join("、")
}

/// Cells that are merged into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Upper left; the content stands there.
    pub from: Address,
    /// Lower right, included.
    pub to: Address,
}

impl Area {
    /// Reads `A1:C2`.
    pub fn parse(text: &str) -> Option<Area> {
        let (from, to) = text.split_once(':')?;
        let (from, to) = (Address::parse(from)?, Address::parse(to)?);
        (from.row <= to.row && from.column <= to.column).then_some(Area { from, to })
    }

    /// Whether a cell is part of it.
    pub fn holds(&self, cell: Address) -> bool {
        (self.from.row..=self.to.row).contains(&cell.row)
            && (self.from.column..=self.to.column).contains(&cell.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_those_of_the_programs() {
        for (text, row, column) in
            [("A1", 1, 0), ("$E$12", 12, 4), ("aa3", 3, 26), ("XFD1048576", ROWS, COLUMNS - 1)]
        {
            assert_eq!(Address::parse(text), Some(Address { row, column }), "{text}");
        }
        for text in ["", "A", "1", "A0", "A-1", "A1048577", "XFE1", "AAAA1", "A1B", "甲1"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
        assert_eq!(Area::parse("B2:A1"), None);
        assert!(Area::parse("A1:C2").is_some_and(|area| area.holds(Address { row: 2, column: 2 })));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(row in 1..=ROWS, column in 0..COLUMNS) {
            let address = Address { row, column };
            prop_assert_eq!(Address::parse(&address.to_string()), Some(address));
        }
    }
}
