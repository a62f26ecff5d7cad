//! Workbooks in and out: ledgers and facts where staff keep them.

pub mod book;
pub mod said;
