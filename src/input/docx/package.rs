//! The archive of a Word file, bounded, with its parts found as the standard says: by their relationships
//! (ISO/IEC 29500-2, 9.3), whatever they are called.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
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
    /// Names of entries as the archive has them, by what they mean.
    entries: BTreeMap<String, String>,
    shown: String,
    /// The main part, as the archive names it.
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
        let names = archive.file_names().flatten();
        let entries = names.map(|name| (meant(&name), name.to_string())).collect();
        let mut package =
            Package { archive, entries, shown: shown.to_owned(), main: String::new(), relations: Vec::new() };
        package.is_another()?;
        let roots = package.relations_of("")?;
        let root = roots.into_iter().find(|relation| relation.kind == "officeDocument");
        let main = root.map_or(USUAL.to_owned(), |root| root.part);
        package.relations = package.relations_of(&main)?;
        package.main = package.entry(&main).to_owned();
        Ok(package)
    }

    /// The name that the archive has for a part.
    fn entry<'n>(&'n self, part: &'n str) -> &'n str {
        self.entries.get(&meant(part)).map_or(part, String::as_str)
    }

    /// Other office files are archives, too.
    fn is_another(&self) -> Result<(), Diagnostic> {
        let holds = |start: &str| self.entries.keys().any(|name| name.starts_with(start));
        let kinds = [("xl/", "Excel 工作簿"), ("ppt/", "演示文稿"), ("ofd.xml", "OFD 版式文件")];
        let kind = kinds.into_iter().find(|(start, _)| holds(start) && !holds("word/"));
        let report = self.entries.iter().find(|(name, _)| name.ends_with(".docx") || name.ends_with(".doc"));
        if let Some((_, name)) = report.filter(|_| !holds("[content_types].xml")) {
            let message = format!("“{}”是压缩包，里面有“{name}”", self.shown);
            return Err(Diagnostic::error("other-file", message).hint("请先解开压缩包，选里面的 .docx 文件"));
        }
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
        let relation = self.relations.iter().find(|relation| relation.kind == kind)?;
        Some(self.entry(&relation.part))
    }

    /// Name of the part that says what the main part refers to.
    pub fn relations_name(&self) -> String {
        let main = self.main.replace('\\', "/");
        let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
        self.entry(&format!("{}_rels/{name}.rels", folder_of(folder))).to_owned()
    }

    /// The text of a part, if the file has it.
    ///
    /// # Errors
    /// It is too large, damaged, or in no encoding of XML.
    pub fn optional(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        match self.bytes(name)? {
            Some(xml) => decoded(xml).map(Some).ok_or_else(|| broken(&self.shown)),
            None => Ok(None),
        }
    }

    /// The picture that the main part refers to by this id.
    ///
    /// # Errors
    /// It is too large, or damaged.
    pub fn medium(&mut self, id: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        match self.relations.iter().find(|relation| relation.id == id && relation.kind == "image") {
            Some(relation) => self.bytes(&relation.part.clone()),
            None => Ok(None),
        }
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let (shown, name) = (&self.shown, self.entry(name).to_owned());
        let entry = match self.archive.by_name(&name) {
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
        Ok(Some(xml))
    }

    /// Names of the parts that programs keep for themselves.
    pub fn custom_parts(&self) -> Vec<String> {
        const MOST: usize = 16;
        let names = self.entries.keys();
        let own = names.filter(|name| name.starts_with("customxml/item") && name.ends_with(".xml"));
        own.take(MOST).cloned().collect()
    }

    /// Whether the file holds pictures.
    pub fn has_pictures(&self) -> bool {
        self.entries.keys().any(|name| name.contains("media/"))
    }
}

/// The name that an entry means: names ignore case (ISO/IEC 29500-2, 7.2.3.2), and some programs write backslashes
/// or a slash at the root.
pub(super) fn meant(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
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

/// XML is in UTF-8 or in UTF-16 with a mark of its byte order (ISO/IEC 29500-2, 7.2.1); some programs write the
/// encoding of their country and say so.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let utf_16 = [UTF_16LE, UTF_16BE].into_iter().zip([[0xFF, 0xFE], [0xFE, 0xFF]]);
    match utf_16.into_iter().find(|(_, mark)| bytes.starts_with(mark)) {
        Some((encoding, _)) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[2..]).map(Into::into)
        }
        None => String::from_utf8(bytes).or_else(|not| declared(not.as_bytes()).ok_or(not)).ok(),
    }
}

/// The text in the encoding that its first line names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.split(|byte| *byte == b'>').next()?;
    let (_, label) = std::str::from_utf8(head).ok()?.split_once("encoding=")?;
    let quote = label.chars().next()?;
    let label = label[quote.len_utf8()..].split(quote).next()?;
    let encoding = Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)?;
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
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
    fn names_of_entries_are_what_they_mean() {
        for name in ["word/document.xml", "word\\document.xml", "/word/document.xml", "Word/Document.xml"] {
            assert_eq!(meant(name), "word/document.xml");
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
        let named = [b"<?xml encoding='GB2312'?><a>".as_slice(), &[0xD5, 0xF2], b"</a>"].concat();
        assert_eq!(decoded(named).as_deref(), Some("<?xml encoding='GB2312'?><a>镇</a>"));
    }
}
