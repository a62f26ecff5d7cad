//! What a rule is, and what rules ask of a file.

use super::paper::{Paper, Paragraph};

/// A golden case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    Report,
    Letter,
    Minutes,
}

impl Sample {
    /// Its folder under `golden/用例`.
    pub fn folder(self) -> &'static str {
        match self {
            Sample::Report => "公文报告",
            Sample::Letter => "公文函",
            Sample::Minutes => "公文纪要",
        }
    }
}

/// One rule.
pub struct Rule {
    pub clause: &'static str,
    pub says: &'static str,
    pub sample: Sample,
    pub holds: fn(&Paper) -> bool,
    /// A part, words of it, and what other words behind those become.
    pub broken: (&'static str, &'static str, &'static str, &'static str),
}

pub const DOCUMENT: &str = "word/document.xml";
pub const STYLES: &str = "word/styles.xml";
pub const FOOTER: &str = "word/footer1.xml";

/// Twips of a millimetre, in hundredths.
pub const MILLIMETRE: i32 = 5669;
/// Twips of a character of 三号 in a line of 28, and of 四号.
pub const CHARACTER: i32 = 316;
pub const SMALL: i32 = 280;
/// Twips of the type area across, and of a line.
pub const WIDTH: i32 = 8844;
pub const LINE: i32 = 579;

pub const FANG: &str = "仿宋_GB2312";
pub const KAI: &str = "楷体_GB2312";
pub const HEI: &str = "黑体";
pub const SONG: &str = "方正小标宋简体";

pub fn millimetres(number: i32) -> i32 {
    (number * MILLIMETRE + 50) / 100
}

/// Whether a length is what it should be, within some twips.
pub fn near(length: i32, wanted: i32, within: i32) -> bool {
    (length - wanted).abs() <= within
}

pub fn number(paper: &Paper, name: &str) -> i32 {
    paper.section.get(name).and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// Whether the first paragraph with these words is as it should be.
pub fn is(paper: &Paper, words: &str, right: impl Fn(&Paragraph) -> bool) -> bool {
    paper.begins(words).is_some_and(right)
}

/// Whether all words of a paragraph are in one face and size.
pub fn set(paragraph: &Paragraph, face: &str, size: i32) -> bool {
    let words = paragraph.runs.iter().filter(|run| !run.text.trim().is_empty());
    words.clone().count() > 0 && words.clone().all(|run| run.face() == face && run.size() == size)
}

/// White between the lines of two paragraphs, blank ones counted in full.
pub fn white(paper: &Paper, above: &str, below: &str) -> Option<i32> {
    let (from, to) = (paper.place(above)?, paper.place(below)?);
    let blank = paper.paragraphs.get(from + 1..to)?;
    let blank: i32 = blank.iter().map(|one| one.before() + one.pitch() + one.after()).sum();
    Some(paper.paragraphs[from].after() + blank + paper.paragraphs[to].before())
}

/// 发文字号 of the report.
pub const NUMBER: &str = "青政发〔2025〕11号";

pub const fn rule(
    clause: &'static str,
    says: &'static str,
    sample: Sample,
    holds: fn(&Paper) -> bool,
    broken: (&'static str, &'static str, &'static str, &'static str),
) -> Rule {
    Rule { clause, says, sample, holds, broken }
}
