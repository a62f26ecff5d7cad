//! Lines of words: where each character stands.

use super::ink::{Char, Colour, Face, Mark, Part, Rule, Run, Shape};
use super::{Area, Kind, MIDDLE, Row, TWIP};
use crate::document::Change;
use crate::document::measure;
use crate::document::stand::{self, Stand};
use crate::layout::breaks::{self, is_attached};
use crate::layout::{Look, PageLine, PagePiece};

/// Half a character of the text.
const HALF: i32 = measure::CHARACTER as i32 * TWIP / 2;

/// How the lines of a kind of row look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub face: Face,
    /// Size of the type.
    pub size: i32,
    /// Half a character.
    pub half: i32,
    /// Colour of what did not change.
    pub colour: Colour,
    /// Where the line stands between the margins.
    pub side: Side,
}

/// Where a line stands in the room that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// From the left margin; a line that another one follows reaches to the right one.
    Both,
    Left,
    Middle,
    /// From the right margin, but for so much.
    Right(i32),
}

/// Where a line stands: what it is part of, left and right end of its room, and the middle of its height.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub part: Part,
    pub left: i32,
    pub right: i32,
    pub middle: i32,
}

/// Face, size and side of a row (7.3, 7.5). Cells say their side themselves.
pub(super) fn style(kind: Kind) -> Style {
    let colour = Colour::BLACK;
    let text = |face, side| Style { face, size: 16_000, half: HALF, colour, side };
    let sized = |face, size| Style { face, size, half: size / 2, colour, side: Side::Middle };
    match kind {
        Kind::Title(_) => sized(Face::Title, 22_000),
        Kind::Byline => text(Face::Kai, Side::Middle),
        Kind::Heading(1) => text(Face::Hei, Side::Both),
        Kind::Heading(2) => text(Face::Kai, Side::Both),
        Kind::Recipient | Kind::Heading(_) | Kind::Text => text(Face::Body, Side::Both),
        Kind::Caption => sized(Face::Hei, 14_000),
        Kind::Unit => Style { side: Side::Right(0), ..sized(Face::Body, 12_000) },
        Kind::Note => Style { side: Side::Left, ..sized(Face::Body, 12_000) },
        Kind::Head | Kind::HeadAgain => sized(Face::Hei, 12_000),
        Kind::Cells => sized(Face::Body, 12_000),
        Kind::Chart | Kind::Picture => sized(Face::Song, 10_500),
        Kind::Signature(free) | Kind::Date(free) => text(Face::Body, Side::Right(free as i32 * HALF)),
        Kind::Element(stand) => of_element(stand),
    }
}

/// Of an element of the letter, between the edges that it has of its own.
fn of_element(stand: Stand) -> Style {
    let face = match stand.face {
        stand::Face::Body => Face::Body,
        stand::Face::Hei => Face::Hei,
        stand::Face::Title => Face::Title,
    };
    let side = match stand.side {
        stand::Side::Left => Side::Both,
        stand::Side::Centre => Side::Middle,
        stand::Side::Right => Side::Right(0),
    };
    let colour = if stand.red { Colour::RED } else { Colour::BLACK };
    Style { face, size: stand.size as i32 * 1000, half: stand.character() as i32 * TWIP / 2, colour, side }
}

/// Places a row that is no row of a table.
pub(super) fn place(marks: &mut Vec<Mark>, row: &Row, area: Area) {
    let middle = area.top + row.top as i32 * TWIP + row.height as i32 * TWIP / 2;
    let (left, right) = match row.kind {
        Kind::Element(stand) => (stand.left as i32 * TWIP, stand.right as i32 * TWIP),
        _ => (0, 0),
    };
    for line in row.cells.iter().flat_map(|cell| &cell.lines) {
        let part = Part::Block { block: row.block, at: line.span.start };
        let room = Room { part, left: area.left + left, right: area.left + area.width - right, middle };
        words(marks, line, style(row.kind), room);
    }
}

/// Places the words of a line.
pub(super) fn words(marks: &mut Vec<Mark>, line: &PageLine, style: Style, room: Room) {
    let mut pieces: Vec<Vec<Char>> = line.pieces.iter().map(|one| chars(&one.text, 0, style.half)).collect();
    let set = line.span.len().saturating_sub(line.hanging);
    let wide = width_of(&pieces, set);
    let indent = if line.first { 4 * style.half } else { 0 };
    let free = room.right - room.left - indent - wide;
    let (before, spread) = match style.side {
        Side::Both if line.full => (0, free.max(0)),
        Side::Both | Side::Left => (0, 0),
        Side::Middle => (free / 2, 0),
        Side::Right(right) => ((free - right).max(0), 0),
    };
    stand(&mut pieces, set, room.left + indent + before, spread);
    let baseline = room.middle + style.size * MIDDLE / 100;
    let mut at = 0;
    for (piece, chars) in line.pieces.iter().zip(pieces) {
        let part = further(room.part, at);
        at += piece.text.len();
        if !chars.is_empty() {
            let (face, colour) = (face(style.face, piece), colour(&piece.look, style.colour));
            let look = piece.look.clone();
            run(marks, Run { look, colour, baseline, chars, ..Run::of(part, face, style.size) });
        }
    }
}

/// The characters of a text beside each other, from `x` on.
pub(super) fn chars(text: &str, x: i32, half: i32) -> Vec<Char> {
    let mut chars: Vec<Char> = Vec::with_capacity(text.len() / 2);
    let mut x = x;
    for c in text.chars() {
        let width = breaks::width(c) as i32 * half;
        match chars.last_mut() {
            Some(last) if is_attached(c) => {
                last.text.push(c);
                last.width += width;
            }
            _ => chars.push(Char { text: c.to_string(), x, width }),
        }
        x += width;
    }
    chars
}

/// What the first bytes of the pieces take; what hangs in the margin takes nothing.
fn width_of(pieces: &[Vec<Char>], set: usize) -> i32 {
    let mut at = 0;
    let inside = |one: &&Char| {
        at += one.text.len();
        at <= set
    };
    pieces.iter().flatten().take_while(inside).map(|one| one.width).sum()
}

/// Puts the characters side by side from `x` on, with `spread` shared out between the first `set` bytes of
/// them; words and numbers are not torn apart, unless the line is nothing else.
fn stand(pieces: &mut [Vec<Char>], set: usize, x: i32, spread: i32) {
    let mut at = 0;
    let flat: Vec<&Char> = pieces.iter().flatten().collect();
    let inside = |one: &&&Char| {
        at += one.text.len();
        at <= set
    };
    let inside = flat.iter().take_while(inside).count();
    let word = |one: &Char| one.text.bytes().all(|byte| byte.is_ascii_graphic());
    let open = |pair: &[&Char]| !(word(pair[0]) && word(pair[1]));
    let mut gaps: Vec<bool> = flat[..inside].windows(2).map(open).collect();
    if !gaps.contains(&true) {
        gaps.fill(true);
    }
    let count = gaps.iter().filter(|open| **open).count().max(1) as i64;
    let (mut x, mut passed) = (x, 0);
    for (index, one) in pieces.iter_mut().flatten().enumerate() {
        one.x = x;
        x += one.width;
        if gaps.get(index) == Some(&true) {
            let share = |gaps: i64| (i64::from(spread) * gaps / count) as i32;
            x += share(passed + 1) - share(passed);
            passed += 1;
        }
    }
}

/// The part of words that begin some bytes further on.
fn further(part: Part, bytes: usize) -> Part {
    match part {
        Part::Block { block, at } => Part::Block { block, at: at + bytes },
        other => other,
    }
}

fn face(face: Face, piece: &PagePiece) -> Face {
    match &piece.look {
        look if look.hei => Face::Hei,
        look if look.lead => Face::Kai,
        _ => face,
    }
}

pub(super) fn colour(look: &Look, plain: Colour) -> Colour {
    match look.change {
        None => plain,
        Some(Change::Inserted) => Colour::INSERTED,
        Some(Change::Deleted) => Colour::DELETED,
        Some(Change::MovedHere(_) | Change::MovedAway(_)) => Colour::MOVED,
    }
}

/// A run with what lies behind it and what is drawn under or through it, so that it is told from others in
/// black and white, too: what is new has a line below, what is gone one through it, what moved has two.
fn run(marks: &mut Vec<Mark>, run: Run) {
    let (left, right) = run.edges();
    let part = ornament(run.part);
    let at = |hundredths: i32| run.baseline + run.size * hundredths / 100;
    let alarm = run.look.note.as_ref().is_some_and(|(_, alarm)| *alarm);
    if run.look.missing || alarm {
        marks.push(Mark::Shape(Shape::area(part, (left, at(-90)), (right, at(14)), Colour::GAP)));
    }
    let lines: &[i32] = match run.look.change {
        None if run.look.note.is_some() && !alarm => &[16],
        None => &[],
        Some(Change::Inserted) => &[16],
        Some(Change::Deleted) => &[-MIDDLE],
        Some(Change::MovedHere(_)) => &[14, 21],
        Some(Change::MovedAway(_)) => &[-MIDDLE - 4, -MIDDLE + 4],
    };
    let colour = if run.look.change.is_some() { run.colour } else { Colour::NOTED };
    let width = run.size * 4 / 100;
    let rule = |hundredths: &i32| {
        let y = at(*hundredths);
        Mark::Rule(Rule { part, x0: left, y0: y, x1: right, y1: y, width, colour })
    };
    let lines: Vec<Mark> = lines.iter().map(rule).collect();
    marks.push(Mark::Run(run));
    marks.extend(lines);
}

/// What is drawn around words.
fn ornament(part: Part) -> Part {
    match part {
        Part::Block { block, .. } | Part::Again { block } => Part::Ornament { block },
        other => other,
    }
}
