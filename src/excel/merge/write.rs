//! The rows of the ledger that collects: one for each of those who were asked, blank for who has not answered, so that
//! no total is claimed before all have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Form, Given};
use crate::excel::export::ledgers;
use crate::excel::form::Collection;
use crate::excel::proposal::{Proposal, Proposed};
use crate::excel::values::{same, written};
use crate::facts;
use crate::facts::edit::{self, FactEdit};
use crate::facts::value::{Cell, Row};
use crate::figures::Figures;

/// Adds the changes.
pub(super) fn propose(
    proposal: &mut Proposal,
    figures: &Figures,
    collection: &Collection<'_>,
    returned: &BTreeMap<String, Form>,
) {
    let ledger = collection.ledger.path.as_str();
    let old = ledgers::rows(figures, collection.year, ledger);
    let name = |row: &Row| row.cells.get(collection.key).map(|cell| written(&cell.value)).unwrap_or_default();
    let known: BTreeMap<String, usize> =
        old.iter().enumerate().rev().map(|(at, row)| (name(row), at)).collect();
    let order: Vec<Option<usize>> = collection.units.iter().map(|unit| known.get(unit).copied()).collect();
    let listed: BTreeSet<usize> = order.iter().flatten().copied().collect();
    let behind: Vec<usize> = (0..old.len()).filter(|at| !listed.contains(at)).collect();
    let kept: Vec<usize> = order.iter().flatten().chain(&behind).copied().collect();
    if kept.len() != order.len() + behind.len() || kept.windows(2).any(|pair| pair[0] > pair[1]) {
        let asked = order.iter().zip(&collection.units).map(|(at, unit)| match at {
            Some(at) => edit::Row::Keep(at + 1),
            None => edit::Row::New(vec![(collection.key.to_owned(), unit.clone())]),
        });
        let rows = asked.chain(behind.iter().map(|at| edit::Row::Keep(at + 1))).collect();
        let edit = FactEdit::Rows { ledger: ledger.to_owned(), rows };
        proposal.edits.entry(collection.year).or_default().push(edit);
    }
    for ((number, unit), at) in (1..).zip(&collection.units).zip(order) {
        let row = at.and_then(|at| old.get(at));
        let mut writer = Writer { proposal, collection, number, row };
        if row.is_none() {
            writer.added(unit);
        }
        for (column, given) in returned.get(unit).iter().flat_map(|form| &form.given) {
            writer.cell(unit, column, given);
        }
    }
}

struct Writer<'w> {
    proposal: &'w mut Proposal,
    collection: &'w Collection<'w>,
    /// The number that the row will have.
    number: usize,
    row: Option<&'w Arc<Row>>,
}

impl Writer<'_> {
    fn added(&mut self, unit: &str) {
        let change = Proposed {
            year: self.collection.year,
            path: format!("{}[{}]", self.collection.ledger.path, self.number),
            what: "新增",
            old: String::new(),
            new: format!("{}：{unit}", self.collection.key),
            at: String::new(),
        };
        self.proposal.change(change, []);
    }

    /// A number with where it came from.
    fn cell(&mut self, unit: &str, column: &str, given: &Given) {
        let ledger = &self.collection.ledger.path;
        let cell = self.row.and_then(|row| row.cells.get(column));
        let kind = self.collection.ledger.columns.get(column).map(|column| column.kind);
        let says =
            |cell: &Cell| facts::judge(&given.text, kind, None).is_ok_and(|new| same(&new, &cell.value));
        let (same_value, same_source, same_note) = (
            cell.is_some_and(says),
            cell.is_some_and(|cell| cell.source.as_deref() == Some(&given.at)),
            cell.map_or("", |cell| cell.note.as_deref().unwrap_or_default()) == given.note,
        );
        if same_value && same_source && same_note {
            return;
        }
        let path = format!("{ledger}[{}].{column}", self.number);
        let field = |field: &str, value: &str| FactEdit::Field {
            path: path.clone(),
            field: field.to_owned(),
            value: value.to_owned(),
        };
        let set = FactEdit::Cell {
            ledger: ledger.clone(),
            row: self.number,
            column: column.to_owned(),
            value: given.text.clone(),
        };
        let edits = [
            (!same_value).then_some(set),
            (!same_source).then(|| field("来源", &given.at)),
            (!same_note).then(|| field("说明", &given.note)),
        ];
        let what = match (same_value, same_source) {
            (false, _) => "值",
            (true, false) => "来源",
            (true, true) => "说明",
        };
        let (old, new) = match what {
            "值" => (cell.map(|cell| written(&cell.value)).unwrap_or_default(), given.text.clone()),
            "来源" => (cell.and_then(|cell| cell.source.clone()).unwrap_or_default(), given.at.clone()),
            _ => (cell.and_then(|cell| cell.note.clone()).unwrap_or_default(), given.note.clone()),
        };
        let year = self.collection.year;
        let shown = format!("{ledger}[{}].{column}", unit);
        let change = Proposed { year, path: shown, what, old, new, at: given.at.clone() };
        self.proposal.change(change, edits.into_iter().flatten());
    }
}
