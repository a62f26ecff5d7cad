//! The pages as ink: every character, rule and shape with its place on the paper, which is what PDF and OFD draw.
//!
//! Lengths are thousandths of a point, whole numbers, from the top left corner of the sheet to the right and
//! down. The grid sets the characters, not the font: a character of ours is as wide as Word makes it with the
//! faces of the standard, whatever face draws it.

mod chart;
mod ink;
mod line;
mod picture;
mod table;
#[cfg(test)]
mod tests;

pub use ink::{Char, Colour, Face, Image, Mark, Part, Rule, Run, Shape, Sheet, Step, Turn};

use super::{Kind, Page, Pages, Row, Stroke};
use crate::document::Document;
use crate::document::measure::{HEIGHT, area};

/// Thousandths of a point of a twip.
const TWIP: i32 = 50;
/// A4 as Word has it, 11906 × 16838 twips.
const PAPER: (i32, i32) = (11_906 * TWIP, 16_838 * TWIP);
/// White to the left of the type area (订口), 28 mm, and above it (天头), 37 mm.
const LEFT: i32 = 1_588 * TWIP;
const TOP: i32 = 2_098 * TWIP;
/// The same of a page that lies on its side, whose head is where upright pages have 订口 and whose left is their
/// foot: 28 mm and 35 mm.
const TOP_LANDSCAPE: i32 = LEFT;
const LEFT_LANDSCAPE: i32 = PAPER.1 - TOP - HEIGHT as i32 * TWIP;
/// The dash of a page number stands 7 mm under the type area (7.5).
const FOLIO: i32 = 19_843;
/// 4 号, the size of page numbers.
const FOLIO_SIZE: i32 = 14_000;
/// The middle of a character stands so high above the line it stands on, in hundredths of its size: the box
/// of a Chinese character reaches 0.88 above that line and 0.12 below it.
const MIDDLE: i32 = 38;
/// Size of a watermark.
const WATERMARK: i32 = 160_000;

/// The ink of every page, in the order in which it is to be drawn: what lies behind comes first. All words of
/// the pages are there in reading order. What is drawn and not set in lines is read from the document.
pub fn placed(_document: &Document, pages: &Pages) -> Vec<Sheet> {
    pages.pages.iter().zip(1..).map(|(page, number)| sheet(pages, page, number)).collect()
}

/// Lays a word across every sheet, behind what is written there.
pub fn watermark(sheets: &mut [Sheet], words: &str) {
    for sheet in sheets {
        sheet.marks.insert(0, Mark::Run(slanted(sheet, words)));
    }
}

/// Where the type area of a page lies on the paper.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: i32,
    top: i32,
    width: i32,
}

impl Area {
    fn of(landscape: bool) -> Area {
        let (left, top) = if landscape { (LEFT_LANDSCAPE, TOP_LANDSCAPE) } else { (LEFT, TOP) };
        Area { left, top, width: area(landscape).0 as i32 * TWIP }
    }
}

fn sheet(pages: &Pages, page: &Page, number: usize) -> Sheet {
    let (width, height) = if page.landscape { (PAPER.1, PAPER.0) } else { PAPER };
    let mut area = Area::of(page.landscape);
    area.top -= page.raised as i32 * TWIP;
    let mut sheet = Sheet { width, height, marks: Vec::new() };
    sheet.marks.extend(page.strokes.iter().map(stroke));
    let mut rows = page.lines.as_slice();
    while let Some((row, below)) = rows.split_first() {
        if row.is_of_table() {
            let more = below.iter().take_while(|next| next.is_of_table() && next.block == row.block).count();
            let (table, rest) = rows.split_at(1 + more);
            let widths = pages.columns.get(&row.block).map(Vec::as_slice).unwrap_or_default();
            table::place(&mut sheet.marks, table, widths, area, pages.ends_table(row.block, number));
            rows = rest;
        } else {
            match (row.kind, pages.charts.get(&row.block), pages.plates.get(&row.block)) {
                (Kind::Chart, Some(chart), _) => chart::place(&mut sheet.marks, row, chart, area),
                (Kind::Picture, _, Some(plate)) => picture::place(&mut sheet.marks, row, plate, area),
                _ => line::place(&mut sheet.marks, row, area),
            }
            rows = below;
        }
    }
    sheet.marks.extend(
        page.folio.map(folio).map(|folio| Mark::Run(if page.landscape { turned(folio) } else { folio })),
    );
    sheet
}

/// A rule of the page (7.2.7, 7.4.1, 10.1).
fn stroke(stroke: &Stroke) -> Mark {
    let (x, width) = (stroke.x as i32 * TWIP, stroke.thickness as i32 * TWIP);
    let y = stroke.y as i32 * TWIP + width / 2;
    let colour = if stroke.red { Colour::RED } else { Colour::BLACK };
    let part = Part::Ornament { block: stroke.block };
    Mark::Rule(Rule { part, x0: x, y0: y, x1: x + stroke.length as i32 * TWIP, y1: y, width, colour })
}

impl Pages {
    /// Whether the last row of a table stands on this page, counted from 1.
    fn ends_table(&self, block: usize, number: usize) -> bool {
        let goes_on = |row: &Row| row.block == block && row.is_of_table();
        !self.pages.get(number).is_some_and(|next| next.lines.iter().any(goes_on))
    }
}

/// The page number between two dashes: a character from the outer edge of the type area, to the right on odd pages.
fn folio(number: usize) -> Run {
    let words = format!("— {number} —");
    let chars = line::chars(&words, 0, FOLIO_SIZE / 2);
    let wide: i32 = chars.iter().map(|one| one.width).sum();
    let right = LEFT + Area::of(false).width - FOLIO_SIZE - wide;
    let x = if number % 2 == 1 { right } else { LEFT + FOLIO_SIZE };
    let baseline = TOP + HEIGHT as i32 * TWIP + FOLIO + FOLIO_SIZE * MIDDLE / 100;
    let run = Run { baseline, chars, ..Run::of(Part::Folio, Face::Song, FOLIO_SIZE) };
    run.moved(x)
}

/// A line of an upright page on one that lies on its side, where it stands on the paper as it did.
fn turned(run: Run) -> Run {
    let (left, _) = run.edges();
    let right = PAPER.1 - run.baseline - left;
    Run { baseline: left, turn: Turn::Quarter, ..run.moved(right) }
}

/// Words from lower left to upper right through the middle of the sheet.
fn slanted(sheet: &Sheet, words: &str) -> Run {
    let chars = line::chars(words, 0, WATERMARK / 2);
    let wide: i32 = chars.iter().map(|one| one.width).sum();
    let (along, up) = (ink::slant(wide / 2), ink::slant(WATERMARK * MIDDLE / 100));
    let run = Run {
        colour: Colour::FAINT,
        baseline: sheet.height / 2 + along + up,
        turn: Turn::Slant,
        chars,
        ..Run::of(Part::Watermark, Face::Hei, WATERMARK)
    };
    run.moved(sheet.width / 2 - along + up)
}
