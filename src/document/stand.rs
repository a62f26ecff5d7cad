//! Where the elements of an official document stand on the page (GB/T 9704-2012, 7.2–7.4 and 10), so that
//! layout and Word set them alike.
//!
//! Lengths are twips from the edges of the type area, as in [`super::measure`], sizes of type whole points. A
//! character of 16 pt has its upper edge 181 twips under the upper edge of its line: Word and LibreOffice give
//! four fifths of an exact line to what is above the base line.

use std::collections::BTreeMap;

use super::letter::{Form, numbered};
use super::measure::{CHARACTER, PITCH, WIDTH, ends, kept, right_of};
use super::{Block, Document, Element, Line as Words};
use crate::zh::width::half_cells;

/// Upper edge of 发文机关标志 under the head of the type area, by form (7.2.4, 10.2, 10.3): 35 and 20 mm.
const MARK: usize = 1984;
const MARK_OF_ORDER: usize = 1134;
/// How far the first page of a 信函 begins above the type area, so that its mark stands 30 mm under the edge of
/// the paper (10.1), and where the mark stands below that.
pub const RAISED: usize = 458;
const MARK_OF_LETTER: usize = 61;
/// Sizes of a mark: as large as one line allows, 初号 at most (7.2.4 leaves it to the office). One that would be
/// smaller than `WHOLE` takes several lines of the size of a title.
const LARGEST: usize = 42;
const WHOLE: usize = 18;
const PARTED: usize = 22;
/// A red rule under 发文字号 (7.2.7): 4 mm under its characters, which is so far under their line.
pub const RULE_SPACE: usize = 120;
/// Thickness of the red rule: 1.5 pt.
pub const RED_RULE: usize = 30;
/// From the mark of a 信函 to its double line, 4 mm, and from there to the first line: 7/8 of a character.
pub const DOUBLE_SPACE: usize = 227;
const UNDER_DOUBLE: usize = 95;
/// The double line of a 信函: thick line, gap and thin line.
pub const DOUBLE: [usize; 3] = [40, 15, 15];
/// 4 号, the size of 版记 (7.4), and the pitch of its lines.
const IMPRINT: usize = 14;
/// Pitch of the lines of 版记.
pub const IMPRINT_PITCH: usize = 480;
/// White between a rule of 版记 and the line below it, and between a line and the rule below it: characters
/// stand in the lower part of their line.
pub const IMPRINT_OVER: usize = 20;
/// White between a line of 版记 and the rule below it.
pub const IMPRINT_UNDER: usize = 100;
/// Rules of 版记: 0.35 mm and 0.25 mm (7.4.1).
pub const THICK: usize = 20;
/// The thinner rule between parts of 版记.
pub const THIN: usize = 15;
/// Blank lines above a signature that a seal covers, and between two of them: a seal of 42 mm has its upper
/// edge within a line of the text, and touches no other one (7.3.5.1).
const SEAL: usize = 2 * PITCH;
const SEALS: usize = 4 * PITCH;

/// A face of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// 仿宋.
    Body,
    /// 黑体.
    Hei,
    /// 小标宋.
    Title,
}

/// Where a line stands between the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From the left.
    Left,
    /// In the middle.
    Centre,
    /// Against the right.
    Right,
}

/// How the words of an element are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Their face.
    pub face: Face,
    /// Size of the type in points.
    pub size: usize,
    /// Whether they are red.
    pub red: bool,
    /// Their side.
    pub side: Side,
    /// Free to the left.
    pub left: usize,
    /// Free to the right.
    pub right: usize,
    /// Height of a line.
    pub pitch: usize,
    /// White at the foot of that height.
    pub leading: usize,
}

/// A rule above or below a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// 红色分隔线 (7.2.7).
    Red,
    /// The upper double line of a 信函 (10.1).
    Double,
    /// The first and the last one of 版记.
    Thick,
    /// One between parts of 版记.
    Thin,
}

/// Where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Below what is before it.
    Flow,
    /// On a page of its own.
    Page,
    /// At the foot of the last page, with what follows.
    Foot,
}

/// A line: an element, or several that stand beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it begins.
    pub start: Start,
    /// White above.
    pub above: usize,
    /// The blocks on it from left to right, by their index, and how each stands.
    pub parts: Vec<(usize, Stand)>,
    /// Where further lines begin that a single element needs.
    pub hanging: usize,
    /// White below, with the rule there.
    pub below: usize,
    /// A rule above it, within the white there.
    pub over: Option<Rule>,
    /// A rule below it, within the white there.
    pub under: Option<Rule>,
    /// It stays on one page with what follows.
    pub stays: bool,
}

/// The elements of a document, set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elements {
    /// The form of the document.
    pub form: Option<Form>,
    /// The lines of elements that follow each other, by the first block of them.
    runs: BTreeMap<usize, Vec<Line>>,
    /// The block under the head, and the white above it.
    white: Option<(usize, usize)>,
}

impl Stand {
    /// 3号仿宋 from the left margin (5.2.2).
    const BODY: Stand = Stand {
        face: Face::Body,
        size: 16,
        red: false,
        side: Side::Left,
        left: 0,
        right: 0,
        pitch: PITCH,
        leading: 0,
    };

    const IMPRINT: Stand =
        Stand { size: IMPRINT, left: 20 * IMPRINT, right: 20 * IMPRINT, pitch: IMPRINT_PITCH, ..Stand::BODY };

    /// Width of a character.
    pub fn character(&self) -> usize {
        if self.size == 16 { CHARACTER } else { 20 * self.size }
    }

    /// Half characters between this left edge and the right one.
    pub fn room(&self, left: usize) -> usize {
        (WIDTH.saturating_sub(left + self.right) * 2 / self.character()).max(2)
    }
}

/// Twips of half characters of body text.
fn wide(half: usize) -> usize {
    (half * CHARACTER).div_ceil(2)
}

impl Line {
    fn of(index: usize, stand: Stand) -> Line {
        Line {
            start: Start::Flow,
            above: 0,
            parts: vec![(index, stand)],
            hanging: stand.left,
            below: 0,
            over: None,
            under: None,
            stays: false,
        }
    }
}

/// What elements follow each other in one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    Head,
    Attached,
    Sealed,
    Present,
    Imprint,
    /// Each for itself.
    Single,
}

fn zone(element: Element) -> Zone {
    match element {
        Element::Attached => Zone::Attached,
        Element::Sealed => Zone::Sealed,
        Element::Present(_) => Zone::Present,
        Element::Note | Element::Annex => Zone::Single,
        element if element.is_head() => Zone::Head,
        _ => Zone::Imprint,
    }
}

/// An element that is to be set.
struct Part<'d> {
    index: usize,
    element: Element,
    label: &'d str,
    words: String,
}

impl Part<'_> {
    /// Half characters of all of it.
    fn width(&self) -> usize {
        half_cells(&self.words)
    }
}

fn part(document: &Document, index: usize) -> Option<Part<'_>> {
    match document.blocks.get(index).map(Block::itself) {
        Some(block @ Block::Element { element, label, .. }) => {
            Some(Part { index, element: *element, label, words: Words::of(block).text })
        }
        _ => None,
    }
}

impl Elements {
    /// Sets the elements of a document.
    pub fn of(document: &Document) -> Elements {
        let form = document.blocks.iter().map(kept).find_map(|block| match block {
            Block::Element { element: Element::Mark(form), .. } => Some(*form),
            _ => None,
        });
        let mut elements = Elements { form, ..Elements::default() };
        let mut index = 0;
        while index < document.blocks.len() {
            let Some(first) = part(document, index) else {
                index += 1;
                continue;
            };
            let zone = zone(first.element);
            let more = (index + 1..).map_while(|at| part(document, at));
            let mut run: Vec<Part<'_>> = vec![first];
            run.extend(more.take_while(|part| zone != Zone::Single && self::zone(part.element) == zone));
            let (from, next) = (index, index + run.len());
            let lines = elements.set(document, zone, run);
            if zone == Zone::Head && part(document, next).is_none() {
                elements.white = Some((next, if form.is_some() { 2 * PITCH } else { PITCH }));
            }
            elements.runs.insert(from, lines);
            index = next;
        }
        elements
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// All lines of elements.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.runs.values().flatten()
    }

    /// The lines of the elements that begin with this block; nothing where it is set with one before it.
    pub fn at(&self, index: usize) -> &[Line] {
        self.runs.get(&index).map_or(&[], Vec::as_slice)
    }

    /// The last block that is set with this one, which begins a run of elements.
    pub fn last_of(&self, index: usize) -> usize {
        let parts = self.at(index).iter().flat_map(|line| &line.parts);
        parts.map(|(block, _)| *block).max().unwrap_or(index)
    }

    /// White above a block that follows the head: title, or text, two lines under it (7.3.1).
    pub fn white(&self, index: usize) -> usize {
        self.white.filter(|(block, _)| *block == index).map_or(0, |(_, white)| white)
    }

    fn set(&self, document: &Document, zone: Zone, run: Vec<Part<'_>>) -> Vec<Line> {
        let last = run.last().map_or(0, |part| part.index) + 1 == document.blocks.len();
        match zone {
            Zone::Head => head(self.form, run),
            Zone::Attached => attached(document, &run),
            Zone::Sealed => sealed(document, &run),
            Zone::Present => run.iter().enumerate().map(present).collect(),
            Zone::Imprint => imprint(self.form, run, last),
            Zone::Single => run.iter().map(single).collect(),
        }
    }
}

/// 版头 (7.2, 10.1–10.3).
fn head(form: Option<Form>, run: Vec<Part<'_>>) -> Vec<Line> {
    let at_start = run.first().is_some_and(|part| part.index == 0);
    let is_mark = |part: &Part<'_>| matches!(part.element, Element::Mark(_));
    let (marks, others): (Vec<_>, Vec<_>) = run.into_iter().partition(is_mark);
    let numbered = |part: &Part<'_>| matches!(part.element, Element::Number | Element::Signer);
    let (numbers, corner): (Vec<_>, Vec<_>) = others.into_iter().partition(numbered);
    let corner = corner.iter().map(corner_line);
    let marks = mark_lines(form, &marks, at_start.then_some(corner.len() * PITCH));
    let numbers = number_lines(form, numbers);
    if form == Some(Form::Letter) {
        return letter_head(marks, corner.collect(), numbers);
    }
    let mut lines: Vec<Line> = corner.chain(marks).collect();
    let marked = lines.iter().any(|line| line.parts[0].1.red);
    for (nth, mut line) in numbers.into_iter().enumerate() {
        line.above = if nth == 0 && marked { 2 * PITCH } else { 0 };
        lines.push(line);
    }
    if let (Some(Form::File | Form::Minutes), true) = (form, marked) {
        lines.iter_mut().last().into_iter().for_each(|last| {
            last.under = Some(Rule::Red);
            last.below = RULE_SPACE + RED_RULE;
        });
    }
    lines
}

/// 份号, 密级 or 紧急程度 (7.2.1–7.2.3).
fn corner_line(part: &Part<'_>) -> Line {
    let face = if part.element == Element::CopyNumber { Face::Body } else { Face::Hei };
    Line::of(part.index, Stand { face, ..Stand::BODY })
}

/// 发文机关标志, that of several organs one under another; `used` is what stands above it on the first page.
fn mark_lines(form: Option<Form>, marks: &[Part<'_>], used: Option<usize>) -> Vec<Line> {
    let longest = marks.iter().map(Part::width).max().unwrap_or(0).max(1);
    let size = match WIDTH / (10 * longest) {
        whole if whole < WHOLE => PARTED,
        whole => whole.min(LARGEST),
    };
    let stand = Stand {
        face: Face::Title,
        size,
        red: true,
        side: Side::Centre,
        pitch: 22 * size,
        leading: 2 * size,
        ..Stand::BODY
    };
    let upper = match form {
        Some(Form::Letter) => MARK_OF_LETTER,
        Some(Form::Order) => MARK_OF_ORDER,
        _ => MARK,
    };
    let used = used.filter(|_| form != Some(Form::Letter)).or(used.map(|_| 0));
    // Ink begins a twentieth of its size under the edge of a character.
    let first = used.map_or(PITCH, |used| upper.saturating_sub(size + used));
    let above = |nth: usize| if nth == 0 { first } else { 0 };
    let line = |(nth, part): (usize, &Part<'_>)| Line { above: above(nth), ..Line::of(part.index, stand) };
    marks.iter().enumerate().map(line).collect()
}

/// 发文字号 (7.2.5), level with the last line of 签发人 (7.2.6).
fn number_lines(form: Option<Form>, parts: Vec<Part<'_>>) -> Vec<Line> {
    let (signers, numbers): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|part| part.element == Element::Signer);
    let mut signed = signer_lines(&signers);
    let side = if form == Some(Form::Letter) { Side::Right } else { Side::Centre };
    let alone = Stand { side, ..Stand::BODY };
    for number in &numbers {
        let fits = |line: &Line| 2 * CHARACTER + wide(number.width()) <= line.parts[0].1.left;
        match signed.last_mut() {
            Some(last) if numbers.len() == 1 && fits(last) => {
                last.parts.insert(0, (number.index, Stand { left: CHARACTER, ..Stand::BODY }));
            }
            _ => signed.push(Line::of(number.index, alone)),
        }
    }
    signed
}

/// The names of those who sign, two a line, below each other.
fn signer_lines(signers: &[Part<'_>]) -> Vec<Line> {
    let name = |part: &Part<'_>| wide(part.width() - half_cells(part.label));
    let widest = |nth: usize| signers.iter().skip(nth).step_by(2).map(name).max().unwrap_or(0);
    let right = WIDTH - CHARACTER;
    let (left, second) = match signers.len() {
        1 => (right.saturating_sub(widest(0)), right),
        _ => (right.saturating_sub(widest(1) + CHARACTER + widest(0)), right.saturating_sub(widest(1))),
    };
    let label = signers.iter().map(|part| wide(half_cells(part.label))).max().unwrap_or(0);
    if left < label + CHARACTER {
        let stand = Stand { side: Side::Right, right: CHARACTER, ..Stand::BODY };
        return signers.iter().map(|part| Line::of(part.index, stand)).collect();
    }
    let stand = |nth: usize, part: &Part<'_>| {
        let name = if nth == 0 { left - wide(half_cells(part.label)) } else { second };
        (part.index, Stand { left: name, ..Stand::BODY })
    };
    let line = |pair: &[Part<'_>]| {
        let parts = pair.iter().enumerate().map(|(nth, part)| stand(nth, part)).collect();
        Line { parts, ..Line::of(pair[0].index, Stand::BODY) }
    };
    signers.chunks(2).map(line).collect()
}

/// The head of a 信函: the mark, a double line, and under it what stands left and right (10.1).
fn letter_head(mut marks: Vec<Line>, corner: Vec<Line>, numbers: Vec<Line>) -> Vec<Line> {
    marks.iter_mut().last().into_iter().for_each(|last| {
        last.under = Some(Rule::Double);
        let leading = last.parts[0].1.leading;
        last.below = DOUBLE_SPACE - leading.min(DOUBLE_SPACE) + DOUBLE.iter().sum::<usize>();
    });
    let from = marks.len();
    let (mut lines, mut numbers) = (marks, numbers.into_iter());
    lines.extend(corner);
    match (lines.get_mut(from), numbers.len()) {
        (Some(first), 1) => first.parts.extend(numbers.by_ref().flat_map(|line| line.parts)),
        _ => lines.extend(numbers),
    }
    if let (true, Some(first)) = (from > 0, lines.get_mut(from)) {
        first.above = UNDER_DOUBLE;
    }
    lines
}

/// 附件说明 (7.3.4): two characters from the left, further lines under the name.
fn attached(document: &Document, run: &[Part<'_>]) -> Vec<Line> {
    let signed = |index: usize| document.blocks.get(index).is_some_and(ends);
    let line = |(nth, part): (usize, &Part<'_>)| {
        // Further names stand under the first one.
        let left = if nth == 0 { 4 } else { 4 + half_cells(Element::Attached.start()) };
        let typed = &part.words[part.label.len()..];
        let number = numbered(typed).filter(|_| !part.label.trim_end().ends_with('.')).unwrap_or(0);
        let hanging = wide(left + half_cells(part.label) + number);
        let above = if nth == 0 { PITCH } else { 0 };
        let stays = signed(part.index + 1);
        Line { above, hanging, stays, ..Line::of(part.index, Stand { left: wide(left), ..Stand::BODY }) }
    };
    run.iter().enumerate().map(line).collect()
}

/// 署名 that a seal covers (7.3.5.1): in the middle above the date, which has four characters to its right.
fn sealed(document: &Document, run: &[Part<'_>]) -> Vec<Line> {
    let last = run.last().map_or(0, |part| part.index);
    let date = match document.blocks.get(last + 1).map(Block::itself) {
        Some(date @ Block::Date(_)) => Some(half_cells(&Words::of(date).text)),
        _ => None,
    };
    let free = right_of(document).1;
    let line = |(nth, part): (usize, &Part<'_>)| {
        let middle = 2 * free + date.unwrap_or(part.width());
        let right = middle.saturating_sub(part.width()) * CHARACTER / 4;
        let above = if nth == 0 { SEAL } else { SEALS };
        let stand = Stand { side: Side::Right, right, ..Stand::BODY };
        Line { above, stays: true, ..Line::of(part.index, stand) }
    };
    run.iter().enumerate().map(line).collect()
}

/// Who was there (10.3), under a blank line; further lines stand under the first name.
fn present((nth, part): (usize, &Part<'_>)) -> Line {
    let hanging = wide(4 + half_cells(part.label));
    let above = if nth == 0 { PITCH } else { 0 };
    Line { above, hanging, ..Line::of(part.index, Stand { left: wide(4), ..Stand::BODY }) }
}

/// 附注 (7.3.6), or the head of an annex (7.3.7), whose title stands on the third line of its page.
fn single(part: &Part<'_>) -> Line {
    match part.element {
        Element::Annex => Line {
            start: Start::Page,
            below: PITCH,
            stays: true,
            ..Line::of(part.index, Stand { face: Face::Hei, ..Stand::BODY })
        },
        _ => Line { hanging: 0, ..Line::of(part.index, Stand { left: wide(4), ..Stand::BODY }) },
    }
}

/// 版记 (7.4), at the foot of the last page where the document ends with it; that of a 信函 has no rules (10.1).
fn imprint(form: Option<Form>, run: Vec<Part<'_>>, last: bool) -> Vec<Line> {
    let copy = |part: &Part<'_>| matches!(part.element, Element::SentTo | Element::CopyTo);
    // No rule parts those to whom it is sent from those who get a copy (7.4.2).
    let joined = run_joins(&run);
    let (copies, printed): (Vec<_>, Vec<_>) = run.into_iter().partition(copy);
    let hanging = |part: &Part<'_>| Stand::IMPRINT.left + half_cells(part.label) * 10 * IMPRINT;
    let line = |part: &Part<'_>| Line { hanging: hanging(part), ..Line::of(part.index, Stand::IMPRINT) };
    let mut lines: Vec<Line> = copies.iter().map(line).collect();
    lines.extend(printed_lines(&printed));
    let ruled = form != Some(Form::Letter);
    let count = lines.len();
    for (nth, line) in lines.iter_mut().enumerate() {
        line.stays = nth + 1 < count;
        line.start = if last && nth == 0 { Start::Foot } else { Start::Flow };
        let (follows, goes_on) = (joined.contains(&nth), joined.contains(&(nth + 1)));
        if ruled && !follows {
            let over = if nth == 0 { Rule::Thick } else { Rule::Thin };
            line.over = Some(over);
            line.above = IMPRINT_OVER + if nth == 0 { THICK } else { THIN };
        }
        if ruled && !goes_on {
            let end = nth + 1 == count;
            line.under = end.then_some(Rule::Thick);
            line.below = IMPRINT_UNDER + if end { THICK } else { 0 };
        }
    }
    lines
}

/// The lines of 版记, from 0, that stand under 主送 without a rule.
fn run_joins(run: &[Part<'_>]) -> Vec<usize> {
    let sent = run.iter().filter(|part| part.element == Element::SentTo).count();
    let copies = run.iter().filter(|part| part.element == Element::CopyTo).count();
    let end = if copies > 0 { sent + 1 } else { sent };
    (1..end).collect()
}

/// 印发机关 to the left and 印发日期 to the right of one line, where both fit.
fn printed_lines(parts: &[Part<'_>]) -> Vec<Line> {
    let right = Stand { side: Side::Right, ..Stand::IMPRINT };
    let stand = |part: &Part<'_>| match part.element {
        Element::PrintDate => (part.index, right),
        _ => (part.index, Stand::IMPRINT),
    };
    let fits = parts.iter().map(Part::width).sum::<usize>() + 2 <= Stand::IMPRINT.room(Stand::IMPRINT.left);
    let kinds: Vec<Element> = parts.iter().map(|part| part.element).collect();
    if fits && kinds == [Element::Printer, Element::PrintDate] {
        let parts = parts.iter().map(stand).collect::<Vec<_>>();
        return vec![Line { parts, ..Line::of(0, Stand::IMPRINT) }];
    }
    let line = |part: &Part<'_>| {
        let (index, stand) = stand(part);
        Line::of(index, stand)
    };
    parts.iter().map(line).collect()
}
