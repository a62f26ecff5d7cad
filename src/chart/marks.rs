//! Bars, lines and points: what stands for the values.

use plotters::prelude::*;
use rust_decimal::Decimal;

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

/// Pixels of a bar.
pub(super) fn bar_width(chart: &Chart) -> i32 {
    BAR.min(pitch(chart) * 3 / 5).max(1)
}

/// Bars on zero; hollow ones are approximate.
pub(super) fn bars(chart: &mut Chart, plan: &Plan) -> Drawn {
    let side = u32::try_from((pitch(chart) - bar_width(chart)) / 2).unwrap_or(0);
    let color = COLORS[0];
    for (index, spot) in plan.curves.iter().flat_map(|curve| curve.spots.iter().enumerate()) {
        let Some(value) = spot.value else { continue };
        let ends = [(column(index), Default::default()), (column(index) + 2, value)];
        let bar = |style: ShapeStyle| {
            let mut bar = Rectangle::new(ends, style);
            bar.set_margin(0, 0, side, side);
            bar
        };
        if spot.about {
            chart.draw_series([bar(TINT.filled()), bar(color.stroke_width(2))])?;
        } else {
            chart.draw_series([bar(color.filled())])?;
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

/// Where the value of a spot stands.
pub(super) fn place(chart: &Chart, index: usize, spot: &Spot) -> Option<(i32, i32)> {
    Some(chart.backend_coord(&(column(index) + 1, spot.value?)))
}

/// The points of all curves; hollow ones are approximate.
pub(super) fn points(sheet: &Sheet, chart: &Chart, plan: &Plan) -> Drawn {
    for (index, curve) in plan.curves.iter().enumerate() {
        for (year, spot) in curve.spots.iter().enumerate() {
            if let Some(at) = place(chart, year, spot) {
                mark(sheet, index, at, spot.about)?;
            }
        }
    }
    Ok(())
}

/// The point of a curve in its colour and shape.
pub(super) fn mark(sheet: &Sheet, curve: usize, at: (i32, i32), hollow: bool) -> Drawn {
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
