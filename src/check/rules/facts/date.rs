//! A date outside the year of its file.

use super::super::prelude::*;
use super::{about, of_year};
use crate::facts::value::{Date, Value};
use crate::period::Period;

/// Practice: an event of the year lies in the year; a report may be signed early in the next.
pub(super) const RULE: Rule = Rule::facts("fact-date", Level::Warning, run);

/// The last month of the next year in which a report is signed.
const SIGNED: u8 = 3;

fn run(project: &Case<'_>, found: &mut Findings<'_>) {
    for fact in of_year(project) {
        let Value::Date(date) = fact.value else { continue };
        if date.year != fact.year.calendar_year() && !is_signing(&fact.path, date, fact.year) {
            let message = format!("“{}”是{date}，不在{}", fact.path, fact.year);
            let hint = "请核对年份；确实是别的年份的事，请在这一行末尾写上“# 不查 fact-date：理由”";
            found.fact(Some(&fact.place), about(fact), message, hint);
        }
    }
}

fn is_signing(path: &str, date: Date, year: Period) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default();
    let early = date.month.is_none_or(|month| month <= SIGNED);
    name.contains("成文") && date.year == year.after().calendar_year() && early
}
