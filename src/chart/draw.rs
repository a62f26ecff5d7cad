//! The picture itself, drawn with plotters: coordinates, lines, bars and points are its own, the labels
//! stand where `label` found room for them.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordi32;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::Kind;
use super::label::{self, Area, Wish};
use super::plan::{Curve, Plan, Spot};
use super::scale::Scale;
use crate::zh::width::cut;

/// Width of a picture in pixels.
pub(super) const WIDTH: u32 = 640;
/// Height of a picture in pixels.
pub(super) const HEIGHT: u32 = 280;

/// Fonts of Windows, of macOS and of Linux; plain names, which need no quotes.
const FONT: &str = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, Source Han Sans SC, SimHei, sans-serif";
/// Sizes as plotters counts them: 1.24 times the pixels of a character.
const LARGE: i32 = 16;
const SMALL: i32 = 14;
const INK: RGBColor = RGBColor(0x33, 0x3B, 0x45);
const GREY: RGBColor = RGBColor(0x66, 0x6E, 0x79);
const AXIS: RGBColor = RGBColor(0x8A, 0x91, 0x9B);
const GRID: RGBColor = RGBColor(0xE4, 0xE7, 0xEB);
/// Light inside of a bar that is approximate.
const TINT: RGBColor = RGBColor(0xDF, 0xE9, 0xF3);
/// One colour a curve, each at least 4.5 : 1 against white.
const COLORS: [RGBColor; super::MOST] = [
    RGBColor(0x1F, 0x5F, 0x99),
    RGBColor(0xB4, 0x52, 0x1C),
    RGBColor(0x2A, 0x78, 0x4E),
    RGBColor(0x7A, 0x4B, 0x9C),
    RGBColor(0x80, 0x66, 0x00),
    RGBColor(0x5A, 0x64, 0x70),
];
/// Height of the first line of words and of each line of the legend.
const LINE: i32 = 20;
/// White at the left and at the right.
const MARGIN: i32 = 12;
/// Widest bar.
const BAR: i32 = 48;
/// Half the width of a point.
const POINT: i32 = 5;

type Sheet<'b> = DrawingArea<SVGBackend<'b>, Shift>;
type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordi32, Scale>>;
type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Draws what is planned, as an SVG element. Into memory nothing fails; if it did, the picture would be
/// empty, and its words would still say what it shows.
pub(super) fn picture(plan: &Plan) -> String {
    let mut svg = String::new();
    let sheet = SVGBackend::with_string(&mut svg, (WIDTH, HEIGHT)).into_drawing_area();
    let drawn = draw(&sheet, plan);
    drop(sheet);
    if drawn.is_ok() { svg } else { String::new() }
}

fn draw(sheet: &Sheet, plan: &Plan) -> Drawn {
    sheet.fill(&WHITE)?;
    let values: Vec<_> = plan.values().collect();
    if values.is_empty() {
        let middle = (WIDTH as i32 / 2, HEIGHT as i32 / 2);
        return write(sheet, "没有可画的数", middle, LARGE, GREY, HPos::Center);
    }
    let scale = Scale::of(&values, plan.kind == Kind::Bar, plan.unit);
    head(sheet, plan, &scale)?;
    let top = legend(sheet, plan)?;
    let mut chart = frame(sheet, plan, &scale, top)?;
    match plan.kind {
        Kind::Bar => bars(&mut chart, plan)?,
        Kind::Line => lines(&mut chart, plan)?,
    }
    ground(&mut chart, plan, &scale)?;
    if plan.kind == Kind::Line {
        points(sheet, &chart, plan)?;
    }
    years(sheet, &chart, plan, &scale)?;
    labels(sheet, &chart, plan)?;
    Ok(sheet.present()?)
}

/// A text with its middle line at `at`.
fn write(sheet: &Sheet, text: &str, at: (i32, i32), size: i32, color: RGBColor, side: HPos) -> Drawn {
    let style = (FONT, size, &color).into_text_style(sheet).pos(Pos::new(side, VPos::Center));
    Ok(sheet.draw(&Text::new(clean(text), at, style))?)
}

/// Characters that no XML holds, and line ends, are left out.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}

/// The unit at the left, and what is unusual at the right.
fn head(sheet: &Sheet, plan: &Plan, scale: &Scale) -> Drawn {
    if !plan.unit.is_empty() {
        write(sheet, &format!("单位：{}", cut(plan.unit, 40)), (MARGIN, 14), SMALL, GREY, HPos::Left)?;
    }
    let mut notes = Vec::new();
    notes.extend((!scale.ground().is_zero()).then_some("纵轴不从零起"));
    notes.extend(plan.has_approximate().then_some("空心为约数"));
    write(sheet, &notes.join("　"), (WIDTH as i32 - MARGIN, 14), SMALL, GREY, HPos::Right)
}

/// Names of the curves, if there are several. Gives the height of everything above the axis.
fn legend(sheet: &Sheet, plan: &Plan) -> Result<i32, Box<dyn std::error::Error>> {
    let (mut x, mut y) = (MARGIN, 14 + LINE);
    if plan.curves.len() < 2 {
        return Ok(y + LINE / 2);
    }
    for (index, curve) in plan.curves.iter().enumerate() {
        let name = cut(curve.name, 36);
        let wide = 2 * POINT + 6 + label::width(&name, SMALL) + 12;
        if x > MARGIN && x + wide > WIDTH as i32 - MARGIN {
            (x, y) = (MARGIN, y + LINE);
        }
        mark(sheet, index, (x + POINT, y), false)?;
        write(sheet, &name, (x + 2 * POINT + 6, y), SMALL, INK, HPos::Left)?;
        x += wide;
    }
    Ok(y + LINE + LINE / 2)
}

/// The level lines and their values.
fn frame<'b>(
    sheet: &Sheet<'b>,
    plan: &Plan,
    scale: &Scale,
    top: i32,
) -> Result<Chart<'b, 'b>, Box<dyn std::error::Error>> {
    let columns = i32::try_from(plan.years.len() * 2)?;
    let ticks = scale.ticks();
    let left = ticks.iter().map(|tick| label::width(&scale.label(*tick), SMALL)).max().unwrap_or(0);
    let mut chart = ChartBuilder::on(sheet)
        .margin_top(top)
        .margin_right(MARGIN + 8)
        .margin_left(MARGIN + left + 8)
        .margin_bottom(34)
        .build_cartesian_2d(0..columns, scale.clone())?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .disable_axes()
        .bold_line_style(GRID)
        .light_line_style(TRANSPARENT)
        .draw()?;
    for tick in ticks {
        let (x, y) = chart.backend_coord(&(0, tick));
        write(sheet, &scale.label(tick), (x - 8, y), SMALL, GREY, HPos::Right)?;
    }
    Ok(chart)
}

/// The level line of zero, or the lowest one.
fn ground(chart: &mut Chart, plan: &Plan, scale: &Scale) -> Drawn {
    let (at, end) = (scale.ground(), i32::try_from(plan.years.len() * 2)?);
    chart.draw_series([PathElement::new([(0, at), (end, at)], AXIS)])?;
    Ok(())
}

/// Left end of a column; its middle is one further.
fn column(index: usize) -> i32 {
    i32::try_from(index * 2).unwrap_or(i32::MAX - 2)
}

/// Pixels from one column to the next.
fn pitch(chart: &Chart) -> i32 {
    chart.backend_coord(&(2, Default::default())).0 - chart.backend_coord(&(0, Default::default())).0
}

fn bar_width(chart: &Chart) -> i32 {
    BAR.min(pitch(chart) * 3 / 5).max(1)
}

fn bars(chart: &mut Chart, plan: &Plan) -> Drawn {
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
fn runs(curve: &Curve) -> Vec<Vec<(i32, rust_decimal::Decimal)>> {
    let spots: Vec<(usize, &Spot)> = curve.spots.iter().enumerate().collect();
    let known = |spots: &[(usize, &Spot)]| {
        spots.iter().filter_map(|(index, spot)| Some((column(*index) + 1, spot.value?))).collect()
    };
    spots.split(|(_, spot)| spot.value.is_none()).map(known).collect()
}

fn lines(chart: &mut Chart, plan: &Plan) -> Drawn {
    for (curve, color) in plan.curves.iter().zip(COLORS) {
        for run in runs(curve).into_iter().filter(|run| run.len() > 1) {
            chart.draw_series([PathElement::new(run, color.stroke_width(2))])?;
        }
    }
    Ok(())
}

/// Where the value of a spot stands.
fn place(chart: &Chart, index: usize, spot: &Spot) -> Option<(i32, i32)> {
    Some(chart.backend_coord(&(column(index) + 1, spot.value?)))
}

fn points(sheet: &Sheet, chart: &Chart, plan: &Plan) -> Drawn {
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

/// The years below, as many as have room, and what is to be said of years without a value.
fn years(sheet: &Sheet, chart: &Chart, plan: &Plan, scale: &Scale) -> Drawn {
    let bottom = HEIGHT as i32 - 20;
    let widest = plan.years.iter().map(|year| label::width(&year.to_string(), SMALL)).max().unwrap_or(0);
    let every = usize::try_from(widest / pitch(chart).max(1) + 1)?;
    for (index, year) in plan.years.iter().enumerate() {
        let (x, ground) = chart.backend_coord(&(column(index) + 1, scale.ground()));
        if index % every == 0 {
            write(sheet, &year.to_string(), (x, bottom), SMALL, INK, HPos::Center)?;
        }
        if plan.curves.iter().all(|curve| curve.spots[index].value.is_none()) {
            let words = plan
                .curves
                .iter()
                .map(|curve| curve.spots[index].label.as_str())
                .find(|label| !label.is_empty());
            write(sheet, words.unwrap_or("缺"), (x, ground - 10), SMALL, GREY, HPos::Center)?;
        }
    }
    Ok(())
}

/// The values beside their marks: large if all have room, small otherwise, and then those that have room.
fn labels(sheet: &Sheet, chart: &Chart, plan: &Plan) -> Drawn {
    let wishes = wishes(chart, plan);
    let room = Area { left: 2, top: 22, right: WIDTH as i32 - 2, bottom: HEIGHT as i32 - 28 };
    let (marks, lines) = obstacles(chart, plan);
    let mut placed = label::place(&wishes, LARGE, room, &marks, &lines);
    let mut size = LARGE;
    if placed.len() < wishes.len() {
        size = SMALL;
        placed = label::place(&wishes, size, room, &marks, &lines);
    }
    for (wish, at) in placed {
        let color = if plan.curves.len() > 1 { COLORS[wish.curve % COLORS.len()] } else { INK };
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
    let (x, y) = place(chart, year, &spots[year]).unwrap_or_default();
    let (above, below) = ((x, y - 14), (x, y + 15));
    let negative = spots[year].value.is_some_and(|value| value.is_sign_negative() && !value.is_zero());
    let beside = [year.checked_sub(1), Some(year + 1)].into_iter().flatten();
    let heights: Vec<i32> = beside.filter_map(|year| Some(place(chart, year, spots.get(year)?)?.1)).collect();
    let low = heights.iter().map(|height| i64::from(y) - i64::from(*height)).sum::<i64>() > 0;
    let places = match plan.kind {
        Kind::Bar if negative => vec![(x, y + 10)],
        Kind::Bar => vec![(x, y - 10)],
        Kind::Line if low => vec![below, above],
        Kind::Line => vec![above, below],
    };
    Wish { text: spots[year].label.clone(), curve, places }
}

/// Where bars and points stand, and where lines run.
fn obstacles(chart: &Chart, plan: &Plan) -> (Vec<Area>, Vec<Area>) {
    let half = bar_width(chart) / 2;
    let (mut marks, mut lines) = (Vec::new(), Vec::new());
    for curve in &plan.curves {
        for (year, spot) in curve.spots.iter().enumerate() {
            let Some((x, y)) = place(chart, year, spot) else { continue };
            let ground = chart.backend_coord(&(0, Default::default())).1;
            marks.push(match plan.kind {
                Kind::Bar => {
                    Area { left: x - half, top: y.min(ground), right: x + half, bottom: y.max(ground) }
                }
                Kind::Line => Area::around((x, y), POINT, POINT),
            });
            let next = curve.spots.get(year + 1).and_then(|spot| place(chart, year + 1, spot));
            if let Some((right, end)) = next.filter(|_| plan.kind == Kind::Line) {
                let part = |k: i32| (x + (right - x) * k / 12, y + (end - y) * k / 12);
                lines.extend((1..12).map(|k| Area::around(part(k), 1, 1)));
            }
        }
    }
    (marks, lines)
}
