//! A finished report → facts, registry and template that give the same text again.
//!
//! `tidy` mends what a web page did to it, where somebody agrees. `clean` says what it tidies up, `extract` finds the numbers, `name` names them, `bind` binds them to each
//! other, `facts` writes them down, and `draft` proves the whole by rendering it: what does not come out to
//! the letter stays plain words.

pub mod again;
mod bind;
mod clean;
mod closing;
mod draft;
pub mod edits;
pub mod extract;
mod facts;
mod fill;
mod letter;
mod lines;
mod masked;
mod name;
pub mod proposals;
mod prove;
pub mod review;
mod sums;
mod table;
pub mod tidy;
mod words;
mod year;

pub use bind::{Found, Kept};
pub use clean::{Cleaned, Cleaning, clean};
pub use draft::{Draft, draft};
pub use facts::{Column, Facts, Indicator, Value};
pub use lines::{cell_words, paragraph, pipe_row, pipe_table, typed};
pub use table::Typed;
pub use year::{name, year};

use crate::document::{Document, Line};

/// A report as text: a line a block, cells of tables each on its own.
pub fn text(document: &Document) -> String {
    document.blocks.iter().map(|block| Line::of(block).text + "\n").collect()
}
