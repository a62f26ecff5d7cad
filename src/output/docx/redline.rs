//! Which paragraph marks of a redline are tracked.
//!
//! A paragraph whose mark goes is joined to the next one (ECMA-376 Part 1, 17.13.5.15 and .20), and the
//! last paragraph of the body and the one before a table have none to be joined to. So changed paragraphs
//! that stand there give their mark to the paragraph before them, or share one paragraph.

use std::ops::Range;

use super::pen::{BLANK, Mark, Pen};
use super::section::{self, Section};
use super::{body, letter, picture};
use crate::document::stand::Elements;
use crate::document::{Block, Change, Document, Inline, Line, Plate, Table};

/// Writes the blocks of a redline.
pub(super) fn body(pen: &mut Pen<'_>, document: &Document) {
    let mut pieces = pieces(document);
    settle(&mut pieces);
    let pieces = folded(pieces);
    for (piece, mark) in pieces.iter().zip(marks(&pieces)) {
        if piece.kind == Kind::Paragraph {
            pen.mark = mark;
        }
        match &piece.block {
            Some(block) => body::block(pen, block, &piece.properties, false),
            None => body::empty(pen, &piece.properties),
        }
    }
}

/// What stands in the body: paragraphs and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    /// A paragraph that ends a section, or a changed picture without a caption: no other one is joined to it by its mark.
    Section,
    Table,
}

#[derive(Debug, Clone)]
struct Piece {
    kind: Kind,
    change: Option<Change>,
    /// None: a paragraph without words.
    block: Option<Block>,
    properties: String,
}

impl Piece {
    fn is_changed_paragraph(&self) -> bool {
        self.kind == Kind::Paragraph && self.change.is_some()
    }

    fn change_to(&mut self, change: Change) {
        self.change = Some(change);
        if let Some(Block::Changed(old, _)) = &mut self.block {
            *old = change;
        }
    }
}

/// Blocks as paragraphs and tables: a caption is a paragraph of its own.
fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let elements = Elements::of(document);
    let rule = |(properties, change)| Piece { kind: Kind::Paragraph, change, block: None, properties };
    for (index, block) in document.blocks.iter().enumerate() {
        let (change, inner) = block.changed();
        let wrapped = |inner: Block| match change {
            Some(change) => Block::Changed(change, Box::new(inner)),
            None => inner,
        };
        let properties = body::properties(document, index, inner).into_owned();
        if matches!(inner, Block::Signature(_)) {
            // The blank line above it comes and goes with it.
            let block = Some(wrapped(Block::Paragraph(Vec::new())));
            let properties = BLANK.to_owned();
            pieces.push(Piece { kind: Kind::Paragraph, change, block, properties });
        }
        let ending = section::ending(document, index).map(Section::mark);
        let ending =
            ending.map(|properties| Piece { kind: Kind::Section, change: None, block: None, properties });
        if let Block::Table(table) = inner
            && change.is_none()
            && table.is_drawn()
        {
            pieces.extend(drawn(table));
            pieces.extend(ending);
            continue;
        }
        if let Block::Picture(plate) = inner {
            pieces.extend(pictured(plate, change, properties));
            pieces.extend(ending);
            continue;
        }
        let Block::Table(table) = inner else {
            let (over, under) = letter::redline_rules(document, &elements, index);
            let block = Some(block.clone());
            pieces.extend(over.map(rule));
            pieces.push(Piece { kind: Kind::Paragraph, change, block, properties });
            pieces.extend(under.map(rule));
            pieces.extend(ending);
            continue;
        };
        if !table.caption.is_empty() {
            let block = Some(wrapped(Block::Paragraph(table.caption.clone())));
            pieces.push(Piece { kind: Kind::Paragraph, change, block, properties });
        }
        let mut table = table.clone();
        table.caption.clear();
        if !table.unit.is_empty() {
            let unit = Inline::Text(std::mem::take(&mut table.unit));
            let (block, properties) = (Some(wrapped(Block::Paragraph(vec![unit]))), body::unit_properties());
            pieces.push(Piece { kind: Kind::Paragraph, change, block, properties });
        }
        let block = Some(wrapped(Block::Table(table)));
        pieces.push(Piece { kind: Kind::Table, change, block, properties: String::new() });
        let low = || Piece { kind: Kind::Paragraph, change, block: None, properties: body::low_line(false) };
        pieces.push(ending.unwrap_or_else(low));
    }
    pieces
}

/// A picture and its caption, each a paragraph. One without a caption may stand where its mark cannot be tracked, and
/// must not share a paragraph with words.
fn pictured(plate: &Plate, change: Option<Change>, properties: String) -> Vec<Piece> {
    let piece = |kind, block: Block, properties| {
        let block = match change {
            Some(change) => Block::Changed(change, Box::new(block)),
            None => block,
        };
        Piece { kind, change, block: Some(block), properties }
    };
    let alone = plate.caption.is_empty() && change.is_some();
    let kind = if alone { Kind::Section } else { Kind::Paragraph };
    let mut pieces = vec![piece(kind, Block::Picture(plate.with(Vec::new())), properties)];
    if !plate.caption.is_empty() {
        let caption = Block::Paragraph(plate.caption.clone());
        pieces.push(piece(Kind::Paragraph, caption, picture::caption()));
    }
    pieces
}

/// A chart in which nothing changed: its picture and its caption are paragraphs.
fn drawn(table: &Table) -> Vec<Piece> {
    let piece =
        |block, properties| Piece { kind: Kind::Paragraph, change: None, block: Some(block), properties };
    let picture = Table { caption: Vec::new(), ..table.clone() };
    let mut pieces = vec![piece(Block::Table(picture), String::new())];
    if !table.caption.is_empty() {
        pieces.push(piece(Block::Paragraph(table.caption.clone()), picture::caption()));
    }
    pieces
}

/// The changed paragraphs that stand right before each table and at the end, as ranges of pieces.
fn bound(pieces: &[Piece]) -> Vec<Range<usize>> {
    let barrier = |at: usize| pieces.get(at).is_none_or(|piece| piece.kind == Kind::Table);
    let run = |end: usize| {
        let start = (0..end).rev().take_while(|at| pieces[*at].is_changed_paragraph()).last();
        start.map(|start| start..end)
    };
    (0..=pieces.len()).filter(|end| barrier(*end)).filter_map(run).collect()
}

/// Moves of which one end stands before a table or at the end are written as deletion and insertion:
/// their mark cannot be part of the move.
fn settle(pieces: &mut [Piece]) {
    let number = |piece: &Piece| match piece.change {
        Some(Change::MovedHere(number) | Change::MovedAway(number)) => Some(number),
        _ => None,
    };
    let tied: Vec<usize> = bound(pieces).into_iter().flatten().filter_map(|at| number(&pieces[at])).collect();
    for piece in pieces.iter_mut().filter(|piece| number(piece).is_some_and(|one| tied.contains(&one))) {
        let stays = piece.change.is_some_and(Change::stays);
        piece.change_to(if stays { Change::Inserted } else { Change::Deleted });
    }
}

/// Where both what is gone and what is new stand before a table or at the end, the last of each
/// share one paragraph, which then stays in both reports.
fn folded(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for run in bound(&pieces).into_iter().rev() {
        let last = |stays: bool| {
            run.clone().rev().find(|at| pieces[*at].change.is_some_and(|change| change.stays() == stays))
        };
        let (Some(gone), Some(new)) = (last(false), last(true)) else { continue };
        let words = [inlines(&pieces[gone]), inlines(&pieces[new])].concat();
        let properties = pieces[new].properties.clone();
        let block = Some(Block::Paragraph(words));
        pieces.insert(run.end, Piece { kind: Kind::Paragraph, change: None, block, properties });
        pieces.remove(gone.max(new));
        pieces.remove(gone.min(new));
    }
    pieces
}

/// The words of a changed paragraph, each piece marked.
fn inlines(piece: &Piece) -> Vec<Inline> {
    let Some(Block::Changed(change, inner)) = &piece.block else { return Vec::new() };
    let line = Line::of(inner);
    let words = line.piece(0..line.text.len(), 0).into_iter();
    let changed = |inline| Inline::Changed { change: *change, inline: Box::new(inline) };
    words.map(changed).collect()
}

/// The mark of every piece; those of tables are not used.
fn marks(pieces: &[Piece]) -> Vec<Mark> {
    let own = |piece: &Piece| Mark { change: piece.change, ..Mark::default() };
    let mut marks: Vec<Mark> = pieces.iter().map(own).collect();
    for run in bound(pieces) {
        let last = run.end - 1;
        let Some(change) = pieces[last].change else { continue };
        marks[last].change = None;
        let alike = |piece: &Piece| piece.kind == Kind::Paragraph && piece.change == Some(change);
        let other = (0..last).rev().find(|at| !alike(&pieces[*at]));
        let Some(before) = other.filter(|at| pieces[*at].kind == Kind::Paragraph) else { continue };
        if pieces[before].change.is_none() {
            marks[before].change = Some(change);
            let (kept, own) = (pieces[before].properties.clone(), pieces[last].properties.clone());
            let (now, former) = if change.stays() { (own, kept) } else { (kept, own) };
            marks[last].properties = Some(now);
            marks[last].former = Some(former);
        }
    }
    marks
}
