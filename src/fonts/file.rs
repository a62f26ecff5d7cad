//! A font file on the disk, of which parts are read: a collection of Chinese faces has 20 MB and more, and a
//! report needs a fortieth of that.
//!
//! Nothing is mapped: where somebody replaces a file while it is read, the worst is a face that is told to be
//! broken.

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use skrifa::Tag;
use skrifa::raw::tables::name::Name;
use skrifa::raw::tables::os2::Os2;
use skrifa::raw::types::NameId;
use skrifa::raw::{FontData, FontRead, TTCHeader, TableDirectory};

use super::ladder::plain;

/// A larger file is no font.
const LARGEST: u64 = 1 << 30;
/// A collection has no more faces.
const MOST_FACES: usize = 256;
/// Bytes before the list of a collection's faces, and before that of a face's tables.
const HEAD: usize = 12;
/// Bytes of an entry of the list of tables.
const RECORD: usize = 16;
/// The weight of a face that does not say it.
const REGULAR: u16 = 400;

/// Why a face cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It cannot be read.
    Broken,
    /// Its maker does not allow that a part of it is put into a document.
    Forbidden,
}

/// A font file that is open, with the places of the tables of its faces.
#[derive(Debug)]
pub(super) struct File {
    handle: Mutex<fs::File>,
    length: usize,
    faces: Vec<Face>,
}

/// A face of a file: the list of its tables, and where each stands.
#[derive(Debug)]
struct Face {
    list: Range<usize>,
    tables: Vec<(Tag, Range<usize>)>,
}

/// What a face says of itself.
#[derive(Debug, Clone)]
pub(super) struct Described {
    /// Which face of the file it is.
    pub index: u32,
    /// The names of its family, in small letters without signs.
    pub families: Vec<String>,
    /// 400 is neither light nor bold.
    pub weight: u16,
}

impl File {
    /// Opens a file and reads where its tables stand.
    ///
    /// # Errors
    /// It cannot be read, or is no font.
    pub fn open(path: &Path) -> Result<File, Unfit> {
        let handle = fs::File::open(path).map_err(|_| Unfit::Broken)?;
        let length = handle.metadata().map_err(|_| Unfit::Broken)?.len();
        let length = usize::try_from(length).ok().filter(|_| length <= LARGEST).ok_or(Unfit::Broken)?;
        let mut file = File { handle: Mutex::new(handle), length, faces: Vec::new() };
        let starts = file.starts()?;
        file.faces = starts.into_iter().map(|start| file.listed(start)).collect::<Result<_, _>>()?;
        Ok(file)
    }

    /// Its bytes.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The tables of a face with their places; none where there is no such face.
    pub fn tables(&self, index: u32) -> &[(Tag, Range<usize>)] {
        self.faces.get(index as usize).map_or(&[], |face| &face.tables)
    }

    /// Where the lists stand that lead to the tables of a face.
    pub fn lists(&self, index: u32) -> impl Iterator<Item = Range<usize>> {
        let of_faces = if self.faces.len() > 1 { HEAD + 4 * self.faces.len() } else { HEAD + 4 };
        let of_tables = self.faces.get(index as usize).map(|face| face.list.clone());
        of_tables.into_iter().chain(std::iter::once(0..of_faces))
    }

    /// Where a table of a face stands.
    pub fn table(&self, index: u32, tag: &[u8; 4]) -> Option<Range<usize>> {
        let wanted = Tag::new(tag);
        self.tables(index).iter().find(|(tag, _)| *tag == wanted).map(|(_, place)| place.clone())
    }

    /// Reads the bytes from here on into the room.
    ///
    /// # Errors
    /// The file is shorter, or cannot be read.
    pub fn read(&self, from: usize, room: &mut [u8]) -> Result<(), Unfit> {
        let mut handle = self.handle.lock().unwrap_or_else(PoisonError::into_inner);
        handle.seek(SeekFrom::Start(from as u64)).map_err(|_| Unfit::Broken)?;
        handle.read_exact(room).map_err(|_| Unfit::Broken)
    }

    /// What its faces say of themselves; those without a name are left out.
    pub fn described(&self) -> Vec<Described> {
        let all = (0u32..).zip(&self.faces);
        all.filter_map(|(index, _)| self.describe(index)).collect()
    }

    fn describe(&self, index: u32) -> Option<Described> {
        let names = self.whole(self.table(index, b"name")?).ok()?;
        let names = Name::read(FontData::new(&names)).ok()?;
        let own = families(&names, NameId::TYPOGRAPHIC_FAMILY_NAME);
        let families = if own.is_empty() { families(&names, NameId::FAMILY_NAME) } else { own };
        let metrics = self.table(index, b"OS/2").and_then(|place| self.whole(place).ok());
        let metrics = metrics.as_deref().and_then(|bytes| Os2::read(FontData::new(bytes)).ok());
        let weight = metrics.map_or(REGULAR, |table| table.us_weight_class());
        (!families.is_empty()).then_some(Described { index, families, weight })
    }

    /// Where the faces begin: one at the start, or those that a collection lists.
    fn starts(&self) -> Result<Vec<usize>, Unfit> {
        let mut head = self.whole(0..HEAD)?;
        if head.get(..4) != Some(b"ttcf".as_slice()) {
            return Ok(vec![0]);
        }
        let count = head.get(8..HEAD).and_then(|count| Some(u32::from_be_bytes(count.try_into().ok()?)));
        let count = count.map_or(0, |count| count as usize);
        if count == 0 || count > MOST_FACES {
            return Err(Unfit::Broken);
        }
        head.extend(self.whole(HEAD..HEAD + 4 * count)?);
        let header = TTCHeader::read(FontData::new(&head)).map_err(|_| Unfit::Broken)?;
        Ok(header.table_directory_offsets().iter().map(|start| start.get() as usize).collect())
    }

    fn listed(&self, start: usize) -> Result<Face, Unfit> {
        let mut head = self.whole(start..start.saturating_add(HEAD))?;
        let is_font = matches!(head.get(..4), Some(b"\0\x01\0\0" | b"OTTO" | b"true"));
        let count = head.get(4..6).and_then(|count| Some(u16::from_be_bytes(count.try_into().ok()?)));
        let count = count.filter(|_| is_font).map_or(0, usize::from);
        head.extend(self.whole(start + HEAD..start + HEAD + RECORD * count)?);
        let directory = TableDirectory::read(FontData::new(&head)).map_err(|_| Unfit::Broken)?;
        let places = directory.table_records().iter().map(|record| {
            let from = record.offset() as usize;
            (record.tag(), from..from.saturating_add(record.length() as usize))
        });
        let tables: Vec<_> = places.collect();
        if tables.is_empty() {
            Err(Unfit::Broken)
        } else {
            Ok(Face { list: start..start + head.len(), tables })
        }
    }

    /// A small part as it stands in the file.
    fn whole(&self, place: Range<usize>) -> Result<Vec<u8>, Unfit> {
        if place.end > self.length {
            return Err(Unfit::Broken);
        }
        let mut bytes = vec![0; place.len()];
        self.read(place.start, &mut bytes)?;
        Ok(bytes)
    }
}

/// The names of this kind in every language.
fn families(names: &Name<'_>, kind: NameId) -> Vec<String> {
    let of_kind = names.name_record().iter().filter(|record| record.name_id() == kind);
    let said = of_kind.filter_map(|record| record.string(names.string_data()).ok());
    let mut all: Vec<String> = said.map(|words| plain(&words.to_string())).collect();
    all.sort();
    all.dedup();
    all
}
