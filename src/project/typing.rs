//! Values that are being typed: the facts as they would be, without reading a whole file at each key.

use std::sync::Arc;

use crate::facts::edit::{self, Change};
use crate::facts::value::{Fact, Value};
use crate::facts::{self, Facts};
use crate::period::Period;

/// The facts with these values of a year in place of those on file; places in the file stay. Nothing
/// where a change is none of a whole value of its kind, or cannot be read.
pub(super) fn with(mut facts: Facts, year: Period, changes: &[Change]) -> Option<Facts> {
    let text = edit::apply(&format!("年度: {}\n", year.stem()), changes).ok()?;
    let read = facts::reread(&facts.registry, year, &text).ok()?;
    let of_year = &mut Arc::make_mut(facts.years.get_mut(&year)?).facts;
    for change in changes {
        let (path, list) = match change {
            Change::Set { path, .. } => (path, false),
            Change::List { path, .. } => (path, true),
            _ => return None,
        };
        // The file takes no single value in the place of a list, and no list in that of a value.
        let fits = |fact: &Fact| match fact.value {
            Value::Blank => true,
            Value::List(_) => list,
            Value::Ledger(_) => false,
            _ => !list,
        };
        if !of_year.get(path).is_none_or(fits) {
            return None;
        }
        match (read.get(path).cloned(), of_year.get_mut(path)) {
            (Some(new), Some(fact)) => fact.value = new.value,
            (None, Some(fact)) => fact.value = Value::Blank,
            (Some(new), None) => drop(of_year.insert(path.clone(), new)),
            (None, None) => {}
        }
    }
    Some(facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Period;

    #[test]
    fn changes_of_parts_are_left_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        crate::project::founding::create(folder.path(), &crate::project::starter::example(), "x").unwrap();
        let facts = facts::load(folder.path()).unwrap();
        let row = Change::RemoveRow { ledger: "投资项目".into(), row: 1 };
        assert!(with(facts.clone(), Period::year(2011), &[row]).is_none());
        let field =
            Change::Field { path: "宣传.会议".into(), field: "来源".into(), value: "登记簿".into() };
        assert!(with(facts, Period::year(2011), &[field]).is_none());
    }
}
