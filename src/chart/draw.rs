//! The picture itself, drawn with plotters: what surrounds the values, and the order in which all is drawn.

use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

use super::ink::{Ink, Recorder};
use super::label;
use super::marks::{self, POINT, column, pitch};
use super::paper::{Chart, Drawn, HEIGHT, INK, LARGE, SMALL, SMALLEST, Sheet, WIDTH, write};
use super::plan::Plan;
use super::scale::Scale;
use super::values;
use super::{ChartKind, Place};
use crate::zh::width::cut;

const GREY: RGBColor = RGBColor(0x66, 0x6E, 0x79);
const AXIS: RGBColor = RGBColor(0x8A, 0x91, 0x9B);
const GRID: RGBColor = RGBColor(0xE4, 0xE7, 0xEB);
/// Height of the first line of words and of each line of the legend.
const LINE: i32 = 20;
/// White at the left and at the right.
const MARGIN: i32 = 12;

/// Draws what is planned. Into memory nothing fails; if it did, the picture would be empty, and its words would
/// still say what it shows.
pub(super) fn picture(plan: &Plan) -> (Vec<Ink>, Vec<Place>) {
    let (mut ink, mut places) = (Vec::new(), Vec::new());
    let sheet = Recorder::new(&mut ink, (WIDTH, HEIGHT)).into_drawing_area();
    let drawn = draw(&sheet, plan, &mut places);
    drop(sheet);
    if drawn.is_ok() { (ink, places) } else { (Vec::new(), Vec::new()) }
}

fn draw(sheet: &Sheet, plan: &Plan, places: &mut Vec<Place>) -> Drawn {
    sheet.fill(&WHITE)?;
    let values: Vec<_> = plan.values().collect();
    if values.is_empty() {
        let middle = (WIDTH as i32 / 2, HEIGHT as i32 / 2);
        return write(sheet, "没有可画的数", middle, LARGE, GREY, HPos::Center);
    }
    let scale = Scale::of(&values, plan.kind == ChartKind::Bar, plan.unit);
    head(sheet, plan, &scale)?;
    let top = legend(sheet, plan)?;
    let mut chart = frame(sheet, plan, &scale, top)?;
    match plan.kind {
        ChartKind::Bar => marks::bars(&mut chart, plan)?,
        ChartKind::Line => marks::lines(&mut chart, plan)?,
    }
    ground(&mut chart, plan, &scale)?;
    if plan.kind == ChartKind::Line {
        marks::points(sheet, &chart, plan)?;
    }
    years(sheet, &chart, plan, &scale)?;
    values::labels(sheet, &chart, plan, &scale)?;
    *places = values::places(&chart, plan, &scale);
    Ok(sheet.present()?)
}

/// The unit at the left, and what is unusual at the right.
fn head(sheet: &Sheet, plan: &Plan, scale: &Scale) -> Drawn {
    if !plan.unit.is_empty() {
        write(sheet, &format!("单位：{}", cut(plan.unit, 40)), (MARGIN, 14), SMALL, GREY, HPos::Left)?;
    }
    let mut notes = Vec::new();
    notes.extend((!scale.ground().is_zero()).then_some("纵轴不从零起"));
    let broken =
        plan.kind == ChartKind::Line && (0..plan.years.len()).any(|year| plan.lacking(year).next().is_some());
    notes.extend(broken.then_some("断开处缺数"));
    notes.extend(plan.has_approximate().then_some("空心为约数"));
    write(sheet, &notes.join("　"), (WIDTH as i32 - MARGIN, 14), SMALL, GREY, HPos::Right)
}

/// Names of the curves, if there are several. Gives the height of everything above the axis.
fn legend(sheet: &Sheet, plan: &Plan) -> Result<i32, Box<dyn std::error::Error>> {
    let (mut x, mut y) = (MARGIN, 14 + LINE);
    if plan.curves.len() < 2 {
        return Ok(y + LINE * 2 / 3 + 1);
    }
    for (index, curve) in plan.curves.iter().enumerate() {
        let name = cut(curve.name, 36);
        let wide = 2 * POINT + 6 + label::width(&name, SMALL) + 12;
        if x > MARGIN && x + wide > WIDTH as i32 - MARGIN {
            (x, y) = (MARGIN, y + LINE);
        }
        marks::sign(sheet, plan, index, (x + POINT, y))?;
        write(sheet, &name, (x + 2 * POINT + 6, y), SMALL, INK, HPos::Left)?;
        x += wide;
    }
    Ok(y + LINE * 5 / 3)
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
        .margin_bottom(42)
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

/// The years below, as many as have room, and what is to be said of years without a value.
fn years(sheet: &Sheet, chart: &Chart, plan: &Plan, scale: &Scale) -> Drawn {
    let bottom = HEIGHT as i32 - 18;
    let widest = plan.years.iter().map(|year| label::width(&year.stem(), SMALL)).max().unwrap_or(0);
    let every = usize::try_from(widest / pitch(chart).max(1) + 1)?;
    for (index, year) in plan.years.iter().enumerate() {
        let (x, ground) = chart.backend_coord(&(column(index) + 1, scale.ground()));
        if index % every == 0 {
            write(sheet, &year.stem(), (x, bottom), SMALL, INK, HPos::Center)?;
        }
        for curve in plan.lacking(index).filter(|_| plan.kind == ChartKind::Bar) {
            let at = (x + marks::aside(chart, plan, curve), ground - 10);
            write(sheet, "缺", at, SMALLEST, GREY, HPos::Center)?;
        }
        if plan.is_gap(index) {
            let words = plan
                .curves
                .iter()
                .map(|curve| curve.spots[index].label.as_str())
                .find(|label| !label.is_empty());
            write(sheet, words.unwrap_or("缺"), (x, ground - 12), SMALL, GREY, HPos::Center)?;
        }
    }
    Ok(())
}
