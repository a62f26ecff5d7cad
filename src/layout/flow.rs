//! Strips onto pages: what stays together goes to the next page together, a table goes on under its head.

use super::letter::{self, First};
use super::set::Strip;
use super::{Above, Foot, Footing, Kind, Page, Row};
use crate::document::measure::{PITCH, SPACER, TOP, area};
use crate::document::stand::Start;

/// Places the strips in order, and says where 版记 stands. The first page may differ from the others.
pub(super) fn pages(strips: Vec<Strip>, first: First) -> (Vec<Page>, Option<Footing>) {
    let mut pager = Pager { first, ..Pager::default() };
    let mut group = Vec::new();
    for strip in strips {
        let parted = |last: &Strip| parts(last.landscape, &last.row, &strip);
        if strip.start != Start::Flow || group.last().is_some_and(parted) {
            pager.place(std::mem::take(&mut group));
        }
        let ends = !strip.stays;
        group.push(strip);
        if ends {
            pager.place(std::mem::take(&mut group));
        }
    }
    pager.place(group);
    pager.pages.iter_mut().for_each(|page| gather(&mut page.lines));
    pager.first.finish(&mut pager.pages);
    (pager.pages, pager.foot)
}

/// The lines of a merged cell stand in the first of its rows on a page.
fn gather(rows: &mut [Row]) {
    for at in (1..rows.len()).rev() {
        let (above, below) = rows.split_at_mut(at);
        let (Some(above), Some(below)) = (above.last_mut(), below.first_mut()) else { return };
        for column in 0..below.cells.len() {
            if above.goes_on(below, column) {
                let lines = std::mem::take(&mut below.cells[column].lines);
                above.cells[column].lines.extend(lines);
            }
        }
    }
}

/// The page being filled.
#[derive(Default)]
struct Pager {
    pages: Vec<Page>,
    /// Twips used on the last page.
    used: usize,
    /// White below the last strip, which a page may cut off.
    below: usize,
    /// A table stands last, so that Word needs a low line.
    low: bool,
    /// Head of the last table: its rows as they are repeated, and their heights.
    head: Vec<(Row, usize)>,
    first: First,
    foot: Option<Footing>,
}

impl Pager {
    /// Strips that stay together; only what is higher than a page is parted.
    fn place(&mut self, group: Vec<Strip>) {
        let Some(first) = group.first() else { return };
        if first.start == Start::Foot {
            return self.stand(group);
        }
        let parted = self.parts_before(first);
        // Word turns the paper in a line of no height, which is the one that it needs after a table.
        self.low &= !parted;
        let mut low = self.low_line();
        let begins = parted || first.start == Start::Page || self.pages.is_empty();
        if begins || self.space() < height(&group) {
            low &= !self.turn(first);
        }
        for mut strip in group {
            // Behind the last row of a table, with which a note stays.
            low |= self.low_line();
            if self.space() < strip.height {
                low &= !self.turn(&strip);
            }
            if std::mem::take(&mut low) {
                strip.row.above = under_low_line(strip.row.above);
            }
            self.set(strip);
        }
    }

    /// Whether the page ends before this strip, because the paper is turned there.
    fn parts_before(&self, next: &Strip) -> bool {
        let last = self.pages.last().and_then(|page| Some((page.landscape, page.lines.last()?)));
        last.is_some_and(|(landscape, row)| parts(landscape, row, next))
    }

    /// Twips of a page that lies as the last one does.
    fn height(&self) -> usize {
        area(self.pages.last().is_some_and(|page| page.landscape)).1
    }

    /// 版记 at the foot of an even page (7.4): of this one, if it is even and has room for it under a blank line;
    /// behind a blank page, where it has none.
    fn stand(&mut self, mut group: Vec<Strip>) {
        let low = self.low_line();
        let height = height(&group) + group.last().map_or(0, |last| last.below);
        if self.pages.is_empty() {
            self.begin(false);
        }
        let even = self.pages.len().is_multiple_of(2);
        let upright = self.pages.last().is_some_and(|page| !page.landscape);
        let foot = match (even, upright && self.space() >= height + PITCH) {
            (true, true) => Foot::Here,
            (true, false) => Foot::Apart,
            (false, _) => Foot::Next,
        };
        if foot == Foot::Apart {
            self.begin_without_folio();
            self.begin_without_folio();
        } else if foot == Foot::Next {
            self.begin(false);
        }
        let white = self.space().saturating_sub(height);
        self.foot = Some(Footing { foot, white });
        for first in group.iter_mut().take(1) {
            first.lower(white);
            if low && foot == Foot::Here {
                first.row.above = under_low_line(first.row.above);
            }
        }
        group.into_iter().for_each(|strip| self.set(strip));
    }

    fn begin_without_folio(&mut self) {
        self.begin(false);
        self.pages.iter_mut().last().into_iter().for_each(|page| page.folio = None);
    }

    /// Twips left on the page.
    fn space(&self) -> usize {
        let raised = self.pages.last().map_or(0, |page| page.raised);
        (self.height() + raised).saturating_sub(self.used + self.below)
    }

    /// The low line after a table, here or at the head of the next page; whether there is one.
    fn low_line(&mut self) -> bool {
        if !std::mem::take(&mut self.low) {
            return false;
        }
        if self.space() < SPACER {
            self.begin(false);
        }
        self.used += SPACER;
        true
    }

    fn begin(&mut self, landscape: bool) {
        let number = self.pages.len() + 1;
        let raised = if number == 1 { self.first.raised } else { 0 };
        self.pages.push(Page { landscape, folio: Some(number), raised, ..Page::default() });
        (self.used, self.below) = (0, 0);
    }

    /// Begins a page, unless this one is empty; with the head again where a table goes on and there is room
    /// for both.
    fn turn(&mut self, next: &Strip) -> bool {
        if self.pages.last().is_some_and(|page| page.lines.is_empty()) {
            return false;
        }
        self.begin(next.landscape);
        let whole = self.height();
        let height: usize = self.head.iter().map(|(_, height)| height).sum();
        let of_it = self.head.first().is_some_and(|(head, _)| head.block == next.row.block);
        if next.row.kind == Kind::Cells && of_it && height < whole / 2 && height + next.height <= whole {
            for (head, height) in self.head.clone() {
                self.push(head, 0, height);
                self.used += height;
            }
        }
        true
    }

    fn set(&mut self, strip: Strip) {
        self.used += self.below;
        self.low = strip.ends_table;
        if strip.row.kind == Kind::Head {
            let again = Row { kind: Kind::HeadAgain, above: Above::Nothing, ..strip.row.clone() };
            self.head.retain(|(head, _)| head.block == again.block);
            self.head.push((again, strip.height));
        }
        self.draw(&strip);
        self.push(strip.row, strip.white, strip.height);
        self.used += strip.height;
        self.below = strip.below;
    }

    /// The rules around a strip.
    fn draw(&mut self, strip: &Strip) {
        let Some(page) = self.pages.last_mut() else { return };
        let upper = (TOP + self.used + strip.white).saturating_sub(page.raised);
        let strokes = strip.rules.iter().flat_map(|(below, rule)| {
            letter::strokes(strip.row.block, upper.saturating_add_signed(*below), *rule)
        });
        page.strokes.extend(strokes);
    }

    /// Puts a row where the page is filled up to; of its height the white above it is the upper part.
    fn push(&mut self, row: Row, white: usize, height: usize) {
        let beside = match self.pages.last().and_then(|page| page.lines.last()) {
            Some(before) if row.above == Above::Beside => Some((before.top, before.height)),
            _ => None,
        };
        if let Some((top, height)) = beside {
            let row = Row { top, height, ..row };
            return self.pages.iter_mut().last().into_iter().for_each(|page| page.lines.push(row.clone()));
        }
        let row = Row { top: self.used + white, height: height.saturating_sub(white), ..row };
        self.pages.iter_mut().last().into_iter().for_each(|page| page.lines.push(row.clone()));
    }
}

/// Whether the paper is turned between a row of a page that lies on its side or not and the strip behind it: a
/// wide table stands on pages of its own, with the headings that lead to it and its notes.
fn parts(landscape: bool, row: &Row, next: &Strip) -> bool {
    let leads = matches!(row.kind, Kind::Heading(_) | Kind::Title(_) | Kind::Element(_));
    let together = leads || next.row.kind == Kind::Note;
    landscape != next.landscape || (landscape && row.block != next.row.block && !together)
}

/// White above a row that follows a table.
fn under_low_line(above: Above) -> Above {
    match above {
        Above::Nothing => Above::Low,
        Above::Blank => Above::LowAndBlank,
        Above::Space(twips) => Above::Space(twips + SPACER),
        other => other,
    }
}

/// Twips of strips that stand together; the white below the last may be cut off.
fn height(group: &[Strip]) -> usize {
    let low = |strip: &Strip| if strip.ends_table { SPACER } else { 0 };
    let below: usize = group.iter().rev().skip(1).map(|strip| strip.below + low(strip)).sum();
    group.iter().map(|strip| strip.height).sum::<usize>() + below
}
