//! Paragraphs and tables of the file as blocks, with the numbers that Word sets by itself.

use super::grid;
use super::numbering::{Mark, Numbering};
use super::styles::Styles;
use super::unread::{Kind, Unread};
use super::walk::{Line, Paragraph, Part, Piece, TableCell, TableRow};
use crate::document::{Block, Element, Form, Inline, Table, plain, tables};
use crate::input::shape;
use crate::zh::number::{WIDE, parting, read_on};

/// What a body gives.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub blocks: Vec<Block>,
    /// A line a block; of a table its caption and every cell, also those that another one covers.
    pub lines: Vec<Line>,
    /// The file has tracked changes.
    pub tracked: bool,
    /// Footnotes were put into the text.
    pub notes: usize,
    /// What was not read, or not in its place.
    pub unread: Vec<Unread>,
}

/// Makes blocks of parts, in order.
pub(super) struct Builder<'b> {
    styles: &'b Styles,
    numbering: Numbering,
    found: Found,
    /// The caption above a table that has not come yet.
    caption: Option<Line>,
    /// Where the open section begins among the blocks.
    section: usize,
    /// The line of the unit between the two.
    unit: Option<Line>,
}

impl<'b> Builder<'b> {
    pub fn new(styles: &'b Styles, numbering: Numbering) -> Builder<'b> {
        Builder { styles, numbering, found: Found::default(), caption: None, unit: None, section: 0 }
    }

    /// The blocks of all parts.
    pub fn build(mut self, parts: Vec<Part>) -> Found {
        self.parts(parts);
        self.flush_caption();
        framed(self.found)
    }

    fn parts(&mut self, parts: Vec<Part>) {
        for part in parts {
            match part {
                Part::Paragraph(paragraph) => self.paragraph(paragraph),
                Part::Table(rows) if is_frame(&rows) => {
                    let cells = rows.into_iter().flat_map(|row| row.cells);
                    cells.for_each(|cell| self.parts(cell.parts));
                }
                Part::Table(rows) => self.table(rows),
            }
        }
    }

    fn paragraph(&mut self, mut paragraph: Paragraph) {
        let boxes = std::mem::take(&mut paragraph.boxes);
        let landscape = paragraph.landscape;
        self.say(std::mem::take(&mut paragraph.unread));
        if let Some(chart) = paragraph.chart.take() {
            self.chart(*chart);
        }
        if let Some(plate) = paragraph.picture.take() {
            self.flush_caption();
            self.found.blocks.push(Block::Picture(*plate));
            self.found.lines.push(Line::default());
        }
        self.lines_of(paragraph);
        self.parts(boxes);
        landscape.into_iter().for_each(|landscape| self.end_section(landscape));
    }

    /// Tables of a section whose pages lie on their side stand so.
    fn end_section(&mut self, landscape: bool) {
        let from = std::mem::replace(&mut self.section, self.found.blocks.len());
        for block in self.found.blocks.iter_mut().skip(from) {
            if let Block::Table(table) = block {
                table.landscape = landscape;
            }
        }
    }

    /// What is to be said of the block that comes next.
    fn say(&mut self, unread: Vec<Unread>) {
        let block = Some(self.found.blocks.len());
        self.found.unread.extend(unread.into_iter().map(|one| Unread { block, ..one }));
    }

    fn lines_of(&mut self, mut paragraph: Paragraph) {
        // Behind the end of a table of contents the text goes on.
        let within = paragraph.contents.take();
        let contents = match &within {
            Some(words) => words.clone(),
            None if self.styles.is_contents(&paragraph.style) => std::mem::take(&mut paragraph.line).words,
            None => String::new(),
        };
        if !contents.trim().is_empty() {
            self.say(vec![Unread::new(Kind::Contents, contents)]);
        }
        let of_contents = within.is_some() || self.styles.is_contents(&paragraph.style);
        if paragraph.line.is_blank() && (of_contents || paragraph.hidden) {
            return;
        }
        let number = self.number(&paragraph);
        if paragraph.line.is_blank() {
            if !number.text.trim().is_empty() {
                self.say(vec![Unread::new(Kind::Number, number.text)]);
            }
            return;
        }
        before(&number, &mut paragraph.line);
        let style = paragraph.style.as_str();
        if self.styles.is(style, &["TableUnit"]) {
            self.flush_unit();
            self.unit = Some(joined(split(paragraph.line)));
            return;
        }
        self.flush_caption();
        if self.styles.is(style, &["TableCaption", "caption"]) {
            let mut caption = joined(split(paragraph.line));
            if !self.is_below_picture(&mut caption) && !self.is_below_chart(&mut caption) {
                self.caption = Some(caption);
            }
        } else if self.styles.is(style, TITLES) {
            // A title is broken into lines for its looks.
            self.add(style, paragraph.outline, joined(split(paragraph.line)));
        } else {
            let first = self.found.blocks.is_empty();
            let lines = split(paragraph.line);
            let title =
                if first { lines.iter().take_while(|line| is_part_of_title(line)).count() } else { 0 };
            let mut lines = lines.into_iter();
            let title: Vec<Line> = lines.by_ref().take(title).collect();
            self.add(style, paragraph.outline, joined(title));
            lines.for_each(|line| self.add(style, paragraph.outline, line));
        }
    }

    /// A chart, whose caption stands below it.
    fn chart(&mut self, chart: Table) {
        self.flush_caption();
        let cells = chart.all_rows().flat_map(|row| &row.cells).count();
        self.found.blocks.push(Block::Table(chart));
        self.found.lines.resize_with(self.found.lines.len() + 1 + cells, Line::default);
    }

    /// Whether a line is the caption of the picture right above it, which it then becomes.
    fn is_below_picture(&mut self, line: &mut Line) -> bool {
        let Some(Block::Picture(plate)) = self.found.blocks.last_mut() else { return false };
        if !plate.caption.is_empty() {
            return false;
        }
        plate.caption = vec![Inline::Text(line.words.clone())];
        self.found.lines.iter_mut().last().into_iter().for_each(|last| *last = std::mem::take(line));
        true
    }

    /// Whether a line is the caption of the chart right above it, which it then becomes.
    fn is_below_chart(&mut self, line: &mut Line) -> bool {
        let Some(Block::Table(chart)) = self.found.blocks.last_mut() else { return false };
        if chart.chart.is_none() || !chart.caption.is_empty() {
            return false;
        }
        let cells = chart.all_rows().flat_map(|row| &row.cells).count();
        chart.caption = vec![Inline::Text(line.words.clone())];
        let at = self.found.lines.len() - 1 - cells;
        self.found.lines[at] = std::mem::take(line);
        true
    }

    /// The number that Word sets before a paragraph; an empty one counts, too.
    fn number(&mut self, paragraph: &Paragraph) -> Mark {
        let place = self.numbering.place(paragraph.number, &paragraph.style, self.styles);
        place.map(|(list, level)| self.numbering.next(list, level)).unwrap_or_default()
    }

    fn add(&mut self, style: &str, outline: Option<u8>, line: Line) {
        if !line.is_blank() {
            let level = outline.or_else(|| self.styles.heading(style));
            self.found.blocks.push(styled(self.styles, style, level, &line.words));
            self.found.lines.push(line);
        }
    }

    /// A caption that no table follows is a paragraph.
    fn flush_caption(&mut self) {
        if let Some(caption) = self.caption.take() {
            self.add("", None, caption);
        }
        self.flush_unit();
    }

    fn flush_unit(&mut self) {
        if let Some(unit) = self.unit.take() {
            self.add("", None, unit);
        }
    }

    /// The line of the unit above a table: one in our style, or a paragraph `单位：万元`, as anybody writes it.
    fn unit(&mut self) -> Option<Line> {
        let is_unit = |block: &Block| match block {
            Block::Paragraph(line) => {
                let words = plain(line);
                words.starts_with(tables::UNIT) && words.chars().count() <= LONGEST_UNIT
            }
            _ => false,
        };
        if self.unit.is_none() && self.caption.is_none() && self.found.blocks.last().is_some_and(is_unit) {
            self.found.blocks.pop();
            return self.found.lines.pop();
        }
        self.unit.take()
    }

    fn table(&mut self, rows: Vec<TableRow>) {
        let rows: Vec<grid::Row> = rows
            .into_iter()
            .map(|row| {
                let cells = row.cells.into_iter().map(|cell| self.cell(cell));
                grid::Row { before: row.before, cells: cells.collect(), head: row.head }
            })
            .collect();
        if rows.iter().flat_map(|row| &row.cells).all(|cell| cell.line.is_blank()) {
            return;
        }
        let (mut table, lines) = grid::table(rows);
        let unit = self.unit();
        let caption = self.caption.take().unwrap_or_default();
        if !caption.words.is_empty() {
            table.caption = vec![Inline::Text(caption.words.clone())];
        }
        table.unit = unit.as_ref().map(|unit| unit.words.clone()).unwrap_or_default();
        self.found.blocks.push(Block::Table(table));
        self.found.lines.push(caption);
        self.found.lines.extend(unit);
        self.found.lines.extend(lines);
    }

    fn cell(&mut self, cell: TableCell) -> grid::Cell {
        let mut lines = Vec::new();
        // Nobody sees what stands in a cell that the one above covers.
        if !cell.up || !is_empty(&cell) {
            self.cell_lines(cell.parts, &mut lines);
        }
        let mut line = Line::default();
        for (index, one) in lines.into_iter().enumerate() {
            line.words.push_str(if index > 0 { "\n" } else { "" });
            line.append(one);
        }
        // In a row of cells a tab stands between cells, so there is none inside.
        line.words = line.words.replace('\t', " ");
        grid::Cell { across: cell.across, up: cell.up && line.is_blank(), line }
    }

    /// The paragraphs of a cell; those of a table in it stand each on its own.
    fn cell_lines(&mut self, parts: Vec<Part>, lines: &mut Vec<Line>) {
        for part in parts {
            match part {
                Part::Paragraph(mut paragraph) => {
                    let boxes = std::mem::take(&mut paragraph.boxes);
                    // A cell holds words only.
                    let picture = paragraph.picture.take().map(|plate| plate.picture.name.clone());
                    self.say(picture.map(|name| Unread::new(Kind::Picture, name)).into_iter().collect());
                    self.say(std::mem::take(&mut paragraph.unread));
                    if !paragraph.hidden || !paragraph.line.is_blank() {
                        before(&self.number(&paragraph), &mut paragraph.line);
                    }
                    lines.extend(split(paragraph.line).into_iter().filter(|line| !line.is_blank()));
                    self.cell_lines(boxes, lines);
                }
                Part::Table(rows) => {
                    self.say(vec![Unread::new(Kind::Nested, "")]);
                    let cells = rows.into_iter().flat_map(|row| row.cells);
                    cells.for_each(|cell| self.cell_lines(cell.parts, lines));
                }
            }
        }
    }
}

/// What was found with every block in its place, its line with it.
fn framed(found: Found) -> Found {
    let cells = |block: &Block| match block {
        Block::Table(table) => {
            let above = 1 + usize::from(!table.unit.is_empty());
            above + table.all_rows().map(|row| row.cells.len()).sum::<usize>()
        }
        _ => 1,
    };
    let counts: Vec<usize> = found.blocks.iter().map(cells).collect();
    let (blocks, origins) = shape::framed(found.blocks);
    let mut old = found.lines.into_iter();
    let mut lines = Vec::with_capacity(old.len());
    for parts in origins.chunk_by(|one, next| one.0 == next.0) {
        let own = old.by_ref().take(counts.get(parts[0].0).copied().unwrap_or_default());
        match parts {
            [_] => lines.extend(own),
            parts => own.for_each(|line| lines.extend(parts.iter().map(|(_, span)| line.part(span)))),
        }
    }
    let moved = |block: usize| origins.partition_point(|(of, _)| *of < block);
    let unread = found.unread.into_iter().map(|one| Unread { block: one.block.map(moved), ..one });
    Found { blocks, lines, unread: unread.collect(), ..found }
}

/// Styles of a title; ours have one for annexes.
const TITLES: &[&str] = &["Title", "title", "AnnexTitle"];
/// Most characters of the line of a unit.
const LONGEST_UNIT: usize = 20;
/// Most characters of a line of a title.
const TITLE_LINE: usize = 40;

/// Whether a line of the first paragraph is one of its title: short, and no heading, date or sentence.
fn is_part_of_title(line: &Line) -> bool {
    let words = line.words.trim();
    matches!(shape::block(words), Block::Paragraph(_))
        && words.chars().count() <= TITLE_LINE
        && !words.contains(['。', '；', '，', '：'])
        && !words.starts_with(['（', '('])
}

/// Whether no words stand in a cell.
fn is_empty(cell: &TableCell) -> bool {
    cell.parts.iter().all(|part| match part {
        Part::Paragraph(one) => one.line.is_blank() && one.boxes.is_empty() && one.unread.is_empty(),
        Part::Table(_) => false,
    })
}

/// Whether a table only frames prose: it has one column, and more in a cell than an entry.
fn is_frame(rows: &[TableRow]) -> bool {
    let paragraphs = |cell: &TableCell| {
        let paragraph = |part: &Part| match part {
            Part::Paragraph(paragraph) => !paragraph.line.is_blank() || !paragraph.boxes.is_empty(),
            Part::Table(_) => true,
        };
        cell.parts.iter().filter(|part| paragraph(part)).count()
    };
    let sentence = |cell: &TableCell| {
        cell.parts.iter().any(|part| match part {
            Part::Paragraph(paragraph) => paragraph.line.words.contains('。'),
            Part::Table(_) => true,
        })
    };
    let mut cells = rows.iter().flat_map(|row| &row.cells);
    rows.iter().all(|row| row.cells.len() <= 1)
        && (rows.len() == 1 || cells.any(|cell| paragraphs(cell) > 1 || sentence(cell)))
}

/// A number that stands nowhere in the XML before the words of a line, and a blank where the page has one and
/// the number would read on without it.
fn before(mark: &Mark, line: &mut Line) {
    let blank =
        if mark.close && !read_on(&mark.text, &line.words) { "" } else { parting(&mark.text, &line.words) };
    let number = format!("{}{blank}", mark.text);
    line.words.insert_str(0, &number);
    for piece in &mut line.pieces {
        piece.at = piece.at.start + number.len()..piece.at.end + number.len();
    }
}

/// Lines as one, two figures at a break still apart.
fn joined(lines: Vec<Line>) -> Line {
    let mut whole = Line::default();
    for line in lines {
        whole.words.push_str(if read_on(&whole.words, &line.words) { WIDE } else { "" });
        whole.append(line);
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
    let element = |element| Block::Element { element, label: String::new(), text: line() };
    match (level, shape::block(words)) {
        _ if styles.is(style, TITLES) => Block::Title(line()),
        _ if styles.is(style, &["TableNote"]) => Block::TableNote(line()),
        _ if styles.is(style, &["Byline"]) => Block::Byline(line()),
        _ if styles.is(style, &["Recipient"]) => Block::Recipient(line()),
        _ if styles.is(style, &["SealedSignature"]) => element(Element::Sealed),
        _ if styles.is(style, &["LetterMark"]) => element(Element::Mark(Form::Letter)),
        _ if styles.is(style, &["Point"]) => shape::point_of(words),
        (Some(level), Block::Heading { number, text, body, .. }) => {
            Block::Heading { level: level.clamp(1, 4), number, text, body }
        }
        // 一是 with text behind it stands in the outline as what it is.
        (Some(_), point @ Block::Point { .. }) if shape::is_led(&point) => point,
        (Some(level), _) => shape::heading_of(level, words),
        (None, block) => block,
    }
}
