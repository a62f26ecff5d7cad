//! Workbooks made and edited by hand, below what any library allows.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What is typed into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    Words(String),
    Number(String),
    Nothing,
}

impl Typed {
    /// The cell at `at` with the attributes it had.
    fn cell(&self, at: &str, style: &str) -> String {
        match self {
            Typed::Words(words) => {
                format!(
                    "<c r=\"{at}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>"
                )
            }
            Typed::Number(number) => format!("<c r=\"{at}\"{style}><v>{number}</v></c>"),
            Typed::Nothing => format!("<c r=\"{at}\"{style}/>"),
        }
    }
}

pub fn words(words: &str) -> Typed {
    Typed::Words(words.to_owned())
}

pub fn number(number: &str) -> Typed {
    Typed::Number(number.to_owned())
}

/// The parts of an archive.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let (name, mut content) = (part.name().expect("a name").to_string(), Vec::new());
            part.read_to_end(&mut content).expect("a part");
            (name, content)
        })
        .collect()
}

/// An archive of parts, stored as they are.
pub fn archive<'p>(parts: impl IntoIterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    packed(parts, CompressionMethod::Stored)
}

/// An archive of parts.
pub fn packed<'p>(parts: impl IntoIterator<Item = (&'p str, &'p [u8])>, how: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(how);
        writer.start_file(name, options).expect("a part");
        writer.write_all(content).expect("a part");
    }
    writer.finish().expect("an archive").into_inner()
}

/// Types into cells of a sheet, counted from 1, that are there already.
pub fn typed(bytes: &[u8], sheet: usize, cells: &[(&str, Typed)]) -> Vec<u8> {
    let mut parts = parts(bytes);
    let wanted = format!("xl/worksheets/sheet{sheet}.xml");
    let (_, content) = parts.iter_mut().find(|(name, _)| *name == wanted).expect("the sheet");
    let mut xml = String::from_utf8(std::mem::take(content)).expect("XML");
    for (at, typed) in cells {
        let start = xml.find(&format!("<c r=\"{at}\"")).expect(at);
        let tag = start + xml[start..].find('>').expect("a tag");
        let end = match xml[..tag].ends_with('/') {
            true => tag + 1,
            false => tag + xml[tag..].find("</c>").expect("an end") + 4,
        };
        let style = xml[start..tag].split(' ').find(|one| one.starts_with("s=")).unwrap_or_default();
        let cell = typed.cell(at, &format!(" {}", style.trim_end_matches('/')));
        xml.replace_range(start..end, &cell);
    }
    *content = xml.into_bytes();
    archive(parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())))
}

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";
const WORKBOOK: &str =
    "<workbook><sheets><sheet name=\"2011\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
const SHEETS: &str = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" \
    Target=\"worksheets/sheet1.xml\"/></Relationships>";

/// A workbook with one sheet of these rows, as XML, and other parts.
pub fn raw(rows: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let own = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", SHEETS),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    archive(own.iter().map(|(name, text)| (*name, text.as_bytes())).chain(others.iter().copied()))
}

/// The same parts deflated.
pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    let parts = parts(bytes);
    let named = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice()));
    packed(named, CompressionMethod::Deflated)
}

/// A row of cells with words; what begins with `<` is written as it is, with `@` for its place.
pub fn row(number: u32, cells: &[&str]) -> String {
    let cell = |(column, text): (char, &&str)| match text.strip_prefix('<') {
        Some(_) => text.replace('@', &format!("r=\"{column}{number}\"")),
        None => words(text).cell(&format!("{column}{number}"), ""),
    };
    format!("<row r=\"{number}\">{}</row>", ('A'..).zip(cells).map(cell).collect::<String>())
}
