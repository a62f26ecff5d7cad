//! Inside a pair of lines: which pieces stayed, went and came.
//!
//! Clauses are aligned first, tokens inside aligned clauses; then coincidences are swept up, figures
//! and enumerators are told apart from the words around them, and what only came or only went is slid
//! to a boundary that a reader sees.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::UnitLine;
use super::likeness::{Bag, masked, permille};
use crate::zh::token::{Token, TokenKind};

/// Beyond this product of lengths a pair is shown as replaced whole; it bounds time and memory.
const LARGEST: usize = 40_000_000;
/// Clauses less alike than this are not put beside each other, in thousandths.
const CLAUSE_FLOOR: usize = 300;

/// A line cut into tokens.
#[derive(Debug, Clone)]
pub(super) struct Cut<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
}

impl<'t> Cut<'t> {
    pub fn of(unit: &'t UnitLine) -> Cut<'t> {
        Cut { text: &unit.line.text, tokens: &unit.tokens }
    }

    pub fn token(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |token| &self.text[token.span.clone()])
    }

    fn kind(&self, index: usize) -> TokenKind {
        self.tokens.get(index).map_or(TokenKind::Mark, |token| token.kind)
    }

    /// The bytes of a range of tokens.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let at = |index: usize| self.tokens.get(index).map_or(self.text.len(), |token| token.span.start);
        at(range.start)..at(range.end)
    }

    /// The cells of a row, as ranges of tokens without the tabs between them.
    fn cells(&self) -> Vec<Range<usize>> {
        let tabs = (0..self.tokens.len()).filter(|index| self.token(*index) == "\t");
        let mut cells = Vec::new();
        let mut start = 0;
        for tab in tabs {
            cells.push(start..tab);
            start = tab + 1;
        }
        cells.push(start..self.tokens.len());
        cells
    }

    /// A range of tokens as a line of its own; bytes still count from the start of the whole line.
    fn part(&self, range: &Range<usize>) -> Cut<'t> {
        let end = self.bytes(range).end;
        Cut { text: &self.text[..end], tokens: &self.tokens[range.clone()] }
    }

    fn words(&self, range: &Range<usize>) -> Vec<&'t str> {
        range.clone().map(|index| self.token(index)).collect()
    }
}

/// A stretch of tokens of both lines: kept, or replaced (either side may be empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub old: Range<usize>,
    pub new: Range<usize>,
    pub kept: bool,
}

/// What a comparison of two lines gives.
pub(super) struct Hunks {
    pub hunks: Vec<Hunk>,
    /// The lines were too long to be compared word by word.
    pub coarse: bool,
}

/// Compares two lines.
pub(super) fn compare(old: &Cut<'_>, new: &Cut<'_>) -> Hunks {
    let (a, b) = (old.tokens.len(), new.tokens.len());
    let (prefix, suffix) = common_ends(old, new);
    let (middle_old, middle_new) = (prefix..a - suffix, prefix..b - suffix);
    let mut found = Builder::default();
    found.push(0..prefix, 0..prefix, true);
    let coarse = middle_old.len().saturating_mul(middle_new.len()) > LARGEST;
    if coarse {
        found.push(middle_old, middle_new, false);
    } else {
        clauses(old, new, middle_old, middle_new, &mut found);
    }
    found.push(a - suffix..a, b - suffix..b, true);
    let mut hunks = found.hunks;
    absorb(&mut hunks, old, new);
    let mut refined = Builder::default();
    for hunk in hunks {
        if hunk.kept { refined.push(hunk.old, hunk.new, true) } else { refine(&hunk, old, new, &mut refined) }
    }
    let mut hunks = refined.hunks;
    slide(&mut hunks, old, new);
    Hunks { hunks, coarse }
}

/// Compares two rows of as many cells, cell against cell.
pub(super) fn compare_cells(old: &Cut<'_>, new: &Cut<'_>) -> Hunks {
    let (left, right) = (old.cells(), new.cells());
    if left.len() != right.len() {
        return compare(old, new);
    }
    let mut found = Builder::default();
    let mut coarse = false;
    for (a, b) in left.iter().zip(&right) {
        let tab = |cells: &[Range<usize>], cell: &Range<usize>| {
            cells[0].start.max(cell.start.saturating_sub(1))..cell.start
        };
        found.push(tab(&left, a), tab(&right, b), true);
        let cell = compare(&old.part(a), &new.part(b));
        coarse |= cell.coarse;
        let shifted = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        for hunk in cell.hunks {
            let (old, new) = (shifted(hunk.old, a.start), shifted(hunk.new, b.start));
            if hunk.kept { found.push(old, new, true) } else { found.apart(old, new) }
        }
    }
    Hunks { hunks: found.hunks, coarse }
}

/// Whether a token ends a clause.
fn ends(token: &str) -> bool {
    token.starts_with(['。', '；', '，', '！', '？', ';', ',', '.', '!', '?', '\n', '\t'])
}

/// Tokens that both lines begin and end with, cut back to whole clauses.
fn common_ends(old: &Cut<'_>, new: &Cut<'_>) -> (usize, usize) {
    let (a, b) = (old.tokens.len(), new.tokens.len());
    let mut prefix = (0..a.min(b)).take_while(|i| old.token(*i) == new.token(*i)).count();
    if prefix == a && prefix == b {
        return (prefix, 0);
    }
    while prefix > 0 && !ends(old.token(prefix - 1)) {
        prefix -= 1;
    }
    let most = a.min(b) - prefix;
    let common = (0..most).take_while(|i| old.token(a - 1 - i) == new.token(b - 1 - i)).count();
    // A clause begins in the common end only after a mark that is itself common.
    let suffix = (0..common).rev().find(|suffix| ends(old.token(a - 1 - suffix))).unwrap_or(0);
    (prefix, suffix)
}

#[derive(Default)]
struct Builder {
    hunks: Vec<Hunk>,
}

impl Builder {
    /// Adds a stretch; neighbours of a kind become one, except replacements that are told apart on purpose.
    fn push(&mut self, old: Range<usize>, new: Range<usize>, kept: bool) {
        if old.is_empty() && new.is_empty() {
            return;
        }
        match self.hunks.last_mut() {
            Some(last) if last.kept == kept => {
                last.old.end = old.end;
                last.new.end = new.end;
            }
            _ => self.hunks.push(Hunk { old, new, kept }),
        }
    }

    fn apart(&mut self, old: Range<usize>, new: Range<usize>) {
        if !old.is_empty() || !new.is_empty() {
            self.hunks.push(Hunk { old, new, kept: false });
        }
    }
}

/// Cuts after 。；，！？.
fn cut(line: &Cut<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = range.start;
    for index in range.clone() {
        if ends(line.token(index)) {
            clauses.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < range.end {
        clauses.push(start..range.end);
    }
    clauses
}

/// The best alignment of clauses, like with like.
fn clauses(old: &Cut<'_>, new: &Cut<'_>, a: Range<usize>, b: Range<usize>, found: &mut Builder) {
    let (left, right) = (cut(old, a.clone()), cut(new, b.clone()));
    let bags = |line: &Cut<'_>, clauses: &[Range<usize>]| -> Vec<Bag> {
        clauses.iter().map(|clause| Bag::of(masked(line.text, &line.tokens[clause.clone()]))).collect()
    };
    let (left_bags, right_bags) = (bags(old, &left), bags(new, &right));
    let width = right.len() + 1;
    let mut best = vec![0usize; (left.len() + 1) * width];
    let mut scores = vec![0u32; left.len() * right.len()];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            let same = old.words(&left[i]) == new.words(&right[j]);
            let likeness = if same { 1200 } else { permille(&left_bags[i], &right_bags[j]) };
            let score = if likeness < CLAUSE_FLOOR { 0 } else { likeness * (left[i].len() + right[j].len()) };
            scores[i * right.len() + j] = u32::try_from(score).unwrap_or(u32::MAX);
            let paired = if score > 0 { score + best[(i + 1) * width + j + 1] } else { 0 };
            best[i * width + j] = paired.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut from_old, mut from_new) = (a.start, b.start);
    while i < left.len() && j < right.len() {
        let score = scores[i * right.len() + j] as usize;
        if score > 0 && best[i * width + j] == score + best[(i + 1) * width + j + 1] {
            found.push(from_old..left[i].start, from_new..right[j].start, false);
            pair(old, new, &left[i], &right[j], found);
            (from_old, from_new) = (left[i].end, right[j].end);
            (i, j) = (i + 1, j + 1);
        } else if best[i * width + j] == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found.push(from_old..a.end, from_new..b.end, false);
}

/// Tokens of two clauses that belong together.
fn pair(old: &Cut<'_>, new: &Cut<'_>, a: &Range<usize>, b: &Range<usize>, found: &mut Builder) {
    for op in capture_diff_slices(Algorithm::Myers, &old.words(a), &new.words(b)) {
        let kept = matches!(op, DiffOp::Equal { .. });
        let (left, right) = (op.old_range(), op.new_range());
        found.push(
            a.start + left.start..a.start + left.end,
            b.start + right.start..b.start + right.end,
            kept,
        );
    }
}

/// Characters of a range of tokens.
fn characters(line: &Cut<'_>, range: &Range<usize>) -> usize {
    line.text[line.bytes(range)].chars().count()
}

/// Words kept by coincidence between two changes become part of them: at most two characters, no
/// figure, no mark that ends a clause, and not longer than the changes beside them.
fn absorb(hunks: &mut Vec<Hunk>, old: &Cut<'_>, new: &Cut<'_>) {
    let size = |hunk: &Hunk| characters(old, &hunk.old).max(characters(new, &hunk.new));
    let mut index = 1;
    while index + 1 < hunks.len() {
        let (before, kept, after) = (&hunks[index - 1], &hunks[index], &hunks[index + 1]);
        let weak = kept.kept && kept.new.clone().all(|token| is_weak(new, token));
        let core = kept.new.clone().filter(|token| new.kind(*token).is_wording()).count();
        let (one, other) = (size(before), size(after));
        if weak && core <= 2 && core <= one.min(other) && core < one.max(other) {
            let merged = Hunk {
                old: before.old.start..after.old.end,
                new: before.new.start..after.new.end,
                kept: false,
            };
            hunks.splice(index - 1..=index + 1, [merged]);
            index = index.saturating_sub(1).max(1);
        } else {
            index += 1;
        }
    }
}

/// Figures and the marks that end a clause are never a coincidence.
fn is_weak(line: &Cut<'_>, token: usize) -> bool {
    let kind = line.kind(token);
    let ends = line.token(token).starts_with(['。', '；', '，', '、', '：', '！', '？', '\t']);
    !kind.is_number() && kind != TokenKind::Enumerator && !ends
}

/// Tells apart what a replacement is made of: its enumerator, its closing mark, its figures.
fn refine(hunk: &Hunk, old: &Cut<'_>, new: &Cut<'_>, found: &mut Builder) {
    let (mut a, mut b) = (hunk.old.clone(), hunk.new.clone());
    if a.is_empty() || b.is_empty() {
        return found.apart(a, b);
    }
    if old.kind(a.start) == TokenKind::Enumerator && new.kind(b.start) == TokenKind::Enumerator {
        let same = old.token(a.start) == new.token(b.start);
        let (left, right) = (a.start..a.start + 1, b.start..b.start + 1);
        if same {
            found.push(left, right, true)
        } else {
            found.apart(left, right)
        }
        (a.start, b.start) = (a.start + 1, b.start + 1);
    }
    let mut tail = 0;
    let common = |a: &Range<usize>, b: &Range<usize>, tail: usize| {
        !a.is_empty()
            && !b.is_empty()
            && a.end - a.start > tail
            && b.end - b.start > tail
            && old.kind(a.end - 1 - tail) == TokenKind::Mark
            && old.token(a.end - 1 - tail) == new.token(b.end - 1 - tail)
    };
    while common(&a, &b, tail) {
        tail += 1;
    }
    let (end_old, end_new) = (a.end, b.end);
    (a.end, b.end) = (a.end - tail, b.end - tail);
    figures(&a, &b, old, new, found);
    found.push(a.end..end_old, b.end..end_new, true);
}

/// Where both sides hold as many figures, of the same units, figure stands against figure.
fn figures(a: &Range<usize>, b: &Range<usize>, old: &Cut<'_>, new: &Cut<'_>, found: &mut Builder) {
    let numbers = |line: &Cut<'_>, range: &Range<usize>| -> Vec<usize> {
        range.clone().filter(|index| line.kind(*index).is_number()).collect()
    };
    let (left, right) = (numbers(old, a), numbers(new, b));
    let like = |(i, j): (&usize, &usize)| unit(old.token(*i)) == unit(new.token(*j));
    let aligned = left.len() == right.len() && left.iter().zip(&right).all(like);
    if !aligned {
        return found.apart(a.clone(), b.clone());
    }
    let (mut from_old, mut from_new) = (a.start, b.start);
    for (i, j) in left.into_iter().zip(right) {
        gap(from_old..i, from_new..j, old, new, found);
        let same = old.token(i) == new.token(j);
        if same {
            found.push(i..i + 1, j..j + 1, true)
        } else {
            found.apart(i..i + 1, j..j + 1)
        }
        (from_old, from_new) = (i + 1, j + 1);
    }
    gap(from_old..a.end, from_new..b.end, old, new, found);
}

/// What stands between figures: kept where it is the same.
fn gap(a: Range<usize>, b: Range<usize>, old: &Cut<'_>, new: &Cut<'_>, found: &mut Builder) {
    if old.words(&a) == new.words(&b) { found.push(a, b, true) } else { found.apart(a, b) }
}

/// The unit of a figure: what follows its digits, numerals and scale.
fn unit(figure: &str) -> &str {
    let number = |c: char| {
        c.is_ascii_digit()
            || "０１２３４５６７８９.．,+-－—–~～至到/:：近约超逾余多来几数上千百十万亿零〇一二两三四五六七八九"
                .contains(c)
    };
    figure.trim().trim_start_matches(number).trim_end_matches(['余', '多'])
}

/// Slides what only came or only went along equal tokens to the boundary that reads best.
fn slide(hunks: &mut Vec<Hunk>, old: &Cut<'_>, new: &Cut<'_>) {
    let mut index = 0;
    while index < hunks.len() {
        let hunk = &hunks[index];
        let changed = match (hunk.kept, hunk.old.is_empty(), hunk.new.is_empty()) {
            (false, true, false) => Some((new, hunk.new.clone())),
            (false, false, true) => Some((old, hunk.old.clone())),
            _ => None,
        };
        if let Some((line, range)) = changed {
            let kept = |at: Option<usize>| at.and_then(|at| hunks.get(at)).filter(|hunk| hunk.kept);
            let room = |hunk: Option<&Hunk>| hunk.map_or(0, |hunk| hunk.new.len());
            let (back, forth) = (room(kept(index.checked_sub(1))), room(kept(Some(index + 1))));
            let step = best_slide(line, &range, back, forth);
            index = shift(hunks, index, step);
        }
        index += 1;
    }
    hunks.retain(|hunk| !hunk.old.is_empty() || !hunk.new.is_empty());
}

/// How far, in tokens, to the left (negative) or right.
fn best_slide(line: &Cut<'_>, range: &Range<usize>, back: usize, forth: usize) -> isize {
    let mut best = (score(line, range), 0isize);
    let mut at = range.clone();
    for step in 1..=back {
        if at.start == 0 || line.token(at.start - 1) != line.token(at.end - 1) {
            break;
        }
        at = at.start - 1..at.end - 1;
        let found = score(line, &at);
        if found > best.0 {
            best = (found, -(step as isize));
        }
    }
    at = range.clone();
    for step in 1..=forth {
        if line.token(at.start) != line.token(at.end) {
            break;
        }
        at = at.start + 1..at.end + 1;
        let found = score(line, &at);
        if found > best.0 {
            best = (found, step as isize);
        }
    }
    best.1
}

/// How well the edges of a range read: after a sentence, after a comma, before a mark, after 、.
fn score(line: &Cut<'_>, range: &Range<usize>) -> usize {
    let edge = |at: usize| {
        let before = at.checked_sub(1).map_or("\n", |before| line.token(before));
        let after = line.token(at);
        match (before, after) {
            (before, _) if before.starts_with(['。', '；', '！', '？', '\n']) => 5,
            (before, _) if before.starts_with(['，', '：']) => 4,
            (_, after) if after.is_empty() || after.starts_with(['。', '；', '，', '：', '！', '？']) => {
                3
            }
            (before, _) if before.starts_with('、') => 3,
            _ => 0,
        }
    };
    edge(range.start) + edge(range.end)
}

/// Shifts a change by so many tokens: what is kept on one side of it comes to the other. Returns where
/// the change then is.
fn shift(hunks: &mut Vec<Hunk>, mut index: usize, step: isize) -> usize {
    if step == 0 {
        return index;
    }
    let kept_at =
        |hunks: &[Hunk], at: Option<usize>| at.filter(|at| hunks.get(*at).is_some_and(|hunk| hunk.kept));
    let Hunk { old, new, .. } = hunks[index].clone();
    let none = |old: usize, new: usize| Hunk { old: old..old, new: new..new, kept: true };
    if kept_at(hunks, Some(index + 1)).is_none() {
        hunks.insert(index + 1, none(old.end, new.end));
    }
    if kept_at(hunks, index.checked_sub(1)).is_none() {
        hunks.insert(index, none(old.start, new.start));
        index += 1;
    }
    let moved = |at: usize| at.saturating_add_signed(step);
    hunks[index - 1].old.end = moved(old.start);
    hunks[index - 1].new.end = moved(new.start);
    hunks[index + 1].old.start = moved(old.end);
    hunks[index + 1].new.start = moved(new.end);
    hunks[index].old = moved(old.start)..moved(old.end);
    hunks[index].new = moved(new.start)..moved(new.end);
    index
}
