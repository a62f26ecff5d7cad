//! Everything under the body as paragraphs and tables, with where every word of them stands in the XML.
//!
//! An element that is not known is walked through like any other, so that no words are lost; what holds no
//! words that can be read becomes an [`Unread`]. The view is that of all changes accepted.

mod choice;
mod drawing;
mod marks;
mod run;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use roxmltree::Node;

use super::field::Field;
use super::math;
use super::styles::{Look, Numbered, Styles};
use super::unread::{Kind, Unread};
use super::xml::{Space, attribute, child, is_on, is_word, name, value};
pub(super) use choice::chosen;
use choice::holds_words;
pub(super) use drawing::own_pictures;
use run::Seam;

use crate::document::{Picture, Plate, Table};

/// Deepest nesting of elements that is walked.
const DEEPEST: usize = 200;

/// Words of a line that stand in the XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the line.
    pub at: Range<usize>,
    /// Bytes of the XML.
    pub xml: Range<usize>,
}

/// A line: a paragraph, or the words of a cell, whose paragraphs a line break parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub words: String,
    pub pieces: Vec<Piece>,
}

impl Line {
    /// Appends a line.
    pub fn append(&mut self, other: Line) {
        let base = self.words.len();
        self.words.push_str(&other.words);
        let moved = |piece: Piece| Piece { at: piece.at.start + base..piece.at.end + base, ..piece };
        self.pieces.extend(other.pieces.into_iter().map(moved));
    }

    /// Some bytes of it; a piece that is parted stays where its bytes are those of the XML.
    pub fn part(&self, span: &Range<usize>) -> Line {
        let piece = |piece: &Piece| {
            let (start, end) = (piece.at.start.max(span.start), piece.at.end.min(span.end));
            let within = start == piece.at.start && end == piece.at.end;
            let literal = piece.at.len() == piece.xml.len();
            let from = piece.xml.start + start - piece.at.start.min(start);
            let xml = if within { piece.xml.clone() } else { from..from + end.saturating_sub(start) };
            (start < end && (within || literal))
                .then(|| Piece { at: start - span.start..end - span.start, xml })
        };
        let pieces = self.pieces.iter().filter_map(piece).collect();
        Line { words: self.words[span.clone()].to_owned(), pieces }
    }

    /// Whether there is nothing to see.
    pub fn is_blank(&self) -> bool {
        self.words.trim().is_empty()
    }
}

/// What stands under a body, a cell or a text box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Paragraph(Paragraph),
    Table(Vec<TableRow>),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub line: Line,
    pub style: String,
    /// The number that it names itself.
    pub number: Numbered,
    /// Heading level that it names itself, from 1.
    pub outline: Option<u8>,
    /// Words of a table of contents that stands in it or goes on in it.
    pub contents: Option<String>,
    /// Its mark is hidden: without words there is nothing to see of it.
    pub hidden: bool,
    /// Its mark is deleted or hidden: it goes on in the next one.
    joined: bool,
    /// The section that ends with it lies on its side, or stands upright.
    pub landscape: Option<bool>,
    /// Text boxes that are anchored in it.
    pub boxes: Vec<Part>,
    /// A chart that stands in it.
    pub chart: Option<Box<Table>>,
    /// A picture file of ours that stands in it.
    pub picture: Option<Box<Plate>>,
    /// What stands in it and is no part of its line.
    pub unread: Vec<Unread>,
    /// What stands behind the words so far.
    seam: Seam,
}

impl Paragraph {
    /// Goes on in the next paragraph, and has that one's look where it says any.
    fn go_on(&mut self, next: Paragraph) {
        self.line.append(next.line);
        self.boxes.extend(next.boxes);
        self.chart = self.chart.take().or(next.chart);
        self.unread.extend(next.unread);
        if !next.style.is_empty() {
            self.style = next.style;
        }
        if next.number != Numbered::default() {
            self.number = next.number;
        }
        self.outline = next.outline.or(self.outline);
        self.landscape = next.landscape.or(self.landscape);
        self.joined = next.joined;
    }
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableRow {
    /// Columns that are left out before its first cell.
    pub before: usize,
    pub cells: Vec<TableCell>,
    /// It stands again on every page.
    pub head: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableCell {
    /// How many columns it takes.
    pub across: usize,
    /// The cell above goes on in it.
    pub up: bool,
    pub parts: Vec<Part>,
}

/// The words of notes, by `f` or `e` and the id.
pub(super) type Notes = BTreeMap<String, String>;

/// Walks a part of the file.
pub(super) struct Walker<'w> {
    xml: &'w str,
    notes: &'w Notes,
    styles: &'w Styles,
    /// The picture files of ours, by the ids of their parts.
    pub pictures: BTreeMap<String, Arc<Picture>>,
    /// The file has tracked changes.
    pub tracked: bool,
    /// Notes were put into the text.
    pub noted: usize,
    /// Ids of headers and footers.
    pub margins: Vec<(Kind, String)>,
    fields: Vec<Field>,
    open: Paragraph,
    /// Marks of fields that have a beginning and an end.
    live: Option<BTreeSet<u32>>,
    /// Style of the open paragraph.
    style: String,
    /// How the words of the open run look.
    look: Look,
    depth: usize,
}

impl<'w> Walker<'w> {
    /// A walker of this XML.
    pub fn new(xml: &'w str, notes: &'w Notes, styles: &'w Styles) -> Walker<'w> {
        Walker {
            xml,
            notes,
            styles,
            pictures: BTreeMap::new(),
            tracked: false,
            noted: 0,
            margins: Vec::new(),
            fields: Vec::new(),
            open: Paragraph::default(),
            live: None,
            style: String::new(),
            look: Look::default(),
            depth: 0,
        }
    }

    /// The paragraphs and tables under an element.
    pub fn parts(&mut self, node: &Node<'_, '_>) -> Vec<Part> {
        let mut parts = Vec::new();
        self.gather(node, &mut parts);
        parts.into_iter().fold(Vec::new(), with_joined)
    }

    fn gather(&mut self, node: &Node<'_, '_>, parts: &mut Vec<Part>) {
        if self.depth > DEEPEST {
            return self.unread_part(Kind::Deep, node, parts);
        }
        self.depth += 1;
        for child in node.children().filter(Node::is_element) {
            self.block(&child, parts);
        }
        self.depth -= 1;
    }

    fn block(&mut self, node: &Node<'_, '_>, parts: &mut Vec<Part>) {
        match name(node) {
            (Space::Word, "p") | (Space::Drawing, "p") => {
                let paragraph = self.paragraph(node);
                parts.push(Part::Paragraph(paragraph));
            }
            (Space::Word, "tbl") => {
                let rows = self.table(node);
                parts.push(Part::Table(rows));
            }
            (Space::Word, "del" | "moveFrom") => self.tracked = true,
            (Space::Word, "sectPr") => {
                // A paragraph that nobody sees says how the last section lies.
                let landscape = Some(self.section(node));
                parts.push(Part::Paragraph(Paragraph { landscape, hidden: true, ..Paragraph::default() }));
            }
            (Space::Word, "sdt") => {
                if is_placeholder(node) {
                    self.unread_part(Kind::Placeholder, node, parts);
                }
                child(node, "sdtContent").iter().for_each(|content| self.gather(content, parts));
            }
            (Space::Word, "altChunk") => self.unread_part(Kind::Embedded, node, parts),
            (Space::Choice, "AlternateContent") => {
                chosen(node).iter().for_each(|content| self.gather(content, parts));
            }
            (_, local) if local.ends_with("Pr") => {}
            // Marks between paragraphs, and what is no paragraph but has words of one.
            _ if !holds_words(node) => {}
            _ if node.descendants().any(|inner| is_word(&inner, "p")) => self.gather(node, parts),
            _ => {
                let paragraph = self.inside(node);
                parts.push(Part::Paragraph(paragraph));
            }
        }
    }

    /// Something to be said that stands between paragraphs.
    fn unread_part(&mut self, kind: Kind, node: &Node<'_, '_>, parts: &mut Vec<Part>) {
        let unread = vec![Unread::new(kind, super::xml::words(node))];
        parts.push(Part::Paragraph(Paragraph { unread, ..Paragraph::default() }));
    }

    /// Notes the headers and footers of a section; whether its pages lie on their side.
    fn section(&mut self, node: &Node<'_, '_>) -> bool {
        for one in node.children() {
            let kind = match name(&one) {
                (Space::Word, "headerReference") => Kind::Header,
                (Space::Word, "footerReference") => Kind::Footer,
                _ => continue,
            };
            self.margins.push((kind, attribute(&one, "id").to_owned()));
        }
        let length = |page: &Node<'_, '_>, side| attribute(page, side).parse::<u32>().unwrap_or(0);
        child(node, "pgSz").is_some_and(|page| length(&page, "w") > length(&page, "h"))
    }

    fn paragraph(&mut self, node: &Node<'_, '_>) -> Paragraph {
        let style = child(node, "pPr").and_then(|properties| value(&properties, "pStyle"));
        let outer = std::mem::replace(&mut self.style, style.unwrap_or_default().to_owned());
        let mut made = self.inside(node);
        made.style = std::mem::replace(&mut self.style, outer);
        let Some(properties) = child(node, "pPr") else { return made };
        made.landscape = child(&properties, "sectPr").map(|section| self.section(&section));
        made.number = Numbered::of(&properties);
        let outline = value(&properties, "outlineLvl").and_then(|level| level.parse().ok());
        made.outline = outline.filter(|level| *level < 9).map(|level: u8| level + 1);
        if let Some(mark) = child(&properties, "rPr") {
            let deleted = ["del", "moveFrom"].iter().any(|local| child(&mark, local).is_some());
            self.tracked |= deleted || child(&mark, "ins").is_some();
            // A heading that runs into the text behind it (17.3.2.36).
            let runs_on = child(&mark, "specVanish").is_some_and(|on| is_on(&on));
            made.joined = deleted || runs_on;
            made.hidden = self.styles.run(&made.style, Some(&mark)).vanished;
        }
        made
    }

    /// The words under an element as a paragraph; that of the paragraph around waits.
    fn inside(&mut self, node: &Node<'_, '_>) -> Paragraph {
        let outer = std::mem::take(&mut self.open);
        let look = std::mem::take(&mut self.look);
        self.open.contents = self.in_contents().then(String::new);
        self.children(node);
        self.look = look;
        std::mem::replace(&mut self.open, outer)
    }

    fn children(&mut self, node: &Node<'_, '_>) {
        if self.depth > DEEPEST {
            return self.unread(Kind::Deep, super::xml::words(node));
        }
        self.depth += 1;
        node.children().filter(Node::is_element).for_each(|child| self.element(&child));
        self.depth -= 1;
    }

    fn element(&mut self, node: &Node<'_, '_>) {
        match name(node) {
            (Space::Word, "t") | (Space::Math, "t") | (Space::Drawing, "t") => self.text(node),
            (Space::Word, "del" | "moveFrom") => self.tracked = true,
            (Space::Word, "ins" | "moveTo") => {
                self.tracked = true;
                self.children(node);
            }
            (Space::Word, "r") => self.run(node),
            (Space::Word, "tab" | "ptab") => self.push("\t"),
            // What stands behind the end of a line, a column or a page stands apart.
            (Space::Word, "br" | "cr") | (Space::Drawing, "br") => self.push("\n"),
            (Space::Word, "noBreakHyphen") => self.push("-"),
            (Space::Word, "sym") => self.symbol(node),
            (Space::Word, "footnoteReference") => self.note('f', attribute(node, "id")),
            (Space::Word, "endnoteReference") => self.note('e', attribute(node, "id")),
            (Space::Word, "commentReference") => {
                let words = self.notes.get(&format!("c{}", attribute(node, "id"))).cloned();
                self.unread(Kind::Comment, words.unwrap_or_default());
            }
            (Space::Word, "ruby") => self.ruby(node),
            (Space::Word, "fldSimple") => self.simple_field(node),
            (Space::Word, "fldChar") => self.field_mark(node),
            (Space::Word, "instrText") => self.told(node),
            (Space::Word, "sdt") => self.control(node),
            (Space::Word, "drawing" | "pict" | "object") => self.drawing(node),
            (Space::Word, "altChunk" | "subDoc") => self.unread(Kind::Embedded, ""),
            (Space::Word, "p" | "tbl") => self.boxed(node),
            (Space::Choice, "AlternateContent") => {
                chosen(node).iter().for_each(|content| self.children(content));
            }
            (Space::Math, "oMath" | "oMathPara") => self.formula(&math::linear(node)),
            (_, local) if local.ends_with("Pr") => {}
            _ => self.unknown(node),
        }
    }

    /// Walked through like any other; words of its own are said.
    fn unknown(&mut self, node: &Node<'_, '_>) {
        let own = node.children().filter(Node::is_text).filter_map(|text| text.text());
        let own = own.collect::<String>();
        if !own.trim().is_empty() && name(node).0 != Space::Word {
            self.unread(Kind::Unknown, own);
        }
        self.children(node);
    }

    fn unread(&mut self, kind: Kind, words: impl Into<String>) {
        if !self.is_instruction() {
            self.open.unread.push(Unread::new(kind, words));
        }
    }

    /// A footnote stands where it is referred to, in brackets.
    fn note(&mut self, kind: char, id: &str) {
        if let Some(words) = self.notes.get(&format!("{kind}{id}")).filter(|words| !words.is_empty()) {
            self.noted += 1;
            let words = format!("（注：{words}）");
            self.push(&words);
        } else {
            self.seam(Seam::Figures);
        }
    }

    /// The words; how they are read is said.
    fn ruby(&mut self, node: &Node<'_, '_>) {
        let start = self.open.line.words.len();
        child(node, "rubyBase").iter().for_each(|base| self.children(base));
        let reading = child(node, "rt").map(|reading| super::xml::words(&reading)).unwrap_or_default();
        let base = self.open.line.words.get(start..).unwrap_or_default().to_owned();
        self.unread(Kind::Reading, format!("{base}：{reading}"));
    }

    fn control(&mut self, node: &Node<'_, '_>) {
        if is_placeholder(node) {
            self.unread(Kind::Placeholder, super::xml::words(node));
        }
        child(node, "sdtContent").iter().for_each(|content| self.children(content));
    }
}

/// Whether a control shows what it asks for, because nobody filled it in.
fn is_placeholder(node: &Node<'_, '_>) -> bool {
    child(node, "sdtPr").is_some_and(|properties| child(&properties, "showingPlcHdr").is_some())
}

/// A paragraph whose mark is gone goes on in the next one.
fn with_joined(mut parts: Vec<Part>, part: Part) -> Vec<Part> {
    match (parts.last_mut(), part) {
        (Some(Part::Paragraph(open)), Part::Paragraph(next)) if open.joined => open.go_on(next),
        (_, part) => parts.push(part),
    }
    parts
}
