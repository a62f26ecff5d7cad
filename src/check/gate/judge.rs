//! A figure of a draft against everything that is known.

use rust_decimal::Decimal;

use super::affinity::Context;
use super::known::{Known, Sort};
use super::{Judged, Verdict};
use crate::figures::Cited;
use crate::figures::compare::shown_rate;
use crate::period::Period;
use crate::zh::number::{Amount, Approx, Bound, Written, held, is_near};

/// From this likeness on a figure and a fact speak of the same thing, in thousandths.
const SAME: usize = 350;
/// From this likeness on a fact contradicts a figure that differs.
const SURE: usize = 600;
/// A fact that is surer by so much is meant, although another one fits by chance.
const MUCH: usize = 250;
/// How sure it is that a cell is meant whose row is named beside the figure.
const NAMED: usize = 500;
/// How sure it is that a change is that of the figure before it.
const SUBJECT: usize = 900;
/// A value with so many digits is no coincidence.
const TELLING: usize = 3;
/// Nor is one so large that only one indicator has: 5000万元.
const LARGE: u32 = 10_000;

/// How a value agrees with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Exact,
    Roughly,
}

/// What is known of a figure. `subject` is the indicator that the figure before it in the sentence speaks
/// of: a change says whose it is only there.
pub(super) fn verdict(
    known: &[Known],
    written: &Written,
    context: &Context,
    year: Period,
    subject: Option<&str>,
) -> Judged {
    let Some(amount) = written.one() else {
        return unknown("区间、比例和分数没有逐项核对，请人工核对");
    };
    let rated: Vec<(usize, &Known)> = known
        .iter()
        .filter(|one| is_comparable(one, &amount.unit.base))
        .map(|one| (affinity(one, context, year, subject), one))
        .collect();
    let approx = written.approx.or(context.is_exceeded().then_some(Approx::Chao));
    let fitting = rated.iter().filter_map(|(score, one)| Some((*score, fit(one, amount, approx)?, *one)));
    let fitting: Vec<(usize, Fit, &Known)> = fitting.collect();
    let lone = fitting.windows(2).all(|pair| pair[0].2.path == pair[1].2.path);
    let best = fitting.iter().copied().max_by_key(|(score, fit, _)| (*score, *fit == Fit::Exact));
    let likeliest = rated.iter().max_by_key(|(score, _)| *score).copied();
    match (best, likeliest) {
        (Some((score, ..)), Some((surer, one)))
            if surer >= SURE
                && surer >= score + MUCH
                && best.is_some_and(|(.., fitting)| fitting.path != one.path) =>
        {
            contradicts(one, written.approx.is_some(), year)
        }
        (Some((score, fit, one)), _) if score >= SAME => agrees(one, fit, ""),
        (_, Some((score, one))) if score >= SURE => contradicts(one, written.approx.is_some(), year),
        (Some((_, fit, one)), _) if is_telling(amount.value) || lone && amount.value >= LARGE.into() => {
            agrees(one, fit, "，只是数值相同，请核对是不是同一件事")
        }
        _ => unknown("事实文件里没有这个数，请核对来源"),
    }
}

/// Whether the two count the same.
fn is_comparable(known: &Known, unit: &str) -> bool {
    let own = known.amount.unit.base.as_str();
    // What the report counts is said with its noun: 七个村.
    let noun = known.sort == Sort::Printed && own.is_empty() && !unit.is_empty() && known.text.contains(unit);
    let same = unit == own || noun || unit == "个百分点" && own == "%";
    same || unit.is_empty() && known.amount.unit.base.is_empty()
}

/// How sure it is that a known value is what the figure speaks of.
fn affinity(known: &Known, context: &Context, year: Period, subject: Option<&str>) -> usize {
    if known.sort == Sort::Cell {
        return if known.names.iter().any(|name| context.around.contains(name)) { NAMED } else { 0 };
    }
    let spoken = known.spoken.iter().map(|spoken| spoken.likeness(context)).max().unwrap_or(0);
    let named = if known.sort == Sort::Printed { 0 } else { context.names(&known.path) };
    let meant = spoken.max(named) + spoken.min(named) / 4;
    let (window, change) = (context.window(), context.is_change());
    let fits = match known.sort {
        Sort::Printed => return if spoken >= SURE && !change { spoken } else { 0 },
        // 同比增长12% has no words of its own: it is that of the figure before it.
        Sort::Growth | Sort::Change if change && subject == Some(known.path.as_str()) => return SUBJECT,
        Sort::Growth | Sort::Change if subject.is_some() => return named / 2,
        Sort::Growth | Sort::Change => change,
        Sort::Share => !change,
        // A sentence that says three years does not speak of four.
        Sort::Window(count) if window.is_some_and(|said| said != count) => return 0,
        Sort::Window(count) => window == Some(count) && !change,
        Sort::Year(of) if of == year => !change && window.is_none_or(|count| count == 1),
        Sort::Year(_) => context.is_last_year(year) && !change && window.is_none(),
        Sort::Cell => false,
    };
    if fits { meant } else { meant / 2 }
}

fn fit(known: &Known, said: &Amount, approx: Option<Approx>) -> Option<Fit> {
    let value = said.value;
    let percent = matches!(known.amount.unit.base.as_str(), "%" | "个百分点");
    let rounds = percent && !matches!(known.sort, Sort::Year(_) | Sort::Window(_) | Sort::Cell);
    // The sign of a change is in its verb.
    let own = if matches!(known.sort, Sort::Growth | Sort::Change) {
        known.amount.value.abs()
    } else {
        known.amount.value
    };
    match approx {
        None if rounds => is_rounded_to(own, said).then_some(Fit::Exact),
        None => (own == value && known.amount.bound == Bound::Exact).then_some(Fit::Exact),
        Some(word) if known.amount.bound == Bound::Exact => roughly(own, value, word).then_some(Fit::Roughly),
        Some(_) => (own == value).then_some(Fit::Exact),
    }
}

/// Whether a percentage is said as this project prints it: rounded, but never to all or nothing of what is not.
fn is_rounded_to(own: Decimal, said: &Amount) -> bool {
    let held = held(own, Decimal::ONE_HUNDRED, said.decimals).0;
    said.value == held || said.value == shown_rate(own, said.decimals)
}

/// Whether an exact value may be said with a word: never more than is true, and not so much less that
/// it would mislead.
fn roughly(exact: Decimal, said: Decimal, word: Approx) -> bool {
    let step = step(said);
    match word.bound() {
        Bound::Above => exact > said && exact < said + step,
        Bound::AtLeast => exact >= said && exact < said + step,
        Bound::Below => exact < said && is_near(exact, said),
        Bound::AtMost => exact <= said && exact >= said - step,
        Bound::Exact | Bound::About => (exact - said).abs() * Decimal::TWO <= step,
    }
}

/// One in the last digit that is written and not zero: 9000万 steps by 1000万.
fn step(said: Decimal) -> Decimal {
    let mut step = Decimal::new(1, said.normalize().scale());
    let mut whole = said.normalize();
    if whole.scale() == 0 {
        while !whole.is_zero() && (whole % Decimal::TEN).is_zero() {
            whole /= Decimal::TEN;
            step *= Decimal::TEN;
        }
    }
    step
}

/// Whether a value by itself tells what it is: three digits and more.
fn is_telling(value: Decimal) -> bool {
    value.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len() >= TELLING
}

fn agrees(known: &Known, fit: Fit, remark: &str) -> Judged {
    let verdict = match (fit, known.sort) {
        (Fit::Roughly, _) => Verdict::Approximate,
        (Fit::Exact, Sort::Year(_) | Sort::Cell) => Verdict::Equal,
        (Fit::Exact, Sort::Printed) if known.facts.len() == 1 => Verdict::Equal,
        (Fit::Exact, _) => Verdict::Derived,
    };
    let message = format!("{}{remark}", said(known));
    Judged { verdict, message, expected: None, ..judged(known) }
}

fn contradicts(known: &Known, is_rough: bool, year: Period) -> Judged {
    let other = match known.sort {
        Sort::Year(of) if of != year => format!("（{of}）"),
        _ => String::new(),
    };
    let message = format!("{}{other}", said(known));
    let expected = if is_rough { format!("准确数是{}", known.text) } else { known.text.clone() };
    Judged { verdict: Verdict::Contradicting, message, expected: Some(expected), ..judged(known) }
}

fn said(known: &Known) -> String {
    match known.sort {
        Sort::Year(of) => format!("{of}“{}”是{}", known.path, known.text),
        Sort::Window(_) => format!("“{}”{}是{}", known.path, known.derivation, known.text),
        Sort::Printed => format!("报告里“{}”（{}）是{}", known.path, known.derivation, known.text),
        Sort::Cell => format!("台账“{}”是{}", known.path, known.text),
        Sort::Share => format!("{}的{}", known.derivation, known.text),
        Sort::Growth | Sort::Change => format!("“{}”{}{}", known.path, known.derivation, known.text),
    }
}

fn judged(known: &Known) -> Judged {
    Judged {
        text: String::new(),
        line: 0,
        span: 0..0,
        start: 0,
        subject: (known.sort != Sort::Cell).then(|| known.path.clone()),
        verdict: Verdict::Unknown,
        message: String::new(),
        expected: None,
        derivation: known.derivation.clone(),
        facts: known.facts.clone(),
    }
}

fn unknown(message: &str) -> Judged {
    Judged {
        text: String::new(),
        line: 0,
        span: 0..0,
        start: 0,
        subject: None,
        verdict: Verdict::Unknown,
        message: message.to_owned(),
        expected: None,
        derivation: String::new(),
        facts: Cited::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_claim_no_more_than_is_true() {
        let d = |text: &str| text.parse::<Decimal>().unwrap();
        for (exact, said, word, wanted) in [
            ("93600000", "90000000", "多", true),
            ("90000000", "90000000", "多", false),
            ("101000000", "90000000", "多", false),
            ("52600", "50000", "余", true),
            ("2980", "3000", "近", true),
            ("3010", "3000", "近", false),
            ("1040", "1000", "约", true),
            ("1600", "1000", "约", false),
            ("96.2", "95", "以上", false),
            ("95.5", "95", "以上", true),
        ] {
            assert_eq!(
                roughly(d(exact), d(said), Approx::named(word).unwrap()),
                wanted,
                "{exact} {said}{word}"
            );
        }
    }
}
