//! 改稿核对: the changes of a report as a sheet that staff fill in, and what comes of it.

use super::{Returned, Taken, by_hand};
use crate::diag::{Diagnostic, Problems};
use crate::import::edits::{Edit, What};
use crate::import::proposals::Row;

/// Said beside a computed figure that other changes give.
const GIVEN: &str = "不用另外采纳：别的数采纳以后，就算出这个数";
/// Said beside what nobody changed in the report.
const FOLLOWED: &str = "采纳以后跟着变的，稿件里没有改";

/// What came of a sheet.
pub struct Done {
    /// The report and the project with what was taken over.
    pub returned: Returned,
    /// The sheet: what is done says so, what is not has its reason; what changed along stands at the end.
    pub rows: Vec<Row>,
    /// So many changes were taken over.
    pub done: usize,
    /// What was not done.
    pub failed: Vec<Diagnostic>,
    /// So many places changed along.
    pub followed: usize,
}

impl Done {
    /// The rows of what changed along.
    pub fn followed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().skip(self.rows.len() - self.followed)
    }
}

impl Returned {
    /// The sheet of these changes; what has to be made by hand says so from the start.
    ///
    /// # Errors
    /// The project cannot be rendered.
    pub fn rows(&self, edits: &[Edit]) -> Result<Vec<Row>, Problems> {
        let reasons = self.taking(edits)?.reasons;
        let given = |edit: &Edit| if matches!(edit.what, What::Computed { .. }) { GIVEN } else { "" };
        let row = |(edit, reason): (&Edit, Option<String>)| {
            let note = reason.unwrap_or_else(|| given(edit).to_owned());
            Row { note, ..Row::of(edit) }
        };
        Ok(edits.iter().zip(reasons).map(row).collect())
    }

    /// Does what a sheet that was filled in asks for, all of it in one go.
    ///
    /// # Errors
    /// The project has errors.
    pub fn decided(&self, mut rows: Vec<Row>) -> Result<Done, Problems> {
        let edits = self.edits()?;
        let mut free: Vec<&Edit> = edits.iter().collect();
        let (mut failed, mut chosen) = (Vec::new(), Vec::new());
        for (index, row) in rows.iter_mut().enumerate() {
            match row.taken() {
                Ok(Some(true)) => match found(row, &mut free) {
                    Some(edit) => chosen.push((index, edit.clone())),
                    None => {
                        row.note = "现在已经没有这处改动了".to_owned();
                        failed.push(gone(index));
                    }
                },
                Ok(_) => {}
                Err(what) => {
                    let problem = Diagnostic::error("review-row", format!("第{}行：{what}", index + 1));
                    failed.push(problem.hint("写好再办一次；别的行不受影响"));
                }
            }
        }
        let wanted: Vec<Edit> = chosen.iter().map(|(_, edit)| edit.clone()).collect();
        let Taken { returned, reasons, followed } = self.taking(&wanted)?;
        let mut done = 0;
        for ((index, edit), reason) in chosen.iter().zip(reasons) {
            match reason {
                Some(reason) => {
                    failed.push(by_hand(edit, &reason));
                    rows[*index].note = reason;
                }
                None => {
                    rows[*index].done();
                    done += 1;
                }
            }
        }
        let along = |edit: &Edit| Row { note: FOLLOWED.to_owned(), ..Row::of(edit) };
        rows.extend(followed.iter().map(along));
        Ok(Done { returned, rows, done, failed, followed: followed.len() })
    }
}

/// The change of a row, which then belongs to no other row: the one with the same words around, else the first.
fn found<'e>(row: &Row, free: &mut Vec<&'e Edit>) -> Option<&'e Edit> {
    let mut own = free.iter().enumerate().filter(|(_, edit)| row.is(edit)).map(|(at, _)| at);
    let first = own.next()?;
    let exact = |at: &usize| Row::of(free[*at]).around.trim() == row.around.trim();
    let at = [first].into_iter().chain(own).find(exact).unwrap_or(first);
    Some(free.remove(at))
}

fn gone(index: usize) -> Diagnostic {
    Diagnostic::error("change-gone", format!("第{}行的改动现在已经没有了", index + 1))
        .hint("可能已经改过；请重新导入稿件看看")
}
