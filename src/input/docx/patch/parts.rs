//! The parts of a file that change with it: the list of its comments, and what says that there is one.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use roxmltree::{Document, Node};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::package::{Package, meant};
use super::super::xml::{attribute, parse};
use super::marks::{Comment, Written};
use super::{Signature, qualified, start_tag};
use crate::diag::Diagnostic;
use crate::markup::escaped;
use crate::zh::pattern::Pattern;

const TYPES: &str = "[Content_Types].xml";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
/// The same in the strict edition of the standard, and what its vocabularies begin with.
const STRICT_KIND: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";
const STRICT: &str = "http://purl.oclc.org/";

/// A part by its name, with its text where the file has it.
struct Part {
    name: String,
    text: Option<String>,
}

/// The parts that may change.
pub(super) struct Parts {
    main: String,
    comments: Part,
    /// The main part says that it has comments.
    related: bool,
    relations: Part,
    types: Part,
    changed: Vec<(String, String)>,
}

impl Parts {
    /// The parts of a file.
    ///
    /// # Errors
    /// One is too large or damaged.
    pub(super) fn of(package: &mut Package<'_>) -> Result<Parts, Diagnostic> {
        let related = package.name_of("comments").map(str::to_owned);
        let (main, relations) = (package.main.clone(), package.relations_name());
        let mut part = |name: String| package.optional(&name).map(|text| Part { name, text });
        Ok(Parts {
            main,
            related: related.is_some(),
            comments: part(related.unwrap_or_else(|| "word/comments.xml".to_owned()))?,
            relations: part(relations)?,
            types: part(TYPES.to_owned())?,
            changed: Vec::new(),
        })
    }

    /// The numbers that comments must not have.
    pub(super) fn comment_ids(&self, document: &Document<'_>) -> BTreeSet<u64> {
        let ids = |document: &Document<'_>| -> BTreeSet<u64> {
            document.descendants().filter_map(|node| attribute(&node, "id").parse().ok()).collect()
        };
        let mut taken = ids(document);
        let comments = self.comments.text.as_deref().map(parse);
        comments.into_iter().flatten().for_each(|comments| taken.extend(ids(&comments)));
        taken
    }

    /// Adds comments to the list; `vocabulary` is that of the document.
    pub(super) fn comment(&mut self, comments: &[Comment<'_>], by: Signature<'_>, vocabulary: &str) {
        if comments.is_empty() {
            return;
        }
        let empty = format!("{HEAD}<w:comments xmlns:w=\"{vocabulary}\"/>");
        let list = self.comments.text.as_deref().unwrap_or(&empty);
        let list = with_more(list, |root| {
            let written = Written::within(root);
            comments.iter().map(|comment| element(comment, by, &written)).collect()
        });
        self.changed.push((self.comments.name.clone(), list));
        let name = format!("/{}", self.comments.name);
        if !self.related {
            let kind = if vocabulary.starts_with(STRICT) { STRICT_KIND } else { KIND };
            let empty = format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\"/>");
            let list = self.relations.text.as_deref().unwrap_or(&empty);
            let list = with_more(list, |root| {
                let p = prefix(list, root);
                format!(r#"<{p}Relationship Id="huibaoComments" Type="{kind}" Target="{name}"/>"#)
            });
            self.changed.push((self.relations.name.clone(), list));
        }
        let types = self.types.text.as_deref().unwrap_or_default();
        let told = types.contains(TYPE) && types.to_ascii_lowercase().contains(&name.to_ascii_lowercase());
        if !told {
            let types = with_more(types, |root| {
                let p = prefix(types, root);
                format!(r#"<{p}Override PartName="{name}" ContentType="{TYPE}"/>"#)
            });
            self.changed.push((TYPES.to_owned(), types));
        }
    }

    /// The archive with its changes; every other entry is copied as it is.
    pub(super) fn packed(mut self, bytes: &[u8], document: &str) -> zip::result::ZipResult<Vec<u8>> {
        self.changed.push((self.main, document.to_owned()));
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let entry = archive.by_index(index)?;
            let name = entry.name()?.into_owned();
            match self.changed.iter().position(|(part, _)| meant(&name) == meant(part)) {
                None => out.raw_copy_file(entry)?,
                Some(changed) => {
                    let (_, xml) = self.changed.swap_remove(changed);
                    out.start_file(name, options())?;
                    out.write_all(in_utf_8(&xml).as_bytes())?;
                }
            }
        }
        for (name, xml) in self.changed {
            out.start_file(name, options())?;
            out.write_all(in_utf_8(&xml).as_bytes())?;
        }
        Ok(out.finish()?.into_inner())
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

static ENCODING: Pattern = Pattern::new("^(\u{FEFF}?<\\?xml[^>]*?\\sencoding\\s*=\\s*)(\"[^\"]*\"|'[^']*')");

/// A part as it is written: in UTF-8, whatever it was in, and it says so.
fn in_utf_8(xml: &str) -> String {
    match ENCODING.captures(xml) {
        Some(found) if !found[2][1..found[2].len() - 1].eq_ignore_ascii_case("utf-8") => {
            format!("{}\"UTF-8\"{}", &found[1], &xml[found[0].len()..])
        }
        _ => xml.to_owned(),
    }
}

/// A part with more elements at the end of its root; as it is where it is no XML.
fn with_more(xml: &str, more: impl Fn(&Node<'_, '_>) -> String) -> String {
    let Ok(document) = parse(xml) else { return xml.to_owned() };
    let root = document.root_element();
    let more = more(&root);
    let tag = start_tag(xml, &root);
    let range = root.range();
    match tag.strip_suffix("/>") {
        Some(open) => {
            let name = qualified(xml, &root);
            format!("{}{open}>{more}</{name}>{}", &xml[..range.start], &xml[range.end..])
        }
        None => {
            let end = xml[..range.end].rfind("</").unwrap_or(range.end);
            format!("{}{more}{}", &xml[..end], &xml[end..])
        }
    }
}

/// What stands before the name of an element, its colon included.
fn prefix<'x>(xml: &'x str, element: &Node<'_, '_>) -> &'x str {
    let name = qualified(xml, element);
    name.split_inclusive(':').next().filter(|part| part.ends_with(':')).unwrap_or_default()
}

/// A comment; every line is a paragraph.
fn element((id, words): &Comment<'_>, by: Signature<'_>, written: &Written) -> String {
    let (author, date) = (escaped(by.author), escaped(by.date));
    let Written { prefix: p, declared } = written;
    let paragraph = |line: &str| {
        let line = escaped(line);
        format!(r#"<{p}p><{p}r><{p}t xml:space="preserve">{line}</{p}t></{p}r></{p}p>"#)
    };
    let paragraphs: String = words.lines().map(paragraph).collect();
    format!(
        r#"<{p}comment{declared} {p}id="{id}" {p}author="{author}" {p}date="{date}" {p}initials="核">{paragraphs}</{p}comment>"#
    )
}

/// The zero of the format as time, so that equal files are equal.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().last_modified_time(zip::DateTime::default())
}
