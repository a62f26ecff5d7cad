//! Years that were typed into a template.

use super::super::prelude::*;
use super::lines;
use crate::period::Period;

/// The year of a report is a fact of it.
pub(super) const RULE: Rule = Rule::templates("tpl-year", Level::Warning, run);

/// Years, with what they may be part of: the number of a document, a title, a quotation.
static YEAR: Pattern =
    Pattern::new("“[^”]*”|《[^》]*》|[〔\\[（(](?:19|20)[0-9]{2}[〕\\]）)]|((?:19|20)[0-9]{2})年");

/// How far from the report's year a typed year is taken for one that moves on.
const NEAR: i32 = 2;

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    let year = project.figures.period();
    let before = year.before();
    let has_before = project.figures.facts().years.contains_key(&before);
    for written in project.templates.written() {
        for line in lines(written) {
            for captures in YEAR.captures_iter(&line.text) {
                let Some(typed) = captures.get(1) else { continue };
                let Some(said) = Period::parse(typed.as_str()) else { continue };
                let near = said.since(year).abs() <= NEAR;
                let Some(span) = line.place(&typed.range()).filter(|_| near) else { continue };
                let (message, hint) = match has_before {
                    true => left(said, year),
                    false => typed_in(said, year),
                };
                found.at(&written.source, span.start..span.end + "年".len(), message, hint);
            }
        }
    }
}

/// A year in a template that served the year before already.
fn left(said: Period, year: Period) -> (String, String) {
    let moved = said.shifted(1);
    let message = format!("“{said}”是手写在模板里的年份，是不是上年留下的");
    let hint = format!(
        "上年写的、今年该是{moved}的，请改成 {}，以后自己会变；今年就该写{said}的，请改成 {}；固定不变的，请在同一行加 {{{{!-- 不查 tpl-year：理由 --}}}}",
        tag(moved.since(year)),
        tag(said.since(year)),
    );
    (message, hint)
}

fn typed_in(said: Period, year: Period) -> (String, String) {
    let message = format!("“{said}”是手写在模板里的年份");
    let hint = format!(
        "请改成 {}，明年自己会变；固定不变的年份，请在同一行加 {{{{!-- 不查 tpl-year：理由 --}}}}",
        tag(said.since(year))
    );
    (message, hint)
}

/// `{{年度}}`, `{{年度 -1}}`.
fn tag(offset: i32) -> String {
    if offset == 0 { "{{年度}}".to_owned() } else { format!("{{{{年度 {offset}}}}}") }
}
