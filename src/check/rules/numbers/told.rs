//! The figures of a line, each with what the line says of it.

use std::ops::Range;

use super::reading::{self, Exact};
use crate::check::{Prose, ProseLine};
use crate::clause::{Claim, Relation};
use crate::period::Period;

/// What separates the words of one figure from those of another.
const SEPARATORS: [char; 14] =
    ['，', '。', '；', '：', '、', '（', '）', '！', '？', ',', ';', ':', '(', ')'];

/// A figure with its claim.
#[derive(Debug)]
pub(super) struct Told<'p> {
    /// Where it stands in its line.
    pub(super) span: Range<usize>,
    /// What is counted, without a scale word.
    pub(super) base: &'p str,
    /// The amount, where it is exact and stands outside quotations.
    pub(super) exact: Option<Exact>,
    /// What is said of it.
    pub(super) claim: &'p Claim,
    /// In how many brackets it stands.
    pub(super) depth: usize,
    /// The sentence of the line that it stands in, from 0.
    sentence: usize,
}

impl Told<'_> {
    /// Whether it says how much there is of something, as against a change, a share or a rank.
    pub(super) fn is_amount(&self) -> bool {
        let level = matches!(
            self.claim.relation,
            Relation::Level | Relation::State | Relation::Part | Relation::Group | Relation::Second
        );
        level && !matches!(self.base, "%" | "‰" | "") && !self.base.ends_with("分点")
    }
}

/// A line with its figures; a claim names its figures by their index.
#[derive(Debug)]
pub(super) struct Line<'p> {
    /// The words.
    pub(super) text: &'p str,
    /// The figures, in order.
    pub(super) figures: Vec<Told<'p>>,
    /// The year of the text.
    pub(super) year: Period,
}

impl<'p> Line<'p> {
    /// The figures of a line of a text; none of a table.
    pub(super) fn of(prose: &'p Prose, line: &'p ProseLine) -> Line<'p> {
        let text = prose.text(line);
        let mut exact = reading::exact(line).into_iter().peekable();
        let said = prose.said(line);
        let mut brackets = Brackets::new(text);
        let mut figures = Vec::with_capacity(said.figures.len());
        let (mut sentence, mut from) = (0, 0);
        for (figure, claim) in said.figures.iter().zip(&said.claims) {
            while exact.next_if(|one| one.span.start < figure.span.start).is_some() {}
            let exact = exact.next_if(|one| one.span == figure.span);
            let depth = brackets.depth(figure.span.start);
            let between = text.get(from..figure.span.start).unwrap_or_default();
            sentence += between.matches(reading::ENDS).count();
            from = figure.span.end;
            figures.push(Told {
                span: figure.span.clone(),
                base: &figure.unit,
                exact,
                claim,
                depth,
                sentence,
            });
        }
        Line { text, figures, year: prose.year() }
    }

    /// The exact amount of a figure.
    pub(super) fn exact(&self, figure: usize) -> Option<&Exact> {
        self.figures.get(figure)?.exact.as_ref()
    }

    /// The words between two figures.
    pub(super) fn gap(&self, from: usize, to: usize) -> &'p str {
        self.text.get(self.figures[from].span.end..self.figures[to].span.start).unwrap_or_default()
    }

    /// The words that lead to a figure, from the last mark or figure on, without 其中 and 和.
    pub(super) fn words(&self, figure: usize) -> &'p str {
        let start = self.figures[figure].span.start;
        let last = figure.checked_sub(1).map_or(0, |last| self.figures[last].span.end);
        let near = self.text.get(last.max(start.saturating_sub(FAR))..start);
        let near = near.unwrap_or_else(|| self.text.get(last..start).unwrap_or_default());
        let own = near.rsplit(SEPARATORS).next().unwrap_or(near);
        own.trim_start_matches("其中").trim_start_matches(['和', '及', '与'])
    }

    /// The name of a part: the words before it, or behind it where none stand before.
    pub(super) fn name(&self, figure: usize) -> &'p str {
        let words = self.words(figure);
        if !words.is_empty() {
            return words;
        }
        let behind = reading::lead(self.text, self.figures[figure].span.end, 24);
        behind.split(SEPARATORS).next().unwrap_or(behind)
    }

    /// The words on both sides of a figure, up to the next mark or figure.
    pub(super) fn around(&self, figure: usize) -> String {
        let behind = reading::lead(self.text, self.figures[figure].span.end, 36);
        let ends = |c: char| SEPARATORS.contains(&c) || c.is_ascii_digit();
        format!("{}{}", self.words(figure), behind.split(ends).next().unwrap_or(behind))
    }

    /// Whether two figures stand in one sentence.
    pub(super) fn together(&self, from: usize, to: usize) -> bool {
        self.figures[from].sentence == self.figures[to].sentence
    }
}

/// How many bytes of words before a figure are looked at.
const FAR: usize = 96;

/// Counts brackets along a line.
#[derive(Debug)]
struct Brackets<'t> {
    text: &'t str,
    at: usize,
    open: usize,
}

impl<'t> Brackets<'t> {
    fn new(text: &'t str) -> Brackets<'t> {
        Brackets { text, at: 0, open: 0 }
    }

    /// How many are open at a place that lies behind all that were asked for before.
    fn depth(&mut self, at: usize) -> usize {
        for c in self.text.get(self.at..at).unwrap_or_default().chars() {
            match c {
                '（' | '(' => self.open += 1,
                '）' | ')' => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
        self.at = self.at.max(at);
        self.open
    }
}

/// A stretch of a line without what stands in brackets in it.
pub(super) fn outside(text: &str) -> String {
    let mut open = 0_usize;
    let plain = text.chars().filter(|c| match c {
        '（' | '(' => {
            open += 1;
            false
        }
        '）' | ')' => {
            open = open.saturating_sub(1);
            false
        }
        _ => open == 0,
    });
    plain.collect()
}
