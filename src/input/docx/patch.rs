//! A Word file with other words or with comments, everything else kept to the byte.

use std::io::{Cursor, Read as _, Write as _};
use std::ops::Range;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::blocks::Found;
use super::package::{Package, broken};
use super::walk::{Line, Piece};
use super::xml::{attribute, parse};
use crate::diag::Diagnostic;
use crate::markup::escaped;

/// What is to be done at a stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Other words in its place.
    Replace(String),
    /// A comment on it; every line is a paragraph.
    Comment(String),
}

/// A change of a file. Lines are counted as the reader gives them: a block is a line, of a table its
/// caption and every cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The line, from 0.
    pub line: usize,
    /// Bytes of the line.
    pub span: Range<usize>,
    /// What is done.
    pub act: Act,
}

/// Who signs the comments, and when (`2011-12-20T00:00:00Z`).
#[derive(Debug, Clone, Copy)]
pub struct Signature<'s> {
    /// The author; not empty.
    pub author: &'s str,
    /// The date.
    pub date: &'s str,
}

/// A piece of XML that is replaced.
type Splice = (Range<usize>, String);

/// The file with its changes, and how many could be made: words that Word sets by itself, such as
/// automatic numbers, stand nowhere in the file. Stretches must not overlap.
///
/// # Errors
/// The file is damaged.
pub fn apply(
    bytes: &[u8],
    shown: &str,
    edits: &[Edit],
    by: Signature<'_>,
) -> Result<(Vec<u8>, usize), Diagnostic> {
    let mut package = Package::open(bytes, shown)?;
    let (xml, found) = super::found(&mut package, shown)?;
    let names = Names::of(&package);
    let mut splices: Vec<Splice> = Vec::new();
    let mut comments = Vec::new();
    let mut done = 0;
    let first = highest_id(&xml) + 1;
    for edit in edits {
        let Some(line) = found.lines.get(edit.line) else { continue };
        let made = match &edit.act {
            Act::Replace(words) => replace(line, &edit.span, words),
            Act::Comment(_) => comment(&xml, &found, line, &edit.span, first + comments.len() as u64),
        };
        let Some(made) = made else { continue };
        if let Act::Comment(words) = &edit.act {
            comments.push(words.as_str());
        }
        splices.extend(made);
        done += 1;
    }
    let document = spliced(&xml, splices);
    let comments = (!comments.is_empty()).then(|| comment_elements(&comments, first, by));
    let file = repack(bytes, &document, comments.as_deref(), &names).map_err(|_| broken(shown))?;
    Ok((file, done))
}

/// The pieces that a stretch touches.
fn touched<'l>(line: &'l Line, span: &Range<usize>) -> Vec<&'l Piece> {
    line.pieces.iter().filter(|piece| piece.at.start < span.end && span.start < piece.at.end).collect()
}

/// The new words go where the stretch begins.
fn replace(line: &Line, span: &Range<usize>, new: &str) -> Option<Vec<Splice>> {
    let pieces = touched(line, span);
    let covered: usize =
        pieces.iter().map(|piece| piece.at.end.min(span.end) - piece.at.start.max(span.start)).sum();
    if pieces.is_empty() || covered != span.len() {
        return None;
    }
    let mut new = Some(new);
    let splice = |piece: &&Piece| {
        let before = &line.words[piece.at.start..span.start.max(piece.at.start)];
        let after = &line.words[span.end.min(piece.at.end)..piece.at.end];
        let words = format!("{before}{}{after}", new.take().unwrap_or_default());
        (piece.xml.clone(), escaped(&words))
    };
    Some(pieces.iter().map(splice).collect())
}

/// Marks around the stretch; runs are split where it begins or ends inside one.
fn comment(xml: &str, found: &Found, line: &Line, span: &Range<usize>, id: u64) -> Option<Vec<Splice>> {
    let pieces = touched(line, span);
    let (first, last) = (pieces.first()?, pieces.last()?);
    if !found.usual {
        return None;
    }
    let start = format!(r#"<w:commentRangeStart w:id="{id}"/>"#);
    let end = format!(r#"<w:commentRangeEnd w:id="{id}"/><w:r><w:commentReference w:id="{id}"/></w:r>"#);
    let (from, to) = (span.start.max(first.at.start), span.end.min(last.at.end));
    let opening = if from == first.at.start && first.first {
        let at = found.runs[first.run].xml.start;
        (at..at, start)
    } else {
        cut(xml, found, line, first, from, &start)?
    };
    let closing = if to == last.at.end && last.last {
        let at = found.runs[last.run].xml.end;
        (at..at, end)
    } else {
        cut(xml, found, line, last, to, &end)?
    };
    Some(vec![opening, closing])
}

/// Ends the run at a byte of the line, puts marks there, and goes on in a run of the same look.
fn cut(xml: &str, found: &Found, line: &Line, piece: &Piece, at: usize, marks: &str) -> Option<Splice> {
    let run = &found.runs[piece.run];
    let properties = &xml[run.properties.clone()];
    // Where in the XML the byte stands: a piece is plain text, or one reference.
    let inside = at - piece.at.start;
    let text = &xml[piece.xml.clone()];
    let place = if inside == 0 {
        piece.xml.start
    } else if inside == piece.at.len() {
        piece.xml.end
    } else {
        (text == &line.words[piece.at.clone()]).then_some(piece.xml.start + inside)?
    };
    let seam = format!(r#"</w:t></w:r>{marks}<w:r>{properties}<w:t xml:space="preserve">"#);
    Some((place..place, seam))
}

/// Makes the replacements; those at the same place stand in the order in which they were found.
fn spliced(xml: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(xml.len() + splices.len() * 120);
    let mut at = 0;
    for (range, new) in splices.into_iter() {
        if range.start < at {
            continue;
        }
        out.push_str(&xml[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&xml[at..]);
    out
}

fn highest_id(xml: &str) -> u64 {
    let Ok(document) = parse(xml) else { return 0 };
    document.descendants().filter_map(|node| attribute(&node, "id").parse().ok()).max().unwrap_or(0)
}

fn comment_elements(comments: &[&str], first: u64, by: Signature<'_>) -> String {
    let mut xml = String::new();
    for (id, words) in (first..).zip(comments) {
        let (author, date) = (escaped(by.author), escaped(by.date));
        xml.push_str(&format!(
            r#"<w:comment w:id="{id}" w:author="{author}" w:date="{date}" w:initials="核">"#
        ));
        for line in words.lines() {
            xml.push_str(&format!(
                r#"<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#,
                escaped(line)
            ));
        }
        xml.push_str("</w:comment>");
    }
    xml
}

/// Names of the parts that change.
struct Names {
    main: String,
    relations: String,
    comments: String,
}

impl Names {
    fn of(package: &Package<'_>) -> Names {
        Names {
            main: package.main.clone(),
            relations: package.relations_name(),
            comments: package.name_of("comments").unwrap_or("word/comments.xml").to_owned(),
        }
    }
}

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The archive with another document and more comments; every other entry is copied as it is.
fn repack(
    bytes: &[u8],
    document: &str,
    comments: Option<&str>,
    names: &Names,
) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let had = archive.index_for_name(&names.comments).is_some();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let name = entry.name()?.into_owned();
        let part = &names.comments;
        let changed = match (name.as_str(), comments) {
            (name, _) if name == names.main => Some(document.to_owned()),
            (name, Some(more)) if name == names.comments => {
                Some(text(&mut entry)?.replace("</w:comments>", &format!("{more}</w:comments>")))
            }
            ("[Content_Types].xml", Some(_)) if !had => {
                let part = format!(r#"<Override PartName="/{part}" ContentType="{TYPE}"/></Types>"#);
                Some(text(&mut entry)?.replace("</Types>", &part))
            }
            (name, Some(_)) if name == names.relations && !had => {
                let relation = format!(
                    r#"<Relationship Id="huibaoComments" Type="{KIND}" Target="/{part}"/></Relationships>"#
                );
                Some(text(&mut entry)?.replace("</Relationships>", &relation))
            }
            _ => None,
        };
        match changed {
            None => out.raw_copy_file(entry)?,
            Some(xml) => {
                out.start_file(name, options())?;
                out.write_all(xml.as_bytes())?;
            }
        }
    }
    if let Some(more) = comments.filter(|_| !had) {
        out.start_file(names.comments.as_str(), options())?;
        let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
        out.write_all(format!("{head}\n<w:comments xmlns:w=\"{W}\">{more}</w:comments>").as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}

/// The zero of the format as time, so that equal files are equal.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().last_modified_time(zip::DateTime::default())
}

fn text(entry: &mut impl std::io::Read) -> zip::result::ZipResult<String> {
    let mut text = String::new();
    entry.take(64 * 1024 * 1024).read_to_string(&mut text)?;
    Ok(text)
}
