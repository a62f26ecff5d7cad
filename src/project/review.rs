//! 导入核对 at work: what staff decide about a fact that was found is done in the project at once and noted
//! in the table, so that an interruption loses nothing.

use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

use super::amend::Amended;
use super::{draft, workbook as books};
use crate::diag::{Act, Diagnostic, Problems};
use crate::excel;
use crate::files;
use crate::import::review::{COLUMNS, DONE, Decision, Item, Review, rows_of, rows_of_cells};
use crate::sheet::{Book, Cell, Column};

/// What a table that was accepted says.
const RIGHT: &str = "对";
/// Workbooks that a table may be filled in.
const BOOKS: [&str; 4] = ["xlsx", "xls", "ods", "csv"];
/// Widths of the columns of the workbook, in half-width characters.
const WIDTHS: [u16; 9] = [6, 24, 7, 14, 44, 26, 20, 30, 8];

/// A table that is being gone through.
pub struct Session {
    project: PathBuf,
    page: PathBuf,
    /// Its rows.
    pub items: Vec<Item>,
}

impl Session {
    /// Opens the page of a project.
    ///
    /// # Errors
    /// There is none, or its table cannot be read.
    pub fn open(project: &Path, page: &Path) -> Result<Session, Problems> {
        Ok(Session { project: project.to_owned(), page: page.to_owned(), items: items(page)? })
    }

    /// The newest page of a project: that of its only or last import.
    ///
    /// # Errors
    /// There is none.
    pub fn newest(project: &Path) -> Result<Session, Problems> {
        let pages = std::fs::read_dir(project).into_iter().flatten().flatten().map(|entry| entry.path());
        let page = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with("导入核对") && name.ends_with(".md")
        };
        let changed = |path: &PathBuf| std::fs::metadata(path).and_then(|about| about.modified()).ok();
        match pages.filter(page).max_by_key(|path| (changed(path), path.clone())) {
            Some(page) => Session::open(project, &page),
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

    /// Does what was decided about a row, and notes it.
    ///
    /// # Errors
    /// It cannot be done; then everything is as it was.
    pub fn decide(&mut self, index: usize, decisions: &[Decision]) -> Result<(), Problems> {
        let mut item = self.items[index].clone();
        let mut amended = Amended::load(&self.project)?;
        carry_out(&mut amended, &mut item, decisions)?;
        amended.save()?;
        let old = std::mem::replace(&mut self.items[index], item);
        let renamed = self.items[index].path.clone();
        // Other rows of the same indicator follow.
        self.items
            .iter_mut()
            .filter(|item| item.path == old.path)
            .for_each(|item| item.path.clone_from(&renamed));
        self.note()
    }

    /// Writes the rows back into the page, and the workbook beside it.
    fn note(&self) -> Result<(), Problems> {
        let read = draft::read(&self.page)?;
        let text = read.written.map(|written| written.text).unwrap_or_default();
        let text = Review::with_rows(&text, &self.items);
        files::write(&self.page, text.as_bytes())?;
        files::write(&self.page.with_extension("xlsx"), &workbook(&self.items)?)?;
        Ok(())
    }
}

/// Does everything that a filled table says; rows that cannot be done are told and stay as they are.
///
/// # Errors
/// The table or the project cannot be read or written.
pub fn apply(project: &Path, table: &Path) -> Result<(usize, Vec<Diagnostic>), Problems> {
    let filled = items(table)?;
    // A workbook that was carried about is noted in the page of the project.
    let beside = table.with_extension("md");
    let page = if beside.exists() { beside } else { project.join(beside.file_name().unwrap_or_default()) };
    let mut session = Session { project: project.to_owned(), page, items: filled.clone() };
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
        match session.decide(index, &decisions) {
            Ok(()) => done += 1,
            Err(problems) => {
                failed.extend(problems.0.into_iter().map(|problem| in_row(index, item, problem)))
            }
        }
    }
    session.note()?;
    Ok((done, failed))
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
    let wrong = |what: String| {
        Diagnostic::error("review-table", format!("“{}”：{what}", table.display()))
            .hint("请用导入时写好的核对表，只填后三栏")
    };
    if BOOKS.contains(&files::extension(table).as_str()) {
        let rows = excel::text::of_book(&books::open(table)?, &table.display().to_string(), None)?;
        let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.cells).collect();
        return rows_of_cells(&rows).map_err(|what| wrong(what).into());
    }
    let read = draft::read(table)?;
    rows_of(&read.document).map_err(|what| wrong(what).into())
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
