//! Files of words under the name of a workbook: columns parted by commas or tabs, the XML of Excel 2003, web pages.

use super::{Book, csv, trouble, xml_2003};
use crate::diag::Diagnostic;
use crate::zh::encoding;

/// Characters at the front by which a kind of file is told.
const LOOKED_AT: usize = 4096;
/// How the pages begin that systems export for tables; a page saved with its pictures begins as a letter.
const PAGES: [&str; 8] =
    ["<html", "<!doctype html", "<table", "<head", "<meta", "<style", "<body", "mime-version:"];

/// Reads a file of words, and what kind it is.
pub(super) fn read(bytes: &[u8], name: &str, extension: &str) -> Result<(Book, &'static str), Diagnostic> {
    let named = matches!(extension, "csv" | "txt" | "tsv");
    let decoded = encoding::decode(bytes)
        .filter(|(text, _)| !text.contains('\0') && (named || !text.contains(is_control)));
    let (text, encoding) = decoded.ok_or_else(|| trouble::not_a_workbook(name))?;
    let start: String = text.trim_start().chars().take(LOOKED_AT).collect::<String>().to_lowercase();
    if start.starts_with('<') && start.contains(xml_2003::NAMESPACE) {
        return Ok((xml_2003::read(&text, name)?, "xml"));
    }
    let markup = start.starts_with("<?xml") || start.starts_with("<!");
    if PAGES.iter().any(|page| start.starts_with(page) || (markup && start.contains(page))) {
        return Err(trouble::web_page(name));
    }
    let workbook = matches!(extension, "xls" | "xlsx" | "et" | "ods") && !markup;
    if named || (workbook && csv::is_table(&text)) {
        csv::read(&text, encoding, name)
    } else {
        Err(trouble::not_a_workbook(name))
    }
}

/// What stands in no text; the marks of lines and pages do.
fn is_control(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}')
}
