//! The ink of a chart: what it is drawn of, put to the width of the type area.

use super::ink::{Colour, Face, Mark, Part, Run, Shape, Step};
use super::{Area, MIDDLE, Row, TWIP, line};
use crate::chart::Picture;
use crate::chart::ink::{self, Ink, Side};
use crate::document::measure::PICTURE_FOOT;

/// A quarter of a circle is drawn as a curve whose points lie so far along, in thousandths of the radius.
const ROUND: i32 = 552;

/// Places a chart at the foot of its row.
pub(super) fn place(marks: &mut Vec<Mark>, row: &Row, picture: &Picture, area: Area) {
    let to = Place {
        part: Part::Chart { block: row.block },
        left: area.left,
        foot: area.top + (row.top + row.height) as i32 * TWIP - PICTURE_FOOT as i32 * TWIP,
        wide: area.width,
        picture,
    };
    marks.extend(picture.ink.iter().map(|ink| to.mark(ink)));
}

/// Where a picture stands: its left edge, its foot and its width.
struct Place<'p> {
    part: Part,
    left: i32,
    foot: i32,
    wide: i32,
    picture: &'p Picture,
}

impl Place<'_> {
    /// Tenths of pixels of the picture as a length on the sheet.
    fn tenths(&self, tenths: i32) -> i32 {
        let wide = i64::from(self.picture.width.max(1)) * 10;
        i32::try_from(i64::from(tenths) * i64::from(self.wide) / wide).unwrap_or(0)
    }

    fn length(&self, pixels: i32) -> i32 {
        self.tenths(pixels * 10)
    }

    fn spot(&self, (x, y): ink::Spot) -> (i32, i32) {
        let high = i32::try_from(self.picture.height).unwrap_or(0);
        (self.left + self.length(x), self.foot - self.length(high - y))
    }

    fn mark(&self, ink: &Ink) -> Mark {
        match ink {
            Ink::Path { points, width, colour } => {
                let stroke = Some((sheet(*colour), self.length(*width)));
                Mark::Shape(Shape { part: self.part, path: self.path(points), fill: None, stroke })
            }
            Ink::Area { corners, colour } => {
                let mut path = self.path(corners);
                path.push(Step::Close);
                Mark::Shape(Shape { part: self.part, path, fill: Some(sheet(*colour)), stroke: None })
            }
            Ink::Disc { centre, radius, colour } => {
                let path = round(self.spot(*centre), self.length(*radius));
                Mark::Shape(Shape { part: self.part, path, fill: Some(sheet(*colour)), stroke: None })
            }
            Ink::Words { text, at, side, size, colour } => {
                let (size, at) = (self.tenths(*size), self.spot(*at));
                let chars = line::chars(text, 0, size / 2);
                let wide: i32 = chars.iter().map(|one| one.width).sum();
                let left = match side {
                    Side::Left => at.0,
                    Side::Middle => at.0 - wide / 2,
                    Side::Right => at.0 - wide,
                };
                let baseline = at.1 + size * MIDDLE / 100;
                let run =
                    Run { colour: sheet(*colour), baseline, chars, ..Run::of(self.part, Face::Song, size) };
                Mark::Run(run.moved(left))
            }
        }
    }

    fn path(&self, points: &[ink::Spot]) -> Vec<Step> {
        let step = |(index, point): (usize, &ink::Spot)| {
            let (x, y) = self.spot(*point);
            if index == 0 { Step::Move(x, y) } else { Step::Line(x, y) }
        };
        points.iter().enumerate().map(step).collect()
    }
}

/// A circle, from its right end on.
fn round((x, y): (i32, i32), r: i32) -> Vec<Step> {
    let k = r * ROUND / 1000;
    let quarter = |from: (i32, i32), to: (i32, i32)| {
        // The points lie on the tangents at both ends, which are upright and level by turns.
        let one = (x + from.0 * r + to.0 * k, y + from.1 * r + to.1 * k);
        let other = (x + to.0 * r + from.0 * k, y + to.1 * r + from.1 * k);
        Step::Curve([one, other, (x + to.0 * r, y + to.1 * r)])
    };
    vec![
        Step::Move(x + r, y),
        quarter((1, 0), (0, 1)),
        quarter((0, 1), (-1, 0)),
        quarter((-1, 0), (0, -1)),
        quarter((0, -1), (1, 0)),
        Step::Close,
    ]
}

fn sheet((red, green, blue): ink::Colour) -> Colour {
    Colour(red, green, blue)
}
