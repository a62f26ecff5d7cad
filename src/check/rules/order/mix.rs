//! Order words of two kinds in one row: 首先 … 第二 ….

use std::collections::HashSet;

use super::marker::{Family, Marker, Section, sections};
use crate::check::{Findings, Prose, Rule, Run};
use crate::diag::Level;

/// Practice: one row keeps to one kind of order words.
pub(super) const RULE: Rule =
    Rule { name: "seq-mix", level: Level::Warning, page: include_str!("mix.md"), run: Run::Prose(run) };

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
        let line = &prose.lines[marker.line];
        let word = &prose.text(line)[marker.span.clone()];
        let other = &prose.text(&prose.lines[last.line])[last.span.clone()];
        found.at(
            &prose.source,
            line.span.start + marker.span.start..line.span.start + marker.span.end,
            format!("“{other}”后面接的是“{word}”，两套序次语混用"),
            hint(last, marker, other, word),
        );
    }
}

/// Whether a word of another kind carries on the count of the one before it.
fn changes(last: &Marker, marker: &Marker) -> bool {
    let near = last.line == marker.line || last.leads && marker.leads;
    last.family != marker.family && marker.number == last.number + 1 && near
}

fn hint(last: &Marker, marker: &Marker, other: &str, word: &str) -> String {
    let wanted = match last.family {
        Family::First if marker.number <= 3 => {
            Some(["首先", "其次", "再次"][marker.number as usize - 1].to_owned())
        }
        Family::Side => Some("另一方面".to_owned()),
        family => family.is_numbered().then(|| last.named(other, marker.number)),
    };
    wanted.map_or_else(
        || "同一组并列的内容请用同一套序次语".to_owned(),
        |wanted| format!("同一组并列的内容用同一套序次语，请把“{word}”改成“{wanted}”"),
    )
}
