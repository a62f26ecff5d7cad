//! A window of years said in words that is not the window of the block.

use super::super::prelude::*;
use crate::facts::registry::IndicatorKind;
use crate::template::{TemplatePiece, TemplateText};
use crate::zh::number::numeral;

/// 三年来 stands where the figures of three years are added up.
pub(super) const RULE: Rule = Rule::templates("tpl-window", Level::Warning, run);

static WORDS: Pattern = Pattern::new(
    "(?:近|过去|最近|这)?([一二两三四五六七八九十]{1,3}|[0-9]{1,2})年(?:来|间|以来|里)|近([一二两三四五六七八九十]{1,3}|[0-9]{1,2})年",
);
static NAMED: Pattern = Pattern::new("^近([一二两三四五六七八九十]{1,3}|[0-9]{1,2})年");
static BLOCK: Pattern = Pattern::new(r"^#\s*近\s+([0-9]{1,2})");

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for written in project.templates.written() {
        walk(project, written, found);
    }
}

/// Goes through a template with the window in force; what was said in words waits for the end of its
/// sentence.
fn walk(project: &Case<'_>, written: &TemplateText, found: &mut Findings<'_>) {
    let text = &written.source.text;
    let mut windows: Vec<u64> = Vec::new();
    let mut said: Option<(u64, std::ops::Range<usize>)> = None;
    for piece in &written.pieces {
        match piece {
            TemplatePiece::Comment(_) => {}
            TemplatePiece::Words(span) => {
                let words = &text[span.clone()];
                let mut from = 0;
                for captures in WORDS.captures_iter(words) {
                    let Some(whole) = captures.get(0) else { continue };
                    let count = captures.get(1).or(captures.get(2)).map_or("", |count| count.as_str());
                    let Some(years) = counted(count) else { continue };
                    let place = span.start + whole.start()..span.start + whole.end();
                    if let Some(window) = windows.last().filter(|window| **window != years) {
                        differs(written, found, &place, whole.as_str(), *window);
                    }
                    said = windows.is_empty().then_some((years, place));
                    from = whole.end();
                }
                if words[from..].contains(['。', '；', '\n']) {
                    said = None;
                }
            }
            TemplatePiece::Tag(span) => {
                let tag = text[span.clone()].trim();
                if let Some(captures) = BLOCK.captures(tag) {
                    let window = captures[1].parse().unwrap_or(0);
                    // What was said before the block is said of it: 三年来累计{{#近 3}}…{{/近}}.
                    if let Some((_, place)) = said.take().filter(|(years, _)| *years != window) {
                        differs(written, found, &place, &text[place.clone()], window);
                    }
                    windows.push(window);
                } else if tag == "/近" {
                    windows.pop();
                } else if let (Some((years, place)), true) = (&said, is_flow(project, tag)) {
                    if !is_of(tag, *years) {
                        alone(written, found, place, *years, tag);
                    }
                    said = None;
                }
            }
        }
    }
}

fn is_flow(project: &Case<'_>, tag: &str) -> bool {
    project.figures.kind(tag) == Some(IndicatorKind::Flow)
}

/// Whether an indicator is the sum of those years by its own name: 近三年会议.
fn is_of(name: &str, years: u64) -> bool {
    let own = name.rsplit('.').next().unwrap_or(name);
    NAMED.captures(own).and_then(|hit| counted(&hit[1])) == Some(years)
}

fn counted(count: &str) -> Option<u64> {
    count.parse().ok().or_else(|| numeral::parse(count))
}

fn differs(
    written: &TemplateText,
    found: &mut Findings<'_>,
    place: &std::ops::Range<usize>,
    words: &str,
    window: u64,
) {
    let message = format!("写的是“{words}”，所在的块是近{window}年");
    let hint = format!("请改成同样的年数，或用 {{{{时段}}}} 代替文字，块写成 {{{{#近 {window}}}}}");
    found.at(&written.source, place.clone(), message, hint);
}

fn alone(
    written: &TemplateText,
    found: &mut Findings<'_>,
    place: &std::ops::Range<usize>,
    years: u64,
    tag: &str,
) {
    let words = &written.source.text[place.clone()];
    let message = format!("写的是“{words}”，但“{tag}”不在时段块里，只是当年的数");
    let hint = format!(
        "请写成 {{{{#近 {years}}}}}{{{{时段}}}}……{{{{{tag}}}}}{{{{/近}}}}，程序会把{years}年的数加起来"
    );
    found.at(&written.source, place.clone(), message, hint);
}
