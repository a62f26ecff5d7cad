//! A group of rows of a ledger: those that say the same in a column, with their number, their sums and their share.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::facts::value::Value;
use crate::figures::compare::ratio;
use crate::figures::condition::Conditions;
use crate::figures::formula::{self, no_ratio};
use crate::figures::{Cited, Figure, Figures, Trouble, mismatch, sum_of_columns};
use crate::period::Period;
use crate::zh::number::{Amount, RATE_DECIMALS, Unit};

/// What a template can say of a group beside its columns: its name, its number of rows, its share.
pub(super) const WORDS: [&str; 3] = [NAME, COUNT, SHARE];
/// What its rows say in common.
pub(super) const NAME: &str = "名";
/// How many rows it has.
pub(super) const COUNT: &str = "条数";
/// What part of all rows, or of the total of a column, it is.
pub(super) const SHARE: &str = "占比";

/// The group that a `#分组` is at.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Path of the ledger.
    pub ledger: String,
    /// What its rows say in common.
    pub name: String,
    /// The cells that say so.
    pub from: Cited,
    /// What its rows meet.
    pub conditions: Conditions,
    /// What the rows of all groups meet.
    pub whole: Conditions,
    /// The column of whose total it has a share; of the number of rows where there is none.
    pub of: Option<String>,
}

impl Group {
    /// How many rows it has in some years, in the measure word of the registry.
    pub fn count(&self, figures: &Figures, years: &[Period]) -> Result<Figure, Trouble> {
        let (number, facts) = counted(figures, &self.ledger, years, &self.conditions)?;
        let unit = figures.unit(&self.ledger).unwrap_or_default();
        let amount = Amount::exact(Decimal::from(number), unit);
        Ok(Figure::from_facts(amount, format!("{}计数（{}）", self.ledger, self.name), facts))
    }

    /// The sum of a column over its rows.
    pub fn total(&self, figures: &Figures, years: &[Period], column: &str) -> Result<Figure, Trouble> {
        let derivation = format!("{}.{column}合计（{}）", self.ledger, self.name);
        total(figures, (&self.ledger, column), years, &self.conditions, derivation)
    }

    /// The part and the whole of which it has a share.
    pub fn parts(&self, figures: &Figures, years: &[Period]) -> Result<[Arc<Figure>; 2], Trouble> {
        let Some(column) = &self.of else {
            let part = self.count(figures, years)?;
            let (number, facts) = counted(figures, &self.ledger, years, &self.whole)?;
            let amount = Amount::exact(Decimal::from(number), part.amount.unit.clone());
            let whole = Figure::from_facts(amount, format!("{}计数", self.ledger), facts);
            return Ok([Arc::new(part), Arc::new(whole)]);
        };
        let derivation = format!("{}.{column}合计", self.ledger);
        let whole = total(figures, (&self.ledger, column), years, &self.whole, derivation)?;
        Ok([Arc::new(self.total(figures, years, column)?), Arc::new(whole)])
    }

    /// Its share in percent.
    pub fn share(&self, figures: &Figures, years: &[Period]) -> Result<Figure, Trouble> {
        let parts = self.parts(figures, years)?;
        let share = ratio(&parts[0].amount, &parts[1].amount)
            .map_err(|why| no_ratio(&parts[0].derivation, &parts[1].derivation, why))?;
        let amount = Amount::quotient(share * Decimal::ONE_HUNDRED, Unit::parse("%"), RATE_DECIMALS);
        Ok(Figure::derived(amount, self.share_of(), &parts))
    }

    /// What its share is of, in words.
    pub fn share_of(&self) -> String {
        match &self.of {
            Some(column) => format!("{}占{}.{column}合计", self.name, self.ledger),
            None => format!("{}占{}", self.name, self.ledger),
        }
    }
}

fn total(
    figures: &Figures,
    column: (&str, &str),
    years: &[Period],
    conditions: &Conditions,
    derivation: String,
) -> Result<Figure, Trouble> {
    let path = format!("{}.{}", column.0, column.1);
    let columns = years.iter().map(|year| formula::column(figures, column, *year, conditions));
    let columns = columns.collect::<Result<Vec<_>, Trouble>>()?;
    let unit = figures.unit(&path).unwrap_or_default();
    sum_of_columns(columns, derivation, unit).map_err(|problem| mismatch(&path, &problem))
}

/// Rows of a ledger that meet conditions, or entries of a 名单, over some years: how many there are, and where they stand.
/// Of rows that were chosen the cells are told that they were chosen by.
pub(super) fn counted(
    figures: &Figures,
    path: &str,
    years: &[Period],
    conditions: &Conditions,
) -> Result<(usize, Cited), Trouble> {
    let (mut number, mut facts) = (0, Vec::<Cited>::new());
    for year in years {
        facts.push(vec![figures.reference(path, *year)?].into());
        number += match &figures.fact(path, *year)?.value {
            Value::List(items) => items.len(),
            _ => match conditions.chosen(figures, *year)? {
                Some(rows) => {
                    let cells =
                        conditions.columns().filter_map(|name| figures.cells(path, *year, name, &rows));
                    facts.push(Cited::columns(cells));
                    rows.len()
                }
                None => figures.rows(path, *year)?.len(),
            },
        };
    }
    Ok((number, Cited::all(&facts)))
}
