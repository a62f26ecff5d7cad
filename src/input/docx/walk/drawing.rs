//! What stands in a drawing: text boxes are read, all else is said.

use std::sync::Arc;

use roxmltree::Node;

use super::super::unread::Kind;
use super::super::xml::{Space, attribute, is_word, name, words};
use super::{DEEPEST, Part, Seam, Walker, chosen, holds_words};
use crate::document::picture::FOLDER;
use crate::document::{Plate, Table};

/// English Metric Units of a twip.
const EMU: usize = 635;

impl Walker<'_> {
    /// Text boxes stand behind the paragraph of their anchor; what else a drawing shows is said.
    pub(super) fn drawing(&mut self, node: &Node<'_, '_>) {
        // A chart of ours says in words what it shows.
        if let Some(chart) = described(node) {
            return self.open.chart = Some(Box::new(chart));
        }
        if let Some(plate) = self.own(node).filter(|_| self.open.picture.is_none()) {
            return self.open.picture = Some(Box::new(plate));
        }
        let mut seen = Seen::default();
        let before = self.open.boxes.len();
        self.depicted(node, &mut seen);
        let boxes = self.open.boxes.len() - before;
        let words = self.open.boxes[before..].iter().map(first_words).find(|words| !words.is_empty());
        if boxes > 0 {
            self.unread(Kind::Box, words.unwrap_or_default());
        }
        if stands_in_line(node) && (boxes == 0 || !seen.kinds.is_empty()) {
            self.seam(Seam::Words);
        }
        let old_formula = is_word(node, "object") && seen.formula;
        match (seen.kinds.is_empty(), old_formula) {
            (_, true) => self.unread(Kind::Formula, ""),
            (true, false) if boxes == 0 => self.unread(Kind::Shape, ""),
            _ => seen.kinds.into_iter().for_each(|(kind, words)| self.unread(kind, words)),
        }
    }

    /// A picture file of ours, known by its path in place of a name.
    fn own(&self, node: &Node<'_, '_>) -> Option<Plate> {
        let find = |wanted: &str| node.descendants().find(|one| name(one).1 == wanted);
        own_name(node)?;
        let picture = self.pictures.get(attribute(&find("blip")?, "embed"))?;
        let wide: usize = attribute(&find("extent")?, "cx").parse().ok()?;
        let width = Plate::asked(picture, wide / EMU);
        Some(Plate { caption: Vec::new(), picture: Arc::clone(picture), width })
    }

    fn depicted(&mut self, node: &Node<'_, '_>, seen: &mut Seen) {
        if self.depth > DEEPEST {
            return seen.kinds.push((Kind::Deep, words(node)));
        }
        self.depth += 1;
        for one in node.children().filter(Node::is_element) {
            match name(&one) {
                (Space::Word, "txbxContent") => self.boxed(&one),
                (Space::Drawing, "p") if holds_words(&one) => self.boxed(&one),
                (Space::Drawing, "p") => {}
                (Space::Choice, "AlternateContent") => {
                    chosen(&one).iter().for_each(|content| self.depicted(content, seen));
                }
                (_, "blip" | "imagedata") => seen.kinds.push((Kind::Picture, String::new())),
                (_, "chart") => seen.kinds.push((Kind::Chart, String::new())),
                (_, "relIds") => seen.kinds.push((Kind::Diagram, String::new())),
                (_, "textpath") => {
                    seen.kinds.push((Kind::Lettering, attribute(&one, "string").to_owned()));
                }
                (_, "contentPart") => seen.kinds.push((Kind::Shape, String::new())),
                (_, "OLEObject") => {
                    seen.formula |= attribute(&one, "ProgID").starts_with("Equation");
                    // The picture beside it only shows what it is.
                    seen.kinds.retain(|(kind, _)| *kind != Kind::Picture);
                    seen.kinds.push((Kind::Object, String::new()));
                }
                _ => self.depicted(&one, seen),
            }
        }
        self.depth -= 1;
    }

    /// Paragraphs that stand apart from the one that is open.
    pub(super) fn boxed(&mut self, node: &Node<'_, '_>) {
        let fields = std::mem::take(&mut self.fields);
        let mut parts = Vec::new();
        match name(node) {
            (Space::Word, "txbxContent") => parts = self.parts(node),
            _ => self.block(node, &mut parts),
        }
        self.fields = fields;
        self.open.boxes.append(&mut parts);
    }
}

/// The name of the file of a picture of ours.
fn own_name<'n>(node: &Node<'n, '_>) -> Option<&'n str> {
    let mut named = node.descendants().filter(|one| name(one).1 == "docPr");
    named.find_map(|one| one.attribute("name")?.strip_prefix(FOLDER)?.strip_prefix('/'))
}

/// The picture files of ours under a node: the id of the part of each, and the name of its file.
pub(in crate::input::docx) fn own_pictures(root: &Node<'_, '_>) -> Vec<(String, String)> {
    let drawings = root.descendants().filter(|node| is_word(node, "drawing"));
    let own = drawings.filter_map(|node| {
        let blip = node.descendants().find(|one| name(one).1 == "blip")?;
        Some((attribute(&blip, "embed").to_owned(), own_name(&node)?.to_owned()))
    });
    own.collect()
}

/// The chart that the words beside a picture describe (20.4.2.5).
fn described(node: &Node<'_, '_>) -> Option<Table> {
    let mut named = node.descendants().filter(|one| name(one).1 == "docPr");
    named.find_map(|one| Table::of_description(attribute(&one, "descr")))
}

/// Whether a drawing stands among the words, and does not float beside them.
fn stands_in_line(node: &Node<'_, '_>) -> bool {
    let floats = |one: Node<'_, '_>| match name(&one) {
        (_, "anchor") => true,
        _ => attribute(&one, "style").replace(' ', "").contains("position:absolute"),
    };
    !node.children().any(floats)
}

/// What a drawing shows besides text.
#[derive(Default)]
struct Seen {
    kinds: Vec<(Kind, String)>,
    formula: bool,
}

/// The first words of a part.
fn first_words(part: &Part) -> String {
    match part {
        Part::Paragraph(paragraph) => paragraph.line.words.clone(),
        Part::Table(rows) => {
            rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.parts).map(first_words).collect()
        }
    }
}
