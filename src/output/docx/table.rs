//! Tables: the width of the type area, a repeated head row, no row across pages.

use super::pen::Pen;
use super::styles::{CELL, CELL_HEAD};
use crate::document::measure::{CELL_MARGIN, NARROWEST, WIDTH, columns};
use crate::document::{Align, Change, Inline, Table};

const BORDERS: &str = r#"<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders>"#;

/// Writes the table itself, without its caption.
pub(super) fn write(pen: &mut Pen<'_>, table: &Table) {
    let widths = columns(table);
    pen.push(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/>{BORDERS}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{CELL_MARGIN}" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#
    ));
    for width in &widths {
        pen.push(&format!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    pen.push("</w:tblGrid>");
    let whole = pen.within;
    row(pen, &table.head, &widths, None, whole);
    for one in &table.rows {
        row(pen, &one.cells, &widths, Some(&table.align), whole.or(one.change));
    }
    pen.push("</w:tbl>");
}

/// A row; one that is new or gone as a whole says so beside its cells (17.13.5.12, .17).
fn row(
    pen: &mut Pen<'_>,
    cells: &[Vec<Inline>],
    widths: &[usize],
    align: Option<&[Align]>,
    change: Option<Change>,
) {
    pen.push("<w:tr><w:trPr><w:cantSplit/>");
    pen.push(if align.is_none() { "<w:tblHeader/>" } else { "" });
    if let Some(change) = change {
        pen.revised(change);
    }
    pen.push("</w:trPr>");
    let outer = std::mem::replace(&mut pen.within, change);
    for (index, cell) in cells.iter().enumerate() {
        let width = widths.get(index).copied().unwrap_or(NARROWEST);
        pen.push(&format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
        ));
        let properties = match align.map(|align| align.get(index).copied().unwrap_or(Align::Left)) {
            None => format!(r#"<w:pStyle w:val="{CELL_HEAD}"/>"#),
            Some(align) => cell_properties(align),
        };
        pen.paragraph(&properties);
        pen.runs("", "", cell);
        pen.end_paragraph();
        pen.push("</w:tc>");
    }
    pen.within = outer;
    pen.push("</w:tr>");
}

fn cell_properties(align: Align) -> String {
    let side = match align {
        Align::Left => "",
        Align::Center => r#"<w:jc w:val="center"/>"#,
        Align::Right => r#"<w:jc w:val="right"/>"#,
    };
    format!(r#"<w:pStyle w:val="{CELL}"/>{side}"#)
}
