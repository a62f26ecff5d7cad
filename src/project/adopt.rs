//! What a project holds that is made from a report that was imported.

use jiff::civil::Date;

use super::founding::NewFile;
use super::issued;
use super::review::workbook;
use super::texts::Text;
use crate::diag::Diagnostic;
use crate::document::Origin;
use crate::facts;
use crate::import::Draft;
use crate::import::review::Review;
use crate::output::{self, Format};
use crate::period::Period;

const REGISTRY_HEAD: &str = "\
# 口径表：一行一个指标，写明类型、单位；口径是原报告里的话，可以改。
# 时期是一段时间里做了多少，可以几年相加；时点是到某一天有多少，不能相加。

";
/// The page of what is to be gone through.
pub const REVIEW: &str = "导入核对.md";
const GUIDE: &str = include_str!("starter/使用说明.txt");

/// Where a report was taken from, and when.
#[derive(Debug, Clone, Copy)]
pub struct From<'f> {
    /// The name of the file.
    pub file: &'f str,
    /// The day, for a report that bears none.
    pub today: Date,
}

/// Every file of the project.
///
/// # Errors
/// Only for lack of memory.
pub fn contents(draft: &Draft, review: &Review, from: From<'_>) -> Result<Vec<NewFile>, Diagnostic> {
    let mut files = vec![
        ("使用说明.txt".to_owned(), GUIDE.as_bytes().to_vec()),
        ("facts/指标.yaml".to_owned(), format!("{REGISTRY_HEAD}{}", draft.facts.registry()).into_bytes()),
    ];
    let mut years: Vec<Period> = draft.facts.years.keys().copied().collect();
    if !years.contains(&draft.year) {
        years.push(draft.year);
    }
    for year in years {
        files.push((facts::file(year), draft.facts.year(year).into_bytes()));
    }
    files.push((format!("templates/{}.hbs", draft.name), draft.template.clone().into_bytes()));
    let sample = output::write(&draft.document, Format::Txt)
        .map_err(|_| Diagnostic::error("cannot-write", "样稿没有写成").hint("请检查磁盘和权限"))?;
    files.push((format!("golden/{}-{}.txt", draft.name, draft.year.stem()), sample));
    let origin = Origin { template: draft.name.clone(), year: draft.year };
    let issued = issued::taken_in(&draft.proven, origin, from.file, from.today);
    files.push((Text::Issued(draft.name.clone(), draft.year).name(), issued.into_bytes()));
    files.push((REVIEW.to_owned(), review.to_md(REVIEW).into_bytes()));
    files.push((REVIEW.replace(".md", ".xlsx"), workbook(&review.items)?));
    Ok(files)
}
