//! One face of a font file: its glyphs, their widths, and whether it may be embedded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::raw::tables::gsub::{Gsub, SingleSubst, SubstitutionSubtables};
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

use super::file::{File, Unfit};
use super::image;

/// A face that has been read.
#[derive(Debug, Clone)]
pub struct Typeface {
    name: Arc<str>,
    frame: Arc<Frame>,
    outlines: Arc<Vec<u8>>,
}

/// What is kept of a face of a file.
#[derive(Debug)]
pub(super) struct Frame {
    path: PathBuf,
    file: File,
    index: u32,
    /// The file with what leads from characters to glyphs.
    bytes: Vec<u8>,
    /// Glyphs and widths of the characters below 128, which are looked up most and have forms of half a width.
    halves: Vec<Option<Glyph>>,
    drawn: Mutex<Drawn>,
}

/// The outlines that were read of a face.
#[derive(Debug, Default)]
struct Drawn {
    glyphs: BTreeSet<u32>,
    bytes: Arc<Vec<u8>>,
}

/// A glyph of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Glyph {
    /// Its number in the file.
    pub id: u32,
    /// Its width in thousandths of the size of the type.
    pub width: i32,
}

impl Frame {
    /// Reads a face of a file.
    ///
    /// # Errors
    /// It is broken, or must not be embedded.
    pub fn read(path: &Path, index: u32) -> Result<Frame, Unfit> {
        let file = File::open(path)?;
        let bytes = image::frame(&file, index)?;
        let font = FontRef::from_index(&bytes, index).map_err(|_| Unfit::Broken)?;
        let glyphs = font.maxp().map_err(|_| Unfit::Broken)?.num_glyphs();
        if glyphs == 0 || font.charmap().map('0').is_none() || font.head().is_err() {
            return Err(Unfit::Broken);
        }
        if font.os2().is_ok_and(|table| forbids(table.fs_type())) {
            return Err(Unfit::Forbidden);
        }
        let tables = halves(&font);
        let ascii = (0..128u8).map(|byte| {
            let plain = font.charmap().map(char::from(byte))?.to_u32();
            let id = tables.iter().find_map(|table| put(table, plain)).unwrap_or(plain);
            Some(Glyph { id, width: width(&font, id) })
        });
        let halves = ascii.collect();
        Ok(Frame { path: path.to_owned(), file, index, bytes, halves, drawn: Mutex::default() })
    }

    fn glyph(&self, c: char) -> Option<Glyph> {
        if let Some(half) = self.halves.get(c as usize) {
            return *half;
        }
        let font = FontRef::from_index(&self.bytes, self.index).ok()?;
        let id = font.charmap().map(c)?.to_u32();
        Some(Glyph { id, width: width(&font, id) })
    }

    /// The file with the outlines of these glyphs, and of those that were asked for before.
    pub(super) fn outlines(&self, glyphs: &BTreeSet<u32>) -> Result<Arc<Vec<u8>>, Unfit> {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if drawn.bytes.is_empty() || !glyphs.is_subset(&drawn.glyphs) {
            let all = &drawn.glyphs | glyphs;
            let bytes = image::outlines(&self.file, self.index, &all)?;
            *drawn = Drawn { glyphs: all, bytes: Arc::new(bytes) };
        }
        Ok(drawn.bytes.clone())
    }
}

impl Typeface {
    /// A face under the name by which it was found, without outlines as yet.
    pub(super) fn new(name: &str, frame: Arc<Frame>) -> Typeface {
        Typeface { name: name.into(), frame, outlines: Arc::default() }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file as it stands on the disk, where 0 stands for all that is not needed to draw the glyphs of the
    /// characters that were wanted.
    pub fn outlines(&self) -> &Arc<Vec<u8>> {
        &self.outlines
    }

    /// Which face of the file it is.
    pub fn index(&self) -> u32 {
        self.frame.index
    }

    /// Its glyph for a character: for digits, letters and signs of ASCII the half-width one, where it has that.
    pub fn glyph(&self, c: char) -> Option<Glyph> {
        self.frame.glyph(c)
    }

    /// The file that it stands in.
    pub(super) fn path(&self) -> &Path {
        &self.frame.path
    }

    /// Whether both are one face of one file, whatever they were found by.
    pub(super) fn is(&self, other: &Typeface) -> bool {
        Arc::ptr_eq(&self.frame, &other.frame)
    }

    /// The outlines of these glyphs.
    ///
    /// # Errors
    /// The file is broken.
    pub(super) fn read(&self, glyphs: &BTreeSet<u32>) -> Result<Arc<Vec<u8>>, Unfit> {
        self.frame.outlines(glyphs)
    }

    /// The same face with these outlines.
    pub(super) fn drawn(&mut self, outlines: Arc<Vec<u8>>) {
        self.outlines = outlines;
    }
}

/// Whether the rights of a face forbid to embed a part of it (fsType of OS/2): of the lower bits the most
/// permissive one holds; “no subsetting” and “bitmaps only” stand for themselves.
fn forbids(rights: u16) -> bool {
    rights & 0x000F == 0x0002 || rights & 0x0300 != 0
}

fn width(font: &FontRef<'_>, id: u32) -> i32 {
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units = font.head().map_or(1000, |head| i64::from(head.units_per_em().max(1)));
    let width = metrics.advance_width(GlyphId::new(id)).unwrap_or_default() as i64;
    i32::try_from(width * 1000 / units).unwrap_or_default()
}

/// The lookups of the feature `hwid`, which put forms of half a width in place of others.
fn halves<'f>(font: &FontRef<'f>) -> Vec<SingleSubst<'f>> {
    font.gsub().ok().and_then(|gsub| of_feature(&gsub)).unwrap_or_default()
}

fn of_feature<'f>(gsub: &Gsub<'f>) -> Option<Vec<SingleSubst<'f>>> {
    let (features, lookups) = (gsub.feature_list().ok()?, gsub.lookup_list().ok()?);
    let data = features.offset_data();
    let record =
        features.feature_records().iter().find(|record| record.feature_tag() == Tag::new(b"hwid"))?;
    let mut found = Vec::new();
    for index in record.feature(data).ok()?.lookup_list_indices() {
        let lookup = lookups.lookups().get(usize::from(index.get())).ok()?;
        if let Ok(SubstitutionSubtables::Single(tables)) = lookup.subtables() {
            found.extend(tables.iter().flatten());
        }
    }
    Some(found)
}

/// What a lookup puts in place of a glyph.
fn put(table: &SingleSubst<'_>, id: u32) -> Option<u32> {
    match table {
        SingleSubst::Format1(table) => {
            table.coverage().ok()?.get(GlyphId::new(id))?;
            Some(id.wrapping_add_signed(table.delta_glyph_id().into()) & 0xFFFF)
        }
        SingleSubst::Format2(table) => {
            let at = table.coverage().ok()?.get(GlyphId::new(id))?;
            table.substitute_glyph_ids().get(usize::from(at)).map(|id| id.get().to_u32())
        }
    }
}
