//! 汇总: whether a period is what its parts make, and a number that may be typed (可填) what its ledger gives.

use super::super::{Figure, Figures, formula};
use super::{Failure, Subject, disagreement, failure};
use crate::facts::registry::{Formula, Indicator, RollUp};
use crate::period::Period;

/// All that does not go together.
pub(super) fn failures(figures: &Figures) -> Vec<Failure> {
    let numbers = figures.facts().registry.indicators.values();
    let on_file = figures.years();
    let divided = on_file.iter().any(|period| !period.is_year());
    let mut found = Vec::new();
    for indicator in numbers {
        if divided {
            found.extend(on_file.iter().filter_map(|period| made_otherwise(figures, indicator, *period)));
            found.extend(falling(figures, indicator, &on_file));
        }
        if indicator.may_be_typed {
            found.extend(on_file.iter().filter_map(|period| typed_otherwise(figures, indicator, *period)));
        }
    }
    found
}

/// Two exact numbers that differ, or one that breaks the bound of the other.
fn differ(one: &Figure, other: &Figure) -> bool {
    disagreement(one, other, &Formula::Add(Vec::new())).is_some()
}

/// A period that says something else than its parts do.
fn made_otherwise(figures: &Figures, indicator: &Indicator, of: Period) -> Option<Failure> {
    let path = &indicator.path;
    // A month is the difference of two sums only until one of them is revised.
    if indicator.roll_up == RollUp::Cumulative {
        return None;
    }
    let own = figures.stated(path, of)?.ok()?;
    let made = figures.rolled_up(path, of)?.ok()?;
    if !differ(&own, &made) {
        return None;
    }
    let message = match indicator.roll_up {
        RollUp::Last => {
            let other = made.facts.first().map(|from| from.year.words()).unwrap_or_default();
            format!("“{path}”同一天的两个数不一样：{of}的是{}，{other}的是{}", own.text, made.text)
        }
        _ => format!("{of}的“{path}”是{}，而{}是{}", own.text, made.derivation, made.text),
    };
    Some(failure(figures, indicator, (of, Subject::Parts), (&own, message)))
}

/// What is summed up from January on and becomes less.
fn falling(figures: &Figures, indicator: &Indicator, on_file: &[Period]) -> Vec<Failure> {
    if !matches!(indicator.roll_up, RollUp::Cumulative | RollUp::Sum) {
        return Vec::new();
    }
    let sums = on_file.iter().filter(|period| period.is_cumulative());
    let stated = |period: &Period| Some((*period, figures.stated(&indicator.path, *period)?.ok()?));
    let sums: Vec<_> = sums.filter_map(stated).filter(|(_, sum)| sum.amount.is_exact()).collect();
    let pairs = sums.iter().zip(sums.iter().skip(1));
    let less = pairs.filter(|((before, less), (after, more))| {
        let same_year = before.calendar_year() == after.calendar_year();
        let down = more.amount.minus(&less.amount).is_ok_and(|change| change.value.is_sign_negative());
        same_year && down && !more.amount.value.is_sign_negative()
    });
    let said = less.map(|((before, less), (after, more))| {
        let message = format!(
            "{after}的“{}”是{}，比{}的{}还少",
            indicator.path,
            more.text,
            before.part_or_year(),
            less.text
        );
        failure(figures, indicator, (*after, Subject::Falls), (more, message))
    });
    said.collect()
}

/// What was typed of a number that its ledger gives otherwise.
fn typed_otherwise(figures: &Figures, indicator: &Indicator, of: Period) -> Option<Failure> {
    let formula = indicator.formula.as_ref().filter(|formula| figures.has_rows(formula, of))?;
    let typed = figures.own_figure(&indicator.path, of)?;
    let unit = &typed.amount.unit;
    let made = formula::apply(figures, &indicator.path, formula, of, unit).ok()?;
    let made = formula::in_unit(made, formula, unit).ok()?;
    let message =
        || format!("{of}的“{}”填的是{}，而{}是{}", indicator.path, typed.text, made.derivation, made.text);
    disagreement(&typed, &made, formula)
        .map(|_| failure(figures, indicator, (of, Subject::Differs), (&typed, message())))
}
