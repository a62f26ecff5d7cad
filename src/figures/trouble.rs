//! Why there is no figure, in words for the staff.

use crate::diag::{Act, Diagnostic, Hint};
use crate::facts;
use crate::period::Period;
use crate::zh::number::Mismatch;

/// The rule of a trouble that was said already; it is never shown.
const TOLD: &str = "told";

/// Why there is no figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{diagnostic}")]
pub struct Trouble {
    /// What to say; without a place, the caller knows it.
    pub diagnostic: Box<Diagnostic>,
    /// Facts to fill in, where that is all that is missing: path and year.
    pub missing: Vec<(String, Period)>,
}

impl Trouble {
    /// Something is wrong that filling in facts does not mend.
    pub fn wrong(rule: &'static str, message: impl Into<String>, hint: impl Into<Hint>) -> Trouble {
        let diagnostic = Diagnostic::error(rule, message).hint(hint);
        Trouble { diagnostic: Box::new(diagnostic), missing: Vec::new() }
    }

    /// A fact is there and says nothing: printed, it would be a hole in the sentence.
    pub fn empty(path: &str, year: Period) -> Trouble {
        let message = format!("{year}的“{path}”是空的，写进句子就是一处空白");
        let hint = match path.contains(['[', '（']) {
            true => "请在台账里填上这一格；确实没有时，模板里用 {{#if 行.列名}}…{{/if}} 跳过".to_owned(),
            false => {
                format!("请填写；确实没有时，模板里用 {{{{#if {path}}}}}…{{{{else}}}}…{{{{/if}}}} 另写一句")
            }
        };
        let diagnostic = Box::new(Diagnostic::error("empty-fact", message).hint(hint));
        Trouble { diagnostic, missing: vec![(path.to_owned(), year)] }
    }

    /// What was said of an inner call already: `instead` is what stands in its place.
    pub fn told(instead: &str) -> Trouble {
        Trouble { diagnostic: Box::new(Diagnostic::error(TOLD, instead)), missing: Vec::new() }
    }

    /// What stands in the place of something that was said already.
    pub fn instead(&self) -> Option<&str> {
        Some(self.diagnostic.message.as_str()).filter(|_| self.diagnostic.rule == TOLD)
    }

    /// A fact is blank or absent in a year.
    pub fn missing(path: &str, year: Period) -> Trouble {
        let diagnostic = Diagnostic::error("missing-fact", format!("缺少{year}的“{path}”"))
            .hint(Act::Draft { path: path.to_owned(), year });
        Trouble { diagnostic: Box::new(diagnostic), missing: vec![(path.to_owned(), year)] }
    }
}

/// Two amounts that do not go together, in words.
pub fn mismatch(path: &str, mismatch: &Mismatch) -> Trouble {
    let (rule, what, hint) = match mismatch {
        Mismatch::Units(..) => {
            ("unit-mismatch", "的", "请在事实文件里统一单位（万元与元之间会自动换算，名与元不会）")
        }
        Mismatch::Overflow => ("too-large", "", "请检查事实文件里的数字是否多写了零"),
        Mismatch::Vague => ("too-vague", "", "请在事实文件里填写准确数，或者不写这个差"),
    };
    Trouble::wrong(rule, format!("“{path}”{what}{mismatch}"), hint)
}

/// A window of years in which facts are missing.
pub(super) fn missing_years(path: &str, words: &str, missing: Vec<(String, Period)>) -> Trouble {
    let years: Vec<String> = missing.iter().map(|(_, year)| year.words()).collect();
    let files: Vec<String> = missing.iter().map(|(_, year)| facts::file(*year)).collect();
    let message = format!("{words}的“{path}”算不出来：缺{}", years.join("、"));
    let diagnostic = Diagnostic::error("missing-year", message)
        .hint(format!("请在 {} 填写“{path}”，或缩短时段", files.join("、")));
    Trouble { diagnostic: Box::new(diagnostic), missing }
}
