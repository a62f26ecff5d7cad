//! Workbooks in: `.xlsx`, `.xls`, `.ods`, `.csv` and the XML of Excel 2003 as cells with exact content.
//!
//! What a file is, is decided by what it holds. Everything is bounded: the file, what it unpacks to, the number
//! of cells. Macros and passwords are refused, and links to other
//! files in the sheet that is read; a cell that a program never computed and a cell
//! with an error say so and are judged where they are needed.

mod code;
mod csv;
mod face;
pub mod format;
mod moment;
pub mod number;
mod ods;
mod open;
mod package;
pub mod place;
mod serial;
mod sheet;
pub(super) mod trouble;
mod words;
mod xls;
mod xls_records;
mod xlsx;
mod xlsx_parts;
mod xlsx_sheet;
mod xml_2003;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::diag::{Act, Choice, Diagnostic};
use crate::facts::value::Date;
use crate::input::other::Other;
use format::NumberFormat;
use place::Address;
#[cfg(test)]
pub(crate) use sheet::typed;
pub use sheet::{Builder, Sheet};

/// Files larger than this are refused; a ledger has a hundredth of it.
pub const LARGEST: u64 = 64 * 1024 * 1024;
/// Cells with content that a workbook may have.
pub(crate) const MOST_CELLS: usize = 600_000;
/// Bytes of words that its cells may have together, each counted where it stands.
const MOST_WORDS: usize = 32 * 1024 * 1024;
/// Bytes of words that a cell may have: Excel keeps 32,767 characters.
const LONGEST: usize = 128 * 1024;
/// How an OLE container begins: `.xls`, `.et`, or a workbook with a password.
const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// A workbook that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// The name that staff know the file by.
    pub name: String,
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
    /// Hints: another kind of file than its name says, sheets without cells.
    pub notes: Vec<Diagnostic>,
}

/// A cell with content.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub at: Address,
    /// What stands in it.
    pub content: Content,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Words.
    Text(Arc<str>),
    /// A number and how it is shown.
    Number(Decimal, Arc<NumberFormat>),
    /// A date as far as it is shown, and a time of day where there is one.
    Date(Day),
    /// 是 or 否.
    Truth(bool),
    /// `#REF!` and its kin.
    Error(Arc<str>),
    /// A formula whose value no program has computed.
    Uncalculated,
}

/// A date of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Year.
    pub year: i32,
    /// Month from 1, where it is shown.
    pub month: Option<u8>,
    /// Day from 1, where it is shown.
    pub day: Option<u8>,
    /// The time of day where it is shown, unless midnight.
    pub time: Option<Time>,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Time {
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second, where it is shown.
    pub second: Option<u8>,
}

impl Time {
    fn is_midnight(&self) -> bool {
        (self.hour, self.minute, self.second.unwrap_or(0)) == (0, 0, 0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().map_while(|part| part) {
            write!(out, "-{part:02}")?;
        }
        let Some(Time { hour, minute, second }) = self.time else { return Ok(()) };
        write!(out, " {hour:02}:{minute:02}")?;
        second.map_or(Ok(()), |second| write!(out, ":{second:02}"))
    }
}

impl Day {
    /// A date as XML writes it: `2011-04-18T14:30:00`; nothing where it is none.
    pub(super) fn of_xml(text: &str) -> Option<Day> {
        let (date, time) = text.trim().split_once('T').unwrap_or((text.trim(), ""));
        let date = Date::parse(date).ok()?;
        let mut parts = time.split([':', '.', 'Z']).map(|part| part.parse::<u8>().ok());
        let mut part = || parts.next().flatten();
        let time = part().zip(part()).map(|(hour, minute)| Time { hour, minute, second: part() });
        let time = time.filter(|time| !time.is_midnight());
        Some(Day { year: date.year, month: date.month, day: date.day, time })
    }
}

impl Book {
    /// The sheet of a name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// The workbook with the sheet that is asked for alone; whole where none is.
    ///
    /// # Errors
    /// There is no such sheet.
    pub fn narrowed(mut self, wanted: Option<&str>) -> Result<Book, Diagnostic> {
        if wanted.is_some() {
            self.sheets = vec![self.chosen(wanted)?.clone()];
        }
        Ok(self)
    }

    /// The sheet that is asked for, else the only one that anybody sees and that has content.
    ///
    /// # Errors
    /// There is no such sheet, nothing in any, or several; or it takes values from another file.
    pub fn chosen(&self, wanted: Option<&str>) -> Result<&Sheet, Diagnostic> {
        let sheet = self.meant(wanted)?;
        self.refuse_links(sheet)?;
        Ok(sheet)
    }

    /// Refuses a sheet that takes values from another file.
    ///
    /// # Errors
    /// It does.
    pub(super) fn refuse_links(&self, sheet: &Sheet) -> Result<(), Diagnostic> {
        if sheet.linked { Err(trouble::links(&self.name, &sheet.name)) } else { Ok(()) }
    }

    fn meant(&self, wanted: Option<&str>) -> Result<&Sheet, Diagnostic> {
        let names: Vec<&str> = self.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let hint = format!("工作簿里有这些表：{}", names.join("、"));
        let name = &self.name;
        if let Some(wanted) = wanted {
            let problem =
                || Diagnostic::error("no-such-sheet", format!("“{name}”里没有“{wanted}”这张表")).hint(hint);
            return self.sheet(wanted).ok_or_else(problem);
        }
        let seen: Vec<&Sheet> =
            self.sheets.iter().filter(|sheet| !sheet.hidden && !sheet.is_empty()).collect();
        match seen.as_slice() {
            [only] => Ok(only),
            [] => Err(trouble::refuse("no-cells", name, "里没有内容", "请核对是不是选错了文件")),
            _ => Err(Diagnostic::error("which-sheet", format!("“{name}”里有几张表，不知道读哪一张")).hint(
                Act::Choose { what: Choice::Sheet, of: names.into_iter().map(str::to_owned).collect() },
            )),
        }
    }
}

/// Reads a workbook that is at hand. `name` is its file name, which is shown and hints at what it should be.
///
/// # Errors
/// It is no workbook, too large, damaged, under a password, with macros, or an `.xls` with links to other files.
pub fn read(bytes: &[u8], name: &str) -> Result<Book, Diagnostic> {
    let extension = extension(name);
    if bytes.is_empty() {
        return Err(trouble::refuse("empty-file", name, "是空的", "请核对是不是选错了文件"));
    }
    if bytes.len() as u64 > LARGEST {
        return Err(trouble::too_large(name));
    }
    if let Some(other) = Other::of(bytes, name) {
        return Err(trouble::other(name, other));
    }
    let (mut book, kind) = if bytes.starts_with(b"PK\x03\x04") {
        open::read(bytes, name)?
    } else if bytes.starts_with(&OLE) {
        (xls::read(bytes, name)?, "xls")
    } else {
        words::read(bytes, name, &extension)?
    };
    book.notes.extend(trouble::other_extension(name, &extension, kind));
    Ok(book)
}

/// What stands behind the last full stop of a file name, in lower case.
pub(super) fn extension(name: &str) -> String {
    Path::new(name).extension().map(|one| one.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The day of a serial number that lost its format; nothing before 1954 and after 2064, where a number is likelier to
/// be something else.
pub(super) fn day_of_serial(serial: i64, from_1904: bool) -> Option<Day> {
    let (year, month, day) =
        serial::date(serial, from_1904).filter(|(year, ..)| (1954..2064).contains(year))?;
    Some(Day { year, month: Some(month), day: Some(day), time: None })
}
