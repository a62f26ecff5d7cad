//! What an argument turned out to be, and the window of years in force.

use std::sync::Arc;

use crate::facts::value::Date;
use crate::figures::{Cited, FactRef, Figure};
use crate::period::Period;

/// A window of years in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    /// Its first year.
    pub first: Period,
    /// Its last year.
    pub last: Period,
    /// How it is said by default, e.g. 近三年.
    pub words: String,
    /// Years counted back (`近 n`), or `None` for `自 年`.
    pub count: Option<u32>,
}

/// What an argument turned out to be.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// A number.
    Figure(Arc<Figure>),
    /// Words from facts.
    Words(String, Cited),
    /// A date.
    Date(Date, Arc<FactRef>),
    /// A list of names.
    List(Vec<String>, Arc<FactRef>),
    /// A ledger with so many rows.
    Ledger(usize),
    /// Words typed in the template.
    Typed(String),
}
