//! 不超过、等于、范围: the checks of the registry, run over every year on file.

use super::{Figure, Figures};
use crate::diag::{Diagnostic, Place};
use crate::facts::quantity::plain;
use crate::facts::registry::{Check, Indicator};

/// What the checks found. An indicator that is missing or approximate is not checked.
pub(super) fn check(figures: &Figures) -> Vec<Diagnostic> {
    let indicators = figures.facts().registry.indicators.values();
    let checked = indicators.filter(|indicator| !indicator.checks.is_empty());
    checked
        .flat_map(|indicator| figures.years().into_iter().map(move |year| (indicator, year)))
        .flat_map(|(indicator, year)| check_year(figures, indicator, year))
        .collect()
}

fn check_year(figures: &Figures, indicator: &Indicator, year: i32) -> Vec<Diagnostic> {
    let Ok(figure) = figures.figure(&indicator.path, year) else { return Vec::new() };
    let place =
        figures.facts().get(&indicator.path, year).map(|fact| &fact.place).or(indicator.place.as_ref());
    let run = |check| run(figures, indicator, &figure, check, year);
    indicator.checks.iter().filter_map(run).map(|message| at(message, place)).collect()
}

fn run(
    figures: &Figures,
    indicator: &Indicator,
    figure: &Figure,
    check: &Check,
    year: i32,
) -> Option<String> {
    let path = &indicator.path;
    match check {
        Check::AtMost(limit) => {
            let other = figures.figure(limit, year).ok()?;
            let above = comparable(figure, &other) && figure.amount.value > other.amount.value;
            above.then(|| format!("{year}年的“{path}”是{}，超过了“{limit}”的{}", figure.text, other.text))
        }
        Check::Equals(formula) => {
            let other = super::formula::apply(figures, path, formula, year, &figure.amount.unit).ok()?;
            let differs = comparable(figure, &other) && figure.amount.value != other.amount.value;
            differs.then(|| {
                format!("{year}年的“{path}”是{}，与{}的{}对不上", figure.text, other.derivation, other.text)
            })
        }
        Check::Range(low, high) => {
            let number =
                super::amount::shift(figure.amount.value, indicator.unit.as_ref().map_or(0, |u| u.scale));
            let outside = figure.amount.is_exact() && (number < *low || number > *high);
            outside.then(|| {
                format!("{year}年的“{path}”是{}，不在{}到{}之间", figure.text, plain(*low), plain(*high))
            })
        }
    }
}

fn comparable(left: &Figure, right: &Figure) -> bool {
    left.amount.is_exact() && right.amount.is_exact() && left.amount.unit.base == right.amount.unit.base
}

fn at(message: String, place: Option<&Place>) -> Diagnostic {
    let problem = Diagnostic::warning("registry-check", message)
        .hint("请核对这两个数；确实没错时，请改 facts/指标.yaml 里的核对规则");
    match place {
        Some(place) => problem.at(place),
        None => problem,
    }
}
