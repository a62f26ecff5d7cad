//! Cells of two tables that are merged otherwise, though the words may be the same.

use super::{Join, LineDiff};
use crate::document::{Merged, Row, Table};

/// The rows of two tables, one of each or of one of them for every line of the comparison.
pub(super) struct Rows<'t> {
    old: Vec<Option<&'t Row>>,
    new: Vec<Option<&'t Row>>,
}

impl<'t> Rows<'t> {
    /// `lines` is the comparison of the tables without what stands above their heads.
    pub(super) fn of(old: &'t Table, new: &'t Table, lines: &[LineDiff]) -> Rows<'t> {
        let (mut then, mut now) = (old.all_rows(), new.all_rows());
        Rows {
            old: lines.iter().map(|line| line.old.and_then(|_| then.next())).collect(),
            new: lines.iter().map(|line| line.new.and_then(|_| now.next())).collect(),
        }
    }

    /// The cells of each row that are merged otherwise than they were.
    pub(super) fn joins(&self) -> Vec<Vec<Join>> {
        let (then, now) = (begins(&self.old), begins(&self.new));
        let line = |at: usize| {
            let (Some(old), Some(new)) = (self.old[at], self.new[at]) else { return Vec::new() };
            let cells = old.cells.iter().zip(&new.cells).enumerate();
            let joins = cells.map(|(column, (was, is))| Join { column, then: was.merged, now: is.merged });
            joins
                .filter(|join| join.then != join.now || then[at][join.column] != now[at][join.column])
                .collect()
        };
        (0..self.new.len()).map(line).collect()
    }

    /// Whether all rows can stand in one table with every cell in the merged cell that it is part of in its own.
    pub(super) fn fit_together(&self) -> bool {
        let whole: Vec<Option<&Row>> = (0..self.new.len()).map(|at| self.row(at)).collect();
        let whole = begins(&whole);
        let fits =
            |side: &[Option<&Row>]| begins(side).iter().zip(&whole).all(|(a, b)| a.is_empty() || a == b);
        self.joins().iter().all(Vec::is_empty) && fits(&self.old) && fits(&self.new)
    }

    /// How the cells of a line are merged.
    pub(super) fn merged(&self, line: usize) -> impl Iterator<Item = Merged> {
        let cells = self.row(line).into_iter().flat_map(|row| &row.cells);
        cells.map(|cell| cell.merged).chain(std::iter::repeat(Merged::Not))
    }

    fn row(&self, line: usize) -> Option<&'t Row> {
        self.new[line].or(self.old[line])
    }
}

/// For every cell of every row the line in which the merged cell begins that it is part of; nothing for a line without a
/// row.
fn begins(rows: &[Option<&Row>]) -> Vec<Vec<usize>> {
    let mut above: Vec<usize> = Vec::new();
    let line = |(at, row): (usize, &Option<&Row>)| {
        let Some(row) = row else { return Vec::new() };
        above.resize(row.cells.len().max(above.len()), at);
        for (begin, cell) in above.iter_mut().zip(&row.cells) {
            *begin = if cell.merged == Merged::Up { *begin } else { at };
        }
        above.clone()
    };
    rows.iter().enumerate().map(line).collect()
}
