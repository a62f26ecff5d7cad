//! The totals of a table held against the rows that were read.

use rust_decimal::Decimal;

use super::known::SheetRow;
use super::row_words::Line;
use crate::facts;
use crate::facts::registry::IndicatorKind;
use crate::facts::value::Value;

/// A total that says something else than its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// The row of the total.
    pub row: u32,
    /// 合计 or 小计.
    pub what: &'static str,
    /// What the rows add up to.
    pub sum: Decimal,
}

/// The totals of one column that differ from their rows; `stated` is what a total says, in words of a fact file. Of
/// several totals each may be of the rows above it, of those below it, or of all.
pub(super) fn differences(
    lines: &[(u32, Line)],
    rows: &[SheetRow],
    column: &str,
    stated: impl Fn(u32) -> Option<String>,
) -> Vec<Difference> {
    let parts = Parts::of(rows, column);
    let totals: Vec<(u32, Line)> =
        lines.iter().filter(|(_, line)| matches!(line, Line::Total | Line::Subtotal)).copied().collect();
    let only = totals.len() == 1;
    let mut found = Vec::new();
    for (at, (row, line)) in totals.iter().enumerate() {
        let Some(said) = stated(*row).as_deref().and_then(amount) else { continue };
        let above = at.checked_sub(1).map_or(0, |before| totals[before].0);
        let below = totals.get(at + 1).map_or(u32::MAX, |next| next.0);
        let may = [(0, u32::MAX), (above, *row), (*row, below)];
        let spans = if only && *line == Line::Total { &may[..1] } else { &may[..] };
        let sums: Option<Vec<(usize, Decimal)>> =
            spans.iter().map(|(from, to)| parts.sum(*from, *to, &said)).collect();
        // Something approximate cannot be added up.
        let Some(sums) = sums.filter(|sums| !sums.iter().any(|(_, sum)| *sum == said.value)) else {
            continue;
        };
        let likely = match line {
            Line::Subtotal => sums.iter().skip(1).find(|(count, _)| *count > 0),
            _ => None,
        };
        let what = if *line == Line::Subtotal { "小计" } else { "合计" };
        if let Some((_, sum)) = likely.or(sums.first()) {
            found.push(Difference { row: *row, what, sum: *sum });
        }
    }
    found
}

/// An exact amount and what it is of.
struct Amount {
    value: Decimal,
    base: String,
}

/// The exact amount that a text says; nothing for an approximate one and for a share.
fn amount(text: &str) -> Option<Amount> {
    match facts::judge(text, Some(IndicatorKind::Flow), None) {
        Ok(Value::Quantity(quantity)) if quantity.amount.is_exact() && quantity.amount.unit.base != "%" => {
            Some(Amount { value: quantity.amount.value, base: quantity.amount.unit.base })
        }
        _ => None,
    }
}

/// What the rows say in one column, added up from the first row on.
#[derive(Default)]
struct Parts {
    base: String,
    /// The row, the sum down to it, and how many down to it cannot be added up.
    down_to: Vec<(u32, Decimal, usize)>,
}

impl Parts {
    fn of(rows: &[SheetRow], column: &str) -> Parts {
        let mut parts = Parts::default();
        let (mut all, mut lost) = (Decimal::ZERO, 0);
        for read in rows {
            let Some(text) = read.cells.get(column) else { continue };
            let part = amount(text);
            if let Some(part) = part.as_ref().filter(|_| parts.down_to.is_empty()) {
                parts.base.clone_from(&part.base);
            }
            let part = part.filter(|part| part.base == parts.base);
            match part.and_then(|part| all.checked_add(part.value)) {
                Some(sum) => all = sum,
                None => lost += 1,
            }
            parts.down_to.push((read.row, all, lost));
        }
        parts
    }

    /// How many rows stand between two others, and their sum; nothing where they cannot be added up to such an amount.
    fn sum(&self, above: u32, below: u32, of: &Amount) -> Option<(usize, Decimal)> {
        let start = self.down_to.partition_point(|(row, ..)| *row <= above);
        let end = self.down_to.partition_point(|(row, ..)| *row < below).max(start);
        let until = |count: usize| match count.checked_sub(1).map(|last| self.down_to[last]) {
            Some((_, sum, lost)) => (sum, lost),
            None => (Decimal::ZERO, 0),
        };
        let ((before, lost_before), (sum, lost)) = (until(start), until(end));
        let fits = lost == lost_before && (end == start || self.base == of.base);
        fits.then(|| (end - start, sum - before))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Lines as `d5` (a row with 5), `t9` (合计 9), `s3` (小计 3), `x` (a row without a value).
    fn told(lines: &str) -> String {
        let (mut all, mut rows, mut stated) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (row, line) in (2..).zip(lines.split(' ')) {
            let (kind, value) = line.split_at(1);
            let text = format!("{value}万元");
            match kind {
                "t" | "s" => {
                    all.push((row, if kind == "t" { Line::Total } else { Line::Subtotal }));
                    stated.insert(row, text);
                }
                _ => {
                    all.push((row, Line::Data));
                    let cells = (!value.is_empty()).then(|| ("投资".to_owned(), text));
                    rows.push(SheetRow { row, cells: cells.into_iter().collect() });
                }
            }
        }
        let found = differences(&all, &rows, "投资", |row| stated.get(&row).cloned());
        let shown = |one: &Difference| format!("{}{}={}", one.what, one.row, one.sum);
        found.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn totals_are_of_the_rows_above_or_below_them_or_of_all() {
        for (lines, wanted) in [
            ("d5 d7 d9 t21", ""),
            ("d5 x d9 t21", "合计5=140000"),
            ("t21 d5 d7 d9", ""),
            ("t20 d5 d7 d9", "合计2=210000"),
            ("d5 d7 s12 d9 s9 t21", ""),
            ("d5 d7 s13 d9 s9 t21", "小计4=120000"),
            ("s12 d5 d7 s9 d9 t21", ""),
            ("d5 s5 d7", ""),
            ("d5 s6 d7", "小计3=50000"),
            ("d5 d约7 t21", ""),
            ("d5 d7 t12 d9 t9 t21", ""),
            ("d5 d7 t12 d9 t9 t22", "合计7=210000"),
        ] {
            assert_eq!(told(lines), wanted, "{lines}");
        }
    }

    proptest! {
        /// A table that adds up is never blamed, and one wrong total always is.
        #[test]
        fn what_adds_up_is_right_and_what_does_not_is_told(
            groups in prop::collection::vec(prop::collection::vec(1u32..900, 1..5), 1..5),
            wrong in any::<bool>(),
        ) {
            let mut lines = Vec::new();
            for group in &groups {
                lines.extend(group.iter().map(|value| format!("d{value}")));
                lines.push(format!("s{}", group.iter().sum::<u32>()));
            }
            let all: u32 = groups.iter().flatten().sum();
            lines.push(format!("t{}", all + if wrong { 1_000_000 } else { 0 }));
            prop_assert_eq!(told(&lines.join(" ")).is_empty(), !wrong);
        }
    }
}
