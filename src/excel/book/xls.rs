//! `.xls` of Excel 97 and later, and the `.et` of WPS, which is the same inside.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::sync::Arc;

use super::format::NumberFormat;
use super::place::{Address, Area};
use super::xls_records::{Record, Strings, records, u16_at, u32_at};
use super::{Book, Builder, Content, Sheet, number, serial, sheet, trouble};
use crate::diag::Diagnostic;

/// Kinds of records.
mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000A;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FILE_PASS: u16 = 0x002F;
    pub const COLUMNS: u16 = 0x007D;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MUL_RK: u16 = 0x00BD;
    pub const RICH_STRING: u16 = 0x00D6;
    pub const XF: u16 = 0x00E0;
    pub const MERGED: u16 = 0x00E5;
    pub const SHARED_STRINGS: u16 = 0x00FC;
    pub const LABEL_SST: u16 = 0x00FD;
    pub const SUP_BOOK: u16 = 0x01AE;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_ERROR: u16 = 0x0205;
    pub const STRING: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const RK: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BOF: u16 = 0x0809;
}

/// Version of BIFF8 in a record that begins a stream.
const BIFF8: u16 = 0x0600;
/// Lengths that say that a record names this workbook or a program's own functions, not another file.
const OWN: [u16; 2] = [0x0401, 0x3A01];

/// Reads a workbook in an OLE container.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Book, Diagnostic> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| trouble::broken(name))?;
    let has = |part: &str| file.exists(part);
    if has("/EncryptedPackage") || has("/EncryptionInfo") {
        return Err(trouble::password(name));
    }
    if has("/_VBA_PROJECT_CUR") {
        return Err(trouble::macros(name));
    }
    if has("/WordDocument") {
        return Err(trouble::refuse(
            "not-a-workbook",
            name,
            "是 Word 文件，不是 Excel 表",
            "请核对是不是选错了文件",
        ));
    }
    if !has("/Workbook") {
        return Err(if has("/Book") { too_old(name) } else { trouble::not_a_workbook(name) });
    }
    let mut stream = Vec::new();
    let opened = file.open_stream("/Workbook").map_err(|_| trouble::broken(name))?;
    // A container may name the same bytes again and again; the stream is no longer than the file.
    opened.take(bytes.len() as u64).read_to_end(&mut stream).map_err(|_| trouble::broken(name))?;
    workbook(&stream, name)
}

fn too_old(name: &str) -> Diagnostic {
    trouble::refuse(
        "old-workbook",
        name,
        "是 Excel 95 或更早的文件，读不了",
        "请用 Excel 或 WPS 打开，另存为 .xlsx 再试",
    )
}

/// What the workbook says for all its sheets.
#[derive(Default)]
struct Global {
    sheets: Vec<Listed>,
    strings: Vec<Arc<str>>,
    formats: BTreeMap<u16, NumberFormat>,
    styles: Vec<u16>,
    from_1904: bool,
}

impl Global {
    /// The number format of every style of a cell; styles share it.
    fn formats(&self) -> Vec<Arc<NumberFormat>> {
        let mut made: BTreeMap<u16, Arc<NumberFormat>> = BTreeMap::new();
        let own =
            |id: u16| self.formats.get(&id).cloned().unwrap_or_else(|| NumberFormat::built_in(id.into()));
        self.styles
            .iter()
            .map(|id| Arc::clone(made.entry(*id).or_insert_with(|| Arc::new(own(*id)))))
            .collect()
    }
}

struct Listed {
    name: String,
    hidden: bool,
    /// 0 is a sheet with cells.
    kind: u8,
    start: usize,
}

fn workbook(stream: &[u8], name: &str) -> Result<Book, Diagnostic> {
    let global = global(stream, name)?;
    let formats = global.formats();
    sheet::few_enough(global.sheets.len(), name)?;
    let (mut sheets, mut starts, mut left) = (Vec::new(), BTreeSet::new(), stream.len());
    for listed in &global.sheets {
        match listed.kind {
            0 if !starts.insert(listed.start) => return Err(trouble::broken(name)),
            0 => {
                let builder = Builder::new(listed.name.clone(), listed.hidden).from_1904(global.from_1904);
                let walk = Walk { global: &global, formats: &formats, builder, name, pending: None };
                // Sheets stand one behind the other; where they lie in each other the file was made to be slow.
                let (sheet, length) = walk.run(stream, listed.start)?;
                left = left.checked_sub(length).ok_or_else(|| trouble::broken(name))?;
                sheets.push(sheet);
                sheet::within(&sheets, name)?;
            }
            1 | 6 => return Err(trouble::macros(name)),
            _ => {}
        }
    }
    if sheets.is_empty() {
        return Err(trouble::broken(name));
    }
    Ok(Book { name: name.to_owned(), sheets, notes: Vec::new() })
}

fn global(stream: &[u8], name: &str) -> Result<Global, Diagnostic> {
    let mut global = Global::default();
    let (mut begun, mut ended) = (false, false);
    for record in records(stream, 0) {
        let data = record.data();
        match record.kind {
            kind::BOF if !begun => {
                begun = true;
                if u16_at(data, 0) != Some(BIFF8) {
                    return Err(too_old(name));
                }
            }
            kind::FILE_PASS => return Err(trouble::password(name)),
            kind::SUP_BOOK if u16_at(data, 2).is_some_and(|length| !OWN.contains(&length)) => {
                return Err(trouble::links(name, ""));
            }
            kind::DATE_MODE => global.from_1904 = u16_at(data, 0) == Some(1),
            kind::FORMAT => {
                let code = Strings::new(&record.parts, 2).next(false);
                let format = code.map(|code| NumberFormat::parse(&code));
                global.formats.extend(u16_at(data, 0).zip(format));
            }
            kind::XF => global.styles.push(u16_at(data, 2).unwrap_or_default()),
            kind::BOUND_SHEET => global.sheets.extend(listed(&record)),
            kind::SHARED_STRINGS => global.strings = shared_strings(&record),
            kind::EOF => {
                ended = true;
                break;
            }
            _ => {}
        }
    }
    if begun && ended { Ok(global) } else { Err(trouble::broken(name)) }
}

fn listed(record: &Record<'_>) -> Option<Listed> {
    let data = record.data();
    let name = Strings::new(&record.parts, 6).next(true)?;
    let (state, kind) = (*data.get(4)?, *data.get(5)?);
    Some(Listed { name, hidden: state & 3 != 0, kind, start: usize::try_from(u32_at(data, 0)?).ok()? })
}

fn shared_strings(record: &Record<'_>) -> Vec<Arc<str>> {
    let mut strings = Strings::new(&record.parts, 8);
    std::iter::from_fn(|| strings.next(false).map(Arc::from)).collect()
}

/// The records of one sheet.
struct Walk<'s> {
    global: &'s Global,
    formats: &'s [Arc<NumberFormat>],
    builder: Builder,
    name: &'s str,
    /// A formula whose words come in a record of their own.
    pending: Option<(Address, usize)>,
}

impl Walk<'_> {
    /// The sheet that begins at a byte, and how many bytes it has.
    fn run(mut self, stream: &[u8], start: usize) -> Result<(Sheet, usize), Diagnostic> {
        let (mut depth, mut length) = (0_usize, 0);
        for record in records(stream, start) {
            length += record.length();
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => return Ok((self.builder.finish(), length)),
                kind::EOF => depth -= 1,
                // A chart inside the sheet has cells of its own.
                _ if depth == 1 => self.record(&record)?,
                _ => {}
            }
        }
        // Cut off: what was read would pass for all.
        Err(trouble::broken(self.name))
    }

    fn record(&mut self, record: &Record<'_>) -> Result<(), Diagnostic> {
        let data = record.data();
        match record.kind {
            kind::ROW => self.row(data),
            kind::COLUMNS => self.columns(data),
            kind::MERGED => self.merged(data)?,
            kind::MUL_RK => return self.many(data),
            kind::STRING => {
                let text = Strings::new(&record.parts, 0).next(false);
                if let Some(((at, style), text)) = self.pending.take().zip(text) {
                    self.builder.add(at, self.text_shown(text.into(), style), self.name)?;
                }
            }
            _ => {
                if record.kind == kind::LABEL_SST && self.shared_words(data).is_none() {
                    return Err(trouble::broken(self.name));
                }
                if let Some((at, content)) = self.cell(record) {
                    self.builder.add(at, content, self.name)?;
                }
            }
        }
        Ok(())
    }

    /// A record that is one cell.
    fn cell(&mut self, record: &Record<'_>) -> Option<(Address, Content)> {
        let data = record.data();
        let at = || Some(address(u16_at(data, 0)?, u16_at(data, 2)?));
        let style = || u16_at(data, 4).map(usize::from);
        let content = match record.kind {
            kind::NUMBER => self.number(number::binary(data.get(6..14)?.try_into().ok()?), style()?),
            kind::RK => self.number(packed(u32_at(data, 6)?), style()?),
            kind::LABEL_SST => self.text_shown(self.shared_words(data)?, style()?),
            kind::LABEL | kind::RICH_STRING => {
                self.text_shown(Strings::new(&record.parts, 6).next(false)?.into(), style()?)
            }
            kind::BOOL_ERROR if *data.get(7)? == 1 => Content::Error(error(*data.get(6)?)),
            kind::BOOL_ERROR => Content::Truth(*data.get(6)? != 0),
            kind::FORMULA => {
                let at = at()?;
                return self
                    .formula(at, data.get(6..14)?.try_into().ok()?, style()?)
                    .map(|content| (at, content));
            }
            _ => return None,
        };
        Some((at()?, content))
    }

    /// The words that a cell names by their number.
    fn shared_words(&self, data: &[u8]) -> Option<Arc<str>> {
        self.global.strings.get(usize::try_from(u32_at(data, 6)?).ok()?).cloned()
    }

    /// What a formula gives; words come in the next record.
    fn formula(&mut self, at: Address, result: [u8; 8], style: usize) -> Option<Content> {
        if (result[6], result[7]) != (0xFF, 0xFF) {
            return Some(self.number(number::binary(result), style));
        }
        match result[0] {
            0 => self.pending = Some((at, style)),
            1 => return Some(Content::Truth(result[2] != 0)),
            2 => return Some(Content::Error(error(result[2]))),
            _ => {}
        }
        None
    }

    fn number(&self, number: Option<rust_decimal::Decimal>, style: usize) -> Content {
        let Some(number) = number else { return Content::Error("#NUM!".into()) };
        serial::content(number, &self.formats.get(style).cloned().unwrap_or_default(), self.global.from_1904)
    }

    /// A text as its cell shows it.
    fn text_shown(&self, text: Arc<str>, style: usize) -> Content {
        let shown = self.formats.get(style).and_then(|format| format.worded(&text));
        Content::Text(shown.map_or(text, Arc::from))
    }

    /// A run of numbers in one row.
    fn many(&mut self, data: &[u8]) -> Result<(), Diagnostic> {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return Ok(()) };
        let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
        for (column, cell) in (first..u16::MAX).zip(cells) {
            if let (Some(style), Some(bits)) = (u16_at(cell, 0), u32_at(cell, 2)) {
                let content = self.number(packed(bits), style.into());
                self.builder.add(address(row, column), content, self.name)?;
            }
        }
        Ok(())
    }

    fn row(&mut self, data: &[u8]) {
        let hidden = u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0);
        if let Some(row) = u16_at(data, 0).filter(|_| hidden) {
            self.builder.hide(u32::from(row) + 1);
        }
    }

    fn columns(&mut self, data: &[u8]) {
        let hidden = u16_at(data, 8).is_some_and(|flags| flags & 1 != 0);
        if let Some((first, last)) = u16_at(data, 0).zip(u16_at(data, 2)).filter(|_| hidden) {
            self.builder.hide_columns(first.into(), last.into());
        }
    }

    fn merged(&mut self, data: &[u8]) -> Result<(), Diagnostic> {
        for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
            let at = |row, column| Some(address(u16_at(area, row)?, u16_at(area, column)?));
            let ends =
                at(0, 4).zip(at(2, 6)).filter(|(from, to)| from.row <= to.row && from.column <= to.column);
            if let Some((from, to)) = ends {
                self.builder.merge(Area { from, to }, self.name)?;
            }
        }
        Ok(())
    }
}

fn address(row: u16, column: u16) -> Address {
    Address { row: u32::from(row) + 1, column: column.into() }
}

/// A number packed into 32 bits: a whole one, or the upper half of a binary one; perhaps in hundredths.
fn packed(bits: u32) -> Option<rust_decimal::Decimal> {
    let number = if bits & 2 != 0 {
        rust_decimal::Decimal::from(bits.cast_signed() >> 2)
    } else {
        let mut bytes = [0; 8];
        bytes[4..].copy_from_slice(&(bits & !3).to_le_bytes());
        number::binary(bytes)?
    };
    let hundredths = bits & 1 != 0;
    let number = if hundredths { number.checked_div(rust_decimal::Decimal::ONE_HUNDRED)? } else { number };
    Some(number.normalize())
}

fn error(code: u8) -> Arc<str> {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
    .into()
}
