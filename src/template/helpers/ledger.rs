//! 合计、计数、平均 over the rows of a ledger, in the year of the report or in the window.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::figure::say;
use super::{FIGURE, Outcome};
use crate::diag::nearest;
use crate::figures::compare::quotient;
use crate::figures::condition::{Conditions, compares, words_compared};
use crate::figures::formula::{self, no_ratio};
use crate::figures::{Cited, Column, Figure, Figures, RowOf, Trouble, mismatch, sum_of_columns, value_text};
use crate::template::call::Call;
use crate::template::group;
use crate::template::session::has_column;
use crate::zh::number::{Amount, Unit, are_kin, told};

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

/// The conditions of a call on the rows of a ledger, provided that its names are columns and that some row, of any year,
/// has each of its values: what nothing has is a slip, unless the template asks whether there is any.
pub(super) fn conditions(call: &Call<'_, '_>, ledger: &str, own: &[&str]) -> Result<Conditions, Trouble> {
    let (written, figures) = (call.filter(own)?, call.session.figures);
    let group = call.group(0)?.map(|group| group.conditions.clone()).unwrap_or_default();
    if let Some((column, _)) = written.iter().find(|(column, _)| !has_column(figures, ledger, column)) {
        return Err(unknown_parameter(figures, ledger, column, own));
    }
    let conditions = Conditions::read(figures, ledger, &written)?;
    let asks = call.site.asks || call.words("空")?.is_some();
    match conditions.unheard(figures).filter(|_| !asks) {
        Some((column, value)) if compares(value) => Err(words_compared(column, value)),
        Some((column, value)) => Err(no_such_row(figures, ledger, column, value)),
        None => Ok(group.and(conditions)),
    }
}

fn unknown_parameter(figures: &Figures, ledger: &str, name: &str, own: &[&str]) -> Trouble {
    let message = format!("“{name}”既不是参数，也不是台账“{ledger}”的列");
    Trouble::wrong("unknown-parameter", message, meant(name, own, &figures.columns(ledger)))
}

/// The word that was perhaps meant, or the columns that there are.
fn meant(name: &str, own: &[&str], columns: &[String]) -> String {
    match nearest(name, own.iter().copied().chain(columns.iter().map(String::as_str))) {
        Some(near) => format!("是不是想写“{near}”？"),
        None => format!("这个台账的列有：{}", columns.join("、")),
    }
}

/// A column that a ledger does not have.
pub(in crate::template) fn unknown_column(figures: &Figures, ledger: &str, column: &str) -> Trouble {
    let message = format!("台账“{ledger}”没有“{column}”这一列");
    Trouble::wrong("unknown-column", message, meant(column, &[], &figures.columns(ledger)))
}

pub(super) fn no_such_row(figures: &Figures, ledger: &str, column: &str, value: &str) -> Trouble {
    let said = figures.said_in(ledger, column);
    let near = nearest(value, said.iter().map(String::as_str)).map(|near| format!("是不是想写“{near}”？"));
    let hint = near.unwrap_or_else(|| format!("这一列有：{}", shortened(&said)));
    Trouble::wrong(
        "no-such-row",
        format!("台账“{ledger}”各年都没有“{column}”是“{value}”的行"),
        format!(
            "{hint}确实可能一行也没有的，请用 {{{{#若零 (计数 {ledger} {column}=\"{value}\")}}}}…{{{{else}}}}…{{{{/若零}}}} 另写一句"
        ),
    )
}

/// The first few of the values of a column.
fn shortened(said: &[String]) -> String {
    let etc = if said.len() > 6 { "等" } else { "" };
    format!("{}{etc}。", said[..said.len().min(6)].join("、"))
}

/// A column in each of the years in force.
pub(super) fn columns(
    call: &Call<'_, '_>,
    column: (&str, &str),
    conditions: &Conditions,
) -> Result<Vec<Column>, Trouble> {
    let periods = call.session.periods_of_rows(column.0).into_iter();
    periods.map(|year| formula::column(call.session.figures, column, year, conditions)).collect()
}

fn window_words(call: &Call<'_, '_>) -> String {
    call.session.window().map(|window| window.words).unwrap_or_default()
}

/// `{{合计 台账.列 列名=值}}`
pub(super) fn sum(call: &Call<'_, '_>) -> Outcome {
    let path = call.path(0)?;
    let column = column(call, path)?;
    let conditions = conditions(call, column.0, FIGURE)?;
    let columns = columns(call, column, &conditions)?;
    if !conditions.is_empty() && columns.iter().all(|column| column.count() == 0) {
        warn_of_nothing(call, column.0, &conditions);
    }
    let derivation = format!("{}{path}合计", window_words(call));
    let empty = call.session.figures.unit(path).unwrap_or_default();
    let figure = sum_of_columns(columns, derivation, empty).map_err(|m| mismatch(path, &m))?;
    say(call, &Arc::new(figure))
}

/// Parameters of 计数.
pub(super) const COUNT: &[&str] = &["小数", "量级", "单位", "样式", "去重"];

/// `{{计数 台账 单位= 去重="列"}}`, also of a 名单.
pub(super) fn count(call: &Call<'_, '_>) -> Outcome {
    let path = call.path(0)?;
    let conditions = conditions(call, path, COUNT)?;
    let (number, facts) = match call.words("去重")? {
        Some(column) => different(call, path, &column, &conditions)?,
        None => count_rows(call, path, &conditions)?,
    };
    if number == 0 && !conditions.is_empty() {
        warn_of_nothing(call, path, &conditions);
    }
    // What is counted of a column is not what the ledger counts.
    let unit = match call.words("去重")? {
        Some(_) => call.words("单位")?.map(|unit| Unit::parse(&unit)).unwrap_or_default(),
        None => counted_in(call, path)?,
    };
    let amount = Amount::exact(Decimal::from(number), unit);
    let derivation = format!("{}{path}计数", window_words(call));
    let figure = Figure::from_facts(amount, derivation, facts);
    say(call, &Arc::new(figure))
}

/// How many different values a column has: in how many villages there are projects. A blank cell is said.
fn different(
    call: &Call<'_, '_>,
    ledger: &str,
    column: &str,
    conditions: &Conditions,
) -> Result<(usize, Cited), Trouble> {
    let figures = call.session.figures;
    if !has_column(figures, ledger, column) {
        return Err(unknown_column(figures, ledger, column));
    }
    let (mut values, mut facts) = (BTreeSet::new(), Vec::<Cited>::new());
    for year in call.session.years() {
        facts.push(vec![figures.reference(ledger, year)?].into());
        let rows = figures.rows(ledger, year)?;
        let chosen = conditions.chosen(figures, year)?.unwrap_or_else(|| (0..rows.len()).collect());
        for index in &chosen {
            let value = rows[*index].cells.get(column).map(|cell| value_text(&cell.value));
            let row = RowOf { list: ledger, year, index: *index };
            let blank = || Trouble::missing(&format!("{}.{column}", figures.row_name(row)), year);
            values.insert(value.filter(|value| !value.trim().is_empty()).ok_or_else(blank)?);
        }
        facts.push(Cited::columns(figures.cells(ledger, year, column, &chosen)));
    }
    Ok((values.len(), Cited::all(&facts)))
}

/// No row meets the conditions: what is printed is a nought, or nothing, that nobody may have meant.
pub(super) fn warn_of_nothing(call: &Call<'_, '_>, ledger: &str, conditions: &Conditions) {
    if call.site.asks {
        return;
    }
    let message = match conditions.is_empty() {
        true => format!("“{ledger}”是空的，一行也没有"),
        false => format!("台账“{ledger}”里没有{}的行", conditions.words()),
    };
    let hint = "请核对台账；确实没有时，用 {{#若零 …}} 或 {{else}} 另写一句，就不再提醒";
    call.session.warn(call.site, "no-rows", message, hint);
}

/// The measure word of a count: as the registry has it, which the template does not contradict.
pub(super) fn counted_in(call: &Call<'_, '_>, path: &str) -> Result<Unit, Trouble> {
    let registered = call.session.figures.unit(path);
    let named = call.words("单位")?.map(|unit| Unit::parse(&unit));
    match (named, registered) {
        (Some(named), Some(registered))
            if !named.base.is_empty() && !are_kin(&named.base, &registered.base) =>
        {
            Err(Trouble::wrong(
                "wrong-unit",
                format!("“{path}”登记的单位是“{registered}”，这里写了“{named}”"),
                "请用登记的单位；单位变了，就改 facts/指标.yaml",
            ))
        }
        (named, registered) => Ok(named.or(registered).unwrap_or_default()),
    }
}

/// Rows of a ledger, or entries of a 名单, over the years in force.
pub(super) fn count_rows(
    call: &Call<'_, '_>,
    path: &str,
    conditions: &Conditions,
) -> Result<(usize, Cited), Trouble> {
    group::counted(call.session.figures, path, &call.session.periods_of_rows(path), conditions)
}

/// `{{平均 台账.列}}` or `{{平均 总量 份数}}`
pub(super) fn average(call: &Call<'_, '_>) -> Outcome {
    let (bottom, parts) = if call.len() == 2 {
        let parts = call.figures()?;
        (parts[1].amount.clone(), parts)
    } else {
        let path = call.path(0)?;
        let column = column(call, path)?;
        let conditions = conditions(call, column.0, FIGURE)?;
        let columns = columns(call, column, &conditions)?;
        let count: usize = columns.iter().map(Column::count).sum();
        if count == 0 {
            return Err(no_average(column.0));
        }
        let total =
            sum_of_columns(columns, String::new(), Unit::default()).map_err(|m| mismatch(path, &m))?;
        (Amount::exact(count.into(), Unit::default()), vec![Arc::new(total)])
    };
    let top = &parts[0].amount;
    let value = quotient(top, &bottom).map_err(|why| no_ratio("总量", "份数", why))?;
    let amount = Amount::quotient(value, top.unit.clone(), AVERAGE_DECIMALS);
    let figure = Arc::new(Figure::derived(amount, format!("{}平均", window_words(call)), &parts));
    match never_nothing(call, &figure.amount)? {
        Some(words) => Ok(call.mark(&words, &figure)),
        None => say(call, &figure),
    }
}

fn no_average(ledger: &str) -> Trouble {
    Trouble::wrong(
        "no-rows",
        format!("台账“{ledger}”没有合条件的行，算不出平均"),
        "请核对台账；确实没有时，用 {{#若零 (计数 …)}}…{{else}}…{{/若零}} 另写一句",
    )
}

/// An average of what there is would be printed as nothing in the decimals asked for: it gets those that it needs.
fn never_nothing(call: &Call<'_, '_>, amount: &Amount) -> Result<Option<String>, Trouble> {
    let Some(asked) = call.count("小数", 12)? else { return Ok(None) };
    let shown = told(amount.coefficient(), asked);
    let more = shown.normalize().scale();
    Ok((more > asked && call.words("量级")?.is_none()).then(|| amount.text_in(&amount.unit, more)))
}
