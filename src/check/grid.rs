//! Tables of a text: where each of their cells stands.

use std::ops::Range;

use crate::document::{Merged, Table};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// How many of its first rows are said to be its head.
    pub head: usize,
    /// Its rows: the bytes of the source of each cell, none of one that is empty or covered by another.
    pub rows: Vec<Vec<Range<usize>>>,
}

/// The fewest rows of a table that is typed as lines: a head, and two that may be compared.
const FEWEST: usize = 3;

impl Grid {
    /// A table of a document whose cells stand at these bytes.
    pub(super) fn of(table: &Table, mut rows: Vec<Vec<Range<usize>>>) -> Grid {
        for (row, (places, cells)) in rows.iter_mut().zip(table.all_rows()).enumerate() {
            for (column, cell) in cells.cells.iter().enumerate().take(places.len()) {
                places[column] = match (cell.merged, column.checked_sub(1)) {
                    (Merged::Not, _) => places[column].clone(),
                    // A head above several columns is the head of each.
                    (Merged::Left, Some(left)) if row < table.head.len() => places[left].clone(),
                    _ => places[column].start..places[column].start,
                };
            }
        }
        Grid { head: table.head.len(), rows }
    }

    /// The tables that are typed as lines with blanks, tabs or bars between their cells; `lines` are bytes of `text`.
    pub(super) fn typed<'l>(text: &str, lines: impl Iterator<Item = &'l Range<usize>>) -> Vec<Grid> {
        let mut grids: Vec<Grid> = Vec::new();
        let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
        let mut end = |rows: &mut Vec<Vec<Range<usize>>>| {
            let rows = std::mem::take(rows);
            if rows.len() >= FEWEST {
                grids.push(Grid { head: 1, rows });
            }
        };
        for line in lines {
            let cells = typed_cells(text, line);
            if cells.len() < 2 {
                end(&mut rows);
                continue;
            }
            if rows.last().is_some_and(|last| last.len() != cells.len()) {
                end(&mut rows);
            }
            if !is_rule(text, &cells) {
                rows.push(cells);
            }
        }
        end(&mut rows);
        grids
    }
}

/// Whether a row of cells is nothing but the line under a head.
fn is_rule(text: &str, cells: &[Range<usize>]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && text[cell.clone()].chars().all(|c| ":-".contains(c)))
}

/// The cells of a line that is a row; none where it is a sentence.
fn typed_cells(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let words = &text[line.clone()];
    if words.contains(['。', '；', '，']) {
        return Vec::new();
    }
    let inner = words.trim();
    let start = line.start + words.len() - words.trim_start().len();
    if inner.contains('|') {
        let bare = inner.strip_prefix('|').unwrap_or(inner);
        let start = start + inner.len() - bare.len();
        return parted(bare.strip_suffix('|').unwrap_or(bare), start, |c| c == '|');
    }
    if words.contains('\t') {
        return parted(words.trim_end_matches(['\r', '\n']), line.start, |c| c == '\t');
    }
    let cells = parted(inner, start, char::is_whitespace);
    joined(text, cells.into_iter().filter(|cell| !cell.is_empty()).collect())
}

/// The stretches of words between marks, without blanks around them.
fn parted(words: &str, start: usize, mark: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut at = start;
    let mut cells = Vec::new();
    for part in words.split_inclusive(&mark) {
        let own = part.strip_suffix(&mark).unwrap_or(part);
        let from = at + own.len() - own.trim_start().len();
        cells.push(from..from + own.trim().len());
        at += part.len();
    }
    if words.ends_with(&mark) {
        cells.push(at..at);
    }
    cells
}

/// 合 计 is one word.
fn joined(text: &str, mut cells: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let spread = |pair: &[Range<usize>]| {
        matches!(&text[pair[0].clone()], "合" | "小" | "总" | "共") && &text[pair[1].clone()] == "计"
    };
    if let Some(at) = cells.windows(2).position(spread) {
        cells[at].end = cells[at + 1].end;
        cells.remove(at + 1);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Prose;
    use crate::input;

    fn shown(prose: &Prose) -> Vec<Vec<Vec<&str>>> {
        let row = |row: &Vec<Range<usize>>| {
            row.iter().map(|cell| &prose.source.text[cell.clone()]).collect::<Vec<_>>()
        };
        prose.tables.iter().map(|grid| grid.rows.iter().map(row).collect()).collect()
    }

    #[test]
    fn a_table_is_the_same_however_it_is_written() {
        let wanted = [vec![vec!["村", "户数"], vec!["东村", "30"], vec!["合计", "30"]]];
        let marked = "| 村 | 户数 |\n|---|---|\n| 东村 | 30 |\n| 合计 | 30 |\n";
        let read = input::markdown(marked);
        let written = Prose::of_written("稿", &read.document, &read.written.unwrap());
        assert_eq!(shown(&written), wanted);
        assert_eq!(shown(&Prose::of_document("稿", &read.document)), wanted);
        for typed in [marked, "村\t户数\n东村\t30\n合计\t30\n", "村  户数\n东村　30\n合计 30\n"]
        {
            assert_eq!(shown(&Prose::of_text("稿", typed)), wanted, "{typed}");
        }
    }

    #[test]
    fn sentences_are_no_rows_and_a_spread_word_is_one() {
        let text = "一、总体情况\n开会 3次，到会 20人。\n村 户 人\n东村 1 2\n合 计 1 2\n";
        assert_eq!(shown(&Prose::of_text("稿", text))[0][2], ["合 计", "1", "2"]);
        assert_eq!(shown(&Prose::of_text("稿", "甲 1\n乙 2\n")), Vec::<Vec<Vec<&str>>>::new());
    }

    #[test]
    fn a_merged_head_is_that_of_each_column_and_a_merged_cell_counts_once() {
        let read = input::markdown("| 村 | 人口 | < |\n|---|---|---|\n| 东村 | 30 | < |\n");
        let prose = Prose::of_document("稿", &read.document);
        assert_eq!(shown(&prose)[0], [["村", "人口", "人口"], ["东村", "30", ""]]);
    }
}
