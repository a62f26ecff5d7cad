//! The gate: every figure of a foreign draft held against the facts.

mod affinity;
mod annotate;
mod judge;
mod known;
mod view;

use std::ops::Range;

use super::{LineKind, Prose};
use crate::document::Document;
use crate::figures::{Cited, Figures};
use crate::period::Period;
use crate::zh::number::Reader;
use crate::zh::scan::NumberKind;

/// Characters of cells that are taken for one row of a table.
const ROW: usize = 60;

/// What the facts say of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// 相符: a fact says the same.
    Equal,
    /// 约数相符: true as an approximation.
    Approximate,
    /// 可推算: a sum of years, a share or a growth of facts.
    Derived,
    /// 没有依据: no fact speaks of it.
    Unknown,
    /// 矛盾: a fact says something else.
    Contradicting,
}

impl Verdict {
    /// Every verdict, in order.
    pub const ALL: [Verdict; 5] =
        [Verdict::Equal, Verdict::Approximate, Verdict::Derived, Verdict::Unknown, Verdict::Contradicting];

    /// Its stable English name.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Equal => "equal",
            Verdict::Approximate => "approximate",
            Verdict::Derived => "derived",
            Verdict::Unknown => "unknown",
            Verdict::Contradicting => "contradicting",
        }
    }

    /// Its name for staff.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Equal => "相符",
            Verdict::Approximate => "约数相符",
            Verdict::Derived => "可推算",
            Verdict::Unknown => "没有依据",
            Verdict::Contradicting => "矛盾",
        }
    }
}

/// A figure of a draft with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// As written.
    pub text: String,
    /// The line of the draft, as [`super::ProseLine::number`] counts.
    pub line: usize,
    /// Bytes of that line.
    pub span: Range<usize>,
    /// Offset in the line, in characters.
    pub start: usize,
    /// The indicator that it speaks of, as far as can be told.
    pub subject: Option<String>,
    /// What the facts say.
    pub verdict: Verdict,
    /// Why, in one sentence without 。.
    pub message: String,
    /// What the facts say instead, where they contradict.
    pub expected: Option<String>,
    /// How the facts give it: `事实`, `近3年合计`.
    pub derivation: String,
    /// The facts that were held against it.
    pub facts: Cited,
}

/// A draft held against the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Every figure in the order of the text.
    pub figures: Vec<Judged>,
    /// The year of the facts.
    pub year: Period,
}

impl Gate {
    /// How many figures have a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.figures.iter().filter(|figure| figure.verdict == verdict).count()
    }
}

/// Judges every figure of a draft. `report` is what the project itself renders: it tells in which words a
/// fact is spoken of.
pub fn judge(draft: &Prose, figures: &Figures, report: Option<&Document>) -> Gate {
    let known = known::Known::all(figures, report);
    let mut judged = Vec::new();
    let mut row = String::new();
    let mut reader = Reader::default();
    for (line, text) in draft.each() {
        reader.enter(text);
        if line.kind != LineKind::Cell || line.numbers.is_empty() && row.chars().count() > ROW {
            row.clear();
        }
        row.push_str(text);
        let mut before: Option<(usize, String)> = None;
        for number in line.numbers.iter().filter(|number| number.kind == NumberKind::Figure) {
            let Some(reading) = reader.read(text, number) else { continue };
            let mut context = affinity::Context::of(text, &number.span, &line.numbers);
            context.around.clone_from(&row);
            let same_sentence =
                |(end, _): &&(usize, String)| !text[*end..number.span.start].contains(['。', '；']);
            let subject = before.as_ref().filter(same_sentence).map(|(_, subject)| subject.as_str());
            let found = judge::verdict(&known, &reading, &context, figures.period(), subject);
            if let Some(subject) = &found.subject {
                before = Some((number.span.end, subject.clone()));
            }
            judged.push(Judged {
                text: number.text.clone(),
                line: line.number,
                span: number.span.clone(),
                start: text[..number.span.start].chars().count(),
                ..found
            });
        }
    }
    Gate { figures: judged, year: figures.period() }
}
