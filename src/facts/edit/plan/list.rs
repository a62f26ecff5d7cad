//! Changes of lists: the items of a 名单, the cells and rows of a 台账.

use std::collections::{HashMap, VecDeque};

use super::entry::{add, set_at};
use super::{At, EditError, Form, Plain, Spot, Twin, path, words};
use crate::facts::edit::Row;
use crate::facts::edit::written::Slot;
use crate::facts::store::LONG_FORM;

/// `Change::List`.
pub(super) fn items(twin: &mut Twin<'_>, path: &str, items: &[String]) -> Result<(), EditError> {
    if items.iter().any(|item| item.trim().is_empty()) {
        return Err(EditError::EmptyItem(path.to_owned()));
    }
    if !items.iter().all(|item| words::is_one_line(item)) {
        return Err(EditError::BadValue);
    }
    let at = list(twin, path)?;
    let Some(Plain::List(olds)) = twin.plain.at(&at) else { return Err(EditError::NotList(path.to_owned())) };
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (index, old) in olds.iter().enumerate() {
        let Plain::Text(text) = old else { return Err(EditError::NotList(path.to_owned())) };
        places.entry(text).or_default().push_back(index);
    }
    let slots = items.iter().map(|item| match places.get_mut(item.as_str()).and_then(VecDeque::pop_front) {
        Some(index) => Slot::Keep(index),
        None => Slot::New(Plain::text(item)),
    });
    let slots = slots.collect();
    twin.arrange(&at, slots);
    Ok(())
}

/// Where a list stands; it is made where it is missing or nothing is written.
fn list(twin: &mut Twin<'_>, path: &str) -> Result<At, EditError> {
    let not_found = || EditError::NotFound(path.to_owned());
    let steps = path::steps(path).ok_or_else(not_found)?;
    if twin.plain.find(&steps).is_none() {
        add(twin, path, &steps, Plain::List(Vec::new()))?;
    }
    let at = twin.plain.find_value(&steps).ok_or_else(not_found)?;
    twin.fill(&at, false);
    Ok(at)
}

/// A ledger that is there: where it stands and how many rows it has.
fn ledger(twin: &Twin<'_>, path: &str) -> Result<(At, usize), EditError> {
    let not_found = || EditError::NotFound(path.to_owned());
    let at = twin.plain.find_value(&path::steps(path).ok_or_else(not_found)?).ok_or_else(not_found)?;
    let rows = match twin.plain.at(&at) {
        Some(Plain::List(rows)) if rows.iter().all(|row| matches!(row, Plain::Map(_))) => rows.len(),
        Some(plain) if plain.is_blank() => 0,
        _ => return Err(EditError::NotLedger(path.to_owned())),
    };
    Ok((at, rows))
}

/// A row of a ledger as an index.
fn index(ledger: &str, row: usize, rows: usize) -> Result<usize, EditError> {
    match row.checked_sub(1).filter(|index| *index < rows) {
        Some(index) => Ok(index),
        None => Err(EditError::NoRow { ledger: ledger.to_owned(), row, rows }),
    }
}

/// `Change::Cell`.
pub(super) fn cell(
    twin: &mut Twin<'_>,
    path: &str,
    row: usize,
    column: &str,
    value: &str,
) -> Result<(), EditError> {
    check_cell(column, value)?;
    let (mut at, rows) = ledger(twin, path)?;
    at.push(index(path, row, rows)?);
    let cells = twin.plain.at(&at);
    let (place, count) =
        (cells.and_then(|row| row.position(column)), cells.map_or(0, |row| row.entries().len()));
    match place {
        Some(place) => {
            at.push(place);
            // A cell that says where it comes from keeps that.
            let long = twin.plain.at(&at).filter(|cell| cell.is_long());
            at.extend(long.and_then(|cell| cell.position(LONG_FORM[0])));
            set_at(twin, &at, &format!("{path}[{row}].{column}"), value)
        }
        None if value.is_empty() => Ok(()),
        None => {
            twin.add(
                &Spot { map: at, index: count, is_apart: false },
                column,
                Plain::text(value),
                Form::Flow,
            );
            Ok(())
        }
    }
}

fn check_cell(column: &str, value: &str) -> Result<(), EditError> {
    if column.is_empty() || column.trim() != column || !words::is_one_line(column) {
        return Err(EditError::BadName(column.to_owned()));
    }
    if words::is_one_line(value) { Ok(()) } else { Err(EditError::BadValue) }
}

/// A new row.
fn row<'s>(cells: &[(String, String)]) -> Result<Slot<'s>, EditError> {
    for (index, (column, value)) in cells.iter().enumerate() {
        check_cell(column, value)?;
        if cells[..index].iter().any(|(other, _)| other == column) {
            return Err(EditError::ColumnTwice(column.clone()));
        }
    }
    let written = cells.iter().filter(|(_, value)| !value.is_empty());
    Ok(Slot::New(Plain::map(written.map(|(column, value)| (column.as_str(), value.as_str())))))
}

/// `Change::InsertRow`.
pub(super) fn insert(
    twin: &mut Twin<'_>,
    path: &str,
    at: usize,
    cells: &[(String, String)],
) -> Result<(), EditError> {
    let new = row(cells)?;
    list(twin, path)?;
    let (list, rows) = ledger(twin, path)?;
    let place =
        index(path, at, rows + 1).map_err(|_| EditError::NoRow { ledger: path.to_owned(), row: at, rows })?;
    let mut slots: Vec<Slot<'_>> = (0..rows).map(Slot::Keep).collect();
    slots.insert(place, new);
    twin.arrange(&list, slots);
    Ok(())
}

/// `Change::RemoveRow`.
pub(super) fn remove(twin: &mut Twin<'_>, path: &str, row: usize) -> Result<(), EditError> {
    let (at, rows) = ledger(twin, path)?;
    let gone = index(path, row, rows)?;
    twin.arrange(&at, (0..rows).filter(|index| *index != gone).map(Slot::Keep).collect());
    Ok(())
}

/// `Change::MoveRow`.
pub(super) fn shift(twin: &mut Twin<'_>, path: &str, from: usize, to: usize) -> Result<(), EditError> {
    let (at, rows) = ledger(twin, path)?;
    let (from, to) = (index(path, from, rows)?, index(path, to, rows)?);
    let mut slots: Vec<Slot<'_>> = (0..rows).map(Slot::Keep).collect();
    let row = slots.remove(from);
    slots.insert(to, row);
    twin.arrange(&at, slots);
    Ok(())
}

/// `Change::Rows`.
pub(super) fn rows(twin: &mut Twin<'_>, path: &str, news: &[Row]) -> Result<(), EditError> {
    list(twin, path)?;
    let (at, rows) = ledger(twin, path)?;
    let slots = news.iter().map(|new| match new {
        Row::Keep(row) => index(path, *row, rows).map(Slot::Keep),
        Row::New(cells) => self::row(cells),
    });
    let slots = slots.collect::<Result<Vec<_>, _>>()?;
    twin.arrange(&at, slots);
    Ok(())
}
