//! Tables: the width of the type area, a repeated head row, no row across pages.

use super::body::{caption, open, runs};
use super::styles::{CELL, CELL_HEAD};
use crate::document::{Align, Inline, Table, plain};
use crate::zh::width::half_cells;

/// Width of the type area in twips.
const WIDTH: usize = 8844;
/// Narrowest column.
const NARROWEST: usize = 700;

const BORDERS: &str = r#"<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders>"#;

pub(super) fn write(xml: &mut String, table: &Table) {
    caption(xml, &table.caption);
    let widths = widths(table);
    xml.push_str(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/>{BORDERS}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
    ));
    for width in &widths {
        xml.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    xml.push_str("</w:tblGrid>");
    row(xml, &table.head, &widths, None);
    for cells in &table.rows {
        row(xml, cells, &widths, Some(&table.align));
    }
    xml.push_str(r#"</w:tbl><w:p><w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr></w:p>"#);
}

fn row(xml: &mut String, cells: &[Vec<Inline>], widths: &[usize], align: Option<&[Align]>) {
    xml.push_str("<w:tr><w:trPr><w:cantSplit/>");
    xml.push_str(if align.is_none() { "<w:tblHeader/>" } else { "" });
    xml.push_str("</w:trPr>");
    for (index, cell) in cells.iter().enumerate() {
        let width = widths.get(index).copied().unwrap_or(NARROWEST);
        xml.push_str(&format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
        ));
        match align.map(|align| align.get(index).copied().unwrap_or(Align::Left)) {
            None => open(xml, CELL_HEAD),
            Some(align) => open_cell(xml, align),
        }
        runs(xml, "", "", cell);
        xml.push_str("</w:p></w:tc>");
    }
    xml.push_str("</w:tr>");
}

fn open_cell(xml: &mut String, align: Align) {
    let side = match align {
        Align::Left => return open(xml, CELL),
        Align::Center => "center",
        Align::Right => "right",
    };
    xml.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{CELL}"/><w:jc w:val="{side}"/></w:pPr>"#));
}

/// Widths in proportion to the longest entry of each column, together exactly the type area.
fn widths(table: &Table) -> Vec<usize> {
    let columns = table.head.len().max(1);
    let longest = |index: usize| {
        let rows = table.rows.iter().chain([&table.head]);
        rows.filter_map(|row| row.get(index))
            .map(|cell| half_cells(&plain(cell)))
            .max()
            .unwrap_or(1)
            .clamp(4, 36)
    };
    let lengths: Vec<usize> = (0..columns).map(longest).collect();
    let all: usize = lengths.iter().sum();
    let spare = WIDTH.saturating_sub(NARROWEST * columns);
    let least = if spare == 0 { WIDTH / columns } else { NARROWEST };
    let mut widths: Vec<usize> = lengths.iter().map(|length| least + spare * length / all.max(1)).collect();
    let rest = WIDTH.saturating_sub(widths.iter().sum());
    widths.iter_mut().last().into_iter().for_each(|last| *last += rest);
    widths
}
