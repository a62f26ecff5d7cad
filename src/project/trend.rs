//! Indicators over the years, as they are drawn and tabled.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::chart::Series;
use crate::figures::Figures;
use crate::figures::amount::shift;

/// An indicator over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Dotted path.
    pub path: String,
    /// Its values, in one unit.
    pub series: Series,
}

/// Every indicator that has a number in two of the years up to the report's, oldest year first; `last` years
/// at most; `only` asks for a single one.
pub fn trends(figures: &Figures, last: usize, only: Option<&str>) -> Vec<Trend> {
    let years: Vec<i32> = figures.facts().years.range(..=figures.year()).map(|(year, _)| *year).collect();
    let years = &years[years.len().saturating_sub(last)..];
    let paths = figures.paths().into_iter().filter(|path| only.is_none_or(|only| only == *path));
    paths.filter_map(|path| trend(figures, path, years)).collect()
}

/// One indicator. Its unit is that of the newest value; values of another measure are left out.
fn trend(figures: &Figures, path: &str, years: &[i32]) -> Option<Trend> {
    let values: BTreeMap<i32, _> =
        years.iter().filter_map(|year| Some((*year, figures.figure(path, *year).ok()?))).collect();
    let unit = values.values().next_back()?.amount.unit.clone();
    let point = |year: &i32| {
        let figure = values.get(year);
        let same = figure.filter(|figure| figure.amount.unit.base == unit.base);
        let number: Option<Decimal> = same.map(|figure| shift(figure.amount.value, unit.scale).normalize());
        (*year, number, figure.map(|figure| figure.text.clone()).unwrap_or_default())
    };
    let points: Vec<_> = years.iter().map(point).collect();
    let numbers = points.iter().filter(|(_, number, _)| number.is_some()).count();
    (numbers >= 2).then(|| Trend {
        path: path.to_owned(),
        series: Series { name: path.to_owned(), unit: unit.to_string(), points },
    })
}
