//! The elements of an official document as strips, and what the first page of a 信函 has of its own.

use super::breaks::{self, Broken, Room};
use super::set::{Setter, Strip};
use super::words::Words;
use super::{Above, Kind, Look, Page, Stroke};
use crate::document::measure::{Keep, LEFT, PAPER, WIDTH};
use crate::document::stand::{
    DOUBLE, DOUBLE_SPACE, Elements, IMPRINT_OVER, IMPRINT_UNDER, Line, RAISED, RED_RULE, RULE_SPACE, Rule,
    Stand, THICK, THIN,
};
use crate::document::{Block, Document, Element, Form};

/// The double lines of a 信函 are 170 mm long, in the middle of the paper, the lower one 20 mm above its foot
/// (10.1).
const DOUBLE_LENGTH: usize = 9638;
const DOUBLE_LEFT: usize = (PAPER.0 - DOUBLE_LENGTH) / 2;
const DOUBLE_FOOT: usize = 1134;

/// What the first page has of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct First {
    /// How far it begins above the type area.
    pub raised: usize,
    /// It is that of a 信函: without number, with a double line at its foot.
    letter: bool,
}

/// What the first page of a document has of its own.
pub(super) fn first(elements: &Elements) -> First {
    let marked = elements.at(0).iter().flat_map(|line| &line.parts).any(|(_, stand)| stand.red);
    let letter = marked && elements.form == Some(Form::Letter);
    First { raised: if letter { RAISED } else { 0 }, letter }
}

impl First {
    /// Gives the first page what it has of its own.
    pub fn finish(self, pages: &mut [Page]) {
        for page in pages.iter_mut().take(usize::from(self.letter)) {
            page.folio = None;
            let [thick, gap, thin] = DOUBLE;
            let y = PAPER.1 - DOUBLE_FOOT - thick - gap - thin;
            page.strokes.extend([double(0, y, thin), double(0, y + thin + gap, thick)]);
        }
    }
}

fn double(block: usize, y: usize, thickness: usize) -> Stroke {
    Stroke { block, x: DOUBLE_LEFT, y, length: DOUBLE_LENGTH, thickness, red: true }
}

/// The ink of a rule whose upper edge stands here.
pub(super) fn strokes(block: usize, y: usize, rule: Rule) -> Vec<Stroke> {
    let [thick, gap, thin] = DOUBLE;
    let single = |thickness, red| vec![Stroke { block, x: LEFT, y, length: WIDTH, thickness, red }];
    match rule {
        Rule::Red => single(RED_RULE, true),
        Rule::Double => vec![double(block, y, thick), double(block, y + thick + gap, thin)],
        Rule::Thick => single(THICK, false),
        Rule::Thin => single(THIN, false),
    }
}

impl Setter<'_> {
    /// The lines of a run of elements.
    pub fn elements(&mut self, document: &Document, lines: &[Line]) {
        for line in lines {
            let from = self.strips.len();
            for (nth, (index, stand)) in line.parts.iter().enumerate() {
                self.part(document, (*index, *stand), line, nth > 0);
            }
            self.around(line, from);
        }
    }

    /// The white and the rules around a line, whose strips begin here.
    fn around(&mut self, line: &Line, from: usize) {
        if let Some(first) = self.strips.get_mut(from) {
            first.start = line.start;
            first.lower(line.above);
            let over = |rule: Rule| -(IMPRINT_OVER as isize) - thickness(rule) as isize;
            first.rules.extend(line.over.map(|rule| (over(rule), rule)));
        }
        let Some(last) = self.strips.iter_mut().skip(from).rfind(|strip| strip.row.above != Above::Beside)
        else {
            return;
        };
        last.below += line.below;
        let under = |rule: Rule| (last.height - last.white + space_over(rule)) as isize;
        last.rules.extend(line.under.map(|rule| (under(rule), rule)));
        if let Some(last) = self.strips.iter_mut().skip(from).last() {
            last.stays = line.stays;
        }
    }

    /// The lines of one element; those that stand beside another one have no height.
    fn part(&mut self, document: &Document, (index, stand): (usize, Stand), line: &Line, beside: bool) {
        let Some((change, Block::Element { element, label, text })) =
            document.blocks.get(index).map(Block::changed)
        else {
            return;
        };
        self.block = index;
        self.change = change;
        let mut words = Words::default();
        let (label_look, look) = looks(*element, self.look());
        words.push_text(label, label_look);
        words.push(text, &look);
        let room = Room { first: stand.room(stand.left), rest: stand.room(line.hanging), margin: true };
        let broken = if line.parts.len() > 1 {
            // What stands beside each other fits on its line.
            vec![Broken { span: 0..words.text.len(), hanging: 0 }]
        } else {
            breaks::lines(&words.text, room)
        };
        let from = self.strips.len();
        self.lines(Kind::Element(stand), &words, &broken, Keep::Apart);
        for (nth, strip) in self.strips.iter_mut().skip(from).enumerate() {
            self::stand(strip, stand, if nth == 0 { stand.left } else { line.hanging }, beside);
        }
    }
}

/// Gives a strip the place and the height of its element.
fn stand(strip: &mut Strip, stand: Stand, left: usize, beside: bool) {
    strip.row.kind = Kind::Element(Stand { left, ..stand });
    if beside {
        strip.row.above = Above::Beside;
        strip.height = 0;
        return;
    }
    strip.height = stand.pitch - stand.leading;
    strip.below = stand.leading;
}

/// The looks of the label and of the words: names of 签发人 are 楷体 (7.2.6), the labels of lists in minutes
/// 黑体 (10.3).
fn looks(element: Element, plain: Look) -> (Look, Look) {
    match element {
        Element::Signer => (plain.clone(), Look { lead: true, ..plain }),
        Element::Present(_) => (Look { hei: true, ..plain.clone() }, plain),
        _ => (plain.clone(), plain),
    }
}

/// How thick a rule is.
fn thickness(rule: Rule) -> usize {
    match rule {
        Rule::Red => RED_RULE,
        Rule::Double => DOUBLE.iter().sum(),
        Rule::Thick => THICK,
        Rule::Thin => THIN,
    }
}

/// White between a line and the rule below it.
fn space_over(rule: Rule) -> usize {
    match rule {
        Rule::Red => RULE_SPACE,
        Rule::Double => DOUBLE_SPACE,
        Rule::Thick | Rule::Thin => IMPRINT_UNDER,
    }
}
