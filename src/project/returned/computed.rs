//! A figure that is computed and was changed: which facts it is made of, and which value of one of them would give it.

use rust_decimal::Decimal;

use super::super::amend::Amended;
use super::{Returned, cell, fact};
use crate::diag::Problems;
use crate::document::{Document, Line};
use crate::facts::value::Quantity;
use crate::figures::{FactRef, Trail};
use crate::import::Value;
use crate::import::edits::{Edit, What};
use crate::import::extract::extract;
use crate::period::Period;
use crate::zh::number::Amount;

/// So many facts are tried, and so many ways are said.
const TRIED: usize = 12;
const SAID: usize = 3;
/// So often a value is made better: what divides is no straight line.
const STEPS: usize = 6;

/// Why a computed figure cannot be taken over, and what would give it; `texts` are the project with the facts that are
/// taken over.
///
/// # Errors
/// The project cannot be rendered.
pub(super) fn reason(returned: &Returned, texts: &Amended, edit: &Edit) -> Result<String, Problems> {
    let place = Place::of(edit, &returned.rendered(&returned.amended)?);
    let document = returned.rendered(texts)?;
    let Some((place, (_, trail))) = place.and_then(|place| Some((place, place.read(&document)?))) else {
        return Ok("这个数是算出来的，要改请改它用到的事实".to_owned());
    };
    let year = returned.ours.origin.year;
    let mut facts: Vec<&FactRef> = Vec::new();
    for fact in trail.facts.iter() {
        if !facts.iter().any(|known| (&known.path, known.year) == (&fact.path, fact.year)) {
            facts.push(fact);
        }
    }
    let shown: Vec<String> = facts.iter().take(TRIED).map(|fact| said(fact, &fact.text, year)).collect();
    let more = if facts.len() > TRIED { format!("等{}个", facts.len()) } else { String::new() };
    let made = format!("这个数由{}{more}算出来（{}）", shown.join("、"), trail.derivation);
    let wanted = edit.new.as_str();
    let solver = Solver { returned, texts, place, trail, wanted };
    let ways = facts.iter().take(TRIED).filter_map(|fact| Some(said_as(fact, &solver.value(fact)?, year)));
    let ways: Vec<String> = ways.take(SAID).collect();
    Ok(match ways.as_slice() {
        [] => format!("{made}，单改其中一个得不到{wanted}，要改请改这些事实"),
        ways => format!("{made}。要得到{wanted}，{}", ways.join("，或者")),
    })
}

/// A fact with its value, and its year where that is another one.
fn said(fact: &FactRef, value: &str, year: Period) -> String {
    let when = if fact.year == year { String::new() } else { fact.year.words() };
    match cell(&fact.path) {
        Some((ledger, row, column)) => format!("{when}“{ledger}”第{row}行的“{column}”{value}"),
        None => format!("{when}“{}”{value}", fact.path),
    }
}

fn said_as(fact: &FactRef, value: &str, year: Period) -> String {
    said(fact, &format!("应是{value}"), year)
}

/// Where a figure stands: the block, and which of its figures it is.
#[derive(Clone, Copy)]
struct Place {
    block: usize,
    figure: usize,
}

impl Place {
    fn of(edit: &Edit, document: &Document) -> Option<Place> {
        let What::Computed { line, span, .. } = &edit.what else { return None };
        let block = edit.block?;
        let lines = Line::all(document.blocks.get(block)?);
        let before: usize = lines.iter().take(*line).map(|line| line.figures.len()).sum();
        let own = lines.get(*line)?.figures.iter().position(|(figure, _)| figure == span)?;
        Some(Place { block, figure: before + own })
    }

    /// The words and the trail of the figure in a report.
    fn read(self, document: &Document) -> Option<(String, &Trail)> {
        let lines = Line::all(document.blocks.get(self.block)?);
        let mut figures = lines.iter().flat_map(|line| line.figures.iter().map(move |figure| (line, figure)));
        let (line, (span, trail)) = figures.nth(self.figure)?;
        Some((line.text[span.clone()].to_owned(), document.trails.get(*trail)?.as_ref()))
    }
}

struct Solver<'s> {
    returned: &'s Returned,
    texts: &'s Amended,
    place: Place,
    trail: &'s Trail,
    /// The words that the report shall say.
    wanted: &'s str,
}

impl Solver<'_> {
    /// The value of one fact with which the report says what is wanted, all else as it is.
    fn value(&self, fact: &FactRef) -> Option<String> {
        let was = Quantity::parse(&fact.text).ok()?.amount;
        let known = self.trail.amount.as_ref()?.value;
        let number = extract(self.wanted).into_iter().next()?;
        let wanted = number.reading.as_ref()?.one()?.value;
        // A fall is said without its sign.
        let wanted = if known.is_sign_negative() { -wanted } else { wanted };
        let unit = Decimal::new(1, was.decimals).checked_mul(was.unit.scale.factor())?;
        let (mut left, mut right) = ((was.value, known), self.amount(fact, &was, was.value + unit)?);
        for _ in 0..STEPS {
            let slope = (right.1 - left.1).checked_div(right.0 - left.0).filter(|slope| !slope.is_zero())?;
            let next = right.0.checked_add((wanted - right.1).checked_div(slope)?)?;
            let next = next.checked_div(unit)?.round().checked_mul(unit)?;
            if next == right.0 {
                break;
            }
            (left, right) = (right, self.amount(fact, &was, next)?);
        }
        let near = [0, 1, -1, 2, -2].map(|steps| right.0 + Decimal::from(steps) * unit);
        let mut near = near.into_iter().filter(|value| value.is_sign_positive() && *value != was.value);
        near.find_map(|value| {
            let text = text(&was, value);
            (self.printed(fact, &text)?.0 == self.wanted).then_some(text)
        })
    }

    /// A value of the fact, and what the figure is then.
    fn amount(&self, fact: &FactRef, was: &Amount, value: Decimal) -> Option<(Decimal, Decimal)> {
        let (_, amount) = self.printed(fact, &text(was, value))?;
        Some((value, amount?))
    }

    /// What the report prints there with another value of a fact.
    fn printed(&self, of: &FactRef, value: &str) -> Option<(String, Option<Decimal>)> {
        let mut texts = self.texts.clone();
        fact(&mut texts, &of.path, of.year, &Value::Text(value.to_owned())).ok()?;
        let document = self.returned.rendered(&texts).ok()?;
        let (words, trail) = self.place.read(&document)?;
        Some((words, trail.amount.as_ref().map(|amount| amount.value)))
    }
}

/// A value as the fact is written.
fn text(was: &Amount, value: Decimal) -> String {
    Amount::exact(value.normalize(), was.unit.clone()).text()
}
