//! A table as rows of words, for those who read their own tables back: a list that was filled in by hand.

use super::book::{self, Book, MOST_CELLS, trouble};
use super::said::words;
use crate::diag::Diagnostic;

/// A row in which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// The words of its cells from column A to the last one with content; empty where nothing stands. Numbers are as
    /// they are shown, dates as fact files write them.
    pub cells: Vec<String>,
}

/// The rows of a workbook (`.xlsx`, `.xls`, `.ods`, `.csv`) that is at hand; `name` is its file name. Without a sheet it
/// is the only one with content that anybody sees.
///
/// # Errors
/// What [`book::read`] refuses, a sheet that is missing or cannot be told, a table too wide to be one.
pub fn rows(bytes: &[u8], name: &str, sheet: Option<&str>) -> Result<Vec<TextRow>, Diagnostic> {
    of_book(&book::read(bytes, name)?, name, sheet)
}

/// The same of a workbook that was opened.
///
/// # Errors
/// A sheet that is missing or cannot be told, a table too wide to be one.
pub fn of_book(book: &Book, name: &str, sheet: Option<&str>) -> Result<Vec<TextRow>, Diagnostic> {
    let sheet = book.chosen(sheet)?;
    let (mut rows, mut left) = (Vec::new(), MOST_CELLS);
    for of_row in sheet.rows() {
        let width = of_row.last().map_or(0, |cell| cell.at.column as usize + 1);
        left = left.checked_sub(width).ok_or_else(|| trouble::too_many_cells(name))?;
        let mut cells = vec![String::new(); width];
        for cell in of_row {
            cells[cell.at.column as usize] = words(&cell.content);
        }
        rows.push(TextRow { row: of_row[0].at.row, cells });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_numbers_and_columns() {
        let read = rows("指标,原文,处理\n\n会议,,改名\n".as_bytes(), "核对.csv", None).unwrap();
        let row = |row, cells: &[&str]| TextRow { row, cells: cells.iter().map(|&one| one.into()).collect() };
        assert_eq!(read, [row(1, &["指标", "原文", "处理"]), row(3, &["会议", "", "改名"])]);
        assert_eq!(rows(b"1", "a.csv", Some("b")).unwrap_err().rule, "no-such-sheet");
    }
}
