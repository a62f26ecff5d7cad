//! What changed in a line that is in both reports: figures, and the words between them.

use std::ops::Range;

use indexmap::IndexSet;

use super::super::again::{self, Place};
use super::super::bind::stored;
use super::super::extract::{Extracted, extract};
use super::super::facts::Value;
use super::{Finder, What};
use crate::diff::{BlockDiff, LineDiff, Op};
use crate::document::{Line, overlap};
use crate::facts::registry::IndicatorKind;
use crate::figures::Trail;

/// A piece of a line that changed: bytes of the old and of the new line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
}

/// A line of both reports, and what is known of it.
struct Pair<'l> {
    block: Option<usize>,
    /// Number of the line in its block.
    line: usize,
    was: &'l Line,
    is: &'l str,
    places: Vec<Place<'l>>,
    numbers: Vec<Extracted>,
    /// Bytes of the new line where a paragraph begins.
    cuts: &'l [usize],
}

/// A figure of the old line: its bytes and its trail.
type Figure = (Range<usize>, usize);

impl Finder<'_> {
    pub(super) fn line(&mut self, block: &BlockDiff, line: &LineDiff, at: usize, new: usize) {
        let difference = self.difference;
        let Some(old) = line.old else { return };
        let (was, now) = (&difference.old_lines[old].line, &difference.new_lines[new].line);
        let is = now.text.as_str();
        let seams = block.new.and_then(|new| self.seams.get(new));
        let cuts = seams.map_or(&[][..], |seams| seams.cuts.as_slice());
        let places = again::places(difference, line, old, 0, self.kind);
        let pair = Pair { block: block.old, line: at, was, is, places, numbers: extract(is), cuts };
        let mut lists: Vec<&Place<'_>> = Vec::new();
        for list in pair.places.iter().filter(|place| place.kind == IndicatorKind::List) {
            let (before, after) = (&was.text[list.from.clone()], &is[list.span.clone()]);
            if let (true, Some(value)) = (before != after, again::list(after)) {
                let (path, year) = (list.path.to_owned(), list.year);
                let what = What::Fact { path, year, value, places: 1, changed: 0 };
                self.push(pair.block, before.to_owned(), after.to_owned(), around(is, &list.span), what);
                lists.push(list);
            }
        }
        let all = hunks(line);
        let mut cuts =
            cuts.iter().copied().filter(|cut| !all.iter().any(|hunk| inside(hunk, *cut))).peekable();
        let pieces = whole(all.clone(), &was.figures);
        for hunk in pieces.into_iter().map(|hunk| changed(hunk, &was.figures, &was.text, is)) {
            while let Some(cut) = cuts.next_if(|cut| *cut <= hunk.new.start) {
                self.parted(&pair, &all, cut);
            }
            self.numbered(&pair, now, hunk)
                .into_iter()
                .filter_map(|hunk| beyond(hunk, &lists))
                .for_each(|hunk| self.hunk(&pair, &hunk));
        }
        for cut in cuts {
            self.parted(&pair, &all, cut);
        }
    }

    /// What of a piece lies behind the number that the program sets.
    fn numbered(&mut self, pair: &Pair<'_>, now: &Line, hunk: Hunk) -> Option<Hunk> {
        let number = pair.was.number;
        if hunk.old.start >= number {
            return Some(hunk);
        }
        if hunk.old.end <= number {
            let new = &pair.is[hunk.new.clone()];
            if !is_number(new) {
                let old = pair.was.text[hunk.old.clone()].to_owned();
                self.push(pair.block, old, new.to_owned(), around(pair.is, &hunk.new), What::Number);
            }
            return None;
        }
        let start = now.number.clamp(hunk.new.start, hunk.new.end);
        Some(Hunk { old: number..hunk.old.end, new: start..hunk.new.end })
    }

    /// A paragraph that begins in the middle of another.
    fn parted(&mut self, pair: &Pair<'_>, hunks: &[Hunk], cut: usize) {
        let before = hunks.iter().take_while(|hunk| hunk.new.end <= cut).last();
        let at = before.map_or(cut, |hunk| hunk.old.end + cut - hunk.new.end).min(pair.was.text.len());
        let side = |words: &str, back: bool| -> String {
            const SIDE: usize = 10;
            let mut side: Vec<char> = if back {
                words.chars().rev().take(SIDE).collect()
            } else {
                words.chars().take(SIDE).collect()
            };
            if back {
                side.reverse();
            }
            side.into_iter().collect()
        };
        let (left, right) = (side(&pair.is[..cut], true), side(&pair.is[cut..], false));
        let (old, new) = (format!("{left}{right}"), format!("{left}¶{right}"));
        self.push(pair.block, old, new, pair.is.to_owned(), What::Parted { at });
    }

    /// A piece that changed: figure by figure, and the words between them.
    fn hunk(&mut self, pair: &Pair<'_>, hunk: &Hunk) {
        let figures: Vec<&Figure> =
            pair.was.figures.iter().filter(|(span, _)| overlap(span, &hunk.old)).collect();
        if let [(span, trail)] = figures.as_slice()
            && *span == hunk.old
            && let Some(what) = self.name(pair, span, *trail, &pair.is[hunk.new.clone()])
        {
            let (old, new) = (pair.was.text[span.clone()].to_owned(), pair.is[hunk.new.clone()].to_owned());
            return self.push(pair.block, old, new, around(pair.is, &hunk.new), what);
        }
        let found: Vec<&Extracted> =
            pair.numbers.iter().filter(|number| overlap(&number.span, &hunk.new)).collect();
        let pairs = paired(pair, &figures, &found);
        let (mut from, mut to) =
            (Point { figure: 0, at: hunk.old.start }, Point { figure: 0, at: hunk.new.start });
        for (figure, number) in pairs {
            let (span, trail) = figures[figure];
            let came = &without_unit(found[number], &pair.was.text[span.end..hunk.old.end.max(span.end)]);
            self.gap(
                pair,
                &figures[from.figure..figure],
                to.figure < number,
                from.at..span.start,
                to.at..came.span.start,
            );
            let (old, new) = (pair.was.text[span.clone()].to_owned(), came.text.clone());
            let what = self.figure(pair, span, *trail, came);
            if old != new && !follows(&what, pair) {
                self.push(pair.block, old, new, around(pair.is, &hunk.new), what);
            }
            (from, to) =
                (Point { figure: figure + 1, at: span.end }, Point { figure: number + 1, at: came.span.end });
        }
        self.gap(
            pair,
            &figures[from.figure..],
            to.figure < found.len(),
            from.at..hunk.old.end,
            to.at..hunk.new.end,
        );
    }

    /// What stands between two figures that are known: words, and perhaps figures that went or numbers that came.
    fn gap(&mut self, pair: &Pair<'_>, gone: &[&Figure], came: bool, old: Range<usize>, new: Range<usize>) {
        let new = new.start..new.end.max(new.start);
        let (before, after) = (&pair.was.text[old.clone()], self.said(pair, &new));
        if before == after {
            return;
        }
        let what = match !gone.is_empty() && came {
            true => What::Mixed,
            false => What::Words { line: pair.line, span: old, typed: figures(&after) },
        };
        self.push(pair.block, before.to_owned(), after, around(pair.is, &new), what);
    }

    /// Words of the new line; where a paragraph begins inside them, a line break.
    fn said(&self, pair: &Pair<'_>, span: &Range<usize>) -> String {
        let mut said = String::new();
        let mut from = span.start;
        for cut in pair.cuts.iter().filter(|cut| span.start < **cut && **cut < span.end) {
            said.push_str(&pair.is[from..*cut]);
            said.push('\n');
            from = *cut;
        }
        said.push_str(&pair.is[from..span.end]);
        said
    }

    /// A name or other words of a fact that became others.
    fn name(&self, pair: &Pair<'_>, span: &Range<usize>, trail: usize, new: &str) -> Option<What> {
        let trail = &self.difference.old.document.trails[trail];
        let (path, year) = place(pair, span, trail)?;
        let own = trail.facts.first().is_some_and(|fact| fact.text == pair.was.text[span.clone()]);
        let is_name = own && !new.is_empty() && extract(&pair.was.text[span.clone()]).is_empty();
        let value = Value::Text(new.to_owned());
        is_name.then_some(What::Fact { path, year, value, places: 0, changed: 0 })
    }

    /// A figure that became another number.
    fn figure(&self, pair: &Pair<'_>, span: &Range<usize>, trail: usize, number: &Extracted) -> What {
        let trail = &self.difference.old.document.trails[trail];
        let printed = &pair.was.text[span.clone()];
        let fact = trail.facts.first().map_or("", |fact| fact.text.as_str());
        // A table says the unit in its head.
        let unit = fact.strip_prefix(printed).filter(|unit| !unit.is_empty());
        let bare = number.text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let value = match number.reading.as_ref() {
            // Printed as it is written: the new one is written so, too.
            _ if fact == printed => Some(serial(&number.text, printed).to_owned()),
            _ if bare && unit.is_some() => Some(format!("{}{}", number.text, unit.unwrap_or_default())),
            Some(reading) => Some(stored(&number.text, reading, "").0),
            None => None,
        };
        match place(pair, span, trail).zip(value) {
            Some(((path, year), value)) => {
                What::Fact { path, year, value: Value::Text(value), places: 0, changed: 0 }
            }
            None => {
                // Both years of one indicator are one name.
                let paths: IndexSet<String> = trail.facts.iter().map(|fact| fact.path.clone()).collect();
                What::Computed { paths: paths.into_iter().collect(), line: pair.line, span: span.clone() }
            }
        }
    }
}

/// The running number of 〔2025〕12号, which is one piece, where that alone was the figure.
fn serial<'n>(number: &'n str, printed: &str) -> &'n str {
    let digits = |words: &str| !words.is_empty() && words.chars().all(|c| c.is_ascii_digit());
    let behind = number.split_once('〕').map(|(_, behind)| behind.trim_end_matches('号'));
    behind.filter(|behind| digits(behind) && digits(printed)).unwrap_or(number)
}

/// A number without the unit that the template has behind the figure.
fn without_unit(number: &Extracted, behind: &str) -> Extracted {
    let starts = number.text.char_indices().map(|(at, _)| at).skip(1);
    let unit = starts.map(|at| &number.text[at..]).find(|unit| behind.starts_with(unit));
    let length = unit.map_or(0, str::len);
    let mut number = number.clone();
    number.text.truncate(number.text.len() - length);
    number.span.end -= length;
    number
}

/// The fact that a figure is as it stands: an indicator or a cell of a ledger.
fn place(pair: &Pair<'_>, span: &Range<usize>, trail: &Trail) -> Option<(String, crate::period::Period)> {
    let place = pair.places.iter().find(|place| place.from == *span);
    let as_it_is = matches!(trail.derivation.as_str(), "事实" | "台账");
    let cell = || trail.facts.only().filter(|fact| as_it_is && fact.path.contains('['));
    match place {
        Some(place) => Some((place.path.to_owned(), place.year)),
        None => cell().map(|fact| (fact.path.clone(), fact.year)),
    }
}

/// Where a walk through figures stands.
struct Point {
    figure: usize,
    at: usize,
}

/// Which figure became which number, both in order: those of the same words or unit first, and between two of them as
/// many as there are numbers.
fn paired(pair: &Pair<'_>, figures: &[&Figure], found: &[&Extracted]) -> Vec<(usize, usize)> {
    let unit = |number: &Extracted| number.reading.as_ref().map(|reading| reading.base().to_owned());
    let words = |figure: usize| &pair.was.text[figures[figure].0.clone()];
    let units: Vec<Option<String>> =
        (0..figures.len()).map(|figure| extract(words(figure)).first().and_then(unit)).collect();
    let likeness = |figure: usize, number: usize| match (&units[figure], unit(found[number])) {
        _ if words(figure) == found[number].text => 3,
        (Some(was), Some(is)) if *was == is => 2,
        _ => 0,
    };
    let mut best = vec![vec![0; found.len() + 1]; figures.len() + 1];
    for figure in (0..figures.len()).rev() {
        for number in (0..found.len()).rev() {
            let both = likeness(figure, number);
            let taken = if both > 0 { both + best[figure + 1][number + 1] } else { 0 };
            best[figure][number] = taken.max(best[figure + 1][number]).max(best[figure][number + 1]);
        }
    }
    let (mut figure, mut number, mut sure) = (0, 0, Vec::new());
    while figure < figures.len() && number < found.len() {
        let both = likeness(figure, number);
        if both > 0 && best[figure][number] == both + best[figure + 1][number + 1] {
            sure.push((figure, number));
            (figure, number) = (figure + 1, number + 1);
        } else if best[figure][number] == best[figure + 1][number] {
            figure += 1;
        } else {
            number += 1;
        }
    }
    let (mut all, mut from) = (Vec::new(), (0, 0));
    for (figure, number) in sure.into_iter().chain([(figures.len(), found.len())]) {
        if figure - from.0 == number - from.1 {
            all.extend((from.0..figure).zip(from.1..number));
        }
        if figure < figures.len() {
            all.push((figure, number));
        }
        from = (figure + 1, number + 1);
    }
    all
}

/// Pieces in which every figure is whole: what changed in the middle of one changed all of it.
fn whole(hunks: Vec<Hunk>, figures: &[Figure]) -> Vec<Hunk> {
    let mut whole: Vec<Hunk> = Vec::new();
    for mut hunk in hunks {
        for (span, _) in figures {
            if !overlap(span, &hunk.old) {
                continue;
            }
            // Beyond the piece both lines are the same, up to the next piece, which then is part of it.
            let (left, right) =
                (hunk.old.start.saturating_sub(span.start), span.end.saturating_sub(hunk.old.end));
            hunk = Hunk {
                old: hunk.old.start - left..hunk.old.end + right,
                new: hunk.new.start.saturating_sub(left)..hunk.new.end + right,
            };
        }
        match whole.last_mut().filter(|last| hunk.old.start < last.old.end) {
            // Both reach the end of the same figure; where that is in the new line, the second knows.
            Some(last) => (last.old.end, last.new.end) = (hunk.old.end, hunk.new.end),
            None => whole.push(hunk),
        }
    }
    whole
}

/// A piece without the figures at its ends that stand in both lines: of 2025年12月30日 only the day changed.
fn changed(hunk: Hunk, figures: &[Figure], was: &str, is: &str) -> Hunk {
    let Hunk { mut old, mut new } = hunk;
    // 12 is no figure of its own in front of another digit.
    let number = |c: char| c.is_ascii_digit() || c == '.';
    for (span, _) in figures {
        let (same, end) = (is[new.clone()].starts_with(&was[span.clone()]), new.start + span.len());
        if span.start == old.start && span.end < old.end && same {
            let open = was[span.clone()].ends_with(number);
            if open && (was[span.end..].starts_with(number) || is[end..].starts_with(number)) {
                break;
            }
            (old.start, new.start) = (span.end, end);
        }
    }
    for (span, _) in figures.iter().rev() {
        let (same, start) =
            (is[new.clone()].ends_with(&was[span.clone()]), new.end.saturating_sub(span.len()));
        if span.end == old.end && span.start > old.start && same {
            let open = was[span.clone()].starts_with(number);
            if open && (was[..span.start].ends_with(number) || is[..start].ends_with(number)) {
                break;
            }
            (old.end, new.end) = (span.start, start);
        }
    }
    Hunk { old, new }
}

/// How many figures stand in words.
pub(super) fn figures(words: &str) -> usize {
    extract(words).iter().filter(|number| number.is_fact()).count()
}

/// Whether words are a number as the program sets them before headings and points.
fn is_number(words: &str) -> bool {
    words.chars().all(|c| {
        c.is_ascii_digit() || c.is_whitespace() || "一二三四五六七八九十百零（）()、.．是".contains(c)
    })
}

/// Whether a place lies inside the new words of a piece.
fn inside(hunk: &Hunk, at: usize) -> bool {
    hunk.new.start < at && at < hunk.new.end
}

/// Runs of pieces that are not in both.
fn hunks(line: &LineDiff) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut old, mut new, mut open) = (0, 0, false);
    for segment in &line.segments {
        let length = segment.text.len();
        let (from_old, from_new) = (old, new);
        old += if segment.op == Op::Insert { 0 } else { length };
        new += if segment.op == Op::Delete { 0 } else { length };
        if segment.op == Op::Equal {
            open = false;
        } else if let Some(last) = hunks.last_mut().filter(|_| open) {
            (last.old.end, last.new.end) = (old, new);
        } else {
            hunks.push(Hunk { old: from_old..old, new: from_new..new });
            open = true;
        }
    }
    hunks
}

/// What of a piece lies beyond the lists that changed.
fn beyond(hunk: Hunk, lists: &[&Place<'_>]) -> Option<Hunk> {
    let mut rest = hunk;
    for list in lists {
        if rest.old.end <= list.from.start || list.from.end <= rest.old.start {
            continue;
        }
        if rest.old.end <= list.from.end {
            (rest.old.end, rest.new.end) =
                (list.from.start.max(rest.old.start), list.span.start.max(rest.new.start));
        } else {
            (rest.old.start, rest.new.start) = (list.from.end, list.span.end);
        }
    }
    (rest.old.start < rest.old.end || rest.new.start < rest.new.end).then_some(rest)
}

/// Whether a figure counts a list of its line, so that it changes with that.
fn follows(what: &What, pair: &Pair<'_>) -> bool {
    let counts = |path: &String| {
        pair.places.iter().any(|place| place.kind == IndicatorKind::List && place.path == *path)
    };
    matches!(what, What::Computed { paths, .. } if !paths.is_empty() && paths.iter().all(counts))
}

/// The words around a place.
fn around(text: &str, span: &Range<usize>) -> String {
    const SIDE: usize = 14;
    let before: Vec<char> = text[..span.start].chars().rev().take(SIDE).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[span.end..].chars().take(SIDE).collect();
    format!("{before}【{}】{after}", &text[span.clone()]).replace(['\n', '\t'], " ")
}
