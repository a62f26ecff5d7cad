//! 导入核对 at work: what staff decide about a fact that was found is done in the project and noted in the table in
//! one step, so that an interruption loses nothing.

use std::path::Path;

use rust_decimal::Decimal;

use super::amend::Amended;
use super::filled::{self, Page};
use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use super::{draft, issued, report_table, workbook as books, years_of};
use crate::diag::{Act, Diagnostic, Problems};
use crate::excel;
use crate::facts::Facts;
use crate::facts::registry::IndicatorKind;
use crate::files;
use crate::import::review::{COLUMNS, DONE, Decision, GONE, Item, Review, rows_of, rows_of_cells};
use crate::input::Read;
use crate::period::Period;
use crate::sheet::{Book, Cell, Column};

/// What a table that was accepted says.
const RIGHT: &str = "对";
/// What one says that is no fact.
const NO: &str = "不是";
/// Workbooks that a table may be filled in.
const BOOKS: [&str; 4] = ["xlsx", "xls", "ods", "csv"];
/// Widths of the columns of the workbook, in half-width characters.
const WIDTHS: [u16; 9] = [6, 24, 7, 14, 44, 26, 20, 30, 8];

/// A table that is being gone through, with what was decided and is not written yet.
#[derive(Clone)]
pub struct Session {
    amended: Amended,
    page: Page,
    /// Its rows.
    pub items: Vec<Item>,
}

impl Session {
    fn open(project: &Project, page: Page) -> Result<Session, Problems> {
        let session = Session { amended: Amended::of(project)?, page, items: Vec::new() };
        let read = session.read()?;
        let mut items = rows_of(&read.document).map_err(|what| wrong(&session.name(), what))?;
        let facts = session.amended.project().facts()?;
        for item in items.iter_mut().filter(|item| item.verdict.is_empty()) {
            if !knows(facts, &item.path) {
                item.verdict = GONE.to_owned();
            }
        }
        Ok(Session { items, ..session })
    }

    /// The names of the rows that nothing is called any more.
    pub fn gone(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter(|item| item.verdict == GONE).map(|item| item.path.as_str())
    }

    /// The newest page of a project: that of its only or last import.
    ///
    /// # Errors
    /// There is none, or its table cannot be read.
    pub fn newest(project: &Project) -> Result<Session, Problems> {
        let pages = project.texts().iter().filter_map(|(text, _)| match text {
            Text::Review(year) => Some(*year),
            _ => None,
        });
        let changed = |year: &Option<Period>| {
            let path = Text::Review(*year).path(project.place());
            std::fs::metadata(path).and_then(|about| about.modified()).ok()
        };
        match pages.max_by_key(|year| (changed(year), *year)) {
            Some(year) => Session::open(project, Page::Own(year)),
            None => Err(Diagnostic::error("no-review", "这个项目里没有导入核对表").hint(Act::Import).into()),
        }
    }

    /// The first row from `from` on that somebody should still look at.
    pub fn next(&self, from: usize) -> Option<usize> {
        (from..self.items.len()).find(|index| self.items[*index].is_open())
    }

    /// How many rows are open.
    pub fn left(&self) -> usize {
        self.items.iter().filter(|item| item.is_open()).count()
    }

    /// With what was decided about a row done and noted.
    ///
    /// # Errors
    /// It cannot be done.
    pub fn decided(&self, index: usize, decisions: &[Decision]) -> Result<Session, Problems> {
        let mut next = self.clone();
        carry_out(&mut next.amended, &mut next.items[index], decisions)?;
        let (old, now) = (&self.items[index].path, next.items[index].clone());
        let taken_back = decisions.contains(&Decision::NotFact);
        // Other rows of the same indicator follow, and those of its columns.
        for item in &mut next.items {
            match item.path.strip_prefix(old.as_str()) {
                Some("") => item.path.clone_from(&now.path),
                Some(column) if column.starts_with('.') && taken_back => item.verdict = NO.to_owned(),
                Some(column) if column.starts_with('.') => item.path = format!("{}{column}", now.path),
                _ => {}
            }
        }
        Ok(next)
    }

    /// Everything that was decided, with the page and the workbook beside it, as edits of the project.
    ///
    /// # Errors
    /// The page cannot be read.
    pub fn edits(&self) -> Result<Edits, Problems> {
        let mut edits = self.amended.edits().clone();
        for (text, words) in issued::rebound(self.amended.project()) {
            edits.add(self.amended.start().texts(), text, Edited::Text(words));
        }
        if let Page::Own(year) = self.page {
            let texts = self.amended.start().texts();
            edits.add(texts, Text::Review(year), Edited::Text(self.noted()?));
            edits.add(texts, Text::ReviewTable(year), Edited::Bytes(workbook(&self.items)?));
        }
        Ok(edits)
    }

    /// The same with the project as it is now that the edits are written.
    ///
    /// # Errors
    /// The project has errors.
    pub fn written(self, project: &Project) -> Result<Session, Problems> {
        Ok(Session { amended: Amended::of(project)?, ..self })
    }

    /// Notes what was decided in a page that is none of the project's, and in the workbook beside it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn note_elsewhere(&self) -> Result<(), Problems> {
        if let Page::Other(path) = &self.page {
            files::write(path, self.noted()?.as_bytes())?;
            files::write(&path.with_extension("xlsx"), &workbook(&self.items)?)?;
        }
        Ok(())
    }

    /// The page with the rows as they are now.
    fn noted(&self) -> Result<String, Problems> {
        let text = self.read()?.written.map(|written| written.text).unwrap_or_default();
        Ok(Review::with_rows(&text, &self.items))
    }

    fn name(&self) -> String {
        match &self.page {
            Page::Own(year) => Text::Review(*year).name(),
            Page::Other(path) => path.display().to_string(),
        }
    }

    fn read(&self) -> Result<Read, Problems> {
        Ok(match &self.page {
            Page::Own(year) => {
                let stored = self.amended.project().texts().get(&Text::Review(*year));
                draft::held(stored.map(|stored| &**stored.bytes()).unwrap_or_default(), &self.name())?
            }
            Page::Other(path) => draft::read(path)?,
        })
    }
}

/// What a filled table comes to.
pub struct Applied {
    /// The table with everything done that could be.
    pub session: Session,
    /// How many rows were done.
    pub done: usize,
    /// Rows that could not be done stay as they are.
    pub failed: Vec<Diagnostic>,
}

/// Whether there is an indicator of this name, or a column of a ledger.
fn knows(facts: &Facts, path: &str) -> bool {
    facts.registry.indicators.contains_key(path)
        || facts.years.values().any(|year| year.facts.contains_key(path))
        || column_of(facts, path).is_some()
}

/// Does everything that a filled table says.
///
/// # Errors
/// The table or the project cannot be read.
pub fn apply(project: &Project, table: &Path) -> Result<Applied, Problems> {
    let filled = items(table)?;
    let mut session = Session::open(project, filled::page(project, table, &filled))?;
    let (mut done, mut failed) = (0, Vec::new());
    for (at, row) in filled.iter().enumerate() {
        let Some(index) = filled::row_of(&session.items, at, row) else {
            if row.is_filled() {
                failed.push(row_error(at, row, "项目的核对表里没有这一行"));
            }
            continue;
        };
        // What was decided in the meantime is done already.
        let own = session.items[index].clone();
        let row = Item {
            rename: row.rename.clone(),
            yearly: row.yearly.clone(),
            verdict: row.verdict.clone(),
            ..own.clone()
        };
        if NO == row.verdict && !knows(session.amended.project().facts()?, &own.path) {
            continue;
        }
        let decisions = match row.decisions() {
            Ok(decisions) => decisions,
            Err(what) => {
                failed.push(row_error(at, &row, &what));
                continue;
            }
        };
        if decisions.is_empty() {
            continue;
        }
        match session.decided(index, &decisions) {
            Ok(next) => {
                session = next;
                done += usize::from(decisions != [Decision::Accept]);
            }
            Err(problems) => {
                failed.extend(problems.0.into_iter().map(|problem| in_row(at, &row, problem)));
            }
        }
    }
    Ok(Applied { session, done, failed })
}

fn row_error(index: usize, item: &Item, what: &str) -> Diagnostic {
    let message = format!("核对表第{}行“{}”：{what}", index + 1, item.path);
    Diagnostic::error("review-row", message).hint("改好这一行，再运行一次；别的行已经办好")
}

fn in_row(index: usize, item: &Item, problem: Diagnostic) -> Diagnostic {
    let message = format!("核对表第{}行“{}”：{}", index + 1, item.path, problem.message);
    Diagnostic { message, ..problem }
}

/// Does it in the texts, and says so in the row.
fn carry_out(amended: &mut Amended, item: &mut Item, decisions: &[Decision]) -> Result<(), Problems> {
    let renamed = decisions.iter().find_map(|decision| match decision {
        Decision::Rename { to } => Some(to.clone()),
        _ => None,
    });
    for decision in decisions {
        match decision {
            Decision::Accept => item.verdict = RIGHT.to_owned(),
            Decision::NotFact => not_fact(amended, item)?,
            Decision::Split { years } => {
                let to = renamed.clone().unwrap_or_else(|| years_of::own_year(&item.path));
                let (path, year, since) = (item.path.clone(), item.year, item.is_open_sum());
                amended.keeping_words(year, |texts| years_of::part(texts, &path, &to, years, since))?;
                item.yearly = years
                    .iter()
                    .map(|(year, value)| format!("{}：{value}", year.stem()))
                    .collect::<Vec<_>>()
                    .join("；");
                (item.path, item.verdict) = (to, DONE.to_owned());
            }
            Decision::Rename { to } if *to != item.path => {
                rename(amended, &item.path, to, item.year)?;
                (item.path, item.verdict) = (to.clone(), DONE.to_owned());
            }
            Decision::Rename { .. } => {}
        }
    }
    item.rename.clear();
    Ok(())
}

/// Gives an indicator, or a column of a ledger, another name; the report says the same.
fn rename(amended: &mut Amended, from: &str, to: &str, year: Period) -> Result<(), Problems> {
    let ledger = column_of(amended.project().facts()?, from).map(|(ledger, _)| ledger.to_owned());
    amended.keeping_words(year, |texts| {
        if let Some(ledger) = &ledger {
            report_table::keep_heads(texts, ledger, year)?;
        }
        texts.rename(from, to)
    })
}

/// The ledger and the column that a name is of.
fn column_of<'p>(facts: &Facts, path: &'p str) -> Option<(&'p str, &'p str)> {
    path.rsplit_once('.').filter(|(ledger, name)| {
        facts.registry.indicators.get(ledger).is_some_and(|one| one.columns.contains_key(*name))
    })
}

/// The report's own words stay: those of a figure, or a whole table where it was taken for a ledger.
fn not_fact(amended: &mut Amended, item: &mut Item) -> Result<(), Problems> {
    let (path, value, year) = (item.path.clone(), item.value.clone(), item.year);
    let facts = amended.project().facts()?;
    let is_ledger = facts.registry.indicators.get(&path).is_some_and(|one| one.kind == IndicatorKind::Ledger);
    if column_of(facts, &path).is_some() {
        return Err(Diagnostic::error("review-row", "一列不能单独去掉")
            .hint("不要这张台账的，请在台账那一行写“不是”")
            .into());
    }
    item.doubt.clear();
    if is_ledger {
        let mut typed = 0;
        amended.keeping_words(year, |texts| {
            typed = report_table::typed(texts, &path, year)?;
            Ok(())
        })?;
        item.doubt = format!("没有作台账，表格里的{typed}个数照原样留在模板里");
    } else {
        amended.keeping_words(year, |texts| texts.unfact(&path, &value))?;
    }
    item.verdict = NO.to_owned();
    Ok(())
}

/// The rows of a page or of a workbook.
fn items(table: &Path) -> Result<Vec<Item>, Problems> {
    let shown = table.display().to_string();
    if BOOKS.contains(&files::extension(table).as_str()) {
        let rows = excel::text::of_book(&books::open(table)?, &shown, None)?;
        let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.cells).collect();
        return rows_of_cells(&rows).map_err(|what| wrong(&shown, what).into());
    }
    rows_of(&draft::read(table)?.document).map_err(|what| wrong(&shown, what).into())
}

fn wrong(table: &str, what: String) -> Diagnostic {
    Diagnostic::error("review-table", format!("“{table}”：{what}")).hint("请用导入时写好的核对表，只填后三栏")
}

/// The table as a workbook.
///
/// # Errors
/// Only for lack of memory.
pub fn workbook(items: &[Item]) -> Result<Vec<u8>, Diagnostic> {
    let columns: Vec<Column> =
        COLUMNS.iter().zip(WIDTHS).map(|(title, width)| Column { title, width }).collect();
    let row = |(index, item): (usize, &Item)| {
        let mut cells: Vec<Cell> = item.cells(index + 1).into_iter().map(Cell::words).collect();
        if let Some(number) = cells.first_mut() {
            *number = Cell::Number(Decimal::from(index + 1), 0);
        }
        (cells, item.is_open())
    };
    let rows: Vec<(Vec<Cell>, bool)> = items.iter().enumerate().map(row).collect();
    let failed = |_| Diagnostic::error("cannot-write", "核对表没有写成").hint("请检查磁盘和权限");
    let mut book = Book::new("导入核对");
    book.sheet("导入核对", &columns, &rows).map_err(failed)?;
    book.save().map_err(failed)
}
