//! What is drawn on: the sheet and the part of it with axes, their measures, and words.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordi32;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::ink::Recorder;
use super::scale::Scale;

/// Width of a picture in pixels.
pub(super) const WIDTH: u32 = 640;
/// Height of a picture in pixels.
pub(super) const HEIGHT: u32 = 280;

/// Size of words for themselves, as plotters counts: 1.24 times the pixels of a character.
pub(super) const LARGE: i32 = 20;
/// Size of what surrounds the values.
pub(super) const SMALL: i32 = 17;
/// The smallest that can be read, 11 pixels.
pub(super) const SMALLEST: i32 = 14;
/// Colour of words.
pub(super) const INK: RGBColor = RGBColor(0x33, 0x3B, 0x45);

/// The whole picture, in pixels.
pub(super) type Sheet<'b> = DrawingArea<Recorder<'b>, Shift>;
/// The part with the axes: half columns across, values upwards.
pub(super) type Chart<'a, 'b> = ChartContext<'a, Recorder<'b>, Cartesian2d<RangedCoordi32, Scale>>;
/// Whether it could be drawn.
pub(super) type Drawn = Result<(), Box<dyn std::error::Error>>;

/// A text with its middle line at `at`.
pub(super) fn write(
    sheet: &Sheet,
    text: &str,
    at: (i32, i32),
    size: i32,
    color: RGBColor,
    side: HPos,
) -> Drawn {
    let style = ("", size, &color).into_text_style(sheet).pos(Pos::new(side, VPos::Center));
    Ok(sheet.draw(&Text::new(clean(text), at, style))?)
}

/// Characters that no XML holds, and line ends, are left out.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}
