//! The report page by page on the grid of GB/T 9704: 28 characters a line, 22 lines a page, so that a place
//! in the text is a page and a line.
//!
//! Lines and pages are those of our Word file in Word and LibreOffice: the same measures
//! ([`crate::document::measure`]), the same rules for what may not begin or end a line, and the same rules
//! for what stays together on a page. `tests/suite/layout` holds them against LibreOffice.

mod breaks;
mod flow;
mod html;
mod letter;
mod placed;
mod set;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::chart::Picture;
use crate::document::measure::{PITCH, SPACER};
use crate::document::stand::{Elements, Stand};
use crate::document::{Align, Change, Document, Plate};

pub use placed::{
    Char, Colour, Face, Image, Mark, Part, Rule, Run, Shape, Sheet, Step, Turn, placed, watermark,
};

/// The look of the pages that [`Pages::html`] writes.
pub const STYLE: &str = include_str!("pages.css");

/// A report set in lines and pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pages {
    /// The pages in order; a report without words has none.
    pub pages: Vec<Page>,
    /// Where 版记 stands, if there is one.
    pub foot: Option<Footing>,
    /// Widths in twips of the columns of each table, by its block.
    columns: BTreeMap<usize, Vec<usize>>,
    /// What is drawn of each chart, by its block.
    charts: BTreeMap<usize, Picture>,
    /// Picture files, by their block, and whether they are new or gone.
    plates: BTreeMap<usize, (Plate, Option<Change>)>,
    /// What lies across every page, where something does.
    watermark: Option<&'static str>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// What stands on it from top to bottom.
    pub lines: Vec<Row>,
    /// It lies on its side, with one wide table and nothing else: its type area is as wide as that of the
    /// others is high (GB/T 9704-2012, 8).
    pub landscape: bool,
    /// The page number that it shows; the first page of a 信函 (10.1), a page of 版记 behind a blank one and
    /// that blank page (7.5) show none.
    pub folio: Option<usize>,
    /// How far its rows begin above the type area, in twips: the mark of a 信函 stands there.
    pub raised: usize,
    /// Rules that belong to no table, in the order of the page.
    pub strokes: Vec<Stroke>,
}

/// A rule of the page: red ones of the head, those of 版记. Twips from the upper left corner of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    /// The block that it belongs to.
    pub block: usize,
    /// Its left end.
    pub x: usize,
    /// Its upper edge.
    pub y: usize,
    /// Its length.
    pub length: usize,
    /// Its thickness.
    pub thickness: usize,
    /// Whether it is red.
    pub red: bool,
}

/// How 版记 comes to stand at the foot of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Footing {
    /// The page.
    pub foot: Foot,
    /// White in twips above it, down from the text or from the head of its page.
    pub white: usize,
}

/// The page on which 版记 stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foot {
    /// On the page on which the text ends, which is even.
    Here,
    /// On the page after it, which is even.
    Next,
    /// On an even page behind a blank one, as the page on which the text ends has no room.
    Apart,
}

/// A line of the page, or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Index of its block in [`Document::blocks`].
    pub block: usize,
    /// What it is.
    pub kind: Kind,
    /// White space above it.
    pub above: Above,
    /// Where its ink begins, below the white above it: twips from the head of the type area.
    pub top: usize,
    /// Its height in twips, without the white above and below.
    pub height: usize,
    /// Of a row of a table its cells; otherwise one cell with one line.
    pub cells: Vec<Cell>,
}

/// What a row is. It fixes typeface, size, height and position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line of the title; of the last one it is true.
    Title(bool),
    /// A line under the title.
    Byline,
    /// A line of 主送.
    Recipient,
    /// A line of a heading of level 1–4.
    Heading(u8),
    /// A line of a paragraph or a point.
    Text,
    /// A line of the caption of a table.
    Caption,
    /// The line of the unit between the caption and the head of a table.
    Unit,
    /// A line of a note under a table.
    Note,
    /// The head of a table.
    Head,
    /// The head of a table once more, where the table goes on on another page.
    HeadAgain,
    /// A row of a table.
    Cells,
    /// A chart: its cells are those of its table, which are drawn and not set.
    Chart,
    /// A picture file, which has no words.
    Picture,
    /// A line of 署名, with so many free half characters to the right.
    Signature(usize),
    /// A line of 成文日期, with so many free half characters to the right.
    Date(usize),
    /// A line of an element of the letter, which says itself how it stands.
    Element(Stand),
}

/// White space above a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Above {
    /// None.
    #[default]
    Nothing,
    /// A blank line.
    Blank,
    /// The low line that Word needs after a table.
    Low,
    /// Both.
    LowAndBlank,
    /// So many twips.
    Space(usize),
    /// It stands on the line of the row before it, to the right of that.
    Beside,
}

impl Above {
    /// Twips of it.
    pub fn twips(self) -> usize {
        match self {
            Above::Nothing | Above::Beside => 0,
            Above::Blank => PITCH,
            Above::Low => SPACER,
            Above::LowAndBlank => SPACER + PITCH,
            Above::Space(twips) => twips,
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Where it begins among the bytes of the block's line ([`crate::document::Line::of`]).
    pub at: usize,
    /// How it is set.
    pub align: Align,
    /// How many columns it takes; none where the one to its left covers it.
    pub across: usize,
    /// It goes on in the row below, or goes on from the one above.
    pub joined: Joined,
    /// Its lines, at least one; of a cell that goes on from above those that stand on this page, where it begins on another
    /// one.
    pub lines: Vec<PageLine>,
}

/// How a cell is joined to those above and below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Joined {
    /// The cell above covers it.
    pub up: bool,
    /// It covers the one below.
    pub down: bool,
}

/// One line of words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageLine {
    /// The bytes of the block's line ([`crate::document::Line::of`]) that stand here.
    pub span: Range<usize>,
    /// The words, in order.
    pub pieces: Vec<PagePiece>,
    /// It begins a paragraph, which is indented two characters.
    pub first: bool,
    /// Another line of the paragraph follows, so this one reaches from margin to margin.
    pub full: bool,
    /// Bytes at its end that stand in the margin: a hanging mark, or a space.
    pub hanging: usize,
}

/// Words of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePiece {
    /// The words.
    pub text: String,
    /// How they are shown.
    pub look: Look,
}

/// How words are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// Lead of a point, or a heading of the second level that the text goes on behind, set in 楷体.
    pub lead: bool,
    /// A heading of the first level that the text goes on behind, set in 黑体.
    pub hei: bool,
    /// A figure: index into [`Document::trails`].
    pub trail: Option<usize>,
    /// A fact that is missing in a draft.
    pub missing: bool,
    /// In a redline: new or gone.
    pub change: Option<Change>,
    /// A remark for the proof-reader, and whether it stands out.
    pub note: Option<(String, bool)>,
}

/// Sets the report in lines and pages. Any document has pages; what is wider or higher than a page is cut
/// where it must be.
pub fn lay_out(document: &Document) -> Pages {
    let columns = set::columns(document);
    let charts = set::charts(document);
    let elements = Elements::of(document);
    let strips = set::strips(document, (&columns, &charts), &elements);
    let plates = set::plates(document);
    let (pages, foot) = flow::pages(strips, letter::first(&elements));
    Pages { pages, foot, columns, charts, plates, watermark: None }
}

impl Pages {
    /// Page and line, both from 1, of byte `at` of block `block`, counted in the block's line
    /// ([`crate::document::Line::of`]). Lines with words and rows of tables count, blank lines do not, as
    /// someone counts who follows the page with a finger; what stands beside each other is one line. None where the block has no such byte; the end of
    /// its line, and what parts the cells of a table, count as what stands beside them.
    pub fn place(&self, block: usize, at: usize) -> Option<(usize, usize)> {
        let mut beside = None;
        for (page, one) in self.pages.iter().enumerate() {
            for (line, row) in one.numbered().filter(|(_, row)| row.is_of(block)) {
                let spans = || row.cells.iter().flat_map(|cell| &cell.lines).map(|line| &line.span);
                if spans().any(|span| span.contains(&at)) {
                    return Some((page + 1, line));
                }
                let starts = row.cells.iter().any(|cell| cell.at == at || cell.at == at + 1);
                if starts || spans().any(|span| span.end == at) {
                    beside = Some((page + 1, line));
                }
            }
        }
        beside
    }

    /// The same pages with a word across each of them, behind what is written there.
    pub fn marked(self, words: Option<&'static str>) -> Pages {
        Pages { watermark: words, ..self }
    }

    /// One page as a fragment of HTML without style or script of its own, to be shown with [`STYLE`].
    /// `page` counts from 1; a page that does not exist is empty.
    pub fn html(&self, page: usize) -> String {
        page.checked_sub(1)
            .and_then(|index| self.pages.get(index))
            .map_or_else(String::new, |one| html::page(self, one, page))
    }
}

impl Page {
    /// Its rows, each with the number of its line, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &Row)> {
        let number = |number: &mut usize, row: &'_ Row| {
            *number += usize::from(row.above != Above::Beside);
            *number
        };
        let mut count = 0;
        self.lines.iter().map(move |row| (number(&mut count, row), row))
    }
}

impl Row {
    /// Whether it is a row of a table.
    fn is_of_table(&self) -> bool {
        matches!(self.kind, Kind::Head | Kind::HeadAgain | Kind::Cells)
    }

    /// Whether the cell of a column goes on in the row below, on the same page.
    fn goes_on(&self, below: &Row, column: usize) -> bool {
        let joined = |row: &Row| row.cells.get(column).map(|cell| cell.joined).unwrap_or_default();
        (self.block, self.kind) == (below.block, below.kind) && joined(self).down && joined(below).up
    }

    /// Whether it shows words of this block for the first time.
    fn is_of(&self, block: usize) -> bool {
        self.block == block && self.kind != Kind::HeadAgain
    }

    /// Its words. A head that is repeated has none: its words stand on the page before. So the words of all
    /// rows are those of the report.
    pub fn text(&self) -> String {
        if self.kind == Kind::HeadAgain {
            return String::new();
        }
        self.cells.iter().flat_map(|cell| &cell.lines).map(PageLine::text).collect()
    }
}

impl PageLine {
    /// Its words.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}
