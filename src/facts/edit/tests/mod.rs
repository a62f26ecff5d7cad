//! Edits: before and after, what is refused, and laws on random files.

mod entries;
mod laws;
mod lists;
mod model;
mod random;
mod refusals;

use super::{FactEdit, Row, apply};

fn set(path: &str, value: &str) -> FactEdit {
    FactEdit::Set { path: path.to_owned(), value: value.to_owned() }
}

fn field(path: &str, field: &str, value: &str) -> FactEdit {
    FactEdit::Field { path: path.to_owned(), field: field.to_owned(), value: value.to_owned() }
}

fn remove(path: &str) -> FactEdit {
    FactEdit::Remove { path: path.to_owned() }
}

fn rename(path: &str, to: &str) -> FactEdit {
    FactEdit::Rename { path: path.to_owned(), to: to.to_owned() }
}

fn list(path: &str, items: &[&str]) -> FactEdit {
    FactEdit::List { path: path.to_owned(), items: items.iter().map(|item| (*item).to_owned()).collect() }
}

fn cells(cells: &[(&str, &str)]) -> Vec<(String, String)> {
    cells.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect()
}

fn cell(ledger: &str, row: usize, column: &str, value: &str) -> FactEdit {
    FactEdit::Cell { ledger: ledger.to_owned(), row, column: column.to_owned(), value: value.to_owned() }
}

fn insert(ledger: &str, at: usize, row: &[(&str, &str)]) -> FactEdit {
    FactEdit::InsertRow { ledger: ledger.to_owned(), at, cells: cells(row) }
}

fn remove_row(ledger: &str, row: usize) -> FactEdit {
    FactEdit::RemoveRow { ledger: ledger.to_owned(), row }
}

fn move_row(ledger: &str, from: usize, to: usize) -> FactEdit {
    FactEdit::MoveRow { ledger: ledger.to_owned(), from, to }
}

fn rows(ledger: &str, rows: &[Row]) -> FactEdit {
    FactEdit::Rows { ledger: ledger.to_owned(), rows: rows.to_vec() }
}

/// A file before and after one change, with `\n` and with `\r\n`, with and without the last line end.
fn check(cases: &[(&str, FactEdit, &str)]) {
    for (before, change, after) in cases {
        // An empty file does not tell its line ends.
        for crlf in [false, !before.is_empty()] {
            let ends = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
            let (before, after) = (ends(before), ends(after));
            assert_eq!(
                apply(&before, std::slice::from_ref(change)).as_deref(),
                Ok(after.as_str()),
                "{change:?}\n{before}"
            );
            let open = |text: &str| text.trim_end_matches(['\r', '\n']).to_owned();
            let (before, after) = (open(&before), open(&after));
            // One line alone does not tell which line ends a file has.
            if before.contains('\n') || !(before.is_empty() || after.contains('\n')) {
                assert_eq!(apply(&before, std::slice::from_ref(change)), Ok(after), "{change:?}\n{before}");
            }
        }
    }
}
