//! The paragraphs and tables of `word/document.xml`, with where every word of them stands in the XML.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use super::styles::Styles;
use super::xml::{attribute, is_on};
use crate::document::{Block, Inline};
use crate::input::shape;
use crate::markup::entity;

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

/// A line: a paragraph, or the words of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub words: String,
    pub pieces: Vec<Piece>,
}

/// What a body gives.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub blocks: Vec<Block>,
    /// A line a block; of a table its caption and every cell.
    pub lines: Vec<Line>,
    pub runs: Vec<Run>,
    /// The file has tracked changes.
    pub tracked: bool,
    /// Footnotes were put into the text.
    pub notes: usize,
    /// Numbers that Word set by itself were put into the text.
    pub numbered: usize,
}

/// Reads the body. `notes` are the footnotes by id.
///
/// # Errors
/// The XML is damaged.
pub(super) fn read(
    xml: &str,
    styles: &Styles,
    numbering: Numbering,
    notes: &BTreeMap<String, String>,
) -> Result<Found, quick_xml::Error> {
    let mut body = Body { numbering, ..Body::new(styles, notes) };
    let mut reader = Reader::from_str(xml);
    let mut start = 0;
    loop {
        let event = reader.read_event()?;
        let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match event {
            Event::Start(tag) => body.start(&tag, false, start..end),
            Event::Empty(tag) => body.start(&tag, true, start..end),
            Event::End(tag) => body.end(tag.name().as_ref(), end),
            Event::Text(words) => body.text(words.as_ref(), start..end),
            Event::GeneralRef(name) => {
                let mut buffer = [0; 4];
                let words = entity(name.as_ref()).map(|c| &*c.encode_utf8(&mut buffer));
                body.text(words.unwrap_or_default(), start..end);
            }
            Event::Eof => break,
            _ => {}
        }
        start = end;
    }
    body.flush_caption();
    Ok(body.found)
}

struct Body<'b> {
    styles: &'b Styles,
    numbering: Numbering,
    notes: &'b BTreeMap<String, String>,
    found: Found,
    /// The caption above a table that has not come yet.
    caption: Option<Line>,
    line: Line,
    style: String,
    /// List and level that the paragraph itself names.
    list: Option<(u32, usize)>,
    /// Heading level that the paragraph itself names.
    outline: Option<u8>,
    /// The mark of the open paragraph is deleted: it goes on in the next one.
    joined: bool,
    /// Inside a paragraph's properties, and inside those of a run.
    properties: bool,
    run_properties: Option<usize>,
    /// Words of the open run are not shown.
    vanished: bool,
    /// Inside `w:t`.
    text: bool,
    /// Depth of what is not read: deletions, former properties, drawings' text.
    hidden: usize,
    /// Open tables: rows of cells. Only the outermost becomes a table.
    tables: usize,
    rows: Vec<Vec<Line>>,
    row_gone: bool,
}

/// Elements whose content is not part of the text.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "w:del"
            | "w:moveFrom"
            | "mc:Fallback"
            | "w:txbxContent"
            | "w:pPrChange"
            | "w:rPrChange"
            | "w:tblPrChange"
            | "w:sectPrChange"
    )
}

impl<'b> Body<'b> {
    fn new(styles: &'b Styles, notes: &'b BTreeMap<String, String>) -> Body<'b> {
        Body {
            styles,
            numbering: Numbering::default(),
            notes,
            found: Found::default(),
            caption: None,
            line: Line::default(),
            style: String::new(),
            list: None,
            outline: None,
            joined: false,
            properties: false,
            run_properties: None,
            vanished: false,
            text: false,
            hidden: 0,
            tables: 0,
            rows: Vec::new(),
            row_gone: false,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, empty: bool, xml: Range<usize>) {
        let name = tag.name();
        let name = name.as_ref();
        self.found.tracked |= matches!(name, "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo");
        match name {
            "w:del" | "w:moveFrom" if self.properties => self.joined = true,
            "w:del" if empty => self.row_gone = true,
            hidden if is_hidden(hidden) => self.hidden += usize::from(!empty),
            _ if self.hidden > 0 => {}
            "w:pPr" => self.properties = !empty,
            _ if self.properties => self.property(name, tag),
            "w:p" if !empty && !self.joined => self.begin(),
            "w:r" if !empty => {
                self.found.runs.push(Run { xml: xml.clone(), properties: xml.end..xml.end });
                self.vanished = false;
            }
            "w:rPr" if !empty => self.run_properties = Some(xml.start),
            "w:vanish" => self.vanished = is_on(tag),
            "w:t" => self.text = !empty,
            "w:tab" => self.push("\t"),
            "w:br" | "w:cr" if matches!(attribute(tag, "w:type").as_str(), "" | "textWrapping") => {
                self.push("\n")
            }
            "w:noBreakHyphen" => self.push("-"),
            "w:footnoteReference" | "w:endnoteReference" => self.note(&attribute(tag, "w:id"), name),
            _ => self.table_tag(name),
        }
    }

    fn table_tag(&mut self, name: &str) {
        match name {
            "w:tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.rows.clear();
                }
            }
            "w:tr" if self.tables == 1 => {
                self.rows.push(Vec::new());
                self.row_gone = false;
            }
            "w:tc" if self.tables == 1 => self.line = Line::default(),
            _ => {}
        }
    }

    fn begin(&mut self) {
        (self.style, self.list, self.outline) = (String::new(), None, None);
    }

    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "w:val");
        match name {
            "w:pStyle" => self.style = value(),
            "w:outlineLvl" => {
                self.outline = value().parse().ok().filter(|level| *level < 9).map(|level: u8| level + 1)
            }
            "w:ilvl" => self.list.get_or_insert((0, 0)).1 = value().parse().unwrap_or(0),
            "w:numId" => self.list.get_or_insert((0, 0)).0 = value().parse().unwrap_or(0),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, end: usize) {
        match name {
            "w:del" | "w:moveFrom" if self.properties => {}
            hidden if is_hidden(hidden) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            "w:pPr" => self.properties = false,
            _ if self.properties => {}
            "w:rPr" => {
                let start = self.run_properties.take();
                let run = self.found.runs.last_mut();
                run.zip(start).into_iter().for_each(|(run, start)| run.properties = start..end);
            }
            "w:t" => self.text = false,
            "w:r" => self.end_run(end),
            "w:p" => self.paragraph(),
            "w:tc" if self.tables == 1 => self.cell(),
            "w:tr" if self.tables == 1 && self.row_gone => drop(self.rows.pop()),
            "w:tbl" => self.table(),
            _ => {}
        }
    }

    fn end_run(&mut self, end: usize) {
        let index = self.found.runs.len().saturating_sub(1);
        if let Some(run) = self.found.runs.last_mut() {
            run.xml.end = end;
        }
        self.vanished = false;
        let full = self.line.words.len();
        if let Some(piece) = self.line.pieces.last_mut().filter(|piece| piece.run == index) {
            piece.last = piece.at.end == full;
        }
    }

    fn is_shown(&self) -> bool {
        self.hidden == 0 && !self.vanished
    }

    /// Words that stand nowhere in the XML as such.
    fn push(&mut self, words: &str) {
        if self.is_shown() {
            self.line.words.push_str(words);
        }
    }

    fn text(&mut self, words: &str, xml: Range<usize>) {
        if !self.text || !self.is_shown() || words.is_empty() {
            return;
        }
        let run = self.found.runs.len().saturating_sub(1);
        let start = self.line.words.len();
        let same = self.line.pieces.last().is_some_and(|piece| piece.run == run);
        self.line.words.push_str(words);
        let at = start..self.line.words.len();
        self.line.pieces.push(Piece { at, xml, run, first: !same, last: false });
    }

    /// A footnote stands where it is referred to, in brackets.
    fn note(&mut self, id: &str, name: &str) {
        let key = if name == "w:footnoteReference" { id.to_owned() } else { format!("e{id}") };
        if let Some(words) = self.notes.get(&key).filter(|words| !words.is_empty()) {
            self.found.notes += 1;
            let words = format!("（注：{words}）");
            self.push(&words);
        }
    }

    /// The number that Word sets before a paragraph goes before its words.
    fn number(&mut self) {
        let list = self.list.filter(|(list, _)| *list > 0).or_else(|| match self.list {
            // A list of number 0 takes the style's numbering away.
            Some(_) => None,
            None => self.styles.number(&self.style),
        });
        let Some((list, level)) = list else { return };
        let number = self.numbering.next(list, level);
        if !number.is_empty() {
            self.found.numbered += 1;
            self.line.words.insert_str(0, &number);
            for piece in &mut self.line.pieces {
                piece.at = piece.at.start + number.len()..piece.at.end + number.len();
            }
        }
    }

    fn paragraph(&mut self) {
        if std::mem::take(&mut self.joined) && self.tables == 0 {
            return;
        }
        if !self.line.words.trim().is_empty() && self.tables <= 1 {
            self.number();
        }
        if self.tables > 0 {
            // Paragraphs of a cell run together.
            return;
        }
        let line = std::mem::take(&mut self.line);
        self.flush_caption();
        let style = std::mem::take(&mut self.style);
        if self.styles.is_contents(&style) {
            return;
        }
        if self.styles.is(&style, &["TableCaption", "caption"]) {
            self.caption = Some(without_breaks(line));
        } else if self.styles.is(&style, &["Title", "title"]) || self.found.blocks.is_empty() {
            // A title is broken into lines for its looks.
            self.add(&style, without_breaks(line));
        } else {
            split(line).into_iter().for_each(|line| self.add(&style, line));
        }
    }

    fn add(&mut self, style: &str, line: Line) {
        if !line.words.trim().is_empty() {
            let level = self.outline.or_else(|| self.styles.heading(style));
            self.found.blocks.push(styled(self.styles, style, level, &line.words));
            self.found.lines.push(line);
        }
    }

    /// A caption that no table follows is a paragraph.
    fn flush_caption(&mut self) {
        if let Some(caption) = self.caption.take() {
            self.add("", caption);
        }
    }

    fn cell(&mut self) {
        // In a row of cells a tab stands between cells, so there is none inside.
        let mut line = without_breaks(std::mem::take(&mut self.line));
        line.words = line.words.replace('\t', " ");
        self.rows.iter_mut().last().into_iter().for_each(|row| row.push(line.clone()));
    }

    fn table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables > 0 {
            return;
        }
        let mut rows = std::mem::take(&mut self.rows);
        if rows.iter().flatten().all(|cell| cell.words.trim().is_empty()) {
            return;
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        rows.iter_mut().for_each(|row| row.resize(width, Line::default()));
        let words = rows.iter().map(|row| row.iter().map(|cell| cell.words.clone()).collect()).collect();
        let mut table = shape::table(words);
        let caption = self.caption.take().unwrap_or_default();
        if !caption.words.is_empty() {
            table.caption = vec![Inline::Text(caption.words.clone())];
        }
        self.found.blocks.push(Block::Table(table));
        self.found.lines.push(caption);
        self.found.lines.extend(rows.into_iter().flatten());
    }
}

fn without_breaks(line: Line) -> Line {
    let mut whole = Line::default();
    for part in split(line) {
        let base = whole.words.len();
        whole.words.push_str(&part.words);
        let moved = part.pieces.into_iter();
        whole
            .pieces
            .extend(moved.map(|piece| Piece { at: piece.at.start + base..piece.at.end + base, ..piece }));
    }
    whole
}

/// The lines between line breaks.
fn split(line: Line) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    for words in line.words.split('\n') {
        let range = start..start + words.len();
        let pieces =
            line.pieces.iter().filter(|piece| range.start <= piece.at.start && piece.at.end <= range.end);
        let moved =
            |piece: &Piece| Piece { at: piece.at.start - start..piece.at.end - start, ..piece.clone() };
        lines.push(Line { words: words.to_owned(), pieces: pieces.map(moved).collect() });
        start = range.end + 1;
    }
    lines
}

/// The block of a paragraph in one of our styles, else what it looks like.
fn styled(styles: &Styles, style: &str, level: Option<u8>, words: &str) -> Block {
    let line = || vec![Inline::Text(words.to_owned())];
    match (level, shape::block(words)) {
        _ if styles.is(style, &["Title", "title"]) => Block::Title(line()),
        _ if styles.is(style, &["Byline"]) => Block::Byline(line()),
        _ if styles.is(style, &["Recipient"]) => Block::Recipient(line()),
        (Some(level), Block::Heading { number, text, .. }) => {
            Block::Heading { level: level.clamp(1, 4), number, text }
        }
        (Some(level), _) => shape::heading(level.clamp(1, 4), "", words),
        (None, block) => block,
    }
}
