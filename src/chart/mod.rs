//! Indicators over the years as pictures (SVG) and as tables (HTML): figures in, text out.
//!
//! What is printed is printed as the figures were: values are exact decimals, and only the places of marks
//! on the picture are rounded, to whole pixels. The pictures carry no script and no style of their own, as a
//! strict content security policy demands, and say in words what they show to those who do not see them.

mod draw;
mod label;
mod marks;
mod paper;
mod plan;
mod scale;
mod table;
mod values;
mod words;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::period::Period;

pub use table::{table, table_compared};

/// Series that one picture holds at most: more lines cannot be told apart.
pub const MOST: usize = 6;

/// One indicator over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What is counted, as staff call it.
    pub name: String,
    /// Unit of all its values, with its scale word: 次, 万元, %; empty for bare numbers.
    pub unit: String,
    /// Year, value in the unit, and the figure as it is printed, in any order; of two points of a year the
    /// later one holds. No value: a gap. Whether a value is approximate is read from its words (30多条), and
    /// a value without words is printed in full.
    pub points: Vec<(Period, Option<Decimal>, String)>,
}

/// How an indicator is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Points joined by lines, for what goes on: rates, stocks.
    Line,
    /// Bars that stand on zero, for what was counted in each year.
    Bar,
}

/// Why several indicators do not go into one picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoChart {
    /// Different units do not share an axis.
    #[error("单位不同，不能画在一张图上：{0}、{1}")]
    Units(String, String),
    /// More than [`MOST`].
    #[error("一张图最多画{MOST}项指标，这里有{0}项")]
    TooMany(usize),
}

/// Draws one indicator, 640 × 280. Years without a value are gaps, also those that the series skips; hollow
/// points and bars are approximate.
pub fn svg(series: &Series, kind: ChartKind) -> String {
    picture(std::slice::from_ref(series), kind)
}

/// Draws several indicators of one unit as lines in one picture, told apart by colour and by the shape of
/// their points.
///
/// # Errors
/// Units that differ, and more than [`MOST`] indicators.
pub fn svg_many(series: &[Series]) -> Result<String, NoChart> {
    if series.len() > MOST {
        return Err(NoChart::TooMany(series.len()));
    }
    let differs = |pair: &[Series]| pair[0].unit != pair[1].unit;
    if let Some(pair) = series.windows(2).find(|pair| differs(pair)) {
        return Err(NoChart::Units(pair[0].unit.clone(), pair[1].unit.clone()));
    }
    Ok(picture(series, ChartKind::Line))
}

fn picture(series: &[Series], kind: ChartKind) -> String {
    let plan = plan::Plan::new(series, kind);
    words::described(&plan, series, &draw::picture(&plan))
}
