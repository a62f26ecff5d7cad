//! The mark after 1 at the beginning of a heading or an item.

use super::super::prelude::*;
use super::marker::{Family, sections};
use super::outline::head;

/// GB/T 15834-2011, B.3.3: an Arabic numeral without brackets is followed by a dot on the line (U+002E).
pub(super) const RULE: Rule = Rule::prose("seq-mark3", Level::Error, run);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (index, (line, text)) in prose.each().enumerate() {
        if let Some(head) = head(index, line, text).filter(|head| head.level == 3) {
            check(prose, index, &head.span, found);
        }
    }
    for section in sections(prose) {
        for marker in section.markers.iter().filter(|one| one.family == Family::Digit && !one.leads) {
            check(prose, marker.line, &marker.span, found);
        }
    }
}

fn check(prose: &Prose, line: usize, span: &Range<usize>, found: &mut Findings<'_>) {
    let line = &prose.lines[line];
    let words = &prose.text(line)[span.clone()];
    let number = words.trim_end_matches(|c: char| !c.is_ascii_digit());
    let mark = &words[number.len()..];
    if mark == "." {
        return;
    }
    let place = line.span.start + span.start..line.span.start + span.end;
    let message = format!("序号“{number}”后面用了“{mark}”");
    let hint = format!("阿拉伯数字序号后面用小圆点，请写成“{number}.”");
    found.fix(&prose.source, place, format!("{number}."), message, hint);
}
