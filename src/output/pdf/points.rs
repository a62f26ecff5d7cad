//! Lengths of the grid as the library for PDF takes them. Nothing is computed with them afterwards.

use krilla::geom::Point;

/// Thousandths as a number of the library.
pub(super) fn points(thousandths: i32) -> f32 {
    thousandths as f32 / 1000.0
}

/// A point of the sheet.
pub(super) fn point(x: i32, y: i32) -> Point {
    Point::from_xy(points(x), points(y))
}

/// One length in proportion to another.
pub(super) fn share(length: i32, of: i32) -> f32 {
    length as f32 / of.max(1) as f32
}
