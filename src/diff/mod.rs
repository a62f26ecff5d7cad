//! Two reports compared: one model of what stayed, went, came and moved, which every view reads.
//!
//! `pairs` finds which paragraph became which, `words` compares inside a pair, `joins` the merged cells of
//! tables, `class` says how much changed, `share` counts what was copied; `redline` makes an ordinary [`Document`] of it, `view` shows
//! it. `facts` compares the facts behind the reports.

mod build;
mod class;
pub mod facts;
mod joins;
mod likeness;
mod pairs;
mod redline;
mod share;
pub mod view;
mod words;

pub use likeness::alike;
pub use redline::{Manner, redline};
pub use share::{Copied, Share};

use std::ops::Range;

use regex::Regex;

use crate::document::issued::Basis;
use crate::document::{Document, Line, Merged};
use crate::figures::Trail;
use crate::period::Period;
use crate::zh::token::Token;

/// One side of a comparison.
#[derive(Debug, Clone)]
pub struct Side {
    /// How staff call it: `2010年` or a file name.
    pub name: String,
    /// The year of the report, where it is known.
    pub year: Option<Period>,
    /// The report.
    pub document: Document,
    /// What it was made of, where it is a year of a project.
    pub basis: Option<Basis>,
}

/// How much of a block changed, from nothing to everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// 原样照搬: the same.
    Same,
    /// 顺延: only years went on by one, or numbers of headings and points changed.
    Rollover,
    /// 仅改数字: figures changed, and nothing else.
    Figures,
    /// 小改: at least 70 % of the wording is last year's.
    Minor,
    /// 大改: less.
    Major,
    /// 新写.
    New,
    /// 删去.
    Removed,
}

impl Class {
    /// Every class, in order.
    pub const ALL: [Class; 7] = [
        Class::Same,
        Class::Rollover,
        Class::Figures,
        Class::Minor,
        Class::Major,
        Class::New,
        Class::Removed,
    ];

    /// Its stable English name.
    pub fn name(self) -> &'static str {
        match self {
            Class::Same => "same",
            Class::Rollover => "rollover",
            Class::Figures => "figures",
            Class::Minor => "minor",
            Class::Major => "major",
            Class::New => "new",
            Class::Removed => "removed",
        }
    }

    /// Its name for staff.
    pub fn label(self) -> &'static str {
        match self {
            Class::Same => "未改",
            Class::Rollover => "顺延",
            Class::Figures => "仅改数字",
            Class::Minor => "小改",
            Class::Major => "大改",
            Class::New => "新写",
            Class::Removed => "删去",
        }
    }
}

/// What happened to a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// In both.
    Equal,
    /// Only in the old report.
    Delete,
    /// Only in the new report.
    Insert,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What happened to it.
    pub op: Op,
    /// Its words.
    pub text: String,
    /// Where it stands in its line: in the old one if it is gone, else in the new one.
    pub span: Range<usize>,
    /// Why it changed, where it is a figure: the facts behind it then and now; empty otherwise.
    pub why: String,
}

/// A line compared. A paragraph, heading or point is one line; a table has one for its caption and
/// for every row, cells with tabs between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineDiff {
    /// How much changed.
    pub class: Class,
    /// Line of the old report, from 0.
    pub old: Option<usize>,
    /// Line of the new report, from 0.
    pub new: Option<usize>,
    /// The pieces: equal and deleted ones are the old line, equal and inserted ones the new line.
    pub segments: Vec<Segment>,
    /// How much of the new wording is last year's.
    pub share: Share,
    /// The cells of a row of a table that are merged otherwise than they were.
    pub joins: Vec<Join>,
}

/// A cell that is merged otherwise than it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Join {
    /// Its column, from 0.
    pub column: usize,
    /// How it was merged.
    pub then: Merged,
    /// How it is; where that is the same, the cell above is another one.
    pub now: Merged,
}

impl Join {
    /// What became of it, for staff.
    pub fn words(&self) -> String {
        let how = |merged| match merged {
            Merged::Not => "单独一格",
            Merged::Left => "并入左边一格",
            Merged::Up => "并入上面一格",
        };
        let number = self.column + 1;
        if self.then == self.now {
            return format!("第{number}格并入的是另一格");
        }
        format!("第{number}格原来{}，现在{}", how(self.then), how(self.now))
    }
}

/// A block compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockDiff {
    /// Block of the old report.
    pub old: Option<usize>,
    /// Block of the new report.
    pub new: Option<usize>,
    /// It moved, as part of the move of this number.
    pub moved: Option<usize>,
    /// Its lines; one unless it is a table.
    pub lines: Vec<LineDiff>,
}

impl BlockDiff {
    /// Whether cells of the table are merged otherwise than they were.
    pub fn is_rejoined(&self) -> bool {
        self.lines.iter().any(|line| !line.joins.is_empty())
    }

    /// The class of the block: that of the line that changed most.
    pub fn class(&self) -> Class {
        if self.old.is_none() {
            return Class::New;
        }
        if self.new.is_none() {
            return Class::Removed;
        }
        // A row that came or went is a change of the table.
        let class =
            |line: &LineDiff| line.class.min(if self.lines.len() > 1 { Class::Major } else { line.class });
        self.lines.iter().map(class).max().unwrap_or(Class::Same)
    }
}

/// The comparison.
#[derive(Debug, Clone)]
pub struct Difference {
    /// Last year.
    pub old: Side,
    /// This year.
    pub new: Side,
    /// Lines of last year's report.
    pub old_lines: Vec<UnitLine>,
    /// Lines of this year's report.
    pub new_lines: Vec<UnitLine>,
    /// Blocks in the order of the new report; what is gone stands before what came in its place.
    pub blocks: Vec<BlockDiff>,
    /// What was copied.
    pub copied: share::Copied,
    /// Pairs of lines that were too long to be compared word by word.
    pub coarse: usize,
}

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// Its words and figures.
    pub line: Line,
    /// The block it belongs to.
    pub block: usize,
    /// Whether it is body text: a paragraph or a point.
    pub body: bool,
    /// The pieces that a comparison keeps whole.
    pub tokens: Vec<Token>,
}

/// Compares two reports. `ignore` are patterns of fixed wording that do not count as copied.
pub fn compare(old: Side, new: Side, ignore: &[Regex]) -> Difference {
    let mut difference = build::build(old, new);
    difference.copied = share::copied(&difference, ignore);
    difference
}

/// A step of reading both reports side by side.
#[derive(Debug, Clone, Copy)]
pub enum Step<'d> {
    /// A block of the old report, by its number, that is gone, or that moved away in this pair.
    Left(usize, Option<&'d BlockDiff>),
    /// A block that is new, or that moved here.
    Came(&'d BlockDiff),
    /// A block that stands at the same place in both.
    Stayed(&'d BlockDiff),
}

impl Difference {
    /// Both reports in one order: between blocks that stayed, first what left, then what came.
    pub fn steps(&self) -> Vec<Step<'_>> {
        let mut away = vec![None; self.old.document.blocks.len()];
        for block in self.blocks.iter().filter(|block| block.moved.is_some()) {
            if let Some(old) = block.old {
                away[old] = Some(block);
            }
        }
        let left = |range: Range<usize>| range.map(|old| Step::Left(old, away[old])).collect::<Vec<_>>();
        let (mut steps, mut came, mut from) = (Vec::new(), Vec::new(), 0);
        for block in self.blocks.iter().filter(|block| block.new.is_some()) {
            match block.old.filter(|_| block.moved.is_none()) {
                Some(old) => {
                    steps.extend(left(from..old));
                    from = old + 1;
                    steps.append(&mut came);
                    steps.push(Step::Stayed(block));
                }
                None => came.push(Step::Came(block)),
            }
        }
        steps.extend(left(from..away.len()));
        steps.append(&mut came);
        steps
    }

    /// The trails of the figures that a segment touches.
    pub fn trails(&self, line: &LineDiff, segment: &Segment) -> Vec<&Trail> {
        let (lines, at, side) = match segment.op {
            Op::Delete => (&self.old_lines, line.old, &self.old),
            Op::Equal | Op::Insert => (&self.new_lines, line.new, &self.new),
        };
        let Some(unit) = at.and_then(|at| lines.get(at)) else { return Vec::new() };
        let trails = unit.line.trails(&segment.span);
        trails.filter_map(|index| side.document.trails.get(index).map(AsRef::as_ref)).collect()
    }

    /// How many blocks are of a class.
    pub fn count(&self, class: Class) -> usize {
        self.blocks.iter().filter(|block| block.class() == class).count()
    }

    /// Whether the reports are the same, to the letter and in order.
    pub fn is_same(&self) -> bool {
        self.blocks.iter().all(|block| block.class() == Class::Same && block.moved.is_none())
    }

    /// Whether no block of one report became one of the other.
    pub fn is_unrelated(&self) -> bool {
        self.blocks.iter().all(|block| matches!(block.class(), Class::New | Class::Removed))
    }
}

impl LineDiff {
    /// The pieces of a row of a table, cell by cell: cut at the tabs, which are in no cell.
    pub fn cells(&self) -> Vec<Vec<Segment>> {
        let mut cells = vec![Vec::new()];
        for segment in &self.segments {
            let mut start = segment.span.start;
            for (index, part) in segment.text.split('\t').enumerate() {
                if index > 0 {
                    cells.push(Vec::new());
                }
                let span = start..start + part.len();
                start = span.end + 1;
                let cell = cells.last_mut().filter(|_| !part.is_empty());
                cell.into_iter().for_each(|cell| {
                    cell.push(Segment { text: part.to_owned(), span: span.clone(), ..segment.clone() });
                });
            }
        }
        cells
    }
}
