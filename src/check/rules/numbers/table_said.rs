//! Totals of tables that the prose around them states otherwise.

use super::super::prelude::*;
use super::cells::Table;
use super::reading::{self, Exact};
use super::told::Line;
use super::twice::is_another;
use crate::check::LineKind;
use crate::clause::{Relation, When};
use crate::zh::number::{Amount, Unit, are_kin};

/// A table and the text beside it have one total.
pub(super) const RULE: Rule = Rule::prose("num-table-said", Level::Warning, run);

/// The unit that a head names.
static UNIT: Pattern = Pattern::new("[（(](?:单位[：:])?([^（()）]{1,6})[）)]");
/// The unit of a whole table.
static OF_ALL: Pattern = Pattern::new("单位[：:] *([^ 　，。；）)]{1,6})");
/// How many lines above a table may name its unit.
const ABOVE: usize = 3;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for grid in prose.tables.iter().filter(|grid| grid.rows.len() > 2) {
        let table = Table::of(&prose.source.text, grid);
        let Some(start) = grid.rows.first().and_then(|row| row.first()).map(|cell| cell.start) else {
            continue;
        };
        let Some(row) = (0..table.rows.len())
            .filter(|row| table.level(*row).is_some())
            .max_by_key(|row| table.level(*row))
        else {
            continue;
        };
        if table.is_partial() {
            continue;
        }
        let section = section(prose, start);
        // What is still to be filled in may say the total, too.
        if section.iter().any(|line| !line.gaps.is_empty()) {
            continue;
        }
        let lines: Vec<Line<'_>> = section.iter().map(|line| Line::of(prose, line)).collect();
        let above = unit_above(prose, start);
        for column in (0..table.width()).filter(|column| table.adds_up(*column)) {
            let Some(total) = table.figure(row, column) else { continue };
            let head = table.heading(column);
            let Some(stated) = in_unit(total, &head, above.as_ref()) else { continue };
            // What the prose says of one row is none of the whole.
            let of_row = |other: &Amount| {
                let cells = (0..table.rows.len()).filter_map(|row| table.figure(row, column));
                cells.into_iter().any(|cell| cell.amount.coefficient() == other.coefficient())
            };
            if let Some(other) = said_otherwise(&lines, &head, &stated).filter(|other| !of_row(other)) {
                let message = format!(
                    "表里“{head}”{}是{}，正文写的是{}",
                    table.label(row),
                    stated.text(),
                    other.text()
                );
                let hint = "请核对哪个数对，把表格和正文改成一致；如果说的不是一回事，请写明各是什么口径";
                found.at(&prose.source, total.span.clone(), message, hint);
            }
        }
    }
}

/// The lines of prose under the same heading as a place.
fn section(prose: &Prose, at: usize) -> Vec<&ProseLine> {
    let is_heading = |line: &&ProseLine| matches!(line.kind, LineKind::Heading(_) | LineKind::Title);
    let start =
        prose.lines.iter().filter(is_heading).map(|line| line.span.start).filter(|start| *start < at).max();
    let end = prose.lines.iter().filter(is_heading).map(|line| line.span.start).find(|start| *start > at);
    let within = |line: &&ProseLine| {
        line.span.start >= start.unwrap_or(0) && end.is_none_or(|end| line.span.start < end)
    };
    let body = |line: &&ProseLine| line.kind.is_body() && !reading::is_table(line, prose.text(line));
    prose.lines.iter().filter(within).filter(body).collect()
}

/// The unit that words above a table name.
fn unit_above(prose: &Prose, at: usize) -> Option<Unit> {
    let above = prose.lines.iter().rev().filter(|line| line.span.start < at).take(ABOVE);
    let mut named = above.filter_map(|line| OF_ALL.captures(prose.text(line)));
    named.next().map(|found| Unit::parse(&found[1]))
}

/// A total in the unit that its cell, its head, or the table names; nothing where none does.
fn in_unit(total: &Exact, head: &str, above: Option<&Unit>) -> Option<Amount> {
    if !total.base().is_empty() {
        return Some(total.amount.clone());
    }
    let own = UNIT.captures(head).map(|found| Unit::parse(&found[1]));
    let counted = ["户数", "人数"].iter().find(|word| head.ends_with(*word));
    let counted = counted.map(|word| Unit::parse(word.trim_end_matches('数')));
    let unit = own.or(counted).or_else(|| above.cloned())?;
    let value = total.value().checked_mul(unit.scale.factor())?;
    Some(Amount { decimals: total.amount.decimals, ..Amount::exact(value, unit) })
}

/// What the prose says of the whole of a column, where it is one other value.
fn said_otherwise(lines: &[Line<'_>], head: &str, stated: &Amount) -> Option<Amount> {
    let name: Vec<char> = UNIT.replace_all(head, "").chars().filter(|c| is_han(*c)).collect();
    let mut other: Option<Amount> = None;
    for line in lines {
        for figure in &line.figures {
            let claim = figure.claim;
            let is_value = matches!(claim.relation, Relation::Level | Relation::State);
            let own =
                is_value && claim.when == When::Report && claim.whole.is_none() && claim.doubt.is_none();
            let Some(exact) = figure.exact.as_ref().filter(|_| own && figure.depth == 0) else { continue };
            let sentence = reading::since(line.text, figure.span.start, &reading::ENDS);
            let clause = reading::since(line.text, figure.span.start, &reading::STOPS);
            let said = format!("{clause}{}{}", claim.verb, claim.owner);
            if !are_kin(exact.base(), &stated.unit.base) || !names(&said, &name) || is_another(sentence) {
                continue;
            }
            let value = exact.amount.value_in(&stated.unit).ok()?;
            let differs = (value - stated.value_in(&stated.unit).ok()?).abs() > exact.rounding();
            if !differs || other.as_ref().is_some_and(|other| other.value != exact.amount.value) {
                return None;
            }
            other = Some(exact.amount.clone());
        }
    }
    other
}

/// Whether words have all characters of a name, in their order.
fn names(said: &str, name: &[char]) -> bool {
    let mut rest = name.iter().peekable();
    for c in said.chars() {
        rest.next_if(|wanted| **wanted == c);
    }
    name.len() > 1 && rest.peek().is_none()
}
