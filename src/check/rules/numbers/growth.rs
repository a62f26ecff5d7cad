//! A change that does not follow from the figures beside it: the value, the one before, and the amount.

use rust_decimal::Decimal;

use super::super::prelude::*;
use super::agreement;
use super::change::{self, Change};
use super::quotient::Quotient;
use super::reading::{self, Exact};
use super::told::{Line, Told};
use crate::clause::{Base, Claim, Relation, When};
use crate::period::Period;
use crate::zh::number::{Manner, Said, plain, read};

/// Arithmetic: of value, value before, change and rate any two give the others.
pub(super) const RULE: Rule = Rule::prose("num-growth", Level::Warning, run);

/// 是原来的4倍.
static MULTIPLE: Pattern =
    Pattern::new("^[，,](?:已)?(?:是|为|相当于|达到?)(?:原来|过去|以前|当初|原先|上年|去年)?的?$");

/// Words that begin the clause of a change of what was said before: 四年增长68%, 每吨降低0.8元.
static SAME: Pattern = Pattern::new(
    "^[，,](?:[一二三四五六七八九十两0-9]+年[间来]?|每[^，。0-9]{1,3}|其间|期间)?[^，。；、,;0-9]{1,4}$",
);

fn run(prose: &Prose, found: &mut Findings<'_>) {
    for (line, text) in prose.each().filter(|(line, _)| line.numbers.len() > 1) {
        let told = Line::of(prose, line);
        let known: Vec<Range<usize>> = change::changes(text, &reading::exact(line))
            .into_iter()
            .filter_map(|change| change.by.map(|by| by.span))
            .collect();
        for at in 1..told.figures.len() {
            let span = &told.figures[at].span;
            let Some(hint) = fault(&told, at).filter(|_| !known.contains(span)) else { continue };
            let message = format!("“{}”和前后的数对不上", &text[span.clone()]);
            found.at(&prose.source, reading::place(line, span.clone()), message, hint);
        }
    }
}

/// What a change really is, where another is stated.
fn fault(line: &Line<'_>, at: usize) -> Option<String> {
    let claim = line.figures[at].claim;
    match claim.relation {
        Relation::Multiple => multiple(line, at),
        Relation::Change { rises, .. }
            if !matches!(claim.base, Base::Yearly | Base::Previous | Base::Other(_)) =>
        {
            let level = level(line, at)?;
            let (level, from) = last_year(line, level).unwrap_or_else(|| (level, before(line, at, level)));
            match from {
                Some(from) => by_base(line, at, level, from, rises),
                None => by_amount(line, at, level, rises),
            }
        }
        _ => None,
    }
}

/// The value that changed, whose figure stands before.
fn level(line: &Line<'_>, at: usize) -> Option<usize> {
    let told = &line.figures[at];
    if let Some(level) = told.claim.level {
        return Some(level);
    }
    let last = (0..at).rev().find(|last| line.figures[*last].is_amount())?;
    let between =
        (last + 1..at).all(|one| matches!(line.figures[one].claim.relation, Relation::Change { .. }));
    (between && SAME.is_match(line.gap(at - 1, at))).then_some(last)
}

/// 48万人次，去年同期40万人次，增长20%: what stands next to the change is the value before, not the one that changed.
fn last_year(line: &Line<'_>, from: usize) -> Option<(usize, Option<usize>)> {
    let to = from.checked_sub(1)?;
    let [now, then] = [to, from].map(|at| &line.figures[at]);
    let said = ["去年", "上年", "同期"].iter().any(|word| line.words(from).starts_with(word));
    let same = now.base == then.base && now.is_amount() && line.together(to, from);
    let past = year(line, then.claim) < year(line, now.claim);
    (said && same && past).then_some((to, Some(from)))
}

/// The value before: it is called so, or the same is said of an earlier year.
fn before(line: &Line<'_>, at: usize, level: usize) -> Option<usize> {
    let (to, by) = (&line.figures[level], line.figures[at].claim);
    let same = |from: &Told<'_>| {
        let own = from.claim.owner == to.claim.owner || from.claim.owner.ends_with(&to.claim.owner);
        from.base == to.base && (own || matches!(from.claim.relation, Relation::BaseValue))
    };
    let past = |from: &Told<'_>| match from.claim.relation {
        Relation::BaseValue => true,
        Relation::Level | Relation::State => {
            year(line, from.claim).is_some_and(|year| year < self::year(line, to.claim).unwrap_or(line.year))
        }
        _ => false,
    };
    let near = (0..at).rev().take(6).filter(|one| *one != level);
    near.filter(|one| same(&line.figures[*one]) && past(&line.figures[*one]))
        .find(|one| is_base(line, line.figures[*one].claim, to.claim, by))
}

/// Whether a change is measured from this value.
fn is_base(line: &Line<'_>, from: &Claim, to: &Claim, by: &Claim) -> bool {
    let year = year(line, from);
    let now = self::year(line, to).unwrap_or(line.year);
    match &by.base {
        Base::LastYear => year == Some(now.before()),
        Base::Year(base) => year == Some(*base),
        Base::Unsaid => true,
        _ => false,
    }
}

/// The year of a value.
fn year(line: &Line<'_>, claim: &Claim) -> Option<Period> {
    match claim.when {
        When::Report => Some(line.year),
        When::Year(year) => Some(year),
        _ => None,
    }
}

/// From the value before.
fn by_base(line: &Line<'_>, at: usize, level: usize, from: usize, rises: bool) -> Option<String> {
    let (from, to) = (line.exact(from)?, line.exact(level)?);
    let change =
        Change { from: from.clone(), to: to.clone(), by: line.exact(at).cloned(), rises: Some(rises) };
    match &change.by {
        Some(_) => agreement::of_change(&change),
        None => fraction(line, at).and_then(|stated| of_fraction(&change, stated)),
    }
}

/// 三分之一 or 一半 in per cent.
fn fraction(line: &Line<'_>, at: usize) -> Option<Decimal> {
    let text = &line.text[line.figures[at].span.clone()];
    let written = read(text, Manner::Prose).ok().filter(|written| written.approx.is_none())?;
    let Said::Fraction { part, of } = written.said else { return None };
    (Decimal::from(part) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(of))
}

/// How far a fraction in words may be from what it stands for, in points.
const ROUGH: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

fn of_fraction(change: &Change, stated: Decimal) -> Option<String> {
    let real = change.rate()?;
    let right = plain(crate::zh::number::half_up(real, 1));
    ((real - stated).abs() > ROUGH).then(|| format!("按前后两个数算是{right}%，请核对"))
}

/// From the amount of the change, said beside its rate: 比上年增加350万元，增长10%.
fn by_amount(line: &Line<'_>, at: usize, level: usize, rises: bool) -> Option<String> {
    let to = line.exact(level)?;
    let amount =
        [at.checked_sub(1)?, at + 1].into_iter().find(|one| is_amount_of(line, *one, at, level, rises));
    let (rate, amount) = (line.exact(at)?, line.exact(amount?)?);
    if rate.base() != "%" || matches!(to.base(), "%" | "") {
        return None;
    }
    let from = if rises { to.value() - amount.value() } else { to.value() + amount.value() };
    let off = to.rounding() + amount.rounding();
    let positive = from.is_sign_positive() && !from.is_zero();
    let real = positive.then(|| Quotient::between((amount.value(), amount.rounding()), (from, off), 2))??;
    let said = |figure: &Exact| line.text[figure.span.clone()].to_owned();
    let hint = format!("按{}和{}推算是{}%，请核对", said(to), said(amount), real.shown(rate));
    (!real.agrees(rate)).then_some(hint)
}

/// Whether a figure is the amount of the same change of which another is the rate.
fn is_amount_of(line: &Line<'_>, one: usize, rate: usize, level: usize, rises: bool) -> bool {
    let Some(told) = line.figures.get(one) else { return false };
    let (by, base) = (line.figures[rate].claim, &told.claim.base);
    let same = *base == by.base || *base == Base::Unsaid || by.base == Base::Unsaid;
    let change = Relation::Change { rises, rate: false };
    told.claim.relation == change
        && told.claim.level == Some(level)
        && told.base == line.figures[level].base
        && same
        && !matches!(base, Base::Yearly | Base::Previous | Base::Other(_))
}

/// 是上年3200万元的3倍, 是原来的4倍.
fn multiple(line: &Line<'_>, at: usize) -> Option<String> {
    let stated = line.exact(at).filter(|stated| stated.base() == "倍")?;
    let last = at.checked_sub(1)?;
    let base = |one: &usize| matches!(line.figures[*one].claim.relation, Relation::BaseValue);
    let (from, to) = if base(&last) && line.gap(last, at) == "的" {
        (last, last.checked_sub(1)?)
    } else {
        let from =
            (0..last).rev().find(base).filter(|from| line.figures[*from].base == line.figures[last].base);
        (from.filter(|_| MULTIPLE.is_match(line.gap(last, at)))?, last)
    };
    let (from, to) = (line.exact(from)?, line.exact(to)?);
    let real = (from.base() == to.base()).then(|| Quotient::of(to, from, 0))??;
    (!real.agrees(stated)).then(|| format!("按前后两个数算是{}倍，请核对", real.shown(stated)))
}
