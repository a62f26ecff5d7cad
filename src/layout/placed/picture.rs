//! A picture file in the middle of its row, on the foot of it.

use super::ink::{Colour, Face, Image, Mark, Part, Rule, Run};
use super::{Area, MIDDLE, Row, TWIP, line};
use crate::document::measure::PICTURE_FOOT;
use crate::document::{Change, Plate};
use crate::layout::Look;

/// Width of the frame around a picture that is new or gone, and around the place of one that is lost.
const FRAME: i32 = 1_000;
/// Size of the words in place of one that is lost.
const SIZE: i32 = 10_500;

/// Places a picture; one that is new or gone has a frame, so that it is told in black and white, too: one that is gone
/// is crossed out.
pub(super) fn place(marks: &mut Vec<Mark>, row: &Row, (plate, change): &(Plate, Option<Change>), area: Area) {
    let (width, height) = plate.size();
    let (width, height) = (width as i32 * TWIP, height as i32 * TWIP);
    let foot = area.top + (row.top + row.height) as i32 * TWIP - PICTURE_FOOT as i32 * TWIP;
    let (x, y) = (area.left + (area.width - width) / 2, foot - height);
    let block = row.block;
    let picture = std::sync::Arc::clone(&plate.picture);
    let ornament = Part::Ornament { block };
    let colour = line::colour(&Look { change: *change, ..Look::default() }, Colour::NOTED);
    let rule = |(x0, y0): (i32, i32), (x1, y1): (i32, i32)| {
        Mark::Rule(Rule { part: ornament, x0, y0, x1, y1, width: FRAME, colour })
    };
    let (left, right) = (x, x + width);
    if plate.picture.is_lost() {
        let chars = line::chars(&plate.picture.lost(), 0, SIZE / 2);
        let wide: i32 = chars.iter().map(|one| one.width).sum();
        let baseline = y + height / 2 + SIZE * MIDDLE / 100;
        let part = Part::Picture { block };
        let run = Run { baseline, chars, ..Run::of(part, Face::Song, SIZE) };
        marks.push(Mark::Run(run.moved(area.left + (area.width - wide) / 2)));
    } else {
        marks.push(Mark::Image(Image { part: Part::Picture { block }, x, y, width, height, picture }));
    }
    if plate.picture.is_lost() || change.is_some() {
        marks.push(rule((left, y), (right, y)));
        marks.push(rule((left, foot), (right, foot)));
        marks.push(rule((left, y), (left, foot)));
        marks.push(rule((right, y), (right, foot)));
    }
    if change.is_some_and(|change| !change.stays()) {
        marks.push(rule((left, y), (right, foot)));
        marks.push(rule((left, foot), (right, y)));
    }
}
