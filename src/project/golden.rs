//! Samples in `golden/`: `报告名-2011.txt`, `.md` or `.marked`, each a report that was approved. They are held against
//! what today's facts and templates give; a year that was issued stays as it was.

use std::collections::BTreeSet;

use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use crate::diag::{Act, Diagnostic, Problems};
use crate::diff::view::text::changed_lines;
use crate::output::{self, Format};
use crate::period::Period;
use crate::report::Gaps;

/// What `--bless` writes for a report without samples.
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
    pub rendered: Result<String, Problems>,
    /// Whether the report of that year was issued.
    pub issued: bool,
}

/// What a comparison says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// To the letter.
    Same,
    /// It is another, and the report of that year was issued: it is not to follow.
    Issued,
    /// There is none yet, and the report does not come out.
    Unfinished,
    /// The lines that differ, readable.
    Differs(String),
}

/// Every sample of a project; with `create`, also those that reports of the newest year, and of years with
/// samples, do not have yet.
///
/// # Errors
/// There are no samples, or a sample's report cannot be rendered.
pub fn samples(project: &Project, create: bool) -> Result<Vec<Sample>, Problems> {
    let mut names: BTreeSet<String> = on_file(project);
    if create {
        names.extend(missing(project, &names)?);
    }
    if names.is_empty() {
        return Err(Diagnostic::error("no-samples", "golden 文件夹里还没有样稿").hint(Act::Bless).into());
    }
    names.into_iter().map(|name| sample(project, name)).collect()
}

/// What samples become where what is rendered now is right.
pub fn edits(project: &Project, samples: &[Sample]) -> Edits {
    let mut edits = Edits::default();
    for sample in samples.iter().filter(|sample| matches!(sample.verdict(), Verdict::Differs(_))) {
        let bytes = sample.rendered.clone().unwrap_or_default().into_bytes();
        edits.add(project.texts(), Text::Sample(sample.name.clone()), Edited::Bytes(bytes));
    }
    edits
}

/// Files named like a sample; other things in the folder are left alone.
fn on_file(project: &Project) -> BTreeSet<String> {
    let name = |text: &Text| match text {
        Text::Sample(name) => Some(name.clone()),
        _ => None,
    };
    project.texts().iter().filter_map(|(text, _)| name(text)).collect()
}

/// Report, year and format of `报告名-2011.txt`.
fn parts(name: &str) -> Option<(&str, Period, Format)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let format = Format::of_ending(extension).filter(|format| KINDS.contains(format))?;
    let (report, year) = stem.rsplit_once('-')?;
    Some((report, Period::parse(year)?, format))
}

/// Names that are not there yet, of every report, for the newest year and every year with samples.
fn missing(project: &Project, names: &BTreeSet<String>) -> Result<Vec<String>, Problems> {
    let known: Vec<(&str, Period, Format)> = names.iter().filter_map(|name| parts(name)).collect();
    let mut years: BTreeSet<Period> = known.iter().map(|(_, year, _)| *year).collect();
    years.insert(project.period(None)?);
    let mut missing = Vec::new();
    for report in project.templates()?.names() {
        let own = names.iter().filter(|name| parts(name).is_some_and(|(of, ..)| of == report));
        let mut endings: BTreeSet<&str> = own.filter_map(|name| Some(name.rsplit_once('.')?.1)).collect();
        if endings.is_empty() {
            endings.extend(FIRST.map(Format::ending));
        }
        let settings = project.settings()?;
        for year in years.iter().filter(|year| settings.is_written_of(report, **year)) {
            missing.extend(endings.iter().map(|ending| format!("{report}-{}.{ending}", year.stem())));
        }
    }
    missing.retain(|name| !names.contains(name));
    Ok(missing)
}

fn sample(project: &Project, name: String) -> Result<Sample, Problems> {
    let (report, year, format) = parts(&name).ok_or_else(|| {
        Diagnostic::error("wrong-sample-name", format!("看不懂样稿名“{name}”"))
            .hint("样稿名形如 工作汇报-2011.txt")
    })?;
    let issued = project.issued_reports(year).any(|issued| issued == report);
    let approved = match project.texts().get(&Text::Sample(name.clone())) {
        Some(stored) => Some(stored.source()?.text.replace("\r\n", "\n")),
        None => None,
    };
    let rendered = render(project, report, year, format);
    match rendered {
        Err(problems) if approved.is_some() && !issued => Err(problems),
        rendered => Ok(Sample { approved, rendered, issued, name }),
    }
}

fn render(project: &Project, report: &str, year: Period, format: Format) -> Result<String, Problems> {
    let document = project.rendered(Some(report), year, Gaps::Refuse)?.document;
    let bytes = output::write(&document, format)
        .map_err(|error| Diagnostic::error("cannot-write", format!("报告没有写成：{error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Sample {
    /// How the sample and what is rendered now compare.
    pub fn verdict(&self) -> Verdict {
        let (approved, rendered) = match (&self.approved, &self.rendered) {
            (Some(approved), Ok(rendered)) if approved == rendered => return Verdict::Same,
            (Some(_), _) if self.issued => return Verdict::Issued,
            (_, Err(_)) => return Verdict::Unfinished,
            (approved, Ok(rendered)) => (approved.as_deref().unwrap_or_default(), rendered),
        };
        Verdict::Differs(format!("（- 样稿，+ 现在生成）\n{}", changed_lines(approved, rendered)))
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
        assert_eq!(parts("汇报-2011.定稿.md"), None, "a report that was issued is no sample");
    }

    #[test]
    fn only_what_changed_is_shown() {
        let sample = Sample {
            name: "a".into(),
            approved: Some("甲\n乙\n丙\n丁\n".into()),
            rendered: Ok("甲\n乙\n丙\n戊\n".into()),
            issued: false,
        };
        assert_eq!(sample.verdict(), Verdict::Differs("（- 样稿，+ 现在生成）\n  丙\n- 丁\n+ 戊\n".into()));
        assert_eq!(Sample { issued: true, ..sample }.verdict(), Verdict::Issued);
    }
}
