//! A file that is read in part draws the same glyphs as the whole one, and says it where it breaks off.
//!
//! The faces are those of this computer; where it has none, there is nothing to hold.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use skrifa::{FontRef, MetadataProvider};
use subsetter::GlyphRemapper;

use super::file::{File, Unfit};
use super::typeface::Frame;
use super::{folders, image};

/// Files of the system of both kinds of outlines, alone and in collections, at most a few of each ending.
fn some() -> Vec<PathBuf> {
    let all = folders::of_system().into_iter().flat_map(|folder| folders::files(&folder));
    let mut by_ending: std::collections::BTreeMap<_, Vec<PathBuf>> = std::collections::BTreeMap::new();
    for path in all {
        by_ending.entry(path.extension().map(ToOwned::to_owned)).or_default().push(path);
    }
    by_ending.into_values().flat_map(|paths| paths.into_iter().take(3)).collect()
}

/// The part of a font with these glyphs.
fn cut(data: &[u8], index: u32, glyphs: &BTreeSet<u32>) -> Vec<u8> {
    let mut order = GlyphRemapper::new();
    glyphs.iter().filter_map(|glyph| u16::try_from(*glyph).ok()).for_each(|glyph| _ = order.remap(glyph));
    subsetter::subset(data, index, &order).expect("a font")
}

#[test]
fn what_is_read_of_a_file_draws_what_the_whole_draws() {
    for path in some() {
        let (file, whole) = (File::open(&path).expect("a font"), std::fs::read(&path).expect("a file"));
        for face in file.described().iter().step_by(3) {
            let index = face.index;
            let font = FontRef::from_index(&whole, index).expect("a face");
            let count = u32::from(font.glyph_names().num_glyphs() as u16);
            // Accented letters are put together of others, Han stand all over the file.
            let chosen = "的一是０Äéǖ（％".chars().filter_map(|c| font.charmap().map(c));
            let some = chosen.map(skrifa::GlyphId::to_u32).chain((0..count).step_by(977)).collect();
            for glyphs in [BTreeSet::new(), some] {
                let part = image::outlines(&file, index, &glyphs).expect("a font");
                assert!(
                    cut(&part, index, &glyphs) == cut(&whole, index, &glyphs),
                    "{} {index}",
                    path.display()
                );
            }
            let frame = image::frame(&file, index).expect("a font");
            let known = FontRef::from_index(&frame, index).expect("a face");
            for c in "的一龥𠮷0Aa%é，\u{10FFFD}".chars() {
                assert_eq!(known.charmap().map(c), font.charmap().map(c), "{} {c}", path.display());
            }
        }
    }
}

#[test]
fn names_are_those_of_every_language() {
    for path in some() {
        let described = File::open(&path).expect("a font").described();
        assert!(!described.is_empty(), "{}", path.display());
        if path.ends_with("NotoSansCJK-Regular.ttc") {
            let of = |name: &str| described.iter().find(|face| face.families.iter().any(|one| one == name));
            assert_eq!(of("notosanscjksc").map(|face| (face.index, face.weight)), Some((2, 400)));
        }
    }
}

/// A file with these bytes.
fn kept(folder: &Path, bytes: &[u8]) -> PathBuf {
    let path = folder.join("a.ttf");
    std::fs::write(&path, bytes).expect("a file");
    path
}

#[test]
fn a_file_that_breaks_off_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in some() {
        let whole = std::fs::read(path).expect("a file");
        for share in 0..40 {
            let path = kept(folder.path(), &whole[..whole.len() * share / 40]);
            let read = Frame::read(&path, 0).err().or_else(|| {
                let file = File::open(&path).ok()?;
                image::outlines(&file, 0, &BTreeSet::from([1])).err()
            });
            // A part behind the outlines may be one that nobody needs.
            assert!(read == Some(Unfit::Broken) || share > 20, "{share}");
        }
    }
    for bytes in
        [&b""[..], b"ttcf\0\x01\0\0\0\0\0\0", b"ttcf\0\x01\0\0\xFF\xFF\xFF\xFF", b"OTTO\xFF\xFF\0\0\0\0\0\0"]
    {
        assert_eq!(Frame::read(&kept(folder.path(), bytes), 0).err(), Some(Unfit::Broken));
    }
}

#[test]
fn a_file_that_is_cut_while_it_is_open_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in some().into_iter().take(1) {
        let path = kept(folder.path(), &std::fs::read(path).expect("a file"));
        let frame = Frame::read(&path, 0).expect("a face");
        std::fs::write(&path, "short").expect("a file");
        assert_eq!(frame.outlines(&BTreeSet::from([1])).err(), Some(Unfit::Broken));
    }
}

#[test]
fn outlines_are_kept_and_grow() {
    for path in some() {
        let frame = Frame::read(&path, 0).expect("a face");
        let one = frame.outlines(&BTreeSet::from([1, 2])).expect("outlines");
        let again = frame.outlines(&BTreeSet::from([2])).expect("outlines");
        assert!(std::sync::Arc::ptr_eq(&one, &again));
        let more = frame.outlines(&BTreeSet::from([3])).expect("outlines");
        let all = BTreeSet::from([1, 2, 3]);
        assert!(cut(&more, 0, &all) == cut(&std::fs::read(&path).expect("a file"), 0, &all));
        // What else was read of a file is not seen in what is drawn from it.
        let two = BTreeSet::from([1, 2]);
        assert!(cut(&more, 0, &two) == cut(&one, 0, &two));
    }
}
