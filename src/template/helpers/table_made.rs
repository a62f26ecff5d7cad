//! Columns of a table that are computed for each row: `执行率＝执行/预算`, `超收＝执行-预算`, `同比＝执行`, `名次＝投资`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::ledger::unknown_column;
use super::rows::At;
use crate::figures::compare::{growth, percent, ratio, shown_rate};
use crate::figures::{Figure, RowOf, Trouble, mismatch, sum};
use crate::template::call::Call;
use crate::template::session::has_column;
use crate::zh::number::{Amount, Unit, plain, points};

/// Decimals of a rate, unless `小数=` says otherwise.
const DECIMALS: u32 = 1;

/// How a column is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Made {
    /// `甲/乙`, in percent.
    Ratio(String, String),
    /// `甲-乙`.
    Difference(String, String),
    /// `甲+乙`.
    Sum(String, String),
    /// `同比（甲）`: growth against the same row of the year before; of a rate the difference in 个百分点.
    Growth(String),
    /// `名次（甲）`: the largest is 1, equals share a place.
    Place(String),
}

/// One column as `列=` names it: what stands over it, and how it is computed where it is.
pub(super) fn column(
    call: &Call<'_, '_>,
    ledger: &str,
    words: &str,
) -> Result<(String, Option<Made>), Trouble> {
    let Some((head, how)) = words.split_once(['＝', '=']) else { return Ok((words.to_owned(), None)) };
    let is_column = |name: &str| has_column(call.session.figures, ledger, name);
    if is_column(head) {
        return Err(Trouble::wrong(
            "wrong-arguments",
            format!("“{head}”是台账的一列，不能又是算出来的"),
            "请换一个名称，例如“执行率＝执行/预算”；只写列名，印的就是台账里的",
        ));
    }
    let known = |name: &str| match is_column(name) {
        true => Ok(name.to_owned()),
        false => Err(unknown_column(call.session.figures, ledger, name)),
    };
    let made = match How::read(head, how, &is_column) {
        Some(How::Growth(of)) => Made::Growth(known(of)?),
        Some(How::Place(of)) => Made::Place(known(of)?),
        Some(How::Two(one, sign, other)) => {
            let (one, other) = (known(one)?, known(other)?);
            match sign {
                '/' | '÷' => Made::Ratio(one, other),
                '+' | '＋' => Made::Sum(one, other),
                _ => Made::Difference(one, other),
            }
        }
        None => return Err(not_understood(words)),
    };
    Ok((head.to_owned(), Some(made)))
}

/// What `＝` has behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::template) enum How<'w> {
    /// `同比（甲）`, or `甲` under the head 同比.
    Growth(&'w str),
    /// `名次（甲）`, or `甲` under the head 名次.
    Place(&'w str),
    /// `甲/乙`, `甲-乙`, `甲+乙`.
    Two(&'w str, char, &'w str),
}

/// What may stand between two columns.
const SIGNS: [char; 7] = ['/', '÷', '-', '－', '−', '+', '＋'];

impl<'w> How<'w> {
    /// Reads it. Where a sign may also be a part of a name, both sides are columns.
    pub fn read(head: &str, how: &'w str, is_column: &dyn Fn(&str) -> bool) -> Option<How<'w>> {
        let inside = |word: &str| {
            how.strip_prefix(word)?.strip_prefix(['（', '('])?.strip_suffix(['）', ')']).map(str::trim)
        };
        let bare = |word: &str| (head == word && is_column(how)).then_some(how);
        if let Some(of) = inside("同比").or_else(|| bare("同比")) {
            return Some(How::Growth(of));
        }
        if let Some(of) = inside("名次").or_else(|| bare("名次")) {
            return Some(How::Place(of));
        }
        let two = |(at, sign): (usize, char)| (how[..at].trim(), sign, how[at + sign.len_utf8()..].trim());
        let parted: Vec<_> = how.char_indices().filter(|(_, c)| SIGNS.contains(c)).map(two).collect();
        let whole = parted.iter().find(|(one, _, other)| is_column(one) && is_column(other));
        whole.or(parted.first()).map(|(one, sign, other)| How::Two(one, *sign, other))
    }

    /// The columns that it names.
    pub fn names(self) -> Vec<&'w str> {
        match self {
            How::Growth(of) | How::Place(of) => vec![of],
            How::Two(one, _, other) => vec![one, other],
        }
    }
}

fn not_understood(words: &str) -> Trouble {
    Trouble::wrong(
        "wrong-arguments",
        format!("看不懂怎么算“{words}”"),
        "可以写“执行率＝执行/预算”“超收＝执行-预算”“小计＝甲+乙”“增幅＝同比（执行）”“位次＝名次（执行）”，都写列名",
    )
}

impl Made {
    /// The unit of its numbers.
    pub fn unit(&self, unit: impl Fn(&str) -> Unit) -> Unit {
        match self {
            Made::Ratio(..) => Unit::parse("%"),
            Made::Growth(of) => match points(&unit(of).base) {
                Some(points) => Unit::parse(points),
                None => Unit::parse("%"),
            },
            Made::Difference(of, _) => match points(&unit(of).base) {
                Some(points) => Unit::parse(points),
                None => unit(of),
            },
            Made::Sum(of, _) => unit(of),
            Made::Place(_) => Unit::default(),
        }
    }

    /// The figure of a row and how it is printed; nothing where one of its parts is blank, or there is no such rate.
    pub fn figure(
        &self,
        call: &Call<'_, '_>,
        row: RowOf<'_>,
        places: &Places,
    ) -> Result<Option<(Figure, String)>, Trouble> {
        let figures = call.session.figures;
        let cell = |name: &str| figures.cell(row.list, row.year, row.index, name);
        let parts = match self {
            Made::Place(of) => {
                let Some(place) = places.of(of, (row.year, row.index)) else { return Ok(None) };
                let amount = Amount::exact(place.into(), Unit::default());
                let figure = Figure::derived(amount, format!("{}.{of}名次", row.list), &[cell(of)?]);
                let text = figure.text.clone();
                return Ok(Some((figure, text)));
            }
            Made::Growth(of) => [figures.cell_in(row, of, row.year.before()), cell(of)],
            Made::Ratio(one, other) | Made::Difference(one, other) | Made::Sum(one, other) => {
                [cell(one), cell(other)]
            }
        };
        let parts = match parts {
            [Ok(one), Ok(other)] => [one, other],
            [Err(trouble), _] | [_, Err(trouble)] if trouble.missing.is_empty() => return Err(trouble),
            _ => return Ok(None),
        };
        self.of(call, &parts)
    }

    /// What it makes of two figures.
    pub fn of(
        &self,
        call: &Call<'_, '_>,
        parts: &[Arc<Figure>; 2],
    ) -> Result<Option<(Figure, String)>, Trouble> {
        let [one, other] = parts;
        let decimals = call.count("小数", 6)?.unwrap_or(DECIMALS);
        let derived = |amount: Amount, what: String| Figure::derived(amount, what, parts);
        match self {
            Made::Ratio(part, whole) => {
                let Ok(share) = ratio(&one.amount, &other.amount) else { return Ok(None) };
                let exact = Amount::quotient(share * Decimal::ONE_HUNDRED, Unit::parse("%"), decimals);
                let words = format!("{}%", plain(percent(share, decimals).0));
                Ok(Some((derived(exact, format!("{part}占{whole}")), words)))
            }
            Made::Growth(of) if points(&other.amount.unit.base).is_none() => {
                let Ok(rate) = growth(&one.amount, &other.amount) else { return Ok(None) };
                let sign = if rate < Decimal::ZERO { "-" } else { "" };
                let words = format!("{sign}{}%", plain(shown_rate(rate, decimals)));
                let exact = Amount::quotient(rate, Unit::parse("%"), decimals);
                Ok(Some((derived(exact, format!("{of}同比增长率")), words)))
            }
            Made::Growth(of) => {
                minus(other, one, of).map(|amount| shown(derived(amount, format!("{of}同比"))))
            }
            Made::Difference(of, less) => {
                minus(one, other, of).map(|amount| shown(derived(amount, format!("{of}减{less}"))))
            }
            Made::Sum(of, more) => {
                let total = sum(parts, format!("{of}加{more}"), Unit::default());
                total.map(shown).map_err(|problem| mismatch(of, &problem))
            }
            Made::Place(_) => Ok(None),
        }
    }

    /// The columns that it is made of, where the row of totals can make it of their sums.
    pub fn of_sums(&self) -> Option<[&str; 2]> {
        match self {
            Made::Ratio(one, other) | Made::Difference(one, other) | Made::Sum(one, other) => {
                Some([one, other])
            }
            Made::Growth(_) | Made::Place(_) => None,
        }
    }
}

fn minus(one: &Figure, other: &Figure, name: &str) -> Result<Amount, Trouble> {
    one.amount.minus(&other.amount).map_err(|problem| mismatch(name, &problem))
}

fn shown(figure: Figure) -> Option<(Figure, String)> {
    let words = figure.text.clone();
    Some((figure, words))
}

/// The places of rows by columns.
#[derive(Default)]
pub(super) struct Places(BTreeMap<String, BTreeMap<At, u64>>);

impl Places {
    /// The places that the columns of a table ask for, among all rows. A row without a number has none.
    pub fn among(
        call: &Call<'_, '_>,
        ledger: &str,
        rows: &[At],
        made: &[Option<Made>],
    ) -> Result<Places, Trouble> {
        let mut places = Places::default();
        for made in made.iter().flatten() {
            if let Made::Place(of) = made {
                places.0.insert(of.clone(), in_column(call, ledger, of, rows)?);
            }
        }
        Ok(places)
    }

    fn of(&self, column: &str, at: At) -> Option<u64> {
        self.0.get(column)?.get(&at).copied()
    }
}

fn in_column(
    call: &Call<'_, '_>,
    ledger: &str,
    column: &str,
    rows: &[At],
) -> Result<BTreeMap<At, u64>, Trouble> {
    let figures = call.session.figures;
    let (mut values, mut unit) = (Vec::new(), None);
    for at in rows {
        let row = RowOf { list: ledger, year: at.0, index: at.1 };
        let figure = match figures.cell(ledger, at.0, at.1, column) {
            Ok(figure) => figure,
            Err(trouble) if trouble.missing.is_empty() => return Err(trouble),
            Err(_) => continue,
        };
        if !figure.amount.is_exact() {
            return Err(Trouble::wrong(
                "undecided",
                format!("{}的“{column}”是“{}”，排第几说不准", figures.row_name(row), figure.text),
                "请在台账里写成准确数",
            ));
        }
        let unit = unit.get_or_insert_with(|| figure.amount.unit.clone());
        let value = figure.amount.value_in(unit).map_err(|problem| mismatch(column, &problem))?;
        values.push((value, *at));
    }
    values.sort_by(|(one, _), (other, _)| other.cmp(one));
    let place = |(value, at): &(Decimal, At)| {
        let above = values.partition_point(|(other, _)| other > value);
        (*at, above as u64 + 1)
    };
    Ok(values.iter().map(place).collect())
}
