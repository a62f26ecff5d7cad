//! Tables: cells over their columns and rows, and the rules between them.

use super::ink::{Colour, Mark, Part, Rule};
use super::line::{self, Room, Side, Style};
use super::{Area, Kind, Row, TWIP};
use crate::document::Align;
use crate::document::measure::{CELL_MARGIN, CELL_PITCH, NARROWEST};

/// Rules between cells and at the sides, half a point; those above and below the table are of one point.
const THIN: i32 = 500;
const THICK: i32 = 1_000;
const MARGIN: i32 = CELL_MARGIN as i32 * TWIP;
const PITCH: i32 = CELL_PITCH as i32 * TWIP;

/// The rows of a table that stand on one page, and whether the last one is among them.
pub(super) fn place(marks: &mut Vec<Mark>, rows: &[Row], widths: &[usize], area: Area, ends: bool) {
    let grid = Grid::of(rows, widths, area);
    for (index, row) in rows.iter().enumerate() {
        for column in (0..row.cells.len()).filter(|column| row.cells[*column].across > 0) {
            if index == 0 || !rows[index - 1].goes_on(row, column) {
                grid.cell(marks, index, column);
            }
        }
    }
    grid.rules(marks, ends);
}

/// Rows on a page with the edges between them.
struct Grid<'r> {
    rows: &'r [Row],
    /// Left edge of every column, and the right one of the last.
    xs: Vec<i32>,
    /// Upper edge of every row, and the lower one of the last.
    ys: Vec<i32>,
}

impl Grid<'_> {
    fn of<'r>(rows: &'r [Row], widths: &[usize], area: Area) -> Grid<'r> {
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let width = |column: usize| widths.get(column).copied().unwrap_or(NARROWEST) as i32 * TWIP;
        let mut xs = vec![area.left];
        (0..columns).for_each(|column| xs.push(xs[column] + width(column)));
        let mut ys: Vec<i32> = rows.iter().map(|row| area.top + row.top as i32 * TWIP).collect();
        ys.extend(rows.last().map(|row| area.top + (row.top + row.height) as i32 * TWIP));
        Grid { rows, xs, ys }
    }

    /// Whether the cell of a column goes on below this row; of a merged one of several columns its first says so.
    fn goes_on(&self, row: usize, column: usize) -> bool {
        let (Some(above), Some(below)) = (self.rows.get(row), self.rows.get(row + 1)) else { return false };
        let own = (0..=column).rev().find(|at| above.cells.get(*at).is_some_and(|cell| cell.across > 0));
        own.is_some_and(|own| above.goes_on(below, own))
    }

    /// The words of a cell, in the middle of its height.
    fn cell(&self, marks: &mut Vec<Mark>, index: usize, column: usize) {
        let row = &self.rows[index];
        let cell = &row.cells[column];
        let last = (index..).find(|row| !self.goes_on(*row, column)).unwrap_or(index);
        let (upper, lower) = (self.ys[index], self.ys[last + 1]);
        let right = self.xs[(column + cell.across).min(self.xs.len() - 1)] - MARGIN;
        let first = (upper + lower - cell.lines.len() as i32 * PITCH) / 2 + PITCH / 2;
        for (line, number) in cell.lines.iter().zip(0..) {
            let part = match row.kind {
                Kind::HeadAgain => Part::Again { block: row.block },
                _ => Part::Block { block: row.block, at: line.span.start },
            };
            let (left, middle) = (self.xs[column] + MARGIN, first + number * PITCH);
            let style = Style { side: side(row.kind, cell.align), ..line::style(row.kind) };
            line::words(marks, line, style, Room { part, left, right, middle });
        }
    }

    fn rules(&self, marks: &mut Vec<Mark>, ends: bool) {
        let Some(block) = self.rows.first().map(|row| row.block) else { return };
        let part = Part::Ornament { block };
        let (columns, rows) = (self.xs.len() - 1, self.rows.len());
        let rule =
            |x0, y0, x1, y1, width| Mark::Rule(Rule { part, x0, y0, x1, y1, width, colour: Colour::BLACK });
        for edge in 0..=rows {
            let width = if edge == 0 || (edge == rows && ends) { THICK } else { THIN };
            let open = |column: usize| edge == 0 || edge == rows || !self.goes_on(edge - 1, column);
            for (from, to) in stretches(columns, open) {
                marks.push(rule(self.xs[from], self.ys[edge], self.xs[to], self.ys[edge], width));
            }
        }
        for edge in 0..=columns {
            let covered = |row: usize| self.rows[row].cells.get(edge).is_some_and(|cell| cell.across == 0);
            let open = |row: usize| edge == 0 || edge == columns || !covered(row);
            for (from, to) in stretches(rows, open) {
                marks.push(rule(self.xs[edge], self.ys[from], self.xs[edge], self.ys[to], THIN));
            }
        }
    }
}

/// The longest stretches of what holds among the first numbers: from, and up to.
fn stretches(count: usize, holds: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in (0..count).filter(|at| holds(*at)) {
        match found.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

fn side(kind: Kind, align: Align) -> Side {
    match align {
        _ if kind != Kind::Cells => Side::Middle,
        Align::Left => Side::Left,
        Align::Center => Side::Middle,
        Align::Right => Side::Right(0),
    }
}
