//! Values that are being typed: the facts as they would be, without reading a whole file at each key.

use std::sync::Arc;

use crate::facts::edit::{self, Change};
use crate::facts::registry::Registry;
use crate::facts::value::{Fact, Value};
use crate::facts::{self, Facts, FactsByPath};
use crate::period::Period;

/// The facts with these values of a year in place of those on file; places in the file stay. Nothing
/// where a change is none of a value that stands there, or cannot be read.
pub(super) fn with(mut facts: Facts, year: Period, changes: &[Change]) -> Option<Facts> {
    let of_year = &mut Arc::make_mut(facts.years.get_mut(&year)?).facts;
    for change in changes {
        match change {
            Change::Set { path, .. } | Change::List { path, .. } => {
                let new = read(&facts.registry, year, change)?.swap_remove(path.as_str());
                let list = matches!(change, Change::List { .. });
                whole(of_year, path, new, list)?;
            }
            Change::Cell { ledger, row, column, value } if !value.is_empty() => {
                let alone = vec![(column.clone(), value.clone())];
                let alone = Change::InsertRow { ledger: ledger.clone(), at: 1, cells: alone };
                let read = read(&facts.registry, year, &alone)?;
                let Value::Ledger(rows) = &read.get(ledger.as_str())?.value else { return None };
                let new = rows.first()?.cells.get(column)?.value.clone();
                let Value::Ledger(rows) = &mut Arc::make_mut(of_year.get_mut(ledger.as_str())?).value else {
                    return None;
                };
                let row = Arc::make_mut(rows.get_mut(row.checked_sub(1)?)?);
                row.cells.get_mut(column)?.value = new;
            }
            _ => return None,
        }
    }
    Some(facts)
}

/// What a file says that is made by one change.
fn read(registry: &Registry, year: Period, change: &Change) -> Option<FactsByPath> {
    let text = edit::apply(&format!("年度: {}\n", year.stem()), std::slice::from_ref(change)).ok()?;
    facts::reread(registry, year, &text).ok()
}

/// Sets a whole value.
fn whole(of_year: &mut FactsByPath, path: &str, new: Option<Arc<Fact>>, list: bool) -> Option<()> {
    // The file takes no single value in the place of a list, and no list in that of a value.
    let fits = |fact: &Arc<Fact>| match fact.value {
        Value::Blank => true,
        Value::List(_) => list,
        Value::Ledger(_) => false,
        _ => !list,
    };
    if !of_year.get(path).is_none_or(fits) {
        return None;
    }
    match (new, of_year.get_mut(path)) {
        (Some(new), Some(fact)) => Arc::make_mut(fact).value = new.value.clone(),
        (None, Some(fact)) => Arc::make_mut(fact).value = Value::Blank,
        (Some(new), None) => drop(of_year.insert(Arc::from(path), new)),
        (None, None) => {}
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Period;

    #[test]
    fn changes_of_parts_are_left_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        crate::project::founding::create(folder.path(), &crate::project::starter::example(), "x").unwrap();
        let project = crate::project::Project::open(folder.path());
        let facts = Facts::clone(project.facts().unwrap());
        let row = Change::RemoveRow { ledger: "投资项目".into(), row: 1 };
        assert!(with(facts.clone(), Period::year(2011), &[row]).is_none());
        let field =
            Change::Field { path: "宣传.会议".into(), field: "来源".into(), value: "登记簿".into() };
        assert!(with(facts, Period::year(2011), &[field]).is_none());
    }
}
