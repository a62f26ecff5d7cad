//! A report of another year against the one that a project renders: the figures that stand at the same
//! places are the facts of that year.

use std::ops::Range;

use indexmap::IndexMap;

use super::bind::stored;
use super::extract::{Extracted, extract};
use super::facts::Value;
use crate::diff::{self, Class, Difference, LineDiff, Op, Side};
use crate::document::{Block, Cell, Document, Inline, Line, Row, Table};
use crate::facts::registry::IndicatorKind;
use crate::figures::Trail;
use crate::period::Period;

/// What a report says of the facts of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matched {
    /// Values by year and path, in the order of the report.
    pub facts: IndexMap<(Period, String), Value>,
    /// Figures that are said twice, and not alike.
    pub contradictions: Vec<String>,
    /// Paragraphs of the report that match none of the project's: their number, from 1, and their words.
    pub strange: Vec<(usize, String)>,
}

/// A figure of the project's own report that is a fact as it is.
pub(super) struct Place<'f> {
    pub path: &'f str,
    pub year: Period,
    pub kind: IndicatorKind,
    /// Bytes of the line of the project's own report.
    pub from: Range<usize>,
    /// Bytes of the other report's line that stand in its place.
    pub span: Range<usize>,
}

/// Finds in a report of `year` the facts of the project's own report `base` of `base_year`. `kind` tells
/// what an indicator is.
pub fn matched(
    base: &Document,
    base_year: Period,
    report: &Document,
    year: Period,
    kind: &dyn Fn(&str) -> IndicatorKind,
) -> Matched {
    let side = |document: &Document, year: Period| Side {
        name: year.words(),
        year: Some(year),
        document: document.clone(),
        basis: None,
    };
    let difference = diff::compare(side(base, base_year), side(report, year), &[]);
    let mut matched = Matched::default();
    for block in difference.blocks.iter().filter(|block| block.new.is_some()) {
        if block.class() == Class::New {
            let number = block.new.unwrap_or_default();
            let words = crate::document::Line::of(&report.blocks[number]).text;
            matched.strange.push((number + 1, words));
            continue;
        }
        for line in &block.lines {
            matched.line(&difference, line, year.since(base_year), kind);
        }
    }
    matched
}

/// The report with the figures that the project's own report `own` of the same year says at the same places, word for
/// word; what is said otherwise stays words.
pub fn bound(own: &Document, report: &Document) -> Document {
    let side = |document: &Document| Side {
        name: String::new(),
        year: None,
        document: document.clone(),
        basis: None,
    };
    let difference = diff::compare(side(own), side(report), &[]);
    let mut figures: Vec<Vec<(Range<usize>, usize)>> = vec![Vec::new(); difference.new_lines.len()];
    for line in difference.blocks.iter().flat_map(|block| &block.lines) {
        let (Some(old), Some(new)) = (line.old, line.new) else { continue };
        let there = |(from, trail): &(Range<usize>, usize)| Some((unchanged(line, from)?, *trail));
        figures[new].extend(difference.old_lines[old].line.figures.iter().filter_map(there));
    }
    let mut lines = figures.iter();
    let blocks = report.blocks.iter().map(|block| with_figures(block, &mut lines)).collect();
    Document { blocks, trails: own.trails.clone(), origin: report.origin.clone() }
}

/// A block with figures, which are known by the lines of the comparison: one of the block, or of a table one of its
/// caption and of each row.
fn with_figures<'f>(
    block: &Block,
    lines: &mut impl Iterator<Item = &'f Vec<(Range<usize>, usize)>>,
) -> Block {
    let mut next = || lines.next().cloned().unwrap_or_default();
    let cut = |figures: &[(Range<usize>, usize)], at: &mut usize, inlines: &[Inline]| {
        let text: String = inlines.iter().map(Inline::text).collect();
        let span = *at..*at + text.len();
        *at = span.end;
        let inside =
            figures.iter().filter(|(figure, _)| span.start <= figure.start && figure.end <= span.end);
        let moved = |(figure, trail): &(Range<usize>, usize)| {
            (figure.start - span.start..figure.end - span.start, *trail)
        };
        let line = Line { figures: inside.map(moved).collect(), text, ..Line::default() };
        line.piece(0..line.text.len(), 0)
    };
    let Block::Table(table) = block else {
        let (figures, mut at) = (next(), Line::of(block).number);
        return block.map(&mut |inlines| cut(&figures, &mut at, inlines));
    };
    let caption = if table.caption.is_empty() { Vec::new() } else { cut(&next(), &mut 0, &table.caption) };
    let mut row = |row: &Row| {
        let (figures, mut at) = (next(), 0);
        let cell = |cell: &Cell| {
            let words = cut(&figures, &mut at, &cell.words);
            at += "\t".len();
            Cell { words, merged: cell.merged }
        };
        Row { cells: row.cells.iter().map(cell).collect(), change: row.change }
    };
    let head = table.head.iter().map(&mut row).collect();
    let rows = table.rows.iter().map(&mut row).collect();
    Block::Table(Table { caption, head, rows, ..table.clone() })
}

/// Where a piece of the old line stands in the new one, if none of it changed.
fn unchanged(line: &LineDiff, piece: &Range<usize>) -> Option<Range<usize>> {
    let (mut old, mut new) = (0, 0);
    for segment in &line.segments {
        let length = segment.text.len();
        if segment.op == Op::Equal && old <= piece.start && piece.end <= old + length && !piece.is_empty() {
            return Some(new + piece.start - old..new + piece.end - old);
        }
        old += if segment.op == Op::Insert { 0 } else { length };
        new += if segment.op == Op::Delete { 0 } else { length };
    }
    None
}

impl Matched {
    /// Takes the facts of one line.
    fn line(
        &mut self,
        difference: &Difference,
        line: &LineDiff,
        shift: i32,
        kind: &dyn Fn(&str) -> IndicatorKind,
    ) {
        let (Some(old), Some(new)) = (line.old, line.new) else { return };
        let text = difference.new_lines[new].line.text.as_str();
        let places = places(difference, line, old, shift, kind);
        let numbers = extract(text);
        for group in together(&places) {
            let inside = |number: &&Extracted| {
                group
                    .iter()
                    .any(|place| place.span.start < number.span.end && number.span.start < place.span.end)
            };
            let found: Vec<&Extracted> =
                numbers.iter().filter(|number| number.is_fact()).filter(inside).collect();
            match group {
                [place] if place.kind == IndicatorKind::List => {
                    self.keep(place, list(&text[place.span.clone()]))
                }
                // As many numbers as there were: each is the one at its place.
                group if group.len() == found.len() => {
                    for (place, number) in group.iter().zip(found) {
                        self.keep(place, value(number, place.kind));
                    }
                }
                group => {
                    let old = difference.old_lines[old].line.text.as_str();
                    for (place, number) in by_unit(group, &found, old) {
                        self.keep(place, value(number, place.kind));
                    }
                }
            }
        }
    }

    fn keep(&mut self, place: &Place<'_>, value: Option<Value>) {
        let Some(value) = value else { return };
        let key = (place.year, place.path.to_owned());
        match self.facts.get(&key) {
            Some(known) if *known != value => self.contradictions.push(format!(
                "{}的“{}”一处是{}，一处是{}，取了前一处",
                place.year,
                place.path,
                words(known),
                words(&value)
            )),
            Some(_) => {}
            None => {
                self.facts.insert(key, value);
            }
        }
    }
}

/// A value in a sentence.
pub fn words(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(items) => items.join("、"),
        Value::Ledger(rows) => format!("{}行", rows.len()),
    }
}

/// The facts of a line of the project's own report, with what stands in their places now. The items of a
/// list are one place.
pub(super) fn places<'d>(
    difference: &'d Difference,
    line: &LineDiff,
    old: usize,
    shift: i32,
    kind: &dyn Fn(&str) -> IndicatorKind,
) -> Vec<Place<'d>> {
    let mut places: Vec<Place<'d>> = Vec::new();
    for (from, trail) in &difference.old_lines[old].line.figures {
        let trail: &Trail = difference.old.document.trails[*trail].as_ref();
        let Some(fact) = trail.facts.only() else { continue };
        let kind = kind(&fact.path);
        let as_it_is = trail.derivation == "事实" || trail.derivation == "名单";
        if !as_it_is || fact.path.contains('[') {
            continue;
        }
        let Some(span) = there(line, from).filter(|span| kind == IndicatorKind::List || !span.is_empty())
        else {
            continue;
        };
        match places.last_mut().filter(|last| last.kind == IndicatorKind::List && last.path == fact.path) {
            Some(list) => (list.from.end, list.span.end) = (from.end, span.end),
            None => {
                let (path, year, from) = (fact.path.as_str(), fact.year.shifted(shift), from.clone());
                places.push(Place { path, year, kind, from, span });
            }
        }
    }
    places
}

/// What of the new line stands in the place of a piece of the old one: from where the piece began to
/// where it ended, what was put in its place included; empty where it is gone.
fn there(line: &LineDiff, piece: &Range<usize>) -> Option<Range<usize>> {
    let (mut old, mut new) = (0, 0);
    let (mut start, mut end) = (None, None);
    for segment in &line.segments {
        let length = segment.text.len();
        if segment.op == Op::Insert {
            new += length;
            continue;
        }
        if old >= piece.end {
            break;
        }
        let stays = segment.op == Op::Equal;
        if (old..old + length).contains(&piece.start) {
            start = Some(if stays { new + piece.start - old } else { new });
        }
        if stays && piece.end <= old + length {
            end = Some(new + piece.end - old);
            break;
        }
        old += length;
        new += if stays { length } else { 0 };
    }
    Some(start?..end.unwrap_or(new))
}

/// Places that overlap belong together.
fn together<'p, 'd>(places: &'p [Place<'d>]) -> Vec<&'p [Place<'d>]> {
    places.chunk_by(|left, right| right.span.start < left.span.end).collect()
}

/// Where more numbers stand than did before, those of a unit that are as many as the places of that unit:
/// 引进项目5个 against 引进项目4个，争取资金60万元.
fn by_unit<'p, 'd, 'n>(
    places: &'p [Place<'d>],
    numbers: &[&'n Extracted],
    old: &str,
) -> Vec<(&'p Place<'d>, &'n Extracted)> {
    let unit = |number: &Extracted| number.reading.as_ref().map(|reading| reading.base().to_owned());
    let was = |place: &Place<'_>| extract(&old[place.from.clone()]).first().and_then(unit);
    let mut pairs = Vec::new();
    for place in places {
        let Some(own) = was(place) else { continue };
        let alike: Vec<&Place<'_>> =
            places.iter().filter(|other| was(other).as_ref() == Some(&own)).collect();
        let found: Vec<&'n Extracted> =
            numbers.iter().copied().filter(|number| unit(number).as_ref() == Some(&own)).collect();
        let rank = alike.iter().position(|other| other.from == place.from);
        if let (true, Some(rank)) = (alike.len() == found.len(), rank) {
            pairs.push((place, found[rank]));
        }
    }
    pairs
}

/// A number as the value of an indicator of a kind.
fn value(number: &Extracted, kind: IndicatorKind) -> Option<Value> {
    let (text, indicator) = stored(&number.text, number.reading.as_ref()?, "");
    let fits = (indicator.kind == IndicatorKind::Text) == (kind == IndicatorKind::Text);
    fits.then_some(Value::Text(text))
}

/// Names with 、 between them.
pub(super) fn list(text: &str) -> Option<Value> {
    let items: Vec<String> = text.split('、').map(str::to_owned).collect();
    let name =
        |item: &String| (1..=12).contains(&item.chars().count()) && !item.contains(['，', '。', '；', '：']);
    items.iter().all(name).then_some(Value::List(items))
}

#[cfg(test)]
mod tests {
    use super::super::draft::draft;
    use super::super::prove::rendered;
    use super::*;
    use crate::input;

    /// What the second text says of the facts of a project made from the first.
    fn between(first: &str, second: &str) -> (Matched, Vec<String>) {
        let draft = draft(&input::text(first).document, Period::year(2010), "汇报").unwrap();
        let base =
            rendered(&draft.template, &draft.facts, (Period::year(2010), "汇报"), &draft.document).unwrap();
        let report = super::super::clean(&input::text(second).document).0;
        let kind = |path: &str| draft.facts.indicators.get(path).map_or(IndicatorKind::Text, |one| one.kind);
        let matched = matched(&base, Period::year(2010), &report, Period::year(2009), &kind);
        let facts = matched
            .facts
            .iter()
            .map(|((year, path), value)| format!("{} {path} {}", year.stem(), words(value)));
        let facts = facts.collect();
        (matched, facts)
    }

    #[test]
    fn figures_at_the_same_places_are_the_facts_of_the_other_year() {
        let first = "云溪镇2010年总结\n一、强化宣传，凝聚共识\n我镇在东湾、西岭、南坪三个村试点，全年召开会议38次，刊出专栏12期，群众满意率由上年的93.5%提高到96%。\n办成十二件实事，占三分之一，投资9000多万元，安置439人就业，全镇面貌一新。\n完成投资1.2亿元，引进项目5个。\n末\n";
        let second = "云溪镇2009年总结\n一、强化宣传，凝聚共识\n我镇在石桥、桃园两个村试点，先后召开会议26次，刊出专栏10期，群众满意率由上年的90%提高到93.4%。\n办成十件实事，占四分之一，投资1.2亿元，安置401人，全镇面貌一新。\n完成投资1.1亿元，引进项目4个，争取资金60万元。\n今年还建成了文化站，培训文艺骨干20名，群众很满意。\n末\n";
        let (matched, facts) = between(first, second);
        assert_eq!(
            facts,
            [
                "2009 宣传.村名单 石桥、桃园",
                "2009 宣传.会议 26次",
                "2009 宣传.专栏 10期",
                "2008 宣传.群众满意率 90%",
                "2009 宣传.群众满意率 93.4%",
                "2009 宣传.办成实事 10件",
                "2009 宣传.办成实事占比 四分之一",
                "2009 宣传.投资 1.2亿元",
                "2009 宣传.安置就业 401人",
                "2009 宣传.完成投资 1.1亿元",
                "2009 宣传.引进项目 4个",
            ]
        );
        assert_eq!(matched.strange, [(6, "今年还建成了文化站，培训文艺骨干20名，群众很满意。".to_owned())]);
        assert!(matched.contradictions.is_empty());
    }

    #[test]
    fn what_is_said_twice_and_not_alike_is_told() {
        let first =
            "总结\n全年召开镇村干部会议38次，成效明显。\n一、宣传\n会议情况：召开镇村干部会议38次。\n末\n";
        let second =
            "总结\n全年召开镇村干部会议26次，成效明显。\n一、宣传\n会议情况：召开镇村干部会议27次。\n末\n";
        let (matched, facts) = between(first, second);
        assert_eq!(facts, ["2009 综合.干部会议 26次"]);
        assert_eq!(matched.contradictions, ["2009年的“综合.干部会议”一处是26次，一处是27次，取了前一处"]);
    }
}
