//! One face of a font file: its glyphs, their widths, and whether it may be embedded.

use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::raw::tables::gsub::{Gsub, SingleSubst, SubstitutionSubtables};
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

/// A face that has been read.
#[derive(Debug, Clone)]
pub struct Typeface {
    name: Arc<str>,
    data: Arc<Vec<u8>>,
    index: u32,
    /// Glyphs and widths of the characters below 128, which are looked up most and have forms of half a width.
    halves: Arc<[Option<Glyph>]>,
}

/// A glyph of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Glyph {
    /// Its number in the file.
    pub id: u32,
    /// Its width in thousandths of the size of the type.
    pub width: i32,
}

/// Why a face cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It cannot be read.
    Broken,
    /// Its maker does not allow that a part of it is put into a document.
    Forbidden,
}

impl Typeface {
    /// Reads a face of a file.
    pub(super) fn read(name: &str, data: Arc<Vec<u8>>, index: u32) -> Result<Typeface, Unfit> {
        let font = FontRef::from_index(&data, index).map_err(|_| Unfit::Broken)?;
        let glyphs = font.maxp().map_err(|_| Unfit::Broken)?.num_glyphs();
        if glyphs == 0 || font.charmap().map('0').is_none() || font.head().is_err() {
            return Err(Unfit::Broken);
        }
        if font.os2().is_ok_and(|table| forbids(table.fs_type())) {
            return Err(Unfit::Forbidden);
        }
        let halves = halves(&font);
        let ascii = (0..128u8).map(|byte| {
            let plain = font.charmap().map(char::from(byte))?.to_u32();
            let id = halves.iter().find_map(|table| put(table, plain)).unwrap_or(plain);
            Some(Glyph { id, width: width(&font, id) })
        });
        let halves = ascii.collect();
        Ok(Typeface { name: name.into(), data, index, halves })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file as a whole.
    pub fn data(&self) -> &Arc<Vec<u8>> {
        &self.data
    }

    /// Which face of the file it is.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Its glyph for a character: for digits, letters and signs of ASCII the half-width one, where it has that.
    pub fn glyph(&self, c: char) -> Option<Glyph> {
        if let Some(half) = self.halves.get(c as usize) {
            return *half;
        }
        let font = FontRef::from_index(&self.data, self.index).ok()?;
        let id = font.charmap().map(c)?.to_u32();
        Some(Glyph { id, width: width(&font, id) })
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
