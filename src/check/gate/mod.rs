//! The gate: every figure of a foreign draft held against the facts.

mod annotate;
mod answers;
mod fit;
mod judge;
mod known;
mod line;
mod lists;
mod name;
mod own;
mod stage;
mod view;
mod words;

use std::ops::Range;

use answers::Answer;
use fit::Fit;

use super::{LineKind, Prose};
use crate::document::Document;
use crate::figures::{Cited, Figures};
use crate::period::Period;
use crate::zh::number::Reader;

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
    /// 请核对: a fact may be meant, and somebody must say whether it is.
    Unclear,
    /// 矛盾: a fact says something else.
    Contradicting,
}

impl Verdict {
    /// Every verdict, in order.
    pub const ALL: [Verdict; 6] = [
        Verdict::Equal,
        Verdict::Approximate,
        Verdict::Derived,
        Verdict::Unknown,
        Verdict::Unclear,
        Verdict::Contradicting,
    ];

    /// Its stable English name.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Equal => "equal",
            Verdict::Approximate => "approximate",
            Verdict::Derived => "derived",
            Verdict::Unknown => "unknown",
            Verdict::Unclear => "unclear",
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
            Verdict::Unclear => "请核对",
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

impl Judged {
    fn of(verdict: Verdict, message: &str, answer: Option<&Answer>) -> Judged {
        Judged {
            text: String::new(),
            line: 0,
            span: 0..0,
            start: 0,
            verdict,
            message: message.to_owned(),
            expected: None,
            derivation: answer.map(|answer| answer.derivation.clone()).unwrap_or_default(),
            facts: answer.map(|answer| answer.facts.clone()).unwrap_or_default(),
        }
    }

    fn unknown(message: &str) -> Judged {
        Judged::of(Verdict::Unknown, message, None)
    }

    fn asks(message: &str, answer: Option<&Answer>) -> Judged {
        Judged::of(Verdict::Unclear, message, answer)
    }

    fn contradicts(message: &str, answer: &Answer) -> Judged {
        let expected = Some(answer.text.clone());
        Judged { expected, ..Judged::of(Verdict::Contradicting, message, Some(answer)) }
    }

    fn agrees(answer: &Answer, fit: Fit) -> Judged {
        let verdict = match fit {
            Fit::Roughly => Verdict::Approximate,
            Fit::Exact if answer.is_fact() => Verdict::Equal,
            Fit::Exact => Verdict::Derived,
        };
        Judged::of(verdict, &answer.says, Some(answer))
    }

    /// Whether the facts bear it out.
    fn is_true(&self) -> bool {
        self.verdict < Verdict::Unknown
    }
}

/// Judges every figure of a draft. `report` is what the project itself renders: it tells in which words a
/// fact is spoken of.
pub fn judge(draft: &Prose, figures: &Figures, report: Option<&Document>) -> Gate {
    let known = known::Known::all(figures, report);
    let lists = lists::List::all(figures);
    let mut judged = Vec::new();
    let mut row = String::new();
    let mut reader = Reader::default();
    for (line, text) in draft.each() {
        reader.enter(text);
        let is_cell = line.kind == LineKind::Cell || text.contains('\t');
        if !is_cell || line.numbers.is_empty() && row.chars().count() > ROW {
            row.clear();
        }
        row.push_str(text);
        let said = line::read(text, &reader, figures.period());
        let mut found = judge::line(&known, &said, is_cell.then_some(row.as_str()));
        own::worked_out(&said, &mut found);
        let listed = lists::judge(&lists, text);
        own::counted(&said, &listed, &mut found);
        let figures = said.iter().zip(found).map(|(said, found)| (said.span.clone(), found));
        let mut all: Vec<_> = figures.chain(listed.into_iter().map(|one| (one.span, one.judged))).collect();
        all.sort_by_key(|(span, _)| span.start);
        judged.extend(all.into_iter().map(|(span, found)| Judged {
            text: text[span.clone()].to_owned(),
            line: line.number,
            start: text[..span.start].chars().count(),
            span,
            ..found
        }));
    }
    Gate { figures: judged, year: figures.period() }
}
