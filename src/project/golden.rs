//! Samples in `golden/`: `报告名-2011.txt`, `.md` or `.marked`, each a report that was approved.

use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use crate::diag::{Act, Diagnostic, Problems};
use crate::diff::view::text::changed_lines;
use crate::output::{self, Format};
use crate::period::Period;
use crate::report::Gaps;

/// What `--bless` writes where there is no sample yet.
const FIRST: [Format; 2] = [Format::Txt, Format::Marked];
/// What a sample may be.
const KINDS: [Format; 3] = [Format::Txt, Format::Md, Format::Marked];

/// A sample and what the project renders now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// File name in `golden/`.
    pub name: String,
    /// What was approved; `None` where there is no file yet.
    pub approved: Option<String>,
    /// What is rendered now.
    pub rendered: String,
}

/// What a comparison says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// To the letter.
    Same,
    /// The lines that differ, readable.
    Differs(String),
}

/// Every sample of a project; with `create`, also one for each report of the newest year where there is none at all.
///
/// # Errors
/// There are no samples, or a sample's report cannot be rendered.
pub fn samples(project: &Project, create: bool) -> Result<Vec<Sample>, Problems> {
    let known = project.texts().iter().filter_map(|(text, _)| match text {
        Text::Sample(name) => Some(name.clone()),
        _ => None,
    });
    let mut names: Vec<String> = known.collect();
    if create && names.is_empty() {
        names = first_names(project)?;
    }
    if names.is_empty() {
        return Err(Diagnostic::error("no-samples", "golden 文件夹里还没有样稿").hint(Act::Bless).into());
    }
    names.into_iter().map(|name| sample(project, name)).collect()
}

/// What samples become where what is rendered now is right.
pub fn edits(project: &Project, samples: &[Sample]) -> Edits {
    let mut edits = Edits::default();
    for sample in samples.iter().filter(|sample| sample.verdict() != Verdict::Same) {
        let bytes = sample.rendered.clone().into_bytes();
        edits.add(project.texts(), Text::Sample(sample.name.clone()), Edited::Bytes(bytes));
    }
    edits
}

/// Report, year and format of `报告名-2011.txt`.
fn parts(name: &str) -> Option<(&str, Period, Format)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let format = Format::of_ending(extension).filter(|format| KINDS.contains(format))?;
    let (report, year) = stem.rsplit_once('-')?;
    Some((report, Period::parse(year)?, format))
}

/// Names for every report and the newest year.
fn first_names(project: &Project) -> Result<Vec<String>, Problems> {
    let year = project.period(None)?;
    let name = |report: &str, format: Format| format!("{report}-{}.{}", year.stem(), format.ending());
    let reports = project.templates()?.names().into_iter();
    Ok(reports.flat_map(|report| FIRST.map(|format| name(report, format))).collect())
}

fn sample(project: &Project, name: String) -> Result<Sample, Problems> {
    let (report, year, format) = parts(&name).ok_or_else(|| {
        Diagnostic::error("wrong-sample-name", format!("看不懂样稿名“{name}”"))
            .hint("样稿名形如 工作汇报-2011.txt")
    })?;
    let document = project.rendered(Some(report), year, Gaps::Refuse)?.document;
    let rendered = output::write(&document, format)
        .map_err(|error| Diagnostic::error("cannot-write", format!("报告没有写成：{error}")))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let approved = project.texts().get(&Text::Sample(name.clone())).map(|stored| text(stored.bytes()));
    let approved = approved.map(|text| text.replace("\r\n", "\n"));
    Ok(Sample { approved, rendered: text(&rendered), name })
}

impl Sample {
    /// How the sample and what is rendered now compare.
    pub fn verdict(&self) -> Verdict {
        let approved = self.approved.as_deref().unwrap_or_default();
        if self.approved.is_some() && approved == self.rendered {
            return Verdict::Same;
        }
        Verdict::Differs(format!("（- 样稿，+ 现在生成）\n{}", changed_lines(approved, &self.rendered)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_report_year_and_format() {
        assert_eq!(parts("政协-汇报-2011.txt"), Some(("政协-汇报", Period::year(2011), Format::Txt)));
        assert_eq!(parts("汇报-2011.docx"), None);
        assert_eq!(parts("README.md"), None);
    }

    #[test]
    fn only_what_changed_is_shown() {
        let sample = Sample {
            name: "a".into(),
            approved: Some("甲\n乙\n丙\n丁\n".into()),
            rendered: "甲\n乙\n丙\n戊\n".into(),
        };
        assert_eq!(sample.verdict(), Verdict::Differs("（- 样稿，+ 现在生成）\n  丙\n- 丁\n+ 戊\n".into()));
    }
}
