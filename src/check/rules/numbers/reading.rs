//! What the rules of this group read: exact amounts, sentences, and places in the text.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::check::ProseLine;
use crate::zh::number::{Amount, Form, Manner, read};
use crate::zh::scan::{self, Number};

/// The marks that end a sentence.
pub(super) const ENDS: [char; 5] = ['。', '！', '？', '!', '?'];

/// The marks that end a clause, sentences included.
pub(super) const STOPS: [char; 11] = ['，', '。', '；', '：', '！', '？', ',', ';', ':', '!', '?'];

/// A figure that states an exact amount with a unit.
#[derive(Debug, Clone)]
pub(super) struct Exact {
    /// Where it stands in its line.
    pub(super) span: Range<usize>,
    /// The amount.
    pub(super) amount: Amount,
}

impl Exact {
    pub(super) fn of(number: &Number) -> Option<Exact> {
        let written = read(&number.text, Manner::Prose).ok()?;
        let amount = written.exact().filter(|_| matches!(written.form, Form::Digits | Form::Lost))?;
        let sane = amount.value.abs() < Decimal::from(LARGEST) && amount.decimals <= FINEST;
        sane.then(|| Exact { span: number.span.clone(), amount: amount.clone() })
    }

    /// The unit without 万 or 亿.
    pub(super) fn base(&self) -> &str {
        &self.amount.unit.base
    }

    /// The amount in the unit without 万 or 亿.
    pub(super) fn value(&self) -> Decimal {
        self.amount.value
    }

    /// What the last written digit is worth.
    pub(super) fn step(&self) -> Decimal {
        self.amount.unit.scale.factor() * Decimal::new(1, self.amount.decimals)
    }

    /// How far rounding may have moved the amount; whole numbers that are no percentages stand for themselves.
    pub(super) fn rounding(&self) -> Decimal {
        let whole = self.amount.decimals == 0 && self.base() != "%";
        if whole { Decimal::ZERO } else { self.step() / Decimal::TWO }
    }

    /// Whether it is written as a whole number in the scale of another.
    pub(super) fn is_whole_as(&self, other: &Exact) -> bool {
        self.amount.decimals == 0 && self.amount.unit.scale == other.amount.unit.scale
    }
}

/// Amounts from here on are slips of the pen, and would not multiply.
const LARGEST: u64 = 10_000_000_000_000_000;

/// More decimals are slips of the pen too.
const FINEST: u32 = 6;

/// The exact amounts of a line that stand outside quotations.
pub(super) fn exact(line: &ProseLine) -> Vec<Exact> {
    let figures = line.numbers.iter().filter(|number| number.kind == scan::NumberKind::Figure);
    let plain = figures.filter(|number| !line.is_quoted(&number.span));
    plain.filter_map(Exact::of).collect()
}

/// Whether a line is part of a table; in a plain text its cells stand with tabs between them.
pub(super) fn is_table(line: &ProseLine, text: &str) -> bool {
    line.kind.is_of_table() || text.contains('\t')
}

/// A span of a line as a span of the source.
pub(super) fn place(line: &ProseLine, span: Range<usize>) -> Range<usize> {
    line.span.start + span.start..line.span.start + span.end
}

/// How many numbers on either side a number is compared with.
const FELLOWS: usize = 8;

/// The members of a list around one of them.
pub(super) fn around<T>(all: &[T], at: usize) -> impl Iterator<Item = &T> {
    let (start, end) = (at.saturating_sub(FELLOWS), all.len().min(at + FELLOWS + 1));
    all[start..end].iter().enumerate().filter(move |(index, _)| start + index != at).map(|(_, one)| one)
}

/// How far a rule looks around, in bytes: rules stay linear in texts without marks.
const REACH: usize = 240;

/// The last bytes of `text` before `at`, whole characters.
pub(super) fn tail(text: &str, at: usize, bytes: usize) -> &str {
    &text[text.ceil_char_boundary(at.saturating_sub(bytes))..at]
}

/// The first bytes of `text` from `at` on, whole characters.
pub(super) fn lead(text: &str, at: usize, bytes: usize) -> &str {
    &text[at..text.floor_char_boundary(at.saturating_add(bytes).min(text.len()))]
}

/// The part of `text` before `at`, back to the last of the marks.
pub(super) fn since<'t>(text: &'t str, at: usize, marks: &[char]) -> &'t str {
    let near = tail(text, at, REACH);
    near.rsplit(marks).next().unwrap_or(near)
}

/// Whether no mark of `marks` stands between two places of `text`.
pub(super) fn together(text: &str, from: usize, to: usize, marks: &[char]) -> bool {
    text.get(from..to).is_some_and(|between| !between.contains(marks))
}
