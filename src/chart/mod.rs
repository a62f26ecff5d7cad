//! Indicators over the years as pictures and as tables (HTML): figures in, a [`Picture`] out, which every format draws
//! from the same [`Ink`], as SVG or as an enhanced metafile.
//!
//! What is printed is printed as the figures were: values are exact decimals, and only the places of marks
//! on the picture are rounded, to whole pixels. The pictures carry no script and no style of their own, as a
//! strict content security policy demands, and say in words what they show to those who do not see them.

mod draw;
mod emf;
pub mod ink;
mod label;
mod marks;
mod paper;
mod plan;
mod scale;
mod svg;
mod table;
mod values;
mod words;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::period::Period;

pub use ink::Ink;
pub use table::{table, table_compared};

/// Fonts of Windows, of macOS and of Linux; plain names, which need no quotes.
const FONTS: &str = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif";

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
    Picture::of(series, kind).svg(FONTS)
}

/// A picture that is drawn, and what it shows in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its width in pixels, which are the units of its ink.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What is drawn, one above the other.
    pub ink: Vec<Ink>,
    /// What it is.
    pub title: String,
    /// Every figure with its year, for those who do not see it.
    pub words: String,
    /// Where its values stand, for those who point at one of them.
    pub places: Vec<Place>,
}

/// Where a value stands on a picture, and what is told of it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The series, counted from 0.
    pub series: usize,
    /// The year of the value.
    pub year: Period,
    /// The upper left corner in pixels.
    pub corner: ink::Spot,
    /// Width and height in pixels.
    pub size: (i32, i32),
    /// Year, name and value; whoever knows more of it adds that.
    pub told: String,
    /// What whoever drew the picture knows the value by.
    pub figure: Option<usize>,
}

impl Picture {
    /// Draws indicators of one unit, [`MOST`] at most: lines told apart by colour and by the shape of their points, or
    /// bars beside each other.
    pub fn of(series: &[Series], kind: ChartKind) -> Picture {
        let plan = plan::Plan::new(series, kind);
        let (ink, places) = draw::picture(&plan);
        Picture {
            width: paper::WIDTH,
            height: paper::HEIGHT,
            ink,
            places,
            title: words::title(&plan),
            words: words::description(&plan, series),
        }
    }

    /// The picture as an SVG element, its words in these fonts: plain names with commas.
    pub fn svg(&self, fonts: &str) -> String {
        svg::write(self, fonts)
    }

    /// The picture as an enhanced metafile so many hundredths of a millimetre wide, its words in this face.
    pub fn emf(&self, width: i32, face: &str) -> Vec<u8> {
        emf::write(self, width, face)
    }
}
