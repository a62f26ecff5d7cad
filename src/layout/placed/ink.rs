//! What stands on a sheet.

use std::sync::Arc;

use crate::document::Picture;
use crate::layout::Look;

/// One side of paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Its width; one that lies across is wider than high.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// What stands on it, in the order in which it is drawn.
    pub marks: Vec<Mark>,
}

/// A piece of ink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Characters.
    Run(Run),
    /// A straight line.
    Rule(Rule),
    /// An area or a line of any form.
    Shape(Shape),
    /// A picture file.
    Image(Image),
}

/// Characters of one face, one size and one look on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What they are part of.
    pub part: Part,
    /// How they are shown: figure, gap, change, remark. Lines under or through them and the colour behind
    /// them are marks of their own.
    pub look: Look,
    /// Their face.
    pub face: Face,
    /// Their size.
    pub size: i32,
    /// Their colour.
    pub colour: Colour,
    /// The line that they stand on, from the head of the sheet.
    pub baseline: i32,
    /// How the run as a whole is turned, about the left end of its line.
    pub turn: Turn,
    /// The characters from left to right, at least one.
    pub chars: Vec<Char>,
}

/// A character with the marks that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Char {
    /// Its text.
    pub text: String,
    /// Its left edge, from the left edge of the sheet.
    pub x: i32,
    /// Its width. What fills a line up to the margin stands between characters, and is no part of it.
    pub width: i32,
}

/// What a piece of ink is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Words of a block of [`crate::document::Document::blocks`], from this byte of its line
    /// ([`crate::document::Line::of`]) on.
    Block {
        /// Index of the block.
        block: usize,
        /// Byte of the block's line where the words begin.
        at: usize,
    },
    /// Words of the head of a table that stand again, because the table goes on on another page.
    Again {
        /// Index of the block.
        block: usize,
    },
    /// A chart: its lines, its areas and the words that are printed on it. What it says is in the block's line.
    Chart {
        /// Index of the block.
        block: usize,
    },
    /// A picture file: what it shows is said by its caption.
    Picture {
        /// Index of the block.
        block: usize,
    },
    /// Rules, colours and lines that say no words.
    Ornament {
        /// Index of the block that they belong to.
        block: usize,
    },
    /// The page number.
    Folio,
    /// A word across the page.
    Watermark,
}

/// The faces of GB/T 9704-2012.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// 小标宋, for titles.
    Title,
    /// 仿宋, for the text.
    Body,
    /// 楷体, for headings of the second level and leads.
    Kai,
    /// 黑体, for headings of the first level and heads of tables.
    Hei,
    /// 宋体, for page numbers.
    Song,
}

/// Red, green and blue, 0–255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(
    /// Red.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

impl Colour {
    /// Of all that is not marked out.
    pub const BLACK: Colour = Colour(0, 0, 0);
    /// Of the red head of a letter.
    pub const RED: Colour = Colour(255, 0, 0);
    /// Of what is new in a redline.
    pub const INSERTED: Colour = Colour(11, 92, 173);
    /// Of what is gone.
    pub const DELETED: Colour = Colour(179, 38, 30);
    /// Of what stands elsewhere now.
    pub const MOVED: Colour = Colour(20, 110, 60);
    /// Behind what is missing, and behind what a proof-reader should see.
    pub const GAP: Colour = Colour(255, 228, 92);
    /// Under what has a remark.
    pub const NOTED: Colour = Colour(138, 138, 138);
    /// Of a watermark, light enough to read through.
    pub const FAINT: Colour = Colour(228, 228, 228);
}

/// How a run is turned about the left end of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// Not at all.
    #[default]
    Upright,
    /// By 90° to the right: it reads from the head of the sheet to its foot.
    Quarter,
    /// By 45° to the left: it reads from lower left to upper right.
    Slant,
}

/// A straight line between two points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What it is part of.
    pub part: Part,
    /// Left or upper end.
    pub x0: i32,
    /// Left or upper end.
    pub y0: i32,
    /// Right or lower end.
    pub x1: i32,
    /// Right or lower end.
    pub y1: i32,
    /// Its width, one half on each side.
    pub width: i32,
    /// Its colour.
    pub colour: Colour,
}

/// A picture file in a rectangle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What it is part of.
    pub part: Part,
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The file.
    pub picture: Arc<Picture>,
}

/// An outline that is filled, drawn, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What it is part of.
    pub part: Part,
    /// The outline.
    pub path: Vec<Step>,
    /// Colour inside it.
    pub fill: Option<Colour>,
    /// Colour and width of the line along it.
    pub stroke: Option<(Colour, i32)>,
}

/// A step along an outline; points are x and y.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Begins here.
    Move(i32, i32),
    /// A straight line to here.
    Line(i32, i32),
    /// A Bézier curve by two points to a third.
    Curve([(i32, i32); 3]),
    /// Back to where it began.
    Close,
}

impl Run {
    /// A black upright run without characters.
    pub(super) fn of(part: Part, face: Face, size: i32) -> Run {
        let (look, colour, turn) = (Look::default(), Colour::BLACK, Turn::Upright);
        Run { part, look, face, size, colour, baseline: 0, turn, chars: Vec::new() }
    }

    /// The run further to the right.
    pub(super) fn moved(mut self, right: i32) -> Run {
        self.chars.iter_mut().for_each(|one| one.x += right);
        self
    }

    /// Its text.
    pub fn text(&self) -> String {
        self.chars.iter().map(|one| one.text.as_str()).collect()
    }

    /// Left and right edge of its characters, before it is turned.
    pub fn edges(&self) -> (i32, i32) {
        let left = self.chars.first().map_or(0, |one| one.x);
        (left, self.chars.last().map_or(left, |one| one.x + one.width))
    }
}

impl Shape {
    /// A filled rectangle.
    pub(super) fn area(part: Part, (x0, y0): (i32, i32), (x1, y1): (i32, i32), fill: Colour) -> Shape {
        let path =
            vec![Step::Move(x0, y0), Step::Line(x1, y0), Step::Line(x1, y1), Step::Line(x0, y1), Step::Close];
        Shape { part, path, fill: Some(fill), stroke: None }
    }
}

/// What a length at 45° takes along either edge of the paper.
pub(super) fn slant(length: i32) -> i32 {
    (i64::from(length) * 70_711 / 100_000) as i32
}
