//! Changes, resolved on what the file says.

mod entry;
mod list;

use super::plain::{At, Plain};
use super::twin::{Spot, Twin};
use super::written::Form;
use super::{EditError, FactEdit, path, words};
use crate::facts::store::LONG_FORM;

/// Makes one change. Where it says what a fact is this year, 待核 goes and what was noted of the year before.
pub(super) fn make(twin: &mut Twin<'_>, change: &FactEdit) -> Result<(), EditError> {
    make_alone(twin, change)?;
    match change {
        FactEdit::Set { path, .. }
        | FactEdit::List { path, .. }
        | FactEdit::Cell { ledger: path, .. }
        | FactEdit::InsertRow { ledger: path, .. }
        | FactEdit::RemoveRow { ledger: path, .. }
        | FactEdit::Rows { ledger: path, .. } => entry::is_this_years(twin, path),
        FactEdit::Field { path, field, .. } if field == LONG_FORM[0] => entry::is_this_years(twin, path),
        FactEdit::Field { .. }
        | FactEdit::Remove { .. }
        | FactEdit::Rename { .. }
        | FactEdit::MoveRow { .. } => Ok(()),
    }
}

fn make_alone(twin: &mut Twin<'_>, change: &FactEdit) -> Result<(), EditError> {
    match change {
        FactEdit::Set { path, value } => entry::set(twin, path, value),
        FactEdit::Field { path, field, value } => entry::field(twin, path, field, value),
        FactEdit::Remove { path } => entry::remove(twin, path),
        FactEdit::Rename { path, to } => entry::rename(twin, path, to),
        FactEdit::List { path, items } => list::items(twin, path, items),
        FactEdit::Cell { ledger, row, column, value } => list::cell(twin, ledger, *row, column, value),
        FactEdit::InsertRow { ledger, at, cells } => list::insert(twin, ledger, *at, cells),
        FactEdit::RemoveRow { ledger, row } => list::remove(twin, ledger, *row),
        FactEdit::MoveRow { ledger, from, to } => list::shift(twin, ledger, *from, *to),
        FactEdit::Rows { ledger, rows } => list::rows(twin, ledger, rows),
    }
}
