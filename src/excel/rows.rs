//! Rows of a table against the rows of a ledger: what would be new, changed, or gone.

use std::sync::Arc;

use super::book::place::Address;
use super::export::ledgers;
use super::head::Found;
use super::known::{self, SheetRow};
use super::own::ledger::summary;
use super::proposal::{Finding, Proposal, Proposed};
use super::values::{same, written};
use crate::diag::{Act, Diagnostic, Level};
use crate::facts;
use crate::facts::edit::{self, FactEdit};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Row;
use crate::figures::Figures;
use crate::period::Period;

/// Where the rows go.
pub(super) struct Target<'t> {
    pub ledger: &'t str,
    pub year: Period,
    /// The sheet that they come from.
    pub sheet: &'t str,
    /// Where the columns stand in it.
    pub columns: &'t [Found],
    /// The column that names a row.
    pub key: Option<&'t str>,
    /// Rows that the table does not have go away.
    pub replace: bool,
    /// A registered ledger that could have a key and has none.
    pub keyless: bool,
    /// Rows that are not on file are new ones, whatever they resemble.
    pub add: bool,
}

/// Adds the changes that make the ledger say what the rows say. Rows are told apart by their key, else by all that they
/// say, and where that leaves a doubt nothing is written; a cell that the table leaves blank keeps its value.
pub(super) fn propose(proposal: &mut Proposal, figures: &Figures, asked: &Target<'_>, rows: Vec<SheetRow>) {
    let (sheet, key) = (asked.sheet, asked.key);
    let old = ledgers::rows(figures, asked.year, asked.ledger);
    let kind = |column: &str| {
        let indicator = figures.facts().registry.indicators.get(asked.ledger)?;
        indicator.columns.get(column).map(|column| column.kind)
    };
    let found = known::matched(old, &rows, key, &kind);
    ask(proposal, asked, (old, &rows, &found), &kind);
    let mut kept = vec![false; old.len()];
    let mut new = Vec::new();
    for (read, at) in rows.into_iter().zip(found) {
        match at {
            Some(at) => {
                kept[at] = true;
                cells(proposal, asked, sheet, (&old[at], at), &read, kind);
            }
            None => new.push(read),
        }
    }
    let gone: Vec<usize> = (0..old.len()).filter(|at| asked.replace && !kept[*at]).collect();
    remark_missing(proposal, asked, sheet, old, key, &kept);
    if gone.is_empty() && new.is_empty() {
        return;
    }
    for at in &gone {
        let words = summary(old[*at].cells.iter().map(|(name, cell)| (name, written(&cell.value))));
        row_change(proposal, asked, at + 1, "删去", (words, String::new()), sheet.to_owned());
    }
    let stays = |at: &usize| !asked.replace || kept[*at];
    let mut order: Vec<edit::Row> = (0..old.len()).filter(stays).map(|at| edit::Row::Keep(at + 1)).collect();
    for read in new {
        let words = summary(read.cells.iter().map(|(name, text)| (name, text.clone())));
        let place = format!("{sheet}!第{}行", read.row);
        row_change(proposal, asked, order.len() + 1, "新增", (String::new(), words), place);
        order.push(edit::Row::New(read.cells.into_iter().collect()));
    }
    let edit = FactEdit::Rows { ledger: asked.ledger.to_owned(), rows: order };
    proposal.edits.entry(asked.year).or_default().push(edit);
}

/// Without a key nobody can tell whether a row that resembles one on file is that row, changed, or another one. Where
/// nothing is in doubt yet, it is said that it will be.
fn ask(
    proposal: &mut Proposal,
    asked: &Target<'_>,
    (old, rows, found): (&[Arc<Row>], &[SheetRow], &[Option<usize>]),
    kinds: known::Kinds<'_>,
) {
    if asked.key.is_some() || asked.replace || rows.is_empty() {
        return;
    }
    let columns = known::naming(old, rows, kinds);
    let act = |doubt: bool| Act::NameRows { columns: columns.clone(), doubt };
    let ledger = asked.ledger;
    let perhaps = if asked.add { Vec::new() } else { known::perhaps(old, rows, found, kinds) };
    match perhaps.first() {
        Some(first) => {
            let more = if perhaps.len() > 1 {
                format!("，这样的有{}行", perhaps.len())
            } else {
                String::new()
            };
            let message = format!(
                "台账“{ledger}”没有主键，表里第{}行与台账第{}行相近又不一样，分不清是改了这一行还是又一行{more}",
                first.row,
                first.old + 1
            );
            let problem = Diagnostic::error("rows-without-key", message).hint(act(true));
            proposal.findings.push(Finding::blocking(asked.sheet, problem));
        }
        None if asked.keyless && !columns.is_empty() => {
            let message = format!("台账“{ledger}”没有主键，再导入这张表时，改过的行认不出来");
            let problem = Diagnostic::new("no-key-yet", Level::Hint, message).hint(act(false));
            proposal.findings.push(Finding::remark(asked.sheet, problem));
        }
        None => {}
    }
}

/// Cells of a row on file that the table says otherwise.
fn cells(
    proposal: &mut Proposal,
    asked: &Target<'_>,
    sheet: &str,
    (row, at): (&Row, usize),
    read: &SheetRow,
    kind: impl Fn(&str) -> Option<IndicatorKind>,
) {
    for (name, text) in &read.cells {
        let stands = row.cells.get(name).map(|cell| &cell.value);
        // A name that is spaced otherwise is the one on file.
        if let Some(stands) = stands.filter(|_| asked.key == Some(name)).map(written) {
            if stands != *text {
                let at = format!("{sheet}!第{}行", read.row);
                proposal
                    .findings
                    .push(Finding::hint(at, format!("“{text}”就是台账里的“{stands}”，名称没有改")));
            }
            continue;
        }
        let new = facts::judge(text, kind(name), None);
        if matches!((&new, stands), (Ok(new), Some(stands)) if same(new, stands)) {
            continue;
        }
        let found = asked.columns.iter().find(|found| found.name == *name);
        let place = found.map(|found| Address { row: read.row, column: found.column });
        let change = Proposed {
            year: asked.year,
            path: format!("{}[{}].{name}", asked.ledger, at + 1),
            what: "值",
            old: stands.map(written).unwrap_or_default(),
            new: text.clone(),
            at: place.map(|place| format!("{sheet}!{place}")).unwrap_or_default(),
        };
        let (ledger, column) = (asked.ledger.to_owned(), name.clone());
        proposal.change(change, [FactEdit::Cell { ledger, row: at + 1, column, value: text.clone() }]);
    }
}

/// Rows on file that the table does not have stay, unless it is to take their place.
fn remark_missing(
    proposal: &mut Proposal,
    asked: &Target<'_>,
    sheet: &str,
    old: &[Arc<Row>],
    key: Option<&str>,
    kept: &[bool],
) {
    let missing: Vec<String> = old
        .iter()
        .enumerate()
        .filter(|(at, _)| !kept[*at] && !asked.replace)
        .map(|(at, row)| match key.and_then(|key| row.cells.get(key)) {
            Some(cell) => format!("“{}”", written(&cell.value)),
            None => format!("第{}行", at + 1),
        })
        .collect();
    if !missing.is_empty() {
        let shown = missing.iter().take(10).map(String::as_str).collect::<Vec<_>>().join("、");
        let more = if missing.len() > 10 { format!("等{}行", missing.len()) } else { String::new() };
        let message = format!("表里没有而台账里有的，没有动：{shown}{more}");
        let problem = Diagnostic::new("rows-not-in-table", Level::Hint, message).hint(Act::Replace);
        proposal.findings.push(Finding::remark(sheet, problem));
    }
}

fn row_change(
    proposal: &mut Proposal,
    asked: &Target<'_>,
    number: usize,
    what: &'static str,
    (old, new): (String, String),
    at: String,
) {
    let path = format!("{}[{number}]", asked.ledger);
    proposal.change(Proposed { year: asked.year, path, what, old, new, at }, []);
}
