//! `Content.xml` of a page (7.7): its marks as objects, each in a box of its own.
//!
//! A viewer may cut off what lies outside the box of an object (8.5), so boxes are wider than the ink in them.

use super::fonts::Fonts;
use super::media::Pictures;
use super::pen::{HEAD, Ids, NAMESPACE, deltas, length, lengths};
use crate::layout::{Char, Colour, Image, Mark, Part, Rule, Run, Shape, Sheet, Step, Turn};
use crate::markup::escape;

/// A page as it stands in the file.
#[derive(Debug)]
pub(super) struct Written {
    /// Its identity.
    pub id: u32,
    /// The part.
    pub xml: String,
    /// Objects that show words of a block, in the order in which they are drawn.
    pub objects: Vec<Object>,
}

/// An object that shows words of a block.
#[derive(Debug)]
pub(super) struct Object {
    /// Index of the block.
    pub block: usize,
    /// Its identity.
    pub id: u32,
    /// Where its words begin.
    pub left: i32,
    /// Their upper edge.
    pub top: i32,
}

/// Appends the measures of a sheet: whole millimetres, as paper has them.
pub(super) fn area(xml: &mut String, name: &str, sheet: &Sheet) {
    let whole = |length: i32| (i64::from(length) * 254 + 360_000) / 720_000;
    let (width, height) = (whole(sheet.width), whole(sheet.height));
    xml.push_str(&format!(
        "<ofd:{name}><ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></ofd:{name}>"
    ));
}

/// Writes a page, and lists its fonts.
pub(super) fn write(
    sheet: &Sheet,
    (fonts, pictures): (&mut Fonts<'_>, &mut Pictures),
    ids: &mut Ids,
) -> Written {
    let id = ids.next();
    let mut xml = String::with_capacity(16 * 1024);
    xml.push_str(&format!("{HEAD}<ofd:Page {NAMESPACE}>"));
    area(&mut xml, "Area", sheet);
    xml.push_str("<ofd:Content>");
    let mut page = Written { id, xml, objects: Vec::new() };
    let (behind, body): (Vec<&Mark>, Vec<&Mark>) = sheet.marks.iter().partition(|mark| is_watermark(mark));
    if !behind.is_empty() {
        page.layer("Background", &behind, (fonts, pictures), ids);
    }
    page.layer("Body", &body, (fonts, pictures), ids);
    page.xml.push_str("</ofd:Content></ofd:Page>");
    page
}

fn is_watermark(mark: &Mark) -> bool {
    matches!(mark, Mark::Run(Run { part: Part::Watermark, .. }))
}

impl Written {
    fn layer(
        &mut self,
        kind: &str,
        marks: &[&Mark],
        (fonts, pictures): (&mut Fonts<'_>, &mut Pictures),
        ids: &mut Ids,
    ) {
        self.xml.push_str(&format!(r#"<ofd:Layer ID="{}" Type="{kind}">"#, ids.next()));
        let mut rest = marks;
        while let [mark, others @ ..] = rest {
            rest = others;
            match mark {
                Mark::Run(first) => {
                    let mut runs = vec![first];
                    while let Some((Mark::Run(next), others)) = rest.split_first() {
                        if !goes_on(runs.last().unwrap_or(&first), next) {
                            break;
                        }
                        runs.push(next);
                        rest = others;
                    }
                    self.text(&runs, fonts, ids);
                }
                Mark::Rule(rule) => self.rule(rule, ids.next()),
                Mark::Shape(shape) => self.shape(shape, ids.next()),
                Mark::Image(image) => {
                    let resource = pictures.id(&image.picture, ids);
                    self.image(image, resource, ids.next());
                }
            }
        }
        self.xml.push_str("</ofd:Layer>");
    }

    /// Runs that stand beside each other, as one object for each font.
    fn text(&mut self, runs: &[&Run], fonts: &mut Fonts<'_>, ids: &mut Ids) {
        let Some(run) = runs.first() else { return };
        let chars = runs.iter().flat_map(|run| &run.chars);
        let chars: Vec<(u32, &Char)> = chars.map(|one| (fonts.id(run.face, &one.text, ids), one)).collect();
        for same in chars.chunk_by(|left, right| left.0 == right.0) {
            let chars: Vec<&Char> = same.iter().map(|(_, one)| *one).collect();
            self.words(run, &chars, same[0].0, ids.next());
        }
    }

    /// Characters of one font, in the dress of a run.
    fn words(&mut self, run: &Run, chars: &[&Char], font: u32, id: u32) {
        let codes = codes(chars);
        let (Some(first), Some(last)) =
            (codes.first().and_then(|code| code.first()), codes.last().and_then(|code| code.last()))
        else {
            return;
        };
        let (left, wide) = (first.x, last.x + last.width - first.x);
        let frame = Frame::of(run, left, wide);
        if let Part::Block { block, .. } = run.part {
            self.objects.push(Object { block, id, left, top: run.baseline - run.size });
        }
        let xml = &mut self.xml;
        xml.push_str(&format!(r#"<ofd:TextObject ID="{id}" Boundary=""#));
        lengths(xml, &frame.boundary);
        xml.push_str(&format!(r#"" Font="{font}" Size=""#));
        length(xml, run.size);
        xml.push('"');
        if let Some(matrix) = frame.matrix {
            xml.push_str(&format!(r#" CTM="{matrix}"#));
            frame.shift.iter().for_each(|one| {
                xml.push(' ');
                length(xml, *one);
            });
            xml.push('"');
        }
        xml.push('>');
        colour(xml, "FillColor", run.colour);
        for code in &codes {
            xml.push_str("<ofd:TextCode X=\"");
            length(xml, frame.x + code[0].x - left);
            xml.push_str("\" Y=\"");
            length(xml, frame.y);
            if code.len() > 1 {
                xml.push_str("\" DeltaX=\"");
                let distances: Vec<i32> = code.windows(2).map(|pair| pair[1].x - pair[0].x).collect();
                deltas(xml, &distances);
            }
            xml.push_str("\">");
            code.iter().for_each(|one| escape(xml, &one.text));
            xml.push_str("</ofd:TextCode>");
        }
        xml.push_str("</ofd:TextObject>");
    }

    /// A picture (10): a square of one millimetre that is stretched to its rectangle.
    fn image(&mut self, image: &Image, resource: u32, id: u32) {
        if let Part::Picture { block } = image.part {
            self.objects.push(Object { block, id, left: image.x, top: image.y });
        }
        let xml = &mut self.xml;
        xml.push_str(&format!(r#"<ofd:ImageObject ID="{id}" Boundary=""#));
        lengths(xml, &[image.x, image.y, image.width, image.height]);
        xml.push_str("\" CTM=\"");
        lengths(xml, &[image.width, 0, 0, image.height, 0, 0]);
        xml.push_str(&format!(r#"" ResourceID="{resource}"/>"#));
    }

    fn rule(&mut self, rule: &Rule, id: u32) {
        let path = [Step::Move(rule.x0, rule.y0), Step::Line(rule.x1, rule.y1)];
        self.path(&path, None, Some((rule.colour, rule.width)), id);
    }

    fn shape(&mut self, shape: &Shape, id: u32) {
        self.path(&shape.path, shape.fill, shape.stroke, id);
    }

    fn path(&mut self, path: &[Step], fill: Option<Colour>, stroke: Option<(Colour, i32)>, id: u32) {
        let ends: Vec<(i32, i32)> = path.iter().flat_map(points).collect();
        let (Some(left), Some(right)) =
            (ends.iter().map(|end| end.0).min(), ends.iter().map(|end| end.0).max())
        else {
            return;
        };
        let top = ends.iter().map(|end| end.1).min().unwrap_or_default();
        let low = ends.iter().map(|end| end.1).max().unwrap_or_default();
        let pad = stroke.map_or(0, |(_, width)| width) + 250;
        let xml = &mut self.xml;
        xml.push_str(&format!(r#"<ofd:PathObject ID="{id}" Boundary=""#));
        lengths(xml, &[left - pad, top - pad, right - left + 2 * pad, low - top + 2 * pad]);
        xml.push('"');
        match stroke {
            Some((_, width)) => {
                xml.push_str(" LineWidth=\"");
                length(xml, width);
                xml.push('"');
            }
            None => xml.push_str(r#" Stroke="false""#),
        }
        xml.push_str(if fill.is_some() { r#" Fill="true">"# } else { ">" });
        if let Some((one, _)) = stroke {
            colour(xml, "StrokeColor", one);
        }
        if let Some(one) = fill {
            colour(xml, "FillColor", one);
        }
        xml.push_str("<ofd:AbbreviatedData>");
        for (index, step) in path.iter().enumerate() {
            xml.push_str(if index > 0 { " " } else { "" });
            xml.push_str(operator(step));
            for (x, y) in points(step) {
                xml.push(' ');
                lengths(xml, &[x - left + pad, y - top + pad]);
            }
        }
        xml.push_str("</ofd:AbbreviatedData></ofd:PathObject>");
    }
}

/// Whether a run continues the words of another one on the same line, in the same dress.
fn goes_on(run: &Run, next: &Run) -> bool {
    let dress = |run: &Run| (run.face, run.size, run.colour, run.baseline, run.turn);
    match (run.part, next.part) {
        (Part::Block { block, at }, Part::Block { block: other, at: behind }) => {
            dress(run) == dress(next) && block == other && behind == at + run.text().len()
        }
        _ => false,
    }
}

/// The characters of an object in pieces, each with a beginning of its own: blanks at either end of a piece are
/// nothing to be seen, and may be dropped by a reader; what takes more than one unit of UTF-16 is
/// counted as one character by some and as two by others, so nothing stands behind it in its piece.
fn codes<'c>(chars: &[&'c Char]) -> Vec<Vec<&'c Char>> {
    let blank = |one: &&Char| one.text.chars().all(char::is_whitespace);
    let simple = |one: &Char| one.text.encode_utf16().count() == 1;
    chars
        .chunk_by(|left, _| simple(left))
        .map(|piece| {
            let behind = piece.iter().rposition(|one| !blank(one)).map_or(0, |last| last + 1);
            piece[..behind].iter().skip_while(|one| blank(one)).copied().collect()
        })
        .filter(|piece: &Vec<&Char>| !piece.is_empty())
        .collect()
}

/// The box of an object, and how its own space lies in it.
struct Frame {
    /// Left, top, width, height on the page.
    boundary: [i32; 4],
    /// The first four numbers of the matrix (8.5); none where the words are upright.
    matrix: Option<&'static str>,
    /// The last two.
    shift: [i32; 2],
    /// Where the line begins in the space of the object.
    x: i32,
    y: i32,
}

impl Frame {
    /// Of words that begin at `left` and are so wide, before they are turned.
    fn of(run: &Run, left: i32, wide: i32) -> Frame {
        let (size, base) = (run.size, run.baseline);
        // Room for what some faces draw beyond their square, and the room that the words take along a slant.
        let (pad, up, down) = (size / 8, size, size * 3 / 8);
        let slanted = ((i64::from(wide) + i64::from(size)) * 70_711 / 100_000) as i32;
        let turned = |boundary, matrix, shift| Frame { boundary, matrix: Some(matrix), shift, x: 0, y: 0 };
        match run.turn {
            Turn::Upright => Frame {
                boundary: [left - pad, base - up, wide + 2 * pad, up + down],
                matrix: None,
                shift: [0, 0],
                x: pad,
                y: up,
            },
            Turn::Quarter => {
                let boundary = [left - down, base - pad, up + down, wide + 2 * pad];
                turned(boundary, "0 1 -1 0", [down, pad])
            }
            Turn::Slant => {
                let boundary = [left - size, base - slanted - size, slanted + 2 * size, slanted + 2 * size];
                turned(boundary, "0.7071 -0.7071 0.7071 0.7071", [size, slanted + size])
            }
        }
    }
}

/// The points of a step.
fn points(step: &Step) -> impl Iterator<Item = (i32, i32)> + use<> {
    let points = match *step {
        Step::Move(x, y) | Step::Line(x, y) => vec![(x, y)],
        Step::Curve(points) => points.to_vec(),
        Step::Close => Vec::new(),
    };
    points.into_iter()
}

/// The letter of a step (9.1).
fn operator(step: &Step) -> &'static str {
    match step {
        Step::Move(..) => "M",
        Step::Line(..) => "L",
        Step::Curve(_) => "B",
        Step::Close => "C",
    }
}

/// Appends a colour; black is what is drawn without one.
fn colour(xml: &mut String, name: &str, colour: Colour) {
    let Colour(red, green, blue) = colour;
    if colour != Colour::BLACK {
        xml.push_str(&format!(r#"<ofd:{name} Value="{red} {green} {blue}"/>"#));
    }
}
