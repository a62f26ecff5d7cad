//! 公式 of the registry: order of evaluation, cycles, and the kinds of arithmetic.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::compare::{NoRatio, growth, quotient, ratio};
use super::condition::Conditions;
use super::{Base, Column, Figure, Figures, Trouble, cited, mismatch, sum, sum_of_columns};
use crate::diag::{Diagnostic, Problems};
use crate::facts::registry::{Formula, Indicator, Registry};
use crate::facts::value::Value;
use crate::period::Period;
use crate::zh::number::{Amount, Mismatch, QUOTIENT_DECIMALS, RATE_DECIMALS, Unit, half_up};
use rust_decimal::Decimal;

/// The formulas that one reads and that are not `known`, each behind those that it reads, and itself at the end.
pub(super) fn before<'a>(
    registry: &'a Registry,
    path: &'a str,
    known: &dyn Fn(&str) -> bool,
) -> Vec<&'a str> {
    let mut order = Vec::new();
    visit(registry, path, known, &mut BTreeSet::new(), &mut order);
    order
}

fn visit<'a>(
    registry: &'a Registry,
    path: &'a str,
    known: &dyn Fn(&str) -> bool,
    seen: &mut BTreeSet<&'a str>,
    order: &mut Vec<&'a str>,
) {
    if known(path) || !seen.insert(path) {
        return;
    }
    let Some(formula) = registry.indicators.get(path).and_then(|indicator| indicator.formula.as_ref()) else {
        return;
    };
    for read in formula.reads() {
        visit(registry, read, known, seen, order);
    }
    order.push(path);
}

/// Refuses formulas that depend on themselves, naming the ring.
pub(super) fn refuse_cycles(registry: &Registry) -> Result<(), Problems> {
    let mut problems = Vec::new();
    let mut done = BTreeSet::new();
    for path in registry.indicators.keys() {
        let mut ring = Vec::new();
        if let Some(ring) = find_ring(registry, path, &mut ring, &mut done) {
            problems.push(cycle(registry, &ring));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

fn find_ring<'a>(
    registry: &'a Registry,
    path: &'a str,
    trail: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Option<Vec<&'a str>> {
    if let Some(start) = trail.iter().position(|seen| *seen == path) {
        return Some(trail[start..].to_vec());
    }
    if done.contains(path) {
        return None;
    }
    trail.push(path);
    let formula = registry.indicators.get(path).and_then(|indicator| indicator.formula.as_ref());
    let ring = formula.and_then(|formula| {
        formula.reads().into_iter().find_map(|read| find_ring(registry, read, trail, done))
    });
    trail.pop();
    done.insert(path);
    ring
}

fn cycle(registry: &Registry, ring: &[&str]) -> Diagnostic {
    let around = [ring, &ring[..1]].concat().join(" → ");
    let problem = Diagnostic::error("formula-cycle", format!("公式绕成了圈：{around}"))
        .label("从这里开始")
        .hint("请让其中一个指标直接填数，不用公式");
    match registry.indicators.get(ring[0]).and_then(|indicator| indicator.place.as_ref()) {
        Some(place) => problem.at(place),
        None => problem,
    }
}

/// The figure that the formula of `path` gives for a year, in the registered unit.
///
/// # Errors
/// Something is missing, or what the formula counts is not what is registered.
pub(super) fn evaluate(figures: &Figures, path: &str, year: Period) -> Result<Figure, Trouble> {
    let indicator = &figures.facts().registry.indicators[path];
    let Some(formula) = &indicator.formula else { return Err(Trouble::missing(path, year)) };
    let unit = indicator.unit.as_ref();
    let figure = apply(figures, path, formula, year, unit.unwrap_or(&Unit::default()))?;
    let figure = match unit {
        Some(unit) => in_unit(figure, formula, unit).map_err(|problem| other_unit(indicator, &problem))?,
        None => figure,
    };
    Ok(match indicator.decimals {
        Some(decimals) => {
            let amount = Amount::quotient(figure.amount.value, figure.amount.unit.clone(), decimals);
            Figure { text: amount.text(), amount, ..figure }
        }
        None => figure,
    })
}

/// A computed rate: one decimal, as sentences print it, and one more where that would make much of next to nothing.
fn rate(value: Decimal, unit: Unit) -> Amount {
    let amount = Amount::quotient(value, unit, RATE_DECIMALS);
    match half_up(amount.coefficient(), RATE_DECIMALS).is_zero() && !value.is_zero() {
        true => Amount::quotient(amount.value, amount.unit, QUOTIENT_DECIMALS),
        false => amount,
    }
}

/// A result in another scale or unit of its family, where a quotient is rounded anew. An average has the unit of its
/// top: where that is 元, 元/户 is the same.
pub(super) fn in_unit(figure: Figure, formula: &Formula, unit: &Unit) -> Result<Figure, Mismatch> {
    let top = match (formula, unit.base.split_once('/')) {
        (Formula::Average { .. }, Some((top, _))) if !figure.amount.unit.base.contains('/') => {
            Unit { scale: unit.scale, base: top.to_owned() }
        }
        _ => unit.clone(),
    };
    let amount = match formula {
        Formula::Share { .. } | Formula::Growth(_) => rate(figure.amount.value_in(&top)?, top),
        Formula::Average { .. } => Amount::quotient(figure.amount.value_in(&top)?, top, QUOTIENT_DECIMALS),
        _ => figure.amount.to(&top)?,
    };
    let amount = amount.named(&unit.base);
    Ok(Figure { text: amount.text(), amount, ..figure })
}

/// A result that is not what is registered, with the place of the formula.
fn other_unit(indicator: &Indicator, problem: &Mismatch) -> Trouble {
    let Mismatch::Units(found, registered) = problem else { return mismatch(&indicator.path, problem) };
    let place = indicator.place.as_ref();
    let place = place.map(|place| format!(" {} 第{}行", place.source.name, place.line())).unwrap_or_default();
    let message = format!("“{}”登记的单位是“{registered}”，公式算出来的是“{found}”", indicator.path);
    Trouble::wrong("unit-mismatch", message, format!("请核对{place} 的单位和公式"))
}

/// Applies a formula. The operation decides the unit; `unit` is only that of a count and of an empty sum.
pub(super) fn apply(
    figures: &Figures,
    path: &str,
    formula: &Formula,
    year: Period,
    unit: &Unit,
) -> Result<Figure, Trouble> {
    match formula {
        Formula::Sum { ledger, column, filter } => {
            let conditions = Conditions::read(figures, ledger, filter)?;
            let cells = self::column(figures, (ledger, column), year, &conditions)?;
            sum_of_columns(vec![cells], format!("{ledger}.{column}合计"), unit.clone())
                .map_err(|m| mismatch(path, &m))
        }
        Formula::Count { of, filter } => count(figures, of, year, filter, unit),
        Formula::Add(paths) => {
            let parts = all(figures, paths, year)?;
            sum(&parts, format!("{}相加", paths.join("、")), unit.clone()).map_err(|m| mismatch(path, &m))
        }
        Formula::Subtract(paths) => subtract(path, &all(figures, paths, year)?),
        Formula::Share { part, total } => share(figures, part, total, year),
        Formula::Average { total, count } => average(figures, total, count, year),
        Formula::Growth(of) => growth_of(figures, of, year),
        Formula::LastYear(of) => last_year(figures, of, year),
    }
}

fn all(figures: &Figures, paths: &[String], year: Period) -> Result<Vec<Arc<Figure>>, Trouble> {
    paths.iter().map(|path| figures.figure(path, year)).collect()
}

fn subtract(path: &str, parts: &[Arc<Figure>]) -> Result<Figure, Trouble> {
    let amount = match parts {
        [first, others @ ..] => first.amount.rest(others.iter().map(|part| &part.amount)),
        [] => Ok(Amount::zero(Unit::default())),
    };
    Ok(Figure::derived(amount.map_err(|problem| mismatch(path, &problem))?, "相减", parts))
}

/// What it was in the whole year before, also for a part of a year: what is carried over is that of its end.
fn last_year(figures: &Figures, path: &str, year: Period) -> Result<Figure, Trouble> {
    let then = figures.figure(path, year.whole().before())?;
    Ok(Figure::derived(then.amount.clone(), format!("上年的{path}"), &[then]))
}

/// Growth against the year before, over the base that the source gives where it gives one.
fn growth_of(figures: &Figures, path: &str, year: Period) -> Result<Figure, Trouble> {
    let base = match figures.base(path, year)? {
        Base::Figure(base) => base,
        Base::Broken(why) => return Err(broken(path, &why)),
    };
    let parts = [base, figures.figure(path, year)?];
    let rate = growth(&parts[0].amount, &parts[1].amount).map_err(|why| no_ratio(path, path, why))?;
    let amount = self::rate(rate, Unit::parse("%"));
    Ok(Figure::derived(amount, format!("{path}增幅"), &parts))
}

fn share(figures: &Figures, part: &str, total: &str, year: Period) -> Result<Figure, Trouble> {
    let parts = [figures.figure(part, year)?, figures.figure(total, year)?];
    let share = ratio(&parts[0].amount, &parts[1].amount).map_err(|why| no_ratio(part, total, why))?;
    let amount = rate(share * Decimal::ONE_HUNDRED, Unit::parse("%"));
    Ok(Figure::derived(amount, format!("{part}占{total}"), &parts))
}

fn average(figures: &Figures, total: &str, count: &str, year: Period) -> Result<Figure, Trouble> {
    let parts = [figures.figure(total, year)?, figures.figure(count, year)?];
    let value = quotient(&parts[0].amount, &parts[1].amount).map_err(|why| no_ratio(total, count, why))?;
    let amount = Amount::quotient(value, parts[0].amount.unit.clone(), QUOTIENT_DECIMALS);
    Ok(Figure::derived(amount, format!("{total}÷{count}"), &parts))
}

/// The two years are not counted the same way.
fn broken(path: &str, why: &str) -> Trouble {
    let message = format!("“{path}”{why}，不能与上年相比");
    Trouble::wrong("series-broken", message, "知道可比的上年数的，在事实文件里给它写上“同期: …”")
}

/// Why there is no ratio, in words.
pub fn no_ratio(top: &str, bottom: &str, why: NoRatio) -> Trouble {
    let (message, hint) = match why {
        NoRatio::ZeroBase => {
            (format!("“{bottom}”是0，算不出比例"), "请核对总数；确实为零时，模板里用 零=\"…\" 另写一句")
        }
        NoRatio::NegativeBase => {
            (format!("“{bottom}”是负数，算不出增长率"), "请改写成增减多少，即 式=\"量\"")
        }
        NoRatio::Turned => (format!("“{top}”由正变负，没有增长率"), "请改写成增减多少，即 式=\"量\""),
        NoRatio::Approximate => {
            (format!("“{top}”或“{bottom}”是约数，算不出准确的比例"), "请在事实文件里填写准确数")
        }
        NoRatio::Units => (format!("“{top}”和“{bottom}”单位不同，不能相比"), "请核对两个指标的单位"),
        NoRatio::Overflow => (format!("“{top}”与“{bottom}”相除超出范围"), "请检查数字是否多写了零"),
    };
    Trouble::wrong("no-ratio", message, hint)
}

fn count(
    figures: &Figures,
    of: &str,
    year: Period,
    filter: &[(String, String)],
    unit: &Unit,
) -> Result<Figure, Trouble> {
    let fact = figures.fact(of, year)?;
    let number = match &fact.value {
        Value::List(items) => items.len(),
        _ => match Conditions::read(figures, of, filter)?.chosen(figures, year)? {
            Some(rows) => rows.len(),
            None => figures.rows(of, year)?.len(),
        },
    };
    let amount = Amount::exact(Decimal::from(number), unit.clone());
    let figure = Figure::from_facts(amount, format!("{of}计数"), vec![figures.reference(of, year)?]);
    Ok(Figure { estimate: fact.estimate, ..figure })
}

/// One column of a ledger in a year, of the rows that meet the conditions.
///
/// # Errors
/// A blank cell or one that is no number, or whether a row meets the conditions cannot be told.
pub fn column(
    figures: &Figures,
    (ledger, name): (&str, &str),
    year: Period,
    conditions: &Conditions,
) -> Result<Column, Trouble> {
    let rows = figures.rows(ledger, year)?;
    let some = if conditions.is_empty() { None } else { conditions.chosen(figures, year)? };
    let whole = 0..if some.is_none() { rows.len() } else { 0 };
    let at = rows.first().and_then(|row| row.cells.get_index_of(name)).unwrap_or_default();
    for index in some.iter().flatten().copied().chain(whole) {
        if cited::amount(&rows[index], name, at).is_none() {
            figures.cell(ledger, year, index, name)?;
        }
    }
    let entry = figures.entry(ledger, year).ok_or_else(|| Trouble::missing(ledger, year))?;
    Ok(Column::new(entry, name, at, some))
}
