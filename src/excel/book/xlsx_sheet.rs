//! The cells of one sheet of an `.xlsx`, read as a stream.

use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::package::{Stream, attribute, is_on};
use super::place::{Address, Area, ROWS};
use super::xlsx_parts::{Shared, unescaped};
use super::{Builder, Content, Day, LONGEST, Sheet, number, serial, trouble};
use crate::diag::Diagnostic;
use crate::markup::entity;

/// Reads a sheet; `name` is that of the file.
pub(super) fn read(
    xml: &mut Stream<'_, '_>,
    shared: &Shared,
    sheet: &str,
    hidden: bool,
    name: &str,
) -> Result<Sheet, Diagnostic> {
    let builder = Builder::new(sheet, hidden).from_1904(shared.from_1904);
    let mut walk = Walk::new(shared, builder, name);
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => walk.start(&tag)?,
            Event::Empty(tag) if tag.local_name().as_ref() == "c" => walk.blank(&tag),
            Event::Empty(tag) => {
                walk.start(&tag)?;
                walk.end(tag.local_name().as_ref())?;
            }
            Event::End(tag) => walk.end(tag.local_name().as_ref())?,
            Event::Text(text) => walk.text(text.as_ref())?,
            Event::CData(text) => walk.text(text.as_ref())?,
            Event::GeneralRef(reference) => {
                let mut buffer = [0; 4];
                walk.text(entity(reference.as_ref()).map_or("", |c| c.encode_utf8(&mut buffer)))?;
            }
            Event::Eof => return Ok(walk.builder.finish()),
            _ => {}
        }
    }
}

/// Where words of the sheet go.
#[derive(Clone, Copy, PartialEq)]
enum Into {
    Nothing,
    Value,
    Inline,
    Formula,
}

struct Walk<'s> {
    shared: &'s Shared,
    builder: Builder,
    name: &'s str,
    row: u32,
    at: Address,
    style: usize,
    /// `t` of the cell.
    kind: String,
    formula: bool,
    valued: bool,
    value: String,
    /// Words of the formula, where it may reach into another file.
    words: String,
    into: Into,
    reading: bool,
}

impl<'s> Walk<'s> {
    fn new(shared: &'s Shared, builder: Builder, name: &'s str) -> Walk<'s> {
        let at = Address { row: 1, column: 0 };
        Walk {
            shared,
            builder,
            name,
            row: 0,
            at,
            style: 0,
            kind: String::new(),
            formula: false,
            valued: false,
            value: String::new(),
            words: String::new(),
            into: Into::Nothing,
            reading: false,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        match tag.local_name().as_ref() {
            "row" => self.row(tag),
            "c" => self.cell(tag),
            "col" if is_on(tag, "hidden") => self.hide_columns(tag),
            "f" => {
                self.formula = true;
                self.words.clear();
                if self.shared.links.any {
                    self.into = Into::Formula;
                }
            }
            "v" => (self.into, self.valued) = (Into::Value, true),
            "is" => self.valued = true,
            "t" if self.kind == "inlineStr" => self.into = Into::Inline,
            "rPh" => self.reading = true,
            "mergeCell" => {
                if let Some(area) = attribute(tag, "ref").and_then(|area| Area::parse(&area)) {
                    self.builder.merge(area, self.name)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, tag: &BytesStart<'_>) {
        let written = attribute(tag, "r").and_then(|row| row.parse().ok());
        self.row = written.filter(|row| (1..=ROWS).contains(row)).unwrap_or(self.row + 1);
        self.at = Address { row: self.row, column: 0 };
        if is_on(tag, "hidden") {
            self.builder.hide(self.row);
        }
    }

    fn hide_columns(&mut self, tag: &BytesStart<'_>) {
        let number = |name| attribute(tag, name).and_then(|number| number.parse::<u32>().ok());
        if let Some((first, last)) = number("min").zip(number("max")).filter(|(first, _)| *first > 0) {
            self.builder.hide_columns(first - 1, last.saturating_sub(1));
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>) {
        self.kind.clear();
        (self.style, self.formula, self.valued) = (0, false, false);
        self.value.clear();
        let mut attributes = tag.attributes();
        for one in attributes.with_checks(false).flatten() {
            match one.key.as_ref() {
                "r" => self.at = Address::parse(one.value.as_ref()).unwrap_or(self.at),
                "s" => self.style = one.value.as_ref().parse().unwrap_or(0),
                "t" => self.kind.push_str(one.value.as_ref()),
                _ => {}
            }
        }
    }

    /// A cell that has nothing but its looks: sheets hold millions of them.
    fn blank(&mut self, tag: &BytesStart<'_>) {
        let mut attributes = tag.attributes();
        let place = attributes.with_checks(false).flatten().find(|one| one.key.as_ref() == "r");
        self.at = place.and_then(|one| Address::parse(one.value.as_ref())).unwrap_or(self.at);
        self.at.column += 1;
    }

    fn text(&mut self, words: &str) -> Result<(), Diagnostic> {
        match self.into {
            Into::Formula => self.words.push_str(words),
            Into::Value | Into::Inline if !self.reading => self.value.push_str(words),
            _ => {}
        }
        if self.value.len().max(self.words.len()) > LONGEST {
            Err(trouble::cell_too_long(self.name))
        } else {
            Ok(())
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Diagnostic> {
        match name {
            "v" | "t" => self.into = Into::Nothing,
            "f" if self.into == Into::Formula => {
                self.into = Into::Nothing;
                if self.shared.links.of(&self.words) {
                    self.builder.link();
                }
            }
            "rPh" => self.reading = false,
            "c" => {
                if let Some(content) = self.content()? {
                    self.builder.add(self.at, content, self.name)?;
                }
                self.at.column += 1;
            }
            _ => {}
        }
        Ok(())
    }

    /// The content of the cell that ends; nothing where it is empty.
    fn content(&self) -> Result<Option<Content>, Diagnostic> {
        let value = self.value.as_str();
        // Programs that compute nothing write a formula with an empty value, or with none.
        if self.formula && (!self.valued || (value.is_empty() && !matches!(self.kind.as_str(), "str" | "s")))
        {
            return Ok(Some(Content::Uncalculated));
        }
        Ok(Some(match self.kind.as_str() {
            _ if value.is_empty() => return Ok(None),
            "s" => self.text_shown(self.shared_words(value)?),
            "str" | "inlineStr" => self.text_shown(unescaped(value).into()),
            "b" => Content::Truth(value.trim() == "1" || value.trim() == "true"),
            "e" => Content::Error(value.into()),
            "d" => Day::of_xml(value).map_or_else(|| Content::Text(value.into()), Content::Date),
            _ => self.number(value),
        }))
    }

    /// The words that a cell names by their number.
    fn shared_words(&self, number: &str) -> Result<Arc<str>, Diagnostic> {
        let words = number.trim().parse().ok().and_then(|at: usize| self.shared.strings.get(at));
        words.cloned().ok_or_else(|| trouble::broken(self.name))
    }

    fn number(&self, value: &str) -> Content {
        let format = self.shared.styles.format(self.style);
        match number::written(value) {
            Some(number) => serial::content(number, format, self.shared.from_1904),
            None => Content::Text(value.into()),
        }
    }

    /// A text as its cell shows it.
    fn text_shown(&self, text: Arc<str>) -> Content {
        let shown = self.shared.styles.format(self.style).worded(&text);
        Content::Text(shown.map_or(text, Arc::from))
    }
}
