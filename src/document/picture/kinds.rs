//! What a file is, told by its bytes: PNG and JPEG are read, what else is met is called by its name.

use std::io::Cursor;
use std::sync::Arc;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::upright::Turn;
use super::{DOTS, Kind, Picture};
use crate::diag::Diagnostic;

/// Larger files are not read.
pub const MOST_BYTES: u64 = 20 * 1024 * 1024;
/// Pictures of more pixels are none that a printed page can show: 50 million.
const MOST_PIXELS: u64 = 50_000_000;
/// Longest side, in pixels.
const LONGEST: u32 = 30_000;
/// How far apart dots may be, on an inch, to be believed.
const BELIEVED: std::ops::RangeInclusive<u32> = 30..=2400;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xFF\xD8\xFF";

/// Files that are no picture of ours: where their mark stands, the mark, and what they are.
const OTHERS: [(usize, &[u8], &str); 22] = [
    (0, b"BM", "BMP 位图"),
    (0, b"GIF8", "GIF 动图"),
    (8, b"WEBP", "WebP 图片"),
    (4, b"ftypheic", HEIC),
    (4, b"ftypheix", HEIC),
    (4, b"ftyphevc", HEIC),
    (4, b"ftypmif1", HEIC),
    (4, b"ftypmsf1", HEIC),
    (4, b"ftypavif", "AVIF 图片"),
    (4, b"ftyp", "视频"),
    (0, b"II*\0", "TIFF 图片"),
    (0, b"MM\0*", "TIFF 图片"),
    (0, b"8BPS", "Photoshop 文件"),
    (0, b"%PDF", "PDF 文件"),
    (0, b"%!PS", "PostScript 文件"),
    (0, b"PK\x03\x04", "压缩文件，或 Word、Excel 文件"),
    (0, b"\xD0\xCF\x11\xE0", "旧的 Word、Excel 文件"),
    (0, b"\xD7\xCD\xC6\x9A", "WMF 矢量图"),
    (40, b" EMF", "EMF 矢量图"),
    (0, b"<svg", "SVG 矢量图"),
    (0, b"<?xml", "SVG 矢量图"),
    (0, b"\0\0\x01\0", "图标文件"),
];
const HEIC: &str = "苹果手机的 HEIC 照片";

/// Reads a file of this name in the folder of pictures.
///
/// # Errors
/// It is empty, too large, of another kind, cut off, or of a form that not every output can show.
pub fn read(name: &str, bytes: Arc<[u8]>) -> Result<Picture, Diagnostic> {
    let file = File(name);
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large(name, bytes.len() as u64));
    }
    let Read { kind, pixels, dots, upright } = match &bytes[..] {
        [] => return Err(file.broken("是空的")),
        start if start.starts_with(PNG) => png(file, start)?,
        start if start.starts_with(JPEG) => jpeg(file, start)?,
        other => return Err(file.other(other)),
    };
    let dots = dots.filter(|dots| BELIEVED.contains(dots)).unwrap_or(DOTS);
    let digest = Picture::digest_of(&bytes);
    let bytes = upright.map_or(bytes, Arc::from);
    Ok(Picture { name: name.to_owned(), kind, pixels, dots, bytes, digest })
}

/// Says that a file of so many bytes is too large.
pub fn too_large(name: &str, bytes: u64) -> Diagnostic {
    let size = bytes.div_ceil(1024 * 1024);
    let message = format!("图片“{name}”有{size}MB，超过20MB");
    Diagnostic::error("picture-too-large", message)
        .hint("请用“画图”打开，在“重新调整大小”里把水平改到3000像素以内，再另存为 JPG")
}

/// What is found out about a file.
struct Read {
    kind: Kind,
    pixels: (u32, u32),
    dots: Option<u32>,
    /// The file that takes its place where it lies on its side.
    upright: Option<Vec<u8>>,
}

#[derive(Clone, Copy)]
struct File<'n>(&'n str);

impl File<'_> {
    fn error(self, rule: &'static str, what: &str) -> Diagnostic {
        Diagnostic::error(rule, format!("图片“{}”{what}", self.0))
    }

    fn broken(self, what: &str) -> Diagnostic {
        self.error("picture-broken", what).hint("请换一份完好的，或从手机、相机里重新拷一次")
    }

    /// A file of another kind.
    fn other(self, bytes: &[u8]) -> Diagnostic {
        let is = |(at, mark, _): &&(usize, &[u8], &str)| {
            bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark))
        };
        let what = OTHERS.iter().find(is).map(|(.., what)| *what);
        let message = match what {
            Some(what) => format!("是{what}，放不进报告"),
            None => "不是图片，或者是认不出来的格式".to_owned(),
        };
        let problem = self.error("picture-kind", &message);
        let hint = "报告里能放 JPG 和 PNG：请用“画图”打开它，另存为 JPG 或 PNG，不要只改文件名的后缀";
        match what {
            Some(HEIC) => problem.hint(hint).hint("以后拍照，可在手机“设置—相机—格式”里选“兼容性最佳”"),
            _ => problem.hint(hint),
        }
    }

    fn sized(self, (width, height): (u32, u32)) -> Result<(), Diagnostic> {
        let all = u64::from(width) * u64::from(height);
        if width == 0 || height == 0 {
            return Err(self.broken("没有画面"));
        }
        if all > MOST_PIXELS || width.max(height) > LONGEST {
            let what = format!("有{width}×{height}像素，太大了，印不出这么细");
            let problem = self.error("picture-pixels", &what);
            return Err(problem.hint("请用“画图”打开，在“重新调整大小”里把水平改到3000像素以内，再另存"));
        }
        Ok(())
    }
}

/// A PNG, read to its end: one that is cut off is found.
fn png(file: File<'_>, bytes: &[u8]) -> Result<Read, Diagnostic> {
    let cut = |_| file.broken("已损坏，读不完整");
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    let header = decoder.read_header_info().map_err(cut)?;
    let pixels = (header.width, header.height);
    file.sized(pixels)?;
    let mut reader = decoder.read_info().map_err(cut)?;
    let dots = reader.info().pixel_dims.filter(|dims| dims.unit == png::Unit::Meter).map(|dims| {
        let inch = u64::from(dims.xppu) * 254;
        u32::try_from((inch + 5_000) / 10_000).unwrap_or(0)
    });
    while reader.next_row().map_err(cut)?.is_some() {}
    reader.finish().map_err(cut)?;
    Ok(Read { kind: Kind::Png, pixels, dots, upright: None })
}

/// A JPEG: its head, and that it has an end.
fn jpeg(file: File<'_>, bytes: &[u8]) -> Result<Read, Diagnostic> {
    let options = DecoderOptions::default().set_max_width(u16::MAX.into()).set_max_height(u16::MAX.into());
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| file.broken("已损坏，或者是少见的 JPEG，读不出来"))?;
    let (Some(info), Some(colours)) = (decoder.info(), decoder.input_colorspace()) else {
        return Err(file.broken("已损坏，读不完整"));
    };
    let pixels = (u32::from(info.width), u32::from(info.height));
    file.sized(pixels)?;
    let scan = scan(bytes).unwrap_or(bytes.len());
    if !bytes[scan..].windows(2).any(|pair| pair == b"\xFF\xD9") {
        return Err(file.broken("不完整，下半截没有了"));
    }
    if !matches!(colours, ColorSpace::Luma | ColorSpace::YCbCr | ColorSpace::RGB) {
        let problem = file.error("picture-colours", "是印刷用的四色（CMYK）图片，各种软件里的颜色会不一样");
        return Err(problem.hint("请用“画图”打开，另存为 JPG，就变成普通的颜色了"));
    }
    let dots = density(bytes);
    let (upright, pixels) = match info.exif_data.as_deref().and_then(Turn::of) {
        Some(turn) => {
            let drawn = turn.draw(decoder, dots);
            let (upright, pixels) = drawn.ok_or_else(|| file.broken("已损坏，读不完整"))?;
            (Some(upright), pixels)
        }
        None => (None, pixels),
    };
    Ok(Read { kind: Kind::Jpeg, pixels, dots, upright })
}

/// Dots an inch that the head of a JPEG says right behind its mark (JFIF 1.02), which the library does not tell.
fn density(bytes: &[u8]) -> Option<u32> {
    let head = bytes.get(6..14).filter(|head| head.starts_with(b"JFIF\0"))?;
    let across = u32::from(u16::from_be_bytes([*bytes.get(14)?, *bytes.get(15)?]));
    match head[7..] {
        [1] => Some(across),
        [2] => Some((across * 254 + 50) / 100),
        _ => None,
    }
}

/// Where the first scan of a JPEG begins, behind the parts that may hold small pictures of their own.
fn scan(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let head = bytes.get(at..at + 4)?;
        if head[0] != 0xFF {
            return None;
        }
        match head[1] {
            0xDA => return Some(at),
            // Fill bytes, and marks without a length.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD7 => at += 2,
            _ => at += 2 + usize::from(u16::from_be_bytes([head[2], head[3]])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROAD: &[u8] = include_bytes!("../../../tests/data/图片/村路.jpg");
    const MAP: &[u8] = include_bytes!("../../../tests/data/图片/示意图.png");

    fn rule(bytes: &[u8]) -> &'static str {
        read("a.jpg", Arc::from(bytes)).map(|_| "").unwrap_or_else(|problem| problem.rule)
    }

    fn words(bytes: &[u8]) -> String {
        read("a.jpg", Arc::from(bytes)).expect_err("a problem").message
    }

    #[test]
    fn kinds_are_told_by_their_bytes() {
        let road = read("a.png", Arc::from(ROAD)).expect("a JPEG");
        assert_eq!((road.kind, road.pixels, road.dots), (Kind::Jpeg, (48, 32), 72));
        let map = read("a.jpg", Arc::from(MAP)).expect("a PNG");
        assert_eq!((map.kind, map.pixels, map.dots), (Kind::Png, (40, 30), 150));
        assert_ne!(road.digest, map.digest);
    }

    #[test]
    fn what_is_cut_off_is_found_wherever_it_is_cut() {
        for whole in [ROAD, MAP] {
            for end in 0..whole.len() - 2 {
                assert!(matches!(rule(&whole[..end]), "picture-broken" | "picture-kind"), "{end}");
            }
        }
    }

    #[test]
    fn damage_never_panics() {
        for whole in [ROAD, MAP] {
            for at in 0..whole.len() {
                for other in [0, 0xFF, whole[at] ^ 1] {
                    let mut bytes = whole.to_vec();
                    bytes[at] = other;
                    let _ = read("a.jpg", Arc::from(bytes));
                }
            }
        }
    }

    #[test]
    fn other_kinds_are_called_by_their_name() {
        for (bytes, what) in [
            (&b"BM123456"[..], "BMP"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
            (b"GIF89a", "GIF"),
            (b"PK\x03\x04\x14\0", "Word"),
            (b"hello", "认不出来"),
        ] {
            assert!(words(bytes).contains(what), "{}", words(bytes));
            assert_eq!(rule(bytes), "picture-kind");
        }
        assert_eq!(rule(b""), "picture-broken");
    }

    #[test]
    fn a_head_that_promises_too_many_pixels_is_not_believed() {
        let mut huge = MAP.to_vec();
        huge[16..24].copy_from_slice(&[0, 0, 0x75, 0, 0, 0, 0x75, 0]);
        let mut checksum = flate2::Crc::new();
        checksum.update(&huge[12..29]);
        huge[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
        assert_eq!(rule(&huge), "picture-pixels");
    }
}
