//! Which year and which report somebody means who names them in a word or two.

use std::collections::BTreeSet;

use super::texts::Text;
use super::value::Project;
use crate::diag::{Diagnostic, Problems};
use crate::period::Period;
use crate::report::Gaps;

/// A year and a report, as far as they were named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The year.
    pub year: Option<Period>,
    /// The report.
    pub report: Option<String>,
}

impl Project {
    /// What words name, in any order: `2025 工作汇报`, `工作汇报`, `汇报 2025`.
    ///
    /// # Errors
    /// A word names neither, or several reports; or there are two of a kind.
    pub fn asked(&self, words: &[String]) -> Result<Asked, Diagnostic> {
        let mut asked = Asked::default();
        for word in words {
            let twice = match (Period::read(word), self.report_called(word)?) {
                (Some(year), None) => asked.year.replace(year).is_some(),
                (_, Some(report)) => asked.report.replace(report).is_some(),
                (None, None) => return Err(self.unknown(word)),
            };
            if twice {
                return Err(
                    Diagnostic::error("asked-twice", format!("“{word}”多了一个")).hint("年度、报告各写一个")
                );
            }
        }
        Ok(asked)
    }

    /// The report that a word names: by its whole name, or by a part that no other has.
    ///
    /// # Errors
    /// Several reports have this part.
    pub fn report_called(&self, word: &str) -> Result<Option<String>, Diagnostic> {
        let names = self.report_names();
        if names.contains(word) {
            return Ok(Some(word.to_owned()));
        }
        let fitting: Vec<&String> =
            names.iter().filter(|name| !word.is_empty() && name.contains(word)).collect();
        match fitting.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some((*only).clone())),
            several => {
                let of: Vec<&str> = several.iter().map(|name| name.as_str()).collect();
                let message = format!("名称里有“{word}”的报告有{}个，不知道是哪一个", of.len());
                Err(Diagnostic::error("which-report", message)
                    .hint(format!("请写全其中一个的名称：{}", of.join("、"))))
            }
        }
    }

    /// The names of all reports: of those that are made here and of those that were issued.
    fn report_names(&self) -> BTreeSet<String> {
        let made = self.templates().map(|templates| templates.names()).unwrap_or_default();
        let issued = self.texts().iter().filter_map(|(text, _)| match text {
            Text::Issued(name, _) => Some(name.as_str()),
            _ => None,
        });
        made.into_iter().chain(issued).map(str::to_owned).collect()
    }

    /// Says that a word names nothing; where the templates cannot be read, that.
    fn unknown(&self, word: &str) -> Diagnostic {
        let unread = self.templates().err().and_then(|problems| problems.0.first().cloned());
        if let Some(problem) = unread {
            return problem;
        }
        let names = Vec::from_iter(self.report_names());
        let known = if names.is_empty() {
            "还没有报告".to_owned()
        } else {
            format!("有这些报告：{}", names.join("、"))
        };
        Diagnostic::error("unknown-report", format!("没有“{word}”这个年度，也没有这个报告"))
            .hint(format!("年度写成 2025、2025上半年、2025年6月 这样；{known}"))
    }

    /// Of several reports the only one that this year's facts are printed in; nothing where that is not one.
    pub(super) fn obvious(&self, of: Period) -> Result<Option<String>, Problems> {
        let templates = self.templates()?;
        let speaks = |name: &&str| {
            let report = self.rendered(Some(name), of, Gaps::Show);
            report.is_ok_and(|report| {
                report.document.trails.iter().any(|trail| trail.facts.iter().any(|fact| fact.year == of))
            })
        };
        let settings = self.settings()?;
        let written = |name: &&str| settings.is_written_of(name, of);
        let mut speaking = templates.names().into_iter().filter(written).filter(speaks);
        Ok(speaking.next().filter(|_| speaking.next().is_none()).map(str::to_owned))
    }
}
