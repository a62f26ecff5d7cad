//! Photographs of a camera that was not held upright. Their file says how it was held and leaves the turning to the
//! reader, and readers differ; so they are drawn anew, upright, and look the same in every output.

use jpeg_encoder::{ColorType, Encoder, PixelDensity, SamplingFactor};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;

/// How well what is drawn anew is kept, of 100: no loss is to be seen in print.
const QUALITY: u8 = 92;

/// How the camera was held (Exif 2.3, 4.6.4, tag 0x0112).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Lines of the file are columns of the picture.
    lying: bool,
    /// The file has its columns from right to left.
    right_to_left: bool,
    /// The file has its lines from bottom to top.
    bottom_to_top: bool,
}

impl Turn {
    /// What a file says of it; nothing of one that is upright.
    pub fn of(exif: &[u8]) -> Option<Turn> {
        let turn = tag(exif).filter(|turn| (2..=8).contains(turn))?;
        Some(Turn {
            lying: turn >= 5,
            right_to_left: [2, 3, 7, 8].contains(&turn),
            bottom_to_top: [3, 4, 6, 7].contains(&turn),
        })
    }

    /// The pixels of the upright picture, each of `bytes` bytes, and its width and height.
    fn turned(
        self,
        pixels: &[u8],
        (width, height): (usize, usize),
        bytes: usize,
    ) -> (Vec<u8>, (usize, usize)) {
        let (across, down) = if self.lying { (height, width) } else { (width, height) };
        let mut upright = Vec::with_capacity(pixels.len());
        for y in 0..down {
            for x in 0..across {
                let (column, line) = if self.lying { (y, x) } else { (x, y) };
                let column = if self.right_to_left { width - 1 - column } else { column };
                let line = if self.bottom_to_top { height - 1 - line } else { line };
                let at = (line * width + column) * bytes;
                upright.extend_from_slice(&pixels[at..at + bytes]);
            }
        }
        (upright, (across, down))
    }

    /// The picture of a decoder, upright, as a JPEG of so many dots an inch, and its width and height; nothing where
    /// the file is damaged.
    pub fn draw(
        self,
        mut decoder: JpegDecoder<ZCursor<&[u8]>>,
        dots: Option<u32>,
    ) -> Option<(Vec<u8>, (u32, u32))> {
        let grey = decoder.input_colorspace()? == ColorSpace::Luma;
        let (colours, kind, bytes) = match grey {
            true => (ColorSpace::Luma, ColorType::Luma, 1),
            false => (ColorSpace::RGB, ColorType::Rgb, 3),
        };
        decoder.set_options(decoder.options().jpeg_set_out_colorspace(colours));
        let pixels = decoder.decode().ok()?;
        let (width, height) = decoder.dimensions()?;
        let whole = pixels.len() == width * height * bytes;
        let (pixels, (width, height)) = whole.then(|| self.turned(&pixels, (width, height), bytes))?;
        let (width, height) = (u16::try_from(width).ok()?, u16::try_from(height).ok()?);
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        if let Some(dots) = dots.and_then(|dots| u16::try_from(dots).ok()) {
            encoder.set_density(PixelDensity::dpi(dots));
        }
        if let Some(profile) = decoder.icc_profile() {
            encoder.add_icc_profile(&profile).ok()?;
        }
        encoder.encode(&pixels, width, height, kind).ok()?;
        Some((file, (width.into(), height.into())))
    }
}

/// The number of the tag.
fn tag(exif: &[u8]) -> Option<u16> {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let little = exif.starts_with(b"II");
    let number = |at: usize, count: usize| {
        let bytes = exif.get(at..at.checked_add(count)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    };
    let list = number(4, 4)?;
    let entries = number(list, 2)?;
    let mut entry = (0..entries.min(200)).map(|index| list + 2 + index * 12);
    let entry = entry.find(|at| number(*at, 2) == Some(0x0112))?;
    u16::try_from(number(entry + 8, 2)?).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Kind, read};
    use super::*;

    const ROAD: &[u8] = include_bytes!("../../../tests/data/图片/村路.jpg");

    /// A file of the road that says how the camera was held.
    fn held(turn: u8) -> Vec<u8> {
        let mut tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        tiff.extend([turn, 0, 0, 0, 0, 0, 0]);
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1];
        bytes.extend(u16::try_from(tiff.len() + 2).unwrap_or(0).to_be_bytes());
        [bytes, tiff, ROAD[2..].to_vec()].concat()
    }

    #[test]
    fn the_pixels_stand_where_the_standard_has_them() {
        // Two lines of three, as the file has them; each turn as a reader must show it.
        for (turn, shown) in [
            (2, "cba/fed"),
            (3, "fed/cba"),
            (4, "def/abc"),
            (5, "ad/be/cf"),
            (6, "da/eb/fc"),
            (7, "fc/eb/da"),
            (8, "cf/be/ad"),
        ] {
            let exif =
                [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(), &[turn, 0, 0, 0]].concat();
            let turn = Turn::of(&exif).expect("a turn");
            let (pixels, (across, _)) = turn.turned(b"abcdef", (3, 2), 1);
            let lines: Vec<_> = pixels.chunks(across).map(String::from_utf8_lossy).collect();
            assert_eq!(lines.join("/"), shown);
        }
    }

    #[test]
    fn a_photograph_that_lies_on_its_side_is_turned_and_another_kept_as_it_is() {
        let as_is = |turn: u8| read("a.jpg", Arc::from(held(turn))).expect("a picture");
        for upright in [0, 1, 9] {
            assert_eq!((as_is(upright).pixels, &as_is(upright).bytes[..]), ((48, 32), &held(upright)[..]));
        }
        let turned = as_is(6);
        assert_eq!((turned.kind, turned.pixels, turned.dots), (Kind::Jpeg, (32, 48), as_is(1).dots));
        let again = read("a.jpg", Arc::clone(&turned.bytes)).expect("an upright picture");
        assert_eq!((again.pixels, again.dots, &again.bytes), (turned.pixels, turned.dots, &turned.bytes));
        // It is known by the file that it came from.
        assert_ne!(turned.digest, as_is(8).digest);
        assert_eq!(turned, as_is(6));
    }

    #[test]
    fn damage_of_one_that_lies_on_its_side_never_panics() {
        let whole = held(6);
        for at in (0..whole.len()).step_by(3) {
            for other in [0, 0xFF, whole[at] ^ 1] {
                let mut bytes = whole.clone();
                bytes[at] = other;
                let _ = read("a.jpg", Arc::from(bytes));
            }
            assert!(read("a.jpg", Arc::from(&whole[..at])).is_err(), "{at}");
        }
    }

    #[test]
    fn turned_four_times_it_is_nearly_what_it_was() {
        let pixels = |bytes: &[u8]| JpegDecoder::new(ZCursor::new(bytes)).decode().expect("pixels");
        let mut bytes = held(6);
        for _ in 0..4 {
            let turned = read("a.jpg", Arc::from(bytes)).expect("a picture").bytes;
            let head = held(6);
            let exif = &head[2..head.len() - (ROAD.len() - 2)];
            bytes = [&turned[..2], exif, &turned[2..]].concat();
        }
        let (before, after) = (pixels(ROAD), pixels(&bytes));
        let apart: u32 = before.iter().zip(&after).map(|(one, other)| u32::from(one.abs_diff(*other))).sum();
        assert_eq!(before.len(), after.len());
        assert!((apart as usize) < before.len() * 6, "{apart} of {}", before.len());
    }
}
