//! 导入核对 at work: what staff decide about a fact that was found is done in the project and noted in the table in
//! one step, so that an interruption loses nothing.

use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

use super::amend::Amended;
use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use super::{draft, issued, workbook as books};
use crate::diag::{Act, Diagnostic, Problems};
use crate::excel;
use crate::files;
use crate::import::review::{COLUMNS, DONE, Decision, Item, Review, rows_of, rows_of_cells};
use crate::input::Read;
use crate::period::Period;
use crate::sheet::{Book, Cell, Column};

/// What a table that was accepted says.
const RIGHT: &str = "对";
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

/// Where the table is kept.
#[derive(Clone)]
enum Page {
    /// In the project.
    Own(Option<Period>),
    /// In a file elsewhere.
    Other(PathBuf),
}

impl Session {
    fn open(project: &Project, page: Page) -> Result<Session, Problems> {
        let session = Session { amended: Amended::of(project)?, page, items: Vec::new() };
        let read = session.read()?;
        let items = rows_of(&read.document).map_err(|what| wrong(&session.name(), what))?;
        Ok(Session { items, ..session })
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
        let (old, renamed) = (&self.items[index].path, next.items[index].path.clone());
        // Other rows of the same indicator follow.
        next.items
            .iter_mut()
            .filter(|item| item.path == *old)
            .for_each(|item| item.path.clone_from(&renamed));
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

/// Does everything that a filled table says.
///
/// # Errors
/// The table or the project cannot be read.
pub fn apply(project: &Project, table: &Path) -> Result<Applied, Problems> {
    let filled = items(table)?;
    // A workbook that was carried about is noted in the page of the project.
    let beside = table.with_extension("md");
    let own = Text::of_file(&beside.file_name().unwrap_or_default().to_string_lossy());
    let page = match (project.text_at(&beside), own) {
        (Some(Text::Review(year)), _) => Page::Own(year),
        (_, Some(Text::Review(year))) if !beside.exists() => Page::Own(year),
        _ => Page::Other(beside),
    };
    let mut session = Session { items: filled.clone(), ..Session::open(project, page)? };
    let (mut done, mut failed) = (0, Vec::new());
    for (index, item) in filled.iter().enumerate() {
        let decisions = match item.decisions() {
            Ok(decisions) => decisions,
            Err(what) => {
                failed.push(row_error(index, item, &what));
                continue;
            }
        };
        if decisions.is_empty() || decisions == [Decision::Accept] {
            continue;
        }
        match session.decided(index, &decisions) {
            Ok(next) => {
                session = next;
                done += 1;
            }
            Err(problems) => {
                failed.extend(problems.0.into_iter().map(|problem| in_row(index, item, problem)));
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
            Decision::NotFact => {
                let (path, value) = (item.path.clone(), item.value.clone());
                amended.keeping_words(item.year, |texts| texts.unfact(&path, &value))?;
                item.verdict = "不是".to_owned();
                item.doubt.clear();
            }
            Decision::Split { years } => {
                let to = renamed.clone().unwrap_or_else(|| own_year(&item.path));
                let (path, year) = (item.path.clone(), item.year);
                amended.keeping_words(year, |texts| texts.split(&path, &to, years))?;
                item.yearly = years
                    .iter()
                    .map(|(year, value)| format!("{}：{value}", year.stem()))
                    .collect::<Vec<_>>()
                    .join("；");
                (item.path, item.verdict) = (to, DONE.to_owned());
            }
            Decision::Rename { to } if *to != item.path => {
                let (path, year) = (item.path.clone(), item.year);
                amended.keeping_words(year, |texts| texts.rename(&path, to))?;
                (item.path, item.verdict) = (to.clone(), DONE.to_owned());
            }
            Decision::Rename { .. } => {}
        }
    }
    item.rename.clear();
    Ok(())
}

/// 宣传.近三年会议 split into its years is 宣传.会议.
fn own_year(path: &str) -> String {
    let Some((group, name)) = path.rsplit_once('.') else { return path.to_owned() };
    let rest = name.strip_prefix('近').and_then(|rest| rest.split_once('年')).map(|(_, rest)| rest);
    match rest.filter(|rest| !rest.is_empty()) {
        Some(rest) => format!("{group}.{rest}"),
        None => path.to_owned(),
    }
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
