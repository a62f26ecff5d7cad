//! The cells of one sheet, by row.

use std::collections::BTreeSet;

use super::place::{Address, Area};
use super::{Cell, Content, LONGEST, MOST_CELLS, MOST_WORDS, trouble};
use crate::diag::Diagnostic;

/// Sheets that a workbook may have.
const MOST_SHEETS: usize = 1000;
/// Columns that merged areas of a sheet may run over, each counted anew.
const MOST_MERGED: usize = 100_000;
/// Columns of an area that are counted: those behind them are in no head.
const COUNTED: u32 = 400;

/// A sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Whether its days are counted from 1904.
    pub from_1904: bool,
    /// Whether a cell of it takes its value from another file, which may be old.
    pub linked: bool,
    /// Merged cells.
    pub merged: Vec<Area>,
    /// Rows that are hidden, by a filter or by hand.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are hidden, from the first to the last of each run.
    hidden_columns: Vec<(u32, u32)>,
    /// Cells with content, by row and column.
    cells: Vec<Cell>,
    /// Bytes of words in them.
    words: usize,
}

impl Sheet {
    /// Rows with content, in order.
    pub fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.chunk_by(|left, right| left.at.row == right.at.row)
    }

    /// The cells of a row.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.at.row < row);
        let end = self.cells.partition_point(|cell| cell.at.row <= row);
        &self.cells[start..end]
    }

    /// The content of a cell.
    pub fn get(&self, at: Address) -> Option<&Content> {
        let row = self.row(at.row);
        let found = row.binary_search_by_key(&at.column, |cell| cell.at.column).ok()?;
        Some(&row[found].content)
    }

    /// Whether a column is hidden.
    pub fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// How many cells have content.
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Rows that reach to the last one with content.
    pub fn last_row(&self) -> u32 {
        self.cells.last().map_or(0, |cell| cell.at.row)
    }
}

/// Refuses sheets that together are more than one workbook may hold.
pub(super) fn within(sheets: &[Sheet], name: &str) -> Result<(), Diagnostic> {
    few_enough(sheets.len(), name)?;
    let sum = |count: fn(&Sheet) -> usize| sheets.iter().map(count).sum::<usize>();
    match (sum(Sheet::count) > MOST_CELLS, sum(|sheet| sheet.words) > MOST_WORDS) {
        (true, _) => Err(trouble::too_many_cells(name)),
        (_, true) => Err(trouble::too_many_words(name)),
        _ => Ok(()),
    }
}

/// Refuses more sheets than a workbook may hold.
pub(super) fn few_enough(sheets: usize, name: &str) -> Result<(), Diagnostic> {
    if sheets <= MOST_SHEETS {
        return Ok(());
    }
    let what = "里的表超过1000张，不像一份台账";
    Err(trouble::refuse("too-many-sheets", name, what, "请只留要导入的那张表，另存为 .xlsx 再试"))
}

/// A sheet being read; cells may come in any order, the last of a place counts.
#[derive(Debug, Default)]
pub struct Builder {
    sheet: Sheet,
    sorted: bool,
    /// Columns that merged areas run over, together.
    merged: usize,
}

impl Builder {
    /// An empty sheet.
    pub fn new(name: impl Into<String>, hidden: bool) -> Builder {
        Builder { sheet: Sheet { name: name.into(), hidden, ..Sheet::default() }, sorted: true, merged: 0 }
    }

    /// The sheet with its days counted from 1904, or from 1900.
    pub fn from_1904(mut self, from_1904: bool) -> Builder {
        self.sheet.from_1904 = from_1904;
        self
    }

    /// Adds a cell; words of nothing but blanks are none.
    ///
    /// # Errors
    /// The workbook, named `book`, has too many cells or words.
    pub fn add(&mut self, at: Address, content: Content, book: &str) -> Result<(), Diagnostic> {
        if let Content::Text(text) = &content {
            if text.trim().is_empty() {
                return Ok(());
            }
            if text.len() > LONGEST {
                return Err(trouble::cell_too_long(book));
            }
            self.sheet.words += text.len();
            if self.sheet.words > MOST_WORDS {
                return Err(trouble::too_many_words(book));
            }
        }
        if self.sheet.cells.len() >= MOST_CELLS {
            return Err(trouble::too_many_cells(book));
        }
        self.sorted &=
            self.sheet.cells.last().is_none_or(|last| (last.at.row, last.at.column) < (at.row, at.column));
        self.sheet.cells.push(Cell { at, content });
        Ok(())
    }

    /// Notes that a cell takes its value from another file.
    pub fn link(&mut self) {
        self.sheet.linked = true;
    }

    /// Merges cells.
    ///
    /// # Errors
    /// The workbook, named `book`, has too many of them.
    pub fn merge(&mut self, area: Area, book: &str) -> Result<(), Diagnostic> {
        self.merged += (area.to.column - area.from.column).min(COUNTED) as usize + 1;
        if self.merged > MOST_MERGED {
            return Err(trouble::too_many_merged(book));
        }
        self.sheet.merged.push(area);
        Ok(())
    }

    /// Hides a row.
    pub fn hide(&mut self, row: u32) {
        self.sheet.hidden_rows.insert(row);
    }

    /// Hides columns, from the first to the last.
    pub fn hide_columns(&mut self, first: u32, last: u32) {
        self.sheet.hidden_columns.push((first, last));
    }

    /// The sheet.
    pub fn finish(mut self) -> Sheet {
        if !self.sorted {
            let cells = &mut self.sheet.cells;
            cells.reverse();
            cells.sort_by_key(|cell| (cell.at.row, cell.at.column));
            cells.dedup_by_key(|cell| cell.at);
        }
        self.sheet.cells.shrink_to_fit();
        self.sheet
    }
}

/// A sheet of words and whole numbers for tests; a row in one text, cells parted by `|`.
#[cfg(test)]
pub(crate) fn typed(rows: &[&str]) -> Builder {
    let mut builder = Builder::new("表", false);
    for (row, line) in (1..).zip(rows) {
        for (column, text) in (0..).zip(line.split('|')) {
            let content = match text.parse::<i64>() {
                Ok(number) => Content::Number(number.into(), Default::default()),
                Err(_) => Content::Text(text.into()),
            };
            builder.add(Address { row, column }, content, "").expect("a small sheet");
        }
    }
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_place_whatever_order_they_came_in() {
        let mut builder = Builder::new("表", false);
        let at = |row, column| Address { row, column };
        for (row, column, text) in [(3, 1, "丙"), (1, 0, "甲"), (3, 1, "丁"), (3, 0, "乙"), (4, 0, "  ")]
        {
            builder.add(at(row, column), Content::Text(text.into()), "").unwrap();
        }
        let sheet = builder.finish();
        assert_eq!(sheet.get(at(3, 1)), Some(&Content::Text("丁".into())));
        assert_eq!((sheet.row(3).len(), sheet.row(2).len(), sheet.last_row()), (2, 0, 3));
        assert_eq!(sheet.rows().count(), 2);
    }
}
