//! Which rows may be part of a head: words, no figures, nothing said about the table as a whole; and what is merged in
//! them.

use std::collections::{BTreeMap, BTreeSet};

use super::book::place::{Address, Area};
use super::book::{Cell, Content, Sheet};
use super::said::words;
use super::title;
use crate::zh::number::half_width;

/// The merged areas over the cells of some rows.
#[derive(Debug, Default)]
pub(super) struct Merged {
    over: BTreeMap<Address, Area>,
}

impl Merged {
    /// The areas over the first `width` columns of rows. Where areas lie in each other, which no program writes, the
    /// first counts.
    pub fn of(sheet: &Sheet, rows: &BTreeSet<u32>, width: u32) -> Merged {
        let mut merged = Merged::default();
        for area in &sheet.merged {
            let columns = area.from.column..(area.to.column + 1).min(width);
            let rows = rows.range(area.from.row..=area.to.row);
            let mut cells = rows.flat_map(|row| columns.clone().map(|column| Address { row: *row, column }));
            // Each step takes a cell that is free, so that many areas in each other cost no time.
            let free = |at: &Address| !merged.over.contains_key(at);
            let of_area: Vec<Address> = cells.by_ref().take_while(free).collect();
            merged.over.extend(of_area.into_iter().map(|at| (at, *area)));
        }
        merged
    }

    /// The area over a cell.
    pub fn over(&self, at: Address) -> Option<&Area> {
        self.over.get(&at)
    }

    /// The areas over the cells of rows.
    pub fn in_rows(&self, first: u32, last: u32) -> impl Iterator<Item = &Area> {
        let from = Address { row: first, column: 0 };
        self.over.range(from..Address { row: last + 1, column: 0 }).map(|(_, area)| area)
    }
}

/// How lines begin that say who made a table and in which units it is.
const ABOUT: [&str; 9] = ["填报", "填表", "制表", "编制", "报送", "审核", "单位:", "金额单位", "计量单位"];

/// Whether a row may be the first of a head.
pub(super) fn may_begin(sheet: &Sheet, row: u32) -> bool {
    !is_caption(sheet.row(row)) && !sheet.row(row).iter().any(|cell| is_figure(&cell.content))
}

/// Whether a row may be a lower row of a head.
pub(super) fn may_follow(sheet: &Sheet, row: u32) -> bool {
    let cells = sheet.row(row);
    !cells.is_empty()
        && cells.iter().all(|cell| matches!(cell.content, Content::Text(_)))
        && may_begin(sheet, row)
}

/// Whether a row says something about the table, 填报单位：招商办 or 单位：万元, and is no part of a head. In a head of
/// several columns a colon parts a name from what it is of: 其中：女.
fn is_caption(cells: &[Cell]) -> bool {
    let said: Vec<String> = cells.iter().map(|cell| words(&cell.content)).collect();
    let captions = said.iter().filter(|said| title::is_caption(said)).count();
    let about = |said: &String| {
        let plain = half_width(said).replace(char::is_whitespace, "");
        title::is_caption(said) && ABOUT.iter().any(|word| plain.starts_with(word))
    };
    let units = |said: &String| title::is_caption(said) || !title::units(said).is_empty();
    let bare = said.len() < 3 && !said.is_empty() && said.iter().all(units);
    bare || captions > 0 && (said.len() < 3 || captions == said.len() || said.iter().any(about))
}

/// Whether a cell holds a figure or a day; a year may be a head.
fn is_figure(content: &Content) -> bool {
    match content {
        Content::Number(..) => !is_year(&words(content)),
        Content::Text(text) => is_numeral(text) && !is_year(&half_width(text)),
        Content::Date(day) => day.day.is_some(),
        Content::Truth(_) => true,
        Content::Error(_) | Content::Uncalculated => false,
    }
}

fn is_numeral(text: &str) -> bool {
    let text = half_width(text);
    text.contains(|c: char| c.is_ascii_digit())
        && text.trim().chars().all(|c| c.is_ascii_digit() || ".,%+-".contains(c))
}

fn is_year(text: &str) -> bool {
    text.trim().parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// Whether `row` stands below the heads of `row - 1` as what they are parted into: every word of it under a head that
/// runs over several columns, and some head above it has nothing below.
pub(super) fn parts_of(sheet: &Sheet, merged: &Merged, row: u32) -> bool {
    if !may_follow(sheet, row) {
        return false;
    }
    let above = sheet.row(row - 1);
    let has = |row: u32, column: u32| sheet.get(Address { row, column }).is_some();
    let parted = |column: u32| {
        let area = merged.over(Address { row: row - 1, column });
        area.is_some_and(|area| area.to.column > area.from.column && area.to.row < row)
    };
    let loose = |column: u32| match has(row - 1, column) {
        true => !has(row - 1, column + 1) && has(row, column + 1),
        false => column > 0 && has(row, column - 1),
    };
    let under = |cell: &Cell| parted(cell.at.column) || loose(cell.at.column);
    above.iter().any(|cell| !has(row, cell.at.column)) && sheet.row(row).iter().all(under)
}

/// Rows above a head in which more stands than a title or a caption.
pub(super) fn left_above(sheet: &Sheet, first: u32) -> Vec<u32> {
    let above = sheet.rows().take_while(|cells| cells[0].at.row < first);
    let more = above.filter(|cells| cells.len() > 1 && !is_caption(cells));
    more.map(|cells| cells[0].at.row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::excel::book::typed;

    #[test]
    fn figures_and_captions_are_no_heads() {
        for (row, begins, follows) in [
            ("村|人口|耕地", true, true),
            ("村|2023|2024", true, false),
            ("东湾村|1200|900", false, false),
            ("东湾村|1,200|8.3%", false, false),
            ("村|人口|其中：女|耕地", true, true),
            ("||总数|其中：女", true, true),
            ("|其中：男|其中：女|合计", true, true),
            ("填报单位：招商办||||单位：万元", false, false),
            ("填报单位：招商办|填报日期：5月|单位：万元", false, false),
            ("填报单位：招商办|备注|单位：万元", false, false),
            ("（亿元）", false, false),
            ("单位 亿元", false, false),
        ] {
            let sheet = typed(&["", row]).finish();
            assert_eq!((may_begin(&sheet, 2), may_follow(&sheet, 2)), (begins, follows), "{row}");
        }
    }
}
