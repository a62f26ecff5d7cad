//! Strips onto pages: what stays together goes to the next page together, a table goes on under its head.

use super::set::Strip;
use super::{Above, Kind, Page, Row};
use crate::document::measure::{PITCH, SPACER, area};

/// Places the strips in order.
pub(super) fn pages(strips: Vec<Strip>) -> Vec<Page> {
    let mut pager = Pager::default();
    let mut group = Vec::new();
    for strip in strips {
        if group.last().is_some_and(|last: &Strip| parts(last.landscape, &last.row, &strip)) {
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
    pager.pages
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
}

impl Pager {
    /// Strips that stay together; only what is higher than a page is parted.
    fn place(&mut self, group: Vec<Strip>) {
        let Some(first) = group.first() else { return };
        let parted = self.parts_before(first);
        // Word turns the paper in a line of no height, which is the one that it needs after a table.
        self.low &= !parted;
        let mut low = self.low_line();
        if parted || self.pages.is_empty() || self.space() < height(&group) {
            low &= !self.turn(first);
        }
        for mut strip in group {
            if self.space() < strip.height {
                low &= !self.turn(&strip);
            }
            if std::mem::take(&mut low) {
                let blank = strip.row.above == Above::Blank;
                strip.row.above = if blank { Above::LowAndBlank } else { Above::Low };
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

    /// Twips left on the page.
    fn space(&self) -> usize {
        self.height().saturating_sub(self.used + self.below)
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
        self.pages.push(Page { landscape, ..Page::default() });
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
                self.push(head, height);
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
        self.push(strip.row, strip.height);
        self.used += strip.height;
        self.below = strip.below;
    }

    /// Puts a row where the page is filled up to; of its height the white above it is the upper part.
    fn push(&mut self, row: Row, height: usize) {
        let white = if matches!(row.above, Above::Blank | Above::LowAndBlank) { PITCH } else { 0 };
        let row = Row { top: self.used + white, height: height.saturating_sub(white), ..row };
        self.pages.iter_mut().last().into_iter().for_each(|page| page.lines.push(row.clone()));
    }
}

/// Whether the paper is turned between a row of a page that lies on its side or not and the strip behind it: a
/// wide table stands on pages of its own.
fn parts(landscape: bool, row: &Row, next: &Strip) -> bool {
    landscape != next.landscape || (landscape && row.block != next.row.block)
}

/// Twips of strips that stand together; the white below the last may be cut off.
fn height(group: &[Strip]) -> usize {
    let below: usize = group.iter().rev().skip(1).map(|strip| strip.below).sum();
    group.iter().map(|strip| strip.height).sum::<usize>() + below
}
