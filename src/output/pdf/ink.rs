//! Marks on a page, each inside the tag that says whether it is read.

use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Size, Transform};
use krilla::image::Image;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};

use super::points::points;
use super::text::{self, Loaded};
use super::tree::Leaves;
use crate::document::picture::Kind;
use crate::fonts::Fonts;
use crate::layout::{self, Colour, Mark, Part, Rule, Run, Shape, Step};

/// Draws a mark of the page of this number.
pub(super) fn draw(
    surface: &mut Surface<'_>,
    mark: &Mark,
    faces: (&Fonts, &mut Loaded),
    page: usize,
    leaves: &mut Leaves,
) {
    match mark {
        Mark::Run(run) => {
            match (start(surface, run.part), run.part) {
                (Some(leaf), Part::Chart { block } | Part::Picture { block }) => {
                    leaves.push_stroke(block, leaf);
                }
                (Some(leaf), _) => leaves.push(run, page, leaf),
                (None, _) => {}
            }
            self::run(surface, run, faces);
        }
        Mark::Rule(rule) => {
            start(surface, rule.part);
            self::rule(surface, rule);
        }
        Mark::Image(image) => {
            if let (Some(leaf), Part::Picture { block }) = (start(surface, image.part), image.part) {
                leaves.push_stroke(block, leaf);
            }
            picture(surface, image);
        }
        Mark::Shape(shape) => {
            if let (Some(leaf), Part::Chart { block }) = (start(surface, shape.part), shape.part) {
                leaves.push_stroke(block, leaf);
            }
            self::shape(surface, shape);
        }
    }
    surface.end_tagged();
}

/// Begins what a part is to somebody who has it read out: words of the report, strokes of a chart, or nothing.
fn start(surface: &mut Surface<'_>, part: Part) -> Option<Identifier> {
    let kind = match part {
        Part::Block { .. } => return Some(surface.start_tagged(ContentTag::Span(SpanTag::empty()))),
        Part::Chart { .. } | Part::Picture { .. } => return Some(surface.start_tagged(ContentTag::Other)),
        Part::Again { .. } => ArtifactType::PaginationOther,
        Part::Ornament { .. } => ArtifactType::Layout,
        Part::Folio => ArtifactType::PageNumber,
        Part::Watermark => ArtifactType::Watermark,
    };
    surface.start_tagged(ContentTag::Artifact(Artifact::new(kind, None)));
    None
}

fn run(surface: &mut Surface<'_>, run: &Run, (fonts, loaded): (&Fonts, &mut Loaded)) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(run.colour)));
    text::draw(surface, run, fonts, loaded);
}

/// A picture file, stretched to its rectangle. What the library does not read is told when the file is written.
fn picture(surface: &mut Surface<'_>, image: &layout::Image) {
    let bytes = Arc::clone(&image.picture.bytes);
    let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes);
    let read = match image.picture.kind {
        Kind::Png => Image::from_png(data.into(), false),
        Kind::Jpeg => Image::from_jpeg(data.into(), false),
    };
    let (Ok(read), Some(size)) = (read, Size::from_wh(points(image.width), points(image.height))) else {
        return;
    };
    surface.push_transform(&Transform::from_translate(points(image.x), points(image.y)));
    surface.draw_image(read, size);
    surface.pop();
}

fn rule(surface: &mut Surface<'_>, rule: &Rule) {
    let mut path = PathBuilder::new();
    path.move_to(points(rule.x0), points(rule.y0));
    path.line_to(points(rule.x1), points(rule.y1));
    surface.set_fill(None);
    surface.set_stroke(Some(stroke(rule.colour, rule.width)));
    path.finish().into_iter().for_each(|path| surface.draw_path(&path));
}

fn shape(surface: &mut Surface<'_>, shape: &Shape) {
    surface.set_fill(shape.fill.map(fill));
    surface.set_stroke(shape.stroke.map(|(colour, width)| stroke(colour, width)));
    outline(&shape.path).into_iter().for_each(|path| surface.draw_path(&path));
}

fn outline(steps: &[Step]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            Step::Move(x, y) => path.move_to(points(x), points(y)),
            Step::Line(x, y) => path.line_to(points(x), points(y)),
            Step::Curve([(x1, y1), (x2, y2), (x, y)]) => {
                path.cubic_to(points(x1), points(y1), points(x2), points(y2), points(x), points(y));
            }
            Step::Close => path.close(),
        }
    }
    path.finish()
}

fn fill(Colour(red, green, blue): Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn stroke(Colour(red, green, blue): Colour, width: i32) -> Stroke {
    Stroke { paint: rgb::Color::new(red, green, blue).into(), width: points(width), ..Stroke::default() }
}
