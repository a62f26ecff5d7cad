//! Workbooks in and out: ledgers and facts where staff keep them.

mod asked;
pub mod book;
mod days;
pub mod export;
mod fill;
pub mod form;
pub mod head;
mod head_rows;
pub mod heads;
mod keys;
mod known;
pub mod ledger;
mod marks;
mod measure;
pub mod merge;
pub mod own;
pub mod proposal;
mod row_words;
mod rows;
pub mod said;
pub mod table;
pub mod text;
pub mod title;
mod totals;
mod values;
pub mod view;
