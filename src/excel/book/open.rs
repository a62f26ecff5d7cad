//! What kind of workbook an archive is.

use super::package::Package;
use super::{Book, ods, trouble, xlsx};
use crate::diag::Diagnostic;

/// Reads the workbook in an archive, and what kind it is.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<(Book, &'static str), Diagnostic> {
    let package = Package::open(bytes, name)?;
    if package.has(|part| part.contains("EncryptedPackage")) {
        return Err(trouble::password(name));
    }
    if package.has(|part| part == "content.xml") {
        return Ok((ods::read(package)?, "ods"));
    }
    if package.has(|part| part == "[Content_Types].xml") {
        return Ok((xlsx::read(package)?, "xlsx"));
    }
    Err(trouble::not_a_workbook(name))
}
