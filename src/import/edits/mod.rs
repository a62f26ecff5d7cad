//! What somebody changed in a report that this program wrote: changed figures are changes of facts, changed
//! words are changes of the template.

mod line;
mod seams;

use std::collections::BTreeMap;
use std::ops::Range;

use super::facts::Value;
use crate::diff::{self, BlockDiff, Difference, LineDiff, Side, Step};
use crate::document::{Block, Document, Inline, Line, Row};
use crate::facts::registry::IndicatorKind;
use crate::period::Period;
use crate::zh::number::numeral;
use seams::Seams;

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

/// What a change means for the project. A line is one of its block: the caption and the unit of a table, if it has them, and its rows
/// are lines, any other block is one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of a variant names its fields")]
pub enum What {
    /// A fact has another value; it stands in so many places, of which so many were changed.
    Fact { path: String, year: Period, value: Value, places: usize, changed: usize },
    /// The figure at these bytes of a line is computed from these facts.
    Computed { paths: Vec<String>, line: usize, span: Range<usize> },
    /// Other words at these bytes of a line, figures that were deleted among them; a line break in the new ones
    /// begins a paragraph. So many figures were typed in them.
    Words { line: usize, span: Range<usize>, typed: usize },
    /// Paragraphs that are new, so many figures among their words.
    Added { block: Block, typed: usize },
    /// A paragraph that is gone.
    Removed,
    /// These blocks moved behind another one, to the top where there is none.
    Moved { blocks: Range<usize>, after: Option<usize> },
    /// A paragraph begins at this byte of the line.
    Parted { at: usize },
    /// The paragraph goes on the one before it.
    Joined,
    /// A row that is new behind this line of a table.
    RowAdded { line: usize, row: Row },
    /// This row of a table is gone.
    RowRemoved { line: usize },
    /// A table has other columns.
    Columns,
    /// The number before a block, which the program sets.
    Number,
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
    let lines = || current.blocks.iter().map(|block| Line::of(block).text);
    if first.is_empty() || lines().eq(first.iter().cloned()) {
        return theirs;
    }
    let known: BTreeMap<String, &Block> = lines().zip(&current.blocks).collect();
    let sent = |line: &String| match known.get(line) {
        Some(block) => (*block).clone(),
        None => Block::Paragraph(vec![Inline::Text(line.clone())]),
    };
    let sent = Document { blocks: first.iter().map(sent).collect(), ..Document::default() };
    let ours = between(current, &sent, kind);
    let same = |edit: &Edit| {
        ours.iter().any(|own| own.block == edit.block && own.old == edit.old && own.new == edit.new)
    };
    theirs.into_iter().filter(|edit| !same(edit)).collect()
}

fn compared(current: &Document, returned: &Document) -> Difference {
    let side = |document: &Document| Side {
        name: String::new(),
        year: None,
        document: document.clone(),
        basis: None,
    };
    diff::compare(side(current), side(returned), &[])
}

fn between(current: &Document, returned: &Document, kind: &dyn Fn(&str) -> IndicatorKind) -> Vec<Edit> {
    let (returned, seams) = seams::sewn(current, returned);
    let difference = compared(current, &returned);
    let mut finder =
        Finder { difference: &difference, seams: &seams, kind, numbered: None, found: Vec::new() };
    let mut last = None;
    let mut run: Option<(usize, usize)> = None;
    for step in difference.steps() {
        let before = run.take();
        match step {
            Step::Left(old, None) => finder.removed(old),
            Step::Left(_, Some(_)) => {}
            Step::Came(block) => match (block.old, block.new) {
                (None, Some(new)) => finder.added(last, new),
                (Some(old), _) => {
                    let goes_on = before.filter(|(number, end)| Some(*number) == block.moved && *end == old);
                    finder.moved(old, last, goes_on.is_some());
                    run = block.moved.map(|number| (number, old + 1));
                    finder.block(block);
                }
                (None, None) => {}
            },
            Step::Stayed(block) => {
                last = block.old;
                finder.block(block);
            }
        }
    }
    counted(finder.found, current)
}

struct Finder<'d> {
    difference: &'d Difference,
    seams: &'d [Seams],
    kind: &'d dyn Fn(&str) -> IndicatorKind,
    /// The new block that kept the number it was typed with, last.
    numbered: Option<usize>,
    found: Vec<Edit>,
}

impl Finder<'_> {
    fn removed(&mut self, old: usize) {
        let text = self.old_text(old);
        self.push(Some(old), text.clone(), String::new(), text, What::Removed);
    }

    fn old_text(&self, old: usize) -> String {
        Line::of(&self.difference.old.document.blocks[old]).text
    }

    fn added(&mut self, after: Option<usize>, new: usize) {
        let mut block = self.difference.new.document.blocks[new].clone();
        let text = Line::of(&block).text;
        if self.keeps_number(new) {
            // The program would set another number.
            block = Block::Paragraph(vec![Inline::Text(text.clone())]);
            self.numbered = Some(new);
        }
        let typed = line::figures(&text);
        self.push(after, String::new(), text.clone(), text, What::Added { block, typed });
    }

    /// Whether a new point has to keep the number that was typed: it does not follow from the point before it.
    fn keeps_number(&self, new: usize) -> bool {
        let number = |block: &Block| match block {
            Block::Point { number, .. } => numeral::parse(number.trim_end_matches('是')),
            _ => None,
        };
        let blocks = &self.difference.new.document.blocks;
        let Block::Point { .. } = &blocks[new] else { return false };
        let before = new.checked_sub(1);
        let after_one = before.is_some() && before == self.numbered;
        let before = before.and_then(|before| number(&blocks[before])).unwrap_or(0);
        after_one || number(&blocks[new]) != Some(before + 1)
    }

    /// A block that moved here, alone or with the one before it.
    fn moved(&mut self, old: usize, after: Option<usize>, goes_on: bool) {
        let text = self.old_text(old);
        let edit = |edit: &&mut Edit| matches!(&edit.what, What::Moved { blocks, .. } if blocks.end == old);
        if let Some(Edit { what: What::Moved { blocks, .. }, old, .. }) =
            self.found.iter_mut().rev().find(edit).filter(|_| goes_on)
        {
            blocks.end += 1;
            old.push('\n');
            old.push_str(&text);
            return;
        }
        let where_to = match after {
            Some(after) => format!("移到“{}”后面", short(&self.old_text(after))),
            None => "移到最前面".to_owned(),
        };
        self.push(Some(old), text, where_to, String::new(), What::Moved { blocks: old..old + 1, after });
    }

    fn push(&mut self, block: Option<usize>, old: String, new: String, around: String, what: What) {
        self.found.push(Edit { block, old, new, around, what });
    }

    fn block(&mut self, block: &BlockDiff) {
        if let (Some(old), Some(new)) = (block.old, block.new)
            && self.seams.get(new).is_some_and(|seams| seams.joined)
        {
            let text = self.old_text(old);
            let before = old.checked_sub(1).map(|before| self.old_text(before)).unwrap_or_default();
            let ends: String = before.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
            let (was, is) = (format!("{ends}¶{}", short(&text)), format!("{ends}{}", short(&text)));
            self.push(Some(old), was, is, text, What::Joined);
        }
        let first = self.first_line(block.old);
        let widths = |block: Option<&Block>| match block {
            Some(Block::Table(table)) => Some((table.width(), table.head.len())),
            _ => None,
        };
        let old = block.old.and_then(|at| self.difference.old.document.blocks.get(at));
        let new = block.new.and_then(|at| self.difference.new.document.blocks.get(at));
        if widths(old) != widths(new) && widths(old).is_some() {
            let text = |block: Option<&Block>| block.map(|block| Line::of(block).text).unwrap_or_default();
            let (old, new) = (text(old), text(new));
            return self.push(block.old, old, new.clone(), new, What::Columns);
        }
        let mut last = 0;
        for line in &block.lines {
            let Some(at) = line.old.map(|at| at - first) else {
                self.row_added(block, line, last);
                continue;
            };
            last = at;
            match line.new {
                Some(new) => {
                    self.line(block, line, at, new);
                    self.merged(block.old, line, new);
                }
                None => self.row_removed(block.old, line, at),
            }
        }
    }

    /// The first line of a block of the old report.
    fn first_line(&self, block: Option<usize>) -> usize {
        let of = |line: &diff::UnitLine| Some(line.block) == block;
        self.difference.old_lines.iter().position(of).unwrap_or(0)
    }

    fn row_added(&mut self, block: &BlockDiff, line: &LineDiff, after: usize) {
        let Some((new, Some(Block::Table(table)))) =
            line.new.map(|at| (at, block.new.and_then(|at| self.difference.new.document.blocks.get(at))))
        else {
            return;
        };
        let first = self.difference.new_lines.iter().position(|line| Some(line.block) == block.new);
        let at = new - first.unwrap_or(0);
        let row = at.checked_sub(table.above());
        let text = self.difference.new_lines[new].line.text.replace(['\t', '\n'], " ");
        let what = match row.and_then(|at| table.all_rows().nth(at)) {
            Some(row) => What::RowAdded { line: after, row: row.clone() },
            None => What::Mixed,
        };
        self.push(block.old, String::new(), text.clone(), text, what);
    }

    fn row_removed(&mut self, block: Option<usize>, line: &LineDiff, at: usize) {
        let text = line.old.map(|old| self.difference.old_lines[old].line.text.replace(['\t', '\n'], " "));
        let text = text.unwrap_or_default();
        self.push(block, text.clone(), String::new(), text, What::RowRemoved { line: at });
    }

    fn merged(&mut self, block: Option<usize>, line: &LineDiff, new: usize) {
        let row = self.difference.new_lines[new].line.text.replace(['\t', '\n'], " ");
        let joins: Vec<String> = line.joins.iter().map(diff::Join::words).collect();
        if !joins.is_empty() {
            self.push(block, String::new(), joins.join("；"), row, What::Merged);
        }
    }
}

/// The first words of a text.
fn short(words: &str) -> String {
    const LONGEST: usize = 16;
    let shown: String = words.chars().take(LONGEST).collect();
    if shown.len() < words.len() { format!("{shown}……") } else { shown }
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
        matches!(trail.derivation.as_str(), "事实" | "台账")
            && trail.facts.only().is_some_and(|fact| fact.path == path && fact.year == year)
    };
    let figures = document.blocks.iter().map(|block| Line::of(block).figures);
    figures.map(|figures| figures.iter().filter(|(_, trail)| own(*trail)).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::super::again;
    use super::super::draft::draft;
    use super::super::prove::rendered;
    use super::*;
    use crate::input;

    const REPORT: &str = "云溪镇2010年总结\n一、强化宣传\n在东湾、西岭、南坪三个村试点，全年召开会议38次，刊出专栏12期。\n其中委员16名，其中女委员4名，占25%。\n会议情况：全年召开会议38次，效果很好，群众满意。\n各项工作有序推进，成效明显。\n末\n";

    /// What was changed in a report, as `类 旧→新`.
    fn changed(change: impl Fn(&str) -> String) -> Vec<String> {
        changed_in(REPORT, change)
    }

    fn changed_in(report: &str, change: impl Fn(&str) -> String) -> Vec<String> {
        let draft = draft(&input::text(report).document, Period::year(2010), "汇报").unwrap();
        let current =
            rendered(&draft.template, &draft.facts, (Period::year(2010), "汇报"), &draft.document).unwrap();
        let kind = |path: &str| draft.facts.indicators.get(path).map_or(IndicatorKind::Text, |one| one.kind);
        let returned = input::text(&change(report)).document;
        let show = |edit: Edit| {
            let what = match &edit.what {
                What::Fact { path, value, places, changed, .. } => {
                    format!("{path}={}（{changed}/{places}）", again::words(value))
                }
                What::Computed { paths, .. } => format!("算出的{}", paths.join("、")),
                What::Words { .. } => "文字".to_owned(),
                What::Added { .. } => format!("加在{}", edit.block.unwrap_or(99)),
                What::Removed => "删去".to_owned(),
                What::Mixed => "混合".to_owned(),
                What::Merged => "合并".to_owned(),
                What::Moved { .. } => "移".to_owned(),
                What::Parted { at } => format!("分在{at}"),
                What::Joined => "并".to_owned(),
                other => format!("{other:?}"),
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

    /// A report with points that were typed in one paragraph, and a day.
    const ENDED: &str = "云溪镇2010年总结\n一、不足\n一是力量不足。二是进度偏慢。三是来源单一。\n二、打算\n2011年，重点做好以下工作。一是新建公园8个。二是培训居民2200人次，让更多的人有一技之长。\n云溪镇人民政府\n2010年12月30日\n";

    #[test]
    fn of_a_day_only_what_changed_is_words() {
        assert_eq!(
            changed_in(ENDED, |text| text.replace("12月30日", "12月31日")),
            ["文字 12月30日→12月31日"]
        );
    }

    #[test]
    fn a_point_keeps_the_number_that_does_not_follow() {
        let added = |new: &str| {
            let draft = draft(&input::text(ENDED).document, Period::year(2010), "汇报").unwrap();
            let current =
                rendered(&draft.template, &draft.facts, (Period::year(2010), "汇报"), &draft.document)
                    .unwrap();
            let report = ENDED.replace("二、打算", &format!("{new}\n二、打算"));
            let found = edits(&current, &input::text(&report).document, &[], &|_| IndicatorKind::Text);
            let kept = |edit: &Edit| match &edit.what {
                What::Added { block, .. } => matches!(block, Block::Paragraph(_)),
                other => panic!("{other:?}"),
            };
            found.iter().map(kept).collect::<Vec<_>>()
        };
        assert_eq!(added("四是人才短缺。\n五是资金不足。"), [true, true]);
        assert_eq!(added("二是人才短缺。\n三是资金不足。"), [false, false]);
    }

    #[test]
    fn a_point_that_was_parted_from_its_paragraph_is_one_change() {
        let found = changed_in(ENDED, |text| text.replace("8个。二是", "8个。\n二是"));
        assert!(matches!(found.as_slice(), [one] if one.starts_with("分在")), "{found:?}");
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
        let current =
            rendered(&draft.template, &facts, (Period::year(2010), "汇报"), &draft.document).unwrap();
        let returned = input::text(&REPORT.replace("38次，刊出", "39次，刊出")).document;
        let first: Vec<String> = draft.document.blocks.iter().map(|block| Line::of(block).text).collect();
        let found = edits(&current, &returned, &first, &|_| IndicatorKind::Flow);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].old.as_str(), found[0].new.as_str()), ("38次", "39次"));
    }
}
