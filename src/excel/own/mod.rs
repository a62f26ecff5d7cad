//! A workbook of ours back in: exactly the cells that somebody edited become changes.

mod indicators;
pub(super) mod ledger;

use super::book::place::{Address, COLUMNS};
use super::book::{Book, Content, Sheet};
use super::keys::{RowKey, SheetKey};
use super::proposal::{Finding, Proposal};
use super::said::words;
use super::title;
use super::values::flat;
use crate::diag::{Act, Diagnostic, Level};
use crate::facts;
use crate::facts::value::Value;
use crate::figures::Figures;

/// Rows among which the head of a sheet of ours is looked for: somebody may have put a title above it.
const LOOKED_AT: u32 = 10;

/// A sheet of ours with its head.
pub(crate) struct Page<'b> {
    pub sheet: &'b Sheet,
    /// The row of the head.
    head: u32,
    /// The hidden column; none in a sheet that somebody typed anew.
    hidden: u32,
}

/// The words of a fact that is text, where a cell still holds them: they are right as they are, also those that would be
/// taken for a wrong number if somebody typed them now.
fn as_it_stands(content: &Content, value: Option<&Value>) -> Option<String> {
    match value {
        Some(Value::Text(text)) => {
            let same = match content {
                Content::Text(stands) => flat(stands) == flat(text),
                other => words(other) == flat(text),
            };
            same.then(|| text.clone())
        }
        _ => None,
    }
}

/// Whether a workbook has sheets of ours that hold facts.
pub fn is_own(book: &Book) -> bool {
    book.sheets.iter().filter_map(page).any(|(key, _)| !matches!(key, SheetKey::Form { .. }))
}

/// Whether a workbook has sheets that are forms of a collection.
pub fn is_form(book: &Book) -> bool {
    book.sheets.iter().filter_map(page).any(|(key, _)| matches!(key, SheetKey::Form { .. }))
}

/// What the workbook would change. Sheets that are not ours are passed over.
pub fn propose(book: &Book, figures: &Figures) -> Proposal {
    let mut proposal = Proposal { strict: true, ..Proposal::default() };
    for (key, page) in book.sheets.iter().filter_map(page) {
        if !figures.facts().years.contains_key(&key.year()) {
            let message =
                format!("“{}”是{}的表，没有 {}", page.sheet.name, key.year(), facts::file(key.year()));
            let problem = Diagnostic::error("no-such-year", message).hint("请核对是不是选错了项目文件夹");
            proposal.findings.push(Finding::blocking(&page.sheet.name, problem));
            continue;
        }
        if let Err(problem) = book.refuse_links(page.sheet) {
            proposal.findings.push(Finding::blocking(&page.sheet.name, problem));
            continue;
        }
        match key {
            SheetKey::Indicators { year } => indicators::propose(&page, figures, year, &mut proposal),
            SheetKey::Ledger { year, path, rows } => {
                ledger::propose(&page, figures, (year, &path, rows), &mut proposal);
            }
            SheetKey::Form { unit, .. } => {
                let message = format!("这是“{unit}”的采集表，没有读");
                let problem = Diagnostic::new("form", Level::Hint, message).hint(Act::Collect);
                proposal.findings.push(Finding::remark(&page.sheet.name, problem));
            }
        }
    }
    proposal
}

/// What a sheet of ours holds, and where its head is; nothing for any other sheet.
pub(crate) fn page(sheet: &Sheet) -> Option<(SheetKey, Page<'_>)> {
    let mut cells = sheet.rows().take_while(|cells| cells[0].at.row <= LOOKED_AT).flatten();
    cells.find_map(|cell| match &cell.content {
        Content::Text(text) => {
            let page = Page { sheet, head: cell.at.row, hidden: cell.at.column };
            SheetKey::read(text).map(|key| (key, page))
        }
        _ => None,
    })
}

impl<'b> Page<'b> {
    /// A sheet that carries no key, with its head in a row.
    pub fn without_key(sheet: &'b Sheet, head: u32) -> Page<'b> {
        Page { sheet, head, hidden: COLUMNS }
    }

    /// The content of a cell.
    pub fn get(&self, row: u32, column: u32) -> Option<&'b Content> {
        self.sheet.get(Address { row, column })
    }

    /// The column with this head.
    pub fn column(&self, head: &str) -> Option<u32> {
        let wanted = title::plain(head);
        let cells = self.sheet.row(self.head).iter();
        let same = |cell: &&super::book::Cell| title::plain(&words(&cell.content)) == wanted;
        cells.filter(|cell| cell.at.column != self.hidden).find(same).map(|cell| cell.at.column)
    }

    /// Rows below the head in which something stands.
    pub fn rows(&self) -> impl Iterator<Item = u32> + use<'b> {
        let head = self.head;
        self.sheet.rows().map(|cells| cells[0].at.row).filter(move |row| *row > head)
    }

    /// What a row carries in the hidden column.
    pub fn key(&self, row: u32) -> Option<RowKey> {
        match self.get(row, self.hidden)? {
            Content::Text(text) => RowKey::read(text),
            _ => None,
        }
    }

    /// `指标!E12`.
    fn at(&self, row: u32, column: u32) -> String {
        format!("{}!{}", self.sheet.name, Address { row, column })
    }

    /// `投资项目!第3行`.
    fn at_row(&self, row: u32) -> String {
        format!("{}!第{row}行", self.sheet.name)
    }
}
