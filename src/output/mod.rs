//! A [`Document`] as bytes: one `match`, one file or folder a format.

mod docx;
mod html;
mod marked;
mod md;
mod txt;

use crate::document::Document;

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
    /// Text with `⟦path⟧` before every figure.
    Marked,
}

/// Writes the document. Same input, same bytes.
///
/// # Errors
/// Only from the archive of a Word file, and only for lack of memory.
pub fn write(document: &Document, format: Format) -> std::io::Result<Vec<u8>> {
    match format {
        Format::Txt => Ok(txt::write(document).into_bytes()),
        Format::Md => Ok(md::write(document).into_bytes()),
        Format::Html => Ok(html::write(document).into_bytes()),
        Format::Docx => docx::write(document),
        Format::Marked => Ok(marked::write(document).into_bytes()),
    }
}
