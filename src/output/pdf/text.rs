//! Runs as glyphs: each character where the grid has it, in the face that has it.
//!
//! Digits, letters and signs of ASCII take half a character. A face whose forms are wider has them drawn
//! narrower, one whose forms are narrower has them in the middle of their room.

use std::collections::BTreeMap;
use std::ops::Range;

use krilla::geom::Transform;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::points::{point, points, share};
use crate::fonts::{Fonts, Glyph, Typeface};
use crate::layout::{Char, Run, Turn};

/// A form that is wider than its room by less than this, in hundredths of the room, stays as it is: the grid
/// sets characters a little closer than they are wide.
const CLOSE: i32 = 4;
/// Signs that stand at the right of their room where they are narrower, and at its left.
const RIGHT: &str = "“‘（《〈「『【〔";
const LEFT: &str = "”’）》〉」』】〕，。、；：！？";

/// Faces as the library holds them, by file and index.
#[derive(Default)]
pub(super) struct Loaded(BTreeMap<(usize, u32), Font>);

impl Loaded {
    fn font(&mut self, face: &Typeface) -> Option<Font> {
        // Outlines are shared by all that was found in a file, so where they stand is which file it is.
        let key = (std::sync::Arc::as_ptr(face.outlines()) as usize, face.index());
        if let Some(font) = self.0.get(&key) {
            return Some(font.clone());
        }
        let font = Font::new(face.outlines().clone().into(), face.index())?;
        self.0.insert(key, font.clone());
        Some(font)
    }
}

/// The character of a cluster that is drawn; the marks behind it only say how.
pub(super) fn shown(cluster: &str) -> Option<char> {
    cluster.chars().next().filter(|c| !c.is_control())
}

/// Characters that one call draws: of one face, and drawn narrower by one measure.
struct Piece<'f> {
    face: &'f Typeface,
    /// Width of the room and of the form that is pressed into it, where one is wider.
    pressed: Option<(i32, i32)>,
    chars: Range<usize>,
    glyphs: Vec<Glyph>,
}

pub(super) fn draw(surface: &mut Surface<'_>, run: &Run, fonts: &Fonts, loaded: &mut Loaded) {
    let turned = turn(run);
    turned.iter().for_each(|turn| surface.push_transform(turn));
    for piece in pieces(run, fonts) {
        if let Some(font) = loaded.font(piece.face) {
            set(surface, run, &piece, font);
        }
    }
    turned.iter().for_each(|_| surface.pop());
}

fn pieces<'f>(run: &Run, fonts: &'f Fonts) -> Vec<Piece<'f>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (index, one) in run.chars.iter().enumerate() {
        let found = shown(&one.text).and_then(|c| fonts.glyph(run.face, c));
        let Some((face, glyph)) = found else { continue };
        let pressed = pressed(run, one, glyph);
        match pieces.last_mut() {
            Some(last)
                if std::ptr::eq(last.face, face) && last.pressed == pressed && last.chars.end == index =>
            {
                last.chars.end = index + 1;
                last.glyphs.push(glyph);
            }
            _ => pieces.push(Piece { face, pressed, chars: index..index + 1, glyphs: vec![glyph] }),
        }
    }
    pieces
}

/// The width of a form at the size of the run.
fn natural(run: &Run, glyph: Glyph) -> i32 {
    i32::try_from(i64::from(glyph.width) * i64::from(run.size) / 1000).unwrap_or_default()
}

fn pressed(run: &Run, one: &Char, glyph: Glyph) -> Option<(i32, i32)> {
    let natural = natural(run, glyph);
    (one.text.is_ascii() && natural * 100 > one.width * (100 + CLOSE)).then_some((one.width, natural))
}

/// How far into its room a form stands that is narrower.
fn inset(one: &Char, natural: i32) -> i32 {
    let free = one.width - natural;
    let c = shown(&one.text).unwrap_or(' ');
    match c {
        _ if free * 5 < one.width => 0,
        c if RIGHT.contains(c) => free,
        c if LEFT.contains(c) => 0,
        _ => free / 2,
    }
}

fn set(surface: &mut Surface<'_>, run: &Run, piece: &Piece<'_>, font: Font) {
    let chars = &run.chars[piece.chars.clone()];
    let Some(first) = chars.first() else { return };
    let (room, wide) = piece.pressed.unwrap_or((1, 1));
    // Lengths along the line as they are before they are pressed.
    let along = |length: i32| share(length, run.size) * share(wide, room);
    let mut text = String::new();
    let mut glyphs = Vec::with_capacity(chars.len());
    for (index, (one, glyph)) in chars.iter().zip(&piece.glyphs).enumerate() {
        let from = text.len();
        text.push_str(&one.text);
        let next = chars.get(index + 1).map_or(one.x + one.width, |next| next.x);
        let inset = if piece.pressed.is_some() { 0 } else { inset(one, natural(run, *glyph)) };
        let id = GlyphId::new(glyph.id);
        let (advance, inset) = (along(next - one.x), along(inset));
        glyphs.push(KrillaGlyph::new(id, advance, inset, 0.0, 0.0, from..text.len(), None));
    }
    let press = piece.pressed.map(|_| {
        let sx = share(room, wide);
        Transform::from_row(sx, 0.0, 0.0, 1.0, points(first.x) * (1.0 - sx), 0.0)
    });
    press.iter().for_each(|press| surface.push_transform(press));
    surface.draw_glyphs(point(first.x, run.baseline), &glyphs, font, &text, points(run.size), false);
    press.iter().for_each(|_| surface.pop());
}

/// A turn about the left end of the run.
fn turn(run: &Run) -> Option<Transform> {
    let angle = match run.turn {
        Turn::Upright => return None,
        Turn::Quarter => 90.0,
        Turn::Slant => -45.0,
    };
    Some(Transform::from_rotate_at(angle, points(run.edges().0), points(run.baseline)))
}
