//! Picture files in the report: what a line of the template says of one, what the file is, and the room it takes.
//!
//! ```text
//! 图片（村路.jpg）：2025年新修的村级公路
//! 图片（村路.jpg，宽 10厘米）：2025年新修的村级公路
//! ```
//!
//! The caption stands below the picture, as that of a chart does. The picture takes whole lines of the grid and stands
//! on the foot of the last of them.

mod kinds;
mod marks;
mod upright;

use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use kinds::{MOST_BYTES, read, too_large};
pub use marks::Marks;
pub(super) use marks::{slip, wrong_width};

use super::measure::{PICTURE_FOOT, PITCH, WIDTH};
use super::{Inline, plain};
use crate::diag::Diagnostic;

/// The folder of a project that its pictures lie in.
pub const FOLDER: &str = "图片";
/// Dots an inch of a file that says nothing of it, as screens have them.
const DOTS: u32 = 96;
/// Most lines of a page that a picture takes: two are left for its caption.
const MOST_LINES: usize = 20;
/// White between a picture and the head of its lines, so that no word processor makes them higher.
const PICTURE_HEAD: usize = 40;
/// Narrowest a picture may be made, in millimetres.
pub const NARROWEST: usize = 10;
/// Widest, the type area (5.2.1).
pub const WIDEST: usize = 156;

/// The rule of a picture that is not there.
pub const MISSING: &str = "picture-missing";

/// Finds the picture of a name: nothing for one that is still missing in a draft.
pub type Find<'f> = dyn Fn(&str) -> Result<Option<Arc<Picture>>, Diagnostic> + 'f;

/// What a report without a project finds: no picture at all.
///
/// # Errors
/// Always: there is no folder that one could lie in.
pub fn nowhere(name: &str) -> Result<Option<Arc<Picture>>, Diagnostic> {
    Err(Diagnostic::error(MISSING, format!("找不到图片“{name}”")))
}

/// Whether a line of a template would be taken for one that asks for a picture.
pub fn asks(line: &str) -> bool {
    Marks::read(line).is_some() || slip(line).is_some()
}

/// What stands in a draft where a picture is still missing.
pub(super) fn gap(name: &str) -> String {
    format!("【待补：{FOLDER}/{name}】")
}

/// The kinds of files that every output can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl Kind {
    /// Both.
    pub const ALL: [Kind; 2] = [Kind::Png, Kind::Jpeg];

    /// What the names of its files end in, in outputs.
    pub fn ending(self) -> &'static str {
        match self {
            Kind::Png => "png",
            Kind::Jpeg => "jpeg",
        }
    }

    /// What a browser calls it.
    pub fn mime(self) -> &'static str {
        match self {
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
        }
    }
}

/// A picture file. Two are the same where their bytes are, whatever else was found out about them.
#[derive(Clone)]
pub struct Picture {
    /// The name of its file.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Width and height in pixels, each at least 1.
    pub pixels: (u32, u32),
    /// Dots an inch, as the file says.
    pub dots: u32,
    /// The file, upright; empty of one that a 定稿 names and that is not there any more.
    pub bytes: Arc<[u8]>,
    /// Digest of the file as it lies in the folder, in hexadecimal digits.
    pub digest: String,
}

impl PartialEq for Picture {
    fn eq(&self, other: &Picture) -> bool {
        let said = |one: &Picture| (one.kind, one.pixels, one.dots);
        self.name == other.name && self.digest == other.digest && said(self) == said(other)
    }
}

impl Eq for Picture {}

impl std::fmt::Debug for Picture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Picture { name, kind, pixels: (width, height), digest, .. } = self;
        write!(out, "{name} ({kind:?} {width}×{height} {digest})")
    }
}

impl Picture {
    /// The digest of the bytes of a file.
    pub fn digest_of(bytes: &[u8]) -> String {
        Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether its bytes are not at hand.
    pub fn is_lost(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Its file as staff know it: `图片/村路.jpg`.
    pub fn path(&self) -> String {
        format!("{FOLDER}/{}", self.name)
    }

    /// As an address that holds the file itself.
    pub fn address(&self) -> String {
        use base64::Engine;
        let words = base64::engine::general_purpose::STANDARD.encode(&self.bytes);
        format!("data:{};base64,{words}", self.kind.mime())
    }

    /// What stands in place of one that is lost.
    pub fn lost(&self) -> String {
        format!("〔图片“{}”已换过或不在〕", self.name)
    }

    /// Twips of its width as it is, no wider than the type area.
    fn natural(&self) -> usize {
        let (wide, dots) = (self.pixels.0 as usize, self.dots.max(1) as usize);
        (wide * 1440 / dots).clamp(1, WIDTH)
    }
}

/// A picture in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plate {
    /// Caption below it; may be empty.
    pub caption: Vec<Inline>,
    /// The file.
    pub picture: Arc<Picture>,
    /// The width that is asked for, in millimetres; as the file says, where none is.
    pub width: Option<usize>,
}

impl Plate {
    /// The same picture under other words.
    pub fn with(&self, caption: Vec<Inline>) -> Plate {
        Plate { caption, ..self.clone() }
    }

    /// Width and height on the page, in twips: in proportion, no wider than the type area and no higher than a page
    /// leaves it.
    pub fn size(&self) -> (usize, usize) {
        let (across, down) = (self.picture.pixels.0.max(1) as usize, self.picture.pixels.1.max(1) as usize);
        let wide = self.width.map_or(self.picture.natural(), twips).clamp(1, WIDTH);
        let high = (wide * down / across).max(1);
        let most = MOST_LINES * PITCH - PICTURE_FOOT - PICTURE_HEAD;
        if high <= most { (wide, high) } else { ((most * across / down).max(1), most) }
    }

    /// Lines of the grid that it takes, its caption not counted.
    pub fn lines(&self) -> usize {
        (self.size().1 + PICTURE_FOOT + PICTURE_HEAD).div_ceil(PITCH)
    }

    /// The width to ask for so that the picture is as wide as it is found in a file, in twips; none where it would be
    /// so wide by itself.
    pub fn asked(picture: &Arc<Picture>, wide: usize) -> Option<usize> {
        let own = Plate { caption: Vec::new(), picture: Arc::clone(picture), width: None };
        let asked = (wide * 254 + 7200) / 14_400;
        (own.size().0.abs_diff(wide) > 1).then(|| asked.clamp(NARROWEST, WIDEST))
    }

    /// What is said of it to those who do not see it.
    pub fn described(&self) -> String {
        if self.caption.is_empty() { format!("图片：{}", self.picture.name) } else { plain(&self.caption) }
    }

    /// The line of the template that asks for it, without its caption.
    pub fn opening(&self) -> String {
        marks::written(&self.picture.name, self.width)
    }
}

/// Twips of whole millimetres.
fn twips(millimetres: usize) -> usize {
    (millimetres * 14_400 / 254).min(WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plate(pixels: (u32, u32), dots: u32, width: Option<usize>) -> Plate {
        let name = "a.png".to_owned();
        let picture =
            Picture { name, kind: Kind::Png, pixels, dots, bytes: Arc::from([0]), digest: String::new() };
        Plate { caption: Vec::new(), picture: Arc::new(picture), width }
    }

    #[test]
    fn a_picture_is_as_large_as_it_says_and_fits_on_a_page() {
        assert_eq!(plate((300, 150), 300, None).size(), (1440, 720));
        assert_eq!(plate((4000, 3000), 72, None).size(), (WIDTH, WIDTH * 3 / 4));
        let high = plate((1000, 4000), 72, None);
        assert_eq!(high.lines(), MOST_LINES);
        assert_eq!(high.size().0, high.size().1 / 4);
        assert_eq!(plate((300, 150), 300, Some(100)).size().0, 5669);
        assert_eq!(plate((1, 30_000), 96, None).size().0, 1);
    }

    #[test]
    fn a_width_that_was_asked_for_is_told_from_one_that_was_not() {
        for (pixels, dots) in [((300, 150), 300), ((4000, 3000), 72), ((1000, 1400), 150)] {
            for width in [None, Some(NARROWEST), Some(85), Some(100), Some(155)] {
                let one = plate(pixels, dots, width);
                if width.is_some() && one.lines() >= MOST_LINES {
                    continue;
                }
                assert_eq!(Plate::asked(&one.picture, one.size().0), width, "{pixels:?} {width:?}");
            }
        }
    }
}
