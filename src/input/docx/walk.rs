//! Everything under the body as paragraphs and tables, with where every word of them stands in the XML.
//!
//! An element that is not known is walked through like any other, so that no words are lost; what holds no
//! words that can be read becomes an [`Unread`]. The view is that of all changes accepted.

mod drawing;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;

use roxmltree::Node;

use super::field::Field;
use super::styles::Numbered;
use super::unread::{Kind, Unread};
use super::xml::{Space, attribute, child, is_on, is_word, name, value};
use super::{math, symbol};
use crate::markup::entity;
use crate::zh::private::{UNREADABLE, is_private, unicode};

/// Deepest nesting of elements that is walked.
const DEEPEST: usize = 200;

/// A run that holds words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// The whole element.
    pub xml: Range<usize>,
    /// Its properties, tags included; empty where there are none.
    pub properties: Range<usize>,
}

/// Words of a line that stand in the XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the line.
    pub at: Range<usize>,
    /// Bytes of the XML.
    pub xml: Range<usize>,
    /// Its run.
    pub run: usize,
    /// Nothing stands before it in its run.
    pub first: bool,
    /// Nothing stands after it in its run.
    pub last: bool,
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
    /// It belongs to a table of contents.
    pub contents: bool,
    /// Its mark is deleted or hidden: it goes on in the next one.
    joined: bool,
    /// Text boxes that are anchored in it.
    pub boxes: Vec<Part>,
    /// What stands in it and is no part of its line.
    pub unread: Vec<Unread>,
}

impl Paragraph {
    /// Goes on in the next paragraph, and has that one's look where it says any.
    fn go_on(&mut self, next: Paragraph) {
        self.line.append(next.line);
        self.boxes.extend(next.boxes);
        self.unread.extend(next.unread);
        if !next.style.is_empty() {
            self.style = next.style;
        }
        if next.number != Numbered::default() {
            self.number = next.number;
        }
        self.outline = next.outline.or(self.outline);
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
    pub runs: Vec<Run>,
    /// The file has tracked changes.
    pub tracked: bool,
    /// Notes were put into the text.
    pub noted: usize,
    /// Ids of headers and footers.
    pub margins: Vec<(Kind, String)>,
    fields: Vec<Field>,
    open: Paragraph,
    /// Words of the open run are not shown.
    vanished: bool,
    /// Typeface of signs that the open run has.
    font: String,
    /// Whether the open run has given words.
    begun: bool,
    depth: usize,
}

impl<'w> Walker<'w> {
    /// A walker of this XML.
    pub fn new(xml: &'w str, notes: &'w Notes) -> Walker<'w> {
        Walker {
            xml,
            notes,
            runs: Vec::new(),
            tracked: false,
            noted: 0,
            margins: Vec::new(),
            fields: Vec::new(),
            open: Paragraph::default(),
            vanished: false,
            font: String::new(),
            begun: false,
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
            (Space::Word, "sectPr") => self.section(node),
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

    fn section(&mut self, node: &Node<'_, '_>) {
        for one in node.children() {
            let kind = match name(&one) {
                (Space::Word, "headerReference") => Kind::Header,
                (Space::Word, "footerReference") => Kind::Footer,
                _ => continue,
            };
            self.margins.push((kind, attribute(&one, "id").to_owned()));
        }
    }

    fn paragraph(&mut self, node: &Node<'_, '_>) -> Paragraph {
        let mut made = self.inside(node);
        let Some(properties) = child(node, "pPr") else { return made };
        child(&properties, "sectPr").iter().for_each(|section| self.section(section));
        made.style = value(&properties, "pStyle").unwrap_or_default().to_owned();
        made.number = Numbered::of(&properties);
        let outline = value(&properties, "outlineLvl").and_then(|level| level.parse().ok());
        made.outline = outline.filter(|level| *level < 9).map(|level: u8| level + 1);
        if let Some(mark) = child(&properties, "rPr") {
            let deleted = ["del", "moveFrom"].iter().any(|local| child(&mark, local).is_some());
            self.tracked |= deleted || child(&mark, "ins").is_some();
            // A heading that runs into the text behind it (17.3.2.36).
            let runs_on = child(&mark, "specVanish").is_some_and(|on| is_on(&on));
            made.joined = deleted || runs_on;
        }
        made
    }

    /// The words under an element as a paragraph; that of the paragraph around waits.
    fn inside(&mut self, node: &Node<'_, '_>) -> Paragraph {
        let outer = std::mem::take(&mut self.open);
        let (vanished, font, begun) = (self.vanished, std::mem::take(&mut self.font), self.begun);
        self.vanished = false;
        let contents = self.in_contents();
        self.children(node);
        (self.vanished, self.font, self.begun) = (vanished, font, begun);
        let mut made = std::mem::replace(&mut self.open, outer);
        made.contents = contents || self.in_contents();
        made
    }

    /// Whether a table of contents is open.
    fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.shows && field.kind() == "TOC")
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
            (Space::Word, "br") if matches!(attribute(node, "type"), "" | "textWrapping") => self.push("\n"),
            (Space::Word, "cr") | (Space::Drawing, "br") => self.push("\n"),
            (Space::Word, "noBreakHyphen") => self.push("-"),
            (Space::Word, "sym") => self.symbol(node),
            (Space::Word, "footnoteReference") => self.note('f', attribute(node, "id")),
            (Space::Word, "endnoteReference") => self.note('e', attribute(node, "id")),
            (Space::Word, "commentReference") => self.unread(Kind::Comment, ""),
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
            (Space::Math, "oMath" | "oMathPara") => self.push(&math::linear(node)),
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

    /// Whether what stands here tells a field what to do.
    fn is_instruction(&self) -> bool {
        self.fields.iter().any(|field| !field.shows)
    }

    fn run(&mut self, node: &Node<'_, '_>) {
        let properties = child(node, "rPr");
        let xml = node.range();
        let properties_xml = properties
            .map_or_else(|| super::xml::start_tag_end(self.xml, &xml), |properties| properties.range());
        self.runs.push(Run { xml, properties: properties_xml });
        let fonts = properties.and_then(|properties| child(&properties, "rFonts"));
        let font = fonts.and_then(|fonts| {
            let named = ["ascii", "hAnsi"].map(|local| attribute(&fonts, local));
            named.into_iter().find(|font| symbol::is_symbolic(font))
        });
        font.unwrap_or_default().clone_into(&mut self.font);
        self.begun = false;
        self.vanished = properties.and_then(|one| child(&one, "vanish")).is_some_and(|on| is_on(&on));
        self.children(node);
        self.end_run();
        self.vanished = false;
        self.font.clear();
    }

    fn end_run(&mut self) {
        let index = self.runs.len().saturating_sub(1);
        let full = self.open.line.words.len();
        if let Some(piece) = self.open.line.pieces.last_mut().filter(|piece| piece.run == index) {
            piece.last = piece.at.end == full;
        }
    }

    /// Words that stand nowhere in the XML as such.
    fn push(&mut self, words: &str) {
        if let Some(field) = self.fields.iter_mut().rev().find(|field| !field.shows) {
            field.told.push_str(words);
        } else if self.vanished {
            self.hidden(words);
        } else {
            self.open.line.words.push_str(words);
            self.begun = true;
        }
    }

    /// Hidden words that stand together are one place.
    fn hidden(&mut self, words: &str) {
        match self.open.unread.last_mut() {
            Some(last) if last.kind == Kind::Hidden => last.words.push_str(words),
            _ => self.unread(Kind::Hidden, words),
        }
    }

    fn text(&mut self, node: &Node<'_, '_>) {
        for part in node.children().filter(Node::is_text) {
            let words = part.text().unwrap_or_default();
            // A break among the words of an element is a blank.
            let words = words.replace(['\n', '\r'], " ");
            if self.vanished || self.is_instruction() {
                self.push(&words);
            } else {
                self.pieces(&words, part.range());
            }
        }
    }

    /// Words with where they stand: stretches that are in the XML as they are, and single characters that are
    /// not.
    fn pieces(&mut self, words: &str, xml: Range<usize>) {
        let source = &self.xml[xml.clone()];
        let mut at = xml.start;
        let mut made = Vec::new();
        for stretch in source.split_inclusive('&').flat_map(|part| part.split_inclusive(';')) {
            let reference = self.xml[..at].ends_with('&').then(|| stretch.strip_suffix(';')).flatten();
            match reference.and_then(entity) {
                Some(c) => made.push((c.to_string(), at - 1..at + stretch.len())),
                None => {
                    let plain = stretch.strip_suffix('&').unwrap_or(stretch);
                    made.push((plain.replace(['\n', '\r'], " "), at..at + plain.len()));
                }
            }
            at += stretch.len();
        }
        let whole: String = made.iter().map(|(words, _)| words.as_str()).collect();
        if whole != words {
            // A section of characters as they are: nobody can change it without rewriting it.
            return self.push(words);
        }
        for (words, xml) in made {
            self.stretch(&words, xml);
        }
    }

    /// Words that stand in the XML, but for characters that show something else.
    fn stretch(&mut self, words: &str, xml: Range<usize>) {
        let plain = words.len() == xml.len();
        let mut from = 0;
        let signs = !self.font.is_empty();
        for (at, c) in words.char_indices().filter(|(_, c)| is_private(*c) || signs && u32::from(*c) < 0x100)
        {
            self.piece(&words[from..at], xml.start + from..xml.start + at);
            from = at + c.len_utf8();
            let shown = self.shown(c);
            let place = if plain { xml.start + at..xml.start + from } else { xml.clone() };
            self.piece(shown.encode_utf8(&mut [0; 4]), place);
        }
        let place = if from == 0 { xml } else { xml.start + from..xml.end };
        self.piece(&words[from..], place);
    }

    /// What a character shows in the typeface of the run; one that nobody can read is said.
    fn shown(&mut self, c: char) -> char {
        let code = u32::from(c);
        if !self.font.is_empty() && (code < 0x100 || is_private(c)) {
            return symbol::of(&self.font, code).unwrap_or_else(|| {
                self.unread(Kind::Symbol, "");
                UNREADABLE
            });
        }
        if !is_private(c) {
            return c;
        }
        unicode(c).unwrap_or_else(|| {
            let before: Vec<char> = self.open.line.words.chars().rev().take(6).collect();
            let before: String = before.into_iter().rev().collect();
            self.unread(Kind::Private, format!("{before}{UNREADABLE}"));
            c
        })
    }

    fn piece(&mut self, words: &str, xml: Range<usize>) {
        if words.is_empty() {
            return;
        }
        let run = self.runs.len().saturating_sub(1);
        let line = &mut self.open.line;
        let start = line.words.len();
        line.words.push_str(words);
        let first = !std::mem::replace(&mut self.begun, true);
        line.pieces.push(Piece { at: start..line.words.len(), xml, run, first, last: false });
    }

    fn symbol(&mut self, node: &Node<'_, '_>) {
        let code = u32::from_str_radix(attribute(node, "char"), 16).unwrap_or(0);
        let sign = symbol::of(attribute(node, "font"), code).unwrap_or_else(|| {
            self.unread(Kind::Symbol, "");
            UNREADABLE
        });
        self.push(sign.encode_utf8(&mut [0; 4]));
    }

    /// A footnote stands where it is referred to, in brackets.
    fn note(&mut self, kind: char, id: &str) {
        if let Some(words) = self.notes.get(&format!("{kind}{id}")).filter(|words| !words.is_empty()) {
            self.noted += 1;
            let words = format!("（注：{words}）");
            self.push(&words);
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

    fn simple_field(&mut self, node: &Node<'_, '_>) {
        let told = attribute(node, "instr").to_owned();
        let field = Field { told, shows: true, ..Field::begun(node) };
        let before = self.open.line.words.len();
        self.fields.push(field);
        self.children(node);
        let field = self.fields.pop().filter(|_| self.open.line.words.len() == before);
        field.iter().for_each(|field| self.own_words(field));
    }

    fn field_mark(&mut self, node: &Node<'_, '_>) {
        match attribute(node, "fldCharType") {
            "begin" => self.fields.push(Field::begun(node)),
            "separate" => self.fields.iter_mut().last().into_iter().for_each(|field| field.shows = true),
            "end" => {
                let field = self.fields.pop();
                // A form shows its state, whatever stands in it; what else holds no text shows its own.
                let own = |field: &Field| !field.shows || field.kind() == "FORMCHECKBOX";
                field.filter(own).iter().for_each(|field| self.own_words(field));
            }
            _ => {}
        }
    }

    fn own_words(&mut self, field: &Field) {
        let shown = field.own();
        if !shown.reading.is_empty() {
            self.unread(Kind::Reading, format!("{}：{}", shown.words, shown.reading));
        }
        self.push(&shown.words);
    }

    fn told(&mut self, node: &Node<'_, '_>) {
        let words = super::xml::words(node);
        self.fields
            .iter_mut()
            .rev()
            .find(|field| !field.shows)
            .into_iter()
            .for_each(|field| field.told += &words);
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

/// The alternative that is read: the first, unless only another one has words.
fn chosen<'x, 'i>(node: &Node<'x, 'i>) -> Option<Node<'x, 'i>> {
    let ways: Vec<Node<'x, 'i>> = node.children().filter(Node::is_element).collect();
    ways.iter().find(|way| holds_words(way)).or(ways.first()).copied()
}

/// Whether there are words, signs or drawings under an element.
fn holds_words(node: &Node<'_, '_>) -> bool {
    node.descendants().any(|inner| match name(&inner) {
        (Space::Word | Space::Math | Space::Drawing, "t") => {
            inner.text().is_some_and(|text| !text.is_empty())
        }
        (Space::Word, local) => matches!(
            local,
            "sym" | "drawing" | "pict" | "object" | "footnoteReference" | "endnoteReference" | "altChunk"
        ),
        _ => false,
    })
}

/// A paragraph whose mark is gone goes on in the next one.
fn with_joined(mut parts: Vec<Part>, part: Part) -> Vec<Part> {
    match (parts.last_mut(), part) {
        (Some(Part::Paragraph(open)), Part::Paragraph(next)) if open.joined => open.go_on(next),
        (_, part) => parts.push(part),
    }
    parts
}
