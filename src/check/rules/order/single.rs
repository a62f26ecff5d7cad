//! A first item without a second.

use super::super::prelude::*;
use super::marker::{self, Family, Marker, Section, sections};
use super::outline::{List, outline};

/// Practice: what has no second needs no number.
pub(super) const RULE: Rule = Rule::prose("seq-single", Level::Warning, run);

/// Words that carry a row on without a number.
static MORE: Pattern = Pattern::new("二是|二要|二则|第二|其二|其次|另外|此外|另一方面|再者|再就是|还有就是");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for list in outline(prose).lists {
        head(prose, &list, found);
    }
    for section in sections(prose) {
        let seconds = section.markers.iter().filter(|other| other.number == 2 && !other.family.is_local());
        let last_second = seconds.map(|second| second.line).next_back();
        for run in marker::runs(prose, &section) {
            word(prose, &section, &run, last_second, found);
        }
    }
}

fn head(prose: &Prose, list: &List, found: &mut Findings<'_>) {
    let [only] = list.heads.as_slice() else { return };
    let Some(end) = list.end.filter(|_| only.number == 1) else { return };
    let line = &prose.lines[only.line];
    let span = line.span.start + only.span.start..line.span.start + only.span.end;
    let between = &prose.source.text[span.end..prose.lines[end].span.start];
    let second = only.named(2);
    if !(between.contains(&second) || only.level == 3 && between.contains("2、")) {
        say(prose, span, &only.named(1), &second, found);
    }
}

fn word(
    prose: &Prose,
    section: &Section,
    run: &marker::Run,
    last_second: Option<usize>,
    found: &mut Findings<'_>,
) {
    let [only] = run.markers.as_slice() else { return };
    let counts = matches!(only.family, Family::Shi | Family::Di | Family::Qi) && only.number == 1;
    if !counts || last_second.is_some_and(|line| line >= only.line) || !is_over(prose, section, run, only) {
        return;
    }
    let line = &prose.lines[only.line];
    let words = &prose.text(line)[only.span.clone()];
    let span = line.span.start + only.span.start..line.span.start + only.span.end;
    say(prose, span, words, &only.named(words, 2), found);
}

/// Whether nothing can follow: the section has ended, or the paragraph in which the word stands.
fn is_over(prose: &Prose, section: &Section, run: &marker::Run, only: &Marker) -> bool {
    let text = prose.text(&prose.lines[only.line]);
    // After a full stop the next point may begin the next paragraph.
    let sentence = !only.leads && !text[..only.span.start].trim_end().ends_with('。');
    let whole = sentence && text.trim_end().ends_with(['。', '！', '”', '）']);
    if !(whole || section.closed && run.closed) {
        return false;
    }
    let from = section.markers.partition_point(|other| other.place() <= only.place());
    let next = section.markers.get(from).filter(|next| next.line == only.line);
    let rest = &text[only.span.end..next.map_or(text.len(), |next| next.span.start)];
    let below = prose.lines.get(only.line + 1).filter(|_| next.is_none()).map_or("", |line| prose.text(line));
    !MORE.is_match(rest) && !MORE.is_match(below)
}

fn say(prose: &Prose, span: std::ops::Range<usize>, first: &str, second: &str, found: &mut Findings<'_>) {
    found.at(
        &prose.source,
        span,
        format!("只有“{first}”，没有“{second}”"),
        format!("请补上“{second}”；如果只有一项，请去掉“{first}”"),
    );
}
