//! Marks after 一是.

use super::super::prelude::*;
use super::marker::{Family, sections};

/// GB/T 15834-2011, B.3.7: no mark follows 一是 and its like.
pub(super) const RULE: Rule = Rule::prose("seq-yishi", Level::Warning, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let sections = sections(prose);
    let markers = sections.iter().flat_map(|section| &section.markers);
    for marker in markers.filter(|marker| matches!(marker.family, Family::Shi | Family::Yao)) {
        let line = &prose.lines[marker.line];
        let text = prose.text(line);
        let rest = &text[marker.span.end..];
        let Some(mark) = rest.chars().next().filter(|c| "，、：,:".contains(*c)) else { continue };
        let word = &text[marker.span.clone()];
        let start = line.span.start + marker.span.end;
        found.fix(
            &prose.source,
            start..start + mark.len_utf8(),
            "",
            format!("“{word}”后面多了“{mark}”"),
            format!("“{word}”和后面的话连着写，请去掉“{mark}”"),
        );
    }
}
