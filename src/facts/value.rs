//! What a fact can be: a quantity as it is written, a text, a date, a list or a ledger.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::diag::Place;
use crate::period::Period;
use crate::zh::number::{self, Amount, Manner, Refused};

/// A quantity: its text and the amount it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Exactly as written, e.g. `617.50亿元` or `5万余元`.
    pub text: String,
    /// What it says: `617.50亿元` is exactly 61750000000 元, kept in 亿元 with 2 decimals.
    pub amount: Amount,
}

impl Quantity {
    /// Reads a quantity exactly; `text` is kept as written.
    ///
    /// # Errors
    /// It is no number, or not written as facts are.
    pub fn parse(text: &str) -> Result<Quantity, Refused> {
        let written = number::read(text, Manner::Fact)?;
        let amount = written.one().cloned();
        amount.map(|amount| Quantity { text: written.plain, amount }).ok_or_else(|| Refused::no_number(text))
    }
}

/// A calendar date, perhaps without day or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, e.g. 2011.
    pub year: i32,
    /// Month 1–12.
    pub month: Option<u8>,
    /// Day 1–31.
    pub day: Option<u8>,
}

/// One entry of a 名单.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// One cell of a ledger row; never a list or ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its value.
    pub value: Value,
    /// 来源 of this cell alone, where it is written `{值: …, 来源: …}`.
    pub source: Option<String>,
    /// 说明 of this cell alone.
    pub note: Option<String>,
    /// Where the value stands.
    pub place: Place,
}

/// One row of a 台账.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Cells by column name, in written order.
    pub cells: IndexMap<String, Cell>,
    /// Where the row stands.
    pub place: Place,
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The key is there, the value is still to be filled in (待填).
    Blank,
    /// A number with its unit.
    Quantity(Quantity),
    /// Words.
    Text(String),
    /// A date.
    Date(Date),
    /// 名单: a list of names.
    List(Vec<Item>),
    /// 台账: a list of rows, which are shared where one of them changes.
    Ledger(Vec<Arc<Row>>),
}

/// A value that a number was given later: 快报 and then 决算.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// What it is now.
    pub quantity: Quantity,
    /// Since when.
    pub date: Date,
    /// 说明: why.
    pub reason: String,
    /// Where the value stands.
    pub place: Place,
}

/// What is said of a fact as one of a series over the years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    /// 同期: what the source says of the same period of last year, where that is not what was reported then.
    pub base: Option<(Quantity, Place)>,
    /// 增速: the growth that the source gives, in per cent, at constant prices or over a comparable base.
    pub growth: Option<(Quantity, Place)>,
    /// 口径 of this year alone: where it is not that of the year before, the two are not compared.
    pub definition: Option<String>,
    /// 修订, oldest first.
    pub revisions: Vec<Revision>,
}

impl Series {
    /// Whether it says something under a key of the long form.
    pub fn says(&self, key: &str) -> bool {
        match key {
            "同期" => self.base.is_some(),
            "增速" => self.growth.is_some(),
            "口径" => self.definition.is_some(),
            "修订" => !self.revisions.is_empty(),
            _ => false,
        }
    }
}

/// One fact of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Dotted path, e.g. `宣传.会议`.
    pub path: String,
    /// The year whose file it stands in.
    pub year: Period,
    /// Its value.
    pub value: Value,
    /// Where the value stands (the value itself, not its key).
    pub place: Place,
    /// 来源: where the office has it from (from the fact, else from the registry).
    pub source: Option<String>,
    /// 说明.
    pub note: Option<String>,
    /// 估计: a forecast, to be printed with 预计.
    pub estimate: bool,
    /// 待核: carried over from last year and not yet confirmed.
    pub unverified: bool,
    /// 同期、增速、口径、修订, where any is written.
    pub series: Option<Arc<Series>>,
}

impl std::fmt::Display for Date {
    /// GB/T 15835-2011: Arabic digits, no leading zero: 2011年4月18日.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}年", self.year)?;
        if let Some(month) = self.month {
            write!(out, "{month}月")?;
        }
        match self.day {
            Some(day) => write!(out, "{day}日"),
            None => Ok(()),
        }
    }
}
