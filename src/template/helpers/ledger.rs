//! 合计、计数、平均 over the rows of a ledger, in the year of the report or in the window.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::figure::say;
use super::{FIGURE, Outcome};
use crate::figures::compare::quotient;
use crate::figures::formula::{self, matches, no_ratio};
use crate::figures::{Cited, Column, FactRef, Figure, Trouble, mismatch, sum_of_columns};
use crate::template::call::{Call, unit};
use crate::template::session::has_column;
use crate::zh::number::{Amount, Unit};

/// Decimals kept of an average that does not come out even.
const AVERAGE_DECIMALS: u32 = 2;

/// A ledger and one of its columns, from `台账.列`.
pub(super) fn column<'p>(call: &Call<'_, '_>, path: &'p str) -> Result<(&'p str, &'p str), Trouble> {
    let split = path.rsplit_once('.').filter(|(ledger, name)| has_column(call.session.figures, ledger, name));
    split.ok_or_else(|| {
        Trouble::wrong(
            "unknown-column",
            format!("“{path}”不是台账的一列"),
            "请写成 台账名.列名，例如 投资项目.投资；列名见 facts/指标.yaml",
        )
    })
}

/// The filter of a call, provided that its names are columns.
pub(super) fn filter(
    call: &Call<'_, '_>,
    ledger: &str,
    own: &[&str],
) -> Result<Vec<(String, String)>, Trouble> {
    let filter = call.filter(own)?;
    match filter.iter().find(|(name, _)| !has_column(call.session.figures, ledger, name)) {
        None => Ok(filter),
        Some((name, _)) => Err(Trouble::wrong(
            "unknown-parameter",
            format!("“{name}”既不是参数，也不是台账“{ledger}”的列"),
            "请核对参数名或列名",
        )),
    }
}

/// A column in each of the years in force.
pub(super) fn columns(
    call: &Call<'_, '_>,
    column: (&str, &str),
    filter: &[(String, String)],
) -> Result<Vec<Column>, Trouble> {
    call.session.years().map(|year| formula::column(call.session.figures, column, year, filter)).collect()
}

fn window_words(call: &Call<'_, '_>) -> String {
    call.session.window().map(|window| window.words).unwrap_or_default()
}

/// `{{合计 台账.列 列名=值}}`
pub(super) fn sum(call: &Call<'_, '_>) -> Outcome {
    let path = call.path(0)?;
    let column = column(call, path)?;
    let filter = filter(call, column.0, FIGURE)?;
    let columns = columns(call, column, &filter)?;
    let derivation = format!("{}{path}合计", window_words(call));
    let empty = call.session.figures.unit(path).unwrap_or_default();
    let figure = sum_of_columns(columns, derivation, empty).map_err(|m| mismatch(path, &m))?;
    say(call, &Arc::new(figure))
}

/// `{{计数 台账 单位=}}`, also of a 名单.
pub(super) fn count(call: &Call<'_, '_>) -> Outcome {
    let path = call.path(0)?;
    let filter = filter(call, path, FIGURE)?;
    let (number, facts) = count_rows(call, path, &filter)?;
    let unit = unit(call.words("单位")?, call.session.figures.unit(path));
    let amount = Amount::exact(Decimal::from(number), unit);
    let derivation = format!("{}{path}计数", window_words(call));
    let figure = Figure::from_facts(amount, derivation, facts);
    say(call, &Arc::new(figure))
}

/// Rows of a ledger, or entries of a 名单, over the years in force.
pub(super) fn count_rows(
    call: &Call<'_, '_>,
    path: &str,
    filter: &[(String, String)],
) -> Result<(usize, Cited), Trouble> {
    let (mut number, mut facts) = (0, Vec::<Arc<FactRef>>::new());
    for year in call.session.years() {
        let fact = call.session.figures.fact(path, year)?;
        number += match &fact.value {
            crate::facts::value::Value::List(items) => items.len(),
            _ => call.session.figures.rows(path, year)?.iter().filter(|row| matches(row, filter)).count(),
        };
        facts.push(call.session.figures.reference(path, year)?);
    }
    Ok((number, facts.into()))
}

/// `{{平均 台账.列}}` or `{{平均 总量 份数}}`
pub(super) fn average(call: &Call<'_, '_>) -> Outcome {
    let (bottom, parts) = if call.len() == 2 {
        let parts = call.figures()?;
        (parts[1].amount.clone(), parts)
    } else {
        let path = call.path(0)?;
        let column = column(call, path)?;
        let filter = filter(call, column.0, FIGURE)?;
        let columns = columns(call, column, &filter)?;
        let count: usize = columns.iter().map(Column::count).sum();
        let total =
            sum_of_columns(columns, String::new(), Unit::default()).map_err(|m| mismatch(path, &m))?;
        (Amount::exact(count.into(), Unit::default()), vec![Arc::new(total)])
    };
    let top = &parts[0].amount;
    let value = quotient(top, &bottom).map_err(|why| no_ratio("总量", "份数", why))?;
    let amount = Amount::quotient(value, top.unit.clone(), AVERAGE_DECIMALS);
    let figure = Figure::derived(amount, format!("{}平均", window_words(call)), &parts);
    say(call, &Arc::new(figure))
}
