//! Order words of two kinds in one row: 首先 … 第二 ….

use std::collections::HashSet;

use super::super::prelude::*;
use super::marker::{Family, Marker, Section, sections};

/// Practice: one row keeps to one kind of order words.
pub(super) const RULE: Rule = Rule::prose("seq-mix", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for section in sections(prose) {
        mixed(prose, &section, found);
    }
}

fn mixed(prose: &Prose, section: &Section, found: &mut Findings<'_>) {
    let mut seen: HashSet<(Family, u64)> = HashSet::new();
    let mut before: Option<&Marker> = None;
    for marker in section.markers.iter().filter(|marker| !marker.family.is_local()) {
        let last = before.replace(marker).filter(|last| changes(last, marker));
        seen.insert((marker.family, marker.number));
        let Some(last) = last.filter(|_| !seen.contains(&(marker.family, marker.number - 1))) else {
            continue;
        };
        // What comes next may go on in either kind.
        seen.insert((last.family, marker.number));
        let line = &prose.lines[marker.line];
        let word = &prose.text(line)[marker.span.clone()];
        let other = &prose.text(&prose.lines[last.line])[last.span.clone()];
        found.at(
            &prose.source,
            line.span.start + marker.span.start..line.span.start + marker.span.end,
            format!("“{other}”后面接的是“{word}”，两套序次语混用"),
            format!("同一组并列的内容用同一套序次语，请把“{word}”改成“{}”", last.named(other, marker.number)),
        );
    }
}

/// Whether a word of another kind carries on the count of the one before it.
fn changes(last: &Marker, marker: &Marker) -> bool {
    let near = last.line == marker.line || last.leads && marker.leads;
    last.family != marker.family && marker.number == last.number + 1 && near
}
