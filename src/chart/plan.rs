//! What is to be drawn: every series with one spot for each year.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{ChartKind, Series};
use crate::period::Period;
use crate::zh::number::{Manner, Said, read};

/// Years in a row of which none is left out, at most. Of years further apart only those that are told are
/// drawn.
const IN_A_ROW: i32 = 30;

/// Series side by side in their years.
pub(super) struct Plan<'s> {
    pub kind: ChartKind,
    pub unit: &'s str,
    pub years: Vec<Period>,
    pub curves: Vec<Curve<'s>>,
}

/// A series: one spot a year.
pub(super) struct Curve<'s> {
    pub name: &'s str,
    pub spots: Vec<Spot>,
}

/// What is known of a year.
#[derive(Default)]
pub(super) struct Spot {
    pub value: Option<Decimal>,
    /// As it is printed beside its mark: without the unit, which stands above the picture.
    pub label: String,
    pub about: bool,
}

impl Plan<'_> {
    pub fn new(series: &[Series], kind: ChartKind) -> Plan<'_> {
        let years = years(series);
        let unit = series.first().map_or("", |one| one.unit.as_str());
        let curve = |one| curve(one, &years);
        Plan { kind, unit, curves: series.iter().map(curve).collect(), years }
    }

    /// Every value.
    pub fn values(&self) -> impl Iterator<Item = Decimal> {
        self.curves.iter().flat_map(|curve| &curve.spots).filter_map(|spot| spot.value)
    }

    /// Whether no curve has a value in a year.
    pub fn is_gap(&self, year: usize) -> bool {
        self.curves.iter().all(|curve| curve.spots[year].value.is_none())
    }

    /// The curves without a value in a year in which another has one.
    pub fn lacking(&self, year: usize) -> impl Iterator<Item = usize> {
        let lacks = move |curve: &usize| self.curves[*curve].spots[year].value.is_none();
        (0..self.curves.len()).filter(move |curve| !self.is_gap(year) && lacks(curve))
    }

    /// Whether a value that is drawn is approximate.
    pub fn has_approximate(&self) -> bool {
        self.curves.iter().flat_map(|curve| &curve.spots).any(|spot| spot.about && spot.value.is_some())
    }
}

/// The years of all series in order, with those between them.
pub(super) fn years(series: &[Series]) -> Vec<Period> {
    let told: BTreeSet<Period> = series.iter().flat_map(|one| &one.points).map(|(year, ..)| *year).collect();
    match (told.first(), told.last()) {
        (Some(first), Some(last)) if last.since(*first) < IN_A_ROW => first.through(*last).collect(),
        _ => told.into_iter().collect(),
    }
}

/// The points of a series by their years.
pub(super) fn by_year(series: &Series) -> BTreeMap<Period, (Option<Decimal>, &str)> {
    series.points.iter().map(|(year, value, text)| (*year, (*value, text.as_str()))).collect()
}

/// A value as it is printed where it has no words.
pub(super) fn printed(value: Decimal, text: &str) -> String {
    if text.is_empty() { value.normalize().to_string() } else { text.to_owned() }
}

fn curve<'s>(series: &'s Series, years: &[Period]) -> Curve<'s> {
    let points = by_year(series);
    let spot =
        |year| points.get(year).map(|(value, text)| spot(*value, text, &series.unit)).unwrap_or_default();
    Curve { name: &series.name, spots: years.iter().map(spot).collect() }
}

fn spot(value: Option<Decimal>, text: &str, unit: &str) -> Spot {
    let words = value.map_or_else(|| text.to_owned(), |value| printed(value, text));
    let label = value.and_then(|_| words.strip_suffix(unit)).filter(|label| !label.is_empty());
    Spot { value, about: is_about(text), label: label.unwrap_or(&words).to_owned() }
}

/// Whether the words of a figure leave open what it is exactly.
fn is_about(text: &str) -> bool {
    read(text, Manner::Prose)
        .is_ok_and(|written| written.approx.is_some() || matches!(written.said, Said::Range(..)))
}
