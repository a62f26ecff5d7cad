//! A [`Document`] as bytes: one `match`, one file or folder a format.

mod archive;
mod docx;
mod html;
pub mod issued;
mod marked;
mod md;
mod ofd;
mod txt;

use crate::document::Document;
use crate::layout;

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
    /// Fixed pages, GB/T 33190-2016.
    Ofd,
    /// Text with `⟦path⟧` before every figure.
    Marked,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Format; 6] =
        [Format::Txt, Format::Md, Format::Html, Format::Docx, Format::Ofd, Format::Marked];

    /// Its name on the command line and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Format::Txt => "txt",
            Format::Md => "md",
            Format::Html => "html",
            Format::Docx => "docx",
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
            Format::Docx | Format::Ofd => false,
            Format::Txt | Format::Md | Format::Html | Format::Marked => true,
        }
    }

    /// What a file that is saved is called to the browser. Those of Word and OFD are named: a page that was opened in
    /// place would run under the server's name.
    pub fn mime(self) -> &'static str {
        match self {
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Ofd => "application/ofd",
            Format::Txt | Format::Md | Format::Html | Format::Marked => "application/octet-stream",
        }
    }
}

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

/// Writes the document. Same input, same bytes.
///
/// # Errors
/// Only from the archive of a Word file, and only for lack of memory.
pub fn write(document: &Document, format: Format) -> std::io::Result<Vec<u8>> {
    bytes(document, format, &Revision::default(), false)
}

/// Writes a redline; in Word its changes are those of `revision`.
///
/// # Errors
/// As [`write()`].
pub fn write_revised(document: &Document, format: Format, revision: &Revision) -> std::io::Result<Vec<u8>> {
    bytes(document, format, revision, true)
}

fn bytes(
    document: &Document,
    format: Format,
    revision: &Revision,
    redline: bool,
) -> std::io::Result<Vec<u8>> {
    match format {
        Format::Txt => Ok(txt::write(document).into_bytes()),
        Format::Md => Ok(md::write(document).into_bytes()),
        Format::Html => Ok(html::write(document).into_bytes()),
        Format::Docx => docx::write(document, revision, redline),
        Format::Ofd => ofd::write(document, &layout::placed(document, &layout::lay_out(document))),
        Format::Marked => Ok(marked::write(document).into_bytes()),
    }
}
