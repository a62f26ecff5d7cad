//! A finished text as rules read it: lines of one source, each with what it is.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex::Captures;

use super::grid::Grid;
use crate::clause::{self, Claim};
use crate::diag::Source;
use crate::document::{Block, Cell, Document, Element, Line as Words, Table};
use crate::input::{self, TypedText};
use crate::period::Period;
use crate::zh::number::Reader;
use crate::zh::pattern::Pattern;
use crate::zh::scan::{Number, NumberKind, Why, scan};

/// What a line of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// 标题.
    Title,
    /// 题下署名 or date.
    Byline,
    /// 主送机关.
    Recipient,
    /// A heading of level 1–4.
    Heading(u8),
    /// 一是 ….
    Point,
    /// Body text.
    Paragraph,
    /// Caption of a table.
    Caption,
    /// A note under a table: sentences beside the text, not a heading.
    Note,
    /// A cell of a table, or a row of cells with tabs between them.
    Cell,
    /// 署名.
    Signature,
    /// 成文日期.
    Date,
    /// Another element of the letter, as 抄送.
    Element(Element),
}

impl LineKind {
    /// Whether it is running text, as against headings, tables and the frame of the page.
    pub fn is_body(self) -> bool {
        matches!(self, LineKind::Point | LineKind::Paragraph)
    }

    /// Whether it belongs to a table, a chart or a picture.
    pub fn is_of_table(self) -> bool {
        matches!(self, LineKind::Cell | LineKind::Caption | LineKind::Note)
    }
}

/// A line.
#[derive(Debug, Clone)]
pub struct ProseLine {
    /// Its place among the lines of the document, empty ones counted, from 0.
    pub number: usize,
    /// Its bytes in the source.
    pub span: Range<usize>,
    /// What it is.
    pub kind: LineKind,
    /// Its numbers; spans count from the start of the line. None where it has a gap: what a figure is and whose cannot
    /// be told from half a sentence.
    pub numbers: Vec<Number>,
    /// What is still to be filled in, 【待填：…】; spans count from the start of the line.
    pub gaps: Vec<Range<usize>>,
    /// Stretches inside “”, ‘’ and 《》, marks included; spans count from the start of the line.
    pub quoted: Vec<Range<usize>>,
    said: OnceLock<Said>,
}

/// What a line says of its figures.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The figures, in the order of the line.
    pub figures: Vec<clause::Figure>,
    /// What is said of each; a claim names its figure by its index.
    pub claims: Vec<Claim>,
}

impl ProseLine {
    /// Whether any byte of a span, counted from the start of the line, lies inside a quotation.
    pub fn is_quoted(&self, span: &Range<usize>) -> bool {
        self.quoted.iter().any(|quoted| quoted.start < span.end && span.start < quoted.end)
    }
}

/// A finished text.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The text.
    pub source: Arc<Source>,
    /// Its lines that are not empty.
    pub lines: Vec<ProseLine>,
    /// Its tables that have no gap.
    pub tables: Vec<Grid>,
    /// Bytes of the source that a report of ours leaves to be filled in.
    pub wanted: Vec<Range<usize>>,
    year: OnceLock<Period>,
}

/// A gap as a draft of ours has it, also in a file that was made of one.
static GAP: Pattern = Pattern::new("【待填：[^】]*】");

impl Prose {
    /// The text of a document under a name; a line is a paragraph, a heading, or a cell of a table.
    pub fn of_document(name: &str, document: &Document) -> Prose {
        let mut text = String::new();
        let mut lines: Vec<(Range<usize>, LineKind)> = Vec::new();
        let mut tables = Vec::new();
        let mut wanted = Vec::new();
        for block in &document.blocks {
            let first = lines.len();
            for (words, kind) in parts(block) {
                let start = text.len();
                wanted.extend(words.gaps.iter().map(|gap| start + gap.start..start + gap.end));
                text.push_str(&words.text.replace(['\n', '\r'], " "));
                lines.push((start..text.len(), kind));
                text.push('\n');
            }
            if let Some(table) = table(block) {
                // The caption is the first of its lines, and its unit the next, where it has one.
                let above = 1 + usize::from(!table.unit.is_empty());
                let mut cells = lines[first + above..].iter().map(|(span, _)| span.clone());
                let rows = table.all_rows().map(|row| cells.by_ref().take(row.cells.len()).collect());
                tables.push(Grid::of(table, rows.collect()));
            }
        }
        let mut prose = Prose::new(Arc::new(Source::new(name, text)), lines);
        prose.take(tables);
        prose.wanted = wanted;
        prose
    }

    /// A plain text under a name.
    pub fn of_text(name: &str, text: &str) -> Prose {
        let read = input::text(text);
        Prose::of_written(name, &read.document, &read.written.unwrap_or_default())
    }

    /// A text file that was read: findings stand where they stand in the file.
    pub fn of_written(name: &str, document: &Document, written: &TypedText) -> Prose {
        let line = |(block, span): &(usize, Range<usize>)| {
            let kind = document.blocks.get(*block).map_or(LineKind::Paragraph, kind);
            (span.clone(), kind)
        };
        let source = Arc::new(Source::new(name, written.text.as_str()));
        let mut prose = Prose::new(source, written.lines.iter().map(line).collect());
        let mut tables = Vec::new();
        for lines in written.lines.chunk_by(|one, next| one.0 == next.0) {
            if let Some(table) = lines.first().and_then(|(block, _)| table(document.blocks.get(*block)?)) {
                // The cells of a row stand in one line of the file.
                let rows = lines.chunk_by(|one, next| !written.text[one.1.end..next.1.start].contains('\n'));
                let places =
                    |row: &[(usize, Range<usize>)]| row.iter().map(|(_, span)| span.clone()).collect();
                tables.push(Grid::of(table, rows.map(places).collect()));
            }
        }
        prose.take(tables);
        prose
    }

    /// A text with its lines.
    pub fn new(source: Arc<Source>, lines: Vec<(Range<usize>, LineKind)>) -> Prose {
        let line = |(number, (span, kind)): (usize, (Range<usize>, LineKind))| {
            let text = &source.text[span.clone()];
            let gaps: Vec<Range<usize>> = GAP.find_iter(text).map(|gap| gap.range()).collect();
            let numbers = if gaps.is_empty() { scan(text) } else { Vec::new() };
            ProseLine { number, numbers, gaps, quoted: quoted(text), span, kind, said: OnceLock::new() }
        };
        let typed = lines.iter().filter(|(span, kind)| *kind != LineKind::Cell && !span.is_empty());
        let tables = Grid::typed(&source.text, typed.map(|(span, _)| span));
        let lines =
            lines.into_iter().enumerate().filter(|(_, (span, _))| !span.is_empty()).map(line).collect();
        let mut prose =
            Prose { source, lines, tables: Vec::new(), wanted: Vec::new(), year: OnceLock::new() };
        prose.take(tables);
        prose
    }

    /// Takes tables in, but those where something is still to be filled in: they add up to nothing yet.
    fn take(&mut self, tables: Vec<Grid>) {
        let gap = |cell: &Range<usize>| GAP.is_match(&self.source.text[cell.clone()]);
        let whole = |grid: &Grid| !grid.rows.iter().flatten().any(gap);
        let whole: Vec<Grid> = tables.into_iter().filter(whole).collect();
        self.tables.extend(whole);
    }

    /// The words of a line.
    pub fn text(&self, line: &ProseLine) -> &str {
        &self.source.text[line.span.clone()]
    }

    /// What a line says of its figures; it is read when the first rule asks, and once.
    pub fn said<'p>(&'p self, line: &'p ProseLine) -> &'p Said {
        line.said.get_or_init(|| {
            let text = self.text(line);
            let mut reader = Reader::default();
            reader.enter(text);
            let figures = clause::figures(text, &line.numbers, &reader);
            let claims = clause::read(text, &figures, self.year());
            Said { figures, claims }
        })
    }

    /// The year that the text is about: the one that its title names, else the latest that it names at all.
    /// Where it names none, any will do, because none can be taken for another.
    pub fn year(&self) -> Period {
        *self.year.get_or_init(|| {
            let years = |(line, text)| named_years(line, text).into_iter();
            let title = self
                .each()
                .filter(|(line, _)| line.kind == LineKind::Title)
                .find_map(|one| years(one).next());
            title.or_else(|| self.each().flat_map(years).max()).unwrap_or(Period::year(UNNAMED))
        })
    }

    /// Every line with its words.
    pub fn each(&self) -> impl Iterator<Item = (&ProseLine, &str)> {
        self.lines.iter().map(|line| (line, self.text(line)))
    }

    /// Every match of a pattern in every line.
    pub fn matches<'p>(
        &'p self,
        pattern: &'p Pattern,
    ) -> impl Iterator<Item = (&'p ProseLine, Captures<'p>)> {
        let lines = if pattern.may_match(&self.source.text) { self.lines.as_slice() } else { &[] };
        lines.iter().flat_map(|line| pattern.captures_iter(self.text(line)).map(move |found| (line, found)))
    }
}

/// The year of a text that names none.
const UNNAMED: i32 = 2000;

/// The calendar years that a line names, those beside a gap too.
fn named_years(line: &ProseLine, text: &str) -> Vec<Period> {
    let beside_gaps = if line.gaps.is_empty() { Vec::new() } else { scan(text) };
    let year = |number: &Number| {
        let behind = text[number.span.end..].starts_with('年') || number.text.ends_with('年');
        let said = number.kind == NumberKind::Typed(Why::Year) && behind;
        let stem = text.get(number.span.start..number.span.start + 4).filter(|_| said)?;
        Period::parse(stem)
    };
    line.numbers.iter().chain(&beside_gaps).filter_map(year).collect()
}

/// The block of a document that a byte of its prose belongs to, and the byte in the block's own line of words.
pub fn block_at(document: &Document, prose: &Source, at: usize) -> Option<(usize, usize)> {
    let start = prose.text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = prose.text[..start].matches('\n').count();
    let mut first = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        let parts = parts(block);
        if line < first + parts.len() {
            let before: usize = parts[..line - first].iter().map(|(words, _)| words.text.len() + 1).sum();
            return Some((index, before + at - start));
        }
        first += parts.len();
    }
    None
}

/// A block as lines: a table as its caption and its cells.
fn parts(block: &Block) -> Vec<(Words, LineKind)> {
    let cell = |cell: &Cell| (Words::of_inlines(&cell.words), LineKind::Cell);
    match block {
        Block::Table(table) => {
            let caption = (Words::of_inlines(&table.caption), LineKind::Caption);
            let unit = (!table.unit.is_empty())
                .then(|| (Words { text: table.unit.clone(), ..Words::default() }, LineKind::Caption));
            let cells = table.all_rows().flat_map(|row| &row.cells);
            std::iter::once(caption).chain(unit).chain(cells.map(cell)).collect()
        }
        block => vec![(Words::of(block), kind(block))],
    }
}

/// The table that a block is.
fn table(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        _ => None,
    }
}

/// What a block that is no table is.
pub fn kind(block: &Block) -> LineKind {
    match block {
        Block::Title(_) => LineKind::Title,
        Block::Byline(_) => LineKind::Byline,
        Block::Recipient(_) => LineKind::Recipient,
        // A heading that the text goes on behind is read as the paragraph that it begins.
        Block::Heading { body, .. } if !body.is_empty() => LineKind::Paragraph,
        Block::Heading { level, .. } => LineKind::Heading(*level),
        Block::Point { .. } => LineKind::Point,
        Block::Paragraph(_) => LineKind::Paragraph,
        Block::Table(_) => LineKind::Cell,
        Block::Signature(_) => LineKind::Signature,
        Block::Date(_) => LineKind::Date,
        Block::TableNote(_) => LineKind::Note,
        Block::Picture(_) => LineKind::Caption,
        Block::Element { element: Element::Sealed, .. } => LineKind::Signature,
        Block::Element { element, .. } => LineKind::Element(*element),
        Block::Changed(_, block) => kind(block),
    }
}

/// Stretches inside quotation marks and title marks, the outermost ones.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '“' | '‘' | '《' | '〈' => open.push((closing(c), at)),
            '”' | '’' | '》' | '〉' => {
                if let Some(index) = open.iter().rposition(|(close, _)| *close == c) {
                    let start = open[index].1;
                    open.truncate(index);
                    found.retain(|range: &Range<usize>| range.start < start);
                    found.push(start..at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    found
}

fn closing(open: char) -> char {
    match open {
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        _ => '〉',
    }
}

/// The character before a byte of a text.
pub fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character at a byte of a text.
pub fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_of_the_prose_is_found_in_its_block() {
        let document = input::text("汇报\n一、工作\n开会14次。\n").document;
        let prose = Prose::of_document("汇报", &document);
        for (block, one) in document.blocks.iter().enumerate() {
            let words = Words::of(one).text;
            let at = prose.source.text.find(&words).unwrap();
            assert_eq!(
                block_at(&document, &prose.source, at + words.len() - 3),
                Some((block, words.len() - 3))
            );
        }
        assert_eq!(block_at(&document, &prose.source, prose.source.text.len() + 1), None);
    }

    #[test]
    fn a_line_is_read_for_the_year_of_its_title() {
        let of = |text: &str| {
            let prose = Prose::of_text("总结", text);
            let line = prose.lines.last().unwrap();
            prose.said(line).claims.iter().map(|claim| claim.when.clone()).collect::<Vec<_>>()
        };
        let last = clause::When::Year(Period::year(2023));
        assert_eq!(of("2024年工作总结\n\n上年为15个。\n"), [last]);
        assert_eq!(of("总结\n\n上年为15个。\n"), [clause::When::Year(Period::year(UNNAMED - 1))]);
    }

    #[test]
    fn quotations_are_found_and_those_that_never_end_are_not() {
        let text = "他说“见《意见》”，办“三件事";
        let found: Vec<&str> = quoted(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["“见《意见》”"]);
    }
}
