//! What a picture shows, in words, for those who hear the page.

use super::plan::{Plan, by_year, printed};
use super::{ChartKind, Series};
use crate::period::Period;

/// What it is.
pub(super) fn title(plan: &Plan) -> String {
    let names: Vec<&str> = plan.curves.iter().map(|curve| curve.name).collect();
    let unit = if plan.unit.is_empty() { String::new() } else { format!("（{}）", plan.unit) };
    let kind = match plan.kind {
        ChartKind::Line => "折线图",
        ChartKind::Bar => "柱形图",
    };
    format!("{}{unit}历年{kind}", names.join("、"))
}

/// What it shows: of every series each year with its figure.
pub(super) fn description(plan: &Plan, series: &[Series]) -> String {
    series.iter().map(|one| described(one, series.len() > 1, &plan.years)).collect()
}

/// Every year with its figure, named if there are several series.
fn described(series: &Series, named: bool, years: &[Period]) -> String {
    let points = by_year(series);
    let told = |year: &Period| match points.get(year) {
        Some((Some(value), text)) => format!("{year}{}", printed(*value, text)),
        Some((None, text)) if !text.is_empty() => format!("{year}{text}"),
        _ => format!("{year}缺"),
    };
    let told: Vec<String> = years.iter().map(told).collect();
    let name = if named { format!("{}：", series.name) } else { String::new() };
    format!("{name}{}。", told.join("，"))
}
