//! Bars, lines and points: what stands for the values.

use plotters::prelude::*;
use rust_decimal::Decimal;

use super::ChartKind;
use super::paper::{Chart, Drawn, Sheet};
use super::plan::{Curve, Plan, Spot};

/// One colour a curve, each at least 4.5 : 1 against white.
pub(super) const COLORS: [RGBColor; super::MOST] = [
    RGBColor(0x1F, 0x5F, 0x99),
    RGBColor(0xB4, 0x52, 0x1C),
    RGBColor(0x2A, 0x78, 0x4E),
    RGBColor(0x7A, 0x4B, 0x9C),
    RGBColor(0x80, 0x66, 0x00),
    RGBColor(0x5A, 0x64, 0x70),
];
/// Colours of bars beside each other: dark and light by turns, so that they are told apart in black and white.
const BARS: [RGBColor; super::MOST] = [
    RGBColor(0x1F, 0x5F, 0x99),
    RGBColor(0xF0, 0xB4, 0x6E),
    RGBColor(0x2A, 0x78, 0x4E),
    RGBColor(0xC9, 0xB5, 0xDC),
    RGBColor(0x80, 0x66, 0x00),
    RGBColor(0xC4, 0xCA, 0xD1),
];
/// Around a light bar.
const EDGE: RGBColor = RGBColor(0x6E, 0x76, 0x80);
/// Light inside of a bar that is approximate.
const TINT: RGBColor = RGBColor(0xDF, 0xE9, 0xF3);
/// Widest bar.
const BAR: i32 = 48;
/// Half the width of a point.
pub(super) const POINT: i32 = 5;

/// Left end of a column; its middle is one further.
pub(super) fn column(index: usize) -> i32 {
    i32::try_from(index * 2).unwrap_or(i32::MAX - 2)
}

/// Pixels from one column to the next.
pub(super) fn pitch(chart: &Chart) -> i32 {
    chart.backend_coord(&(2, Default::default())).0 - chart.backend_coord(&(0, Default::default())).0
}

/// Pixels of a bar, of so many beside each other.
pub(super) fn bar_width(chart: &Chart, bars: usize) -> i32 {
    let bars = i32::try_from(bars.max(1)).unwrap_or(1);
    let room = if bars == 1 { pitch(chart) * 3 / 5 } else { pitch(chart) * 4 / 5 };
    BAR.min(room / bars).max(1)
}

/// How far the middle of a curve's mark stands to the right of the middle of its column.
pub(super) fn aside(chart: &Chart, plan: &Plan, curve: usize) -> i32 {
    if plan.kind == ChartKind::Line {
        return 0;
    }
    let wide = bar_width(chart, plan.curves.len());
    let [curve, all] = [curve, plan.curves.len()].map(|count| i32::try_from(count).unwrap_or(0));
    (2 * curve + 1 - all) * wide / 2
}

/// Bars on zero; hollow ones are approximate.
pub(super) fn bars(chart: &mut Chart, plan: &Plan) -> Drawn {
    let wide = bar_width(chart, plan.curves.len());
    for (index, curve) in plan.curves.iter().enumerate() {
        let color = BARS[index % BARS.len()];
        let left = (pitch(chart) - wide) / 2 + aside(chart, plan, index);
        let right = pitch(chart) - wide - left;
        let [left, right] = [left, right].map(|side| u32::try_from(side).unwrap_or(0));
        for (year, spot) in curve.spots.iter().enumerate() {
            let Some(value) = spot.value else { continue };
            let ends = [(column(year), Default::default()), (column(year) + 2, value)];
            let bar = |style: ShapeStyle| {
                let mut bar = Rectangle::new(ends, style);
                bar.set_margin(0, 0, left, right);
                bar
            };
            if spot.about {
                chart.draw_series([bar(TINT.filled()), bar(color.stroke_width(2))])?;
            } else {
                chart.draw_series([bar(color.filled())])?;
                chart.draw_series((index % 2 == 1).then(|| bar(EDGE.stroke_width(1))))?;
            }
        }
    }
    Ok(())
}

/// The middles of the points of a curve, in runs of years without a gap.
fn runs(curve: &Curve) -> Vec<Vec<(i32, Decimal)>> {
    let spots: Vec<(usize, &Spot)> = curve.spots.iter().enumerate().collect();
    let known = |spots: &[(usize, &Spot)]| {
        spots.iter().filter_map(|(index, spot)| Some((column(*index) + 1, spot.value?))).collect()
    };
    spots.split(|(_, spot)| spot.value.is_none()).map(known).collect()
}

/// Lines between the points of years in a row.
pub(super) fn lines(chart: &mut Chart, plan: &Plan) -> Drawn {
    for (curve, color) in plan.curves.iter().zip(COLORS) {
        for run in runs(curve).into_iter().filter(|run| run.len() > 1) {
            chart.draw_series([PathElement::new(run, color.stroke_width(2))])?;
        }
    }
    Ok(())
}

/// Where the value of a curve in a year stands.
pub(super) fn place(chart: &Chart, plan: &Plan, curve: usize, year: usize) -> Option<(i32, i32)> {
    let value = plan.curves.get(curve)?.spots.get(year)?.value?;
    let (x, y) = chart.backend_coord(&(column(year) + 1, value));
    Some((x + aside(chart, plan, curve), y))
}

/// The points of all curves; hollow ones are approximate.
pub(super) fn points(sheet: &Sheet, chart: &Chart, plan: &Plan) -> Drawn {
    for (index, curve) in plan.curves.iter().enumerate() {
        for (year, spot) in curve.spots.iter().enumerate() {
            if let Some(at) = place(chart, plan, index, year) {
                mark(sheet, index, at, spot.about)?;
            }
        }
    }
    Ok(())
}

/// What tells a curve in the legend: its point, or a square of its bars.
pub(super) fn sign(sheet: &Sheet, plan: &Plan, curve: usize, at: (i32, i32)) -> Drawn {
    match plan.kind {
        ChartKind::Line => mark(sheet, curve, at, false),
        ChartKind::Bar => shape(sheet, 1, at, POINT, BARS[curve % BARS.len()]),
    }
}

/// The point of a curve in its colour and shape.
fn mark(sheet: &Sheet, curve: usize, at: (i32, i32), hollow: bool) -> Drawn {
    shape(sheet, curve, at, POINT, COLORS[curve % COLORS.len()])?;
    if hollow { shape(sheet, curve, at, POINT - 2, WHITE) } else { Ok(()) }
}

fn shape(sheet: &Sheet, curve: usize, (x, y): (i32, i32), r: i32, color: RGBColor) -> Drawn {
    let corners: &[(i32, i32)] = match curve {
        0 => return Ok(sheet.draw(&Circle::new((x, y), r, color.filled()))?),
        1 => &[(-1, -1), (1, -1), (1, 1), (-1, 1)],
        2 => &[(0, -1), (1, 1), (-1, 1)],
        3 => &[(0, -1), (1, 0), (0, 1), (-1, 0)],
        4 => &[(-1, -1), (1, -1), (0, 1)],
        _ => &[(-1, -1), (1, -1), (-1, 1), (1, 1)],
    };
    let corners: Vec<_> = corners.iter().map(|(right, down)| (x + right * r, y + down * r)).collect();
    Ok(sheet.draw(&Polygon::new(corners, color.filled()))?)
}
