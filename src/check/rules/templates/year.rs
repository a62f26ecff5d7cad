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
    for written in project.templates.written() {
        for line in lines(written) {
            for captures in YEAR.captures_iter(&line.text) {
                let Some(typed) = captures.get(1) else { continue };
                let Some(offset) = Period::parse(typed.as_str()).map(|typed| typed.since(year)) else {
                    continue;
                };
                let Some(span) = line.place(&typed.range()).filter(|_| offset.abs() <= NEAR) else {
                    continue;
                };
                let tag =
                    if offset == 0 { "{{年度}}".to_owned() } else { format!("{{{{年度 {offset}}}}}") };
                let message = format!("“{}年”是手写在模板里的年份", typed.as_str());
                let hint = format!(
                    "请改成 {tag}，明年自己会变；固定不变的年份，请在同一行加 {{{{!-- 不查 tpl-year：理由 --}}}}"
                );
                found.at(&written.source, span.start..span.end + "年".len(), message, hint);
            }
        }
    }
}
