//! Workbooks that are handed in as bytes: what each of them is, what it would change, and what is kept of it.

use super::indicator;
use super::mapping::{self, Meant};
use super::stored::Edits;
use super::texts::{Revision, Text};
use super::value::Project;
use super::workbook;
use crate::diag::{Diagnostic, Problems};
use crate::excel::book::{self, Book, Sheet};
use crate::excel::head::How;
use crate::excel::heads::{self, Heads};
use crate::excel::proposal::{Edited, Finding, Proposal};
use crate::excel::{export, ledger, merge, own, view};
use crate::figures::Figures;
use crate::period::Period;

/// A file that is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// Its name, which is shown, hints at what it should be, and is kept as a source.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What is asked beside the files; everything is guessed where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The sheet of a department's workbook.
    pub sheet: Option<String>,
    /// The ledger that its rows go to.
    pub ledger: Option<String>,
    /// The year of the fact file.
    pub year: Option<Period>,
    /// The year that is looked at, where neither that nor the workbook says one.
    pub shown: Option<Period>,
    /// Heads and the columns that they mean; a head with an empty column is not read.
    pub said: Vec<(String, String)>,
    /// Whether rows that the table does not have go away.
    pub replace: bool,
    /// The column that names the rows of a ledger without a 主键.
    pub key: Option<String>,
    /// Whether rows that are not on file are new ones, whatever they resemble.
    pub add: bool,
}

/// What workbooks are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkbookKind {
    /// The project's own workbook.
    Own,
    /// A department's table.
    Table(Table),
    /// Forms that were collected.
    Forms(Forms),
}

/// A department's table: what was chosen of it, and what else can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The sheet.
    pub sheet: String,
    /// Every sheet with content.
    pub sheets: Vec<String>,
    /// The ledger.
    pub ledger: String,
    /// Every ledger.
    pub ledgers: Vec<String>,
    /// Its heads; nothing where none are found.
    pub heads: Option<Heads>,
}

/// Forms that were collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// The ledger that collects.
    pub ledger: String,
    /// The year.
    pub year: Period,
    /// Everybody who was asked, in order, with whether anything came back.
    pub units: Vec<(String, bool)>,
}

/// What came of looking at workbooks; nothing is written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// What they are.
    pub kind: WorkbookKind,
    /// What is to be said of the files themselves.
    pub notes: Vec<Diagnostic>,
    /// What they would change, and what is wrong with it.
    pub proposal: Proposal,
    /// The fact files with the changes; nothing where something blocks.
    pub edited: Vec<Edited>,
    /// What the texts were that all this was held against.
    pub basis: Revision,
}

/// Looks at workbooks. What is wrong with a department's table is a finding that blocks, so that it can be mended by
/// choosing otherwise.
///
/// # Errors
/// A file cannot be read, several are no collected forms, no ledger is there for a table, or the project has errors.
pub fn look(project: &Project, files: &[Handed], asked: &Asked) -> Result<Intake, Problems> {
    let basis = basis(project)?;
    let figures = project.figures(project.period(None)?)?;
    let books: Vec<(String, Result<Book, Diagnostic>)> =
        files.iter().map(|file| (file.name.clone(), book::read(&file.bytes, &file.name))).collect();
    let notes = books.iter().flat_map(|(_, book)| book.iter().flat_map(|book| book.notes.clone())).collect();
    let (kind, mut proposal) = match books.as_slice() {
        [(_, Err(problem))] => return Err(problem.clone().into()),
        [(_, Ok(book))] if own::is_own(book) => (WorkbookKind::Own, own::propose(book, &figures)),
        [(_, Ok(book))] if !own::is_form(book) => {
            let (table, proposal) = table(project, book, &figures, asked)?;
            (WorkbookKind::Table(table), proposal)
        }
        books => collected(project, books, &figures, asked)?,
    };
    let edited = make(project, &mut proposal, &figures)?;
    Ok(Intake { kind, notes, proposal, edited, basis })
}

fn collected(
    project: &Project,
    books: &[(String, Result<Book, Diagnostic>)],
    figures: &Figures,
    asked: &Asked,
) -> Result<(WorkbookKind, Proposal), Problems> {
    let said = &project.settings()?.collections;
    let wanted = merge::Asked { wanted: asked.ledger.as_deref(), year: asked.year, units: None, said };
    let merged = merge::merge(books, figures, wanted)?;
    let forms = Forms { ledger: merged.ledger, year: merged.year, units: merged.units };
    Ok((WorkbookKind::Forms(forms), merged.proposal))
}

/// The changes made on the texts, as the project's settings want them checked; nothing where something blocks.
///
/// # Errors
/// The settings have errors.
pub fn make(project: &Project, proposal: &mut Proposal, figures: &Figures) -> Result<Vec<Edited>, Problems> {
    Ok(proposal.make(figures.facts(), project.settings()?.swing))
}

/// What a department's table would change, with what its heads were said to mean before.
///
/// # Errors
/// As [`ledger::propose`], or the saved mapping has errors.
pub fn department(
    project: &Project,
    book: &Book,
    figures: &Figures,
    asked: &ledger::Asked<'_>,
) -> Result<Proposal, Problems> {
    let saved = saved(project, asked.ledger)?;
    ledger::propose(book, figures, &ledger::Asked { saved: &saved, ..asked.clone() })
}

fn saved(project: &Project, ledger: &str) -> Result<Vec<(String, String)>, Problems> {
    let known = project.mapping()?.into_iter().filter(|meant| meant.ledger == ledger);
    Ok(known.map(|meant| (meant.head, meant.column)).collect())
}

fn table(
    project: &Project,
    book: &Book,
    figures: &Figures,
    asked: &Asked,
) -> Result<(Table, Proposal), Problems> {
    let filled: Vec<&Sheet> = book.sheets.iter().filter(|sheet| !sheet.is_empty() && !sheet.hidden).collect();
    let year = asked.year.or(asked.shown).unwrap_or(figures.period());
    let ledgers = export::ledger_paths(figures, year);
    let (Some(first), Some(any)) = (filled.first(), ledgers.first()) else {
        return Err(if filled.is_empty() { book.chosen(None).err() } else { Some(no_ledger()) }
            .unwrap_or_else(no_ledger)
            .into());
    };
    let (sheet, ledger) = best(figures, &filled, &ledgers, asked).unwrap_or((&first.name, any));
    let saved = saved(project, ledger)?;
    let wanted = ledger::Asked {
        ledger,
        year: asked.year,
        shown: asked.shown,
        sheet: Some(sheet),
        said: &asked.said,
        saved: &saved,
        replace: asked.replace,
        key: asked.key.as_deref(),
        add: asked.add,
    };
    let proposal = ledger::propose(book, figures, &wanted).unwrap_or_else(|problems| blocked(&problems));
    let table = Table {
        sheet: sheet.to_owned(),
        sheets: filled.iter().map(|sheet| sheet.name.clone()).collect(),
        ledger: ledger.to_owned(),
        heads: heads::heads(book, figures, &wanted).ok(),
        ledgers: ledgers.clone(),
    };
    Ok((table, proposal))
}

fn no_ledger() -> Diagnostic {
    Diagnostic::error("no-ledger", "项目里还没有台账，不知道把表里的行放到哪里")
        .hint("请先登记一个类型是“台账”的指标，写明有哪些列，再导入")
}

fn blocked(problems: &Problems) -> Proposal {
    let mut proposal = Proposal::default();
    proposal.findings.extend(problems.0.iter().map(|problem| Finding::blocking("", problem.clone())));
    proposal
}

/// The sheet and the ledger that fit best among those that are not said; earlier ones where several fit as well, and
/// of sheets rather one that bears the year.
fn best<'b>(
    figures: &Figures,
    sheets: &[&'b Sheet],
    ledgers: &'b [String],
    asked: &'b Asked,
) -> Option<(&'b str, &'b str)> {
    let may = |said: &Option<String>, name: &str| said.as_deref().is_none_or(|said| said == name);
    let year = asked.year.or(asked.shown).unwrap_or(figures.period()).stem();
    let mut pairs = Vec::new();
    for sheet in sheets.iter().filter(|sheet| may(&asked.sheet, &sheet.name)) {
        for ledger in ledgers.iter().filter(|ledger| may(&asked.ledger, ledger)) {
            let score = (heads::fit(sheet, figures, ledger), sheet.name.contains(&year));
            pairs.push((score, sheet.name.as_str(), ledger.as_str()));
        }
    }
    // Of equals the last one would be taken, hence from behind.
    let best = pairs.into_iter().rev().max_by_key(|(score, ..)| *score);
    best.map(|(_, sheet, ledger)| (sheet, ledger))
}

/// How a head came to mean a column, in words for staff; nothing where it bears the column's name.
pub fn how(how: How) -> &'static str {
    match how {
        How::Named => "",
        How::Saved => "照上次或您选的",
        How::Guessed => "名称相近，请核对",
    }
}

/// Whether a head was taken for a column by a name that is only nearly the same.
pub fn is_guess(how: How) -> bool {
    how == How::Guessed
}

/// What the texts are that a workbook is held against: the registry, every year, the settings, and the saved mapping.
///
/// # Errors
/// One of them cannot be read.
pub fn basis(project: &Project) -> Result<Revision, Problems> {
    let mut all = String::new();
    let used = |text: &Text| matches!(text, Text::Registry | Text::Year(_) | Text::Settings);
    for (text, stored) in project.texts().iter().filter(|(text, _)| used(text)) {
        all.push_str(&format!("{} {}\n", text.id(), stored.revision().as_str()));
    }
    for meant in project.mapping()? {
        all.push_str(&format!("{} {} {}\n", meant.ledger, meant.head, meant.column));
    }
    Ok(Revision::of(all.as_bytes()))
}

/// What a workbook changes as edits of the project: the fact files, what heads were said or guessed to mean, and the
/// column that names the rows from now on.
///
/// # Errors
/// A fact file was changed meanwhile, or the saved mapping has errors.
pub fn edits(project: &Project, edited: &[Edited], proposal: &Proposal) -> Result<Edits, Problems> {
    let meant = proposal.mapping.iter().map(|(ledger, head, column)| Meant {
        ledger: ledger.clone(),
        head: head.clone(),
        column: column.clone(),
    });
    let mut edits = mapping::edits(project.texts(), &meant.collect::<Vec<_>>())?;
    if let Some((ledger, column)) = &proposal.key {
        edits.join(indicator::keyed(project, ledger, column)?);
    }
    edits.join(workbook::edits(project, edited)?);
    Ok(edits)
}

/// What the registry adds up of a ledger now: the indicator, and its figure or why there is none.
///
/// # Errors
/// The project has errors.
pub fn sums(project: &Project, ledger: &str, year: Period) -> Result<Vec<(String, String)>, Problems> {
    Ok(view::sums(&project.figures(year)?, ledger, year))
}

/// The workbook of a year's facts.
///
/// # Errors
/// The project has errors, or the workbook cannot be written.
pub fn exported(project: &Project, year: Period) -> Result<Vec<u8>, Problems> {
    let figures = project.figures(year)?;
    Ok(export::workbook(&figures, &[year])?)
}
