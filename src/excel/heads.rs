//! The heads of a department's table and what each is taken for, to be looked over before it is read.

use super::asked::{self, Asked};
use super::book::place::letters;
use super::book::{Book, Sheet};
use super::head::{self, How, Wish};
use crate::diag::{Diagnostic, Problems};
use crate::facts::registry::{Column, Indicator};
use crate::figures::Figures;
use crate::period::Period;

/// The heads of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    /// The year of the fact file that its rows go to.
    pub year: Period,
    /// From left to right.
    pub headings: Vec<Heading>,
    /// The columns of the ledger with their units; empty where it takes any.
    pub columns: Vec<(String, String)>,
    /// The column that names a row.
    pub key: Option<String>,
}

/// The head of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The place: `C`.
    pub letters: String,
    /// Its words, levels parted by `·`.
    pub title: String,
    /// The column of the ledger that it is taken for; nothing where it is not read.
    pub name: Option<String>,
    /// How that was recognised.
    pub how: Option<How>,
    /// The column of the ledger for which it and others might be meant.
    pub doubtful: Option<String>,
}

/// The heads of the table that is asked for. Where no column is recognised, the row that looks most like a head.
///
/// # Errors
/// The ledger is unknown, the sheet is missing or cannot be told, or nothing in it looks like a head.
pub fn heads(book: &Book, figures: &Figures, wanted: &Asked<'_>) -> Result<Heads, Problems> {
    let indicator = asked::indicator(figures, wanted.ledger)?;
    let sheet = book.chosen(wanted.sheet)?;
    let columns = columns(indicator);
    let unit = |column: &Column| column.unit.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(Heads {
        year: asked::year(figures, wanted, &sheet.name)?,
        headings: headings(sheet, &Wish { columns: columns.clone(), saved: wanted.meant() })?,
        columns: columns.iter().map(|(name, column)| ((*name).to_owned(), unit(column))).collect(),
        key: indicator.and_then(|indicator| indicator.key.clone()),
    })
}

/// How many columns of a ledger a sheet seems to have; the one that names its rows counts for three.
pub fn fit(sheet: &Sheet, figures: &Figures, ledger: &str) -> usize {
    let Ok(indicator) = asked::indicator(figures, ledger) else { return 0 };
    let wish = Wish { columns: columns(indicator), ..Wish::default() };
    let key = indicator.and_then(|indicator| indicator.key.as_deref());
    let Ok(head) = head::find(sheet, &wish) else { return 0 };
    let found = head.columns.iter().map(|found| found.name.as_str());
    let names = found.chain(head.doubtful.iter().map(|doubt| doubt.name.as_str()));
    names.map(|name| if Some(name) == key { 3 } else { 1 }).sum()
}

fn columns(indicator: Option<&Indicator>) -> Vec<(&str, &Column)> {
    indicator.iter().flat_map(|one| &one.columns).map(|(name, column)| (name.as_str(), column)).collect()
}

fn headings(sheet: &Sheet, wish: &Wish<'_>) -> Result<Vec<Heading>, Diagnostic> {
    let found = head::find(sheet, wish);
    let recognised = found.is_ok();
    let head = found.or_else(|problem| head::find(sheet, &Wish::default()).map_err(|_| problem))?;
    let doubtful = |column: u32| {
        let doubt = head.doubtful.iter().find(|doubt| doubt.heads.iter().any(|(at, _)| *at == column));
        doubt.map(|doubt| doubt.name.clone())
    };
    // Heads of which several say the same are told apart by the row below.
    let told = |column: u32, title: &str| {
        let mut heads = head.doubtful.iter().flat_map(|doubt| &doubt.heads);
        heads.find(|(at, _)| *at == column).map_or(title, |(_, title)| title).to_owned()
    };
    let named = head.columns.iter().map(|found| {
        let name = recognised.then(|| found.name.clone());
        let how = recognised.then_some(found.how);
        (found.column, Heading { title: found.title.clone(), name, how, ..blank(found.column) })
    });
    let unused = head.unused.iter().map(|(column, title)| {
        let doubtful = doubtful(*column);
        (*column, Heading { title: told(*column, title), doubtful, ..blank(*column) })
    });
    let mut all: Vec<(u32, Heading)> = named.chain(unused).collect();
    all.sort_by_key(|(column, _)| *column);
    Ok(all.into_iter().map(|(_, heading)| heading).collect())
}

fn blank(column: u32) -> Heading {
    Heading { letters: letters(column), title: String::new(), name: None, how: None, doubtful: None }
}
