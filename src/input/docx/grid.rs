//! The cells of a table in their columns: Word says of a cell how many it takes, not where it stands.

use super::walk::Line;
use crate::document::{self, Inline, Merged, Table};
use crate::input::shape;

/// A row as the file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Columns that are left out before its first cell.
    pub before: usize,
    pub cells: Vec<Cell>,
    /// It stands again on every page.
    pub head: bool,
}

/// A cell as the file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// How many columns it takes.
    pub across: usize,
    /// The cell above goes on in it.
    pub up: bool,
    pub line: Line,
}

/// A place of the grid.
type Place = (Line, Merged);

/// Most rows of a head that nobody marked.
const HIGHEST: usize = 3;

/// The table, and a line for each of its places from left to right, row by row.
pub(super) fn table(rows: Vec<Row>) -> (Table, Vec<Line>) {
    let heads = heads(&rows);
    let mut grid: Vec<Vec<Place>> = rows.into_iter().map(places).collect();
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    grid.iter_mut().for_each(|row| row.resize(width, Place::default()));
    drop_columns(&mut grid, width);
    let row = |row: &Vec<Place>| document::Row::from(row.iter().map(cell).collect::<Vec<_>>());
    let table = shape::table(grid.iter().map(row).collect(), heads);
    (table, grid.into_iter().flatten().map(|(line, _)| line).collect())
}

fn cell((line, merged): &Place) -> document::Cell {
    let words = if line.words.is_empty() { Vec::new() } else { vec![Inline::Text(line.words.clone())] };
    document::Cell { words, merged: *merged }
}

fn places(row: Row) -> Vec<Place> {
    let mut places = Vec::new();
    let empty = (row.before > 0).then(|| Cell { across: row.before, ..Cell::default() });
    for cell in empty.into_iter().chain(row.cells) {
        places.push((cell.line, if cell.up { Merged::Up } else { Merged::Not }));
        places.extend((1..cell.across).map(|_| (Line::default(), Merged::Left)));
    }
    places
}

/// Columns in which no cell begins are only there for the widths of others.
fn drop_columns(grid: &mut [Vec<Place>], width: usize) {
    let begins = |column: usize| {
        grid.iter().any(|row| row.get(column).is_some_and(|(_, merged)| *merged != Merged::Left))
    };
    let kept: Vec<bool> = (0..width).map(begins).collect();
    for row in grid {
        let mut column = 0;
        row.retain(|_| {
            column += 1;
            kept[column - 1]
        });
    }
}

/// How many rows are the head: those that the file says to repeat, else the first with what is merged with
/// it, and the one below a cell that takes several columns, where it has no numbers.
fn heads(rows: &[Row]) -> usize {
    let marked = rows.iter().take_while(|row| row.head).count();
    let mut heads = marked.max(1);
    while let Some(row) = rows.get(heads).filter(|_| heads < HIGHEST.max(marked)) {
        let above = &rows[heads - 1];
        let under = marked == 0 && above.cells.iter().any(|cell| cell.across > 1) && is_words(row);
        if !under && !row.cells.iter().any(|cell| cell.up) {
            break;
        }
        heads += 1;
    }
    let goes_on = rows.get(heads).is_some_and(|row| row.cells.iter().any(|cell| cell.up));
    if heads >= rows.len() || goes_on { marked.clamp(1, rows.len().max(1)) } else { heads }
}

/// Whether a row says names and no numbers.
fn is_words(row: &Row) -> bool {
    let number = |cell: &Cell| {
        let words = cell.line.words.trim();
        words.starts_with(|c: char| c.is_ascii_digit()) && !words.is_empty()
    };
    row.cells.iter().any(|cell| !cell.line.is_blank()) && !row.cells.iter().any(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain;

    fn cell(across: usize, up: bool, words: &str) -> Cell {
        Cell { across, up, line: Line { words: words.to_owned(), pieces: Vec::new() } }
    }

    fn shown(rows: &[document::Row]) -> Vec<String> {
        let cell = |cell: &document::Cell| match cell.merged {
            Merged::Not => plain(&cell.words),
            Merged::Left => "<".to_owned(),
            Merged::Up => "^".to_owned(),
        };
        rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
    }

    fn row(cells: Vec<Cell>) -> Row {
        Row { cells, ..Row::default() }
    }

    #[test]
    fn cells_stand_over_their_columns() {
        let rows = vec![
            row(vec![cell(1, false, "村"), cell(2, false, "人口"), cell(1, false, "收入")]),
            row(vec![cell(1, true, ""), cell(1, false, "男"), cell(1, false, "女"), cell(1, true, "")]),
            row(vec![
                cell(1, false, "甲"),
                cell(1, false, "600"),
                cell(1, false, "580"),
                cell(1, false, "42"),
            ]),
        ];
        let (table, lines) = table(rows);
        assert_eq!(shown(&table.head), ["村|人口|<|收入", "^|男|女|^"]);
        assert_eq!(shown(&table.rows), ["甲|600|580|42"]);
        assert_eq!(lines.len(), 12);
    }

    #[test]
    fn columns_without_a_cell_go_and_rows_begin_where_they_say() {
        let rows = vec![
            row(vec![cell(2, false, "甲"), cell(3, false, "乙")]),
            Row { before: 2, ..row(vec![cell(3, false, "1")]) },
        ];
        let (table, _) = table(rows);
        assert_eq!((shown(&table.head), shown(&table.rows)), (vec!["甲|乙".into()], vec!["|1".into()]));
    }

    #[test]
    fn a_first_column_that_is_merged_below_makes_no_head() {
        let rows = vec![
            row(vec![cell(1, false, "类"), cell(1, false, "数")]),
            row(vec![cell(1, false, "产业"), cell(1, false, "1")]),
            row(vec![cell(1, true, ""), cell(1, false, "2")]),
        ];
        let (table, _) = table(rows);
        assert_eq!(shown(&table.rows), ["产业|1", "^|2"]);
    }
}
