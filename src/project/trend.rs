//! Indicators over the years, as they are drawn and tabled.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::chart::Series;
use crate::figures::compare::{growth, is_rank, shown_rate};
use crate::figures::{Figure, Figures};
use crate::period::Period;
use crate::zh::number::{Amount, half_up, points, shift};

/// An indicator over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Dotted path.
    pub path: String,
    /// Its values, in one unit.
    pub series: Series,
    /// Of each year that can be held against the year before: 增长15.8%, 提高1.2个百分点, 持平.
    pub changes: Vec<(Period, String)>,
}

/// Every indicator that has a number in two of the years up to the report's, oldest year first; `last` years
/// at most; `only` asks for a single one.
pub fn trends(figures: &Figures, last: usize, only: Option<&str>) -> Vec<Trend> {
    let like = |year: &Period| year.is_like(figures.period());
    let years: Vec<Period> =
        figures.facts().years.range(..=figures.period()).map(|(year, _)| *year).filter(like).collect();
    let years = &years[years.len().saturating_sub(last)..];
    let paths = figures.paths().into_iter().filter(|path| only.is_none_or(|only| only == *path));
    paths.filter_map(|path| trend(figures, path, years)).collect()
}

/// One indicator. Its unit is that of the newest value; values of another measure are left out.
fn trend(figures: &Figures, path: &str, years: &[Period]) -> Option<Trend> {
    let values: BTreeMap<Period, _> =
        years.iter().filter_map(|year| Some((*year, figures.figure(path, *year).ok()?))).collect();
    let unit = values.values().next_back()?.amount.unit.clone();
    let point = |year: &Period| {
        let figure = values.get(year);
        let value = figure.and_then(|figure| figure.amount.value_in(&unit).ok());
        let number: Option<Decimal> = value.map(|value| shift(value, unit.scale).normalize());
        (*year, number, figure.map(|figure| figure.text.clone()).unwrap_or_default())
    };
    let points: Vec<_> = years.iter().map(point).collect();
    let numbers = points.iter().filter(|(_, number, _)| number.is_some()).count();
    let against_before = |(year, new): (&Period, &Arc<Figure>)| {
        let old = values.get(&year.before())?;
        Some((*year, change(path, &old.amount, &new.amount)?))
    };
    (numbers >= 2).then(|| Trend {
        path: path.to_owned(),
        changes: values.iter().filter_map(against_before).collect(),
        series: Series { name: path.to_owned(), unit: unit.to_string(), points },
    })
}

/// What an amount says against that of the year before, to one decimal; percents by their points, ranks by places. Nothing
/// where one of the two is approximate, and where there is nothing to divide by.
fn change(path: &str, old: &Amount, new: &Amount) -> Option<String> {
    let before = old.value_in(&new.unit).ok().filter(|_| old.is_exact() && new.is_exact())?;
    if before == new.value {
        return Some("持平".to_owned());
    }
    let difference = new.value.checked_sub(before)?;
    if is_rank(path, &new.unit.base) {
        return Some(said(-difference, difference.scale(), "上升", "位"));
    }
    let points = points(&new.unit.base);
    let Some(points) = points else { return Some(said(growth(old, new).ok()?, 1, "增长", "%")) };
    Some(said(difference, difference.scale(), "提高", points))
}

fn said(change: Decimal, decimals: u32, up: &str, unit: &str) -> String {
    let number = half_up(change.abs(), decimals);
    let number = if number.is_zero() { number } else { shown_rate(change, decimals).normalize() };
    match (number.is_zero(), change.is_sign_negative()) {
        (true, _) => "基本持平".to_owned(),
        (false, true) => format!("下降{number}{unit}"),
        (false, false) => format!("{up}{number}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::value::Quantity;

    #[test]
    fn a_change_is_a_rate_or_its_points() {
        let of = |text: &str| Quantity::parse(text).expect("a quantity").amount;
        for (old, new, words) in [
            ("19篇", "22篇", Some("增长15.8%")),
            ("13次", "12次", Some("下降7.7%")),
            ("13次", "13次", Some("持平")),
            ("10000次", "10001次", Some("基本持平")),
            ("92.5%", "93.70%", Some("提高1.2个百分点")),
            ("1.3%", "-0.4%", Some("下降1.7个百分点")),
            ("1.2亿元", "13500万元", Some("增长12.5%")),
            ("0次", "1次", None),
            ("-1元", "1元", None),
            ("13次", "13场", None),
            ("30多条", "40条", None),
        ] {
            assert_eq!(change("指标", &of(old), &of(new)).as_deref(), words, "{old} {new}");
        }
        assert_eq!(change("综合排名", &of("7位"), &of("5位")).as_deref(), Some("上升2位"));
        assert_eq!(change("综合排名", &of("5名"), &of("7名")).as_deref(), Some("下降2位"));
    }
}
