//! What a picture shows, in words, for those who hear the page.

use super::paper::{HEIGHT, WIDTH};
use super::plan::{Plan, by_year, printed};
use super::{ChartKind, Series};
use crate::markup::escape;
use crate::period::Period;

/// The picture with its title and description, and its place among the roles of a page.
pub(super) fn described(plan: &Plan, series: &[Series], picture: &str) -> String {
    let size = (WIDTH, HEIGHT);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" \
         role=\"img\">\n<title>",
        size.0, size.1
    );
    escape(&mut svg, &title(plan));
    svg.push_str("</title>\n<desc>");
    series.iter().for_each(|one| escape(&mut svg, &description(one, series.len() > 1, &plan.years)));
    svg.push_str("</desc>\n");
    svg.push_str(inside(picture));
    svg.push_str("</svg>\n");
    svg
}

/// What stands between the root's tags.
fn inside(picture: &str) -> &str {
    let from = picture.find('>').map_or(picture.len(), |at| at + 1);
    let inside = picture.get(from..).unwrap_or_default();
    inside.trim_end().strip_suffix("</svg>").unwrap_or(inside).trim_start()
}

fn title(plan: &Plan) -> String {
    let names: Vec<&str> = plan.curves.iter().map(|curve| curve.name).collect();
    let unit = if plan.unit.is_empty() { String::new() } else { format!("（{}）", plan.unit) };
    let kind = match plan.kind {
        ChartKind::Line => "折线图",
        ChartKind::Bar => "柱形图",
    };
    format!("{}{unit}历年{kind}", names.join("、"))
}

/// Every year with its figure, named if there are several series.
fn description(series: &Series, named: bool, years: &[Period]) -> String {
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
