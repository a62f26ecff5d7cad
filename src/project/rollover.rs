//! `huibao year`: the fact file of a new year from the one before.
//!
//! Same keys, comments and order: only the values change. Flows, rates, dates and ledgers become
//! blank with last year's value in a comment; stocks are kept and marked 待核; words are kept.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::stored::{Edited, Edits};
use super::texts::Text;
use super::value::Project;
use crate::diag::{Diagnostic, Problems};
use crate::facts::edit::{self, FactEdit};
use crate::facts::registry::{Check, Formula, IndicatorKind};
use crate::facts::value::{Fact, Value};
use crate::facts::{self, Facts, OF_SERIES, then};
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
    let earlier = facts.years.keys().rev().copied().find(|from| *from < year);
    let Some(from) = facts.before(year).or(earlier) else {
        return Err(Diagnostic::error(
            "no-earlier-year",
            format!("{year}之前没有事实文件，不知道照哪一年的样子建"),
        )
        .hint("请先写好上一年的事实文件")
        .into());
    };
    let (text, blank, unverified) = without_stated_sums(project, facts, from, roll(facts, from, year)?);
    let edits = Edits::one(project.texts(), Text::Year(year), Edited::Text(text));
    Ok((Rolled { file, from, blank, unverified }, edits))
}

/// What was rolled without what was only stated of a ledger (等于 its sum) and no report prints: next year it follows
/// from the rows.
fn without_stated_sums(
    project: &Project,
    facts: &Facts,
    from: Period,
    (text, blank, unverified): (String, usize, usize),
) -> (String, usize, usize) {
    let rolled = |text| (text, blank, unverified);
    let Ok(templates) = project.templates() else { return rolled(text) };
    let printed: BTreeSet<&str> = templates.named().map(|(path, ..)| path).collect();
    let formulas = facts.registry.indicators.values().filter_map(|one| one.formula.as_ref());
    let read: BTreeSet<&str> = formulas.flat_map(Formula::reads).collect();
    let is_stated = |path: &str| {
        let checks = facts.registry.indicators.get(path).map(|one| one.checks.as_slice()).unwrap_or_default();
        let sum = |check: &Check| matches!(check, Check::Equals(Formula::Sum { .. }));
        checks.iter().any(sum) && !printed.contains(path) && !read.contains(path)
    };
    let stated: Vec<&Arc<Fact>> =
        facts.years[&from].facts.values().filter(|fact| is_stated(&fact.path)).collect();
    let gone: Vec<FactEdit> =
        stated.iter().map(|fact| FactEdit::Remove { path: fact.path.clone() }).collect();
    match edit::apply(&text, &gone) {
        Ok(text) => {
            let of = |kept: bool| {
                let fates = stated.iter().map(|fact| fate(facts, fact));
                fates
                    .filter(|fate| matches!((fate, kept), (Fate::Confirm, true) | (Fate::Blank, false)))
                    .count()
            };
            (text, blank - of(false), unverified - of(true))
        }
        // A line that cannot be taken out stays blank.
        Err(_) => rolled(text),
    }
}

/// The new text, the number of blanks and of facts to confirm.
fn roll(facts: &Facts, from: Period, year: Period) -> Result<(String, usize, usize), Problems> {
    let old = &facts.years[&from];
    let special = || Problems::from(special(from));
    let marked = edit::apply(&old.source.text, &marks(facts, from)).map_err(|_| special())?;
    let source = edit::forget(&marked).map_err(|_| special())?;
    let read = facts::reread(&facts.registry, from, &source)?;
    let (mut blank, mut unverified) = (0, 0);
    let mut splices: Vec<(Range<usize>, String)> = Vec::new();
    for fact in read.values() {
        match fate(facts, fact) {
            // What nobody filled in the year before is still to be filled in.
            Fate::Keep => blank += usize::from(fact.value == Value::Blank),
            Fate::Confirm => unverified += 1,
            Fate::Blank => {
                blank += 1;
                splices.push(match &fact.value {
                    Value::Ledger(rows) => ledger(fact, rows.len(), &source),
                    _ => blanked(fact, &source),
                });
            }
        }
    }
    splices.extend(year_edit(&source, year));
    splices.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = source;
    for (span, new) in splices {
        text.replace_range(span, &new);
    }
    held_together(facts, from, year, &text)?;
    Ok((text, blank, unverified))
}

/// What becomes of a fact in the next year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It stays: words, and what was blank.
    Keep,
    /// It is to be filled in.
    Blank,
    /// It stays and is to be confirmed.
    Confirm,
}

fn fate(facts: &Facts, fact: &Fact) -> Fate {
    let kind = facts.registry.indicators.get(&fact.path).map(|indicator| indicator.kind);
    match &fact.value {
        value if is_of_its_year(value, kind) => Fate::Blank,
        Value::Quantity(_) => Fate::Confirm,
        _ => Fate::Keep,
    }
}

/// Whether a value of this 类型 is of one year only, so that the next one begins without it.
pub(super) fn is_of_its_year(value: &Value, kind: Option<IndicatorKind>) -> bool {
    match value {
        Value::Quantity(_) => kind != Some(IndicatorKind::Stock),
        Value::Date(_) | Value::Ledger(_) => true,
        Value::Blank | Value::Text(_) | Value::List(_) => false,
    }
}

/// 待核 of what stays. 来源 stays too, 说明 and 估计 spoke of last year's value.
fn marks(facts: &Facts, from: Period) -> Vec<FactEdit> {
    let field = |fact: &Fact, field: &str, value: &str| FactEdit::Field {
        path: fact.path.clone(),
        field: field.to_owned(),
        value: value.to_owned(),
    };
    let mut edits = Vec::new();
    for fact in facts.years[&from].facts.values() {
        let spoken = [("说明", fact.note.is_some()), ("估计", fact.estimate), ("待核", fact.unverified)];
        // What was compared with another year, and what was revised later, are that year's.
        if let Some(series) = &fact.series {
            let there = |name: &str| series.says(name);
            edits.extend(OF_SERIES.into_iter().filter(|name| there(name)).map(|name| field(fact, name, "")));
        }
        match fate(facts, fact) {
            Fate::Keep => {}
            Fate::Confirm => edits.extend((!fact.unverified).then(|| field(fact, "待核", "是"))),
            Fate::Blank => {
                let spoken = spoken.into_iter().filter(|(_, there)| *there);
                edits.extend(spoken.map(|(name, _)| field(fact, name, "")));
            }
        }
    }
    edits
}

/// A blank with last year's value in a comment, at the end of the line where one may stand.
fn blanked(fact: &Fact, source: &str) -> (Range<usize>, String) {
    let span = fact.place.span.clone();
    let remark = then::of_value(&value_text(&fact.value));
    match flow_around(source, &span) {
        Some(braces) => {
            let (before, after) = (&source[braces.start..span.start], &source[span.end..braces.end]);
            (braces, format!("{before}{after}  {remark}"))
        }
        None => (span, remark),
    }
}

/// The braces around a value on its line, where it is written `{值: …}`.
fn flow_around(source: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let line = source[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let open = line + source[line..span.start].rfind('{')?;
    let close = span.end + source[span.end..].find('}')? + 1;
    (!source[span.end..close].contains('\n')).then_some(open..close)
}

/// A ledger still to be filled in; an empty one would say that there is nothing. The comments above its rows stay.
fn ledger(fact: &Fact, rows: usize, source: &str) -> (Range<usize>, String) {
    let span = fact.place.span.clone();
    let start = source[..span.start].trim_end().len();
    let end = start + source[start..span.end].trim_end().len();
    let line = |at: usize| source[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut key_end = start;
    while source[line(key_end)..key_end].trim_start().starts_with('#') {
        key_end = source[..line(key_end)].trim_end().len();
    }
    (key_end..end.max(start), format!("  {}{}", then::of_rows(rows), &source[key_end..start]))
}

/// `年度: 2011`.
fn year_edit(source: &str, year: Period) -> Option<(Range<usize>, String)> {
    let key = |key: &str| {
        let inside = source.find(&format!("\n{key}")).map(|at| at + 1);
        inside.or_else(|| source.starts_with(key).then_some(0))
    };
    let start = key("年度").or_else(|| key("期间"))?;
    let line = source[start..].lines().next()?;
    let written = line.split(" #").next().unwrap_or(line).trim_end();
    Some((start..start + written.len(), facts::first_line(year)))
}

/// The new file must read, with the same facts in the same order: blank, or as they were.
fn held_together(facts: &Facts, from: Period, year: Period, text: &str) -> Result<(), Problems> {
    let old = &facts.years[&from];
    let new = facts::reread(&facts.registry, year, text)?;
    let same = |(was, is): (&Arc<Fact>, &Arc<Fact>)| {
        was.path == is.path
            && match fate(facts, was) {
                Fate::Blank => is.value == Value::Blank,
                Fate::Confirm => value_text(&is.value) == value_text(&was.value) && is.unverified,
                Fate::Keep => value_text(&is.value) == value_text(&was.value),
            }
    };
    if old.facts.len() == new.len() && old.facts.values().zip(new.values()).all(same) {
        return Ok(());
    }
    Err(special(from).into())
}

fn special(from: Period) -> Diagnostic {
    Diagnostic::error("cannot-roll-over", format!("{from}的事实文件写法特殊，不能自动建新年度"))
        .hint("请复制上一年的文件，手工改年度和数字")
}
