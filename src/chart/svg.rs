//! The picture as SVG: presentation attributes only, no script and no style, as a strict content security policy demands.

use super::ink::{Colour, Ink, Side, Spot};
use super::{Picture, Place};
use crate::markup::escape;

/// The picture as an SVG element, its words in these fonts.
pub(super) fn write(picture: &Picture, fonts: &str) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" \
         role=\"img\">\n<title>",
        picture.width, picture.height
    );
    escape(&mut svg, &picture.title);
    svg.push_str("</title>\n<desc>");
    escape(&mut svg, &picture.words);
    svg.push_str("</desc>\n");
    picture.ink.iter().for_each(|ink| stroke(&mut svg, ink, fonts));
    let known = |place: &&Place| place.figure.is_some();
    picture.places.iter().filter(known).for_each(|place| pointed(&mut svg, place));
    svg.push_str("</svg>\n");
    svg
}

/// What is told of a value where somebody points at it. Nothing of it is seen.
fn pointed(svg: &mut String, place: &Place) {
    let ((x, y), (width, height)) = (place.corner, place.size);
    svg.push_str(&format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"none\" pointer-events=\"all\"{}><title>",
        place.figure.map(|figure| format!(" data-trail=\"{figure}\"")).unwrap_or_default()
    ));
    escape(svg, &place.told);
    svg.push_str("</title></rect>\n");
}

fn stroke(svg: &mut String, ink: &Ink, fonts: &str) {
    match ink {
        Ink::Path { points, width, colour } => svg.push_str(&format!(
            "<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" points=\"{}\"/>\n",
            hex(*colour),
            listed(points)
        )),
        Ink::Area { corners, colour } => area(svg, corners, *colour),
        Ink::Disc { centre: (x, y), radius, colour } => svg
            .push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{}\"/>\n", hex(*colour))),
        Ink::Words { text, at: (x, y), side, size, colour } => {
            let anchor = match side {
                Side::Left => "start",
                Side::Middle => "middle",
                Side::Right => "end",
            };
            svg.push_str(&format!(
                "<text x=\"{x}\" y=\"{y}\" dy=\"0.5ex\" text-anchor=\"{anchor}\" font-family=\"{fonts}\" \
                 font-size=\"{}.{}\" fill=\"{}\">",
                size / 10,
                size % 10,
                hex(*colour)
            ));
            escape(svg, text);
            svg.push_str("</text>\n");
        }
    }
}

/// An upright rectangle, or any area between corners.
fn area(svg: &mut String, corners: &[Spot], colour: Colour) {
    if let [(left, top), (right, _), (_, bottom), (other, _)] = corners
        && (right > left && bottom > top && other == left)
    {
        let (width, height) = (right - left, bottom - top);
        return svg.push_str(&format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
            hex(colour)
        ));
    }
    svg.push_str(&format!("<polygon fill=\"{}\" points=\"{}\"/>\n", hex(colour), listed(corners)));
}

fn listed(points: &[Spot]) -> String {
    points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

fn hex((red, green, blue): Colour) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}
