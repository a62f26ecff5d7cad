//! 印发日期 against 成文日期.

use super::super::prelude::*;
use super::parts;
use crate::check::LineKind;
use crate::document::Element;

/// Reading: a letter is signed before it is printed (GB/T 9704-2012, 7.3.5.4 and 7.4.3).
pub(super) const RULE: Rule = Rule::prose("let-print-day", Level::Error, run);

static DAY: Pattern = Pattern::new("((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日");

fn run(prose: &Prose, found: &mut Findings<'_>) {
    let signed = prose.each().filter(|(line, _)| line.kind == LineKind::Date);
    let Some((signed, said)) = signed.filter_map(|(_, text)| day(text)).last() else { return };
    for (line, text) in parts::of(prose, Element::PrintDate) {
        let Some((_, words)) = day(text).filter(|(printed, _)| *printed < signed) else { continue };
        let at = line.span.start + text.find(words).unwrap_or(0);
        let message = format!("印发日期{words}在成文日期{said}之前");
        found.at(&prose.source, at..at + words.len(), message, "请核对两个日期，公文先签发，后印发");
    }
}

/// The day that a line names, and its words.
fn day(text: &str) -> Option<((u32, u32, u32), &str)> {
    let said = DAY.captures(text)?;
    let number = |at: usize| said.get(at)?.as_str().parse::<u32>().ok();
    Some(((number(1)?, number(2)?, number(3)?), said.get(0)?.as_str()))
}
