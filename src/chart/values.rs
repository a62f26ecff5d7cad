//! The values printed on the picture: which of them, and where each would like to stand.

use plotters::style::text_anchor::HPos;

use super::label::{self, Area, Wish};
use super::marks::{COLORS, POINT, bar_width, pitch, place};
use super::paper::{Chart, Drawn, HEIGHT, INK, LARGE, SMALL, SMALLEST, Sheet, WIDTH, write};
use super::plan::Plan;
use super::scale::Scale;
use super::{ChartKind, Place};

/// Sizes of values that are tried.
const SIZES: [i32; 3] = [LARGE, SMALL, SMALLEST];

/// How far a value moves out of the way of a higher bar beside its own.
const ASIDE: i32 = 9;

/// The values beside their marks: as large as all have room, or else
/// those that have room when they are small.
pub(super) fn labels(sheet: &Sheet, chart: &Chart, plan: &Plan, scale: &Scale) -> Drawn {
    let wishes = wishes(chart, plan);
    let top = chart.plotting_area().get_pixel_range().1.start - 26;
    let room = Area { left: 2, top, right: WIDTH as i32 - 2, bottom: HEIGHT as i32 - 28 };
    let (marks, mut lines) = obstacles(chart, plan);
    let ground = chart.backend_coord(&(0, scale.ground())).1;
    lines.push(Area { left: 0, top: ground - 1, right: WIDTH as i32, bottom: ground + 1 });
    let place = |size| (size, label::place(&wishes, size, room, &marks, &lines));
    let all = |(_, placed): &(i32, Vec<_>)| placed.len() == wishes.len();
    let (size, placed) = SIZES.into_iter().map(place).find(all).unwrap_or_else(|| place(SMALLEST));
    for (wish, at) in placed {
        let one = plan.curves.len() == 1 || plan.kind == ChartKind::Bar;
        let color = if one { INK } else { COLORS[wish.curve % COLORS.len()] };
        write(sheet, &wish.text, at, size, color, HPos::Center)?;
    }
    Ok(())
}

/// What is to be printed, most important first: the newest and the oldest value of each curve, its highest
/// and its lowest, then the others, newest first.
fn wishes(chart: &Chart, plan: &Plan) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for (curve, one) in plan.curves.iter().enumerate() {
        let known: Vec<usize> =
            (0..one.spots.len()).filter(|year| one.spots[*year].value.is_some()).collect();
        let value = |year: &&usize| one.spots[**year].value;
        let ends = [known.iter().max_by_key(value), known.iter().min_by_key(value)];
        let first = [known.last(), known.first()].into_iter().chain(ends).flatten().copied();
        let mut seen = Vec::new();
        for year in first.chain(known.iter().rev().copied()) {
            let rank = seen.len();
            if !seen.contains(&year) {
                seen.push(year);
                wishes.push((rank, wish(chart, plan, curve, year)));
            }
        }
    }
    wishes.sort_by_key(|(rank, _)| *rank);
    wishes.into_iter().map(|(_, wish)| wish).collect()
}

fn wish(chart: &Chart, plan: &Plan, curve: usize, year: usize) -> Wish {
    let spots = &plan.curves[curve].spots;
    let (x, y) = place(chart, plan, curve, year).unwrap_or_default();
    let (above, below) = ((x, y - 15), (x, y + 16));
    let negative = spots[year].value.is_some_and(|value| value.is_sign_negative() && !value.is_zero());
    let beside = [year.checked_sub(1), Some(year + 1)].into_iter().flatten();
    let heights: Vec<i32> = beside.filter_map(|year| Some(place(chart, plan, curve, year)?.1)).collect();
    let low = heights.iter().map(|height| i64::from(y) - i64::from(*height)).sum::<i64>() > 0;
    let places = match plan.kind {
        ChartKind::Bar if negative => vec![(x, y + 11)],
        ChartKind::Bar => {
            let out = if 2 * curve + 1 < plan.curves.len() { -ASIDE } else { ASIDE };
            vec![(x, y - 11), (x + out, y - 11), (x, y - 25), (x + out, y - 25)]
        }
        ChartKind::Line if low => vec![below, above],
        ChartKind::Line => vec![above, below],
    };
    Wish { text: spots[year].label.clone(), curve, places }
}

/// Where each value is pointed at: its bar or its point, with the words beside it.
pub(super) fn places(chart: &Chart, plan: &Plan, scale: &Scale) -> Vec<Place> {
    let half = match plan.kind {
        ChartKind::Bar => bar_width(chart, plan.curves.len()) / 2,
        ChartKind::Line => (pitch(chart) / 2).clamp(1, 3 * POINT),
    };
    let ground = chart.backend_coord(&(0, scale.ground())).1;
    let mut places = Vec::new();
    for (series, curve) in plan.curves.iter().enumerate() {
        for (index, (spot, year)) in curve.spots.iter().zip(&plan.years).enumerate() {
            let Some((x, y)) = place(chart, plan, series, index) else { continue };
            let (top, bottom) = match plan.kind {
                ChartKind::Bar => (y.min(ground) - 20, y.max(ground)),
                ChartKind::Line => (y - 2 * POINT, y + 2 * POINT),
            };
            let told = format!("{year}{}：{}{}", curve.name, spot.label, plan.unit);
            let (corner, size) = ((x - half, top), (2 * half, bottom - top));
            places.push(Place { series, year: *year, corner, size, told, figure: None });
        }
    }
    places
}

/// Where bars and points stand, and where lines run.
fn obstacles(chart: &Chart, plan: &Plan) -> (Vec<Area>, Vec<Area>) {
    let half = bar_width(chart, plan.curves.len()) / 2;
    let (mut marks, mut lines) = (Vec::new(), Vec::new());
    for (curve, one) in plan.curves.iter().enumerate() {
        for year in 0..one.spots.len() {
            let Some((x, y)) = place(chart, plan, curve, year) else { continue };
            let ground = chart.backend_coord(&(0, Default::default())).1;
            marks.push(match plan.kind {
                ChartKind::Bar => {
                    Area { left: x - half, top: y.min(ground), right: x + half, bottom: y.max(ground) }
                }
                ChartKind::Line => Area::around((x, y), POINT, POINT),
            });
            let next = place(chart, plan, curve, year + 1);
            if let Some((right, end)) = next.filter(|_| plan.kind == ChartKind::Line) {
                let part = |k: i32| (x + (right - x) * k / 12, y + (end - y) * k / 12);
                lines.extend((1..12).map(|k| Area::around(part(k), 1, 1)));
            }
        }
    }
    (marks, lines)
}
