//! Tables: the width of the type area, a repeated head row, no row across pages.

use super::pen::Pen;
use super::styles::{CELL, CELL_HEAD};
use crate::document::measure::{CELL_MARGIN, NARROWEST, columns, table_width};
use crate::document::tables::last_rows_stay;
use crate::document::{Align, Change, Merged, Row, Table};

const BORDERS: &str = r#"<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders>"#;

/// Writes the table itself, without its caption; where a note stands below it, the last row stays with that.
pub(super) fn write(pen: &mut Pen<'_>, table: &Table, noted: bool) {
    let (width, widths) = (table_width(table), columns(table));
    pen.push(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>{BORDERS}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{CELL_MARGIN}" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#
    ));
    for width in &widths {
        pen.push(&format!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    pen.push("</w:tblGrid>");
    let whole = pen.within;
    for (rows, align) in [(&table.head, None), (&table.rows, Some(table.align.as_slice()))] {
        for (index, one) in rows.iter().enumerate() {
            let stays = match rows.len() - index {
                1 => noted,
                2 => align.is_some() && last_rows_stay(table),
                _ => false,
            };
            let look = Look { align, stays };
            row(pen, one, rows.get(index + 1), &widths, look, whole.or(one.change));
        }
    }
    pen.push("</w:tbl>");
}

/// How the cells of a row are set; those of the head have no sides of their own.
#[derive(Debug, Clone, Copy)]
struct Look<'t> {
    align: Option<&'t [Align]>,
    /// The row stays on one page with what follows, as the head always does.
    stays: bool,
}

/// A row, with the one below it, which may go on in its cells; one that is new or gone as a whole says so
/// beside its cells (17.13.5.12, .17).
fn row(
    pen: &mut Pen<'_>,
    row: &Row,
    below: Option<&Row>,
    widths: &[usize],
    look: Look<'_>,
    change: Option<Change>,
) {
    pen.push("<w:tr><w:trPr><w:cantSplit/>");
    pen.push(if look.align.is_none() { "<w:tblHeader/>" } else { "" });
    if let Some(change) = change {
        pen.revised(change);
    }
    pen.push("</w:trPr>");
    let outer = std::mem::replace(&mut pen.within, change);
    for (index, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.merged != Merged::Left) {
        let across = row.across(index);
        let width: usize =
            (index..index + across).map(|at| widths.get(at).copied().unwrap_or(NARROWEST)).sum();
        let goes_on =
            below.and_then(|row| row.cells.get(index)).is_some_and(|cell| cell.merged == Merged::Up);
        pen.push(&format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{}{}<w:vAlign w:val="center"/></w:tcPr>"#,
            if across > 1 { format!(r#"<w:gridSpan w:val="{across}"/>"#) } else { String::new() },
            match (cell.merged, goes_on) {
                (Merged::Up, _) => "<w:vMerge/>",
                (_, true) => r#"<w:vMerge w:val="restart"/>"#,
                _ => "",
            },
        ));
        let properties = match look.align.map(|align| align.get(index).copied().unwrap_or(Align::Left)) {
            None => format!(r#"<w:pStyle w:val="{CELL_HEAD}"/>"#),
            Some(align) => cell_properties(align, look.stays),
        };
        pen.paragraph(&properties);
        pen.runs("", "", &cell.words);
        pen.end_paragraph();
        pen.push("</w:tc>");
    }
    pen.within = outer;
    pen.push("</w:tr>");
}

fn cell_properties(align: Align, stays: bool) -> String {
    let side = match align {
        Align::Left => "",
        Align::Center => r#"<w:jc w:val="center"/>"#,
        Align::Right => r#"<w:jc w:val="right"/>"#,
    };
    let keep = if stays { "<w:keepNext/>" } else { "" };
    format!(r#"<w:pStyle w:val="{CELL}"/>{keep}{side}"#)
}
