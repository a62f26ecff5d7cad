//! Problems as data: a [`Diagnostic`] says what is wrong, where, and how to mend it.

mod alike;
mod hint;
pub mod html;
mod nearest;
pub mod render;

pub use alike::{Alike, alike};
pub use hint::{Act, Choice, Elsewhere, Hint, Mapping, Words};
pub use nearest::nearest;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::period::Period;

/// A text that was read: the name staff know it by and its decoded content.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Path as shown to staff, relative to the project, with `/`.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// Where the lines begin.
    lines: Vec<usize>,
}

impl Source {
    /// A text under the name that staff know it by.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let text = text.into();
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Source { name: name.into(), text, lines }
    }

    /// Byte of a line and column, both counted from 1, the column in characters; the beginning of the line where it
    /// has no such column.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let within = self.text[start..].char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
        start + within
    }
}

/// A piece of a [`Source`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text that the piece is part of.
    pub source: Arc<Source>,
    /// Byte range in the text.
    pub span: Range<usize>,
}

impl Place {
    /// A place in `source`; the range is clipped to the text.
    pub fn new(source: &Arc<Source>, span: Range<usize>) -> Place {
        let end = span.end.min(source.text.len());
        Place { source: Arc::clone(source), span: span.start.min(end)..end }
    }

    /// Line, counted from 1.
    pub fn line(&self) -> usize {
        self.source.lines.partition_point(|start| *start <= self.span.start)
    }

    /// Column in characters, counted from 1.
    pub fn column(&self) -> usize {
        let before = &self.source.text[..self.span.start];
        before[before.rfind('\n').map_or(0, |at| at + 1)..].chars().count() + 1
    }
}

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 提示: worth knowing.
    Hint,
    /// 警告: probably wrong; the work goes on.
    Warning,
    /// 错误: the result would be wrong; the work stops.
    Error,
}

impl Level {
    /// Its name for staff.
    pub fn label(self) -> &'static str {
        match self {
            Level::Hint => "提示",
            Level::Warning => "警告",
            Level::Error => "错误",
        }
    }

    /// Its stable English name.
    pub fn name(self) -> &'static str {
        match self {
            Level::Hint => "hint",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable English kebab-case name of the rule, e.g. `duplicate-key`.
    pub rule: &'static str,
    /// How grave it is.
    pub level: Level,
    /// One Chinese sentence without a final 。 that says what is wrong.
    pub message: String,
    /// Where, if it is in a text.
    pub place: Option<Place>,
    /// A few words set at the marker under the line; may be empty.
    pub label: String,
    /// How to mend it.
    pub hints: Vec<Hint>,
    /// What a machine can do about it.
    pub fix: Option<Fix>,
    /// The fact it is about, where somebody may confirm that it is as it is.
    pub about: Option<About>,
    /// Where it is seen in the finished text, where `place` is where it was typed.
    pub shown: Option<Place>,
}

/// A fact with the value that was found fault with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Dotted path.
    pub path: String,
    /// Year.
    pub year: Period,
    /// Value as written.
    pub value: String,
}

/// A mechanical repair: the bytes of the text that the problem is in become other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Range<usize>,
    /// What comes in its place.
    pub new: String,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(rule: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, Level::Error, message)
    }

    /// A warning at a place.
    pub fn warning(rule: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, Level::Warning, message)
    }

    /// A problem of any level.
    pub fn new(rule: &'static str, level: Level, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule,
            level,
            message: message.into(),
            place: None,
            label: String::new(),
            hints: Vec::new(),
            fix: None,
            about: None,
            shown: None,
        }
    }

    /// The same, at a place.
    pub fn at(mut self, place: &Place) -> Diagnostic {
        self.place = Some(place.clone());
        self
    }

    /// The same, with words at the marker.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// The same, with a way to mend it.
    pub fn hint(mut self, hint: impl Into<Hint>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }
}

/// `facts/2011.yaml:2:5 单位不对`, for those who call the library; staff are shown the line, by [`render::text`].
impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(out, "{}:{}:{} ", place.source.name, place.line(), place.column())?;
        }
        out.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// What a station returns when it cannot go on: all problems found there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(pub Vec<Diagnostic>);

/// One problem a line.
impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Diagnostic::to_string).collect();
        out.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Problems {}

impl From<Diagnostic> for Problems {
    fn from(one: Diagnostic) -> Problems {
        Problems(vec![one])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_errors_that_say_where() {
        let source = Arc::new(Source::new("facts/2011.yaml", "年度: 2011\n总数: 17个\n"));
        let at = source.text.find("17个").unwrap();
        let placed = Diagnostic::error("wrong-unit", "单位不对").at(&Place::new(&source, at..at + 5));
        let problems = Problems(vec![placed, Diagnostic::warning("x", "没有位置")]);
        let error: Box<dyn std::error::Error> = problems.into();
        assert_eq!(error.to_string(), "facts/2011.yaml:2:5 单位不对\n没有位置");
    }
}
