//! What the words are to somebody who has them read out: headings, paragraphs, tables; and the bookmarks.

use std::collections::BTreeMap;
use std::num::{NonZeroU16, NonZeroU32};

use krilla::destination::XyzDestination;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagTree};

use super::points::point;
use crate::document::{self, Block, Document, Merged, Row, Table, plain};
use crate::layout::{Part, Run};

/// The words of each block as they stand on the pages: from which byte of the block's line on.
#[derive(Default)]
pub(super) struct Leaves {
    words: BTreeMap<usize, Vec<(usize, Identifier)>>,
    /// What is drawn of each chart and each picture file, with the words in it.
    strokes: BTreeMap<usize, Vec<Identifier>>,
    /// Page, left edge and upper edge of the first words of each block.
    places: BTreeMap<usize, (usize, i32, i32)>,
}

impl Leaves {
    /// Words of a run on the page of this number, from 0.
    pub(super) fn push(&mut self, run: &Run, page: usize, leaf: Identifier) {
        if let Part::Block { block, at } = run.part {
            self.words.entry(block).or_default().push((at, leaf));
            self.places.entry(block).or_insert((page, run.edges().0, run.baseline - run.size));
        }
    }

    /// A part of what is drawn of the chart or the picture that this block is.
    pub(super) fn push_stroke(&mut self, block: usize, leaf: Identifier) {
        self.strokes.entry(block).or_default().push(leaf);
    }
}

/// Bookmarks: the headings, each under the one above it.
pub(super) fn outline(document: &Document, leaves: &Leaves) -> Outline {
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let (Block::Heading { level, number, text, .. }, Some((page, x, y))) =
            (block.itself(), leaves.places.get(&index))
        else {
            continue;
        };
        close(&mut open, &mut outline, *level);
        let node = OutlineNode::new(words(number, text), XyzDestination::new(*page, point(*x, *y)));
        open.push((*level, node));
    }
    close(&mut open, &mut outline, 0);
    outline
}

/// Ends the headings that are not above one of this level.
fn close(open: &mut Vec<(u8, OutlineNode)>, outline: &mut Outline, level: u8) {
    while let Some((_, node)) = open.pop_if(|(above, _)| *above >= level) {
        match open.last_mut() {
            Some((_, above)) => above.push_child(node),
            None => outline.push_child(node),
        }
    }
}

/// The tree of tags.
pub(super) fn tags(document: &Document, mut leaves: Leaves) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some("zh-CN".to_owned()));
    for (index, block) in document.blocks.iter().enumerate() {
        if let Some(mut words) = leaves.words.remove(&index) {
            // What stands beside a page's end in a merged cell was drawn later than the cells beside it.
            words.sort_by_key(|(at, _)| *at);
            of_block(block, words).into_iter().for_each(|group| tree.push(Node::Group(group)));
        }
        // Somebody who does not see it is told what it shows.
        let described = match block.itself() {
            Block::Table(table) => table.described(),
            Block::Picture(plate) => plate.described(),
            _ => continue,
        };
        if let Some(strokes) = leaves.strokes.remove(&index) {
            let figure = TagGroup::new(Tag::Figure(Some(described)));
            tree.push(Node::Group(filled(figure, strokes.into_iter())));
        }
    }
    tree
}

fn of_block(block: &Block, words: Vec<(usize, Identifier)>) -> Vec<TagGroup> {
    let group = match block.itself() {
        Block::Title(line) => heading(1, plain(line)),
        Block::Heading { level, number, text, .. } => {
            return of_heading((*level, number, text), words);
        }
        // The caption of a chart; what is drawn is a figure of its own.
        Block::Table(table) if table.is_drawn() => TagGroup::new(Tag::P),
        Block::Table(table) => return of_table(table, words),
        Block::Byline(_)
        | Block::Recipient(_)
        | Block::Element { .. }
        | Block::Point { .. }
        | Block::Paragraph(_)
        | Block::TableNote(_)
        | Block::Picture(_)
        | Block::Signature(_)
        | Block::Date(_)
        | Block::Changed(..) => TagGroup::new(Tag::P),
    };
    vec![filled(group, words.into_iter().map(|(_, leaf)| leaf))]
}

/// The words of a heading without the text that goes on behind it.
fn words(number: &str, text: &[document::Inline]) -> String {
    format!("{number}{}", plain(text))
}

/// The heading, and as a paragraph the text that goes on behind it in the same line.
fn of_heading(
    (level, number, text): (u8, &str, &[document::Inline]),
    leaves: Vec<(usize, Identifier)>,
) -> Vec<TagGroup> {
    let length = number.len() + whole(text);
    let (own, behind): (Vec<_>, Vec<_>) = leaves.into_iter().partition(|(at, _)| *at < length);
    let bare = |words: Vec<(usize, Identifier)>| words.into_iter().map(|(_, leaf)| leaf);
    let group = heading(u16::from(level) + 1, words(number, text));
    let mut groups = vec![filled(group, bare(own))];
    if !behind.is_empty() {
        groups.push(filled(TagGroup::new(Tag::P), bare(behind)));
    }
    groups
}

fn heading(level: u16, text: String) -> TagGroup {
    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    TagGroup::new(Tag::Hn(level, Some(text)))
}

fn filled(mut group: TagGroup, leaves: impl Iterator<Item = Identifier>) -> TagGroup {
    leaves.for_each(|leaf| group.push(Node::Leaf(leaf)));
    group
}

/// The caption and the table.
fn of_table(table: &Table, words: Vec<(usize, Identifier)>) -> Vec<TagGroup> {
    // The line of its unit stands between the caption and the cells.
    let unit = if table.unit.is_empty() { 0 } else { 1 + table.unit.len() };
    let caption = plain(&table.caption).len().max(whole(&table.caption)) + unit;
    let (above, below): (Vec<_>, Vec<_>) = words.into_iter().partition(|(at, _)| *at < caption);
    let mut cells = Cells { at: caption, words: below.into_iter().peekable() };
    let mut group = TagGroup::new(Tag::Table);
    if !above.is_empty() {
        let caption = filled(TagGroup::new(Tag::Caption), above.into_iter().map(|(_, leaf)| leaf));
        group.push(Node::Group(caption));
    }
    for (rows, tag, head) in
        [(&table.head, TagGroup::new(Tag::THead), true), (&table.rows, TagGroup::new(Tag::TBody), false)]
    {
        let mut part = tag;
        for index in 0..rows.len() {
            part.push(Node::Group(row(rows, index, head, &mut cells)));
        }
        if !rows.is_empty() {
            group.push(Node::Group(part));
        }
    }
    vec![group]
}

/// Bytes of the words of a line, those that are gone included.
fn whole(line: &[document::Inline]) -> usize {
    line.iter().map(|inline| inline.text().len()).sum()
}

/// The words of a table below its caption, in the order of its cells.
struct Cells<I: Iterator<Item = (usize, Identifier)>> {
    /// The byte of the block's line where the last cell ended.
    at: usize,
    words: std::iter::Peekable<I>,
}

impl<I: Iterator<Item = (usize, Identifier)>> Cells<I> {
    /// The words of the next cell.
    fn next(&mut self, cell: &document::Cell) -> Vec<Identifier> {
        self.at += 1 + whole(&cell.words);
        let mut found = Vec::new();
        while let Some((_, leaf)) = self.words.next_if(|(at, _)| *at < self.at) {
            found.push(leaf);
        }
        found
    }
}

fn row<I: Iterator<Item = (usize, Identifier)>>(
    rows: &[Row],
    index: usize,
    head: bool,
    cells: &mut Cells<I>,
) -> TagGroup {
    let mut group = TagGroup::new(Tag::TR);
    for (column, cell) in rows[index].cells.iter().enumerate() {
        let words = cells.next(cell);
        if cell.merged != Merged::Not {
            continue;
        }
        let span =
            |count: usize| u32::try_from(count).ok().filter(|count| *count > 1).and_then(NonZeroU32::new);
        let (across, down) = (span(rows[index].across(column)), span(document::down(rows, index, column)));
        let tag = if head {
            let tag = Tag::TH(TableHeaderScope::Column).with_col_span(across).with_row_span(down);
            TagGroup::new(tag)
        } else {
            TagGroup::new(Tag::TD.with_col_span(across).with_row_span(down))
        };
        group.push(Node::Group(filled(tag, words.into_iter())));
    }
    group
}
