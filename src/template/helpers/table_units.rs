//! Where the units of a table of a ledger stand: in its cells, in its head, or in words above it.

use super::figure::strip_unit;
use super::is_between_names;
use super::table_made::Made;
use crate::document::tables::UNIT;
use crate::facts::value::Quantity;
use crate::figures::{Figure, Trouble, mismatch};
use crate::template::call::Call;
use crate::zh::number::{Unit, are_kin, needed_decimals};

/// Where the unit of a column is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// With each number.
    Cell,
    /// Behind the name in the head.
    Head,
    /// On a line above the table.
    Above,
    /// Not in the table.
    Nowhere,
}

impl Manner {
    /// Whether a value of `单位=` says where units are printed.
    pub fn is_said(words: &str) -> bool {
        words.is_empty() || groups(words).all(|(name, _)| Manner::named(name).is_some())
    }

    fn named(words: &str) -> Option<Manner> {
        match words {
            "表头" => Some(Manner::Head),
            "表上" => Some(Manner::Above),
            "不印" => Some(Manner::Nowhere),
            _ => None,
        }
    }
}

/// Names as they are listed in a parameter.
pub(super) fn listed(names: &str) -> impl Iterator<Item = &str> {
    names.split(is_between_names).filter(|name| !name.is_empty())
}

/// `表头：甲、乙；不印：丙`, or a word for all columns.
fn groups(words: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    words.split(['；', ';']).map(|group| match group.split_once(['：', ':']) {
        Some((name, columns)) => (name.trim(), Some(columns)),
        None => (group.trim(), None),
    })
}

/// The columns of a table with their units and where these are printed.
pub(super) struct Units {
    columns: Vec<(Unit, Manner)>,
}

impl Units {
    /// What `单位=` says of the columns; `said` tells that it is no filter.
    pub fn of(
        call: &Call<'_, '_>,
        ledger: &str,
        (columns, made): (&[String], &[Option<Made>]),
        said: bool,
    ) -> Result<Units, Trouble> {
        let registered =
            |column: &str| call.session.figures.unit(&format!("{ledger}.{column}")).unwrap_or_default();
        let unit = |(column, made): (&String, &Option<Made>)| match made {
            Some(made) => made.unit(registered),
            None => registered(column),
        };
        let units = columns.iter().zip(made).map(|column| (unit(column), Manner::Cell));
        let mut units = Units { columns: units.collect() };
        let words = call.words("单位")?.filter(|_| said);
        match words.as_deref() {
            None => {}
            Some("") => units.columns.iter_mut().for_each(|(_, manner)| *manner = Manner::Nowhere),
            Some(words) => units.place(words, columns)?,
        }
        Ok(units)
    }

    fn place(&mut self, words: &str, columns: &[String]) -> Result<(), Trouble> {
        for (name, named) in groups(words) {
            let manner = Manner::named(name).ok_or_else(|| wrong(words))?;
            let Some(named) = named else {
                self.columns.iter_mut().for_each(|(_, of)| *of = manner);
                continue;
            };
            for name in listed(named) {
                let at = columns.iter().position(|column| column == name).ok_or_else(|| wrong(words))?;
                self.columns[at].1 = manner;
            }
        }
        Ok(())
    }

    /// The names of the columns as heads.
    pub fn heads(&self, columns: &[String]) -> Vec<String> {
        let head = |(name, (unit, manner)): (&String, &(Unit, Manner))| match manner {
            Manner::Head if *unit != Unit::default() => format!("{name}（{unit}）"),
            _ => name.clone(),
        };
        columns.iter().zip(&self.columns).map(head).collect()
    }

    /// The line above the table, where a unit stands there: the columns that it is said of have the same one.
    pub fn line(&self, columns: &[String]) -> Result<Option<String>, Trouble> {
        let bare = Unit::default();
        let above = columns
            .iter()
            .zip(&self.columns)
            .filter(|(_, (unit, manner))| *manner == Manner::Above && *unit != bare);
        let above: Vec<(&String, &Unit)> = above.map(|(name, (unit, _))| (name, unit)).collect();
        let Some((first, unit)) = above.first() else { return Ok(None) };
        match above.iter().find(|(_, other)| other != unit) {
            None => Ok(Some(format!("{UNIT}{unit}"))),
            Some((name, other)) => Err(Trouble::wrong(
                "wrong-choice",
                format!("表上只能写一个单位，“{first}”是{unit}，“{name}”是{other}"),
                "请写明哪几列的单位写在表上，别的写到表头里：单位=\"表上：甲、乙；表头：丙\"",
            )),
        }
    }

    /// Heads that somebody wrote name no other unit than that of the numbers below them.
    pub fn agree(&self, heads: &[String]) -> Result<(), Trouble> {
        for (head, (unit, manner)) in heads.iter().zip(&self.columns) {
            let named = head.trim_end_matches(['）', ')']).rsplit_once(['（', '(']);
            let Some(named) = named.map(|(_, words)| Unit::parse(words)).filter(|_| *manner != Manner::Cell)
            else {
                continue;
            };
            if named != *unit && are_kin(&named.base, &unit.base) {
                return Err(Trouble::wrong(
                    "table-head",
                    format!("表头写着“{head}”，这一列的单位是“{unit}”"),
                    "请把表头里的单位改成登记的单位",
                ));
            }
        }
        Ok(())
    }

    /// A number as it stands in its cell.
    pub fn cell(&self, at: usize, quantity: &Quantity) -> Result<String, Trouble> {
        let (unit, manner) = &self.columns[at];
        if *manner == Manner::Cell {
            return Ok(quantity.text.clone());
        }
        if quantity.amount.unit == *unit {
            return Ok(strip_unit(&quantity.text, unit));
        }
        let amount = quantity.amount.to(unit).map_err(|problem| mismatch(&quantity.text, &problem))?;
        let decimals =
            if amount.is_rounded() { amount.decimals } else { needed_decimals(amount.value, unit.scale) };
        Ok(strip_unit(&amount.text_in(unit, decimals), unit))
    }

    /// A computed figure as it stands in its cell, where its words say it with its unit.
    pub fn computed(&self, at: usize, figure: &Figure, words: &str) -> Result<String, Trouble> {
        let (unit, manner) = &self.columns[at];
        if *manner == Manner::Cell || figure.amount.unit == *unit {
            return Ok(self.total(at, words));
        }
        let amount = figure.amount.to(unit).map_err(|problem| mismatch(words, &problem))?;
        Ok(strip_unit(&amount.text(), unit))
    }

    /// The same of words that are printed for a figure of a column.
    pub fn total(&self, at: usize, words: &str) -> String {
        match &self.columns[at] {
            (_, Manner::Cell) => words.to_owned(),
            (unit, _) => strip_unit(words, unit),
        }
    }
}

fn wrong(words: &str) -> Trouble {
    Trouble::wrong(
        "wrong-choice",
        format!("表的“单位”不能是“{words}”"),
        "可以写：单位=\"表头\"（写在列名后面）、单位=\"表上\"（写在表的右上方）、单位=\"\"（不印）；各列不一样的写 单位=\"表头：甲、乙；不印：丙\"",
    )
}
