//! Where the values are printed beside their marks, so that no two run into each other.

use crate::zh::width::half_cells;

/// Labels that are tried at most.
const MOST: usize = 200;

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Area {
    /// So far to every side of a point.
    pub fn around((x, y): (i32, i32), wide: i32, high: i32) -> Area {
        Area { left: x - wide, top: y - high, right: x + wide, bottom: y + high }
    }

    fn meets(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, other: &Area) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }
}

/// A label that wants to be printed.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub text: String,
    /// Index of its curve, which gives it its colour.
    pub curve: usize,
    /// Middles of the places that suit it, best first.
    pub places: Vec<(i32, i32)>,
}

/// Pixels that a text takes, rather too many, as fonts differ.
pub(super) fn width(text: &str, size: i32) -> i32 {
    i32::try_from(half_cells(text)).unwrap_or(i32::MAX / 1000).min(1000) * size * 45 / 100 + 4
}

/// Prints as many labels as have room, the first ones first: away from marks and lines, or else across
/// lines. Gives the middle of each label that is printed.
pub(super) fn place<'w>(
    wishes: &'w [Wish],
    size: i32,
    room: Area,
    marks: &[Area],
    lines: &[Area],
) -> Vec<(&'w Wish, (i32, i32))> {
    let mut placed: Vec<(&Wish, (i32, i32))> = Vec::new();
    let mut taken: Vec<Area> = Vec::new();
    for wish in wishes.iter().take(MOST) {
        let wide = width(&wish.text, size) / 2;
        let area = |(x, y): (i32, i32)| {
            let x = x.min(room.right - wide).max(room.left + wide);
            ((x, y), Area::around((x, y), wide, size * 2 / 5))
        };
        let free = |area: &Area, strict: bool| {
            let met = |others: &[Area]| others.iter().any(|other| other.meets(area));
            room.holds(area) && !met(&taken) && !met(marks) && (!strict || !met(lines))
        };
        let mut places =
            [true, false].into_iter().flat_map(|strict| wish.places.iter().map(move |at| (*at, strict)));
        let found = places.find_map(|(at, strict)| Some(area(at)).filter(|(_, area)| free(area, strict)));
        if let Some((at, area)) = found {
            placed.push((wish, at));
            taken.push(area);
        }
    }
    placed
}
