//! Blanks at the start of lines.

use super::super::prelude::*;
use super::super::punctuation::marks::{is_blank, place};
use super::blanks::is_row;
use crate::check::LineKind;

/// GB/T 9704-2012, 7.3.3: an indent of two characters is a matter of style. Full-width blanks are one in every text
/// that has no styles; what is half as wide is none.
pub(super) const RULE: Rule = Rule::prose("spc-pad", Level::Error, run);

/// A text with such lines has many, so it is told once; the repair takes them all.
fn run(prose: &Prose, found: &mut Findings<'_>) {
    let pads: Vec<Range<usize>> = prose.each().filter_map(|(line, text)| pad(line, text)).collect();
    let (Some(first), Some(last)) = (pads.first(), pads.last()) else { return };
    let count = match pads.len() {
        1 => "这一行开头用空格缩进".to_owned(),
        many => format!("有{many}行开头用空格缩进，这是第一处"),
    };
    found.at(&prose.source, first.clone(), count, "请删去空格，用段落格式设首行缩进2字符");
    found.mend(first.start..last.end, without(&prose.source.text, &pads));
}

/// The bytes of the blanks that a line begins with.
fn pad(line: &ProseLine, text: &str) -> Option<Range<usize>> {
    let end = text.find(|c| !is_blank(c) && c != '\t')?;
    let indent = text[..end].chars().all(|c| c == '\u{3000}');
    let placed = matches!(line.kind, LineKind::Cell | LineKind::Signature | LineKind::Date);
    let wrong = !indent && !placed && !is_row(text);
    wrong.then(|| place(line, &(0..end)))
}

/// The text from the first to the last of some spans, without them.
fn without(text: &str, spans: &[Range<usize>]) -> String {
    spans.windows(2).map(|pair| &text[pair[0].end..pair[1].start]).collect()
}
