//! 最大、最小: the largest or the smallest number of a column, or the name of the row that has it.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::ledger::{column, conditions, unknown_column};
use super::list::joined;
use super::rows::At;
use super::{FIGURE, Outcome, figure};
use crate::figures::condition::is_at_least;
use crate::figures::{Figure, RowOf, Trouble, mismatch, value_text};
use crate::template::call::Call;
use crate::template::session::has_column;

/// Parameters of both: how the number is said, or the column that names the row.
pub(super) const OWN: &[&str] = &["小数", "量级", "单位", "样式", "名"];

/// `{{最大 台账.列 列名=值}}`, `{{最大 台账.列 名="列"}}`
pub(super) fn largest(call: &Call<'_, '_>) -> Outcome {
    extreme(call, "最大", is_at_least)
}

/// `{{最小 台账.列 列名=值}}`, `{{最小 台账.列 名="列"}}`
pub(super) fn smallest(call: &Call<'_, '_>) -> Outcome {
    extreme(call, "最小", |one, other| is_at_least(other, one))
}

/// Whether the first is for certain no worse than the second.
type Beats = fn(&crate::zh::number::Amount, &crate::zh::number::Amount) -> Option<bool>;

fn extreme(call: &Call<'_, '_>, word: &str, beats: Beats) -> Outcome {
    let path = call.path(0)?;
    let (ledger, name) = column(call, path)?;
    let named = call.words("名")?;
    if let Some(of) = named.as_ref().filter(|of| !has_column(call.session.figures, ledger, of)) {
        return Err(unknown_column(call.session.figures, ledger, of));
    }
    let cells = cells(call, ledger, name)?;
    let best = best(call, path, word, &cells, beats)?;
    let derivation = format!("{path}{word}");
    let Some(of) = named else {
        let figure = cells[best[0]].1.called(&derivation);
        return figure::say(call, &Arc::new(figure));
    };
    if let Some(other) = FIGURE.iter().find(|other| call.words(other).is_ok_and(|words| words.is_some())) {
        return Err(Trouble::wrong(
            "wrong-arguments",
            format!("写了 名，印的是名称，“{other}”用不上"),
            "要印数的，去掉 名=，另写一个",
        ));
    }
    let names = best.iter().map(|at| name_of(call, ledger, &of, &cells[*at], &derivation));
    let names = names.collect::<Result<Vec<String>, Trouble>>()?;
    if names.len() > 1 {
        let message = format!("“{path}”{word}的有{}行并列，名称都写出来了", names.len());
        call.session.warn(call.site, "tied", message, "请核对前后文字是不是只说一个；并列的请写明并列");
    }
    Ok(joined(&names, "、", None))
}

/// The numbers of a column in the rows that meet the conditions; every gap is told.
fn cells(call: &Call<'_, '_>, ledger: &str, name: &str) -> Result<Vec<(At, Arc<Figure>)>, Trouble> {
    let (figures, conditions) = (call.session.figures, conditions(call, ledger, OWN)?);
    let (mut cells, mut gaps) = (Vec::new(), None::<Trouble>);
    for year in call.session.periods_of_rows(ledger) {
        let all = figures.rows(ledger, year)?.len();
        let chosen = conditions.chosen(figures, year)?.unwrap_or_else(|| (0..all).collect());
        for index in chosen {
            match (figures.cell(ledger, year, index, name), &mut gaps) {
                (Ok(figure), _) => cells.push(((year, index), figure)),
                (Err(trouble), _) if trouble.missing.is_empty() => return Err(trouble),
                (Err(trouble), Some(first)) => first.missing.extend(trouble.missing),
                (Err(trouble), gaps) => *gaps = Some(trouble),
            }
        }
    }
    match gaps {
        Some(gaps) => Err(gaps),
        None if cells.is_empty() => Err(Trouble::wrong(
            "no-rows",
            format!("台账“{ledger}”没有合条件的行，没有最大、最小"),
            "请核对台账；确实没有时，用 {{#若零 (计数 …)}}…{{else}}…{{/若零}} 另写一句",
        )),
        None => Ok(cells),
    }
}

/// The places of the best, which no other may beat as far as all are known.
fn best(
    call: &Call<'_, '_>,
    path: &str,
    word: &str,
    cells: &[(At, Arc<Figure>)],
    beats: Beats,
) -> Result<Vec<usize>, Trouble> {
    let unit = &cells[0].1.amount.unit;
    let value = |(_, cell): &(At, Arc<Figure>)| cell.amount.value_in(unit);
    let values = cells.iter().map(value).collect::<Result<Vec<Decimal>, _>>();
    let values = values.map_err(|problem| mismatch(path, &problem))?;
    let ends = [values.iter().max(), values.iter().min()];
    // Nothing between the two ends is one of them, unless it is only roughly known.
    let may_be = |at: &usize| ends.contains(&Some(&values[*at])) || !cells[*at].1.amount.is_exact();
    let surely = |one: usize, other: usize| beats(&cells[one].1.amount, &cells[other].1.amount) == Some(true);
    let beats_all = |one: &usize| (0..cells.len()).all(|other| other == *one || surely(*one, other));
    let best: Vec<usize> = (0..cells.len()).filter(may_be).filter(beats_all).collect();
    if best.is_empty() {
        let figures = call.session.figures;
        let vague = cells.iter().find(|(_, figure)| !figure.amount.is_exact()).unwrap_or(&cells[0]);
        let row = RowOf {
            list: path.rsplit_once('.').map_or(path, |(ledger, _)| ledger),
            year: vague.0.0,
            index: vague.0.1,
        };
        return Err(Trouble::wrong(
            "undecided",
            format!("“{path}”哪个{word}说不准：{}是“{}”", figures.row_name(row), vague.1.text),
            "请在台账里写成准确数",
        ));
    }
    Ok(best)
}

/// What the row of a number is called in a column, from that cell and the number's.
fn name_of(
    call: &Call<'_, '_>,
    ledger: &str,
    column: &str,
    ((year, index), figure): &(At, Arc<Figure>),
    derivation: &str,
) -> Outcome {
    let figures = call.session.figures;
    let row = RowOf { list: ledger, year: *year, index: *index };
    let value = figures.rows(ledger, *year)?[*index].cells.get(column).map(|cell| value_text(&cell.value));
    let cell = figures.cell_reference(ledger, *year, *index, column);
    let missing = || Trouble::missing(&format!("{}.{column}", figures.row_name(row)), *year);
    let name = value.filter(|name| !name.trim().is_empty()).ok_or_else(missing)?;
    let facts = cell.into_iter().chain(figure.facts.iter().cloned());
    Ok(call.mark_words(&name, facts.collect::<crate::figures::Cited>(), derivation))
}
