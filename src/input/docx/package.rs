//! The archive of a Word file, bounded.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::diag::Diagnostic;

/// A part may unpack to this much; that of a report has a hundredth of it.
const LARGEST: u64 = 128 * 1024 * 1024;

/// A Word file that was opened.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    shown: String,
}

impl<'b> Package<'b> {
    /// Opens the archive.
    ///
    /// # Errors
    /// It is no archive.
    pub fn open(bytes: &'b [u8], shown: &str) -> Result<Package<'b>, Diagnostic> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(shown))?;
        Ok(Package { archive, shown: shown.to_owned() })
    }

    /// The text of a part that must be there.
    ///
    /// # Errors
    /// It is missing, too large, damaged, or no UTF-8.
    pub fn part(&mut self, name: &str) -> Result<String, Diagnostic> {
        self.optional(name)?.ok_or_else(|| broken(&self.shown))
    }

    /// The text of a part, if the file has it.
    ///
    /// # Errors
    /// It is too large, damaged, or no UTF-8.
    pub fn optional(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let shown = &self.shown;
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(broken(shown)),
        };
        let mut xml = Vec::new();
        // The size that the archive declares is not to be trusted: reading stops by itself.
        entry.take(LARGEST + 1).read_to_end(&mut xml).map_err(|_| broken(shown))?;
        if xml.len() as u64 > LARGEST {
            return Err(Diagnostic::error(
                "file-too-large",
                format!("“{shown}”解压后超过128 MB，不像一份报告"),
            )
            .hint("请核对是不是选错了文件"));
        }
        String::from_utf8(xml).map(Some).map_err(|_| broken(shown))
    }

    /// Names of the parts that programs keep for themselves.
    pub fn custom_parts(&self) -> Vec<String> {
        const MOST: usize = 16;
        let names = self.archive.file_names().flatten().map(|name| name.to_string());
        names.filter(|name| name.starts_with("customXml/item") && name.ends_with(".xml")).take(MOST).collect()
    }

    /// Whether the file holds pictures.
    pub fn has_pictures(&self) -> bool {
        self.archive.file_names().flatten().any(|name| name.starts_with("word/media/"))
    }
}

/// What is said of a file that is no Word file, or a damaged one.
pub(super) fn broken(shown: &str) -> Diagnostic {
    Diagnostic::error("broken-docx", format!("“{shown}”不是完好的 .docx 文件"))
        .hint("请用 Word 或 WPS 打开看看；能打开就另存为 .docx 再试")
}
