//! Numbers where they stand in a text: what is counted may be said elsewhere, by a list, a table or the words around.

use super::implied::{self, Columns};
use super::{Amount, Manner, Said, Scale, Written, read};
use crate::zh::scan;

/// Reads the numbers of a text line by line. It knows the units that stand above the rows of a table.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    above: Option<Columns>,
}

impl Reader {
    /// To be told every line, or cell of a table, before its numbers are read.
    pub fn enter(&mut self, line: &str) {
        match Columns::stated(line) {
            Some(columns) => self.above = Some(columns),
            // Running text ends a table.
            None if line.contains(['。', '；']) => self.above = None,
            None => {}
        }
    }

    /// Reads a number that was found in a line. Nothing for what has no value: names, serials, masked digits.
    pub fn read(&self, line: &str, number: &scan::Number) -> Option<Written> {
        let (before, after) = (line.get(..number.span.start)?, line.get(number.span.end..)?);
        let mut written = read(&number.text, Manner::Prose).ok()?;
        if let Said::One(amount) = &mut written.said
            && amount.unit.base.is_empty()
        {
            imply(amount, before, after, self.above.as_ref());
        }
        Some(written)
    }
}

/// Supplies the unit that a number leaves out, and its scale word if that is left out too.
fn imply(amount: &mut Amount, before: &str, after: &str, above: Option<&Columns>) {
    let bare = amount.unit.scale.natural() == Scale::ONE;
    let unit = implied::unit(!bare, before, after, above);
    if bare
        && unit.is_scaled()
        && let Some(value) = amount.value.checked_mul(unit.scale.factor())
    {
        amount.value = value.normalize();
        amount.unit.scale = unit.scale;
    }
    amount.unit.base = unit.base;
}
