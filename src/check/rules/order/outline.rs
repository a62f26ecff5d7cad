//! The heads of a text as lists within lists: 一、 → （一） → 1. → （1）.

use std::ops::Range;

use super::serial;
use crate::check::{LineKind, Prose, ProseLine};
use crate::zh::pattern::Pattern;

/// The number that a line begins with, in the right form or nearly so.
static HEAD: Pattern = Pattern::new(concat!(
    "^[ 　*]*((?:",
    "([一二三四五六七八九十]{1,3})[、，,.．。：:丶]|",
    "[（(]([一二三四五六七八九十]{1,3})[）)]|",
    "([0-9]{1,2})[、，,.．。丶]|",
    "[（(]([0-9]{1,2})[）)]))"
));
/// What makes 一、 at the beginning of a line part of a list of numbers: 一、二、三产业.
static NUMBERS: Pattern = Pattern::new(
    "^[一二三四五六七八九十]+([、和至]|产业|级|季度|月|日|号|类|等|期|组|中全会|标段|班|年级|审|线)|^[（(].{1,3}[）)][两三四五六七]?[项条款]|^[、，和至][（(]",
);

/// A head: the number at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// Which of the lines of the text.
    pub(super) line: usize,
    /// 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.
    pub(super) level: u8,
    /// Its number.
    pub(super) number: u64,
    /// Its bytes, mark included, from the start of the line.
    pub(super) span: Range<usize>,
}

impl Head {
    /// The head of another number at the level of this one, as it should be written.
    pub(super) fn named(&self, number: u64) -> String {
        let han = crate::zh::number::numeral::count(number);
        match self.level {
            1 => format!("{han}、"),
            2 => format!("（{han}）"),
            3 => format!("{number}."),
            _ => format!("（{number}）"),
        }
    }
}

/// The head of a line.
pub(super) fn head(index: usize, line: &ProseLine, text: &str) -> Option<Head> {
    let is_text = line.kind.is_body() || matches!(line.kind, LineKind::Heading(_) | LineKind::Title);
    let found = HEAD.captures(text).filter(|_| is_text && !text.contains('\t'))?;
    let (level, digits) = (1..=4).find_map(|level| Some((level, found.get(level + 1)?)))?;
    let span = found.get(1)?.range();
    let rest = &text[span.end..];
    let numeric = rest.starts_with(|c: char| c.is_ascii_digit()) && level == 3;
    if numeric || NUMBERS.is_match(rest) {
        return None;
    }
    let number = serial::number(digits.as_str())?;
    Some(Head { line: index, level: u8::try_from(level).ok()?, number, span })
}

/// Heads that stand beside each other under one parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    /// The head above it.
    pub(super) parent: Option<Head>,
    /// The heads.
    pub(super) heads: Vec<Head>,
    /// The line with which the text goes on after it; `None` where the rest of it may be missing.
    pub(super) end: Option<usize>,
}

/// A head at a level where it should not be, and the head above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misplaced {
    /// The head.
    pub(super) head: Head,
    /// The head above it.
    pub(super) above: Head,
}

/// The heads of a text.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Its lists in the order in which they begin.
    pub(super) lists: Vec<List>,
    /// Heads whose level does not follow from the one above.
    pub(super) misplaced: Vec<Misplaced>,
    /// Lists that are not yet at their end, the deepest last.
    open: Vec<usize>,
}

/// Reads the heads of a text.
pub(super) fn outline(prose: &Prose) -> Outline {
    let mut outline = Outline::default();
    let mut before = "";
    for (index, (line, text)) in prose.each().enumerate() {
        if let Some(head) = head(index, line, text) {
            outline.push(head, before.trim_end().ends_with(['：', ':']));
        } else if matches!(
            line.kind,
            LineKind::Title | LineKind::Signature | LineKind::Date | LineKind::Element(_)
        ) {
            outline.end(0, Some(index));
        } else if line.kind == LineKind::Paragraph && is_bare(text) {
            outline.end(0, None);
        }
        before = text;
    }
    outline
}

/// Whether a paragraph looks like a heading without a number.
fn is_bare(text: &str) -> bool {
    let marks = ['。', '，', '；', '：', '！', '？', ',', '.', ';', '\t'];
    text.chars().count() <= 25 && !text.contains(marks)
}

impl Outline {
    fn level(&self, list: usize) -> u8 {
        self.lists[list].heads.first().map_or(0, |head| head.level)
    }

    /// Ends all lists but the outermost `keep` before a line.
    fn end(&mut self, keep: usize, line: Option<usize>) {
        for list in self.open.drain(keep..) {
            self.lists[list].end = line;
        }
    }

    fn push(&mut self, head: Head, after_colon: bool) {
        let level = |list: &usize| self.level(*list);
        if let Some(depth) = self.open.iter().position(|list| level(list) == head.level) {
            self.end(depth + 1, Some(head.line));
            let list = self.open[depth];
            return self.lists[list].heads.push(head);
        }
        if self.is_inverted(&head) {
            self.misplace(&head);
        } else {
            let keep = self.open.iter().position(|list| level(list) > head.level).unwrap_or(self.open.len());
            self.end(keep, Some(head.line));
            self.check_skip(&head, after_colon);
        }
        let parent = self.open.last().and_then(|list| self.lists[*list].heads.last()).cloned();
        self.open.push(self.lists.len());
        self.lists.push(List { parent, heads: vec![head], end: None });
    }

    /// Whether a list of a higher level begins inside one of a lower level: 1. above （一）. A list that
    /// stands at the beginning of the text and has several heads is complete in itself.
    fn is_inverted(&self, head: &Head) -> bool {
        let Some(above) = self.open.last().map(|list| &self.lists[*list]) else { return false };
        let [first, rest @ ..] = above.heads.as_slice() else { return false };
        let begins = rest.is_empty() && first.number == 1;
        first.level > head.level && head.number == 1 && (begins || self.open.len() > 1)
    }

    /// 一、 above （1） leaves two levels out; after a colon it is a list within the text.
    fn check_skip(&mut self, head: &Head, after_colon: bool) {
        let above = self.open.last().map(|list| self.level(*list));
        if above.is_some_and(|above| head.level > above + 2) && head.number == 1 && !after_colon {
            self.misplace(head);
        }
    }

    fn misplace(&mut self, head: &Head) {
        let above = self.open.last().and_then(|list| self.lists[*list].heads.last());
        let misplaced = above.map(|above| Misplaced { head: head.clone(), above: above.clone() });
        self.misplaced.extend(misplaced);
    }
}
