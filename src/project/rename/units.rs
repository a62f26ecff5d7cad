//! Another unit: the values of all years in it, exactly; or only another word for it, where somebody says so.

use std::sync::Arc;

use super::fields::{named, set_field, set_of_column};
use super::{column_of, known, registered, reports};
use crate::diag::{Act, Diagnostic, Problems};
use crate::facts::Facts;
use crate::facts::edit::FactEdit;
use crate::facts::references::{self, At};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Fact, Quantity, Value};
use crate::project::amend::Amended;
use crate::project::texts::Text;
use crate::zh::number::{self, Amount, Unit, are_kin};

/// What becomes of a value: nothing where it stays, an error in words where it cannot be said.
type Turned = Result<Option<String>, String>;

/// A value with its place in the file of its year.
struct Found<'f> {
    fact: &'f Fact,
    /// The path of the value itself: a cell of a ledger has its row.
    path: String,
    quantity: &'f Quantity,
}

/// How a unit is changed.
#[derive(Clone, Copy)]
pub struct How {
    /// Only the word for it changes.
    pub relabel: bool,
    /// All of the group that have the unit get the new one.
    pub together: bool,
}

/// Gives an indicator or a column another unit.
///
/// # Errors
/// It has none, the units are of two families and nobody said that only the word changes, or a value does not come out
/// even.
pub fn change(
    amended: &mut Amended,
    path: &str,
    unit: &str,
    how: How,
    notes: &mut Vec<String>,
) -> Result<String, Problems> {
    registered(amended)?;
    let facts = Arc::clone(amended.project().facts()?);
    let new = readable(unit)?;
    let computed = reports::computed(amended.project());
    let mut paths = vec![path.to_owned()];
    if how.together {
        paths.extend(beside(&facts, path));
    }
    let mut kept = 0;
    for path in &paths {
        kept += one(amended, &facts, path, &new, how.relabel)?;
    }
    if how.relabel && kept > 0 {
        notes.push(format!("只改了单位的叫法：{kept}个数字都没有换算"));
    }
    reports::same_figures(&computed, amended.project(), how.relabel)?;
    Ok(format!("{}的单位改为{new}", paths.join("、")))
}

/// The other indicators of a group that have the same unit, whatever its scale.
fn beside(facts: &Facts, path: &str) -> Vec<String> {
    let group = |path: &str| path.rsplit_once('.').map(|(group, _)| group.to_owned());
    let unit = |path: &str| facts.registry.indicators.get(path)?.unit.as_ref().map(|unit| unit.base.clone());
    let wanted = unit(path);
    let same = |one: &&String| *one != path && group(one) == group(path) && unit(one) == wanted;
    facts.registry.indicators.keys().filter(same).cloned().collect()
}

/// One indicator or column; how many values of it were written anew.
fn one(
    amended: &mut Amended,
    facts: &Facts,
    path: &str,
    new: &Unit,
    relabel: bool,
) -> Result<usize, Problems> {
    let column = column_of(amended.project(), path);
    if column.is_none() {
        known(facts, path)?;
    }
    let entry = facts.registry.indicators.get(column.map_or(path, |(ledger, _)| ledger));
    let (kind, old) = match column {
        Some((_, column)) => {
            let column = entry.and_then(|entry| entry.columns.get(column));
            (column.map(|one| one.kind), column.and_then(|one| one.unit.clone()))
        }
        None => (entry.map(|one| one.kind), entry.and_then(|one| one.unit.clone())),
    };
    if matches!(kind, Some(IndicatorKind::Text | IndicatorKind::Date | IndicatorKind::List)) && old.is_none()
    {
        // A text may become a number in the same step.
        written(amended, path, column, new)?;
        return Ok(0);
    }
    let found = found(facts, path, column);
    let units = found.iter().map(|one| &one.quantity.amount.unit).chain(&old);
    if let Some(other) = units.filter(|_| !relabel).find(|other| !are_kin(&other.base, &new.base)) {
        let message = format!("“{other}”和“{new}”量的不是同一样东西，不能换算");
        return Err(Diagnostic::error("wrong-unit", message).hint(Act::Relabel).into());
    }
    let edits = turned(&found, new, relabel)?;
    let confirmed: Vec<(String, String, String, String)> = edits
        .iter()
        .map(|(one, words)| {
            (one.path.clone(), one.fact.year.stem(), one.quantity.text.clone(), words.clone())
        })
        .collect();
    for year in facts.years.keys() {
        let of_year = edits.iter().filter(|(one, _)| one.fact.year == *year);
        let sets: Vec<FactEdit> = of_year
            .map(|(one, words)| FactEdit::Set { path: one.path.clone(), value: words.clone() })
            .collect();
        if !sets.is_empty() {
            amended.edit(&Text::Year(*year), &sets)?;
        }
    }
    follow_confirmations(amended, &confirmed)?;
    if let (Some(old), None, false) = (&old, column, relabel) {
        range(amended, path, old, new)?;
    }
    written(amended, path, column, new)?;
    Ok(edits.len())
}

/// Writes the unit into the registry.
fn written(
    amended: &mut Amended,
    path: &str,
    column: Option<(&str, &str)>,
    unit: &Unit,
) -> Result<(), Problems> {
    match column {
        Some(column) => set_of_column(amended, column, "单位", &unit.to_string()),
        None => set_field(amended, path, "单位", &unit.to_string()),
    }
}

/// A unit that a value can have.
fn readable(unit: &str) -> Result<Unit, Diagnostic> {
    let new = Unit::parse(unit.trim());
    let read = Quantity::parse(&format!("1{}", unit.trim()));
    match read.is_ok_and(|one| one.amount.unit == new && one.amount.is_exact()) && new != Unit::default() {
        true => Ok(new),
        false => Err(Diagnostic::error("wrong-unit", format!("“{}”不能作单位", unit.trim()))
            .hint("单位例如 次、条、万元、公顷、%")),
    }
}

/// Every number of an indicator or a column, in all years.
fn found<'f>(facts: &'f Facts, path: &str, column: Option<(&str, &str)>) -> Vec<Found<'f>> {
    let mut found = Vec::new();
    let of = column.map_or(path, |(ledger, _)| ledger);
    for fact in facts.years.values().filter_map(|year| year.facts.get(of)) {
        match (&fact.value, column) {
            (Value::Quantity(quantity), None) => found.push(Found { fact, path: of.to_owned(), quantity }),
            (Value::Ledger(rows), Some((_, column))) => {
                for (index, row) in rows.iter().enumerate() {
                    if let Some(Value::Quantity(quantity)) = row.cells.get(column).map(|cell| &cell.value) {
                        found.push(Found { fact, path: format!("{of}[{}].{column}", index + 1), quantity });
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The values in the new unit, those left out that have it already.
fn turned<'f>(
    found: &'f [Found<'f>],
    new: &Unit,
    relabel: bool,
) -> Result<Vec<(&'f Found<'f>, String)>, Diagnostic> {
    let (mut edits, mut wrong) = (Vec::new(), Vec::new());
    for one in found {
        let words = if relabel { relabelled(one.quantity, new) } else { converted(one.quantity, new) };
        match words {
            Ok(Some(words)) => edits.push((one, words)),
            Ok(None) => {}
            Err(why) => {
                wrong.push(format!("{}的“{}”是{}，{why}", one.fact.year, one.path, one.quantity.text))
            }
        }
    }
    match wrong.is_empty() {
        true => Ok(edits),
        false => {
            Err(Diagnostic::error("not-exact", format!("换成“{new}”有的数说不准，没有改：{}", named(&wrong)))
                .hint("请换一个单位，或先改好这些数"))
        }
    }
}

/// The same amount in another unit, to the last digit.
fn converted(quantity: &Quantity, new: &Unit) -> Turned {
    let old = &quantity.amount;
    if old.unit == *new {
        return Ok(None);
    }
    let turned = old.to(new).map_err(|_| "换算不了".to_owned())?;
    let words = spelled(&turned);
    let read = Quantity::parse(&words).map_err(|_| format!("换算成{words}写不进事实"))?.amount;
    let back = read.to(&old.unit).map_err(|_| "换算不了".to_owned())?;
    let same =
        back.value == old.value && back.bound == old.bound && read.approx == old.approx && read.unit == *new;
    if same { Ok(Some(words)) } else { Err(format!("换算成{words}就不准了")) }
}

/// An amount as a fact says it, with the word that the old one had.
fn spelled(amount: &Amount) -> String {
    match amount.approx {
        Some(word) => number::format(amount.value, &amount.unit, amount.decimals, Some(word)),
        None => amount.text(),
    }
}

/// The same number with another word behind it.
fn relabelled(quantity: &Quantity, new: &Unit) -> Turned {
    let old = &quantity.amount;
    if old.unit == *new {
        return Ok(None);
    }
    let words = quantity.text.replacen(&old.unit.to_string(), &new.to_string(), 1);
    let wanted = Amount {
        value: old.coefficient().checked_mul(new.scale.factor()).ok_or("换算不了")?.normalize(),
        unit: new.clone(),
        ..old.clone()
    };
    let is = |words: &str| {
        Quantity::parse(words).is_ok_and(|read| {
            (read.amount.value.normalize(), &read.amount.unit, read.amount.bound, read.amount.approx)
                == (wanted.value, new, wanted.bound, wanted.approx)
        })
    };
    let plain = spelled(&wanted);
    match () {
        () if !old.unit.to_string().is_empty() && is(&words) => Ok(Some(words)),
        () if is(&plain) => Ok(Some(plain)),
        () => Err(format!("改不成带“{new}”的数")),
    }
}

/// What somebody confirmed stays confirmed: it says the same.
fn follow_confirmations(
    amended: &mut Amended,
    changed: &[(String, String, String, String)],
) -> Result<(), Problems> {
    let text = amended.text(&Text::Confirmed);
    if text.is_empty() {
        return Ok(());
    }
    let change = |at: At<'_>, word: &str| {
        let is = |(path, year, old, _): &&(String, String, String, String)| {
            at.beside("指标") == Some(path) && at.beside("年度") == Some(year) && word == old
        };
        let found = changed.iter().find(is).filter(|_| !at.is_key && at.keys == ["值"]);
        found.map(|(.., new)| new.clone())
    };
    let (text, _) = references::rewritten(text, &change)?;
    amended.put(&Text::Confirmed, text);
    Ok(())
}

/// 范围, whose bare bounds are in the unit of the indicator.
fn range(amended: &mut Amended, path: &str, old: &Unit, new: &Unit) -> Result<(), Problems> {
    let bound = |at: At<'_>, word: &str| {
        if at.is_key || at.keys != [path, "范围"] {
            return None;
        }
        let bare = Quantity::parse(word).ok()?.amount;
        if bare.unit != Unit::default() {
            return None;
        }
        let value = bare.value.checked_mul(old.scale.factor())?;
        let turned = Amount::exact(value.normalize(), old.clone()).to(new).ok()?;
        Some(number::plain(turned.coefficient()))
    };
    let (text, _) = references::rewritten(amended.text(&Text::Registry), &bound)?;
    amended.put(&Text::Registry, text);
    Ok(())
}
