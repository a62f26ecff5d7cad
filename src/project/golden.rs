//! Samples in `golden/`: `报告名-2011.txt`, `.md` or `.marked`, each a report that was approved.

use std::path::Path;

use crate::diag::{Diagnostic, Problems};
use crate::diff::view::text::changed_lines;
use crate::facts::{self, Facts};
use crate::figures;
use crate::output::{self, Format};
use crate::period::Period;
use crate::report::{self, Gaps};
use crate::template::{self, Templates};

const FOLDER: &str = "golden";
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

/// Every sample of a project; with `create`, also one for each report and year that has none.
///
/// # Errors
/// There are no samples, a sample's report cannot be rendered, or its name is not understood.
pub fn samples(project: &Path, create: bool) -> Result<Vec<Sample>, Problems> {
    let templates = template::load(project)?;
    let mut names = on_file(&project.join(FOLDER));
    if create && names.is_empty() {
        names = first_names(project, &templates)?;
        std::fs::create_dir_all(project.join(FOLDER)).map_err(|_| {
            Diagnostic::error("cannot-create-folder", "不能建立 golden 文件夹").hint("请检查项目文件夹的权限")
        })?;
    }
    if names.is_empty() {
        return Err(Diagnostic::error("no-samples", "golden 文件夹里还没有样稿")
            .hint("先看一遍生成的报告，确认无误后用 huibao golden --bless 存成样稿")
            .into());
    }
    names.into_iter().map(|name| sample(project, &templates, name)).collect()
}

/// Files named like a sample, sorted; other things in the folder are left alone.
fn on_file(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.retain(|name| parts(name).is_some());
    names.sort();
    names
}

/// Report, year and format of `报告名-2011.txt`.
fn parts(name: &str) -> Option<(&str, Period, Format)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let format = Format::of_ending(extension).filter(|format| KINDS.contains(format))?;
    let (report, year) = stem.rsplit_once('-')?;
    Some((report, Period::parse(year)?, format))
}

/// Names for every report and the newest year.
fn first_names(project: &Path, templates: &Templates) -> Result<Vec<String>, Problems> {
    let year = facts::load(project, None)?.year;
    let name = |report: &str, format: Format| format!("{report}-{}.{}", year.stem(), format.ending());
    let reports = templates.names().into_iter();
    Ok(reports.flat_map(|report| FIRST.map(|format| name(report, format))).collect())
}

fn sample(project: &Path, templates: &Templates, name: String) -> Result<Sample, Problems> {
    let (report, year, format) = parts(&name).ok_or_else(|| {
        Diagnostic::error("wrong-sample-name", format!("看不懂样稿名“{name}”"))
            .hint("样稿名形如 工作汇报-2011.txt")
    })?;
    let rendered = render(facts::load(project, Some(year))?, templates, report, format)?;
    let approved = std::fs::read_to_string(project.join(FOLDER).join(&name)).ok();
    Ok(Sample { approved: approved.map(|text| text.replace("\r\n", "\n")), rendered, name })
}

fn render(facts: Facts, templates: &Templates, report: &str, format: Format) -> Result<String, Problems> {
    let figures = figures::compute(facts)?;
    let document = report::of(templates, report, &figures, Gaps::Refuse)?.document;
    let bytes = output::write(&document, format)
        .map_err(|error| Diagnostic::error("cannot-write", format!("报告没有写成：{error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
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
