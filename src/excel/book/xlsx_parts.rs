//! The parts of an `.xlsx` beside its sheets: relations, number formats, shared strings.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::Event;

use super::format::NumberFormat;
use super::package::{Stream, attribute, each_tag};
use super::{LONGEST, MOST_CELLS, MOST_WORDS, trouble};
use crate::diag::Diagnostic;
use crate::markup::entity;

/// A relation from one part to another.
#[derive(Debug)]
pub(super) struct Relation {
    pub id: String,
    /// The last word of its type: `worksheet`, `styles`.
    pub kind: String,
    /// Path in the archive.
    pub target: String,
}

/// The relations that a part of `folder` lists; `name` is that of the file.
pub(super) fn relations(xml: &str, folder: &str, name: &str) -> Result<Vec<Relation>, Diagnostic> {
    let mut relations = Vec::new();
    each_tag(xml, name, |tag| {
        if tag.local_name().as_ref() != "Relationship" {
            return;
        }
        let word = |name| attribute(tag, name).unwrap_or_default();
        let kind = word("Type").rsplit('/').next().unwrap_or_default().to_owned();
        relations.push(Relation { id: word("Id"), kind, target: resolved(&word("Target"), folder) });
    })?;
    Ok(relations)
}

/// A target as a path from the root of the archive.
fn resolved(target: &str, folder: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    path.join("/")
}

/// The number format of every style of a cell.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: Vec<Arc<NumberFormat>>,
    general: Arc<NumberFormat>,
}

impl Styles {
    /// Reads `styles.xml`; `name` is that of the file.
    pub fn read(xml: &str, name: &str) -> Result<Styles, Diagnostic> {
        let mut own = BTreeMap::new();
        let (mut styles, mut cells) = (Styles::default(), false);
        let mut made: BTreeMap<u32, Arc<NumberFormat>> = BTreeMap::new();
        each_tag(xml, name, |tag| match tag.local_name().as_ref() {
            "numFmt" => {
                let id = attribute(tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                own.extend(id.zip(attribute(tag, "formatCode")));
            }
            "cellXfs" => cells = true,
            "cellStyles" | "cellStyleXfs" | "dxfs" => cells = false,
            "xf" if cells => {
                let id = attribute(tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                let make = || match own.get(&id) {
                    Some(code) => NumberFormat::parse(code),
                    None => NumberFormat::built_in(id),
                };
                let format = made.entry(id).or_insert_with(|| Arc::new(make()));
                styles.formats.push(Arc::clone(format));
            }
            _ => {}
        })?;
        Ok(styles)
    }

    /// The format of a style.
    pub fn format(&self, style: usize) -> &Arc<NumberFormat> {
        self.formats.get(style).unwrap_or(&self.general)
    }
}

/// The links of a workbook to other files.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Whether there are any.
    pub any: bool,
    /// Names that stand for cells of other files.
    names: Vec<String>,
}

/// Names of other files' cells that are looked for in formulas; with more of them every formula is taken for a link.
const MOST_NAMES: usize = 100;

impl Links {
    /// Reads the names that the main part defines.
    pub fn read(workbook: &str) -> Links {
        let defined = workbook.split("<definedName ").skip(1).filter_map(|rest| {
            let (tag, words) = rest.split_once('>')?;
            let name = tag.split_once("name=\"")?.1.split('"').next()?;
            is_linked(words.split('<').next()?).then(|| name.to_owned())
        });
        Links { any: true, names: defined.take(MOST_NAMES + 1).collect() }
    }

    /// Whether a formula takes something from another file.
    pub fn of(&self, formula: &str) -> bool {
        let word = |name: &String| {
            formula.match_indices(name.as_str()).any(|(at, name)| {
                let letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
                let (before, behind) = (&formula[..at], &formula[at + name.len()..]);
                !before.ends_with(letter) && !behind.starts_with(letter)
            })
        };
        is_linked(formula) || self.names.len() > MOST_NAMES || self.names.iter().any(word)
    }
}

/// Whether a formula has the number of another file in brackets, `[1]表!A1`; a column of a table stands in brackets
/// behind its name.
fn is_linked(formula: &str) -> bool {
    formula.match_indices('[').any(|(at, _)| {
        let digits = formula[at + 1..].split(']').next().unwrap_or_default();
        let column =
            formula[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '[' | ']' | ','));
        !column && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What the cells of every sheet refer to.
pub(super) struct Shared {
    pub strings: Vec<Arc<str>>,
    pub styles: Styles,
    pub links: Links,
    /// Days are counted from 1904.
    pub from_1904: bool,
}

/// The shared strings; readings set beside Chinese characters are left out.
pub(super) fn strings(xml: &mut Stream<'_, '_>, name: &str) -> Result<Vec<Arc<str>>, Diagnostic> {
    let (mut strings, mut buffer) = (Vec::new(), Vec::new());
    let (mut words, mut in_text, mut reading, mut all) = (String::new(), false, false, 0);
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" => words.clear(),
                "t" => in_text = true,
                "rPh" => reading = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(Arc::from("")),
            Event::End(tag) => match tag.local_name().as_ref() {
                "si" => {
                    all += words.len();
                    strings.push(unescaped(&words).into());
                }
                "t" => in_text = false,
                "rPh" => reading = false,
                _ => {}
            },
            Event::Text(text) if in_text && !reading => words.push_str(text.as_ref()),
            Event::CData(text) if in_text && !reading => words.push_str(text.as_ref()),
            Event::GeneralRef(reference) if in_text && !reading => words.extend(entity(reference.as_ref())),
            Event::Eof => return Ok(strings),
            _ => {}
        }
        if strings.len() > MOST_CELLS {
            return Err(trouble::too_many_cells(name));
        }
        if words.len() > LONGEST {
            return Err(trouble::cell_too_long(name));
        }
        if all > MOST_WORDS {
            return Err(trouble::too_many_words(name));
        }
    }
}

/// `_x000D_` and its kin, which stand for characters that XML cannot hold.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at..].get(6..7) == Some("_"));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let taken = if c.is_some() { at + 7 } else { at + 2 };
        out.push_str(if c.is_some() { &rest[..at] } else { &rest[..taken] });
        out.extend(c);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::excel::book::format::FormatKind;

    #[test]
    fn targets_are_resolved_from_their_folder() {
        let xml = "<r><Relationship Id=\"a\" Type=\"http://x/worksheet\" Target=\"worksheets/s.xml\"/>\
            <Relationship Id=\"b\" Type=\"y/styles\" Target=\"/xl/styles.xml\"/>\
            <Relationship Id=\"c\" Type=\"z\" Target=\"../a&amp;b.xml\"/></r>";
        let found: Vec<_> =
            relations(xml, "xl", "").unwrap().into_iter().map(|one| (one.kind, one.target)).collect();
        let wanted = [("worksheet", "xl/worksheets/s.xml"), ("styles", "xl/styles.xml"), ("z", "a&b.xml")];
        assert_eq!(found, wanted.map(|(kind, target)| (kind.to_owned(), target.to_owned())));
    }

    #[test]
    fn styles_name_their_formats() {
        let xml = "<s><numFmts><numFmt numFmtId=\"176\" formatCode=\"0.0&quot;亩&quot;\"/></numFmts>\
            <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"176\"/></cellXfs></s>";
        let styles = Styles::read(xml, "").unwrap();
        let kind = |style| styles.format(style).kind(Decimal::ONE);
        assert_eq!(
            (kind(1), kind(2), kind(99)),
            (FormatKind::Percent(2), FormatKind::Fixed(1), FormatKind::General)
        );
        assert_eq!(styles.format(2).unit(Decimal::ONE), "亩");
    }

    #[test]
    fn formulas_that_reach_into_other_files_are_told() {
        let links = Links::read(
            "<workbook><definedNames><definedName name=\"外表\">[1]表!$A$1</definedName>\
             <definedName name=\"本表\">表!$A$1</definedName></definedNames></workbook>",
        );
        for (formula, linked) in [
            ("[1]表!A1", true),
            ("SUM('[12]表 1'!A1:B2)", true),
            ("外表*2", true),
            ("外表二*2", false),
            ("本表+1", false),
            ("SUM(A1:B2)", false),
            ("SUM(台账[投资])", false),
            ("SUM(台账[[#All],[1]])", false),
        ] {
            assert_eq!(links.of(formula), linked, "{formula}");
        }
    }

    #[test]
    fn escaped_characters_come_back() {
        for (text, plain) in [
            ("a_x000A_b", "a\nb"),
            ("_x005F_x000A_", "_x000A_"),
            ("_x00", "_x00"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_x甲乙丙丁_", "_x甲乙丙丁_"),
        ] {
            assert_eq!(unescaped(text), plain, "{text}");
        }
    }
}
