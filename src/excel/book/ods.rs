//! `.ods`: the sheets of `content.xml`. ODF keeps beside every number the words that are shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::format::{Clock, FormatKind, NumberFormat};
use super::package::{Package, Stream, attribute};
use super::place::{Address, Area, COLUMNS, ROWS};
use super::{Book, Builder, Content, Day, LONGEST, MOST_CELLS, Sheet, number, sheet, trouble};
use crate::diag::Diagnostic;
use crate::markup::entity;

/// Reads a workbook.
pub(super) fn read(mut package: Package<'_>) -> Result<Book, Diagnostic> {
    let name = package.name;
    if package.text("META-INF/manifest.xml")?.is_some_and(|text| text.contains("encryption-data")) {
        return Err(trouble::password(name));
    }
    let library = |part: &str| part.ends_with("script-lb.xml") || part.ends_with("script-lc.xml");
    if package.has(|part| {
        (part.starts_with("Basic/") && part.ends_with(".xml") && !library(part))
            || part.starts_with("Scripts/")
    }) {
        return Err(trouble::macros(name));
    }
    let sheets = package.stream("content.xml", |xml| content(xml, name))?;
    if sheets.is_empty() {
        return Err(trouble::not_a_workbook(name));
    }
    Ok(Book { name: name.to_owned(), sheets, notes: Vec::new() })
}

fn content(xml: &mut Stream<'_, '_>, name: &str) -> Result<Vec<Sheet>, Diagnostic> {
    let mut walk = Walk { name, ..Walk::default() };
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => walk.start(&tag)?,
            Event::Empty(tag) => {
                walk.start(&tag)?;
                walk.end(tag.name().as_ref())?;
            }
            Event::End(tag) => walk.end(tag.name().as_ref())?,
            Event::Text(text) => walk.text(text.as_ref())?,
            Event::GeneralRef(reference) => {
                let mut buffer = [0; 4];
                walk.text(entity(reference.as_ref()).map_or("", |c| c.encode_utf8(&mut buffer)))?;
            }
            Event::Eof => return Ok(walk.sheets),
            _ => {}
        }
    }
}

/// A cell as its tag says.
#[derive(Debug, Clone, Default)]
struct Tagged {
    repeat: u32,
    kind: String,
    value: String,
    formula: bool,
    error: bool,
    across: u32,
    down: u32,
    words: String,
    paragraphs: usize,
}

#[derive(Default)]
struct Walk<'n> {
    name: &'n str,
    sheets: Vec<Sheet>,
    /// Styles of sheets that are hidden.
    hidden_styles: BTreeSet<String>,
    style: String,
    builder: Option<Builder>,
    row: u32,
    rows: u32,
    column: u32,
    /// Columns whose looks were told.
    columns: u32,
    row_hidden: bool,
    /// Cells of the row: column and content.
    cells: Vec<(u32, Content)>,
    cell: Option<Tagged>,
    /// Inside a remark on a cell, whose words are not its own.
    remark: bool,
    paragraph: bool,
}

impl Walk<'_> {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        match tag.name().as_ref() {
            "style:style" => self.style = attribute(tag, "name").unwrap_or_default(),
            "style:table-properties" if attribute(tag, "display").is_some_and(|shown| shown == "false") => {
                self.hidden_styles.insert(std::mem::take(&mut self.style));
            }
            "table:table" => self.table(tag),
            "table:table-source" | "table:cell-range-source" => self.link(),
            "table:table-row" => {
                self.row = self.row.saturating_add(self.rows);
                self.rows = repeated(tag, "number-rows-repeated");
                self.column = 0;
                self.row_hidden = attribute(tag, "visibility").is_some_and(|shown| shown != "visible");
            }
            "table:table-column" => self.columns(tag),
            "table:table-cell" | "table:covered-table-cell" => self.cell(tag)?,
            "office:annotation" => self.remark = true,
            "text:p" if !self.remark => {
                self.paragraph = true;
                self.break_line();
            }
            "text:s" => {
                let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.text(&" ".repeat(count.min(1000)))?;
            }
            "text:tab" => self.text("\t")?,
            "text:line-break" => self.text("\n")?,
            _ => {}
        }
        Ok(())
    }

    fn table(&mut self, tag: &BytesStart<'_>) {
        let style = attribute(tag, "style-name").unwrap_or_default();
        let name = attribute(tag, "name").unwrap_or_default();
        self.builder = Some(Builder::new(name, self.hidden_styles.contains(&style)));
        (self.row, self.rows, self.columns) = (1, 0, 0);
    }

    /// Columns that look alike.
    fn columns(&mut self, tag: &BytesStart<'_>) {
        let count = repeated(tag, "number-columns-repeated");
        let hidden = attribute(tag, "visibility").is_some_and(|shown| shown != "visible");
        if let Some(builder) = self.builder.as_mut().filter(|_| hidden) {
            builder.hide_columns(self.columns, self.columns.saturating_add(count - 1));
        }
        self.columns = self.columns.saturating_add(count);
    }

    fn cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        let mut cell = Tagged { repeat: 1, across: 1, down: 1, ..Tagged::default() };
        let mut values: Vec<(String, String)> = Vec::new();
        let mut attributes = tag.attributes();
        for one in attributes.with_checks(false).flatten() {
            let count = || one.value.as_ref().parse().unwrap_or(1).clamp(1, ROWS);
            match one.key.as_ref() {
                "table:number-columns-repeated" => cell.repeat = count(),
                "table:number-columns-spanned" => cell.across = count(),
                "table:number-rows-spanned" => cell.down = count(),
                "office:value-type" => cell.kind = one.value.as_ref().to_owned(),
                "calcext:value-type" => cell.error = one.value.as_ref() == "error",
                "table:formula" => {
                    cell.formula = true;
                    if normal(&one).contains("'file:") {
                        self.link();
                    }
                }
                name if name.starts_with("office:") && name.ends_with("value") => {
                    values.push((name.to_owned(), normal(&one)));
                }
                _ => {}
            }
        }
        let wanted = match cell.kind.as_str() {
            "date" => "office:date-value",
            "time" => "office:time-value",
            "boolean" => "office:boolean-value",
            "string" => "office:string-value",
            _ => "office:value",
        };
        cell.value =
            values.into_iter().find(|(name, _)| name == wanted).map_or(String::new(), |(_, value)| value);
        self.cell = Some(cell);
        Ok(())
    }

    fn link(&mut self) {
        if let Some(builder) = &mut self.builder {
            builder.link();
        }
    }

    fn break_line(&mut self) {
        if let Some(cell) = &mut self.cell {
            if cell.paragraphs > 0 {
                cell.words.push('\n');
            }
            cell.paragraphs += 1;
        }
    }

    fn text(&mut self, words: &str) -> Result<(), Diagnostic> {
        let Some(cell) = self.cell.as_mut().filter(|_| self.paragraph && !self.remark) else { return Ok(()) };
        cell.words.push_str(words);
        if cell.words.len() > LONGEST { Err(trouble::cell_too_long(self.name)) } else { Ok(()) }
    }

    fn end(&mut self, name: &str) -> Result<(), Diagnostic> {
        match name {
            "text:p" if !self.remark => self.paragraph = false,
            "office:annotation" => self.remark = false,
            "table:table-cell" | "table:covered-table-cell" => self.end_cell()?,
            "table:table-row" => self.end_row()?,
            "table:table" => {
                let sheet = self.builder.take().map(Builder::finish);
                // What Calc remembers of a sheet in another file is no sheet of this one.
                self.sheets.extend(sheet.filter(|sheet| !sheet.name.starts_with("'file:")));
                sheet::within(&self.sheets, self.name)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Diagnostic> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let at = Address { row: self.row, column: self.column };
        if let Some(builder) = self.builder.as_mut().filter(|_| cell.across > 1 || cell.down > 1) {
            let (row, column) =
                (at.row.saturating_add(cell.down - 1), at.column.saturating_add(cell.across - 1));
            let to = Address { row, column };
            builder.merge(Area { from: at, to }, self.name)?;
        }
        if let Some(content) = cell.content() {
            let end = self.column.saturating_add(cell.repeat).min(COLUMNS);
            self.cells.extend((self.column..end).map(|column| (column, content.clone())));
        }
        self.column = self.column.saturating_add(cell.repeat);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Diagnostic> {
        let cells = std::mem::take(&mut self.cells);
        let Some(builder) = &mut self.builder else { return Ok(()) };
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len().saturating_mul(self.rows as usize) > MOST_CELLS {
            return Err(trouble::too_many_cells(self.name));
        }
        for row in (self.row..self.row.saturating_add(self.rows)).take_while(|row| *row <= ROWS) {
            if self.row_hidden {
                builder.hide(row);
            }
            for (column, content) in &cells {
                builder.add(Address { row, column: *column }, content.clone(), self.name)?;
            }
        }
        Ok(())
    }
}

/// A count that an attribute gives, one where it is missing; bounded by what a sheet can hold.
fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).clamp(1, ROWS)
}

/// The value of an attribute without entities.
fn normal(attribute: &Attribute<'_>) -> String {
    match attribute.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => attribute.value.as_ref().to_owned(),
    }
}

impl Tagged {
    fn content(&self) -> Option<Content> {
        let words = if self.paragraphs > 0 { self.words.as_str() } else { self.value.as_str() };
        let computed = self.formula && (words.starts_with('#') || words.starts_with("Err:"));
        if self.error || computed {
            return Some(Content::Error(if words.is_empty() { "#REF!" } else { words }.into()));
        }
        match self.kind.as_str() {
            "" if self.formula => Some(Content::Uncalculated),
            "float" | "percentage" | "currency" => Some(match number::written(&self.value) {
                Some(number) => Content::Number(number, Arc::new(self.format(number))),
                None => Content::Text(words.into()),
            }),
            // A day of the week alone is no date.
            "date" if self.paragraphs > 0 && !self.words.contains(|c: char| c.is_ascii_digit()) => {
                Some(Content::Text(words.into()))
            }
            "date" => Some(self.date().map_or_else(|| Content::Text(words.into()), Content::Date)),
            "boolean" => Some(Content::Truth(self.value == "true")),
            _ if words.is_empty() => None,
            _ => Some(Content::Text(words.into())),
        }
    }

    /// How a number is shown. Programs that show nothing write no paragraph; an empty one shows nothing.
    fn format(&self, number: Decimal) -> NumberFormat {
        if self.paragraphs == 0 {
            NumberFormat::default()
        } else {
            NumberFormat::of_words(&self.words, number)
        }
    }

    /// `2011-04-18T14:30:00`, as far as the words show it.
    fn date(&self) -> Option<Day> {
        let whole = Day::of_xml(&self.value)?;
        let times = self.words.matches([':', '时', '点']).count();
        let clock = match times {
            0 => Clock::Nothing,
            1 if !self.words.contains('秒') => Clock::Minutes,
            _ => Clock::Seconds,
        };
        let shown = self.words.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
        let shown: Vec<usize> = shown.map(str::len).collect();
        let (month, day) = match shown.as_slice() {
            [4] => (false, false),
            [4, _] => (true, false),
            _ => (true, true),
        };
        Some(whole.as_far_as(FormatKind::Date { year: true, month, day, clock }))
    }
}
