//! The archive of a Word file, bounded, with its parts found as the standard says: by their relationships
//! (ISO/IEC 29500-2, 9.3), whatever they are called.

use std::io::{Cursor, Read as _};

use encoding_rs::{UTF_16BE, UTF_16LE};
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{attribute, parse};
use crate::diag::Diagnostic;

/// A part may unpack to this much; that of a report has a hundredth of it.
const LARGEST: u64 = 32 * 1024 * 1024;
/// Where a file begins that does not say where it begins.
const USUAL: &str = "word/document.xml";

/// A Word file that was opened.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    shown: String,
    /// The main part.
    pub main: String,
    /// What the main part refers to.
    relations: Vec<Relation>,
}

/// What a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Relation {
    id: String,
    /// The last word of its kind: `styles`, `header`.
    kind: String,
    /// Name of the part.
    part: String,
}

impl<'b> Package<'b> {
    /// Opens the archive.
    ///
    /// # Errors
    /// It is no archive, or none of a Word file.
    pub fn open(bytes: &'b [u8], shown: &str) -> Result<Package<'b>, Diagnostic> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(shown))?;
        let (main, relations) = (USUAL.to_owned(), Vec::new());
        let mut package = Package { archive, shown: shown.to_owned(), main, relations };
        package.is_another()?;
        let roots = package.relations_of("")?;
        if let Some(root) = roots.into_iter().find(|relation| relation.kind == "officeDocument") {
            package.main = root.part;
        }
        package.relations = package.relations_of(&package.main.clone())?;
        Ok(package)
    }

    /// Other office files are archives, too.
    fn is_another(&self) -> Result<(), Diagnostic> {
        let holds = |start: &str| self.archive.file_names().flatten().any(|name| name.starts_with(start));
        let kinds = [("xl/", "Excel 工作簿"), ("ppt/", "演示文稿"), ("OFD.xml", "OFD 版式文件")];
        let kind = kinds.into_iter().find(|(start, _)| holds(start) && !holds("word/"));
        let Some((_, kind)) = kind else { return Ok(()) };
        Err(Diagnostic::error("other-file", format!("“{}”其实是{kind}", self.shown))
            .hint("请选 Word 文件（.docx）；版式文件请用原来的 Word 文件"))
    }

    /// What a part refers to; the package itself where the name is empty.
    fn relations_of(&mut self, part: &str) -> Result<Vec<Relation>, Diagnostic> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let path = format!("{}_rels/{name}.rels", folder_of(folder));
        let xml = self.optional(&path)?.unwrap_or_default();
        let Ok(document) = parse(&xml) else { return Ok(Vec::new()) };
        let inside = document.descendants().filter(|node| {
            node.tag_name().name() == "Relationship" && attribute(node, "TargetMode") != "External"
        });
        let relation = |node| Relation {
            id: attribute(&node, "Id").to_owned(),
            kind: attribute(&node, "Type").rsplit('/').next().unwrap_or_default().to_owned(),
            part: resolved(folder, attribute(&node, "Target")),
        };
        Ok(inside.map(relation).collect())
    }

    /// The text of the main part.
    ///
    /// # Errors
    /// It is missing, too large, damaged, or in no encoding of XML.
    pub fn document(&mut self) -> Result<String, Diagnostic> {
        self.optional(&self.main.clone())?.ok_or_else(|| broken(&self.shown))
    }

    /// The text of the part of this kind that the main part refers to.
    ///
    /// # Errors
    /// As [`Package::document`], but it may be missing.
    pub fn related(&mut self, kind: &str) -> Result<Option<String>, Diagnostic> {
        match self.relations.iter().find(|relation| relation.kind == kind) {
            Some(relation) => self.optional(&relation.part.clone()),
            // Files that other programs wrote by hand name no relations.
            None => self.optional(&format!("word/{kind}.xml")),
        }
    }

    /// The text of the part that the main part refers to by this id.
    ///
    /// # Errors
    /// As [`Package::related`].
    pub fn referred(&mut self, id: &str) -> Result<Option<String>, Diagnostic> {
        match self.relations.iter().find(|relation| relation.id == id) {
            Some(relation) => self.optional(&relation.part.clone()),
            None => Ok(None),
        }
    }

    /// Name of the part of this kind, where there is one.
    pub fn name_of(&self, kind: &str) -> Option<&str> {
        self.relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.part.as_str())
    }

    /// Name of the part that says what the main part refers to.
    pub fn relations_name(&self) -> String {
        let (folder, name) = self.main.rsplit_once('/').unwrap_or(("", &self.main));
        format!("{}_rels/{name}.rels", folder_of(folder))
    }

    /// The text of a part, if the file has it.
    ///
    /// # Errors
    /// It is too large, damaged, or in no encoding of XML.
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
            return Err(too_large(shown));
        }
        decoded(xml).map(Some).ok_or_else(|| broken(shown))
    }

    /// Names of the parts that programs keep for themselves.
    pub fn custom_parts(&self) -> Vec<String> {
        const MOST: usize = 16;
        let names = self.archive.file_names().flatten().map(|name| name.to_string());
        names.filter(|name| name.starts_with("customXml/item") && name.ends_with(".xml")).take(MOST).collect()
    }

    /// Whether the file holds pictures.
    pub fn has_pictures(&self) -> bool {
        self.archive.file_names().flatten().any(|name| name.contains("media/"))
    }
}

fn folder_of(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}

/// The name of a part that another one in `folder` calls `target` (ISO/IEC 29500-2, 6.4).
fn resolved(folder: &str, target: &str) -> String {
    if let Some(target) = target.strip_prefix('/') {
        return target.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// XML is in UTF-8 or in UTF-16 with a mark of its byte order (ISO/IEC 29500-2, 7.2.1).
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let utf_16 = [UTF_16LE, UTF_16BE].into_iter().zip([[0xFF, 0xFE], [0xFE, 0xFF]]);
    match utf_16.into_iter().find(|(_, mark)| bytes.starts_with(mark)) {
        Some((encoding, _)) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[2..]).map(Into::into)
        }
        None => String::from_utf8(bytes).ok(),
    }
}

/// What is said of a file that is no Word file, or a damaged one.
pub(super) fn broken(shown: &str) -> Diagnostic {
    Diagnostic::error("broken-docx", format!("“{shown}”不是完好的 .docx 文件"))
        .hint("请用 Word 或 WPS 打开看看；能打开就另存为 .docx 再试")
}

/// What is said of a file that is larger than any report.
pub(super) fn too_large(shown: &str) -> Diagnostic {
    Diagnostic::error("file-too-large", format!("“{shown}”解压后超过32 MB，或内容多得不像一份报告"))
        .hint("请核对是不是选错了文件")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_their_folder_or_begin_at_the_root() {
        for (folder, target, wanted) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("a/b", "./c/../d.xml", "a/b/d.xml"),
        ] {
            assert_eq!(resolved(folder, target), wanted);
        }
    }

    #[test]
    fn parts_are_in_utf_8_or_utf_16() {
        let words = "<a>镇</a>";
        let wide: Vec<u8> =
            std::iter::once(0xFEFF).chain(words.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(wide).as_deref(), Some(words));
        assert_eq!(decoded(words.as_bytes().to_vec()).as_deref(), Some(words));
        assert_eq!(decoded(vec![0xD5, 0xF2]), None);
    }
}
