//! A line of prose as what it says of each of its figures.

use std::ops::Range;

use super::stage::Stage;
use crate::clause::{self, Base, Claim, Doubt, Relation, When};
use crate::period::Period;
use crate::zh::number::{Manner, Reader, Written, read as read_number};
use crate::zh::scan::{Number, NumberKind, Why, scan};

/// What a line says of a figure.
#[derive(Debug)]
pub(super) struct Said<'l> {
    /// Bytes of the line.
    pub span: Range<usize>,
    /// As written.
    pub text: &'l str,
    /// What it says; nothing where nobody can read it.
    pub written: Option<Written>,
    pub owner: String,
    pub relation: Relation,
    pub when: When,
    pub base: Base,
    /// The places in the list of the figures that it is part of, how much there is of, and a share of.
    pub whole: Option<usize>,
    pub level: Option<usize>,
    pub of: Option<usize>,
    pub doubt: Option<Doubt>,
    pub stage: Stage,
    /// The clause it stands in, and the line up to it.
    pub clause: &'l str,
    pub before: &'l str,
}

/// What a line says of all of its figures, in their order.
pub(super) fn read<'l>(line: &'l str, reader: &Reader, year: Period) -> Vec<Said<'l>> {
    let numbers: Vec<Number> = scan(line).into_iter().filter_map(|number| counted(line, number)).collect();
    let figures = clause::figures(line, &numbers, reader);
    let claims = clause::read(line, &figures, year);
    let claim = |number: &Number| {
        claims.iter().find(|claim| figures.get(claim.figure).is_some_and(|figure| figure.span == number.span))
    };
    // Claims count figures that were read; this list holds all of them.
    let place = |figure: usize| {
        let span = figures.get(figure).map(|figure| &figure.span)?;
        numbers.iter().position(|number| number.span == *span)
    };
    numbers.iter().map(|number| Said::of(line, number, claim(number), reader, place)).collect()
}

/// A number that counts something. 连续9年 is a time for others, but tells how long.
fn counted(line: &str, number: Number) -> Option<Number> {
    if number.kind == NumberKind::Figure {
        return Some(number);
    }
    if number.kind != NumberKind::Typed(Why::Period) {
        return None;
    }
    let own = number.text.strip_prefix("连续").filter(|text| text.contains('年'));
    let own = own.or_else(|| line[..number.span.start].ends_with("连续").then_some(number.text.as_str()))?;
    let end = own.find('年')? + "年".len();
    let text = own[..end].to_owned();
    read_number(&text, Manner::Prose).ok()?.one()?;
    let start = number.span.end - own.len();
    Some(Number { span: start..start + end, text, kind: NumberKind::Figure })
}

impl<'l> Said<'l> {
    fn of(
        line: &'l str,
        number: &Number,
        claim: Option<&Claim>,
        reader: &Reader,
        place: impl Fn(usize) -> Option<usize>,
    ) -> Said<'l> {
        let span = number.span.clone();
        let clause = clause_around(line, &span);
        let lasting = number.text.ends_with('年');
        let owner = match claim {
            Some(claim) if !lasting => claim.owner.clone(),
            _ => clause.replace(&number.text, ""),
        };
        let owner = with_each(owner, clause.split(&number.text).next().unwrap_or_default());
        let relation = claim.filter(|_| !lasting).map_or(Relation::Level, |claim| claim.relation.clone());
        let when = claim.map_or(When::Unsaid, |claim| claim.when.clone());
        let divides =
            matches!(relation, Relation::Share { .. } | Relation::Completion { .. } | Relation::Denominator);
        let stage = match when {
            When::Plan(_) => Stage::Planned,
            _ if divides => Stage::Unsaid,
            _ => Stage::of(clause),
        };
        Said {
            text: &line[span.clone()],
            written: reader.read(line, number),
            owner,
            relation,
            when,
            base: claim.map_or(Base::Unsaid, |claim| claim.base.clone()),
            whole: claim.and_then(|claim| place(claim.whole?)),
            level: claim.and_then(|claim| place(claim.level?)),
            of: claim.and_then(|claim| place(claim.of?)),
            doubt: claim.and_then(|claim| claim.doubt),
            stage,
            clause,
            before: &line[..span.start],
            span,
        }
    }
}

/// 每户补助 is not 每人补助: what each of gets so much is part of whose figure it is.
fn with_each(owner: String, before: &str) -> String {
    const EACH: [&str; 11] =
        ["每户", "每人", "每亩", "每村", "每名", "每千人口", "每万人口", "户均", "人均", "亩均", "村均"];
    match EACH.iter().find(|each| before.contains(**each) && !owner.contains(**each)) {
        Some(each) => format!("{each}{owner}"),
        None => owner,
    }
}

/// The clause that a stretch of a line stands in.
fn clause_around<'l>(line: &'l str, span: &Range<usize>) -> &'l str {
    let ends =
        |c: char| matches!(c, '，' | '。' | '；' | '：' | '、' | ',' | ';' | '（' | '）' | '\n' | '\t');
    let last = line[..span.start].char_indices().rev().find(|(_, c)| ends(*c));
    let start = last.map_or(0, |(at, c)| at + c.len_utf8());
    let end = line[span.end..].find(ends).map_or(line.len(), |at| span.end + at);
    &line[start..end]
}
