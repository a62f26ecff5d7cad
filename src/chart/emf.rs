//! The picture as an enhanced metafile ([MS-EMF]), which Word, WPS and LibreOffice show as the drawing it is.
//!
//! One unit of the device is a hundredth of a millimetre, so that nothing has to be mapped; places are those of the picture,
//! scaled, and every character has its width said, so that no stand-in face moves the words.

use super::Picture;
use super::ink::{Colour, Ink, Side, Spot};
use crate::zh::width::half_cells;

const HEADER: u32 = 1;
const EOF: u32 = 14;
const SET_BACKGROUND_MODE: u32 = 18;
const SET_TEXT_ALIGN: u32 = 22;
const SET_TEXT_COLOUR: u32 = 24;
const SELECT: u32 = 37;
const CREATE_PEN: u32 = 38;
const CREATE_BRUSH: u32 = 39;
const DELETE: u32 = 40;
const ELLIPSE: u32 = 42;
const CREATE_FONT: u32 = 82;
const TEXT: u32 = 84;
const POLYGON: u32 = 86;
const POLYLINE: u32 = 87;
/// Stock objects: no pen, no brush.
const NO_PEN: u32 = 0x8000_0008;
const NO_BRUSH: u32 = 0x8000_0005;
/// The one object that is made at a time.
const OBJECT: u32 = 1;
/// The paper that the picture was made for, in its units and in millimetres.
const DEVICE: (i32, i32) = (32_000, 20_000);
const GB2312: u8 = 134;
/// The number one as the format writes scales (IEEE 754, single).
const ONE: u32 = 0x3F80_0000;

/// The picture so wide, in hundredths of a millimetre, its words in this face.
pub(super) fn write(picture: &Picture, width: i32, face: &str) -> Vec<u8> {
    let mut emf =
        Emf { records: Vec::new(), count: 1, picture: i64::from(picture.width), width: i64::from(width) };
    emf.record(SET_BACKGROUND_MODE, &[1]);
    // On the baseline.
    emf.record(SET_TEXT_ALIGN, &[24]);
    picture.ink.iter().for_each(|ink| emf.ink(ink, face));
    emf.record(EOF, &[0, 16, 20]);
    let height = emf.scaled(i32::try_from(picture.height).unwrap_or(0));
    emf.file((width, height))
}

struct Emf {
    /// Everything behind the header.
    records: Vec<u8>,
    /// Records, the header among them.
    count: u32,
    /// Pixels of the picture, and units, from side to side.
    picture: i64,
    width: i64,
}

impl Emf {
    /// Pixels as units.
    fn scaled(&self, pixels: i32) -> i32 {
        self.tenths(i64::from(pixels) * 10)
    }

    fn tenths(&self, tenths: i64) -> i32 {
        i32::try_from((tenths * self.width + self.picture * 5).div_euclid(self.picture * 10)).unwrap_or(0)
    }

    fn spot(&self, (x, y): Spot) -> Spot {
        (self.scaled(x), self.scaled(y))
    }

    fn record(&mut self, kind: u32, words: &[u32]) {
        let body: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.bytes(kind, body);
    }

    /// A record is as many whole words long as it needs.
    fn bytes(&mut self, kind: u32, mut body: Vec<u8>) {
        body.resize(body.len().next_multiple_of(4), 0);
        self.records.extend(kind.to_le_bytes());
        self.records.extend((body.len() as u32 + 8).to_le_bytes());
        self.records.extend(body);
        self.count += 1;
    }

    fn ink(&mut self, ink: &Ink, face: &str) {
        match ink {
            Ink::Path { points, width, colour } => {
                let width = self.scaled(*width).max(1);
                self.record(CREATE_PEN, &[OBJECT, 0, width as u32, 0, colour_of(*colour)]);
                self.with(NO_BRUSH, |emf| emf.points(POLYLINE, points));
            }
            Ink::Area { corners, colour } => {
                self.record(CREATE_BRUSH, &[OBJECT, 0, colour_of(*colour), 0]);
                self.with(NO_PEN, |emf| emf.points(POLYGON, corners));
            }
            Ink::Disc { centre: (x, y), radius, colour } => {
                self.record(CREATE_BRUSH, &[OBJECT, 0, colour_of(*colour), 0]);
                let (from, to) = (self.spot((x - radius, y - radius)), self.spot((x + radius, y + radius)));
                let bounds = [from.0, from.1, to.0, to.1].map(|side| side as u32);
                self.with(NO_PEN, |emf| emf.record(ELLIPSE, &bounds));
            }
            Ink::Words { text, at, side, size, colour } => {
                let size = self.tenths(i64::from(*size));
                self.font(size, face);
                self.record(SET_TEXT_COLOUR, &[colour_of(*colour)]);
                let at = self.spot(*at);
                self.with(NO_PEN, |emf| emf.text(text, at, *side, size));
            }
        }
    }

    /// Draws with the object that was made, and without another.
    fn with(&mut self, without: u32, draw: impl FnOnce(&mut Emf)) {
        self.record(SELECT, &[OBJECT]);
        self.record(SELECT, &[without]);
        draw(self);
        // The object must not be in use when it goes: pens, brushes and the system's font stand in for it.
        [NO_PEN, NO_BRUSH, 0x8000_000D].into_iter().for_each(|stock| self.record(SELECT, &[stock]));
        self.record(DELETE, &[OBJECT]);
    }

    fn points(&mut self, kind: u32, points: &[Spot]) {
        let mut body = bounds(points.iter().map(|spot| self.spot(*spot)));
        body.extend((points.len() as u32).to_le_bytes());
        for (x, y) in points.iter().map(|spot| self.spot(*spot)) {
            body.extend(short(x).to_le_bytes());
            body.extend(short(y).to_le_bytes());
        }
        self.bytes(kind, body);
    }

    fn font(&mut self, size: i32, face: &str) {
        let mut body = Vec::with_capacity(324);
        body.extend(OBJECT.to_le_bytes());
        for word in [-size, 0, 0, 0, 400] {
            body.extend(word.to_le_bytes());
        }
        // Neither slanted nor underlined nor struck; the character set of Chinese; defaults.
        body.extend([0, 0, 0, GB2312, 0, 0, 0, 0]);
        let name: Vec<u16> = face.encode_utf16().take(31).collect();
        body.extend(name.iter().flat_map(|unit| unit.to_le_bytes()));
        body.resize(324, 0);
        self.bytes(CREATE_FONT, body);
    }

    fn text(&mut self, text: &str, (x, y): Spot, side: Side, size: i32) {
        let widths: Vec<i32> = text.chars().map(|c| advance(c, size)).collect();
        let wide: i32 = widths.iter().sum();
        let left = match side {
            Side::Left => x,
            Side::Middle => x - wide / 2,
            Side::Right => x - wide,
        };
        // The middle of a Chinese character is 0.36 of its height above the baseline.
        let baseline = y + size * 36 / 100;
        let units: Vec<u16> = text.encode_utf16().collect();
        // The second half of a pair has no width of its own.
        let dx = text
            .chars()
            .zip(&widths)
            .flat_map(|(c, width)| std::iter::once(*width).chain(std::iter::repeat_n(0, c.len_utf16() - 1)));
        let mut body = bounds([(left, y - size), (left + wide, y + size)].into_iter());
        // Compatible mode; a unit is a hundredth of a millimetre both ways.
        for word in [1u32, ONE, ONE, left as u32, baseline as u32, units.len() as u32, 76, 0] {
            body.extend(word.to_le_bytes());
        }
        body.extend([0; 16]);
        let after = (76 + units.len() * 2).next_multiple_of(4);
        body.extend((after as u32).to_le_bytes());
        body.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        body.resize(after - 8, 0);
        dx.for_each(|width| body.extend(width.to_le_bytes()));
        self.bytes(TEXT, body);
    }

    /// The header, then all records.
    fn file(self, (width, height): (i32, i32)) -> Vec<u8> {
        const LENGTH: u32 = 108;
        let bytes = LENGTH + self.records.len() as u32;
        let mut file = Vec::with_capacity(bytes as usize);
        let mut push = |word: u32| file.extend(word.to_le_bytes());
        [HEADER, LENGTH].into_iter().for_each(&mut push);
        for _ in ["bounds", "frame"] {
            [0, 0, width, height].into_iter().for_each(|side| push(side as u32));
        }
        // " EMF", version 1.
        [0x464D_4520, 0x0001_0000, bytes, self.count].into_iter().for_each(&mut push);
        // Two handles, of which the first is reserved; no description, no palette.
        [OBJECT + 1, 0, 0, 0].into_iter().for_each(&mut push);
        for side in
            [DEVICE.0, DEVICE.1, DEVICE.0 / 100, DEVICE.1 / 100, 0, 0, 0, DEVICE.0 * 10, DEVICE.1 * 10]
        {
            push(side as u32);
        }
        file.extend(self.records);
        file
    }
}

/// Half of a character's height, or all of it.
fn advance(c: char, size: i32) -> i32 {
    let mut buffer = [0; 4];
    size * i32::try_from(half_cells(c.encode_utf8(&mut buffer))).unwrap_or(2) / 2
}

fn bounds(points: impl Iterator<Item = Spot> + Clone) -> Vec<u8> {
    let (left, right) = ends(points.clone().map(|(x, _)| x));
    let (top, bottom) = ends(points.map(|(_, y)| y));
    [left, top, right, bottom].into_iter().flat_map(i32::to_le_bytes).collect()
}

fn ends(numbers: impl Iterator<Item = i32> + Clone) -> (i32, i32) {
    (numbers.clone().min().unwrap_or(0), numbers.max().unwrap_or(0))
}

fn short(number: i32) -> i16 {
    number.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

fn colour_of((red, green, blue): Colour) -> u32 {
    u32::from_le_bytes([red, green, blue, 0])
}
