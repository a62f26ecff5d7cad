//! What a picture is made of, so that every format draws the same one: plotters draws onto `Recorder`, which keeps
//! lines, areas, discs and words instead of writing them.

use std::convert::Infallible;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

/// A colour: red, green, blue.
pub type Colour = (u8, u8, u8);
/// A place: pixels from the left and from the top.
pub type Spot = (i32, i32);

/// A stroke of the picture. Lengths are pixels of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum Ink {
    /// A line from point to point.
    Path { points: Vec<Spot>, width: i32, colour: Colour },
    /// A filled area between corners.
    Area { corners: Vec<Spot>, colour: Colour },
    /// A filled disc.
    Disc { centre: Spot, radius: i32, colour: Colour },
    /// Words with their middle line at `at`, which is their left end, their middle or their right end; `size` is that
    /// of a character in tenths of a pixel.
    Words { text: String, at: Spot, side: Side, size: i32, colour: Colour },
}

/// Which end of words stands at their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// They begin there.
    Left,
    /// Their middle is there.
    Middle,
    /// They end there.
    Right,
}

/// Keeps what is drawn.
pub(super) struct Recorder<'i> {
    ink: &'i mut Vec<Ink>,
    size: (u32, u32),
}

/// Nothing fails in memory.
type Kept = Result<(), DrawingErrorKind<Infallible>>;

impl<'i> Recorder<'i> {
    pub fn new(ink: &'i mut Vec<Ink>, size: (u32, u32)) -> Recorder<'i> {
        Recorder { ink, size }
    }

    fn path(&mut self, points: Vec<Spot>, style: &impl BackendStyle) -> Kept {
        let width = i32::try_from(style.stroke_width()).unwrap_or(1);
        self.keep(&style.color(), |colour| Ink::Path { points, width, colour })
    }

    /// What cannot be seen is not drawn.
    fn keep(&mut self, colour: &BackendColor, ink: impl FnOnce(Colour) -> Ink) -> Kept {
        if colour.alpha > 0.0 {
            self.ink.push(ink(colour.rgb));
        }
        Ok(())
    }
}

impl DrawingBackend for Recorder<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Kept {
        Ok(())
    }

    fn present(&mut self) -> Kept {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Kept {
        let corners = corners((x, y), (x + 1, y + 1));
        self.keep(&colour, |colour| Ink::Area { corners, colour })
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Kept {
        self.path(vec![from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Kept {
        let mut corners = corners(from, to);
        if fill {
            return self.keep(&style.color(), |colour| Ink::Area { corners, colour });
        }
        corners.push(from);
        self.path(corners, style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Kept {
        self.path(path.into_iter().collect(), style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Kept {
        let radius = i32::try_from(radius).unwrap_or(0);
        self.keep(&style.color(), |colour| Ink::Disc { centre, radius, colour })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Kept {
        let corners = corners.into_iter().collect();
        self.keep(&style.color(), |colour| Ink::Area { corners, colour })
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Kept {
        let side = match style.anchor().h_pos {
            HPos::Left => Side::Left,
            HPos::Center => Side::Middle,
            HPos::Right => Side::Right,
        };
        if text.is_empty() {
            return Ok(());
        }
        // plotters counts 1.24 times the pixels of a character.
        let size = (style.size() / 0.124).round() as i32;
        self.keep(&style.color(), |colour| Ink::Words { text: text.to_owned(), at, side, size, colour })
    }
}

fn corners(from: Spot, to: Spot) -> Vec<Spot> {
    vec![from, (to.0, from.1), to, (from.0, to.1)]
}
