//! From pairs of blocks to the comparison: lines against lines, rows of tables against rows.

use std::ops::Range;

use super::class::class;
use super::joins::Rows;
use super::pairs::{self, Entry, Pair};
use super::share::{Copied, Share};
use super::words::{self, Cut, Hunk, Hunks};
use super::{BlockDiff, Class, Difference, LineDiff, Op, Segment, Side, UnitLine};
use crate::document::{Block, Document, Line, Plate, Table, overlap};
use crate::zh::token::tokens;

/// The comparison of two reports, without its shares.
pub(super) fn build(old: Side, new: Side) -> Difference {
    let (old_units, new_units) = (units(&old.document), units(&new.document));
    let pairs = pairs::pairs(&entries(&old_units), &entries(&new_units));
    let mut builder = Builder { old: &old, new: &new, coarse: 0 };
    let blocks = builder.blocks(&old_units, &new_units, &pairs);
    let coarse = builder.coarse;
    let lines = |units: Vec<Unit>| units.into_iter().flat_map(|unit| unit.lines).collect::<Vec<_>>();
    let (old_lines, new_lines) = (lines(old_units), lines(new_units));
    Difference { old, new, old_lines, new_lines, blocks, copied: Copied::default(), coarse }
}

/// A block as lines.
struct Unit {
    lines: Vec<UnitLine>,
    /// Number of its first line in the report.
    first: usize,
    /// Columns of a table; 0 for any other block.
    columns: usize,
    /// Rows of the head of a table.
    heads: usize,
    /// Whether its first lines are the caption and the unit of a table.
    above: [bool; 2],
}

/// How many lines of the comparison of two tables stand above their heads: captions and units.
pub(super) fn above(old: &Table, new: &Table) -> usize {
    let caption = !old.caption.is_empty() || !new.caption.is_empty();
    usize::from(caption) + usize::from(!old.unit.is_empty() || !new.unit.is_empty())
}

fn units(document: &Document) -> Vec<Unit> {
    let mut first = 0;
    let unit = |(index, block): (usize, &Block)| {
        let unit = unit(index, block, first);
        first += unit.lines.len();
        unit
    };
    document.blocks.iter().enumerate().map(unit).collect()
}

fn unit(index: usize, block: &Block, first: usize) -> Unit {
    let body = block.is_text();
    let line = |line: Line| UnitLine { tokens: tokens(&line.text), line, block: index, body };
    match block {
        Block::Table(table) => Unit {
            lines: Line::all(block).into_iter().map(line).collect(),
            first,
            columns: table.width(),
            heads: table.head.len(),
            above: [!table.caption.is_empty(), !table.unit.is_empty()],
        },
        Block::Picture(plate) => {
            let lines = vec![line(pictured(plate))];
            Unit { lines, first, columns: 0, heads: 0, above: [false; 2] }
        }
        block => Unit { lines: vec![line(Line::of(block))], first, columns: 0, heads: 0, above: [false; 2] },
    }
}

/// What stands between the caption of a picture and the name of its file.
pub(super) const PICTURE: &str = "〔图片：";

/// A picture as a line: its caption, and behind it the name of the file.
fn pictured(plate: &Plate) -> Line {
    let mut line = Line::of_inlines(&plate.caption);
    line.text.push_str(&format!("{PICTURE}{}〕", plate.picture.name));
    line
}

fn entries(units: &[Unit]) -> Vec<Entry> {
    units.iter().map(|unit| Entry::new(&unit.lines, unit.columns > 0)).collect()
}

struct Builder<'s> {
    old: &'s Side,
    new: &'s Side,
    coarse: usize,
}

impl Builder<'_> {
    fn blocks(&mut self, old: &[Unit], new: &[Unit], pairs: &[Pair]) -> Vec<BlockDiff> {
        let mut paired = vec![false; old.len()];
        pairs.iter().for_each(|pair| paired[pair.old] = true);
        let mut blocks = Vec::new();
        let mut waiting = Vec::new();
        let mut gone = 0;
        let mut pairs = pairs.iter().peekable();
        for (at, unit) in new.iter().enumerate() {
            let Some(pair) = pairs.next_if(|pair| pair.new == at) else {
                waiting.push(whole(unit, at, Op::Insert));
                continue;
            };
            let block = self.pair(&old[pair.old], unit, pair);
            if pair.moved.is_some() {
                waiting.push(block);
                continue;
            }
            blocks.extend(removed(old, &paired, gone..pair.old));
            gone = pair.old + 1;
            blocks.append(&mut waiting);
            blocks.push(block);
        }
        blocks.extend(removed(old, &paired, gone..old.len()));
        blocks.append(&mut waiting);
        blocks
    }

    fn pair(&mut self, old: &Unit, new: &Unit, pair: &Pair) -> BlockDiff {
        let lines = if self.exchanged(pair) {
            vec![lone(old, 0, Op::Delete), lone(new, 0, Op::Insert)]
        } else if new.columns == 0 {
            vec![self.line(old, 0, new, 0)]
        } else if (old.columns, old.heads) == (new.columns, new.heads) {
            let lines = self.table(old, new);
            self.joined(lines, pair)
        } else {
            let gone = (0..old.lines.len()).map(|at| lone(old, at, Op::Delete));
            gone.chain((0..new.lines.len()).map(|at| lone(new, at, Op::Insert))).collect()
        };
        BlockDiff { old: Some(pair.old), new: Some(pair.new), moved: pair.moved, lines }
    }

    /// Whether the picture is another one: what was said under it is no matter then.
    fn exchanged(&self, pair: &Pair) -> bool {
        let picture = |side: &Side, at: usize| match side.document.blocks[at].itself() {
            Block::Picture(plate) => Some(plate.picture.digest.clone()),
            _ => None,
        };
        picture(self.old, pair.old) != picture(self.new, pair.new)
    }

    /// Captions and units against each other, heads of as many rows against each other, rows by their likeness.
    fn table(&mut self, old: &Unit, new: &Unit) -> Vec<LineDiff> {
        let (mut from_old, mut from_new, mut lines) = (0, 0, Vec::new());
        for (was, is) in old.above.into_iter().zip(new.above) {
            match (was, is) {
                (true, true) => lines.push(self.line(old, from_old, new, from_new)),
                (true, false) => lines.push(lone(old, from_old, Op::Delete)),
                (false, true) => lines.push(lone(new, from_new, Op::Insert)),
                (false, false) => {}
            }
            (from_old, from_new) = (from_old + usize::from(was), from_new + usize::from(is));
        }
        lines.extend((0..new.heads).map(|at| self.row(old, from_old + at, new, from_new + at)));
        let (from_old, from_new) = (from_old + old.heads, from_new + new.heads);
        let entries = |unit: &Unit, from: usize| -> Vec<Entry> {
            unit.lines[from..].iter().map(|line| Entry::new(std::slice::from_ref(line), false)).collect()
        };
        let mut gone = from_old;
        let mut came = from_new;
        for pair in pairs::pairs(&entries(old, from_old), &entries(new, from_new)) {
            if pair.moved.is_some() {
                continue;
            }
            let (i, j) = (pair.old + from_old, pair.new + from_new);
            lines.extend((gone..i).map(|at| lone(old, at, Op::Delete)));
            lines.extend((came..j).map(|at| lone(new, at, Op::Insert)));
            lines.push(self.row(old, i, new, j));
            (gone, came) = (i + 1, j + 1);
        }
        lines.extend((gone..old.lines.len()).map(|at| lone(old, at, Op::Delete)));
        lines.extend((came..new.lines.len()).map(|at| lone(new, at, Op::Insert)));
        lines
    }

    /// Tells the cells that are merged otherwise.
    fn joined(&self, mut lines: Vec<LineDiff>, pair: &Pair) -> Vec<LineDiff> {
        let (old, new) = (&self.old.document.blocks[pair.old], &self.new.document.blocks[pair.new]);
        let (Block::Table(old), Block::Table(new)) = (old, new) else { return lines };
        let (_, rows) = lines.split_at_mut(above(old, new));
        let joins = Rows::of(old, new, rows).joins();
        for (line, joins) in rows.iter_mut().zip(joins) {
            line.class = if joins.is_empty() { line.class } else { line.class.max(Class::Minor) };
            line.joins = joins;
        }
        lines
    }

    fn line(&mut self, old: &Unit, i: usize, new: &Unit, j: usize) -> LineDiff {
        self.compared(old, i, new, j, words::compare)
    }

    /// Rows of tables of as many columns: cell against cell.
    fn row(&mut self, old: &Unit, i: usize, new: &Unit, j: usize) -> LineDiff {
        self.compared(old, i, new, j, words::compare_cells)
    }

    fn compared(
        &mut self,
        old: &Unit,
        i: usize,
        new: &Unit,
        j: usize,
        compare: fn(&Cut<'_>, &Cut<'_>) -> Hunks,
    ) -> LineDiff {
        let (left, right) = (&old.lines[i].line, &new.lines[j].line);
        let (a, b) = (Cut::of(&old.lines[i]), Cut::of(&new.lines[j]));
        let found = compare(&a, &b);
        self.coarse += usize::from(found.coarse);
        let share = Share::of(&found.hunks, &b);
        let class = class(&found.hunks, &a, &b, share);
        let segments = found.hunks.iter().flat_map(|hunk| self.segments(hunk, &a, left, &b, right)).collect();
        LineDiff {
            class,
            old: Some(old.first + i),
            new: Some(new.first + j),
            segments,
            share,
            joins: Vec::new(),
        }
    }

    fn segments(&self, hunk: &Hunk, a: &Cut<'_>, left: &Line, b: &Cut<'_>, right: &Line) -> Vec<Segment> {
        let (gone, new) = (a.bytes(&hunk.old), b.bytes(&hunk.new));
        if hunk.kept {
            let text = right.text[new.clone()].to_owned();
            return vec![Segment { op: Op::Equal, text, span: new, why: String::new() }];
        }
        let why = self.why(&gone, left, &new, right);
        let delete = Segment {
            op: Op::Delete,
            text: left.text[gone.clone()].to_owned(),
            span: gone,
            why: why.clone(),
        };
        let insert = Segment { op: Op::Insert, text: right.text[new.clone()].to_owned(), span: new, why };
        [delete, insert].into_iter().filter(|segment| !segment.text.is_empty()).collect()
    }

    /// The facts behind a replaced stretch, then and now.
    fn why(&self, gone: &Range<usize>, left: &Line, new: &Range<usize>, right: &Line) -> String {
        let said = |line: &Line, span: &Range<usize>, side: &Side| -> Vec<String> {
            let trails = line.figures.iter().filter(|(figure, _)| overlap(figure, span));
            let trail = |index: usize| side.document.trails.get(index).map(|trail| trail.origin());
            trails
                .map(|(figure, index)| {
                    format!("{}，{}", &line.text[figure.clone()], trail(*index).unwrap_or_default())
                })
                .collect()
        };
        let (then, now) = (said(left, gone, self.old), said(right, new, self.new));
        let side = |name: &str, said: &[String]| match said {
            [] => None,
            said => Some(format!("{name}：{}", said.join("；"))),
        };
        let sides = [side(&self.old.name, &then), side(&self.new.name, &now)];
        sides.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

/// A line that is only in one report.
fn lone(unit: &Unit, at: usize, op: Op) -> LineDiff {
    let text = unit.lines[at].line.text.clone();
    let number = Some(unit.first + at);
    let (class, old, new) = match op {
        Op::Delete => (Class::Removed, number, None),
        Op::Equal | Op::Insert => (Class::New, None, number),
    };
    let share = match op {
        Op::Delete => Share::default(),
        Op::Equal | Op::Insert => Share::none(&Cut::of(&unit.lines[at])),
    };
    let span = 0..text.len();
    let segments =
        if text.is_empty() { Vec::new() } else { vec![Segment { op, text, span, why: String::new() }] };
    LineDiff { class, old, new, segments, share, joins: Vec::new() }
}

fn whole(unit: &Unit, at: usize, op: Op) -> BlockDiff {
    let lines = (0..unit.lines.len()).map(|line| lone(unit, line, op)).collect();
    let (old, new) = if op == Op::Delete { (Some(at), None) } else { (None, Some(at)) };
    BlockDiff { old, new, moved: None, lines }
}

fn removed<'u>(
    old: &'u [Unit],
    paired: &'u [bool],
    range: Range<usize>,
) -> impl Iterator<Item = BlockDiff> + 'u {
    range.filter(|at| !paired[*at]).map(|at| whole(&old[at], at, Op::Delete))
}
