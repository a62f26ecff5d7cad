//! A [`Document`] as bytes: one `match`, one file or folder a format.

mod archive;
mod docx;
mod html;
pub mod issued;
mod marked;
mod md;
mod ofd;
mod pdf;
mod txt;

use crate::diag::Diagnostic;
use crate::document::Document;
use crate::fonts::{self, Names, Shelf};
use crate::layout::{self, Sheet};

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Txt,
    /// Markdown.
    Md,
    /// One self-contained HTML page.
    Html,
    /// Word, GB/T 9704-2012.
    Docx,
    /// PDF/A-2a, page by page what the Word file is.
    Pdf,
    /// Fixed pages, GB/T 33190-2016.
    Ofd,
    /// Text with `⟦path⟧` before every figure.
    Marked,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Format; 7] =
        [Format::Txt, Format::Md, Format::Html, Format::Docx, Format::Pdf, Format::Ofd, Format::Marked];

    /// Its name on the command line and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Format::Txt => "txt",
            Format::Md => "md",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Pdf => "pdf",
            Format::Ofd => "ofd",
            Format::Marked => "marked",
        }
    }

    /// What staff call it.
    pub fn words(self) -> &'static str {
        match self {
            Format::Txt | Format::Marked => "文本",
            Format::Md => "Markdown",
            Format::Html => "网页",
            Format::Docx => "Word",
            Format::Pdf => "PDF",
            Format::Ofd => "OFD",
        }
    }

    /// What its files end in, without the stop.
    pub fn ending(self) -> &'static str {
        self.name()
    }

    /// The format of a file by its ending in small letters, without the stop.
    pub fn of_ending(ending: &str) -> Option<Format> {
        let ending = if ending == "htm" { "html" } else { ending };
        Format::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// Whether it can be shown on a screen of text.
    pub fn is_text(self) -> bool {
        match self {
            Format::Docx | Format::Pdf | Format::Ofd => false,
            Format::Txt | Format::Md | Format::Html | Format::Marked => true,
        }
    }

    /// What a file that is saved is called to the browser. Only those of Word, PDF and OFD are named: a page that
    /// was opened in place would run under the server's name.
    pub fn mime(self) -> &'static str {
        match self {
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Pdf => "application/pdf",
            Format::Ofd => "application/ofd",
            Format::Txt | Format::Md | Format::Html | Format::Marked => "application/octet-stream",
        }
    }
}

/// What lies across the pages of a draft.
pub const DRAFT: &str = "草稿";

/// What a redline in Word says of its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Who made them; not empty.
    pub author: String,
    /// When, as `2011-12-20T00:00:00Z`.
    pub date: String,
    /// Whether Word tracks later changes too.
    pub track: bool,
}

impl Default for Revision {
    /// Fixed values, so that bytes repeat.
    fn default() -> Revision {
        Revision { author: "汇报".to_owned(), date: "2000-01-01T00:00:00Z".to_owned(), track: true }
    }
}

/// What a file needs beside the report.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'m> {
    /// Names of the faces.
    pub names: &'m Names,
    /// The faces at hand, for formats that draw them.
    pub shelf: &'m Shelf,
    /// A word that lies across every page, where a format has pages.
    pub watermark: Option<&'m str>,
    /// The report is a redline, whose changes are these.
    pub revision: Option<&'m Revision>,
}

/// A file with what there is to say of it.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// Faces that stand in, characters that no face has.
    pub notices: Vec<Diagnostic>,
}

impl From<Vec<u8>> for Written {
    fn from(bytes: Vec<u8>) -> Written {
        Written { bytes, notices: Vec::new() }
    }
}

/// Writes the document with the faces of the standard. Same input, same bytes.
///
/// # Errors
/// Only from the archive of a Word file, and only for lack of memory; of a PDF for lack of faces.
pub fn write(document: &Document, format: Format) -> std::io::Result<Vec<u8>> {
    plainly(document, format, None)
}

/// Writes a redline; in Word its changes are those of `revision`.
///
/// # Errors
/// As [`write()`].
pub fn write_revised(document: &Document, format: Format, revision: &Revision) -> std::io::Result<Vec<u8>> {
    plainly(document, format, Some(revision))
}

fn plainly(document: &Document, format: Format, revision: Option<&Revision>) -> std::io::Result<Vec<u8>> {
    let (names, shelf) = (Names::default(), Shelf::of_system());
    let manner = Manner { names: &names, shelf: &shelf, watermark: None, revision };
    let written = write_as(document, format, &manner);
    written.map(|written| written.bytes).map_err(|problem| std::io::Error::other(problem.message))
}

/// Writes the document as it is asked for. Same input and same faces, same bytes.
///
/// # Errors
/// A face is missing or cannot be embedded; there is not enough memory.
pub fn write_as(document: &Document, format: Format, manner: &Manner<'_>) -> Result<Written, Diagnostic> {
    let plain = Revision::default();
    match format {
        Format::Txt => Ok(txt::write(document).into_bytes().into()),
        Format::Md => Ok(md::write(document).into_bytes().into()),
        Format::Html => Ok(html::write(document, manner.watermark).into_bytes().into()),
        Format::Docx => {
            let revision = manner.revision.unwrap_or(&plain);
            let redline = manner.revision.is_some();
            let bytes = docx::write(document, revision, redline, manner.names, manner.watermark);
            bytes.map(Written::from).map_err(not_written)
        }
        Format::Pdf => pdf(document, manner),
        Format::Ofd => {
            let bytes = ofd::write(document, &sheets(document, manner), manner.names, None);
            bytes.map(Written::from).map_err(not_written)
        }
        Format::Marked => Ok(marked::write(document).into_bytes().into()),
    }
}

/// Pages that look the same everywhere.
fn sheets(document: &Document, manner: &Manner<'_>) -> Vec<Sheet> {
    let mut sheets = layout::placed(document, &layout::lay_out(document));
    manner.watermark.into_iter().for_each(|words| layout::watermark(&mut sheets, words));
    sheets
}

/// Writes the document as OFD with the parts of the faces that it needs in it. Same input and same faces, same bytes.
///
/// # Errors
/// As [`write_as`].
pub fn write_embedded(document: &Document, manner: &Manner<'_>) -> Result<Written, Diagnostic> {
    let sheets = sheets(document, manner);
    let (fonts, notices) = fonts::find(manner.shelf, manner.names, &pdf::wanted(&sheets))?;
    let bytes = ofd::write(document, &sheets, manner.names, Some(&fonts)).map_err(not_written)?;
    Ok(Written { bytes, notices })
}

fn not_written(error: std::io::Error) -> Diagnostic {
    Diagnostic::error("cannot-write", error.to_string())
}

/// A PDF of the sheets with the faces at hand.
fn pdf(document: &Document, manner: &Manner<'_>) -> Result<Written, Diagnostic> {
    let sheets = sheets(document, manner);
    let (fonts, mut notices) = fonts::find(manner.shelf, manner.names, &pdf::wanted(&sheets))?;
    let (bytes, notice) = pdf::write(document, &sheets, &fonts)?;
    notices.extend(notice);
    Ok(Written { bytes, notices })
}
