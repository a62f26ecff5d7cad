//! A font file in memory as it stands on the disk, with the parts that are needed of it: the other bytes are 0,
//! and a system gives no memory for what is 0 and was never touched.

use std::collections::BTreeSet;
use std::ops::Range;

use skrifa::raw::ps::cff::dict::{self, Entry};
use skrifa::raw::ps::cff::index::Index;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::raw::tables::loca::Loca;
use skrifa::raw::{FontData, FontRead};

use super::file::{File, Unfit};

/// The common allocators take a block of this size fresh from the system, which need not be set to 0.
const FRESH: usize = 33 << 20;
/// Parts with less between them are read in one.
const NEAR: usize = 4096;
/// The head of a CFF table up to its first dictionary is shorter.
const CFF_HEAD: usize = 4096;
/// Tables by which characters become glyphs with widths.
const FRAME: [&[u8; 4]; 7] = [b"head", b"hhea", b"hmtx", b"maxp", b"OS/2", b"cmap", b"GSUB"];
/// Tables that nobody needs who draws a glyph, beside those with the outlines, which are read in part.
const LEFT_OUT: [&[u8; 4]; 17] = [
    b"cmap", b"GSUB", b"GPOS", b"GDEF", b"BASE", b"JSTF", b"kern", b"morx", b"vhea", b"vmtx", b"VORG",
    b"EBDT", b"EBLC", b"CBDT", b"CBLC", b"sbix", b"DSIG",
];

/// A file, read in part.
struct Image<'f> {
    file: &'f File,
    bytes: Vec<u8>,
}

/// What leads from characters to the glyphs of a face.
///
/// # Errors
/// The file is broken.
pub(super) fn frame(file: &File, index: u32) -> Result<Vec<u8>, Unfit> {
    let mut image = Image::new(file, index)?;
    for place in FRAME.iter().filter_map(|tag| file.table(index, tag)) {
        image.fill(place)?;
    }
    // A file that breaks off is told before anything is drawn from it.
    for place in [b"glyf", b"CFF ", b"CFF2"].iter().filter_map(|tag| file.table(index, tag)) {
        image.within(&place)?;
    }
    Ok(image.bytes)
}

/// What draws these glyphs of a face, the sign for missing ones among them.
///
/// # Errors
/// The file is broken.
pub(super) fn outlines(file: &File, index: u32, glyphs: &BTreeSet<u32>) -> Result<Vec<u8>, Unfit> {
    let mut image = Image::new(file, index)?;
    let (glyf, cff) = (file.table(index, b"glyf"), file.table(index, b"CFF "));
    for (tag, place) in file.tables(index) {
        let in_part = Some(place) == glyf.as_ref() || Some(place) == cff.as_ref();
        if !in_part && !LEFT_OUT.contains(&&tag.to_be_bytes()) {
            image.fill(place.clone())?;
        }
    }
    let all: BTreeSet<u32> = std::iter::once(0).chain(glyphs.iter().copied()).collect();
    match (glyf, cff) {
        (Some(table), _) => image.fill_quadratic(index, table, all)?,
        (None, Some(table)) => image.fill_cubic(table, &all)?,
        (None, None) => {}
    }
    Ok(image.bytes)
}

impl Image<'_> {
    /// The lists of the tables alone.
    fn new(file: &File, index: u32) -> Result<Image<'_>, Unfit> {
        let mut image = Image { file, bytes: vec![0; file.length().max(FRESH)] };
        file.lists(index).try_for_each(|place| image.fill(place))?;
        Ok(image)
    }

    fn within(&self, place: &Range<usize>) -> Result<(), Unfit> {
        if place.start <= place.end && place.end <= self.file.length() { Ok(()) } else { Err(Unfit::Broken) }
    }

    fn fill(&mut self, place: Range<usize>) -> Result<(), Unfit> {
        self.within(&place)?;
        self.file.read(place.start, &mut self.bytes[place])
    }

    fn fill_all(&mut self, mut places: Vec<Range<usize>>) -> Result<(), Unfit> {
        places.retain(|place| !place.is_empty());
        places.sort_by_key(|place| place.start);
        let mut open: Option<Range<usize>> = None;
        for place in places {
            match &mut open {
                Some(last) if place.start <= last.end + NEAR => last.end = last.end.max(place.end),
                _ => open.replace(place).map_or(Ok(()), |last| self.fill(last))?,
            }
        }
        open.map_or(Ok(()), |last| self.fill(last))
    }

    /// Glyphs of a TrueType face, with those that they are put together of (ISO/IEC 14496-22, 5.3.3).
    fn fill_quadratic(
        &mut self,
        index: u32,
        table: Range<usize>,
        glyphs: BTreeSet<u32>,
    ) -> Result<(), Unfit> {
        self.within(&table)?;
        let place = self.file.table(index, b"loca").ok_or(Unfit::Broken)?;
        let head = self.file.table(index, b"head").ok_or(Unfit::Broken)?;
        let is_long = self.bytes.get(head.start + 51).is_some_and(|form| *form != 0);
        let (mut known, mut next) = (BTreeSet::new(), glyphs);
        while !next.is_empty() {
            let places = next.iter().filter_map(|glyph| self.place_in(&place, is_long, *glyph));
            let places: Vec<Range<usize>> =
                places.map(|inside| table.start + inside.start..table.start + inside.end).collect();
            self.fill_all(places.clone())?;
            known.append(&mut next);
            let parts = places.into_iter().flat_map(|place| self.parts(place));
            next = parts.filter(|glyph| !known.contains(glyph)).collect();
        }
        Ok(())
    }

    /// Where a glyph stands in its table.
    fn place_in(&self, loca: &Range<usize>, is_long: bool, glyph: u32) -> Option<Range<usize>> {
        let loca = Loca::read(FontData::new(self.bytes.get(loca.clone())?), is_long).ok()?;
        let bound = |index: usize| Some(loca.get_raw(index)? as usize);
        Some(bound(glyph as usize)?..bound(glyph as usize + 1)?)
    }

    /// The glyphs that the one at this place is put together of.
    fn parts(&self, place: Range<usize>) -> Vec<u32> {
        match self.bytes.get(place).map(|bytes| Glyph::read(FontData::new(bytes))) {
            Some(Ok(Glyph::Composite(whole))) => whole.components().map(|part| part.glyph.to_u32()).collect(),
            _ => Vec::new(),
        }
    }

    /// Glyphs of a CFF face that is keyed by character, as Chinese ones are; of another one, whose glyphs may be
    /// put together of others, the whole table.
    fn fill_cubic(&mut self, table: Range<usize>, glyphs: &BTreeSet<u32>) -> Result<(), Unfit> {
        self.within(&table)?;
        self.fill(table.start..table.end.min(table.start + CFF_HEAD))?;
        let Some(list) = self.keyed_list(&table) else { return self.fill(table) };
        let from = table.start.saturating_add(list);
        self.fill(from..from.saturating_add(3))?;
        let (count, size) = (self.number(from..from + 2), self.number(from + 2..from + 3));
        let data = from + 3 + (count + 1) * size;
        self.fill(from..data)?;
        let places = || {
            let index = Index::new(self.bytes.get(from..table.end)?, false).ok()?;
            let bound = |at: usize| Some(data.saturating_add(index.get_offset(at).ok()?));
            let of_glyph = |glyph: &u32| Some(bound(*glyph as usize)?..bound(*glyph as usize + 1)?);
            let behind = bound(count)?..table.end;
            let own = glyphs.iter().filter(|glyph| (**glyph as usize) < count).map(of_glyph);
            own.chain([Some(table.start..data), Some(behind)]).collect::<Option<Vec<_>>>()
        };
        let places = places().ok_or(Unfit::Broken)?;
        self.fill_all(places)
    }

    /// Where the list of the glyphs begins in the table of a face that is keyed by character.
    fn keyed_list(&self, table: &Range<usize>) -> Option<usize> {
        let bytes = self.bytes.get(table.clone())?;
        let names = bytes.get(usize::from(*bytes.get(2)?)..)?;
        let dictionaries = names.get(Index::new(names, false).ok()?.size_in_bytes().ok()?..)?;
        let dictionary = Index::new(dictionaries, false).ok()?.get(0).ok()?;
        let (mut keyed, mut list) = (false, None);
        for entry in dict::entries(dictionary, None) {
            match entry.ok()? {
                Entry::Ros { .. } => keyed = true,
                Entry::CharstringsOffset(offset) => list = Some(offset),
                _ => {}
            }
        }
        list.filter(|_| keyed)
    }

    /// A number of one or two bytes.
    fn number(&self, place: Range<usize>) -> usize {
        self.bytes[place].iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
    }
}
