//! What came back from villages or offices, put together: a row of the ledger for each of them, every number with the
//! file and cell it came from.

mod odd;
mod read;
mod write;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::book::Book;
use super::form::{Asking, Collection};
use super::keys::SheetKey;
use super::own;
use super::proposal::{Finding, Proposal};
use crate::diag::{Act, Choice, Diagnostic, Level, Problems};
use crate::figures::Figures;
use crate::period::Period;

/// What is asked of a merge.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The ledger or 名单 that collects, where the files themselves do not say it.
    pub wanted: Option<&'a str>,
    /// Another 名单 of those who were asked.
    pub units: Option<&'a str>,
    /// The year, where the files do not say it.
    pub year: Option<Period>,
    /// What the project says of its collections.
    pub said: &'a [Asking],
}

/// A number as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The words of the fact.
    pub text: String,
    /// The village's own remark.
    pub note: String,
    /// `各村/东湾村.xlsx 指标!C5`.
    pub at: String,
}

/// The form of one village as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The village.
    pub unit: String,
    /// The file, and the sheet.
    pub file: String,
    /// Numbers by column of the ledger; what is blank or cannot be read is left out.
    pub given: IndexMap<String, Given>,
    /// Columns that nothing was filled in for.
    pub blank: Vec<String>,
    /// Columns whose numbers cannot be read.
    pub refused: Vec<String>,
}

impl Form {
    /// Whether nothing was filled in, not even what cannot be read.
    fn is_empty(&self) -> bool {
        self.given.is_empty() && self.refused.is_empty()
    }
}

/// What came back, and what it would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The ledger that collects.
    pub ledger: String,
    /// The year.
    pub year: Period,
    /// Everybody who was asked, in order, with whether anything came back.
    pub units: Vec<(String, bool)>,
    /// The changes.
    pub proposal: Proposal,
}

impl Merged {
    /// Who has not returned the form.
    pub fn missing(&self) -> Vec<&str> {
        self.units.iter().filter(|(_, returned)| !returned).map(|(unit, _)| unit.as_str()).collect()
    }
}

/// Puts together what came back. A file that could not be read is remarked like everything else.
///
/// # Errors
/// No file can be read or is a form, forms of several collections are mixed, or the ledger is not registered any more.
pub fn merge(
    files: &[(String, Result<Book, Diagnostic>)],
    figures: &Figures,
    asked: Asked<'_>,
) -> Result<Merged, Problems> {
    let mut proposal = Proposal::default();
    let mut books = Vec::new();
    for (name, file) in files {
        match file {
            Ok(book) => books.push((name, book)),
            Err(problem) => proposal.findings.push(Finding::remark("", problem.clone())),
        }
    }
    if books.is_empty() {
        return Err(Problems(proposal.findings.into_iter().map(|finding| finding.problem).collect()));
    }
    let (wanted, year) = subject(&books, figures, asked)?;
    let collection = Collection::of(figures, year, &wanted, asked.units, asked.said)?;
    let mut forms = Vec::new();
    for (name, book) in books {
        let read = read::forms(name, book, &collection, &mut proposal.findings);
        if read.is_empty() {
            let message = format!("“{name}”不是“{}”的采集表，没有读", collection.ledger.path);
            let hint = Act::HandOut { or_name: false };
            proposal.findings.push(Finding::remark("", Diagnostic::error("not-a-form", message).hint(hint)));
        }
        forms.extend(read);
    }
    let returned = by_unit(forms, &collection, &mut proposal.findings);
    odd::remark(figures, &collection, &returned, &mut proposal.findings);
    let units: Vec<(String, bool)> =
        collection.units.iter().map(|unit| (unit.clone(), returned.contains_key(unit))).collect();
    if !returned.is_empty() {
        write::propose(&mut proposal, figures, &collection, &returned);
    }
    Ok(Merged { ledger: collection.ledger.path.clone(), year, units, proposal })
}

/// The ledger and the year that the forms are for.
fn subject(
    books: &[(&String, &Book)],
    figures: &Figures,
    asked: Asked<'_>,
) -> Result<(String, Period), Diagnostic> {
    let sheets = books.iter().flat_map(|(_, book)| &book.sheets);
    let mut subjects: Vec<(String, Period)> = sheets
        .filter_map(|sheet| match own::page(sheet)?.0 {
            SheetKey::Form { ledger, year, .. } => Some((ledger, year)),
            _ => None,
        })
        .collect();
    subjects.sort();
    subjects.dedup();
    let fits = |(ledger, year): &(String, Period)| {
        asked.year.is_none_or(|wanted| wanted == *year)
            && asked
                .wanted
                .is_none_or(|wanted| wanted == ledger || !subjects.iter().any(|(other, _)| other == wanted))
    };
    let fitting: Vec<(String, Period)> = subjects.iter().filter(|one| fits(one)).cloned().collect();
    match (fitting.as_slice(), asked.wanted) {
        ([only], _) => Ok(only.clone()),
        ([], Some(wanted)) => Ok((wanted.to_owned(), asked.year.unwrap_or(figures.period()))),
        ([], None) => {
            Err(Diagnostic::error("no-form", "这些文件里没有采集表").hint(Act::HandOut { or_name: true }))
        }
        _ => {
            let names: Vec<String> = fitting.iter().map(|(ledger, year)| format!("{year}{ledger}")).collect();
            Err(Diagnostic::error(
                "several-collections",
                format!("这些文件是几次采集的：{}", names.join("、")),
            )
            .hint(Act::Choose { what: Choice::Collection, of: names }))
        }
    }
}

/// One form a village: what came back twice counts where both say the same.
fn by_unit(
    forms: Vec<Form>,
    collection: &Collection<'_>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Form> {
    let mut returned: BTreeMap<String, Form> = BTreeMap::new();
    for form in forms {
        if !collection.units.contains(&form.unit) {
            let message = format!("“{}”不在名单里，没有读", form.unit);
            let problem = Diagnostic::error("unknown-unit", message);
            let hint = "请核对名称；确实要收的，请先把它写进名单";
            findings.push(Finding::remark(&form.file, problem.hint(hint)));
            continue;
        }
        if form.is_empty() {
            let problem = Diagnostic::warning("empty-form", format!("“{}”的表是空的，算没有交", form.unit));
            findings.push(Finding::remark(&form.file, problem.hint("请催填后再汇总一次")));
            continue;
        }
        match returned.get_mut(&form.unit) {
            None => drop(returned.insert(form.unit.clone(), form)),
            Some(first) => twice(first, form, findings),
        }
    }
    for form in returned.values().filter(|form| !form.blank.is_empty()) {
        let message = format!("“{}”还有{}项没有填：{}", form.unit, form.blank.len(), form.blank.join("、"));
        findings.push(Finding::remark(
            &form.file,
            Diagnostic::warning("blank", message).hint("请催填后再汇总一次"),
        ));
    }
    returned
}

/// The same village again: what one of the two says counts, what they say differently does not.
fn twice(first: &mut Form, second: Form, findings: &mut Vec<Finding>) {
    let mut differs = false;
    for (column, given) in second.given {
        match first.given.get(&column) {
            None => {
                first.blank.retain(|blank| *blank != column);
                first.given.insert(column, given);
            }
            Some(other) if other.text == given.text => {}
            Some(other) => {
                differs = true;
                let message = format!(
                    "“{}”的“{column}”有两个数：{}（{}）和{}",
                    first.unit, other.text, other.at, given.text
                );
                let problem = Diagnostic::error("contradiction", message);
                findings.push(Finding::remark(
                    &given.at,
                    problem.hint("请核实哪个对，只留一份，再汇总一次；现在没有写"),
                ));
                first.given.shift_remove(&column);
            }
        }
    }
    if !differs {
        let message = format!("“{}”交了两份，内容不矛盾，另一份是“{}”", first.unit, first.file);
        findings.push(Finding::remark(&second.file, Diagnostic::new("duplicate", Level::Hint, message)));
    }
}
