//! Changes, resolved on what the file says.

mod entry;
mod list;

use super::plain::{At, Plain};
use super::twin::{Spot, Twin};
use super::written::Form;
use super::{Change, EditError, path, words};

/// Makes one change.
pub(super) fn make(twin: &mut Twin<'_>, change: &Change) -> Result<(), EditError> {
    match change {
        Change::Set { path, value } => entry::set(twin, path, value),
        Change::Field { path, field, value } => entry::field(twin, path, field, value),
        Change::Remove { path } => entry::remove(twin, path),
        Change::Rename { path, to } => entry::rename(twin, path, to),
        Change::List { path, items } => list::items(twin, path, items),
        Change::Cell { ledger, row, column, value } => list::cell(twin, ledger, *row, column, value),
        Change::InsertRow { ledger, at, cells } => list::insert(twin, ledger, *at, cells),
        Change::RemoveRow { ledger, row } => list::remove(twin, ledger, *row),
        Change::MoveRow { ledger, from, to } => list::shift(twin, ledger, *from, *to),
        Change::Rows { ledger, rows } => list::rows(twin, ledger, rows),
    }
}
