//! `huibao year`: the fact file of a new year from the one before.
//!
//! Same keys, comments and order: only the values change. Flows, rates, dates and ledgers become
//! blank with last year's value in a comment; stocks are kept and marked 待核; words are kept.

use std::ops::Range;

use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use crate::diag::{Diagnostic, Problems};
use crate::facts::registry::IndicatorKind;
use crate::facts::value::{Fact, Value};
use crate::facts::{self, Facts};
use crate::figures::value_text;
use crate::period::Period;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rolled {
    /// The new file, relative to the project.
    pub file: String,
    /// The year it was made from.
    pub from: Period,
    /// Facts to fill in.
    pub blank: usize,
    /// Facts to confirm.
    pub unverified: usize,
}

/// `facts/YEAR.yaml` made from the newest year before it.
///
/// # Errors
/// The file exists already, there is no year before it, or that year's file has errors.
pub fn edits(project: &Project, year: Period) -> Result<(Rolled, Edits), Problems> {
    let file = facts::file(year);
    if !(1949..=2999).contains(&year.calendar_year()) {
        return Err(Diagnostic::error("wrong-year", format!("年度不能是{}", year.calendar_year()))
            .hint("请写四位年份，例如 2012")
            .into());
    }
    if project.texts().get(&Text::Year(year)).is_some() {
        return Err(Diagnostic::error("year-exists", format!("{file} 已经有了，没有改动"))
            .hint("要重新建，请先把旧文件改名或移走")
            .into());
    }
    let facts = project.facts()?;
    let Some((&from, _)) = facts.years.range(..year).next_back() else {
        return Err(Diagnostic::error(
            "no-earlier-year",
            format!("{year}之前没有事实文件，不知道照哪一年的样子建"),
        )
        .hint("请先写好上一年的事实文件")
        .into());
    };
    let (text, blank, unverified) = roll(facts, from, year)?;
    let edits = Edits::one(project.texts(), Text::Year(year), Edited::Text(text));
    Ok((Rolled { file, from, blank, unverified }, edits))
}

/// The new text, the number of blanks and of facts to confirm.
fn roll(facts: &Facts, from: Period, year: Period) -> Result<(String, usize, usize), Problems> {
    let old = &facts.years[&from];
    let source = old.source.text.as_str();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let (mut blank, mut unverified) = (0, 0);
    for fact in old.facts.values() {
        match change(facts, fact, source) {
            Change::Keep => {}
            Change::Blank(edit) => {
                blank += 1;
                edits.push(edit);
            }
            Change::Confirm(edit) => {
                unverified += 1;
                edits.extend(edit);
            }
        }
    }
    edits.extend(year_edit(source, from, year));
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = source.to_owned();
    for (span, new) in edits {
        text.replace_range(span, &new);
    }
    held_together(facts, from, year, &text)?;
    Ok((text, blank, unverified))
}

enum Change {
    Keep,
    Blank((Range<usize>, String)),
    Confirm(Option<(Range<usize>, String)>),
}

fn change(facts: &Facts, fact: &Fact, source: &str) -> Change {
    let kind = facts.registry.indicators.get(&fact.path).map(|indicator| indicator.kind);
    match (&fact.value, kind) {
        (Value::Blank, _) => Change::Keep,
        (Value::Ledger(rows), _) => Change::Blank(ledger(fact, rows.len(), source)),
        (Value::Quantity(_), Some(IndicatorKind::Stock)) => Change::Confirm(confirm(fact, source)),
        (Value::Quantity(_) | Value::Date(_), _) => Change::Blank(blank(fact, source)),
        (Value::Text(_) | Value::List(_), _) => Change::Keep,
    }
}

/// A blank with last year's value in a comment, at the end of the line where one may stand.
fn blank(fact: &Fact, source: &str) -> (Range<usize>, String) {
    let span = fact.place.span.clone();
    let remark = format!("# 上年：{}", value_text(&fact.value));
    match flow_around(source, &span) {
        // 来源 stays, 说明 and 估计 spoke of last year's value.
        Some(braces) => {
            let origin = kept_origin(&source[braces.clone()]);
            (braces, if origin.is_empty() { remark } else { format!("{{值: , {origin}}}  {remark}") })
        }
        None => (span, remark),
    }
}

/// `来源: …` of a long form in braces.
fn kept_origin(form: &str) -> String {
    let inner = form.trim_matches(['{', '}']);
    inner.split(',').map(str::trim).find(|entry| entry.starts_with("来源")).unwrap_or_default().to_owned()
}

/// The braces around a value on its line, where it is written `{值: …}`.
fn flow_around(source: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let line = source[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let open = line + source[line..span.start].rfind('{')?;
    let close = span.end + source[span.end..].find('}')? + 1;
    (!source[span.end..close].contains('\n')).then_some(open..close)
}

/// A stock is kept, marked 待核.
fn confirm(fact: &Fact, source: &str) -> Option<(Range<usize>, String)> {
    if fact.unverified {
        return None;
    }
    let span = fact.place.span.clone();
    Some(match flow_around(source, &span) {
        Some(braces) => (braces.end - 1..braces.end - 1, ", 待核: 是".to_owned()),
        None => (span.clone(), format!("{{值: {}, 待核: 是}}", &source[span])),
    })
}

/// A ledger still to be filled in; an empty one would say that there is nothing.
fn ledger(fact: &Fact, rows: usize, source: &str) -> (Range<usize>, String) {
    let span = fact.place.span.clone();
    let start = source[..span.start].trim_end().len();
    let end = start + source[start..span.end].trim_end().len();
    (start..end.max(start), format!("  # 上年有{rows}行；一行写一条：- {{…}}，确实没有就写 []"))
}

/// `年度: 2011`.
fn year_edit(source: &str, from: Period, year: Period) -> Option<(Range<usize>, String)> {
    let key = source.find("\n年度").map(|at| at + 1).or_else(|| source.starts_with("年度").then_some(0))?;
    let at = key + source[key..].find(&from.stem())?;
    Some((at..at + 4, year.stem()))
}

/// The new file must read, with the same facts in the same order.
fn held_together(facts: &Facts, from: Period, year: Period, text: &str) -> Result<(), Problems> {
    let old = &facts.years[&from];
    let new = facts::reread(&facts.registry, year, text)?;
    if new.keys().eq(old.facts.keys()) {
        return Ok(());
    }
    Err(Diagnostic::error("cannot-roll-over", format!("{from}的事实文件写法特殊，不能自动建新年度"))
        .hint("请复制上一年的文件，手工改年度和数字")
        .into())
}
