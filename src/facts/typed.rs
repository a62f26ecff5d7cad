//! Values that are being typed: the facts as they would be, without reading a whole file at each key.

use std::sync::Arc;

use super::edit::{self, FactEdit};
use super::registry::Registry;
use super::value::{Fact, Value};
use super::{Facts, FactsByPath, reread};
use crate::period::Period;

impl Facts {
    /// The facts with these values of a year in place of those on file; places in the file stay. All that does not
    /// change is shared. Nothing where a change is none of a value that stands there, or cannot be read.
    pub fn with(mut self, year: Period, changes: &[FactEdit]) -> Option<Facts> {
        let registry = Arc::clone(&self.registry);
        let of_year = Arc::make_mut(self.years.get_mut(&year)?);
        of_year.is_read = false;
        for change in changes {
            let read = |change| read(&registry, year, change);
            match change {
                FactEdit::Set { path, .. } => whole(&mut of_year.facts, path, read(change)?, false)?,
                FactEdit::List { path, .. } => whole(&mut of_year.facts, path, read(change)?, true)?,
                FactEdit::Cell { ledger, row, column, value } if !value.is_empty() => {
                    let cells = vec![(column.clone(), value.clone())];
                    let alone = read(&FactEdit::InsertRow { ledger: ledger.clone(), at: 1, cells })?;
                    let Value::Ledger(rows) = &alone.get(ledger.as_str())?.value else { return None };
                    let new = rows.first()?.cells.get(column)?.value.clone();
                    let fact = Arc::make_mut(of_year.facts.get_mut(ledger.as_str())?);
                    let Value::Ledger(rows) = &mut fact.value else { return None };
                    let row = Arc::make_mut(rows.get_mut(row.checked_sub(1)?)?);
                    row.cells.get_mut(column)?.value = new;
                }
                _ => return None,
            }
        }
        Some(self)
    }
}

/// What a file says that is made by one change.
fn read(registry: &Registry, year: Period, change: &FactEdit) -> Option<FactsByPath> {
    let text = edit::apply(&format!("{}\n", super::first_line(year)), std::slice::from_ref(change)).ok()?;
    reread(registry, year, &text).ok()
}

/// Sets a whole value to what was read.
fn whole(of_year: &mut FactsByPath, path: &str, mut read: FactsByPath, list: bool) -> Option<()> {
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
    match (read.swap_remove(path), of_year.get_mut(path)) {
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
    use crate::diag::Source;

    #[test]
    fn changes_of_parts_are_left_to_the_file() {
        let year = Period::year(2011);
        let text = "年度: 2011\n会议: 12次\n项目:\n  - {名称: 甲, 投资: 7万元}\n";
        let source = Arc::new(Source::new("facts/2011.yaml", text));
        let facts = super::super::parse(None, vec![(year, source)]).unwrap();
        let cell = |column: &str| {
            let (ledger, column, value) = ("项目".to_owned(), column.to_owned(), "8万元".to_owned());
            FactEdit::Cell { ledger, row: 1, column, value }
        };
        assert!(facts.clone().with(year, &[cell("投资")]).is_some());
        let row = FactEdit::RemoveRow { ledger: "项目".into(), row: 1 };
        let field =
            FactEdit::Field { path: "会议".into(), field: "来源".into(), value: "登记簿".into() };
        for change in [row, field, cell("备注")] {
            assert!(facts.clone().with(year, &[change]).is_none());
        }
    }
}
