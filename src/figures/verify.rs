//! 不超过、等于、范围、相近、汇总: the checks of the registry, run over every period on file.

mod parts;

use super::compare::ratio;
use super::condition::{Conditions, compares};
use super::formula::{apply, in_unit};
use super::{Figure, Figures, RowOf};
use crate::diag::{Diagnostic, Place, nearest};
use crate::facts::registry::{Check, Formula, Indicator};
use crate::period::Period;
use crate::zh::number::{Bound, Scale, Unit, half_up, plain, shift};
use rust_decimal::Decimal;

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// 不超过: a part above its total.
    Above,
    /// 等于: what should agree does not.
    Differs,
    /// 范围.
    Range,
    /// 等于, where one of the two is only a bound that the other breaks: `30多条` and 28.
    Bound,
    /// 相近: two that are counted each in its way lie too far apart.
    Near,
    /// 汇总: a period is not what its parts make.
    Parts,
    /// 汇总: what is summed up from January on becomes less.
    Falls,
}

/// A check that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it is about.
    pub subject: Subject,
    /// The indicator, or the column of a ledger: `台账.列`.
    pub path: String,
    /// What it says.
    pub value: String,
    /// The year.
    pub year: Period,
    /// What is wrong, in one sentence without 。.
    pub message: String,
    /// Where the fact stands, or the indicator where it is computed.
    pub place: Option<Place>,
}

/// The checks that fail. An indicator that is missing is not checked.
pub fn failures(figures: &Figures) -> Vec<Failure> {
    let indicators = figures.facts().registry.indicators.values();
    let is_checked = |one: &&Indicator| {
        !one.checks.is_empty() || one.columns.values().any(|column| !column.checks.is_empty())
    };
    indicators
        .filter(is_checked)
        .flat_map(|indicator| figures.years().into_iter().map(move |year| (indicator, year)))
        .flat_map(|(indicator, year)| {
            let rows = check_rows(figures, indicator, year);
            check_year(figures, indicator, year).into_iter().chain(rows)
        })
        .chain(parts::failures(figures))
        .collect()
}

/// 相近: whether two lie further apart than so many per cent of the second.
fn near(
    figures: &Figures,
    figure: &Figure,
    (path, other): (&str, &str),
    most: Decimal,
    year: Period,
) -> Option<(Subject, String)> {
    let second = figures.figure(other, year).ok()?;
    if !figure.amount.is_exact() || !second.amount.is_exact() {
        return None;
    }
    let apart = figure.amount.minus(&second.amount).ok()?;
    let share = ratio(&apart, &second.amount).ok()?.abs() * Decimal::ONE_HUNDRED;
    let message = || {
        let words = (&figure.text, &second.text, plain(half_up(share, 1).normalize()), plain(most));
        format!("{year}的“{path}”是{}，“{other}”是{}，相差{}%，超过了{}%", words.0, words.1, words.2, words.3)
    };
    (share > most).then(|| (Subject::Near, message()))
}

/// The same as warnings, for whoever renders.
pub(super) fn warnings(figures: &Figures) -> Vec<Diagnostic> {
    let warning = |failure: Failure| {
        let problem = Diagnostic::warning("registry-check", failure.message)
            .hint("请核对这两个数；确实没错时，请改 facts/指标.yaml 里的核对规则");
        match failure.place {
            Some(place) => problem.at(&place),
            None => problem,
        }
    };
    let unmatched = figures.facts().registry.indicators.values().filter_map(|one| unmatched(figures, one));
    failures(figures).into_iter().map(warning).chain(unmatched).collect()
}

/// A formula that asks for rows with a value that no row has in any year: a slip, or nothing yet, and then 0.
fn unmatched(figures: &Figures, indicator: &Indicator) -> Option<Diagnostic> {
    let (Formula::Sum { ledger, filter, .. } | Formula::Count { of: ledger, filter }) =
        indicator.formula.as_ref()?
    else {
        return None;
    };
    // Whoever asks for the figure is told what is wrong with its conditions.
    let conditions = Conditions::read(figures, ledger, filter).ok()?;
    let (column, value) = conditions.unheard(figures)?;
    let said = figures.said_in(ledger, column);
    let message =
        format!("“{}”的公式条件里写着“{column}”{value}，而台账“{ledger}”各年都没有这样的行", indicator.path);
    let hint = match nearest(value, said.iter().map(String::as_str)) {
        Some(near) => format!("是不是想写“{near}”？"),
        None if compares(value) => {
            "这一列是文字，不能比大小、比早晚；要比的，请把这一列登记成数或日期".to_owned()
        }
        None => "请核对公式里的条件；真的还没有这样的行，可以不管".to_owned(),
    };
    let warning = Diagnostic::warning("formula-without-rows", message).hint(hint);
    Some(match &indicator.place {
        Some(place) => warning.at(place),
        None => warning,
    })
}

fn check_year(figures: &Figures, indicator: &Indicator, year: Period) -> Vec<Failure> {
    let Ok(figure) = figures.figure(&indicator.path, year) else { return Vec::new() };
    let run = |check| run(figures, indicator, &figure, check, year);
    let failed = |(subject, message)| failure(figures, indicator, (year, subject), (&figure, message));
    indicator.checks.iter().filter_map(run).map(failed).collect()
}

/// A check of an indicator that failed, with the place of its fact, or its own where it is computed.
fn failure(
    figures: &Figures,
    indicator: &Indicator,
    (year, subject): (Period, Subject),
    (value, message): (&Figure, String),
) -> Failure {
    let fact = figures.facts().get(&indicator.path, year);
    let place = fact.map(|fact| &fact.place).or(indicator.place.as_ref()).cloned();
    Failure { subject, path: indicator.path.clone(), value: value.text.clone(), year, message, place }
}

fn run(
    figures: &Figures,
    indicator: &Indicator,
    figure: &Figure,
    check: &Check,
    year: Period,
) -> Option<(Subject, String)> {
    let path = &indicator.path;
    match check {
        Check::AtMost(limit) => {
            above(&format!("{year}的“{path}”"), figure, limit, &*figures.figure(limit, year).ok()?)
        }
        Check::Equals(formula) => {
            let unit = &figure.amount.unit;
            let other = apply(figures, path, formula, year, unit).ok()?;
            let other = in_unit(other, formula, unit).ok()?;
            let subject = disagreement(figure, &other, formula)?;
            let words =
                format!("{year}的“{path}”是{}，与{}的{}对不上", figure.text, other.derivation, other.text);
            Some((subject, words))
        }
        Check::Near(path, most) => near(figures, figure, (&indicator.path, path), *most, year),
        Check::Range(low, high) => {
            outside(&format!("{year}的“{path}”"), figure, indicator.unit.as_ref(), (*low, *high))
        }
    }
}

/// 不超过: a number that is for certain above another, and is called so.
fn above(called: &str, figure: &Figure, limit: &str, other: &Figure) -> Option<(Subject, String)> {
    let exact = figure.amount.is_exact() && other.amount.is_exact();
    let most = other.amount.value_in(&figure.amount.unit).ok().filter(|_| exact)?;
    let message = || format!("{called}是{}，超过了“{limit}”的{}", figure.text, other.text);
    (figure.amount.value > most).then(|| (Subject::Above, message()))
}

/// 范围, in the registered unit.
fn outside(
    called: &str,
    figure: &Figure,
    unit: Option<&Unit>,
    (low, high): (Decimal, Decimal),
) -> Option<(Subject, String)> {
    let number = shift(figure.amount.value, unit.map_or(Scale::ONE, |unit| unit.scale));
    let outside = figure.amount.is_exact() && (number < low || number > high);
    let message = || format!("{called}是{}，不在{}到{}之间", figure.text, plain(low), plain(high));
    outside.then(|| (Subject::Range, message()))
}

/// The checks of the columns of a ledger, row by row. What is blank is not checked.
fn check_rows(figures: &Figures, ledger: &Indicator, year: Period) -> Vec<Failure> {
    let (list, mut failures) = (ledger.path.as_str(), Vec::new());
    for (index, row) in figures.rows(list, year).unwrap_or_default().iter().enumerate() {
        for (name, column) in ledger.columns.iter().filter(|(_, column)| !column.checks.is_empty()) {
            let Ok(figure) = figures.cell(list, year, index, name) else { continue };
            let called = || format!("{year}的{}里，“{name}”", figures.row_name(RowOf { list, year, index }));
            let check = |check: &Check| match check {
                Check::AtMost(limit) => {
                    above(&called(), &figure, limit, &*figures.cell(list, year, index, limit).ok()?)
                }
                Check::Range(low, high) => outside(&called(), &figure, column.unit.as_ref(), (*low, *high)),
                Check::Equals(_) | Check::Near(..) => None,
            };
            failures.extend(column.checks.iter().filter_map(check).map(|(subject, message)| Failure {
                subject,
                path: format!("{list}.{name}"),
                value: figure.text.clone(),
                year,
                message,
                place: row.cells.get(name).map(|cell| cell.place.clone()),
            }));
        }
    }
    failures
}

/// Whether two figures that should agree do not; a quotient is held against as many decimals as were written.
fn disagreement(figure: &Figure, other: &Figure, formula: &Formula) -> Option<Subject> {
    let divided = matches!(formula, Formula::Share { .. } | Formula::Average { .. } | Formula::Growth(_));
    if figure.amount.is_exact() && other.amount.is_exact() {
        let rounded = half_up(other.amount.coefficient(), figure.amount.decimals);
        let same = if divided {
            rounded == figure.amount.coefficient()
        } else {
            figure.amount.value == other.amount.value
        };
        return (!same).then_some(Subject::Differs);
    }
    let broken = |exact: &Figure, bound: &Figure| {
        exact.amount.is_exact() && !allows(bound.amount.bound, bound.amount.value, exact.amount.value)
    };
    (broken(figure, other) || broken(other, figure)).then_some(Subject::Bound)
}

/// Whether a value known only as a bound may be exactly `value`.
fn allows(bound: Bound, known: Decimal, value: Decimal) -> bool {
    match bound {
        Bound::Exact => value == known,
        Bound::Above => value > known,
        Bound::AtLeast => value >= known,
        Bound::Below => value < known,
        Bound::AtMost => value <= known,
        Bound::About => true,
    }
}
