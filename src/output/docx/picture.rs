//! Pictures in the line: a chart as the vector drawing of a metafile, a picture file as it is.

use std::sync::Arc;

use super::pen::{Medium, Pen};
use super::styles::CAPTION;
use crate::document::measure::{CHART_LINES, PITCH, WIDTH};
use crate::document::{Plate, Table};
use crate::markup::{escape, escaped};

/// English Metric Units of a twip.
const EMU: usize = 635;
/// The face of words in charts: numbers have half the width of characters in it.
const FACE: &str = "宋体";
/// Hundredths of a millimetre of a twip, as a fraction.
const MILLIMETRES: (usize, usize) = (2540, 1440);

/// A chart in a paragraph of its own, together with its caption.
pub(super) fn chart(pen: &mut Pen<'_>, table: &Table) {
    let Some(picture) = table.picture() else { return };
    let width = i32::try_from(WIDTH * MILLIMETRES.0 / MILLIMETRES.1).unwrap_or(0);
    let height = WIDTH * picture.height as usize / picture.width as usize;
    pen.paragraph(&properties(CHART_LINES, !table.caption.is_empty()));
    let medium = Medium { ending: "emf", bytes: picture.emf(width, FACE).into() };
    drawing(pen, medium, None, (WIDTH, height), &table.described());
    pen.end_paragraph();
}

/// A picture file in a paragraph with these properties. By the path of its file, which stands in place of a name, it is
/// known when the Word file comes back.
pub(super) fn plate(pen: &mut Pen<'_>, plate: &Plate, properties: &str) {
    let picture = &plate.picture;
    pen.paragraph(properties);
    if picture.is_lost() {
        pen.runs("", &picture.lost(), &[]);
    } else {
        let medium = Medium { ending: picture.kind.ending(), bytes: Arc::clone(&picture.bytes) };
        let change = pen.begin_revision();
        drawing(pen, medium, Some(&picture.path()), plate.size(), &plate.described());
        pen.end_revision(change);
    }
    pen.end_paragraph();
}

/// The properties of the paragraph that a picture stands in.
pub(super) fn of_plate(plate: &Plate) -> String {
    properties(plate.lines(), !plate.caption.is_empty())
}

/// A paragraph of so many lines of the grid. Lines of a fixed height would cut the picture off, so they are at least so
/// high, and the picture is lower.
fn properties(lines: usize, keep: bool) -> String {
    let keep = if keep { "<w:keepNext/>" } else { "" };
    format!(
        r#"{keep}<w:snapToGrid w:val="0"/><w:spacing w:line="{}" w:lineRule="atLeast"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#,
        lines * PITCH
    )
}

/// The caption stands below and does not keep to what follows.
pub(super) fn caption() -> String {
    format!(r#"<w:pStyle w:val="{CAPTION}"/><w:keepNext w:val="0"/>"#)
}

/// A picture of so many twips, and what it shows in words (ECMA-376 Part 1, 20.4.2.8).
fn drawing(
    pen: &mut Pen<'_>,
    medium: Medium,
    name: Option<&str>,
    (width, height): (usize, usize),
    words: &str,
) {
    let part = pen.medium(medium);
    pen.drawings += 1;
    let number = pen.drawings;
    let name = name.map_or_else(|| format!("图片 {number}"), escaped);
    let size = format!(r#"cx="{}" cy="{}""#, width * EMU, height * EMU);
    pen.push(&format!(
        r#"<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr id="{number}" name="{name}" descr=""#
    ));
    escape(&mut pen.xml, words);
    pen.push(&format!(
        r#""/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="picture{part}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
    ));
}
