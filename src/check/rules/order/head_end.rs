//! Marks at the end of a heading.

use super::super::prelude::*;
use super::outline::{Head, head};
use crate::check::LineKind;
use crate::zh::scan;

/// GB/T 15834-2011, B.4: no mark at the end of a heading that stands on a line of its own.
pub(super) const RULE: Rule = Rule::prose("seq-head-end", Level::Warning, run);

static END: Pattern = Pattern::new("[。；：，、;:,.]+[ 　*]*$");
/// No heading with a mark is longer.
const LONGEST: usize = 26;

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let heads: Vec<Option<Head>> =
        prose.each().enumerate().map(|(index, (line, text))| head(index, line, text)).collect();
    for (index, (line, text)) in prose.each().enumerate() {
        let Some(head) = heads[index].as_ref().filter(|head| is_heading(prose, &heads, head)) else {
            continue;
        };
        let Some(end) = END.find(text).filter(|end| is_short(line, text, head, end.start())) else {
            continue;
        };
        let mark = end.as_str().trim_end_matches([' ', '　', '*']);
        let start = line.span.start + end.start();
        found.fix(
            &prose.source,
            start..start + mark.len(),
            "",
            format!("标题末尾多了“{mark}”"),
            format!("单独成行的标题末尾不用标点，请去掉“{mark}”"),
        );
    }
}

/// Whether a head is one sentence without a figure.
fn is_short(line: &ProseLine, text: &str, head: &Head, end: usize) -> bool {
    let Some(words) = text.get(head.span.end..end) else { return false };
    let figure = line.numbers.iter().any(|number| number.kind == scan::NumberKind::Figure);
    let length = words.chars().count();
    !figure && (1..=LONGEST).contains(&length) && !words.contains(['。', '；', '！', '？', '：'])
}

/// Whether text stands under a head. Heads one after the other are the items of a list, and sentences.
fn is_heading(prose: &Prose, heads: &[Option<Head>], head: &Head) -> bool {
    let sibling = |index: Option<usize>| {
        let other = index.and_then(|index| heads.get(index)).and_then(Option::as_ref);
        other.is_some_and(|other| other.level <= head.level)
    };
    let beside = |index: Option<usize>| {
        let other = index.and_then(|index| heads.get(index)).and_then(Option::as_ref);
        other.is_some_and(|other| other.level == head.level)
    };
    let list = sibling(Some(head.line + 1)) || beside(head.line.checked_sub(1));
    match prose.lines.get(head.line + 1) {
        Some(next) => !list && !matches!(next.kind, LineKind::Signature | LineKind::Date),
        None => prose.lines.len() == 1 && head.level <= 2,
    }
}
