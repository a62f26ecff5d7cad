//! What somebody changed in a report that this program wrote: changed figures are changes of facts, changed
//! words are changes of the template.

use std::ops::Range;

use indexmap::IndexSet;

use super::again::{self, Place};
use super::bind::stored;
use super::extract::{Extracted, extract};
use super::facts::Value;
use crate::diff::{self, Class, Difference, LineDiff, Op, Side};
use crate::document::{Block, Document, Inline, Line};
use crate::facts::registry::IndicatorKind;
use crate::period::Period;

/// One change, as small as it can be taken or left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Block of the project's report; for what was added, the block before it.
    pub block: Option<usize>,
    /// What stands there.
    pub old: String,
    /// What somebody wants there.
    pub new: String,
    /// The words around it, as changed.
    pub around: String,
    /// What it means for the project.
    pub what: What,
}

/// What a change means for the project.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum What {
    /// A fact has another value; it stands in so many places, of which so many were changed.
    Fact { path: String, year: Period, value: Value, places: usize, changed: usize },
    /// A figure that is computed from these facts.
    Computed { paths: Vec<String> },
    /// Other words, at these bytes of the line of the block.
    Words { span: Range<usize> },
    /// A paragraph that is new.
    Added { block: Block },
    /// A paragraph that is gone.
    Removed,
    /// Words and figures changed together in a way that cannot be told apart.
    Mixed,
    /// Cells of a row of a table are merged otherwise.
    Merged,
}

/// The changes that lead from the project's report `current` to the one that came back. `first` are the
/// words of the report as it was sent out: what the project itself has changed since then is none of them.
pub fn edits(
    current: &Document,
    returned: &Document,
    first: &[String],
    kind: &dyn Fn(&str) -> IndicatorKind,
) -> Vec<Edit> {
    let theirs = between(current, returned, kind);
    if first.is_empty() {
        return theirs;
    }
    let paragraph = |line: &String| Block::Paragraph(vec![Inline::Text(line.clone())]);
    let sent = Document { blocks: first.iter().map(paragraph).collect(), ..Document::default() };
    let ours = between(current, &sent, kind);
    let same = |edit: &Edit| {
        ours.iter().any(|own| own.block == edit.block && own.old == edit.old && own.new == edit.new)
    };
    theirs.into_iter().filter(|edit| !same(edit)).collect()
}

fn between(current: &Document, returned: &Document, kind: &dyn Fn(&str) -> IndicatorKind) -> Vec<Edit> {
    let side = |document: &Document| Side {
        name: String::new(),
        year: None,
        document: document.clone(),
        basis: None,
    };
    let difference = diff::compare(side(current), side(returned), &[]);
    let mut finder = Finder { difference: &difference, kind, found: Vec::new() };
    let mut last = None;
    for step in difference.steps() {
        match step {
            diff::Step::Left(old, None) => finder.removed(old),
            // Where a paragraph stands is for the template to say.
            diff::Step::Left(_, Some(_)) => {}
            diff::Step::Came(block) => match (block.old, block.new) {
                (None, Some(new)) => finder.added(last, new),
                _ => finder.block(block),
            },
            diff::Step::Stayed(block) => {
                last = block.old;
                finder.block(block);
            }
        }
    }
    counted(finder.found, current)
}

struct Finder<'d> {
    difference: &'d Difference,
    kind: &'d dyn Fn(&str) -> IndicatorKind,
    found: Vec<Edit>,
}

/// A piece of a line that changed: bytes of the old and of the new line.
#[derive(Debug, Clone)]
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
}

/// A line of both reports, and what is known of it.
struct Pair<'l> {
    block: Option<usize>,
    was: &'l Line,
    is: &'l str,
    places: Vec<Place<'l>>,
    numbers: Vec<Extracted>,
    table: bool,
}

impl Finder<'_> {
    fn removed(&mut self, old: usize) {
        let text = Line::of(&self.difference.old.document.blocks[old]).text;
        self.push(Some(old), text.clone(), String::new(), text, What::Removed);
    }

    fn added(&mut self, after: Option<usize>, new: usize) {
        let block = self.difference.new.document.blocks[new].clone();
        let text = Line::of(&block).text;
        self.push(after, String::new(), text.clone(), text, What::Added { block });
    }

    fn push(&mut self, block: Option<usize>, old: String, new: String, around: String, what: What) {
        self.found.push(Edit { block, old, new, around, what });
    }

    fn block(&mut self, block: &diff::BlockDiff) {
        let table = block.lines.len() > 1;
        for line in &block.lines {
            let (Some(old), Some(new)) = (line.old, line.new) else {
                self.whole_row(block.old, line);
                continue;
            };
            if line.class != Class::Same {
                self.line(block.old, line, old, new, table);
            }
            self.merged(block.old, line, new);
        }
    }

    /// A row of a table that came or went.
    fn whole_row(&mut self, block: Option<usize>, line: &LineDiff) {
        let text = |at: Option<usize>, lines: &[diff::UnitLine]| {
            at.map(|at| lines[at].line.text.replace('\t', " ")).unwrap_or_default()
        };
        let (old, new) =
            (text(line.old, &self.difference.old_lines), text(line.new, &self.difference.new_lines));
        let around = format!("{old}{new}");
        self.push(block, old, new, around, What::Mixed);
    }

    fn merged(&mut self, block: Option<usize>, line: &LineDiff, new: usize) {
        let row = self.difference.new_lines[new].line.text.replace(['\t', '\n'], " ");
        let joins: Vec<String> = line.joins.iter().map(diff::Join::words).collect();
        if !joins.is_empty() {
            self.push(block, String::new(), joins.join("；"), row, What::Merged);
        }
    }

    fn line(&mut self, block: Option<usize>, line: &LineDiff, old: usize, new: usize, table: bool) {
        let difference = self.difference;
        let (was, is) = (&difference.old_lines[old].line, difference.new_lines[new].line.text.as_str());
        let places = again::places(difference, line, old, 0, self.kind);
        let pair = Pair { block, was, is, places, numbers: extract(is), table };
        let mut lists: Vec<&Place<'_>> = Vec::new();
        for list in pair.places.iter().filter(|place| place.kind == IndicatorKind::List) {
            let (before, after) = (&was.text[list.from.clone()], &is[list.span.clone()]);
            if let (true, Some(value)) = (before != after, again::list(after)) {
                let (path, year) = (list.path.to_owned(), list.year);
                let what = What::Fact { path, year, value, places: 1, changed: 0 };
                self.push(block, before.to_owned(), after.to_owned(), around(is, &list.span), what);
                lists.push(list);
            }
        }
        // What the program numbers by itself follows from what stands where.
        for hunk in hunks(line).into_iter().filter(|hunk| hunk.old.end > was.number || hunk.old.is_empty()) {
            if let Some(hunk) = beyond(hunk, &lists) {
                self.hunk(&pair, &hunk);
            }
        }
    }

    /// A piece that changed: figure by figure, and the words between them.
    fn hunk(&mut self, pair: &Pair<'_>, hunk: &Hunk) {
        let inside = |span: &Range<usize>, of: &Range<usize>| span.start < of.end && of.start < span.end;
        let figures: Vec<&(Range<usize>, usize)> =
            pair.was.figures.iter().filter(|(span, _)| inside(span, &hunk.old)).collect();
        let found: Vec<&Extracted> =
            pair.numbers.iter().filter(|number| inside(&number.span, &hunk.new)).collect();
        let shown = around(pair.is, &hunk.new);
        let whole = figures.iter().all(|(span, _)| hunk.old.start <= span.start && span.end <= hunk.old.end);
        if !figures.is_empty() && (figures.len() != found.len() || !whole) {
            let (old, new) =
                (pair.was.text[hunk.old.clone()].to_owned(), pair.is[hunk.new.clone()].to_owned());
            self.push(pair.block, old, new, shown, What::Mixed);
            return;
        }
        let (mut from, mut to) = (hunk.old.start, hunk.new.start);
        for ((span, trail), number) in figures.iter().zip(&found) {
            self.words(pair, from..span.start, to..number.span.start);
            let (old, new) = (pair.was.text[span.clone()].to_owned(), number.text.clone());
            let what = self.figure(pair, span, *trail, number);
            if old != new && !follows(&what, pair) {
                self.push(pair.block, old, new, shown.clone(), what);
            }
            (from, to) = (span.end, number.span.end);
        }
        self.words(pair, from..hunk.old.end, to..hunk.new.end);
    }

    /// Words between figures.
    fn words(&mut self, pair: &Pair<'_>, old: Range<usize>, new: Range<usize>) {
        let new = new.start..new.end.max(new.start);
        let (before, after) = (&pair.was.text[old.clone()], &pair.is[new.clone()]);
        if before != after {
            let what = if pair.table { What::Mixed } else { What::Words { span: old } };
            self.push(pair.block, before.to_owned(), after.to_owned(), around(pair.is, &new), what);
        }
    }

    /// A figure that became another number.
    fn figure(&self, pair: &Pair<'_>, span: &Range<usize>, trail: usize, number: &Extracted) -> What {
        let trail = &self.difference.old.document.trails[trail];
        let place = pair.places.iter().find(|place| place.from == *span);
        let value = |place: &Place<'_>| {
            let own = trail.facts.first().is_some_and(|fact| fact.text == pair.was.text[place.from.clone()]);
            match number.reading.as_ref() {
                // Printed as it is written: the new one is written so, too.
                _ if own => Some(number.text.clone()),
                Some(reading) => Some(stored(&number.text, reading, "").0),
                None => None,
            }
        };
        match place.and_then(|place| Some((place, value(place)?))) {
            Some((place, value)) => What::Fact {
                path: place.path.to_owned(),
                year: place.year,
                value: Value::Text(value),
                places: 0,
                changed: 0,
            },
            None => {
                // Both years of one indicator are one name.
                let paths: IndexSet<String> = trail.facts.iter().map(|fact| fact.path.clone()).collect();
                What::Computed { paths: paths.into_iter().collect() }
            }
        }
    }
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
    matches!(what, What::Computed { paths } if !paths.is_empty() && paths.iter().all(counts))
}

/// The words around a place.
fn around(text: &str, span: &Range<usize>) -> String {
    const SIDE: usize = 14;
    let before: Vec<char> = text[..span.start].chars().rev().take(SIDE).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[span.end..].chars().take(SIDE).collect();
    format!("{before}【{}】{after}", &text[span.clone()]).replace(['\n', '\t'], " ")
}

/// One change a fact and value, with how many of its places were changed.
fn counted(found: Vec<Edit>, current: &Document) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for edit in found {
        let What::Fact { path, year, value, .. } = &edit.what else {
            edits.push(edit);
            continue;
        };
        let same = |known: &&mut Edit| matches!(&known.what, What::Fact { path: of, year: then, value: to, .. } if of == path && then == year && to == value);
        match edits.iter_mut().find(same) {
            Some(Edit { what: What::Fact { changed, .. }, .. }) => *changed += 1,
            _ => {
                let places = standing(current, path, *year).max(1);
                let (path, year, value) = (path.clone(), *year, value.clone());
                edits.push(Edit { what: What::Fact { path, year, value, places, changed: 1 }, ..edit });
            }
        }
    }
    edits
}

/// In how many places of a report a fact stands as it is.
fn standing(document: &Document, path: &str, year: Period) -> usize {
    let own = |trail: usize| {
        let trail = &document.trails[trail];
        trail.derivation == "事实"
            && trail.facts.only().is_some_and(|fact| fact.path == path && fact.year == year)
    };
    let figures = document.blocks.iter().map(|block| Line::of(block).figures);
    figures.map(|figures| figures.iter().filter(|(_, trail)| own(*trail)).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::super::draft::draft;
    use super::super::prove::rendered;
    use super::*;
    use crate::input;

    const REPORT: &str = "云溪镇2010年总结\n一、强化宣传\n在东湾、西岭、南坪三个村试点，全年召开会议38次，刊出专栏12期。\n其中委员16名，其中女委员4名，占25%。\n会议情况：全年召开会议38次，效果很好，群众满意。\n各项工作有序推进，成效明显。\n末\n";

    /// What was changed in a report, as `类 旧→新`.
    fn changed(change: impl Fn(&str) -> String) -> Vec<String> {
        let draft = draft(&input::text(REPORT).document, Period::year(2010), "汇报").unwrap();
        let current = rendered(&draft.template, &draft.facts, Period::year(2010), "汇报").unwrap();
        let kind = |path: &str| draft.facts.indicators.get(path).map_or(IndicatorKind::Text, |one| one.kind);
        let returned = input::text(&change(REPORT)).document;
        let show = |edit: Edit| {
            let what = match &edit.what {
                What::Fact { path, value, places, changed, .. } => {
                    format!("{path}={}（{changed}/{places}）", again::words(value))
                }
                What::Computed { paths } => format!("算出的{}", paths.join("、")),
                What::Words { .. } => "文字".to_owned(),
                What::Added { .. } => format!("加在{}", edit.block.unwrap_or(99)),
                What::Removed => "删去".to_owned(),
                What::Mixed => "混合".to_owned(),
                What::Merged => "合并".to_owned(),
            };
            format!("{what} {}→{}", edit.old, edit.new)
        };
        edits(&current, &returned, &[], &kind).into_iter().map(show).collect()
    }

    #[test]
    fn changed_figures_are_facts_and_changed_words_are_words() {
        assert_eq!(
            changed(|text| text.replace("会议38次，刊出", "会议39次，刊印")),
            ["宣传.会议=39次（1/2） 38次→39次", "文字 出→印"]
        );
        assert_eq!(changed(|text| text.replace("38次", "40次")), ["宣传.会议=40次（2/2） 38次→40次"]);
        assert_eq!(changed(|text| text.replace("占25%", "占26%")), ["算出的宣传.女委员、宣传.委员 25%→26%"]);
        assert_eq!(
            changed(|text| text.replace("东湾、西岭、南坪三个村", "东湾、西岭两个村")),
            ["宣传.村名单=东湾、西岭（1/1） 东湾、西岭、南坪→东湾、西岭"]
        );
        assert_eq!(changed(|text| text.replace("效果很好", "效果特别好")), ["文字 效果很好→效果特别好"]);
    }

    #[test]
    fn paragraphs_come_and_go() {
        assert_eq!(
            changed(|text| text.replace("各项工作有序推进，成效明显。\n", "")),
            ["删去 各项工作有序推进，成效明显。→"]
        );
        assert_eq!(
            changed(|text| text.replace("末\n", "来年再接再厉，把工作做得更好。\n末\n")),
            ["加在5 →来年再接再厉，把工作做得更好。"]
        );
    }

    #[test]
    fn cells_that_are_merged_otherwise_are_told() {
        let table = |below: &str| format!("| 村 | 户 |\n| --- | --- |\n| 甲 | 12户 |\n| {below} | 8户 |\n");
        let read = |below: &str| input::markdown(&table(below)).document;
        let found = edits(&read(""), &read("^"), &[], &|_| IndicatorKind::Text);
        let [edit] = found.as_slice() else { panic!("one edit: {found:?}") };
        assert_eq!((&edit.what, edit.around.as_str()), (&What::Merged, " 8户"));
        assert_eq!(edit.new, "第1格原来单独一格，现在并入上面一格");
    }

    #[test]
    fn what_the_project_changed_itself_is_not_theirs() {
        let draft = draft(&input::text(REPORT).document, Period::year(2010), "汇报").unwrap();
        let mut facts = draft.facts.clone();
        facts
            .years
            .get_mut(&Period::year(2010))
            .unwrap()
            .insert("宣传.专栏".into(), Value::Text("13期".into()));
        let current = rendered(&draft.template, &facts, Period::year(2010), "汇报").unwrap();
        let returned = input::text(&REPORT.replace("38次，刊出", "39次，刊出")).document;
        let first: Vec<String> = draft.document.blocks.iter().map(|block| Line::of(block).text).collect();
        let found = edits(&current, &returned, &first, &|_| IndicatorKind::Flow);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].old.as_str(), found[0].new.as_str()), ("38次", "39次"));
    }
}
