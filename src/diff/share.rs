//! 照搬率: how much of the new wording is last year's. Figures, enumerators, marks and spaces do not count.

use std::collections::BTreeSet;

use regex::Regex;

use super::words::{Cut, Hunk};
use super::{Class, Difference, Op, UnitLine};
use crate::document::{Block, Element};
use crate::period::Period;
use crate::zh::token::{Token, TokenKind};

/// Characters in a row that must be found in last year's report to count as taken from it. Of unrelated
/// reports, 99 in 100 share less than 7 % of such rows.
const SHINGLE: usize = 6;
/// Paragraphs from this share on are listed, in per cent.
pub const LISTED: usize = 90;

/// A share of wording, as two counts of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Characters that are last year's.
    pub copied: usize,
    /// All characters of the wording.
    pub all: usize,
}

impl Share {
    pub(super) fn of(hunks: &[Hunk], new: &Cut<'_>) -> Share {
        let mut share = Share::default();
        for hunk in hunks {
            let wording = wording(new.text, &new.tokens[hunk.new.clone()]);
            share.all += wording;
            share.copied += if hunk.kept { wording } else { 0 };
        }
        share
    }

    pub(super) fn none(line: &Cut<'_>) -> Share {
        Share { copied: 0, all: wording(line.text, line.tokens) }
    }

    /// Whether it is at least so many per cent.
    pub fn at_least(self, percent: usize) -> bool {
        self.copied * 100 >= self.all * percent
    }

    /// Whole per cent, rounded; 100 only where everything is copied, 0 only where nothing is.
    /// Nothing where there is no wording.
    pub fn percent(self) -> Option<usize> {
        if self.all == 0 {
            return None;
        }
        let rounded = (self.copied * 200 + self.all) / (self.all * 2);
        let floor = usize::from(self.copied > 0);
        let ceiling = if self.copied == self.all { 100 } else { 99 };
        Some(rounded.clamp(floor.min(ceiling), ceiling))
    }

    /// As a decimal with two places: `0.86`; `n/a` where there is no wording.
    pub fn decimal(self) -> String {
        self.percent().map_or("n/a".to_owned(), |percent| format!("{}.{:02}", percent / 100, percent % 100))
    }

    fn add(&mut self, other: Share) {
        self.copied += other.copied;
        self.all += other.all;
    }
}

fn wording(text: &str, tokens: &[Token]) -> usize {
    let wording = tokens.iter().filter(|token| token.kind.is_wording());
    wording.map(|token| text[token.span.clone()].chars().count()).sum()
}

/// What was copied from last year.
#[derive(Debug, Clone, Default)]
pub struct Copied {
    /// Body text against the paragraph it came from.
    pub body: Share,
    /// The same with headings, title and tables.
    pub whole: Share,
    /// Rows of six characters that stand anywhere in last year's report.
    pub shingles: Share,
    /// Lines of body text of which at least 90 % is last year's: number and share.
    pub listed: Vec<(usize, Share)>,
    /// 上年原数: figures that stayed the same, with their lines.
    pub figures: Vec<(usize, String)>,
    /// Last year's year number in the new text, with its lines.
    pub years: Vec<(usize, String)>,
    /// Lines left out because a pattern covers them.
    pub ignored: usize,
}

pub(super) fn copied(difference: &Difference, ignore: &[Regex]) -> Copied {
    let mut copied = Copied::default();
    let known = shingles_of(&difference.old_lines);
    for line in difference.blocks.iter().flat_map(|block| &block.lines) {
        let Some(at) = line.new else { continue };
        let unit = &difference.new_lines[at];
        if ignore.iter().any(|pattern| pattern.is_match(&unit.line.text)) {
            copied.ignored += 1;
            continue;
        }
        copied.whole.add(line.share);
        if unit.body {
            copied.body.add(line.share);
            copied.shingles.add(covered(unit, &known));
            if line.share.all > 0 && line.share.at_least(LISTED) {
                copied.listed.push((at, line.share));
            }
        }
        if matches!(line.class, Class::New) || is_copy_number(difference, unit) {
            continue;
        }
        for segment in line.segments.iter().filter(|segment| segment.op == Op::Equal) {
            let within = |token: &&Token| {
                token.kind == TokenKind::Figure
                    && segment.span.start <= token.span.start
                    && token.span.end <= segment.span.end
            };
            let figures = unit.tokens.iter().filter(within);
            let text = |token: &Token| unit.line.text[token.span.clone()].trim().to_owned();
            copied.figures.extend(figures.map(|token| (at, text(token))));
        }
    }
    if let Some(year) = last_year(difference) {
        let year = format!("{year}年");
        let lines = difference.new_lines.iter().enumerate();
        copied.years = lines
            .filter(|(_, unit)| unit.line.text.contains(&year))
            .map(|(at, _)| (at, year.clone()))
            .collect();
    }
    copied
}

/// 份号 numbers the printed copies of both reports alike; nobody copied it.
fn is_copy_number(difference: &Difference, unit: &UnitLine) -> bool {
    let block = difference.new.document.blocks.get(unit.block).map(Block::itself);
    matches!(block, Some(Block::Element { element: Element::CopyNumber, .. }))
}

/// The year of the old report, if the new one is of another.
fn last_year(difference: &Difference) -> Option<i32> {
    let text = |lines: &[UnitLine]| -> String {
        lines.iter().map(|unit| unit.line.text.as_str()).collect::<Vec<_>>().join("\n")
    };
    let old = difference
        .old
        .year
        .map(Period::calendar_year)
        .or_else(|| frequent_year(&text(&difference.old_lines)))?;
    let new = difference
        .new
        .year
        .map(Period::calendar_year)
        .or_else(|| frequent_year(&text(&difference.new_lines)))?;
    (old != new).then_some(old)
}

/// The year that a text names most often.
fn frequent_year(text: &str) -> Option<i32> {
    let mut years: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for (at, _) in text.match_indices('年') {
        let before = &text.as_bytes()[at.saturating_sub(4)..at];
        let year = std::str::from_utf8(before).ok().and_then(|digits| digits.parse().ok());
        if let Some(year) = year.filter(|year| (1900..2200).contains(year)) {
            *years.entry(year).or_default() += 1;
        }
    }
    years.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

fn masked(unit: &UnitLine) -> Vec<char> {
    super::likeness::masked(&unit.line.text, &unit.tokens).chars().collect()
}

fn shingles_of(lines: &[UnitLine]) -> BTreeSet<[char; SHINGLE]> {
    lines.iter().map(masked).flat_map(|chars| chars.array_windows().copied().collect::<Vec<_>>()).collect()
}

/// Characters that lie in a row known from last year; a text shorter than a row counts nothing.
fn covered(unit: &UnitLine, known: &BTreeSet<[char; SHINGLE]>) -> Share {
    let chars = masked(unit);
    if chars.len() < SHINGLE {
        return Share::default();
    }
    let mut hit = vec![false; chars.len()];
    for (at, row) in chars.array_windows().enumerate() {
        if known.contains(row) {
            hit[at..at + SHINGLE].fill(true);
        }
    }
    Share { copied: hit.iter().filter(|hit| **hit).count(), all: chars.len() }
}
