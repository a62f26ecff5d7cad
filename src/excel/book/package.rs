//! The archive of a workbook, bounded, and its parts.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::trouble;
use crate::diag::Diagnostic;

/// What the parts of a workbook may unpack to, together; a ledger of 30,000 rows has a tenth of it.
const LARGEST: u64 = 72 * 1024 * 1024;
/// What a part that is kept as a text may unpack to.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;
/// Bytes that may stand in a part without a tag among them.
const LONGEST: usize = 4 * 1024 * 1024;
/// Below this no part is suspected of being a bomb.
const HARMLESS: u64 = 32 * 1024 * 1024;
/// How many times its packed size a larger part may unpack to: the sheets of ledgers reach 20 times.
const RATIO: u64 = 100;
/// Parts that an archive may have.
const MOST_PARTS: usize = 20_000;

/// A part as it is unpacked.
type Part<'p, 'b> = BufReader<Bounded<ZipFile<'p, Cursor<&'b [u8]>>>>;

/// A part that is read as a stream, to the end of its root.
pub(super) struct Stream<'p, 'b> {
    reader: Reader<Part<'p, 'b>>,
    name: &'b str,
    whole: Whole,
}

impl Stream<'_, '_> {
    /// What comes next.
    ///
    /// # Errors
    /// It is no XML, or ends before its root does: a file that was cut off would give some of its rows for all.
    pub fn next<'e>(&mut self, buffer: &'e mut Vec<u8>) -> Result<Event<'e>, Diagnostic> {
        buffer.clear();
        let event = self.reader.read_event_into(buffer).map_err(|_| trouble::broken(self.name))?;
        if self.whole.goes_on(&event) { Ok(event) } else { Err(trouble::broken(self.name)) }
    }
}

/// Whether what was opened has ended.
#[derive(Debug, Default)]
struct Whole {
    depth: usize,
    begun: bool,
}

impl Whole {
    /// Takes the next event; false where something ends too early.
    fn goes_on(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(_) => (self.depth, self.begun) = (self.depth + 1, true),
            Event::Empty(_) => self.begun = true,
            Event::End(_) if self.depth == 0 => return false,
            Event::End(_) => self.depth -= 1,
            Event::Eof => return self.begun && self.depth == 0,
            _ => {}
        }
        true
    }
}

/// An archive that was opened.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    pub name: &'b str,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens an archive.
    ///
    /// # Errors
    /// It is damaged, or has too many parts.
    pub fn open(bytes: &'b [u8], name: &'b str) -> Result<Package<'b>, Diagnostic> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| trouble::broken(name))?;
        if archive.len() > MOST_PARTS {
            return Err(trouble::too_large(name));
        }
        Ok(Package { archive, name, left: LARGEST })
    }

    /// Whether a part has such a name.
    pub fn has(&self, wanted: impl Fn(&str) -> bool) -> bool {
        self.archive.file_names().flatten().any(|part| wanted(&part))
    }

    /// The text of a part, if it is there.
    ///
    /// # Errors
    /// It is too large, damaged, or no UTF-8.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, Diagnostic> {
        let (name, left) = (self.name, self.left);
        let Some(index) = self.find(part) else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(|_| trouble::broken(name))?;
        let allowed = left.min(LARGEST_TEXT).min(allowed(&entry));
        let mut bytes = Vec::new();
        // The size that an archive declares is not to be trusted: reading stops by itself.
        entry.take(allowed + 1).read_to_end(&mut bytes).map_err(|_| trouble::broken(name))?;
        if bytes.len() as u64 > allowed {
            return Err(trouble::too_large(name));
        }
        self.left -= bytes.len() as u64;
        String::from_utf8(bytes).map(Some).map_err(|_| trouble::broken(name))
    }

    /// A part as a stream of XML; its bytes count when it is done.
    ///
    /// # Errors
    /// It is missing or damaged.
    pub fn stream<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&mut Stream<'_, 'b>) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        let (name, left) = (self.name, self.left);
        let index = self.find(part).ok_or_else(|| trouble::broken(name))?;
        let entry = self.archive.by_index(index).map_err(|_| trouble::broken(name))?;
        let bound = left.min(allowed(&entry));
        let inner = Bounded { inner: entry, left: bound, since_tag: 0 };
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, inner));
        reader.config_mut().check_end_names = false;
        let mut stream = Stream { reader, name, whole: Whole::default() };
        let result = read(&mut stream);
        let rest = stream.reader.get_ref().get_ref().left;
        self.left = left - (bound - rest);
        if rest == 0 { Err(trouble::too_large(name)) } else { result }
    }

    /// The number of a part; some programs differ in the case of names.
    fn find(&self, part: &str) -> Option<usize> {
        let wanted = part.trim_start_matches('/');
        self.archive.index_for_name(wanted).or_else(|| {
            let mut names = self.archive.file_names();
            names.position(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case(wanted)))
        })
    }
}

/// What a part may unpack to, by its packed size.
fn allowed(entry: &ZipFile<'_, Cursor<&[u8]>>) -> u64 {
    entry.compressed_size().saturating_mul(RATIO).max(HARMLESS)
}

/// A reader that ends where the bound is reached, or where one text goes on and on.
pub(super) struct Bounded<R> {
    inner: R,
    left: u64,
    since_tag: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        self.since_tag = match buffer[..read].iter().rposition(|byte| *byte == b'<') {
            Some(at) => read - at,
            None => self.since_tag + read,
        };
        if self.since_tag > LONGEST {
            self.left = 0;
        }
        if self.left == 0 { Ok(0) } else { Ok(read) }
    }
}

/// Every start tag of a text, empty ones included.
///
/// # Errors
/// It is no XML, or ends before its root does; `name` is that of the file.
pub(super) fn each_tag(
    xml: &str,
    name: &str,
    mut take: impl FnMut(&BytesStart<'_>),
) -> Result<(), Diagnostic> {
    let (mut reader, mut whole) = (Reader::from_str(xml), Whole::default());
    loop {
        let event = reader.read_event().map_err(|_| trouble::broken(name))?;
        if !whole.goes_on(&event) {
            return Err(trouble::broken(name));
        }
        match event {
            Event::Start(tag) | Event::Empty(tag) => take(&tag),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute of a tag, by the name without its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(match found.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => found.value.as_ref().to_owned(),
    })
}

/// Whether an attribute says yes.
pub(super) fn is_on(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}
